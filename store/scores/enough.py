"""R12.3: in which figures fewer cases count than the minimum, however often each counts."""

from collections.abc import Mapping, Sequence

import orjson

from domain.scores import figures
from domain.scores.figures import Sum
from domain.scores.measures import Measure
from store.database import Connection
from store.scores.basis import Basis
from store.scores.reading import THIS_TIME, Whose, by_column

FIRST = 20
"""So many times the minimum is read of a figure at first."""
CASES = """
select w.root, w.measure, found.cases from jsonb_to_recordset($1::jsonb)
 as w(root text, measure text, members text[])
cross join lateral (
 select count(*) as cases from (
  select s.case_id from (
   select p.case_id, p.denominator from score_postings p
   where p.{column} = any(w.members) and p.{column} <> '' and p.carrier = $2 and p.proactive = $3
    and p.measure = w.measure and p.counted_at >= $4 and p.counted_at < $5 and not p.astray
    and p.denominator <> 0 and ($6::timestamptz is null or p.known_at <= $6) limit $7) s
  group by s.case_id having sum(s.denominator) > 0) c) found
"""


async def few(
    connection: Connection, basis: Basis, whose: Whose, sums: Mapping[str, Sequence[Sum]]
) -> dict[str, frozenset[Measure]]:
    """The measures of each carrier in which enough counted, of too few cases.

    The first postings tell of most figures that their cases are enough, by far; where they do not,
    all are counted.
    """
    minimum = basis.scores.minimum
    asked = {
        (root, measure): 0
        for root, of in sums.items()
        for measure, tally in figures.tallies(of, basis.scores.helper_share).items()
        if tally.denominator >= minimum
    }
    first = await _cases(connection, basis, whose, list(asked), FIRST * minimum)
    unsure = [key for key in asked if first.get(key, 0) < 2 * minimum]
    counted = await _cases(connection, basis, whose, unsure, None)
    found: dict[str, set[Measure]] = {}
    for root, measure in unsure:
        if counted.get((root, measure), 0) < minimum:
            found.setdefault(root, set()).add(measure)
    return {root: frozenset(measures) for root, measures in found.items()}


async def _cases(
    connection: Connection,
    basis: Basis,
    whose: Whose,
    wanted: Sequence[tuple[str, Measure]],
    most: int | None,
) -> dict[tuple[str, Measure], int]:
    """How many cases count in each of those figures, of the first postings or of all."""
    if not wanted:
        return {}
    asked = [{"root": r, "measure": m, "members": list(whose.members[r])} for r, m in wanted]
    carrier = "partner" if whose.carrier == "partner" else "unit"
    await connection.execute(THIS_TIME)
    rows = await connection.fetch(
        CASES.format(column=by_column(whose.carrier)),
        *(orjson.dumps(asked).decode(), carrier, basis.proactive, *basis.bounds, basis.as_of, most),
    )
    return {(row["root"], Measure(row["measure"])): row["cases"] for row in rows}
