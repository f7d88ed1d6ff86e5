"""The main story: a request climbs the whole ladder; a worker dies, and nothing is lost."""

from itertools import pairwise
from typing import Any

from domain.words import Role
from store import chain
from store.codec import Stored
from store.database import raw
from tests.e2e.office import Office


async def test_a_request_climbs_from_grid_to_department_and_is_rated_through_a_killed_worker(
    office: Office,
) -> None:
    opened = await office.open_case(place=await a_place(office))
    assert opened.status_code == 201, opened.text
    receipt = opened.json()["receipt"]
    case_id = receipt["case_id"]

    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "hand_over", text="请网格处理")
    assert (await office.case(case_id))["stage"] == "grid"
    await climb(office, case_id, to="community")
    office.worker.kill()
    office.worker.start()
    await climb(office, case_id, to="street")
    await climb(office, case_id, to="department")
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "resolve", text="已更换灯具", evidence=["photo-1"])

    resident = {"Authorization": f"Receipt {receipt['secret']}"}
    mine = await office.get(f"/api/v1/cases/{case_id}", resident)
    link = mine["rating"]
    rated = await office.post(
        link["href"],
        {"contacted": True, "solved": True, "grade": 5, "text": "很快"},
        {"Authorization": f"Rating {link['secret']}"},
    )
    assert rated.status_code == 200, rated.text

    case = await office.case(case_id)
    assert (case["phase"], case["closing"]) == ("closed", "rated")
    assert [stint["stage"] for stint in case["stints"]] == [
        "first_contact",
        "grid",
        "community",
        "street",
        "department",
    ]
    events = await office.events(case_id)
    assert [event["version"] for event in events] == list(range(1, len(events) + 1))
    assert [event["kind"] for event in events] == STORY
    assert all(later["prev_hash"] == earlier["hash"] for earlier, later in pairwise(events))
    await every_hash_is_right(office, case_id)
    assert not await leftovers(office, case_id)


STEP = ["case.accepted", "case.progress_recorded", "case.escalated", "case.arrived"]
STORY = [
    "case.registered",
    "case.arrived",
    "case.accepted",
    "case.handed_over",
    "case.arrived",
    *STEP,
    *STEP,
    *STEP,
    "case.accepted",
    "case.resolved",
    "case.rated",
    "case.closed",
]


async def climb(office: Office, case_id: str, *, to: str) -> None:
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "record_progress", text="到场查看")
    done = await office.in_charge(
        case_id, "escalate", reason="beyond_authority", text="需要上级处理"
    )
    assert done["case"]["stage"] == to


async def a_place(office: Office) -> dict[str, Any]:
    """A point inside some grid of the town."""
    organisation = (await office.book()).organisation
    grid, ring = next(iter(organisation.borders.items()))
    assert organisation.units[grid].kind == "grid"
    longitude = sum(x for x, _ in ring) / len(ring) / 1e6
    latitude = sum(y for _, y in ring) / len(ring) / 1e6
    return {"longitude": longitude, "latitude": latitude, "address": "幸福路12号3单元"}


async def every_hash_is_right(office: Office, case_id: str) -> None:
    async with raw(office.engine) as connection:
        rows = await connection.fetch(
            "select * from events where case_id = $1 order by version", case_id
        )
    previous = None
    for row in rows:
        stored = Stored(
            row["kind"],
            row["schema"],
            row["data"],
            row["actor"],
            row["post"],
            row["unit"],
            row["occurred_at"],
        )
        expected = chain.link(
            case_id, row["version"], str(row["command_id"]), row["recorded_at"], stored, previous
        )
        assert row["hash"] == expected
        previous = row["hash"]


async def leftovers(office: Office, case_id: str) -> list[Any]:
    """Commands that stand in the journal more than once."""
    async with raw(office.engine) as connection:
        return await connection.fetch(
            """select command_id from commands where case_id = $1
               group by command_id having count(*) > 1""",
            case_id,
        )


async def test_staff_who_receive_somebody_at_the_counter_hold_the_case_at_once(
    office: Office,
) -> None:
    clerk = await office.somebody(Role.FIRST_CONTACT_CLERK)
    opened = (await office.open_case(clerk)).json()
    case = opened["answer"]["case"]
    assert (case["stage"], case["phase"]) == ("first_contact", "in_progress")
    assert case["officer"]["id"] == case["handler"]["id"] == clerk
