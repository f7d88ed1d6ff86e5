"""The codec: every event comes back as it was, and what is sealed opens in its own place only."""

from copy import deepcopy
from dataclasses import replace
from typing import Any, get_args, get_origin

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.events import Closed, Event, ProgressRecorded, RatingAskedAgain, Registered, Reminded
from domain.sealing import ERASED
from store import codec
from store.codec import NOBODY, Stored, Subjects, UnknownEvent
from store.keys import UnknownKey
from tests.store.lives import CANARY
from tests.store.samples import (
    BY_KIND,
    CLASSES,
    anything,
    example,
    hints,
    keys_of,
    marked,
    options,
    plain,
    without_sealed,
)
from tests.store.walks import Archive

EVENTS = st.sampled_from(CLASSES).flatmap(anything)
LABEL = "SW-1/7"


def through_json(stored: Stored) -> Stored:
    return stored._replace(data=orjson.loads(orjson.dumps(stored.data)))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    keys = keys_of(event)
    stored = through_json(codec.encode(event, keys, LABEL))
    assert codec.decode(stored, keys, LABEL) == event


@pytest.mark.rule("R14.4")
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS)
def test_without_keys_what_is_sealed_reads_erased_and_the_rest_is_as_it_was(event: Event) -> None:
    cls: type = type(event)
    stored = through_json(codec.encode(event, keys_of(event), LABEL))
    read = codec.decode(stored)
    before, after = (codec.adapter(cls).dump_python(e, mode="json") for e in (event, read))
    after["at"] = before["at"]
    assert read.at == event.at
    assert without_sealed(cls, after) == without_sealed(cls, before)
    assert after == _erased(cls, before)


def _erased(hint: Any, value: Any) -> Any:
    """What should be read without keys: every marked text that is not empty, erased."""
    if marked(hint):
        return ERASED if value else value
    hint, _ = options(plain(hint))
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return [_erased(get_args(hint)[0], element) for element in value]
    if isinstance(value, dict):
        return {name: _erased(of, value[name]) for name, of in hints(hint)}
    return value


@pytest.mark.rule("R14.4")
def test_one_subject_erased_leaves_the_others_readable() -> None:
    event = example(Registered)
    keys = {s: s.encode()[:32].ljust(32, b"\0") for s in codec.subjects_in(event)}
    stored = codec.encode(event, Subjects(keys), LABEL)
    del keys[event.reporter.subject]
    read = codec.decode(stored, Subjects(keys), LABEL)
    assert isinstance(read, Registered)
    assert (read.reporter.name, read.reporter.phone) == (ERASED, ERASED)
    assert (read.title, read.parties, read.location) == (event.title, event.parties, event.location)


def test_decoding_leaves_the_stored_form_as_it_was() -> None:
    for cls in CLASSES:
        event = example(cls)
        keys = keys_of(event)
        stored = codec.encode(event, keys, LABEL)
        before = deepcopy(stored.data)
        codec.decode(stored)
        assert stored.data == before
        assert codec.decode(stored, keys, LABEL) == event
        assert stored.data == before


def test_the_archive_holds_no_sealed_word_in_the_clear(archive: Archive) -> None:
    for events in archive.events.values():
        assert any(CANARY in repr(event) for event in events)


@pytest.mark.parametrize("table", ["events", "commands", "outbox", "subject_keys"])
async def test_no_canary_sings_in_the_journal(archive: Archive, table: str) -> None:
    async with archive.database.connection() as connection:
        found = await connection.fetchval(
            f"select count(*) from {table} t where t::text like $1",  # noqa: S608 - constants
            f"%{CANARY}%",
        )
        escaped = await connection.fetchval(
            f"select count(*) from {table} t where t::text like $1",  # noqa: S608 - constants
            f"%{orjson.dumps(CANARY).decode()[1:-1]}%",
        )
    assert (found, escaped) == (0, 0)


# -- sealing -----------------------------------------------------------------


@pytest.mark.parametrize("cls", CLASSES)
def test_no_sealed_text_occurs_in_the_stored_form(cls: type) -> None:
    canaries: list[str] = []

    def say(path: str, mark: object) -> str:
        if mark is None:
            return f"plain{len(path)}"
        canaries.append(f"CANARY{len(canaries)}-金丝雀-{path}")
        return canaries[-1]

    event = example(cls, say)
    stored = codec.encode(event, keys_of(event), LABEL)
    text = orjson.dumps([stored.data, stored.actor, stored.post, stored.unit]).decode()
    assert "CANARY" not in text
    assert "金丝雀" not in text
    assert text.count('"box"') == len(canaries)
    assert repr(event).count("CANARY") == len(canaries)


def test_the_same_text_never_looks_the_same_twice() -> None:
    event = example(ProgressRecorded)
    first, second = (codec.encode(event, keys_of(event), LABEL).data["text"] for _ in range(2))
    assert first["box"] != second["box"]


def test_text_that_nobody_gave_needs_no_key() -> None:
    event = replace(example(Reminded), text="")
    assert codec.subjects_in(event) == frozenset()
    assert codec.encode(event, NOBODY, LABEL).data["text"] == ""


KINDS: tuple[type, ...] = CLASSES
BOXES = [(cls, steps) for cls in KINDS for steps, _ in codec.plan(cls)]


@pytest.mark.parametrize(("cls", "steps"), BOXES)
def test_a_box_opens_in_its_own_case_and_version_only(cls: type, steps: tuple[str, ...]) -> None:
    event = example(cls)
    keys = keys_of(event)
    stored = codec.encode(event, keys, LABEL)
    for label in ("SW-2/7", "SW-1/8", "SW-1/71", ""):
        with pytest.raises(UnknownKey):
            codec.decode(stored, keys, label)


def test_a_box_opens_in_its_own_field_only() -> None:
    event = example(Registered)
    same = {s: bytes(32) for s in codec.subjects_in(event)}
    stored = codec.encode(event, Subjects(same), LABEL)
    places = [
        (stored.data, "title"),
        (stored.data, "text"),
        (stored.data["location"], "address"),
        (stored.data["location"], "point"),
        (stored.data["reporter"], "name"),
        (stored.data["reporter"], "phone"),
        (stored.data["parties"][0], "name"),
        (stored.data["parties"][1], "name"),
    ]
    for number, (node, name) in enumerate(places):
        other, other_name = places[number - 1]
        node[name], other[other_name] = other[other_name], node[name]
        with pytest.raises(UnknownKey):
            codec.decode(stored, Subjects(same), LABEL)
        node[name], other[other_name] = other[other_name], node[name]
    assert codec.decode(stored, Subjects(same), LABEL) == event


def test_a_box_that_was_touched_does_not_open() -> None:
    event = example(ProgressRecorded)
    keys = keys_of(event)
    stored = codec.encode(event, keys, LABEL)
    box = stored.data["text"]["box"]
    for touched in (box[:-4] + "AAAA", "AAAA" + box[4:], box[:16], ""):
        data = {"text": {"subject": "case", "box": touched}}
        with pytest.raises(UnknownKey):
            codec.decode(stored._replace(data=data), keys, LABEL)


# -- names and schemas -------------------------------------------------------


@pytest.mark.parametrize("kind", ["case.vanished", "", "Registered", "CASE.CLOSED"])
def test_an_unknown_kind_is_never_skipped(kind: str) -> None:
    stored = codec.encode(example(RatingAskedAgain), NOBODY, LABEL)
    with pytest.raises(UnknownEvent, match="kind"):
        codec.decode(stored._replace(kind=kind))


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_schema_newer_than_the_program_is_never_guessed_at(kind: str) -> None:
    event = example(BY_KIND[kind])
    stored = codec.encode(event, keys_of(event), LABEL)
    with pytest.raises(UnknownEvent, match="newer"):
        codec.decode(stored._replace(schema=stored.schema + 1))


def test_an_old_schema_without_a_way_up_is_never_guessed_at() -> None:
    stored = codec.encode(example(RatingAskedAgain), NOBODY, LABEL)
    with pytest.raises(UnknownEvent, match="no way"):
        codec.decode(stored._replace(schema=0))


def test_upcasters_are_taken_in_order_up_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def first(data: dict[str, Any]) -> dict[str, Any]:
        taken.append(1)
        return {"text": data["note"]}

    def second(data: dict[str, Any]) -> dict[str, Any]:
        taken.append(2)
        return {"text": data["text"] * 2}

    ways = {("case.reminded", 1): first, ("case.reminded", 2): second}
    monkeypatch.setattr(codec, "UPCASTERS", ways)
    monkeypatch.setattr(Reminded, "SCHEMA", 3, raising=False)
    newest = example(Reminded)
    stored = codec.encode(newest, keys_of(newest), LABEL)
    assert stored.schema == 3
    for schema, data, text in (
        (1, {"note": "b"}, "bb"),
        (2, {"text": "b"}, "bb"),
        (3, {"text": "b"}, "b"),
    ):
        old = stored._replace(schema=schema, data=data)
        read = codec.decode(old)
        assert isinstance(read, Reminded)
        assert read.text == text
        assert old.data == data
    assert taken == [1, 2, 2]


def test_what_an_older_schema_sealed_opens_after_the_upcast(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = example(Closed)
    keys = keys_of(event)
    stored = codec.encode(event, keys, LABEL)
    old = {**stored.data, "why": stored.data["reason"]}
    del old["reason"]

    def up(data: dict[str, Any]) -> dict[str, Any]:
        return {("reason" if name == "why" else name): value for name, value in data.items()}

    monkeypatch.setattr(codec, "UPCASTERS", {("case.closed", 1): up})
    monkeypatch.setattr(Closed, "SCHEMA", 2, raising=False)
    assert codec.decode(stored._replace(data=old), keys, LABEL) == event


def test_two_events_never_share_a_stored_name() -> None:
    assert len(BY_KIND) == len(CLASSES)
