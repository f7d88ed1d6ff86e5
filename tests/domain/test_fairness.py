"""R11 and R12: who decided that something does not count, and whether their own figures gain."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.scores.fairness import Exclusion, Interest, Stray, by_carrier, interested
from domain.scores.measures import Measure
from tests.domain.town import TOWN

pytestmark = pytest.mark.rule("R11", "R12.4")
OFFICE = TOWN.organisation

BAD_GRADE = Exclusion(
    case_id="c-1",
    version=12,
    kind="rating.excluded",
    because="malicious",
    decided_at=datetime(2026, 3, 9, tzinfo=UTC),
    by_person="boss",
    by_unit="elsewhere",
    measure=Measure.SATISFACTION,
    unit_id="orchard",
    person_id="mei",
    numerator=0,
    denominator=-1,
)


def _interest(exclusion: Exclusion) -> Interest | None:
    found = interested([exclusion], OFFICE)
    return found[0].interest if found else None


def _decided_by(unit_id: str) -> Exclusion:
    return replace(BAD_GRADE, by_unit=unit_id)


def test_who_decides_of_their_own_rating_is_marked() -> None:
    assert _interest(replace(BAD_GRADE, by_person="mei")) is Interest.OWN_FIGURE


def test_who_decides_for_their_own_unit_is_marked() -> None:
    assert _interest(_decided_by("orchard")) is Interest.OWN_UNIT


def test_who_decides_from_below_is_marked() -> None:
    below = next(u for u in OFFICE.subtree("orchard") if u != "orchard")
    assert _interest(_decided_by(below)) is Interest.OWN_UNIT


def test_who_decides_from_above_is_marked_as_of_the_chain() -> None:
    street = OFFICE.path("orchard")[1]
    assert _interest(_decided_by(street)) is Interest.OWN_CHAIN


def test_the_topmost_unit_has_no_chain_of_its_own() -> None:
    assert _interest(_decided_by(OFFICE.path("orchard")[-1])) is None


def test_who_decides_from_another_branch_is_not_marked() -> None:
    assert "hills" not in OFFICE.path("orchard")
    assert _interest(_decided_by("hills")) is None


def test_what_makes_the_figure_worse_is_in_nobodys_interest() -> None:
    good = replace(_decided_by("orchard"), numerator=-1)
    assert not good.gains
    assert _interest(good) is None


def test_of_an_adverse_measure_taking_out_a_card_is_the_gain() -> None:
    card = replace(_decided_by("orchard"), measure=Measure.RED_CARDS, numerator=-1, denominator=0)
    assert card.gains
    assert not replace(card, numerator=0, denominator=-1).gains


def test_the_system_has_no_interest() -> None:
    assert _interest(replace(BAD_GRADE, by_person="system", by_unit="")) is None


def test_marks_come_in_the_order_of_the_events() -> None:
    one, two = _decided_by("orchard"), replace(_decided_by("orchard"), version=3)
    assert [m.exclusion.version for m in interested([one, two], OFFICE)] == [3, 12]


def test_each_carrier_is_told_of_what_its_figures_are_made_of() -> None:
    stray = Stray(
        case_id="c-9", version=4, measure=Measure.HANDLING, unit_id="hills", person_id="sun"
    )
    marks = interested([_decided_by("orchard")], OFFICE)
    found = by_carrier(
        "unit",
        {"town": ("orchard", "hills"), "orchard": ("orchard",), "mill": ("mill",)},
        [stray],
        marks,
    )
    assert set(found) == {"town", "orchard"}
    assert found["town"].strays == (stray,)
    assert found["town"].interested == marks == found["orchard"].interested
    assert found["orchard"].strays == ()


def test_a_member_of_staff_is_told_of_what_concerns_their_own_figures() -> None:
    marks = interested([_decided_by("orchard")], OFFICE)
    found = by_carrier("person", {"mei": ("mei",), "gao": ("gao",)}, (), marks)
    assert set(found) == {"mei"}
