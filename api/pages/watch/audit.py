"""The audit page of a case: every event with its place in the record, filtered; the case as it was
at any of them; what changed between two; who looked at personal data.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api.identity import CaseId
from api.pages.page import Page, Visit

router = APIRouter(include_in_schema=False)
PAGE = 100
"""Events shown at a time."""
FACTS = (
    *("title", "item", "stage", "phase", "unit", "handler", "officer", "department", "urgency"),
    *("due_at", "overdue", "breaches", "round", "closing", "closed_at"),
)
"""What of a case is compared between two moments, in the order in which it is shown."""
Version = Annotated[int | None, Query(ge=1, le=1_000_000)]
Word = Annotated[str, Query(max_length=100)]
Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which events are shown; an empty text asks for all."""

    actor: Word = ""
    kind: Word = ""
    stage: Word = ""

    def fits(self, event: Event, stage: str) -> bool:
        """Whether an event, of that stage, is one of them."""
        wanted = ((self.actor, event["by"]["id"]), (self.kind, event["kind"]), (self.stage, stage))
        return all(asked in {"", found} for asked, found in wanted)


@router.get("/board/cases/{case_id}")
async def audit(
    page: Visit,
    case_id: CaseId,
    filters: Annotated[Filters, Depends()],
    version: Version = None,
    since: Version = None,
    first: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The case up to `version`, and with `since` what changed from there to it."""
    whole = await page.api.get(f"/cases/{case_id}/audit")
    last = len(whole["events"])
    at = min(version or last, last)
    then, before = await asyncio.gather(
        _as_of(page, whole, at), _as_of(page, whole, min(since or at, at))
    )
    stages = dict(_stages(then["events"], then["in_charge"]))
    shown = [e for e in then["events"] if filters.fits(e, stages[e["version"]])]
    return await page.show(
        "watch/audit.html",
        whole=whole,
        then=then,
        before=before,
        last=last,
        at=len(then["events"]),
        since=since,
        filters=filters,
        stages=stages,
        shown=[event for event in shown if event["version"] >= first][:PAGE],
        more=_more(shown, first),
        actors=_told(then["events"], lambda e: (e["by"]["id"], e["by"]["name"])),
        kinds=_told(then["events"], lambda e: (e["kind"], e["words"])),
        changes=list(_changes(before["case"], then["case"])),
        gaps=_gaps(whole["events"]),
    )


async def _as_of(page: Page, whole: Mapping[str, Any], version: int) -> Mapping[str, Any]:
    """The audit as it was when that event had been recorded."""
    if version == len(whole["events"]):
        return whole
    moment = whole["events"][version - 1]["recorded_at"]
    found: Mapping[str, Any] = await page.api.get(f"/cases/{whole['case_id']}/audit", as_of=moment)
    return found


def _stages(events: Sequence[Event], turns: Sequence[Event]) -> Iterable[tuple[int, str]]:
    """Of each event the stage the case stood at when it happened."""
    for event in events:
        held = [t for t in turns if t["since"] <= event["at"]]
        yield event["version"], (held or turns)[-1 if held else 0]["stage"]


def _told(events: Iterable[Event], pair: Any) -> dict[str, str]:  # noqa: ANN401 - a function
    """What can be chosen: each code once, with the words it first came with."""
    found: dict[str, str] = {}
    for event in events:
        code, words = pair(event)
        found.setdefault(code, words)
    return found


def _more(shown: Sequence[Event], first: int) -> int | None:
    later = [event["version"] for event in shown if event["version"] >= first][PAGE:]
    return later[0] if later else None


def _changes(before: Mapping[str, Any], then: Mapping[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    for name in FACTS:
        if before[name] != then[name]:
            yield name, before[name], then[name]


def _gaps(events: Sequence[Event]) -> list[int]:
    """Events that do not stand on the hash of the one before."""
    return [b["version"] for a, b in pairwise(events) if b["prev_hash"] != a["hash"]]
