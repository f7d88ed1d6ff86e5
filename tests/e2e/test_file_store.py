"""Files in a bucket, who may bring how many, and what happens while the store is away."""

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cli.evidence.files import _checked
from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from store.files.vault import Bucket, Vault
from tests import pictures
from tests.conftest import free_ports
from tests.e2e.conftest import create_database, open_office
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, opened
from tests.store.bucket import s3_server

pytestmark = pytest.mark.rule("R14.2", "R14.5")
MOST = 6
Store = tuple[subprocess.Popen[bytes], Bucket]


@pytest.fixture(scope="module")
def their_temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalTemporal]:
    """Keepers are named alike in every office: two offices share no Temporal."""
    server = LocalTemporal(tmp_path_factory.mktemp("temporal"), *free_ports(2), headless=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
async def stored(
    postgres: LocalPostgres,
    their_temporal: LocalTemporal,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Office, Store]]:
    """An office whose files lie in a bucket, and into which one address brings six an hour."""
    await create_database(postgres, "bucketed")
    with s3_server() as store:
        bucket = store[1]
        more: dict[str, Any] = {
            "uploads_per_hour": MOST,
            "s3_bucket": bucket.name,
            "s3_endpoint": bucket.endpoint,
            "s3_key_id": bucket.key_id,
            "s3_secret_key": bucket.secret_key,
        }
        data = tmp_path_factory.mktemp("bucketed")
        async with open_office(postgres, their_temporal, data, "bucketed", **more) as office:
            yield office, store


async def look(office: Office, case_id: str, file: str, headers: dict[str, str]) -> httpx.Response:
    return await office.http.get(f"/api/v1/cases/{case_id}/files/{file}", headers=headers)


async def test_a_file_in_a_bucket_is_shown_checked_and_missed(
    stored: tuple[Office, Store],
) -> None:
    office, (process, bucket) = stored
    staff = await office.as_person(CLERK)
    file = await office.uploaded(pictures.jpeg(), staff)
    case = await opened(office, CLERK, evidence=[file])
    assert (await look(office, case.case_id, file, staff)).status_code == 200
    assert await _checked(office.settings, quick=False) == {"there": 2}

    # The store is away: uploads and looks say so, everything else goes on, nothing is lost.
    process.send_signal(signal.SIGSTOP)
    try:
        ready = asyncio.create_task(office.http.get("/readyz"))
        answers = await asyncio.gather(
            office.upload(pictures.png(), staff), look(office, case.case_id, file, staff)
        )
        for answer in answers:
            assert (answer.status_code, answer.json()["code"]) == (503, "files_unavailable")
            assert answer.headers["retry-after"]
        assert (await opened(office, CLERK)).case_id
        told = (await ready).json()
        assert "NOT REACHABLE" in told["checks"]["files"]["note"]
        assert told["status"] == "ready"
    finally:
        process.send_signal(signal.SIGCONT)
    assert (await look(office, case.case_id, file, staff)).status_code == 200
    assert (await office.upload(pictures.png(), staff)).status_code == 201

    # Somebody changed what lies there, then took it away.
    (view,) = (await office.case(case.case_id))["files"]
    address = view["address"]
    where = f"{bucket.endpoint}/{bucket.name}/{address[:2]}/{address}"
    credential = {"Authorization": "AWS4 Credential=x/y/"}
    httpx.put(where, content=b"another photo", headers=credential)
    answer = await look(office, case.case_id, file, staff)
    assert (answer.status_code, answer.json()["code"]) == (503, "file_changed")
    assert (await _checked(office.settings, quick=True))["changed"] == 1
    await Vault.in_bucket(bucket).remove(address)
    answer = await look(office, case.case_id, file, staff)
    assert (answer.status_code, answer.json()["code"]) == (503, "file_missing")
    assert (await _checked(office.settings, quick=True))["missing"] == 1


async def test_one_address_brings_so_many_an_hour_and_staff_ten_times_as_many(
    stored: tuple[Office, Store],
) -> None:
    office, _ = stored
    codes = [(await office.upload(b"no photo")).status_code for _ in range(MOST + 1)]
    assert codes == [422] * MOST + [429]
    answer = await office.upload(pictures.png())
    assert (answer.json()["code"], answer.headers["retry-after"]) == ("too_many_uploads", "600")
    for _ in range(MOST):
        answer = await office.upload(pictures.png(), await office.as_person(CLERK))
        assert answer.status_code == 201
    case = await opened(office)
    answer = await office.upload(pictures.png(), case.receipt, case.case_id)
    assert answer.status_code == 201, "who has a receipt is counted apart"


async def test_who_brought_how_many_is_kept_as_a_keyed_hash(stored: tuple[Office, Store]) -> None:
    office, _ = stored
    await office.upload(b"no photo")
    async with office.engine.connect() as connection:
        found = await connection.exec_driver_sql("select distinct sender from upload_attempts")
        senders = [row[0] for row in found]
    assert senders
    assert not [sender for sender in senders if "127" in sender[:5] or len(sender) != 64]


def test_the_data_folder_holds_no_file_where_a_bucket_is_set(
    stored: tuple[Office, Store],
) -> None:
    office, _ = stored
    assert not Path(office.settings.data / "files").exists()
