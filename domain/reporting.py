"""When reports are due and whose (R12.6). Part of the policy; no clock here."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.organisation import Organisation
from domain.scores import periods
from domain.scores.periods import Period
from domain.words import UnitKind

RUNGS: tuple[frozenset[UnitKind], ...] = (
    frozenset({UnitKind.CITY}),
    frozenset({UnitKind.DISTRICT}),
    frozenset({UnitKind.STREET, UnitKind.TOWNSHIP}),
    frozenset({UnitKind.COMMUNITY, UnitKind.VILLAGE}),
    frozenset({UnitKind.GRID}),
)
DOWN_TO = tuple(min(rung) for rung in RUNGS)
"""How far down the tree reports go, by the name of a rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """`after_days` days after a period's end its reports are written, for every unit down to the
    rung `down_to` and every department. What was missed is made up for, at most `catch_up` months
    back.
    """

    after_days: int
    down_to: str
    catch_up: int


def kinds(down_to: str) -> frozenset[UnitKind]:
    """The kinds of unit that get reports."""
    last = DOWN_TO.index(UnitKind(down_to))
    return frozenset({UnitKind.DEPARTMENT}).union(*RUNGS[: last + 1])


def units(organisation: Organisation, reports: Reports, worked: Collection[str]) -> tuple[str, ...]:
    """The units that get reports, in the order of their ids; closed ones of a period they `worked`
    in, that is in which something counts in their area.
    """
    wanted = kinds(reports.down_to)
    return tuple(
        sorted(
            unit_id
            for unit_id, unit in organisation.units.items()
            if unit.kind in wanted and (not unit.closed or unit_id in worked)
        )
    )


def due(today: date, reports: Reports) -> tuple[Period, ...]:
    """The months and quarters whose reports are due by that day, the earliest first."""
    by = today - timedelta(days=reports.after_days)
    return tuple(sorted(_ended(by, reports.catch_up), key=lambda each: (each.last, each.months)))


def _ended(by: date, months: int) -> Iterator[Period]:
    """Months that ended before that day, as many as are made up for; quarters that end in them."""
    period = periods.parse(f"{by:%Y-%m}")
    for _ in range(months):
        period = period.before()
        yield period
        if period.first.month % 3 == 0:
            yield periods.parse(f"{period.first:%Y}-Q{period.first.month // 3}")
