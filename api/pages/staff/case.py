"""The page of one case: how it stands, what may be done now, its clocks, its timeline."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Response

from api.identity import CaseId
from api.pages.client import Said
from api.pages.forms.kinds import CASE
from api.pages.forms.shapes import shapes
from api.pages.page import Visit

router = APIRouter(include_in_schema=False)
EVENTS = 80
SEGMENTS = 20
STOPPED = 40
STRETCHES = 300
"""Lines of a list on one page: with all of them the longest case stays small."""
By = Literal["", "people", "system"]
Json = Mapping[str, Any]


def _at_once(kind: str) -> bool:
    """Whether there is nothing to fill in."""
    return all(shape.kind in {"fixed", "version"} for shape in shapes(CASE[kind]))


AT_ONCE = frozenset(kind for kind in CASE if _at_once(kind))


@router.get("/desk/cases/{case_id}")
async def case(
    page: Visit,
    case_id: CaseId,
    by: By = "",
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """One case as staff see it, with the last part of its timeline."""
    path = f"/cases/{case_id}"
    found, clocks, timeline, actions, _ = await asyncio.gather(
        page.api.get(path),
        page.api.get(f"{path}/clocks"),
        page.api.get(f"{path}/timeline", by=by, before=before, size=EVENTS + 1),
        page.api.get(f"{path}/actions"),
        page.me(),
    )
    events = timeline["events"]
    return await page.show(
        "staff/case.html",
        case=found,
        **_actions(actions["actions"]),
        **_clocks(clocks["clocks"], events),
        **_timeline(case_id, events, by, before),
        at_once=AT_ONCE,
        party=_parties(found),
        SEGMENTS=SEGMENTS,
        STOPPED=STOPPED,
    )


def _actions(actions: Iterable[Json]) -> dict[str, Any]:
    """What can be done by group, the next sensible thing first; and what cannot."""
    groups: dict[str, dict[str, Any]] = {}
    cannot = []
    for action in actions:
        if not action["possible"]:
            cannot.append(action)
            continue
        code, label = ("", "") if action["primary"] else (action["group"], action["group_label"])
        groups.setdefault(code, {"label": label, "actions": []})["actions"].append(action)
    ordered = sorted(cannot, key=lambda action: action["forbidden"])
    return {"can": list(groups.values()), "cannot": ordered}


def _clocks(clocks: Iterable[Json], events: Iterable[Json]) -> dict[str, Any]:
    """Those that run, what is due first on top; those that stopped; and why one stands still."""
    running = [clock for clock in clocks if clock["stopped_at"] is None]
    running.sort(key=lambda clock: clock["due_at"] or "9")
    held = [event["words"] for event in events if event["kind"] == "case.suspended"]
    return {
        "running": running,
        "stopped": [clock for clock in clocks if clock["stopped_at"] is not None],
        "paused_why": held[-1] if held else "",
    }


def _timeline(case_id: str, events: list[Json], by: str, before: int | None) -> dict[str, Any]:
    shown = events[-EVENTS:]
    here = f"/desk/cases/{case_id}"
    kept = {"by": by} if by else {}
    more = {**kept, "before": shown[0]["version"]} if len(events) > EVENTS else {}
    latest = f"{here}?{urlencode(kept)}" if kept else here
    return {
        "events": shown,
        "by": by,
        "earlier": f"{here}?{urlencode(more)}" if more else "",
        "later": latest if before is not None else "",
    }


def _parties(case: Json) -> Callable[[str], str]:
    """What a party is called, by the name a dispute knows it by."""
    others = {f"party-{n}": party["name"] for n, party in enumerate(case["parties"], start=1)}
    names = {"reporter": case["reporter"]["name"], **others}
    return lambda subject: names.get(subject) or subject


@router.post("/desk/cases/{case_id}/reveal")
async def reveal(page: Visit, case_id: CaseId) -> Response:
    """Personal data, shown in this answer alone, with the reason on record."""
    sent = await page.form()
    body = {"kind": "reveal", "reason": str(sent.get("reason", ""))}
    try:
        reply = await page.send(f"/cases/{case_id}/commands", body, sent)
    except Said as no:
        if no.status in {401, 404}:
            raise
        typed = body["reason"][:4000]
        return await page.show(
            "staff/reveal.html", no.status, case_id=case_id, reason=typed, fault=no.code
        )
    if reply.pending:
        return page.go(f"/desk/cases/{case_id}", "sent")
    return await page.show("staff/revealed.html", case=reply.body["case"])


@router.get("/desk/cases/{case_id}/clocks/{clock_id}")
async def clock(
    page: Visit,
    case_id: CaseId,
    clock_id: Annotated[str, Path(max_length=100)],
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Everything one clock counted and did not, and why."""
    clocks = (await page.api.get(f"/cases/{case_id}/clocks"))["clocks"]
    found = next((each for each in clocks if each["clock_id"] == clock_id), None)
    if found is None:
        raise Said(404, {"code": "clock_not_found"})
    shown = found["segments"][after : after + STRETCHES]
    more = f"?after={after + STRETCHES}" if len(found["segments"]) > after + STRETCHES else ""
    return await page.show("staff/clock.html", case_id=case_id, clock=found, shown=shown, more=more)
