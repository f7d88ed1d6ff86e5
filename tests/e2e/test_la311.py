"""R12.1: ten thousand real requests scored: the page says what the figures are, and the figures are
what the rows of the file say, counted once more without the program.
"""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.importer.run import Result
from settings import Settings
from tests.la311.page import files
from tests.la311.scored import CITY, REAL, Scored, at, promised, rows_of_file, scored

pytestmark = pytest.mark.rule("R12.1", "R12.3", "R12.4")
DOCS = Path(__file__).parents[2] / "docs"
ENDED = {"Closed", "Cancelled", "Referred Out"}
FIRST, AFTER = datetime(2020, 1, 1, tzinfo=CITY), datetime(2020, 2, 1, tzinfo=CITY)


def by_hand() -> tuple[Counter[str], Counter[str]]:
    """Promises kept and promises decided in January, by owner; by the city's own days."""
    kept, of = Counter[str](), Counter[str]()
    for row in rows_of_file():
        end = promised(row)
        if end is None:
            continue
        ended = row["status"] in ENDED
        over = (at(row["closeddate"]) or at(row["updateddate"])) if ended else None
        in_time = over is not None and over < end
        decided = over if in_time and over is not None else end
        if FIRST <= decided < AFTER and (not in_time or row["status"] == "Closed"):
            of[row["owner"]] += 1
            kept[row["owner"]] += in_time
    return kept, of


def check(found: Scored) -> None:
    kept, of = by_hand()
    figures = {found.names[place.unit_id]: place.figure.tally for place in found.departments.ranked}
    assert {owner: int(tally.denominator) for owner, tally in figures.items()} == of
    assert {owner: int(tally.numerator) for owner, tally in figures.items()} == {
        owner: kept[owner] for owner in of
    }
    tallies = [place.figure.tally for place in found.areas.ranked]
    placed = sum(int(tally.denominator) for tally in tallies)
    assert placed + found.unplaced.denominator == found.whole.tally.denominator


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL.name} is not on this machine")
async def test_the_page_and_its_charts_say_what_the_rows_say(
    real_requests: tuple[Settings, Result],
) -> None:
    found = await scored(*real_requests)
    check(found)
    for name, text in files(found).items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"{name}: python -m tests.la311"


def test_a_day_is_over_with_its_last_minute() -> None:
    row = {"servicedate": "1/3/20 0:00", "createddate": "1/3/20 9:00"}
    assert promised(row) == datetime(2020, 1, 3, tzinfo=CITY) + timedelta(days=1)
    assert promised({**row, "createddate": "1/4/20 0:00"}) is None
