"""The data folder: made, locked by one `shouwen run` at a time, and the secrets that lie in it."""

import base64
import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cli.local.failure import LocalError, from_os_error


def prepare(data: Path) -> None:
    """Make the data folder with its log and secrets folders; LocalError if that is not allowed."""
    try:
        # Root's PostgreSQL runs as another user, who has to pass through but not to look around.
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        for name in ("log", "secrets"):
            (data / name).mkdir(mode=0o700, exist_ok=True)
        probe = data / "log" / f".probe-{os.getpid()}"
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
    except OSError as error:
        raise from_os_error(error, f"writing to the data folder {data}") from error


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder for this process; LocalError naming the other one if it is held."""
    path = data / "lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise from_os_error(error, f"opening {path}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.read(descriptor, 20).decode("ascii", "replace").strip() or "?"
            raise LocalError(
                f"Shouwen already runs on the data folder {data} (process {pid}); "
                "another copy needs its own folder (SHOUWEN_DATA) and ports."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)  # and with it the lock


def secret(path: Path, make: str | None = None) -> tuple[str, bool]:
    """The secret in `path` (mode 0600), and whether it was made just now.

    A missing one is made: `make`, or 32 random characters that need no quoting in an address.
    """
    try:
        return path.read_text(encoding="ascii").strip(), False
    except FileNotFoundError:
        pass
    except OSError as error:
        raise from_os_error(error, f"reading {path}") from error
    text = make or secrets.token_urlsafe(24)
    _write_whole(path, text)
    return text, True


def master_key(data: Path) -> str:
    """The local master key (base64 of 32 bytes), made at the first start."""
    return secret(data / "secrets" / "master.key", _fresh())[0]


def log_key(data: Path) -> str:
    """The local key that signs the journal's checkpoints, made at the first start."""
    return secret(data / "secrets" / "log.key", _fresh())[0]


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write_whole(path: Path, text: str) -> None:
    """All of it or none: a secret cut short by a full disk would lock everybody out."""
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise from_os_error(error, f"writing {path}") from error
