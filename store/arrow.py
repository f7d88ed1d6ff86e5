"""Many rows out of PostgreSQL by the column: by a connection of its own, with binary COPY, as a
stream of Arrow that a statement of DuckDB reads. Only reads, and decides nothing about the rows.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock

import adbc_driver_manager
import adbc_driver_postgresql
import duckdb
from sqlalchemy.engine import URL

from store.database import libpq

ROWS = "rows"
"""What DuckDB calls the rows that come."""
CONNECTION: Mapping[str, str] = {
    "application_name": "shouwen-scores",
    "connect_timeout": "5",
    # A server that is gone without a word is noticed within a minute.
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "options": "-c timezone=UTC -c statement_timeout=0 -c default_transaction_read_only=on"
    # Whoever reads this much is one of two at work; PostgreSQL in two more is slower in sum.
    " -c max_parallel_workers_per_gather=0",
}
_SAME = (
    "set transaction isolation level repeatable read read only",
    "set transaction snapshot '{snapshot}'",
)


class CannotRead(OSError):
    """PostgreSQL could not be reached, did not answer, or broke off; the text says why."""


class Rows:
    """The rows of one query, to be read once: of a snapshot that another transaction exported, or
    as they stand.
    """

    def __init__(self, url: URL, query: str, snapshot: str = "") -> None:
        self._address = libpq(url, **CONNECTION)
        self._query = query
        self._snapshot = snapshot
        self._lock = Lock()
        self._running: adbc_driver_manager.AdbcStatement | None = None

    def read(self, into: duckdb.DuckDBPyConnection, statement: str) -> None:
        """Run a statement that reads them as the table `rows`; takes a while. Raises CannotRead,
        and what DuckDB raises.
        """
        try:
            with (
                adbc_driver_postgresql.connect(self._address) as database,
                adbc_driver_manager.AdbcConnection(database) as connection,
            ):
                self._share(connection)
                with self._statement(connection, self._query) as running:
                    rows, _ = running.execute_query()
                    into.register(ROWS, rows)
                    try:
                        into.execute(statement)
                    finally:
                        into.unregister(ROWS)
        except adbc_driver_manager.Error as error:
            raise CannotRead(str(error)) from error
        except duckdb.InvalidInputException as error:
            if "[libpq]" not in str(error):
                raise
            raise CannotRead(str(error)) from error

    def stop(self) -> None:
        """Tell PostgreSQL to break off; from any thread, at any time."""
        with self._lock:
            if self._running is not None:
                with suppress(adbc_driver_manager.Error):
                    self._running.cancel()

    def _share(self, connection: adbc_driver_manager.AdbcConnection) -> None:
        if not self._snapshot:
            return
        connection.set_autocommit(False)
        for command in _SAME:
            with self._statement(connection, command.format(snapshot=self._snapshot)) as running:
                running.execute_update()

    @contextmanager
    def _statement(
        self, connection: adbc_driver_manager.AdbcConnection, text: str
    ) -> Iterator[adbc_driver_manager.AdbcStatement]:
        with adbc_driver_manager.AdbcStatement(connection) as statement:
            statement.set_sql_query(text)
            with self._lock:
                self._running = statement
            try:
                yield statement
            finally:
                with self._lock:
                    self._running = None
