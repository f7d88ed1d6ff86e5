"""R12, fairness: what a chain decided in its own favour is marked, by figures of real events."""

from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from domain.commands import (
    Accept,
    AskReconsideration,
    DecideWithdrawal,
    Decline,
    HandOver,
    Keep,
    Rate,
    Reconsider,
    RecordProgress,
    Register,
    Resolve,
    ReviewDecline,
    ReviewRating,
    Withdraw,
)
from domain.scores.fairness import Fairness, Interest
from domain.scores.periods import parse
from domain.words import DeclineGround
from domain.words.redress import Finding, RectifyAt
from store import sequencer
from store.scores.basis import Basis
from store.scores.cards import cards
from store.scores.keeper import Keeper
from store.scores.reading import Whose
from tests.domain.story import GAO, MEI, RESIDENT, XIE, XU, by, request
from tests.domain.town import POLICY, TOWN
from tests.store.house import House, Scribe
from tests.store.scores.ledger import engine

pytestmark = pytest.mark.rule("R12.4")
MARCH = Basis(
    period=parse("2026-03"),
    zone=ZoneInfo("Asia/Shanghai"),
    as_of=None,
    organisation=TOWN.organisation,
    policy=POLICY,
    over=True,
)
IN_GAOS_HANDS = (
    by(MEI, "03-02 09:00", Register, **request()),
    by(MEI, "03-02 09:30", HandOver),
    by(GAO, "03-02 10:00", Accept),
)


@pytest.fixture
async def connection(house: House) -> AsyncIterator[asyncpg.Connection]:
    database = await house.town()
    async with database.connection() as connection:
        yield connection


async def _marks(connection: asyncpg.Connection, unit_id: str) -> Fairness:
    while await sequencer.advance(connection):
        pass
    keeper = Keeper(engine())
    while await keeper.advance(connection):
        pass
    found = await cards(connection, MARCH, Whose.own("unit", [unit_id]))
    return found.fairness.get(unit_id, Fairness())


BADLY_RATED = (
    *IN_GAOS_HANDS,
    by(GAO, "03-02 11:00", Resolve, text="已劝停"),
    by(RESIDENT, "03-03 10:00", Rate, contacted=True, solved=False, grade=1),
    by(XU, "03-03 11:00", ReviewRating, finding=Finding.MISTAKEN, text="误评"),
)
RESTORED = (
    by(RESIDENT, "03-03 12:00", AskReconsideration, text="没有误评"),
    by(
        XIE,
        "03-03 14:00",
        Reconsider,
        about="1/reporter",
        upheld=False,
        rectify_at=RectifyAt.RESOLVER,
        text="恢复",
    ),
)
GIVEN_UP = (
    *IN_GAOS_HANDS,
    by(GAO, "03-02 10:30", RecordProgress, text="上门"),
    by(MEI, "03-03 09:30", Withdraw, text="来电撤诉"),
)


async def test_a_rating_found_mistaken_by_the_chain_is_marked(
    connection: asyncpg.Connection,
) -> None:
    await Scribe(connection).live("SW-1", BADLY_RATED)
    marked = (await _marks(connection, "orchard-1")).interested
    assert {mark.interest for mark in marked} == {Interest.OWN_CHAIN}


async def test_one_that_was_restored_is_marked_no_more(connection: asyncpg.Connection) -> None:
    await Scribe(connection).live("SW-1", (*BADLY_RATED, *RESTORED))
    assert (await _marks(connection, "orchard-1")).interested == ()


async def test_a_withdrawal_the_chain_approved_is_marked_with_its_decision(
    connection: asyncpg.Connection,
) -> None:
    """A minute before the breach: turn, promise and rating count in no figure."""
    agreed = by(XU, "03-03 09:59", DecideWithdrawal, approved=True, text="同意")
    await Scribe(connection).live("SW-1", (*GIVEN_UP, agreed))
    marked = (await _marks(connection, "orchard-1")).interested
    assert {mark.interest for mark in marked} == {Interest.OWN_CHAIN}
    assert {mark.exclusion.kind for mark in marked} == {"withdrawal.decided"}


@pytest.mark.parametrize(
    "end",
    [
        by(XU, "03-03 09:59", DecideWithdrawal, approved=False, text="未见撤诉"),
        by(RESIDENT, "03-03 09:59", Keep, text="没有撤"),
    ],
)
async def test_a_withdrawal_that_came_to_nothing_is_not_marked(
    connection: asyncpg.Connection, end: DecideWithdrawal | Keep
) -> None:
    await Scribe(connection).live("SW-1", (*GIVEN_UP, end))
    assert (await _marks(connection, "orchard-1")).interested == ()


async def test_a_decline_the_chain_upheld_is_marked(connection: asyncpg.Connection) -> None:
    await Scribe(connection).live(
        "SW-1",
        (
            by(MEI, "03-02 09:00", Register, **request()),
            by(MEI, "03-02 09:30", Decline, ground=DeclineGround.BEFORE_COURT, text="法院"),
            by(XU, "03-02 10:00", ReviewDecline, upheld=True, text="属实"),
        ),
    )
    marked = (await _marks(connection, "bridge")).interested
    assert {mark.exclusion.kind for mark in marked} == {"decline.reviewed"}
