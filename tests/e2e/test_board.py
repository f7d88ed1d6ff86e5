"""The board, the map and the place over HTTP: what is counted opens into its list (R12.5, R2.1)."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from shapely.geometry import Point, shape

from api.turns import A_MINUTE
from domain.words import Role
from tests.e2e.office import Office
from tests.e2e.scenes.base import CLERK, Headers, at_grid, forgotten, opened
from tests.e2e.test_workload import listed, supervisor

pytestmark = pytest.mark.rule("R12.5")
BOARD, MAP, PLACE = "/api/v1/board", "/api/v1/map", "/api/v1/place"
BORDERS = "/api/v1/borders"
NUMBERS = ("open", "awaiting_acceptance", "yellow", "overdue", "suspended", "shelved")


async def asked(
    office: Office, url: str, headers: Headers | None = None, **params: Any
) -> dict[str, Any]:
    headers = await supervisor(office) if headers is None else headers
    answer = await office.http.get(url, params=params or None, headers=headers)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


# -- the board -------------------------------------------------------------------


async def test_every_number_of_the_board_opens_into_its_list(office: Office) -> None:
    await at_grid(office, accept=False)
    await at_grid(office)
    found = await asked(office, BOARD, unit="liuyin")
    assert found["all"]["open"] >= 2
    assert found["all"]["awaiting_acceptance"] >= 1
    rows = [{**found["all"], "lists": found["lists"]}, *found["stages"], *found["units"]]
    rows += [stage for unit in found["units"] for stage in unit["stages"]]
    for row in rows:
        for name in NUMBERS:
            assert await listed(office, row["lists"][name]) == row[name], (row, name)


async def test_stages_and_units_both_add_up_to_all(office: Office) -> None:
    await at_grid(office)
    found = await asked(office, BOARD, unit="liuyin", lang="en")
    for part in ("stages", "units"):
        for name in NUMBERS:
            assert sum(row[name] for row in found[part]) == found["all"][name]
        due = [row["oldest_due"] for row in found[part] if row["oldest_due"]]
        assert min(due) == found["all"]["oldest_due"]
    assert "grid" in [row["words"] for row in found["stages"]]
    (own,) = [row for row in found["units"] if row["own"]]
    assert own["unit"] == found["unit"]
    below = {row["unit"]["id"] for row in found["units"] if not row["own"]}
    assert {"liuyinli", "huaishujie", "jichuangchang"} <= below


async def test_the_most_overdue_stand_on_top(office: Office) -> None:
    await forgotten(office)
    headers = await office.as_person(await office.somebody(Role.AUDITOR))
    found = await asked(office, BOARD, headers, unit="anlan")
    late = [row["overdue"] for row in found["units"]]
    assert late == sorted(late, reverse=True)
    assert late[0] >= 1
    assert found["units"][0]["oldest_due"] < datetime.now(UTC).isoformat()


async def test_the_board_is_for_supervisors_over_the_unit_and_auditors(office: Office) -> None:
    for who, status in (
        (await office.as_person(CLERK), 403),
        (await supervisor(office, "shiqiao"), 403),
        (await supervisor(office), 200),
        (await office.as_person(await office.somebody(Role.AUDITOR)), 200),
        ({}, 401),
    ):
        for url in (BOARD, MAP):
            answer = await office.http.get(url, params={"unit": "liuyin"}, headers=who)
            assert answer.status_code == status


async def test_what_cannot_be_asked_is_said(office: Office) -> None:
    headers = await office.as_person(await office.somebody(Role.AUDITOR))
    wrong: tuple[tuple[str, dict[str, Any], str], ...] = (
        (BOARD, {"unit": "nowhere"}, "unknown_unit"),
        (BOARD, {"unit": ""}, "unknown_unit"),
        (BOARD, {}, "invalid_request"),
        (MAP, {"unit": "nowhere"}, "unknown_unit"),
        (MAP, {"unit": "chengguan"}, "unit_without_area"),
        (MAP, {"unit": "liuyin", "by": "colour"}, "invalid_request"),
        (MAP, {"unit": "liuyin", "by": "satisfaction"}, "period_does_not_fit"),
        (MAP, {"unit": "liuyin", "period": "2026"}, "period_does_not_fit"),
        (MAP, {"unit": "liuyin", "by": "satisfaction", "period": "soon"}, "unknown_period"),
        (BORDERS, {"unit": "nowhere"}, "unknown_unit"),
        (BORDERS, {"unit": "chengguan"}, "unit_without_area"),
        (PLACE, {}, "no_place_asked"),
        (PLACE, {"longitude": 1}, "no_place_asked"),
        (PLACE, {"longitude": 1, "latitude": 1, "address": "x"}, "no_place_asked"),
        (PLACE, {"longitude": "nan", "latitude": 1}, "invalid_request"),
        (PLACE, {"longitude": 181, "latitude": 1}, "invalid_request"),
        (PLACE, {"address": "长" * 201}, "invalid_request"),
        (PLACE, {"address": "a\u202eb"}, "invalid_request"),
    )
    for url, params, code in wrong:
        answer = await office.http.get(url, params=params, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, code), (url, params)
    twice = await office.http.get(f"{MAP}?unit=liuyin&unit=anlan", headers=headers)
    assert twice.json()["errors"][0]["code"] == "said_twice"


# -- the map ---------------------------------------------------------------------


async def seen_by_auditors(office: Office, url: str) -> int:
    """How many cases the list has for who sees all: what lies in a grid may never have been at a
    unit of its street.
    """
    found = 0
    cursor: str | None = ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        page = await office.get(f"{url}{more}&size=200")
        found, cursor = found + len(page["cases"]), page["next_cursor"]
    return found


async def test_a_streets_map_is_its_grids_with_what_lies_in_them(office: Office) -> None:
    await opened(office, CLERK)
    found = await asked(office, MAP, unit="liuyin")
    assert found["type"] == "FeatureCollection"
    assert found["elsewhere"] is not None
    ids = {feature["id"] for feature in found["features"]}
    assert {"liuyinli-1", "liuyinli-2", "huaishujie-1-1"} <= ids
    grids = (await office.book()).organisation
    for feature in found["features"]:
        told, figures = feature["properties"], feature["properties"]["figures"]
        assert await seen_by_auditors(office, figures["list"]) == figures["open"], told["unit"]
        assert (told["shade"] == 0) == (figures["open"] == 0)
        assert told["kind"] == "grid"
        assert told["map"] is None
        if feature["geometry"]:
            inside = shape(feature["geometry"]).representative_point()
            at = round(inside.x * 1e6), round(inside.y * 1e6)
            assert grids.grid_at(*at) == feature["id"]
    (two,) = [each for each in found["features"] if each["id"] == "liuyinli-2"]
    assert two["properties"]["figures"]["open"] >= 1
    assert two["properties"]["words"].startswith("未结 ")


async def test_shades_say_their_bounds_and_how_many_areas_they_have(office: Office) -> None:
    await opened(office, CLERK)
    found = await asked(office, MAP, unit="liuyin", lang="en")
    shown = [feature["properties"]["shade"] for feature in found["features"]]
    assert [row["shade"] for row in found["shades"]] == [*range(len(found["shades"]))]
    for row in found["shades"]:
        assert row["areas"] == shown.count(row["shade"])
        assert row["words"]
    assert found["shades"][0]["words"] == "none"


async def test_a_districts_map_is_its_communities_and_leads_to_theirs(office: Office) -> None:
    headers = await office.as_person(await office.somebody(Role.AUDITOR))
    found = await asked(office, MAP, headers, unit="anlan", by="overdue")
    kinds = {feature["properties"]["kind"] for feature in found["features"]}
    assert kinds == {"community", "village"}
    for feature in found["features"]:
        wider = await asked(office, feature["properties"]["map"], headers)
        assert wider["by"] == "overdue"
        border = shape(feature["geometry"]).buffer(1e-4)
        assert all(
            border.contains(shape(f["geometry"])) for f in wider["features"] if f["geometry"]
        )
    city = await asked(office, MAP, headers, unit="qinghe")
    assert {f["properties"]["kind"] for f in city["features"]} == {"street", "township"}


async def test_satisfaction_is_what_the_scores_say_of_each(office: Office) -> None:
    headers = await office.as_person(await office.somebody(Role.AUDITOR))
    period = f"{datetime.now(UTC).year}"
    for unit in ("anlan", "liuyin"):
        found = await asked(office, MAP, headers, unit=unit, by="satisfaction", period=period)
        assert found["basis"]["period"]["name"] == period
        assert found["elsewhere"] is None
        for feature in found["features"]:
            figures = feature["properties"]["figures"]
            card = await asked(office, figures["card"], headers)
            (rate,) = [m for m in card["measures"] if m["measure"] == "satisfaction"]
            for name in ("numerator", "denominator", "unanswered", "rate", "interval", "few"):
                assert figures[name] == rate[name], (feature["id"], name)
            if figures["few"] or figures["rate"] is None:
                assert feature["properties"]["shade"] == 0


async def test_everybody_may_see_borders_and_none_of_the_figures(office: Office) -> None:
    found = await asked(office, BORDERS, {})
    assert found["unit"]["id"] == "qinghe"
    assert {f["properties"]["kind"] for f in found["features"]} == {"street", "township"}
    inside = await asked(office, BORDERS, {}, unit="liuyin", lang="en")
    assert "open" not in str(inside)
    shown = await asked(office, MAP, unit="liuyin")
    same = [(f["id"], f["geometry"]) for f in shown["features"]]
    assert [(f["id"], f["geometry"]) for f in inside["features"]] == same
    assert {f["properties"]["inside"] for f in inside["features"]} == {None}
    for feature in found["features"]:
        assert (await asked(office, feature["properties"]["inside"], {}))["features"]


# -- places ----------------------------------------------------------------------


@pytest.mark.rule("R2.1")
async def test_a_point_lies_in_one_grid_and_all_that_is_over_it(office: Office) -> None:
    borders = (await office.book()).organisation.borders
    ring = [(x / 1e6, y / 1e6) for x, y in borders["liuyinli-2"]]
    inside = shape({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}).representative_point()
    found = await asked(office, PLACE, {}, longitude=inside.x, latitude=inside.y)
    assert not found["none"]
    named = {key: found[key]["id"] for key in ("grid", "community", "street", "district")}
    assert named == {
        "grid": "liuyinli-2", "community": "liuyinli", "street": "liuyin", "district": "anlan",
    }  # fmt: skip
    assert Point(inside).within(shape({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}))


@pytest.mark.rule("R2.1")
async def test_none_is_an_answer(office: Office) -> None:
    found = await asked(office, PLACE, {}, longitude=0, latitude=0, lang="en")
    assert found["none"]
    assert found["grid"] is None
    assert "in no grid" in found["words"]
    found = await asked(office, PLACE, {}, address="人民路 12 号")
    assert found["none"]
    assert found["hits"] == []
    assert "不认小区、道路和门牌号" in found["words"]


@pytest.mark.rule("R2.1")
async def test_an_address_is_known_by_the_units_it_names(office: Office) -> None:
    found = await asked(office, PLACE, {}, address="柳荫街道柳荫里 3 号楼")
    (hit,) = found["hits"]
    assert hit["unit"]["id"] == "liuyinli"
    assert hit["unit"]["kind_words"] == "社区"
    assert hit["matched"] == "柳荫里"
    assert [unit["id"] for unit in hit["within"]] == ["liuyin", "anlan", "qinghe"]


async def test_who_asks_where_places_are_without_end_waits_and_nobody_else_does(
    office: Office,
) -> None:
    crowd = httpx.AsyncHTTPTransport(local_address="127.0.0.9", limits=httpx.Limits())
    where = {"longitude": "121.5", "latitude": "31.2"}
    async with httpx.AsyncClient(base_url=office.http.base_url, transport=crowd) as http:
        codes = [(await http.get(PLACE, params=where)).status_code for _ in range(A_MINUTE)]
        answer = await http.get(PLACE, params=where)
    assert codes == [200] * A_MINUTE
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_questions")
    assert answer.headers["retry-after"] == "60"
    assert (await office.http.get(PLACE, params=where)).status_code == 200
