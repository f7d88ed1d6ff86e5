"""Exports over HTTP: who may take what along, in which form, and what it says of itself."""

import csv
import io
from typing import Any
from uuid import uuid4

import httpx
import orjson
import pytest

from domain.words import Role
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, Headers, at_grid, auditor, opened, resolved
from tests.e2e.scenes.disputes import party, quarrel

pytestmark = pytest.mark.rule("R14.1")

EXPORT = "/api/v1/export"


async def numbered(office: Office, case_id: str) -> None:
    """Wait until every event of the case has its number."""
    missing = """select count(*) from events e where case_id = $1 and not exists
        (select from event_sequence q where q.position = e.position)"""
    async with raw(office.engine) as connection:
        while await connection.fetchval(missing, case_id):
            pass


async def taken(
    office: Office, headers: Headers, path: str = EXPORT, **asked: Any
) -> httpx.Response:
    answer = await office.http.get(path, params=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


def read(answer: httpx.Response) -> list[dict[str, Any]]:
    """The events of JSON Lines, which must be whole."""
    head, *found, end = map(orjson.loads, answer.content.splitlines())
    assert head["until_seq"] == int(answer.headers["shouwen-until-seq"])
    assert end["complete"] is True
    assert end["events"] == head["events"] == len(found)
    return [{k: v for k, v in each.items() if k != "type"} for each in found]


async def supervisor(office: Office, unit_id: str) -> Headers:
    return await office.as_person(await office.somebody(Role.SUPERVISOR, unit_id))


async def test_a_case_is_exported_as_its_timeline_shows_it(office: Office) -> None:
    case = await at_grid(office, title=f"打电话 13800001234 {uuid4().hex}")
    await numbered(office, case.case_id)
    path = f"/api/v1/cases/{case.case_id}/timeline/export"
    headers = await auditor(office)
    found = read(await taken(office, headers, path))
    timeline = await office.events(case.case_id)
    assert [each.pop("case_id") for each in found] == [case.case_id] * len(timeline)
    seqs = [each.pop("seq") for each in found]
    assert seqs == sorted(seqs)
    assert found == timeline
    assert read(await taken(office, headers, case=case.case_id)) == read(
        await taken(office, headers, path)
    )
    assert "13800001234" not in (await taken(office, headers, path)).text


async def test_a_table_opens_in_a_spreadsheet_program(office: Office) -> None:
    case = await opened(office, title="=HYPERLINK(“http://x”)")
    await numbered(office, case.case_id)
    path = f"/api/v1/cases/{case.case_id}/timeline/export"
    answer = await taken(office, await auditor(office), path, format="csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith('.csv"')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, first, *_, last = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert first[head.index("kind")] == "case.registered"
    assert last[head.index("kind")] == "export.complete"


async def test_the_auditor_takes_the_whole_journal(office: Office) -> None:
    case = await resolved(office)
    await numbered(office, case.case_id)
    found = read(await taken(office, await auditor(office)))
    assert [each["seq"] for each in found] == [*range(1, len(found) + 1)]
    assert case.case_id in {each["case_id"] for each in found}
    assert "office" in {each["case_id"] for each in found}


@pytest.mark.rule("§2")
async def test_a_supervisor_takes_what_lies_in_sight(office: Office) -> None:
    case = await at_grid(office)
    await numbered(office, case.case_id)
    here, elsewhere = await supervisor(office, "liuyin"), await supervisor(office, "shiqiao")
    assert case.case_id in {each["case_id"] for each in read(await taken(office, here))}
    assert case.case_id not in {each["case_id"] for each in read(await taken(office, elsewhere))}
    assert read(await taken(office, elsewhere, case=case.case_id)) == []
    assert read(await taken(office, elsewhere, unit="liuyin")) == []


async def test_filters_are_those_of_the_question(office: Office) -> None:
    case = await at_grid(office)
    await numbered(office, case.case_id)
    headers = await auditor(office)
    asked: dict[str, Any] = {"case": case.case_id, "kind": ["case.registered", "case.accepted"]}
    found = read(await taken(office, headers, **asked))
    assert {each["kind"] for each in found} == {"case.registered", "case.accepted"}
    first = found[0]["recorded_at"]
    assert read(await taken(office, headers, case=case.case_id, until=first)) == []
    assert len(read(await taken(office, headers, **asked, **{"from": first}))) == len(found)
    assert read(await taken(office, headers, **{"from": "2125-01-01"})) == []
    assert read(await taken(office, headers, case=case.case_id, unit="shiqiao")) == []
    assert read(await taken(office, headers, case=case.case_id, unit="liuyin")) != []


@pytest.mark.rule("R7.1")
async def test_a_dispute_stays_confidential(office: Office) -> None:
    word = f"芝麻{uuid4().hex}"
    case = await quarrel(office, title=word, text=word)
    await office.in_charge(case.case_id, "record_progress", text=word)
    await numbered(office, case.case_id)
    path = f"/api/v1/cases/{case.case_id}/timeline/export"
    for form in ("jsonl", "csv"):
        asked = {"format": form}
        assert word not in (await taken(office, await auditor(office), **asked)).text
        assert word not in (await taken(office, await supervisor(office, "liuyin"), **asked)).text
        assert word not in (await taken(office, await auditor(office), path, **asked)).text
        theirs = party(office, case.case_id)
        assert word not in (await taken(office, theirs, path, **asked)).text
    handler = await office.as_person((await office.case(case.case_id))["handler"]["id"])
    assert word in (await taken(office, handler, path)).text


async def test_residents_take_their_own_timeline(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    path = f"/api/v1/cases/{case.case_id}/timeline"
    shown = await office.get(path, case.receipt)
    *found, end = map(
        orjson.loads, (await taken(office, case.receipt, f"{path}/export")).content.splitlines()
    )
    assert found == shown["events"]
    assert end == {"type": "end", "complete": True, "events": len(found)}
    answer = await taken(office, case.receipt, f"{path}/export", format="csv")
    head, *rows, last = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert head == ["at", "words", "text"]
    assert [row[1] for row in rows] == [each["words"] for each in found]
    assert last[1] == "export.complete"


WHOLE = {
    "jsonl": ("application/jsonl", b'"complete":true'),
    "csv": ("text/csv; charset=utf-8", b"export.complete"),
    "xes": ("application/xml", b"</log>"),
    "ocel": ("application/json", b'"objectTypes":['),
    "cloudevents": ("application/cloudevents+jsonl", b'"type":"export.complete"'),
}


@pytest.mark.parametrize("form", WHOLE)
async def test_every_form_leaves_whole(office: Office, form: str) -> None:
    case = await at_grid(office)
    await numbered(office, case.case_id)
    media, end = WHOLE[form]
    path = f"/api/v1/cases/{case.case_id}/timeline/export"
    for answer in (
        await taken(office, await auditor(office), format=form),
        await taken(office, await auditor(office), path, format=form),
    ):
        assert answer.headers["content-type"] == media
        assert case.case_id in answer.text
        assert end in answer.content[-50_000:]


async def test_events_of_two_systems_are_told_apart(office: Office) -> None:
    async with raw(office.engine) as connection:
        origin = await connection.fetchval(
            "select data ->> 'origin' from events where case_id = 'log' order by version limit 1"
        )
    answer = await taken(office, await auditor(office), format="cloudevents")
    sources = {orjson.loads(line)["source"] for line in answer.content.splitlines()}
    assert sources == {f"/{origin}"}


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"format": "pdf"}, 422, "invalid_request"),
    ({"unit": "nowhere"}, 422, "unknown_unit"),
    ({"kind": "case.dreamt"}, 422, "unknown_kind"),
    ({"from": "yesterday"}, 422, "invalid_request"),
    ({"from": "2026-01-01T10:00:00"}, 422, "invalid_request"),
    ({"from": "20991231"}, 422, "invalid_request"),
    ({"from": "0001-01-01"}, 422, "invalid_request"),
    ({"from": "0001-01-01T00:00:00+14:00"}, 422, "invalid_request"),
    ({"until": "9999-12-31T23:59:59-14:00"}, 422, "invalid_request"),
    ({"until": "2026-02-30"}, 422, "invalid_request"),
    ({"case": "王小明"}, 422, "invalid_request"),
]


@pytest.mark.parametrize(("asked", "status", "code"), REFUSED)
async def test_what_cannot_be_asked_is_said(
    office: Office, asked: dict[str, Any], status: int, code: str
) -> None:
    answer = await office.http.get(EXPORT, params=asked, headers=await auditor(office))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.rule("§2")
async def test_only_those_who_oversee_take_more_than_a_case(office: Office) -> None:
    clerk = await office.http.get(EXPORT, headers=await office.as_person(CLERK))
    assert (clerk.status_code, clerk.json()["code"]) == (403, "not_entitled")
    nobody = await office.http.get(EXPORT)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")
    case = await opened(office)
    path = f"/api/v1/cases/{case.case_id}/timeline/export"
    nobody = await office.http.get(path)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")
    other = await opened(office)
    stranger = await office.http.get(path, headers=other.receipt)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "case_not_found")


@pytest.mark.rule("R14.5")
async def test_whoever_takes_something_along_is_on_record(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    await numbered(office, case.case_id)
    headers = await auditor(office)
    kinds: dict[str, Any] = {"kind": ["case.registered", "case.resolved"]}
    await taken(office, headers, case=case.case_id, format="csv", **kinds)
    await taken(office, headers, f"/api/v1/cases/{case.case_id}/timeline/export")
    await taken(office, case.receipt, f"/api/v1/cases/{case.case_id}/timeline/export")
    path = f"/api/v1/access-record?kind=access.exported&case={case.case_id}"
    own, timeline, filtered = (await office.get(path))["entries"]
    assert own["by"]["id"] == "resident"
    assert timeline["data"]["what"] == "timeline"
    assert filtered["by"]["id"] == await office.somebody(Role.AUDITOR)
    assert filtered["post_id"]
    data = filtered["data"]
    assert (data["what"], data["form"], data["masked"]) == ("journal", "csv", True)
    said = ["kind=case.registered", "kind=case.resolved", f"case={case.case_id}", "events=2"]
    assert data["filters"][:-1] == said
    assert data["filters"][-1].startswith("until_seq=")
