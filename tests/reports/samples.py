"""A report made up of plain numbers, and one whose unit has a hostile name."""

from dataclasses import replace

from domain.report.contents import (
    Breaches,
    Changed,
    Compared,
    Comparison,
    Contents,
    Head,
    Month,
    Note,
    Placed,
    Ranking,
    Rate,
    Scope,
)
from domain.scores.measures import Measure

HEAD = Head(
    report_id="report-2026-09-liuyin",
    edition=1,
    unit_id="liuyin",
    name="柳荫街道",
    kind="street",
    setting="urban",
    above=("安澜区", "清河市"),
    period="2026-09",
    first="2026-09-01",
    last="2026-09-30",
    zone="Asia/Shanghai",
    as_of="2026-10-08T20:30:00.000000Z",
    position=48_213,
    policy="2026-1",
    organisation="2026-2",
    confidence=95,
    minimum=30,
    rank_by=Measure.SATISFACTION,
)


def rate(measure: Measure, so: int, of: int, shown: str, low: str, high: str, **more: str) -> Rate:
    return Rate(
        measure=measure,
        numerator=str(so),
        denominator=str(of),
        unanswered=more.get("unanswered", "0"),
        excluded=more.get("excluded", "0"),
        rate=shown,
        low=low,
        high=high,
        points=more.get("points", ""),
        full=more.get("full", ""),
        target=more.get("target", ""),
        weight=int(more.get("weight", "0")),
        few=of < 30,
    )


RATES = tuple(
    rate(Measure(name), int(so), int(of), *shown, unanswered=un, excluded=ex, points=pts, full=full,
         target="100.0000", weight=weight)
    for name, so, of, *shown, un, ex, pts, full, weight in map(str.split, """
acceptance 412 420 98.0952 96.2860 99.0314 0 0 8.10 10.00 10
handling 377 398 94.7236 92.0708 96.5220 0 0 14.72 20.00 15
promise 301 310 97.0968 94.5807 98.4656 0 0 7.10 10.00 0
response 150 167 89.8204 84.3002 93.5454 98 0 14.82 25.00 20
resolution 140 167 83.8323 77.5079 88.6419 98 2 17.92 25.00 25
satisfaction 147 165 89.0909 83.4089 92.9923 98 2 22.05 25.00 25
follow_up 301 301 100.0000 98.7399 100.0000 0 0 10.00 10.00 5
returns 12 420 2.8571 1.6425 4.9253 0 0 7.14 10.00 0
red_cards 38 1120 3.3929 2.4808 4.6244 0 0 6.61 10.00 0
report_in 11 12 91.6667 64.6124 98.5137 0 0 1.67 10.00 0
""".strip().splitlines())
)  # fmt: skip


def compared(which: str, period: str, by: str) -> Comparison:
    return Comparison(
        which=which,
        period=period,
        composite="80.11",
        composite_change=by,
        measures=(
            beside(Measure.ACCEPTANCE, "97.0000 388 400 +1.0952 no_clear_change"),
            beside(Measure.HANDLING, "95.0000 380 400 -0.2764 no_clear_change"),
            beside(Measure.SATISFACTION, "79.3333 119 150 +9.7576 better"),
        ),
    )


def beside(measure: Measure, values: str) -> Compared:
    shown, so, of, change, trend = values.split()
    return Compared(
        measure=measure, rate=shown, numerator=so, denominator=of, change=change, trend=trend
    )


def placed(name: str, place: int, rates: str, tied: tuple[str, ...] = (), of: str = "80") -> Placed:
    shown, low, high = rates.split()
    return Placed(
        unit_id=name,
        name=name,
        best=place,
        worst=place and place + 1,
        tied=tied,
        numerator="70",
        denominator=of,
        unanswered="12",
        rate=shown,
        low=low,
        high=high,
        composite="84.20",
    )


RANKING = Ranking(
    kind="community",
    measure=Measure.SATISFACTION,
    ranked=(
        placed("柳荫里社区", 1, "97.5000 91.3400 99.3100", ("槐树街社区",)),
        placed("槐树街社区", 2, "92.5000 84.5900 96.5200", ("柳荫里社区", "机床厂社区")),
        placed("机床厂社区", 3, "80.0000 69.9900 87.3000", ("槐树街社区",)),
    ),
    few=(placed("水塔巷社区", 0, "100.0000 56.5500 100.0000", of="5"),),
    nothing=("北窑社区",),
)


def month(number: int) -> Month:
    rates = tuple(
        replace(each, rate=f"{90 + (number * (3 + each.measure.value.count('e'))) % 9}.1250")
        for each in RATES[:7]
        if (number, each.measure) not in {(2, Measure.SATISFACTION), (1, Measure.SATISFACTION)}
    )
    year, of = (2025, number + 9) if number < 4 else (2026, number - 3)
    return Month(period=f"{year}-{of:02}", composite=f"{80 + number % 5}.25", rates=rates)


def breach(name: str, scope: str, by: int) -> Breaches:
    return Breaches(
        unit_id=name,
        name=name,
        scope=scope,
        late=((Measure.ACCEPTANCE, 8 * by), (Measure.HANDLING, 21), (Measure.PROMISE, 9)),
        yellow=44 * by,
        red=38,
        returned=12,
        reopened=3,
        recurred=by,
    )


SAMPLE = Contents(
    head=HEAD,
    scopes=(
        Scope(scope="area", rates=RATES, composite="82.64"),
        Scope(scope="own", rates=RATES[:3], composite="90.00", left_out=(Measure.RESPONSE,)),
    ),
    comparisons=(
        compared("before", "2026-08", "+2.53"),
        compared("year_before", "2025-09", "-0.12"),
    ),
    rankings=(RANKING,),
    trend=tuple(map(month, range(1, 13))),
    breaches=(breach("柳荫街道", "own", 1), breach("柳荫里社区", "area", 2)),
    notes=(
        Note(code="computed"),
        Note(code="small", measures=(Measure.REPORT_IN,), facts=("30",)),
        Note(code="unanswered", measures=(Measure.RESPONSE,), facts=("98", "167")),
        Note(code="excluded", measures=(Measure.SATISFACTION,), facts=("2",)),
        Note(code="moving"),
        Note(code="proactive"),
        Note(code="no_people"),
    ),
    changed=(Changed(scope="area", measure=Measure.RESPONSE, before="149/166", after="150/167"),),
)

EMPTY = replace(
    SAMPLE,
    scopes=(Scope(scope="own", rates=(), composite=""),),
    comparisons=tuple(replace(each, composite="", composite_change="", measures=())
                      for each in SAMPLE.comparisons),
    rankings=(),
    trend=tuple(replace(each, composite="", rates=()) for each in SAMPLE.trend),
    breaches=SAMPLE.breaches[:1],
    changed=(),
)  # fmt: skip
"""A unit in which nothing counted, now or before."""

HOSTILE = '=HYPERLINK("http://x","y") #eval("1") $x$ *b* <i>\u202e@\x07`\\ 㗎𪚥'
"""A formula, markup of every kind, characters that turn a line around, some no font has."""
NASTY = replace(
    SAMPLE,
    head=replace(HEAD, name=HOSTILE, above=("+SUM(A1)", "-1+1", "@x")),
    rankings=(
        replace(
            RANKING,
            ranked=(replace(RANKING.ranked[0], name=HOSTILE, tied=(HOSTILE,) * 5),),
            nothing=(HOSTILE,),
        ),
    ),
)

SECRET = replace(
    EMPTY,
    scopes=(
        Scope(
            scope="own",
            rates=(
                Rate(measure=Measure.RESPONSE, numerator="", denominator="12", unanswered="12",
                     excluded="", few=True, withheld=True),
            ),
            composite="",
        ),
    ),
    breaches=(replace(SAMPLE.breaches[0], reopened=None, recurred=None),),
    notes=(Note(code="withheld", facts=("30",)),),
)  # fmt: skip
"""A unit in which too few counted for anything to be published."""


def many(units: int) -> Contents:
    """A township with so many villages."""
    ranked = (replace(RANKING.ranked[n % 3], name=f"第{n + 1}村") for n in range(units))
    return replace(SAMPLE, rankings=(replace(RANKING, ranked=tuple(ranked)),))
