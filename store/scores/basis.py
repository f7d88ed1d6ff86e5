"""What figures are made with: the period's bounds, the tree of units and the policy of its end.

All of it as it was known at the moment that is asked about. No sums here: they are reading's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.organisation import Organisation
from domain.policy import Policy
from domain.scores.asking import Unscorable, need_askable
from domain.scores.periods import Period
from domain.scores.policy import Scores
from store.books import NoBooks
from store.database import Connection
from store.past_books import Archive

LEAST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """`as_of` is None for all that is known; `organisation` is the tree at the period's end, or now
    where it is not over. `proactive` asks for what was found before anybody asked (R13), alone.
    """

    period: Period
    zone: ZoneInfo
    as_of: datetime | None
    organisation: Organisation
    policy: Policy
    over: bool
    proactive: bool = False

    @property
    def scores(self) -> Scores:
        """The policy's numbers."""
        return self.policy.scores

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The period's first instant and the first one after it."""
        return self.period.bounds(self.zone)

    def of(self, period: Period) -> "Basis":
        """The same for another period: by the same tree and policy, so that both compare."""
        return replace(self, period=period)


async def basis(
    connection: Connection,
    archive: Archive,
    period: Period,
    *,
    now: datetime,
    as_of: datetime | None = None,
    policy: str | Policy | None = None,
    proactive: bool = False,
) -> Basis:
    """What the question means; `Unscorable` where it means nothing.

    The policy is the one in force at the period's end, or the published version of that name, or
    one that was never published.
    """
    known = now if as_of is None else min(as_of, now)
    try:
        present = await archive.book(connection, known)
    except NoBooks as error:
        raise Unscorable("before_the_office", f"there was no office yet: {error}") from error
    zone = present.calendar.working_time(()).zone
    need_askable(period, zone, as_of, now)
    _, after = period.bounds(zone)
    try:
        book = await archive.book(connection, min(after - LEAST, known), known)
    except NoBooks:  # cases of a time before the office: by what was known of it later
        book = present
    return Basis(
        period=period,
        zone=zone,
        as_of=as_of,
        organisation=book.organisation,
        policy=_policy(policy, book.policies, book.policy),
        over=after <= known,
        proactive=proactive,
    )


def _policy(asked: str | Policy | None, known: Mapping[str, Policy], in_force: str) -> Policy:
    if isinstance(asked, Policy):
        return asked
    found = known.get(in_force if asked is None else asked)
    if found is None:
        versions = ", ".join(sorted(known))
        raise Unscorable(
            "unknown_policy", f"no policy {asked!r} is published; there are {versions}"
        )
    return found
