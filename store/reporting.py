"""Reads what the report of a unit is made of, as of a moment: its cards, and those below it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from domain.organisation import Unit
from domain.report import making
from domain.report.contents import Contents, Head
from domain.report.making import Given, children
from domain.report.publishing import ones_own, published
from domain.report.recording import number
from domain.scores.asking import Unscorable
from domain.scores.figures import Card, Scope
from domain.scores.periods import Period, parse
from store.database import Connection
from store.past_books import Archive
from store.scores.basis import Basis, basis
from store.scores.cards import Cards, cards
from store.scores.reading import Whose

MONTHS = 12
"""Of the trend."""
POSITION = """select coalesce((select q.seq from event_sequence q join events e using (position)
 where e.recorded_at <= $1 order by q.seq desc limit 1), 0)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A report: of whom, of when, as of which moment, as which edition."""

    unit_id: str
    period: Period
    as_of: datetime
    edition: int = 1


async def contents(
    connection: Connection, archive: Archive, wanted: Wanted, *, now: datetime
) -> Contents:
    """What the report says; `Unscorable` where there can be none."""
    of = await basis(connection, archive, wanted.period, now=now, as_of=wanted.as_of)
    unit = of.organisation.units.get(wanted.unit_id)
    if unit is None:
        raise Unscorable("unknown_unit", f"there is no unit {wanted.unit_id!r} in that period")
    position = await connection.fetchval(POSITION, wanted.as_of)
    under = [each.unit_id for each in children(of.organisation, wanted.unit_id)]
    now_area = await _cards(connection, of, [wanted.unit_id], "area")
    marks = now_area.fairness.get(wanted.unit_id)
    return making.contents(
        Given(
            head=_head(of, unit, wanted, position),
            scores=of.scores,
            organisation=of.organisation,
            area=now_area.cards[wanted.unit_id],
            own=await _card(connection, of, wanted.unit_id, "own"),
            before=await _card(connection, of.of(wanted.period.before()), wanted.unit_id),
            year_before=await _card(connection, of.of(wanted.period.year_before()), wanted.unit_id),
            below=(await _cards(connection, of, under, "area")).cards if under else {},
            months=await _months(connection, of, wanted.unit_id),
            over=of.over,
            astray=len(marks.strays) if marks else 0,
            marked=len(marks.interested) if marks else 0,
        )
    )


async def _cards(connection: Connection, of: Basis, units: list[str], scope: Scope) -> Cards:
    """What may be public of them."""
    whose = Whose.units(units, scope, of)
    found = await cards(connection, of, whose)
    parts = [(await cards(connection, of.of(each), whose)).cards for each in of.period.parts()]
    public = {
        unit_id: published(
            card,
            [part[unit_id] for part in parts],
            of.scores,
            ones_own(of.organisation, whose.members[unit_id], *of.bounds),
        )
        for unit_id, card in found.cards.items()
    }
    return replace(found, cards=public)


async def _card(connection: Connection, of: Basis, unit_id: str, scope: Scope = "area") -> Card:
    return (await _cards(connection, of, [unit_id], scope)).cards[unit_id]


async def _months(
    connection: Connection, of: Basis, unit_id: str
) -> tuple[tuple[Period, Card], ...]:
    """The last months up to the period's end, the earliest first."""
    month, found = parse(f"{of.period.last:%Y-%m}"), list[tuple[Period, Card]]()
    for _ in range(MONTHS):
        found.append((month, await _card(connection, of.of(month), unit_id)))
        month = month.before()
    return tuple(reversed(found))


def _head(of: Basis, unit: Unit, wanted: Wanted, position: int) -> Head:
    organisation, scores = of.organisation, of.scores
    standing = organisation.units[organisation.standing(unit.unit_id)]
    above = organisation.counted_path(unit.unit_id)[1:]
    return Head(
        report_id=number(unit.unit_id, of.period.name),
        edition=wanted.edition,
        unit_id=unit.unit_id,
        name=unit.name,
        kind=unit.kind,
        setting=unit.setting,
        above=tuple(organisation.units[each].name for each in above),
        successor=standing.name if unit.closed else "",
        period=of.period.name,
        first=str(of.period.first),
        last=str(of.period.last),
        zone=str(of.zone),
        as_of=_written(wanted.as_of),
        position=position,
        policy=of.policy.version,
        organisation=organisation.version,
        confidence=scores.confidence,
        minimum=scores.minimum,
        rank_by=scores.rank_by,
    )


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


WORKED = """select distinct root from unnest($1::text[], $2::text[]) m(root, member)
where exists (select from score_postings p where p.unit_id = m.member and p.carrier = 'unit'
 and p.counted_at >= $3 and p.counted_at < $4 and p.known_at <= coalesce($5, p.known_at))"""


async def worked(connection: Connection, of: Basis) -> frozenset[str]:
    """The units closed by the period's end in whose areas something counts in it."""
    units = of.organisation.units.values()
    closed = {unit.unit_id: of.organisation.area(unit.unit_id) for unit in units if unit.closed}
    pairs = [(root, member) for root, members in closed.items() for member in members]
    roots, members = [root for root, _ in pairs], [member for _, member in pairs]
    rows = await connection.fetch(WORKED, roots, members, *of.bounds, of.as_of)
    return frozenset(row["root"] for row in rows)


async def first_day(connection: Connection) -> date | None:
    """The day from which on anything counts; None where nothing does yet."""
    found: date | None = await connection.fetchval("select min(day) from score_days")
    return found
