"""The command `shouwen receipt`: checks a receipt away from the system that gave it. It needs the
file and a key, or the system's address; no database and no secret.
"""

import base64
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    import httpx

    from store.receipt_checks import Checked

    Outcome = tuple[str, Checked, list[str]]

receipt = typer.Typer(help="Receipts of residents.", no_args_is_help=True)
SECONDS = 30.0
Lang = Literal["zh", "en"]


@receipt.callback()
def group() -> None:
    """Receipts of residents."""


@receipt.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="The receipt.")],
    *,
    key: Annotated[
        list[str] | None, typer.Option(help="The log's key: check with it alone, asking nobody.")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--from", help="The system to ask, if not this one.")
    ] = None,
    lang: Annotated[Lang, typer.Option(help="The language of the words.")] = "en",
) -> None:
    """Say whether a receipt is in the record, unchanged; or what is wrong, with status 1."""
    import httpx

    from cli.local.failure import LocalError, from_os_error
    from store.receipt_checks import Wrong

    try:
        text = file.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise from_os_error(error, f"reading {file}") from error
    try:
        code, found, remarks = (
            _offline(text, key) if key else _online(text, address or _here(), lang)
        )
    except Wrong as wrong:
        raise LocalError(_words(wrong.code, wrong.about, lang)) from wrong
    except httpx.HTTPError as error:
        raise LocalError(
            f"The system does not answer ({error}); with --key the file is checked alone."
        ) from error
    if code == "pending":
        raise LocalError(_words(code, "", lang))
    typer.echo("\n".join([_words(code, "", lang), *remarks]))
    for event in found.events:
        place = "" if event.seq is None else f", number {event.seq}"
        typer.echo(f"  {event.stream}/{event.version} {event.kind} {event.recorded_at}{place}")
    if found.checkpoint is not None:
        told = f"  signed {found.checkpoint.time.isoformat()}, {found.checkpoint.size} events"
        typer.echo(told + "".join(f", seen by {name}" for name in found.witnesses))


def _words(code: str, about: str, lang: Lang) -> str:
    from api.words.receipts import verdict

    return verdict(code, about, lang)


def _here() -> str:
    from settings import load_settings

    return load_settings().public_url


def _offline(text: str, keys: list[str]) -> "Outcome":
    from cli.local.failure import LocalError
    from store.notes import BadNote, PublicKey
    from store.receipt_checks import check as checked

    try:
        found = checked(text, [PublicKey.of(each) for each in keys])
    except BadNote as error:
        raise LocalError(f"{error.about} is no key of a log") from error
    return "pending" if found.pending else "whole", found, []


def _online(text: str, address: str, lang: Lang) -> "Outcome":
    import httpx

    with httpx.Client(base_url=address.rstrip("/"), timeout=SECONDS) as http:
        return Asked(http, lang).check(text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A system that is asked for its keys, and for the proof that it has not forked since."""

    http: "httpx.Client"
    lang: Lang

    def check(self, text: str) -> "Outcome":
        """`in_record` or `pending`; `Wrong` with what is wrong."""
        from store.notes import PublicKey
        from store.receipt_checks import Wrong
        from store.receipt_checks import check as checked

        log = self._get("/api/v1/checkpoints/log")
        if log is None:
            raise Wrong("nothing_signed")
        keys = [PublicKey.of(each["vkey"]) for each in log["keys"]]
        origins = {log["origin"], *log["earlier_origins"]}
        found = checked(text, keys, origins, [*map(PublicKey.of, log["witnesses"])])
        if found.checkpoint is not None and found.origin == log["origin"]:
            self._follow(found, keys)
        remarks = self._agree(text)
        return "pending" if found.pending else "in_record", found, remarks

    def _follow(self, found: "Checked", keys: list[Any]) -> None:
        """The newest checkpoint has to go on from the receipt's."""
        from store import merkle
        from store.notes import Checkpoint, believed, parse
        from store.receipt_checks import Wrong

        page = self._get("/api/v1/checkpoints?size=1")
        if found.checkpoint is None or page is None:
            return
        note = parse(page["checkpoints"][0]["note"])
        newest, before = Checkpoint.of(note.text), found.checkpoint
        if newest.size < before.size:
            raise Wrong("cut", str(before.size))
        if not believed(note.text, note.lines, keys):
            raise Wrong("unknown_key", newest.origin)
        proof = self._get(f"/api/v1/checkpoints/proof?from={before.size}&to={newest.size}")
        path = [base64.b64decode(each) for each in (proof or {"hashes": []})["hashes"]]
        if not merkle.extends(before.size, before.root, newest.size, newest.root, path):
            raise Wrong("forked", str(before.size))

    def _agree(self, text: str) -> list[str]:
        """The system, which has the events themselves, says what it finds in their place; what it
        has to remark.
        """
        from store.receipt_checks import Wrong

        address = f"/api/v1/receipts/check?lang={self.lang}"
        told = self.http.post(address, content=text.encode()).raise_for_status().json()
        if told["verdict"] not in {"in_record", "pending"}:
            raise Wrong(told["verdict"], told["about"])
        return [*map(str, told["remarks"])]

    def _get(self, path: str) -> dict[str, Any] | None:
        answer = self.http.get(path)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found
