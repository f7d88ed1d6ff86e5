"""Reads what `shouwen score` shows, from one moment of the database. Nothing is printed here."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from cli.local.failure import LocalError
from cli.scores.asked import Asked
from domain.organisation import Organisation
from domain.scores import comparison, written
from domain.scores.asking import Unscorable
from domain.scores.fairness import Fairness
from domain.scores.figures import Card
from domain.scores.written import Written
from settings import Settings
from store.chain import instant
from store.database import engine_for
from store.following import Keeper, reached, waiting_since
from store.past_books import Archive
from store.scores import reading
from store.scores.basis import LEAST, Basis, basis
from store.scores.cards import Table, cards, tables
from store.scores.comparing import compared
from store.scores.reading import Whose
from store.still import Still, still

KEEPER: Keeper = "score_keeper"


async def read(settings: Settings, asked: Asked) -> Written:
    """The figures that were asked for, and what differs from those that stand."""
    engine = engine_for(settings.database_url or "", size=1, seconds=None)
    try:
        async with still(engine) as there:
            return await _Reader(there, Archive(), asked).read()
    finally:
        await engine.dispose()


class _Reader:
    """One question at one moment."""

    def __init__(self, there: Still, archive: Archive, asked: Asked) -> None:
        self._there = there
        self._archive = archive
        self._asked = asked

    async def read(self) -> Written:
        stands_at = await self._counted_until()
        as_of = await self._as_of() or stands_at
        of = await self._basis(as_of, self._asked)
        present = (await self._archive.book(self._there.raw, as_of or self._there.at)).organisation
        found = self._head(of)
        if self._asked.rank is not None:
            found["rankings"] = [_ranking(t, of, present) for t in await self._tables(of)]
        else:
            ids = await self._ids(of, present)
            found["cards"] = await self._cards(of, present, ids)
        if self._asked.another:
            found["compared"] = await self._compared(of, await self._basis(stands_at, None))
        return found

    async def _counted_until(self) -> datetime | None:
        """The latest moment of which everything is counted; None where that is now."""
        waiting = await waiting_since(self._there, KEEPER)
        return None if waiting is None else min(self._there.at, waiting - LEAST)

    async def _as_of(self) -> datetime | None:
        """The moment asked for; of a day its end, of today now."""
        asked = self._asked.as_of
        if asked is None:
            return None
        if not isinstance(asked, datetime):
            asked = await self._end_of(asked)
        if asked <= self._there.at and not await reached(self._there, asked, KEEPER):
            raise LocalError("What was recorded by then is being counted; ask again in a moment")
        return asked

    async def _end_of(self, day: date) -> datetime:
        zone = await self._zone()
        now = self._there.at
        after = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
        return now if day == now.astimezone(zone).date() else after - LEAST

    async def _zone(self) -> ZoneInfo:
        book = await self._archive.book(self._there.raw, self._there.at)
        return book.calendar.working_time(()).zone

    async def _basis(self, as_of: datetime | None, asked: Asked | None) -> Basis:
        """What is asked for, or what stands: by the policy in force at the period's end."""
        return await basis(
            self._there.raw,
            self._archive,
            self._asked.period,
            now=self._there.at,
            as_of=as_of,
            policy=None if asked is None else asked.policy,
            proactive=self._asked.proactive,
        )

    def _head(self, of: Basis) -> Written:
        return {
            "form": 1,
            "period": {
                "name": of.period.name,
                "first": of.period.first.isoformat(),
                "last": of.period.last.isoformat(),
                "over": of.over,
            },
            "as_of": None if of.as_of is None else instant(of.as_of),
            "policy": of.policy.version,
            "minimum": of.scores.minimum,
            "confidence": of.scores.confidence,
            "organisation": of.organisation.version,
            "scope": self._asked.scope,
            "proactive": of.proactive,
        }

    # -- cards ------------------------------------------------------------------

    async def _ids(self, of: Basis, present: Organisation) -> Collection[str]:
        """Those asked for, who must be known; all units for none."""
        asked = self._asked
        if not asked.ids:
            return sorted(of.organisation.units)
        known = _known(asked.carrier, of.organisation) | _known(asked.carrier, present)
        for each in asked.ids:
            if each not in known and not await reading.posted(
                self._there.raw, Whose.own(asked.carrier, [each])
            ):
                raise _unknown(asked.carrier, each, known)
        return asked.ids

    def _whose(self, of: Basis, ids: Collection[str]) -> Whose:
        if self._asked.carrier == "unit":
            return Whose.units(ids, self._asked.scope, of)
        return Whose.own(self._asked.carrier, ids)

    async def _cards(self, of: Basis, present: Organisation, ids: Collection[str]) -> list[Written]:
        found = await cards(self._there.raw, of, self._whose(of, ids))
        shown = (found.cards[each] for each in ids)
        return [
            _card(card, found.fairness.get(card.carrier_id, Fairness()), of, present)
            for card in shown
            if self._asked.ids or card.figures or card.carrier_id in found.fairness
        ]

    async def _tables(self, of: Basis) -> list[Table]:
        asked = self._asked
        assert asked.rank is not None  # noqa: S101 - asked before
        return await tables(
            *(self._there.raw, of, asked.rank),
            settings=asked.settings,
            measure=asked.by,
            scope=asked.scope,
        )

    # -- two readings --------------------------------------------------------------

    async def _compared(self, of: Basis, stands: Basis) -> Written:
        """From the figures asked for to those that stand."""
        ids = await self._compared_ids(of, stands)
        found = await compared(
            self._there.raw, of, stands, self._asked.carrier, ids, self._asked.scope
        )
        told: Written = {
            "policy": stands.policy.version,
            "as_of": None if stands.as_of is None else instant(stands.as_of),
            "carriers": [written.carrier_change(each) for each in found.carriers],
            "cases": [written.case_change(each) for each in found.cases],
            "numbers": {".".join(d.path): [d.before, d.after] for d in found.numbers},
            "moved": written.moves(found.moved),
        }
        if self._asked.rank is not None:
            before, after = await self._tables(of), await self._tables(stands)
            rankings = {table.division: table.ranking for table in after}
            told["places"] = [
                written.place_changes(comparison.places(table.ranking, rankings[table.division]))
                for table in before
                if table.division in rankings
            ]
        return told

    async def _compared_ids(self, of: Basis, stands: Basis) -> Collection[str]:
        if self._asked.rank is not None:
            tables_ = (*await self._tables(of), *await self._tables(stands))
            return sorted({unit_id for table in tables_ for unit_id in table.figures})
        if self._asked.ids:
            return self._asked.ids
        return sorted({*of.organisation.units, *stands.organisation.units})


def _known(carrier: str, organisation: Organisation) -> set[str]:
    match carrier:
        case "person":
            return set(organisation.people)
        case "partner":
            return {each.partner_id for each in organisation.partners}
        case _:
            return set(organisation.units)


def _unknown(carrier: str, asked: str, known: Collection[str]) -> Unscorable:
    near = get_close_matches(asked, sorted(known), n=1)
    hint = f"; do you mean {near[0]}?" if near else ""
    return Unscorable("unknown_carrier", f"there is no {carrier} {asked!r}{hint}")


def _card(card: Card, fairness: Fairness, of: Basis, present: Organisation) -> Written:
    found = written.card(card)
    if card.carrier == "unit":
        found |= _unit(card.carrier_id, of.organisation, present)
    return found | {"fairness": written.fairness(fairness)}


def _unit(unit_id: str, then: Organisation, present: Organisation) -> Written:
    """What it is called, and who took over from it; `founded` is false where it came later."""
    unit = then.units.get(unit_id) or present.units.get(unit_id)
    latest = present.units.get(unit_id) or unit
    standing = present.standing(unit_id)
    return {
        "name": "" if unit is None else unit.name,
        "kind": "" if unit is None else str(unit.kind),
        "setting": "" if unit is None else unit.setting,
        "founded": unit_id in then.units,
        "closed": latest is None or latest.closed,
        "taken_over_by": None if standing == unit_id else standing,
    }


def _ranking(table: Table, of: Basis, present: Organisation) -> Written:
    named = {unit_id: _unit(unit_id, of.organisation, present) for unit_id in table.figures}
    return {
        "measure": str(table.ranking.measure),
        "level": table.division.level,
        "setting": table.division.setting,
        "ranked": [
            {
                **named[place.unit_id],
                **written.place(place),
                **_changes(table, place.unit_id),
            }
            for place in table.ranking.ranked
        ],
        "apart": [
            {
                **named[unit_id],
                "unit": unit_id,
                "why": why,
                "figure": written.figure_or_none(table.figures[unit_id]),
                **_changes(table, unit_id),
            }
            for unit_id, why in table.ranking.apart.items()
        ],
        "fairness": {u: written.fairness(f) for u, f in table.fairness.items()},
    }


def _changes(table: Table, unit_id: str) -> Written:
    row = table.changes[unit_id]
    return {
        "before": written.change(row.before),
        "year_before": written.change(row.year_before),
    }
