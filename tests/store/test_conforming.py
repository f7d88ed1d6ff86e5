"""Conformance over a journal: what nobody could have decided is found where it stands, and nothing
of what was said is opened for it.
"""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import orjson
import pytest

from api.conformance import Survey, written
from api.words.conformance import DEVIATIONS
from domain.events import Rated
from domain.values import By
from store import conforming, journal, sequencer
from store.database import Connection
from store.exporting import Wanted, snapshot
from store.folds import CASE
from store.journal import Entry
from tests.domain.town import START, TOWN
from tests.store.house import RING, Database, House, Scribe
from tests.store.lives import CANARY, LIVES

pytestmark = pytest.mark.rule("R14.1")


async def planted(connection: Connection) -> None:
    """A case in which a clerk rated: the rules refuse it, so it is written behind their back."""
    await Scribe(connection).live("life-rated", LIVES["life-rated"][:-1])
    loaded = await journal.load(connection, CASE, "life-rated")
    rated = Rated(
        at=loaded.state.last_at or START,
        by=By(person_id="mei", post_id="clerk-bridge", unit_id="bridge"),
        round=1,
        contacted=True,
        solved=True,
        grade=5,
    )
    entry = Entry(
        case_id="life-rated",
        command_id=uuid4(),
        command="rate",
        fingerprint=b"",
        version=loaded.version,
        last_hash=loaded.last_hash,
        recorded_at=loaded.now,
        events=(rated,),
        wrapped=loaded.wrapped,
    )
    await journal.append(connection, [entry], RING)


async def surveyed(
    database: Database, wanted: Wanted | None = None, *, years: int = 100
) -> list[dict[str, object]]:
    """The lines of a survey that minds no late entry: the lives are written at once."""
    async with snapshot(database.engine, RING) as found:
        tolerance = timedelta(days=365 * years)
        survey = Survey(found, wanted or Wanted(), TOWN, tolerance)
        pieces = [piece async for piece in written(survey, {}, "en")]
    assert CANARY.encode() not in b"".join(pieces)
    return [orjson.loads(line) for line in b"".join(pieces).splitlines()]


async def test_what_nobody_could_have_decided_is_found_where_it_stands(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        await planted(connection)
        await sequencer.advance(connection)
        last = await connection.fetchval("select max(seq) from event_sequence")
    head, found, end = await surveyed(database)
    assert (head["type"], head["until_seq"]) == ("shouwen.conformance", last)
    told = ("rule", "code", "case_id", "version", "seq", "imported", "facts")
    assert [found[name] for name in told] == [
        *("R9.2", "rated_by_another", "life-rated", last, last, False, {"person": "mei"}),
    ]
    assert end["own"] == {
        "cases": 1,
        "departing": 1,
        "deviations": 1,
        "codes": {"R9.2 rated_by_another": 1},
    }
    assert end["complete"] is True


async def test_filters_choose_cases_and_each_is_looked_at_whole(lived: Database) -> None:
    everything = await surveyed(lived)
    cases = {str(each["case_id"]) for each in everything[1:-1]}
    assert cases
    one = min(cases)
    alone = await surveyed(lived, Wanted(streams=[one]))
    assert alone[1:-1] == [each for each in everything[1:-1] if each["case_id"] == one]
    nothing = await surveyed(lived, Wanted(until=START))
    assert nothing[-1]["own"] == {"cases": 0, "departing": 0, "deviations": 0, "codes": {}}


async def test_what_is_recorded_at_once_long_afterwards_is_late(lived: Database) -> None:
    late = [each["code"] for each in (await surveyed(lived, years=0))[1:-1]]
    assert {"recorded_late", "noticed_late"} <= {*late}


async def test_items_are_those_in_force_at_the_time(house: House) -> None:
    database = await house.town()
    async with database.connection() as connection:
        now = await connection.fetchval("select now()")
        ((since, items),) = await conforming.catalogues(connection, now)
    assert since == START
    assert items == TOWN.catalogue.items


def test_every_code_has_its_words() -> None:
    rules = Path(__file__).parents[2] / "domain" / "conformance"
    text = "".join(file.read_text(encoding="utf-8") for file in rules.glob("*.py"))
    codes = set(re.findall(r'deviates\(\s*\S+ "([a-z_]+)"', text))
    codes |= set(re.findall(r'"([a-z_]+_late)"', text))
    assert codes == set(DEVIATIONS)
