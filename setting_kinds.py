"""The kinds of values a setting may have: each checks one text, and knows no other setting.
Nothing of ours may be imported here.
"""

import base64
import binascii
import hashlib
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field


def _postgres_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise ValueError
    return value


def _address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:  # noqa: PLR2004
        raise ValueError
    return value


def _keys(value: str) -> str:
    """One key, or several with commas (store/keys.py says in which order)."""
    keys = [part.strip() for part in value.split(",")]
    try:
        raw = [base64.b64decode(key, validate=True) for key in keys]
    except binascii.Error as error:
        raise ValueError from error
    if any(len(each) != 32 for each in raw):  # noqa: PLR2004
        raise ValueError
    return ",".join(keys)


def _lookup_key(value: str) -> str:
    """Base64 of the 64 bytes that look-ups and receipts are made with."""
    try:
        raw = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError from error
    if len(raw) != 64:  # noqa: PLR2004
        raise ValueError
    return value


def _webhook_url(value: str) -> str:
    """By HTTPS; in the clear only to this machine or a neighbour container, named without a dot."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    near = host in {"127.0.0.1", "::1"} or (host and "." not in host and ":" not in host)
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and near)):
        raise ValueError
    return value


def _webhook_secrets(value: str) -> str:
    """One secret or several with commas, the current one first; each 24 to 64 bytes."""
    secrets = [part.strip() for part in value.split(",")]
    for secret in secrets:
        try:
            raw = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error as error:
            raise ValueError from error
        if not secret.startswith("whsec_") or not 24 <= len(raw) <= 64:  # noqa: PLR2004
            raise ValueError
    return ",".join(secrets)


def _witness_keys(value: str) -> str:
    """Keys of witnesses in their text form (C2SP signed-note, kind 4), several with commas."""
    keys = [part.strip() for part in value.split(",")]
    for key in keys:
        name, key_id, text = key.split("+", 2)
        try:
            raw = base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise ValueError from error
        if len(raw) != 33 or raw[0] != 4 or not name.isprintable() or " " in name:  # noqa: PLR2004
            raise ValueError
        if hashlib.sha256(f"{name}\n".encode() + raw).hexdigest()[:8] != key_id:
            raise ValueError
    return ",".join(keys)


def _mailbox(value: str) -> str:
    name, _, host = value.rpartition("@")
    if not name or not host or not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def absolute(value: Path) -> Path:
    """The path from the root, its symlinks as the user wrote them."""
    return Path(os.path.abspath(value.expanduser()))  # noqa: PTH100 (keeps symlinks)


def ui_port(temporal_port: int) -> int:
    """A thousand above, as Temporal's own tools have it; below where that is no port."""
    return temporal_port + 1000 if temporal_port <= 64535 else temporal_port - 1000  # noqa: PLR2004


Port = Annotated[int, Field(ge=1, le=65535)]
PostgresUrl = Annotated[str, AfterValidator(_postgres_url)]
Address = Annotated[str, AfterValidator(_address)]
Keys = Annotated[str, AfterValidator(_keys)]
LookupKey = Annotated[str, AfterValidator(_lookup_key)]
WebhookUrl = Annotated[str, AfterValidator(_webhook_url)]
StoreUrl = Annotated[str, AfterValidator(_webhook_url)]
WebhookSecrets = Annotated[str, AfterValidator(_webhook_secrets)]
WitnessKeys = Annotated[str, AfterValidator(_witness_keys)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)]
AbsolutePath = Annotated[Path, AfterValidator(absolute)]

PORTS = "1 to 65535"
DATABASE = "postgresql://user:password@host:port/database"
FILE = "path of a PEM file"
GATEWAY = "https:// address; http:// only without a dot in the name"
SECRETS = "whsec_ and base64 of 24 to 64 bytes; with commas, older ones after it"


def about(allowed: str, *, shown: str | None = None, secret: bool = False) -> dict[str, Any]:
    """What the settings table says beside a field; `shown` is its default in words."""
    return {"allowed": allowed, "shown": shown, "secret": secret}


def optional(description: str, allowed: str, shown: str = "none", *, secret: bool = False) -> Any:  # noqa: ANN401 - what pydantic's own Field gives
    """A field that may be left open; `shown` says what then holds."""
    extra = about(allowed, shown=shown, secret=secret)
    return Field(None, repr=not secret, description=description, json_schema_extra=extra)
