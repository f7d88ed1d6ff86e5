"""What the API says of a form stands at the fields, in words that say what to do now."""

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.pages.forms import Form, Forms, Typed
from api.pages.forms.reading import body_of
from api.pages.forms.shapes import Shape, shapes
from api.pages.forms.typed import gathered
from api.schemas import AnyCommandBody
from api.schemas.admission import AdmissionBody
from api.schemas.delegation import RecordExpenseBody
from api.schemas.deliberation import RecordMeetingBody
from api.schemas.disputes import RecordSessionBody
from api.schemas.first_contact import CaseBody
from api.schemas.ladder import AcceptBody, EscalateBody
from api.schemas.office import DrawGridBody
from api.schemas.ratings import RatingBody, ResolveBody
from api.schemas.whistle import SummonBody
from api.words.fields.faults import FAULTS
from tests.pages.forms import browser
from tests.pages.forms.bodies import BODIES

ZONE = "Asia/Shanghai"
ZH = Forms(language="zh", zone=ZONE)
EN = Forms(language="en", zone=ZONE)
TOO_LONG = (
    "Anything you would like to say: At most 4000 characters; there are 4001. Please shorten it."
)
GARBAGE = (
    "x",
    "-1",
    "a\x00b",
    "长" * 4001,
    "9" * 30,
    "2026-02-30",
    "é b",
    "nan",
    "1e999",
    "\n",
    "\u202e",
)


def problem(of: Any, body: dict[str, Any]) -> dict[str, Any]:
    """The API's problem document for a body it does not take."""
    try:
        TypeAdapter(of).validate_python(body)
    except ValidationError as error:
        found = error.errors()
    else:
        return {}
    places = [
        {"where": "/".join(map(str, ("body", *e["loc"]))), "code": e["type"], "message": e["msg"]}
        for e in found
    ]
    return {"status": 422, "code": "invalid_request", "errors": places}


def answered(forms: Forms, of: Any, body: type[BaseModel], **typed: str) -> Form:
    """The form as it is drawn after these texts were sent."""
    sent = gathered([(name.replace("__", "."), text) for name, text in typed.items()])
    return forms.draw(body, sent, problem(of, body_of(body, sent, forms.zone)))


def at(form: Form, name: str) -> list[str]:
    every = [each for one in form.fields for each in one.all]
    return list(next(one for one in every if one.name == name).errors)


def test_what_is_missing_is_said_where_it_is_missing() -> None:
    form = answered(ZH, AnyCommandBody, EscalateBody, text="")
    assert at(form, "text") == ["请填写这一项。"]
    assert at(form, "reason") == ["请选择一项。"]
    assert form.heading == "有 2 处需要改正"


def test_the_field_of_an_entry_is_found_behind_the_kind_of_the_command() -> None:
    form = answered(
        EN, AnyCommandBody, SummonBody, calls__0__asked="Come", calls__3__unit_id="!", text="x"
    )
    assert at(form, "calls.1.asked") == ["Please fill this in."]
    assert at(form, "calls.1.unit_id")[0].startswith("An id has small letters")
    assert at(form, "calls.0.asked") == []


def test_a_text_that_is_too_long_is_told_how_long_it_is() -> None:
    form = answered(ZH, AnyCommandBody, ResolveBody, text="长" * 4012)
    assert at(form, "text") == ["最多 4000 个字，现在有 4012 个，请缩短。"]


def test_numbers_are_told_their_bounds_and_money_its_form() -> None:
    form = answered(EN, CaseBody, CaseBody, residents="0")
    assert at(form, "residents") == ["Not less than 1, please."]
    assert at(answered(EN, CaseBody, CaseBody, residents="many"), "residents") == [
        "Please give a whole number, such as 3."
    ]
    assert at(answered(EN, AnyCommandBody, RecordExpenseBody, fen="12.345"), "fen") == [
        "Please give a sum with two decimals at most, such as 86.50."
    ]
    assert at(answered(EN, AnyCommandBody, RecordExpenseBody, fen="0"), "fen") == [
        "Not less than 0.01, please."
    ]


def test_the_line_that_is_wrong_is_named() -> None:
    form = answered(EN, AnyCommandBody, RecordSessionBody, mediators="1\nzwei\n3")
    assert at(form, "mediators") == ["Line 2: Please give a whole number, such as 3."]
    form = answered(ZH, DrawGridBody, DrawGridBody, border="104.1, 30.5\n104.2 北")
    assert at(form, "border") == ["第 2 行：每行填一个角点：经度, 纬度，例如 104.0665, 30.5723。"]


def test_moments_and_days_are_told_their_form() -> None:
    meeting = answered(EN, AnyCommandBody, RecordMeetingBody, held_at="tomorrow")
    assert at(meeting, "held_at")[0].startswith("Please give day and time")
    admission = answered(EN, AdmissionBody, AdmissionBody, first_day="2026-02-30")
    assert at(admission, "first_day")[0].startswith("Please give a date")


def test_own_checks_of_the_bodies_are_spoken_too() -> None:
    form = answered(ZH, CaseBody, CaseBody, title="灯\x07", text="  ")
    assert "看不见的特殊字符" in at(form, "title")[0]
    assert at(form, "text") == ["请填写这一项。"]


def test_a_rules_no_stands_at_its_field_where_there_is_one() -> None:
    said = {"status": 409, "code": "evidence_missing", "rule": "R9.1", "title": "Not possible now"}
    said["details"] = {"item": "lamp"}
    form = ZH.draw(ResolveBody, Typed({"text": ("修好了",)}), said)
    assert at(form, "evidence") == [
        "缺少佐证材料（lamp）。目录要求这类事项附照片或文件。请上传后再办结。"
    ]
    form = ZH.draw(ResolveBody, Typed(), {**said, "code": "case_closed"})
    assert [fault.id for fault in form.faults] == [""]
    assert form.heading == "没有办成"


def test_a_no_without_words_names_its_rule_and_never_its_code() -> None:
    form = EN.draw(AcceptBody, Typed(), {"code": "nobody_knows", "rule": "R4.2"})
    assert form.faults[0].told.startswith("By rule R4.2")
    form = EN.draw(AcceptBody, Typed(), {"code": "nobody_knows"})
    assert form.faults[0].told.startswith("This is not possible now")


def test_the_summary_leads_to_the_fields_and_the_fields_to_what_is_wrong() -> None:
    page = browser.page_of(answered(EN, RatingBody, RatingBody, text="x" * 4001))
    links = [(a.text, a.get("href")) for a in page.all("a")]
    assert links == [
        ("Were you contacted: Please choose one.", "#f-contacted-0"),
        ("Is it solved: Please choose one.", "#f-solved-0"),
        ("How satisfied are you: Please choose one.", "#f-grade-0"),
        (TOO_LONG, "#f-text"),
    ]
    text = next(e for e in page.all("textarea") if e.get("name") == "text")
    assert text.attributes["aria-invalid"] == "true"
    assert text.attributes["aria-describedby"] == "f-text-error"
    assert text.text.strip() == "x" * 4001
    box = next(e for e in page.all("div") if e.get("role") == "alert")
    assert {"autofocus", "tabindex"} <= set(box.attributes)
    assert "Everything you typed is still here." in box.words


def named(inner: tuple[Shape, ...], path: str = "") -> list[str]:
    """Every name of a form with one entry in each list."""
    found: list[str] = []
    for shape in inner:
        name = path + shape.name
        entry = f"{name}.0" if shape.kind == "bodies" else name
        found += named(shape.inner, entry + ".") if shape.body else [name]
    return found


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_whatever_is_typed_what_is_wrong_is_said_at_a_field_in_words(body: type[BaseModel]) -> None:
    for garbage in GARBAGE:
        sent = gathered([(name, garbage) for name in named(shapes(body))])
        told = problem(body, body_of(body, sent, ZONE))
        form = ZH.draw(body, sent, told)
        assert bool(told) == bool(form.faults)
        for fault in form.faults:
            assert fault.id, (body, garbage, fault)
            assert FAULTS["other"][0] not in fault.told, (garbage, told, fault)
        browser.page_of(form)
