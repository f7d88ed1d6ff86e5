"""The board drawn: sums, names, addresses of lists. Nothing is read here."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypedDict
from urllib.parse import urlencode

from api import words
from api.board.models import Board, Counts, StageCounts, UnitCounts
from api.models_named import Named
from api.words import STAGES, Language
from domain.book import Book
from domain.words import Stage
from store.board import Cells, Count

LISTS: Mapping[str, Mapping[str, str]] = {
    "open": {"open": "true"},
    "awaiting_acceptance": {"phase": "awaiting_acceptance"},
    "yellow": {"yellow": "true"},
    "overdue": {"overdue": "true"},
    "suspended": {"phase": "suspended"},
    "shelved": {"phase": "shelved"},
}
"""How the list of cases is asked for what each number counts."""
NEVER = datetime.max.replace(tzinfo=UTC)
ByStage = Mapping[Stage, Count]


def board(unit_id: str, cells: Cells, book: Book, at: datetime, lang: Language) -> Board:
    """`cells` are those of each unit right below with everything under it, and of the unit itself
    without any.
    """
    organisation = book.organisation
    below = (each for each in organisation.below(unit_id) if not organisation.units[each].closed)
    found: dict[str, dict[Stage, Count]] = {each: {} for each in (unit_id, *below)}
    whole: dict[Stage, Count] = {}
    for (root, stage), count in cells.items():
        found.setdefault(root, {})[stage] = count
        whole[stage] = whole.get(stage, Count()) + count
    units = [_unit(each, of, each == unit_id, book, lang) for each, of in found.items()]
    return Board(
        at=at,
        unit=Named(id=unit_id, name=words.unit_name(unit_id, organisation)),
        kind=organisation.units[unit_id].kind,
        all=Counts(**counts(sum(whole.values(), Count()))),
        lists=lists(unit=unit_id),
        stages=_stages(whole, lang, unit=unit_id),
        units=sorted(units, key=_pressing),
    )


def _pressing(of: UnitCounts) -> tuple[int, int, int, datetime, str]:
    return -of.overdue, -of.yellow, -of.open, of.oldest_due or NEVER, of.unit.id


def _unit(unit_id: str, of: ByStage, own: bool, book: Book, lang: Language) -> UnitCounts:  # noqa: FBT001 - one of a row's facts
    asked = {"unit": unit_id, **({"own": "true"} if own else {})}
    return UnitCounts(
        **counts(sum(of.values(), Count())),
        unit=Named(id=unit_id, name=words.unit_name(unit_id, book.organisation)),
        kind=book.organisation.units[unit_id].kind,
        own=own,
        stages=_stages(of, lang, **asked),
        lists=lists(**asked),
    )


def _stages(of: ByStage, lang: Language, **asked: str) -> list[StageCounts]:
    return [
        StageCounts(
            **counts(of[stage]),
            stage=stage,
            words=words.say(STAGES, stage, lang),
            lists=lists(**asked, stage=stage),
        )
        for stage in Stage
        if stage in of
    ]


class Counted(TypedDict):
    """The numbers by the names they have in every answer."""

    open: int
    awaiting_acceptance: int
    yellow: int
    overdue: int
    suspended: int
    shelved: int
    oldest_due: datetime | None


def counts(of: Count) -> Counted:
    """How many."""
    return Counted(
        open=of.open,
        awaiting_acceptance=of.waiting,
        yellow=of.yellow,
        overdue=of.overdue,
        suspended=of.suspended,
        shelved=of.shelved,
        oldest_due=of.oldest,
    )


def lists(**asked: str) -> dict[str, str]:
    """Where the cases behind each number are listed, what is due first before all."""
    return {
        name: f"/api/v1/cases?{urlencode({**asked, **of, 'order': 'due'})}"
        for name, of in LISTS.items()
    }
