"""Notices on their way out, through real servers that are slow, picky, silent, away or gone."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest

from activities.delivery.channels import Outward
from activities.delivery.lanes import Pace
from activities.delivery.mail import Mail, MailServer
from activities.delivery.webhooks import Gateway
from domain.commands import (
    Accept,
    Call,
    Contact,
    HandOver,
    Register,
    Release,
    Resolve,
    Summon,
)
from domain.organisation import Person
from domain.words import Urgency
from store import books
from tests.activities.bureau import QUICK, Bureau
from tests.activities.outside import (
    SECRET,
    Endpoint,
    MailHost,
    endpoint,
    mail_host,
    status,
)
from tests.domain.story import GAO, MEI, SU, by, request
from tests.domain.town import local, organisation
from tests.store.house import RING, House

NAME, PHONE = "金丝雀王建国", "19900001234"
REPORTER = Contact(name=NAME, phone=PHONE)
TITLE = f"楼道灯不亮，电话{PHONE}"
OPENED = by(MEI, "03-02 09:00", Register, **request(reporter=REPORTER, title=TITLE))
URGENT = by(
    MEI,
    "03-02 09:00",
    Register,
    **request(reporter=REPORTER, title=TITLE, urgency=Urgency.EMERGENCY),
)
HANDED_ON = by(MEI, "03-02 09:10", HandOver)
ACCEPTED = by(GAO, "03-02 09:20", Accept)
RESOLVED = by(GAO, "03-02 10:00", Resolve, text="完成", evidence=("photo-1",))
WITHOUT_ADDRESS = "guo"


class Town(Bureau):
    """A bureau with a mail server and two gateways outside."""

    post: MailHost
    sms: Endpoint
    chat: Endpoint


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def town(house: House, stack: AsyncExitStack) -> Town:
    post = await stack.enter_async_context(mail_host())
    sms, chat = [await stack.enter_async_context(endpoint()) for _ in range(2)]
    server = MailServer(host="127.0.0.1", port=post.port, sender="sw@town.example", tls="none")
    outward = Outward(
        email=Mail(server),
        sms=Gateway(sms.url, [SECRET]),
        chat=Gateway(chat.url, [SECRET]),
        public_url="https://town.example",
    )
    stack.push_async_callback(outward.close)
    made = Town(await house.town(), outward)
    made.post, made.sms, made.chat = post, sms, chat
    async with made.database.connection() as connection:
        await books.publish(connection, with_addresses(), local("01-02 00:00"))
    return made


def with_addresses() -> Any:
    """The town's organisation, with an address and a number for everybody but one."""
    found = organisation("with-addresses")
    people = {
        name: Person(
            person_id=name,
            name=person.name,
            login=name,
            email="" if name == WITHOUT_ADDRESS else f"{name}@town.example",
            phone=f"1990002{number:04d}",
        )
        for number, (name, person) in enumerate(sorted(found.people.items()))
    }
    return replace(found, people=people)


def readers(town: Town) -> set[str]:
    return {str(mail["To"]).partition("@")[0] for mail in town.post.postman.mails}


# -- who gets what -------------------------------------------------------------


@pytest.mark.rule("R1.4")
async def test_staff_get_a_mail_where_their_address_is_known_and_the_inbox_always(
    town: Town,
) -> None:
    await town.happens("SW-1", URGENT)
    await town.until(town.settled)
    assert readers(town) == {"gao", "cao", "su", "xu", "mei"}
    assert await town.inbox("case.emergency") == {"gao", "guo", "cao", "su", "xu"}


@pytest.mark.rule("R1.4")
async def test_a_mail_says_what_happened_what_is_owed_and_until_when(town: Town) -> None:
    await town.happens("SW-1", OPENED, HANDED_ON)
    await town.until(town.settled)
    mail = town.post.postman.to("gao@town.example")[0]
    assert mail["Subject"] == "[首问] 诉求已转到orchard-1 SW-1"
    assert mail.get_content().replace("\r\n", "\n") == (  # type: ignore[attr-defined]
        "诉求已转到orchard-1\n\n编号：SW-1 楼道灯不亮，电话199****1234\n责任单位：orchard-1\n"
        "当前：待签收，时限 2026-03-02 11:10\n详情：https://town.example/desk/cases/SW-1\n"
    )


@pytest.mark.rule("R6.7")
async def test_of_an_emergency_telephones_ring_as_well(town: Town) -> None:
    await town.happens("SW-1", URGENT)
    await town.until(town.settled)
    rung = Counter(came.data["to"] for came in town.sms.taken)
    assert len(rung) == 6
    assert set(rung.values()) == {1}
    assert rung[PHONE] == 1
    texts = {came.data["text"] for came in town.sms.taken if came.data["to"] != PHONE}
    assert texts == {"【首问】紧急情况，请立即响应并到场。编号 SW-1。现由bridge办理。"}


@pytest.mark.rule("R14.5")
async def test_who_may_not_open_the_case_is_not_told_its_title(town: Town) -> None:
    """The case is with the street's clerk: the grid is warned, and reads of it what it may see."""
    await town.happens("SW-1", URGENT)
    await town.until(town.settled)
    (grid,), (street,) = (town.post.postman.to(f"{who}@town.example") for who in ("gao", "su"))
    assert "楼道灯" in street.get_content()  # type: ignore[attr-defined]
    assert "楼道灯" not in grid.get_content()  # type: ignore[attr-defined]


async def test_a_resident_hears_by_telephone_where_the_case_is_and_until_when(town: Town) -> None:
    await town.happens("SW-1", OPENED, HANDED_ON)
    await town.until(town.settled)
    (came,) = town.sms.taken
    came.check()
    assert came.data["to"] == PHONE
    assert came.data["text"] == (
        "【首问】您反映的事项已登记。请保存好回执，凭回执可随时查看进度。编号 SW-1。"
        "现由orchard-1办理。承诺 2026-03-20 17:30 前办结。"
    )


@pytest.mark.rule("R9.1", "R9.2")
async def test_to_rate_a_resident_gets_the_link_that_rates(town: Town) -> None:
    await town.happens("SW-1", OPENED, HANDED_ON, ACCEPTED, RESOLVED)
    await town.until(town.settled)
    secret = RING.rating_secret("SW-1", 1)
    texts = {came.data["text"] for came in town.sms.taken}
    assert any(f"https://town.example/rate/SW-1#{secret}" in text for text in texts)
    told_staff = [came.body.decode() for came in town.chat.taken]
    told_staff += [str(mail) for mail in town.post.postman.mails]
    assert told_staff
    assert not [text for text in told_staff if secret in text]


async def test_a_resident_without_a_number_is_given_up_as_such(town: Town) -> None:
    nameless = by(MEI, "03-02 09:00", Register, **request(reporter=Contact()))
    await town.happens("SW-1", nameless)
    await town.until(town.settled)
    assert await town.states("sms") == ["case.registered reporter dead no_address"]


@pytest.mark.rule("R14.4")
async def test_a_resident_who_was_erased_is_not_written_to(town: Town) -> None:
    await town.happens("SW-1", OPENED)
    async with town.database.as_role("owner") as connection:
        await connection.execute("update subject_keys set wrapped = null, destroyed_at = now()")
    await town.until(town.settled)
    assert await town.states("sms") == ["case.registered reporter dead erased"]
    assert town.sms.received == []


async def test_a_partner_gets_a_link_to_what_it_is_asked_until_it_is_released(town: Town) -> None:
    calls = (Call(partner_id="keeper", asked="疏导车辆"),)
    road = by(MEI, "03-02 09:00", Register, **request("road"))
    await town.happens("SW-1", road, HANDED_ON, by(SU, "03-02 09:20", Accept))
    await town.happens("SW-1", by(SU, "03-02 09:30", Summon, calls=calls, text="请到场"))
    await town.until(town.settled)
    await town.happens("SW-1", by(SU, "03-02 09:40", Release, summons_id="summons-1", useful=False))
    await town.until(town.settled)
    called, released = (c.data for c in town.sms.taken if c.data["to"] == "19900008001")
    secret = RING.partner_secret("SW-1", "summons-1", "keeper")
    assert called["text"] == (
        "【首问】请到场协助处置一件事项。编号 SW-1。查看要求、报到请点："
        f"https://town.example/help/SW-1#{secret} （仅限贵单位使用）"
    )
    assert released["text"] == "【首问】协助已结束，感谢支持。编号 SW-1。"


async def test_a_party_and_a_partner_can_be_told_as_well(town: Town) -> None:
    """Kinds of receivers that no event names yet, and one that nobody knows."""
    for kind, name in (("party", "party-1"), ("partner", "estate"), ("press", "news")):
        await town.execute(
            """insert into outbox (case_id, version, topic, recipient_kind, recipient, created_at)
               values ('SW-1', 1, 'case.registered', $1, $2, now())""",
            *(kind, name),
        )
    await town.happens("SW-1", OPENED)
    await town.until(town.settled)
    assert await town.states("sms") == [
        "case.registered party-1 dead no_address",
        "case.registered estate dead no_address",
        "case.registered news dead no_address",
        "case.registered reporter sent -",
    ]


# -- confidence ----------------------------------------------------------------


@pytest.mark.rule("R14.4")
async def test_the_residents_name_and_number_stay_where_they_belong(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    town.sms.answer = lambda _: status(500 if len(town.sms.received) < 3 else 204)
    await town.happens("SW-1", OPENED, HANDED_ON, ACCEPTED, RESOLVED)
    await town.until(town.settled)
    assert [came for came in town.sms.taken if came.data["to"] == PHONE]
    ours = [r for r in caplog.records if r.name.split(".")[0] in {"activities", "store", "worker"}]
    seen = " ".join(record.getMessage() for record in ours)
    assert "http_500" in seen
    seen += " ".join(came.body.decode() for came in town.chat.received)
    seen += " ".join(str(mail) for mail in town.post.postman.mails)
    for table in ("deliveries", "inbox", "dispatcher", "gone_endpoints", "resends"):
        rows = await town.fetch(f"select t::text from {table} t")  # noqa: S608 - constants
        seen += " ".join(row["t"] for row in rows)
    for canary in (NAME, PHONE):
        assert canary not in seen


# -- servers that misbehave ----------------------------------------------------


async def test_servers_away_for_a_while_get_everything_once(town: Town) -> None:
    patient = Pace(again=(0.2, 0.5, 1, 2, 4), timeout=2, lease=4, trips=3, pause=0.5, look=0.05)
    bureau = Town(town.database, town.outward, patient)
    await town.post.stop()
    await town.sms.stop()
    for number in range(5):
        await town.happens(f"SW-{number}", OPENED, HANDED_ON)
    back = asyncio.create_task(_open_again(3, town.post, town.sms))
    await bureau.until(bureau.settled, seconds=60)
    await back
    assert await _dead(town) == 0
    ids = Counter(str(mail["Message-ID"]) for mail in town.post.postman.mails)
    assert len(ids) == 15
    assert set(ids.values()) == {1}
    assert sorted(came.data["case_id"] for came in town.sms.taken) == [f"SW-{n}" for n in range(5)]


async def _open_again(seconds: float, *servers: MailHost | Endpoint) -> None:
    await asyncio.sleep(seconds)
    for server in servers:
        await server.start()


async def _dead(town: Town) -> int:
    rows = await town.fetch("select count(*) as dead from deliveries where status = 'dead'")
    return int(rows[0]["dead"])


async def test_a_silent_mailbox_delays_nobody_else(town: Town) -> None:
    town.post.postman.hang.add("gao@town.example")
    for number in range(20):
        await town.happens(f"SW-{number}", OPENED, HANDED_ON)

    async def everybody_else_has_theirs() -> bool:
        return len(town.post.postman.to("mei@town.example")) == 40

    await town.until(everybody_else_has_theirs, seconds=10)
    assert town.post.postman.to("gao@town.example") == []


async def test_a_silent_gateway_delays_no_mail_and_gets_no_more_than_its_places(
    town: Town,
) -> None:
    town.sms.answer = lambda _: None
    for number in range(20):
        await town.happens(f"SW-{number}", OPENED, HANDED_ON)

    async def mails_are_out() -> bool:
        return len(town.post.postman.mails) == 60

    await town.until(mails_are_out, seconds=10)
    assert town.sms.taken == []
    assert town.sms.most_open <= QUICK.width


async def test_an_endpoint_that_keeps_failing_is_left_alone(house: House, town: Town) -> None:
    calm = Town(town.database, town.outward, Pace(again=(0,) * 99, pause=60, look=0.02))
    town.sms.answer = lambda _: status(500)
    for number in range(30):
        await town.happens(f"SW-{number}", OPENED)

    async def tried() -> bool:
        return len(town.sms.received) >= calm.pace.trips

    await calm.until(tried)
    for _ in range(20):
        await calm.dispatcher.look()
    await calm.dispatcher.finish()
    assert len(town.sms.received) <= calm.pace.trips + calm.pace.width
    assert await _dead(town) == 0


async def test_a_mailbox_refused_for_ever_is_given_up_and_the_others_are_not(town: Town) -> None:
    town.post.postman.refuse["gao@town.example"] = "550 No such user"
    await town.happens("SW-1", OPENED, HANDED_ON)
    await town.until(town.settled)
    assert await town.states("email") == [
        "case.arrived mei sent -",
        "case.arrived gao dead smtp_550",
        "case.arrived mei sent -",
    ]


async def test_after_the_last_attempt_a_message_is_dead(town: Town) -> None:
    bureau = Town(town.database, town.outward, Pace(again=(0, 0), trips=99, look=0.02))
    town.sms.answer = lambda _: status(500)
    await town.happens("SW-1", OPENED)
    await bureau.until(bureau.settled)
    assert await town.states("sms") == ["case.registered reporter dead http_500"]
    assert len({came.message_id for came in town.sms.received}) == 1
    assert len(town.sms.received) == 3


async def test_a_gateway_that_is_gone_is_asked_no_more_until_somebody_sends_again(
    town: Town,
) -> None:
    town.sms.answer = lambda _: status(410)
    await town.happens("SW-1", OPENED)
    await town.until(town.settled)
    await town.happens("SW-2", OPENED)
    await town.until(town.settled)
    assert await town.states("sms") == ["case.registered reporter dead endpoint_gone"] * 2
    assert len(town.sms.received) == 1
    town.sms.answer = lambda _: status(204)
    await town.execute(
        """update deliveries set status = 'pending', by_hand = true, attempts = 0,
           settled_at = null, next_attempt_at = now()
           where case_id = 'SW-1' and channel = 'sms'"""
    )
    await town.until(town.settled)
    await town.happens("SW-3", OPENED)
    await town.until(town.settled)
    assert sorted(came.data["case_id"] for came in town.sms.taken) == ["SW-1", "SW-3"]


async def test_one_who_is_killed_while_sending_loses_nothing(town: Town) -> None:
    town.sms.answer = lambda _: None
    await town.happens("SW-1", OPENED, HANDED_ON)
    await town.dispatcher.look()
    await town.sms.met.wait()
    for lane in town.dispatcher._lanes.values():
        for task in lane._busy.values():
            task.cancel()
    town.sms.answer = lambda _: status(204)
    other = Town(town.database, town.outward)
    await other.until(other.settled)
    first, *_, last = town.sms.received
    assert [came.message_id for came in town.sms.taken] == [last.message_id]
    assert first.message_id == last.message_id


async def test_two_who_deliver_at_once_send_nothing_twice(town: Town) -> None:
    """For a moment there may be two: one whose worker was thought dead, and the next."""
    other = Town(town.database, town.outward)
    for number in range(30):
        await town.happens(f"SW-{number}", OPENED, HANDED_ON)
    await asyncio.gather(town.until(town.settled), other.until(other.settled))
    mails = Counter(str(mail["Message-ID"]) for mail in town.post.postman.mails)
    texts = Counter(came.message_id for came in town.sms.received)
    assert (len(mails), len(texts)) == (90, 30)
    assert {*mails.values(), *texts.values()} == {1}
