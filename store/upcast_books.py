"""Older documents of the book, completed with what they were written before. Nothing is changed.

Chapters came after the first policies were published; a case opened under one of those goes by the
rulebook's default numbers for the chapters its policy does not speak of.
"""

from collections.abc import Callable, Mapping
from typing import Any

Body = Mapping[str, Any]


def _span(text: str) -> dict[str, Any]:
    amount, unit = text.split(" ")
    return {"amount": int(amount), "unit": unit}


def _formula(full: int, target: int, k: int, floor: int) -> dict[str, int]:
    """Points and percent in whole numbers, `k` and `floor` in hundredths; all are stored so."""
    return {"full": full * 100, "k": k, "target": target * 100, "floor": floor}


_PLAIN = (
    *("acceptance", "promise", "follow_up", "returns", "reopenings", "recurrences"),
    *("red_cards", "report_in", "help"),
)

POLICY_BEFORE_CHAPTERS: Body = {
    "shelve_review": _span("30 days"),
    "follow_up": _span("2 working_days"),
    "duplicates": {"metres": 200, "days": 30, "mass_residents": 5},
    "returns": {
        "window": {
            "grid": _span("2 working_hours"),
            "community": _span("2 working_hours"),
            "street": _span("1 working_days"),
            "department": _span("2 working_days"),
        },
        "allowed": 2,
    },
    "decisions": {
        "decline_review": _span("1 working_days"),
        "withdrawal": _span("1 working_days"),
        "verification": _span("3 working_days"),
        "adjudication": _span("1 working_days"),
        "shelving": _span("1 working_days"),
        "review": _span("1 working_days"),
        "reconsideration": _span("3 working_days"),
        "appeal": _span("5 working_days"),
        "admission": _span("5 working_days"),
        "erasure": _span("5 working_days"),
    },
    "admission_reminder": _span("30 days"),
    "visit_recorded_within": _span("7 days"),
    "whistle": {"report_in": _span("4 working_hours"), "urgent": _span("30 minutes")},
    "mediation": {
        "consent": _span("5 days"),
        "limit": _span("30 days"),
        "confirm": _span("5 days"),
        "court": _span("30 days"),
    },
    "deliberation": {"quorum": [2, 3], "majority": [1, 2], "publication": _span("5 days")},
    "redress": {
        "rectify": _span("15 working_days"),
        "recurrence": _span("30 days"),
        "reconsider_within": _span("15 days"),
        "appeal_within": _span("15 days"),
    },
    "office": {
        "confirm": _span("3 working_days"),
        "calendar_days": 60,
        "calendar_again": _span("7 days"),
    },
    "keeping": {
        "cases": 1825,
        "referred": 1095,
        "sessions": 30,
        "failures": 90,
        "messages": 365,
        "inbox": 730,
        "carry_out": _span("1 days"),
    },
    "scores": {
        "formulas": {
            **{m: _formula(10, 100, 100, 0) for m in _PLAIN},
            "handling": _formula(20, 100, 100, 0),
            "response": _formula(25, 100, 100, 0),
            "resolution": _formula(25, 98, 50, 1250),
            "satisfaction": _formula(25, 95, 50, 1250),
            "yellow_cards": _formula(10, 100, 50, 0),
        },
        "weights": {
            "acceptance": 10,
            "handling": 15,
            "response": 20,
            "resolution": 25,
            "satisfaction": 25,
            "follow_up": 5,
        },
        "minimum": 30,
        "helper_share": 20,
        "confidence": 95,
        "rank_by": "satisfaction",
    },
    "reports": {"after_days": 8, "down_to": "community", "catch_up": 12},
}


def _policy(body: Body) -> Body:
    decisions = {**POLICY_BEFORE_CHAPTERS["decisions"], **body.get("decisions", {})}
    return {**POLICY_BEFORE_CHAPTERS, **body, "decisions": decisions}


UPCASTERS: Mapping[str, Callable[[Body], Body]] = {"policy": _policy}
"""Kind of document → what completes an older one."""


def completed(kind: str, body: Body) -> Body:
    """The document as today's reader wants it."""
    upcast = UPCASTERS.get(kind)
    return body if upcast is None else upcast(body)
