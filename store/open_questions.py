"""The queue of what superiors have to decide: one row for each open question, for more time asked
for, and for each supervision order that waits for its answer; oldest due first.

A function of the case's events, written in the transaction that appends them; nothing here decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import clocks, owing
from domain.events import Event
from domain.state import Case
from domain.values import Question
from domain.words import ClockKind
from store import cursors
from store.database import Connection

Row = dict[str, Any]

COLUMNS = """case_id text, clock_id text, kind text, about text, unit_id text, post_id text,
 person_id text, barred text[], put_at timestamptz, due_at timestamptz"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
PUT = f"""insert into open_questions ({NAMES}) select {NAMES}
 from jsonb_to_recordset(${{}}::jsonb) as r({COLUMNS})
 on conflict (case_id, clock_id) do update set due_at = excluded.due_at,
 post_id = excluded.post_id, person_id = excluded.person_id"""  # noqa: S608 - constants
SETTLE = """delete from open_questions q
 using jsonb_to_recordset(${}::jsonb) as r(case_id text, clock_id text)
 where q.case_id = r.case_id and q.clock_id = r.clock_id"""


EXTENSION, SUPERVISION = ClockKind.EXTENSION, ClockKind.SUPERVISION
"""What is asked of somebody without being a question: named by its clock."""
ASKING = (ClockKind.DECISION, EXTENSION, SUPERVISION)


def standing(case: Case) -> list[Row]:
    """Every question that is open now; more time that is asked for; orders without an answer."""
    return [
        *(_row(question, case) for question in case.questions),
        *_extension(case),
        *(_clock_row(case, each.clock_id, each.given_by) for each in case.open_orders),
    ]


def _extension(case: Case) -> Iterator[Row]:
    running = case.running(EXTENSION)
    if running is not None and case.extension_to.unit_id:
        barred = {case.extension_by, case.stint.person_id}
        yield _clock_row(case, running.clock.clock_id, sorted(barred))


def changes(case: Case, events: Sequence[Event]) -> Mapping[str, Sequence[Row]]:
    """What those events, the case's last, put into the queue and take out of it."""
    if not events:
        return {}
    since = events[0].at
    settled = (
        running.clock.clock_id
        for running in case.clocks
        if running.clock.kind in ASKING
        if running.stopped_at is not None and running.stopped_at >= since
    )
    return {
        "open_questions": [
            row
            for row in standing(case)
            if row["put_at"] >= since
            or row["kind"] == SUPERVISION  # its unit may put another on it
        ],
        "settled_questions": [{"case_id": case.case_id, "clock_id": each} for each in settled],
    }


def _row(question: Question, case: Case) -> Row:
    clock = clocks.named(case, question.clock_id).clock
    return {
        "case_id": case.case_id,
        "clock_id": question.clock_id,
        "kind": question.kind,
        "about": question.about,
        "unit_id": question.unit_id,
        "post_id": question.post_id,
        "person_id": question.person_id,
        "barred": list(question.barred),
        "put_at": clock.started_at,
        "due_at": clock.due_at,
    }


def _clock_row(case: Case, clock_id: str, barred: Sequence[str]) -> Row:
    """Of whoever owes what that clock counts."""
    clock, owes = clocks.named(case, clock_id).clock, owing.debtor(case, clock_id)
    return {
        "case_id": case.case_id,
        "clock_id": clock_id,
        "kind": clock.kind,
        "about": "",
        "unit_id": owes.unit_id if owes else clock.unit_id,
        "post_id": (owes and owes.post_id) or None,
        "person_id": (owes and owes.person_id) or None,
        "barred": list(barred),
        "put_at": clock.started_at,
        "due_at": clock.due_at,
    }


# -- reading -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who looks: `sight` are the units that open cases to them, None for all.

    With `person_id` only what is put to them or to one of `units`, where they supervise, and what
    they may decide; without it everything in sight. `put_to` are units that have to decide. Orders
    are no questions: without a `kind` there are none of them.
    """

    sight: Sequence[str] | None
    person_id: str | None = None
    units: Sequence[str] = ()
    kind: str | None = None
    put_to: Sequence[str] | None = None


PAGE = """
select q.*, c.title, c.item_id, c.urgency, c.stage, c.phase, c.unit_id as case_unit
from open_questions q join cases c using (case_id)
where ($1::text[] is null or exists (
        select from case_units u where u.case_id = q.case_id and u.unit_id = any($1)))
  and ($2::text is null or (
        (q.person_id = $2 or q.unit_id = any($3)) and not ($2 = any(q.barred))))
  and case when $4::text is null then q.kind <> 'supervision' else q.kind = $4 end
  and ($9::text[] is null or q.unit_id = any($9))
  and ($5::timestamptz is null or (q.due_at, q.case_id, q.clock_id) > ($5, $6, $7))
order by q.due_at, q.case_id, q.clock_id limit $8
"""


async def page(
    connection: Connection, asking: Asking, *, cursor: str | None, size: int
) -> tuple[list[Mapping[str, Any]], str | None]:
    """At most `size` questions, oldest due first, and the cursor that asks for the next ones."""
    after = (None, "", "") if cursor is None else cursors.place(cursor, datetime, str, str)
    rows = await connection.fetch(
        *(PAGE, None if asking.sight is None else list(asking.sight), asking.person_id),
        *(list(asking.units), asking.kind, *after, size + 1),
        None if asking.put_to is None else list(asking.put_to),
    )
    found: list[Mapping[str, Any]] = [dict(row) for row in rows[:size]]
    return found, _cursor(found[-1]) if len(rows) > size else None


def _cursor(row: Mapping[str, Any]) -> str:
    return cursors.made(row["due_at"], row["case_id"], row["clock_id"])
