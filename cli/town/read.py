"""From town files to one town: the order of reading, and the versions of what was read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cli.town import borders, desks, responsibilities, staff, timetable, units
from cli.town.sources import read_texts
from cli.town.tables import Keyed
from domain.calendar import Calendar
from domain.catalogue import Catalogue
from domain.organisation import Organisation, Unit
from domain.papers import numbers
from domain.papers.findings import Finding, Findings
from domain.papers.sections import Source
from domain.policy import Policy
from store.codec import adapter

_OF_ORGANISATION = (
    units.FILE,
    borders.FILE,
    staff.PEOPLE,
    staff.POSTS,
    desks.CHANNELS,
    desks.PARTNERS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What the files say; None for what their faults left unreadable."""

    organisation: Organisation | None
    catalogue: Catalogue | None
    calendar: Calendar | None
    policy: Policy | None
    effective_from: datetime | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings forbid loading."""
        return sum(each.level == "error" for each in self.findings)


def read_town(paths: Sequence[Path], at: datetime | None = None) -> Town:
    """Read town files, or the folders they are in, and check them against each other.

    Never raises for what stands in a file. `at` is the moment for which "can anybody answer?" is
    asked; now, if not given.
    """
    findings = Findings()
    texts = read_texts(paths, findings)
    times = Source(timetable.FILE, texts, findings)
    zone = timetable.town_zone(times)
    tree = units.read_units(texts, findings)
    calendar = timetable.read_calendar(times, tree, findings)
    policy = numbers.read_policy(Source(numbers.FILE, texts, findings), findings)
    organisation = _organisation(texts, tree, zone, findings)
    items = responsibilities.read_items(texts, tree, findings)
    catalogue = Catalogue(version="", items=items)
    effective_from = None if policy is None else staff.midnight(policy[1], zone)
    if policy is not None:
        units.check_households(tree, policy[0].households)
    if organisation is not None:
        moment = max(at or datetime.now(UTC), effective_from or datetime.min.replace(tzinfo=UTC))
        staff.check_answered(organisation, tree, moment)
    spoiled = responsibilities.FILE not in texts or findings.spoiled(responsibilities.FILE)
    return Town(
        # Days in posts.csv mean nothing without the calendar's time zone.
        organisation=None if calendar is None else organisation,
        catalogue=None if spoiled else replace(catalogue, version=_digest(catalogue)),
        calendar=calendar,
        policy=None if policy is None else policy[0],
        effective_from=effective_from,
        findings=tuple(findings),
    )


def _organisation(
    texts: Mapping[str, str], tree: Keyed[Unit], zone: ZoneInfo, findings: Findings
) -> Organisation | None:
    people = staff.read_people(texts, findings)
    posts = staff.read_posts(texts, tree, people, zone, findings)
    duty = desks.read_duty(texts, tree, posts, findings)
    partners = desks.read_partners(texts, tree, findings)
    rings = borders.read_borders(texts, tree, findings)
    if findings.spoiled(*_OF_ORGANISATION):
        return None
    organisation = Organisation(
        version="",
        units=tree.values,
        people=people.values,
        posts=posts.values,
        duty=duty,
        borders=rings,
        partners=partners,
    )
    return replace(organisation, version=_digest(organisation))


def _digest(value: Organisation | Catalogue) -> str:
    """A version from the contents as read: column order, spaces and line ends do not change it."""
    kind: type = type(value)
    body = adapter(kind).dump_python(value, mode="json")
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
