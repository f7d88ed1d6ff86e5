"""Receipts: what a resident said is in the record, unchanged; or what is wrong is said exactly.

Through the front door: the address, the page and the command, on real servers.
"""

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from store import chain, merkle, notes
from store.notes import Checkpoint, Signer
from tests.e2e.conftest import WITNESS
from tests.e2e.office import ROOT, Office
from tests.e2e.scenes.base import CLERK, Opened, opened, resolved
from tests.e2e.scenes.disputes import consented, party
from tests.e2e.waiting import kept

pytestmark = pytest.mark.rule("R14.2")
File = dict[str, Any]


def kinds(found: File) -> list[str]:
    return [each["event"]["kind"] for each in found["events"]]


async def checked(office: Office, found: Any, lang: str = "en") -> dict[str, Any]:
    text = found if isinstance(found, str) else json.dumps(found)
    answer = await office.http.post(f"/api/v1/receipts/check?lang={lang}", content=text)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def by_command(
    office: Office, folder: Path, found: Any, *more: str
) -> subprocess.CompletedProcess[str]:
    path = folder / "receipt.json"
    path.write_text(found if isinstance(found, str) else json.dumps(found), "utf-8")
    asked = more or ("--from", str(office.http.base_url))
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "receipt", "check", str(path), *asked],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


async def key_of(office: Office) -> str:
    log = (await office.http.get("/api/v1/checkpoints/log")).json()
    vkey: str = log["keys"][-1]["vkey"]
    return vkey


# -- what a resident gets ------------------------------------------------------


async def test_opening_gives_the_hash_at_once_and_the_proof_when_it_is_signed(
    office: Office,
) -> None:
    answer = await office.open_case()
    told = answer.json()
    case_id, headers = told["receipt"]["case_id"], Opened(**told["receipt"]).receipt
    found = await kept(office, case_id, headers)
    assert kinds(found) == ["case.registered"]
    assert found["events"][0]["hash"] == told["event_hash"] == told["answer"]["event_hash"]
    verdict = await checked(office, found)
    assert (verdict["verdict"], verdict["in_record"]) == ("in_record", True)
    assert verdict["words"] == "In the record, unchanged."
    assert verdict["events"][0]["seq"] == found["events"][0]["seq"]


async def test_a_receipt_a_clerk_hands_out_is_the_same(office: Office) -> None:
    answer = await office.open_case(CLERK)
    told = answer.json()
    found = await kept(office, told["receipt"]["case_id"], Opened(**told["receipt"]).receipt)
    assert found["events"][0]["hash"] == told["event_hash"] == told["answer"]["events"][0]["hash"]


async def test_before_it_is_signed_it_says_when_to_ask_again(office: Office) -> None:
    case = await opened(office)
    answer = await office.http.get(f"/api/v1/cases/{case.case_id}/receipt", headers=case.receipt)
    found = answer.json()
    if found["pending"]:  # the notary of this office is quick
        assert int(answer.headers["retry-after"]) == 6
        assert found["ask_again_at"] > found["made_at"]
        assert found["events"][0]["proof"] is None
    waiting = {**found, "checkpoint": None}
    waiting["events"] = [{**each, "seq": None, "proof": None} for each in found["events"]]
    verdict = await checked(office, waiting)
    assert (verdict["verdict"], verdict["in_record"]) == ("pending", False)


@pytest.mark.rule("R9.3")
async def test_a_rating_is_proven_with_the_request(office: Office) -> None:
    case = await resolved(office, by_resident=True)
    link = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["rating"]
    by_link = {"Authorization": f"Rating {link['secret']}"}
    body = {"contacted": True, "solved": True, "grade": 5, "text": "很快"}
    told = (await office.post(link["href"], body, by_link)).json()
    for headers in (by_link, case.receipt):
        found = await kept(office, case.case_id, headers)
        assert kinds(found) == ["case.registered", "case.rated"]
        assert found["events"][1]["hash"] == told["event_hash"]
        assert (await checked(office, found))["verdict"] == "in_record"


@pytest.mark.rule("R7.1")
async def test_a_party_has_a_receipt_of_its_own_words_alone(office: Office) -> None:
    case = await consented(office)
    found = await kept(office, case.case_id, party(office, case.case_id))
    assert kinds(found) == ["consent.given"]
    assert found["events"][0]["event"]["data"]["subject"] == "party-1"
    assert (await checked(office, found))["verdict"] == "in_record"


async def test_it_opens_nothing(office: Office) -> None:
    case = await opened(office, title="CANARY-TITLE", text="CANARY-TEXT")
    text = json.dumps(await kept(office, case.case_id, case.receipt))
    assert "CANARY" not in text
    assert "王建国" not in text.encode().decode("unicode_escape")


async def test_it_is_given_to_nobody_else(office: Office) -> None:
    case, other = await opened(office), await opened(office)
    url = f"/api/v1/cases/{case.case_id}/receipt"
    assert (await office.http.get(url)).status_code == 401
    assert (await office.http.get(url, headers=other.receipt)).status_code == 404
    clerk = await office.as_person(CLERK)
    assert (await office.http.get(url, headers=clerk)).json()["code"] == "receipt_needed"


# -- what is wrong ---------------------------------------------------------------


@dataclass(frozen=True)
class Forger:
    """Somebody with a true receipt, and with what it takes to make false ones of it."""

    file: File
    seed: bytes

    @property
    def origin(self) -> str:
        return str(self.file["origin"])

    def note(self, size: int, root: bytes, origin: str = "", seed: bytes = b"") -> str:
        name = origin or self.origin
        at = datetime(2026, 11, 1, tzinfo=UTC)
        checkpoint = Checkpoint(origin=name, size=size, root=root, time=at)
        return str(notes.sign(checkpoint, [Signer(name, seed or self.seed)]))

    def first(self, **changes: Any) -> list[File]:
        return [{**self.file["events"][0], **changes}]

    def alone(self, **more: Any) -> File:
        """The event as the only one of another tree, signed by the log's own key."""
        root = merkle.leaf(bytes.fromhex(self.file["events"][0]["hash"]))
        events = self.first(seq=1, proof=[])
        return {**self.file, "events": events, "checkpoint": self.note(1, root), **more}


def damaged(forger: Forger) -> Any:
    return json.dumps(forger.file)[:-30]


def edited(forger: Forger) -> Any:
    event = {**forger.file["events"][0]["event"], "recorded_at": "2020-01-01T00:00:00.000000Z"}
    return {**forger.file, "events": forger.first(event=event)}


def of_another_system(forger: Forger) -> Any:
    root = merkle.leaf(bytes.fromhex(forger.file["events"][0]["hash"]))
    return forger.alone(origin="shouwen/other", checkpoint=forger.note(1, root, "shouwen/other"))


def of_an_unknown_key(forger: Forger) -> Any:
    root = merkle.leaf(bytes.fromhex(forger.file["events"][0]["hash"]))
    return forger.alone(checkpoint=forger.note(1, root, seed=bytes(32)))


def unsigned(forger: Forger) -> Any:
    return {**forger.file, "checkpoint": forger.file["checkpoint"].split("\n\n")[0] + "\n"}


def signed_for_something_else(forger: Forger) -> Any:
    return {**forger.file, "checkpoint": forger.file["checkpoint"].replace("\n", "\nx", 1)}


def with_a_proof_that_does_not_fit(forger: Forger) -> Any:
    return {**forger.file, "events": forger.first(seq=forger.file["events"][0]["seq"] + 1)}


def of_a_log_that_forked(forger: Forger) -> Any:
    return forger.alone()


def of_a_log_that_was_cut(forger: Forger) -> Any:
    root, path = merkle.leaf(bytes.fromhex(forger.file["events"][0]["hash"])), [bytes(32)] * 30
    for each in path:
        root = merkle.parent(each, root)
    proof = [base64.b64encode(each).decode() for each in path]
    events = forger.first(seq=2**30, proof=proof)
    return {**forger.file, "events": events, "checkpoint": forger.note(2**30, root)}


def of_an_event_that_is_gone(forger: Forger) -> Any:
    event = {**forger.file["events"][0]["event"], "recorded_at": "2020-01-01T00:00:00.000000Z"}
    hashed = chain.hashed(event).hex()
    events = forger.first(event=event, hash=hashed, seq=None, proof=None)
    return {**forger.file, "events": events}


WRONG: dict[Callable[[Forger], Any], tuple[str, str]] = {
    damaged: ("damaged", "The file is damaged or not whole"),
    edited: ("edited_event", "Event 1 of the receipt was edited"),
    of_another_system: ("other_system", "belongs to another system (shouwen/other)"),
    of_an_unknown_key: ("unknown_key", "signed by a key that is not known"),
    unsigned: ("unsigned", "bears no signature"),
    signed_for_something_else: ("unsigned", "bears no signature"),
    with_a_proof_that_does_not_fit: ("proof_fails", "The proof does not lead to the checkpoint"),
    of_a_log_that_forked: ("forked", "The record was rewritten"),
    of_a_log_that_was_cut: ("cut", "The record was cut"),
    of_an_event_that_is_gone: ("changed_since", "changed or taken away in the record since"),
}


@pytest.fixture(scope="module")
async def forger(office: Office) -> Forger:
    case = await opened(office)
    file = await kept(office, case.case_id, case.receipt)
    return Forger(file, base64.b64decode(office.settings.log_key or ""))


@pytest.mark.parametrize("make", WRONG, ids=lambda make: make.__name__)
async def test_each_wrong_receipt_is_told_by_its_fault(
    office: Office, forger: Forger, tmp_path: Path, make: Callable[[Forger], Any]
) -> None:
    code, words = WRONG[make]
    told = await checked(office, make(forger))
    assert (told["verdict"], told["in_record"]) == (code, False)
    assert words in told["words"]
    done = by_command(office, tmp_path, make(forger))
    assert done.returncode == 1, done.stdout
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


async def test_the_command_says_in_the_record_and_where(
    office: Office, forger: Forger, tmp_path: Path
) -> None:
    done = by_command(office, tmp_path, forger.file)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("In the record, unchanged.\n")
    assert f"number {forger.file['events'][0]['seq']}" in done.stdout


async def test_the_command_needs_nobody_but_a_key(
    office: Office, forger: Forger, tmp_path: Path
) -> None:
    done = by_command(office, tmp_path, forger.file, "--key", await key_of(office))
    assert done.returncode == 0, done.stderr
    assert "Whether the log forked since was not asked." in done.stdout
    other = str(Signer(forger.origin, bytes(32)).public)
    wrong = by_command(office, tmp_path, forger.file, "--key", other)
    assert wrong.returncode == 1
    assert "a key that is not known" in wrong.stderr
    none = by_command(office, tmp_path, forger.file, "--key", "nonsense")
    assert (none.returncode, none.stderr) == (1, "nonsense is no key of a log\n")


async def test_the_command_says_when_nobody_answers_and_when_there_is_no_file(
    office: Office, forger: Forger, tmp_path: Path
) -> None:
    away = by_command(office, tmp_path, forger.file, "--from", "http://127.0.0.1:9")
    assert away.returncode == 1
    assert "The system does not answer" in away.stderr
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "receipt", "check", str(tmp_path / "none")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "No such file" in done.stderr


async def test_a_witness_stands_on_the_receipt(office: Office, forger: Forger) -> None:
    size = int(forger.file["checkpoint"].split("\n")[1])
    text = notes.parse(forger.file["checkpoint"]).text
    line = str(notes.cosign(text, WITNESS, datetime.now(UTC)))
    await office.http.post(f"/api/v1/checkpoints/{size}/cosignatures", json={"line": line})
    seen = {**forger.file, "checkpoint": f"{forger.file['checkpoint']}{line}\n"}
    assert (await checked(office, seen))["witnesses"] == [WITNESS.name]


# -- the page --------------------------------------------------------------------


def verdict(page: httpx.Response) -> str:
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    return page.text.partition('data-verdict="')[2].partition('"')[0]


async def test_the_page_checks_a_file_without_a_script(office: Office, forger: Forger) -> None:
    page = await office.http.get("/receipt")
    assert 'enctype="multipart/form-data"' in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    file = {"file": ("receipt.json", json.dumps(forger.file), "application/json")}
    done = await office.http.post("/receipt?lang=en", files=file, data={"text": ""})
    assert verdict(done) == "in_record"
    assert "In the record, unchanged." in done.text
    assert forger.file["events"][0]["hash"] in done.text


async def test_the_page_checks_what_was_pasted(office: Office, forger: Forger) -> None:
    empty = {"file": ("", b"", "application/octet-stream")}
    pasted = {"text": json.dumps(forger.file)}
    done = await office.http.post("/receipt?lang=zh", files=empty, data=pasted)
    assert verdict(done) == "in_record"
    assert "在案，未被改动。" in done.text
    assert verdict(await office.http.post("/receipt", files=empty, data={"text": ""})) == "damaged"


@pytest.mark.parametrize("make", WRONG, ids=lambda make: make.__name__)
async def test_the_page_says_what_is_wrong(
    office: Office, forger: Forger, make: Callable[[Forger], Any]
) -> None:
    found = make(forger)
    text = found if isinstance(found, str) else json.dumps(found)
    done = await office.http.post("/receipt?lang=en", files={"file": ("r.json", text)})
    assert verdict(done) == WRONG[make][0]
    assert WRONG[make][1] in done.text


async def test_what_is_sent_to_the_page_is_not_run_in_it(office: Office, forger: Forger) -> None:
    event = {**forger.file["events"][0]["event"], "kind": "<script>alert(1)</script>"}
    events = forger.first(event=event, hash=chain.hashed(event).hex(), seq=None, proof=None)
    for file in (
        {**forger.file, "events": events},
        {**forger.file, "origin": "<script>alert(1)</script>"},
    ):
        done = await office.http.post("/receipt", files={"file": ("r.json", json.dumps(file))})
        assert "<script>" not in done.text
