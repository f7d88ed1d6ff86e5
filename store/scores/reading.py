"""Sums of postings by carrier: of units from the days, less what was known later; of people from
the postings. One statement for many carriers. What sums are worth is the domain's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Self

from domain.scores.comparison import Entry
from domain.scores.fairness import Exclusion, Stray
from domain.scores.figures import Carrier, Scope, Sum
from domain.scores.measures import Measure
from store.database import Connection
from store.scores.basis import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Carriers of one sort, each with the units (people, partners) whose postings are its figures.

    Those of a unit are its own, or those of its area: it and everything below it.
    """

    carrier: Carrier
    members: Mapping[str, Collection[str]]
    scope: Scope = "own"

    @classmethod
    def own(cls, carrier: Carrier, ids: Collection[str]) -> Self:
        """Each for itself."""
        return cls(carrier=carrier, members={each: (each,) for each in ids})

    @classmethod
    def units(cls, ids: Collection[str], scope: Scope, basis: Basis) -> Self:
        """Units, by the tree at the period's end where areas are asked for; a closed unit is in the
        areas it was in before, never in that of who took over.
        """
        if scope == "own":
            return cls.own("unit", ids)
        under = {each: basis.organisation.area(each) for each in ids}
        return cls(carrier="unit", members=under, scope=scope)


_SUMS = """measure, role, helpers, sum(numerator)::bigint as numerator,
 sum(denominator)::bigint as denominator, sum(unanswered)::bigint as unanswered,
 sum(excluded)::bigint as excluded"""
_OF = """unnest($1::text[], $2::text[]) m(root, member) join {table} p on p.{column} = m.member
 and p.{column} <> '' and p.carrier = $3 and p.proactive = $4
 and ($5::text is null or p.measure = $5)"""
_COUNTED = "p.counted_at >= $6 and p.counted_at < $7"
_KNOWN = f"{_COUNTED} and ($8::timestamptz is null or p.known_at <= $8)"
_ENTRY = """p.case_id, p.version, p.unit_id, p.person_id, p.measure, p.role, p.helpers, p.known_at,
 p.corrects, p.because, p.numerator, p.denominator, p.unanswered, p.excluded"""

_ASTRAY = """(p.case_id, p.version, p.unit_id) in (
 select * from unnest($9::text[], $10::int[], $11::text[]))"""
_LESS = """union all select m.root, p.measure, p.role, p.helpers, -p.numerator, -p.denominator,
 -p.unanswered, -p.excluded from """
DAYS = f"""select root, {_SUMS} from (
 select m.root, p.measure, p.role, p.helpers, p.numerator, p.denominator, p.unanswered, p.excluded
  from {_OF.format(table="score_days", column="unit_id")} where p.day between $12 and $13
 {_LESS} {_OF} where {_COUNTED} and p.known_at > $8
 {_LESS} {_OF} where {_KNOWN} and {_ASTRAY}) d group by 1, 2, 3, 4"""  # noqa: S608 - the parts are constants
"""The days hold all there is: less what was not known yet at the moment asked about, and what is
astray. One statement, so that all of it is of one moment.
"""
POSTINGS = f"""select m.root, {_SUMS} from {_OF} where {_KNOWN} and not {_ASTRAY}
 group by 1, 2, 3, 4"""  # noqa: S608 - as above
LATER = f"""select distinct on (p.case_id, p.version, p.part) {_ENTRY} from {_OF}
 where {_COUNTED} and p.known_at > $8 order by p.case_id, p.version, p.part"""  # noqa: S608 - as above
SHARED = f"""select distinct on (p.case_id, p.version, p.part) {_ENTRY} from {_OF}
 where {_KNOWN} and p.helpers > 0 order by p.case_id, p.version, p.part"""  # noqa: S608 - as above
EXCLUDED = f"""select distinct on (p.case_id, p.version, p.part) p.case_id, p.version, e.kind,
 p.because, e.occurred_at as decided_at, e.actor as by_person, coalesce(e.unit, '') as by_unit,
 p.measure, p.unit_id, p.person_id, p.numerator + b.numerator as numerator,
 p.denominator + b.denominator as denominator
 from {_OF} join events e on (e.case_id, e.version) = (p.case_id, p.version)
 cross join lateral (
  select coalesce(sum(b.numerator), 0)::int as numerator,
   coalesce(sum(b.denominator), 0)::int as denominator from score_postings b
  where (b.case_id, b.version, b.measure, b.carrier, b.unit_id, b.person_id, b.role, b.round)
   = (p.case_id, p.version, p.measure, p.carrier, p.unit_id, p.person_id, p.role, p.round)
   and (b.subject, b.about) = (p.subject, p.about) and b.corrects is not null and b.part <> p.part
  ) b
 where {_KNOWN} and p.excluded > 0 and not exists (
  select from score_postings r
  where (r.case_id, r.corrects, r.measure, r.carrier, r.unit_id, r.person_id, r.role, r.round)
   = (p.case_id, p.version, p.measure, p.carrier, p.unit_id, p.person_id, p.role, p.round)
   and (r.subject, r.about) = (p.subject, p.about) and r.excluded < 0
   and ($8::timestamptz is null or r.known_at <= $8))
 order by p.case_id, p.version, p.part"""  # noqa: S608 - as above
"""What was taken out and not put back by then."""
GRANTED = f"""select distinct on (p.case_id, p.version, p.part) p.case_id, d.version, d.kind,
 p.because, d.occurred_at as decided_at, d.actor as by_person, coalesce(d.unit, '') as by_unit,
 p.measure, p.unit_id, p.person_id, p.numerator, p.denominator
 from {_OF} join events e on (e.case_id, e.version) = (p.case_id, p.version)
 join events d on (d.case_id, d.command_id) = (e.case_id, e.command_id) and d.version < e.version
 where {_KNOWN} and (
  d.kind = 'withdrawal.decided' and p.unanswered < 0
  or d.kind = 'decline.reviewed' and p.numerator > 0)
 and d.kind in ('withdrawal.decided', 'decline.reviewed')
 order by p.case_id, p.version, p.part"""  # noqa: S608 - as above
"""What an approved withdrawal takes out of what is begun, and the hit that an upheld decline makes:
what the same command led to.
"""
STRAYS = f"""
select distinct p.case_id, p.version, p.measure, p.unit_id, p.person_id from {_OF}
 where {_KNOWN} and p.astray order by 1, 2, 3, 4, 5
"""  # noqa: S608 - as above
THIS_TIME = "set local plan_cache_mode = force_custom_plan"
"""One plan does not fit a unit and a thousand: to plan is a millisecond, a wrong plan a second."""


def _query(text: str, carrier: Carrier) -> str:
    return text.format(table="score_postings", column=by_column(carrier))


def by_column(carrier: Carrier) -> str:
    """The column that says whose a posting is."""
    return "person_id" if carrier == "person" else "unit_id"


def _pairs(whose: Whose) -> tuple[list[str], list[str], str]:
    """The first three arguments of every statement: carriers, their members, and of which sort."""
    pairs = [(root, each) for root, members in whose.members.items() for each in members]
    carrier = "partner" if whose.carrier == "partner" else "unit"
    return [root for root, _ in pairs], [member for _, member in pairs], carrier


def _asked(whose: Whose, basis: Basis, measure: Measure | None) -> tuple[object, ...]:
    """The first five."""
    return *_pairs(whose), basis.proactive, measure


ZONE = "select zone from score_keeper"


async def _by_days(connection: Connection, basis: Basis, whose: Whose) -> bool:
    """Whether the days hold it: what is of units, while they are days of its zone."""
    if whose.carrier == "person":
        return False
    return bool(await connection.fetchval(ZONE) == basis.zone.key)


async def sums(
    connection: Connection,
    basis: Basis,
    whose: Whose,
    *,
    measure: Measure | None = None,
    without: Sequence[Stray] = (),
) -> dict[str, list[Sum]]:
    """The sums of each carrier that has any, of all measures or one, without what is astray."""
    asked = _asked(whose, basis, measure)
    await connection.execute(THIS_TIME)
    left = sorted({(each.case_id, each.version, each.unit_id) for each in without})
    columns = ([each[column] for each in left] for column in range(3))
    by_days = await _by_days(connection, basis, whose)
    rows = await connection.fetch(
        _query(DAYS if by_days else POSTINGS, whose.carrier),
        *(*asked, *basis.bounds, basis.as_of, *columns),
        *((basis.period.first, basis.period.last) if by_days else ()),
    )
    found: dict[str, list[Sum]] = {}
    for row in rows:
        values = {**row, "measure": Measure(row["measure"])}
        found.setdefault(values.pop("root"), []).append(Sum(**values))
    return found


# -- single postings --------------------------------------------------------------


async def later(
    connection: Connection, basis: Basis, whose: Whose, measure: Measure | None = None
) -> list[Entry]:
    """What counts in the period and was not known yet at the moment that is asked about."""
    if basis.as_of is None:
        return []
    return await _entries(connection, LATER, basis, whose, measure)


async def shared(connection: Connection, basis: Basis, whose: Whose) -> list[Entry]:
    """The grades that the unit which resolved shares with units that helped."""
    return await _entries(connection, SHARED, basis, whose, Measure.SATISFACTION)


async def _entries(
    connection: Connection, query: str, basis: Basis, whose: Whose, measure: Measure | None
) -> list[Entry]:
    rows = await _fetched(connection, query, basis, whose, measure)
    return [
        Entry(**{**r, "measure": Measure(r["measure"]), "known_at": r["known_at"].astimezone(UTC)})
        for r in rows
    ]


async def exclusions(
    connection: Connection, basis: Basis, whose: Whose, measure: Measure | None = None
) -> list[Exclusion]:
    """What was taken out of the figures, or granted to them, with the event that did and who
    decided it.
    """
    rows = [
        row
        for query in (EXCLUDED, GRANTED)
        for row in await _fetched(connection, query, basis, whose, measure)
    ]
    return [
        Exclusion(
            **{
                **row,
                "measure": Measure(row["measure"]),
                "decided_at": row["decided_at"].astimezone(UTC),
            }
        )
        for row in rows
    ]


async def strays(
    connection: Connection, basis: Basis, whose: Whose, measure: Measure | None = None
) -> list[Stray]:
    """Postings on units that had no part in the case: no posting of theirs in it counts."""
    if whose.carrier == "partner":
        return []
    rows = await _fetched(connection, STRAYS, basis, whose, measure)
    return [Stray(**{**row, "measure": Measure(row["measure"])}) for row in rows]


async def _fetched(
    connection: Connection, query: str, basis: Basis, whose: Whose, measure: Measure | None
) -> list[Any]:
    asked = _asked(whose, basis, measure)
    query = _query(query, whose.carrier)
    await connection.execute(THIS_TIME)
    return await connection.fetch(query, *asked, *basis.bounds, basis.as_of)


POSTED = (
    "select exists (select from score_postings p where p.{column} = any($1) and p.carrier = $2)"
)


async def posted(connection: Connection, whose: Whose) -> bool:
    """Whether anything was ever counted of them."""
    _, members, carrier = _pairs(whose)
    return bool(await connection.fetchval(_query(POSTED, whose.carrier), members, carrier))
