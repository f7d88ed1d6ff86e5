"""The sample town of a fresh installation, and who may sign in to it. Offices load their own."""

import asyncio
from pathlib import Path

from cli.local import folder
from cli.publish import connected, locked, publish_town
from cli.town import Town, read_town
from domain.organisation import Organisation, Post
from domain.words import Role
from settings import Settings
from store import accounts, books
from store.database import Connection
from store.keys import KeyRing

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
PASSWORD = Path("secrets") / "sample-password"
SHOWN = (
    "qinghe-clerk-1",
    "liuyinli-clerk-1",
    "liuyinli-2-gw-1",
    "liuyinli-cw-2",
    "liuyin-sc-1",
    "chengguan-dh-1",
    "anlan-sup-1",
    "qinghe-aud-1",
    "qinghe-adm-1",
    "qinghe-dp-1",
    "qinghe-dp-2",
)
"""One post of each kind, most of them on one ladder, so that a case can climb past all of them."""

ROLES = {
    Role.FIRST_CONTACT_CLERK: "首问接待员",
    Role.GRID_WORKER: "网格员",
    Role.COMMUNITY_WORKER: "社区工作者",
    Role.STREET_COORDINATOR: "街道统筹员",
    Role.DEPARTMENT_HANDLER: "部门经办人",
    Role.MEDIATOR: "调解员",
    Role.SUPERVISOR: "督办员",
    Role.ADMINISTRATOR: "管理员",
    Role.AUDITOR: "审计员",
    Role.DATA_PROTECTION: "个人信息保护员",
}


async def seed_if_empty(settings: Settings) -> bool:
    """Load the sample town where no town is loaded; whether it was.

    Its people share one random password, kept in the data folder: this is a sample.
    """
    async with connected(settings) as connection:
        if await _has_books(connection):
            return False
        town = await asyncio.to_thread(read_town, [SAMPLE])
        password = folder.secret(settings.data / PASSWORD)[0]
        async with locked(connection):
            if await _has_books(connection):
                return False
            ring = KeyRing.of(settings)
            await publish_town(connection, town, ring)
            await accounts.set_one_password(connection, _logins(town), password)
        return True


def sign_ins(settings: Settings) -> list[tuple[str, str, str]]:
    """Login, password, and role with unit, of people to try the sample with.

    Empty when another town is in force; people who changed their password are left out.
    """
    return asyncio.run(_sign_ins(settings))


async def _sign_ins(settings: Settings) -> list[tuple[str, str, str]]:
    path = settings.data / PASSWORD
    if not path.exists():
        return []
    password = folder.secret(path)[0]
    async with connected(settings) as connection:
        now = await connection.fetchval("select clock_timestamp()")
        organisation = (await books.current(connection, now)).organisation
        sample = (await asyncio.to_thread(read_town, [SAMPLE])).organisation
        if sample is None or organisation.version.partition("-")[0] != sample.version:
            return []
        posts = [organisation.posts[post_id] for post_id in SHOWN]
        people = [post.person_id for post in posts]
        able = await accounts.who_has_password(connection, people, password)
    return [
        (organisation.people[post.person_id].login, password, _said(post, organisation))
        for post in posts
        if post.person_id in able
    ]


def _said(post: Post, organisation: Organisation) -> str:
    return f"{ROLES[post.role]} {organisation.units[post.unit_id].name}"


def _logins(town: Town) -> dict[str, str]:
    people = town.organisation.people.values() if town.organisation else ()
    return {person.person_id: person.login for person in people}


async def _has_books(connection: Connection) -> bool:
    return bool(await connection.fetchval("select exists (select from books)"))
