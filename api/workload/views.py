"""Workload drawn: rates, addresses of lists, names. Nothing is read here."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from urllib.parse import quote, urlencode

from api import words
from api.models_named import Named
from api.words import Language
from api.words.office import ROLES
from api.words.workload import WHY
from api.workload.asking import Asked, Read
from api.workload.models import (
    GroupView,
    MissingView,
    PostLoad,
    SpeedView,
    StaffView,
    UnitLoad,
    Workload,
)
from domain.book import Book
from domain.organisation import Post
from domain.scores.exact import fixed, percent
from domain.scores.measures import Measure
from domain.scores.periods import Period
from domain.workload import loads, staff
from domain.workload.fence import FEWEST_UNITS
from domain.workload.loads import NO_LOAD, Group, Load
from domain.workload.staff import Staff
from store.chain import instant
from store.workload import NO_FLOW, Flow

MISSING = 200
"""Places named at most where people are missing."""
TENTHS = 1


def workload(of: Asked, read: Read, lang: Language) -> Workload:
    """All of it."""
    compared = loads.groups(read.loads, of.book.organisation, of.at)
    missing = [*_gaps(of, lang), *_overloaded(of, compared, lang)]
    own = loads.by_unit(read.loads)
    whole, *below = [unit_load(unit, of, read, own) for unit in of.shown]
    valid = staff.valid_posts(of.unit, of.book.organisation, of.at)
    return Workload(
        at=of.at,
        unit=whole,
        below=below,
        posts=[post_load(post, of, read, lang) for post in valid],
        elsewhere=_elsewhere(valid, of, read),
        since=str(of.weeks.first),
        until=str(of.weeks.last),
        missing=missing[:MISSING],
        found=len(missing),
        groups=[_group(each) for each in compared],
    )


# -- units -----------------------------------------------------------------------


def unit_load(unit_id: str, of: Asked, read: Read, own: Mapping[str, Load]) -> UnitLoad:
    """A unit with everything below it; `own` are the loads of units themselves."""
    organisation, at = of.book.organisation, of.at
    unit, below = organisation.units[unit_id], organisation.subtree(unit_id)
    whole = loads.total(own.get(each, NO_LOAD) for each in below)
    here = own.get(unit_id, NO_LOAD).in_charge
    people = len(staff.handlers(unit, organisation, at))
    homes = staff.households(unit_id, organisation)
    flow = {measure: read.flows.get((unit_id, measure), NO_FLOW) for measure in Measure}
    return UnitLoad(
        unit=Named(id=unit_id, name=unit.name),
        kind=unit.kind,
        setting=unit.setting,
        closed=unit.closed,
        own=here,
        in_charge=whole.in_charge,
        waiting=whole.waiting,
        overdue=whole.overdue,
        follow_ups=read.owed.get((unit_id, Measure.FOLLOW_UP), NO_FLOW).unanswered,
        questions=_questions(below, read),
        households=homes,
        per_thousand_households=_per(1000 * whole.in_charge, homes),
        handlers=people,
        per_head=_per(here, people),
        staff=_staff(below, of),
        arrivals=flow[Measure.RETURNS].denominator,
        settlements=flow[Measure.REOPENINGS].denominator,
        acceptance=_speed(flow[Measure.ACCEPTANCE]),
        handling=_speed(flow[Measure.HANDLING]),
        lists=_lists(unit_id, of),
    )


def _questions(below: Iterable[str], read: Read) -> int | None:
    known = read.questions
    return None if known is None else sum(known.get(unit, 0) for unit in below)


def _staff(units: Iterable[str], of: Asked) -> StaffView:
    found = sum((staff.staff(unit, of.book.organisation, of.at) for unit in units), Staff())
    return StaffView(
        posts=found.posts,
        present=found.present,
        standing_in=found.standing_in,
        vacant=found.vacant,
    )


def _speed(flow: Flow) -> SpeedView:
    broken = flow.denominator - flow.numerator
    share = percent(100 * Fraction(broken, flow.denominator)) if flow.denominator else None
    return SpeedView(broken=broken, decided=flow.denominator, percent=share)


def _per(number: int, many: int | None) -> str | None:
    return fixed(Fraction(number, many), TENTHS) if many else None


# -- posts -----------------------------------------------------------------------


def post_load(post: Post, of: Asked, read: Read, lang: Language) -> PostLoad:
    """A post and what is with it; the calls are those its holder owes, or who stands in."""
    acting = post.holder(of.at)
    person = acting or post.person_id
    load = read.loads.get((of.unit, post.post_id), NO_LOAD)
    return PostLoad(
        post_id=post.post_id,
        role=post.role,
        words=words.say(ROLES, post.role, lang),
        holder=_person(post.person_id, of.book),
        acting=_person(acting, of.book) if acting else None,
        in_charge=load.in_charge,
        waiting=load.waiting,
        overdue=load.overdue,
        follow_ups=read.follow_ups.get(person, 0),
        lists=_cases(of, {"unit": of.unit, "post": post.post_id}),
    )


def _elsewhere(valid: Iterable[Post], of: Asked, read: Read) -> int:
    here = {post.post_id for post in valid}
    return sum(
        load.in_charge
        for (unit, post_id), load in read.loads.items()
        if unit == of.unit and post_id not in here
    )


def _person(person_id: str, book: Book) -> Named:
    return Named(id=person_id, name=words.person_name(person_id, book.organisation))


# -- addresses -------------------------------------------------------------------


def _lists(unit_id: str, of: Asked) -> dict[str, str]:
    path = f"/api/v1/scores/units/{quote(unit_id, safe='')}/events"
    more = {"scope": "area", **_then(of)}

    def events(period: Period, measure: Measure, part: str) -> str:
        asked = {"period": period.name, "measure": measure.value, "part": part, **more}
        return f"{path}?{urlencode(asked)}"

    found = {
        **_cases(of, {"unit": unit_id}),
        "follow_ups": events(of.owed, Measure.FOLLOW_UP, "unanswered"),
        "arrivals": events(of.weeks, Measure.RETURNS, "denominator"),
        "settlements": events(of.weeks, Measure.REOPENINGS, "denominator"),
        "acceptance": events(of.weeks, Measure.ACCEPTANCE, "denominator"),
        "handling": events(of.weeks, Measure.HANDLING, "denominator"),
    }
    if not of.past:
        found["questions"] = f"/api/v1/questions?{urlencode({'unit': unit_id})}"
    return found


def _cases(of: Asked, asked: dict[str, str]) -> dict[str, str]:
    def listed(**more: str) -> str:
        return f"/api/v1/cases?{urlencode({**asked, **more, **_then(of)})}"

    return {
        "in_charge": listed(open="true"),
        "waiting": listed(phase="awaiting_acceptance"),
        "overdue": listed(overdue="true"),
    }


def _then(of: Asked) -> dict[str, str]:
    return {"as_of": instant(of.at)} if of.past else {}


# -- missing ---------------------------------------------------------------------


def _gaps(of: Asked, lang: Language) -> list[MissingView]:
    organisation = of.book.organisation
    gaps = (
        gap
        for unit in sorted(organisation.subtree(of.unit))
        for gap in staff.gaps(unit, organisation, of.at)
    )
    return [
        MissingView(
            unit=_named(gap.unit_id, of.book),
            why=gap.lack,
            words=words.say(WHY, gap.lack, lang),
            role=gap.role,
            role_words=words.say(ROLES, gap.role, lang),
            since=gap.since,
        )
        for gap in gaps
    ]


def _overloaded(of: Asked, compared: Iterable[Group], lang: Language) -> list[MissingView]:
    here = set(of.book.organisation.subtree(of.unit))
    return [
        MissingView(
            unit=_named(unit, of.book),
            why="overloaded",
            words=words.say(WHY, "overloaded", lang),
            per_head=fixed(group.loads[unit], TENTHS),
            fence=_fence(group),
            compared=group.fence.units,
        )
        for group in compared
        for unit in group.beyond
        if unit in here
    ]


def _group(group: Group) -> GroupView:
    return GroupView(
        kind=group.kind,
        setting=group.setting,
        compared=group.fence.units,
        fewest=FEWEST_UNITS,
        fence=_fence(group),
    )


def _fence(group: Group) -> str | None:
    return None if group.fence.upper is None else fixed(group.fence.upper, TENTHS)


def _named(unit_id: str, book: Book) -> Named:
    return Named(id=unit_id, name=words.unit_name(unit_id, book.organisation))
