"""What the figures of a report can and cannot say. Codes and facts; the words are elsewhere."""

from collections.abc import Iterator

from domain.report.contents import Head, Note
from domain.scores import exact
from domain.scores.figures import Card
from domain.scores.measures import Measure

ASKED = frozenset({Measure.RESPONSE, Measure.RESOLUTION, Measure.SATISFACTION})
"""What residents are asked; of the rest what has no answer yet is not over."""


def notes(
    head: Head,
    card: Card,
    others: tuple[Card, Card],
    *,
    over: bool,
    left_out: tuple[int, int],
    withheld: bool,
) -> tuple[Note, ...]:
    """Everything a reader has to know; `others` are the period before and the year before."""
    return (
        Note(code="computed"),
        *(() if over else (Note(code="unfinished"),)),
        *((Note(code="closed", facts=(head.successor,)),) if head.successor else ()),
        *((Note(code="withheld", facts=(str(head.minimum),)),) if withheld else ()),
        *_of_figures(head, card),
        *_beside(others),
        *_fairness(*left_out),
        *(Note(code=code) for code in ("moving", "tree", "proactive", "no_people")),
    )


def _of_figures(head: Head, card: Card) -> Iterator[Note]:
    counted = [each for each in card.figures.values() if each.tally.denominator]
    small = tuple(each.measure for each in counted if each.few)
    if small:
        yield Note(code="small", measures=small, facts=(str(head.minimum),))
    for each in card.figures.values():
        if each.tally.unanswered > 0:
            facts = exact.count(each.tally.unanswered), exact.count(each.tally.denominator)
            code = "unanswered" if each.measure in ASKED else "pending"
            yield Note(code=code, measures=(each.measure,), facts=facts)
        if each.tally.excluded > 0:
            facts_ = (exact.count(each.tally.excluded),)
            yield Note(code="excluded", measures=(each.measure,), facts=facts_)
    if card.composite.left_out:
        yield Note(code="left_out", measures=card.composite.left_out)


def _beside(others: tuple[Card, Card]) -> Iterator[Note]:
    for code, card in zip(("no_before", "no_year_before"), others, strict=True):
        if card.empty:
            yield Note(code=code)


def _fairness(astray: int, marked: int) -> Iterator[Note]:
    if astray:
        yield Note(code="astray", facts=(str(astray),))
    if marked:
        yield Note(code="marked", facts=(str(marked),))
