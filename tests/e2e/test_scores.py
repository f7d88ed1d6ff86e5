"""A figure comes about, opens into its events, is contested from there, and changes."""

import asyncio
import csv
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import ABOVE_GRID, Ask, Headers, forgotten
from tests.e2e.scenes.redress import (
    JUSTIFIED,
    MINE,
    MISTAKEN,
    badly_rated,
    decide,
    rate,
    sent,
)
from tests.e2e.scenes.whistle import PARTNER, whistled
from tests.e2e.test_scores_seeing import CLERK, COMMUNITY, STREET, auditor, supervisor

pytestmark = pytest.mark.rule("R12.5", "R11")
SCORES = "/api/v1/scores"
PATIENCE = 30
"""Seconds; figures follow within five."""


def lately() -> str:
    """The last five weeks as a period."""
    today = datetime.now(UTC).date()
    return f"{today - timedelta(days=34)}..{today + timedelta(days=1)}"


async def asked(office: Office, path: str, headers: Headers, **said: Any) -> dict[str, Any]:
    """What is answered; asked again while it is still being written."""
    params = {"period": lately(), "lang": "en", **said}
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = await office.http.get(f"{SCORES}/{path}", params=params, headers=headers)
            if answer.status_code != 409:
                assert answer.status_code == 200, answer.text
                found: dict[str, Any] = answer.json()
                return found
            await asyncio.sleep(0.3)


async def postings(
    office: Office, path: str, headers: Headers, case_id: str, **said: Any
) -> list[dict[str, Any]]:
    """The postings of one case behind a figure, of every page."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = await asked(office, f"{path}/events", headers, size=200, **said, **cursor)
        found += [each for each in page["postings"] if each["case_id"] == case_id]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def until(
    look: Callable[[], Awaitable[list[dict[str, Any]]]], count: int = 1
) -> list[dict[str, Any]]:
    """Wait until so many postings are there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await look()
            if len(found) >= count:
                return found
            await asyncio.sleep(0.3)


def measure(card: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(m for m in card["measures"] if m["measure"] == name)
    return found


def counted(card: dict[str, Any], name: str) -> tuple[int, int, int]:
    """Numerator, denominator and excluded."""
    of = measure(card, name)
    return int(of["numerator"]), int(of["denominator"]), int(of["excluded"])


async def missed(office: Office) -> tuple[str, dict[str, Any]]:
    """A case nobody touched, and the acceptance that the worker of its grid missed."""
    case_id = await forgotten(office, days=12)
    broken = (e for e in await office.events(case_id) if e["kind"] == "clock.broken")
    return case_id, next(e for e in broken if e["data"]["clock_id"] == "accept-2")


async def test_somebody_contests_a_breach_from_their_own_figure_and_the_figure_changes(
    office: Office,
) -> None:
    case_id, breach = await missed(office)
    me = await office.as_person(breach["data"]["person_id"])
    of_breach = {"measure": "acceptance", "part": "denominator"}

    async def mine() -> list[dict[str, Any]]:
        return await postings(office, "mine", me, case_id, **of_breach)

    (held,) = [p for p in await until(mine) if p["event"]["version"] == breach["version"]]
    assert (held["numerator"], held["denominator"]) == (0, 1)
    assert held["event"]["words"].endswith("deadline missed (red card)")
    before = await asked(office, "mine", me)
    moment = before["basis"]["as_of"]
    hits, of, out = counted(before, "acceptance")

    offer = held["appeal"]
    assert offer["body"] == {
        "kind": "appeal",
        "against": "breach",
        "about": breach["data"]["clock_id"],
    }
    assert offer["needs"] == ["text"]
    told = await office.post(offer["url"], {**offer["body"], "text": "系统故障，无法签收"}, me)
    assert told.status_code == 200, told.text
    again = [p["appeal"] for p in await mine() if p["event"]["version"] == breach["version"]]
    assert again == [None], "it can be appealed once"
    body = {**offer["body"], "kind": "decide_appeal", "upheld": True, "text": "故障属实"}
    judge = await decider_without_a_part(office, case_id, offer["body"]["about"])
    await sent(office, Ask(case_id=case_id, headers=judge, body=body))

    async def both() -> list[dict[str, Any]]:
        found = await mine()
        number = breach["version"]
        return [p for p in found if number in {p["event"]["version"], corrected(p)}]

    posted = await until(both, 2)
    assert [(p["event"]["kind"], p["denominator"], p["excluded"]) for p in posted] == [
        ("clock.broken", 1, 0),
        ("appeal.decided", -1, 0),
    ]
    assert posted[1]["corrects"]["kind"] == "clock.broken"
    assert posted[1]["words"] == "an appeal was upheld: it does not count"
    assert posted[1]["counted_at"] == posted[0]["counted_at"]
    (excluded,) = await postings(office, "mine", me, case_id, measure="acceptance", part="excluded")
    assert (excluded["event"]["kind"], excluded["because"]) == ("appeal.decided", "appeal")
    assert counted(await asked(office, "mine", me), "acceptance") == (hits, of - 1, out + 1)
    then = await asked(office, "mine", me, as_of=moment)
    assert counted(then, "acceptance") == (hits, of, out)
    assert then["basis"]["as_of"] == moment
    old = await postings(office, "mine", me, case_id, as_of=moment, **of_breach)
    assert [p["appeal"] for p in old if p["event"]["version"] == breach["version"]] == [None]


def corrected(posting: dict[str, Any]) -> Any:
    return posting["corrects"]["version"] if posting["corrects"] else None


async def decider_without_a_part(office: Office, case_id: str, about: str) -> Headers:
    questions = (await office.case(case_id))["questions"]
    asked_ = next(q for q in questions if q["kind"] == "appeal" and q["about"].endswith(about))
    return await office.as_person(asked_["person"]["id"])


async def test_a_rating_that_was_a_mistake_leaves_the_figures_of_person_and_unit(
    office: Office,
) -> None:
    case = await badly_rated(office)
    me, over = await office.as_person(CLERK), await supervisor(office, STREET)

    async def behind(part: str = "denominator") -> list[dict[str, Any]]:
        asked_ = {"measure": "resolution", "part": part}
        return await postings(office, f"units/{STREET}", over, case.case_id, **asked_)

    (rated,) = await until(behind)
    assert rated["event"]["kind"] == "case.rated"
    assert (rated["denominator"], rated["unit"]["id"], rated["person"]["id"]) == (1, STREET, CLERK)
    mine = await asked(office, "mine", me)
    hits, of, out = counted(mine, "resolution")
    await sent(office, await decide(office, case.case_id, "review", MISTAKEN))

    _, back = await until(behind, 2)
    assert (back["event"]["kind"], back["because"]) == ("rating.excluded", "mistaken")
    assert back["corrects"]["kind"] == "case.rated"
    assert [each["excluded"] for each in await behind("excluded")] == [1]
    for path, headers in (("mine", me), (f"people/{CLERK}", over)):
        now_is = await asked(office, path, headers)
        assert counted(now_is, "resolution") == (hits, of - 1, out + 1)
    card = await asked(office, f"units/{STREET}", over)
    (chain,) = [mark for mark in card["marks"] if mark["code"] == "own_chain"]
    named = {(each["case_id"], each["measure"]) for each in chain["events"]}
    assert (case.case_id, "resolution") in named, "the district decided, whose figures gain"
    area = await asked(office, f"units/{STREET}", over, scope="area")
    assert counted(area, "resolution")[2] >= 1


async def test_what_the_page_says_adds_up_to_the_figure(office: Office) -> None:
    case = await badly_rated(office)
    me = await office.as_person(CLERK)

    async def behind() -> list[dict[str, Any]]:
        asked_ = {"measure": "response", "part": "denominator"}
        return await postings(office, "mine", me, case.case_id, **asked_)

    await until(behind)
    card = await asked(office, "mine", me)
    opens = measure(card, "response")["events"]
    for part in ("numerator", "denominator", "unanswered", "excluded"):
        answer = await office.http.get(f"{opens[part]}&size=200", headers=me)
        page = answer.json()
        assert answer.status_code == 200, answer.text
        assert page["part"] == part
        added = sum(each[part] for each in page["postings"])
        assert str(added) == page["sums"][0][part] == measure(card, "response")[part]


async def test_the_events_and_the_ranking_go_into_spreadsheets_and_who_took_them_is_recorded(
    office: Office,
) -> None:
    case = await badly_rated(office)
    over = await supervisor(office, STREET)

    async def behind() -> list[dict[str, Any]]:
        return await postings(office, f"units/{STREET}", over, case.case_id, measure="response")

    shown = await until(behind, 2)
    said = {"period": lately(), "lang": "en", "format": "csv"}
    answer = await office.http.get(
        f"{SCORES}/units/{STREET}/events", params={**said, "measure": "response"}, headers=over
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    mine = [row for row in rows if row["case_id"] == case.case_id]
    assert [(row["kind"], row["denominator"]) for row in mine] == [
        (each["event"]["kind"], str(each["denominator"])) for each in shown
    ]
    ranks = await office.http.get(
        f"{SCORES}/ranking", params={**said, "kind": "community"}, headers=over
    )
    (row,) = [
        each
        for each in csv.DictReader(ranks.content.decode("utf-8-sig").splitlines())
        if each["unit_id"] == COMMUNITY
    ]
    assert (row["best"], bool(row["apart"])) == ("", True), "too few to be ranked"
    taken = await office.get("/api/v1/access-record?kind=access.exported&size=2")
    told = [(e["data"]["what"], e["data"]["form"]) for e in taken["entries"]]
    assert told == [("score-ranking", "csv"), ("score-events", "csv")]
    assert f"of={STREET}" in taken["entries"][1]["data"]["filters"]


async def test_a_clerk_reads_their_units_events_without_the_names_of_others(
    office: Office,
) -> None:
    case = await badly_rated(office)
    colleague = await somebody_else_at(office, STREET)
    headers = await office.as_person(colleague)

    async def behind() -> list[dict[str, Any]]:
        asked_ = {"measure": "satisfaction", "part": "denominator"}
        return await postings(office, f"units/{STREET}", headers, case.case_id, **asked_)

    (rated,) = await until(behind)
    assert rated["person"] is None
    assert rated["appeal"] is None


async def somebody_else_at(office: Office, unit_id: str) -> str:
    """Who works there, is not the clerk, and watches over nobody."""
    organisation = (await office.book()).organisation
    at = datetime.now(UTC)
    handling = {Role.STREET_COORDINATOR, Role.FIRST_CONTACT_CLERK}
    posts = (p for p in organisation.posts_in(unit_id) if p.role in handling and p.holder(at))
    return next(p.person_id for p in posts if p.person_id != CLERK)


async def test_what_a_partner_was_called_to_stands_among_its_own_figures(office: Office) -> None:
    case = await whistled(office)
    partner = (await office.book()).organisation.partner(PARTNER)
    assert partner is not None
    over = await auditor(office)

    async def behind() -> list[dict[str, Any]]:
        return await postings(
            office, f"partners/{PARTNER}", over, case.case_id, measure="report_in"
        )

    (called,) = await until(behind)
    assert (called["event"]["kind"], called["unanswered"]) == ("helper.summoned", 1)
    assert (called["unit"]["id"], called["person"], called["appeal"]) == (PARTNER, None, None)
    card = await asked(office, f"partners/{PARTNER}", over)
    assert card["partner"] == {"id": PARTNER, "name": partner.name}
    assert int(measure(card, "report_in")["unanswered"]) >= 1
    stranger = await supervisor(office, STREET)
    assert partner.unit_id not in (await office.book()).organisation.subtree(STREET)
    for path, headers, code in (
        (f"partners/{PARTNER}", stranger, "not_entitled"),
        ("partners/nobody", over, "partner_not_found"),
    ):
        params = {"period": lately()}
        answer = await office.http.get(f"{SCORES}/{path}", params=params, headers=headers)
        assert answer.json()["code"] == code


# -- side by side ----------------------------------------------------------------------


async def test_a_supervisor_ranks_what_they_oversee_and_nobody_else_does(office: Office) -> None:
    over = await supervisor(office, STREET)
    told = await asked(office, "ranking", over, kind="community", by="satisfaction")
    assert [unit["id"] for unit in told["within"]] == [STREET]
    (division,) = told["divisions"]
    units = [row["unit"]["id"] for row in (*division["ranked"], *division["apart"])]
    assert COMMUNITY in units
    organisation = (await office.book()).organisation
    assert set(units) <= set(organisation.subtree(STREET))
    for row in division["apart"]:
        assert (row["why"], row["rate"] is None) in {("nothing", True), ("few", False)}
    params = {"period": lately(), "kind": "community"}
    for headers, more, status in (
        (await office.as_person(ABOVE_GRID), {}, 403),
        (over, {"within": "nowhere"}, 422),
        (over, {"within": organisation.path(STREET)[-1]}, 403),
        (over, {"kind": "empire"}, 422),
        (over, {"setting": "lunar"}, 422),
    ):
        said = {**params, **more}
        answer = await office.http.get(f"{SCORES}/ranking", params=said, headers=headers)
        assert answer.status_code == status, (more, answer.text)


async def test_urban_and_rural_stand_apart_where_that_is_asked(office: Office) -> None:
    headers = await auditor(office)
    told = await asked(
        office, "ranking", headers, kind="community", setting=["urban", "rural"], scope="area"
    )
    assert [division["setting"] for division in told["divisions"]] == ["rural", "urban"]
    for division in told["divisions"]:
        rows = (*division["ranked"], *division["apart"])
        assert {row["unit"]["setting"] for row in rows} == {division["setting"]}


async def test_a_comparison_names_the_unit_and_the_case_that_changed_and_why(
    office: Office,
) -> None:
    case = await badly_rated(office)
    over = await supervisor(office, STREET)

    async def behind() -> list[dict[str, Any]]:
        asked_ = {"measure": "resolution", "part": "denominator"}
        return await postings(office, f"units/{STREET}", over, case.case_id, **asked_)

    await until(behind)
    before = (await asked(office, f"units/{STREET}", over))["basis"]["as_of"]
    await sent(office, await decide(office, case.case_id, "review", MISTAKEN))

    await until(behind, 2)
    told = await asked(office, "compare", over, against_as_of=before, size=200)
    assert told["before"]["as_of"] == before
    assert STREET in {unit["unit"]["id"] for unit in told["units"]}
    (changed,) = [
        each
        for each in told["cases"]
        if (each["case_id"], each["measure"]) == (case.case_id, "resolution")
    ]
    assert (changed["denominator"], changed["excluded"]) == ("-1", "1")
    assert [reason["code"] for reason in changed["reasons"]] == ["excluded"]
    same = await asked(office, "compare", over, as_of=before)
    assert (same["units"], same["cases"], same["numbers"]) == ([], [], [])
    reversed_ = {"period": lately(), "as_of": before, "against_as_of": told["after"]["as_of"]}
    answer = await office.http.get(f"{SCORES}/compare", params=reversed_, headers=over)
    assert (answer.status_code, answer.json()["code"]) == (422, "moments_reversed")
    unknown = {"period": lately(), "against_policy": "of-my-own"}
    answer = await office.http.get(f"{SCORES}/compare", params=unknown, headers=over)
    (fault,) = answer.json()["errors"]
    assert (fault["where"], fault["code"]) == ("query/against_policy", "unknown_policy")


async def test_rectified_and_rated_again_counts_both_rounds(office: Office) -> None:
    case = await badly_rated(office)
    me = await office.as_person(CLERK)
    await sent(office, await decide(office, case.case_id, "review", JUSTIFIED))
    await office.in_charge(case.case_id, "accept")
    await office.in_charge(case.case_id, "resolve", text="已更换灯具", evidence=["photo-2"])
    await rate(office, case, solved=True, grade=5)

    async def behind() -> list[dict[str, Any]]:
        found = await postings(office, "mine", me, case.case_id, measure="satisfaction")
        return [p for p in found if p["event"]["kind"] == "case.rated" and p["denominator"]]

    found = await until(behind, 2)
    assert [(p["round"], p["numerator"]) for p in found] == [(1, 0), (2, 1)]
    first = found[0]["appeal"]
    assert first["body"] == {"kind": "appeal", **MINE}
    assert found[1]["appeal"] is None, "a good rating counts against nobody"
