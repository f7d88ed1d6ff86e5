"""Every topic has its words: in both languages, for everybody it is sent to.

A notice of a new event needs one entry in `letters/texts/`; these tests name the one missing.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from domain.notices import notices
from letters.texts import TOPICS, UNKNOWN, Audience, Said, Words, audience_of, words
from store.codec import AnyEvent
from tests.letters.paths import stories

DOMAIN = Path(__file__).parents[2] / "domain"
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in DOMAIN.rglob("*.py")
    if "notices" in path.relative_to(DOMAIN).as_posix()
]
"""Of the modules that say who is told of what."""
KINDS = {cls.__name__: cls.__dataclass_fields__["kind"].default for cls in get_args(AnyEvent)}
PLAIN = re.compile(r"^[a-z_]+\.[a-z_]+$")


def topics_in_the_domain() -> set[str]:
    """The kinds of events that somebody is told of, and the topics that are named."""
    answered = {
        KINDS[node.cls.id]
        for tree in TREES
        for branch in ast.walk(tree)
        if isinstance(branch, ast.match_case) and not _empty(branch)
        for node in ast.walk(branch.pattern)
        if isinstance(node, ast.MatchClass) and isinstance(node.cls, ast.Name)
        if node.cls.id in KINDS
    }
    named = {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return answered | {text for text in named if PLAIN.match(text)}


def _empty(branch: ast.match_case) -> bool:
    """A branch that tells nobody."""
    last = branch.body[-1]
    return isinstance(last, ast.Return) and isinstance(last.value, ast.List) and not last.value.elts


def sayings() -> Iterator[tuple[str, str, Words]]:
    for topic, said in {**TOPICS, "an unknown topic": UNKNOWN}.items():
        for each in fields(Said):
            spoken = getattr(said, each.name)
            if spoken is not None:
                yield topic, each.name, spoken


@pytest.mark.parametrize("topic", sorted(topics_in_the_domain()))
def test_a_topic_of_the_domain_has_its_words(topic: str) -> None:
    assert topic in TOPICS, f"letters/texts has no entry for {topic!r}: add one, zh and en"


def test_no_words_are_kept_for_what_nobody_is_told_of() -> None:
    assert set(TOPICS) - topics_in_the_domain() == set()


def test_whoever_is_told_in_a_hundred_lives_of_a_case_has_words_for_it() -> None:
    missing = set()
    for before, after, event, book in stories():
        for notice in notices(before, after, event, book):
            if notice.to == "case":
                continue
            audience = audience_of(notice.to)
            if getattr(TOPICS[notice.topic], audience) is None:
                missing.add((notice.topic, audience))
    assert not missing, "letters/texts: these topics have no words for these readers"


@pytest.mark.parametrize(("topic", "audience", "spoken"), [*sayings()])
def test_both_languages_are_there_and_none_holds_what_is_not_filled_in(
    topic: str, audience: str, spoken: Words
) -> None:
    chinese, english = spoken
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert re.search(r"[A-Za-z]", english)
    assert not re.search(r"[\u4e00-\u9fff]", english)
    for text in spoken:
        assert set(re.findall(r"{(\w*)}", text)) <= {"unit"}
        assert text == text.strip().rstrip("。.")


@pytest.mark.parametrize("audience", get_args(Audience))
def test_of_an_unknown_topic_something_is_said_rather_than_nothing(audience: Audience) -> None:
    for language in ("zh", "en"):
        assert words("case.invented", audience, language)
        assert words("case.assigned", audience, language)
