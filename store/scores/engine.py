"""What events of cases post to the ledger of the scores: SQL on DuckDB, for a few as for all.

Knows nothing of where events come from or where postings go, nor of any policy.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import Any, Self

import duckdb
import orjson

from store.scores.columns import EVENT, POSTING
from store.scores.halving import CannotPost
from store.scores.kinds import TOLD, quoted

Row = dict[str, Any]
STEPS = ("facts", "turns", "begun", "ratings", "adverse", "postings")
"""The files of SQL, in the order in which they build on each other."""
THREADS = 2
MEMORY = "1GB"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

TYPES = dict.fromkeys(EVENT, "VARCHAR") | {
    "version": "INTEGER",
    "occurred_at": "TIMESTAMPTZ",
    "recorded_at": "TIMESTAMPTZ",
}
_GIVEN = f"""create or replace temp table events as
select unnest(from_json($1, '{orjson.dumps([TYPES]).decode()}'), recursive := true)"""
_MOMENTS = ("counted_at", "known_at")
_TAKEN = "select {} from postings order by case_id, version, part".format(  # noqa: S608 - constants
    ", ".join(f"epoch_us({name}) as {name}" if name in _MOMENTS else name for name in POSTING)
)


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
        self._statements = tuple(_statements())
        self.connection = self._connected()

    def _connected(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config=self._settings)
        connection.execute("set timezone = 'UTC'")
        # In DuckDB 2.0.0 it loses columns of outer joins over few rows: "failed to bind column".
        connection.execute("set disabled_optimizers = 'projection_pullup'")
        # Nothing here outlives the process. Left on, a third of the time goes into writing tables
        # that the next statement replaces to where they never need to be, on one processor.
        connection.execute("set checkpoint_threshold = '1TB'")
        connection.execute(f"create type told as enum ({quoted(TOLD)})")
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
        for statement in self._statements:
            self.connection.execute(statement)

    def close(self) -> None:
        """Give everything back."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _statements() -> list[str]:
    folder = resources.files(__package__ or "store.scores")
    texts = (folder.joinpath(f"{name}.sql").read_text("utf-8") for name in STEPS)
    return [part for text in texts for part in text.split(";\n") if part.strip()]


def _row(values: tuple[Any, ...]) -> Row:
    row = dict(zip(POSTING, values, strict=True))
    for name in _MOMENTS:
        row[name] = EPOCH + timedelta(microseconds=row[name])
    return row
