"""What can go wrong on the user's own machine, said in one line.
Only LocalError leaves the local stack; its text is shown as it is, without a traceback.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_FULL = "No space left on device"


class LocalError(Exception):
    """The machine does not allow what was asked. The text is one line for the person."""


def from_os_error(error: OSError, doing: str) -> LocalError:
    """A LocalError for an OSError met while `doing` ("writing to /x")."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return LocalError(f"The disk is full: {doing} failed. Free some space and start again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return LocalError(f"Permission missing: {doing} failed ({error.strerror}).")
    return LocalError(f"{doing} failed: {error.strerror or error}.")


def from_log(name: str, words: list[str], log: Path) -> LocalError:
    """A LocalError for a server that ended, from the lines it logged since its start."""
    if any(DISK_FULL in line for line in words):
        return LocalError(
            f"The disk is full: {name} could not write. Free some space and start again."
        )
    denied = [line for line in words if "ermission denied" in line]
    last = (denied or words or ["it said nothing"])[-1].strip()
    return LocalError(f"{name} did not start: {last} (see {log})")


@contextmanager
def database_failures_in_one_line() -> Iterator[None]:
    """Around work on the database: what a person can mend becomes a LocalError, bugs stay."""
    try:
        yield
    except Exception as error:
        text = str(error)
        if DISK_FULL in text:
            raise LocalError(
                "The disk is full: PostgreSQL could not write. Free some space and start again."
            ) from error
        if isinstance(error, OSError) or "password authentication failed" in text:
            reason = text.partition("\n")[0]
            raise LocalError(f"PostgreSQL cannot be reached: {reason}") from error
        raise
