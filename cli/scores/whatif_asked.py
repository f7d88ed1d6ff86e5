"""What `shouwen whatif` was asked: period, policy, ladder, staff. Read and checked, not printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from cli.local.failure import LocalError
from cli.town.staff import midnight
from domain.book import Book
from domain.organisation import HANDLERS, Organisation
from domain.papers.findings import quoted
from domain.policy import Policy
from domain.routing import rung_of
from domain.whatif.ladder import Ladder
from domain.whatif.staffing import Staffed
from domain.words import LADDER, Stage

RUNGS = LADDER[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of the command line, as they were given."""

    since: str
    until: str
    policy: Path | None = None
    staff: Sequence[str] = ()
    first_rung: Sequence[str] = ()
    skip: Sequence[str] = ()
    unit: str | None = None
    cases: int = 20


def said(words: Words, other: Policy | None) -> dict[str, object]:
    """What was asked, as the result repeats it."""
    asked = {
        "from": words.since,
        "to": words.until,
        "unit": words.unit,
        "policy": None if other is None else other.version,
        "first_rung": sorted(words.first_rung),
        "skip": sorted(words.skip),
    }
    return {"type": "shouwen.whatif", "asked": asked}


def period(words: Words, book: Book) -> tuple[datetime, datetime]:
    """Its first moment and the one after its last, in the office's own time."""
    zone = book.calendar.working_time(()).zone
    first, last = _day("--from", words.since), _day("--to", words.until)
    if last < first:
        raise LocalError(f"The period ends ({last}) before it begins ({first})")
    try:
        return midnight(first, zone), midnight(last + timedelta(days=1), zone)
    except OverflowError as error:
        told = f"{first} to {last}"
        raise LocalError(f"The period {told} reaches beyond the days a calendar has") from error


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise LocalError(f"{name} {text!r} is not a day; write 2026-03-02") from error


def units(words: Words, book: Book) -> tuple[str, ...] | None:
    """The unit asked for and all under it; those whose staff is changed; None for everybody."""
    if words.staff and words.unit is not None:
        raise LocalError("With --staff the units it names are counted: leave --unit out")
    if words.staff:
        return tuple(sorted({unit for unit, _ in _staff(words.staff)}))
    if words.unit is None:
        return None
    if words.unit not in book.organisation.units:
        _unknown(words.unit, book.organisation)
    return book.organisation.subtree(words.unit)


def _unknown(unit: str, organisation: Organisation) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(unit, organisation.units, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise LocalError(f"There is no unit {quoted(unit)}{hint}")


def ladder(words: Words, book: Book) -> Ladder:
    """The rungs matters enter at, and those left out."""
    first = dict(_entry(text, book) for text in words.first_rung)
    skipped = frozenset(_rung(text) for text in words.skip)
    if Stage.DEPARTMENT in skipped:
        raise LocalError("The department is the top of the ladder: it cannot be left out")
    if both := skipped & set(first.values()):
        raise LocalError(f"A matter cannot enter at a rung left out: {', '.join(sorted(both))}")
    return Ladder(first=first, skipped=skipped)


def _entry(text: str, book: Book) -> tuple[str, Stage]:
    item, sign, rung = text.partition("=")
    if not sign:
        raise LocalError(f"--first-rung {text!r} is not of the form item=rung")
    if item not in book.catalogue.items:
        raise LocalError(f"There is no item {quoted(item)} in the catalogue in force")
    return item, _rung(rung)


def _rung(text: str) -> Stage:
    if text not in RUNGS:
        raise LocalError(f"{text!r} is not a rung; there are {', '.join(RUNGS)}")
    return Stage(text)


def staffed(words: Words, book: Book, bounds: tuple[datetime, datetime]) -> tuple[Staffed, ...]:
    """The units whose posts are to be others, with those they had at the end of the period."""
    wanted: dict[str, str] = {}
    for unit, posts in _staff(words.staff):
        if unit in wanted:
            raise LocalError(f"{unit} is named twice in --staff")
        wanted[unit] = posts
    if words.staff and not wanted:
        raise LocalError("--staff names no unit; write unit=+1, one a line in a file")
    return tuple(_staffed(unit, posts, book, bounds) for unit, posts in sorted(wanted.items()))


def _staff(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Units with the number told for each; a file has one a line, as `unit,+1` or `unit=+1`."""
    for text in texts:
        unit, sign, posts = text.partition("=")
        if sign:
            yield unit, posts
            continue
        try:
            lines = Path(text).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise LocalError(f"--staff {text!r} is neither unit=+1 nor a file") from error
        for line in lines:
            name, _, number = line.strip().replace("=", ",").partition(",")
            if name and not name.startswith("#") and (name, number) != ("unit", "posts"):
                yield name.strip(), number.strip()


def _staffed(unit: str, told: str, book: Book, bounds: tuple[datetime, datetime]) -> Staffed:
    organisation = book.organisation
    if unit not in organisation.units:
        _unknown(unit, organisation)
    stage = rung_of(unit, organisation)
    if stage is None:
        raise LocalError(f"{unit} handles no cases itself: name a grid, community, street …")
    last = bounds[1] - timedelta(seconds=1)
    here = organisation.posts_in(unit)
    had = sum(post.role is HANDLERS[stage] and post.valid(last) for post in here)
    posts = _number(unit, told, had)
    if had < 1:
        raise LocalError(f"{unit} had no post at the end of the period: nothing to compare with")
    if posts < 1:
        raise LocalError(f"{unit} had {had}; with {told} there is nobody left to do the work")
    time = book.working_time(unit)
    return Staffed(unit_id=unit, stage=stage, time=time, origin=bounds[0], had=had, posts=posts)


def _number(unit: str, told: str, had: int) -> int:
    try:
        number = int(told)
    except ValueError as error:
        raise LocalError(f"--staff {unit}={told}: write +1, -1, or how many posts") from error
    return had + number if told.startswith(("+", "-")) else number
