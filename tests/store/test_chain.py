"""The chain: one canonical form, the same before PostgreSQL and after, and nothing escapes it."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, get_args

import orjson
import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.events import Event
from store import chain, codec
from store.codec import Stored
from tests.store.house import Database
from tests.store.samples import CLASSES, TEXT, WHOLE, example, keys_of
from tests.store.walks import Archive

ASCII = st.text(st.characters(min_codepoint=0, max_codepoint=127), max_size=8)
LEAVES = st.none() | st.booleans() | WHOLE | TEXT
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ASCII, inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(ASCII, JSON, max_size=6)


@pytest.mark.rule("R14.2")
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OBJECTS)
def test_the_canonical_form_is_rfc_8785(value: dict[str, Any]) -> None:
    assert chain.canonical(value) == rfc8785.dumps(value)


@pytest.mark.rule("R14.2")
def test_every_character_that_json_may_escape_is_written_as_rfc_8785_says() -> None:
    every = "".join(map(chr, [*range(0x100), 0x2028, 0x2029, 0xFEFF, 0xFFFF, 0x1F642]))
    for value in ({"text": every}, {c: c for c in every if c.isascii()}):
        assert chain.canonical(value) == rfc8785.dumps(value)


@pytest.mark.rule("R14.2")
@pytest.mark.parametrize("number", [0, -1, 2**53 - 1, 1 - 2**53])
def test_whole_numbers_have_no_fraction_and_no_exponent(number: int) -> None:
    assert chain.canonical({"n": number}) == b'{"n":%d}' % number == rfc8785.dumps({"n": number})


@pytest.mark.rule("R14.2")
@pytest.mark.parametrize("cls", CLASSES)
def test_no_event_holds_a_float_or_a_key_outside_ascii(cls: type) -> None:
    event = example(cls)

    def check(value: object) -> None:
        assert not isinstance(value, float)
        if isinstance(value, dict):
            assert all(key.isascii() for key in value)
            value = list(value.values())
        for inner in value if isinstance(value, list) else ():
            check(inner)

    check(codec.encode(event, keys_of(event), "SW-1/1").data)


@pytest.mark.rule("R14.2")
def test_an_instant_has_one_form_whatever_its_zone() -> None:
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert chain.instant(at) == "2026-03-02T01:00:00.000000Z"
    assert chain.instant(at.astimezone(timezone(timedelta(hours=8)))) == chain.instant(at)
    assert chain.instant(at.replace(microsecond=7)) == "2026-03-02T01:00:00.000007Z"


@pytest.mark.rule("R14.2")
@given(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.timezones()), st.booleans())  # noqa: DTZ001 - the zone is another argument
def test_a_moment_is_hashed_as_its_one_form(at: datetime, whole: bool) -> None:  # noqa: FBT001
    at = at.replace(microsecond=0) if whole else at
    quick, plain = chain.canonical({"at": chain._moment(at)}), {"at": chain.instant(at)}
    assert quick == chain.canonical(plain) == rfc8785.dumps(plain)


# -- in the database ---------------------------------------------------------

ROWS = "select * from events order by case_id, version"


def rehashed(row: Any, previous: bytes | None) -> bytes:
    """The hash of a row computed from its columns alone."""
    data = row["data"]
    stored = Stored(
        kind=row["kind"],
        schema=row["schema"],
        data=orjson.loads(data) if isinstance(data, str) else data,
        actor=row["actor"],
        post=row["post"],
        unit=row["unit"],
        occurred_at=row["occurred_at"],
    )
    return chain.link(
        row["case_id"],
        row["version"],
        str(row["command_id"]),
        row["recorded_at"],
        stored,
        previous,
    )


@pytest.mark.rule("R14.2")
async def test_every_stored_hash_follows_from_the_columns(archive: Archive) -> None:
    kinds, previous, case_id = set(), None, ""
    async with archive.database.connection() as connection:
        for row in await connection.fetch(ROWS):
            previous = previous if row["case_id"] == case_id else None
            assert row["prev_hash"] == previous
            assert rehashed(row, previous) == row["hash"], (row["case_id"], row["version"])
            case_id, previous = row["case_id"], row["hash"]
            kinds.add(row["kind"])
    assert kinds == {cls.__dataclass_fields__["kind"].default for cls in get_args(Event)}


@pytest.mark.rule("R14.2")
async def test_the_hash_can_be_computed_by_a_stranger(archive: Archive) -> None:
    """From the row as any client reads it, with a general RFC 8785 library."""
    async with archive.database.as_role("owner") as connection:
        row = await connection.fetchrow(
            "select * from events where kind = 'case.registered' order by version limit 1"
        )
    assert row is not None
    form = "%Y-%m-%dT%H:%M:%S.%fZ"
    body = {
        "form": 1,
        **{name: row[name] for name in ("case_id", "version", "kind", "schema")},
        **{name: row[name] for name in ("actor", "post", "unit")},
        "data": orjson.loads(row["data"]),
        "command_id": str(row["command_id"]),
        "occurred_at": row["occurred_at"].strftime(form),
        "recorded_at": row["recorded_at"].strftime(form),
        "prev_hash": None,
    }
    assert hashlib.sha256(rfc8785.dumps(body)).digest() == row["hash"]


@pytest.mark.rule("R14.2")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(CLASSES).map(example),
    st.sampled_from(
        (
            *("kind", "schema", "data", "actor", "post", "unit", "occurred_at", "deep"),
            *("case_id", "version", "command_id", "recorded_at", "previous"),
        )
    ),
)
def test_any_changed_column_changes_the_hash(event: Any, column: str) -> None:
    stored = codec.encode(event, keys_of(event), "SW-1/2")
    later = stored.occurred_at + timedelta(microseconds=1)
    place: dict[str, Any] = {
        "case_id": "SW-1",
        "version": 2,
        "command_id": "00000000-0000-0000-0000-000000000001",
        "recorded_at": stored.occurred_at,
        "previous": bytes(32),
    }
    changes: dict[str, Any] = {
        "kind": stored.kind + "x",
        "schema": stored.schema + 1,
        "data": {**stored.data, "more": None},
        "actor": stored.actor + " ",
        "post": None,
        "unit": "",
        "occurred_at": later,
        "case_id": "SW-2",
        "version": 3,
        "command_id": "00000000-0000-0000-0000-000000000002",
        "recorded_at": later,
        "previous": bytes(31) + b"\1",
    }
    before = chain.link(stored=stored, **place)
    if column in place:
        after = chain.link(stored=stored, **{**place, column: changes[column]})
    elif column == "deep":
        after = chain.link(stored=stored._replace(data=_one_leaf_less(stored.data)), **place)
    else:
        after = chain.link(stored=stored._replace(**{column: changes[column]}), **place)
    assert before != after


def _one_leaf_less(data: dict[str, Any]) -> dict[str, Any]:
    """The data with the last leaf of all changed."""
    if not data:
        return {"only": 1}
    name = max(data)
    value = data[name]
    if isinstance(value, dict):
        return {**data, name: _one_leaf_less(value)}
    if isinstance(value, list):
        return {**data, name: value[:-1]}
    return {**data, name: [value]}


TAMPERINGS = (
    "data = jsonb_set(data, '{tampered}', 'true')",
    "actor = 'somebody'",
    "occurred_at = occurred_at + interval '1 microsecond'",
    "recorded_at = recorded_at + interval '1 microsecond'",
    "command_id = gen_random_uuid()",
    "unit = coalesce(unit, '') || 'x'",
    "post = null",
    "kind = 'case.reminded'",
    "schema = schema + 1",
)


@pytest.mark.rule("R14.2")
@pytest.mark.parametrize("change", TAMPERINGS)
async def test_a_row_changed_behind_the_guard_no_longer_fits_its_hash(
    archive: Archive, change: str
) -> None:
    database: Database = archive.database
    async with database.as_role("superuser") as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute("alter table events disable trigger events_append_only")
            row = await connection.fetchrow(
                f"update events set {change} where position ="  # noqa: S608 - constants
                " (select position from events where version = 2 and post is not null limit 1)"
                " returning *"
            )
            assert row is not None
            assert rehashed(row, row["prev_hash"]) != row["hash"]
        finally:
            await transaction.rollback()
