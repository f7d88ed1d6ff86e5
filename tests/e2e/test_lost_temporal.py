"""Temporal's database is lost: the journal alone brings every case and every clock back."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from cli.local.temporal import LocalTemporal
from cli.upkeep import rebuild_workflows, running_cases
from domain.policy import Span
from domain.words import Role, Stage
from store import books
from store.database import raw
from tests.e2e.office import Office
from tests.e2e.test_notifications import readers, until
from workflows.connection import Server, connect
from workflows.entity import DUE

SOON = timedelta(seconds=25)


@pytest.mark.rule("R14.6")
async def test_five_open_cases_find_their_clocks_again_after_temporal_lost_its_database(
    own_office: Office, own_temporal: LocalTemporal
) -> None:
    office = own_office
    await accept_within(office, Span(amount=int(SOON.total_seconds()), unit="seconds"))
    cases = [await opened(office) for _ in range(5)]
    due = {case_id: await acceptance_due(office, case_id) for case_id in cases}

    own_temporal.kill()
    wipe(own_temporal.database)
    own_temporal.start()
    office.temporal = await connect(Server.at(own_temporal.address, "default"), office.ring)
    await put_in_view(office, UNSTARTABLE)
    woken = await rebuild_workflows(office.settings, office.temporal)
    assert (woken.waiting["case"], woken.started) == (6, 5)
    assert list(woken.failed) == [UNSTARTABLE], "what could not be started is named"
    for case_id in cases:
        await until(partial(keeps_the_journals_due, office, case_id))
    again = await rebuild_workflows(office.settings, office.temporal)
    assert (again.running["case"], again.started) == (5, 0)
    assert {case_id: await acceptance_due(office, case_id) for case_id in cases} == due

    broken = {case_id: await breach(office, case_id) for case_id in cases}
    for case_id in cases:
        assert abs(broken[case_id] - due[case_id]) < timedelta(seconds=1)
        await until(partial(told_of_breach, office, case_id))
    assert await running_cases(office.temporal) == 5


UNSTARTABLE = "SW-" + "0" * 1500
"""An id that Temporal takes for none."""


async def put_in_view(office: Office, case_id: str) -> None:
    """A row of the list of cases under that id."""
    async with raw(office.engine) as connection:
        await connection.execute(
            """insert into cases select (jsonb_populate_record(c, jsonb_build_object(
               'case_id', $1::text, 'external_reference', $1::text))).* from cases c limit 1""",
            case_id,
        )


async def keeps_the_journals_due(office: Office, case_id: str) -> bool:
    """Whether the workflow is about to wake when the journal says that something is due."""
    async with raw(office.engine) as connection:
        due = await connection.fetchval("select next_due from cases where case_id = $1", case_id)
    found = await office.temporal.get_workflow_handle(case_id).describe()
    shown = found.typed_search_attributes.get(DUE)
    return shown is not None and abs(shown - due) < timedelta(seconds=1)


async def told_of_breach(office: Office, case_id: str) -> bool:
    """Whether somebody was told: the keepers of numbers and notices are back as well."""
    return bool(await readers(office, case_id, "clock.broken"))


async def accept_within(office: Office, span: Span) -> None:
    """Put a policy in force under which first contact has so long to accept."""
    now = datetime.now(UTC)
    book = await office.book()
    quick = replace(book.policies[book.policy], version="quick", accept={Stage.FIRST_CONTACT: span})
    async with raw(office.engine) as connection:
        await books.publish(connection, quick, now)


async def opened(office: Office) -> str:
    answer = await office.open_case()
    assert answer.status_code == 201, answer.text
    return str(answer.json()["receipt"]["case_id"])


async def acceptance_due(office: Office, case_id: str) -> datetime:
    person = await office.as_person(await office.somebody(Role.AUDITOR))
    clocks = (await office.get(f"/api/v1/cases/{case_id}/clocks", person))["clocks"]
    return datetime.fromisoformat(next(c["due_at"] for c in clocks if c["kind"] == "accept"))


async def breach(office: Office, case_id: str) -> datetime:
    """When the journal learned that the acceptance clock had run out."""
    deadline = datetime.now(UTC) + 2 * SOON
    while datetime.now(UTC) < deadline:
        for event in await office.events(case_id):
            if event["kind"] == "clock.broken":
                return datetime.fromisoformat(event["recorded_at"])
        await asyncio.sleep(0.2)
    raise AssertionError(f"{case_id}: no clock broke")


def wipe(database: Path) -> None:
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
