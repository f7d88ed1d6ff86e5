"""R12.5: by which tree, policy and days figures are made, and what cannot be asked."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from domain.scores.asking import Unscorable
from domain.scores.periods import Period, parse
from store import books
from store.past_books import Archive
from store.scores.basis import Basis, basis
from tests.domain.town import POLICY, TOWN
from tests.store.house import House

pytestmark = pytest.mark.rule("R12.5")
STRICT = replace(POLICY, version="policy-strict")
DAY = timedelta(days=1)


@pytest.fixture
async def connection(house: House) -> AsyncIterator[asyncpg.Connection]:
    database = await house.town()
    async with database.connection() as connection:
        yield connection


async def now(connection: asyncpg.Connection) -> datetime:
    found: datetime = await connection.fetchval("select clock_timestamp()")
    return found.astimezone(UTC)


def this_month(at: datetime) -> Period:
    return parse(f"{at:%Y-%m}")


async def _basis(connection: asyncpg.Connection, period: str, **asked: object) -> Basis:
    at = await now(connection)
    return await basis(connection, Archive(), parse(period), now=at, **asked)  # type: ignore[arg-type]


async def test_the_policy_and_the_tree_are_those_of_the_periods_end(
    connection: asyncpg.Connection,
) -> None:
    october = datetime(2025, 9, 30, 16, tzinfo=UTC)
    later = replace(TOWN.organisation, version="organisation-2", duty={})
    for value in (STRICT, later):
        await books.publish(connection, value, october)
    third = await _basis(connection, "2025-Q3")
    fourth = await _basis(connection, "2025-Q4")
    assert (third.policy.version, third.organisation.version) == ("policy-1", "organisation-1")
    assert (fourth.policy.version, fourth.organisation.version) == (
        "policy-strict",
        "organisation-2",
    )
    assert third.over
    assert third.bounds == (datetime(2025, 6, 30, 16, tzinfo=UTC), october)


async def test_what_was_published_afterwards_is_not_known_as_of_before(
    connection: asyncpg.Connection,
) -> None:
    before = await now(connection)
    await books.publish(connection, STRICT, datetime(2025, 1, 2, tzinfo=UTC))
    assert (await _basis(connection, "2025-Q3", as_of=before)).policy.version == "policy-1"
    assert (await _basis(connection, "2025-Q3")).policy.version == "policy-strict"


async def test_another_policy_may_be_asked_for_published_or_not(
    connection: asyncpg.Connection,
) -> None:
    named = await _basis(connection, "2025-Q3", policy="policy-bare")
    drafted = await _basis(connection, "2025-Q3", policy=STRICT)
    assert (named.policy.version, drafted.policy) == ("policy-bare", STRICT)
    with pytest.raises(Unscorable, match="there are policy-1, policy-bare") as refused:
        await _basis(connection, "2025-Q3", policy="policy-none")
    assert refused.value.code == "unknown_policy"


async def test_a_period_that_is_not_over_is_read_by_what_is_in_force(
    connection: asyncpg.Connection,
) -> None:
    period = this_month(await now(connection))
    assert not (await _basis(connection, period.name)).over


async def test_a_time_before_the_office_is_read_by_what_is_known_of_it_now(
    connection: asyncpg.Connection,
) -> None:
    found = await _basis(connection, "2020-01")
    assert (found.policy.version, found.organisation.version) == ("policy-1", "organisation-1")


async def test_what_has_not_come_is_refused(connection: asyncpg.Connection) -> None:
    at = await now(connection)
    for period, asked, code in (
        ("2998", {}, "period_in_the_future"),
        ("2025-Q3", {"as_of": at + DAY}, "as_of_in_the_future"),
        ("2025-Q3", {"as_of": datetime(2024, 1, 1, tzinfo=UTC)}, "before_the_office"),
    ):
        with pytest.raises(Unscorable) as refused:
            await _basis(connection, period, **asked)
        assert refused.value.code == code


async def test_a_moment_before_the_period_is_refused(connection: asyncpg.Connection) -> None:
    at = await now(connection)
    tomorrow = f"{at + 2 * DAY:%Y-%m-%d}..{at + 3 * DAY:%Y-%m-%d}"
    with pytest.raises(Unscorable, match="has not come") as refused:
        await _basis(connection, tomorrow)
    assert refused.value.code == "period_in_the_future"
