"""R12.3: what a rate is worth whose cases hang together, by hand."""

from fractions import Fraction

import pytest

from domain.scores.figures import Tally
from domain.scores.policy import Scores
from tests.domain.town import POLICY
from tests.la311.hanging import hanging

pytestmark = pytest.mark.rule("R12.3")
SCORES: Scores = POLICY.scores


def tally(kept: int, of: int) -> Tally:
    return Tally(numerator=Fraction(kept), denominator=Fraction(of))


def test_rounds_kept_or_broken_as_a_whole_are_worth_one_promise_each() -> None:
    decided = [("east", day, day > 0) for day in range(4) for _ in range(10)]
    found = hanging(decided, {"east": tally(30, 40)}, SCORES)
    assert found.correlation == 1
    assert found.effects == {"east": 10}
    (place,) = found.ranking.ranked
    assert place.figure.tally == tally(3, 4)
    assert place.figure.rate == 75


def test_promises_that_do_not_hang_together_are_worth_as_many_as_there_are() -> None:
    """Each round has one kept and one broken: less alike than chance, and that adds nothing."""
    decided = [("east", day, kept) for day in range(20) for kept in (True, False)]
    found = hanging(decided, {"east": tally(20, 40)}, SCORES)
    assert found.correlation == -1
    assert found.effects == {"east": 1}
    assert found.ranking.ranked[0].figure.tally == tally(20, 40)


def test_single_promises_have_no_round_to_hang_together_in() -> None:
    pairs = [("west", "tuesday", kept) for kept in (True, True, False, False)]
    alone = [("east", day, day > 0) for day in range(4)]
    found = hanging([*pairs, *alone], {"east": tally(3, 4), "west": tally(2, 4)}, SCORES)
    assert found.correlation == Fraction(-3333, 10_000)
    assert found.effects == {"east": 1, "west": 1}
