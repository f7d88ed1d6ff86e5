"""Who comes to the pages and where they begin, and an office where something has happened."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from api.auth import COOKIE
from api.pages.page import LINK
from cli.seed import SHOWN
from domain.words import Role
from tests.e2e import admissions, erasures
from tests.e2e.office import Office
from tests.e2e.scenes import deliberation, disputes, merging, redress, returns, shelving, whistle
from tests.e2e.scenes.base import at_first_contact, at_grid, forgotten, opened, resolved

STARTS: dict[Role, tuple[str, ...]] = {
    Role.SUPERVISOR: ("/desk", "/board"),
    Role.AUDITOR: ("/desk", "/board"),
    Role.ADMINISTRATOR: ("/admin",),
}
APPLICANT = (Role.DEPARTMENT_HANDLER, "chengguan")
AT_WORK = ("/desk", "/desk/cases/new", "/desk/bulk")


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who comes to the pages: nobody in particular, one of the staff, or who has a code;
    `code` is kept for the address they begin at.
    """

    role: str
    person_id: str
    starts: tuple[str, ...]
    code: str = ""

    async def client(self, office: Office) -> httpx.AsyncClient:
        """A browser without scripts, in which they are signed in, or have shown their code."""
        found = httpx.AsyncClient(
            base_url=office.http.base_url,
            timeout=60,
            headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
            limits=httpx.Limits(keepalive_expiry=2),
        )
        host = office.http.base_url.host
        if self.person_id:
            found.cookies.set(COOKIE, await office.fresh_token(self.person_id), domain=host)
        if self.code:
            found.cookies.set(LINK, self.code, domain=host, path=self.starts[0])
        return found


async def callers(office: Office) -> list[Caller]:
    """One of every kind: those whose sign-ins a fresh installation shows, and nobody."""
    posts = (await office.book()).organisation.posts
    held = [posts[post_id] for post_id in SHOWN]
    nobody = Caller("nobody", "", ("/", "/sign-in", "/report", "/mine", "/receipt"))
    staff = {p.role: Caller(p.role, p.person_id, STARTS.get(p.role, AT_WORK)) for p in held}
    return [nobody, *await _with_codes(office), *staff.values()]


async def _with_codes(office: Office) -> list[Caller]:
    """Who comes by a link: the resident before and after, a party, a partner."""
    fresh, done = await opened(office), await resolved(office, by_resident=True)
    drafted, whistled = await disputes.drafted(office), await whistle.whistled(office)
    ring = office.ring
    came = (
        ("resident", f"/mine/{fresh.case_id}", fresh.secret),
        ("resident", f"/mine/{done.case_id}", done.secret),
        ("rater", f"/rate/{done.case_id}", ring.rating_secret(done.case_id, 1)),
        ("party", f"/party/{drafted.case_id}", ring.party_secret(drafted.case_id, "party-1")),
        (
            "partner",
            f"/help/{whistled.case_id}",
            ring.partner_secret(whistled.case_id, "summons-2", whistle.PARTNER),
        ),
    )
    return [Caller(role, "", (start,), code) for role, start, code in came]


async def admission_asked_for(office: Office) -> None:
    """A department has asked that a community do some of its work."""
    answer = await admissions.apply(office, await office.somebody(*APPLICANT))
    assert answer.status_code == 201, answer.text


async def erasure_asked_for(office: Office) -> None:
    """Somebody who has taken their request back is to be forgotten."""
    case = await opened(office)
    answer = await office.command(case.case_id, case.receipt, "withdraw", text="不用了")
    assert answer.status_code == 200, answer.text
    await erasures.asked(office, case.case_id)


Scenery = Callable[[Office], Awaitable[Any]]
LIVED: tuple[Scenery, ...] = (
    *(opened, at_first_contact, at_grid, resolved, forgotten),
    lambda office: at_grid(office, accept=False),
    *(disputes.quarrel, disputes.asked, disputes.formed, disputes.drafted, disputes.settled),
    *(deliberation.proposed, deliberation.published, deliberation.objected),
    *(whistle.whistled, returns.back_twice, returns.offered, shelving.asked, shelving.shelved),
    *(redress.badly_rated, redress.excluded, redress.contested, merging.merged),
    *(admission_asked_for, erasure_asked_for),
)


async def lived_in(office: Office) -> None:
    """Cases at many points of their way."""
    for scene in LIVED:
        await scene(office)
