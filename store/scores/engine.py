"""What events of cases post to the ledger of the scores: SQL on DuckDB, for a few as for all.

Knows nothing of where events come from or where postings go, nor of any policy.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any, Self

import duckdb
import orjson

from store.scores.columns import EVENT, POSTING
from store.scores.halving import CannotPost
from store.scores.kinds import TOLD, opened, places, quoted

Row = dict[str, Any]
STEPS = ("facts", "turns", "begun", "ratings", "adverse", "postings")
"""The files of SQL, in the order in which they build on each other."""
THREADS = 2
MEMORY = "1GB"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

TYPES = dict.fromkeys(EVENT, "VARCHAR") | {
    "version": "INTEGER",
    "said": "VARCHAR",
    "occurred_at": "TIMESTAMPTZ",
    "recorded_at": "TIMESTAMPTZ",
}
_GIVEN = f"""create or replace temp table events as
select unnest(from_json($1, '{orjson.dumps([TYPES]).decode()}'), recursive := true)"""
KINDS = """create temp table kinds as
 select told, enum_code(told)::tinyint + 1 as code, told::varchar as kind from (
 select unnest(enum_range(null::told))::told as told)"""
"""Joined sooner than texts are cast."""
PRESENT = "select distinct kind from noted where kind is not null"
_TABLE = re.compile(r"^create or replace temp table (\w+)", re.MULTILINE)
_VIEW = "create or replace temp view"
_ONLY_WITH = re.compile(r"^-- Only with: (.+)$", re.MULTILINE)
_MOMENTS = ("counted_at", "known_at")
_TAKEN = "select {} from postings order by case_id, version, part".format(  # noqa: S608 - constants
    ", ".join(f"epoch_us({name}) as {name}" if name in _MOMENTS else name for name in POSTING)
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One of the statements, which a few events cost more to plan than to run.

    A view is made once. A line `-- Only with: KINDS` says that there is nothing to do without an
    event of one of these kinds; the `table` it makes is empty then.
    """

    text: str
    table: str
    view: bool
    only_with: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Self:
        """What a statement says of itself."""
        table, kinds = _TABLE.search(text), _ONLY_WITH.search(text)
        return cls(
            text=text,
            table=table[1] if table else "",
            view=_VIEW in text,
            only_with=frozenset(kinds[1].split(", ")) if kinds else frozenset(),
        )

    def wanted(self, present: Collection[str]) -> bool:
        """Whether it must be run again, for events of these kinds."""
        return not self.view and (not self.only_with or not self.only_with.isdisjoint(present))


class Engine:
    """A DuckDB of its own, without a file; one caller at a time.

    What it holds beyond `memory` goes to files under `spill`, and nowhere else: it reads no other
    file and loads nothing.
    """

    def __init__(self, *, threads: int = THREADS, memory: str = MEMORY, spill: str = "") -> None:
        self._settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": spill,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
        self._statements = tuple(statements())
        self.connection = self._connected()

    def _connected(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config=self._settings)
        connection.execute("set timezone = 'UTC'")
        # In DuckDB 2.0.0 it loses columns of outer joins over few rows: "failed to bind column".
        connection.execute("set disabled_optimizers = 'projection_pullup,in_clause'")
        # Nothing here outlives the process. Left on, a third of the time goes into writing tables
        # that the next statement replaces to where they never need to be, on one processor.
        connection.execute("set checkpoint_threshold = '1TB'")
        connection.execute(f"create type told as enum ({quoted(TOLD)})")
        connection.execute(KINDS)
        for name, where in places().items():
            connection.execute(f"set variable {name} = $1::tinyint[]", [where])
        self._ready = False
        return connection

    def postings(self, events: Sequence[Mapping[str, Any]]) -> list[Row]:
        """What these events post, in the order of the ledger's key.

        Give all events of each case from its first one on: what an event posts follows from those
        before it and from nothing else. Raises CannotPost, and is as new then: one that ran out of
        memory or failed inside may not be of use any more.
        """
        rows = [{name: row[name] for name in EVENT} for row in events]
        try:
            self.connection.execute(_GIVEN, [orjson.dumps(rows).decode()])
            self.post()
            found = self.connection.execute(_TAKEN).fetchall()
        except duckdb.Error as error:
            self.close()
            self.connection = self._connected()
            raise CannotPost(f"{type(error).__name__}: {error}") from error
        return [_row(values) for values in found]

    def post(self) -> None:
        """Make the table `postings` of the table or view `events`, both of this connection.

        Cases must be whole in it; a journal of many is done in parts of whole cases.
        """
        present: set[str] = set()
        for statement in self._statements:
            if not self._ready or statement.wanted(present):
                self.connection.execute(statement.text)
            elif statement.table:
                self.connection.execute(f"truncate {statement.table}")
            if statement.table == "noted":
                present = {str(row[0]) for row in self.connection.execute(PRESENT).fetchall()}
        self._ready = True

    def forget(self) -> None:
        """Let go of what was made last, so that it takes no room beside what is made next."""
        if self._ready:
            for name in {statement.table for statement in self._statements} - {""}:
                self.connection.execute(
                    f"create or replace temp table {name} as from {name} limit 0"
                )

    def close(self) -> None:
        """Give everything back."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def statements() -> list[Statement]:
    """All of them, in the order in which they build on each other."""
    folder = resources.files(__package__ or "store.scores")
    texts = (folder.joinpath(f"{name}.sql").read_text("utf-8") for name in STEPS)
    parts = (part for text in texts for part in text.split(";\n") if part.strip())
    return [Statement.of(opened(part)) for part in parts]


def _row(values: tuple[Any, ...]) -> Row:
    row = dict(zip(POSTING, values, strict=True))
    for name in _MOMENTS:
        row[name] = EPOCH + timedelta(microseconds=row[name])
    return row
