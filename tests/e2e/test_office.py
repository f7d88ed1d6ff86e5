"""The office over HTTP: what an administrator changes holds everywhere at once, or on its day."""

import asyncio
import secrets
import time
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from activities.cases import CaseActivities
from activities.messages import Step
from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from cli.seed import SAMPLE
from domain.words import Role
from store import accounts
from store.database import raw
from tests.conftest import free_ports
from tests.e2e.conftest import create_database, open_office
from tests.e2e.contract import CONTRACTS, keep_contract, send
from tests.e2e.office import Office, Process
from tests.e2e.scenes.office import ADMIN, SECOND, office_scene

pytestmark = pytest.mark.rule("R14.1", "R1.1")
CLERK = "yang-xiaolin"


@pytest.fixture(scope="module")
async def bureau(
    postgres: LocalPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """An office of this module's own: its organisation changes."""
    folder = tmp_path_factory.mktemp("bureau")
    port, ui_port = free_ports(2)
    temporal = LocalTemporal(folder, port, ui_port, headless=True)
    await asyncio.to_thread(temporal.start)
    database = f"bureau_{secrets.token_hex(4)}"
    await create_database(postgres, database)
    async with open_office(postgres, temporal, folder, database) as found:
        yield found
    temporal.stop()


async def ask(
    office: Office, kind: str, who: str = ADMIN, key: str = "", **fields: Any
) -> httpx.Response:
    headers = await office.as_person(who)
    return await office.post("/api/v1/office/commands", {"kind": kind, **fields}, headers, key=key)


async def done(office: Office, kind: str, who: str = ADMIN, **fields: Any) -> dict[str, Any]:
    answer = await ask(office, kind, who, **fields)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused(office: Office, code: str, kind: str, who: str = ADMIN, **fields: Any) -> int:
    answer = await ask(office, kind, who, **fields)
    assert answer.json()["code"] == code, answer.text
    return answer.status_code


async def joins(office: Office, role: Role = Role.FIRST_CONTACT_CLERK, **fields: Any) -> str:
    """Somebody new with a post; the person's id."""
    name = f"p{uuid.uuid4().hex[:8]}"
    await done(office, "add_person", person_id=name, name="新人", login=name)
    post = {"post_id": f"{name}-1", "person_id": name, "role": role, "unit_id": "liuyin"}
    opened = await done(office, "open_post", **{**post, **fields})
    if role is Role.ADMINISTRATOR:
        request = opened["events"][0]["data"]["request"]
        await done(office, "confirm_post", SECOND, request=request)
    return name


async def until(held: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not await held():
        assert time.monotonic() < end
        await asyncio.sleep(0.2)


# -- at once, everywhere -----------------------------------------------------


async def test_the_holder_of_a_new_post_acts_at_once(bureau: Office) -> None:
    person = await joins(bureau)
    answer = await bureau.open_case(person)
    assert answer.status_code == 201, answer.text
    case = await bureau.case(answer.json()["receipt"]["case_id"])
    assert case["officer"]["id"] == person
    await done(bureau, "end_post", post_id=f"{person}-1", successor="liuyin-clerk-1")
    again = await bureau.open_case(person)
    assert (again.status_code, again.json()["code"]) == (403, "no_valid_post")


async def test_every_process_of_the_api_knows_within_the_second(bureau: Office) -> None:
    (port,) = free_ports(1)
    other = Process(
        "api",
        bureau.settings.model_copy(update={"port": port}),
        bureau.settings.data / "other.log",
    )
    other.start()
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:

            async def ready() -> bool:
                try:
                    return (await http.get("/readyz")).status_code == 200
                except httpx.TransportError:
                    return False

            await until(ready)
            person = await joins(bureau)
            headers = await bureau.as_person(person)

            async def holds() -> bool:
                me = (await http.get("/api/v1/me", headers=headers)).json()
                return [post["post_id"] for post in me["posts"]] == [f"{person}-1"]

            await until(holds, seconds=5)
    finally:
        other.stop()


async def test_what_begins_tomorrow_does_nothing_today_and_is_shown_as_planned(
    bureau: Office,
) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    person = await joins(bureau, effective_from=tomorrow)
    answer = await bureau.open_case(person)
    assert (answer.status_code, answer.json()["code"]) == (403, "no_valid_post")
    headers = await bureau.as_person(ADMIN)
    planned = (await bureau.get("/api/v1/office", headers))["planned"]
    mine = [p for p in planned if f"{person}-1" in p["words"]]
    assert len(mine) == 1
    assert datetime.fromisoformat(mine[0]["effective_from"]) == datetime.fromisoformat(tomorrow)
    await done(bureau, "cancel_change", change=mine[0]["change"])
    left = (await bureau.get("/api/v1/office", headers))["planned"]
    assert not [p for p in left if f"{person}-1" in p["words"]]


async def test_what_begins_in_a_second_takes_effect_by_itself(bureau: Office) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    person = await joins(bureau, effective_from=soon)

    async def acts() -> bool:
        return (await bureau.open_case(person)).status_code == 201

    await until(acts, seconds=20)


# -- who may, and races ------------------------------------------------------


async def test_strangers_neither_change_nor_read(bureau: Office) -> None:
    body = {"unit_id": "liuyinli", "name": "X"}
    assert await refused(bureau, "not_entitled", "change_unit", CLERK, **body) == 403
    for path in ("/api/v1/office", "/api/v1/office/history"):
        for headers, status in ((await bureau.as_person(CLERK), 403), ({}, 401)):
            answer = await bureau.http.get(path, headers=headers)
            assert answer.status_code == status, path
    nobody = await bureau.post("/api/v1/office/commands", {"kind": "leave", "person_id": "x"}, {})
    assert nobody.status_code == 401


async def test_two_administrators_at_once_are_told_of_each_other(bureau: Office) -> None:
    second = await joins(bureau, Role.ADMINISTRATOR, unit_id="qinghe")
    headers = await bureau.as_person(ADMIN)
    version = (await bureau.get("/api/v1/office", headers))["version"]
    body = {"unit_id": "liuyinli", "version": version}
    answers = await asyncio.gather(
        ask(bureau, "change_unit", ADMIN, name="甲", **body),
        ask(bureau, "change_unit", second, name="乙", **body),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (loser,) = (answer.json() for answer in answers if answer.status_code == 409)
    assert (loser["code"], loser["version"]) == ("version_conflict", version + 1)


async def test_a_repeated_request_gets_the_first_answer(bureau: Office) -> None:
    key = uuid.uuid4().hex
    fields = {"unit_id": "liuyinli", "name": uuid.uuid4().hex}
    first = await ask(bureau, "change_unit", key=key, **fields)
    assert (await ask(bureau, "change_unit", key=key, **fields)).json() == first.json()
    other = await ask(bureau, "change_unit", key=key, **{**fields, "name": "else"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    headers = await bureau.as_person(ADMIN)
    command_id = first.json()["events"][0]["command_id"]
    status = await bureau.get(f"/api/v1/office/commands/{command_id}", headers)
    assert status == first.json()


async def test_oversight_takes_two_administrators(bureau: Office) -> None:
    second = await joins(bureau, Role.ADMINISTRATOR, unit_id="qinghe")
    person = await joins(bureau)
    post = {"post_id": f"{person}-aud", "person_id": person, "role": "auditor"}
    asked = await done(bureau, "open_post", **post, unit_id="qinghe")
    request = asked["events"][0]["data"]["request"]
    headers = await bureau.as_person(ADMIN)
    waiting = (await bureau.get("/api/v1/office", headers))["requests"]
    assert request in [each["request"] for each in waiting]
    confirm = {"kind": "confirm_post", "request": request}
    assert await refused(bureau, "second_person_needed", **confirm) == 403
    await done(bureau, **confirm, who=second)
    await bureau.get("/api/v1/office", await bureau.as_person(person))


async def test_a_machine_never_acts_at_a_post_its_person_got_since(bureau: Office) -> None:
    person = await joins(bureau)
    async with raw(bureau.engine) as connection:
        await accounts.set_password(connection, person, person, "a long enough password")
    admin = await bureau.as_person(ADMIN)
    made = {"person_id": person, "label": "柜台机", "days": 1}
    token = (await bureau.http.post("/api/v1/tokens", json=made, headers=admin)).json()["token"]
    machine = {"Authorization": f"Bearer {token}"}
    assert (await bureau.http.get("/api/v1/cases", headers=machine)).status_code == 200
    post = {"post_id": f"{person}-sup", "person_id": person, "role": "supervisor"}
    asked = await done(bureau, "open_post", **post, unit_id="liuyin")
    request = asked["events"][0]["data"]["request"]
    await done(bureau, "confirm_post", SECOND, request=request)
    for headers in (machine, {**machine, "Shouwen-Post": f"{person}-sup"}):
        answer = await bureau.http.get("/api/v1/cases", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_for_oversight")
    at_the_counter = {**machine, "Shouwen-Post": f"{person}-1"}
    assert (await bureau.http.get("/api/v1/cases", headers=at_the_counter)).status_code == 200


# -- what is shown -----------------------------------------------------------


async def test_the_history_says_in_plain_words_who_changed_what(bureau: Office) -> None:
    person = await joins(bureau)
    headers = await bureau.as_person("shao-yumei")  # an auditor
    page = await bureau.get("/api/v1/office/history?limit=2&lang=zh", headers)
    newest, before = page["events"]
    assert newest["words"] == f"新人任柳荫街道首问岗（{person}-1）"
    assert before["words"] == "新人入职"
    assert newest["by"] == {"id": ADMIN, "name": "沈一鸣"}
    next_page = await bureau.get(f"/api/v1/office/history?before={page['before']}", headers)
    assert next_page["events"][0]["version"] == before["version"] - 1
    whole, ahead = [], None
    while True:
        more = "" if ahead is None else f"&before={ahead}"
        part = await bureau.get(f"/api/v1/office/history?limit=7{more}", headers)
        whole += [event["version"] for event in part["events"]]
        ahead = part["before"]
        if ahead is None:
            break
    assert whole == list(range(newest["version"], 0, -1))


async def test_an_administrator_sees_units_posts_and_versions(bureau: Office) -> None:
    headers = await bureau.as_person(ADMIN)
    found = await bureau.get("/api/v1/office?unit=liuyin", headers)
    assert found["unit"]["name"] == "柳荫街道"
    assert "liuyinli" in [unit["unit_id"] for unit in found["units"]]
    clerk = next(post for post in found["posts"] if post["post_id"] == "liuyin-clerk-1")
    assert clerk["person"] == {"id": CLERK, "name": "杨晓琳"} or clerk["person"]["id"] == CLERK
    assert set(found["in_force"]) == {"organisation", "catalogue", "calendar", "policy"}
    answer = await bureau.http.get("/api/v1/office?unit=atlantis", headers=headers)
    assert answer.status_code == 404


# -- policy and calendar -----------------------------------------------------


@pytest.mark.rule("R6.1", "R6.2")
async def test_a_policy_is_published_for_tomorrow_and_held_against_today_s(bureau: Office) -> None:
    text = (SAMPLE / "policy.toml").read_text()
    document = text.replace('version = "1"', 'version = "2"')
    document = document.replace('community = "3 working_days"', 'community = "5 working_days"')
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    await done(bureau, "publish_policy", document=document, effective_from=tomorrow)
    headers = await bureau.as_person(ADMIN)
    found = await bureau.get("/api/v1/office", headers)
    assert found["in_force"]["policy"] == "1"
    assert [p["words"] for p in found["planned"] if p["change"] is None] == ["2"]
    diff = await bureau.get("/api/v1/policies/1/diff/2?lang=en", headers)
    (change,) = diff["changes"]
    assert (change["path"], change["before"], change["after"]) == (
        "handle.community",
        "3 working days",
        "5 working days",
    )
    assert datetime.fromisoformat(diff["after"]["effective_from"]) == datetime.fromisoformat(
        tomorrow
    )
    listed = (await bureau.get("/api/v1/policies", headers))["versions"]
    assert [each["version"] for each in listed] == ["1", "2"]
    assert listed[1] == diff["after"]
    missing = await bureau.http.get("/api/v1/policies/1/diff/9", headers=headers)
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_version")
    broken = text.replace("half_percent = 50", "half_percent = 500")
    assert await refused(bureau, "policy_unreadable", "publish_policy", document=broken) == 409


@pytest.mark.rule("R6.1")
async def test_a_year_is_published_and_counts_from_now_on(bureau: Office) -> None:
    year = datetime.now(UTC).year + 2
    holidays = [{"first": f"{year}-10-01", "last": f"{year}-10-07", "name": "国庆节"}]
    await done(bureau, "publish_year", year=year, source="通知", holidays=holidays)
    book = await bureau.book()
    assert book.calendar.covers(year)
    wrong = [{"first": f"{year}-10-07", "last": f"{year}-10-01", "name": "国庆节"}]
    code = "not_a_holiday_of_the_year"
    fields: dict[str, Any] = {"year": year, "source": "通知", "holidays": wrong}
    assert await refused(bureau, code, "publish_year", **fields) == 409


# -- contracts ---------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(office_scene.makers))
async def test_what_a_command_answers_is_in_the_history_and_its_shape_is_a_contract(
    bureau: Office, name: str, request: pytest.FixtureRequest
) -> None:
    made = await office_scene.makers[name](bureau)
    answer = await send(bureau, made.done)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    page = await bureau.get("/api/v1/office/history?limit=20", await bureau.as_person(ADMIN))
    assert told["events"] == page["events"][: len(told["events"])][::-1]
    await keep_contract(bureau, f"office/{name}", made, told, request)


async def test_every_command_of_the_office_has_a_contract(bureau: Office) -> None:
    paths = (await bureau.http.get("/openapi.json")).json()["paths"]
    body = paths["/api/v1/office/commands"]["post"]["requestBody"]["content"]["application/json"]
    kinds = set(body["schema"]["discriminator"]["mapping"])
    assert kinds == set(office_scene.makers)
    assert kinds == {path.stem for path in (CONTRACTS / "office").glob("*.json")}


# -- hostile input -----------------------------------------------------------


async def test_hostile_borders_are_refused_quickly(bureau: Office) -> None:
    def draw(border: Any) -> dict[str, Any]:
        return {"unit_id": "liuyinli-1", "border": border, "households": 300}

    begun = time.monotonic()
    many = [[120 + n / 1e6, 30 + (n % 2) / 1e6] for n in range(100_000)]
    answer = await ask(bureau, "draw_grid", **draw(many))
    assert answer.status_code == 422
    assert answer.json()["code"] in {"body_too_large", "invalid_request"}
    assert time.monotonic() - begun < 5
    for bad in ([[200, 30], [0, 0], [1, 1]], [["a", 1]], [[1]], [[0, 91], [1, 91], [1, 92]], "x"):
        answer = await ask(bureau, "draw_grid", **draw(bad))
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), bad
    for word in ("NaN", "Infinity", "-Infinity", "1e999"):
        text = (
            f'{{"kind":"draw_grid","unit_id":"g","households":1,"border":[[{word},1],[1,1],[2,2]]}}'
        )
        headers = {
            **await bureau.as_person(ADMIN),
            "Idempotency-Key": uuid.uuid4().hex,
            "Content-Type": "application/json",
        }
        answer = await bureau.http.post("/api/v1/office/commands", content=text, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), word


async def test_a_border_that_crosses_itself_or_another_grid_s_is_refused(bureau: Office) -> None:
    book = await bureau.book()
    units, borders = book.organisation.units, book.organisation.borders
    grids = [grid for grid in borders if units[grid].level == 1]
    crossing = [[120.0, 30.0], [120.01, 30.01], [120.01, 30.0], [120.0, 30.01]]
    fields: dict[str, Any] = {"unit_id": grids[0], "households": 300}
    assert await refused(bureau, "border_unusable", "draw_grid", border=crossing, **fields) == 409
    border = [[x / 1e6, y / 1e6] for x, y in borders[grids[1]]]
    assert await refused(bureau, "borders_overlap", "draw_grid", border=border, **fields) == 409
    earth = [[-179.0, -80.0], [179.0, -80.0], [179.0, 80.0], [-179.0, 80.0]]
    assert await refused(bureau, "border_too_large", "draw_grid", border=earth, **fields) == 409


async def test_hostile_names_ids_and_fields_are_refused(bureau: Office) -> None:
    good = {"person_id": "x1", "name": "X", "login": "x1"}
    hostile: list[dict[str, Any]] = [
        {"name": "a\x00b"},
        {"name": "two\nlines"},
        {"name": "\u202egnp"},
        {"name": ""},
        {"name": "x" * 121},
        {"person_id": "a b"},
        {"person_id": "../x"},
        {"person_id": "x" * 65},
        {"login": ""},
        {"phone": "call me"},
        {"admin": True},
        {"effective_from": "2026-01-01T00:00:00"},
        {"effective_from": "yesterday"},
        {"version": "1"},
    ]
    for change in hostile:
        answer = await ask(bureau, "add_person", **{**good, **change})
        assert answer.status_code == 422, change
    for kind in ("tick", "load_books", "record_hand_over", "open_sesame"):
        answer = await ask(bureau, kind)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), kind
    past = {"effective_from": "2020-01-01T00:00:00Z"}
    assert await refused(bureau, "effective_in_the_past", "add_person", **good, **past) == 409


# -- a person leaves ---------------------------------------------------------

CASES = 300


async def register_many(office: Office, clerk: str, count: int) -> None:
    """Cases in the clerk's hands, who is their first-contact officer as well."""
    activities = CaseActivities(office.engine, office.ring, ahead=None)

    async def one(number: int) -> None:
        command_id = str(uuid.uuid4())
        command = {
            "kind": "register",
            "command_id": command_id,
            "at": datetime.now(UTC).isoformat(),
            "actor": {"kind": "staff", "person_id": clerk},
            "case_type": "request",
            "channel": "counter",
            "item_id": "c01-01",
            "title": f"楼道灯 {number}",
            "text": "坏了",
            "urgency": "normal",
            "place": {},
            "reporter": {},
            "receipt_hash": "none",
        }
        step = Step(kind="register", command_id=command_id, command=command)
        result = await activities.execute(f"SW-LEAV-{number:04}-0000", step)
        assert result.accepted, result

    for start in range(0, count, 25):
        await asyncio.gather(*(one(n) for n in range(start, min(start + 25, count))))


async def counts(office: Office, post: str) -> tuple[int, int]:
    async with raw(office.engine) as connection:
        row = await connection.fetchrow(
            """select count(*) filter (where post_id = $1) as held,
                 count(*) filter (where officer_post = $1) as officer from cases""",
            post,
        )
    assert row is not None
    return row["held"], row["officer"]


async def test_who_leaves_is_signed_out_everywhere_and_does_not_sign_in_again(
    bureau: Office,
) -> None:
    person = await joins(bureau)
    session, machine = await bureau.fresh_token(person), await bureau.fresh_token(person)
    held = [{"Authorization": f"Bearer {token}"} for token in (session, machine)]
    for headers in held:
        assert (await bureau.http.get("/api/v1/me", headers=headers)).status_code == 200
    await done(bureau, "leave", person_id=person)
    for headers in held:
        answer = await bureau.http.get("/api/v1/me", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    later = {"Authorization": f"Bearer {await bureau.fresh_token(person)}"}
    for path in ("/api/v1/me", "/api/v1/inbox", "/api/v1/cases"):
        answer = await bureau.http.get(path, headers=later)
        assert (answer.status_code, answer.json()["code"]) == (403, "no_valid_post"), path
    async with raw(bureau.engine) as connection:
        await accounts.set_password(connection, person, person, "a long enough password")
    body = {"login": person, "password": "a long enough password"}
    answer = await bureau.http.post("/api/v1/sessions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "no_valid_post")
    assert "set-cookie" not in answer.headers


async def test_who_leaves_on_a_day_to_come_is_signed_in_until_then(bureau: Office) -> None:
    person, soon = await joins(bureau), datetime.now(UTC) + timedelta(hours=1)
    headers = await bureau.as_person(person)
    await done(bureau, "leave", person_id=person, effective_from=soon.isoformat())
    assert (await bureau.http.get("/api/v1/me", headers=headers)).status_code == 200
    async with raw(bureau.engine) as connection:
        ends = await connection.fetchval(
            "select max(expires_at) from sessions where person_id = $1", person
        )
    assert ends == soon


async def test_who_leaves_hands_over_hundreds_of_cases_through_a_killed_worker(
    bureau: Office,
) -> None:
    person, successor = await joins(bureau), await joins(bureau)
    old, new = f"{person}-1", f"{successor}-1"
    await register_many(bureau, person, CASES)
    assert await counts(bureau, old) == (CASES, CASES)
    leave: dict[str, Any] = {
        "person_id": person,
        "successors": [{"post_id": old, "successor": new}],
    }
    answer = await done(bureau, "leave", **leave)
    begun = answer["events"][-1]
    assert (begun["data"]["in_charge"], begun["data"]["officer"]) == (CASES, CASES)

    async def half_way() -> bool:
        held, _ = await counts(bureau, old)
        return held < CASES / 2

    await until(half_way, seconds=300)
    bureau.worker.kill()
    held, _ = await counts(bureau, old)
    assert held > 0, "killed too late to show anything"
    bureau.worker.start()
    headers = await bureau.as_person(ADMIN)
    path = f"/api/v1/office/hand-overs/{old}"

    async def finished() -> bool:
        found = await bureau.get(path, headers)
        assert found["gone"] + found["left"] + sum(found["handed"].values()) <= 2 * CASES
        return not found["under_way"]

    await until(finished, seconds=400)
    assert await bureau.get(path, headers) == {
        "post_id": old,
        "under_way": False,
        "handed": {new: 2 * CASES},
        "gone": 0,
        "left": 0,
    }
    assert await counts(bureau, old) == (0, 0)
    assert await counts(bureau, new) == (CASES, CASES)
    await nothing_twice(bureau)
    events = (await bureau.get("/api/v1/office/history?limit=1", headers))["events"]
    assert events[0]["kind"] == "office.handed_over"
    assert events[0]["data"] == {
        "post_id": old,
        "shares": [{"post_id": new, "cases": 2 * CASES}],
        "left": 0,
        "again_at": None,
    }


async def test_a_post_that_ends_by_its_date_hands_its_cases_over_by_itself(
    bureau: Office,
) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=10)
    person = await joins(bureau, valid_until=soon.isoformat())
    answer = await bureau.open_case(person)
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["receipt"]["case_id"]

    async def moved() -> bool:
        return await counts(bureau, f"{person}-1") == (0, 0)

    assert not await moved()
    await until(moved, seconds=60)
    case = await bureau.case(case_id)
    assert case["officer"]["id"] != person
    headers = await bureau.as_person(ADMIN)
    path = f"/api/v1/office/hand-overs/{person}-1"

    async def listed() -> bool:  # what is left is written down after the case has moved
        return bool((await bureau.get(path, headers))["left"] == 0)

    await until(listed)


async def nothing_twice(office: Office) -> None:
    async with raw(office.engine) as connection:
        rows = await connection.fetch(
            """select kind, count(*) as events, count(distinct case_id) as cases from events
               where case_id like 'SW-LEAV-%' and actor = 'system'
                 and kind in ('case.assigned', 'case.officer_replaced') group by kind"""
        )
    found = {row["kind"]: (row["events"], row["cases"]) for row in rows}
    assert found == {
        "case.assigned": (CASES, CASES),
        "case.officer_replaced": (CASES, CASES),
    }
