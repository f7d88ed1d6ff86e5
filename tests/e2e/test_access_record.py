"""Who looked, tried and came in is recorded before anything is shown (R14.5)."""

import asyncio
import json
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.access.flood import ONE_BY_ONE
from domain.words import Role
from store import cursors
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, at_grid
from tests.e2e.test_notifications import until
from tests.e2e.test_people import CANARY, cookie, password, sign_in

pytestmark = pytest.mark.rule("R14.5")
RECORD = "/api/v1/access-record"
CASES = "/api/v1/cases"
NO_CURSORS = [
    cursors.made(datetime(2026, 1, 1, tzinfo=UTC), "access-1", version)
    for version in ("²", "7", -1, 2**31, 2**62)
]
"""Places no page ever ended at."""
SECRETS = ("金丝雀", "19987654321", "778号", "18812348765")


async def record(office: Office, headers: Headers | None = None, **asked: Any) -> Any:
    params = {name.removesuffix("_"): value for name, value in asked.items()}
    headers = headers or await office.as_person(await office.somebody(Role.AUDITOR))
    answer = await office.http.get(RECORD, headers=headers, params={"lang": "en", **params})
    assert answer.status_code == 200, answer.text
    return answer.json()["entries"]


# -- looks ---------------------------------------------------------------------


async def test_a_look_says_who_why_and_which_fields(office: Office) -> None:
    case = await office.open_case("yang-xiaolin", **CANARY)
    case_id = case.json()["receipt"]["case_id"]
    told = await office.in_charge(case_id, "reveal", reason="上门前联系19987654321")
    (entry,) = await record(office, case=case_id)
    assert (entry["kind"], entry["words"]) == ("access.shown", "Personal data shown unmasked")
    assert (entry["by"]["id"], entry["about"]) == ("yang-xiaolin", case_id)
    assert entry["post_id"] == told["events"][-1]["post_id"]
    assert entry["unit"]["id"] == told["events"][-1]["unit"]["id"]
    assert entry["data"]["version"] == told["version"]
    assert entry["data"]["fields"] == [
        *("reporter.name", "reporter.phone", "parties.1.name", "parties.1.phone"),
        *("place.address", "place.point"),
    ]
    assert entry["reason"].startswith("上门前联系")
    assert "19987654321" not in str(entry), "a reason is masked like any other text"
    assert not [secret for secret in SECRETS if secret in str(entry)]


async def test_only_what_there_is_counts_as_shown(office: Office) -> None:
    case = await at_grid(office, reporter={"name": "", "phone": "13912345678"})
    await office.in_charge(case.case_id, "reveal", reason="联系居民")
    (entry,) = await record(office, case=case.case_id, kind="access.shown")
    assert "reporter.phone" in entry["data"]["fields"]
    assert "reporter.name" not in entry["data"]["fields"]


async def test_each_answer_that_shows_personal_data_is_a_look(office: Office) -> None:
    case = await at_grid(office)
    worker = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    key, body = uuid4().hex, {"kind": "reveal", "reason": "联系居民"}
    for _ in range(2):
        answer = await office.post(f"{CASES}/{case.case_id}/commands", body, worker, key)
        assert not answer.json()["case"]["masked"]
    await office.get(f"{CASES}/{case.case_id}", worker)
    shown = await record(office, case=case.case_id, kind="access.shown")
    assert [each["data"]["version"] for each in shown] == [answer.json()["version"]] * 2


async def test_residents_looks_at_their_own_are_nobodys_business(office: Office) -> None:
    case = await at_grid(office)
    assert (await office.http.get(f"{CASES}/{case.case_id}", headers=case.receipt)).is_success
    assert await record(office, case=case.case_id) == []


async def test_what_cannot_be_recorded_is_not_shown(office: Office) -> None:
    case = await at_grid(office)
    worker = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    body = {"kind": "reveal", "reason": "联系居民"}
    async with raw(office.engine) as connection:
        await connection.execute("begin")
        await connection.execute("lock table access_record in exclusive mode")
        try:
            told = await office.post(f"{CASES}/{case.case_id}/commands", body, worker)
        finally:
            await connection.execute("rollback")
    assert (told.status_code, told.json()["code"]) == (503, "database_unavailable")
    assert "1234" not in told.text


async def test_a_look_that_was_answered_is_recorded_though_the_process_dies(
    office: Office,
) -> None:
    case = await at_grid(office)
    told = await office.in_charge(case.case_id, "reveal", reason="联系居民")
    office.api.kill()
    assert told["case"]["masked"] is False
    async with raw(office.engine) as connection:
        rows = await connection.fetch(
            """select e.data from events e where e.kind = 'access.shown'
               and e.data ->> 'about' = $1""",
            case.case_id,
        )
    office.api.start()
    await office.until_ready()
    assert [row["data"]["version"] for row in rows] == [told["version"]]


# -- coming and going ----------------------------------------------------------


async def test_coming_and_going_is_recorded_and_everybody_reads_their_own(
    office: Office,
) -> None:
    session = cookie(await sign_in(office, "shihui", password(office)))
    assert (await sign_in(office, "shihui", "wrong")).status_code == 401
    own = await record(office, session, person="shi-hui")
    assert [e["kind"] for e in own[:2]] == ["access.sign_in_refused", "access.signed_in"]
    assert own[0]["data"] == {"code": "wrong_login_or_password", "login": ""}
    assert own[0]["by"]["id"] == "shi-hui"
    ended = await office.http.delete("/api/v1/sessions/current", headers=session)
    assert ended.status_code == 204
    (out,) = await record(office, person="shi-hui", kind="access.signed_out", size=1)
    assert out["data"] == {"session": own[1]["data"]["session"], "holder": "browser"}


async def test_what_somebody_typed_for_a_login_is_not_written_down(office: Office) -> None:
    typed = f"MyPassword{uuid4().hex[:8]}"
    for _ in range(2):
        assert (await sign_in(office, typed, "wrong")).status_code == 401
    refused = await record(office, person="unknown", kind="access.sign_in_refused")
    first, second = refused[0]["data"], refused[1]["data"]
    assert first == second, "the same login is recognised"
    assert first["login"] != ""
    async with raw(office.engine) as connection:
        rows = await connection.fetch("select data::text from events where kind like 'access.%'")
    assert typed.lower() not in str(rows).lower()


async def test_a_session_that_expired_or_was_taken_away_is_said_to_have_ended(
    office: Office,
) -> None:
    token = await office.fresh_token("lu-fangfang")
    async with raw(office.engine) as connection:
        await connection.execute(
            "update sessions set expires_at = clock_timestamp() where person_id = 'lu-fangfang'"
        )
    await until(partial(ended, office, "lu-fangfang"))
    found = await ended(office, "lu-fangfang")
    assert found[0]["data"]["holder"] == "browser"
    assert token not in str(found)
    office._tokens.pop("lu-fangfang", None)


async def ended(office: Office, person: str) -> Any:
    return await record(office, person=person, kind="access.session_ended")


async def test_a_token_is_made_and_revoked_by_somebody_for_somebody(office: Office) -> None:
    administrators = await office.as_person("shen-yiming")
    body = {"person_id": "jiang-xuemei", "label": "网格平板"}
    made = await office.post("/api/v1/tokens", body, administrators)
    assert made.status_code == 201, made.text
    session, token = made.json()["session"], made.json()["token"]
    machine = {"Authorization": f"Bearer {token}"}
    assert (await office.http.get("/api/v1/me", headers=machine)).status_code == 200
    listed = await office.http.get("/api/v1/tokens", headers=administrators)
    assert session in {each["session"] for each in listed.json()}
    gone = await office.http.delete(f"/api/v1/tokens/{session}", headers=administrators)
    assert gone.status_code == 204
    assert (await office.http.get("/api/v1/me", headers=machine)).status_code == 401
    again = await office.http.delete(f"/api/v1/tokens/{session}", headers=administrators)
    assert (again.status_code, again.json()["code"]) == (404, "no_such_token")
    revoked, made_entry = await record(office, person="jiang-xuemei", size=2)
    for entry in (revoked, made_entry):
        assert (entry["by"]["id"], entry["person"]["id"]) == ("shen-yiming", "jiang-xuemei")
        assert entry["data"]["session"] == session
    assert (made_entry["kind"], revoked["kind"]) == ("access.token_made", "access.token_revoked")
    assert (made_entry["data"]["label"], made_entry["data"]["days"]) == ("网格平板", 90)


@pytest.mark.parametrize("person", ["jiang-xuemei", "shao-yumei"])
async def test_only_administrators_see_or_take_away_tokens(office: Office, person: str) -> None:
    headers = await office.as_person(person)
    listed = await office.http.get("/api/v1/tokens", headers=headers)
    gone = await office.http.delete(f"/api/v1/tokens/{'0' * 16}", headers=headers)
    assert [listed.status_code, gone.status_code] == [403, 403]


# -- refusals ------------------------------------------------------------------


async def test_a_refused_look_at_a_case_is_recorded_with_who_and_what(office: Office) -> None:
    case = await at_grid(office)
    headers = await office.as_person("zhang-min")
    answer = await office.http.get(f"{CASES}/{case.case_id}/timeline", headers=headers)
    assert answer.status_code == 404
    (entry,) = await record(office, case=case.case_id)
    assert (entry["kind"], entry["by"]["id"]) == ("access.refused", "zhang-min")
    assert entry["data"] == {
        "shown": "staff",
        "method": "GET",
        "route": "/api/v1/cases/{case_id}/timeline",
        "status": 404,
        "code": "case_not_found",
    }


@pytest.mark.parametrize("shown", ["receipt", "rating", "party", "partner"])
async def test_so_is_a_wrong_secret_which_itself_is_not(office: Office, shown: str) -> None:
    case = await at_grid(office)
    headers = {"Authorization": f"{shown.title()} wrongsecret{shown}"}
    url = f"{CASES}/{case.case_id}" + ("/help" if shown == "partner" else "")
    answer = await office.http.get(url, headers=headers)
    assert answer.status_code in {401, 404}
    (entry,) = await record(office, case=case.case_id)
    assert (entry["by"]["id"], entry["data"]["shown"]) == ("unknown", shown)
    assert "wrongsecret" not in str(entry)


async def test_nobody_at_all_and_what_is_no_number_leave_no_trace(office: Office) -> None:
    before = await record(office, kind="access.refused", size=1)
    case = await at_grid(office)
    assert (await office.http.get(f"{CASES}/{case.case_id}")).status_code == 401
    headers = await office.as_person("ding-zhiyong")
    answer = await office.http.get(f"{CASES}/王建国的案子", headers=headers)
    assert answer.status_code == 404
    entries = await record(office, kind="access.refused", person="ding-zhiyong", size=1)
    assert [entry["about"] for entry in entries] == [""]
    assert "王建国" not in str(entries)
    assert len(before) <= 1


async def test_a_flood_of_refusals_is_counted_and_does_not_flood_the_journal(
    office: Office,
) -> None:
    case = await at_grid(office)
    url, flood = f"{CASES}/{case.case_id}", {"Authorization": "Rating wrong"}
    before = len(await record(office, case=case.case_id, size=200))
    body = {"contacted": True, "solved": True, "grade": 5}
    answers = await asyncio.gather(
        *(office.post(f"{url}/rating", body, flood) for _ in range(3 * ONE_BY_ONE))
    )
    assert {answer.status_code for answer in answers} == {404}
    entries = await record(office, case=case.case_id, size=200)
    assert 1 <= len(entries) - before <= 2 * ONE_BY_ONE, "at most two minutes' worth"


async def test_what_somebody_typed_for_a_post_is_neither_kept_nor_a_way_around_the_limit(
    office: Office,
) -> None:
    case = await at_grid(office)
    headers = await office.as_person("ding-zhiyong")
    for number in range(2 * ONE_BY_ONE + 5):
        typed = {**headers, "Shouwen-Post": f"my-password-is-{number}"}
        answer = await office.http.get(f"{CASES}/{case.case_id}", headers=typed)
        assert answer.status_code == 403
    entries = await record(office, case=case.case_id, kind="access.refused", size=200)
    assert 1 <= len(entries) <= 2 * ONE_BY_ONE, "at most two minutes' worth"
    assert "password" not in str(entries)


async def test_a_session_that_nobody_has_is_a_refused_attempt(office: Office) -> None:
    case = await at_grid(office)
    headers = {"Authorization": "Bearer guessed"}
    answer = await office.http.get(f"{CASES}/{case.case_id}", headers=headers)
    assert answer.status_code == 401
    (entry,) = await record(office, case=case.case_id)
    assert (entry["by"]["id"], entry["data"]["shown"]) == ("unknown", "staff")
    assert "guessed" not in str(entry)


# -- who reads it ----------------------------------------------------------------


async def test_the_record_is_for_auditors_and_ones_own_sign_ins_for_oneself(
    office: Office,
) -> None:
    asked: list[tuple[str, dict[str, str], int]] = [
        ("guo-hongwei", {}, 403),
        ("guo-hongwei", {"person": "yang-xiaolin"}, 403),
        ("guo-hongwei", {"person": "guo-hongwei", "case": "SW-0000-0000-0000"}, 403),
        ("guo-hongwei", {"person": "guo-hongwei", "kind": "access.shown"}, 403),
        ("guo-hongwei", {"person": "guo-hongwei"}, 200),
        ("shen-yiming", {}, 403),
        ("shao-yumei", {}, 200),
        ("shao-yumei", {"kind": "case.opened"}, 422),
        ("shao-yumei", {"cursor": "x"}, 422),
        *(("shao-yumei", {"cursor": cursor}, 422) for cursor in NO_CURSORS),
        ("shao-yumei", {"from": "0001-01-01T00:00:00+14:00"}, 422),
        ("shao-yumei", {"until": "9999-12-31T23:59:59-14:00"}, 422),
        ("shao-yumei", {"from": "20260101"}, 422),
        ("shao-yumei", {"from": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}, 200),
    ]
    for person, params, status in asked:
        headers = await office.as_person(person)
        answer = await office.http.get(RECORD, headers=headers, params=params)
        assert answer.status_code == status, (person, params, answer.text)
    assert answer.json() == {"entries": [], "next_cursor": None}
    assert (await office.http.get(RECORD)).status_code == 401


async def test_it_is_read_page_by_page(office: Office) -> None:
    headers = await office.as_person("shao-yumei")
    seen, cursor = [], None
    for _ in range(3):
        params = {"size": "2", **({"cursor": cursor} if cursor else {})}
        page = (await office.http.get(RECORD, headers=headers, params=params)).json()
        seen += [(e["stream"], e["version"]) for e in page["entries"]]
        cursor = page["next_cursor"]
    assert len(set(seen)) == 6


@pytest.mark.parametrize("form", ["jsonl", "csv"])
async def test_an_auditor_takes_it_along_as_a_file_and_that_is_in_it(
    office: Office, form: str
) -> None:
    case = await at_grid(office)
    await office.in_charge(case.case_id, "reveal", reason="=联系居民19987654321")
    headers = await office.as_person("shao-yumei")
    params = {"format": form, "case": case.case_id, "lang": "en"}
    answer = await office.http.get(f"{RECORD}/export", headers=headers, params=params)
    assert answer.status_code == 200, answer.text
    first, *lines, last = answer.text.splitlines()
    assert "19987654321" not in answer.text
    if form == "csv":
        assert first.startswith("\ufeffrecorded_at,")
        assert "'=联系居民" in lines[0], "no cell is a formula"
        assert "export.complete,1 entries" in last
    else:
        assert json.loads(first)["about"] == case.case_id
        assert json.loads(last) == {"type": "end", "complete": True, "entries": 1}
    (entry,) = await record(office, kind="access.exported", person="shao-yumei", size=1)
    assert entry["data"] == {
        "what": "access-record",
        "form": form,
        "filters": [f"case={case.case_id}"],
        "masked": True,
    }


async def test_what_was_typed_for_a_person_is_not_written_down(office: Office) -> None:
    headers = await office.as_person("shao-yumei")
    for person in ("王建国19987654321", "yang-xiaolin"):
        params = {"person": person}
        assert (
            await office.http.get(f"{RECORD}/export", headers=headers, params=params)
        ).is_success
    known, typed = await record(office, kind="access.exported", person="shao-yumei", size=2)
    assert known["data"]["filters"] == ["person=yang-xiaolin"]
    assert typed["data"]["filters"] == ["person=?"]


async def test_nobody_else_takes_it_along(office: Office) -> None:
    for person in ("guo-hongwei", "shen-yiming"):
        headers = await office.as_person(person)
        answer = await office.http.get(
            f"{RECORD}/export", headers=headers, params={"person": person}
        )
        assert answer.status_code == 403


async def test_it_says_nothing_of_machines_and_addresses(office: Office) -> None:
    async with httpx.AsyncClient(base_url=office.http.base_url, timeout=30) as browser:
        agent = f"Agent{uuid4().hex}"
        body = {"login": "shihui", "password": password(office)}
        headers = {"User-Agent": agent, "X-Forwarded-For": "203.0.113.77"}
        assert (await browser.post("/api/v1/sessions", json=body, headers=headers)).is_success
    async with raw(office.engine) as connection:
        rows = await connection.fetch("select data::text from events where kind like 'access.%'")
    assert agent not in str(rows)
    assert "203.0.113" not in str(rows)
