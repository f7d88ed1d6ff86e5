"""R14.4: a file is one case's, and goes with whom it belongs to: unreadable, then removed."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from activities.cases import CaseActivities
from activities.erasing import ErasingActivities
from activities.messages import StepResult
from domain.commands import AddInformation, Command, EraseSubject, Register, Withdraw
from domain.erasure.commands import Target
from domain.events import FileAttached
from domain.sealing import ERASED
from domain.uploads import Content, Upload
from domain.visit.commands import ForgetCase
from domain.words import Channel
from domain.words.files import Bringer
from store import keeping, reading
from store.database import raw
from store.files import doomed, sealing, uploads
from store.files.vault import Away, Missing, Vault
from store.keeping import KINDS
from tests.activities.bureau import Bureau
from tests.domain.story import MEI, RESIDENT, by, request
from tests.store.house import RING, House
from workflows.sending import step_of

pytestmark = pytest.mark.rule("R14.4")
LONG_AGO = "update uploads set created_at = clock_timestamp() - interval '25 hours'"


@dataclass(slots=True)
class Counter:
    """A desk where files are brought and cases written, on a database and a folder of its own."""

    bureau: Bureau
    vault: Vault
    folder: Path
    numbers: list[int] = field(default_factory=list)

    async def bring(self, plain: bytes, case_id: str = "", *, stored: bool = True) -> str:
        """As the API does for somebody without an account, or with the receipt of a case."""
        opener = sealing.opener_of(plain, RING)
        sealed = sealing.seal(plain, opener)
        content = Content(
            address=sealing.address_of(sealed),
            media="image/png",
            size=len(plain),
            digest=sealing.digest_of(plain),
            opener=opener,
        )
        upload = Upload(
            file=uploads.new_reference(),
            bringer=Bringer.RESIDENT if case_id else Bringer.NOBODY,
            case_id=case_id,
            subject="reporter" if case_id else "",
            content=content,
        )
        async with raw(self.bureau.database.engine) as connection:
            await uploads.announce(connection, upload, RING)
            if stored:
                await self.vault.put(sealed)
                await uploads.note_stored(connection, upload.file)
        return upload.file

    async def does(self, case_id: str, *commands: Command) -> StepResult:
        for number, command in enumerate(commands):
            self.numbers.append(number)
            told = replace(command, command_id=f"00000000-0000-0000-0000-{len(self.numbers):012d}")
            activities = CaseActivities(self.bureau.database.engine, RING, ahead=None)
            result: StepResult = await activities.execute(case_id, step_of(told))
        return result

    async def reported(self, case_id: str, *files: str) -> None:
        fields = request(channel=Channel.WEB, evidence=files)
        opening = by(RESIDENT, "03-02 09:00", Register, **fields)
        result = await self.does(case_id, opening)
        assert result.accepted, result.refusal

    async def over(self, case_id: str) -> None:
        result = await self.does(case_id, by(RESIDENT, "03-02 09:30", Withdraw, text="算了"))
        assert result.accepted, result.refusal

    async def erase(self, case_id: str) -> None:
        async def tell(stream: str, command: EraseSubject | ForgetCase) -> StepResult:
            activities: Any = CaseActivities(self.bureau.database.engine, RING, ahead=None)
            found: StepResult = await activities.execute(stream, step_of(command))
            return found

        async def forget(_workflow: str, _alive: object) -> int:
            return 0

        carrier = ErasingActivities(self.bureau.database.engine, tell, forget, self.bury)
        step = await carrier.carry_out("erasure-1", Target(case_id=case_id, subject="reporter"))
        assert step.kind == "note_erased", step

    async def bury(self) -> int:
        return await doomed.bury(self.bureau.database.engine, self.vault)

    async def sweep(self) -> int:
        """What a turn of keeping does with uploads."""
        async with raw(self.bureau.database.engine) as connection:
            now = await connection.fetchval("select clock_timestamp()")
            gone = await keeping.sweep(connection, KINDS["uploads"], now)
        await self.bury()
        return gone

    async def attached(self, case_id: str) -> list[FileAttached]:
        async with raw(self.bureau.database.engine) as connection:
            found = await reading.history(connection, case_id, RING)
        assert found is not None
        return [line.event for line in found.lines if isinstance(line.event, FileAttached)]

    def lying(self) -> set[str]:
        return {path.name for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
async def counter(house: House, tmp_path: Path) -> Counter:
    folder = tmp_path / "files"
    return Counter(Bureau(await house.town()), Vault.in_folder(folder), folder)


async def test_the_same_content_is_stored_once_and_each_has_a_reference_of_its_own(
    counter: Counter,
) -> None:
    files = [await counter.bring(b"a photo") for _ in range(3)]
    assert len(set(files)) == 3
    assert len(counter.lying()) == 1


async def test_a_file_becomes_one_cases_even_if_two_name_it_at_once(counter: Counter) -> None:
    file = await counter.bring(b"a photo")
    for case_id in ("SW-1", "SW-2"):
        await counter.reported(case_id)
    add = by(RESIDENT, "03-02 10:00", AddInformation, text="看", evidence=(file,))

    async def says(case_id: str, number: int) -> StepResult:
        told = replace(add, command_id=f"10000000-0000-0000-0000-{number:012d}")
        activities = CaseActivities(counter.bureau.database.engine, RING, ahead=None)
        while True:
            try:
                return await activities.execute(case_id, step_of(told))
            except Exception as error:  # noqa: BLE001 - as Temporal does with a lost race
                assert type(error).__name__ == "Conflict"  # noqa: PT017

    results = await asyncio.gather(says("SW-1", 1), says("SW-2", 2))
    assert sorted(each.accepted for each in results) == [False, True]
    (refused,) = (each.refusal for each in results if each.refusal)
    assert refused.code == "file_unknown"


async def test_what_is_not_stored_yet_cannot_be_named(counter: Counter) -> None:
    file = await counter.bring(b"a photo", stored=False)
    fields = request(channel=Channel.WEB, evidence=(file,))
    result = await counter.does("SW-1", by(RESIDENT, "03-02 09:00", Register, **fields))
    assert result.refusal is not None
    assert result.refusal.code == "file_unknown"


async def test_what_no_case_names_is_gone_after_a_day(counter: Counter) -> None:
    file = await counter.bring(b"a photo")
    assert await counter.sweep() == 0
    assert len(counter.lying()) == 1
    await counter.bureau.execute(LONG_AGO)
    fields = request(channel=Channel.WEB, evidence=(file,))
    late = await counter.does("SW-1", by(RESIDENT, "03-02 09:00", Register, **fields))
    assert late.refusal is not None, "it is too late before anybody swept"
    assert await counter.sweep() == 1
    assert counter.lying() == set()


async def test_what_a_case_names_stays(counter: Counter) -> None:
    await counter.reported("SW-1", await counter.bring(b"a photo"))
    await counter.bureau.execute(LONG_AGO)
    await counter.sweep()
    assert await counter.bureau.fetch("select * from uploads") == []
    assert await counter.bureau.fetch("select * from attached_uploads") == []
    (attached,) = await counter.attached("SW-1")
    assert counter.lying() == {attached.address}
    stored = await counter.vault.get(attached.address)
    assert sealing.unseal(stored, attached.opener) == b"a photo"


async def test_the_key_of_a_file_is_no_longer_where_it_waited(counter: Counter) -> None:
    await counter.reported("SW-1", await counter.bring(b"a photo"))
    assert await counter.bureau.fetch("select box from uploads") == [{"box": None}]


async def test_an_erased_file_opens_no_more_and_is_removed(counter: Counter) -> None:
    await counter.reported("SW-1", await counter.bring(b"a photo"))
    await counter.over("SW-1")
    (before,) = await counter.attached("SW-1")
    await counter.bureau.execute(LONG_AGO)
    await counter.sweep()
    kept = await counter.vault.get(before.address)
    await counter.erase("SW-1")
    (after,) = await counter.attached("SW-1")
    assert (after.opener, after.digest) == (ERASED, ERASED)
    assert (after.address, after.file) == (before.address, before.file)
    assert counter.lying() == set()
    assert b"a photo" not in kept, "a copy in a backup stays sealed"
    with pytest.raises(Missing):
        await counter.vault.get(before.address)


async def test_what_two_people_brought_stays_while_one_of_them_is_remembered(
    counter: Counter,
) -> None:
    for case_id in ("SW-1", "SW-2"):
        await counter.reported(case_id, await counter.bring(b"a photo"))
        await counter.over(case_id)
    await counter.bureau.execute(LONG_AGO)
    await counter.sweep()
    await counter.erase("SW-1")
    (theirs,) = await counter.attached("SW-2")
    stored = await counter.vault.get(theirs.address)
    assert sealing.unseal(stored, theirs.opener) == b"a photo"
    (mine,) = await counter.attached("SW-1")
    assert mine.opener == ERASED
    await counter.erase("SW-2")
    assert counter.lying() == set()


async def test_what_is_brought_while_the_same_is_removed_is_there(counter: Counter) -> None:
    for _ in range(20):
        await counter.bring(b"a photo")
        await counter.bureau.execute(LONG_AGO)
        again, _ = await asyncio.gather(counter.bring(b"a photo"), counter.sweep())
        (waiting,) = await counter.bureau.fetch(
            "select address from uploads where file = $1", again
        )
        assert counter.lying() == {waiting["address"]}
        await counter.bureau.execute(LONG_AGO)
        await counter.sweep()


async def test_a_store_that_is_away_loses_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    await counter.bring(b"a photo")
    await counter.bureau.execute(LONG_AGO)

    async def away(_address: str) -> None:
        raise Away("no answer")

    with monkeypatch.context() as patched:
        patched.setattr(Vault, "remove", lambda _self, address: away(address))
        with pytest.raises(Away):
            await counter.sweep()
    assert len(counter.lying()) == 1
    assert await counter.bury() == 1
    assert counter.lying() == set()


async def test_a_resident_with_a_receipt_brings_it_for_their_case_alone(counter: Counter) -> None:
    await counter.reported("SW-1")
    await counter.reported("SW-2")
    file = await counter.bring(b"a photo", "SW-1")
    add = by(RESIDENT, "03-02 10:00", AddInformation, text="看", evidence=(file,))
    other = await counter.does("SW-2", add)
    assert other.refusal is not None
    assert other.refusal.code == "file_unknown"
    assert (await counter.does("SW-1", add)).accepted


async def test_staff_name_nothing_that_a_resident_brought(counter: Counter) -> None:
    file = await counter.bring(b"a photo")
    fields = request(evidence=(file,))
    result = await counter.does("SW-1", by(MEI, "03-02 09:00", Register, **fields))
    assert result.refusal is not None
