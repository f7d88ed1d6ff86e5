"""How every client, worker and replayer talks to Temporal: one converter, one codec."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self

from temporalio.client import Client
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import DataConverter
from temporalio.service import TLSConfig

from workflows.codec import SealedPayloads, Sealer


class Addressed(Protocol):
    """The part of the settings that says where Temporal is."""

    @property
    def temporal_address(self) -> str | None:
        """Host and port, or None for the local one."""

    @property
    def temporal_port(self) -> int:
        """The local one's port."""

    @property
    def temporal_namespace(self) -> str:
        """The namespace."""

    @property
    def temporal_tls_ca(self) -> Path | None:
        """The authority's certificate."""

    @property
    def temporal_tls_cert(self) -> Path | None:
        """Our certificate."""

    @property
    def temporal_tls_key(self) -> Path | None:
        """Our certificate's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where Temporal is. `tls` False means in the clear, True the system's own authorities."""

    address: str
    namespace: str
    tls: TLSConfig | bool = False

    @classmethod
    def of(cls, settings: Addressed) -> "Server":
        """The server that settings name; the local one where they name none."""
        return cls.at(
            settings.temporal_address or f"127.0.0.1:{settings.temporal_port}",
            settings.temporal_namespace,
            settings.temporal_tls_ca,
            settings.temporal_tls_cert,
            settings.temporal_tls_key,
        )

    @classmethod
    def at(
        cls,
        address: str,
        namespace: str,
        authority: Path | None = None,
        certificate: Path | None = None,
        key: Path | None = None,
    ) -> "Server":
        """The server; with any of the PEM files the connection is by TLS."""
        files = (authority, certificate, key)
        ca, client, private = (None if file is None else file.read_bytes() for file in files)
        tls = TLSConfig(server_root_ca_cert=ca, client_cert=client, client_private_key=private)
        return cls(address=address, namespace=namespace, tls=tls if any(files) else False)


class SharedConverter(PydanticPayloadConverter):
    """Pydantic's JSON by one converter a process: the SDK asks for a new one for every payload."""

    _one: ClassVar[Any] = None

    def __new__(cls) -> Self:
        """The one there is."""
        if cls._one is None:
            cls._one = super().__new__(cls)
            PydanticPayloadConverter.__init__(cls._one)
        found: Self = cls._one
        return found

    def __init__(self) -> None:
        """Nothing: it was made before."""


def converter(sealer: Sealer) -> DataConverter:
    """Pydantic's JSON, sealed."""
    return DataConverter(
        payload_converter_class=SharedConverter, payload_codec=SealedPayloads(sealer)
    )


async def connect(server: Server, sealer: Sealer, *, lazy: bool = False) -> Client:
    """A client; with `lazy` the connection is made at the first call."""
    return await Client.connect(
        server.address,
        namespace=server.namespace,
        tls=server.tls,
        data_converter=converter(sealer),
        lazy=lazy,
    )
