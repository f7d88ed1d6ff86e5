"""R12.5: two readings of one period: what differs, by which cases and events, and why."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from domain.scores import comparison
from domain.scores.comparison import CaseChange, Entry, Reason
from domain.scores.figures import Card, Sum, Tally, card
from domain.scores.measures import Measure
from domain.scores.periods import parse
from domain.scores.policy import Formula
from domain.scores.ranking import Ranking, ranking
from tests.domain.town import POLICY, TOWN

pytestmark = pytest.mark.rule("R12.5")
SCORES = POLICY.scores
GRADES = Measure.SATISFACTION
KNOWN = datetime(2026, 10, 5, tzinfo=UTC)

BAD = Entry(
    case_id="c-1",
    version=9,
    unit_id="bridge",
    person_id="mei",
    measure=GRADES,
    role="owner",
    helpers=0,
    known_at=KNOWN,
    corrects=None,
    because="",
    numerator=0,
    denominator=1,
    unanswered=0,
    excluded=0,
)
OUT = replace(
    BAD, version=12, corrects=9, because="malicious", numerator=0, denominator=-1, excluded=1
)
BACK = replace(OUT, version=15, because="restored", denominator=1, excluded=-1)


def _of(*later: Entry) -> tuple[CaseChange, ...]:
    return comparison.cases(later, (), SCORES, SCORES)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (BAD, Reason.RECORDED_LATER),
        (OUT, Reason.EXCLUDED),
        (replace(OUT, because="appeal"), Reason.EXCLUDED),
        (replace(OUT, because="mistaken"), Reason.EXCLUDED),
        (BACK, Reason.RESTORED),
        (replace(BAD, corrects=7, because="recurrence", numerator=-1), Reason.RECURRENCE),
        (replace(BAD, corrects=7, because="answered", unanswered=-1), Reason.ANSWERED),
        (replace(BAD, corrects=7, because="other"), Reason.CORRECTED),
    ],
)
def test_a_case_changes_for_a_reason_and_by_an_event(entry: Entry, reason: Reason) -> None:
    (found,) = _of(entry)
    assert (found.case_id, found.reasons, found.versions) == ("c-1", (reason,), (entry.version,))


def test_what_a_case_counts_more_or_less_is_said() -> None:
    (found,) = _of(OUT)
    assert found.tally == Tally(denominator=Fraction(-1), excluded=Fraction(1))


def test_what_was_excluded_and_restored_in_between_is_no_change() -> None:
    assert _of(OUT, BACK) == ()


def test_several_events_of_a_case_are_one_change_for_each_unit_and_measure() -> None:
    other = replace(BAD, measure=Measure.RESPONSE)
    found = _of(replace(BAD, unit_id="hills"), OUT, BAD, other)
    assert [(each.unit_id, each.measure) for each in found] == [
        ("bridge", Measure.RESPONSE),
        ("bridge", GRADES),
        ("hills", GRADES),
    ]
    assert found[1].versions == (9, 12)
    assert found[1].reasons == (Reason.EXCLUDED, Reason.RECORDED_LATER)


def test_another_share_of_the_helpers_changes_the_grades_that_are_shared() -> None:
    shared = replace(BAD, helpers=2)
    helper = replace(shared, unit_id="hills", role="helper")
    after = replace(SCORES, helper_share=50)
    found = comparison.cases((), (shared, helper, replace(BAD, case_id="c-2")), SCORES, after)
    assert [(each.unit_id, each.tally.denominator) for each in found] == [
        ("bridge", Fraction(-3, 10)),
        ("hills", Fraction(15, 100)),
    ]
    assert {each.reasons for each in found} == {(Reason.HELPER_SHARE,)}


def test_before_and_after_add_up_to_what_the_cases_change() -> None:
    """The second reading's tally is the first one's and the changes of all cases."""
    after = replace(SCORES, helper_share=60)
    earlier = (replace(BAD, helpers=1), replace(BAD, case_id="c-2", numerator=1))
    later = (replace(OUT, helpers=1), replace(BAD, case_id="c-3", helpers=3))
    before = _card(e.sum for e in earlier)
    now = card(
        "unit", "bridge", parse("2026-Q3"), [e.sum for e in (*earlier, *later)], after, version="x"
    )
    changed = comparison.cases(later, earlier, SCORES, after)
    whole = before.figures[GRADES].tally
    for each in changed:
        whole += each.tally
    assert now.figures[GRADES].tally == whole


def _card(sums: Iterable[Sum]) -> Card:
    return card("unit", "bridge", parse("2026-Q3"), sums, SCORES, version="policy-1")


def _handled(hits: int, of: int) -> Card:
    return _card([Sum(measure=Measure.HANDLING, numerator=hits, denominator=of)])


def test_units_whose_figures_differ_are_listed_and_no_others() -> None:
    before = {"bridge": _handled(9, 10), "hills": _handled(5, 5), "gone": _handled(1, 1)}
    after = {"bridge": _handled(10, 10), "hills": _handled(5, 5), "new": _handled(1, 1)}
    found = comparison.carriers(before, after)
    assert [each.carrier_id for each in found] == ["bridge", "gone", "new"]
    bridge = found[0]
    assert [each.measure for each in bridge.figures] == [Measure.HANDLING]
    assert (bridge.before, bridge.after) == (Fraction(50), Fraction(100))
    assert (found[1].after, found[2].before) == (None, None)


def test_the_same_readings_differ_in_nothing() -> None:
    cards = {"bridge": _handled(9, 10)}
    assert comparison.carriers(cards, dict(cards)) == ()
    assert _of() == ()
    assert comparison.moved(TOWN.organisation, TOWN.organisation) == ()
    assert comparison.numbers(POLICY, POLICY) == ()


def test_units_that_could_hold_another_place_are_listed() -> None:
    def places(**counts: int) -> Ranking:
        cards = {unit: _handled(hits, 100) for unit, hits in counts.items()}
        figures = {unit: each.figures[Measure.HANDLING] for unit, each in cards.items()}
        return ranking(Measure.HANDLING, figures)

    found = comparison.places(places(one=99, two=50), places(one=99, two=98))
    assert [(each.unit_id, each.before, each.after) for each in found] == [
        ("one", (1, 1), (1, 2)),
        ("two", (2, 2), (1, 2)),
    ]


def test_the_numbers_of_the_policy_that_differ_are_named() -> None:
    formulas = {**SCORES.formulas, GRADES: Formula(full=3000, k=50, target=9500, floor=1250)}
    after = replace(POLICY, scores=replace(SCORES, formulas=formulas, minimum=6))
    found = {each.path: (each.before, each.after) for each in comparison.numbers(POLICY, after)}
    assert found == {
        ("scores", "formulas", "satisfaction", "full"): (2500, 3000),
        ("scores", "minimum"): (5, 6),
    }


def test_units_that_were_moved_are_named() -> None:
    units = dict(TOWN.organisation.units)
    bridge = units["bridge"]
    after = replace(
        TOWN.organisation, units={**units, "bridge": replace(bridge, parent_id="hills")}
    )
    (found,) = comparison.moved(TOWN.organisation, after)
    assert (found.unit_id, found.before, found.after) == ("bridge", bridge.parent_id, "hills")
