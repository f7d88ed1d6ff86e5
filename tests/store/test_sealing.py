"""R14.4: what a resident said is sealed under that resident's own key, and goes with it."""

from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any, cast

import asyncpg
import orjson
import pytest

from domain.case import decide, evolve, initial
from domain.commands import (
    Command,
    ConfirmAgreement,
    GiveConsent,
    Withdraw,
    WithdrawConsent,
)
from domain.events import (
    AgencyEnded,
    AgentAuthorised,
    Event,
    FollowedUp,
    InformationAdded,
    Reclassified,
    Registered,
    RelationDeclared,
)
from domain.sealing import ERASED
from domain.values import RESIDENT
from domain.words import ActorKind
from store import chain, codec, reading
from store.codec import Stored, Subjects
from store.database import Connection, engine_for, raw
from tests.domain.town import TOWN
from tests.store import golden
from tests.store.house import RING
from tests.store.lives import LIVES
from tests.store.samples import FIRST, keys_of
from tests.store.walks import Archive

pytestmark = pytest.mark.rule("R14.4")
Boxes = dict[str, str]
"""Path of a sealed text → the subject whose key it needs."""

SPOKEN = frozenset(
    {"case.registered", "case.reminded", "case.information_added", "case.rated", "case.followed_up"}
    | {"case.closed", "resident.left", "consent.given", "consent.refused", "consent.withdrawn"}
    | {"agreement.confirmed", "agreement.rejected", "relation.declared", "danger.reported"}
    | {"deliberation.objection_raised", "reconsideration.asked", "case.reclassified"}
    | {"agent.authorised", "agency.ended", "withdrawal.recorded", "withdrawal.denied"}
    | {"file.attached"}
)
"""Events that hold what a resident said, or who they are."""


TOLD_TO_STAFF = (FollowedUp, InformationAdded, AgentAuthorised, AgencyEnded)
"""Events in which staff write down what the resident who came told them."""


def lived(name: str) -> Iterator[tuple[Command, Event]]:
    """The events of a written life, each with the command that brought it."""
    case = initial(name)
    for command in LIVES[name]:
        events = decide(case, command, TOWN)
        yield from ((command, event) for event in events)
        case = reduce(evolve, events, case)


def boxes(value: Any, path: str = "") -> Boxes:
    """Every sealed text in stored data."""
    if isinstance(value, dict) and value.keys() == {"subject", "box"}:
        return {path: value["subject"]}
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    inner = (boxes(v, f"{path}/{k}") for k, v in parts if isinstance(v, dict | list))
    return {where: whose for found in inner for where, whose in found.items()}


def speaker(command: Command, event: Event, path: str) -> str:
    """Whose key it must be, said by hand: who spoke, whoever wrote it down; else the case's."""
    if path.startswith("/parties/"):
        return f"party-{1 + int(path.split('/')[2])}"
    if isinstance(event, Registered | Reclassified):
        opening = isinstance(event, Registered)
        return "reporter" if opening or path.startswith("/location/") else "case"
    if isinstance(event, TOLD_TO_STAFF) and event.by != RESIDENT:
        return "reporter"
    if event.by == RESIDENT and command.actor.kind is ActorKind.RESIDENT:
        return command.actor.subject
    if isinstance(command, GiveConsent | WithdrawConsent | ConfirmAgreement):
        return command.subject
    return "reporter" if isinstance(command, Withdraw) else "case"


@pytest.mark.parametrize("name", LIVES)
def test_what_a_resident_said_is_sealed_under_their_own_key(name: str) -> None:
    for command, event in lived(name):
        stored = codec.encode(event, keys_of(event), "SW-1/1")
        found = boxes(stored.data)
        assert found == {path: speaker(command, event, path) for path in found}, event.kind


def test_every_event_that_a_resident_speaks_in_is_among_the_written_ones() -> None:
    spoken = set()
    for name in LIVES:
        for command, event in lived(name):
            stored = codec.encode(event, keys_of(event), "SW-1/1")
            paths = boxes(stored.data)
            spoken |= {event.kind for p in paths if speaker(command, event, p) != "case"}
    assert spoken == SPOKEN


def test_whose_relative_somebody_is_does_not_stand_in_the_clear() -> None:
    (declared,) = (e for _, e in lived("life-mediated") if isinstance(e, RelationDeclared))
    stored = codec.encode(declared, keys_of(declared), "SW-1/1")
    assert boxes(stored.data) == {"/relation": "party-1"}
    assert codec.decode(stored).complained is True


# -- a person is erased ------------------------------------------------------

ERASE = """update subject_keys set wrapped = null, destroyed_at = now()
 where case_id = $1 and subject = $2"""


def text(event: Any, path: str) -> Any:
    """What is read at a path of an event."""
    cls: type = type(event)
    found: Any = codec.adapter(cls).dump_python(event, mode="json")
    for step in path.split("/")[1:]:
        found = found[int(step) if isinstance(found, list) else step]
    return found


async def verified(connection: Connection, case_id: str) -> bool:
    """Whether every event of the case has the hash that its stored form gives."""
    previous: bytes | None = None
    for row in await connection.fetch(reading.EVENTS, case_id):
        stored = Stored(*(row[name] for name in Stored._fields))
        place = case_id, row["version"], str(row["command_id"]), row["recorded_at"]
        if row["hash"] != chain.link(*place, stored, previous) or row["prev_hash"] != previous:
            return False
        previous = row["hash"]
    return previous is not None


async def test_with_a_key_goes_everything_that_its_subject_said_and_nothing_else(
    archive: Archive,
) -> None:
    engine = engine_for(archive.database.url("owner"), size=1)
    async with raw(engine) as given:
        connection = cast("asyncpg.Connection", given)
        for name in LIVES:
            rows = await connection.fetch(reading.EVENTS, name)
            keys = await connection.fetch(
                "select subject from subject_keys where case_id = $1 and wrapped is not null",
                name,
            )
            for (subject,) in keys:
                done = connection.transaction()
                await done.start()
                await connection.execute(ERASE, name, subject)
                history = await reading.history(connection, name, RING)
                assert history is not None
                said = [
                    (text(line.event, path), whose)
                    for row, line in zip(rows, history.lines, strict=True)
                    for path, whose in boxes(row["data"]).items()
                ]
                assert {text for text, whose in said if whose == subject} == {ERASED}
                assert ERASED not in {text for text, whose in said if whose != subject}
                assert await verified(connection, name)
                await done.rollback()
    await engine.dispose()


# -- what was stored before --------------------------------------------------

SEALED = Path(__file__).parent / "sealed"
STORED = [
    pytest.param(example, id=f"{file.stem}-{example['kind']}")
    for file in sorted(SEALED.glob("*.json"))
    for example in orjson.loads(file.read_bytes())
]
"""Sealed events as they were written while every text was the case's, and since."""


@pytest.mark.parametrize("example", STORED)
def test_what_was_sealed_once_is_read_with_the_key_it_was_sealed_under(
    example: dict[str, Any],
) -> None:
    stored, whose = golden.stored(example), boxes(example["data"])
    keys = {s: s.encode()[:32].ljust(32, b"\0") for s in whose.values()}
    read = codec.decode(stored, Subjects(keys), "SW-1/7")
    assert {text(read, path) for path in whose} == {f"文字 {path}" for path in whose}
    assert all(text(codec.decode(stored), path) == ERASED for path in whose)


def test_a_relation_that_stands_in_the_clear_is_still_understood() -> None:
    old = {"subject": "party-1", "person_id": "cao"}
    for word, complained in (("relative", False), ("complained_about", True)):
        data = {**old, "relation": word}
        stored = Stored("relation.declared", 1, data, "resident", None, None, FIRST)
        read = codec.decode(stored)
        assert (read.relation, read.complained) == (word, complained)
