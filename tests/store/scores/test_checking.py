"""Whoever doubts a figure makes all of them anew from the events and compares (R12.5)."""

import pytest

from store import sequencer
from store.scores import checking
from store.scores.checking import FarBehind, check
from tests.store.house import Database, House, Scribe
from tests.store.scores.test_keeper import ACCEPTED, HANDED, OPENED, follow

pytestmark = pytest.mark.rule("R12.5")


@pytest.fixture
async def office(house: House) -> Database:
    """Three cases that are followed, one that is not yet."""
    database = await house.town()
    async with database.connection() as connection:
        scribe = Scribe(connection)
        for name in ("SW-1", "SW-2", "SW-3"):
            await scribe.write(name, OPENED, HANDED, ACCEPTED)
        await follow(connection)
        await scribe.write("SW-4", OPENED)
        await sequencer.advance(connection)
        await scribe.write("SW-5", OPENED)
    return database


async def damage(office: Database, statement: str) -> None:
    async with office.connection() as connection:
        await connection.execute(statement)


@pytest.mark.parametrize("size", [4, 500])
async def test_what_follows_is_as_the_events_say_and_what_is_still_to_come_is_no_fault(
    office: Database, size: int
) -> None:
    found = await check(office.engine, size)
    assert (found.differing, found.first) == (0, None)
    assert (found.events, found.ahead) == (19, 4)
    assert found.postings > 10
    assert found.days > 2


async def test_a_changed_posting_is_named_with_what_it_should_be(office: Database) -> None:
    await damage(
        office,
        "update score_postings set numerator = 0 where measure = 'acceptance' and numerator = 1"
        " and case_id in ('SW-3', 'SW-2')",
    )
    found = await check(office.engine, 4)
    assert found.differing == 2
    assert found.first is not None
    assert (found.first.table, *found.first.key[:2]) == ("score_postings", "SW-2", 5)
    assert found.first.kept is not None
    assert found.first.made is not None
    different = {k for k in found.first.kept if found.first.kept[k] != found.first.made[k]}
    assert different == {"numerator"}


async def test_a_posting_that_is_gone_and_one_that_no_event_made_are_named(
    office: Database,
) -> None:
    await damage(office, "delete from score_postings where case_id = 'SW-2' and version = 1")
    found = await check(office.engine)
    assert found.first is not None
    assert found.first.key[:2] == ("SW-2", 1)
    assert found.first.kept is None
    await damage(office, "update score_postings set case_id = 'SW-0' where case_id = 'SW-1'")
    found = await check(office.engine)
    assert found.first is not None
    assert found.first.key[0] == "SW-0"
    assert found.first.made is None


async def test_a_sum_that_is_not_that_of_its_postings_is_named(office: Database) -> None:
    await damage(office, "update score_days set denominator = 7 where measure = 'acceptance'")
    found = await check(office.engine)
    assert found.first is not None
    assert (found.first.table, found.first.key[0]) == ("score_days", "2026-03-02")
    assert found.first.made is not None
    assert found.first.made["denominator"] != 7


@pytest.mark.rule("R12.4")
async def test_a_posting_hidden_from_the_figures_is_named(office: Database) -> None:
    """As if its unit had had no part in the case."""
    hide = "update score_postings set astray = true where case_id = 'SW-2' and version = 5"
    await damage(office, hide)
    found = await check(office.engine)
    assert found.differing > 0
    assert found.first is not None
    assert (found.first.table, *found.first.key[:2]) == ("score_postings", "SW-2", 5)
    assert (found.first.kept, found.first.made) == ({"astray": True}, {"astray": False})


async def test_who_was_erased_leaves_every_figure_as_it_was(office: Database) -> None:
    async with office.as_role("owner") as owner:
        await owner.execute("update subject_keys set wrapped = null, destroyed_at = now()")
    found = await check(office.engine)
    assert (found.events, found.differing) == (19, 0)


async def test_where_very_much_is_still_to_come_nothing_is_said(
    office: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "FAR", 3)
    with pytest.raises(FarBehind):
        await check(office.engine)
