"""Signed notes: what is read back is what was signed, and nothing else is believed."""

from datetime import UTC, datetime

import pytest

from store import notes
from store.notes import COSIGNATURE, BadNote, Checkpoint, PublicKey, Signer

pytestmark = pytest.mark.rule("R14.2")

AT = datetime(2026, 11, 22, 7, 0, 0, 1, tzinfo=UTC)
LOG = Signer("shouwen/abc", bytes(range(32)))
NEXT = Signer("shouwen/abc", bytes(range(1, 33)))
WITNESS = Signer("witness.example", bytes(range(2, 34)), COSIGNATURE)
CHECKPOINT = Checkpoint(origin="shouwen/abc", size=7, root=bytes(32), time=AT)


def test_a_checkpoint_is_signed_in_the_form_of_c2sp() -> None:
    note = notes.sign(CHECKPOINT, [LOG])
    assert str(note).split("\n")[:5] == [
        "shouwen/abc",
        "7",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "time 2026-11-22T07:00:00.000001Z",
        "",
    ]
    assert str(note).split("\n")[5].startswith("— shouwen/abc ")
    assert str(note).endswith("\n")
    assert Checkpoint.of(note.text) == CHECKPOINT
    assert notes.parse(str(note)) == note


def test_a_key_as_text_is_the_one_the_specification_shows() -> None:
    """The example of golang.org/x/mod/sumdb/note, whose format C2SP took over."""
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert str(PublicKey.of(vkey)) == vkey
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    line = notes.line_of(
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfq"
        "dngotpRZb6KE6RyyBwJnAM="
    )
    assert notes.believed(text, [line], [PublicKey.of(vkey)]) == (PublicKey.of(vkey),)


def test_whoever_knows_either_key_believes_a_note_that_both_signed() -> None:
    note = notes.sign(CHECKPOINT, [NEXT, LOG])
    for key in (LOG.public, NEXT.public):
        assert notes.believed(note.text, note.lines, [key]) == (key,)
    assert notes.believed(note.text, note.lines, [WITNESS.public]) == ()


def test_a_changed_note_is_not_believed() -> None:
    note = notes.sign(CHECKPOINT, [LOG])
    with pytest.raises(BadNote, match="false_signature: shouwen/abc"):
        notes.believed(note.text.replace("7", "8", 1), note.lines, [LOG.public])


def test_a_name_alone_signs_nothing() -> None:
    note = notes.sign(CHECKPOINT, [NEXT])
    assert notes.believed(note.text, note.lines, [LOG.public]) == ()


def test_a_witness_signs_with_its_time() -> None:
    note = notes.sign(CHECKPOINT, [LOG])
    line = notes.cosign(note.text, WITNESS, AT)
    assert notes.seen_at(line) == AT.replace(microsecond=0)
    assert notes.line_of(str(line)) == line
    assert notes.believed(note.text, [line], [WITNESS.public]) == (WITNESS.public,)
    with pytest.raises(BadNote, match="false_signature"):
        notes.believed(note.text + "more\n", [line], [WITNESS.public])


def test_the_key_of_a_witness_is_none_of_a_log() -> None:
    as_log = Signer(WITNESS.name, WITNESS.seed)
    assert as_log.public.key_id != WITNESS.public.key_id
    line = notes.cosign(CHECKPOINT.body(), WITNESS, AT)
    assert notes.believed(CHECKPOINT.body(), [line], [as_log.public]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\nb\n",
        "a\n\n",
        "a\n\nb\n",
        "a\n\n— name\n",
        "a\n\n— name AAAA\n",
        "a\n\n— name +++\n",
        "a\n\n— a+b AAAAAAAA\n",
        "a\n\n— name AAAAAAAA",
        "\n\n— name AAAAAAAA\n",
        "a\n\n" + "— name AAAAAAAA\n" * 101,
    ],
)
def test_what_is_no_note_is_not_read(text: str) -> None:
    with pytest.raises(BadNote, match="not_a_note"):
        notes.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n7\n",
        "\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-22T07:00:00Z\n",
        "origin\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-22T07:00:00Z\n",
        "origin\n-7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-22T07:00:00Z\n",
        "origin\n7\nAAAA\ntime 2026-11-22T07:00:00Z\n",
        "origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n2026-11-22T07:00:00Z\n",
        "origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime 2026-11-22T07:00:00\n",
        "origin\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\ntime once\n",
    ],
)
def test_what_is_no_checkpoint_is_not_read(text: str) -> None:
    with pytest.raises(BadNote, match="not_a_checkpoint"):
        Checkpoint.of(text)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000+AAAA",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_no_key_is_not_taken_for_one(vkey: str) -> None:
    with pytest.raises(BadNote, match="not_a_key"):
        PublicKey.of(vkey)
