"""What of the figures of a unit may be public: no answers of so few that a neighbour knows whose
they are, and nobody's own card. Who oversees the unit reads all of it elsewhere.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from domain.organisation import Organisation
from domain.scores.figures import Card, Figure, Tally
from domain.scores.measures import Measure
from domain.scores.policy import Scores
from domain.words import Role

ANSWERS = frozenset(
    {
        Measure.RESPONSE,
        Measure.RESOLUTION,
        Measure.SATISFACTION,
        Measure.REOPENINGS,
        Measure.RECURRENCES,
    }
)
"""What residents said, each for themselves."""
CALLS = frozenset({Role.FIRST_CONTACT_CLERK})
WATCHES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION})
QUARTER = 3


def withheld(figure: Figure | None) -> bool:
    """Whether something counted in it that is not said: it has no rate then."""
    return figure is not None and figure.rate is None and figure.tally.denominator > 0


def published(card: Card, months: Sequence[Card], scores: Scores, own: Collection[Measure]) -> Card:
    """The card without what is not public; `own` are the measures that are one person's card.

    Of a longer period than a month `months` are the cards of its months: what was withheld of them
    must not be what is left when the others are taken from it. A range of days has no answers.
    """
    kept = {
        measure: _bare(figure)
        if measure in ANSWERS.union(own) and _hidden(measure, card, months, scores.minimum)
        else figure
        for measure, figure in card.figures.items()
    }
    if not any(withheld(kept.get(measure)) for measure in scores.weights):
        return replace(card, figures=kept)
    return replace(card, figures=kept, composite=replace(card.composite, points=None))


def _bare(figure: Figure) -> Figure:
    tally = Tally(denominator=figure.tally.denominator, unanswered=figure.tally.unanswered)
    return replace(figure, tally=tally, rate=None, interval=None, points=None)


def _hidden(measure: Measure, card: Card, months: Sequence[Card], minimum: int) -> bool:
    if card.figures[measure].tally.denominator < minimum or not card.period.months:
        return True
    counts = [_counted(month, measure) for month in months]
    quarters = [counts[n : n + QUARTER] for n in range(0, len(counts), QUARTER)]
    rests = [sum(each for each in quarter if each < minimum) for quarter in quarters]
    # A quarter with enough in the months that are withheld is published itself.
    return 0 < sum(rest for rest in rests if rest < minimum) < minimum


def _counted(card: Card, measure: Measure) -> Fraction:
    figure = card.figures.get(measure)
    return Fraction(0) if figure is None else figure.tally.denominator


def ones_own(
    organisation: Organisation, units: Collection[str], since: datetime, until: datetime
) -> frozenset[Measure]:
    """The measures that one person alone worked for in those units in that time."""
    calling, working = set[str](), set[str]()
    for post in organisation.posts.values():
        served = post.valid_from < until and (post.valid_until is None or post.valid_until > since)
        if post.unit_id in units and post.person_id and served and post.role not in WATCHES:
            (calling if post.role in CALLS else working).add(post.person_id)
    calls = frozenset({Measure.FOLLOW_UP})
    return (calls if len(calling) == 1 else frozenset()) | (
        frozenset(Measure) - calls if len(working) == 1 else frozenset()
    )


def any_withheld(cards: Iterable[Card]) -> bool:
    """Whether anything of these is not said."""
    return any(withheld(figure) for card in cards for figure in card.figures.values())
