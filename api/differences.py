"""Two versions beside each other: for the API and for the command line alike."""

from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api.auth import Staff
from api.context import Here
from api.errors import Problem
from api.schemas.office import Name
from api.words import Language
from api.words import differences as words
from domain import differences
from domain.calendar import Calendar
from domain.differences import Difference
from domain.policy import Policy
from store import books
from store.database import raw

router = APIRouter(prefix="/api/v1/policies", tags=["office"])


class VersionView(BaseModel):
    """A version, and from when it is in force; None for one that is not published."""

    version: str
    effective_from: datetime | None


class ChangeView(BaseModel):
    """One place that differs, in words; `clock`, `stage` and `deadline` say what it sets."""

    path: str
    place: str
    before: str
    after: str
    means: str
    clock: str | None = None
    stage: str | None = None
    deadline: str | None = None


class DifferenceView(BaseModel):
    """What the second version changes of the first."""

    kind: Literal["policy", "calendar"]
    before: VersionView
    after: VersionView
    changes: list[ChangeView]


class VersionsView(BaseModel):
    """Every published version, in the order in which they come into force."""

    versions: list[VersionView]


@router.get("")
async def list_policies(here: Here, _asking: Staff) -> VersionsView:
    """The versions of the policy that are published, and from when each is in force."""
    async with raw(here.engine) as connection:
        found = await books.policies(connection)
    versions = [
        VersionView(version=version, effective_from=since) for version, (_, since) in found.items()
    ]
    return VersionsView(versions=sorted(versions, key=_since))


@router.get("/{before}/diff/{after}")
async def policy_difference(
    before: Name, after: Name, here: Here, _asking: Staff, lang: Language = "zh"
) -> DifferenceView:
    """What one published version of the policy changes of another."""
    async with raw(here.engine) as connection:
        found = await books.policies(connection)
    for version in (before, after):
        if version not in found:
            raise Problem(404, "unknown_version", f"no policy {version!r} is published")
    return of_policies(found[before], found[after], lang)


def _since(of: VersionView) -> tuple[datetime, str]:
    return of.effective_from or datetime.min.replace(tzinfo=UTC), of.version


Dated = tuple[Policy, datetime | None]
DatedCalendar = tuple[Calendar, datetime | None]


def of_policies(before: Dated, after: Dated, lang: Language) -> DifferenceView:
    """The differences of two policies, each with its effective date."""
    since = after[1]
    return DifferenceView(
        kind="policy",
        before=VersionView(version=before[0].version, effective_from=before[1]),
        after=VersionView(version=after[0].version, effective_from=since),
        changes=[
            _of_policy(each, since, lang) for each in differences.policies(before[0], after[0])
        ],
    )


def _of_policy(each: Difference, since: datetime | None, lang: Language) -> ChangeView:
    touched = differences.touched(each.path)
    return ChangeView(
        path=".".join(each.path),
        place=words.place(each.path, lang),
        before=words.value(each.before, lang),
        after=words.value(each.after, lang),
        means=words.meaning(touched, since, lang),
        clock=touched.clock if touched else None,
        stage=touched.stage if touched else None,
        deadline=touched.deadline if touched else None,
    )


def of_calendars(before: DatedCalendar, after: DatedCalendar, lang: Language) -> DifferenceView:
    """The differences of two calendars, each with its effective date."""
    since = after[1]
    day = "" if since is None else f"{since:%Y-%m-%d}: "
    means = f"{day}{words.OF_CALENDAR[lang == 'en']}"
    return DifferenceView(
        kind="calendar",
        before=VersionView(version=before[0].version, effective_from=before[1]),
        after=VersionView(version=after[0].version, effective_from=since),
        changes=[
            ChangeView(
                path=".".join(each.path),
                place=words.place(each.path, lang),
                before=words.value(each.before, lang),
                after=words.value(each.after, lang),
                means=means,
            )
            for each in differences.calendars(before[0], after[0])
        ],
    )
