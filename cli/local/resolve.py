"""Settings with nothing left open: the local addresses and key where none is set.
Every command that talks to the running stack goes through here; nothing is started.
"""

from pathlib import Path

from cli.local import folder
from cli.local.failure import LocalError
from cli.local.postgres import LocalPostgres
from cli.local.temporal import HOST
from settings import Settings, variable
from store.keys import KeyRing

LOOKUP = Path("secrets") / "lookup.key"
"""Made once of the oldest master key: no later one may change what was stored and sent."""


def resolve(settings: Settings, *, make_key: bool = False) -> Settings:
    """Fill in database, Temporal, and the keys that lie here: master, look-ups, log.

    LocalError if something local is meant that no `shouwen run` has made yet. `make_key`: make the
    keys if there are none (`shouwen run` only: a second key would open nothing of the first).
    """
    found: dict[str, str] = {}
    if settings.temporal_address is None:
        found["temporal_address"] = f"{HOST}:{settings.temporal_port}"
    if settings.database_url is None:
        found["database_url"] = _local_postgres(settings).url("app")
        found["database_owner_url"] = _local_postgres(settings).url("owner")
    if settings.master_key is None:
        if not make_key and not (settings.data / "secrets" / "master.key").exists():
            raise LocalError(
                f"{variable('master_key')} is not set, and {settings.data} holds no key"
            )
        found["master_key"] = folder.master_key(settings.data)
    if settings.log_key is None and (make_key or _has_log_key(settings)):
        found["log_key"] = folder.log_key(settings.data)
    if settings.lookup_key is None and (make_key or (settings.data / LOOKUP).exists()):
        masters = settings.master_key or found["master_key"]
        apart = KeyRing.from_text(masters).apart_as_text()
        found["lookup_key"] = folder.secret(settings.data / LOOKUP, apart)[0]
    return settings.model_copy(update=found)


def need_log_key(settings: Settings) -> None:
    """LocalError if there is no key to sign the journal's checkpoints with: a worker needs one."""
    if settings.log_key is None:
        raise LocalError(
            f"{variable('log_key')} is not set, and {settings.data} holds no key of the log"
        )


def _has_log_key(settings: Settings) -> bool:
    return (settings.data / "secrets" / "log.key").exists()


def owner_url(settings: Settings) -> str:
    """The address for migrations; the local one only if the program's is local too."""
    if settings.database_owner_url is not None:
        return settings.database_owner_url
    if settings.database_url is not None:
        raise LocalError(
            f"{variable('database_owner_url')} is needed beside {variable('database_url')}: "
            "the schema belongs to another role than the program's"
        )
    return _local_postgres(settings).url("owner")


def _local_postgres(settings: Settings) -> LocalPostgres:
    postgres = LocalPostgres(settings.data)
    if not postgres.cluster.exists:
        raise LocalError(
            f"There is no local PostgreSQL in {settings.data} yet: start `shouwen run`, "
            f"or set {variable('database_url')}"
        )
    return postgres
