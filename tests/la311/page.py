"""docs/la311.md, made of `template.md` and what was counted: numbers and tables, no prose."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.scores.exact import fixed
from domain.scores.figures import Tally
from domain.scores.ranking import Place, Ranking
from tests.la311 import charts
from tests.la311.hanging import Hanging
from tests.la311.scored import Scored

TEMPLATE = Path(__file__).parent / "template.md"


def files(found: Scored) -> Mapping[str, str]:
    """The page and its charts by file name."""
    return {
        "la311.md": _page(found),
        "la311-areas.svg": charts.areas(found),
        "la311-councils.svg": charts.councils(found),
    }


def _page(found: Scored) -> str:
    whole, (unanswered,) = found.whole.tally, found.unanswered
    assert found.whole.rate is not None
    facts = {
        "cases": _n(found.cases),
        "events": _n(found.events),
        "still_open": found.still_open,
        "of": _n(int(whole.denominator)),
        "kept": _n(int(whole.numerator)),
        "rate": fixed(found.whole.rate, 2),
        "later": found.later,
        "unanswered": _n(unanswered),
        "lasan": int(found.departments.ranked[-1].figure.tally.denominator),
        "spread": _spread(found),
        "graffiti": _counts(found.mix["la-west-los-angeles", "la-dept-ocb"]),
        **_planned(found),
        **_hang("areas", found.areas_hang),
        **_hang("councils", found.councils_hang),
        **_councils(found),
        "departments_table": "".join(_departments(found)),
        "areas_table": "".join(_areas(found)),
        "mix_table": "".join(_mix(found)),
        "councils_table": "".join(_table(found)),
    }
    return TEMPLATE.read_text(encoding="utf-8").format_map(facts)


def _planned(found: Scored) -> Mapping[str, str]:
    plans = found.plans
    usable = found.cases - plans["unplanned"] - plans["past"]
    counted = int(found.whole.tally.denominator) + found.later
    numbers = {**plans, "same": plans["midnight"] - plans["past"], "undecided": usable - counted}
    return {name: _n(number) for name, number in numbers.items()}


def _n(count: int) -> str:
    return f"{count:,}"


def _departments(found: Scored) -> Iterator[str]:
    yield "| place | department | kept | % | 95 % interval | points |\n"
    yield "| --- | --- | ---: | ---: | ---: | ---: |\n"
    for place in found.departments.ranked:
        assert place.figure.points is not None
        yield f"{_line(found, place)} {fixed(place.figure.points, 2)} |\n"


def _table(found: Scored) -> Iterator[str]:
    yield "| place | council | kept | worth | % | 95 % interval |\n"
    yield "| --- | --- | ---: | ---: | ---: | ---: |\n"
    for line in _worth_lines(found, found.councils, found.councils_hang):
        yield f"{line}\n"


def _worth_lines(found: Scored, plain: Ranking, wide: Hanging) -> Iterator[str]:
    """Counts as they are; places, rates and intervals by what they are worth."""
    tallies = {place.unit_id: place.figure.tally for place in plain.ranked}
    for place in wide.ranking.ranked:
        counts, worth = _counts(tallies[place.unit_id]), place.figure.tally.denominator
        name = _name(found, plain, place.unit_id)
        yield f"| {_places(place)} | {name} | {counts} | {fixed(worth, 0)} | {_rate(place)} |"


def _name(found: Scored, plain: Ranking, unit: str) -> str:
    """The area beside it where units of several areas are called so: councils lie in two."""
    names = Counter(
        found.names[each] for each in (*(p.unit_id for p in plain.ranked), *plain.apart)
    )
    name = found.names[unit].removesuffix(" APC")
    if names[found.names[unit]] == 1:
        return name
    return f"{name} ({found.names[found.above[unit]].removesuffix(' APC')})"


def _line(found: Scored, place: Place) -> str:
    name = found.names[place.unit_id].removesuffix(" APC")
    return f"| {_places(place)} | {name} | {_counts(place.figure.tally)} | {_rate(place)} |"


def _places(place: Place) -> str:
    return str(place.best) if place.best == place.worst else f"{place.best}–{place.worst}"


def _counts(tally: Tally) -> str:
    return f"{_n(int(tally.numerator))} of {_n(int(tally.denominator))}"


def _rate(place: Place) -> str:
    interval, rate = place.figure.interval, place.figure.rate
    assert interval is not None
    assert rate is not None
    return f"{fixed(rate, 2)} | {fixed(100 * interval.low, 2)} – {fixed(100 * interval.high, 2)}"


def _areas(found: Scored) -> Iterator[str]:
    yield "| place | area | kept | worth | % | 95 % interval | by its mix of departments, % |\n"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
    ranked = found.areas_hang.ranking.ranked
    lines = _worth_lines(found, found.areas, found.areas_hang)
    for place, line in zip(ranked, lines, strict=True):
        yield f"{line} {fixed(found.expected(place.unit_id), 2)} |\n"


def _hang(name: str, hanging: Hanging) -> Mapping[str, str]:
    """How far promises hang together there, and what that leaves."""
    return {
        f"{name}_correlation": fixed(hanging.correlation, 2),
        f"{name}_effect": fixed(hanging.mean, 1),
        f"{name}_least": fixed(min(hanging.effects.values()), 1),
        f"{name}_most": fixed(max(hanging.effects.values()), 1),
    }


def _spread(found: Scored) -> str:
    expected = [found.expected(place.unit_id) for place in found.areas.ranked]
    return fixed(max(expected) - min(expected), 1)


def _mix(found: Scored) -> Iterator[str]:
    departments = [place.unit_id for place in found.departments.ranked]
    yield "| area |" + "".join(f" {found.names[d]} |" for d in departments) + "\n"
    yield "| --- |" + " ---: |" * len(departments) + "\n"
    for place in found.areas.ranked:
        cells = (_cell(found.mix.get((place.unit_id, d), Tally())) for d in departments)
        yield f"| {found.names[place.unit_id].removesuffix(' APC')} |{''.join(cells)}\n"


def _cell(tally: Tally) -> str:
    return " – |" if tally.rate is None else f" {_counts(tally)}, {fixed(tally.rate, 1)} % |"


def _councils(found: Scored) -> Mapping[str, object]:
    wide = found.councils_hang.ranking
    (under, over), (under_1, over_1) = (charts.outside(found, r) for r in (wide, found.councils))
    units = (*(place.unit_id for place in found.councils.ranked), *found.councils.apart)
    return {
        "ranked": len(wide.ranked),
        "few": len(found.councils.apart),
        "units": len(units),
        "councils": len({found.names[unit] for unit in units}),
        "ranked_councils": len({found.names[place.unit_id] for place in wide.ranked}),
        "first_worst": wide.ranked[0].worst,
        "last_best": wide.ranked[-1].best,
        "under": len(under),
        "over": len(over),
        "under_1": len(under_1),
        "over_1": len(over_1),
    }
