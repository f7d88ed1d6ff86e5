"""R14.4: the schedule that deletes what was kept long enough, as the worker makes it."""

from functools import partial

import pytest

from domain.words import Role
from store.database import raw
from store.keeping import KINDS
from tests.e2e.office import Office
from tests.e2e.test_notifications import until
from workflows.keeping import KEEPING
from workflows.schedules import EVERY, keep_schedule

pytestmark = pytest.mark.rule("R14.4")

OLD = "insert into sign_in_failures (login, at) values ('nobody', now() - interval '200 days')"


async def swept(office: Office) -> bool:
    async with raw(office.engine) as connection:
        return bool(await connection.fetchval("select 1 from events where kind = 'office.swept'"))


async def there(office: Office) -> bool:
    """Whether the worker has got so far: it starts as the API does."""
    return KEEPING in {found.id async for found in await office.temporal.list_schedules()}


async def test_the_schedule_is_there_and_a_turn_of_it_is_recorded(office: Office) -> None:
    await until(partial(there, office))
    schedule = office.temporal.get_schedule_handle(KEEPING)
    found = (await schedule.describe()).schedule
    assert [each.every for each in found.spec.intervals] == [EVERY]
    async with raw(office.engine) as connection:
        await connection.execute(OLD)
    await schedule.trigger()
    await until(partial(swept, office))
    async with raw(office.engine) as connection:
        left = "select 1 from sign_in_failures where login = 'nobody'"
        assert await connection.fetchval(left) is None


async def test_a_schedule_that_is_there_is_made_what_it_should_be(office: Office) -> None:
    await until(partial(there, office))
    schedule = office.temporal.get_schedule_handle(KEEPING)
    await schedule.pause(note="holiday")
    await keep_schedule(office.temporal, KEEPING, office.settings.task_queue)
    assert (await schedule.describe()).schedule.state.paused
    await schedule.unpause()


async def test_staff_read_how_long_each_kind_is_kept(office: Office) -> None:
    clerk = await office.as_person(await office.somebody(Role.FIRST_CONTACT_CLERK))
    found = await office.get("/api/v1/keeping?lang=en", clerk)
    kinds = {each["kind"]: each for each in found["kinds"]}
    assert set(kinds) == set(KINDS)
    assert (kinds["people"]["days"], kinds["people"]["since"]) == (
        1825,
        "since the case was closed",
    )
    assert (kinds["journal"]["days"], kinds["journal"]["until"]) == (None, "for ever")
    assert (await office.http.get("/api/v1/keeping")).status_code == 401
