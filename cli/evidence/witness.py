"""The command `shouwen witness`: somebody else's eye on the journal. It needs nothing of the system
but its address: no database, no settings, no key of ours.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import httpx

    from store.key_changes import KeyChange
    from store.notes import Checkpoint, Note, PublicKey, Signer

SECONDS = 30.0
FROZEN = timedelta(hours=2)
"""A log signs each hour at least, also when nothing happens: one that shows nothing newer has
stopped, or somebody shows this witness an old page.
"""


def witness(
    address: Annotated[str, typer.Option("--from", help="The system's address.")],
    key: Annotated[Path, typer.Option(help="File of the witness's own key; made if missing.")],
    name: Annotated[str, typer.Option(help="What the witness is called, if it is new.")] = "",
    log_key: Annotated[
        list[str] | None,
        typer.Option(help="The log's key, had from somebody else, for the first look."),
    ] = None,
) -> None:
    """Check that the newest checkpoint goes on from the last one seen here, and sign it.

    Run it every few minutes. A log that was rewritten is not signed: it says so, with status 1.
    """
    import httpx

    from cli.local.failure import LocalError

    signer = _key(key, name)
    try:
        with httpx.Client(base_url=address.rstrip("/"), timeout=SECONDS) as http:
            typer.echo(Witness(http, signer, key.with_name(f"{key.name}.seen")).look(log_key or []))
    except httpx.HTTPError as error:
        raise LocalError(f"{address} does not answer: {error}") from error


def _key(path: Path, name: str) -> "Signer":
    """The key in the file, or a fresh one, whose public half is shown for the system's settings."""
    from cli.local.failure import LocalError
    from cli.local.folder import secret
    from store.notes import COSIGNATURE, Signer

    seed = base64.b64encode(secrets.token_bytes(32)).decode()
    text, fresh = secret(path, f"{name or f'witness-{secrets.token_hex(4)}'} {seed}")
    try:
        called, _, seed = text.partition(" ")
        signer = Signer(called, base64.b64decode(seed, validate=True), COSIGNATURE)
        public = signer.public
    except (binascii.Error, ValueError) as error:
        raise LocalError(f"{path} holds no key of a witness") from error
    if fresh:
        typer.echo(f"A new key is in {path}. The system has to know it:\n  {_register(public)}")
    return signer


def _register(key: "PublicKey") -> str:
    return f"SHOUWEN_WITNESS_KEYS={key}"


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint signed here, and the log's keys believed by then, as text."""

    note: str
    keys: list[str]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the system says now. Of its keys nothing is believed but what a known one signed."""

    note: "Note"
    checkpoint: "Checkpoint"
    keys: list[str]
    changes: "list[KeyChange]"


@dataclass(frozen=True, slots=True)
class Witness:
    """Looks at a log with what it remembers of it."""

    http: "httpx.Client"
    signer: "Signer"
    memory: Path

    def look(self, first_keys: list[str]) -> str:
        """Check and sign; what was done. LocalError with what is wrong."""
        from store.key_changes import followed
        from store.notes import cosign

        seen = self._remembered()
        with _understood():
            offered = self._offered()
        note, now, at = offered.note, offered.checkpoint, datetime.now(UTC)
        known = seen.keys if seen else first_keys or offered.keys
        believed = followed(now.origin, known, offered.changes)
        self._believe(note, self._keys(believed))
        if seen is not None:
            self._follows(seen, now, note)
        _alive(seen, offered, at)
        self._remember(Seen(str(note), believed))
        self._post(now.size, str(cosign(note.text, self.signer, at)))
        return f"Signed {now.size} events of {now.time.isoformat()} of {now.origin}."

    def _offered(self) -> Offered:
        from cli.local.failure import LocalError
        from store.notes import Checkpoint, parse

        page = self._get("/api/v1/checkpoints?size=1")["checkpoints"]
        if not page:
            raise LocalError("Nothing was signed there yet; try again in a minute.")
        note = parse(page[0]["note"])
        log = self._get("/api/v1/checkpoints/log")
        keys = [str(each["vkey"]) for each in log["keys"] if each["until"] is None]
        changes = [_change(each) for each in log["changes"]]
        return Offered(note, Checkpoint.of(note.text), keys, changes)

    def _keys(self, texts: list[str]) -> "list[PublicKey]":
        from cli.local.failure import LocalError
        from store.notes import BadNote, PublicKey

        try:
            return [PublicKey.of(each) for each in texts]
        except BadNote as error:
            raise LocalError(f"{error.about} is no key of a log") from error

    def _believe(self, note: "Note", known: "list[PublicKey]") -> None:
        from cli.local.failure import LocalError
        from store.notes import BadNote, believed

        try:
            if believed(note.text, note.lines, known):
                return
        except BadNote:
            raise LocalError("NOT SIGNED: the newest checkpoint bears a false signature.") from None
        raise LocalError(
            "NOT SIGNED: the newest checkpoint is signed by none of the keys known here: the key "
            "was lost, or it is another system. Ask for the key change in its journal; then begin "
            f"anew without {self.memory}."
        )

    def _follows(self, seen: Seen, now: "Checkpoint", note: "Note") -> None:
        from store import merkle
        from store.notes import Checkpoint, parse

        before = Checkpoint.of(parse(seen.note).text)
        if before.origin != now.origin:
            raise self._fork(note, f"it is {now.origin}, and {before.origin} was seen before")
        if now.size < before.size:
            raise self._fork(note, f"it went back from {before.size} events to {now.size}")
        if now.time < before.time:
            raise self._fork(note, f"its time went back to {now.time.isoformat()}")
        path: list[bytes] = []
        if before.size < now.size:
            address = f"/api/v1/checkpoints/proof?from={before.size}&to={now.size}"
            with _understood():
                path = [base64.b64decode(each) for each in self._get(address)["hashes"]]
        if not merkle.extends(before.size, before.root, now.size, now.root, path):
            raise self._fork(
                note,
                f"its first {before.size} events are not those that were signed at "
                f"{before.time.isoformat()}: the log was rewritten",
            )

    def _fork(self, note: "Note", why: str) -> Exception:
        """What is wrong, with both notes kept: together they are the proof."""
        from cli.local.failure import LocalError

        kept = self.memory.with_suffix(".contradiction")
        kept.write_text(str(note), "utf-8")
        return LocalError(f"NOT SIGNED: {why}. Keep {self.memory} and {kept}: they prove it.")

    def _remembered(self) -> Seen | None:
        from cli.local.failure import LocalError

        try:
            return Seen(**json.loads(self.memory.read_text("utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise LocalError(f"{self.memory} is damaged: bring back a copy of it.") from error

    def _remember(self, seen: Seen) -> None:
        """Before the signature leaves: what was signed once is never contradicted."""
        draft = self.memory.with_suffix(".new")
        draft.write_text(json.dumps({"note": seen.note, "keys": seen.keys}), "utf-8")
        draft.replace(self.memory)

    def _get(self, path: str) -> dict[str, Any]:
        from cli.local.failure import LocalError

        answer = self.http.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise LocalError(f"{answer.url} answers {answer.status_code}: {_plain(answer.text)}")
        found: dict[str, Any] = answer.json()
        return found

    def _post(self, size: int, line: str) -> None:
        from cli.local.failure import LocalError

        path = f"/api/v1/checkpoints/{size}/cosignatures"
        answer = self.http.post(path, json={"line": line})
        if answer.status_code == HTTPStatus.FORBIDDEN:
            raise LocalError(
                "Checked, and not taken: the system does not know this witness. It has to set "
                f"{_register(self.signer.public)}"
            )
        if answer.status_code != HTTPStatus.CREATED:
            raise LocalError(f"{answer.url} answers {answer.status_code}: {_plain(answer.text)}")


def _change(found: dict[str, Any]) -> "KeyChange":
    from store.key_changes import KeyChange

    return KeyChange(
        origin=str(found["origin"]),
        old=tuple(map(str, found["old"])),
        new=tuple(map(str, found["new"])),
        signed_by=str(found["signed_by"]),
        signature=str(found["signature"]),
    )


def _alive(seen: Seen | None, offered: Offered, at: datetime) -> None:
    from cli.local.failure import LocalError

    grown = seen is not None and not seen.note.startswith(offered.note.text)
    if not grown and at - offered.checkpoint.time > FROZEN:
        raise LocalError(
            f"NOT SIGNED: the newest checkpoint is of {offered.checkpoint.time.isoformat()}, and a "
            "log signs each hour: its notary has stopped, or an old page is shown here. Ask there."
        )


@contextmanager
def _understood() -> Iterator[None]:
    """Around reading an answer: whatever is no answer of a log is said to be none."""
    from cli.local.failure import LocalError
    from store.notes import BadNote

    try:
        yield
    except (BadNote, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise LocalError(
            "NOT SIGNED: what is there does not answer as a log does; is the address right?"
        ) from error


def _plain(text: str) -> str:
    """The beginning of an answer on one line, without what a screen would obey."""
    words = "".join(each if each.isprintable() else " " for each in text[:200])
    return " ".join(words.split())
