"""A figure comes about, opens into its events, is contested from there, and changes."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.office import Office
from tests.e2e.scenes.base import ABOVE_GRID, Headers
from tests.e2e.test_scores_seeing import COMMUNITY, STREET, auditor, supervisor

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
