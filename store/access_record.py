"""The list of the access record: one row for each event, a function of that event.

Written in the statement that appends the events; nothing else writes it.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.access.events import AccessEvent
from domain.words.access import ACCESSES
from store.views import Row

COLUMNS = """stream text, version int, kind text, recorded_at timestamptz, person_id text,
 whom text, about text"""
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(","))
CHANGES = ", ".join(f"{name} = excluded.{name}" for name in NAMES.split(", "))


def rows(
    stream: str, first: int, recorded_at: datetime, events: Iterable[AccessEvent]
) -> list[Row]:
    """The rows of events that get the versions from `first` on."""
    return [
        {
            "stream": stream,
            "version": version,
            "kind": event.kind,
            "recorded_at": recorded_at,
            "person_id": event.by.person_id,
            "whom": getattr(event, "person_id", ""),
            "about": getattr(event, "about", ""),
        }
        for version, event in enumerate(events, start=first)
    ]


REBUILD = f"""
with made as (
  select case_id as stream, version, kind, recorded_at, actor as person_id,
    coalesce(data ->> 'person_id', '') as whom, coalesce(data ->> 'about', '') as about
  from events where case_id like '{ACCESSES}%'),
 put as (
  insert into access_record ({NAMES}) select {NAMES} from made m where not exists (
    select from access_record r where (r.*) is not distinct from
      (m.stream, m.version, m.kind, m.recorded_at, m.person_id, m.whom, m.about))
  on conflict (stream, version) do update set {CHANGES} returning 1),
 gone as (
  delete from access_record r where not exists (
    select from events e where (e.case_id, e.version) = (r.stream, r.version)) returning 1)
select (select count(*) from made), (select count(*) from put) + (select count(*) from gone)
"""  # noqa: S608 - the names are constants
