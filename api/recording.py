"""What the API writes into the access record (R14.5) before it answers: refusals, personal data
shown, exports. A refusal that nothing was shown for is nobody's and is not recorded.
"""

import asyncio
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Protocol

from fastapi import Request

from api.context import Context, now
from api.models import CaseView
from domain.access import UNKNOWN
from domain.access.events import (
    AccessRefused,
    Exported,
    FileShown,
    PersonalDataShown,
    ScoresShown,
)
from domain.values import By
from domain.words.access import Shown

log = logging.getLogger(__name__)

REFUSALS = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
NUMBER = re.compile(r"SW(-[0-9A-Z]{4}){3}|(admission|visit|erasure)(-[0-9a-z]{4}){3}")
"""What may be written down of an address: an id, never what somebody typed instead of one."""
TURN = 5.0
"""Seconds from one look at what is over, a minute of refusals or a session, to the next."""


class Refusing(Protocol):
    """The part of a problem that is recorded."""

    status: int
    code: str


class Asker(Protocol):
    """The part of who asks that is recorded."""

    @property
    def kind(self) -> str:
        """What they showed."""

    @property
    def person_id(self) -> str:
        """Who they are, of staff."""

    @property
    def post_id(self) -> str | None:
        """The post they chose."""


async def refused(request: Request, problem: Refusing) -> None:
    """Record that somebody was refused who had shown a session, a token or a secret."""
    asking: Asker | None = getattr(request.state, "asking", None)
    if asking is None or problem.status not in REFUSALS or asking.kind == "nobody":
        return
    here: Context = request.app.state.context
    person = By(person_id=asking.person_id) if asking.person_id else UNKNOWN
    shown = Shown(asking.kind)
    if not await counted(here, person, shown, problem.code):
        return
    by = replace(person, post_id=await _post(here, asking.post_id))
    await here.access.record(
        AccessRefused(
            at=now(),
            by=by,
            shown=shown,
            method=request.method,
            route=getattr(request.scope.get("route"), "path", ""),
            about=_about(request.path_params.values()),
            status=problem.status,
            code=problem.code,
        )
    )


async def _post(here: Context, told: str | None) -> str | None:
    """The post somebody says they act at, if there is such a post: never what else they typed."""
    return told if told in (await here.book()).organisation.posts else None


async def counted(here: Context, by: By, shown: Shown | None, code: str) -> bool:
    """Count a refusal; whether it is recorded by itself."""
    await _turn(here)
    return here.flood.admits((by, shown, code))


async def _turn(here: Context, *, ending: bool = False) -> None:
    turned = here.flood.turned(now(), ending=ending)
    if not turned:
        return
    try:
        await here.access.record(*turned)
    except Exception:
        here.flood.back(turned)
        raise


def _about(parameters: Iterable[object]) -> str:
    return next((p for p in parameters if isinstance(p, str) and NUMBER.fullmatch(p)), "")


def fields_of(view: CaseView) -> tuple[str, ...]:
    """The personal data that an unmasked view holds, by the names of its members."""
    people = [("reporter", view.reporter)]
    people += [(f"parties.{n}", party) for n, party in enumerate(view.parties, start=1)]
    found = [
        f"{who}.{name}"
        for who, person in people
        for name in ("name", "phone")
        if getattr(person, name)
    ]
    place = view.place
    found += ["place.address"] if place.address else []
    return (*found, *(("place.point",) if place.longitude is not None else ()))


async def shown(here: Context, by: By, case_id: str, version: int, fields: Sequence[str]) -> None:
    """Record that these fields of a case leave unmasked; `version` is the event that says why."""
    event = PersonalDataShown(at=now(), by=by, about=case_id, version=version, fields=tuple(fields))
    await here.access.record(event)


async def file_shown(
    here: Context, by: By, case_id: str, version: int, file: str, *, small: bool
) -> None:
    """Record that a file of a case leaves; once for as long as looking again is the same look."""
    look = (by, case_id, file, small)
    if here.looks.again(look):
        return
    event = FileShown(at=now(), by=by, about=case_id, version=version, file=file, small=small)
    await here.access.record(event)
    here.looks.note(look)


async def scores_shown(
    here: Context, by: By, people: Iterable[str], what: str, period: str
) -> None:
    """Record that these people's scores are shown to another. To be awaited before they are."""
    at = now()
    found = [
        ScoresShown(at=at, by=by, person_id=person_id, what=what, period=period)
        for person_id in people
    ]
    if found:
        await here.access.record(*found)


async def exported(
    here: Context,
    by: By,
    *,
    what: str,
    form: str,
    about: str = "",
    filters: Sequence[str] = (),
    masked: bool = True,
) -> None:
    """Record that records leave as a file. To be awaited before the first byte of it leaves.

    `what` (journal, timeline, access-record …) and `form` (csv, xes …) are the program's words;
    `filters` are ``name=value`` of ids, times and words, never what somebody typed.
    """
    event = Exported(
        at=now(),
        by=by,
        what=what,
        form=form,
        about=about,
        filters=tuple(filters),
        masked=masked,
    )
    await here.access.record(event)


async def keep(here: Context) -> None:
    """For as long as the process runs: write down what minutes counted and sessions that ended."""
    while True:
        await asyncio.sleep(TURN)
        try:
            await _turn(here)
            await here.access.sweep()
        except Exception as error:  # noqa: BLE001 - the next turn tries again
            log.warning("the access record waits: %s", type(error).__name__)


async def close(here: Context) -> None:
    """Write down what is still only counted."""
    try:
        await _turn(here, ending=True)
    except Exception as error:  # noqa: BLE001 - the process ends all the same, and says what is lost
        log.warning("refusals beyond the limit are not recorded: %s", type(error).__name__)
    await here.access.close()
