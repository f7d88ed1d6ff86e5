"""The SQL says what the rules say: held against a reading of the events one by one (R12.1)."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.events import Event
from tests.domain.walks import walk, written_walk
from tests.store.scores import oracle
from tests.store.scores.ledger import ledger
from tests.store.scores.rows import written

pytestmark = pytest.mark.rule("R12.1", "R12.5")
Lines = Counter[tuple[tuple[str, Any], ...]]


def lines(rows: Sequence[dict[str, Any]]) -> Lines:
    """The postings without their number within the event."""
    told = ({k: v for k, v in row.items() if k != "part"} for row in rows)
    return Counter(tuple(sorted(row.items())) for row in told)


def differences(case_id: str, events: tuple[Event, ...]) -> list[str]:
    """What one of the two says and the other does not."""
    posted = ledger(case_id, events)
    assert len({(row["version"], row["part"]) for row in posted}) == len(posted)
    sql = lines(posted)
    rules = lines(oracle.postings(case_id, events))
    only = [f"sql  {dict(line)}" for line in (sql - rules)]
    return [*only, *(f"rule {dict(line)}" for line in (rules - sql))]


@pytest.mark.parametrize("name", sorted(written()))
def test_every_written_life_posts_what_the_rules_say(name: str) -> None:
    assert differences(name, written()[name]) == []


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_random_lives_post_what_the_rules_say(data: st.DataObject) -> None:
    life = (walk if data.draw(st.booleans()) else written_walk)(data.draw)
    for _ in range(data.draw(st.integers(min_value=1, max_value=20))):
        life.step()
    assert differences("case-1", life.history) == []
    count = data.draw(st.integers(min_value=0, max_value=len(life.history)))
    first = [row for row in ledger("case-1", life.history) if row["version"] <= count]
    assert list(ledger("case-1", life.history[:count])) == first
