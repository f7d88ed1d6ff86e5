"""R1.2: the page on which a resident reports something, and the receipt it answers with."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from api.pages.drawing.frame import Frame
from tests import pictures
from tests.e2e.office import Office, a_number
from tests.e2e.resident import OURS, TOLD, Resident, somebody
from tests.e2e.scenes.base import CLERK, GRID

pytestmark = pytest.mark.rule("R1.2")
LAMP = "c07-02"
MANY = "灯" * 4001


@pytest.fixture
async def resident(office: Office) -> AsyncIterator[Resident]:
    async with somebody(office) as found:
        yield found


async def reported(resident: Resident, **fields: str) -> str:
    """A case with what it is about chosen at once; its number."""
    await resident.go("/report")
    await resident.send("/report", **{"text": TOLD, "item": LAMP, "unit": GRID, **fields})
    assert resident.path.endswith("/receipt"), resident.text
    return resident.path.split("/")[2]


async def test_a_resident_says_it_in_own_words_and_is_asked_once_more_what_it_is(
    office: Office, resident: Resident
) -> None:
    await resident.go("/report")
    await resident.send("/report", text=TOLD, address="3号楼二单元", unit=GRID, phone=a_number())
    assert "再问一句：下面哪一项最接近？" in resident.text
    form = resident.form("/report")
    (items,) = form.named("item")
    assert items.options[0] == LAMP
    assert items.options.index("unsure") < 8
    await resident.send("/report", item=LAMP)
    case_id = resident.path.split("/")[2]
    case = await office.case(case_id)
    assert (case["item"]["id"], case["channel"]) == (LAMP, "web")
    assert case["title"] == "楼道的灯坏了一个星期，老人晚上下楼看不见"
    assert case["place"]["grid"]["id"] == GRID
    assert (await office.events(case_id))[0]["data"]["text"] == TOLD


async def test_the_receipt_shows_number_and_code_once_and_they_open_the_case(
    office: Office, resident: Resident
) -> None:
    case_id = await reported(resident)
    assert resident.title == "已登记，这是您的回执"
    (code,) = re.findall(r"\b(?:[a-z2-7]{4} ){5}[a-z2-7]{4}\b", resident.text)
    text = await resident.http.get(f"/mine/{case_id}/receipt/text")
    assert text.headers["content-disposition"] == f'attachment; filename="shouwen-{case_id}.txt"'
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"凭证码: {code}" in text.text
    assert case_id in text.text
    await resident.send("/receipt")
    assert (resident.path, resident.title) == (
        f"/mine/{case_id}",
        "楼道的灯坏了一个星期，老人晚上下楼看不见",
    )
    await resident.go(f"/mine/{case_id}/receipt")
    assert resident.path == f"/mine/{case_id}"
    assert code not in resident.page.text
    async with somebody(office) as another:
        await another.go("/mine")
        await another.send("/mine", number=case_id.lower(), code=code.upper())
        assert another.path == f"/mine/{case_id}"


async def test_the_code_is_in_no_address_title_or_referrer(
    office: Office, resident: Resident
) -> None:
    case_id = await reported(resident)
    (code,) = re.findall(r"(?:[a-z2-7]{4} ){5}[a-z2-7]{4}", resident.text)
    for answer in (*resident.page.history, resident.page):
        assert code.replace(" ", "") not in str(answer.url)
        assert code.replace(" ", "") not in answer.headers.get("location", "")
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
    cookies = [h for a in resident.page.history for h in a.headers.get_list("set-cookie")]
    (held,) = [each for each in cookies if each.startswith("shouwen_link=")]
    assert f"Path=/mine/{case_id}" in held
    assert "HttpOnly" in held
    assert "SameSite=strict" in held
    assert code.replace(" ", "") not in office.api.log.read_text()


async def test_who_does_not_know_what_it_is_may_say_so(office: Office, resident: Resident) -> None:
    case_id = await reported(resident, item="unsure")
    assert (await office.case(case_id))["item"]["id"] == "c35-04"


async def test_words_alone_are_enough(office: Office, resident: Resident) -> None:
    case_id = await reported(resident, unit="")
    case = await office.case(case_id)
    assert case["place"]["street"] is None
    assert case["reporter"] == {"name": "", "phone": ""}


async def test_danger_is_an_emergency(office: Office, resident: Resident) -> None:
    case_id = await reported(resident, urgent="yes")
    assert (await office.case(case_id))["urgency"] == "emergency"
    await resident.send("/receipt")
    assert "紧急事项，昼夜办理" in resident.text


@pytest.mark.rule("R7.1")
async def test_a_dispute_names_the_other_side(office: Office, resident: Resident) -> None:
    await resident.go("/report")
    said = {"text": "邻居在楼道堆物，多次争吵。", "item": "c34-01", "dispute": "yes"}
    refused = await resident.send("/report", **said)
    assert refused.status_code == 422
    assert "如是纠纷，请写明对方是谁。" in resident.text
    await resident.send("/report", other_name="李芳")
    case = await office.case(resident.path.split("/")[2])
    assert (case["case_type"], len(case["parties"])) == ("dispute", 1)


async def test_staff_who_are_signed_in_report_here_as_residents(
    office: Office, resident: Resident
) -> None:
    resident.http.cookies.set("shouwen_session", await office.fresh_token(CLERK))
    case_id = await reported(resident)
    assert (await office.events(case_id))[0]["by"]["id"] == "resident"


# -- where it is ------------------------------------------------------------------


async def click(resident: Resident, **fields: str) -> httpx.Response:
    """The form, sent by the image of the map."""
    form = resident.form("/report")
    form.action += "/map"
    resident.page = await resident.post(form, **fields)
    return resident.page


@pytest.mark.rule("R2.1")
async def test_a_click_on_the_map_is_the_place_and_shows_it_closer(
    office: Office, resident: Resident
) -> None:
    await resident.go("/report")
    await resident.send("/report/map", text=TOLD, item=LAMP)
    town = resident.form("/report").named("frame")[0].value
    frame = Frame.read(town)
    assert frame
    x, y = (int(each) for each in frame.pixel(116.8823, 36.4162))
    await click(resident, **{"map.x": str(x), "map.y": str(y)})
    closer = {each.name: each.value for each in resident.form("/report").fields}
    assert closer["area"] == "liuyin"
    assert closer["frame"] != town
    assert closer["unit"].startswith("liuyinli")
    (image,) = re.findall(r'src="(/drawings/place[^"]*)"', resident.page.text)
    drawn = await resident.http.get(unescape(image))
    assert drawn.headers["content-type"] == "image/svg+xml"
    await resident.send("/report", item=LAMP)
    place = (await office.case(resident.path.split("/")[2]))["place"]
    assert place["grid"]["id"] == closer["unit"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"map.x": "0", "map.y": "0"},
        {"map.x": "x", "map.y": "9" * 99},
        {"map.x": "5", "map.y": "5", "frame": "1,2"},
        {"area": "no-such-unit"},
        {"area": "<script>", "point": "nan,nan"},
        {"point": "999,999"},
    ],
    ids=str,
)
async def test_what_points_nowhere_is_no_place(resident: Resident, wrong: dict[str, str]) -> None:
    await resident.go("/report")
    await resident.send("/report/map", text=TOLD)
    answer = await click(resident, **wrong)
    assert answer.status_code == 200
    assert resident.form("/report").named("text")[0].value == TOLD
    await resident.send("/report", item=LAMP)
    assert resident.path.endswith("/receipt"), resident.text


@pytest.mark.rule("R2.1")
async def test_an_address_that_names_its_community_is_enough(
    office: Office, resident: Resident
) -> None:
    case_id = await reported(resident, unit="", address="书院社区5号楼")
    assert (await office.case(case_id))["place"]["community"]["id"] == "shuyuan"


# -- photos -----------------------------------------------------------------------


async def test_photos_go_along_and_stay_when_the_form_comes_again(
    office: Office, resident: Resident
) -> None:
    await resident.go("/report")
    form = resident.form("/report")
    given = {each.name: each.value for each in form.fields if each.kind != "file"}
    files = [("photos", ("灯.png", pictures.png(), "image/png"))] * 2
    resident.page = await resident.http.post(
        form.action, data={**given, "text": TOLD}, files=files, headers=OURS
    )
    assert "已附2个。" in resident.text
    form = resident.form("/report")
    held = [each.value for each in form.named("photo")]
    given = {each.name: each.value for each in form.fields if each.kind != "file"}
    resident.page = await resident.http.post(
        form.action, data={**given, "photo": held, "item": LAMP}, headers=OURS
    )
    await resident.send("/receipt")
    assert resident.text.count("您提交的") == 2
    (first, _) = re.findall(r'src="(/mine/[^"]*small=true)"', resident.page.text)
    small = await resident.http.get(unescape(first))
    assert small.headers["content-type"] == "image/jpeg"
    async with somebody(office) as other:
        assert "凭证码" in (await other.http.get(unescape(first))).text


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"\x89PNG\r\n\x1a\n"])
async def test_what_is_no_photo_is_said_so_and_nothing_is_lost(
    resident: Resident, content: bytes
) -> None:
    await resident.go("/report")
    form = resident.form("/report")
    given = {each.name: each.value for each in form.fields if each.kind != "file"}
    resident.page = await resident.http.post(
        *(form.action,),
        data={**given, "text": TOLD, "item": LAMP},
        files={"photos": ("x.png", content, "image/png")},
        headers=OURS,
    )
    assert resident.page.status_code == 422
    assert 'id="photos-fault"' in resident.page.text
    assert resident.form("/report").named("text")[0].value == TOLD


# -- wrong, missing, huge, hostile, twice, from elsewhere -----------------------


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("text", "", "请在这里写几句"),
        ("text", MANY, "请在这里写几句"),
        ("text", "灯坏了\x07", "请在这里写几句"),
        ("phone", "打我电话", "请只填数字，5到20位。"),
        ("name", "王" * 201, "请不要超过200字。"),
        ("address", "楼" * 201, "请不要超过200字。"),
        ("unit", "no-such-unit", "请另选一项：这一项已停用。"),
        ("item", "c99-99", "请另选一项：这一项已停用。"),
        ("item", "<script>", "请另选一项：这一项已停用。"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field_and_everything_typed_is_kept(
    resident: Resident, field: str, value: str, told: str
) -> None:
    typed = {"text": TOLD, "item": LAMP, "address": "3号楼", "name": "王建国", field: value}
    await resident.go("/report")
    answer = await resident.send("/report", **typed)
    assert answer.status_code in {409, 422}, resident.text
    assert told in resident.text
    kept = {each.name: each.value for each in resident.form("/report").fields}
    for name in {"text", "address", "name"} - {field}:
        assert kept[name] == typed[name]
    assert 'role="alert"' in answer.text


async def test_what_is_typed_is_shown_as_text(resident: Resident) -> None:
    await resident.go("/report")
    evil = '"><script>alert(1)</script>{{7*7}}'
    answer = await resident.send("/report", text=evil, address=evil, name=evil)
    assert "<script>alert" not in answer.text
    assert resident.form("/report").named("address")[0].value == evil


async def test_a_second_click_opens_no_second_case(office: Office, resident: Resident) -> None:
    await resident.go("/report")
    form = resident.form("/report")
    fields = {"text": TOLD, "item": LAMP, "unit": GRID}
    first, second = await resident.post(form, **fields), await resident.post(form, **fields)
    assert first.url.path == second.url.path
    assert first.url.path.endswith("/receipt")


async def test_another_sites_form_opens_nothing(resident: Resident) -> None:
    data = {"text": TOLD, "item": LAMP}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await resident.http.post("/report", data=data, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


async def test_the_page_is_whole_in_english(resident: Resident) -> None:
    await resident.go("/report?lang=en")
    assert resident.title == "Report something"
    await resident.send("/report", text=TOLD)
    assert "One more question: which of these fits best?" in resident.text


# -- what the page asks the API --------------------------------------------------


@pytest.mark.rule("R2.1")
async def test_everybody_may_ask_which_places_there_are(office: Office) -> None:
    found = (await office.http.get("/api/v1/places")).json()
    assert found["grids"]
    street = found["streets"][0]
    assert street["name"] == "柳荫街道"
    first = [(each["id"], each["depth"]) for each in street["places"][:2]]
    assert first == [("liuyinli", 0), ("liuyinli-1", 1)]
    few = (await office.http.get("/api/v1/places?most=20")).json()
    assert not few["grids"]
    assert {each["depth"] for street in few["streets"] for each in street["places"]} == {0}


@pytest.mark.rule("R3.1")
async def test_everybody_may_ask_what_words_may_mean(office: Office) -> None:
    url = "/api/v1/catalogue/suggestions"
    found = (await office.http.post(url, json={"text": TOLD, "most": 3})).json()["items"]
    assert found[0] == {"item_id": LAMP, "name": "路灯与楼道灯不亮", "class_name": "供电与照明"}
    assert len(found) == 3
    assert (await office.http.post(url, json={"text": "zzz"})).json()["items"] == []
    assert (await office.http.post(url, json={"text": ""})).status_code == 422
