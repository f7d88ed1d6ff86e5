"""`shouwen erase`: ask over HTTP that somebody be forgotten, or decide on it (R14.4).

A client like any other: whoever runs it signs in, and the rules are the API's.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import httpx

SECONDS = 30.0
URL = "/api/v1/erasures"
PASSWORD = typer.Option(prompt=True, hide_input=True, envvar="ERASE_PASSWORD", help="Its password.")
SAID = {
    "own_matter": "you had this case in hand: somebody else has to",
    "asked_for_it": "you asked for it yourself: another person has to agree",
    "case_open": "the case is open, or something in it is still owed to somebody",
    "right_open": "somebody may still contest something of the case",
    "legal_hold": "the case went to a court or the like, which may still need it",
    "no_such_subject": "the case has nobody of that name",
    "already_erased": "they are forgotten already",
    "not_entitled": "your post does not allow it: it takes data protection, and to agree also an "
    "administrator or auditor",
}
"""What refusals mean to whoever types the command."""


def erase(  # noqa: PLR0913 - the options of the command
    cases: Annotated[
        list[str] | None, typer.Argument(help="Numbers of the cases, all about the same.")
    ] = None,
    *,
    login: Annotated[str, typer.Option(prompt=True, help="Who you are.")],
    password: Annotated[str, PASSWORD],
    subject: Annotated[
        str, typer.Option(help="reporter, party-1 …, or the number of a joined case.")
    ] = "reporter",
    reason: Annotated[str, typer.Option(help="Why; it is kept, sealed.")] = "",
    ground: Annotated[
        str,
        typer.Option(
            help="asked_for, consent_withdrawn, purpose_over, period_over, unlawful, ordered."
        ),
    ] = "asked_for",
    approve: Annotated[str, typer.Option(help="Agree to this erasure instead.")] = "",
    refuse: Annotated[str, typer.Option(help="Refuse this erasure instead.")] = "",
    show: Annotated[str, typer.Option(help="Show this erasure instead.")] = "",
) -> None:
    """Ask that people be forgotten; a second person agrees with --approve, and it is carried out.

    It cannot be undone: the keys of what they said are destroyed.
    """
    with _signed_in(login, password) as http:
        found = _done(http, cases or [], subject, reason, ground, approve, refuse, show)
    for line in lines(found):
        typer.echo(line)


@contextmanager
def _signed_in(login: str, password: str) -> Iterator["httpx.Client"]:
    """A client of the running system, signed in for as long as it is used."""
    import httpx

    from cli.local.failure import LocalError
    from cli.local.resolve import resolve
    from settings import load_settings

    address = resolve(load_settings()).public_url
    try:
        with httpx.Client(base_url=address, timeout=SECONDS) as http:
            _checked(http.post("/api/v1/sessions", json={"login": login, "password": password}))
            try:
                yield http
            finally:
                http.delete("/api/v1/sessions/current")
    except httpx.HTTPError as error:
        raise LocalError(f"{address} does not answer: {error}") from error


def _done(  # noqa: PLR0913, PLR0917 - the options of the command
    http: "httpx.Client",
    cases: list[str],
    subject: str,
    reason: str,
    ground: str,
    approve: str,
    refuse: str,
    show: str,
) -> dict[str, Any]:
    """The erasure after what was asked was done."""
    from cli.local.failure import LocalError

    if sum(map(bool, (cases, approve, refuse, show))) != 1:
        raise LocalError("Name cases, or one of --approve, --refuse and --show")
    if show:
        return _checked(http.get(f"{URL}/{show}", params={"lang": "en"}))
    if (cases or refuse) and not reason:
        raise LocalError("Say why: --reason")
    if cases:
        targets = [{"case_id": case_id, "subject": subject} for case_id in cases]
        return _sent(http, URL, {"targets": targets, "ground": ground, "text": reason})
    kind = "approve_erasure" if approve else "refuse_erasure"
    return _sent(http, f"{URL}/{approve or refuse}/commands", {"kind": kind, "text": reason})


def _sent(http: "httpx.Client", url: str, body: dict[str, Any]) -> dict[str, Any]:
    keyed = {"Idempotency-Key": uuid.uuid4().hex}
    return _checked(http.post(url, json=body, headers=keyed, params={"lang": "en"}))


def _checked(answer: "httpx.Response") -> dict[str, Any]:
    """The answer's body; a refusal in one line."""
    from cli.local.failure import LocalError

    found: dict[str, Any] = answer.json() if answer.content else {}
    if answer.status_code == HTTPStatus.ACCEPTED:
        raise LocalError(f"Sent; its outcome is not known yet: look at {found['status_url']}")
    if answer.is_error:
        code = str(found.get("code", answer.status_code))
        about = found.get("details") or {}
        where = f" ({', '.join(about.values())})" if about else ""
        raise LocalError(f"{SAID.get(code, found.get('detail') or code)}{where} [{code}]")
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """An erasure in words."""
    erasure = found["erasure"]
    said = [f"{erasure['erasure_id']}: {erasure['state_words']}"]
    said += [
        f"  {each['case_id']} {each['subject']}: {each['state']}"
        + (f" ({each['refusal']})" if each["refusal"] else "")
        for each in erasure["targets"]
    ]
    if erasure["decider"]:
        who, until = erasure["decider"]["name"], erasure["due_at"]
        said.append(f"It waits for {who} or another person over the cases, until {until}.")
    if erasure["ended_at"] and erasure["erased"]:
        keys, runs = erasure["keys"], erasure["histories"]
        said.append(f"{keys} keys were destroyed and {runs} of Temporal's histories deleted.")
        said += [f"Not reached: {each['words']}" for each in erasure["remains"]]
    return said
