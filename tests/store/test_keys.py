"""Keys: rotation opens what older keys sealed, labels bind, look-ups stay what they were."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.commands import Accept, HandOver, RecordProgress, Register
from store import journal, reading
from store.folds import CASE
from store.keys import KeyRing, UnknownKey, hashed, new_data_key, same
from tests.domain.story import GAO, MEI, by, request
from tests.store.house import House, Scribe

OLD, NEW, OTHER = (bytes([n]) * 32 for n in (1, 2, 3))
BEFORE, ROTATED, AFTER = KeyRing(OLD), KeyRing(NEW, OLD), KeyRing(NEW)
Sealing = Callable[[KeyRing, bytes, str], bytes]
PAIRS = [(KeyRing.wrap, KeyRing.unwrap), (KeyRing.seal_payload, KeyRing.open_payload)]
IDS = ["data key", "payload"]


@pytest.mark.parametrize(("close", "open_"), PAIRS, ids=IDS)
def test_a_rotated_ring_opens_what_the_old_key_sealed(close: Sealing, open_: Sealing) -> None:
    assert open_(ROTATED, close(BEFORE, b"secret", "case/1"), "case/1") == b"secret"


@pytest.mark.parametrize(("close", "open_"), PAIRS, ids=IDS)
def test_a_rotated_ring_seals_under_the_new_key_alone(close: Sealing, open_: Sealing) -> None:
    sealed = close(ROTATED, b"secret", "case/1")
    assert open_(AFTER, sealed, "case/1") == b"secret"
    with pytest.raises(UnknownKey):
        open_(BEFORE, sealed, "case/1")


@pytest.mark.parametrize(("close", "open_"), PAIRS, ids=IDS)
def test_a_key_that_is_gone_is_named(close: Sealing, open_: Sealing) -> None:
    sealed = close(BEFORE, b"secret", "case/1")
    with pytest.raises(UnknownKey, match=sealed[:8].decode()):
        open_(AFTER, sealed, "case/1")


@pytest.mark.parametrize(("close", "open_"), PAIRS, ids=IDS)
def test_a_label_binds(close: Sealing, open_: Sealing) -> None:
    sealed = close(BEFORE, b"secret", "case/1")
    for label in ("case/2", "", "case/1 "):
        with pytest.raises(UnknownKey):
            open_(BEFORE, sealed, label)


@pytest.mark.parametrize(("close", "open_"), PAIRS, ids=IDS)
def test_what_was_cut_or_changed_does_not_open(close: Sealing, open_: Sealing) -> None:
    sealed = close(BEFORE, b"secret", "case/1")
    changed = [bytes([*sealed[:n], sealed[n] ^ 1, *sealed[n + 1 :]]) for n in range(len(sealed))]
    for broken in (*changed, *(sealed[:n] for n in range(len(sealed))), b"\xff" * 40):
        with pytest.raises(UnknownKey):
            open_(BEFORE, broken, "case/1")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_anything_sealed_under_any_label_opens_again(plain: bytes, label: str) -> None:
    assert ROTATED.unwrap(ROTATED.wrap(plain, label), label) == plain
    assert ROTATED.open_payload(ROTATED.seal_payload(plain, label), label) == plain


def test_a_wrapped_key_is_no_payload() -> None:
    with pytest.raises(UnknownKey):
        BEFORE.open_payload(BEFORE.wrap(b"secret", "case/1"), "case/1")


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert BEFORE.wrap(b"secret", "case/1") != BEFORE.wrap(b"secret", "case/1")


def test_what_is_stored_and_compared_outlives_rotation() -> None:
    twice = KeyRing(OTHER, NEW, OLD)
    for ring in (ROTATED, twice):
        assert ring.lookup("13800001234") == BEFORE.lookup("13800001234")
        assert ring.receipt_secret("SW-1", "key") == BEFORE.receipt_secret("SW-1", "key")
        assert ring.rating_secret("SW-1", 2) == BEFORE.rating_secret("SW-1", 2)
    assert AFTER.lookup("13800001234") != BEFORE.lookup("13800001234")


def test_a_lookup_is_no_plain_hash() -> None:
    assert BEFORE.lookup("13800001234") != hashed("13800001234")
    assert "13800001234" not in BEFORE.lookup("13800001234")


def test_secrets_of_other_cases_rounds_and_purposes_differ() -> None:
    secrets = {
        BEFORE.receipt_secret("SW-1", "key"),
        BEFORE.receipt_secret("SW-1", "key2"),
        BEFORE.receipt_secret("SW-2", "key"),
        BEFORE.receipt_secret("SW-1", "1"),
        BEFORE.rating_secret("SW-1", 1),
        BEFORE.rating_secret("SW-1", 2),
        BEFORE.rating_secret("SW-2", 1),
        BEFORE.lookup("SW-1"),
    }
    assert len(secrets) == 8
    assert same("a", "a")
    assert not same("a", "b")


def test_a_ring_is_written_as_base64_with_the_current_key_first() -> None:
    text = ", ".join(base64.b64encode(key).decode() for key in (NEW, OLD))
    sealed = KeyRing.from_text(text).wrap(b"secret", "case/1")
    assert AFTER.unwrap(sealed, "case/1") == b"secret"


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(b"x" * 16).decode(), "%" * 44])
def test_a_ring_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        KeyRing.from_text(text)


def test_a_ring_needs_a_key() -> None:
    with pytest.raises(ValueError, match="at least one"):
        KeyRing()


def test_data_keys_are_256_random_bits() -> None:
    keys = {new_data_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


async def test_a_case_goes_on_through_a_rotation(house: House) -> None:
    """Old data keys stay under the old key, new ones come under the new, all open together."""
    database = await house.town()
    async with database.connection() as connection:
        opening = by(MEI, "03-02 09:00", Register, **request())
        await Scribe(connection, BEFORE).write("SW-1", opening, by(MEI, "03-02 09:30", HandOver))
        await Scribe(connection, BEFORE).write("SW-1", by(GAO, "03-02 10:00", Accept))
        visit = by(GAO, "03-02 10:30", RecordProgress, text="上门")
        await Scribe(connection, ROTATED).write("SW-1", visit)
        await Scribe(connection, ROTATED).write("SW-2", opening)
        history = await reading.history(connection, "SW-1", ROTATED)
        assert history is not None
        assert repr(history.lines[-1].event).count("上门") == 1
        assert "果园路" in repr(history.lines[0].event)
        assert await reading.history(connection, "SW-2", AFTER) is not None
        with pytest.raises(UnknownKey):
            await reading.history(connection, "SW-1", AFTER)
        assert (await journal.load(connection, CASE, "SW-1")).state.version == 6
