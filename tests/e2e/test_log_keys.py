"""The log's key changes, and is lost, while residents keep receipts and a witness looks on."""

import base64
from pathlib import Path
from typing import Any

import pytest

from store import notes
from store.notes import PublicKey, Signer
from tests.e2e.office import Office, Process
from tests.e2e.scenes.base import Opened, opened
from tests.e2e.test_checkpoints import key_file, keys, look
from tests.e2e.test_receipts import by_command, checked
from tests.e2e.waiting import kept

pytestmark = pytest.mark.rule("R14.2")

NEW, OTHER = (base64.b64encode(bytes([number]) * 32).decode() for number in (7, 8))


async def with_keys(office: Office, *seeds: str) -> Opened:
    """Workers sign with these keys from now on; a case that was opened since."""
    office.worker.stop()
    settings = office.settings.model_copy(update={"log_key": ",".join(seeds)})
    office.worker = Process("worker", settings, office.worker.log)
    office.worker.start()
    await office.until_ready()
    return await opened(office)


async def receipt(office: Office, case: Opened) -> dict[str, Any]:
    return await kept(office, case.case_id, case.receipt)


def signers(found: dict[str, Any], known: list[PublicKey]) -> list[str]:
    note = notes.parse(found["checkpoint"])
    return [str(key) for key in notes.believed(note.text, note.lines, known)]


async def test_whoever_believed_goes_on_believing_until_a_key_is_lost(
    own_office: Office, tmp_path: Path
) -> None:
    office, witness = own_office, key_file(tmp_path)
    old = office.settings.log_key or ""
    first = await receipt(office, await opened(office))
    assert look(office, witness).returncode == 0
    origin = first["origin"]
    vkeys = [str(Signer(origin, base64.b64decode(seed)).public) for seed in (old, NEW, OTHER)]

    # For a while both sign; whoever knows either one goes on.
    both = await receipt(office, await with_keys(office, NEW, old))
    assert signers(both, [*map(PublicKey.of, vkeys)]) == vkeys[:2]
    assert look(office, witness).returncode == 0

    # Then the new one alone; what the old one signed holds as before.
    alone = await receipt(office, await with_keys(office, NEW))
    assert signers(alone, [*map(PublicKey.of, vkeys)]) == vkeys[1:2]
    assert look(office, witness).returncode == 0
    for each in (first, both, alone):
        told = await checked(office, each)
        assert (told["verdict"], told["remarks"]) == ("in_record", [])

    # A lost key is said for ever, and no witness follows by itself.
    after = await receipt(office, await with_keys(office, OTHER))
    told = await checked(office, after)
    assert told["verdict"] == "in_record"
    assert "nobody vouched for it" in told["remarks"][0]
    told = await checked(office, first)
    assert told["verdict"] == "in_record"
    assert "since then the log's key was lost" in told["remarks"][0]
    done = by_command(office, tmp_path, first)
    assert done.returncode == 0, done.stderr
    assert "since then the log's key was lost" in done.stdout
    refused = look(office, witness)
    assert refused.returncode == 1
    assert "signed by none of the keys known here: the key was lost" in refused.stderr
    log = (await office.http.get("/api/v1/checkpoints/log")).json()
    assert [(key["vkey"], key["vouched"], key["until"] is None) for key in log["keys"]] == [
        (vkeys[0], True, False),
        (vkeys[1], True, False),
        (vkeys[2], False, True),
    ]
    assert [str(key) for key in await keys(office)] == vkeys
