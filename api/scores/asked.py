"""What is asked of scores, and what that means: a period, a moment, a version of the policy.

Every parameter is known here: one that was misspelt would otherwise give another figure, unseen.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api import past
from api.context import Context
from api.errors import Problem, unknown
from api.moments import Instant
from api.schemas.base import clean
from api.words import Language
from domain.refusals import Unreadable
from domain.scores import periods
from domain.scores.asking import Unscorable
from domain.scores.figures import Scope
from domain.scores.measures import Measure
from domain.scores.periods import Period
from domain.words import UnitKind
from store.cursors import BadCursor
from store.following import Keeper, waiting_since
from store.scores.basis import Basis, basis
from store.scores.explained import Part
from store.still import Still

Word = Annotated[str, Field(max_length=100), AfterValidator(clean)]
LEAST = timedelta(microseconds=1)
Form = Literal["json", "csv"]
"""A page, or a file with all of it."""
KEEPER: Keeper = "score_keeper"
PLACES = {"unknown_policy": "policy", "period_in_the_future": "period"}
"""Which parameter is at fault; else it is the moment."""
BESIDES = frozenset({"as_of", "cursor", "size", "lang", "form"})
"""What may differ from page to page of one question; the moment is in the cursor itself."""
AGAINST = "against_"


class OfPeriod(BaseModel):
    """What every question says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    period: Annotated[Word, Field(description="2026-09, 2026-Q3, 2026, 2026-09-01..2026-09-15")]
    policy: Word | None = None
    as_of: Instant = None
    proactive: bool = False
    lang: Language = "zh"


class OfUnit(OfPeriod):
    """What it carried itself, or also everything below it."""

    scope: Scope = "own"


class Opening(OfPeriod):
    """What is behind a figure: of one measure or of all, the whole or one part of it."""

    measure: Measure | None = None
    part: Part | None = None
    cursor: Annotated[str, Field(max_length=300)] | None = None
    size: Annotated[int, Field(ge=1, le=200)] = 50
    form: Annotated[Form, Field(alias="format")] = "json"


class OpeningOfUnit(Opening):
    """The same of a unit."""

    scope: Scope = "own"


class Ranking(OfPeriod):
    """Units of one kind, by one measure or the policy's own; `setting` keeps those apart."""

    kind: UnitKind
    setting: Annotated[tuple[Literal["urban", "rural"], ...], Field(max_length=2)] = ()
    by: Measure | None = None
    scope: Scope = "own"
    within: Word | None = None
    form: Annotated[Form, Field(alias="format")] = "json"


class Comparison(OfPeriod):
    """A reading, and another to hold against it: of an earlier moment, by another version, or both.

    What `against_` leaves out is as in the first, but for the policy: then it is the period's own.
    """

    against_as_of: Instant = None
    against_policy: Word | None = None
    scope: Scope = "own"
    within: Word | None = None
    cursor: Annotated[str, Field(max_length=300)] | None = None
    size: Annotated[int, Field(ge=1, le=200)] = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an answer is made of: the question, what it means, and the moment it is of.

    `basis.as_of` is None where everything was counted by then: sums are at hand.
    """

    asked: OfPeriod
    basis: Basis
    moment: datetime


def question(path: str, asked: OfPeriod) -> str:
    """What a cursor belongs to: the address and all that decides what is listed, in short."""
    said = asked.model_dump(mode="json", exclude=set(BESIDES))
    return sha256(json.dumps([path, said], sort_keys=True).encode()).hexdigest()[:16]


async def reading(
    here: Context, there: Still, asked: OfPeriod, first: datetime | None = None
) -> Reading:
    """What the question means; 422 with the place of what cannot be answered.

    `first` is the moment of the first page, of which a further one has to be.
    """
    return await _read(here, there, asked, await _moment(there, asked.as_of, first))


async def against(here: Context, there: Still, asked: Comparison, after: Reading) -> Reading:
    """The reading that is held against the other: the same but for the moment or the policy."""
    known = after.basis.as_of
    if asked.against_as_of is not None:
        if asked.against_as_of > after.moment:
            raise unknown("query/against_as_of", "moments_reversed", "is later than the other")
        known = await _moment(there, asked.against_as_of, None)
    changes = {"policy": asked.against_policy, "as_of": asked.against_as_of}
    return await _read(here, there, asked.model_copy(update=changes), known, AGAINST)


async def _read(
    here: Context, there: Still, asked: OfPeriod, as_of: datetime | None, prefix: str = ""
) -> Reading:
    period = _period(asked.period)
    try:
        found = await basis(
            there.raw,
            here.archive,
            period,
            now=there.at,
            as_of=as_of,
            policy=asked.policy,
            proactive=asked.proactive,
        )
    except Unscorable as error:
        raise _unscorable(error, prefix) from error
    return Reading(asked=asked, basis=found, moment=as_of or there.at)


async def _moment(there: Still, as_of: datetime | None, first: datetime | None) -> datetime | None:
    """The moment asked for, that of the first page, or the latest of which all was counted; None
    where that is now.
    """
    if first is not None:
        if as_of not in {None, first}:
            raise BadCursor
        return first
    if as_of is not None:
        await past.need_reached(there, as_of, KEEPER)
        return as_of
    waiting = await waiting_since(there, KEEPER)
    return None if waiting is None else min(there.at, waiting - LEAST)


def _period(text: str) -> Period:
    try:
        return periods.parse(text)
    except Unreadable as error:
        raise unknown("query/period", "unknown_period", str(error)) from error


def _unscorable(error: Unscorable, prefix: str) -> Problem:
    told, where = str(error), f"query/{prefix}{PLACES.get(error.code, 'as_of')}"
    errors = [{"where": where, "code": error.code, "message": told}]
    return Problem(422, error.code, told, rule="R12", errors=errors)
