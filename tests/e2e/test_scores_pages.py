"""Pages of scores are of the question that was asked, and a file of them is whole (R12.5)."""

from typing import Any

import httpx
import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import Headers
from tests.e2e.scenes.redress import MISTAKEN, badly_rated, decide, sent
from tests.e2e.test_scores import SCORES, asked, lately, postings, until
from tests.e2e.test_scores_seeing import CLERK, COMMUNITY, STREET, supervisor

pytestmark = pytest.mark.rule("R12.5")
EVENTS = f"units/{STREET}/events"


@pytest.fixture
async def over(office: Office) -> Headers:
    """A supervisor of a street in whose figures a few events stand by now."""
    case, over = await badly_rated(office), await supervisor(office, STREET)

    async def behind() -> list[dict[str, Any]]:
        return await postings(office, f"units/{STREET}", over, case.case_id, measure="response")

    await until(behind, 2)
    return over


async def get(office: Office, path: str, over: Headers, **said: Any) -> httpx.Response:
    params = {"period": lately(), **said}
    return await office.http.get(f"{SCORES}/{path}", params=params, headers=over)


@pytest.mark.parametrize(
    ("path", "other"),
    [
        (EVENTS, {"measure": "response"}),
        (EVENTS, {"part": "denominator"}),
        (EVENTS, {"scope": "area"}),
        (EVENTS, {"proactive": "true"}),
        (f"units/{COMMUNITY}/events", {}),
        (f"people/{CLERK}/events", {}),
    ],
)
async def test_a_cursor_of_another_question_is_refused(
    office: Office, over: Headers, path: str, other: dict[str, str]
) -> None:
    first = await asked(office, EVENTS, over, size=1)
    answer = await get(office, path, over, cursor=first["next_cursor"], **other)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


async def test_a_page_goes_on_in_other_words_and_of_another_size(
    office: Office, over: Headers
) -> None:
    both = await asked(office, EVENTS, over, size=2)
    moment = both["basis"]["as_of"]
    first = await asked(office, EVENTS, over, size=1, as_of=moment)
    cursor = first["next_cursor"]
    second = await get(office, EVENTS, over, cursor=cursor, size=3, lang="zh", as_of=moment)
    assert second.status_code == 200, second.text
    ids = [p["event"]["recorded_at"] for p in (*first["postings"], second.json()["postings"][0])]
    assert ids == [p["event"]["recorded_at"] for p in both["postings"]]


async def test_a_comparison_goes_on_at_the_moment_and_in_the_question_it_began_with(
    office: Office, over: Headers
) -> None:
    before = (await asked(office, f"units/{STREET}", over))["basis"]["as_of"]
    case = await badly_rated(office)
    said = {"against_as_of": before, "size": 1}

    async def changed() -> list[dict[str, Any]]:
        whole = await asked(office, "compare", over, against_as_of=before, size=200)
        return [each for each in whole["cases"] if each["case_id"] == case.case_id]

    await until(changed, 3)
    first = await asked(office, "compare", over, **said)
    cursor = first["next_cursor"]
    await sent(office, await decide(office, case.case_id, "review", MISTAKEN))
    second = await asked(office, "compare", over, **said, cursor=cursor)
    assert second["after"]["as_of"] == first["after"]["as_of"]
    assert second["cases_in_all"] == first["cases_in_all"]
    assert second["cases"] != first["cases"]
    answer = await get(office, "compare", over, **said, cursor=cursor, scope="area")
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


@pytest.mark.rule("R14.5")
@pytest.mark.parametrize("form", ["json", "csv"])
async def test_who_reads_somebodys_events_by_way_of_their_unit_has_looked_at_them(
    office: Office, over: Headers, form: str
) -> None:
    clerk = await office.as_person(CLERK)
    record = f"/api/v1/access-record?person={CLERK}&kind=access.scores_shown&size=200"
    before = (await office.get(record, clerk))["entries"]
    said = {"measure": "response", "size": 200, "format": form}
    shown = await get(office, EVENTS, over, **said)
    assert CLERK in shown.text
    after = (await office.get(record, clerk))["entries"]
    assert len(after) == len(before) + 1, "once, however many of the events are theirs"
    assert after[0]["data"] == {"what": "events", "period": lately()}
    mine = await get(office, EVENTS, clerk, **said)
    assert CLERK in mine.text
    assert (await office.get(record, clerk))["entries"] == after, "their own is nobody's business"
