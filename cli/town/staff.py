"""people.csv and posts.csv: who works where, as what, from when until when (rulebook §2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cli.town.tables import Keyed, Row, keyed, read_table
from domain.organisation import HANDLERS, KINDS, Organisation, Person, Post, Unit
from domain.papers.findings import Findings, quoted
from domain.papers.sections import YEARS
from domain.structure import MEDIATORS, SUITS
from domain.words import LADDER, Role, Stage, UnitKind

PEOPLE = "people.csv"
PEOPLE_COLUMNS = ("person_id", "name", "login")
CONTACTS = ("email", "phone")
"""Columns that may be left out: where notices reach a person besides the inbox."""
POSTS = "posts.csv"
POSTS_COLUMNS = (
    "post_id",
    "person_id",
    "role",
    "unit_id",
    "valid_from",
    "valid_until",
    "stand_in",
    "absent_from",
    "absent_until",
    "mediator_kind",
)


def read_people(texts: Mapping[str, str], findings: Findings) -> Keyed[Person]:
    """Every member of staff; no two may share a login, in whatever case it is written."""
    table = read_table(PEOPLE, texts, PEOPLE_COLUMNS, findings, optional=CONTACTS)
    logins: dict[str, int] = {}

    def person(row: Row) -> Person:
        login = row.ident("login")
        first = logins.setdefault(login.lower(), row.line)
        if login and first != row.line:
            row.error(f"login {quoted(login)} is already on line {first}; logins must differ")
        return Person(
            person_id=row["person_id"],
            name=row.text("name"),
            login=login,
            email=row.email("email"),
            phone=row.phone("phone"),
        )

    return keyed(table, "person_id", person, "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posts:
    """Builds posts; a day is a day in the town's own time zone."""

    units: Keyed[Unit]
    people: Keyed[Person]
    zone: ZoneInfo

    def post(self, row: Row) -> Post:
        role = row.choice("role", Role)
        self._check_names(row)
        self._check_suits(row)
        valid = self._spell(row, "valid_from", "valid_until")
        return Post(
            post_id=row["post_id"],
            person_id=row["person_id"],
            role=role,
            unit_id=row["unit_id"],
            valid_from=valid[0],
            valid_until=valid[1],
            stand_in=row["stand_in"] or None,
            absences=self._absences(row),
            mediator_kind=self._mediator(row),
        )

    def _check_names(self, row: Row) -> None:
        post = f"post {quoted(row['post_id'])}"
        for what, column, known in (
            ("person", "person_id", self.people),
            ("unit", "unit_id", self.units),
        ):
            name = row.ident(column)
            if name and known.lacks(name):
                row.error(f"{post} names {what} {quoted(name)}, which does not exist")
        stand_in = row["stand_in"]
        if stand_in and stand_in == row["person_id"]:
            row.error(f"{post} names its own holder as stand-in; name another person or nobody")
        elif stand_in and self.people.lacks(stand_in):
            row.error(f"{post} names stand-in {quoted(stand_in)}, who does not exist")

    def _check_suits(self, row: Row) -> None:
        unit = self.units.values.get(row["unit_id"])
        suits = SUITS.get(Role(row["role"])) if row["role"] in list(Role) else None
        if unit is not None and suits is not None and unit.kind not in suits:
            kinds = " or ".join(kind for kind in UnitKind if kind in suits)
            row.error(
                f"role {row['role']} does not suit {quoted(unit.unit_id)}, a {unit.kind}; "
                f"it needs a {kinds}"
            )

    def _absences(self, row: Row) -> tuple[tuple[datetime, datetime], ...]:
        if not row["absent_from"] and not row["absent_until"]:
            return ()
        start, end = self._spell(row, "absent_from", "absent_until")
        if not row["absent_until"]:
            row.error("absent_until is empty; give the last day of the absence")
        return () if end is None else ((start, end),)

    def _spell(self, row: Row, first: str, last: str) -> tuple[datetime, datetime | None]:
        """From the first day's beginning to the last day's end."""
        start, end = row.day(first), row.day(last)
        if not row[first]:
            row.error(f"{first} is empty; give the first day")
        if start is not None and end is not None and end < start:
            row.error(f"{last} {end} is before {first} {start}; the period ends before it starts")
        return (
            midnight(start or date(YEARS[0], 1, 1), self.zone),
            None if end is None else midnight(end + timedelta(days=1), self.zone),
        )

    def _mediator(self, row: Row) -> str | None:
        if row["role"] == Role.MEDIATOR:
            return row.word("mediator_kind", MEDIATORS)
        if row["mediator_kind"]:
            row.error(f"mediator_kind is for mediators; leave it empty for {quoted(row['role'])}")
        return None


def read_posts(
    texts: Mapping[str, str],
    units: Keyed[Unit],
    people: Keyed[Person],
    zone: ZoneInfo,
    findings: Findings,
) -> Keyed[Post]:
    """Every post, its names checked against units and people."""
    posts = _Posts(units=units, people=people, zone=zone)
    return keyed(read_table(POSTS, texts, POSTS_COLUMNS, findings), "post_id", posts.post, "post")


def check_answered(organisation: Organisation, units: Keyed[Unit], at: datetime) -> None:
    """Warn of units on a handling rung where nobody can answer at that moment."""
    for stage in LADDER[1:]:
        roles = [HANDLERS[stage]]
        if stage is Stage.DEPARTMENT:
            roles.append(Role.SUPERVISOR)
        for unit_id, unit in organisation.units.items():
            if unit.kind not in KINDS[stage]:
                continue
            if not any(organisation.acting(unit_id, role, at) for role in roles):
                units.rows[unit_id].warning(
                    f"{unit.kind} {quoted(unit_id)} has no {' or '.join(roles)} who can answer "
                    f"now; its cases go to the unit above until {POSTS} gives it one"
                )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant a day begins in that zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
