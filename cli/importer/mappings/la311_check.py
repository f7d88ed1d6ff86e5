"""Both sides of the la311 comparison: the file by plain counting, the journal by SQL.
Neither side may use the mapping or the rules: agreement would prove nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cli.importer.base import Line, Row
from store.database import Connection

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
STATUS, SOURCE, PROMISE = "status", "source", "planned day"
MISSED, KEPT, NONE = "overdue", "not overdue", "none usable"

JOURNAL = """
with mine as (
    -- what the import wrote: a case may have gone on since
    select e.* from events e
    join events opened on opened.case_id = e.case_id and opened.version = 1
        and opened.recorded_at = e.recorded_at
    where e.case_id = any($1)),
 told as (
    select case_id,
        max(data #>> '{external,channel}') filter (where kind = 'case.registered') as source,
        bool_or(kind = 'case.registered' and data -> 'clocks' @> '[{"kind": "resident"}]')
            as promised,
        bool_or(kind = 'clock.broken' and data ->> 'clock_id' like 'resident-%') as broken,
        bool_or(kind = 'case.resolved') as resolved,
        max(data ->> 'reason') filter (where kind = 'case.closed') as reason,
        (array_agg(kind = 'case.accepted' or (data ->> 'accepted')::boolean order by version desc)
            filter (where kind in ('case.arrived', 'case.accepted')))[1] as accepted
    from mine group by case_id)
select
    case when reason = 'referred' then 'Referred Out'
         when reason = 'withdrawn' then 'Cancelled'
         when resolved then 'Closed'
         when accepted then 'Pending'
         else 'Open' end as status,
    source, promised, broken, count(*) as cases
from told group by 1, 2, 3, 4
"""

Counts = Counter[tuple[str, str]]


@dataclass(slots=True)
class Tally:
    """The file's counts, row by row."""

    counts: Counts = field(default_factory=Counter)
    unplanned: int = 0
    too_early: int = 0

    def count(self, row: Row, now: datetime) -> None:
        """Count a row by what stands in it."""
        self.counts[STATUS, row["status"].strip()] += 1
        self.counts[SOURCE, row["requestsource"].strip()] += 1
        self.counts[PROMISE, self._promise(row, now)] += 1

    def _promise(self, row: Row, now: datetime) -> str:
        """Overdue: closed, cancelled or referred when the planned day was over, or open still."""
        if not row["servicedate"].strip():
            self.unplanned += 1
            return NONE
        day_over = _read(row["servicedate"]).replace(hour=0, minute=0) + timedelta(days=1)
        if day_over <= _read(row["createddate"]):
            self.too_early += 1
            return NONE
        if row["status"].strip() in {"Open", "Pending"}:
            ended = now.astimezone(LOS_ANGELES).replace(tzinfo=None)
        else:
            ended = _read(row["closeddate"].strip() or row["updateddate"])
        return MISSED if ended >= day_over else KEPT

    def remarks(self) -> Sequence[str]:
        """Rows without a usable planned day, and why."""
        said = (
            f"{self.unplanned} rows have no planned day, and {self.too_early} one that was over "
            "before they were created: nothing was promised in these."
        )
        return (said,)

    async def compare(
        self, connection: Connection, case_ids: Iterable[Sequence[str]]
    ) -> Sequence[Line]:
        """A line for everything either side knows, the most frequent first."""
        journal: Counts = Counter()
        for chunk in case_ids:
            for found in await connection.fetch(JOURNAL, chunk):
                promise = NONE if not found["promised"] else MISSED if found["broken"] else KEPT
                journal[STATUS, found["status"]] += found["cases"]
                journal[SOURCE, found["source"]] += found["cases"]
                journal[PROMISE, promise] += found["cases"]
        return tuple(self._lines(journal))

    def _lines(self, journal: Counts) -> Iterable[Line]:
        for group in (STATUS, SOURCE, PROMISE):
            names = {name for of, name in (*self.counts, *journal) if of == group}
            for name in sorted(names, key=lambda n: (-self.counts[group, n], n)):
                key = (group, name)
                yield Line(group=group, name=name, file=self.counts[key], journal=journal[key])


def _read(text: str) -> datetime:
    """A time as it stands in the file: local, to the minute."""
    return datetime.strptime(text.strip(), "%m/%d/%y %H:%M")  # noqa: DTZ007 - compared in local time
