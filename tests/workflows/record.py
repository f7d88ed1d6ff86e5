"""`python -m tests.workflows.record NAME [case|office]`: record a history, to be kept for ever.

The files replay in every test run. A new one is added when workflow code changes; none is removed.
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from cli.local.postgres import LocalPostgres
from cli.local.temporal import LocalTemporal
from tests.conftest import free_ports
from tests.e2e.conftest import open_office
from tests.e2e.office import Office
from tests.e2e.scenes.office import ADMIN
from tests.e2e.test_ladder import a_place, climb
from tests.e2e.test_office import done, joins, until
from tests.workflows.conftest import KEY

FOLDER = Path(__file__).parent / "histories"


async def up_the_ladder(office: Office) -> str:
    """A request from the web to the street."""
    opened = await office.open_case(place=await a_place(office))
    case_id = opened.json()["receipt"]["case_id"]
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "hand_over")
    await climb(office, case_id, to="community")
    await climb(office, case_id, to="street")
    return str(case_id)


async def somebody_leaves(office: Office) -> str:
    """A clerk comes, opens two cases, and leaves them to another."""
    person = await joins(office)
    for _ in range(2):
        assert (await office.open_case(person)).status_code == 201
    await done(office, "leave", person_id=person)
    headers = await office.as_person(ADMIN)

    async def finished() -> bool:
        path = f"/api/v1/office/hand-overs/{person}-1"
        found = await office.get(path, headers)
        return not found["under_way"]

    await until(finished)
    return "office"


STORIES = {"case": up_the_ladder, "office": somebody_leaves}


async def record(name: str, story: str = "case") -> Path:
    """Play a story on real servers and keep what Temporal remembers of it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        postgres = LocalPostgres(data, durable=False)
        temporal = LocalTemporal(data, *free_ports(2), headless=True)
        await asyncio.gather(*map(asyncio.to_thread, (postgres.start, temporal.start)))
        try:
            async with open_office(postgres, temporal, data, key=KEY) as office:
                stream = await STORIES[story](office)
                history = await office.temporal.get_workflow_handle(stream).fetch_history()
        finally:
            temporal.stop()
            postgres.stop()
    path = FOLDER / f"{name}.json"
    # Who worked is not part of what is replayed.
    text = re.sub(r'"identity": "[^"]*"', '"identity": "recorded"', history.to_json())
    await asyncio.to_thread(path.write_text, text)
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{asyncio.run(record(*sys.argv[1:]))}\n")
