"""Writes reports of units (R12.6): reads the figures, has the files made, keeps them, and puts the
report on record. What is counted and how it looks is known elsewhere.
"""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.exceptions import ApplicationError

from activities.messages import Refusal, StepResult
from domain.commands import Actor
from domain.refusals import Refused
from domain.report import making
from domain.report.commands import KeptFile, WriteReport
from domain.report.contents import Contents
from domain.report.recording import news, number
from domain.report.state import Report
from domain.scores.periods import parse
from domain.words import ActorKind
from domain.words.report import LANGUAGES, MEDIA_TYPES, Form
from reports.figures import canonical, digest
from reports.words import Language
from store import following, journal, reporting
from store import reports as register
from store.database import Connection, raw
from store.folds import REPORT
from store.past_books import Archive
from store.reporting import Wanted
from store.reports import Content
from store.still import Still, still

Tell = Callable[[str, WriteReport], Awaitable[StepResult]]
SPACE = uuid.UUID("3f0f5a53-5c0b-4b62-9a0a-6a1f5c0f9d11")
SYSTEM = Actor(kind=ActorKind.SYSTEM)
LEAST = timedelta(microseconds=1)


class NotCountedYet(Exception):
    """The scores do not hold yet what was recorded by that moment: try again in a moment."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file of a report: what it is, in which language (empty for none), and its bytes."""

    form: Form
    language: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report as it would be put on record; `new` unless it says what the last one says.

    `refused` says why it would not be: known before anything is made of it.
    """

    contents: Contents
    matter: str
    new: bool
    refused: Refused | None = None


def files(contents: Contents, languages: tuple[str, ...] = LANGUAGES) -> tuple[Made, ...]:
    """Every file of a report. Takes seconds: not for the event loop."""
    # Typesetting and drawing load much that no other part of the worker needs.
    from reports.pdf import pdf  # noqa: PLC0415
    from reports.xlsx import xlsx  # noqa: PLC0415

    made = [Made(Form.FIGURES, "", canonical(contents))]
    chosen: tuple[Language, ...] = ("zh", "en")
    for language in (each for each in chosen if each in languages):
        made.append(Made(Form.PDF, language, pdf(contents, language)))
        made.append(Made(Form.XLSX, language, xlsx(contents, language)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Draws reports and writes them."""

    engine: AsyncEngine
    archive: Archive = field(default_factory=Archive)

    async def draw(self, unit_id: str, period: str, as_of: datetime | date | None = None) -> Drawn:
        """What the report says as of that moment, the end of that day, or now; raises
        `NotCountedYet`, `Unscorable`.
        """
        async with still(self.engine) as there:
            at = await self._moment(there, as_of)
            before = await _recorded(there.raw, number(unit_id, period))
            edition = len(before.editions) + 1
            wanted = Wanted(unit_id=unit_id, period=parse(period), as_of=at, edition=edition)
            found = await reporting.contents(there.raw, self.archive, wanted, now=there.at)
            last = before.last
            figures = None if last is None else await register.file(there.raw, last.figures)
        drawn = _judged(before, found)
        if figures is None:
            return drawn
        corrected = making.corrected(found, json.loads(figures.content))
        return replace(drawn, contents=corrected)

    async def _moment(self, there: Still, as_of: datetime | date | None) -> datetime:
        """The moment asked for, of which everything is counted; or the latest such one."""
        waiting = await following.waiting_since(there, "score_keeper")
        latest = there.at if waiting is None else min(there.at, waiting - LEAST)
        if as_of is None:
            return latest
        if not isinstance(as_of, datetime):
            zone = (await self.archive.book(there.raw, there.at)).calendar.working_time(()).zone
            after = datetime.combine(as_of + timedelta(days=1), time.min, zone).astimezone(UTC)
            if as_of == there.at.astimezone(zone).date():
                return latest
            as_of = after - LEAST
        if as_of <= there.at and not await following.reached(there, as_of, "score_keeper"):
            raise NotCountedYet(as_of.isoformat())
        return as_of

    async def record(
        self, drawn: Drawn, made: tuple[Made, ...], tell: Tell, *, by_hand: bool = False
    ) -> StepResult:
        """Keep the files and put the report on record."""
        async with raw(self.engine) as connection:
            names = await register.keep(
                connection, [Content(MEDIA_TYPES[each.form], each.content) for each in made]
            )
        pairs = zip(names, made, strict=True)
        kept = tuple(
            KeptFile(form=m.form, language=m.language, size=len(m.content), sha256=name)
            for name, m in pairs
        )
        command = _command(drawn, kept, by_hand=by_hand)
        return await tell(drawn.contents.head.report_id, command)

    async def last(self, drawn: Drawn) -> tuple[Made, ...]:
        """The files of the edition on record."""
        async with raw(self.engine) as connection:
            last = (await _recorded(connection, drawn.contents.head.report_id)).editions[-1]
            found = [(each, await register.file(connection, each.sha256)) for each in last.files]
        return tuple(Made(e.form, e.language, c.content) for e, c in found if c is not None)

    async def write(self, unit_id: str, period: str, as_of: datetime, tell: Tell) -> bool:
        """The same in one; whether there was anything new to write."""
        drawn = await self.draw(unit_id, period, as_of)
        refusal: Refused | Refusal | None = drawn.refused
        if refusal is None:
            if not drawn.new:
                return False
            made = await asyncio.to_thread(files, drawn.contents)
            refusal = (await self.record(drawn, made, tell)).refusal
        if refusal is not None and refusal.code != "not_later":
            raise ApplicationError(refusal.code, type="Refused")
        return refusal is None


def _judged(before: Report, contents: Contents) -> Drawn:
    """What would become of it on record, by the rule that decides there."""
    head, matter = contents.head, digest(canonical(making.matter(contents)))
    as_of = datetime.fromisoformat(head.as_of)
    try:
        new = news(before, head.period, as_of, matter, ZoneInfo(head.zone))
    except Refused as refused:
        return Drawn(contents, matter, new=True, refused=refused)
    return Drawn(contents, matter, new=new)


async def _recorded(connection: Connection, report_id: str) -> Report:
    return (await journal.load(connection, REPORT, report_id)).state


def _command(drawn: Drawn, kept: tuple[KeptFile, ...], *, by_hand: bool) -> WriteReport:
    contents, head = drawn.contents, drawn.contents.head
    figures = next(each.sha256 for each in kept if each.form is Form.FIGURES)
    return WriteReport(
        command_id=str(uuid.uuid5(SPACE, f"{head.report_id}\0{figures}")),
        at=datetime.fromisoformat(head.as_of),
        actor=SYSTEM,
        unit_id=head.unit_id,
        period=head.period,
        edition=head.edition,
        as_of=datetime.fromisoformat(head.as_of),
        position=head.position,
        policy=head.policy,
        organisation=head.organisation,
        figures=figures,
        matter=drawn.matter,
        files=kept,
        changed=contents.changed,
        by_hand=by_hand,
    )
