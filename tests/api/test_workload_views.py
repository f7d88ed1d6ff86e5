"""Workload as it is drawn: each number from what was read, its address, who is missing (R12.5)."""

from dataclasses import replace
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest

from api.workload import views
from api.workload.asking import Asked, Read
from domain.scores.measures import Measure
from domain.words import Role, UnitKind
from domain.workload.loads import Load
from store.still import Still
from store.workload import Flow
from tests.domain.town import POSTS, TOWN, UNITS, local, organisation, post, unit

pytestmark = pytest.mark.rule("R12.5")
NOW = local("03-02 10:00")
OF = Asked(there=cast("Still", None), book=TOWN, unit="bridge", at=NOW, past=False)
READ = Read(
    loads={
        ("bridge", "clerk-bridge"): Load(in_charge=2, overdue=1),
        ("bridge", "clerk-gone"): Load(in_charge=1),
        ("bridge", "street-bridge"): Load(in_charge=3, waiting=3),
        ("orchard-1", "grid-1"): Load(in_charge=4, waiting=1),
        ("stone-1", "grid-stone"): Load(in_charge=100),
    },
    flows={
        ("bridge", Measure.ACCEPTANCE): Flow(numerator=5, denominator=8),
        ("bridge", Measure.RETURNS): Flow(numerator=1, denominator=12),
        ("bridge", Measure.REOPENINGS): Flow(numerator=2, denominator=7),
    },
    owed={("bridge", Measure.FOLLOW_UP): Flow(unanswered=2)},
    questions={"bridge": 1, "orchard": 2},
    follow_ups={"mei": 2},
)


def test_a_unit_counts_itself_and_all_below_it() -> None:
    whole = views.workload(OF, READ, "zh").unit
    assert (whole.own, whole.in_charge, whole.waiting, whole.overdue) == (6, 10, 4, 1)
    assert (whole.follow_ups, whole.questions) == (2, 3)
    assert (whole.arrivals, whole.settlements) == (12, 7)
    assert (whole.acceptance.broken, whole.acceptance.percent) == (3, "37.5000")
    assert (whole.handling.decided, whole.handling.percent) == (0, None)
    assert (whole.households, whole.per_thousand_households) == (600, "16.7")
    assert (whole.handlers, whole.per_head) == (1, "6.0")


def test_those_right_below_it_are_shown_and_closed_ones_are_not() -> None:
    assert [u.unit.id for u in views.workload(OF, READ, "zh").below] == ["orchard", "spring"]
    units = [replace(u, closed=u.unit_id == "spring") for u in UNITS]
    of = replace(OF, book=replace(TOWN, organisation=organisation(units=units)))
    assert [u.unit.id for u in views.workload(of, READ, "zh").below] == ["orchard"]


def test_a_post_has_what_is_with_it_and_what_nobody_holds_any_more_stands_elsewhere() -> None:
    found = views.workload(OF, READ, "zh")
    posts = {each.post_id: each for each in found.posts}
    assert set(posts) == {*("clerk-bridge", "clerk-bridge-2", "mediator-bridge"),
                          *("street-bridge", "supervisor-bridge")}  # fmt: skip
    clerk = posts["clerk-bridge"]
    assert (clerk.in_charge, clerk.overdue, clerk.follow_ups) == (2, 1, 2)
    assert clerk.words == "首问岗"
    assert found.elsewhere == 1
    assert sum(each.in_charge for each in found.posts) + found.elsewhere == found.unit.own


def asked(url: str) -> tuple[str, dict[str, list[str]]]:
    """Path and query of an address."""
    parts = urlsplit(url)
    return parts.path, parse_qs(parts.query)


def test_each_number_has_the_address_of_its_list() -> None:
    found = views.workload(OF, READ, "zh")
    lists = found.unit.lists
    assert asked(lists["in_charge"]) == ("/api/v1/cases", {"unit": ["bridge"], "open": ["true"]})
    assert asked(lists["questions"]) == ("/api/v1/questions", {"unit": ["bridge"]})
    path, query = asked(lists["arrivals"])
    assert path == "/api/v1/scores/units/bridge/events"
    assert query == {
        "period": ["2026-02-03..2026-03-02"],
        "measure": ["returns"],
        "part": ["denominator"],
        "scope": ["area"],
    }
    assert (found.since, found.until) == ("2026-02-03", "2026-03-02")
    assert asked(found.posts[0].lists["waiting"])[1] == {
        "unit": ["bridge"],
        "post": ["clerk-bridge"],
        "phase": ["awaiting_acceptance"],
    }


def test_of_a_past_moment_every_address_says_which_and_there_are_no_questions() -> None:
    of, read = replace(OF, past=True), replace(READ, questions=None)
    whole = views.workload(of, read, "zh").unit
    assert whole.questions is None
    assert "questions" not in whole.lists
    for url in whole.lists.values():
        assert asked(url)[1]["as_of"] == ["2026-03-02T02:00:00.000000Z"]


def test_people_are_missing_where_a_post_is_vacant_and_where_a_load_is_far_above_others() -> None:
    grids = [unit(f"g{n}", UnitKind.GRID, "orchard") for n in range(8)]
    posts = [*POSTS, *(post(f"p{n}", f"w{n}", Role.GRID_WORKER, f"g{n}") for n in range(8))]
    town = organisation(units=[*UNITS, *grids], posts=posts)
    of = replace(OF, book=replace(TOWN, organisation=town))
    read = replace(READ, loads={**READ.loads, ("g3", "p3"): Load(in_charge=30)})
    found = views.workload(of, read, "en")
    assert [(m.unit.id, m.why, m.role) for m in found.missing] == [
        ("orchard-2", "vacant", Role.GRID_WORKER),
        ("spring", "vacant", Role.COMMUNITY_WORKER),
        ("g3", "overloaded", None),
    ]
    assert found.found == 3
    assert found.missing[0].since == local("01-01 00:00")
    over = found.missing[2]
    assert (over.per_head, over.fence, over.compared) == ("30.0", "0.0", 9)
    compared = {(g.kind, g.setting): (g.compared, g.fence) for g in found.groups}
    assert compared[UnitKind.GRID, "rural"] == (1, None)


def test_who_lacks_people_elsewhere_is_not_named_here() -> None:
    found = views.workload(replace(OF, unit="hills"), READ, "zh")
    assert (found.missing, found.found) == ([], 0)
    assert found.unit.in_charge == 100
