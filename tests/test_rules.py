"""Every rule has tests that show it, and the page that says so is what it says."""

import re

import pytest

from tests import rules

SHOWN = rules.shown()


@pytest.mark.parametrize("rule", sorted(rules.RULES))
def test_every_rule_has_a_test_that_shows_it(rule: str) -> None:
    assert SHOWN[rule], f"no test is marked with {rule}"


def test_tests_name_no_rule_that_does_not_exist() -> None:
    assert set(SHOWN) == set(rules.RULES)


def test_the_page_of_the_rules_is_up_to_date() -> None:
    assert rules.PAGE.read_text(encoding="utf-8") == rules.page(), "run python -m tests.rules"


def test_every_numbered_rule_of_the_program_is_in_the_table() -> None:
    named = set[str]()
    for source in (rules.ROOT / "domain").rglob("*.py"):
        named |= set(re.findall(r'"(R\d+(?:\.\d+)?|§\d)"', source.read_text(encoding="utf-8")))
    assert named
    assert named <= set(rules.RULES)
