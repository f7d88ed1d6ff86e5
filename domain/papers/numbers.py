"""policy.toml: every number the rulebook leaves to the office, as domain.policy has them."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from domain.papers.findings import Findings, listed, quoted
from domain.papers.reporting import read_reports
from domain.papers.scoring import KEYS, read_scores
from domain.papers.sections import Section, Source
from domain.papers.wordings import TABLE as WORDINGS
from domain.papers.wordings import read_wordings
from domain.policy import (
    UNITS,
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
from domain.words import Basis, DeadlineClass, Stage, SuspensionGround

E = TypeVar("E", bound=StrEnum)


def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


FILE = "policy.toml"
SAME_DAY = "same_day"
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "extension": ("maximum_percent", "decide"),
    "warnings": ("half_percent", "late_percent", "yellow_before"),
    "supervision": ("answer", "review"),
    "rating": ("ask_again", "close", "follow_up"),
    "remind": ("interval",),
    "households": ("minimum", "maximum"),
    "urgent": ("accept", "on_site", *Stage, "resident"),
    "suspension": tuple(SuspensionGround),
    "duplicates": ("metres", "days", "mass_residents"),
    "returns": ("allowed",),
    "shelving": ("review",),
    "decisions": _names(Decisions),
    "admission": ("remind",),
    "visits": ("record_within",),
    "whistle": _names(Whistle),
    "mediation": _names(Mediation),
    "deliberation": _names(Deliberation),
    "redress": _names(Redress),
    "office": _names(Administration),
    "keeping": _names(Keeping),
    "scores": KEYS,
    "points": (),
    "weights": (),
    "reports": _names(Reports),
}
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "accept": tuple(Stage),
    "handle": tuple(Stage),
    "handle_department": tuple(DeadlineClass),
    "resident": ("standard",),
    "returns": tuple(Stage),
    "points": tuple(Measure),
    "weights": tuple(Measure),
}
_SPAN = re.compile(r"([0-9]{1,5}) +([a-z_]+)")
_SHARE = re.compile(r"([0-9]{1,3})/([0-9]{1,3})")
_PERCENT = range(1, 100)
_HOUSEHOLDS = range(10_000_000)
_CALENDAR_DAYS = range(1, 366)
_DAYS_KEPT = range(1, 36_501)
_FALLBACK = Span(amount=1, unit="hours")


def read_policy(source: Source, findings: Findings) -> tuple[Policy, date] | None:
    """The policy and the day it takes effect, or None where it has faults."""
    if source.data is None:
        return None
    top = source.top()
    top.only(("version", "effective_from", *SECTIONS), (*OPTIONAL, WORDINGS))
    version, effective = top.text("version"), top.day("effective_from")
    sections = {name: source.section(name) for name in (*SECTIONS, *OPTIONAL)}
    for name, section in sections.items():
        if name in source.data:
            section.only(SECTIONS.get(name, ()), OPTIONAL.get(name, ()))
    policy = replace(_policy(version, sections), wordings=read_wordings(source))
    return None if findings.spoiled(FILE) or effective is None else (policy, effective)


def _policy(version: str, of: Mapping[str, Section]) -> Policy:
    resident = of["resident"]
    half, late = _warnings(of["warnings"])
    return Policy(
        version=version,
        accept=_spans(of["accept"], Stage),
        handle=_spans(of["handle"], Stage),
        department=_spans(of["handle_department"], DeadlineClass),
        urgent=_urgent(of["urgent"]),
        resident=_span(resident, "standard") if "standard" in resident.data else None,
        suspension=_spans(of["suspension"], SuspensionGround),
        extension_percent=of["extension"].whole("maximum_percent", range(101)),
        extension_decision=_span(of["extension"], "decide"),
        half_percent=half,
        late_percent=late,
        yellow_before=_span(of["warnings"], "yellow_before"),
        supervision_answer=_span(of["supervision"], "answer"),
        supervision_review=_span(of["supervision"], "review"),
        ask_again=_span(of["rating"], "ask_again"),
        unrated_after=_span(of["rating"], "close"),
        follow_up=_span(of["rating"], "follow_up"),
        remind_interval=_span(of["remind"], "interval"),
        households=_households(of["households"]),
        shelve_review=_span(of["shelving"], "review"),
        duplicates=_duplicates(of["duplicates"]),
        returns=Returns(
            window=_spans(of["returns"], Stage), allowed=of["returns"].whole("allowed", range(11))
        ),
        decisions=Decisions(**_all_spans(of["decisions"])),
        admission_reminder=_wall(of["admission"], "remind"),
        visit_recorded_within=_span(of["visits"], "record_within"),
        whistle=Whistle(**_all_spans(of["whistle"])),
        mediation=Mediation(**_all_spans(of["mediation"])),
        deliberation=_deliberation(of["deliberation"]),
        redress=Redress(**_all_spans(of["redress"])),
        office=_office(of["office"]),
        keeping=_keeping(of["keeping"]),
        scores=read_scores(of["scores"], of["points"], of["weights"]),
        reports=read_reports(of["reports"]),
    )


def _duplicates(section: Section) -> Duplicates:
    return Duplicates(
        metres=section.whole("metres", range(1, 100_001)),
        days=section.whole("days", range(1, 1001)),
        mass_residents=section.whole("mass_residents", range(2, 10_001)),
    )


def _deliberation(section: Section) -> Deliberation:
    return Deliberation(
        quorum=_share(section, "quorum"),
        majority=_share(section, "majority"),
        publication=_span(section, "publication"),
    )


def _share(section: Section, key: str) -> tuple[int, int]:
    """A share such as "2/3", more than nothing and at most the whole."""
    value = section.data.get(key, "1/1")
    found = _SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not 0 < int(found[1]) <= int(found[2]):
        section.error(key, f'= {quoted(value)} is not a share; write it as "2/3", at most "1/1"')
        return 1, 1
    return int(found[1]), int(found[2])


def _all_spans(section: Section) -> dict[str, Span]:
    return {key: _span(section, key) for key in SECTIONS[section.name]}


def _wall(section: Section, key: str) -> Span:
    """A length of time that runs day and night: counted back from a date."""
    span = _span(section, key)
    if span.basis is not Basis.WALL:
        section.error(key, "counts working time; it is counted back from a date, so use days")
    return span


def _urgent(section: Section) -> Urgent:
    spans = {key: _span(section, key) for key in SECTIONS["urgent"]}
    for key, span in spans.items():
        if span.basis is not Basis.WALL:
            hint = "an emergency runs day and night, so use minutes, hours or days"
            section.error(key, f"counts working time; {hint}")
    return Urgent(
        accept=spans["accept"],
        on_site=spans["on_site"],
        handle={stage: spans[stage] for stage in Stage},
        resident=spans["resident"],
    )


def _warnings(section: Section) -> tuple[int, int]:
    half = section.whole("half_percent", _PERCENT)
    late = section.whole("late_percent", _PERCENT)
    if {"half_percent", "late_percent"} <= section.data.keys() and late <= half:
        section.error("late_percent", f"= {late} must be more than half_percent = {half}")
    return half, late


def _households(section: Section) -> tuple[int, int]:
    least, most = section.whole("minimum", _HOUSEHOLDS), section.whole("maximum", _HOUSEHOLDS)
    if {"minimum", "maximum"} <= section.data.keys() and most < least:
        section.error("maximum", f"= {most} is less than minimum = {least}")
    return least, most


def _office(section: Section) -> Administration:
    return Administration(
        confirm=_span(section, "confirm"),
        calendar_days=section.whole("calendar_days", _CALENDAR_DAYS),
        calendar_again=_span(section, "calendar_again"),
    )


def _keeping(section: Section) -> Keeping:
    days = {name: section.whole(name, _DAYS_KEPT) for name in _names(Keeping)[:-1]}
    return Keeping(**days, carry_out=_span(section, "carry_out"))


def _spans(section: Section, keys: type[E]) -> dict[E, Span]:
    return {key: _span(section, key) for key in keys if key in section.data}


def _span(section: Section, key: str) -> Span:
    """A length of time such as "2 working_hours"; a stand-in where it is missing or wrong."""
    value = section.data.get(key)
    if value is None:
        return _FALLBACK
    if value == SAME_DAY:
        return Span(amount=1, unit=SAME_DAY)
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    units = sorted(UNITS - {SAME_DAY})
    if found is None or found[2] not in units or int(found[1]) == 0:
        rule = f'write a number and one of {listed(units)}, or "{SAME_DAY}"'
        section.error(key, f"= {quoted(value)} is not a length of time; {rule}")
        return _FALLBACK
    span = Span(amount=int(found[1]), unit=found[2])
    if _days(span) > _MOST_DAYS:
        section.error(key, f"= {quoted(value)} is more than {_MOST_DAYS} days; make it shorter")
    return span


_MOST_DAYS = 1000
_PER_DAY: Mapping[str, int] = {"seconds": 86_400, "minutes": 1440, "hours": 24, "working_hours": 4}


def _days(span: Span) -> int:
    return span.amount // _PER_DAY.get(span.unit, 1)
