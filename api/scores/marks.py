"""What whoever reads figures must know of them (R12, R11): chance, units that are gone, what was
left out, and what was decided by those who gain from it. The findings are the domain's.
"""

from collections.abc import Collection, Iterator

from api import words
from api.scores import views
from api.scores.asked import Reading
from api.scores.entitled import Reader
from api.scores.models import Mark, MarkedEvent
from api.words.scores import MARKS
from domain.scores.fairness import Exclusion, Fairness, Interest, Stray
from domain.scores.figures import Card


def cases(fairness: Fairness) -> set[str]:
    """The cases that marks name."""
    excluded = {mark.exclusion.case_id for mark in fairness.interested}
    return excluded | {stray.case_id for stray in fairness.strays}


def marks(
    of: Reading, card: Card, fairness: Fairness, reader: Reader, in_sight: Collection[str]
) -> list[Mark]:
    """Those of a card, in one order."""
    plain = _plain(of, card, reader)
    told = [Mark(code=code, words=_words(code, of), events=[]) for code in plain]
    return [*told, *found(of, fairness, in_sight)]


def found(of: Reading, fairness: Fairness, in_sight: Collection[str]) -> list[Mark]:
    """What the domain found about single events."""
    return [
        Mark(
            code=code,
            words=_words(code, of),
            events=[_event(each, of, in_sight) for each in events],
        )
        for code, events in _of_events(fairness).items()
    ]


def _plain(of: Reading, card: Card, reader: Reader) -> Iterator[str]:
    if not of.basis.over:
        yield "not_over"
    if card.empty:
        yield "nothing_counted"
    elif any(each.few and each.tally.denominator for each in card.figures.values()):
        yield "few"
    if card.carrier != "unit":
        return
    today = reader.book.organisation
    if today.standing(card.carrier_id) != card.carrier_id:
        yield "closed"
    if card.carrier_id not in of.basis.organisation.units:
        yield "founded_later"


def _of_events(fairness: Fairness) -> dict[str, list[Stray | Exclusion]]:
    """What the domain found, by the mark it makes."""
    found: dict[str, list[Stray | Exclusion]] = {}
    if fairness.strays:
        found["astray"] = [*fairness.strays]
    for interest in Interest:
        gains = [m.exclusion for m in fairness.interested if m.interest is interest]
        if gains:
            found[interest] = [*gains]
    return found


def _event(of: Stray | Exclusion, reading: Reading, in_sight: Collection[str]) -> MarkedEvent:
    return MarkedEvent(
        case_id=of.case_id if of.case_id in in_sight else None,
        version=of.version,
        measure=of.measure,
        unit=views.named(of.unit_id, reading.basis.organisation),
    )


def _words(code: str, of: Reading) -> str:
    return words.say(MARKS, code, of.asked.lang)
