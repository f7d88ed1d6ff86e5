"""Under which system user PostgreSQL runs. It refuses to run as root, so root lends it another one.
Nothing here changes the machine: no user is made, no folder above the data folder is touched.
"""

import os
import pwd
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from cli.local.failure import LocalError

_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user to step down to. `reach`: must pass folders that are closed to that user."""

    uid: int
    gid: int
    reach: bool = False


def unprivileged(owned: Path, needed: list[Path]) -> Account | None:
    """Whom to run as; None means as we are, which is every case but root.

    `owned` keeps the owner that an earlier start gave it. `needed` are files it has to read: where
    a folder above one of them is closed to that user (a clone under /root, a umask of 077), the
    process keeps one capability, to read past folder permissions, and gives up all others.
    """
    if os.geteuid() != 0:
        return None
    account = _owner(owned) or _existing()
    reach = not all(_readable(path, account) for path in [*needed, owned.parent])
    return replace(account, reach=reach)


def give(path: Path, account: Account | None) -> None:
    """Make `path` the account's own (no effect for None)."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def _owner(path: Path) -> Account | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Account(uid=found.st_uid, gid=found.st_gid) if found.st_uid else None


def _existing() -> Account:
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise LocalError(
        "PostgreSQL does not run as root, and there is no user `nobody` to run it as: "
        "start Shouwen as an ordinary user."
    )


def _readable(path: Path, account: Account) -> bool:
    """Whether the account may read `path` and pass every folder above it (mode bits only)."""
    real = path.resolve()
    return _allows(real, account, stat.S_IROTH if real.is_file() else stat.S_IXOTH) and all(
        _allows(folder, account, stat.S_IXOTH) for folder in real.parents
    )


def _allows(path: Path, account: Account, bit: int) -> bool:
    found = path.stat()
    if found.st_uid == account.uid:
        return bool(found.st_mode & (bit << 6))
    if found.st_gid == account.gid:
        return bool(found.st_mode & (bit << 3))
    return bool(found.st_mode & bit)
