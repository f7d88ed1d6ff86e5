"""What a form offers that is not in the body: units, people, catalogue items, open questions, a
map. Whoever draws the page brings it. No words of ours, no query.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.drawing.frame import Frame, Point

THINGS: Mapping[str, str] = {
    **dict.fromkeys(("unit_id", "units", "parent_id", "department_id"), "units"),
    "CloseUnitBody.successor": "units",
    "EndPostBody.successor": "posts",
    "SuccessionBody.successor": "posts",
    **dict.fromkeys(("post_id", "posts"), "posts"),
    **dict.fromkeys(("person_id", "stand_in"), "people"),
    "partner_id": "partners",
    "item_id": "items",
    "summons_id": "helpers",
    "objection_id": "objections",
    "duty_id": "duties",
    **dict.fromkeys(("subject", "subjects", "owes"), "parties"),
    "mediators": "mediators",
    "seat": "mediators",
    "draft": "drafts",
    "request": "requests",
    "change": "changes",
    "lead_id": "cases",
    "earlier": "cases",
    "case_id": "cases",
    "visit_id": "visits",
    "DeclareRelationBody.about": "related",
    "AppealBody.about": "charges",
    "DecideAppealBody.about": "charges",
    "ReconsiderBody.about": "ratings",
}
"""What a field asks for one of: a choice of units serves every field that wants a unit."""

FINGERTIP = 10
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is sent, and what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A map to click on: where the image is, and the window that it shows. `near` are points that a
    click close by means.
    """

    address: str
    frame: Frame
    near: Sequence[Point] = ()

    def degrees(self, x: int, y: int) -> tuple[float, float]:
        """Longitude and latitude of a click, to the millionth; outside counts as on the edge."""
        inside = min(x, self.frame.width - 1), min(y, self.frame.height - 1)
        longitude, latitude = self.frame.clicked(*inside)
        return round(longitude, 6), round(latitude, 6)

    def corner(self, x: int, y: int) -> Point:
        """The same, or the nearest point that is closer to it than a fingertip."""
        clicked = self.degrees(x, y)
        close = {each: math.dist(self.frame.pixel(*each), (x, y)) for each in self.near}
        found = min(close, key=close.__getitem__, default=clicked)
        return found if close.get(found, math.inf) <= FINGERTIP else clicked


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`of` offers by the field's path (`calls.unit_id`), by its name, or by the thing it is
    (`units`, `posts`, `people` …: see THINGS); the nearest wins. `sought` says in the same way of
    what there is too much to list: it is typed, and a button finds it. `found` is what was found,
    by the whole path of the field.
    """

    of: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    picture: Picture | None = None
    sought: frozenset[str] = frozenset()
    found: Mapping[str, Sequence[Option]] = field(default_factory=dict)

    def offered(self, path: str, name: str, owners: Sequence[str]) -> Sequence[Option] | None:
        """What is offered at a field, its path without numbers; None where that is not known."""
        found = (self.of[key] for key in (path, name, *things(name, owners)) if key in self.of)
        return next(found, None)

    def seeks(self, path: str, name: str, owners: Sequence[str]) -> bool:
        """Whether what a field asks for is to be found by a button."""
        return not self.sought.isdisjoint((path, name, *things(name, owners)))


def things(name: str, owners: Sequence[str]) -> list[str]:
    """What a field asks for one of, by its own body before what it is called anywhere."""
    return [THINGS[key] for key in (*(f"{o}.{name}" for o in owners), name) if key in THINGS]
