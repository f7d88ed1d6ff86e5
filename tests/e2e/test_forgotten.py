"""R14.4: a word planted wherever somebody is spoken of is nowhere once they are erased: not in the
database, not in what still opens with the keys, not in Temporal, not in a log.
"""

import base64
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from cli.evidence.verify import walk
from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from domain.sealing import ERASED
from store import codec, rebuilding
from store.database import engine_for, raw
from store.journal import open_keys
from tests.e2e.erasures import erased
from tests.e2e.office import Office
from tests.e2e.scenes.base import GRID, Opened, opened
from tests.e2e.scenes.disputes import must, party, quarrel
from tests.e2e.test_notifications import until
from tests.e2e.test_visits import record, until_opened, visitor

pytestmark = pytest.mark.rule("R14.4")

WORD = "海棠密语"
PHONE, OTHER, PARTY = "19909091357", "19909092468", "19909093579"
POINT = (117.123457, 33.765433)
NUMBERS = (PHONE, OTHER, PARTY, "117123457", "33765433", "117.123457", "33.765433")


def said(tag: str) -> str:
    return f"{WORD}-{tag}"


PLACE = {"unit_id": GRID, "address": said("address"), "longitude": POINT[0], "latitude": POINT[1]}


# -- what was said -------------------------------------------------------------


async def rated(office: Office) -> str:
    """From the first word on the web to the rating and the call, with words wherever they fit."""
    reporter = {"name": said("name"), "phone": PHONE}
    case = await opened(
        office, reporter=reporter, place=PLACE, title=said("title"), text=said("text")
    )
    await office.in_charge(case.case_id, "accept")
    await own(office, case, "add_information", text=said("information"))
    await own(office, case, "remind", text=said("reminder"))
    handler = (await office.case(case.case_id))["handler"]["id"]
    await office.in_charge(case.case_id, "reveal", reason=said("reason"))
    place = {**PLACE, "address": said("moved")}
    await office.in_charge(case.case_id, "reclassify", place=place, text=said("corrected"))
    await office.in_charge(case.case_id, "record_progress", text=said("progress"))
    refused = await office.ask(handler, case.case_id, "answer_supervision", text=said("refused"))
    assert refused.status_code == 409, refused.text
    await office.in_charge(case.case_id, "resolve", text=said("done"), evidence=[said("photo")])
    link = (await office.get(f"/api/v1/cases/{case.case_id}", case.receipt))["rating"]
    rating = {"contacted": True, "solved": True, "grade": 5, "text": said("rating")}
    answer = await office.post(
        f"/api/v1/cases/{case.case_id}/rating",
        {**rating, "tags": [said("tag")]},
        {"Authorization": f"Rating {link['secret']}"},
    )
    assert answer.status_code == 200, answer.text
    told = {"contacted": True, "solved": True, "grade": 5, "text": said("call")}
    answer = await office.ask(handler, case.case_id, "record_follow_up", **told)
    assert answer.status_code == 200, answer.text
    return case.case_id


async def own(office: Office, case: Opened, kind: str, **fields: Any) -> None:
    answer = await office.command(case.case_id, case.receipt, kind, **fields)
    assert answer.status_code == 200, answer.text


async def merged(office: Office) -> list[str]:
    """Two neighbours on one matter; both take it back, one of them through the other's case."""
    reporter = {"name": said("neighbour"), "phone": OTHER}
    lead, other = [
        await opened(office, reporter=reporter, place=PLACE, title=said(n), text=said(n))
        for n in ("lead", "joined")
    ]
    for case in (lead, other):
        await office.in_charge(case.case_id, "accept")
    await office.in_charge(other.case_id, "merge", lead_id=lead.case_id, text=said("merging"))
    await until(partial(happened, office, lead.case_id, "case.joined"))
    await own(office, other, "add_information", text=said("carried"))
    await own(office, other, "withdraw", text=said("left"))
    await until(partial(happened, office, lead.case_id, "resident.left"))
    await own(office, lead, "withdraw", text=said("over"))
    return [lead.case_id, other.case_id]


async def happened(office: Office, case_id: str, kind: str) -> bool:
    return kind in {event["kind"] for event in await office.events(case_id)}


async def visited(office: Office) -> str:
    """Found on a visit, mended, and looked at."""
    finding = {"item_id": "c01-01", "title": said("found"), "text": said("finding")}
    finding["place"] = PLACE  # type: ignore[assignment]
    answer = await record(
        office,
        await visitor(office),
        asked=said("asked"),
        found=said("seen"),
        place={"unit_id": GRID, "address": said("door")},
        cases=[finding],
    )
    assert answer.status_code == 201, answer.text
    ((case),) = await until_opened(office, answer.json()["visit"]["visit_id"])
    case_id: str = case["case_id"]
    await office.in_charge(case_id, "resolve", text=said("mended"), evidence=[said("proof")])
    looker = (await office.get(f"/api/v1/cases/{case_id}"))["questions"][0]["person"]["id"]
    answer = await office.ask(looker, case_id, "verify", done=True, text=said("looked"))
    assert answer.status_code == 200, answer.text
    return case_id


async def disputed(office: Office) -> str:
    """Two neighbours; one consents, the other takes it all back."""
    found = await quarrel(
        office,
        title=said("quarrel"),
        text=said("quarrelled"),
        reporter={"name": said("one"), "phone": PHONE},
        parties=[{"name": said("two"), "phone": PARTY}],
        place=PLACE,
    )
    case_id = found.case_id
    await office.in_charge(case_id, "open_mediation", text=said("mediation"))
    li, wang = party(office, case_id), party(office, case_id, "reporter")
    await must(office, case_id, li, "give_consent", given=True, text=said("consent"))
    await must(office, case_id, li, "add_information", text=said("more"))
    told = {"about": "handler", "relation": "relative", "text": said("relation")}
    await office.command(case_id, li, "declare_relation", **told)
    await must(office, case_id, wang, "withdraw", text=said("peace"))
    return case_id


# -- where it could be found ---------------------------------------------------


def spellings(word: str) -> Iterator[bytes]:
    """A word as it may stand in a dump: as it is, escaped, in hex, and in base64 at any offset."""
    plain = word.encode()
    yield plain
    yield word.encode("unicode_escape")
    yield plain.hex().encode()
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain).rstrip(b"=")
        yield coded[4 if offset else 0 : -2]


SOUGHT = [spelling for word in (WORD, *NUMBERS) for spelling in spellings(word)]


def found_in(places: Iterable[tuple[str, bytes]]) -> list[str]:
    return [name for name, text in places if any(each in text for each in SOUGHT)]


async def tables(office: Office) -> list[tuple[str, bytes]]:
    """Every row of every table and view, as text."""
    engine = engine_for(office.settings.database_owner_url or "", size=1)
    found = []
    async with raw(engine) as connection:
        names = await connection.fetch(
            "select table_name from information_schema.tables where table_schema = 'public'"
        )
        for (name,) in names:
            rows = await connection.fetch(f"select row_to_json(t)::text from {name} t order by 1")  # noqa: S608
            found.append((name, "\n".join(row[0] for row in rows).encode()))
    await engine.dispose()
    return found


def dump(office: Office, server: LocalPostgres) -> tuple[str, bytes]:
    """What a backup would hold."""
    url = office.settings.database_owner_url or ""
    argv = [str(server.cluster.programs / "pg_dump"), url]
    done = subprocess.run(argv, capture_output=True, check=True)
    return "pg_dump", done.stdout


async def journal(office: Office) -> list[tuple[str, bytes]]:
    """Every event, opened with every key there still is."""
    found, keys = [], dict[str, dict[str, bytes]]()
    async with raw(office.engine) as connection:
        for row in await connection.fetch(
            "select case_id, subject, wrapped from subject_keys where wrapped is not null"
        ):
            keys.setdefault(row["case_id"], {})[row["subject"]] = row["wrapped"]
        for row in await connection.fetch("select * from events order by position"):
            stream, version = row["case_id"], row["version"]
            subjects = codec.Subjects(open_keys(stream, keys.get(stream, {}), office.ring))
            event = codec.decode(codec.Stored.of(row), subjects, f"{stream}/{version}")
            found.append((f"{stream}/{version} {row['kind']}", repr(event).encode()))
    return found


async def histories(office: Office) -> list[tuple[str, bytes]]:
    """Everything Temporal still holds of any workflow, opened with the payload key."""
    plain = await Client.connect(office.settings.temporal_address or "")
    found = []
    async for each in plain.list_workflows():
        handle = plain.get_workflow_handle(each.id, run_id=each.run_id)
        for event in (await handle.fetch_history()).events:
            texts = [event.SerializeToString()]
            texts += [opened_payload(office, p, each.id) for p in payloads(event)]
            found.append((f"{each.id} {event.event_type}", b"\n".join(texts)))
    return found


def payloads(message: Message) -> Iterator[Payload]:
    """Every payload in a message, however deep."""
    for descriptor, value in message.ListFields():
        if descriptor.message_type is None:
            continue
        repeated = not isinstance(value, Message)
        inner = value.values() if hasattr(value, "values") else value if repeated else (value,)
        for each in inner:
            if isinstance(each, Payload):
                yield each
            elif isinstance(each, Message):
                yield from payloads(each)


def opened_payload(office: Office, payload: Payload, workflow_id: str) -> bytes:
    if payload.metadata.get("encoding") != b"binary/shouwen-sealed":
        return payload.SerializeToString()
    return office.ring.open_payload(payload.data, workflow_id)


def files(*places: Path) -> list[tuple[str, bytes]]:
    found = [f for place in places for f in (place.rglob("*") if place.is_dir() else [place])]
    return [(f.name, f.read_bytes()) for f in found if f.is_file()]


@dataclass(frozen=True, slots=True)
class Everything:
    """All that keeps something."""

    office: Office
    postgres: LocalPostgres
    temporal: LocalTemporal

    async def found(self) -> list[str]:
        """Every place where a planted word is found."""
        office, temporal = self.office, self.temporal
        logs = (office.api.log, office.worker.log, temporal.log, temporal.database.parent)
        places = [*await tables(office), dump(office, self.postgres), *await journal(office)]
        return found_in([*places, *await histories(office), *files(*logs)])


# -- the test ------------------------------------------------------------------


async def test_no_planted_word_is_left_anywhere(
    own_office: Office, postgres: LocalPostgres, own_temporal: LocalTemporal
) -> None:
    office, kept = own_office, Everything(own_office, postgres, own_temporal)
    cases = [await rated(office), *await merged(office), await visited(office)]
    dispute = await disputed(office)
    before = await kept.found()
    assert {"cases", "pg_dump"} <= set(before)
    assert len(before) > 50

    targets = [{"case_id": case_id} for case_id in (*cases, dispute)]
    targets.append({"case_id": dispute, "subject": "party-1"})
    found = await erased(office, targets=targets)
    assert (found["erasure"]["erased"], found["erasure"]["kept"]) == (6, 0), found["erasure"]
    assert await kept.found() == []

    for case_id in (*cases, dispute):
        assert await happened(office, case_id, "subject.erased")
    assert (await office.case(cases[0]))["title"] == ERASED
    assert {r["code"] for r in found["erasure"]["remains"]} == {
        *("backups", "clear_lookup", "handed_out")
    }
    await still_whole(office, kept)


async def still_whole(office: Office, kept: Everything) -> None:
    """Views rebuilt are the same, the journal verifies, a worker that starts anew finds nothing."""
    views = ("cases", "case_units", "visits", "erasures", "open_questions")
    before = [(name, text) for name, text in await tables(office) if name in views]
    url = office.settings.database_url or ""
    async with raw(office.engine) as connection:
        await rebuilding.rebuild_all(connection, office.ring, office.engine.url)
    assert [(name, text) for name, text in await tables(office) if name in views] == before
    report = await walk(url)
    assert (report.tally.count, report.not_noted) == (0, 0)
    office.worker.kill()
    office.worker.start()
    case = await opened(office)
    await own(office, case, "withdraw", text="不用了")
    assert await kept.found() == []
