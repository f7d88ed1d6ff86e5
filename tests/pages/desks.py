"""Who comes to the pages and where they begin, and an office where something has happened."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from api.auth import COOKIE
from cli.seed import SHOWN
from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes import deliberation, disputes, merging, redress, returns, shelving, whistle
from tests.e2e.scenes.base import at_first_contact, at_grid, forgotten, opened, resolved

STARTS: dict[Role, tuple[str, ...]] = {
    Role.SUPERVISOR: ("/desk", "/board"),
    Role.AUDITOR: ("/desk", "/board"),
    Role.ADMINISTRATOR: ("/admin",),
}
AT_WORK = ("/desk", "/desk/cases/new", "/desk/bulk")
NOT_YET = {"/report", "/mine", "/desk/inbox", "/board", "/admin"}
"""Addresses that pages lead to and that are still being built."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who comes to the pages: nobody in particular, or one of the staff."""

    role: str
    person_id: str
    starts: tuple[str, ...]

    async def client(self, office: Office) -> httpx.AsyncClient:
        """A browser without scripts, in which they are signed in."""
        cookies = {COOKIE: await office.fresh_token(self.person_id)} if self.person_id else {}
        return httpx.AsyncClient(
            base_url=office.http.base_url,
            cookies=cookies,
            timeout=60,
            headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
            limits=httpx.Limits(keepalive_expiry=2),
        )


async def callers(office: Office) -> list[Caller]:
    """One of every kind: those whose sign-ins a fresh installation shows, and nobody."""
    posts = (await office.book()).organisation.posts
    held = [posts[post_id] for post_id in SHOWN]
    nobody = Caller("nobody", "", ("/", "/sign-in", "/receipt"))
    staff = {
        p.role: Caller(
            p.role, p.person_id, STARTS.get(p.role, ("/desk", "/desk/cases/new", "/desk/bulk"))
        )
        for p in held
    }
    return [nobody, *staff.values()]


Scenery = Callable[[Office], Awaitable[Any]]
LIVED: tuple[Scenery, ...] = (
    *(opened, at_first_contact, at_grid, resolved, forgotten),
    lambda office: at_grid(office, accept=False),
    *(disputes.quarrel, disputes.asked, disputes.formed, disputes.drafted, disputes.settled),
    *(deliberation.proposed, deliberation.published, deliberation.objected),
    *(whistle.whistled, returns.back_twice, returns.offered, shelving.asked, shelving.shelved),
    *(redress.badly_rated, redress.excluded, redress.contested, merging.merged),
)


async def lived_in(office: Office) -> None:
    """Cases at many points of their way."""
    for scene in LIVED:
        await scene(office)
