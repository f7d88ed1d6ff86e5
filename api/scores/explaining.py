"""Postings as they are shown: each with its event in plain words, and what may still be appealed.

Whether an appeal would be taken is asked of the rules themselves (domain/case.py); nothing is sent.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from api import words
from api.auth import Principal
from api.models_named import Named
from api.scores import views
from api.scores.asked import Reading
from api.scores.entitled import Reader
from api.scores.models_behind import (
    AppealBodyView,
    AppealOffer,
    PartSums,
    PostingView,
    Said,
)
from api.words import Language
from api.words.scores import BECAUSE
from domain import appeals
from domain.book import Book
from domain.case import decide
from domain.commands import Appeal
from domain.organisation import Organisation
from domain.refusals import Refused
from domain.scores import exact
from domain.scores.fairness import Stray
from domain.scores.figures import Sum, tallies, weight
from domain.scores.measures import ADVERSE, Measure
from domain.state import Case
from domain.words.redress import ChargeKind
from store.scores import explained
from store.scores.explained import Page, Posting

Matter = tuple[str, str, str]
"""A case, and what in it counts against somebody: of which kind, under which name."""
NOTHING_SAID = "-"
"""Stands for what an appeal would say, where only its being taken is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page is shown with: to whom, which cases are in their sight, and in which words."""

    reader: Reader
    of: Reading
    in_sight: Collection[str]
    offers: Mapping[Matter, AppealOffer]

    @property
    def lang(self) -> Language:
        """The words they want."""
        return self.of.asked.lang

    @property
    def organisation(self) -> Organisation:
        """Names are those of the period's end."""
        return self.of.basis.organisation


def sums(found: Iterable[Sum], of: Reading) -> list[PartSums]:
    """What the postings add up to, by measure."""
    weighed = tallies(found, of.basis.scores.helper_share)
    return [PartSums(measure=m, **views.tally(tally)) for m, tally in weighed.items()]


def postings(page: Page, shown: Shown, strays: Iterable[Stray]) -> list[PostingView]:
    """Every posting of the page; of those astray it is said that they count in no figure."""
    astray = {(each.case_id, each.version, each.unit_id) for each in strays}
    return [
        _posting(each, page, shown, counts=(*each.place, each.unit_id) not in astray)
        for each in page.postings
    ]


def _posting(posting: Posting, page: Page, shown: Shown, *, counts: bool) -> PostingView:
    seen = posting.case_id in shown.in_sight
    offer = shown.offers.get(_matter(posting)) if _against(posting) else None
    names = shown.reader.oversees(posting.unit_id) or posting.person_id == shown.reader.person_id
    return PostingView(
        case_id=posting.case_id if seen or offer else None,
        timeline=f"/api/v1/cases/{posting.case_id}/timeline" if seen else None,
        measure=posting.measure,
        event=_said(page.events[posting.place], shown),
        counted_at=posting.counted_at,
        known_at=posting.known_at,
        unit=views.named(posting.unit_id, shown.organisation),
        person=_person(posting, shown) if names else None,
        stage=posting.stage,
        round=posting.round,
        role=posting.role,
        helpers=posting.helpers,
        weight=_weight(posting, shown),
        numerator=posting.numerator,
        denominator=posting.denominator,
        unanswered=posting.unanswered,
        excluded=posting.excluded,
        counts=counts,
        because=posting.because,
        words=words.say(BECAUSE, posting.because, shown.lang) if posting.because else "",
        corrects=_corrected(posting, page, shown),
        imported=posting.imported,
        appeal=offer,
    )


def _person(posting: Posting, shown: Shown) -> Named | None:
    return views.person(posting.person_id, shown.organisation) if posting.person_id else None


def _weight(posting: Posting, shown: Shown) -> str:
    one = Sum(
        measure=Measure(posting.measure),
        role="helper" if posting.role == "helper" else "owner",
        helpers=posting.helpers,
        numerator=posting.numerator,
        denominator=posting.denominator,
    )
    return exact.count(weight(one, shown.of.basis.scores.helper_share))


def _said(found: explained.Said, shown: Shown) -> Said:
    return Said(
        version=found.version,
        kind=found.event.kind,
        words=words.sentence(found.event, shown.organisation, shown.lang),
        at=found.event.at,
        recorded_at=found.recorded_at,
    )


def _corrected(posting: Posting, page: Page, shown: Shown) -> Said | None:
    return None if posting.corrected is None else _said(page.events[posting.corrected], shown)


# -- what may still be appealed --------------------------------------------------


def _against(posting: Posting) -> bool:
    """Whether it makes the figure worse, by something that has a name an appeal can give."""
    if not posting.charge:
        return False
    if posting.measure in ADVERSE:
        return posting.numerator > 0
    missed = posting.denominator > 0 and posting.numerator == 0
    return missed or posting.numerator < 0


def _matter(posting: Posting) -> Matter:
    return posting.case_id, posting.charge, posting.about


def contestable(page: Page, in_sight: Collection[str], person_id: str) -> set[Matter]:
    """What on the page counts against somebody in cases the reader may see, and against the reader
    in any: it goes with them to another unit.
    """
    return {
        _matter(p)
        for p in page.postings
        if _against(p) and (p.case_id in in_sight or p.person_id == person_id)
    }


def offers(
    matters: set[Matter], cases: Mapping[str, Case], asking: Principal, book: Book, at: datetime
) -> dict[Matter, AppealOffer]:
    """What of it the reader may appeal now."""
    found = {
        matter: _offer(cases[matter[0]], ChargeKind(matter[1]), matter[2], asking, book, at)
        for matter in matters
    }
    return {matter: offer for matter, offer in found.items() if offer is not None}


def _offer(
    case: Case, against: ChargeKind, about: str, asking: Principal, book: Book, at: datetime
) -> AppealOffer | None:
    """The appeal, if the rules would take it from whoever asks."""
    charge = case.redress.charge(against, about)
    if charge is None:
        return None
    command = Appeal(
        command_id="", actor=asking.actor, at=at, against=against, about=about, text=NOTHING_SAID
    )
    try:
        decide(case, command, book)
    except Refused:
        return None
    return AppealOffer(
        url=f"/api/v1/cases/{case.case_id}/commands",
        until=appeals.open_until(case, charge, book),
        body=AppealBodyView(against=against, about=about),
        needs=["text"],
    )
