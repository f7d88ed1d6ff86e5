"""Whatever is sent, the answer is a problem document that says what and where, never a failure."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import at_grid, auditor, handler, opened

CASES = "/api/v1/cases"
CASE = {"channel": "web", "item_id": "c01-01", "title": "路灯", "text": "路灯不亮"}


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document, checked for what all of them share."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(answer.content.decode("utf-8"))
    assert found["code"] == code, found
    assert found["status"] == status
    assert {"type", "title"} <= found.keys()
    for error in found.get("errors", ()):
        assert {"where", "code", "message"} == error.keys(), found
    return found


def places(found: dict[str, Any]) -> list[str]:
    return [error["where"] for error in found["errors"]]


async def raw_post(
    office: Office, content: bytes | AsyncIterator[bytes], **headers: str
) -> httpx.Response:
    """Bytes as they are, as a resident on the web."""
    sent = {"content-type": "application/json", "idempotency-key": uuid4().hex, **headers}
    return await office.http.post(CASES, content=content, headers=sent)


# -- bodies that cannot be read ------------------------------------------------

UNREADABLE = {
    "nothing": b"",
    "not JSON": b"title=lamp",
    "half of JSON": b'{"channel": "web"',
    "not UTF-8": b'{"channel": "\xff\xfe"}',
    "ten thousand lists in each other": b"[" * 10_000 + b"]" * 10_000,
    "ten thousand objects in each other": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a number of ten thousand digits": b'{"channel": ' + b"9" * 10_000 + b"}",
    "a list": b"[]",
    "a text": b'"web"',
    "null": b"null",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_body_that_cannot_be_read_is_refused_with_its_place(
    office: Office, content: bytes
) -> None:
    found = problem(await raw_post(office, content), 422, "invalid_request")
    assert places(found)[0].startswith("body")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png"])
async def test_a_body_of_another_content_type_is_refused(office: Office, kind: str) -> None:
    content = json.dumps(CASE).encode()
    answer = await raw_post(office, content, **{"content-type": kind})
    problem(answer, 422, "invalid_request")


async def test_a_body_without_a_content_type_is_refused(office: Office) -> None:
    content = json.dumps(CASE).encode()
    request = office.http.build_request("POST", CASES, content=content)
    request.headers["idempotency-key"] = uuid4().hex
    problem(await office.http.send(request), 422, "invalid_request")


async def test_a_body_said_to_be_too_large_is_refused(office: Office) -> None:
    content = json.dumps({**CASE, "text": "x" * 70_000}).encode()
    found = problem(await raw_post(office, content), 422, "body_too_large")
    assert places(found) == ["body"]


async def test_a_body_that_turns_out_too_large_while_it_comes_is_refused(office: Office) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 1_000

    problem(await raw_post(office, endless()), 422, "body_too_large")


# -- values that are wrong -----------------------------------------------------

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown field": ({"colour": "red"}, "body/colour"),
    "an unknown field with half a character": ({"\ud800": 1}, "body"),
    "an unknown field inside": ({"place": {"planet": "moon"}}, "body/place/planet"),
    "a missing key": ({"title": ...}, "body/title"),
    "a number for a text": ({"title": 5}, "body/title"),
    "a list for a text": ({"title": ["路灯"]}, "body/title"),
    "null for a text": ({"title": None}, "body/title"),
    "an object for a text": ({"title": {"$ne": ""}}, "body/title"),
    "NUL": ({"title": "a\0b"}, "body/title"),
    "a bell": ({"text": "a\x07b"}, "body/text"),
    "DEL": ({"text": "a\x7fb"}, "body/text"),
    "half a character": ({"text": "a\ud83db"}, "body/text"),
    "half a character in a word of a list": ({"channel": "\ud800"}, "body/channel"),
    "half a character in an id": ({"item_id": "\ud800"}, "body/item_id"),
    "only blanks": ({"title": "   "}, "body/title"),
    "ten thousand characters": ({"text": "灯" * 10_000}, "body/text"),
    "a word that is not in the list": ({"channel": "pigeon"}, "body/channel"),
    "an id with a path in it": ({"item_id": "../../etc/passwd"}, "body/item_id"),
    "a longitude off the earth": ({"place": {"longitude": 181, "latitude": 1}}, "body/place/lon"),
    "a longitude as text": ({"place": {"longitude": "116.9"}}, "body/place/longitude"),
    "yes for a longitude": ({"place": {"longitude": True}}, "body/place/longitude"),
    "a huge whole number": ({"place": {"longitude": 10**400}}, "body/place/longitude"),
    "NaN": ({"place": {"latitude": float("nan")}}, "body/place/latitude"),
    "infinity": ({"place": {"latitude": float("inf")}}, "body/place/latitude"),
    "letters for a phone number": ({"reporter": {"phone": "call me"}}, "body/reporter/phone"),
    "many parties": ({"parties": [{"name": "a"}] * 21}, "body/parties"),
}


@pytest.mark.parametrize(("changes", "place"), WRONG.values(), ids=WRONG)
async def test_a_wrong_value_in_a_new_case_is_refused_with_its_place(
    office: Office, changes: dict[str, Any], place: str
) -> None:
    body = {name: value for name, value in {**CASE, **changes}.items() if value is not ...}
    answer = await raw_post(office, json.dumps(body).encode())
    found = problem(answer, 422, "invalid_request")
    assert any(where.startswith(place) for where in places(found)), found


WRONG_COMMANDS: dict[str, tuple[dict[str, Any], str]] = {
    "no kind": ({"text": "a"}, "body"),
    "an unknown kind": ({"kind": "explode"}, "body"),
    "half a character for a kind": ({"kind": "\ud800"}, "body"),
    "a list for a kind": ({"kind": ["accept"]}, "body"),
    "the system's own": ({"kind": "tick"}, "body"),
    "the importer's own": ({"kind": "refer", "to": "court", "text": "a"}, "body"),
    "a rating as a command": ({"kind": "rate", "grade": 5}, "body"),
    "a second opening": ({"kind": "register", **CASE}, "body"),
    "somebody else's name": ({"kind": "accept", "actor": {"kind": "system"}}, "body/accept/actor"),
    "a time of one's own": ({"kind": "accept", "at": "2020-01-01T00:00:00Z"}, "body/accept/at"),
    "version 0": ({"kind": "accept", "version": 0}, "body/accept/version"),
    "a version as text": ({"kind": "accept", "version": "1"}, "body/accept/version"),
    "a reason that is none": (
        {"kind": "escalate", "reason": "tired", "text": "a"},
        "body/escalate/reason",
    ),
    "yes as a text": (
        {"kind": "decide_extension", "granted": "yes", "text": "a"},
        "body/decide_extension/granted",
    ),
    "a time that goes back": (
        {
            "kind": "request_extension",
            "extend_by": {"amount": -1, "unit": "days"},
            "text": "a",
        },
        "body/request_extension/extend_by/amount",
    ),
    "evidence without end": (
        {"kind": "resolve", "text": "a", "evidence": ["x"] * 21},
        "body/resolve/evidence",
    ),
    "a grade of 6": (
        {"kind": "record_follow_up", "contacted": True, "grade": 6},
        "body/record_follow_up/grade",
    ),
}


@pytest.fixture(scope="module")
async def grid_case(office: Office) -> str:
    """One case that no test here changes."""
    return (await at_grid(office)).case_id


@pytest.mark.parametrize(("body", "place"), WRONG_COMMANDS.values(), ids=WRONG_COMMANDS)
async def test_a_wrong_value_in_a_command_is_refused_with_its_place(
    office: Office, grid_case: str, body: dict[str, Any], place: str
) -> None:
    headers = {
        **await handler(office, grid_case),
        "content-type": "application/json",
        "idempotency-key": uuid4().hex,
    }
    url = f"{CASES}/{grid_case}/commands"
    answer = await office.http.post(url, content=json.dumps(body).encode(), headers=headers)
    found = problem(answer, 422, "invalid_request")
    assert any(where.startswith(place) for where in places(found)), found


@pytest.mark.parametrize("key", [None, "", "short", "x" * 129, "with blanks in it", "ключ-12345"])
async def test_a_command_without_a_good_key_is_refused(office: Office, key: str | None) -> None:
    headers = {} if key is None else {"idempotency-key": key.encode()}
    answer = await office.http.post(CASES, json=CASE, headers=headers)  # type: ignore[arg-type]
    found = problem(answer, 422, "invalid_request")
    assert places(found) == ["header/Idempotency-Key"]


# -- addresses -----------------------------------------------------------------

QUERIES = [
    "stage=moon",
    "phase=1",
    "size=0",
    "size=201",
    "size=ten",
    "order=random",
    "overdue=perhaps",
    "text=a",
    "text=" + "a" * 101,
    "unit=nowhere",
    "unit=%00",
    "cursor=" + "a" * 301,
    "phone=abc",
    "text=%00%00",
    "handler=%00",
    "category=%00",
]


@pytest.mark.parametrize("query", QUERIES)
async def test_a_wrong_filter_is_refused_with_its_place(office: Office, query: str) -> None:
    answer = await office.http.get(f"{CASES}?{query}", headers=await auditor(office))
    assert answer.status_code == 422, answer.text
    assert places(answer.json())[0] == f"query/{query.partition('=')[0]}"


NO_CASES = [
    "SW-0000-0000-0000",
    "nothing",
    "..%5c..%5cetc%5cpasswd",
    "%00",
    "SW-0000-0000-000%00",
    "%ff%fe",
    "'%20or%201=1--",
    "SW-%25-%25-%25",
    "a" * 5_000,
    "灯",
]


@pytest.mark.parametrize("case_id", NO_CASES)
@pytest.mark.parametrize("part", ["", "/timeline", "/clocks"])
async def test_a_case_that_does_not_exist_is_not_found(
    office: Office, case_id: str, part: str
) -> None:
    answer = await office.http.get(f"{CASES}/{case_id}{part}", headers=await auditor(office))
    problem(answer, 404, "case_not_found")


@pytest.mark.parametrize("case_id", NO_CASES)
async def test_a_command_to_a_case_that_does_not_exist_is_not_found(
    office: Office, case_id: str
) -> None:
    clerk = await office.as_person(await office.somebody(Role.FIRST_CONTACT_CLERK))
    answer = await office.command(case_id, clerk, "accept")
    problem(answer, 404, "case_not_found")
    rated = await office.post(
        f"{CASES}/{case_id}/rating",
        {"contacted": True, "solved": True, "grade": 5},
        {"Authorization": "Rating abcdefgh"},
    )
    problem(rated, 404, "case_not_found")


@pytest.mark.parametrize(
    "path", ["/api", "/api/v1", "/api/v2/cases", "/api/docs", "/api/v1/cases/..%2f..%2fetc"]
)
async def test_a_path_that_leads_nowhere_is_not_found(office: Office, path: str) -> None:
    problem(await office.http.get(path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", CASES), ("PUT", f"{CASES}/x"), ("GET", "/api/v1/sessions"), ("POST", "/healthz")],
)
async def test_a_method_that_is_not_meant_is_refused(
    office: Office, method: str, path: str
) -> None:
    answer = await office.http.request(method, path)
    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"]


async def test_an_unknown_scheme_of_authorization_is_refused(office: Office) -> None:
    headers = {"Authorization": "Basic d2FuZzp3YW5n"}
    problem(await office.http.get(CASES, headers=headers), 401, "unknown_scheme")


async def test_a_very_long_query_string_is_no_failure(office: Office) -> None:
    answer = await office.http.get(f"{CASES}?x={'a' * 50_000}", headers=await auditor(office))
    assert answer.status_code < 500


# -- refusals ------------------------------------------------------------------


async def test_a_refusal_carries_its_rule_and_the_case_as_it_is(office: Office) -> None:
    case = await at_grid(office)
    headers = await handler(office, case.case_id)
    found = problem(
        await office.command(case.case_id, headers, "accept"), 409, "not_awaiting_acceptance"
    )
    assert found["rule"] == "R4.1"
    assert found["version"] == found["case"]["version"]
    assert found["case"]["phase"] == "in_progress"


async def test_a_refusal_because_of_who_asks_is_403_and_names_its_rule(office: Office) -> None:
    case = await opened(office)
    found = problem(
        await office.command(case.case_id, await auditor(office), "accept"), 403, "not_entitled"
    )
    assert found["rule"] == "§2"


# -- the published description -------------------------------------------------

PATHS = {
    "/api/v1/cases": {"get", "post"},
    "/api/v1/cases/{case_id}": {"get"},
    "/api/v1/cases/{case_id}/timeline": {"get"},
    "/api/v1/cases/{case_id}/clocks": {"get"},
    "/api/v1/cases/{case_id}/commands": {"post"},
    "/api/v1/cases/{case_id}/commands/{command_id}": {"get"},
    "/api/v1/cases/{case_id}/rating": {"get", "post"},
    "/api/v1/sessions": {"post"},
    "/api/v1/sessions/current": {"delete"},
    "/api/v1/me": {"get"},
    "/api/v1/tokens": {"get", "post"},
    "/api/v1/tokens/{session}": {"delete"},
    "/api/v1/access-record": {"get"},
    "/api/v1/calendar": {"get"},
    "/api/v1/office/find": {"get"},
    "/api/v1/policies": {"get"},
    "/api/v1/admissions/choices": {"get"},
    "/api/v1/admissions/{admission_id}/actions": {"get"},
    "/api/v1/erasures/{erasure_id}/actions": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/api/v1/scores/units/{unit_id}": {"get"},
    "/api/v1/scores/units/{unit_id}/events": {"get"},
    "/api/v1/scores/people/{person_id}": {"get"},
    "/api/v1/scores/people/{person_id}/events": {"get"},
    "/api/v1/scores/partners/{partner_id}": {"get"},
    "/api/v1/scores/partners/{partner_id}/events": {"get"},
    "/api/v1/scores/mine": {"get"},
    "/api/v1/scores/mine/events": {"get"},
    "/api/v1/scores/ranking": {"get"},
    "/api/v1/scores/compare": {"get"},
}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"{CASES}?unit=moon", "unknown_unit"),
        ("/api/v1/visits?unit=moon", "unknown_unit"),
        ("/api/v1/duplicates?item_id=moon", "unknown_item"),
        ("/api/v1/duplicates?item_id=c01-01&unit_id=moon", "unknown_unit"),
    ],
)
async def test_a_name_that_nothing_has_is_said_with_its_place(
    office: Office, path: str, code: str
) -> None:
    asking = await office.as_person(await office.somebody(Role.COMMUNITY_WORKER))
    found = problem(await office.http.get(path, headers=asking), 422, code)
    assert [place.split("/")[0] for place in places(found)] == ["query"]


async def test_the_published_description_lists_every_address(office: Office) -> None:
    found = (await office.http.get("/openapi.json")).json()
    assert found["openapi"].startswith("3.")
    listed = {path: set(methods) for path, methods in found["paths"].items()}
    assert {path: listed.get(path) for path in PATHS} == PATHS


async def test_every_reference_in_the_published_description_leads_somewhere(
    office: Office,
) -> None:
    found = (await office.http.get("/openapi.json")).json()
    references = set(_references(found))
    assert references
    for reference in references:
        at: Any = found
        for part in reference.removeprefix("#/").split("/"):
            at = at[part]
    names = [m["operationId"] for path in found["paths"].values() for m in path.values()]
    assert len(names) == len(set(names))


async def test_the_published_description_tells_of_problem_documents_at_every_address(
    office: Office,
) -> None:
    found = (await office.http.get("/openapi.json")).json()
    kinds = {
        (wrong, tuple(method["responses"].get(wrong, {}).get("content", {})))
        for path in found["paths"].values()
        for method in path.values()
        for wrong in ("4XX", "5XX")
    }
    assert kinds == {(wrong, ("application/problem+json",)) for wrong in ("4XX", "5XX")}
    assert "HTTPValidationError" not in found["components"]["schemas"]


@pytest.mark.parametrize("number", ["SW-\U000fa6f9", "sw-0000-0000-0000", "SW-1", "a\r\nb"])
async def test_what_is_no_number_of_a_case_finds_none_wherever_it_is_sent(
    office: Office, number: str
) -> None:
    asking = await office.as_person(await office.somebody(Role.ADMINISTRATOR))
    written = quote(number)
    for path in (f"{CASES}/{written}", f"{CASES}/{written}/commands/{uuid4()}"):
        problem(await office.http.get(path, headers=asking), 404, "case_not_found")


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [ref for part in value.values() for ref in _references(part)]
    if isinstance(value, list):
        return [ref for part in value for ref in _references(part)]
    return []
