"""What to send the office of each of its commands; the clerks, units and items are made for it."""

from pathlib import Path
from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Body, Scene, Scenes

ADMIN, SECOND = "shen-yiming", "fu-jingwen"
PATH = "/api/v1/office/commands"
FAR = "2031-03-03T01:00:00+00:00"
"""When what is planned begins: nothing of it disturbs who works in the meantime."""
STREET, TOP, DEPARTMENT = "liuyin", "qinghe", "chengguan"
POLICY = Path(__file__).parents[3] / "sample" / "policy.toml"

office_scene = Scenes()


async def told(office: Office, who: str = ADMIN, **body: Any) -> dict[str, Any]:
    """Send a command and insist that it is done."""
    answer = await office.post(PATH, body, await office.as_person(who))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def scene(
    office: Office, done: Body, code: str, refused: Body | None = None, who: str = ADMIN
) -> Scene:
    """One that is done, then one that is refused: the same once more, unless another is given."""
    headers = await office.as_person(who)
    kind = {"kind": done["kind"]}
    return Scene(
        done=Ask(case_id="", headers=headers, body=done, path=PATH),
        refused=Ask(case_id="", headers=headers, body={**kind, **(refused or done)}, path=PATH),
        code=code,
    )


async def somebody(office: Office, name: str) -> str:
    """Somebody new without a post."""
    await told(office, kind="add_person", person_id=name, name="新人", login=name)
    return name


def post(name: str, **fields: Any) -> Body:
    body = {"post_id": f"{name}-post", "person_id": name, "unit_id": STREET}
    return {"kind": "open_post", "role": "first_contact_clerk", **body, **fields}


async def clerk(office: Office, name: str) -> str:
    """The post of somebody new."""
    await somebody(office, name)
    await told(office, **post(name))
    return f"{name}-post"


async def requested(office: Office, name: str) -> str:
    """An auditor's post that waits for a second administrator."""
    await somebody(office, name)
    answer = await told(office, **post(name, role="auditor", unit_id=TOP))
    found: str = answer["events"][0]["data"]["request"]
    return found


def unit(name: str, **fields: Any) -> Body:
    body = {"unit_id": name, "unit_kind": "community", "parent_id": STREET, "name": "新社区"}
    return {"kind": "add_unit", "setting": "urban", **body, **fields}


def item(item_id: str, **fields: Any) -> Body:
    return {
        "kind": "add_item",
        "item_id": item_id,
        "class_id": "c90",
        "class_name": "新事",
        "name": "一件新事",
        "belonging": "community_own",
        "owner_level": "community",
        "department_id": DEPARTMENT,
        "first_rung": "community",
        "deadline": "simple",
        **fields,
    }


# -- units ---------------------------------------------------------------------


@office_scene("add_unit")
async def add_unit(office: Office) -> Scene:
    return await scene(office, unit("new-community"), "unit_exists")


@office_scene("change_unit")
async def change_unit(office: Office) -> Scene:
    await told(office, **unit("named-again"))
    done = {"kind": "change_unit", "unit_id": "named-again", "name": "改名社区"}
    return await scene(office, done, "nothing_changes")


@office_scene("close_unit")
async def close_unit(office: Office) -> Scene:
    await told(office, **unit("closed-soon"))
    return await scene(office, {"kind": "close_unit", "unit_id": "closed-soon"}, "unit_closed")


@office_scene("draw_grid")
async def draw_grid(office: Office) -> Scene:
    square = [[110.1, 20.1], [110.2, 20.1], [110.2, 20.2], [110.1, 20.2]]
    grid = {"unit_kind": "grid", "parent_id": "over-grid", "level": 1, "households": 300}
    await told(office, **unit("over-grid"))
    await told(office, **unit("new-grid", border=square, **grid))
    done = {"kind": "draw_grid", "unit_id": "new-grid", "border": square[:3], "households": 200}
    crossing = {**done, "border": [square[0], square[2], square[1], square[3]]}
    return await scene(office, done, "border_unusable", crossing)


# -- people and posts ----------------------------------------------------------


@office_scene("add_person")
async def add_person(office: Office) -> Scene:
    body = {"person_id": "new-person", "name": "新人", "login": "new-person"}
    return await scene(office, {"kind": "add_person", **body}, "person_exists")


@office_scene("change_person")
async def change_person(office: Office) -> Scene:
    person = await somebody(office, "named-anew")
    done = {"kind": "change_person", "person_id": person, "name": "新名"}
    return await scene(office, done, "unknown_person", {**done, "person_id": "nobody"})


@office_scene("open_post")
async def open_post(office: Office) -> Scene:
    return await scene(office, post(await somebody(office, "with-post")), "post_exists")


@office_scene("confirm_post")
async def confirm_post(office: Office) -> Scene:
    done = {"kind": "confirm_post", "request": await requested(office, "confirmed")}
    return await scene(office, done, "no_such_request", who=SECOND)


@office_scene("decline_post")
async def decline_post(office: Office) -> Scene:
    done = {"kind": "decline_post", "request": await requested(office, "declined"), "text": "不妥"}
    return await scene(office, done, "no_such_request", who=SECOND)


@office_scene("change_post")
async def change_post(office: Office) -> Scene:
    done = {"kind": "change_post", "post_id": await clerk(office, "until"), "valid_until": FAR}
    return await scene(office, done, "unknown_post", {**done, "post_id": "nowhere"})


@office_scene("end_post")
async def end_post(office: Office) -> Scene:
    done = {"kind": "end_post", "post_id": await clerk(office, "ending")}
    return await scene(office, done, "post_ended")


@office_scene("name_stand_in")
async def name_stand_in(office: Office) -> Scene:
    stand_in = await somebody(office, "stand-in")
    done = {"kind": "name_stand_in", "post_id": await clerk(office, "stood-for")}
    return await scene(office, {**done, "person_id": stand_in}, "nothing_changes")


@office_scene("record_absence")
async def record_absence(office: Office) -> Scene:
    done = {"kind": "record_absence", "post_id": await clerk(office, "away"), "until": FAR}
    return await scene(office, done, "absent_already")


@office_scene("cancel_absence")
async def cancel_absence(office: Office) -> Scene:
    away = await clerk(office, "back-early")
    await told(office, kind="record_absence", post_id=away, until=FAR)
    return await scene(office, {"kind": "cancel_absence", "post_id": away}, "not_absent")


@office_scene("leave")
async def leave(office: Office) -> Scene:
    await clerk(office, "leaving")
    return await scene(office, {"kind": "leave", "person_id": "leaving"}, "no_post_to_leave")


@office_scene("assign_duty")
async def assign_duty(office: Office) -> Scene:
    done = {"kind": "assign_duty", "channel": "kiosk", "post_id": await clerk(office, "on-duty")}
    return await scene(office, done, "nothing_changes")


# -- catalogue, calendar, policy -----------------------------------------------


@office_scene("add_item")
async def add_item(office: Office) -> Scene:
    return await scene(office, item("c90-01"), "item_exists")


@office_scene("change_item")
async def change_item(office: Office) -> Scene:
    await told(office, **item("c90-02"))
    done = item("c90-02", kind="change_item", name="改名的事")
    return await scene(office, done, "unknown_item", item("c90-99", kind="change_item"))


@office_scene("retire_item")
async def retire_item(office: Office) -> Scene:
    await told(office, **item("c90-03"))
    return await scene(office, {"kind": "retire_item", "item_id": "c90-03"}, "item_retired")


@office_scene("publish_year")
async def publish_year(office: Office) -> Scene:
    off = {"first": "2031-10-01", "last": "2031-10-07", "name": "国庆节"}
    done = {"kind": "publish_year", "year": 2031, "source": "通知", "holidays": [off]}
    backwards = {**off, "first": off["last"], "last": off["first"]}
    wrong = {**done, "holidays": [backwards]}
    return await scene(office, done, "not_a_holiday_of_the_year", wrong)


@office_scene("publish_policy")
async def publish_policy(office: Office) -> Scene:
    text = POLICY.read_text(encoding="utf-8").replace('version = "1"', 'version = "2031"')
    done = {"kind": "publish_policy", "document": text, "effective_from": FAR}
    return await scene(office, done, "policy_unreadable", {**done, "document": "version = 1"})


@office_scene("cancel_change")
async def cancel_change(office: Office) -> Scene:
    late = {"person_id": "planned", "name": "新人", "login": "planned", "effective_from": FAR}
    planned = await told(office, kind="add_person", **late)
    done = {"kind": "cancel_change", "change": planned["version"]}
    return await scene(office, done, "no_such_planned_change")
