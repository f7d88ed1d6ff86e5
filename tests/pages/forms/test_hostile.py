"""Whatever is sent to a form: a body of JSON comes out, or one clear no."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from api.pages.forms import Forms, TooMuch
from api.pages.forms.shapes import shapes
from api.pages.forms.typed import CHARACTERS, FIELDS
from api.schemas.delegation import RecordExpenseBody
from api.schemas.disputes import DraftAgreementBody, RecordSessionBody
from api.schemas.first_contact import CaseBody
from api.schemas.office import AddUnitBody, NameStandInBody
from api.schemas.visit import AmendVisitBody
from api.schemas.whistle import SummonBody
from tests.pages.forms import browser
from tests.pages.forms.bodies import BODIES

FORMS = Forms(language="zh", zone="Asia/Shanghai")
PARTS = st.sampled_from(
    [
        "calls",
        "0",
        "999999999",
        "-1",
        "00",
        "asked",
        "text",
        "place",
        "longitude",
        "_map",
        "x",
        "empty",
        "border",
        "version",
        "_version",
        "kind",
        "duties",
        "due_at",
        "__class__",
        "",
        "files",
        "evidence",
    ]
)
NAMES = st.lists(PARTS, max_size=4).map(".".join) | st.text(max_size=8)
VALUES = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "1e999",
        "nan",
        "-0",
        "٣",
        "９",
        "9" * 5000,
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "0001-01-01",
        "2026-W10",
        "20260302",
        "2026-03-02T10",
        "true",
        "[]",
        "\x00",
        "\ud800",
        "，，",
        "1e-400",
        "1_000",
    ]
)


async def body_sent(
    body: type[BaseModel], *items: tuple[str, str | UploadFile]
) -> dict[str, object]:
    sent = await FORMS.receive(body, items)
    found: dict[str, object] = json.loads(
        json.dumps(sent.body, allow_nan=False, ensure_ascii=False).encode()
    )
    browser.page_of(FORMS.draw(body, sent.typed))
    return found


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=12))
@settings(max_examples=8, deadline=None)
async def test_anything_at_all_becomes_a_body(
    body: type[BaseModel], items: list[tuple[str, str]]
) -> None:
    told = await body_sent(body, *items)
    assert set(told) <= {shape.name for shape in shapes(body)}


@given(st.lists(VALUES, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
async def test_anything_in_any_field_becomes_a_body(values: list[str]) -> None:
    for body in (CaseBody, DraftAgreementBody, AddUnitBody, RecordSessionBody, RecordExpenseBody):
        names = [shape.name for shape in shapes(body)]
        items = [(name, values[n % len(values)]) for n, name in enumerate(names)]
        inner = (
            "duties.0.due_at",
            "place.longitude",
            "place.latitude",
            "parties.7.name",
            "_version",
        )
        await body_sent(body, *items, *((name, values[0]) for name in inner))


async def test_names_of_no_field_and_of_no_entry_are_passed_over() -> None:
    told = await body_sent(
        SummonBody,
        ("text", "x"),
        ("calls.x.asked", "y"),
        ("calls.-1.asked", "y"),
        ("calls.01.asked", "y"),
        ("calls.1e3.asked", "y"),
        ("admin", "1"),
        ("kind", "erase"),
        ("calls", "0"),
    )
    assert told == {"kind": "summon", "calls": [], "text": "x"}


async def test_a_deep_entry_is_one_entry_and_makes_no_others() -> None:
    told = await body_sent(
        SummonBody, ("calls.999999.asked", "y"), ("calls.99999999999.asked", "z")
    )
    assert told["calls"] == [{"asked": "y"}]


async def test_of_too_many_entries_one_too_many_is_sent_so_that_the_api_says_so() -> None:
    told = await body_sent(SummonBody, *((f"calls.{n}.asked", "x") for n in range(900)))
    assert len(told["calls"]) == 21  # type: ignore[arg-type] # a list


async def test_of_two_of_a_name_the_last_counts() -> None:
    assert (await body_sent(SummonBody, ("text", "a"), ("text", "b")))["text"] == "b"


async def test_what_does_not_look_like_what_is_asked_for_stays_as_it_was_typed() -> None:
    told = await body_sent(
        CaseBody, ("residents", "12 men"), ("proactive", "maybe"), ("place.longitude", "east")
    )
    assert (told["residents"], told["proactive"]) == ("12 men", "maybe")
    assert told["place"] == {"longitude": "east"}


async def test_lines_end_as_the_api_wants_them() -> None:
    told = await body_sent(SummonBody, ("text", "one\r\ntwo\rthree"))
    assert told["text"] == "one\ntwo\nthree"


async def test_empty_is_left_out_nobody_is_null_and_emptied_is_empty() -> None:
    told = await body_sent(
        AmendVisitBody,
        ("text", "wrong"),
        ("asked", ""),
        ("found", ""),
        ("found.empty", "1"),
        ("place.address", ""),
        ("met", " "),
    )
    assert told == {"kind": "amend_visit", "text": "wrong", "found": ""}
    told = await body_sent(AmendVisitBody, ("text", "wrong"), ("place.empty", "1"))
    assert told["place"] == {}
    told = await body_sent(NameStandInBody, ("post_id", "p-1"), ("person_id", ""))
    assert told == {"kind": "name_stand_in", "post_id": "p-1", "person_id": None}


async def test_too_many_fields_and_too_long_a_form_are_refused_at_once() -> None:
    with pytest.raises(TooMuch):
        await FORMS.receive(CaseBody, [(f"n{n}", "") for n in range(FIELDS + 1)])
    with pytest.raises(TooMuch):
        await FORMS.receive(CaseBody, [("text", "x" * CHARACTERS)])
    endless = (("x", "y") for _ in iter(int, 1))
    with pytest.raises(TooMuch):
        await FORMS.receive(CaseBody, endless)


async def test_what_is_typed_cannot_leave_its_place_in_the_page() -> None:
    evil = '"><script>alert(1)</script></textarea>\n<b>'
    names = ("title", "text", "channel", "urgency", "place.address", "residents", "parties.0.name")
    sent = await FORMS.receive(CaseBody, [(name, evil) for name in names])
    page = browser.page_of(FORMS.draw(CaseBody, sent.typed))
    assert not list(page.all("script", "b"))
    assert dict(browser.sent(page))["text"] == evil.replace("\n", "\r\n")


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
@pytest.mark.parametrize("said", ["x", "", "a, b\nc", "7", "[[1, 2]]", "\x00"])
def test_whatever_a_link_says_of_a_form_is_text_in_it(body: type[BaseModel], said: str) -> None:
    known = {shape.name: said for shape in shapes(body)}
    form = FORMS.draw(body, FORMS.filled(body, known))
    shown = {field.name: field.value for field in form.fields if field.control == "textarea"}
    assert {name: value for name, value in shown.items() if value != said} == {}
