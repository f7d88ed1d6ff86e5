"""Who could settle a topic at its root: by the catalogue, its cases and the admissions (R3)."""

import pytest

from api.topics import asking, drawn
from api.topics.models import RootView
from domain.commands import HandOver, Register
from store.books import current
from store.still import still
from tests.domain.story import MEI, by, request
from tests.store.house import Database, House, Scribe
from tests.store.register import granted, tell

pytestmark = pytest.mark.rule("R3.2", "R12.5")


@pytest.fixture
async def database(house: House) -> Database:
    """Roads with Bridge street, a leak with Orchard-1; the road is admitted to all of Bridge."""
    found = await house.town()
    await tell(found, "admission-1", *granted(units=("bridge",)))
    async with found.connection() as connection:
        scribe = Scribe(connection)
        for number in range(3):
            road = by(MEI, "03-19 09:00", Register, **request("road", title="路面破损"))
            await scribe.live(f"road-{number}", [road])
        leak = by(MEI, "03-19 09:00", Register, **request("leak", title="漏水"))
        await scribe.live("leak", [leak, by(MEI, "03-19 09:10", HandOver)])
    return found


async def root(database: Database, item: str, period: str = "2026-03") -> RootView:
    key = (item, "orchard")
    async with still(database.engine) as there:
        book = await current(there.raw, there.at)
        of = await asking.of(there, book, "bridge", period, None)
        return await drawn.root_view(of, of.scope("community"), key, "zh")


async def test_the_responsible_department_and_the_admission_in_force_are_named(
    database: Database,
) -> None:
    found = await root(database, "road")
    assert found.settler is not None
    assert (found.settler.id, found.because) == ("works", "responsible")
    assert found.words == "目录规定的责任部门"
    assert (found.belonging, found.belonging_words) == ("community_assists", "社区协助事项")
    assert [unit.id for unit in found.units] == ["bridge"]
    assert found.common_superior is not None
    assert found.common_superior.id == "bridge"


async def test_an_admission_is_named_where_it_was_in_force_and_for_its_item_alone(
    database: Database,
) -> None:
    named = await root(database, "road")
    assert [each.admission_id for each in named.admissions] == ["admission-1"]
    assert [unit.id for unit in named.admissions[0].units] == ["bridge"]
    assert (await root(database, "road", "2026-03-01..2026-03-01")).admissions == []
    assert (await root(database, "leak")).admissions == []


async def test_who_had_a_case_is_known_before_its_past_is_written(database: Database) -> None:
    found = await root(database, "leak")
    assert [unit.id for unit in found.units] == ["orchard-1"]
    assert found.common_superior is not None
    assert found.common_superior.id == "orchard-1"
    assert found.settler is not None
    assert found.settler.id == "water"
