"""What was answered once is answered again: the state of a case at any past instant (R14.3)."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from activities.cases import CaseActivities
from domain.words import Role
from store.database import raw
from store.keys import hashed
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, Opened, at_first_contact, auditor, number, opened, step
from tests.e2e.scenes.disputes import (
    GAVE_UP,
    MEDIATOR,
    PANEL,
    both,
    consented,
    formed,
    must,
    party,
    quarrel,
    session,
)
from tests.e2e.scenes.office import ADMIN, told

pytestmark = pytest.mark.rule("R14.3")

MOMENT = "Shouwen-As-Of"
VILLAGE = "shiqiaocun"
SUPERVISOR = "xu-zhenhua"
MEDIATES = {"role": "mediator", "mediator_kind": "party_veteran"}
PARTS = ("", "/timeline", "/clocks")


@dataclass(frozen=True)
class Served:
    """An answer as it was given, and to whom."""

    path: str
    headers: Headers
    query: dict[str, str]
    at: str
    body: bytes


@dataclass
class Witness:
    """Looks at a case as everybody who may, and keeps every answer."""

    office: Office
    case: Opened
    kept: list[Served] = field(default_factory=list)

    async def look(self) -> None:
        """As the auditor, a supervisor once it has come there, and the resident twice."""
        for headers in (await auditor(self.office), await self.office.as_person(SUPERVISOR)):
            for query in (
                {"order": "due", "unit": "shiqiao"},
                {"unit": VILLAGE},
                {"text": self.case.case_id},
            ):
                await self._keep("/api/v1/cases", headers, {**query, "size": "200"})
        staff = (await auditor(self.office), await self.office.as_person(SUPERVISOR))
        for part in PARTS:
            for headers in staff:
                await self._keep(self.path(part), headers, {})
            if part != "/clocks":
                await self._keep(self.path(part), self.case.receipt, {})
                await self._keep(self.path(part), self.case.receipt, {"lang": "en"})

    def path(self, part: str) -> str:
        return f"/api/v1/cases/{self.case.case_id}{part}"

    async def _keep(self, path: str, headers: Headers, query: dict[str, str]) -> None:
        answer = await self.office.http.get(path, headers=headers, params=query)
        if answer.status_code == 404 and headers == await self.office.as_person(SUPERVISOR):
            return
        assert answer.status_code == 200, answer.text
        self.kept.append(Served(path, headers, query, answer.headers[MOMENT], answer.content))

    async def ask_again(self) -> None:
        """Every answer once more, as of the moment it was given."""
        for served in self.kept:
            query = {**served.query, "as_of": served.at}
            answer = await written(self.office, served.path, served.headers, query)
            assert answer.status_code == 200, answer.text
            assert answer.headers[MOMENT] == served.at
            asked = (answer.content, served.body)
            again, given = (DUTY.sub(b"", body) for body in asked)
            assert again == given, (served.path, served.at)


DUTY = re.compile(rb'"duty":(null|\{[^{}]*(\{[^{}]*\}[^{}]*)*\}),?')
"""Whose duty breaks first is told of lists of now only: the spans do not keep it."""


async def written(
    office: Office, path: str, headers: Headers, query: dict[str, str]
) -> httpx.Response:
    """The answer, once the lists are written that far."""
    while True:
        answer = await office.http.get(path, headers=headers, params=query)
        if answer.status_code != 409:
            return answer
        assert answer.json()["code"] == "not_written_yet"
        await asyncio.sleep(float(answer.headers["Retry-After"]) / 10)


async def neglected(office: Office, days: int = 12) -> tuple[Opened, list[Any]]:
    """A case that nobody takes, opened so many days ago; and what lets each day of it pass."""
    activities, case = CaseActivities(office.engine, office.ring), Opened(number(), number())
    past = datetime.now(UTC) - timedelta(days=days)
    register = {
        "case_type": "request",
        "channel": "web",
        "item_id": "c01-01",
        "title": "桥头路灯不亮",
        "text": "桥头的路灯不亮",
        "urgency": "normal",
        "place": {"unit_id": f"{VILLAGE}-2"},
        "reporter": {"name": "王建国", "phone": "19900012345"},
        "receipt_hash": hashed(case.secret),
        "actor": {"kind": "resident"},
    }
    await activities.execute(case.case_id, step("register", past, **register))

    async def day(number: int) -> None:
        at = past + timedelta(days=number)
        await activities.execute(case.case_id, step("tick", at, actor={"kind": "system"}))

    return case, [lambda n=n: day(n) for n in range(1, days)]


@pytest.fixture
async def renamed(office: Office) -> AsyncIterator[Any]:
    """Gives the village another name; it has its own again afterwards."""
    before = (await office.book()).organisation.units[VILLAGE].name

    async def rename(name: str) -> None:
        await told(office, kind="change_unit", unit_id=VILLAGE, name=name)

    yield rename
    if (await office.book()).organisation.units[VILLAGE].name != before:
        await rename(before)


async def test_every_answer_of_a_life_is_given_again(office: Office, renamed: Any) -> None:
    case, days = await neglected(office)
    witness = Witness(office, case)
    await witness.look()
    await days[0]()
    await witness.look()
    await renamed("石桥新村")
    await witness.look()  # at once: no answer is drawn with yesterday's names
    for day in days[1:]:
        await day()
    await witness.look()
    steps: list[tuple[str, dict[str, Any]]] = [
        ("accept", {}),
        ("answer_supervision", {"text": "马上去"}),
        ("suspend", {"ground": "expert_appraisal", "text": "等鉴定"}),
        ("resume", {"text": "鉴定完"}),
        ("resolve", {"text": "已修好", "evidence": ["photo-1"]}),
    ]
    for kind, fields in steps:
        await office.in_charge(case.case_id, kind, **fields)
        await witness.look()
    link = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["rating"]
    bad = {"contacted": True, "solved": False, "grade": 1, "text": "没修好"}
    headers = {"Authorization": f"Rating {link['secret']}"}
    rated = await office.post(f"/api/v1/cases/{case.case_id}/rating", bad, headers)
    assert rated.status_code == 200, rated.text
    await witness.look()
    supervisor = await office.as_person(SUPERVISOR)
    assert [served for served in witness.kept if served.headers == supervisor]
    life = str([served.body.decode() for served in witness.kept])
    for kind in ("case.escalated", "clock.broken", "case.suspended", "case.rated", "石桥新村"):
        assert kind in life
    await witness.ask_again()


UNDER_WAY = """select exists (
  select from events e where e.case_id = any($1) and not exists (
    select from event_sequence q, dispatcher d
    where q.position = e.position and q.seq <= d.last_seq))
 or exists (select from deliveries
  where case_id = any($1) and channel = 'case' and status = 'pending')"""


async def quiet(office: Office, case_ids: list[str]) -> None:
    """Wait until these cases have told each other everything: nothing of it is being written."""
    async with raw(office.engine) as connection:
        while True:
            if not await connection.fetchval(UNDER_WAY, case_ids):
                return
            await asyncio.sleep(0.1)


async def recorded(office: Office, steps: Sequence[Any], viewers: Sequence[Any]) -> None:
    """Look as everybody after each step, and at the end ask for every answer again."""
    kept: list[tuple[str, Headers, str, bytes]] = []
    for step_of_life in steps:
        await step_of_life()
        await quiet(office, [case_id for case_id, _ in viewers])
        for case_id, headers in viewers:
            for part in ("", "/timeline"):
                path = f"/api/v1/cases/{case_id}{part}"
                answer = await office.http.get(path, headers=headers)
                assert answer.status_code == 200, answer.text
                kept.append((path, headers, answer.headers[MOMENT], answer.content))
    assert len({body for *_, body in kept}) > len(viewers) * 2
    for path, headers, at, body in kept:
        again = await office.http.get(path, headers=headers, params={"as_of": at})
        assert (again.status_code, again.content) == (200, body), (path, at)


async def test_each_party_is_given_its_own_answers_again(office: Office) -> None:
    case_id = (await quarrel(office)).case_id
    viewers = [(case_id, party(office, case_id, who)) for who in ("reporter", "party-1")]
    viewers.append((case_id, await office.as_person((await office.case(case_id))["handler"]["id"])))
    mediator = await office.as_person(MEDIATOR)

    async def session_held() -> None:
        await must(office, case_id, mediator, "record_session", **session())

    steps = [
        lambda: office.in_charge(case_id, "open_mediation"),
        lambda: both(office, case_id, "give_consent", given=True),
        lambda: office.in_charge(case_id, "form_panel", **PANEL),
        session_held,
    ]
    await recorded(office, steps, viewers)


async def test_residents_on_one_matter_are_given_their_own_answers_again(office: Office) -> None:
    lead, other = await opened(office), await opened(office)
    viewers = [(lead.case_id, lead.receipt), (other.case_id, other.receipt)]
    steps = [
        lambda: office.in_charge(other.case_id, "merge", lead_id=lead.case_id),
        lambda: office.command(other.case_id, other.receipt, "remind"),
        lambda: office.in_charge(lead.case_id, "accept"),
        lambda: office.in_charge(lead.case_id, "resolve", text="修好", evidence=["photo-1"]),
    ]
    await recorded(office, steps, viewers)


async def test_an_answer_between_two_events_shows_the_first_alone(office: Office) -> None:
    case = await opened(office, "yang-xiaolin")
    await office.in_charge(case.case_id, "record_progress", text="看过")
    await office.in_charge(case.case_id, "record_progress", text="再看过")
    events = await office.events(case.case_id)
    for event in events:
        shown = await asked(office, case.case_id, event["recorded_at"], part="/timeline")
        known = [e["version"] for e in events if e["recorded_at"] <= event["recorded_at"]]
        assert [e["version"] for e in shown.json()["events"]] == known


async def asked(
    office: Office,
    case_id: str,
    as_of: str,
    headers: Headers | None = None,
    part: str = "",
) -> httpx.Response:
    """The answer as of a moment, which stands in the address as it is."""
    url = f"/api/v1/cases/{case_id}{part}?as_of={as_of}"
    return await office.http.get(url, headers=headers or await auditor(office))


async def test_before_its_opening_there_is_no_case(office: Office) -> None:
    case = await opened(office)
    for headers in (await auditor(office), case.receipt):
        for part in ("", "/timeline"):
            answer = await asked(office, case.case_id, "2020-01-01T00:00:00Z", headers, part)
            assert (answer.status_code, answer.json()["code"]) == (404, "case_not_open_yet")
            opened_at = (await office.events(case.case_id))[0]["recorded_at"]
            assert answer.json()["recorded_since"] == opened_at


async def test_what_has_not_come_yet_cannot_be_asked(office: Office) -> None:
    case = await opened(office)
    answer = await asked(office, case.case_id, "2101-01-01T00:00:00Z")
    assert (answer.status_code, answer.json()["code"]) == (422, "as_of_in_the_future")
    assert answer.json()["errors"][0]["where"] == "query/as_of"


@pytest.mark.parametrize(
    "nonsense",
    [
        *("yesterday", "2026", "2026-11-22", "2026-11-22T07:00:00", "1763798400", "now"),
        *("2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-22T24:01:00Z"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-22T07:00:00+99:00"),
        *("２０２６-11-22T07:00:00Z", "2026-11-22T07:00:00Z\0", "", " "),
    ],
)
async def test_what_is_no_moment_is_refused(office: Office, nonsense: str) -> None:
    case = await opened(office)
    for part in PARTS:
        answer = await asked(office, case.case_id, quote(nonsense), part=part)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
        fault = answer.json()["errors"][0]
        assert (fault["where"], fault["code"]) == ("query/as_of", "bad_moment")


async def test_a_moment_may_be_written_in_any_zone(office: Office) -> None:
    case = await opened(office)
    first = await office.http.get(f"/api/v1/cases/{case.case_id}", headers=await auditor(office))
    at = datetime.fromisoformat(first.headers[MOMENT])
    zulu = at.strftime("%Y-%m-%dT%H:%M:%S.%f")
    east = (at + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S.%f")
    written = [f"{zulu}z", f"{zulu}123Z", f"{east}%2B08:00", f"{east}+08:00"]
    for text in (*written, zulu.replace("T", "%20") + "-00:00"):
        again = await asked(office, case.case_id, text)
        assert (again.status_code, again.content) == (200, first.content), text


async def test_who_may_not_see_a_case_now_does_not_see_its_past(office: Office) -> None:
    case = await opened(office)
    elsewhere = await office.as_person("xu-zhenhua")
    at = (await office.events(case.case_id))[-1]["recorded_at"]
    for as_of in (at, "2020-01-01T00:00:00Z", "2101-01-01T00:00:00Z"):
        answer = await asked(office, case.case_id, as_of, elsewhere)
        assert (answer.status_code, answer.json()["code"]) == (404, "case_not_found")
    nobody = await office.http.get(f"/api/v1/cases/{case.case_id}", params={"as_of": at})
    assert nobody.status_code == 401


async def test_who_may_no_longer_read_a_mediation_reads_none_of_yesterdays(office: Office) -> None:
    case_id = (await formed(office)).case_id
    said = session(summary="芝麻秘语")
    await must(office, case_id, await office.as_person(MEDIATOR), "record_session", **said)
    before = (await office.case(case_id))["handler"]["id"]
    path, headers = f"/api/v1/cases/{case_id}/timeline", await office.as_person(before)
    then = await office.http.get(path, headers=headers)
    assert "芝麻秘语" in then.text
    await must(office, case_id, await office.as_person(MEDIATOR), "fail_mediation", **GAVE_UP)
    await office.in_charge(case_id, "accept")
    after = (await office.case(case_id))["handler"]["id"]
    assert after != before
    for person in (before, after, MEDIATOR):
        headers = await office.as_person(person)
        now = await office.http.get(path, headers=headers)
        again = await asked(office, case_id, then.headers[MOMENT], headers, "/timeline")
        assert again.status_code == now.status_code
        assert person != before or "芝麻秘语" not in again.text + now.text
        assert "芝麻秘语" not in again.text or "芝麻秘语" in now.text


async def test_whose_mediators_post_has_ended_reads_none_of_what_was_heard(office: Office) -> None:
    """They still see the case at another post: at that one they never read it."""
    who, case_id = "past-two-hats", (await consented(office)).case_id
    await told(office, kind="add_person", person_id=who, name="两职", login=who)
    posts = {"hat-clerk": {"role": "first_contact_clerk"}, "hat-mediator": MEDIATES}
    for post_id, fields in posts.items():
        post = {"post_id": post_id, "person_id": who, "unit_id": "liuyinli"}
        await told(office, kind="open_post", **post, **fields)
    await office.in_charge(case_id, "form_panel", posts=["hat-mediator"])
    headers, path = await office.as_person(who), f"/api/v1/cases/{case_id}/timeline"
    await must(office, case_id, headers, "record_session", **session(summary="芝麻秘语"))
    then = await office.http.get(path, headers=headers)
    assert "芝麻秘语" in then.text
    await told(office, kind="end_post", post_id="hat-mediator")
    now = await office.http.get(path, headers=headers)
    assert (now.status_code, "芝麻秘语" in now.text) == (200, False)
    again = await asked(office, case_id, then.headers[MOMENT], headers, "/timeline")
    assert (again.status_code, "芝麻秘语" in again.text) == (200, False)
    await told(office, kind="end_post", post_id="hat-clerk")


async def test_the_office_of_then_is_shown_and_not_the_one_of_now(
    office: Office, renamed: Any
) -> None:
    case, _days = await neglected(office, days=1)
    somebody = await office.as_person(await office.somebody(Role.AUDITOR))
    path = f"/api/v1/cases/{case.case_id}"
    before = await office.http.get(path, headers=somebody)
    await renamed("石桥改了名")
    after = await office.http.get(path, headers=somebody)
    assert "石桥改了名" in after.text
    assert "石桥改了名" not in before.text
    again = await asked(office, case.case_id, before.headers[MOMENT])
    assert again.content == before.content
    assert ADMIN not in again.text


# -- the list --------------------------------------------------------------------


async def listed(office: Office, headers: Headers, **query: str) -> list[str]:
    """Case ids of all pages, asked two at a time."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        asked = {**query, "size": "2", **cursor}
        answer = await written(office, "/api/v1/cases", headers, asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [row["case_id"] for row in page["cases"]]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def test_the_list_of_then_is_filtered_and_paged_as_the_one_of_now(office: Office) -> None:
    word = f"标记{number()}"
    cases = [(await at_first_contact(office, title=word)).case_id for _ in range(5)]
    headers = await auditor(office)
    moved = "grid"
    before = await office.http.get("/api/v1/cases", headers=headers, params={"size": "1"})
    for case_id in cases[:3]:
        await office.in_charge(case_id, "hand_over")
    then = {"text": word, "as_of": before.headers[MOMENT]}
    newest = cases[::-1]
    assert await listed(office, headers, **then) == newest
    assert await listed(office, headers, **then, stage=moved) == []
    assert await listed(office, headers, **then, stage="first_contact") == newest
    assert await listed(office, headers, **then, category="c01") == newest
    assert await listed(office, headers, **then, unit="liuyinli") == []
    assert await listed(office, headers, **then, overdue="true") == []
    assert sorted(await listed(office, headers, **then, order="due")) == sorted(cases)
    assert await listed(office, headers, text=word, stage=moved) == newest[2:]
    worker = await office.as_person((await office.case(cases[0]))["handler"]["id"])
    assert await listed(office, worker, text=word) == newest[2:]
    assert await listed(office, worker, **then) == []


async def test_before_its_opening_a_case_is_in_no_list(office: Office) -> None:
    headers = await auditor(office)
    before = await office.http.get("/api/v1/cases", headers=headers, params={"size": "1"})
    case = await opened(office)
    then = {"text": case.case_id, "as_of": before.headers[MOMENT]}
    assert await listed(office, headers, **then) == []
    assert await listed(office, headers, text=case.case_id) == [case.case_id]
    for long_ago in ("1900-01-01T00:00:00Z", "0001-01-01T00:00:00Z"):
        assert await listed(office, headers, as_of=long_ago, unit="liuyinli") == []


async def test_a_list_that_is_not_written_yet_says_so_and_is_not_wrong(office: Office) -> None:
    """The historian lags behind the journal by a moment: it never answers with less."""
    headers = await auditor(office)
    for _ in range(3):
        case = await opened(office)
        at = (await office.events(case.case_id))[-1]["recorded_at"]
        query = {"text": case.case_id, "as_of": at}
        answer = await office.http.get("/api/v1/cases", headers=headers, params=query)
        if answer.status_code == 409:
            assert answer.json()["code"] == "not_written_yet"
            answer = await written(office, "/api/v1/cases", headers, query)
        assert [row["case_id"] for row in answer.json()["cases"]] == [case.case_id]


async def test_a_list_of_what_has_not_come_yet_cannot_be_asked(office: Office) -> None:
    for as_of, code in (("2101-01-01T00:00:00Z", "as_of_in_the_future"), ("x", "invalid_request")):
        answer = await office.http.get(
            "/api/v1/cases", headers=await auditor(office), params={"as_of": as_of}
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code)
