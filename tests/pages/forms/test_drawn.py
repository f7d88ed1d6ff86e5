"""The HTML of every form: each label belongs to a control, ids are unique, no code is shown."""

import re
from collections import Counter

import pytest
from pydantic import BaseModel

from api.pages.drawing.frame import Frame
from api.pages.forms import Choices, Form, Forms, Option, Picture, Typed
from api.schemas.disputes import FormPanelBody
from api.schemas.first_contact import CaseBody
from api.schemas.office import AddUnitBody, NameStandInBody, PublishPolicyBody
from api.schemas.people import SignInBody
from api.schemas.ratings import RatingBody, RecordFollowUpBody, ResolveBody
from api.schemas.visit import AmendVisitBody
from api.schemas.whistle import ReportInBody, SummonBody
from api.words.table import Language
from tests.pages.forms import browser
from tests.pages.forms.bodies import BODIES

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ZH = Forms(language="zh", zone="Asia/Shanghai")
EN = Forms(language="en", zone="Asia/Shanghai")
CODE = re.compile(r"[a-z]+_[a-z_]+|[a-z]+[A-Z]\w*|\bparty-\d|\{|\}")
EXAMPLES = {"reporter", "party-1", "mediator-2", "handler", "policy.toml"}
CONTROLS = ("input", "select", "textarea")


def every(forms: Forms, body: type[BaseModel]) -> list[Form]:
    """Empty; with an entry in each list; with a fault at each field."""
    first = forms.draw(body)
    lists = [one.name for one in first.fields if one.control == "many"]
    full = Typed({f"{name}.{n}": ("",) for name in lists for n in (0, 1)})
    names = [each.name for one in forms.draw(body, full).fields for each in one.all]
    errors = [
        {"where": "body/" + name.replace(".", "/"), "code": "missing", "message": ""}
        for name in names
    ]
    wrong = forms.draw(body, full, {"code": "invalid_request", "errors": errors})
    return [first, forms.draw(body, full), wrong]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_every_form_is_sound_html(body: type[BaseModel], language: Language) -> None:
    for form in every(Forms(language=language, zone="Asia/Shanghai"), body):
        page = browser.page_of(form)
        elements = list(page.all())
        ids = Counter(each.attributes["id"] for each in elements if "id" in each.attributes)
        assert [name for name, count in ids.items() if count > 1] == []
        labelled = {each.get("for") for each in page.all("label")}
        assert labelled <= set(ids)
        for control in page.all(*CONTROLS):
            hidden = control.get("type") == "hidden"
            assert hidden or control.get("alt") or control.attributes["id"] in labelled, control
        for each in elements:
            assert {"style", "onclick"}.isdisjoint(each.attributes)
            assert set(each.get("aria-describedby").split()) <= set(ids)
            assert each.tag != "a" or each.get("href")[1:] in ids


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_no_form_shows_what_only_code_calls_it(body: type[BaseModel], language: Language) -> None:
    for form in every(Forms(language=language, zone="Asia/Shanghai"), body):
        shown = browser.page_of(form).words
        found = set(CODE.findall(shown)) - EXAMPLES
        assert found == set()
        assert form.title
        for one in (each for top in form.fields for each in top.all):
            assert one.label, one.name
            assert one.label != one.name.rpartition(".")[2], one.name
        if language == "zh":
            assert all(re.search(r"[一-鿿]", each.words) for each in _told(form))


def _told(form: Form) -> list[browser.Element]:
    return list(browser.page_of(form).all("label", "legend", "option", "a"))


def control(form: Form, name: str) -> browser.Element:
    page = browser.page_of(form)
    return next(e for e in page.all(*CONTROLS) if e.get("name") == name)


def radios(form: Form, name: str) -> list[tuple[str, str, bool]]:
    page = browser.page_of(form)
    return [
        (
            each.attributes["value"],
            (each.parent.words if each.parent else "").strip(),
            "checked" in each.attributes,
        )
        for each in page.all("input")
        if each.get("name") == name and each.get("type") == "radio"
    ]


def test_yes_and_no_are_two_buttons_and_not_said_is_the_third() -> None:
    asked = radios(ZH.draw(RatingBody), "solved")
    assert asked == [("true", "是", False), ("false", "否", False)]
    told = radios(EN.draw(RecordFollowUpBody), "solved")
    assert told == [("", "not said", True), ("true", "yes", False), ("false", "no", False)]


def test_what_holds_when_nothing_is_said_is_chosen_from_the_start() -> None:
    assert radios(ZH.draw(CaseBody), "urgency") == [
        ("normal", "一般", True),
        ("emergency", "紧急", False),
    ]
    assert control(ZH.draw(CaseBody), "residents").attributes["value"] == "1"


def test_a_grade_is_chosen_by_its_words_best_first() -> None:
    grades = radios(EN.draw(RatingBody), "grade")
    assert [value for value, _, _ in grades] == ["5", "4", "3", "2", "1"]
    assert grades[0][1] == "very satisfied"


def test_a_long_list_is_a_select_that_chooses_nothing_by_itself() -> None:
    channel = control(ZH.draw(CaseBody), "channel")
    assert channel.tag == "select"
    assert [o.attributes["value"] for o in channel.all("option")][:3] == ["", "counter", "phone"]


def test_limits_are_those_of_the_api() -> None:
    title = control(ZH.draw(CaseBody), "title")
    assert (title.get("maxlength"), "required" in title.attributes) == ("120", True)
    residents = control(ZH.draw(CaseBody), "residents")
    assert (residents.get("min"), residents.get("max")) == ("1", "100000")
    unit = control(ZH.draw(AddUnitBody), "households")
    assert (unit.get("min"), unit.get("max")) == ("0", "9999999")
    assert control(ZH.draw(PublishPolicyBody), "document").tag == "textarea"


def test_what_is_offered_from_outside_is_chosen_and_not_typed() -> None:
    posts = [Option(f"p-{n}", f"调解员 {n}") for n in range(7)]
    forms = Forms(language="zh", zone="Asia/Shanghai", choices=Choices(of={"posts": posts}))
    page = browser.page_of(forms.draw(FormPanelBody))
    assert [e.get("value") for e in page.all("input") if e.get("type") == "checkbox"] == [
        post.value for post in posts
    ]
    stand_in = forms.draw(NameStandInBody)
    assert control(stand_in, "post_id").tag == "select"
    assert control(stand_in, "person_id").tag == "input"


def test_a_chosen_value_that_is_offered_no_more_stays_chosen() -> None:
    units = Choices(of={"units": [Option("u-1", "锦绣社区")]})
    forms = Forms(language="zh", zone="Asia/Shanghai", choices=units)
    form = forms.draw(AddUnitBody, Typed({"parent_id": ("u-9",)}))
    assert radios(form, "parent_id") == [("u-1", "锦绣社区", False), ("u-9", "u-9", True)]


def test_where_there_is_nothing_to_choose_it_is_said() -> None:
    forms = Forms(language="en", zone="Asia/Shanghai", choices=Choices(of={"helpers": []}))
    missing = {"errors": [{"where": "body/summons_id", "code": "missing"}]}
    form = forms.draw(ReportInBody, Typed(), missing)
    page = browser.page_of(form)
    assert "There is nothing to choose from now." in page.words
    assert form.faults[0].id in {each.get("id") for each in page.all("fieldset")}


def test_a_map_can_be_clicked_and_files_are_handed_in_where_they_belong() -> None:
    picture = Picture("/map.svg", Frame.around((104, 30, 105, 31), 320, 320))
    forms = Forms(language="zh", zone="Asia/Shanghai", choices=Choices(picture=picture))
    assert control(forms.draw(CaseBody), "place._map").get("src") == "/map.svg"
    resolve = forms.draw(ResolveBody, Typed({"evidence": ("sha256-abc",)}))
    assert resolve.multipart
    assert control(resolve, "evidence").attributes["checked"] == ""
    assert control(resolve, "evidence.files").get("type") == "file"
    assert not forms.draw(SummonBody).multipart


def test_what_can_be_emptied_has_a_box_for_it() -> None:
    form = ZH.draw(AmendVisitBody)
    assert control(form, "asked.empty").get("type") == "checkbox"
    assert control(form, "place.empty").get("type") == "checkbox"


def test_a_password_is_never_drawn_again() -> None:
    form = ZH.draw(SignInBody, Typed({"login": ("wang",), "password": ("secret",)}))
    assert control(form, "login").get("value") == "wang"
    assert control(form, "password").get("value") == ""


def test_two_forms_on_a_page_have_ids_of_their_own() -> None:
    first, second = ZH.draw(SummonBody, prefix="a"), ZH.draw(SummonBody, prefix="b")
    ids = {
        e.get("id")
        for f in (first, second)
        for e in browser.page_of(f).all(*CONTROLS)
        if e.get("id")
    }
    assert len(ids) == 2 * len({i[2:] for i in ids})


def test_the_page_may_say_a_field_itself() -> None:
    forms = Forms(language="zh", zone="Asia/Shanghai", without=frozenset({"channel"}))
    assert "channel" not in [one.name for one in forms.draw(CaseBody).fields]
