"""What may be asked of scores, and the one word for what may not. Pure; no figures here."""

from datetime import datetime
from zoneinfo import ZoneInfo

from domain.refusals import DomainError
from domain.scores.periods import Period


class Unscorable(DomainError):
    """There are no such figures. `code` is stable; the text says why and what to ask instead."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


def need_askable(period: Period, zone: ZoneInfo, as_of: datetime | None, now: datetime) -> None:
    """Refuse a moment that has not come, and a period that had not begun by the moment."""
    if as_of is not None and as_of > now:
        raise Unscorable(
            "as_of_in_the_future",
            f"as of {_said(as_of, zone)} nothing is known yet: it is {_said(now, zone)}",
        )
    since, _ = period.bounds(zone)
    if since > now:
        raise Unscorable(
            "period_in_the_future", f"{period.name} begins on {period.first}, which has not come"
        )
    if as_of is not None and since > as_of:
        raise Unscorable(
            "as_of_before_period",
            f"as of {_said(as_of, zone)} the period {period.name} had not begun:"
            f" ask as of a moment after {period.first}, or for an earlier period",
        )


def _said(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
