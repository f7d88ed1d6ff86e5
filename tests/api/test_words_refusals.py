"""Every refusal, of the domain and of the API, has plain words in both languages."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

import activities
import api
import domain
import store
from api import words
from api.next_step import OF_PARTIES, STEPS
from api.schemas import AnyCommandBody
from api.words.actions import ACTIONS, BY_GROUP, GROUPS, HEARD_BY_STAFF
from api.words.refusals import REFUSALS
from api.words.refusals.details import spoken
from api.words.table import Table
from domain.possible import KINDS, OF_ARGUMENTS, OF_STATE
from tests.domain import town
from tests.domain.test_completeness import SOURCES, calls, name_of, text

ROOMS = [Path(room.__path__[0]) for room in (api, activities, store)]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


MADE_OF_A_CODE = ("Refusal", "Refused", "Unscorable", "NotTaken")
"""What else is raised with a code first."""


def problems(tree: ast.AST) -> Iterator[str]:
    """Codes of problem documents, of refusals made outside the domain, of scores not to be had."""
    places = {"Problem": 1, "unknown": 1, **dict.fromkeys(MADE_OF_A_CODE, 0)}
    for call in calls(tree):
        place = places.get(name_of(call.func))
        if place is None:
            continue
        given = [
            *call.args[place : place + 1],
            *(k.value for k in call.keywords if k.arg == "code"),
        ]
        yield from (text(each) for each in given if text(each))


def of_the_api() -> set[str]:
    sources = [path for room in ROOMS for path in room.rglob("*.py")]
    sources += Path(domain.__path__[0], "scores").rglob("*.py")
    found = {code for path in sources for code in problems(ast.parse(path.read_text()))}
    return found | {"not_found", "method_not_allowed", "http_error"}


def details() -> Mapping[str, list[set[str]]]:
    """The names of the details a code is raised with, once for each place."""
    found = defaultdict[str, list[set[str]]](list)
    for source in (*SOURCES, Path(activities.__path__[0], "steps.py")):
        for call in calls(ast.parse(source.read_text())):
            if name_of(call.func) == "Refused" and text(call.args[0]):
                names = {k.arg for k in call.keywords if k.arg} - {"forbidden"}
                found[text(call.args[0])].append(names)
            if name_of(call.func) == "need_phase":
                found[f"not_{name_of(call.args[2]).lower()}"].append({"phase"})
    return found


DETAILS = details()


def test_no_refusal_is_without_words_and_no_words_without_a_refusal() -> None:
    assert set(REFUSALS) == OF_ARGUMENTS | OF_STATE | of_the_api()


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_each_says_what_why_and_what_now_in_both_languages(code: str) -> None:
    for chinese, english in REFUSALS[code]:
        assert CHINESE.search(chinese)
        assert chinese.endswith("。")
        assert not CHINESE.search(english)
        assert english.endswith((".", "?"))
        assert set(PLACEHOLDER.findall(chinese)) == set(PLACEHOLDER.findall(english))


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_each_names_only_details_that_the_refusal_always_holds(code: str) -> None:
    named = {name for said in REFUSALS[code] for each in said for name in PLACEHOLDER.findall(each)}
    always = set.intersection(*DETAILS[code]) if DETAILS.get(code) else set()
    assert named <= always, named - always


BRIDGE = "石桥街道"
UNITS = town.TOWN.organisation.units
NAMED = town.organisation(
    units=[
        *(u for u in UNITS.values() if u.unit_id != "bridge"),
        replace(UNITS["bridge"], name=BRIDGE),
    ]
)


def needs() -> Iterator[str]:
    """What posts are asked for, as the domain says it, with a unit's id where one is put in."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and name_of(node.func) == "acting" and node.args:
                yield from _said(node.args[-1])
            if isinstance(node, ast.Assign) and name_of(node.targets[0]) == "need":
                yield from _said(node.value)


def _said(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield "".join(text(part) or "bridge" for part in node.values)
    elif text(node):
        yield text(node)


@pytest.mark.parametrize("need", sorted(set(needs())))
def test_the_post_that_is_needed_is_named_in_chinese_with_its_unit_by_name(need: str) -> None:
    said = spoken("need", need, "zh", NAMED)
    assert CHINESE.search(said)
    assert not re.search(r"[a-z]", said)
    assert (BRIDGE in said) == ("bridge" in need)
    assert spoken("need", need, "en") == need


def test_roles_are_named_too() -> None:
    said = spoken("need", "one of supervisor, data_protection over the cases", "zh")
    assert said == "管辖这些案件的督办员, 个人信息保护员"


def test_details_are_said_as_people_say_them() -> None:
    again = {"again_from": "2026-03-02T07:00:00+00:00"}
    assert "2026-03-02 15:00" in words.refusal("reminded_recently", again, "zh").what
    phase = {"phase": "awaiting_acceptance"}
    assert "待签收" in words.refusal("not_in_progress", phase, "zh").what
    most = {"asked": "9000 s", "most": "5400 s"}
    assert "1 小时 30 分钟" in words.refusal("extension_too_long", most, "zh").what
    assert "1 h 30 min" in words.refusal("extension_too_long", most, "en").what
    there = {"unit": "bridge"}
    assert BRIDGE in words.refusal("nobody_there", there, "zh", NAMED).what


def test_a_detail_an_old_refusal_lacks_leaves_no_hole_and_no_brace() -> None:
    for code in REFUSALS:
        for language in ("zh", "en"):
            told = words.refusal(code, {}, language)
            assert not PLACEHOLDER.search(told.what + told.why + told.now)
    assert "相应的岗位" in words.refusal("not_entitled", {}, "zh").why


def test_a_code_nobody_knows_is_said_as_itself() -> None:
    assert words.refusal("brand_new", {}, "zh").what == "brand_new"


# -- actions -------------------------------------------------------------------


def test_every_command_somebody_could_send_has_its_label_and_group() -> None:
    assert set(ACTIONS) == set(KINDS)
    assert len(ACTIONS) == sum(map(len, BY_GROUP.values()))
    assert list(GROUPS) == list(BY_GROUP)


def test_what_is_offered_is_what_may_be_sent() -> None:
    union, _ = get_args(AnyCommandBody)
    sent = {body.model_fields["kind"].annotation.__args__[0] for body in get_args(union)}
    assert sent | {"rate"} == set(KINDS)


def test_what_may_be_the_next_step_is_something_one_can_do() -> None:
    assert OF_PARTIES <= set(STEPS) <= set(KINDS)
    assert set(HEARD_BY_STAFF) <= set(KINDS)


@pytest.mark.parametrize("kind", sorted(ACTIONS))
@pytest.mark.parametrize("table", [ACTIONS, HEARD_BY_STAFF])
def test_labels_are_short_and_in_both_languages(kind: str, table: Table) -> None:
    chinese, english = table.get(kind, ACTIONS[kind])
    assert CHINESE.search(chinese)
    assert not CHINESE.search(english)
    assert len(chinese) <= 12
    assert len(english) <= 40
