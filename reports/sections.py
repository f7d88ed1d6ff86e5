"""The sections of a report that hold figures. Nothing is counted here."""

from collections.abc import Iterator

from domain.report.contents import (
    Breaches,
    Compared,
    Contents,
    Head,
    Month,
    Placed,
    Ranking,
    Rate,
    Scope,
)
from domain.scores.measures import Measure
from reports import sentences, words
from reports.pages import UNITS, Column, Section, Table, clean, drawn, parts
from reports.speaker import Speaker

NAMED = 3
"""So many names of units that cannot be told apart, at most."""


def rates(speaker: Speaker, head: Head, scope: Scope) -> Section:
    """Every measure with all that belongs to it."""
    columns = (
        speaker.column("measure", "text"),
        *map(speaker.column, ("numerator", "denominator", "unanswered", "excluded")),
        *(speaker.column(key, "percent") for key in ("rate", "low", "high", "target")),
        *(speaker.column(key, "points") for key in ("points", "full")),
        speaker.column("weight"),
    )
    rows = tuple(_rate(speaker, each) for each in scope.rates)
    said = speaker.say(sentences.RATES, confidence=str(head.confidence))
    return Section(
        scope.scope,
        speaker.say(words.SECTIONS[scope.scope]),
        table=Table(columns, rows) if rows else None,
        after=(said,) if rows else (speaker.say(sentences.EMPTY),),
    )


def _rate(speaker: Speaker, each: Rate) -> tuple[str, ...]:
    return (
        speaker.measure(each.measure),
        *(each.numerator, each.denominator, each.unanswered, each.excluded),
        *(each.rate, each.low, each.high, each.target),
        *(each.points, each.full, str(each.weight) if each.weight else ""),
    )


def comparison(speaker: Speaker, contents: Contents) -> Section:
    """Every measure beside what it was before and a year before."""
    scope, others = contents.scopes[0], contents.comparisons
    columns = [speaker.column("measure", "text"), speaker.column("now", "percent")]
    for other in others:
        columns += [speaker.column(other.which, "percent"), speaker.column("change", "change")]
        columns += [speaker.column("trend", "text")]
    now = {each.measure: each.rate for each in scope.rates}
    found = [{each.measure: each for each in other.measures} for other in others]
    rows = [
        (speaker.measure(m), now.get(m, ""), *_beside(speaker, m, found))
        for m in Measure
        if m in now or any(m in each for each in found)
    ]
    composite = [
        value for other in others for value in (other.composite, other.composite_change, "")
    ]
    last = (speaker.say(words.COLUMNS["composite"]), scope.composite, *composite)
    return Section(
        "comparison",
        speaker.say(words.SECTIONS["comparison"]),
        text=(speaker.say(sentences.COMPARED),),
        table=Table(tuple(columns), (*rows, last), bold=(len(rows),)),
        after=(speaker.say(sentences.CHANGES),),
        drawn=any(now.values()),
    )


def _beside(
    speaker: Speaker, measure: Measure, found: list[dict[Measure, Compared]]
) -> Iterator[str]:
    for other in found:
        each = other.get(measure)
        if each is None:
            yield from ("", "", "")
        else:
            yield from (each.rate, each.change, speaker.say(words.TRENDS[each.trend]))


def ranking(speaker: Speaker, head: Head, ranked: Ranking) -> Section:
    """The units below of one kind, in their order; those that are not ranked come last."""
    measure = speaker.say(words.MEASURES[ranked.measure])
    confidence, minimum = str(head.confidence), str(head.minimum)
    rows = tuple(_placed(speaker, each) for each in (*ranked.ranked, *ranked.few))
    text = [
        speaker.say(sentences.RANKED_BY, measure=measure, confidence=confidence, minimum=minimum)
    ]
    shown = len(drawn(ranked))
    if shown:
        text.append(speaker.say(sentences.RANK_CHART, confidence=confidence))
    if (found := parts(shown)) > 1:
        text.append(speaker.say(sentences.RANK_PARTS, n=str(found), most=str(UNITS)))
    after = [] if ranked.ranked else [speaker.say(sentences.NONE_RANKED)]
    if ranked.nothing:
        names = speaker.names([clean(name) for name in ranked.nothing])
        after.append(speaker.say(sentences.NOTHING, names=names))
    return Section(
        "ranking",
        speaker.say(words.SECTIONS["ranking"], kind=speaker.kind(ranked.kind), measure=measure),
        text=tuple(text),
        table=Table(_ranking_columns(speaker), rows) if rows else None,
        after=tuple(after),
        ranking=ranked,
        drawn=shown > 0,
    )


def _ranking_columns(speaker: Speaker) -> tuple[Column, ...]:
    return (
        *(speaker.column("place", "text"), speaker.column("unit", "text")),
        *map(speaker.column, ("numerator", "denominator", "unanswered")),
        *(speaker.column(key, "percent") for key in ("rate", "low", "high")),
        speaker.column("composite", "points"),
        speaker.column("tied", "text"),
    )


def _placed(speaker: Speaker, each: Placed) -> tuple[str, ...]:
    return (
        _place(each),
        named(speaker, each),
        *(each.numerator, each.denominator, each.unanswered),
        *(each.rate, each.low, each.high, each.composite),
        _tied(speaker, each) if each.best else speaker.say(sentences.FEW),
    )


def named(speaker: Speaker, each: Placed | Breaches) -> str:
    """The unit's name, marked where it was closed."""
    name = clean(each.name)
    return speaker.say(sentences.CLOSED, name=name) if each.closed else name


def _place(each: Placed) -> str:
    if each.best == each.worst:
        return str(each.best) if each.best else ""
    return f"{each.best}–{each.worst}"


def _tied(speaker: Speaker, each: Placed) -> str:
    names = [clean(name) for name in each.tied]
    if len(names) <= NAMED:
        return speaker.names(names)
    return speaker.say(sentences.TIED_MORE, names=speaker.names(names[:NAMED]), n=str(len(names)))


def trend(speaker: Speaker, months: tuple[Month, ...]) -> tuple[Section, Section]:
    """The rates of each month, and the counts they are of."""
    found = [{rate.measure: rate for rate in month.rates} for month in months]
    shown = [m for m in Measure if any(m in each for each in found)]
    pairs = list(zip(months, found, strict=True))
    rows = tuple(
        (month.period, *(each[m].rate if m in each else "" for m in shown), month.composite)
        for month, each in pairs
    )
    counts = tuple((month.period, *(_count(each.get(m)) for m in shown)) for month, each in pairs)
    first, names = speaker.column("month", "text"), [speaker.measure(m) for m in shown]
    heads = [*(Column(n, "percent") for n in names), speaker.column("composite", "points")]
    return (
        Section(
            "trend",
            speaker.say(words.SECTIONS["trend"]),
            text=(speaker.say(sentences.TREND),),
            table=Table((first, *heads), rows),
            drawn=True,
        ),
        Section(
            "counts",
            speaker.say(words.SECTIONS["counts"]),
            text=(speaker.say(sentences.COUNTS),),
            table=Table((first, *(Column(n, "text") for n in names)), counts),
        ),
    )


def _count(each: Rate | None) -> str:
    return f"{each.numerator}/{each.denominator}" if each else ""


def breaches(speaker: Speaker, found: tuple[Breaches, ...]) -> Section:
    """What ran out of time, and the cards, unit by unit."""
    late = [Column(speaker.say(said)) for said in words.LATE.values()]
    rest = map(speaker.column, ("yellow", "red", "returned", "reopened", "recurred"))
    rows = tuple(_breach(speaker, each) for each in found)
    return Section(
        "breaches",
        speaker.say(words.SECTIONS["breaches"]),
        text=(speaker.say(sentences.BREACHES),),
        table=Table((speaker.column("unit", "text"), *late, *rest), rows),
    )


def _breach(speaker: Speaker, each: Breaches) -> tuple[str, ...]:
    name, late = named(speaker, each), dict(each.late)
    shown = speaker.say(sentences.ITSELF, name=name) if each.scope == "own" else name
    counts = (each.yellow, each.red, each.returned, each.reopened, each.recurred)
    numbers = (*(late.get(m, 0) for m in words.LATE), *counts)
    return (shown, *("" if n is None else str(n) for n in numbers))
