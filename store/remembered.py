"""What an erasure reads of the cases it is about, and the traces of them that it sweeps (R14.4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.book import Book
from domain.erasing import remembered
from domain.remembered import Remembered
from domain.sealing import CASE
from domain.words.erasure import Remains
from store import codec, journal
from store.database import Connection
from store.folds import CASE as FOLD
from store.journal import stored_events

LEADS = """select distinct data ->> 'lead_id' as lead from events
 where case_id = $1 and kind = 'case.merged' order by 1"""
TEXTS = """select jsonb_agg(jsonb_build_array(kind, schema, data, actor, post, unit, occurred_at)
 order by version) from events where case_id = $1"""
DESTROYED = """select coalesce(sum(jsonb_array_length(data -> 'keys')), 0) from events
 where case_id = any($1) and kind in ('subject.erased', 'visit.case_forgotten')
 and data ->> 'erasure_id' = $2"""
ALIVE = """select count(*) from subject_keys k join events e using (case_id)
 where e.case_id = any($1) and e.kind in ('subject.erased', 'visit.case_forgotten')
 and e.data ->> 'erasure_id' = $2 and e.data -> 'keys' ? k.subject and k.wrapped is not null"""
SHOWN = """select count(*) from cases where case_id = $1 and (lookup <> '' or longitude is not null
 or (case_type <> 'dispute' and (title <> $2 or search <> '')))"""

# What a gateway answered is kept without personal data; of who is forgotten nothing is.
SWEEP = """
with undelivered as (
  update deliveries set status = 'dead', error = 'erased', next_attempt_at = null,
   settled_at = clock_timestamp()
  where case_id = any($1) and status = 'pending' and receiver_kind in ('resident', 'party')
   and receiver = any($2) returning 1),
 answered as (
  update deliveries set error = 'erased'
  where case_id = any($1) and status <> 'pending' and error is not null and error <> 'erased'
  returning 1)
select (select count(*) from undelivered) + (select count(*) from answered)
"""
# What was sent is swept after a while (`keeping`): of a notice to them that has no delivery any
# more nobody knows, and it is taken for sent.
HANDED_OUT = """select exists (select from deliveries where case_id = any($1)
  and status = 'sent' and channel not in ('case', 'duty'))
 or exists (select from outbox o where o.case_id = any($1)
  and o.recipient_kind in ('resident', 'party') and not exists (
   select from deliveries d where d.case_id = o.case_id and d.position = o.position))
 or exists (select from events where case_id = any($1) and kind = 'case.revealed')"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody has to be forgotten: a stream, and their subject there."""

    stream: str
    subject: str


async def known(
    connection: Connection, case_ids: Iterable[str], book: Book
) -> Mapping[str, Remembered]:
    """Those of the cases there are, and the cases they were ever carried on in."""
    found: dict[str, Remembered] = {}
    for case_id in filter(FOLD.owns, dict.fromkeys(case_ids)):
        leads = [row["lead"] for row in await connection.fetch(LEADS, case_id)]
        for each, carried in ((case_id, leads), *((lead, ()) for lead in leads)):
            loaded = await journal.load(connection, FOLD, each)
            if loaded.state.opened and (each == case_id or each not in found):
                found[each] = remembered(loaded.state, book, carried)
    return found


async def sealed_together(connection: Connection, place: Place) -> bool:
    """Whether something of theirs is under the case's key: stored before each had one of their own.

    The mark of a field says whose key it would be sealed under today, its box whose it was.
    """
    rows = await connection.fetchval(TEXTS, place.stream)
    for stored in stored_events(rows):
        for steps, mark in codec.plan(codec.class_of(stored.kind)):
            for holder, box in _boxes(stored.data, steps):
                whose = mark.subject or holder.get(mark.of) or CASE
                if whose == place.subject and box["subject"] == CASE:
                    return True
    return False


def _boxes(
    node: Any,  # noqa: ANN401 - any JSON
    steps: Sequence[str],
    holder: Mapping[str, Any] | None = None,
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The boxes at a path, each with the object that holds it."""
    if not steps:
        if isinstance(node, dict):
            yield holder or {}, node
    elif steps[0] == "*":
        for item in node or ():
            yield from _boxes(item, steps[1:], holder)
    elif node is not None:
        yield from _boxes(node.get(steps[0]), steps[1:], node)


async def destroyed(connection: Connection, streams: Sequence[str], erasure_id: str) -> int:
    """How many keys an erasure destroyed there; raises while one of them, or a word, is left."""
    if await connection.fetchval(ALIVE, list(streams), erasure_id):
        msg = "a key that an event says is destroyed is there"
        raise RuntimeError(msg)
    return int(await connection.fetchval(DESTROYED, list(streams), erasure_id))


async def need_unseen(connection: Connection, case_id: str, erased: str) -> None:
    """Raises while the case's row shows what only the forgotten one said."""
    if await connection.fetchval(SHOWN, case_id, erased):
        msg = f"the row of {case_id} shows who was erased"
        raise RuntimeError(msg)


async def sweep(connection: Connection, places: Sequence[Place]) -> int:
    """Take away what deliveries still hold or would do; how many rows changed."""
    streams, subjects = [p.stream for p in places], [p.subject for p in places]
    return int(await connection.fetchval(SWEEP, streams, subjects))


async def remains(connection: Connection, streams: Sequence[str]) -> tuple[Remains, ...]:
    """What no erasure reaches, as far as it can be known."""
    found = {Remains.BACKUPS}
    if await connection.fetchval(HANDED_OUT, list(streams)):
        found.add(Remains.HANDED_OUT)
    for name, clear in CLEAR.items():
        if await connection.fetchval(clear, list(streams)):
            found.add(name)
    return tuple(sorted(found))


CLEAR: Mapping[Remains, str] = {
    Remains.CLEAR_LOOKUP: """select exists (select from events where case_id = any($1)
        and kind = 'case.registered' and jsonb_typeof(data #> '{reporter,lookup}') = 'string'
        and data #>> '{reporter,lookup}' <> '')""",
    Remains.CLEAR_TEXT: """select exists (select from events where case_id = any($1)
        and kind = 'relation.declared' and schema = 1)""",
    Remains.EXTERNAL_REFERENCE: """select exists (select from events where case_id = any($1)
        and kind = 'case.registered' and jsonb_typeof(data -> 'external') = 'object')""",
}
"""What stands in the journal in the clear, which is never rewritten."""
