"""Checkpoints and proofs for everybody, and witnesses who sign what follows and nothing else."""

import base64
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store import merkle, notes
from store.notes import COSIGNATURE, Checkpoint, PublicKey, Signer
from tests.e2e.conftest import WITNESS
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import opened
from tests.e2e.waiting import covered

pytestmark = pytest.mark.rule("R14.2")


async def newest(office: Office) -> dict[str, Any]:
    page = await office.http.get("/api/v1/checkpoints", params={"size": 1})
    found: dict[str, Any] = page.json()["checkpoints"][0]
    return found


async def grown(office: Office) -> tuple[dict[str, Any], dict[str, Any]]:
    """A checkpoint, and one that was signed later of more events."""
    before = await covered(office, (await opened(office)).case_id)
    after = await covered(office, (await opened(office)).case_id)
    return before, after


async def keys(office: Office) -> list[PublicKey]:
    log = (await office.http.get("/api/v1/checkpoints/log")).json()
    return [PublicKey.of(each["vkey"]) for each in log["keys"]]


async def test_what_was_signed_is_open_to_everybody(office: Office) -> None:
    _, signed = await grown(office)
    note = notes.parse(signed["note"])
    assert notes.believed(note.text, note.lines, await keys(office))
    checkpoint = Checkpoint.of(note.text)
    assert (checkpoint.size, checkpoint.root) == (
        signed["size"],
        base64.b64decode(signed["root"]),
    )
    log = (await office.http.get("/api/v1/checkpoints/log")).json()
    assert log["origin"] == checkpoint.origin
    assert log["witnesses"] == [str(WITNESS.public)]
    assert [key["vouched"] for key in log["keys"]] == [True]
    alone = await office.http.get(f"/api/v1/checkpoints/{signed['size']}")
    assert alone.json()["root"] == signed["root"]
    assert "public" in alone.headers["cache-control"]


async def test_health_says_how_much_is_not_signed_yet(office: Office) -> None:
    await grown(office)
    checks = (await office.http.get("/readyz")).json()["checks"]
    assert checks["log"]["ok"]
    assert "events since the checkpoint of" in checks["log"]["note"]
    assert "NOT SIGNED" not in checks["log"]["note"]


async def test_pages_go_back_to_the_first_one(office: Office) -> None:
    await grown(office)
    sizes: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await office.http.get("/api/v1/checkpoints", params={"size": 2, **cursor})).json()
        sizes += [each["size"] for each in page["checkpoints"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 2


async def test_a_later_checkpoint_proves_that_it_goes_on_from_an_earlier_one(
    office: Office,
) -> None:
    before, after = await grown(office)
    query = {"from": before["size"], "to": after["size"]}
    answer = await office.http.get("/api/v1/checkpoints/proof", params=query)
    path = [base64.b64decode(each) for each in answer.json()["hashes"]]
    roots = [base64.b64decode(each["root"]) for each in (before, after)]
    assert merkle.extends(before["size"], roots[0], after["size"], roots[1], path)
    assert "immutable" in answer.headers["cache-control"]


async def test_every_event_proves_that_it_is_in_it(office: Office) -> None:
    _, signed = await grown(office)
    size = signed["size"]
    found = (await office.http.get(f"/api/v1/checkpoints/{size}/inclusion/{size}")).json()
    leaf = merkle.leaf(bytes.fromhex(found["event_hash"]))
    path = [base64.b64decode(each) for each in found["hashes"]]
    assert merkle.includes(base64.b64decode(signed["root"]), size, size - 1, leaf, path)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/proof?from=5&to=4", 422, "no_such_size"),
        ("/proof?from=1&to=99999999", 422, "no_such_size"),
        ("/99999999", 404, "checkpoint_not_found"),
        ("/1/inclusion/2", 404, "not_in_it"),
        ("/99999999/inclusion/2", 404, "not_in_it"),
        ("/0", 422, "invalid_request"),
    ],
)
async def test_what_was_not_signed_has_no_proof(
    office: Office, path: str, status: int, code: str
) -> None:
    await grown(office)
    answer = await office.http.get(f"/api/v1/checkpoints{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


# -- witnesses ---------------------------------------------------------------


def key_file(folder: Path, signer: Signer = WITNESS) -> Path:
    path = folder / "witness.key"
    path.write_text(f"{signer.name} {base64.b64encode(signer.seed).decode()}\n")
    return path


def look(office: Office, key: Path, *more: str) -> subprocess.CompletedProcess[str]:
    address = str(office.http.base_url)
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "witness", "--from", address, "--key", str(key), *more],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def remember(key: Path, note: str, known: list[PublicKey]) -> Path:
    memory = key.with_name(f"{key.name}.seen")
    memory.write_text(json.dumps({"note": note, "keys": [*map(str, known)]}))
    return memory


def signed_by(office: Office, origin: str, size: int, root: bytes) -> str:
    """What the log's own key would sign, if somebody made it."""
    seed = base64.b64decode(office.settings.log_key or "")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    checkpoint = Checkpoint(origin=origin, size=size, root=root, time=at)
    return str(notes.sign(checkpoint, [Signer(origin, seed)]))


async def test_a_witness_signs_what_it_has_checked_and_goes_on_from_there(
    office: Office, tmp_path: Path
) -> None:
    await grown(office)
    key = key_file(tmp_path)
    first = look(office, key)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("Signed ")
    await grown(office)
    second = look(office, key)
    assert second.returncode == 0, second.stderr
    size = int(second.stdout.split()[1])
    assert size > int(first.stdout.split()[1])
    signed = (await office.http.get(f"/api/v1/checkpoints/{size}")).json()
    assert [each["name"] for each in signed["cosignatures"]] == [WITNESS.name]
    note = notes.parse(signed["note"])
    assert notes.believed(note.text, note.lines, [WITNESS.public]) == (WITNESS.public,)


async def test_a_witness_without_a_key_makes_one_and_says_how_to_register_it(
    office: Office, tmp_path: Path
) -> None:
    await grown(office)
    done = look(office, tmp_path / "own.key", "--name", "court")
    assert done.returncode == 1
    assert "SHOUWEN_WITNESS_KEYS=court+" in done.stdout
    assert "the system does not know this witness" in done.stderr


async def test_a_witness_refuses_a_fork_and_keeps_the_proof(office: Office, tmp_path: Path) -> None:
    before, _ = await grown(office)
    origin = (await keys(office))[0].name
    key = key_file(tmp_path)
    memory = remember(key, signed_by(office, origin, before["size"], bytes(32)), await keys(office))
    kept = memory.read_text()
    done = look(office, key)
    assert done.returncode == 1
    assert f"its first {before['size']} events are not those that were signed" in done.stderr
    assert "the log was rewritten" in done.stderr
    assert memory.read_text() == kept
    assert memory.with_suffix(".contradiction").read_text().startswith(origin)


async def test_a_witness_refuses_a_log_that_went_back(office: Office, tmp_path: Path) -> None:
    await grown(office)
    origin = (await keys(office))[0].name
    key = key_file(tmp_path)
    remember(key, signed_by(office, origin, 9_999_999, bytes(32)), await keys(office))
    done = look(office, key)
    assert done.returncode == 1
    assert "it went back from 9999999 events to" in done.stderr


async def test_a_witness_refuses_a_key_it_does_not_know(office: Office, tmp_path: Path) -> None:
    await grown(office)
    key = key_file(tmp_path)
    other = Signer((await keys(office))[0].name, bytes(32)).public
    done = look(office, key, "--log-key", str(other))
    assert done.returncode == 1
    assert "signed by none of the keys known here" in done.stderr


async def test_a_witness_refuses_another_system(office: Office, tmp_path: Path) -> None:
    before, _ = await grown(office)
    key = key_file(tmp_path)
    note = signed_by(office, "shouwen/other", before["size"], base64.b64decode(before["root"]))
    remember(key, note, await keys(office))
    done = look(office, key)
    assert done.returncode == 1
    assert "and shouwen/other was seen before" in done.stderr


async def test_only_registered_witnesses_sign_and_only_what_was_signed(office: Office) -> None:
    signed = await newest(office)
    text = notes.parse(signed["note"]).text
    url = f"/api/v1/checkpoints/{signed['size']}/cosignatures"
    now = datetime.now(UTC)
    stranger = Signer("stranger", bytes(32), COSIGNATURE)
    never = WITNESS.public.key_id + (2**63).to_bytes(8, "big") + bytes(64)
    for line, status, code in (
        (str(notes.cosign(text, stranger, now)), 403, "unknown_witness"),
        (str(notes.cosign("else\n", WITNESS, now)), 422, "false_signature"),
        (f"\u2014 {WITNESS.name} {base64.b64encode(never).decode()}", 422, "false_signature"),
        ("no line at all", 422, "not_a_signature"),
    ):
        answer = await office.http.post(url, json={"line": line})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
