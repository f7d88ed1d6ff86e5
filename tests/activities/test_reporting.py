"""R12.6: reports made of a journal: what they say is what the scores say, written once."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter
from temporalio.exceptions import ApplicationError

from activities.messages import Step, StepResult, Turn
from activities.report import ReportActivities
from activities.reporter import NotCountedYet, Reporter
from activities.reporting import ReportingActivities
from domain import reporting as rules
from domain.commands import Register
from domain.report.commands import WriteReport
from domain.report.events import ReportWritten
from domain.report.publishing import ANSWERS
from domain.reporting import Reports
from domain.scores.asking import Unscorable
from domain.scores.measures import Measure
from domain.scores.periods import parse
from domain.words.report import Form
from reports.figures import canonical
from store import reading, reports, sequencer
from store.folds import REPORT
from store.journal import Conflict
from store.past_books import Archive
from store.scores.basis import basis
from store.scores.cards import cards
from store.scores.keeper import Keeper
from store.scores.reading import Whose
from tests.domain.story import MEI, by, request
from tests.domain.town import SHANGHAI, TOWN
from tests.store.house import RING, Database, House, Scribe
from tests.store.lives import LIVES
from tests.store.scores.ledger import engine

pytestmark = pytest.mark.rule("R12.6")
MARCH = "2026-03"
SIX = ("life-agreed", "life-appealed", "life-transferred", "life-recurred", "life-whistled",
       "life-supervised")  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A database with lives in it, and how its reports are asked for."""

    database: Database
    sent: list[WriteReport] = field(default_factory=list)
    fails: frozenset[str] = frozenset()

    @property
    def reporter(self) -> Reporter:
        return Reporter(self.database.engine)

    async def tell(self, report_id: str, command: WriteReport) -> StepResult:
        """As the way to the workflows does: the step's own activity carries it out."""
        self.sent.append(command)
        asked = TypeAdapter(WriteReport).dump_python(command, mode="json")
        step = Step(kind=command.kind, command_id=command.command_id, command=asked)
        activities = ReportActivities(self.database.engine, RING)
        while True:
            with suppress(Conflict):  # another was faster: it is tried again, as by Temporal
                return await activities.execute(report_id, step)

    async def write(self, unit_id: str, period: str = MARCH) -> bool:
        return await self.reporter.write(unit_id, period, datetime.now(UTC), self.tell)

    async def editions(self, report_id: str) -> tuple[ReportWritten, ...]:
        async with self.database.connection() as connection:
            past = await reading.past(connection, REPORT, report_id, RING)
        return past.state.editions if past else ()

    async def file(self, sha256: str) -> bytes:
        async with self.database.connection() as connection:
            found = await reports.file(connection, sha256)
        assert found is not None
        return found.content

    async def kept(self) -> int:
        """How many files are kept for ever."""
        async with self.database.connection() as connection:
            return int(await connection.fetchval("select count(*) from report_files"))

    async def live(self, *lives: str, suffix: str = "") -> None:
        """Let these lives happen, and the scores follow."""
        async with self.database.connection() as connection:
            for life in lives:
                await Scribe(connection).live(f"{life}{suffix}", LIVES[life])
        await self.follow()

    async def follow(self) -> None:
        async with self.database.connection() as connection:
            while await sequencer.advance(connection):
                pass
            while await Keeper(engine()).advance(connection):
                pass


@pytest.fixture
async def desk(house: House) -> Desk:
    found = Desk(await house.town())
    await found.live(*SIX)
    return found


async def test_a_report_says_what_the_scores_say(desk: Desk) -> None:
    drawn = await desk.reporter.draw("bridge", MARCH)
    async with desk.database.connection() as connection:
        now = datetime.now(UTC)
        of = await basis(connection, Archive(), parse(MARCH), now=now)
        found = await cards(connection, of, Whose.units(["bridge"], "area", of))
    figures = found.cards["bridge"].figures
    area = {each.measure: each for each in drawn.contents.scopes[0].rates}
    assert set(area) == set(figures)
    assert area[Measure.ACCEPTANCE].numerator == str(figures[Measure.ACCEPTANCE].tally.numerator)
    assert int(area[Measure.ACCEPTANCE].denominator) > 0
    assert [each.period for each in drawn.contents.trend[-2:]] == ["2026-02", "2026-03"]
    assert [each.period for each in drawn.contents.comparisons] == ["2026-02", "2025-03"]
    assert [r.kind for r in drawn.contents.rankings] == ["community"]
    head = drawn.contents.head
    assert (head.name, head.above, head.policy) == ("bridge", ("east", "city"), "policy-1")
    assert head.position > 40


async def test_a_report_is_put_on_record_with_files_that_are_what_their_hash_says(
    desk: Desk,
) -> None:
    assert await desk.write("bridge")
    (edition,) = await desk.editions("report-2026-03-bridge")
    forms = [(each.form, each.language) for each in edition.files]
    assert forms == [
        (Form.FIGURES, ""),
        (Form.PDF, "zh"),
        (Form.XLSX, "zh"),
        (Form.PDF, "en"),
        (Form.XLSX, "en"),
    ]
    for each in edition.files:
        content = await desk.file(each.sha256)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each.size, each.sha256)
    figures = json.loads(await desk.file(edition.figures))
    assert (figures["head"]["edition"], figures["head"]["position"]) == (1, edition.position)
    assert "gao" not in str(figures)


async def test_what_so_few_residents_said_is_in_no_report(desk: Desk) -> None:
    said = json.loads(canonical((await desk.reporter.draw("bridge", MARCH)).contents))
    (area, _own) = said["scopes"]
    secret = {each["measure"]: each for each in area["rates"] if each["withheld"]}
    assert "reopenings" in secret
    for each in secret.values():
        assert 0 < int(each["denominator"]) < 30
        assert (each["numerator"], each["excluded"], each["rate"]) == ("", "", "")
    assert secret.keys() <= ANSWERS
    assert "withheld" in {note["code"] for note in said["notes"]}


async def test_the_second_run_writes_nothing_new(desk: Desk) -> None:
    assert await desk.write("bridge")
    await desk.follow()
    assert not await desk.write("bridge")
    assert len(await desk.editions("report-2026-03-bridge")) == 1


async def test_a_report_that_is_refused_leaves_no_file(desk: Desk) -> None:
    this_month = f"{datetime.now(SHANGHAI):%Y-%m}"
    with pytest.raises(ApplicationError, match="period_not_over"):
        await desk.write("bridge", this_month)
    drawn = await desk.reporter.draw("bridge", MARCH)
    await desk.write("bridge")
    await desk.live("life-agreed", suffix="-again")
    await desk.write("bridge")
    kept = await desk.kept()
    at = datetime.fromisoformat(drawn.contents.head.as_of)
    assert not await desk.reporter.write("bridge", MARCH, at, desk.tell)  # not later
    assert (await desk.kept(), kept) == (kept, 2 * 5)
    assert await desk.editions(f"report-{this_month}-bridge") == ()


async def test_as_of_the_same_moment_it_is_the_same_bytes(desk: Desk) -> None:
    drawn = await desk.reporter.draw("bridge", MARCH)
    at = datetime.fromisoformat(drawn.contents.head.as_of)
    await desk.live("life-shelved")
    again = await desk.reporter.draw("bridge", MARCH, at)
    assert again == drawn


async def test_a_day_means_its_end_and_today_now(desk: Desk) -> None:
    zone = TOWN.calendar.working_time(()).zone
    today = datetime.now(zone).date()
    async with desk.database.connection() as connection:
        known = await connection.fetchval("select max(recorded_at) from events")
    now = await desk.reporter.draw("bridge", MARCH, today)
    assert datetime.fromisoformat(now.contents.head.as_of) > known
    with pytest.raises(Unscorable, match="no office yet"):  # its books are of today
        await desk.reporter.draw("bridge", MARCH, today - timedelta(days=1))


async def test_what_became_known_later_is_a_further_edition_that_says_what_changed(
    desk: Desk,
) -> None:
    await desk.write("bridge")
    await desk.live("life-agreed", suffix="-again")
    assert await desk.write("bridge")
    first, second = await desk.editions("report-2026-03-bridge")
    assert (first.changed, second.edition) == ((), 2)
    changed = {(each.scope, each.measure) for each in second.changed}
    assert ("area", Measure.HANDLING) in changed
    assert second.position > first.position


async def test_nothing_is_drawn_that_is_not_counted_yet(desk: Desk) -> None:
    async with desk.database.connection() as connection:
        await Scribe(connection).write("SW-late", by(MEI, "03-02 09:00", Register, **request()))
        since = await connection.fetchval("select max(recorded_at) from events")
    with pytest.raises(NotCountedYet):
        await desk.reporter.draw("bridge", MARCH, datetime.now(UTC))
    before = await desk.reporter.draw("bridge", MARCH)
    assert datetime.fromisoformat(before.contents.head.as_of) < since


async def test_what_makes_no_sense_is_said(desk: Desk) -> None:
    with pytest.raises(Unscorable, match="no unit 'nowhere'"):
        await desk.reporter.draw("nowhere", MARCH)
    with pytest.raises(Unscorable, match="has not come"):
        await desk.reporter.draw("bridge", "2999")


async def test_an_empty_period_has_a_report_that_says_so(desk: Desk) -> None:
    drawn = await desk.reporter.draw("parks", "2026-01")
    (own,) = drawn.contents.scopes
    assert (own.rates, own.composite) == ((), "")
    assert {"no_before", "no_year_before"} <= {note.code for note in drawn.contents.notes}


# -- what is due -------------------------------------------------------------------

DUE = Reports(after_days=8, down_to="street", catch_up=4)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-04-08", "2025-11 2025-12 2025-Q4 2026-01 2026-02"),
        ("2026-04-09", "2025-12 2025-Q4 2026-01 2026-02 2026-03 2026-Q1"),
        ("2026-05-20", "2026-01 2026-02 2026-03 2026-Q1 2026-04"),
    ],
)
def test_months_and_quarters_are_due_some_days_after_their_end(today: str, expected: str) -> None:
    found = rules.due(date.fromisoformat(today), DUE)
    assert [each.name for each in found] == expected.split()


def test_reports_go_down_to_a_rung_and_to_every_department() -> None:
    streets = rules.units(TOWN.organisation, DUE, ())
    assert streets == (*("bridge", "city", "east", "forestry", "hills", "parks", "water", "works"),)
    grids = rules.units(TOWN.organisation, Reports(after_days=8, down_to="grid", catch_up=1), ())
    assert set(grids) == set(TOWN.organisation.units)


def activity(desk: Desk, name: str) -> Callable[..., Any]:
    found = ReportingActivities(desk.database.engine, desk.tell, ago=timedelta()).all()
    return next(each for each in found if each.__name__ == name)


async def test_a_turn_finds_what_is_not_on_record_and_nothing_before_anything_counted(
    desk: Desk,
) -> None:
    turn: Turn = await activity(desk, "due")()
    assert turn.periods[:3] == ("2026-03", "2026-Q1", "2026-04")  # the first life began in March
    units = activity(desk, "units")
    first = await units(MARCH, "", turn.as_of)
    assert first[:3] == ["bridge", "city", "east"]
    assert await units(MARCH, "bridge", turn.as_of) == first[1:]
    await desk.write("bridge")
    await desk.follow()
    assert await units(MARCH, "", turn.as_of) == first[1:]


async def test_an_office_that_has_only_just_begun_owes_no_report(desk: Desk) -> None:
    yesterday = ReportingActivities(desk.database.engine, desk.tell, ago=timedelta(days=1))
    turn = await yesterday.due()
    assert turn.periods == ()


async def test_two_who_write_the_same_report_write_one(desk: Desk) -> None:
    """Whoever comes second is told that it is written, or that there is nothing new."""
    written = await asyncio.gather(desk.write("hills"), desk.write("hills"))
    assert any(written)
    assert len(await desk.editions("report-2026-03-hills")) == 1
