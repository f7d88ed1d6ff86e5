"""Mapping `la311`: requests as the city of Los Angeles publishes them (MyLA311).
The office they need is in la311_office.py, the comparison in la311_check.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from cli.importer.base import Addition, Line, Row, RowRefused
from cli.importer.mappings.la311_check import Tally
from cli.importer.mappings.la311_office import SUPERVISOR, ZONE, Office
from domain.commands import (
    Accept,
    Actor,
    Assign,
    Command,
    Contact,
    HandOver,
    Place,
    Refer,
    Register,
    Resolve,
    Source,
    Withdraw,
)
from domain.words import ActorKind, CaseType, Channel, ReferredTo, Urgency
from store.database import Connection

SYSTEM = "la311"
LOCAL = ZoneInfo(ZONE)
CHANNELS: Mapping[str, Channel] = {
    "Call": Channel.PHONE,
    "Voicemail": Channel.PHONE,
    "Mobile App": Channel.APP,
    "Driver Self Report": Channel.PATROL,
    "Self Service": Channel.WEB,
    "Email": Channel.WEB,
    "Twitter": Channel.MICRO_BLOG,
    "Letter": Channel.COUNTER,
    "Council's Office": Channel.COUNTER,
}
"""A source that is not listed is another system; its own name is kept beside the case."""

ENDED = frozenset({"Closed", "Cancelled", "Referred Out"})
WAITING = frozenset({"Open", "Cancelled"})
"""Nothing in these rows says that anybody took the request on."""

STATUSES = ENDED | WAITING | {"Pending"}
LIMITS = (180, 90)
COLUMNS = (
    *("srnumber", "requesttype", "status", "createddate", "updateddate", "servicedate"),
    *("closeddate", "requestsource", "owner", "assignto", "latitude", "longitude"),
    *("apc", "nc", "ncname"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A row understood; `ended` is None while it is open, `promised` where nothing was planned."""

    reference: str
    matter: str
    status: str
    source: str
    created: datetime
    ended: datetime | None
    promised: datetime | None
    point: tuple[int, int] | None
    unit_id: str
    item_id: str
    reception: str
    desk: str
    general_desk: str


class LosAngeles:
    """The mapping."""

    name = SYSTEM
    columns: Sequence[str] = COLUMNS

    def __init__(self) -> None:
        self._office = Office()
        self._tally = Tally()

    def survey(self, row: Row) -> None:
        """Remember the row's units, desks and item."""
        self._read(row)

    def addition(self) -> Addition:
        """The office of every row surveyed."""
        return self._office.addition()

    def reference(self, row: Row) -> str:
        """The city's own number."""
        return _needed(row, "srnumber")

    def commands(self, row: Row, new_id: Callable[[], str]) -> Sequence[Command]:
        """Received by the 311 desk of the place, handed to the department, and what became of it.

        The file knows no time between creation and end: what must lie between them is dated at
        creation.
        """
        return tuple(_commands(self._read(row), new_id))

    def count(self, row: Row, now: datetime) -> None:
        """Count the row for the comparison."""
        self._tally.count(row, now)

    async def compare(
        self, connection: Connection, case_ids: Iterable[Sequence[str]]
    ) -> Sequence[Line]:
        """Status, source and lateness, the file's beside the journal's."""
        return await self._tally.compare(connection, case_ids)

    def remarks(self) -> Sequence[str]:
        """Rows the city promised no day for."""
        return self._tally.remarks()

    def _read(self, row: Row) -> _Request:
        office, owner = self._office, _needed(row, "owner")
        status = _status(row)
        created = _time(row, "createddate")
        if created is None:
            raise RowRefused("no createddate")
        point, ended = _point(row), _ended(row, status, created)
        promised = _promised(row, created)
        matter = _needed(row, "requesttype")
        unit_id = office.place(row["apc"].strip(), row["nc"].strip(), row["ncname"].strip())
        return _Request(
            reference=self.reference(row),
            matter=matter,
            status=status,
            source=row["requestsource"].strip(),
            created=created,
            ended=ended,
            promised=promised,
            point=point,
            unit_id=unit_id,
            item_id=office.item(matter, owner),
            reception=office.reception(unit_id),
            desk=office.desk(owner, row["assignto"].strip()),
            general_desk=office.desk(owner, ""),
        )


# -- commands ----------------------------------------------------------------


def _commands(request: _Request, new_id: Callable[[], str]) -> Iterator[Command]:
    officer, desk, at = _actor(request.reception), _actor(request.desk), request.created
    yield _register(request, new_id(), officer)
    yield HandOver(command_id=new_id(), at=at, actor=officer)
    if request.status not in WAITING:
        yield Accept(command_id=new_id(), at=at, actor=desk)
    elif request.desk != request.general_desk:
        supervisor = _actor(SUPERVISOR)
        yield Assign(command_id=new_id(), at=at, actor=supervisor, post_id=request.desk)
    if request.ended is not None:
        yield _end(request, request.ended, new_id(), officer, desk)


def _register(request: _Request, command_id: str, officer: Actor) -> Register:
    return Register(
        command_id=command_id,
        at=request.created,
        actor=officer,
        case_type=CaseType.REQUEST,
        channel=CHANNELS.get(request.source, Channel.API),
        item_id=request.item_id,
        title=request.matter,
        text="",
        urgency=Urgency.NORMAL,
        place=Place(point=request.point, unit_id=request.unit_id),
        reporter=Contact(),
        receipt_hash="",
        source=Source(
            system=SYSTEM,
            reference=request.reference,
            status=request.status,
            channel=request.source,
            promised_at=request.promised,
        ),
    )


def _end(request: _Request, at: datetime, command_id: str, officer: Actor, desk: Actor) -> Command:
    match request.status:
        case "Cancelled":
            return Withdraw(command_id=command_id, at=at, actor=officer)
        case "Referred Out":
            to = ReferredTo.OTHER_AUTHORITY
            return Refer(command_id=command_id, at=at, actor=desk, to=to, text="")
        case _:
            return Resolve(command_id=command_id, at=at, actor=desk, text="")


def _actor(desk: str) -> Actor:
    return Actor(kind=ActorKind.IMPORTER, person_id=desk, post_id=desk)


# -- fields ------------------------------------------------------------------


def _needed(row: Row, column: str) -> str:
    text = row[column].strip()
    if not text:
        raise RowRefused(f"no {column}")
    return text


def _status(row: Row) -> str:
    status = _needed(row, "status")
    if status not in STATUSES:
        raise RowRefused("unknown status", status)
    return status


def _ended(row: Row, status: str, created: datetime) -> datetime | None:
    """When it ended; a few have no closing time, and were touched last when they were closed."""
    if status not in ENDED:
        return None
    ended = _time(row, "closeddate") or _time(row, "updateddate")
    if ended is None:
        raise RowRefused(f"{status}, but neither closeddate nor updateddate")
    if ended < created:
        raise RowRefused("it ends before it is created", row["srnumber"])
    return ended


def _promised(row: Row, created: datetime) -> datetime | None:
    """The end of the planned day; a plan that was over before the request came is none."""
    planned = _time(row, "servicedate")
    if planned is None:
        return None
    day = planned.astimezone(LOCAL).date() + timedelta(days=1)
    end = datetime(day.year, day.month, day.day, tzinfo=LOCAL).astimezone(UTC)
    return end if end > created else None


def _point(row: Row) -> tuple[int, int] | None:
    texts = (row["longitude"].strip(), row["latitude"].strip())
    if not any(texts):
        return None
    try:
        degrees = [Decimal(text) for text in texts]
    except InvalidOperation:
        raise RowRefused("coordinates are no numbers", ", ".join(texts)) from None
    if not all(d.is_finite() and abs(d) <= most for d, most in zip(degrees, LIMITS, strict=True)):
        raise RowRefused("coordinates out of range", ", ".join(texts))
    longitude, latitude = (int(d * 1_000_000) for d in degrees)
    return longitude, latitude


def _time(row: Row, column: str) -> datetime | None:
    text = row[column].strip()
    if not text:
        return None
    found = _instant(text)
    if found is None:
        raise RowRefused(f"{column} is no time like 1/31/20 23:59", text)
    return found


@lru_cache(maxsize=65_536)
def _instant(text: str) -> datetime | None:
    """Local minutes as UTC; an hour that occurs twice in autumn is its first."""
    try:
        local = datetime.strptime(text, "%m/%d/%y %H:%M").replace(tzinfo=LOCAL)
    except ValueError:
        return None
    return local.astimezone(UTC)
