"""Files lie whole, closed to others, and are held against their hash at every read (R14.2)."""

import asyncio
import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from store.files import sealing, vault
from store.files.vault import Away, Bucket, Changed, Full, Missing, Vault
from tests.conftest import free_ports
from tests.store.bucket import s3_server
from tests.store.house import RING

pytestmark = pytest.mark.rule("R14.2", "R14.4")
PHOTO = b"a photo" * 1000


def sealed(plain: bytes = PHOTO) -> bytes:
    return sealing.seal(plain, sealing.opener_of(plain, RING))


# -- sealing -------------------------------------------------------------------


def test_the_same_content_is_sealed_to_the_same_bytes_and_another_to_others() -> None:
    assert sealed() == sealed()
    assert sealed() != sealed(PHOTO + b"x")
    assert PHOTO[:50] not in sealed()


def test_only_its_own_key_opens_a_file() -> None:
    opener = sealing.opener_of(PHOTO, RING)
    assert sealing.unseal(sealed(), opener) == PHOTO
    other = sealing.opener_of(b"another", RING)
    for stored, key in ((sealed(), other), (sealed()[:-1], opener), (b"", opener), (PHOTO, opener)):
        with pytest.raises(sealing.WrongKey):
            sealing.unseal(stored, key)


# -- a folder ------------------------------------------------------------------


async def test_a_file_in_a_folder_is_whole_and_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    address = await Vault.in_folder(folder).put(sealed())
    path = folder / address[:2] / address
    assert path.read_bytes() == sealed()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert await Vault.in_folder(folder).get(address) == sealed()


async def test_what_was_changed_on_the_disk_is_never_handed_out(tmp_path: Path) -> None:
    kept = Vault.in_folder(tmp_path)
    address = await kept.put(sealed())
    path = tmp_path / address[:2] / address
    for damage in (sealed()[:-1], bytes(len(sealed())), b"", sealed(b"another")):
        path.write_bytes(damage)
        with pytest.raises(Changed):
            await kept.get(address)
    await kept.put(sealed())
    assert await kept.get(address) == sealed(), "brought again, it is mended"


async def test_what_is_not_there_is_missing_and_may_be_removed_twice(tmp_path: Path) -> None:
    kept = Vault.in_folder(tmp_path)
    with pytest.raises(Missing):
        await kept.get("ab" * 32)
    address = await kept.put(sealed())
    await kept.remove(address)
    await kept.remove(address)
    with pytest.raises(Missing):
        await kept.get(address)


async def test_everything_that_lies_there_can_be_listed(tmp_path: Path) -> None:
    kept = Vault.in_folder(tmp_path)
    put = {await kept.put(sealed(f"photo {n}".encode())) for n in range(30)}
    assert {address async for address in kept.addresses()} == put


async def test_a_disk_that_is_full_is_said_to_be(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs a user who may mount")
    try:
        kept = Vault.in_folder(folder)
        with pytest.raises(Full):
            await kept.put(sealed(bytes(1_000_000)))
        address = await kept.put(sealed(b"small"))
        assert {found async for found in kept.addresses()} == {address}, "nothing half is left"
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


async def test_a_folder_that_went_away_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    kept = Vault.in_folder(folder)
    await kept.check()
    folder.rmdir()
    with pytest.raises(Away):
        await kept.check()


# -- a bucket ------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[subprocess.Popen[bytes], Bucket]]:
    with s3_server() as found:
        yield found


async def test_a_bucket_keeps_files_as_a_folder_does(
    server: tuple[subprocess.Popen[bytes], Bucket],
) -> None:
    kept = Vault.in_bucket(server[1])
    await kept.check()
    address = await kept.put(sealed())
    assert await kept.put(sealed()) == address
    assert await kept.get(address) == sealed()
    assert {found async for found in kept.addresses()} == {address}
    await kept.remove(address)
    await kept.remove(address)
    with pytest.raises(Missing):
        await kept.get(address)


async def test_what_was_changed_in_a_bucket_is_never_handed_out(
    server: tuple[subprocess.Popen[bytes], Bucket],
) -> None:
    kept, bucket = Vault.in_bucket(server[1]), server[1]
    address = await kept.put(sealed())
    where = f"{bucket.endpoint}/{bucket.name}/{address[:2]}/{address}"
    httpx.put(where, content=b"something else", headers={"Authorization": "AWS4 Credential=x/y/"})
    with pytest.raises(Changed):
        await kept.get(address)


async def test_a_bucket_that_is_not_there_is_said_to_be_away(
    server: tuple[subprocess.Popen[bytes], Bucket],
) -> None:
    kept = Vault.in_bucket(replace(server[1], name="no-such-bucket"))
    with pytest.raises((Away, Missing)):
        await kept.put(sealed())
    with pytest.raises((Away, Missing)):
        await kept.check()


async def test_a_key_the_store_does_not_know_is_let_in_nowhere(
    server: tuple[subprocess.Popen[bytes], Bucket],
) -> None:
    bucket = server[1]
    address = await Vault.in_bucket(bucket).put(sealed())
    httpx.post(f"{bucket.endpoint}/moto-api/reset-auth", content="0")
    try:
        for asked in (Vault.in_bucket(bucket).check(), Vault.in_bucket(bucket).get(address)):
            with pytest.raises(Away):
                await asked
    finally:
        httpx.post(f"{bucket.endpoint}/moto-api/reset-auth", content="inf")
    assert await Vault.in_bucket(bucket).get(address) == sealed()


async def test_a_store_that_is_away_for_a_while_is_waited_for(
    server: tuple[subprocess.Popen[bytes], Bucket],
) -> None:
    process, bucket = server
    kept = Vault.in_bucket(bucket)
    process.send_signal(signal.SIGSTOP)
    putting = asyncio.create_task(kept.put(sealed(b"brought while it was away")))
    try:
        await asyncio.sleep(5)
        assert not putting.done()
    finally:
        process.send_signal(signal.SIGCONT)
    address = await putting
    assert await kept.get(address) == sealed(b"brought while it was away")


async def test_a_store_that_stays_away_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    (port,) = free_ports(1)
    monkeypatch.setattr(vault, "PATIENCE", 2.0)
    gone = Bucket(
        name="files",
        endpoint=f"http://127.0.0.1:{port}",
        region="us-east-1",
        key_id="key",
        secret_key="secret",
    )
    kept = Vault.in_bucket(gone)
    with pytest.raises(Away):
        await kept.put(sealed())
    with pytest.raises(Away):
        await kept.check()
    assert os.environ.get("AWS_ACCESS_KEY_ID") is None
