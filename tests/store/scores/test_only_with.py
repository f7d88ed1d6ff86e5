"""Statements that are passed over where no event is of their kinds would make nothing (R12.5)."""

import pytest

from store.scores.engine import Statement, statements
from store.scores.kinds import TOLD
from tests.store.scores.ledger import engine
from tests.store.scores.rows import rows_of, written

pytestmark = pytest.mark.rule("R12.5")
ALL = [row for name, life in written().items() for row in rows_of(name, life)]
SOME = [statement for statement in statements() if statement.only_with]


def test_kinds_they_wait_for_are_kinds_there_are() -> None:
    assert len(SOME) > 10
    assert {kind for statement in SOME for kind in statement.only_with} <= set(TOLD)


def test_a_statement_says_what_it_makes_and_when() -> None:
    text = (
        "-- Why.\n-- Only with: case.parted, case.joined\ncreate or replace temp table x as from y"
    )
    found = Statement.of(text)
    assert (found.table, found.view) == ("x", False)
    assert found.wanted({"case.joined", "case.closed"})
    assert not found.wanted({"case.closed"})
    assert Statement.of("create or replace temp table x as from y").wanted(set())
    assert not Statement.of("create or replace temp view x as from y").wanted({"case.parted"})


@pytest.mark.parametrize("name", written())
def test_passed_over_or_not_the_postings_are_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a life in which nothing was passed over, of which nothing must be left either."""
    rows = rows_of(name, written()[name])
    with monkeypatch.context() as careful:
        careful.setattr(Statement, "wanted", lambda *_: True)
        everything = engine().postings(rows)
        engine().postings(ALL)
    assert engine().postings(rows) == everything
