"""From the outbox to the inbox, and what is given up for all to see, without any channel set."""

import pytest

from activities.delivery.lanes import Pace
from domain.commands import Accept, HandOver, Register
from domain.words import Urgency
from store import books
from tests.activities.bureau import Bureau
from tests.domain.story import GAO, MEI, by, request
from tests.domain.town import POSTS, local, organisation
from tests.store.house import House

OPENED = by(MEI, "03-02 09:00", Register, **request())
HANDED_ON = by(MEI, "03-02 09:10", HandOver)
ACCEPTED = by(GAO, "03-02 09:20", Accept)


@pytest.fixture
async def bureau(house: House) -> Bureau:
    return Bureau(await house.town())


async def test_staff_find_what_they_are_told_in_the_inbox(bureau: Bureau) -> None:
    await bureau.happens("SW-1", OPENED, HANDED_ON, ACCEPTED)
    await bureau.look()
    assert await bureau.inbox("case.arrived") == {"mei", "gao"}
    assert await bureau.inbox("case.registered") == set()
    assert await bureau.states("email") == []


async def test_of_an_emergency_everybody_on_duty_around_it_is_told(bureau: Bureau) -> None:
    urgent = by(MEI, "03-02 09:00", Register, **request(urgency=Urgency.EMERGENCY))
    await bureau.happens("SW-1", urgent)
    await bureau.look()
    assert await bureau.inbox("case.emergency") == {"gao", "guo", "cao", "su", "xu"}


async def test_what_a_resident_should_hear_is_given_up_for_all_to_see_where_no_gateway_is_set(
    bureau: Bureau,
) -> None:
    await bureau.happens("SW-1", OPENED)
    await bureau.look()
    assert await bureau.states("sms") == ["case.registered reporter dead no_channel"]


async def test_looking_again_tells_nobody_twice(bureau: Bureau) -> None:
    await bureau.happens("SW-1", OPENED, HANDED_ON)
    for _ in range(3):
        await bureau.look()
    rows = await bureau.fetch("select person_id, version, topic from inbox")
    assert len(rows) == len({tuple(row.values()) for row in rows}) == 3
    assert len(await bureau.states("sms")) == 1


async def test_a_unit_without_anybody_waits_for_the_first_who_comes_on_duty(house: House) -> None:
    bureau = Bureau(await house.town())
    await publish(bureau, "nobody", ())
    await bureau.execute(
        """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
           values ('SW-1', 1, 'case.emergency', 'unit', 'orchard-1', now())"""
    )
    await bureau.happens("SW-1", OPENED)
    await bureau.look()
    assert await bureau.states("duty") == ["case.emergency orchard-1 pending nobody_on_duty"]
    await publish(bureau, "somebody", ("grid-1b",))
    await bureau.until(bureau.settled)
    assert await bureau.states("duty") == ["case.emergency orchard-1 sent -"]
    assert await bureau.inbox("case.emergency") == {"guo"}


async def test_after_the_last_attempt_it_is_given_up_and_not_forgotten(house: House) -> None:
    bureau = Bureau(await house.town(), pace=Pace(again=(0, 0), look=0.02))
    await publish(bureau, "nobody", ())
    await bureau.execute(
        """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
           values ('SW-1', 1, 'case.emergency', 'unit', 'orchard-1', now())"""
    )
    await bureau.happens("SW-1", OPENED)
    await bureau.until(bureau.settled)
    assert await bureau.states("duty") == ["case.emergency orchard-1 dead nobody_on_duty"]
    (row,) = await bureau.fetch("select attempts from deliveries where channel = 'duty'")
    assert row["attempts"] == 3


async def publish(bureau: Bureau, version: str, keep: tuple[str, ...]) -> None:
    """Put an organisation in force in which only those posts are left."""
    value = organisation(version, posts=[p for p in POSTS if p.post_id in keep])
    async with bureau.database.connection() as connection:
        await books.publish(connection, value, local("01-02 00:00"))
