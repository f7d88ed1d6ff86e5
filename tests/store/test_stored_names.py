"""What was once stored is read for ever: names, fields and words never change their meaning.

A class may be renamed and moved at will. A new field, word or schema is written into
stored_names.json next to an example of it (see golden.py).
"""

from pathlib import Path
from typing import Any

import orjson
import pytest

from store import codec
from tests.store import golden
from tests.store.samples import BY_KIND

NAMES: dict[str, Any] = orjson.loads(golden.NAMES.read_bytes())
KINDS: dict[str, Any] = NAMES["kinds"]
FILES = sorted(golden.EXAMPLES.glob("*.json"))


def test_every_stored_kind_is_still_known() -> None:
    assert sorted(KINDS) == sorted(BY_KIND)


def test_every_stored_word_is_still_known() -> None:
    assert golden.words() == NAMES["words"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_stored_form_is_what_it_was(kind: str) -> None:
    assert golden.shape(BY_KIND[kind]) == KINDS[kind]


def test_a_field_or_a_word_that_is_taken_away_is_noticed() -> None:
    before = {"case.x": {"data": {"text": "text", "old": "text"}}, "Word": ["a", "b"]}
    after = {"case.x": {"data": {"text": "time", "new": "text"}}, "Word": ["b", "c"]}
    assert golden.lost(before, after) == ["/case.x/data/text", "/case.x/data/old", "/Word/a"]
    assert golden.lost(before, before) == []


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_an_example_of_every_schema_so_far(kind: str) -> None:
    found = {file.name for file in FILES if file.name.rsplit(".", 2)[0] == kind}
    assert found == {f"{kind}.{n}.json" for n in range(1, KINDS[kind]["schema"] + 1)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_stored_is_read_today(file: Path) -> None:
    example = orjson.loads(file.read_bytes())
    event = codec.decode(golden.stored(example))
    assert isinstance(event, BY_KIND[example["kind"]])
    assert event.by.person_id == example["actor"]
    if example["schema"] == codec.schema_of(type(event)):
        # Nothing was dropped on the way, and nothing took its default instead; a field that came
        # later is not in the example.
        assert golden.lost(example, golden.unsealed(event)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_has_every_field_filled(file: Path) -> None:
    def check(value: object, path: str) -> None:
        assert value not in (None, "", [], {}), path
        inner = value.items() if isinstance(value, dict) else ()
        for name, element in inner:
            check(element, f"{path}/{name}")
        for number, element in enumerate(value if isinstance(value, list) else ()):
            check(element, f"{path}/{number}")

    check(orjson.loads(file.read_bytes())["data"] or "no data at all", "")
