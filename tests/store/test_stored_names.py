"""What was once stored is read for ever: names, fields and words never change their meaning.

A class may be renamed and moved at will. A new field, word or schema is written into
stored_names.json by hand, next to an example of it (see golden.py).
"""

from pathlib import Path
from typing import Any

import orjson
import pytest

from store import codec
from tests.store import golden
from tests.store.samples import BY_KIND

NAMES: dict[str, Any] = orjson.loads(golden.NAMES.read_bytes())
FILES = sorted(golden.EXAMPLES.glob("*.json"))


def test_every_stored_kind_is_still_known() -> None:
    assert sorted(NAMES) == sorted(BY_KIND)


@pytest.mark.parametrize("kind", NAMES)
def test_the_stored_form_is_what_it_was(kind: str) -> None:
    assert golden.shape(BY_KIND[kind]) == NAMES[kind]


@pytest.mark.parametrize("kind", NAMES)
def test_there_is_an_example_of_every_schema_so_far(kind: str) -> None:
    found = {file.name for file in FILES if file.name.rsplit(".", 2)[0] == kind}
    assert found == {f"{kind}.{n}.json" for n in range(1, NAMES[kind]["schema"] + 1)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_stored_is_read_today(file: Path) -> None:
    example = orjson.loads(file.read_bytes())
    event = codec.decode(golden.stored(example))
    assert isinstance(event, BY_KIND[example["kind"]])
    assert event.by.person_id == example["actor"]
    if example["schema"] == codec.schema_of(type(event)):
        # Nothing was dropped on the way, and nothing took its default instead.
        assert golden.unsealed(event) == example


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
