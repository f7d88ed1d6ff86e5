"""A small town in code: the book every domain test decides by. Nothing here is read from files.

East district holds Bridge street (Orchard and Spring communities) and Hills township (Stone
village); departments hang on the district and the city.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.admitted import Admitted
from domain.book import Book, Neighbour
from domain.calendar import Calendar, Holiday, Hours, Schedule, Year
from domain.catalogue import Catalogue, Item
from domain.organisation import Organisation, Partner, Person, Post, Ring, Unit
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
from domain.uploads import Content, Upload
from domain.words import (
    Belonging,
    CaseType,
    Channel,
    DeadlineClass,
    Role,
    Stage,
    SuspensionGround,
    UnitKind,
    Urgency,
)
from domain.words.files import Bringer

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    """An instant from the town's wall clock: ``"03-02 09:00"`` (2026) or with a year before it."""
    if len(text.split(" ", maxsplit=1)[0]) == len("03-02"):
        text = f"2026-{text}"
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def said(instant: datetime) -> str:
    """The same, the other way round, so that failures read like the town's clock."""
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")


# -- calendar ----------------------------------------------------------------


def hours(*spells: str) -> Hours:
    """``"09:00-12:00"`` as seconds since midnight."""

    def seconds(text: str) -> int:
        return int(text[:2]) * 3600 + int(text[3:]) * 60

    return tuple((seconds(s[:5]), seconds(s[6:])) for s in spells)


OFFICE = hours("09:00-12:00", "13:30-17:30")
VILLAGE = hours("08:30-12:00", "14:00-17:30")


def schedule(unit_id: str, open_hours: Hours, *, observes: bool = True) -> Schedule:
    """Monday to Friday, closed at the weekend."""
    week = (open_hours,) * 5 + ((), ())
    return Schedule(
        unit_id=unit_id, timezone="Asia/Shanghai", week=week, make_up=open_hours, observes=observes
    )


def days(name: str, first: str, last: str) -> tuple[Holiday, ...]:
    """A holiday from its first to its last day."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    span = range((end - start).days + 1)
    return tuple(Holiday(day=start + timedelta(days=n), name=name) for n in span)


def make_up(*found: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in found)


YEAR_2025 = Year(
    year=2025,
    published=True,
    source="State Council notice for 2025",
    holidays=(
        *days("New Year", "2025-01-01", "2025-01-01"),
        *days("Spring Festival", "2025-01-28", "2025-02-04"),
        *days("Qingming", "2025-04-04", "2025-04-06"),
        *days("Labour Day", "2025-05-01", "2025-05-05"),
        *days("Dragon Boat", "2025-05-31", "2025-06-02"),
        *days("National Day and Mid-Autumn", "2025-10-01", "2025-10-08"),
    ),
    make_up_days=make_up("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
)
YEAR_2026 = Year(
    year=2026,
    published=True,
    source="State Council notice for 2026",
    holidays=(
        *days("New Year", "2026-01-01", "2026-01-03"),
        *days("Spring Festival", "2026-02-15", "2026-02-23"),
        *days("Qingming", "2026-04-04", "2026-04-06"),
        *days("Labour Day", "2026-05-01", "2026-05-05"),
        *days("Dragon Boat", "2026-06-19", "2026-06-21"),
        *days("Mid-Autumn", "2026-09-25", "2026-09-27"),
        *days("National Day", "2026-10-01", "2026-10-07"),
    ),
    make_up_days=make_up(
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"
    ),
)
YEAR_2027 = Year(
    year=2027,
    published=False,
    source="statutory days only; the arrangement is not announced",
    holidays=days("New Year", "2027-01-01", "2027-01-01"),
    make_up_days=(),
)


def calendar(version: str = "calendar-1", *years: Year) -> Calendar:
    """Office hours for everyone, other hours in Hills township."""
    return Calendar(
        version=version,
        schedules=(schedule("*", OFFICE), schedule("hills", VILLAGE)),
        years=years or (YEAR_2025, YEAR_2026, YEAR_2027),
    )


# -- policy ------------------------------------------------------------------


def span(text: str) -> Span:
    """``"2 working_hours"``."""
    amount, unit = text.split(" ")
    return Span(amount=int(amount), unit=unit)


POLICY = Policy(
    version="policy-1",
    accept={
        Stage.FIRST_CONTACT: span("2 working_hours"),
        Stage.GRID: span("2 working_hours"),
        Stage.COMMUNITY: span("4 working_hours"),
        Stage.STREET: span("4 working_hours"),
        Stage.DEPARTMENT: span("1 working_days"),
    },
    handle={
        Stage.FIRST_CONTACT: span("1 same_day"),
        Stage.GRID: span("1 working_days"),
        Stage.COMMUNITY: span("3 working_days"),
        Stage.STREET: span("5 working_days"),
        Stage.DEPARTMENT: span("15 working_days"),
    },
    department={
        DeadlineClass.CONSULTATION: span("3 working_days"),
        DeadlineClass.SIMPLE: span("5 working_days"),
        DeadlineClass.STANDARD: span("15 working_days"),
    },
    urgent=Urgent(
        accept=span("30 minutes"),
        on_site=span("2 hours"),
        handle={
            Stage.FIRST_CONTACT: span("30 minutes"),
            Stage.GRID: span("2 hours"),
            Stage.COMMUNITY: span("4 hours"),
            Stage.STREET: span("8 hours"),
            Stage.DEPARTMENT: span("24 hours"),
        },
        resident=span("24 hours"),
    ),
    resident=span("15 working_days"),
    suspension={
        SuspensionGround.AWAITING_RESIDENT: span("5 working_days"),
        SuspensionGround.EXPERT_APPRAISAL: span("20 working_days"),
        SuspensionGround.LEGAL_PROCEDURE: span("60 working_days"),
        SuspensionGround.WEATHER_OR_DISASTER: span("5 working_days"),
        SuspensionGround.DELIBERATION: span("15 working_days"),
        SuspensionGround.MEDIATION: span("30 days"),
    },
    extension_percent=50,
    extension_decision=span("1 working_days"),
    half_percent=50,
    late_percent=80,
    yellow_before=span("1 working_days"),
    supervision_answer=span("2 working_days"),
    supervision_review=span("5 working_days"),
    ask_again=span("3 days"),
    unrated_after=span("7 days"),
    follow_up=span("2 working_days"),
    remind_interval=span("1 working_days"),
    households=(200, 800),
    shelve_review=span("30 days"),
    duplicates=Duplicates(metres=200, days=30, mass_residents=5),
    returns=Returns(
        window={
            Stage.GRID: span("2 working_hours"),
            Stage.COMMUNITY: span("2 working_hours"),
            Stage.STREET: span("1 working_days"),
            Stage.DEPARTMENT: span("2 working_days"),
        },
        allowed=2,
    ),
    decisions=Decisions(
        decline_review=span("1 working_days"),
        withdrawal=span("1 working_days"),
        verification=span("3 working_days"),
        adjudication=span("1 working_days"),
        shelving=span("1 working_days"),
        review=span("1 working_days"),
        reconsideration=span("3 working_days"),
        appeal=span("5 working_days"),
        admission=span("5 working_days"),
        erasure=span("5 working_days"),
    ),
    admission_reminder=span("30 days"),
    visit_recorded_within=span("7 days"),
    whistle=Whistle(report_in=span("4 working_hours"), urgent=span("30 minutes")),
    mediation=Mediation(
        consent=span("5 days"),
        limit=span("30 days"),
        confirm=span("5 days"),
        court=span("30 days"),
    ),
    deliberation=Deliberation(quorum=(2, 3), majority=(1, 2), publication=span("5 days")),
    office=Administration(
        confirm=span("3 working_days"), calendar_days=60, calendar_again=span("7 days")
    ),
    keeping=Keeping(
        cases=1825,
        referred=1095,
        sessions=30,
        failures=90,
        messages=365,
        inbox=730,
        carry_out=span("1 days"),
    ),
    redress=Redress(
        rectify=span("15 working_days"),
        recurrence=span("30 days"),
        reconsider_within=span("15 days"),
        appeal_within=span("15 days"),
    ),
    scores=Scores(
        formulas={
            Measure.ACCEPTANCE: Formula(full=1000, k=100, target=10_000, floor=0),
            Measure.HANDLING: Formula(full=2000, k=100, target=10_000, floor=0),
            Measure.RESPONSE: Formula(full=2500, k=100, target=10_000, floor=0),
            Measure.RESOLUTION: Formula(full=2500, k=50, target=9800, floor=1250),
            Measure.SATISFACTION: Formula(full=2500, k=50, target=9500, floor=1250),
        },
        weights={
            Measure.ACCEPTANCE: 10,
            Measure.HANDLING: 20,
            Measure.RESPONSE: 20,
            Measure.RESOLUTION: 25,
            Measure.SATISFACTION: 25,
        },
        minimum=5,
        helper_share=20,
        confidence=95,
        rank_by=Measure.SATISFACTION,
    ),
    reports=Reports(after_days=8, down_to="community", catch_up=12),
)
NO_CLOCKS = replace(POLICY, version="policy-bare", accept={}, handle={}, department={})
"""A policy that sets no acceptance and no handling clock."""


# -- catalogue ---------------------------------------------------------------


def item(
    item_id: str,
    department_id: str,
    *,
    first_rung: Stage = Stage.GRID,
    deadline: DeadlineClass = DeadlineClass.STANDARD,
    evidence: bool = False,
    skips_rungs: bool = False,
) -> Item:
    return Item(
        item_id=item_id,
        class_id="town",
        class_name="Town matters",
        name=item_id,
        belonging=Belonging.COMMUNITY_ASSISTS,
        owner_level=Stage.DEPARTMENT,
        department_id=department_id,
        first_rung=first_rung,
        deadline=deadline,
        evidence=evidence,
        skips_rungs=skips_rungs,
    )


ITEMS = (
    item("noise", "works"),
    item("lamp", "works", deadline=DeadlineClass.SIMPLE, evidence=True),
    item("stairs", "works", first_rung=Stage.COMMUNITY),
    item("road", "works", first_rung=Stage.STREET),
    item("bill", "water", first_rung=Stage.DEPARTMENT, deadline=DeadlineClass.CONSULTATION),
    item("leak", "water"),
    item("burst", "water", deadline=DeadlineClass.URGENT),
    item("crack", "works", skips_rungs=True),
    item("tree", "parks", first_rung=Stage.DEPARTMENT),
    item("fire-break", "forestry"),
    item("forest", "forestry", first_rung=Stage.DEPARTMENT),
    item("counter", "works", first_rung=Stage.FIRST_CONTACT),
)


# -- organisation ------------------------------------------------------------


def unit(unit_id: str, kind: UnitKind, parent_id: str | None, setting: str = "urban") -> Unit:
    level = 1 if kind is UnitKind.GRID else None
    return Unit(
        unit_id=unit_id,
        kind=kind,
        parent_id=parent_id,
        name=unit_id,
        setting=setting,
        level=level,
        households=300 if level else None,
    )


UNITS = (
    unit("city", UnitKind.CITY, None),
    unit("east", UnitKind.DISTRICT, "city"),
    unit("bridge", UnitKind.STREET, "east"),
    unit("hills", UnitKind.TOWNSHIP, "east", "rural"),
    unit("orchard", UnitKind.COMMUNITY, "bridge"),
    unit("spring", UnitKind.COMMUNITY, "bridge"),
    unit("stone", UnitKind.VILLAGE, "hills", "rural"),
    unit("orchard-1", UnitKind.GRID, "orchard"),
    unit("orchard-2", UnitKind.GRID, "orchard"),
    unit("stone-1", UnitKind.GRID, "stone", "rural"),
    unit("water", UnitKind.DEPARTMENT, "east"),
    unit("works", UnitKind.DEPARTMENT, "city"),
    unit("parks", UnitKind.DEPARTMENT, "east"),
    unit("forestry", UnitKind.DEPARTMENT, "east"),
)
START = local("2025-01-01 00:00")
AWAY = (local("03-09 00:00"), local("03-14 00:00"))
"""The week in which Gao, grid worker of Orchard-1, is away and Gan stands in."""


def post(
    post_id: str,
    person_id: str,
    role: Role,
    unit_id: str,
    *,
    until: str | None = None,
    stand_in: str | None = None,
    absences: tuple[tuple[datetime, datetime], ...] = (),
    mediates_as: str | None = None,
) -> Post:
    return Post(
        post_id=post_id,
        person_id=person_id,
        role=role,
        unit_id=unit_id,
        valid_from=START,
        valid_until=None if until is None else local(until),
        stand_in=stand_in,
        absences=absences,
        mediator_kind=mediates_as,
    )


POSTS = (
    post("clerk-bridge", "mei", Role.FIRST_CONTACT_CLERK, "bridge"),
    post("clerk-bridge-2", "bo", Role.FIRST_CONTACT_CLERK, "bridge"),
    post("clerk-city", "hu", Role.FIRST_CONTACT_CLERK, "city"),
    post("clerk-gone", "kong", Role.FIRST_CONTACT_CLERK, "bridge", until="01-01 00:00"),
    post("grid-1", "gao", Role.GRID_WORKER, "orchard-1", stand_in="gan", absences=(AWAY,)),
    post("grid-1b", "guo", Role.GRID_WORKER, "orchard-1"),
    post("grid-2", "gone", Role.GRID_WORKER, "orchard-2", until="01-01 00:00"),
    post("grid-stone", "gu", Role.GRID_WORKER, "stone-1"),
    post("community-orchard", "cao", Role.COMMUNITY_WORKER, "orchard"),
    post("community-stone", "cui", Role.COMMUNITY_WORKER, "stone"),
    post("street-bridge", "su", Role.STREET_COORDINATOR, "bridge"),
    post("street-hills", "sun", Role.STREET_COORDINATOR, "hills"),
    post("water-1", "wei", Role.DEPARTMENT_HANDLER, "water"),
    post("works-1", "wang", Role.DEPARTMENT_HANDLER, "works"),
    post("works-2", "wen", Role.DEPARTMENT_HANDLER, "works"),
    post("parks-head", "pan", Role.SUPERVISOR, "parks"),
    post("supervisor-bridge", "xu", Role.SUPERVISOR, "bridge"),
    post("supervisor-east", "xie", Role.SUPERVISOR, "east"),
    post("supervisor-city", "xia", Role.SUPERVISOR, "city"),
    post("mediator-east", "ma", Role.MEDIATOR, "east"),
    post("mediator-orchard", "mo", Role.MEDIATOR, "orchard", mediates_as="party_veteran"),
    post("mediator-orchard-2", "min", Role.MEDIATOR, "orchard", mediates_as="teacher"),
    post("mediator-bridge", "mu", Role.MEDIATOR, "bridge", mediates_as="lawyer"),
    post("mediator-hills", "mai", Role.MEDIATOR, "hills", mediates_as="police_officer"),
    post("administrator-east", "an", Role.ADMINISTRATOR, "east"),
    post("auditor-city", "ao", Role.AUDITOR, "city"),
    post("privacy-east", "po", Role.DATA_PROTECTION, "east"),
    post("privacy-city", "pia", Role.DATA_PROTECTION, "city"),
)


def square(longitude: int, latitude: int, side: int = 10_000) -> Ring:
    """A border by its south-west corner."""
    east, north = longitude + side, latitude + side
    return ((longitude, latitude), (east, latitude), (east, north), (longitude, north))


BORDERS: Mapping[str, Ring] = {
    "orchard-1": square(120_000_000, 30_000_000),
    "orchard-2": square(120_010_000, 30_000_000),
    "stone-1": square(120_500_000, 30_500_000),
}
IN_ORCHARD_1 = (120_005_000, 30_005_000)
IN_ORCHARD_2 = (120_015_000, 30_005_000)
IN_STONE_1 = (120_505_000, 30_505_000)
NOWHERE = (121_000_000, 31_000_000)


PARTNERS = (
    Partner(
        partner_id="keeper",
        kind="property_company",
        name="Orchard Keepers",
        unit_id="orchard",
        contact="19900008001",
    ),
    Partner(
        partner_id="helpers",
        kind="volunteer_team",
        name="Stone Helpers",
        unit_id="stone",
        contact="19900008002",
    ),
)


def organisation(
    version: str = "organisation-1",
    *,
    posts: Iterable[Post] = POSTS,
    units: Iterable[Unit] = UNITS,
    borders: Mapping[str, Ring] = BORDERS,
) -> Organisation:
    found = {p.post_id: p for p in posts}
    known = {u.unit_id: u for u in units}
    people = {p.person_id for p in found.values()}
    return Organisation(
        version=version,
        units=known,
        people={p: Person(person_id=p, name=p.title(), login=p) for p in people},
        posts=found,
        duty={
            Channel.WEB: "clerk-bridge",
            Channel.APP: "clerk-city",
            Channel.KIOSK: "clerk-gone",
        },
        borders={grid: ring for grid, ring in borders.items() if grid in known},
        partners=PARTNERS,
    )


LEAD = Neighbour(
    case_id="SW-LEAD",
    case_type=CaseType.REQUEST,
    urgency=Urgency.EMERGENCY,
    open=True,
    resolved=False,
    lookup="",
    unit_id="orchard-1",
    item_id="noise",
    class_id="town",
    area="orchard-1",
    point=None,
    resolved_at=None,
    ended_at=None,
)
"""Another case that everybody has in sight, and into which any may be merged."""
EARLIER = replace(
    LEAD,
    case_id="case-0",
    urgency=Urgency.NORMAL,
    open=False,
    resolved=True,
    resolved_at=local("02-20 16:00"),
    ended_at=local("02-21 16:00"),
)
"""A case that was resolved before."""
LATER = replace(LEAD, case_id="case-2", urgency=Urgency.NORMAL)
"""One that was reported since."""


def town(
    *,
    posts: Iterable[Post] = POSTS,
    units: Iterable[Unit] = UNITS,
    policy: Policy = POLICY,
    days_of: Calendar | None = None,
    load: Mapping[str, int] | None = None,
    items: Iterable[Item] = ITEMS,
    admissions: tuple[Admitted, ...] = (),
) -> Book:
    """The book of the town, with what a test wants different."""
    return Book(
        organisation=organisation(posts=posts, units=units),
        catalogue=Catalogue(version="catalogue-1", items={i.item_id: i for i in items}),
        calendar=days_of or calendar(),
        policies={POLICY.version: POLICY, NO_CLOCKS.version: NO_CLOCKS, policy.version: policy},
        policy=policy.version,
        load=load or {},
        admissions=admissions,
        neighbours={near.case_id: near for near in (LEAD, EARLIER, LATER)},
        visits={"visit-1": "mei"},
    )


def without(*post_ids: str) -> tuple[Post, ...]:
    """Every post but these."""
    return tuple(p for p in POSTS if p.post_id not in post_ids)


ROADS = Admitted(
    admission_id="admission-roads",
    item_id="road",
    units=("bridge",),
    valid_from=START,
    ends_at=local("2027-01-01 00:00"),
    yearly=1_000_000,
)
"""Bridge street may hand road matters down to its communities, with ten thousand yuan a year."""
PHOTO, THEIR_PHOTO = f"file-{'p' * 28}", f"file-{'q' * 28}"
PICTURE = Content(
    address="ad" * 32,
    media="image/jpeg",
    size=1000,
    width=40,
    height=30,
    digest="金丝雀",
    opener="金丝雀",
    small="5a" * 32,
    small_opener="金丝雀",
)
UPLOADS = (
    Upload(file=PHOTO, bringer=Bringer.STAFF, person_id="gao", content=PICTURE),
    Upload(
        file=THEIR_PHOTO,
        bringer=Bringer.RESIDENT,
        case_id="SW-2",
        subject="reporter",
        content=PICTURE,
    ),
)
"""Gao's photo, and one that the resident of another case brought there."""
TOWN = replace(town(admissions=(ROADS,)), uploads={upload.file: upload for upload in UPLOADS})
OFFICE_TIME = TOWN.working_time("bridge")
