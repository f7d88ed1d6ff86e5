"""What `shouwen score` was asked, checked as far as that needs no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cli.local.failure import LocalError
from domain.policy import Policy
from domain.refusals import Unreadable
from domain.scores import periods
from domain.scores.figures import Carrier, Scope
from domain.scores.measures import Measure
from domain.scores.periods import Period
from domain.words import UnitKind

SETTINGS = ("urban", "rural")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Carriers by their ids, none for all units; or a ranking of `rank`. A day means its end."""

    period: Period
    carrier: Carrier
    ids: tuple[str, ...]
    scope: Scope
    rank: UnitKind | None
    by: Measure | None
    settings: tuple[str, ...]
    as_of: datetime | date | None
    policy: str | Policy | None
    proactive: bool

    @property
    def another(self) -> bool:
        """Whether it asks for another reading than the one that stands."""
        return self.as_of is not None or self.policy is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The same as it was typed, but for the moment and the policy."""

    period: str
    units: Sequence[str]
    people: Sequence[str]
    partners: Sequence[str]
    scope: Scope
    rank: str | None
    by: str | None
    settings: Sequence[str]
    as_of: datetime | date | None
    policy: str | Policy | None
    proactive: bool


def asked_of(words: Words) -> Asked:
    """The question; `LocalError` where it makes no sense."""
    rank, by = words.rank, words.by
    carrier, ids = _carrier(words)
    return Asked(
        period=_period(words.period),
        carrier=carrier,
        ids=ids,
        scope=words.scope,
        rank=None if rank is None else UnitKind(_word("--rank", rank, tuple(UnitKind))),
        by=None if by is None else Measure(_word("--by", by, tuple(Measure))),
        settings=tuple(_word("--setting", each, SETTINGS) for each in words.settings),
        as_of=words.as_of,
        policy=words.policy,
        proactive=words.proactive,
    )


def _carrier(words: Words) -> tuple[Carrier, tuple[str, ...]]:
    """One sort of carriers, or a ranking."""
    sorts: dict[Carrier, Sequence[str]] = {
        "unit": words.units,
        "person": words.people,
        "partner": words.partners,
    }
    named = {carrier: ids for carrier, ids in sorts.items() if ids}
    if len(named) + (words.rank is not None) > 1:
        raise LocalError("Ask for units, for members of staff, for partners or for a ranking")
    if words.rank is None and (words.by or words.settings):
        raise LocalError("--by and --setting say how to rank; say what with --rank")
    carrier, ids = next(iter(named.items()), ("unit", ()))
    if words.scope == "area" and carrier != "unit":
        raise LocalError("Only units have an area; leave --scope out")
    return carrier, tuple(dict.fromkeys(ids))


def _period(text: str) -> Period:
    if not text:
        raise LocalError("Say which --period: 2026-09, 2026-Q3, 2026, or 2026-09-01..2026-09-15")
    try:
        return periods.parse(text)
    except Unreadable as error:
        raise LocalError(f"--period {error}") from error


def _word(option: str, said: str, known: tuple[str, ...]) -> str:
    if said not in known:
        raise LocalError(f"{option} {said!r} is not known; use one of {', '.join(known)}")
    return said
