"""What the record of a case shows to have gone another way than the rulebook's: each deviation with
its rule. Pure functions over events; nothing is decided here, and no decision is asked again.
"""

from collections.abc import Callable, Iterator, Sequence

from domain.conformance import dispute, ending, ladder, record, timing
from domain.conformance.past import Deviation, Entry, Norm, Past, past

__all__ = ["RULES", "Deviation", "Entry", "Norm", "check"]

RULES: tuple[Callable[[Past], Iterator[Deviation]], ...] = (
    *ladder.RULES,
    *ending.RULES,
    *dispute.RULES,
    *record.RULES,
    *timing.RULES,
)
"""Every question asked of a case."""


def check(entries: Sequence[Entry], norm: Norm) -> tuple[Deviation, ...]:
    """The deviations of one case, in the order of the events they stand at."""
    looked_at = past(entries, norm)
    found = (deviation for rule in RULES for deviation in rule(looked_at))
    return tuple(sorted(found, key=lambda each: (each.version, each.rule, each.code)))
