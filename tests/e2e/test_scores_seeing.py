"""Who may see whose scores, what is written down of it, and what cannot be asked (R12)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from domain.words import Role
from tests.domain.town import SHANGHAI
from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers

pytestmark = pytest.mark.rule("R12.5", "R14.5")
SCORES = "/api/v1/scores"
CLERK, STREET, COMMUNITY = "yang-xiaolin", "liuyin", "liuyinli"


def month() -> str:
    return f"{datetime.now(SHANGHAI):%Y-%m}"


async def get(office: Office, path: str, headers: Headers, **asked: Any) -> httpx.Response:
    params = {"period": month(), **asked}
    return await office.http.get(f"{SCORES}/{path}", params=params, headers=headers)


async def status(office: Office, path: str, headers: Headers, **asked: Any) -> tuple[int, str]:
    answer = await get(office, path, headers, **asked)
    return answer.status_code, answer.json().get("code", "")


async def supervisor(office: Office, unit_id: str) -> Headers:
    return await office.as_person(await office.somebody(Role.SUPERVISOR, unit_id))


async def auditor(office: Office) -> Headers:
    return await office.as_person(await office.somebody(Role.AUDITOR))


async def test_staff_see_their_own_figures_and_what_their_unit_carried_itself(
    office: Office,
) -> None:
    clerk = await office.as_person(CLERK)
    mine = await get(office, "mine", clerk)
    assert mine.status_code == 200, mine.text
    assert mine.json()["person"]["id"] == CLERK
    assert await status(office, f"people/{CLERK}", clerk) == (200, "")
    assert await status(office, f"units/{STREET}", clerk) == (200, "")
    assert await status(office, f"units/{STREET}", clerk, scope="area") == (403, "not_entitled")
    assert await status(office, f"units/{COMMUNITY}", clerk) == (403, "not_entitled")
    assert await status(office, f"units/{COMMUNITY}/events", clerk) == (403, "not_entitled")


async def test_supervisors_see_the_units_below_them_and_who_works_there(office: Office) -> None:
    over = await supervisor(office, STREET)
    for path in (f"units/{STREET}", f"units/{COMMUNITY}", f"people/{CLERK}"):
        assert await status(office, path, over) == (200, ""), path
        assert await status(office, f"{path}/events", over) == (200, ""), path
    assert await status(office, f"units/{COMMUNITY}", over, scope="area") == (200, "")
    elsewhere = await elsewhere_of(office)
    assert await status(office, f"units/{elsewhere}", over) == (403, "not_entitled")
    stranger = await office.somebody(Role.SUPERVISOR, elsewhere)
    assert await status(office, f"people/{stranger}", over) == (404, "person_not_found")


async def elsewhere_of(office: Office) -> str:
    """A street that is not that one, with a supervisor."""
    organisation = (await office.book()).organisation
    posts = organisation.posts.values()
    over = {p.unit_id for p in posts if p.role is Role.SUPERVISOR and p.holder(datetime.now(UTC))}
    below = set(organisation.subtree(STREET)) | set(organisation.path(STREET))
    return min(over - below)


async def test_whom_nobody_asks_about_does_not_exist_for_who_oversees_nobody(
    office: Office,
) -> None:
    clerk = await office.as_person(CLERK)
    other = await office.somebody(Role.GRID_WORKER)
    for person in (other, "nobody-at-all"):
        for path in (f"people/{person}", f"people/{person}/events"):
            assert await status(office, path, clerk) == (403, "not_entitled")
    assert await status(office, "people/nobody-at-all", await auditor(office)) == (
        404,
        "person_not_found",
    )
    for unit in ("nowhere", "%00", "..%5c", "a" * 500, "灯"):
        assert await status(office, f"units/{unit}", clerk) == (404, "unit_not_found"), unit
    assert await status(office, "people/%00", await auditor(office)) == (404, "person_not_found")


async def test_nobody_else_is_told_anything(office: Office) -> None:
    for path in ("mine", f"units/{STREET}", f"people/{CLERK}/events"):
        assert await status(office, path, {}) == (401, "not_signed_in")
        receipt = {"Authorization": "Receipt abcdefgh"}
        assert await status(office, path, receipt) == (401, "not_signed_in")


async def test_a_look_at_anothers_figures_is_recorded_and_they_read_who_it_was(
    office: Office,
) -> None:
    boss = await office.somebody(Role.SUPERVISOR, STREET)
    headers = await office.as_person(boss)
    assert await status(office, f"people/{CLERK}", headers, period="2026-03") == (200, "")
    assert await status(office, f"people/{CLERK}/events", headers, period="2026-03") == (200, "")
    own = await office.get(
        f"/api/v1/access-record?person={CLERK}&kind=access.scores_shown&size=2&lang=en",
        await office.as_person(CLERK),
    )
    told = [(e["by"]["id"], e["person"]["id"], e["data"]) for e in own["entries"]]
    assert told == [
        (boss, CLERK, {"what": "events", "period": "2026-03"}),
        (boss, CLERK, {"what": "figures", "period": "2026-03"}),
    ]
    assert own["entries"][0]["words"] == "Scores of a member of staff shown"
    assert own["entries"][0]["unit"]["id"] == STREET


async def test_a_look_at_ones_own_figures_or_a_units_is_nobodys_business(office: Office) -> None:
    worker = await office.somebody(Role.DEPARTMENT_HANDLER)
    headers = await office.as_person(worker)
    assert await status(office, "mine", headers) == (200, "")
    assert await status(office, f"people/{worker}", headers) == (200, "")
    own = f"/api/v1/access-record?person={worker}&kind=access.scores_shown"
    assert (await office.get(own, headers))["entries"] == []


# -- what cannot be asked ------------------------------------------------------------

WRONG = {
    "no period": ({"period": None}, "query/period", "missing"),
    "a month that is none": ({"period": "2026-13"}, "query/period", "unknown"),
    "a range that ends before it begins": (
        {"period": "2026-03-02..2026-03-01"},
        "query/period",
        "unknown",
    ),
    "an unknown measure": ({"measure": "charm"}, "query/measure", "enum"),
    "an unknown part": ({"part": "half"}, "query/part", "literal_error"),
    "a misspelt parameter": ({"periods": "2026-03"}, "query/periods", "extra_forbidden"),
    "a policy nobody published": ({"policy": "of-my-own"}, "query/policy", "unknown_policy"),
    "a measure said twice": ({"measure": ["handling", "help"]}, "query/measure", "said_twice"),
    "a language said twice": ({"lang": ["zh", "en"]}, "query/lang", "said_twice"),
    "a file from its middle on": (
        {"format": "csv", "cursor": "abc"},
        "query/cursor",
        "not_with_a_file",
    ),
    "a moment without its offset": ({"as_of": "2026-03-01T00:00:00"}, "query/as_of", "bad_moment"),
    "a moment to come": ({"as_of": "2099-01-01T00:00:00Z"}, "query/as_of", "in_the_future"),
    "a cursor nobody made": ({"cursor": "abc"}, "query/cursor", "bad_cursor"),
    "no page at all": ({"size": 0}, "query/size", "greater_than_equal"),
}


@pytest.mark.parametrize(("changes", "where", "code"), WRONG.values(), ids=WRONG)
async def test_what_cannot_be_asked_is_refused_with_its_place(
    office: Office, changes: dict[str, Any], where: str, code: str
) -> None:
    asked = {name: v for name, v in {"period": month(), **changes}.items() if v is not None}
    headers = await office.as_person(CLERK)
    answer = await office.http.get(f"{SCORES}/mine/events", params=asked, headers=headers)
    assert answer.status_code == 422, answer.text
    (fault,) = answer.json()["errors"]
    assert (fault["where"], fault["code"]) == (where, code)


async def test_a_period_that_has_not_begun_has_no_figures(office: Office) -> None:
    later = f"{datetime.now(UTC) + timedelta(days=800):%Y}"
    answer = await get(office, "mine", await office.as_person(CLERK), period=later)
    assert (answer.status_code, answer.json()["code"]) == (422, "period_in_the_future")
    assert answer.json()["errors"][0]["where"] == "query/period"


async def test_a_period_in_which_nothing_counted_has_no_rates_and_says_so(office: Office) -> None:
    answer = await get(office, f"units/{STREET}", await auditor(office), period="2019-02")
    told = answer.json()
    assert told["basis"]["period"] == {
        "name": "2019-02",
        "first": "2019-02-01",
        "last": "2019-02-28",
        "over": True,
    }
    assert told["composite"]["points"] is None
    for measure in told["measures"]:
        assert (measure["denominator"], measure["rate"], measure["points"]) == ("0", None, None)
        assert measure["before"]["period"] == "2019-01"
        assert measure["year_before"]["period"] == "2018-02"
