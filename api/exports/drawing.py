"""What an exported event shows: exactly what the API's timelines show to the same person. Here
and nowhere else an event becomes a line; the formats only write it down.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from api import views, visit_views
from api.models import EventView
from api.words import Language
from api.words import office as office_words
from domain.confidentiality import CONFIDENTIAL, readable
from domain.organisation import Organisation, Post
from domain.streams import Noun, noun_of
from store import codec
from store.codec import AnyEvent
from store.exporting import Placed, Snapshot, Wanted, is_case
from store.reading import Record

REMEMBERED = 256
"""Disputes whose readable events are kept at hand while an export runs."""


class Incomplete(Exception):
    """The journal gave another number of events than was counted and written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom an export is drawn. Without a person and posts: somebody privy to no dispute."""

    person_id: str = ""
    posts: tuple[Post, ...] = ()
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the number in the journal, the stream, the event as it may be shown.

    `event` is covered where its words are confidential, but not masked: of it a format may use
    ids, codes and times alone.
    """

    seq: int
    stream: str
    view: EventView
    event: AnyEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an export is: of which log, by which filters, how much, up to which number, when."""

    format: str
    origin: str
    filters: dict[str, object]
    events: int
    until_seq: int
    at: datetime


@dataclass(slots=True)
class Source:
    """The lines of one export, to be read once, in whatever order a format needs."""

    about: About
    snapshot: Snapshot
    wanted: Wanted
    reader: Reader
    organisation: Organisation
    _readable: OrderedDict[str, tuple[bool, ...]] = field(default_factory=OrderedDict)

    async def lines(self) -> AsyncIterator[list[Line]]:
        """Every event in `seq` order, page by page."""
        count = 0
        async for page in self.snapshot.events(self.wanted):
            count += len(page)
            yield await self._drawn(page)
        self.check(count)

    async def openings(self) -> AsyncIterator[list[Line]]:
        """The first event of every stream that has a line, page by page."""
        async for page in self.snapshot.openings(self.wanted):
            yield await self._drawn(page)

    async def cases(self) -> AsyncIterator[list[tuple[Line, list[Line]]]]:
        """Every case's opening and its lines, in the order in which they began, page by page."""
        count = 0
        async for openings in self.openings():
            streams = [each.stream for each in openings]
            found: dict[str, list[Line]] = {stream: [] for stream in streams}
            for line in await self._drawn(await self.snapshot.of(self.wanted, streams)):
                found[line.stream].append(line)
                count += 1
            yield [(each, found[each.stream]) for each in openings]
        self.check(count)

    def check(self, count: int) -> None:
        """Break off rather than call whole what is not."""
        if count != self.about.events:
            raise Incomplete(f"{count} events instead of {self.about.events}")

    async def _drawn(self, page: Sequence[Placed]) -> list[Line]:
        """Those events as they may be shown."""
        cases = sorted({each.stream for each in page if is_case(each.stream)})
        disputes = await self.snapshot.disputes(cases) if cases else set()
        return [
            self._line(each, await self._record(each) if each.stream in disputes else each.record)
            for each in page
        ]

    def _line(self, placed: Placed, record: Record[AnyEvent]) -> Line:
        view = _view(placed.stream, record, self.organisation, self.reader.language)
        return Line(seq=placed.seq, stream=placed.stream, view=view, event=record.event)

    async def _record(self, placed: Placed) -> Record[AnyEvent]:
        """The event of a dispute, covered where the reader may not read its words (R7.1)."""
        may = await self._may_read(placed.stream)
        # What came after the snapshot is in no export.
        if placed.record.version <= len(may) and may[placed.record.version - 1]:
            return placed.record
        covered = codec.covered(placed.record.event, CONFIDENTIAL)
        return replace(placed.record, event=covered)

    async def _may_read(self, case_id: str) -> tuple[bool, ...]:
        found = self._readable.pop(case_id, None)
        if found is None:
            history = await self.snapshot.history(case_id)
            events = tuple(line.event for line in history.lines)
            found = readable(history.case, events, self.reader.person_id, self.reader.posts)
        self._readable[case_id] = found
        if len(self._readable) > REMEMBERED:
            self._readable.popitem(last=False)
        return found


def _view(
    stream: str, record: Record[AnyEvent], organisation: Organisation, language: Language
) -> EventView:
    """The line as the pages of its noun show it."""
    match noun_of(stream):
        case Noun.VISIT:
            return visit_views.event_view(record, organisation, language)  # type: ignore[arg-type] # the stream says so
        case Noun.OFFICE:
            shown = views.event_view(record, organisation, language)
            said = office_words.sentence(record.event, organisation, language)  # type: ignore[arg-type] # as above
            return shown.model_copy(update={"words": said})
        case _:
            return views.event_view(record, organisation, language)
