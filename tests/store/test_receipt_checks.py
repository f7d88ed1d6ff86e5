"""A receipt that says something false is never believed, and what is wrong is named."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import chain, merkle, notes
from store.merkle import Growing
from store.notes import COSIGNATURE, Checkpoint, Signer
from store.receipt_checks import Wrong, check

pytestmark = pytest.mark.rule("R14.2")

AT = datetime(2026, 11, 22, 7, tzinfo=UTC)
LOG = Signer("shouwen/1", bytes(range(32)))
NEXT = Signer("shouwen/1", bytes(range(1, 33)))
OTHER = Signer("shouwen/2", bytes(range(2, 34)))
WITNESS = Signer("court", bytes(range(3, 35)), COSIGNATURE)


def event(version: int, kind: str = "case.registered") -> dict[str, Any]:
    return {
        "form": 1,
        "case_id": "SW-1",
        "version": version,
        "kind": kind,
        "schema": 1,
        "data": {"title": {"subject": "reporter", "box": "c2VhbGVk"}, "many": [1, 2]},
        "actor": "resident",
        "post": None,
        "unit": None,
        "command_id": "b5c6",
        "occurred_at": "2026-11-22T06:00:00.000000Z",
        "recorded_at": "2026-11-22T06:00:00.100000Z",
        "prev_hash": None,
    }


EVENTS = (event(1), event(9, "case.rated"))
SEQS = (3, 6)
SIZE = 7


def tree() -> tuple[bytes, list[list[bytes]]]:
    """A tree of seven events, two of them ours, and our proofs."""
    hashes = [bytes([n]) * 32 for n in range(SIZE)]
    for seq, each in zip(SEQS, EVENTS, strict=True):
        hashes[seq - 1] = chain.hashed(each)
    leaves = [merkle.leaf(each) for each in hashes]

    def root(begin: int, end: int) -> bytes:
        growing = Growing()
        for each in leaves[begin:end]:
            growing.add(each)
        return growing.root()

    proofs = [[root(*part) for part in merkle.inclusion(seq - 1, SIZE)] for seq in SEQS]
    return root(0, SIZE), proofs


def receipt(*signers: Signer, origin: str = "shouwen/1", **changes: Any) -> dict[str, Any]:
    root, proofs = tree()
    checkpoint = Checkpoint(origin=origin, size=SIZE, root=root, time=AT)
    note = notes.sign(checkpoint, signers or [LOG])
    seen = notes.cosign(note.text, WITNESS, AT)
    return {
        "type": "shouwen.receipt",
        "form": 1,
        "origin": origin,
        "case_id": "SW-1",
        "checkpoint": f"{note}{seen}\n",
        "events": [
            {
                "hash": chain.hashed(each).hex(),
                "event": each,
                "seq": seq,
                "proof": [base64.b64encode(step).decode() for step in proof],
            }
            for seq, each, proof in zip(SEQS, EVENTS, proofs, strict=True)
        ],
        **changes,
    }


def wrong(found: Any, *keys: Signer) -> str:
    text = found if isinstance(found, str) else json.dumps(found)
    with pytest.raises(Wrong) as caught:
        check(text, [each.public for each in keys or (LOG,)], {"shouwen/1"})
    return str(caught.value)


def test_a_receipt_that_holds_says_what_it_proves() -> None:
    found = check(json.dumps(receipt()), [LOG.public], {"shouwen/1"}, [WITNESS.public])
    assert [(each.kind, each.version, each.seq) for each in found.events] == [
        ("case.registered", 1, 3),
        ("case.rated", 9, 6),
    ]
    assert found.checkpoint is not None
    assert (found.checkpoint.size, found.checkpoint.time) == (7, AT)
    assert (found.keys, found.witnesses, found.pending) == ((LOG.public,), ("court",), False)


def test_it_may_be_written_in_another_way() -> None:
    text = json.dumps(receipt(), indent=4, sort_keys=True, ensure_ascii=False)
    assert not check(text, [LOG.public]).pending


def test_whoever_knows_one_of_two_keys_believes_it() -> None:
    found = check(json.dumps(receipt(NEXT, LOG)), [LOG.public])
    assert found.keys == (LOG.public,)


def test_what_no_checkpoint_covers_is_pending() -> None:
    waiting = receipt(checkpoint=None)
    for each in waiting["events"]:
        each |= {"seq": None, "proof": None}
    found = check(json.dumps(waiting), [LOG.public], {"shouwen/1"})
    assert found.pending
    assert found.checkpoint is None


def test_one_event_may_be_proven_and_another_wait() -> None:
    half = receipt()
    half["events"][1] |= {"seq": None, "proof": None}
    found = check(json.dumps(half), [LOG.public])
    assert [each.seq for each in found.events] == [3, None]
    assert found.pending


@pytest.mark.parametrize(
    "text",
    ["", "{", "[", "null and void", json.dumps(receipt())[:-40], "[" * 100_000, "1" * 1_000_001],
    ids=["empty", "open", "list", "words", "cut", "deep", "long"],
)
def test_a_damaged_file_is_said_to_be_damaged(text: str) -> None:
    assert wrong(text) == "damaged"


@pytest.mark.parametrize("name", ["events", "case_id", "origin", "checkpoint"])
def test_what_lacks_a_part_is_damaged(name: str) -> None:
    found = receipt()
    del found[name]
    assert wrong(found) == "damaged"


@pytest.mark.parametrize(
    "changes",
    [
        {"events": []},
        {"events": [{}] * 51},
        {"events": [1]},
        {"events": None},
        {"events": [{"hash": "zz", "event": {}}]},
    ],
)
def test_what_holds_no_event_is_damaged(changes: dict[str, Any]) -> None:
    assert wrong(receipt(**changes)) == "damaged"


@pytest.mark.parametrize(
    "changes",
    [
        *({"case_id": each} for each in (5, None, ["a"], "a\0b", "a\nb")),
        *({"version": each} for each in (2**40, 0, -1, "x", None, 1.5, True)),
        {"kind": 5},
        {"kind": ["case.closed"]},
        {"recorded_at": None},
        {"recorded_at": {}},
    ],
    ids=str,
)
def test_what_is_no_event_is_damaged_though_its_hash_is_its_own(changes: dict[str, Any]) -> None:
    made = event(1) | changes
    entry = {"hash": chain.hashed(made).hex(), "event": made, "seq": None, "proof": None}
    assert wrong(receipt(checkpoint=None, events=[entry])) == "damaged"


@pytest.mark.parametrize("seq", [float("inf"), 3.0, None, True, "3"], ids=str)
def test_a_place_that_is_no_number_is_damaged(seq: object) -> None:
    found = receipt()
    found["events"][0]["seq"] = seq
    assert wrong(found) == "damaged"


def test_half_a_character_is_no_checkpoint() -> None:
    found = receipt()
    found["checkpoint"] = found["checkpoint"].replace("Z\n\n", "Z\n\ud800\n\n")
    assert wrong(found) == "unsigned"


@pytest.mark.parametrize("seconds", [2**40, 2**63, 2**64 - 1])
def test_a_witness_of_no_time_saw_nothing(seconds: int) -> None:
    found = receipt()
    signed = WITNESS.public.key_id + seconds.to_bytes(8, "big") + bytes(64)
    lines = found["checkpoint"].split("\n\n")[1].splitlines()[:1]
    lines.append(f"\u2014 court {base64.b64encode(signed).decode()}")
    found["checkpoint"] = found["checkpoint"].split("\n\n")[0] + "\n\n" + "\n".join(lines) + "\n"
    whole = check(json.dumps(found), [LOG.public], {"shouwen/1"}, [WITNESS.public])
    assert whole.witnesses == ()


def test_another_file_is_no_receipt() -> None:
    assert wrong({"type": "something"}) == "no_receipt"
    assert wrong([1, 2]) == "no_receipt"
    assert wrong(receipt(form=2)) == "newer_form"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "case.closed"),
        ("actor", "mei"),
        ("recorded_at", "2026-11-22T05:00:00.000000Z"),
        ("data", {}),
        ("data", {"much": 2**70}),
        ("form", 2),
    ],
)
def test_an_edited_event_is_named(name: str, value: Any) -> None:
    found = receipt()
    found["events"][1]["event"] = {**found["events"][1]["event"], name: value}
    assert wrong(found) == "edited_event: 2"


def test_an_edited_event_with_its_hash_made_anew_does_not_fit_the_proof() -> None:
    found = receipt()
    found["events"][1]["event"] = {**event(9, "case.rated"), "actor": "mei"}
    found["events"][1]["hash"] = chain.hashed(found["events"][1]["event"]).hex()
    assert wrong(found) == "proof_fails: SW-1/9"


def test_a_proof_at_another_place_does_not_fit() -> None:
    found = receipt()
    found["events"][0]["seq"] = 4
    assert wrong(found) == "proof_fails: SW-1/1"
    found["events"][0]["seq"] = "a"
    assert wrong(found) == "damaged"


def test_a_receipt_of_another_system_is_said_to_be_one() -> None:
    assert wrong(receipt(OTHER, origin="shouwen/2")) == "other_system: shouwen/2"


def test_what_a_file_says_is_shown_without_what_a_screen_would_obey() -> None:
    found = receipt() | {"origin": "\x1b[2J\n" + "x" * 300}
    assert wrong(found) == "other_system: ?[2J?" + "x" * 195


def test_a_checkpoint_of_another_system_is_not_taken_for_ours() -> None:
    found = receipt(OTHER, origin="shouwen/2") | {"origin": "shouwen/1"}
    assert wrong(found) == "other_checkpoint: shouwen/2"


def test_the_number_of_another_matter_is_named() -> None:
    assert wrong(receipt(case_id="SW-2")) == "other_case: SW-1/1"


def test_events_of_two_matters_are_not_put_together() -> None:
    stranger = event(1) | {"case_id": "SW-2"}
    entry = {"hash": chain.hashed(stranger).hex(), "event": stranger, "seq": None, "proof": None}
    found = receipt()
    assert wrong(found | {"events": [*found["events"], entry]}) == "other_case: SW-2/1"


def test_what_was_said_of_a_case_where_it_is_carried_on_belongs_to_it() -> None:
    there = event(5, "case.rated") | {"case_id": "SW-2", "data": {"subject": "SW-1"}}
    entry = {"hash": chain.hashed(there).hex(), "event": there, "seq": None, "proof": None}
    found = receipt()
    whole = check(json.dumps(found | {"events": [*found["events"], entry]}), [LOG.public])
    assert [each.stream for each in whole.events] == ["SW-1", "SW-1", "SW-2"]


def test_a_checkpoint_nobody_signed_proves_nothing() -> None:
    found = receipt()
    body = found["checkpoint"].split("\n\n")[0]
    assert wrong(found | {"checkpoint": f"{body}\n\n"}) == "unsigned"
    assert wrong(found | {"checkpoint": f"{body}\n"}) == "unsigned"
    assert wrong(found | {"checkpoint": None}) == "unsigned"


def test_a_checkpoint_of_an_unknown_key_is_not_believed() -> None:
    assert wrong(receipt(NEXT)).startswith("unknown_key: shouwen/1+")


def test_a_checkpoint_changed_after_signing_is_not_believed() -> None:
    found = receipt()
    found["checkpoint"] = found["checkpoint"].replace("07:00:00", "08:00:00")
    assert wrong(found) == "false_signature: shouwen/1"


@given(st.data())
def test_no_single_changed_character_is_ever_believed(data: st.DataObject) -> None:
    """Whatever is changed in what matters, it is refused, or it says the same as before."""
    text = json.dumps(receipt(), ensure_ascii=False)
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.characters(codec="ascii")) + text[at + 1 :]
    whole = check(text, [LOG.public], {"shouwen/1"})
    try:
        found = check(changed, [LOG.public], {"shouwen/1"})
    except Wrong:
        return
    said = [(e.stream, e.version, e.kind, e.recorded_at, e.hash) for e in whole.events]
    assert [(e.stream, e.version, e.kind, e.recorded_at, e.hash) for e in found.events] == said
    assert found.checkpoint == whole.checkpoint
