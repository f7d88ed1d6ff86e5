"""From town files to books in force and people who can sign in, on a real database."""

import asyncio
import base64
import stat
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from activities.messages import Step
from activities.office import OfficeActivities
from cli.local.failure import LocalError
from cli.local.postgres import LocalPostgres
from cli.main import app
from cli.publish import connected, give_password, load_town
from cli.seed import PASSWORD, seed_if_empty, sign_ins
from cli.town import Town
from domain.book import Book
from domain.office.events import BooksLoaded
from domain.words import Role
from settings import Settings, as_environ, load_settings
from store import accounts, books, journal, reading
from store.database import engine_for
from store.folds import OFFICE
from store.keys import KeyRing
from tests.cli.conftest import Copy
from tests.store.house import SCHEMA, House

NUMBERS = count(1)


@pytest.fixture
def settings(estate: House, tmp_path: Path) -> Iterator[Settings]:
    """Settings with an empty, migrated database of the test's own."""
    name = f"town_{next(NUMBERS)}"
    postgres = estate.server
    made = f"create database {name} owner shouwen_owner template {SCHEMA}"
    asyncio.run(_superuser(postgres, "postgres", made))
    yield load_settings(
        {
            "SHOUWEN_DATA": str(tmp_path / "data"),
            "SHOUWEN_DATABASE_URL": postgres.url("app", name),
            "SHOUWEN_DATABASE_OWNER_URL": postgres.url("owner", name),
            "SHOUWEN_MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        }
    )
    asyncio.run(_superuser(postgres, "postgres", f"drop database {name} with (force)"))


async def _superuser(postgres: LocalPostgres, database: str, statement: str) -> None:
    connection = await asyncpg.connect(postgres.url("superuser", database))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def load(settings: Settings, town: Town) -> list[str]:
    return asyncio.run(load_town(settings, town))


def book(settings: Settings) -> Book:
    async def read() -> Book:
        async with connected(settings) as connection:
            now = await connection.fetchval("select clock_timestamp()")
            return await books.current(connection, now)

    return asyncio.run(read())


def signs_in(settings: Settings, login: str, password: str) -> str | None:
    async def check() -> str | None:
        async with connected(settings) as connection:
            return await accounts.check_password(connection, login, password)

    return asyncio.run(check())


def test_a_loaded_town_is_in_force_as_it_was_read(settings: Settings, town: Copy) -> None:
    read = town.read()
    lines = load(settings, read)
    in_force = book(settings)
    assert in_force.organisation == read.organisation
    assert in_force.catalogue == read.catalogue
    assert in_force.calendar == read.calendar
    assert in_force.policies == {"1": read.policy}
    assert lines[-1].startswith("In force: calendar 2026.1, catalogue ")


def test_loading_the_same_files_twice_says_so_and_changes_nothing(
    settings: Settings, town: Copy
) -> None:
    load(settings, town.read())
    lines = load(settings, town.read())
    assert lines[-2] == "The same files were loaded before; nothing has changed."
    assert not any("published" in line for line in lines)


def test_changed_people_replace_the_organisation_and_can_be_changed_back(
    settings: Settings, town: Copy
) -> None:
    load(settings, town.read())
    before = book(settings).organisation
    town.change("people.csv", "沈一鸣", "沈二鸣")
    load(settings, town.read())
    assert book(settings).organisation.people["shen-yiming"].name == "沈二鸣"
    town.change("people.csv", "沈二鸣", "沈一鸣")
    load(settings, town.read())
    after = book(settings).organisation
    assert after.people == before.people
    assert after.version == f"{before.version}-2"
    assert load(settings, town.read())[-2].endswith("nothing has changed.")


def test_a_changed_policy_needs_a_new_version_or_nothing_is_loaded(
    settings: Settings, town: Copy
) -> None:
    load(settings, town.read())
    before = book(settings)
    town.change("people.csv", "沈一鸣", "沈二鸣")
    town.change("policy.toml", '"3 working_days"', '"4 working_days"')
    with pytest.raises(LocalError, match=r"give policy.toml another version"):
        load(settings, town.read())
    assert book(settings).organisation.version == before.organisation.version
    town.change("policy.toml", 'version = "1"', 'version = "2"')
    load(settings, town.read())
    assert book(settings).policy == "2"
    assert set(book(settings).policies) == {"1", "2"}


def test_a_policy_of_a_later_day_waits_for_it(settings: Settings, town: Copy) -> None:
    load(settings, town.read())
    town.change("policy.toml", 'version = "1"', 'version = "2"')
    town.change("policy.toml", "2025-01-01", "2900-01-01")
    lines = load(settings, town.read())
    assert "policy 2: published, takes effect on 2900-01-01 00:00" in lines
    assert book(settings).policy == "1"
    assert load(settings, town.read())[-2].endswith("nothing has changed.")


def test_a_replaced_policy_does_not_come_back_unsaid(settings: Settings, town: Copy) -> None:
    first = town.read()
    load(settings, first)
    town.change("policy.toml", 'version = "1"', 'version = "2"')
    load(settings, town.read())
    with pytest.raises(LocalError, match="policy 1 was replaced by 2"):
        load(settings, first)


def test_what_an_import_put_beside_the_town_stays_when_its_files_are_loaded_again(
    settings: Settings, town: Copy
) -> None:
    read = town.read()
    load(settings, read)
    assert read.calendar
    assert read.organisation
    calendar = replace(read.calendar, version="2026.1-with-other-0123456789")
    version = f"{read.organisation.version}-with-other-0123456789"
    organisation = replace(read.organisation, version=version)

    async def put() -> None:
        async with connected(settings) as connection:
            now = await connection.fetchval("select clock_timestamp()")
            for value in (calendar, organisation):
                await books.publish(connection, value, now)

    asyncio.run(put())
    assert load(settings, read)[-2].endswith("nothing has changed.")
    assert book(settings).organisation.version == version
    assert book(settings).calendar.version == calendar.version


def test_a_town_with_errors_is_not_loaded(settings: Settings, town: Copy) -> None:
    town.change("units.csv", "anlan,district,", "anlan,county,")
    with pytest.raises(LocalError, match=r"units\.csv:3"):
        load(settings, town.read())


def test_the_sample_is_seeded_once_and_its_people_can_sign_in(settings: Settings) -> None:
    assert asyncio.run(seed_if_empty(settings))
    assert not asyncio.run(seed_if_empty(settings))
    people = sign_ins(settings)
    file = settings.data / PASSWORD
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {password for _, password, _ in people} == {file.read_text().strip()}
    assert all(signs_in(settings, login, password) for login, password, _ in people)
    organisation = book(settings).organisation
    logins = {login for login, _, _ in people}
    shown = {p.role for p in organisation.posts.values() if _login(p.person_id) in logins}
    assert shown >= set(Role) - {Role.MEDIATOR}
    assert any(said == "网格员 柳荫里社区第二网格" for _, _, said in people)


def test_no_sign_ins_are_shown_for_another_town(settings: Settings, town: Copy) -> None:
    asyncio.run(seed_if_empty(settings))
    town.change("people.csv", "沈一鸣", "沈二鸣")
    load(settings, town.read())
    assert sign_ins(settings) == []


def test_a_loaded_town_is_not_overwritten_by_the_sample(settings: Settings, town: Copy) -> None:
    town.change("people.csv", "沈一鸣", "沈二鸣")
    load(settings, town.read())
    assert not asyncio.run(seed_if_empty(settings))
    assert sign_ins(settings) == []
    assert not (settings.data / PASSWORD).exists()


def test_new_people_have_no_password_until_they_get_one(settings: Settings, town: Copy) -> None:
    load(settings, town.read())
    assert signs_in(settings, "shenyiming", "a long password") is None
    assert asyncio.run(give_password(settings, "ShenYiming", "a long password")) == "沈一鸣"
    assert signs_in(settings, "shenyiming", "a long password") == "shen-yiming"


def test_a_changed_password_is_not_shown_as_a_sample_sign_in(settings: Settings) -> None:
    asyncio.run(seed_if_empty(settings))
    shown = len(sign_ins(settings))
    asyncio.run(give_password(settings, "shenyiming", "a password of my own"))
    assert len(sign_ins(settings)) == shown - 1


def test_a_login_nobody_has_is_one_line_with_the_nearest(settings: Settings, town: Copy) -> None:
    with pytest.raises(LocalError, match="No town is loaded yet"):
        asyncio.run(give_password(settings, "shenyimin", "a long password"))
    load(settings, town.read())
    with pytest.raises(LocalError, match="did you mean shenyiming"):
        asyncio.run(give_password(settings, "shenyimin", "a long password"))
    with pytest.raises(LocalError, match="at least 10 characters"):
        asyncio.run(give_password(settings, "shenyiming", "short"))


def test_the_commands_check_load_and_set_a_password(settings: Settings, town: Copy) -> None:
    run, folder, environ = CliRunner().invoke, str(town.folder), as_environ(settings)
    assert run(app, ["org", "check", folder]).exit_code == 0
    loaded = run(app, ["org", "load", folder], env=environ)
    assert "policy 1: published" in loaded.output
    made = run(app, ["org", "password", "shenyiming", "--generate"], env=environ)
    assert signs_in(settings, "shenyiming", made.output.strip()) == "shen-yiming"
    typed = "my own password\nmy own password\n"
    assert run(app, ["org", "password", "shenyiming"], env=environ, input=typed).exit_code == 0
    assert signs_in(settings, "shenyiming", "my own password") == "shen-yiming"


def test_check_ends_with_status_1_on_errors_and_0_on_warnings(town: Copy) -> None:
    run, folder = CliRunner().invoke, str(town.folder)
    town.take("channels.csv", "web,")
    warned = run(app, ["org", "check", folder])
    assert warned.exit_code == 0
    assert "warning: channel web is unattended" in warned.output
    town.change("units.csv", "anlan,district,", "anlan,county,")
    failed = run(app, ["org", "load", folder])
    assert failed.exit_code == 1
    assert 'units.csv:3: kind "county" is not valid' in failed.output
    assert "1 error" in failed.output


def _login(person_id: str) -> str:
    return person_id.replace("-", "")


# -- changes by commands -----------------------------------------------------


def change(settings: Settings, **fields: str) -> None:
    """A change that an administrator made by a command."""

    async def ask() -> None:
        engine = engine_for(settings.database_url or "", size=1)
        activities = OfficeActivities(engine, KeyRing(bytes(32)))
        command_id = str(uuid.uuid4())
        command = {
            "kind": "change_unit",
            "command_id": command_id,
            "at": datetime.now(UTC).isoformat(),
            "actor": {"kind": "staff", "person_id": fields.pop("who")},
            **fields,
        }
        step = Step(kind="change_unit", command_id=command_id, command=command)
        assert (await activities.execute("office", step)).accepted
        await engine.dispose()

    asyncio.run(ask())


def administrator(settings: Settings) -> tuple[str, str]:
    """An administrator of the top of the tree, and another unit."""
    organisation = book(settings).organisation
    top = next(u.unit_id for u in organisation.units.values() if u.parent_id is None)
    posts = organisation.posts_in(top)
    who = next(p.person_id for p in posts if p.role is Role.ADMINISTRATOR)
    return who, next(u.unit_id for u in organisation.units.values() if u.parent_id is not None)


def test_files_never_undo_in_silence_what_commands_changed(settings: Settings, town: Copy) -> None:
    load(settings, town.read())
    who, unit_id = administrator(settings)
    change(settings, who=who, unit_id=unit_id, name="新名")
    assert load(settings, town.read())[-2].endswith("nothing has changed.")
    town.change("people.csv", "沈一鸣", "沈二鸣")
    with pytest.raises(LocalError, match="One change was made by commands") as refused:
        load(settings, town.read())
    assert "--drop-changes" in str(refused.value)
    assert book(settings).organisation.units[unit_id].name == "新名"
    asyncio.run(load_town(settings, town.read(), drop=True))
    found = book(settings).organisation
    assert found.units[unit_id].name != "新名"
    assert found.people["shen-yiming"].name == "沈二鸣"
    town.change("people.csv", "沈二鸣", "沈三鸣")
    assert load(settings, town.read())


def test_every_loading_of_files_is_an_event_of_the_office(settings: Settings, town: Copy) -> None:
    load(settings, town.read())
    load(settings, town.read())

    async def events() -> list[tuple[str, int]]:
        async with connected(settings) as connection:
            past = await reading.past(connection, OFFICE, "office", KeyRing(bytes(32)))
        assert past is not None
        loads = [line.event for line in past.lines if isinstance(line.event, BooksLoaded)]
        return [(" ".join(e.versions), e.dropped) for e in loads]

    ((versions, dropped),) = asyncio.run(events())
    assert versions.startswith("calendar 2026.1 organisation ")
    assert dropped == 0


@pytest.mark.rule("§2", "R1.1")
def test_a_post_that_files_end_on_a_day_is_planned_to_hand_over_on_it(
    settings: Settings, town: Copy
) -> None:
    row = "liuyin-clerk-1,yang-xiaolin,first_contact_clerk,liuyin,2025-01-01,"
    town.change("posts.csv", row, f"{row}2099-01-01")
    load(settings, town.read())
    end = book(settings).organisation.posts["liuyin-clerk-1"].valid_until
    assert end is not None
    assert asyncio.run(_planned(settings)) == [("liuyin-clerk-1", end)]
    town.change("posts.csv", f"{row}2099-01-01", row)
    load(settings, town.read())
    assert asyncio.run(_planned(settings)) == []


async def _planned(settings: Settings) -> list[tuple[str, datetime]]:
    async with connected(settings) as connection:
        loaded = await journal.load(connection, OFFICE, "office")
    return [(plan.post_id, plan.at) for plan in loaded.state.hand_overs]
