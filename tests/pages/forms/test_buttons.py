"""One more, one less, a click on the map: without scripts, and nothing typed is lost."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from starlette.datastructures import UploadFile

from api.pages.drawing.frame import METRES, Frame
from api.pages.forms import Choices, Forms, Option, Picture, Sent, Sought
from api.pages.forms.receiving import Uploaded
from api.schemas.erasure import ErasureBody
from api.schemas.first_contact import CaseBody
from api.schemas.office import EndPostBody, LeaveBody
from api.schemas.ratings import ResolveBody
from api.schemas.whistle import SummonBody
from tests.pages.forms import browser

PICTURE = Picture("/map.svg", Frame(104.5, 0.0, METRES / 1_000, 400, 200))
"""A thousand pixels to a degree."""
FORMS = Forms(language="en", zone="Asia/Shanghai", choices=Choices(picture=PICTURE))


async def pressed(body: type, *items: tuple[str, str]) -> Sent:
    return await FORMS.receive(body, items)


def names(body: type, sent: Sent) -> set[str]:
    return {name for name, _ in browser.sent(browser.page_of(FORMS.draw(body, sent.typed)))}


async def test_a_list_that_must_have_one_begins_with_one() -> None:
    fresh = browser.sent(browser.page_of(FORMS.draw(ErasureBody)))
    assert {"targets.0", "targets.0.case_id"} <= {name for name, _ in fresh}
    assert not any(
        name.startswith("parties")
        for name, _ in browser.sent(browser.page_of(FORMS.draw(CaseBody)))
    )


async def test_one_more_keeps_what_is_typed() -> None:
    sent = await pressed(SummonBody, ("calls.0.asked", "Come"), ("text", "Help"), ("_add", "calls"))
    assert sent.again
    again = dict(browser.sent(browser.page_of(FORMS.draw(SummonBody, sent.typed))))
    assert again["calls.0.asked"] == "Come"
    assert again["calls.1.asked"] == ""
    assert again["text"] == "Help"


async def test_one_less_closes_the_gap() -> None:
    items = [(f"calls.{n}.asked", f"task {n}") for n in range(3)]
    sent = await pressed(SummonBody, *items, ("_drop", "calls.1"))
    assert sent.again
    again = dict(browser.sent(browser.page_of(FORMS.draw(SummonBody, sent.typed))))
    assert [again[f"calls.{n}.asked"] for n in (0, 1)] == ["task 0", "task 2"]
    assert "calls.2.asked" not in again


SEEKING = Forms(
    language="en", zone="Asia/Shanghai", choices=Choices(sought=frozenset({"people", "posts"}))
)


async def test_what_cannot_be_listed_is_found_and_filled_in() -> None:
    typed = (("post_id", "liuyinli-1"), ("successor", "Liu Yin"), ("text", "Leaves"))
    sent = await SEEKING.receive(EndPostBody, [*typed, ("_find", "successor")])
    assert sent.again
    assert SEEKING.sought(EndPostBody, sent.typed) == Sought("successor", "posts", "Liu Yin")
    forms = SEEKING.finding("successor", [Option("liuyinli-2", "Clerk")])
    page = browser.page_of(forms.draw(EndPostBody, sent.typed))
    assert dict(browser.sent(page))["successor"] == "Liu Yin"
    (hit,) = [each for each in page.all("button") if each.get("name") == "_pick"]
    picked = await SEEKING.receive(EndPostBody, [*typed, ("_pick", hit.get("value") or "")])
    assert picked.again
    again = dict(browser.sent(browser.page_of(SEEKING.draw(EndPostBody, picked.typed))))
    assert (again["successor"], again["text"]) == ("liuyinli-2", "Leaves")


@pytest.mark.parametrize("path", ["", "text", "kind", "nothing", "successors.0", "a.b.c", "\0"])
async def test_nothing_is_found_for_what_names_nothing(path: str) -> None:
    sent = await SEEKING.receive(LeaveBody, [("_find", path)])
    assert sent.again
    assert SEEKING.sought(LeaveBody, sent.typed) is None
    assert (await SEEKING.receive(LeaveBody, [("_pick", path)])).again


async def test_an_entry_of_a_list_is_found_by_its_place() -> None:
    items = [("successors.1.post_id", "liuyinli"), ("_find", "successors.1.post_id")]
    sent = await SEEKING.receive(LeaveBody, items)
    assert SEEKING.sought(LeaveBody, sent.typed) == Sought(
        "successors.1.post_id", "posts", "liuyinli"
    )


async def test_a_full_list_takes_no_more() -> None:
    items = [(f"calls.{n}.asked", "x") for n in range(20)]
    sent = await pressed(SummonBody, *items, ("_add", "calls"))
    page = browser.page_of(FORMS.draw(SummonBody, sent.typed))
    assert "calls.20.asked" not in dict(browser.sent(page))
    assert not [b for b in page.all("button") if b.get("name") == "_add"]


async def test_a_click_on_the_map_is_a_point_of_the_case() -> None:
    sent = await pressed(
        CaseBody, ("title", "Lamp"), ("place._map.x", "100"), ("place._map.y", "50")
    )
    assert sent.again
    assert sent.body["place"] == {"longitude": 104.4005, "latitude": 0.0495}
    page = browser.page_of(FORMS.draw(CaseBody, sent.typed))
    assert "Chosen: longitude 104.4005, latitude 0.0495" in page.words
    assert dict(browser.sent(page))["title"] == "Lamp"


@pytest.mark.parametrize(
    "button",
    [
        ("_add", "nothing"),
        ("_add", ""),
        ("_drop", "calls"),
        ("_drop", "calls.7"),
        ("_drop", "."),
        ("place._map.x", "9" * 50),
        ("place._map.x", "-1"),
        ("._map.x", "1"),
    ],
)
async def test_buttons_nobody_has_drawn_do_nothing(button: tuple[str, str]) -> None:
    sent = await pressed(SummonBody, ("calls.0.asked", "Come"), button)
    assert sent.again
    assert sent.body["calls"] == [{"asked": "Come"}]
    assert "calls.0.asked" in names(SummonBody, sent)


async def test_the_enter_key_sends_the_form_and_adds_nothing() -> None:
    form = next(iter(browser.page_of(FORMS.draw(SummonBody)).all("form")))
    first = next(iter(form.all("button", "input")))
    assert first.tag == "button"
    assert "name" not in first.attributes
    assert "formnovalidate" not in first.attributes


async def test_files_are_handed_in_at_once_and_kept() -> None:
    taken: list[tuple[str, list[str | None]]] = []

    async def uploaded(name: str, files: Sequence[UploadFile]) -> list[str]:
        taken.append((name, [file.filename for file in files]))
        return [f"sha256-{n}" for n, _ in enumerate(files)]

    hand_in: Uploaded = uploaded
    files = [UploadFile(BytesIO(), filename=name) for name in ("a.jpg", "b.jpg", "")]
    items: list[tuple[str, str | UploadFile]] = [
        ("text", "Done"),
        ("evidence", "sha256-old"),
        *(("evidence.files", f) for f in files),
    ]
    sent = await FORMS.receive(ResolveBody, items, hand_in)
    assert taken == [("evidence", ["a.jpg", "b.jpg"])]
    assert not sent.again
    assert sent.body["evidence"] == ["sha256-old", "sha256-0", "sha256-1"]
    again = browser.sent(browser.page_of(FORMS.draw(ResolveBody, sent.typed)))
    assert [value for name, value in again if name == "evidence"] == sent.body["evidence"]
