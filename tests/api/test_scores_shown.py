"""What of a figure's events is shown to whom, what they may appeal of it, and what is marked."""

from dataclasses import replace
from typing import Any

import pytest

from api.auth import Principal
from api.errors import Problem
from api.scores import entitled, explaining, marks
from api.scores.asked import OfPeriod, Reading
from api.scores.entitled import Reader
from api.scores.explaining import Shown
from api.scores.models_behind import PostingView
from domain.book import Book
from domain.commands import Appeal
from domain.events import ClockBroken
from domain.organisation import Patch
from domain.scores import figures, periods
from domain.scores.fairness import Fairness, Stray
from domain.scores.figures import Card, Sum
from domain.scores.measures import Measure
from domain.state import Case
from store.scores.basis import Basis
from store.scores.explained import Page, Posting, Said
from tests.domain.rated import under_review
from tests.domain.story import GAO, by, in_gaos_hands
from tests.domain.town import POLICY, SHANGHAI, TOWN, local

pytestmark = pytest.mark.rule("R12.5", "R11")
NOW = local("03-04 12:00")
LATE = in_gaos_hands().at("03-03 10:00")
"""On Tuesday at ten Gao's handling clock broke."""
MISSED = Posting(
    case_id="case-1",
    version=7,
    part=1,
    measure="handling",
    carrier="unit",
    unit_id="orchard-1",
    stage="grid",
    person_id="gao",
    role="owner",
    helpers=0,
    counted_at=local("03-03 10:00"),
    known_at=local("03-03 10:00"),
    numerator=0,
    denominator=1,
    unanswered=0,
    excluded=0,
    corrects=None,
    because="",
    round=1,
    subject="",
    about="handle-2",
    charge="breach",
    item_id="noise",
    class_id="noise",
    proactive=False,
    imported=False,
)


def reading(book: Book = TOWN, **changes: Any) -> Reading:
    """March as it stands on the fourth."""
    asked = OfPeriod(period="2026-03", lang="en")
    basis = Basis(
        period=periods.parse("2026-03"),
        zone=SHANGHAI,
        as_of=None,
        organisation=book.organisation,
        policy=POLICY,
        over=False,
    )
    return Reading(asked=asked, basis=replace(basis, **changes), moment=NOW)


def reader(person_id: str, book: Book = TOWN) -> Reader:
    posts = book.organisation.posts_of(person_id, NOW)
    over = [p.unit_id for p in posts if p.role == "supervisor"]
    below = frozenset(u for unit in over for u in book.organisation.subtree(unit))
    auditing = any(p.role == "auditor" for p in posts)
    return Reader(person_id=person_id, book=book, posts=posts, over=None if auditing else below)


def shown(
    person_id: str, *postings: Posting, sees: bool = True, strays: tuple[Stray, ...] = ()
) -> list[PostingView]:
    """The page as that person reads it."""
    broken = Said(version=7, event=LATE.last(ClockBroken), recorded_at=NOW)
    rows = postings or (MISSED,)
    page = Page(postings=rows, events={row.place: broken for row in rows}, cursor=None)
    page = replace(page, events={**page.events, ("case-1", 7): broken})
    in_sight = {"case-1"} if sees else set()
    matters = explaining.contestable(page, in_sight, person_id)
    asking = Principal(kind="staff", person_id=person_id)
    offers = explaining.offers(matters, {"case-1": LATE.case}, asking, TOWN, NOW)
    known = Shown(reader=reader(person_id), of=reading(), in_sight=in_sight, offers=offers)
    return explaining.postings(page, known, strays)


# -- what is shown ----------------------------------------------------------------


def test_who_may_not_see_the_case_reads_that_the_event_exists_and_no_number() -> None:
    (view,) = shown("xu", sees=False)
    assert (view.case_id, view.timeline, view.appeal) == (None, None, None)
    assert "case-1" not in view.model_dump_json()
    assert (view.event.kind, view.event.words) == (
        "clock.broken",
        "Handling deadline missed (red card)",
    )


@pytest.mark.parametrize(
    ("person", "named"), [("gao", True), ("guo", False), ("xu", True), ("cao", False), ("ao", True)]
)
def test_a_persons_name_is_shown_to_themselves_and_to_who_oversees_the_unit(
    person: str, *, named: bool
) -> None:
    (view,) = shown(person)
    assert (view.person is not None) is named


def test_a_posting_that_takes_one_back_says_which_and_why() -> None:
    back = replace(
        MISSED, version=9, denominator=-1, excluded=1, corrects=7, because="appeal", charge=""
    )
    _, view = shown("gao", MISSED, back)
    assert view.corrects is not None
    assert (view.corrects.version, view.because) == (7, "appeal")
    assert view.words == "an appeal was upheld: it does not count"


def test_what_stands_on_a_unit_without_a_part_in_the_case_counts_in_no_figure() -> None:
    stray = Stray(
        case_id="case-1",
        version=7,
        measure=Measure.HANDLING,
        unit_id="orchard-1",
        person_id="gao",
    )
    assert [view.counts for view in shown("gao", strays=(stray,))] == [False]
    assert [view.counts for view in shown("gao")] == [True]


def test_of_a_shared_grade_a_posting_weighs_its_part() -> None:
    grade = replace(MISSED, measure="satisfaction", charge="", helpers=2)
    owner, helper = shown("xu", grade, replace(grade, part=2, role="helper", unit_id="water"))
    share = POLICY.scores.helper_share
    assert owner.weight == f"0.{100 - share:02}00"
    assert helper.weight == f"0.{share * 50:04}"


# -- what may be appealed -----------------------------------------------------------


def test_who_is_charged_is_offered_the_appeal_as_it_is_to_be_sent() -> None:
    (view,) = shown("gao")
    assert view.appeal is not None
    assert view.appeal.url == "/api/v1/cases/case-1/commands"
    assert view.appeal.body.model_dump(mode="json") == {
        "kind": "appeal",
        "against": "breach",
        "about": "handle-2",
    }
    assert view.appeal.until == local("03-18 10:00")
    sent = by(GAO, "03-04 12:00", Appeal, **view.appeal.body.model_dump(exclude={"kind"}), text="x")
    assert LATE.when(sent).refused is None


def test_who_may_not_see_the_case_any_more_is_offered_the_appeal_against_what_is_their_own() -> (
    None
):
    (view,) = shown("gao", sees=False)
    assert view.appeal is not None
    assert view.appeal.url == f"/api/v1/cases/{view.case_id}/commands"
    assert view.timeline is None, "nothing else of the case"


def test_nobody_is_offered_what_the_rules_would_refuse_them() -> None:
    for person in ("guo", "cao", "xie", "ao"):
        assert [view.appeal for view in shown(person)] == [None], person
    assert [view.appeal is None for view in shown("xu")] == [False], "the unit's nearest supervisor"


@pytest.mark.parametrize(
    "changes",
    [
        {"charge": ""},
        {"numerator": 1},
        {"denominator": 0, "unanswered": 1},
        {"measure": "red_cards", "numerator": 0},
        {"about": "handle-9"},
    ],
)
def test_only_what_makes_the_figure_worse_is_contested(changes: dict[str, Any]) -> None:
    assert [view.appeal for view in shown("gao", replace(MISSED, **changes))] == [None]


@pytest.mark.parametrize(
    "changes",
    [
        {"measure": "red_cards", "numerator": 1, "denominator": 0},
        {"measure": "resolution", "numerator": -1, "denominator": 0},
    ],
)
def test_a_card_and_what_is_taken_back_make_it_worse_too(changes: dict[str, Any]) -> None:
    assert [view.appeal is None for view in shown("gao", replace(MISSED, **changes))] == [False]


def test_the_rating_of_a_case_under_review_is_offered_to_who_resolved_it() -> None:
    case: Case = under_review().case
    (charge,) = case.redress.charges
    matter = (case.case_id, str(charge.kind), charge.about)
    asking = Principal(kind="staff", person_id=charge.person_id)
    found = explaining.offers({matter}, {case.case_id: case}, asking, TOWN, NOW)
    assert found[matter].body.about == "1/reporter"
    late = explaining.offers({matter}, {case.case_id: case}, asking, TOWN, local("04-20 12:00"))
    assert late == {}, "the time for it is over"


# -- who may see ----------------------------------------------------------------------


def refused(person_id: str, **asked: Any) -> str:
    """The code of the refusal, empty for none."""
    bounds = periods.parse("2026-03").bounds(SHANGHAI)
    try:
        if "unit" in asked:
            entitled.need_unit(reader(person_id), asked["unit"], asked.get("scope", "own"))
        else:
            entitled.need_person(reader(person_id), asked["person"], *asked.get("bounds", bounds))
    except Problem as no:
        return no.code
    return ""


def test_a_unit_is_seen_by_its_staff_and_from_above() -> None:
    for person in ("mei", "xu", "xie", "xia", "ao"):
        assert refused(person, unit="bridge") == "", person
    for person in ("cao", "pan", "hu"):
        assert refused(person, unit="bridge") == "not_entitled", person
    assert refused("mei", unit="bridge", scope="area") == "not_entitled"
    assert refused("xu", unit="bridge", scope="area") == ""
    assert refused("ao", unit="atlantis") == "unit_not_found"


def test_a_person_is_seen_by_who_oversaw_a_unit_they_served_in_then() -> None:
    for person in ("gao", "xu", "xie", "xia", "ao"):
        assert refused(person, person="gao") == "", person
    assert refused("pan", person="gao") == "person_not_found"
    assert refused("pan", person="nobody") == "person_not_found"
    for stranger in ("gao", "nobody"):
        assert refused("mei", person=stranger) == "not_entitled"
    later = periods.parse("2026-04").bounds(SHANGHAI)
    earlier = periods.parse("2025-12").bounds(SHANGHAI)
    assert refused("xu", person="kong", bounds=later) == "person_not_found", "gone by then"
    assert refused("xu", person="kong", bounds=earlier) == ""


def test_the_staff_of_who_took_over_see_what_the_closed_unit_carried() -> None:
    closed = replace(TOWN.organisation.units["spring"], closed=True, parent_id="orchard")
    organisation = TOWN.organisation.patched("later", Patch(units={"spring": closed}))
    book = replace(TOWN, organisation=organisation)
    entitled.need_unit(reader("cao", book), "spring", "own")
    entitled.need_unit(reader("xu", book), "spring", "area")


# -- what is marked --------------------------------------------------------------------


def card(unit_id: str, *sums: Sum) -> Card:
    policy = POLICY.scores
    return figures.card("unit", unit_id, periods.parse("2026-03"), sums, policy, version="policy-1")


def codes(card: Card, of: Reading, book: Book = TOWN) -> list[str]:
    return [m.code for m in marks.marks(of, card, Fairness(), reader("ao", book), set())]


FEW = Sum(measure=Measure.HANDLING, numerator=1, denominator=2)
MANY = Sum(measure=Measure.HANDLING, numerator=900, denominator=1000)


def test_a_period_under_way_few_cases_and_none_are_marked() -> None:
    assert codes(card("bridge", MANY), reading()) == ["not_over"]
    assert codes(card("bridge", MANY), reading(over=True)) == []
    assert codes(card("bridge", FEW), reading(over=True)) == ["few"]
    assert codes(card("bridge"), reading(over=True)) == ["nothing_counted"]


def test_a_unit_that_is_gone_or_was_not_there_yet_is_marked() -> None:
    closed = replace(TOWN.organisation.units["spring"], closed=True, parent_id="orchard")
    later = TOWN.organisation.patched("later", Patch(units={"spring": closed}))
    book = replace(TOWN, organisation=later)
    assert codes(card("spring", MANY), reading(over=True), book) == ["closed"]
    assert codes(card("new-bridge", MANY), reading(over=True)) == ["founded_later"]


def test_what_was_left_out_is_marked_with_its_event() -> None:
    stray = Stray(
        case_id="case-1",
        version=7,
        measure=Measure.HANDLING,
        unit_id="bridge",
        person_id="",
    )
    fairness = Fairness(strays=(stray,))
    of = reading(over=True)
    assert marks.cases(fairness) == {"case-1"}
    for in_sight, named in (({"case-1"}, "case-1"), (set[str](), None)):
        (mark,) = marks.marks(of, card("bridge", MANY), fairness, reader("ao"), in_sight)
        assert mark.code == "astray"
        assert [(e.case_id, e.version, e.unit.id) for e in mark.events] == [(named, 7, "bridge")]


def test_the_widest_units_somebody_oversees_are_ranked_in() -> None:
    assert entitled.area(reader("xu"), None)[0] == ["bridge"]
    tops, area = entitled.area(reader("ao"), None)
    assert (tops, area) == (["city"], frozenset(TOWN.organisation.units))
    assert entitled.area(reader("xie"), "bridge")[0] == ["bridge"]
    for person, within, code in (
        ("mei", None, "not_entitled"),
        ("xu", "hills", "not_entitled"),
        ("ao", "atlantis", "unknown_unit"),
    ):
        with pytest.raises(Problem) as no:
            entitled.area(reader(person), within)
        assert no.value.code == code
