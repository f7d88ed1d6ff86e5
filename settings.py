"""Every setting of the program: read once, here, from SHOUWEN_* variables or files they name.
Of ours only kinds and groups of settings are imported, and no other module reads the environment.
"""

import difflib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo

from setting_evidence import Evidence
from setting_files import Files
from setting_kinds import (
    DATABASE,
    FILE,
    GATEWAY,
    PORTS,
    SECRETS,
    AbsolutePath,
    Address,
    Keys,
    LogLevel,
    LookupKey,
    Mailbox,
    Port,
    PostgresUrl,
    WebhookSecrets,
    WebhookUrl,
    about,
    absolute,
    optional,
    ui_port,
)

PREFIX = "SHOUWEN_"
FILE_SUFFIX = "_FILE"
GROUPED = {**Files.model_fields, **Evidence.model_fields}


class SettingsError(Exception):
    """A setting is wrong. Its text is the one line to show: variable, value, what is allowed."""


class Settings(Evidence, Files):
    """The settings of one process. Immutable; addresses left at None mean the local servers."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    data: AbsolutePath = Field(
        default_factory=lambda: absolute(Path(".data")),
        description="Folder of everything that the local servers keep",
        json_schema_extra=about("path of a folder", shown="./.data"),
    )
    host: str = Field(
        "127.0.0.1",
        min_length=1,
        description="Address the API listens on",
        json_schema_extra=about("an address or name of this machine"),
    )
    port: Port = Field(8000, description="Port the API listens on", json_schema_extra=about(PORTS))
    public_url: str = Field(
        default_factory=lambda values: f"http://{values['host']}:{values['port']}",
        pattern=r"^https?://[^/\s]+[^\s]*$",
        description="Address by which people reach the program; links to residents begin with it",
        json_schema_extra=about("http:// or https:// address", shown="http://HOST:PORT"),
    )
    body_limit_bytes: int = Field(
        65536,
        ge=1024,
        description="Largest request body, in bytes",
        json_schema_extra=about("1024 or more"),
    )
    session_hours: int = Field(
        12,
        ge=1,
        le=168,
        description="Hours after which a staff member has to sign in again",
        json_schema_extra=about("1 to 168"),
    )
    log_level: LogLevel = Field(
        "info",
        description="Least important message that is logged",
        json_schema_extra=about("debug, info, warning, error"),
    )
    master_key: Keys | None = optional(
        "Key that wraps the keys of sealed fields",
        "base64 of 32 bytes; with commas, older keys after it",
        "secrets/master.key in the data folder",
        secret=True,
    )
    lookup_key: LookupKey | None = optional(
        "Key for look-ups by telephone and for receipts, apart from the master keys",
        "base64 of 64 bytes (`shouwen keys lookup` shows it)",
        "secrets/lookup.key in the data folder, else made from the oldest master key",
        secret=True,
    )
    database_url: PostgresUrl | None = optional(
        "PostgreSQL of one's own, as the program's role",
        DATABASE,
        "the local PostgreSQL",
        secret=True,
    )
    database_owner_url: PostgresUrl | None = optional(
        "The same database as the role that owns it; only migrations use it",
        DATABASE,
        "the local PostgreSQL",
        secret=True,
    )
    temporal_address: Address | None = optional(
        "Temporal of one's own", "host:port", "the local Temporal"
    )
    temporal_port: Port = Field(
        7233, description="Port of the local Temporal", json_schema_extra=about(PORTS)
    )
    temporal_ui_port: Port = Field(
        default_factory=lambda values: ui_port(values["temporal_port"]),
        validate_default=True,
        description="Port of the local Temporal's pages",
        json_schema_extra=about(PORTS, shown="SHOUWEN_TEMPORAL_PORT + 1000"),
    )
    temporal_namespace: str = Field(
        "default",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="Temporal namespace",
        json_schema_extra=about("letters, digits, dots, dashes"),
    )
    temporal_tls_ca: AbsolutePath | None = optional(
        "Authority that signed the certificate of one's own Temporal; turns TLS on", FILE, "no TLS"
    )
    temporal_tls_cert: AbsolutePath | None = optional(
        "The program's certificate for one's own Temporal", FILE, "none"
    )
    temporal_tls_key: AbsolutePath | None = optional("Key of that certificate", FILE, "none")
    task_queue: str = Field(
        "shouwen",
        min_length=1,
        description="Temporal task queue that API and workers share",
        json_schema_extra=about("any name"),
    )
    language: Literal["zh", "en"] = Field(
        "zh",
        description="Language of mails and messages",
        json_schema_extra=about("zh, en"),
    )
    smtp_address: Address | None = optional(
        "Mail server that takes mails to staff", "host:port", "no mails"
    )
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the connection to the mail server is secured",
        json_schema_extra=about("starttls, tls, none"),
    )
    smtp_tls_ca: AbsolutePath | None = optional(
        "Authority that signed the mail server's certificate", FILE, "those of the system"
    )
    smtp_from: Mailbox | None = optional("Address that mails come from", "name@host", "none")
    smtp_user: str | None = optional(
        "Name to sign in with at the mail server", "any name", "without signing in"
    )
    smtp_password: str | None = optional("Password of that name", "any text", "none", secret=True)
    sms_webhook_url: WebhookUrl | None = optional(
        "Gateway that takes text messages to telephones", GATEWAY, "no text messages", secret=True
    )
    sms_webhook_secret: WebhookSecrets | None = optional(
        "Secret that signs what the gateway gets", SECRETS, "none", secret=True
    )
    webhook_tls_ca: AbsolutePath | None = optional(
        "Authority that signed the gateways' certificates", FILE, "those of the system"
    )
    chat_webhook_url: WebhookUrl | None = optional(
        "Gateway that takes messages to staff", GATEWAY, "no such messages", secret=True
    )
    chat_webhook_secret: WebhookSecrets | None = optional(
        "Secret that signs what that gateway gets", SECRETS, "none", secret=True
    )

    @model_validator(mode="after")
    def _tls_comes_in_pairs(self) -> Self:
        if (self.temporal_tls_cert is None) != (self.temporal_tls_key is None):
            raise ValueError(
                "SHOUWEN_TEMPORAL_TLS_CERT and SHOUWEN_TEMPORAL_TLS_KEY: set both or neither"
            )
        return self

    @model_validator(mode="after")
    def _channels_are_whole(self) -> Self:
        for first, second in (
            ("smtp_address", "smtp_from"),
            ("smtp_user", "smtp_password"),
            ("sms_webhook_url", "sms_webhook_secret"),
            ("chat_webhook_url", "chat_webhook_secret"),
        ):
            if getattr(self, first) is not None and getattr(self, second) is None:
                raise ValueError(f"{variable(first)} needs {variable(second)}")
        if self.smtp_user is not None and self.smtp_tls == "none":
            raise ValueError("SHOUWEN_SMTP_TLS=none would send the password in the clear")
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
    """In the order people read them: what runs the program first."""
    own = {name: field for name, field in Settings.model_fields.items() if name not in GROUPED}
    return {**own, **GROUPED}


def _given(environ: Mapping[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or not value:
            continue
        field, text = _entry(name, value)
        if not text:  # a file may be empty for what is not set
            continue
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
