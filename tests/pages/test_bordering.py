"""An administrator draws the border of a grid by pointing at its corners, also without scripts."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from api.pages.drawing.frame import Frame
from domain.words import Role
from tests.e2e.office import Office
from tests.pages.browser import Visitor
from tests.pages.manners import NO_SCRIPT, Manner

LINES = "textarea[name=border]"


async def frame_of(page: Page) -> Frame:
    found = Frame.read(await page.locator("input[name=_frame]").input_value())
    assert found is not None
    return found


async def point(page: Page, longitude: float, latitude: float, beside: int = 3) -> None:
    """Click almost there."""
    x, y = (await frame_of(page)).pixel(longitude, latitude)
    picture: Locator = page.locator("input[type=image]")
    await picture.click(position={"x": round(x) + beside, "y": round(y) - beside})


async def lines(page: Page, number: int) -> list[str]:
    """The corners so far, once there are so many."""
    so_many = re.compile(rf"^[^\n]+(\n[^\n]+){{{number - 1}}}$")
    await expect(page.locator(LINES)).to_have_value(so_many)
    return (await page.locator(LINES).input_value()).split("\n")


@pytest.mark.parametrize("manner", [Manner("desktop", "zh"), Manner("phone", "en")], ids=str)
async def test_the_corners_of_a_border_are_pointed_at(office: Office, visitor: Visitor) -> None:
    await _draws(office, visitor)


@pytest.mark.parametrize("manner", [NO_SCRIPT], ids=str)
async def test_a_border_is_drawn_without_scripts(office: Office, visitor: Visitor) -> None:
    await _draws(office, visitor)


async def _draws(office: Office, visitor: Visitor) -> None:
    organisation = (await office.book()).organisation
    grid, ring = min(organisation.borders.items(), key=lambda each: (len(each[1]), each[0]))
    corners = [(x / 1e6, y / 1e6) for x, y in ring]
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go(f"/admin/do/draw_grid?unit_id={grid}")
    await page.locator("[name=households]").fill("321")
    for number, corner in enumerate(corners[:2], 1):
        await point(page, *corner)
        assert (await lines(page, number))[-1] == f"{corner[0]}, {corner[1]}"
    whole = await frame_of(page)
    await visitor.look()
    await page.locator("button[name=_back]").click()
    await lines(page, 1)
    await page.locator("button[name=_closer]").click()
    await expect(page.locator("input[name=_frame]")).not_to_have_value(str(whole))
    assert (await frame_of(page)).metres < whole.metres
    await page.locator("button[name=_whole]").click()
    await expect(page.locator("input[name=_frame]")).to_have_value(str(whole))
    for number, corner in enumerate(corners[1:], 2):
        await point(page, *corner)
        await lines(page, number)
    await point(page, *corners[0])  # whoever closes the line adds nothing
    await expect(page.locator("form[aria-busy=true]")).to_have_count(0)
    assert await lines(page, len(corners)) == [f"{x}, {y}" for x, y in corners]
    await page.locator("main form > button:not(.unseen):not(.quiet)").click()
    await expect(page.locator("ol.timeline li").first).to_be_visible()
    units = (await office.book()).organisation
    assert (units.units[grid].households, units.borders[grid]) == (321, ring)


async def test_a_new_grid_is_drawn_beside_its_neighbours(office: Office, visitor: Visitor) -> None:
    organisation = (await office.book()).organisation
    parent = next(organisation.units[g].parent_id for g in sorted(organisation.borders))
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go(f"/admin?unit={parent}")
    await page.locator("a[href^='/admin/do/add_unit']").click()
    picture = page.locator("input[type=image]")
    await picture.click(position={"x": 5, "y": 9})
    (corner,) = await lines(page, 1)
    longitude, latitude = map(float, corner.split(","))
    x, y = (await frame_of(page)).pixel(longitude, latitude)
    assert (round(x), round(y)) == (5, 9) or (int(x), int(y)) == (5, 9)


async def test_what_is_typed_while_the_form_is_drawn_again_stays(
    office: Office, visitor: Visitor
) -> None:
    grid = min((await office.book()).organisation.borders)
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go(f"/admin/do/draw_grid?unit_id={grid}")
    answered = asyncio.Event()

    async def slowly(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await page.locator("[name=text]").fill("重划")
    await page.route("**/admin/do/draw_grid", slowly)
    await page.locator("input[type=image]").click(position={"x": 5, "y": 9})
    await page.locator("[name=households]").press_sequentially("321")
    answered.set()
    await lines(page, 1)
    await expect(page.locator("[name=households]")).to_have_value("321")
    await expect(page.locator("[name=households]")).to_be_focused()
    await expect(page.locator("[name=text]")).to_have_value("重划")


async def test_what_has_no_borders_around_it_is_typed(visitor: Visitor) -> None:
    await visitor.sign_in_as(Role.ADMINISTRATOR)
    page = await visitor.go("/admin/do/add_unit")
    await expect(page.locator(LINES)).to_be_visible()
    await expect(page.locator("input[type=image]")).to_have_count(0)
