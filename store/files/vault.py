"""Where sealed files lie: a folder, or a bucket of a store that speaks S3. Knows no case, no key.

What is read is held against its address, so that nothing that was changed is ever handed out.
"""

import asyncio
import errno
import logging
import os
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol, Self, TypeVar

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from store.files.sealing import address_of

log = logging.getLogger(__name__)

PATIENCE = 20.0
"""Seconds that storing or fetching one file may take."""
AT_ONCE = 2.0
"""Seconds in which it has to say that it is there."""
RETRIED = timedelta(seconds=12)
"""How long a store that is away is asked again before that is an answer."""
FULL = (f"os error {errno.ENOSPC}", f"os error {errno.EDQUOT}", "InsufficientStorage", "507")
T = TypeVar("T")


class VaultError(Exception):
    """Something is wrong with the place where files lie.

    ├── Away     it does not answer, or lets nobody in
    ├── Full     it takes nothing more
    ├── Missing  it has no such file
    └── Changed  what it has is not what was stored
    """


class Away(VaultError):
    """It does not answer, or lets nobody in."""


class Full(VaultError):
    """It takes nothing more."""


class Missing(VaultError):
    """It has no such file."""


class Changed(VaultError):
    """What it has is not what was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A bucket of a store that speaks S3."""

    name: str
    endpoint: str
    region: str
    key_id: str
    secret_key: str


class Place(Protocol):
    """The part of the settings that says where files lie."""

    @property
    def data(self) -> Path:
        """The data folder."""

    @property
    def files_folder(self) -> Path | None:
        """A folder of their own."""

    @property
    def s3_bucket(self) -> str | None:
        """The bucket, where one is set; then all of the following are too."""

    @property
    def s3_endpoint(self) -> str | None:
        """Its address."""

    @property
    def s3_region(self) -> str:
        """Its region."""

    @property
    def s3_key_id(self) -> str | None:
        """The name of the key."""

    @property
    def s3_secret_key(self) -> str | None:
        """The key."""


class Vault:
    """The files of one system, each under the SHA-256 of its bytes."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store, self._folder = store, folder

    @classmethod
    def of(cls, place: Place) -> Self:
        """The one of the settings."""
        if place.s3_bucket is None:
            return cls.in_folder(place.files_folder or place.data / "files")
        bucket = Bucket(
            name=place.s3_bucket,
            endpoint=place.s3_endpoint or "",
            region=place.s3_region,
            key_id=place.s3_key_id or "",
            secret_key=place.s3_secret_key or "",
        )
        return cls.in_bucket(bucket)

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Files in a folder that nobody else may look into; made when the first one is stored."""
        with suppress(OSError):  # said when it is asked for
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(folder, mkdir=False), folder)

    @classmethod
    def in_bucket(cls, bucket: Bucket) -> Self:
        """Files in a bucket, which is there already."""
        store = S3Store(
            bucket.name,
            endpoint=bucket.endpoint,
            region=bucket.region,
            access_key_id=bucket.key_id,
            secret_access_key=bucket.secret_key,
            client_options={
                "allow_http": bucket.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=3),
                "timeout": timedelta(seconds=PATIENCE),
            },
            retry_config={
                "max_retries": 10,
                "retry_timeout": RETRIED,
                "backoff": {
                    "init_backoff": timedelta(milliseconds=100),
                    "max_backoff": timedelta(seconds=2),
                    "base": 2,
                },
            },
        )
        return cls(store)

    async def put(self, stored: bytes) -> str:
        """Keep the bytes; their address. Once it returns they are there, whole and on the disk.

        Written anew where they lie already: that mends what was damaged meanwhile.
        """
        address = address_of(stored)
        await self._asked(obstore.put_async(self._store, _place(address), stored))
        if self._folder is not None:
            await _settled(self._folder, _place(address))
        return address

    async def get(self, address: str) -> bytes:
        """The bytes of that address."""
        found = await self._asked(obstore.get_async(self._store, _place(address)))
        stored = bytes(await self._asked(found.bytes_async()))
        if await asyncio.to_thread(address_of, stored) != address:
            log.error("the file %s is not what was stored", address)
            raise Changed(address)
        return stored

    async def remove(self, address: str) -> None:
        """Keep it no longer; one that is not there is no fault."""
        with suppress(Missing):
            await self._asked(obstore.delete_async(self._store, _place(address)))

    async def addresses(self) -> AsyncIterator[str]:
        """The address of everything that lies here, some at a time."""
        try:
            async for found in obstore.list(self._store):
                for each in found:
                    yield each["path"].rpartition("/")[2]
        except (BaseError, OSError) as error:
            raise _failure(error) from error

    async def check(self) -> None:
        """Return if it answers and lets us in."""
        if self._folder is not None:
            if not os.access(self._folder, os.R_OK | os.W_OK | os.X_OK):
                raise Away(f"{self._folder} is not there, or may not be written")
            return
        await self._asked(_first(self._store), AT_ONCE)

    async def _asked(self, asked: Awaitable[T], seconds: float = 0) -> T:
        try:
            async with asyncio.timeout(seconds or PATIENCE):
                return await asked
        except TimeoutError as error:
            raise Away("no answer in time") from error
        except (BaseError, OSError) as error:
            raise _failure(error) from error


def _place(address: str) -> str:
    """In folders by the first two letters: no folder gets too long to list."""
    return f"{address[:2]}/{address}"


async def _first(store: ObjectStore) -> None:
    async for _found in obstore.list(store, chunk_size=1):
        return


async def _settled(folder: Path, place: str) -> None:
    """For nobody else to read, and on the disk before we go on: the library does neither."""
    try:
        await asyncio.to_thread(_settle, folder, place)
    except OSError as error:
        raise _failure(error) from error


def _settle(folder: Path, place: str) -> None:
    path = folder / place
    path.chmod(0o600)
    path.parent.chmod(0o700)
    for each in (path, path.parent, folder):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failure(error: Exception) -> VaultError:
    """What a failure of the library means; its own text may hold addresses and is logged alone."""
    if isinstance(error, FileNotFoundError):
        return Missing("no such file")
    said = str(error)
    log.warning("the store of files fails: %s", said.partition("\n")[0][:300])
    if any(sign in said for sign in FULL):
        return Full("no room is left")
    return Away(type(error).__name__)
