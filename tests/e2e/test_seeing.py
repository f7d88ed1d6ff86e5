"""What somebody could see of a case when: it agrees with the doors that were open and shut."""

import asyncio
from typing import Any

import httpx
import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, GRID, Headers, at_first_contact, auditor
from tests.e2e.scenes.disputes import LAWYER, MEDIATOR, failed_at_the_street

pytestmark = pytest.mark.rule("R14.3")

WORKER, OTHER_STREET, STREET = "jiang-xuemei", "xu-zhenhua", "guo-hongwei"


async def asked(
    office: Office, case_id: str, person: str, headers: Headers | None = None, **query: str
) -> httpx.Response:
    """The history of somebody's sight, once it is written."""
    while True:
        answer = await office.http.get(
            f"/api/v1/cases/{case_id}/history-of-sight",
            params={"person": person, **query},
            headers=headers or await auditor(office),
        )
        if answer.status_code != 409:
            return answer
        assert answer.json()["code"] == "not_written_yet"
        await asyncio.sleep(float(answer.headers["Retry-After"]) / 10)


def open_at(told: dict[str, Any], at: str) -> bool:
    return any(
        s["since"] <= at and (s["until"] is None or at < s["until"]) for s in told["stretches"]
    )


class Doors:
    """Tries the door of a case as several people, and remembers when it was open to whom."""

    def __init__(self, office: Office, case_id: str, *people: str) -> None:
        self._office, self._case_id, self._people = office, case_id, people
        self._found: list[tuple[str, str, bool]] = []

    async def try_all(self) -> None:
        for person in self._people:
            path = f"/api/v1/cases/{self._case_id}"
            answer = await self._office.http.get(path, headers=await self._office.as_person(person))
            assert answer.status_code in {200, 404}
            shown = await self._office.http.get(path, headers=await auditor(self._office))
            self._found.append((person, shown.headers["Shouwen-As-Of"], answer.status_code == 200))

    async def agree(self) -> None:
        for person in self._people:
            told = (await asked(self._office, self._case_id, person)).json()
            for whose, at, seen in self._found:
                if whose == person:
                    assert open_at(told, at) is seen, (person, at, told)
        assert {seen for _, _, seen in self._found} == {True, False}


async def test_it_agrees_with_what_the_door_said(office: Office) -> None:
    case_id = (await at_first_contact(office)).case_id
    doors = Doors(office, case_id, CLERK, WORKER, OTHER_STREET, STREET, "wang-xiulan")
    await doors.try_all()
    await office.in_charge(case_id, "hand_over")
    await doors.try_all()
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "escalate", reason="emergency", text="快来")
    await doors.try_all()
    await doors.agree()


async def test_it_says_at_which_post_and_what_brought_the_case_there(office: Office) -> None:
    case_id = (await at_first_contact(office)).case_id
    handed = await office.in_charge(case_id, "hand_over")
    worker = (await office.case(case_id))["handler"]["id"]
    told = (await asked(office, case_id, worker, lang="en")).json()
    (stretch,) = told["stretches"]
    assert stretch["since"] == handed["events"][0]["recorded_at"]
    assert (stretch["until"], stretch["reads_words"]) == (None, None)
    ground = next(g for g in stretch["grounds"] if g["unit"]["id"] == GRID)
    assert ground["brought_by"] == [
        e["version"] for e in handed["events"] if "arrived" in e["kind"]
    ]
    assert (ground["why"], ground["role"], ground["standing_in"]) == ("unit", "grid_worker", False)
    assert ground["words"] == "the case came to the unit or one under it"
    whole = (await asked(office, case_id, await office.somebody(Role.AUDITOR))).json()
    assert whole["stretches"][0]["grounds"][0]["words"] == "审计岗位可查看全部诉求"


async def test_looks_at_personal_data_stand_there_with_their_reason(office: Office) -> None:
    case_id = (await at_first_contact(office)).case_id
    await office.in_charge(case_id, "reveal", reason="回访核实地址")
    told = (await asked(office, case_id, CLERK)).json()
    (look,) = told["looks"]
    assert (look["reason"], look["fields"]) == ("回访核实地址", ["reporter", "location", "parties"])
    before = (await office.events(case_id))[0]["recorded_at"]
    then = (await asked(office, case_id, CLERK, as_of=before)).json()
    assert (then["looks"], then["at"], len(then["stretches"])) == ([], before, 1)
    assert (await asked(office, case_id, WORKER)).json()["looks"] == []


async def test_mediators_see_their_panels_and_read_while_it_is_theirs(office: Office) -> None:
    case_id = (await failed_at_the_street(office)).case_id
    for mediator in (MEDIATOR, LAWYER):
        told = (await asked(office, case_id, mediator)).json()
        assert {g["why"] for s in told["stretches"] for g in s["grounds"]} <= {"panel", "unit"}
        assert any(stretch["reads_words"] for stretch in told["stretches"])


async def test_auditors_supervisors_over_the_case_and_oneself_may_ask(office: Office) -> None:
    case_id = (await at_first_contact(office)).case_id
    for person, whom, status in (
        (STREET, CLERK, 200),
        (CLERK, CLERK, 200),
        (CLERK, STREET, 403),
        (OTHER_STREET, CLERK, 404),
        (OTHER_STREET, OTHER_STREET, 404),
    ):
        headers = await office.as_person(person)
        answer = await asked(office, case_id, whom, headers)
        assert answer.status_code == status, (person, whom, answer.text)
    nobody = await asked(office, case_id, "nobody-of-that-name")
    assert (nobody.status_code, nobody.json()["code"]) == (422, "unknown_person")
    none = await asked(office, "SW-0000-0000-0000", CLERK)
    assert (none.status_code, none.json()["code"]) == (404, "case_not_found")
    opened = await asked(office, case_id, CLERK, as_of="2020-01-01T00:00:00Z")
    assert (opened.status_code, opened.json()["code"]) == (404, "case_not_open_yet")


async def test_nobody_learns_of_a_case_by_asking_about_themselves(office: Office) -> None:
    case_id = (await at_first_contact(office)).case_id
    headers = await office.as_person(OTHER_STREET)
    for query in ({}, {"as_of": "2020-01-01T00:00:00Z"}, {"as_of": "2101-01-01T00:00:00Z"}):
        there = await asked(office, case_id, OTHER_STREET, headers, **query)
        nowhere = await asked(office, "SW-0000-0000-0000", OTHER_STREET, headers, **query)
        assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
        assert (there.status_code, there.json()["code"]) == (404, "case_not_found")
