"""Measures the program against plain Temporal, DBOS, plain SQL and pyeventsourcing, in one run."""
