"""Photos and documents over HTTP: brought, cleaned, named in a case, looked at (R9.1, R14.5)."""

import base64
import hashlib
import io
from typing import Any

import httpx
import pytest
from PIL import Image

from domain.words import Role
from tests import pictures
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, Opened, at_grid, opened, resolved
from tests.e2e.scenes.disputes import ITEM, party
from tests.pictures import CANARY

pytestmark = pytest.mark.rule("R3.1", "R9.1", "R14.5")


async def reported(office: Office, *files: str) -> Opened:
    return await opened(office, evidence=list(files))


async def look(
    office: Office, case_id: str, file: str, headers: dict[str, str], **query: Any
) -> httpx.Response:
    where = f"/api/v1/cases/{case_id}/files/{file}"
    return await office.http.get(where, headers=headers, params=query)


async def staff_of(office: Office, case: Opened) -> tuple[str, dict[str, str]]:
    """Whoever has the case in hand, and how they ask."""
    person = str((await office.case(case.case_id))["handler"]["id"])
    return person, await office.as_person(person)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


# -- bringing ------------------------------------------------------------------


async def test_a_resident_brings_a_photo_and_is_told_what_was_kept(office: Office) -> None:
    answer = await office.upload(pictures.jpeg())
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert found["file"].startswith("file-")
    assert (found["type"], found["width"], found["height"]) == ("image/jpeg", 60, 80)
    assert found["pages"] is None
    assert len(found["sha256"]) == 64


async def test_a_form_with_a_file_is_taken_as_well(office: Office) -> None:
    form = {"file": ("photo.html", pictures.png(), "text/html")}
    answer = await office.http.post("/api/v1/uploads", files=form, data={"note": "x"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["type"] == "image/png"


@pytest.mark.parametrize(
    "form",
    [
        {"one": ("a", b"x"), "two": ("b", b"y")},
        {},
    ],
)
async def test_a_form_has_exactly_one_file(office: Office, form: dict[str, Any]) -> None:
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    if form:
        answer = await office.http.post("/api/v1/uploads", files=form)
    else:
        answer = await office.http.post("/api/v1/uploads", content=b"--x--\r\n", headers=boundary)
    assert code(answer) == (422, "invalid_request")


async def test_a_form_that_is_none_is_refused(office: Office) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = await office.http.post(
            "/api/v1/uploads", content=b"garbage", headers={"Content-Type": kind}
        )
        assert answer.status_code == 422, answer.text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (b"", "file_empty"),
        (pictures.html(), "file_type_unknown"),
        (pictures.svg(), "file_type_unknown"),
        (pictures.claiming(50_000, 50_000), "image_too_large"),
        (pictures.jpeg()[:1500], "image_damaged"),
        (pictures.bomb(), "image_damaged"),
        (pictures.pdf_locked("x"), "pdf_encrypted"),
        (pictures.pdf_that_acts("on opening"), "pdf_scripted"),
    ],
)
async def test_what_is_not_taken_says_why(office: Office, given: bytes, why: str) -> None:
    answer = await office.http.post(
        "/api/v1/uploads", content=given, headers={"Content-Type": "image/jpeg"}
    )
    assert code(answer) == (422, why)
    assert answer.json()["detail"]


async def test_what_is_too_large_is_not_read_to_its_end(office: Office) -> None:
    most = office.settings.upload_bytes
    answer = await office.upload(bytes(most + 1))
    assert code(answer) == (422, "file_too_large")

    async def endless() -> Any:
        for _ in range(2 * most // 65_536):
            yield bytes(65_536)

    answer = await office.http.post("/api/v1/uploads", content=endless())
    assert code(answer) == (422, "body_too_large")


async def test_other_addresses_take_no_larger_bodies_than_before(office: Office) -> None:
    answer = await office.http.post("/api/v1/cases", content=bytes(70_000))
    assert code(answer) == (422, "body_too_large")


async def test_who_shows_a_wrong_secret_brings_nothing(office: Office) -> None:
    case = await opened(office)
    for scheme in ("Receipt", "Party", "Rating"):
        headers = {"Authorization": f"{scheme} wrong"}
        answer = await office.upload(pictures.png(), headers, case.case_id)
        assert code(answer) == (404, "case_not_found")
        answer = await office.upload(pictures.png(), headers)
        assert code(answer) == (422, "case_missing")
    answer = await office.upload(pictures.png(), {"Authorization": "Bearer x"})
    assert code(answer) == (401, "not_signed_in")
    answer = await office.upload(pictures.png(), {"Authorization": "Partner x"})
    assert code(answer) == (403, "not_for_partners")


# -- naming and looking --------------------------------------------------------


async def test_a_report_with_a_photo_is_seen_by_its_resident_and_by_who_has_the_case(
    office: Office,
) -> None:
    brought = (await office.upload(pictures.jpeg())).json()
    case = await reported(office, brought["file"])
    _, staff = await staff_of(office, case)
    for headers in (case.receipt, staff):
        answer = await look(office, case.case_id, brought["file"], headers)
        assert answer.status_code == 200, answer.text
        assert hashlib.sha256(answer.content).hexdigest() == brought["sha256"]
        assert answer.headers["content-type"] == "image/jpeg"
        assert Image.open(io.BytesIO(answer.content)).size == (60, 80)
        assert CANARY.encode() not in answer.content


async def test_a_file_leaves_so_that_no_browser_runs_it(office: Office) -> None:
    photo, paper = await office.uploaded(pictures.png()), await office.uploaded(pictures.pdf())
    case = await reported(office, photo, paper)
    found = await look(office, case.case_id, photo, case.receipt)
    assert found.headers["content-disposition"] == f'inline; filename="{photo}.png"'
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in found.headers["content-security-policy"]
    assert "default-src 'none'" in found.headers["content-security-policy"]
    assert found.headers["cache-control"] == "private, no-cache"
    digest = base64.b64encode(hashlib.sha256(found.content).digest()).decode()
    assert found.headers["repr-digest"] == f"sha-256=:{digest}:"
    again = {**case.receipt, "If-None-Match": found.headers["etag"]}
    assert (await look(office, case.case_id, photo, again)).status_code == 304
    found = await look(office, case.case_id, paper, case.receipt)
    assert found.headers["content-disposition"] == f'attachment; filename="{paper}.pdf"'


async def test_a_small_copy_is_there_of_photos_alone(office: Office) -> None:
    photo = await office.uploaded(pictures.jpeg(1600, 1200, turned=1))
    paper = await office.uploaded(pictures.pdf())
    case = await reported(office, photo, paper)
    found = await look(office, case.case_id, photo, case.receipt, small=True)
    assert Image.open(io.BytesIO(found.content)).size == (400, 300)
    answer = await look(office, case.case_id, paper, case.receipt, small=True)
    assert code(answer) == (404, "file_not_found")


async def test_the_case_says_which_files_it_has(office: Office) -> None:
    brought = (await office.upload(pictures.jpeg())).json()
    case = await reported(office, brought["file"])
    (mine,) = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["files"]
    (theirs,) = (await office.case(case.case_id))["files"]
    assert (mine["file"], mine["yours"], mine["type"]) == (brought["file"], True, "image/jpeg")
    assert (theirs["subject"], theirs["of"]) == ("reporter", "case.registered")
    assert (theirs["sha256"], theirs["state"]) == (brought["sha256"], "open")
    assert (await office.http.get(mine["href"], headers=case.receipt)).status_code == 200
    assert (await office.http.get(mine["small"], headers=case.receipt)).status_code == 200


async def test_what_opens_a_file_is_in_no_answer(office: Office) -> None:
    case = await reported(office, await office.uploaded(pictures.png()))
    events = await office.events(case.case_id)
    (attached,) = (each for each in events if each["kind"] == "file.attached")
    assert set(attached["data"]) == {"file", "of", "subject", "media", "size", *SHAPE}
    for form in ("jsonl", "csv"):
        where = f"/api/v1/cases/{case.case_id}/timeline/export?format={form}"
        told = await office.http.get(where, headers=(await staff_of(office, case))[1])
        assert told.status_code == 200
        assert "opener" not in told.text


SHAPE = ("width", "height", "pages")


async def test_a_resident_sees_what_a_resolution_shows_and_not_what_staff_keep_for_themselves(
    office: Office,
) -> None:
    case = await at_grid(office)
    handler = (await office.case(case.case_id))["handler"]["id"]
    staff = await office.as_person(handler)
    inner, shown = [await office.uploaded(pictures.png(), staff) for _ in range(2)]
    await office.in_charge(case.case_id, "record_progress", text="上门", evidence=[inner])
    await office.in_charge(case.case_id, "resolve", text="已清理", evidence=[shown])
    assert (await look(office, case.case_id, shown, case.receipt)).status_code == 200
    assert code(await look(office, case.case_id, inner, case.receipt)) == (404, "file_not_found")
    for file in (inner, shown):
        assert (await look(office, case.case_id, file, staff)).status_code == 200
    mine = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["files"]
    assert [(each["file"], each["yours"]) for each in mine] == [(shown, False)]


async def test_a_resident_adds_a_photo_with_the_receipt(office: Office) -> None:
    case = await opened(office)
    file = await office.uploaded(pictures.jpeg(), case.receipt, case.case_id)
    answer = await office.command(
        case.case_id, case.receipt, "add_information", text="看照片", evidence=[file]
    )
    assert answer.status_code == 200, answer.text
    assert (await look(office, case.case_id, file, case.receipt)).status_code == 200


async def test_a_rating_may_show_what_is_not_done(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    mine = await office.get(f"/api/v1/cases/{case.case_id}", case.receipt)
    link = {"Authorization": f"Rating {mine['rating']['secret']}"}
    file = await office.uploaded(pictures.jpeg(), link, case.case_id)
    rating = {"contacted": True, "solved": False, "grade": 1, "evidence": [file]}
    answer = await office.post(f"/api/v1/cases/{case.case_id}/rating", rating, link)
    assert answer.status_code == 200, answer.text
    assert (await look(office, case.case_id, file, case.receipt)).status_code == 200
    assert (await look(office, case.case_id, file, link)).status_code == 200


# -- what is not one's own -----------------------------------------------------


async def test_a_reference_opens_nothing_by_being_known(office: Office) -> None:
    file = await office.uploaded(pictures.jpeg())
    mine = await reported(office, file)
    other = await opened(office)
    for case_id, headers in (
        (other.case_id, other.receipt),
        (mine.case_id, other.receipt),
        (other.case_id, await office.as_person(CLERK)),
        (mine.case_id, {}),
        (mine.case_id, {"Authorization": "Receipt guess"}),
    ):
        answer = await look(office, case_id, file, headers)
        assert answer.status_code in {401, 404}, answer.text
    for guess in ("file-" + "a" * 28, "..%2f..%2fetc%2fpasswd", "0" * 64, "%00"):
        answer = await look(office, mine.case_id, guess, mine.receipt)
        assert answer.status_code == 404


async def test_a_hash_is_no_reference(office: Office) -> None:
    """Whoever has the same photo, or its hash, gets a file of their own and nobody else's."""
    first = (await office.upload(pictures.jpeg())).json()
    mine = await reported(office, first["file"])
    second = (await office.upload(pictures.jpeg())).json()
    assert second["sha256"] == first["sha256"]
    assert second["file"] != first["file"]
    other = await opened(office)
    for said in (first["sha256"], first["file"]):
        answer = await look(office, other.case_id, said, other.receipt)
        assert code(answer) == (404, "file_not_found")
        answer = await look(office, mine.case_id, second["file"], mine.receipt)
        assert code(answer) == (404, "file_not_found")


async def test_a_file_is_named_by_who_brought_it_in_one_case_and_no_other(office: Office) -> None:
    nobodys = await office.uploaded(pictures.jpeg())
    case, other = await opened(office), await opened(office)
    _, staff = await staff_of(office, case)
    clerks = await office.uploaded(pictures.jpeg(), staff)
    theirs = await office.uploaded(pictures.jpeg(), case.receipt, case.case_id)
    for asked, headers, file in (
        (case, case.receipt, clerks),
        (other, other.receipt, theirs),
        (case, staff, nobodys),
        (case, staff, theirs),
        (case, case.receipt, "file-" + "z" * 28),
    ):
        answer = await office.command(
            asked.case_id, headers, "add_information", text="看照片", evidence=[file]
        )
        assert code(answer) == (409, "file_unknown")
    add = {"text": "看照片", "evidence": [nobodys]}
    done = await office.command(case.case_id, case.receipt, "add_information", **add)
    assert done.status_code == 200, done.text
    late = await office.command(other.case_id, other.receipt, "add_information", **add)
    assert code(late) == (409, "file_unknown")
    answer = await office.open_case(place={"unit_id": "liuyinli-2"}, evidence=[nobodys])
    assert code(answer) == (409, "file_unknown")


async def test_the_same_command_again_gets_the_first_answer(office: Office) -> None:
    case = await opened(office)
    file = await office.uploaded(pictures.jpeg(), case.receipt, case.case_id)
    body = {"kind": "add_information", "text": "看照片", "evidence": [file]}
    where = f"/api/v1/cases/{case.case_id}/commands"
    answers = [await office.post(where, body, case.receipt, "the-same-key") for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    kinds = [each["kind"] for each in await office.events(case.case_id)]
    assert kinds.count("file.attached") == 1


# -- who looked ----------------------------------------------------------------


async def test_staff_who_look_are_recorded_once_for_a_while_and_residents_are_not(
    office: Office,
) -> None:
    file = await office.uploaded(pictures.jpeg())
    case = await reported(office, file)
    person, staff = await staff_of(office, case)
    for headers in (case.receipt, staff, staff):
        assert (await look(office, case.case_id, file, headers)).status_code == 200
    found = await office.get(f"/api/v1/access-record?case={case.case_id}&kind=access.file_shown")
    (entry,) = found["entries"]
    assert entry["by"]["id"] == person
    assert (entry["data"]["file"], entry["data"]["small"]) == (file, False)
    assert entry["post_id"]


# -- disputes ------------------------------------------------------------------


@pytest.mark.rule("R7.1")
async def test_in_a_dispute_each_party_sees_its_own_photo_and_not_the_others(
    office: Office,
) -> None:
    case = await opened(
        office,
        CLERK,
        case_type="dispute",
        item_id=ITEM,
        parties=[{"name": "李", "phone": "19900001234"}],
    )
    theirs = party(office, case.case_id)
    files = {}
    for name, headers in (("reporter", case.receipt), ("party-1", theirs)):
        files[name] = await office.uploaded(pictures.jpeg(), headers, case.case_id)
        answer = await office.command(
            case.case_id, headers, "add_information", text="看照片", evidence=[files[name]]
        )
        assert answer.status_code == 200, answer.text
    for headers, mine, others in (
        (case.receipt, files["reporter"], files["party-1"]),
        (theirs, files["party-1"], files["reporter"]),
    ):
        assert (await look(office, case.case_id, mine, headers)).status_code == 200
        answer = await look(office, case.case_id, others, headers)
        assert code(answer) == (404, "file_not_found")
        seen = (await office.get(f"/api/v1/cases/{case.case_id}", headers))["files"]
        assert [each["file"] for each in seen] == [mine]
    handler = await office.as_person(CLERK)
    for file in files.values():
        assert (await look(office, case.case_id, file, handler)).status_code == 200


@pytest.mark.rule("R7.1")
async def test_a_photo_of_a_dispute_is_as_confidential_as_its_words(office: Office) -> None:
    """Whoever may open the case and not read its words sees that there is a photo, and not it."""
    case = await opened(
        office,
        CLERK,
        case_type="dispute",
        item_id=ITEM,
        parties=[{"name": "李", "phone": "19900001234"}],
    )
    file = await office.uploaded(pictures.jpeg(), case.receipt, case.case_id)
    add = {"text": "看照片", "evidence": [file]}
    answer = await office.command(case.case_id, case.receipt, "add_information", **add)
    assert answer.status_code == 200, answer.text
    auditor = await office.as_person(await office.somebody(Role.AUDITOR))
    answer = await look(office, case.case_id, file, auditor)
    assert code(answer) == (404, "file_not_found")
    (view,) = (await office.get(f"/api/v1/cases/{case.case_id}", auditor))["files"]
    assert (view["state"], view["href"], view["sha256"]) == ("confidential", None, None)
