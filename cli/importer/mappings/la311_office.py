"""The office Los Angeles' requests need: areas, councils, departments, desks, hours and policy.
Ids are made from the file's own words, so that every file gives the same ones.
"""

import re
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import lru_cache

from cli.importer.base import Addition
from domain.calendar import Hours, Schedule
from domain.catalogue import Item
from domain.organisation import Person, Post, Unit
from domain.policy import (
    Administration,
    Decisions,
    Deliberation,
    Duplicates,
    Keeping,
    Mediation,
    Policy,
    Redress,
    Returns,
    Span,
    Urgent,
    Whistle,
)
from domain.reporting import Reports
from domain.scores.measures import Measure
from domain.scores.policy import Formula, Scores
from domain.words import (
    Belonging,
    DeadlineClass,
    Role,
    Stage,
    SuspensionGround,
    UnitKind,
)

CITY = "la"
ZONE = "America/Los_Angeles"
SUPERVISOR = "la311-supervisor"
SINCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The desks stand since before the first request the city has published."""

DAY: Hours = ((8 * 3600, 17 * 3600),)
SCHEDULE = Schedule(
    unit_id=CITY,
    timezone=ZONE,
    week=(DAY, DAY, DAY, DAY, DAY, (), ()),
    make_up=DAY,
    observes=False,
)

_DAYS, _WORKING = "days", "working_days"
POLICY = Policy(
    # The city promised a day, not hours at each desk: no clock but that one runs at a stage.
    version="la311",
    accept={},
    handle={},
    department={},
    urgent=Urgent(
        accept=Span(amount=30, unit="minutes"),
        on_site=Span(amount=2, unit="hours"),
        handle={stage: Span(amount=1, unit=_DAYS) for stage in Stage},
        resident=Span(amount=1, unit=_DAYS),
    ),
    resident=None,
    suspension={ground: Span(amount=15, unit=_WORKING) for ground in SuspensionGround},
    extension_percent=50,
    extension_decision=Span(amount=1, unit=_WORKING),
    half_percent=50,
    late_percent=80,
    yellow_before=Span(amount=1, unit=_WORKING),
    supervision_answer=Span(amount=3, unit=_WORKING),
    supervision_review=Span(amount=5, unit=_WORKING),
    ask_again=Span(amount=3, unit=_DAYS),
    unrated_after=Span(amount=7, unit=_DAYS),
    follow_up=Span(amount=2, unit=_WORKING),
    remind_interval=Span(amount=1, unit=_DAYS),
    households=(0, 1_000_000),
    shelve_review=Span(amount=30, unit=_DAYS),
    admission_reminder=Span(amount=30, unit=_DAYS),
    visit_recorded_within=Span(amount=30, unit=_DAYS),
    duplicates=Duplicates(metres=200, days=30, mass_residents=5),
    returns=Returns(window={}, allowed=0),
    decisions=Decisions(**{f.name: Span(amount=5, unit=_WORKING) for f in fields(Decisions)}),
    whistle=Whistle(report_in=Span(amount=1, unit=_DAYS), urgent=Span(amount=1, unit="hours")),
    mediation=Mediation(**{f.name: Span(amount=30, unit=_DAYS) for f in fields(Mediation)}),
    deliberation=Deliberation(
        quorum=(1, 2), majority=(1, 2), publication=Span(amount=5, unit=_DAYS)
    ),
    keeping=Keeping(
        cases=1825,
        referred=1095,
        sessions=30,
        failures=90,
        messages=365,
        inbox=730,
        carry_out=Span(amount=1, unit=_DAYS),
    ),
    office=Administration(
        confirm=Span(amount=30, unit=_DAYS),
        calendar_days=60,
        calendar_again=Span(amount=30, unit=_DAYS),
    ),
    redress=Redress(**{f.name: Span(amount=30, unit=_DAYS) for f in fields(Redress)}),
    scores=Scores(
        formulas={Measure.PROMISE: Formula(full=10_000, k=100, target=10_000, floor=0)},
        weights={Measure.PROMISE: 100},
        minimum=30,
        helper_share=0,
        confidence=95,
        rank_by=Measure.PROMISE,
    ),
    reports=Reports(after_days=8, down_to="district", catch_up=1),
)


@dataclass(slots=True)
class Office:
    """Grows with every row that names somebody new; gives the id of what it names."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._unit(CITY, UnitKind.CITY, None, "City of Los Angeles")
        self._desk(SUPERVISOR, "MyLA311 · supervisor", Role.SUPERVISOR, CITY)

    def place(self, area: str, council: str, council_name: str) -> str:
        """The smallest unit known. A council that two areas share is a unit in each of them."""
        at = CITY
        if area:
            street = f"{CITY}-{_slug(area.removesuffix(' APC'))}"
            at = self._unit(street, UnitKind.STREET, at, area)
        if council:
            community = f"{at}-nc-{_slug(council)}"
            at = self._unit(community, UnitKind.COMMUNITY, at, council_name or f"NC {council}")
        return at

    def reception(self, unit_id: str) -> str:
        """The desk that receives requests from there."""
        name = f"MyLA311 · {self.units[unit_id].name}"
        return self._desk(f"la311-at-{unit_id}", name, Role.FIRST_CONTACT_CLERK, unit_id)

    def department(self, owner: str) -> str:
        """The department; its own desk comes before its yards' by name, so it receives."""
        unit_id = self._unit(f"{CITY}-dept-{_slug(owner)}", UnitKind.DEPARTMENT, CITY, owner)
        self.desk(owner, "")
        return unit_id

    def desk(self, owner: str, yard: str) -> str:
        """The desk of a department's yard, or its own."""
        unit_id = f"{CITY}-dept-{_slug(owner)}"
        desk_id = f"la311-{_slug(owner)}" + (f"-{_slug(yard)}" if yard else "")
        name = f"{owner} · {yard}" if yard else owner
        return self._desk(desk_id, name, Role.DEPARTMENT_HANDLER, unit_id)

    def item(self, matter: str, owner: str) -> str:
        """The catalogue item. One matter may belong to several departments: one item for each."""
        item_id = f"la311-{_slug(matter)}-{_slug(owner)}"
        if item_id not in self.items:
            self.items[item_id] = Item(
                item_id=item_id,
                class_id="la311",
                class_name="MyLA311",
                name=matter,
                belonging=Belonging.NOT_COMMUNITY,
                owner_level=Stage.DEPARTMENT,
                department_id=self.department(owner),
                first_rung=Stage.DEPARTMENT,
                deadline=DeadlineClass.STANDARD,
                evidence=False,
                skips_rungs=False,
            )
        return item_id

    def addition(self) -> Addition:
        """Everything named so far."""
        return Addition(
            units=self.units,
            people=self.people,
            posts=self.posts,
            items=self.items,
            schedules=(SCHEDULE,),
            policy=POLICY,
        )

    def _unit(self, unit_id: str, kind: UnitKind, parent_id: str | None, name: str) -> str:
        if unit_id not in self.units:
            self.units[unit_id] = Unit(
                unit_id=unit_id, kind=kind, parent_id=parent_id, name=name, setting="urban"
            )
        return unit_id

    def _desk(self, desk_id: str, name: str, role: Role, unit_id: str) -> str:
        """A desk is a post with a person of the same id: the file names no people."""
        if desk_id not in self.posts:
            self.people[desk_id] = Person(person_id=desk_id, name=name, login=desk_id)
            self.posts[desk_id] = Post(
                post_id=desk_id, person_id=desk_id, role=role, unit_id=unit_id, valid_from=SINCE
            )
        return desk_id


@lru_cache(maxsize=4096)
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"
