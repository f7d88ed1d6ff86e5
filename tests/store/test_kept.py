"""Every table is known for what it is, and every view is one that can be made anew (R14.6)."""

from pathlib import Path

import pytest

from store import kept
from store.kept import Kept
from store.rebuilding import rebuild_all
from tests.store.house import RING, House

pytestmark = pytest.mark.rule("R14.6")
PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
BESIDE = {
    "case_units": "cases",
    "open_questions": "cases",
    "case_sights": "case_spans",
    "admission_expenses": "admission_money",
    "score_days": "score_postings",
}
"""Views that are made together with another."""


async def test_every_table_of_the_schema_is_listed(house: House) -> None:
    database = await house.migrated()
    async with database.connection() as connection:
        rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    assert {row["tablename"] for row in rows} == set(kept.TABLES)


async def test_every_view_is_made_anew(house: House) -> None:
    views = {table for table, (kind, _) in kept.TABLES.items() if kind is Kept.VIEW}
    database = await house.migrated()
    async with database.connection() as connection:
        made = await rebuild_all(connection, RING, database.engine.url)
    assert {BESIDE.get(view, view) for view in views} == set(made)


def test_the_page_lists_them_as_the_program_does() -> None:
    assert kept.page() in PAGE.read_text("utf-8")
