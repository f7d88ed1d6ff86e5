"""Who signs in, who sees what, and what stays covered from everybody."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.words import Role
from store import books
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers, Opened, at_first_contact, at_grid, auditor, opened

CASES = "/api/v1/cases"


def password(office: Office) -> str:
    path = office.settings.data / "secrets" / "sample-password"
    return path.read_text(encoding="utf-8").strip()


async def sign_in(
    office: Office, login: str, secret: str, headers: Headers | None = None
) -> httpx.Response:
    """As a browser of its own, so that no cookie stays."""
    async with httpx.AsyncClient(base_url=office.http.base_url, timeout=30) as browser:
        body = {"login": login, "password": secret}
        return await browser.post("/api/v1/sessions", json=body, headers=headers)


async def me(office: Office, headers: Headers) -> httpx.Response:
    return await office.http.get("/api/v1/me", headers=headers)


def cookie(answer: httpx.Response) -> Headers:
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


# -- sessions ------------------------------------------------------------------


async def test_a_session_is_a_cookie_that_no_script_and_no_other_site_can_use(
    office: Office,
) -> None:
    answer = await sign_in(office, "yangxiaolin", password(office))
    assert answer.status_code == 201, answer.text
    assert answer.json()["person"]["id"] == "yang-xiaolin"
    flags = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert (await me(office, cookie(answer))).status_code == 200
    assert "secure" not in flags, "the address of this office is plain HTTP"


async def test_signing_out_ends_the_session(office: Office) -> None:
    session = cookie(await sign_in(office, "yangxiaolin", password(office)))
    ended = await office.http.delete("/api/v1/sessions/current", headers=session)
    assert ended.status_code == 204
    assert (await me(office, session)).status_code == 401


async def test_whoever_signs_in_again_leaves_no_session_behind(office: Office) -> None:
    first = cookie(await sign_in(office, "yangxiaolin", password(office)))
    missed = await sign_in(office, "shihui", "no", headers=first)
    assert missed.status_code == 401
    assert (await me(office, first)).status_code == 200, "nobody else signed in"
    second = await sign_in(office, "shihui", password(office), headers=first)
    assert second.status_code == 201
    assert (await me(office, first)).status_code == 401
    assert (await me(office, cookie(second))).json()["person"]["id"] == "shi-hui"


async def test_a_session_that_has_expired_is_none(office: Office) -> None:
    answer = await sign_in(office, "shihui", password(office))
    async with raw(office.engine) as connection:
        await connection.execute(
            """update sessions set expires_at = clock_timestamp() - interval '1 second'
               where person_id = 'shi-hui' and kind = 'browser'"""
        )
    assert (await me(office, cookie(answer))).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "é", "' or 1=1 --", "a" * 4_000])
async def test_a_made_up_token_is_nobody(office: Office, token: str) -> None:
    for headers in (
        {"Authorization": f"Bearer {token}x".encode()},
        {"Cookie": f"shouwen_session={token}x".encode()},
    ):
        answer = await office.http.get("/api/v1/me", headers=headers)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


async def test_after_five_wrong_passwords_a_login_waits_even_with_the_right_one(
    office: Office,
) -> None:
    login = "linguodong"
    for _ in range(5):
        wrong = await sign_in(office, login, "wrong")
        assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_login_or_password")
    for written in (login, "LinGuoDong", " linguodong ", "ｌｉｎｇｕｏｄｏｎｇ"):
        stopped = await sign_in(office, written, password(office))
        assert (stopped.status_code, stopped.json()["code"]) == (429, "too_many_attempts")
        assert int(stopped.headers["retry-after"]) > 0
    assert (await sign_in(office, "guohongwei", password(office))).status_code == 201


async def test_an_unknown_login_is_answered_like_a_wrong_password_and_counted(
    office: Office,
) -> None:
    known, unknown = "hejunjie", f"nobody{uuid4().hex[:8]}"
    answers = [await sign_in(office, login, "wrong") for login in (known, unknown)]
    assert answers[0].json() == answers[1].json()
    await asyncio.gather(*(sign_in(office, unknown, "wrong") for _ in range(4)))
    assert (await sign_in(office, unknown, "wrong")).status_code == 429


@pytest.mark.parametrize(
    "login", ["\0", "a\0b", "ᴬdmin", "\u202enimda", "Ⅻ", "🙂" * 100, "' or 1=1 --", "%", "\\"]
)
async def test_a_strange_login_is_a_wrong_one(office: Office, login: str) -> None:
    answer = await sign_in(office, login, "wrong")
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_login_or_password")


async def test_a_form_of_another_site_does_nothing_with_the_cookie(office: Office) -> None:
    case = await at_first_contact(office)
    session = cookie(await sign_in(office, "yangxiaolin", password(office)))
    url = f"{CASES}/{case.case_id}/commands"
    forged = '{"kind": "withdraw"}'
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
        headers = {**session, "content-type": kind, "origin": "https://evil.example"}
        answer = await office.http.post(url, content=forged, headers=headers)
        assert answer.status_code == 422, answer.text
    preflight = await office.http.options(
        url,
        headers={
            "origin": "https://evil.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "idempotency-key",
        },
    )
    assert "access-control-allow-origin" not in preflight.headers
    assert len(await office.events(case.case_id)) == 2


# -- tokens --------------------------------------------------------------------


async def make_token(office: Office, headers: Headers, **changes: Any) -> httpx.Response:
    body = {"person_id": "yang-xiaolin", "label": "柜台机", "days": 1, **changes}
    return await office.http.post("/api/v1/tokens", json=body, headers=headers)


async def test_only_administrators_make_tokens(office: Office) -> None:
    administrator = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    made = await make_token(office, administrator)
    assert made.status_code == 201, made.text
    bearer = {"Authorization": f"Bearer {made.json()['token']}"}
    assert (await me(office, bearer)).json()["person"]["id"] == "yang-xiaolin"
    for role in set(Role) - {Role.ADMINISTRATOR}:
        somebody = await office.as_person(await office.somebody(role))
        refused = await make_token(office, somebody)
        assert (refused.status_code, refused.json()["rule"]) == (403, "§2"), role
    assert (await make_token(office, {})).status_code == 401


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"person_id": "nobody"}, "body/person_id"),
        ({"person_id": "../x"}, "body/person_id"),
        ({"days": "1"}, "body/days"),
        ({"days": True}, "body/days"),
        ({"days": 367}, "body/days"),
        ({"label": "\0"}, "body/label"),
    ],
)
async def test_a_token_for_what_does_not_exist_is_refused_with_its_place(
    office: Office, changes: dict[str, Any], place: str
) -> None:
    administrator = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    answer = await make_token(office, administrator, **changes)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["where"] == place


async def test_a_token_for_somebody_without_an_account_is_refused(office: Office) -> None:
    administrator = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    async with raw(office.engine) as connection:
        await connection.execute("delete from sessions where person_id = 'shi-hui'")
        await connection.execute("update accounts set person_id = 'away' where login = 'shihui'")
    try:
        answer = await make_token(office, administrator, person_id="shi-hui")
    finally:
        async with raw(office.engine) as connection:
            await connection.execute(
                "update accounts set person_id = 'shi-hui' where login = 'shihui'"
            )
    assert (answer.status_code, answer.json()["code"]) == (422, "no_account")


# -- posts ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "post", ["qinghe-sup-1", "qinghe-aud-1", "nothing", "%00", "é", "liuyin-clerk-1,qinghe-sup-1"]
)
async def test_a_post_that_is_not_ones_own_opens_nothing(office: Office, post: str) -> None:
    case = await at_first_contact(office)
    clerk = {**await office.as_person("yang-xiaolin"), "Shouwen-Post": post}
    headers = {name: value.encode() for name, value in clerk.items()}
    for path in (CASES, f"{CASES}/{case.case_id}"):
        answer = await office.http.get(path, headers=headers)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["code"]) == (403, "no_valid_post")
    opening = await office.open_case()
    assert opening.status_code == 201
    sent = await office.http.post(
        f"{CASES}/{case.case_id}/commands",
        json={"kind": "withdraw"},
        headers={**headers, "Idempotency-Key": b"a-key-12345"},  # type: ignore[arg-type]
    )
    assert sent.status_code == 403


async def test_ones_own_post_narrows_what_one_sees(office: Office) -> None:
    word = uuid4().hex
    await at_grid(office, title=word)
    worker = await office.as_person("jiang-xuemei")
    for post, seen in (("liuyinli-2-gw-1", 1), ("liuyinli-1-gw-2", 0)):
        answer = await office.http.get(
            CASES, params={"text": word}, headers={**worker, "Shouwen-Post": post}
        )
        assert len(answer.json()["cases"]) == seen


async def test_somebody_whose_post_has_expired_sees_and_does_nothing(office: Office) -> None:
    former = await office.as_person("fan-yujie")
    for answer in (await me(office, former), await office.http.get(CASES, headers=former)):
        assert (answer.status_code, answer.json()["code"]) == (403, "no_valid_post")
    refused = await office.open_case("fan-yujie")
    assert (refused.status_code, refused.json()["code"]) == (403, "no_valid_post")


@pytest.fixture
async def away(office: Office) -> AsyncIterator[str]:
    """The clerk of a township is away now; the stand-in acts. Afterwards she is back."""
    book = await office.book()
    post = book.organisation.posts["shiqiao-clerk-1"]
    now = datetime.now(UTC)
    span = ((now - timedelta(hours=1), now + timedelta(hours=1)),)
    posts = {**book.organisation.posts, post.post_id: replace(post, absences=span)}
    version = f"{book.organisation.version}-away-{uuid4().hex[:6]}"
    async with raw(office.engine) as connection:
        gone = replace(book.organisation, version=version, posts=posts)
        await books.publish(connection, gone, now - timedelta(seconds=1))
        yield post.post_id
        back = replace(book.organisation, version=f"{version}-back")
        await books.publish(connection, back, datetime.now(UTC))


async def test_while_a_holder_is_away_the_stand_in_acts_and_the_holder_does_not(
    office: Office, away: str
) -> None:
    refused = await office.open_case("lu-fangfang")
    assert (refused.status_code, refused.json()["code"]) == (403, "no_valid_post")
    case = await office.open_case("peng-yuee", place={"unit_id": "shiqiao"})
    assert case.status_code == 201, case.text
    found = case.json()["answer"]["case"]
    assert found["handler"]["id"] == "peng-yuee"
    # The API looks for a newer book once a second.
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    posts: list[str] = []
    while away not in posts and datetime.now(UTC) < deadline:
        found = (await me(office, await office.as_person("peng-yuee"))).json()["posts"]
        posts = [post["post_id"] for post in found]
    assert away in posts


# -- who sees which case -------------------------------------------------------


async def sees(office: Office, person_id: str, case: Opened) -> int:
    headers = await office.as_person(person_id)
    answers = [
        (await office.http.get(f"{CASES}/{case.case_id}{part}", headers=headers)).status_code
        for part in ("", "/timeline", "/clocks")
    ]
    sent = await office.ask(person_id, case.case_id, "accept")
    assert len(set(answers)) == 1
    assert (sent.status_code == 404) == (answers[0] == 404)
    return answers[0]


async def test_a_case_is_seen_where_it_is_and_was_and_nowhere_else(office: Office) -> None:
    case = await at_grid(office)
    await office.in_charge(case.case_id, "record_progress", text="到场")
    await office.in_charge(case.case_id, "escalate", reason="beyond_means", text="请社区处理")
    seen = {
        "jiang-xuemei": 200,  # the grid that had it
        "yang-xiaolin": 200,  # the clerk who received it
        "wang-xiulan": 200,  # the community that has it
        "guo-hongwei": 200,  # supervisor of the street above
        "feng-weiguo": 200,  # supervisor of the district above
        "shao-yumei": 200,  # auditor
        "ding-zhiyong": 404,  # worker of another grid
        "zhang-min": 404,  # another community of the same street
        "lin-guodong": 404,  # supervisor of another street
        "cui-jianmin": 404,  # supervisor of a department that never had it
        "shen-yiming": 403,  # administrator
    }
    found = {person: await sees(office, person, case) for person in seen}
    assert found == seen


async def test_an_auditor_does_nothing_at_all(office: Office) -> None:
    case = await at_first_contact(office)
    auditors = await auditor(office)
    before = await office.events(case.case_id)
    bodies: list[dict[str, Any]] = [
        {"kind": "accept"},
        {"kind": "withdraw"},
        {"kind": "reveal", "reason": "看看"},
        {"kind": "add_information", "text": "x"},
        {"kind": "hand_over"},
        {"kind": "assign"},
        {"kind": "resolve", "text": "x", "evidence": ["p"]},
        {"kind": "decide_extension", "granted": True, "text": "x"},
    ]
    for body in bodies:
        answer = await office.post(f"{CASES}/{case.case_id}/commands", body, auditors)
        assert answer.status_code == 403, body
    opening = await office.open_case(await office.somebody(Role.AUDITOR))
    assert opening.status_code == 403
    assert await office.events(case.case_id) == before


# -- personal data -------------------------------------------------------------

CANARY: dict[str, Any] = {
    "reporter": {"name": "金丝雀明", "phone": "19987654321"},
    "place": {
        "unit_id": "liuyinli-2",
        "address": "柳荫路778号6单元502",
        "longitude": 116.912347,
        "latitude": 36.398761,
    },
    "case_type": "dispute",
    "parties": [{"name": "百灵鸟华", "phone": "18812348765"}],
    "text": "请打199 8765 4321，身份证370102199001011234",
}
SECRETS = [
    *("金丝雀", "百灵", "778号", "元502", "19900101"),
    *("19987654321", "8765 4321", "18812348765", "116.9123", "116912347", "36.3987", "36398761"),
]


async def everything(office: Office, person_id: str, case_id: str) -> str:
    """All that somebody can get of a case without asking to reveal it."""
    headers = await office.as_person(person_id)
    told = ""
    for path in (
        f"{CASES}?text={case_id}",
        f"{CASES}/{case_id}",
        f"{CASES}/{case_id}/timeline",
        f"{CASES}/{case_id}/clocks",
    ):
        told += (await office.http.get(path, headers=headers)).text
    told += (await office.ask(person_id, case_id, "resume")).text
    return told


async def test_personal_data_is_covered_from_everybody_until_it_is_asked_for(
    office: Office,
) -> None:
    answer = await office.open_case("yang-xiaolin", **CANARY)
    assert answer.status_code == 201, answer.text
    case_id = answer.json()["receipt"]["case_id"]
    told = answer.text
    told += str(await office.in_charge(case_id, "hand_over", text="电话19987654321"))
    told += str(await office.in_charge(case_id, "accept"))
    for person in ("yang-xiaolin", "jiang-xuemei", "guo-hongwei", "shao-yumei", "shen-yiming"):
        told += await everything(office, person, case_id)
    assert not [secret for secret in SECRETS if secret in told]


async def test_tags_of_a_rating_are_covered_like_other_text(office: Office) -> None:
    case = await opened(office)
    await office.in_charge(case.case_id, "accept")
    await office.in_charge(case.case_id, "resolve", text="好了", evidence=["照片19987654321"])
    link = (await office.get(f"{CASES}/{case.case_id}", case.receipt))["rating"]
    body = {"contacted": True, "solved": True, "grade": 5, "tags": ["打19987654321"]}
    await office.post(link["href"], body, {"Authorization": f"Rating {link['secret']}"})
    # The whole middle and end: four digits alone turn up in hashes by chance.
    assert "87654321" not in str(await office.events(case.case_id))


async def test_the_handler_sees_personal_data_once_for_a_reason_that_is_recorded(
    office: Office,
) -> None:
    answer = await office.open_case("yang-xiaolin", **CANARY)
    case_id = answer.json()["receipt"]["case_id"]
    told = await office.in_charge(case_id, "reveal", reason="上门前联系")
    assert told["case"]["reporter"] == CANARY["reporter"]
    assert told["case"]["parties"] == CANARY["parties"]
    assert told["case"]["place"]["address"] == "柳荫路778号6单元502"
    assert told["case"]["place"]["longitude"] == 116.912347
    assert not told["case"]["masked"]
    last = (await office.events(case_id))[-1]
    assert (last["kind"], last["by"]["id"]) == ("case.revealed", "yang-xiaolin")
    assert told["events"][-1]["data"]["reason"] == "上门前联系"
    again = await everything(office, "yang-xiaolin", case_id)
    assert not [secret for secret in SECRETS if secret in again]


async def test_a_repeated_reveal_is_one_look(office: Office) -> None:
    case = await at_grid(office, **{**CANARY, "case_type": "request", "parties": []})
    worker = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    key, url = uuid4().hex, f"{CASES}/{case.case_id}/commands"
    body = {"kind": "reveal", "reason": "上门前联系"}
    first = await office.post(url, body, worker, key)
    repeated = await office.post(url, body, worker, key)
    assert first.json()["case"]["reporter"] == repeated.json()["case"]["reporter"]
    assert len([e for e in await office.events(case.case_id) if e["kind"] == "case.revealed"]) == 1


async def test_nobody_else_reveals_personal_data(office: Office) -> None:
    case = await at_grid(office)
    before = await office.events(case.case_id)
    answers = await asyncio.gather(
        *(
            office.ask(person, case.case_id, "reveal", reason="好奇")
            for person in ("guo-hongwei", "shao-yumei", "wang-xiulan")
        )
    )
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    reason = await office.in_charge(case.case_id, "record_progress", text="ok")
    assert len(reason["events"]) == 1
    assert len(await office.events(case.case_id)) == len(before) + 1
    empty = await office.ask("jiang-xuemei", case.case_id, "reveal", reason=" ")
    assert empty.status_code == 422


async def test_a_bearer_token_ends_when_it_signs_out(office: Office) -> None:
    headers = {"Authorization": f"Bearer {await office.fresh_token('lu-fangfang')}"}
    assert (await me(office, headers)).status_code == 200
    ended = await office.http.delete("/api/v1/sessions/current", headers=headers)
    assert ended.status_code == 204
    assert (await me(office, headers)).status_code == 401


async def test_no_machine_acts_for_an_auditor(office: Office) -> None:
    headers = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    auditor = await office.somebody(Role.AUDITOR)
    await office.as_person(auditor)
    body = {"person_id": auditor, "label": "robot"}
    refused = await office.http.post("/api/v1/tokens", json=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_for_oversight")
