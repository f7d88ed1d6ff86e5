"""Postings written by hand, for tests of what is read out of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import asyncpg

from store.scores import writing

COLUMNS = (
    *("case_id", "version", "part", "measure", "carrier", "unit_id", "stage", "person_id"),
    *("role", "helpers", "counted_at", "known_at", "numerator", "denominator", "unanswered"),
    *("excluded", "corrects", "because", "round", "subject", "about", "charge", "item_id"),
    *("class_id", "proactive", "imported"),
)
INSERT = (
    f"insert into score_postings ({', '.join(COLUMNS)}) values"  # noqa: S608 - constants
    f" ({', '.join(f'${n}' for n, _ in enumerate(COLUMNS, start=1))})"
)
OF_ITS_OWN = "SW-hit-"
"""Cases without events, which the unit is taken to have had."""
ASTRAY = f"""update score_postings p set astray = {writing.ASTRAY}
 where not starts_with(case_id, '{OF_ITS_OWN}')"""  # noqa: S608 - constants
ADD_UP = """
insert into score_days select (counted_at at time zone 'Asia/Shanghai')::date, unit_id, carrier,
 measure, role, helpers, proactive, sum(numerator), sum(denominator), sum(unanswered), sum(excluded)
 from score_postings group by 1, 2, 3, 4, 5, 6, 7
"""
DURING = datetime(2026, 3, 10, 4, tzinfo=UTC)
ORDINARY = {
    "measure": "satisfaction",
    "carrier": "unit",
    "stage": "grid",
    "person_id": "",
    "role": "owner",
    "helpers": 0,
    "numerator": 0,
    "denominator": 0,
    "unanswered": 0,
    "excluded": 0,
    "corrects": None,
    "because": "",
    "round": 1,
    "subject": "reporter",
    "about": "",
    "charge": "",
    "item_id": "",
    "class_id": "town",
    "proactive": False,
    "imported": False,
}


@dataclass(slots=True)
class Ledger:
    """Writes postings of events that exist or do not; `case_id` of a case the unit had."""

    connection: asyncpg.Connection
    _parts: "count[int]" = field(default_factory=lambda: count(1000))

    async def post(
        self,
        unit_id: str,
        *,
        case_id: str = "",
        version: int = 1,
        counted_at: datetime = DURING,
        known_at: datetime | None = None,
        **said: Any,
    ) -> str:
        """The case's id."""
        case_id = case_id or await self.case_of(unit_id)
        row = {
            **ORDINARY,
            **said,
            "case_id": case_id,
            "version": version,
            "part": next(self._parts),
            "unit_id": unit_id,
            "counted_at": counted_at,
            "known_at": known_at or counted_at,
        }
        await self.connection.execute(INSERT, *(row[name] for name in COLUMNS))
        return case_id

    async def hits(self, unit_id: str, hits: int, of: int, **said: Any) -> None:
        """So many cases counted of the unit, and so many of them were so."""
        for number in range(of):
            case = {"case_id": f"{OF_ITS_OWN}{next(self._parts)}"}
            counted = {"numerator": int(number < hits), "denominator": 1}
            await self.post(unit_id, **{**case, **counted, **said})

    async def case_of(self, unit_id: str) -> str:
        """A case the unit had."""
        found: str | None = await self.connection.fetchval(
            "select case_id from cases where unit_id = $1 order by case_id limit 1", unit_id
        )
        assert found is not None, f"no case is at {unit_id}"
        return found

    async def add_up(self) -> None:
        """What the keeper does with every posting."""
        await self.connection.execute(ASTRAY)
        await self.connection.execute("delete from score_days")
        await self.connection.execute(ADD_UP)
        await self.connection.execute("update score_keeper set zone = 'Asia/Shanghai'")
