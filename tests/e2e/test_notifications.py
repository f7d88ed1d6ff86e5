"""What people are told, in the running system: by the worker's process, to servers outside."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from store.database import raw
from tests.activities.outside import SECRET, Endpoint, MailHost, endpoint, mail_host, status
from tests.conftest import free_ports
from tests.e2e.admissions import apply
from tests.e2e.conftest import create_database, open_office
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_grid, opened, resolved

NAME, PHONE = "王建国", "19900001234"


async def rows(office: Office, query: str, *args: Any) -> list[dict[str, Any]]:
    async with raw(office.engine) as connection:
        return [dict(row) for row in await connection.fetch(query, *args)]


async def until(found: Callable[[], Any], seconds: float = 30) -> None:
    """Wait for something that the office's processes bring about."""
    async with asyncio.timeout(seconds):
        while True:
            said = found()
            if await said if asyncio.iscoroutine(said) else said:
                return
            await asyncio.sleep(0.1)


async def readers(office: Office, case_id: str, topic: str) -> set[str]:
    query = "select person_id from inbox where case_id = $1 and topic = $2"
    return {row["person_id"] for row in await rows(office, query, case_id, topic)}


async def test_the_handler_and_the_officer_are_told_of_an_arrival(office: Office) -> None:
    case = await at_grid(office, accept=False)
    shown = await office.case(case.case_id)
    people = {shown["handler"]["id"], shown["officer"]["id"]}

    async def told() -> bool:
        return people <= await readers(office, case.case_id, "case.arrived")

    await until(told)


async def test_whoever_must_decide_on_an_admission_reads_of_it(office: Office) -> None:
    asked = (await apply(office, "cui-jianmin")).json()["admission"]
    decider, admission_id = asked["question"]["person"]["id"], asked["admission_id"]

    async def told() -> bool:
        return decider in await readers(office, admission_id, "admission.applied")

    await until(told)
    headers = await office.as_person(decider)
    entries = (await office.get("/api/v1/inbox?size=200", headers))["entries"]
    (mine,) = (entry for entry in entries if entry["case_id"] == admission_id)
    assert mine["words"] == "有准入申请待审批"


# -- with servers outside ------------------------------------------------------


@pytest.fixture(scope="module")
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
async def gateway(stack: AsyncExitStack) -> Endpoint:
    return await stack.enter_async_context(endpoint())


@pytest.fixture
def sms(gateway: Endpoint) -> Endpoint:
    """The gateway, well again and with nothing received."""
    gateway.received.clear()
    gateway.taken.clear()
    gateway.answer = lambda _: status(204)
    return gateway


@pytest.fixture(scope="module")
async def post(stack: AsyncExitStack) -> MailHost:
    return await stack.enter_async_context(mail_host())


@pytest.fixture(scope="module")
def other_temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTemporal]:
    """Another one: two offices on one Temporal would share the one dispatcher."""
    data = tmp_path_factory.mktemp("temporal")
    server = LocalTemporal(data, *free_ports(2), headless=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
async def wired(
    stack: AsyncExitStack,
    postgres: LocalPostgres,
    other_temporal: LocalTemporal,
    tmp_path_factory: pytest.TempPathFactory,
    gateway: Endpoint,
    post: MailHost,
) -> Office:
    """An office of its own that sends mails and text messages."""
    database = f"office_{secrets.token_hex(4)}"
    await create_database(postgres, database)
    office = open_office(
        *(postgres, other_temporal, tmp_path_factory.mktemp("office"), database),
        smtp_address=f"127.0.0.1:{post.port}",
        smtp_tls="none",
        smtp_from="shouwen@qinghe.example",
        sms_webhook_url=gateway.url,
        sms_webhook_secret=SECRET,
        public_url="https://qinghe.example",
    )
    return await stack.enter_async_context(office)


def texts(sms: Endpoint, case_id: str) -> list[str]:
    return [came.data["text"] for came in sms.taken if came.data["case_id"] == case_id]


async def test_a_resident_is_written_to_from_the_beginning_to_the_rating(
    wired: Office, sms: Endpoint, post: MailHost
) -> None:
    reporter = {"name": NAME, "phone": PHONE}
    case = await resolved(wired, by_resident=True, reporter=reporter)
    await until(lambda: len(texts(sms, case.case_id)) == 2)
    secret = wired.ring.rating_secret(case.case_id, 1)
    link = f"https://qinghe.example/rate/{case.case_id}#{secret}"
    assert [link in text for text in texts(sms, case.case_id)] == [False, True]
    for came in sms.taken:
        came.check()
        assert came.data["to"] == PHONE
    officer = (await wired.case(case.case_id))["officer"]["id"]
    login = (await wired.book()).organisation.people[officer].login
    await until(lambda: post.postman.to(f"{login}@qinghe.example"))
    await nothing_shows(wired, case.case_id, post)


async def nothing_shows(office: Office, case_id: str, post: MailHost) -> None:
    """Neither the resident's name nor the number, in what is not for the resident."""
    seen = "".join(path.read_text() for path in (office.worker.log, office.api.log))
    seen += "".join(mail.as_string() + str(mail.get_content()) for mail in post.postman.mails)  # type: ignore[attr-defined]
    for workflow_id in (case_id, "dispatcher"):
        history = await office.temporal.get_workflow_handle(workflow_id).fetch_history()
        seen += history.to_json()
    for table in ("inbox", "deliveries"):
        seen += str(await rows(office, f"select t::text from {table} t"))  # noqa: S608
    assert NAME not in seen
    assert PHONE not in seen


async def test_nothing_of_a_message_passes_through_temporal(wired: Office, sms: Endpoint) -> None:
    case = await opened(wired)
    await until(lambda: texts(sms, case.case_id))
    history = await wired.temporal.get_workflow_handle("dispatcher").fetch_history()
    scheduled = [e.activity_task_scheduled_event_attributes for e in history.events]
    assert [each.activity_type.name for each in scheduled if each.activity_type.name]
    assert not [each for each in scheduled if each.input.payloads]


async def test_a_worker_killed_while_it_sends_loses_nothing(wired: Office, sms: Endpoint) -> None:
    sms.answer = lambda _: None
    cases = {(await opened(wired)).case_id for _ in range(3)}
    await until(lambda: len(sms.received) == 3)
    wired.worker.kill()
    sms.answer = lambda _: status(204)
    wired.worker.start()
    await until(lambda: len(sms.taken) == 3, seconds=90)
    assert {came.data["case_id"] for came in sms.taken} == cases
    ids = Counter(came.message_id for came in sms.received)
    assert len(ids) == 3
    assert set(ids.values()) == {2}


async def test_no_case_waits_for_a_gateway_that_is_silent(wired: Office, sms: Endpoint) -> None:
    sms.answer = lambda _: None
    for _ in range(10):
        await opened(wired)
    await until(lambda: len(sms.received) >= 5)
    async with asyncio.timeout(15):
        case = await opened(wired)
        await wired.in_charge(case.case_id, "accept")
        await wired.in_charge(case.case_id, "hand_over")
