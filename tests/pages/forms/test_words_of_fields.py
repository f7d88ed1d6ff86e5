"""No field of any body and no value of a closed list is without words in both languages."""

import re
from itertools import pairwise

import pytest

from api.pages.forms import kinds
from api.pages.forms.drawing import OFFERED
from api.pages.forms.faults import AT_FIELD
from api.pages.forms.patterns import BROWSERS
from api.pages.forms.shapes import Shape, shapes
from api.words import fields as words
from api.words.actions import ACTIONS
from api.words.fields.faults import FAULTS, PATTERNS, SAME, SPOKEN
from api.words.refusals import REFUSALS
from api.words.table import Table
from tests.pages.forms.bodies import BASES, BODIES

SCHEMAS = "api/schemas"
FIELDS = [
    (body, shape)
    for body in BODIES
    for shape in shapes(body)
    if shape.kind not in {"fixed", "version"}
]


def known(table: Table, shape: Shape) -> bool:
    return any(f"{owner}.{shape.name}" in table for owner in shape.owners)


def test_every_body_and_every_field_has_its_words() -> None:
    named = {**words.TITLES, **{b.__name__: ACTIONS[kind] for kind, b in kinds.CASE.items()}}
    assert [body.__name__ for body in BODIES if body.__name__ not in named] == []
    missing = [f"{b.__name__}.{s.name}" for b, s in FIELDS if not known(words.LABELS, s)]
    assert missing == []


def test_no_words_are_kept_for_what_is_not_there() -> None:
    bodies = {body.__name__ for body in BODIES}
    names = {f"{owner}.{shape.name}" for _, shape in FIELDS for owner in shape.owners}
    assert set(words.TITLES) <= bodies - {body.__name__ for body in kinds.CASE.values()}
    for table in (words.LABELS, words.HINTS, words.BLANKS, OFFERED):
        assert set(table) <= names
    enums = {shape.enum for _, shape in FIELDS}
    assert set(words.OPTIONS) <= names | enums


def test_every_value_of_a_closed_list_has_its_words() -> None:
    for body, shape in FIELDS:
        for value in shape.closed:
            table = words.options(shape.owners, shape.name, shape.enum)
            assert value in (table or {}), f"{body.__name__}.{shape.name}: {value}"


def test_words_are_in_both_languages_and_differ() -> None:
    tables = [words.TITLES, words.LABELS, words.HINTS, words.BLANKS, words.WORDS, FAULTS, SPOKEN]
    for table in (*tables, PATTERNS, *words.OPTIONS.values()):
        for code, (zh, en) in table.items():
            assert re.search(r"[一-鿿]", zh), code
            assert re.search(r"[A-Za-z]", en), code
            assert not re.search(r"[一-鿿]", en), code
            assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en)), code


def test_labels_of_one_form_differ() -> None:
    for body in BODIES:
        own = [s for b, s in FIELDS if b is body]
        labels = sorted(words.of_field(words.LABELS, s.owners, s.name, "zh") for s in own)
        assert [a for a, b in pairwise(labels) if a == b] == [], body.__name__


def test_every_pattern_has_its_words_and_its_form_for_browsers() -> None:
    inside = [s.item for _, s in FIELDS if s.item]
    patterns = {
        s.bounds["pattern"] for s in [*(s for _, s in FIELDS), *inside] if "pattern" in s.bounds
    }
    assert patterns == set(PATTERNS) == set(BROWSERS)


def test_every_no_of_our_own_checks_has_its_words() -> None:
    from pathlib import Path

    said = {
        told
        for file in Path(SCHEMAS).glob("*.py")
        for told in re.findall(r'raise ValueError\("([^"]+)"\)', file.read_text(encoding="utf-8"))
    }
    assert said == set(SPOKEN)


def test_codes_that_say_the_same_lead_to_words() -> None:
    assert set(SAME.values()) <= set(FAULTS)


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.__name__)
def test_bases_are_no_forms(base: type) -> None:
    assert base.__name__ not in words.TITLES


def test_noes_that_belong_to_a_field_are_noes_of_the_api_and_fields_of_forms() -> None:
    assert set(AT_FIELD) <= set(REFUSALS)
    names = {shape.name for _, shape in FIELDS}
    assert {field for fields in AT_FIELD.values() for field in fields} <= names
