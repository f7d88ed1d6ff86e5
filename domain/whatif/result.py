"""The result of a what-if as it is shown and handed on: side by side, with its calibration.

Exact numbers as text, no floats. A figure that the calibration does not carry has no other value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from domain.scores.exact import fixed
from domain.whatif.changes import Change
from domain.whatif.lives import REPLAYED
from domain.whatif.steps import Kept
from domain.whatif.study import Study
from domain.whatif.sums import Counts
from domain.words import Stage

TOLERANCE = Fraction(5, 100)
"""By how much the model may miss what really happened for a figure to be shown."""
STAFF_TOLERANCE = Fraction(20, 100)
"""The same for turns given the work of other turns, where staff are changed."""
DAY = 86_400
CODES = ("nobody_hurries", "drawn_from_own_past", "units_as_they_are", "seen_so_far")
STAFF_CODES = ("only_these_units", "posts_share_evenly", "arrivals_stay", "unaccepted_stay")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. `other`, `low` and `high` are None where it cannot be said, with `why_not`;
    `other` alone where cases of which too little is known may be anywhere between the two.
    """

    name: str
    decimals: int
    real: Fraction | None
    model: Fraction | None
    unseen: Fraction | None = None
    other: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    why_not: str = ""

    def view(self) -> dict[str, str | None]:
        """As it is handed on."""
        names = ("real", "model", "unseen", "other", "low", "high")
        values = {name: self.text(name) for name in names}
        return {"name": self.name, "why_not": self.why_not or None, **values}

    def text(self, name: str) -> str | None:
        """One of its numbers."""
        value: Fraction | None = getattr(self, name)
        return None if value is None else fixed(value, self.decimals)


Worth = Callable[[Counts], Fraction | None]


def rows(study: Study) -> Iterator[Row]:
    """Every figure, side by side.

    A queue that misses one of them for work it has not seen is wrong about the work: then none is
    given. Counts under `fewest` miss by chance and try nothing.
    """
    found = [_of(study, *figure) for figure in _figures(study)]
    wrong = any(_untrue(row, study.asked.fewest) for row in found)
    for row in found:
        yield _with(row, None, "staff_model_misses") if wrong and not row.why_not else row
    satisfied = _satisfied(study)
    barred = wrong and not satisfied.why_not
    yield _with(satisfied, None, "staff_model_misses") if barred else satisfied


def _figures(study: Study) -> Iterator[tuple[str, int, Worth]]:
    """Name, decimals, and what it is of the sums."""
    kinds = (f"breaches.{kind}" for kind in REPLAYED)
    for name in ("late_cases", "breaches", *kinds, "yellow_cards", "climbs", "resolved"):
        yield name, 0, _count(name)
    yield "days_to_resolution", 2, _mean_days
    yield "days_in_hand", 2, _days("held")
    for stage in Stage:
        name = f"held.{stage}"
        if any(name in sums.sure for sums in (study.real, study.other)):
            yield f"days_in_hand.{stage}", 2, _days(name)


def _count(name: str) -> Worth:
    return lambda counts: Fraction(counts[name])


def _days(name: str) -> Worth:
    return lambda counts: Fraction(counts[name], DAY)


def _mean_days(counts: Counts) -> Fraction | None:
    count = counts["resolved"]
    return Fraction(counts["seconds"], count * DAY) if count else None


def _of(study: Study, name: str, decimals: int, worth: Worth) -> Row:
    real, model = worth(study.real.sure), worth(study.model.sure)
    unseen = worth(study.unseen.sure) if study.asked.staffed else None
    row = Row(name=name, decimals=decimals, real=real, model=model, unseen=unseen)
    why_not = _refused(study, row)
    if why_not:
        return _with(row, None, why_not)
    each = study.other.each()
    if worth is _mean_days and any(most["resolved"] > sure["resolved"] for sure, most in each):
        return _with(row, None, "too_little_known")
    found = [(worth(least), worth(most)) for least, most in each]
    return _between(row, [(a, b) for a, b in found if a is not None and b is not None])


def _between(row: Row, each: list[tuple[Fraction, Fraction]]) -> Row:
    """With the mean of its drawings, the lowest and the highest; or that too little is known."""
    if any((most - least) * 2 > most for least, most in each):
        return _with(row, None, "too_little_known")
    if not each:
        return _with(row, None, "")
    low, high = min(least for least, _ in each), max(most for _, most in each)
    sure = all(least == most for least, most in each)
    mean = sum((least for least, _ in each), Fraction()) / len(each)
    return _with(row, (mean if sure else None, low, high), "")


def _with(row: Row, spread: tuple[Fraction | None, Fraction, Fraction] | None, why_not: str) -> Row:
    other, low, high = spread or (None, None, None)
    return Row(
        name=row.name,
        decimals=row.decimals,
        real=row.real,
        model=row.model,
        unseen=row.unseen,
        other=other,
        low=low,
        high=high,
        why_not=why_not,
    )


def _refused(study: Study, row: Row) -> str:
    """Why the calibration does not carry the figure; empty where it does."""
    if row.real is None or row.model is None:
        return "nothing_of_the_kind"
    if abs(row.model - row.real) > TOLERANCE * row.real:
        return "model_misses"
    if study.untried:
        return "staff_untried"
    return ""


def _untrue(row: Row, fewest: int) -> bool:
    """Whether work not seen comes out otherwise than it did."""
    if row.unseen is None or row.real is None:
        return False
    if not row.decimals and max(row.real, row.unseen) < fewest:
        return False
    return abs(row.unseen - row.real) > STAFF_TOLERANCE * row.real


def _satisfied(study: Study) -> Row:
    """The share of those who rated that are satisfied, in percent."""
    relation, asked = study.relation, study.asked
    rated = sum(relation.rated.values())
    real = Fraction(100 * sum(relation.satisfied.values()), rated) if rated else None
    row = Row(name="satisfied", decimals=2, real=real, model=real)
    if rated < asked.fewest:
        return _with(row, None, "too_few_rated")
    found = study.answers.estimate(relation, asked.fewest, asked.confidence)
    if found is None:
        return _with(row, None, "too_few_in_a_group")
    middle, low, high = found
    if study.answers.unsaid and (high - low) * 2 > high:
        return _with(row, None, "too_little_known")
    between = None if middle is None else 100 * middle
    return _with(row, (between, 100 * low, 100 * high), "")


# -- as data -------------------------------------------------------------------


def view(study: Study) -> dict[str, object]:
    """Everything but what was asked, as data."""
    asked = study.asked
    return {
        "assumptions": [*CODES, *(STAFF_CODES if asked.staffed else ())],
        "cases": {
            "replayed": study.real.sure["cases"],
            "open": study.open_cases,
            "imported": study.imported_cases,
            "proactive": study.proactive_cases,
            "changed": study.changed_cases,
            "drawn": study.drawn_cases,
            "unsaid": study.unsaid_cases,
        },
        "clocks": {"replayed": study.clocks, "by_policy": study.clocks_by_policy},
        "handling": {"kept": study.kept, "near_due": study.kept_near_due},
        "figures": [row.view() for row in rows(study)],
        "changes": [_change(change) for change in study.changed],
        "satisfaction": _relation(study),
        "tolerance_percent": {"model": 5, "staff": 20},
        "staff": [
            {"unit": s.unit_id, "stage": s.stage, "had": s.had, "posts": s.posts}
            for s in asked.staffed
        ],
    }


def _relation(study: Study) -> list[dict[str, object]]:
    """What the answers are estimated from."""
    relation, asked = study.relation, study.asked
    found: list[dict[str, object]] = []
    for group in sorted(relation.rated):
        share = relation.share(group, asked.fewest, asked.confidence)
        found.append(
            {
                "stage": group[0],
                "late": group[1],
                "rated": relation.rated[group],
                "satisfied": relation.satisfied[group],
                "low": None if share is None else fixed(100 * share.low, 2),
                "high": None if share is None else fixed(100 * share.high, 2),
            }
        )
    return found


def _change(change: Change) -> dict[str, object]:
    return {
        "case_id": change.case_id,
        "why": change.why,
        "sure": change.sure,
        "before": _clock(change.before),
        "after": _clock(change.after),
    }


def _clock(kept: Kept | None) -> dict[str, object] | None:
    if kept is None:
        return None
    return {
        "clock": kept.clock_id,
        "stage": kept.stage,
        "unit": kept.unit_id,
        "started": moment(kept.started),
        "due": moment(kept.due),
        "ended": moment(kept.ended),
        "broken": None if kept.unknown else kept.broken,
    }


def moment(at: datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
