"""What whoever verifies knows from elsewhere: keys of the log, checkpoints, keys of witnesses.

Without it a journal that was made anew from end to end would look true.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from cli.evidence.offline import Checkpoint, Evidence, Log, Untrue, read_key, told
from cli.local.failure import LocalError, from_os_error

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """`seeds` are secret keys that lie on this machine, whose public ones are known so."""

    keys: tuple[str, ...] = ()
    kept: tuple[Checkpoint, ...] = ()
    witnesses: tuple[str, ...] = ()
    seeds: tuple[bytes, ...] = ()

    def log(self, origin: str) -> Log:
        """The log of that name, as who knows this sees it."""
        from store.notes import Signer

        own = (str(Signer(origin, seed).public) for seed in self.seeds) if origin else ()
        return Log(pins=(*self.keys, *own), witnesses=self.witnesses)


def given(keys: Sequence[str], checkpoints: Sequence[Path], witnesses: Sequence[str]) -> Known:
    """What was given as options; LocalError for what cannot be read."""
    try:
        for vkey in (*keys, *witnesses):
            read_key(vkey)
    except Untrue as untrue:
        raise LocalError(untrue.why) from untrue
    return Known(keys=tuple(keys), kept=tuple(map(_kept, checkpoints)), witnesses=tuple(witnesses))


def _kept(path: Path) -> Checkpoint:
    try:
        return Checkpoint.of(path.read_text("utf-8"))
    except OSError as error:
        raise from_os_error(error, f"reading {path}") from error
    except (Untrue, UnicodeDecodeError) as error:
        raise LocalError(f"{path} holds no checkpoint") from error


def of_settings(found: Known) -> tuple[str, Known]:
    """The database's address, and what this machine knows besides.

    Whoever only verifies needs no master key: a database's address is enough.
    """
    from cli.local.resolve import resolve
    from settings import load_settings

    settings = load_settings()
    if settings.database_url is None:
        settings = resolve(settings)
    beside = settings.last_checkpoint or settings.data / "checkpoint"
    kept = (*found.kept, _kept(beside)) if beside.exists() else found.kept
    seeds = filter(None, (settings.log_key or "").split(","))
    witnesses = tuple(dict.fromkeys([*found.witnesses, *settings.witnesses()]))
    more = replace(found, kept=kept, witnesses=witnesses, seeds=tuple(map(_bare, seeds)))
    return settings.database_url or "", more


def _bare(key: str) -> bytes:
    return base64.b64decode(key.strip())


def check_file(path: Path, known: Known, out: "Console") -> int:
    """Check an evidence file as the offline verifier does; the status to end with."""
    from rich.progress import Progress

    hidden = not out.is_terminal
    try:
        known = _of_this_machine(path, known)
        with Progress(console=out, transient=True, disable=hidden) as bar:
            log = known.log(_origin(path))
            evidence = Evidence(log, [each.note for each in known.kept])
            with bar.open(path, "rb", description=path.name) as lines:
                evidence.read(lines)
    except Untrue as untrue:
        out.print(f"FALSE: {untrue}.")
        return 1
    except OSError as error:
        raise from_os_error(error, f"reading {path}") from error
    for line in told(evidence):
        out.print(line)
    return 2 if log.doubts else 0


def _of_this_machine(path: Path, known: Known) -> Known:
    """With the key and the checkpoint of this machine, if they are of the file's own log."""
    from settings import load_settings

    settings = load_settings()
    beside = settings.last_checkpoint or settings.data / "checkpoint"
    if not beside.exists() or (kept := _kept(beside)).origin != _origin(path):
        return known
    key = settings.data / "secrets" / "log.key"
    text = settings.log_key or (key.read_text("ascii") if key.exists() else "")
    seeds = tuple(map(_bare, filter(None, text.split(","))))
    return replace(known, kept=(*known.kept, kept), seeds=seeds)


def _origin(path: Path) -> str:
    """The log a file says it is of; empty where it says nothing that can be read."""
    with path.open("rb") as file:
        first = file.readline(100_000)
    try:
        return str(orjson.loads(first)["origin"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""
