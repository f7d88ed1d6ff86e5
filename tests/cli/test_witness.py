"""A witness in front of a system that is dishonest or broken: it believes nobody's word but that of
keys it has. (In front of an honest one: `tests/e2e/test_checkpoints.py`.)
"""

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.evidence.witness import Witness
from cli.local.failure import LocalError
from store import merkle, notes
from store.merkle import Growing
from store.notes import COSIGNATURE, Checkpoint, Signer

pytestmark = pytest.mark.rule("R14.2")

NAME = "shouwen/abc"
OLD, NEW, THIEF = (Signer(NAME, bytes([number]) * 32) for number in (1, 2, 9))
EYE = Signer("court", bytes([5]) * 32, COSIGNATURE)


def root(leaves: str, begin: int = 0, end: int | None = None) -> bytes:
    """Of a log with an event for each letter."""
    growing = Growing()
    for each in leaves[begin:end]:
        growing.add(merkle.leaf(each.encode() * 32))
    return growing.root()


def change(old: list[Signer], new: list[Signer], by: Signer | None) -> dict[str, Any]:
    before, after = ([str(each.public) for each in keys] for keys in (old, new))
    signature = by.sign(notes.key_change(NAME, before, after)) if by else bytes(64)
    return {
        "origin": NAME,
        "old": before,
        "new": after,
        "signed_by": str((by or old[0]).public),
        "signature": base64.b64encode(signature).decode(),
    }


@dataclass
class System:
    """Whoever answers at the address, with whatever they please."""

    leaves: str = ""
    note: str = ""
    keys: list[str] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    """What it answers at the end of an address instead of what it should."""

    def show(self, leaves: str, *signers: Signer, hours: float = 0) -> None:
        """Sign all of the letters so many hours before now."""
        at = datetime.now(UTC) - timedelta(hours=hours)
        checkpoint = Checkpoint(origin=NAME, size=len(leaves), root=root(leaves), time=at)
        self.leaves, self.note = leaves, str(notes.sign(checkpoint, signers))
        self.keys = [str(each.public) for each in signers]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        end = request.url.path.rpartition("/")[2]
        if end in self.says:
            return httpx.Response(200, text=self.says[end])
        if request.method == "POST":
            self.posted.append(json.loads(request.content)["line"])
            return httpx.Response(201, json={})
        return httpx.Response(200, json=self._answer(end, request))

    def _answer(self, end: str, request: httpx.Request) -> dict[str, Any]:
        if end == "log":
            keys = [{"vkey": key, "until": None} for key in self.keys]
            return {"keys": keys, "changes": self.changes}
        if end == "proof":
            parts = merkle.consistency(int(request.url.params["from"]), len(self.leaves))
            hashes = [base64.b64encode(root(self.leaves, *part)).decode() for part in parts]
            return {"hashes": hashes}
        return {"checkpoints": [{"note": self.note}]}


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def eye(system: System, tmp_path: Path) -> Witness:
    http = httpx.Client(base_url="http://system", transport=httpx.MockTransport(system))
    return Witness(http, EYE, tmp_path / "witness.key.seen")


def refused(eye: Witness, *first: str) -> str:
    """Why it did not sign; in one line, and nothing was posted."""
    with pytest.raises(LocalError) as caught:
        eye.look([*first])
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("first", [(), (str(OLD.public),)])
def test_a_key_that_the_system_alone_offers_is_never_believed(
    system: System, eye: Witness, first: tuple[str, ...]
) -> None:
    system.show("a", OLD)
    eye.look([*first])
    # Whoever runs the web server puts a line of their own under an honest checkpoint …
    system.show("ab", OLD, THIEF)
    eye.look([])
    # … and later signs a future of their own making.
    system.show("abF", THIEF)
    assert "signed by none of the keys known here" in refused(eye)
    assert len(system.posted) == 2


def test_nor_one_beside_a_key_that_somebody_trusted_named(system: System, eye: Witness) -> None:
    system.show("a", OLD, THIEF)
    eye.look([str(OLD.public)])
    system.show("aF", THIEF)
    assert "signed by none of the keys known here" in refused(eye)


def test_a_change_of_keys_in_its_absence_is_followed(system: System, eye: Witness) -> None:
    system.show("a", OLD)
    eye.look([])
    system.changes = [change([OLD], [NEW, OLD], OLD), change([NEW, OLD], [NEW], NEW)]
    system.show("abc", NEW)
    assert eye.look([]).startswith("Signed 3 events")
    system.show("abcF", OLD)
    assert "signed by none of the keys known here" in refused(eye), "it has had its day"


@pytest.mark.parametrize(
    "forged",
    [
        change([OLD], [THIEF], None),
        change([OLD], [THIEF], THIEF),
        change([OLD, THIEF], [THIEF], THIEF),
        change([OLD], [OLD, NEW], OLD) | {"new": [str(THIEF.public)]},
        change([OLD], [THIEF], OLD) | {"origin": "shouwen/x"},
        change([OLD], [THIEF], OLD) | {"signature": "é"},
    ],
    ids=["unsigned", "by itself", "as if of before", "other keys", "other log", "no base64"],
)
def test_a_change_that_no_known_key_signed_is_not_followed(
    system: System, eye: Witness, forged: dict[str, Any]
) -> None:
    system.show("a", OLD)
    eye.look([])
    system.changes = [forged]
    system.show("aF", THIEF)
    assert "signed by none of the keys known here" in refused(eye)


# -- broken, or asleep ---------------------------------------------------------

NOBODYS = f"hello\n\n\u2014 {NAME} {base64.b64encode(bytes(68)).decode()}\n"
SIGNED = f"{NAME}\nnonsense\n"
NONSENSE = notes.Note(SIGNED, (notes.Line(NAME, OLD.public.key_id, OLD.sign(SIGNED.encode())),))


@pytest.mark.parametrize("end", ["checkpoints", "log", "proof"])
@pytest.mark.parametrize("says", ["", "[]", "null", "not json", "{}", "[" * 100_000])
def test_a_broken_answer_is_one_line(system: System, eye: Witness, end: str, says: str) -> None:
    system.show("a", OLD)
    eye.look([])
    system.show("ab", OLD)
    system.says = {end: says}
    assert "does not answer as a log does" in refused(eye)


@pytest.mark.parametrize("note", [5, "", "hello", NOBODYS, NOBODYS.replace("==", "é="), NONSENSE])
def test_a_note_that_is_no_checkpoint_is_one_line(
    system: System, eye: Witness, note: object
) -> None:
    shown = note if isinstance(note, int) else str(note)
    system.says = {"checkpoints": json.dumps({"checkpoints": [{"note": shown}]})}
    assert "does not answer as a log does" in refused(eye)


@pytest.mark.parametrize(
    "found",
    [
        {"keys": [{"vkey": 5, "until": None}], "changes": []},
        {"keys": [{}], "changes": []},
        {"keys": [], "changes": [{}]},
        {"keys": [], "changes": [change([OLD], [NEW], OLD) | {"old": 5}]},
        {"keys": [], "changes": [change([OLD], [NEW], OLD) | {"new": [5, "\ud800"]}]},
    ],
)
def test_keys_that_are_none_are_one_line(
    system: System, eye: Witness, found: dict[str, Any]
) -> None:
    system.show("a", OLD)
    system.says = {"log": json.dumps(found)}
    refused(eye)


def test_a_log_that_stands_still_is_not_signed_for_ever(system: System, eye: Witness) -> None:
    system.show("a", OLD, hours=3)
    assert "its notary has stopped, or an old page is shown here" in refused(eye)
    assert system.posted == []


def test_one_that_grows_though_its_clock_is_behind_is_signed_once(
    system: System, eye: Witness
) -> None:
    system.show("a", OLD, hours=5)
    eye.memory.write_text(json.dumps({"note": system.note, "keys": system.keys}), "utf-8")
    system.show("ab", OLD, hours=4)
    eye.look([])
    assert "its notary has stopped" in refused(eye)
    assert len(system.posted) == 1


def test_one_that_has_just_signed_may_be_looked_at_twice(system: System, eye: Witness) -> None:
    system.show("a", OLD, hours=1.5)
    eye.look([])
    eye.look([])
    assert len(system.posted) == 2
