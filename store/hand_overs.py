"""The work list of a hand-over: which cases of an ended post went to whom, and which are left.

What happened stands in the journal, case by case; from the list a cut-off hand-over goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.database import Connection

HANDLE, OFFICER = "handle", "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One case to hand over: the one in charge (`handle`) or its first-contact officer."""

    case_id: str
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a hand-over got: cases by the post that took them, those gone by themselves, left."""

    post_id: str
    handed: Mapping[str, int]
    gone: int
    left: int


LIST = """
insert into hand_over_cases (post_id, case_id, duty)
select $1, case_id, 'handle' from cases where closed_at is null and post_id = $1
union all
select $1, case_id, 'officer' from cases where closed_at is null and officer_post = $1
on conflict (post_id, case_id, duty) do update set settled_at = null
where hand_over_cases.settled_at is not null
"""
NEXT = """
select case_id, duty from hand_over_cases
where post_id = $1 and settled_at is null and (duty, case_id) > ($2, $3)
order by duty, case_id limit $4
"""
SETTLE = """
update hand_over_cases h set settled_at = clock_timestamp(), to_post = case
  when not $4 then null when h.duty = 'officer' then c.officer_post else c.post_id end
from cases c where c.case_id = h.case_id and h.post_id = $1 and h.case_id = $2 and h.duty = $3
"""
PROGRESS = """
select post_id, to_post, settled_at is null as left, count(*) as number from hand_over_cases
where post_id = any($1) group by 1, 2, 3 order by 1, 2, 3
"""


async def list_cases(connection: Connection, post_id: str) -> None:
    """Put every open case of the post on the list; one that came back is put on it again."""
    await connection.execute(LIST, post_id)


async def next_tasks(
    connection: Connection, post_id: str, after: Task | None, most: int
) -> list[Task]:
    """What is left, officer duties last, after the one given."""
    duty, case_id = ("", "") if after is None else (after.duty, after.case_id)
    rows = await connection.fetch(NEXT, post_id, duty, case_id, most)
    return [Task(case_id=row["case_id"], duty=row["duty"]) for row in rows]


async def settle(connection: Connection, post_id: str, task: Task, *, handed: bool) -> None:
    """The case was handed over, to the post it shows now; or it needed it no more."""
    await connection.execute(SETTLE, post_id, task.case_id, task.duty, handed)


async def progress(connection: Connection, posts: Sequence[str]) -> list[Progress]:
    """How far the hand-overs of these posts got; nothing for one that never had a case."""
    found: dict[str, tuple[dict[str, int], list[int]]] = {}
    for row in await connection.fetch(PROGRESS, list(posts)):
        handed, others = found.setdefault(row["post_id"], ({}, [0, 0]))
        if row["left"]:
            others[1] += row["number"]
        elif row["to_post"] is None:
            others[0] += row["number"]
        else:
            handed[row["to_post"]] = row["number"]
    return [
        Progress(post_id=post, handed=handed, gone=gone, left=left)
        for post, (handed, (gone, left)) in found.items()
    ]
