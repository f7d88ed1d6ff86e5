"""Two at once, twice the same, and parts that go away: one effect, nothing lost, and it is said."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from tests.conftest import free_ports
from tests.e2e.conftest import create_database, open_office
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, Opened, at_first_contact, at_grid, handler, opened

CASES = "/api/v1/cases"
WITHIN = 12.0
"""Seconds within which every command is answered, whatever is away."""


async def send(
    office: Office, case_id: str, headers: Headers, key: str, **body: Any
) -> httpx.Response:
    return await office.post(f"{CASES}/{case_id}/commands", body, headers, key)


async def kinds(office: Office, case_id: str) -> list[str]:
    return [event["kind"] for event in await office.events(case_id)]


# -- the same key --------------------------------------------------------------


async def test_the_same_key_gives_the_same_answer_and_one_effect(office: Office) -> None:
    case = await at_grid(office)
    staff, key = await handler(office, case.case_id), uuid4().hex
    body = {"kind": "record_progress", "text": "到场"}
    first = await send(office, case.case_id, staff, key, **body)
    await office.in_charge(case.case_id, "record_progress", text="又到场")
    second = await send(office, case.case_id, staff, key, **body)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["events"] == second.json()["events"]
    assert (await kinds(office, case.case_id)).count("case.progress_recorded") == 2


async def test_a_refused_command_is_refused_again_with_the_same_key(office: Office) -> None:
    case = await at_grid(office, accept=False)
    staff, key = await handler(office, case.case_id), uuid4().hex
    body = {"kind": "record_progress", "text": "到场"}
    first = await send(office, case.case_id, staff, key, **body)
    await office.in_charge(case.case_id, "accept")
    second = await send(office, case.case_id, staff, key, **body)
    assert first.json()["code"] == second.json()["code"] == "not_in_progress"


async def test_the_same_key_for_something_else_is_refused(office: Office) -> None:
    case = await at_grid(office)
    staff, key = await handler(office, case.case_id), uuid4().hex
    await send(office, case.case_id, staff, key, kind="record_progress", text="到场")
    for body in ({"kind": "record_progress", "text": "没到场"}, {"kind": "resume"}):
        other = await send(office, case.case_id, staff, key, **body)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (await kinds(office, case.case_id)).count("case.progress_recorded") == 1


async def test_opening_a_case_twice_with_one_key_opens_one_case(office: Office) -> None:
    clerk, key = await office.as_person("yang-xiaolin"), uuid4().hex
    for headers, channel in ((clerk, "counter"), ({}, "web")):
        body = {"channel": channel, "item_id": "c01-01", "title": "路灯", "text": key}
        answers = await asyncio.gather(*(office.post(CASES, body, headers, key) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {201}
        receipts = [answer.json()["receipt"] for answer in answers]
        assert all(receipt == receipts[0] for receipt in receipts)
        assert len(await office.events(receipts[0]["case_id"])) == 2
    changed = await office.post(CASES, {**body, "channel": "counter", "text": "x"}, clerk, key)
    assert (changed.status_code, changed.json()["code"]) == (422, "idempotency_key_reused")


async def test_two_people_may_use_the_same_key(office: Office) -> None:
    case, key = await at_grid(office), uuid4().hex
    body = {"kind": "add_information", "text": "晚上更暗"}
    for headers in (await handler(office, case.case_id), case.receipt):
        assert (await send(office, case.case_id, headers, key, **body)).status_code == 200
    assert (await kinds(office, case.case_id)).count("case.information_added") == 2


# -- at the same time ----------------------------------------------------------


async def test_ten_clicks_at_once_are_one_effect(office: Office) -> None:
    case = await at_grid(office, accept=False)
    staff, key = await handler(office, case.case_id), uuid4().hex
    answers = await asyncio.gather(
        *(send(office, case.case_id, staff, key, kind="accept") for _ in range(10))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["version"] for answer in answers}) == 1
    assert (await kinds(office, case.case_id)).count("case.accepted") == 1


async def test_of_two_commands_on_one_version_one_wins_and_the_other_sees_what_happened(
    office: Office,
) -> None:
    case = await at_grid(office)
    staff = await handler(office, case.case_id)
    version = (await office.case(case.case_id))["version"]
    answers = await asyncio.gather(
        *(
            send(
                office,
                case.case_id,
                staff,
                uuid4().hex,
                kind="record_progress",
                text=text,
                version=version,
            )
            for text in ("甲", "乙")
        )
    )
    lost, won = sorted(answers, key=lambda answer: -answer.status_code)
    assert (won.status_code, lost.status_code) == (200, 409)
    problem = lost.json()
    assert (problem["code"], problem["rule"]) == ("version_conflict", "R14.1")
    assert problem["version"] == problem["case"]["version"] == version + 1
    assert len(await office.events(case.case_id)) == version + 1


async def test_twenty_things_added_at_once_all_stand_in_one_line(office: Office) -> None:
    case = await opened(office)
    answers = await asyncio.gather(
        *(
            office.command(case.case_id, case.receipt, "add_information", text=f"第{n}件")
            for n in range(20)
        )
    )
    assert {answer.status_code for answer in answers} == {200}
    events = await office.events(case.case_id)
    assert [event["version"] for event in events] == list(range(1, 23))
    texts = {event["data"].get("text") for event in events[2:]}
    assert texts == {f"第{n}件" for n in range(20)}


# -- parts that go away --------------------------------------------------------


@pytest.fixture(scope="module")
async def fragile(
    postgres: LocalPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Office, LocalTemporal]]:
    """An office whose Temporal and worker the tests below take away and give back."""
    data: Path = tmp_path_factory.mktemp("fragile")
    port, ui_port = free_ports(2)
    temporal = LocalTemporal(data, port, ui_port, headless=True)
    temporal.start()
    database = f"fragile_{uuid4().hex[:8]}"
    await create_database(postgres, database)
    async with open_office(postgres, temporal, data, database) as found:
        yield found, temporal
    temporal.stop()


async def timed(asked: Any) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    answer: httpx.Response = await asked
    return answer, time.monotonic() - began


async def until(office: Office, url: str, headers: Headers, seconds: float = 30) -> httpx.Response:
    """Ask a status address until it knows the outcome."""
    deadline = time.monotonic() + seconds
    while True:
        answer = await office.http.get(url, headers=headers)
        if answer.status_code != 202:
            return answer
        assert time.monotonic() < deadline, answer.text
        await asyncio.sleep(0.1)


async def until_done(ask: Callable[[], Any], seconds: float = 40) -> httpx.Response:
    """Send the same request with the same key, as clients are told to, until it is done."""
    deadline = time.monotonic() + seconds
    while True:
        answer: httpx.Response = await ask()
        if answer.status_code not in {202, 503}:
            return answer
        assert time.monotonic() < deadline, answer.text
        await asyncio.sleep(0.2)


def check_try_again(answer: httpx.Response, seconds: float) -> None:
    assert answer.status_code in {202, 503}, answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert seconds < WITHIN


async def reads_go_on(office: Office, case: Opened) -> dict[str, Any]:
    """Looks at everything that needs no Temporal; what /readyz says meanwhile."""
    assert (await office.http.get("/healthz")).status_code == 200
    assert (await office.get(CASES))["cases"]
    assert (await office.case(case.case_id))["case_id"] == case.case_id
    assert (await office.get(f"{CASES}/{case.case_id}/timeline", case.receipt))["events"]
    ready = await office.http.get("/readyz")
    assert ready.status_code == 503
    checks: dict[str, Any] = ready.json()["checks"]
    return checks


@contextmanager
def frozen(*pids: int) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def pid_of(server: LocalTemporal | LocalPostgres) -> int:
    assert server.running is not None
    return server.running.popen.pid


async def test_while_temporal_is_away_commands_are_put_off_and_reads_go_on(
    fragile: tuple[Office, LocalTemporal],
) -> None:
    office, temporal = fragile
    case = await at_first_contact(office)
    staff = await handler(office, case.case_id)
    key = uuid4().hex
    note = {"kind": "add_information", "text": "补充"}
    with frozen(pid_of(temporal)):
        sent = asyncio.create_task(timed(send(office, case.case_id, staff, key, **note)))
        checks = await reads_go_on(office, case)
        temporal.kill()
    check_try_again(*(await sent))
    assert not checks["temporal"]["ok"]
    assert checks["postgresql"]["ok"]
    temporal.start()
    for _ in range(2):
        done = await until_done(partial(send, office, case.case_id, staff, key, **note))
        assert done.status_code == 200, done.text
    assert (await kinds(office, case.case_id)).count("case.information_added") == 1


async def test_while_the_worker_is_away_a_command_waits_and_its_address_tells_the_outcome(
    fragile: tuple[Office, LocalTemporal],
) -> None:
    office, _ = fragile
    await office.until_ready()
    case = await opened(office)
    await office.in_charge(case.case_id, "accept")
    await office.in_charge(case.case_id, "resolve", text="好了", evidence=["p"])
    link = (await office.get(f"{CASES}/{case.case_id}", case.receipt))["rating"]
    rater = {"Authorization": f"Rating {link['secret']}"}
    body = {"contacted": True, "solved": True, "grade": 5}
    new = {"channel": "web", "item_id": "c01-01", "title": "路灯", "text": "不亮"}
    other = await at_first_contact(office)
    staff, key = await handler(office, other.case_id), uuid4().hex
    note = {"kind": "add_information", "text": "补充"}
    office.worker.kill()
    (rated, slow), (registered, _), (noted, _) = await asyncio.gather(
        timed(office.post(link["href"], body, rater, key)),
        timed(office.post(CASES, new, {}, key)),
        timed(send(office, other.case_id, staff, key, **note)),
    )
    for answer in (rated, registered, noted):
        assert answer.status_code == 202, answer.text
        assert answer.headers["location"] == answer.json()["status_url"]
        assert int(answer.headers["retry-after"]) > 0
    assert slow < WITHIN
    office.worker.start()
    for answer, asker, phase in (
        (rated, rater, "已结案"),
        (registered, receipt_in(registered), "待签收"),
        (noted, staff, "in_progress"),
    ):
        told = await until(office, answer.json()["status_url"], asker)
        assert told.status_code == 200, told.text
        assert told.json()["case"]["phase"] == phase
    again = await office.post(link["href"], body, rater, key)
    assert again.status_code == 200
    repeated = await office.post(CASES, new, {}, key)
    assert repeated.json()["receipt"] == registered.json()["receipt"]
    assert (await kinds(office, case.case_id)).count("case.rated") == 1
    assert (await kinds(office, other.case_id)).count("case.information_added") == 1


def receipt_in(answer: httpx.Response) -> Headers:
    return {"Authorization": f"Receipt {answer.json()['receipt']['secret']}"}


async def test_a_database_that_stands_still_for_ten_seconds_loses_nothing(
    fragile: tuple[Office, LocalTemporal], postgres: LocalPostgres
) -> None:
    office, _ = fragile
    await office.until_ready()
    cases = [await at_first_contact(office) for _ in range(3)]
    staff = await handler(office, cases[0].case_id)
    note = {"kind": "add_information", "text": "补充"}
    keys = [uuid4().hex for _ in cases]

    def ask(case: Opened, key: str) -> Any:
        return send(office, case.case_id, staff, key, **note)

    sent = [asyncio.create_task(ask(c, k)) for c, k in zip(cases, keys, strict=True)]
    await asyncio.sleep(0.01)  # somewhere in the middle
    with frozen(*family(pid_of(postgres))):
        alive, ready = await asyncio.gather(office.http.get("/healthz"), office.http.get("/readyz"))
        await asyncio.sleep(7)  # /readyz gave up after three
    assert alive.status_code == 200
    assert not ready.json()["checks"]["postgresql"]["ok"]
    for answer in await asyncio.gather(*sent):
        assert answer.status_code in {200, 202, 503}, answer.text
    for case, key in zip(cases, keys, strict=True):
        done = await until_done(partial(ask, case, key))
        assert done.status_code == 200, done.text
        assert (await kinds(office, case.case_id)).count("case.information_added") == 1


def family(pid: int) -> list[int]:
    """A process and its children, the parent last: it must not start another meanwhile."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *map(int, children)]
