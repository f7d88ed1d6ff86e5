"""Every setting of the program: read once, here, from SHOUWEN_* variables or files they name.
Nothing of ours may be imported here, and no other module reads the environment.
"""

import base64
import binascii
import difflib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo

PREFIX = "SHOUWEN_"
FILE_SUFFIX = "_FILE"


class SettingsError(Exception):
    """A setting is wrong. Its text is the one line to show: variable, value, what is allowed."""


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


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _absolute(value: Path) -> Path:
    return Path(os.path.abspath(value.expanduser()))  # noqa: PTH100 (keeps symlinks as the user wrote them)


def _ui_port(temporal_port: int) -> int:
    """A thousand above, as Temporal's own tools have it; below where that is no port."""
    return temporal_port + 1000 if temporal_port <= 64535 else temporal_port - 1000  # noqa: PLR2004


Port = Annotated[int, Field(ge=1, le=65535)]
PostgresUrl = Annotated[str, AfterValidator(_postgres_url)]
Address = Annotated[str, AfterValidator(_address)]
Keys = Annotated[str, AfterValidator(_keys)]
LogLevel = Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)]
AbsolutePath = Annotated[Path, AfterValidator(_absolute)]

_PORTS = "1 to 65535"
_DATABASE = "postgresql://user:password@host:port/database"
_FILE = "path of a PEM file"


def _about(allowed: str, *, shown: str | None = None, secret: bool = False) -> dict[str, Any]:
    """What the settings table says beside a field; `shown` is its default in words."""
    return {"allowed": allowed, "shown": shown, "secret": secret}


class Settings(BaseModel):
    """The settings of one process. Immutable; addresses left at None mean the local servers."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    data: AbsolutePath = Field(
        default_factory=lambda: _absolute(Path(".data")),
        description="Folder of everything that the local servers keep",
        json_schema_extra=_about("path of a folder", shown="./.data"),
    )
    host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Address the API listens on",
        json_schema_extra=_about("an address or name of this machine"),
    )
    port: Port = Field(
        8000, description="Port the API listens on", json_schema_extra=_about(_PORTS)
    )
    public_url: str = Field(
        default_factory=lambda values: f"http://{values['host']}:{values['port']}",
        pattern=r"^https?://[^/\s]+[^\s]*$",
        description="Address by which people reach the program; links to residents begin with it",
        json_schema_extra=_about("http:// or https:// address", shown="http://HOST:PORT"),
    )
    body_limit_bytes: int = Field(
        65536,
        ge=1024,
        description="Largest request body, in bytes",
        json_schema_extra=_about("1024 or more"),
    )
    session_hours: int = Field(
        12,
        ge=1,
        le=168,
        description="Hours after which a staff member has to sign in again",
        json_schema_extra=_about("1 to 168"),
    )
    log_level: LogLevel = Field(
        "info",
        description="Least important message that is logged",
        json_schema_extra=_about("debug, info, warning, error"),
    )
    master_key: Keys | None = Field(
        None,
        repr=False,
        description="Key that wraps the keys of sealed fields",
        json_schema_extra=_about(
            "base64 of 32 bytes; with commas, older keys after it",
            shown="secrets/master.key in the data folder",
            secret=True,
        ),
    )
    database_url: PostgresUrl | None = Field(
        None,
        repr=False,
        description="PostgreSQL of one's own, as the program's role",
        json_schema_extra=_about(_DATABASE, shown="the local PostgreSQL", secret=True),
    )
    database_owner_url: PostgresUrl | None = Field(
        None,
        repr=False,
        description="The same database as the role that owns it; only migrations use it",
        json_schema_extra=_about(_DATABASE, shown="the local PostgreSQL", secret=True),
    )
    temporal_address: Address | None = Field(
        None,
        description="Temporal of one's own",
        json_schema_extra=_about("host:port", shown="the local Temporal"),
    )
    temporal_port: Port = Field(
        7233, description="Port of the local Temporal", json_schema_extra=_about(_PORTS)
    )
    temporal_ui_port: Port = Field(
        default_factory=lambda values: _ui_port(values["temporal_port"]),
        validate_default=True,
        description="Port of the local Temporal's pages",
        json_schema_extra=_about(_PORTS, shown="SHOUWEN_TEMPORAL_PORT + 1000"),
    )
    temporal_namespace: str = Field(
        "default",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="Temporal namespace",
        json_schema_extra=_about("letters, digits, dots, dashes"),
    )
    temporal_tls_ca: AbsolutePath | None = Field(
        None,
        description="Authority that signed the certificate of one's own Temporal; turns TLS on",
        json_schema_extra=_about(_FILE, shown="no TLS"),
    )
    temporal_tls_cert: AbsolutePath | None = Field(
        None,
        description="The program's certificate for one's own Temporal",
        json_schema_extra=_about(_FILE, shown="none"),
    )
    temporal_tls_key: AbsolutePath | None = Field(
        None,
        description="Key of that certificate",
        json_schema_extra=_about(_FILE, shown="none"),
    )
    task_queue: str = Field(
        "shouwen",
        min_length=1,
        description="Temporal task queue that API and workers share",
        json_schema_extra=_about("any name"),
    )

    @model_validator(mode="after")
    def _tls_comes_in_pairs(self) -> Self:
        if (self.temporal_tls_cert is None) != (self.temporal_tls_key is None):
            raise ValueError(
                "SHOUWEN_TEMPORAL_TLS_CERT and SHOUWEN_TEMPORAL_TLS_KEY: set both or neither"
            )
        return self


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (or a mapping like it).

    SettingsError with one line if a variable is wrong, unknown, or given twice (plain and _FILE).
    """
    given = _given(os.environ if environ is None else environ)
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError(_line(error, given)) from None


def as_environ(settings: Settings) -> dict[str, str]:
    """The variables from which a child process reads the same settings again."""
    return {
        variable(name): str(value)
        for name, value in settings.model_dump().items()
        if value is not None
    }


def variable(field: str) -> str:
    """The environment variable of a field: port → SHOUWEN_PORT."""
    return PREFIX + field.upper()


@cache
def _fields() -> dict[str, FieldInfo]:
    return dict(Settings.model_fields)


def _given(environ: Mapping[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or not value:
            continue
        field, text = _entry(name, value)
        if field in given:
            raise SettingsError(
                f"{variable(field)} and {variable(field)}{FILE_SUFFIX}: set one of them"
            )
        given[field] = text
    return given


def _entry(name: str, value: str) -> tuple[str, str]:
    field = name.removeprefix(PREFIX).lower()
    if field in _fields():
        return field, value
    field = field.removesuffix(FILE_SUFFIX.lower())
    if name.endswith(FILE_SUFFIX) and field in _fields():
        return field, _content(name, value)
    known = [variable(other) for other in _fields()]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else "; `shouwen settings` lists them"
    raise SettingsError(f"{name} is not a setting{hint}")


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise SettingsError(f"{name}={path}: cannot be read ({reason})") from None


def _line(error: ValidationError, given: Mapping[str, Any]) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    if not first["loc"]:
        return str(first["msg"]).removeprefix("Value error, ")
    field = str(first["loc"][0])
    about = about_field(field)
    value = "…" if about["secret"] else given.get(field, "")
    return f"{variable(field)}={value} is not valid; allowed: {about['allowed']}"


def about_field(field: str) -> dict[str, Any]:
    """What a field's table row says: allowed (text), shown (default in words or None), secret."""
    extra = _fields()[field].json_schema_extra
    return dict(extra) if isinstance(extra, dict) else {}


def markdown_table() -> str:
    """The table of docs/settings.md, one row a setting, ending in a newline."""
    rows = ["| variable | default | allowed | what for |", "| --- | --- | --- | --- |"]
    for name, field in _fields().items():
        about = about_field(name)
        default = about["shown"] or f"`{field.default}`"
        rows.append(
            f"| `{variable(name)}` | {default} | {about['allowed']} | {field.description} |"
        )
    return "\n".join(rows) + "\n"
