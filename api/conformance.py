"""Conformance (R14.1): which cases departed from the rulebook, where, and by which rule; as JSON
Lines, for the API and the command line alike. The rules are the domain's.
"""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Response

from api import words
from api.auth import Staff
from api.cases import Word
from api.context import Here
from api.exports.filters import STREAM, Filters
from api.exports.routes import enter, need_oversight, sight_of
from api.exports.stream import Streamed
from api.moments import Moment
from api.words import Language
from api.words.conformance import DEVIATIONS
from domain.book import Book
from domain.conformance import Deviation, Entry, Norm, check
from store import conforming
from store.conforming import Whole
from store.exporting import Snapshot, Wanted, snapshot

router = APIRouter(prefix="/api/v1", tags=["record"])
FORM = 1
TOLERANCE = timedelta(hours=1)
"""How much later than it happened something may be recorded, where nothing else is asked."""
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "JSON Lines: what it is, each deviation, the sums",
        "content": {"application/jsonl": {"schema": {"type": "string"}}},
    }
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A deviation with the case and the place in the journal where it stands."""

    case_id: str
    imported: bool
    seq: int
    at: datetime
    recorded_at: datetime
    deviation: Deviation


@dataclass(slots=True)
class Sums:
    """What some cases together came to."""

    cases: int = 0
    departing: int = 0
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, found: Sequence[Deviation]) -> None:
        """One more case."""
        self.cases += 1
        self.departing += bool(found)
        self.codes.update((each.rule, each.code) for each in found)

    def told(self) -> dict[str, object]:
        """The sums as JSON."""
        codes = {f"{rule} {code}": count for (rule, code), count in sorted(self.codes.items())}
        return {
            "cases": self.cases,
            "departing": self.departing,
            "deviations": self.codes.total(),
            "codes": codes,
        }


@dataclass
class Survey:
    """One walk over the cases somebody asks for. The sums are whole once it is over.

    Cases from another system went by its rules: they are counted apart.
    """

    snapshot: Snapshot
    wanted: Wanted
    book: Book
    tolerance: timedelta = TOLERANCE
    own: Sums = field(default_factory=Sums)
    imported: Sums = field(default_factory=Sums)

    async def deviations(self) -> AsyncIterator[list[Found]]:
        """Every deviation, case after case in the order in which they began, page by page."""
        connection, at = self.snapshot.connection, self.snapshot.at
        catalogues = await conforming.catalogues(connection, at)
        async for page in conforming.cases(self.snapshot, self.wanted):
            yield [each for whole in page for each in self._of(whole, catalogues)]

    def _of(self, whole: Whole, catalogues: Any) -> list[Found]:  # noqa: ANN401 - the norm's own
        opening = whole.lines[0].record.event
        returns = self._returns.get(getattr(opening, "versions", None) and opening.versions.policy)
        norm = Norm(
            catalogues=catalogues,
            returns=returns or 0,
            now=self.snapshot.at,
            tolerance=self.tolerance,
        )
        imported = getattr(opening, "external", None) is not None
        found = check([_entry(line.record) for line in whole.lines], norm)
        (self.imported if imported else self.own).add(found)
        lines = {line.record.version: line for line in whole.lines}
        return [
            Found(
                case_id=whole.case_id,
                imported=imported,
                seq=lines[each.version].seq,
                at=lines[each.version].record.event.at,
                recorded_at=lines[each.version].record.recorded_at,
                deviation=each,
            )
            for each in found
        ]

    @cached_property
    def _returns(self) -> dict[str | None, int]:
        return {name: policy.returns.allowed for name, policy in self.book.policies.items()}


def _entry(record: Any) -> Entry:  # noqa: ANN401 - a record of any noun; the stream says that it is a case's
    return Entry(
        version=record.version,
        command_id=str(record.command_id),
        recorded_at=record.recorded_at,
        event=record.event,
    )


# -- as JSON Lines -----------------------------------------------------------


async def written(
    survey: Survey, filters: dict[str, object], lang: Language
) -> AsyncGenerator[bytes]:
    """What it is, each deviation, and the sums, which say that it is whole."""
    yield _line(
        {
            "type": "shouwen.conformance",
            "form": FORM,
            "at": survey.snapshot.at,
            "until_seq": survey.snapshot.last,
            "filters": filters,
            "tolerance_seconds": int(survey.tolerance.total_seconds()),
        }
    )
    async for page in survey.deviations():
        yield b"".join(_line(shown(each, lang)) for each in page)
    end = {"type": "end", "complete": True, "until_seq": survey.snapshot.last}
    yield _line({**end, "own": survey.own.told(), "imported": survey.imported.told()})


def shown(found: Found, lang: Language) -> dict[str, object]:
    """One deviation: its rule, its code and words, and where it stands."""
    deviation = found.deviation
    return {
        "type": "deviation",
        "rule": deviation.rule,
        "code": deviation.code,
        "words": words.say(DEVIATIONS, deviation.code, lang),
        "case_id": found.case_id,
        "version": deviation.version,
        "seq": found.seq,
        "at": found.at,
        "recorded_at": found.recorded_at,
        "imported": found.imported,
        "facts": dict(deviation.facts),
    }


def _line(value: dict[str, object]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)


# -- over HTTP ---------------------------------------------------------------


@router.get("/conformance", response_class=Response, responses=FILE)
async def show_conformance(  # noqa: PLR0913, PLR0917 - each filter is a parameter
    here: Here,
    person: Staff,
    since: Annotated[Moment, Query(alias="from")] = None,
    until: Moment = None,
    unit: Word | None = None,
    case: Annotated[str | None, Query(pattern=STREAM)] = None,
    tolerance_minutes: Annotated[int, Query(ge=0, le=60 * 24 * 366)] = 60,
    lang: Language = "zh",
) -> Response:
    """Where cases in sight departed from the rulebook: those in which something was recorded
    meanwhile, each looked at as a whole. For supervisors and auditors.
    """
    book = await here.book()
    need_oversight(person, book)
    filters = Filters(since=since, until=until, unit=unit, case=case)
    wanted = filters.wanted(book, sight_of(person, book))
    async with AsyncExitStack() as stack:
        await enter(stack, f"conformance {person.person_id}" if case is None else None)
        found = await stack.enter_async_context(snapshot(here.engine, here.ring))
        survey = Survey(found, wanted, book, timedelta(minutes=tolerance_minutes))
        pieces = written(survey, filters.said(wanted), lang)
        stack.push_async_callback(pieces.aclose)
        headers = {"Cache-Control": "no-store", "Shouwen-Until-Seq": str(found.last)}
        return Streamed(pieces, "application/jsonl", stack.pop_all(), **headers)
    raise AssertionError  # the stack lets nothing pass silently
