"""Events of cases that are handed over because a post ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.values import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverPlanned(Happened):
    """The open cases of a post go to the successor, or to the least loaded, from then on."""

    kind: Literal["office.hand_over_planned"] = "office.hand_over_planned"
    post_id: str
    successor: str | None = None
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverCalledOff(Happened):
    """The post does not end as was planned: its cases stay."""

    kind: Literal["office.hand_over_called_off"] = "office.hand_over_called_off"
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverBegun(Happened):
    """The open cases of an ended post are being handed over: this many, and this many duties."""

    kind: Literal["office.hand_over_begun"] = "office.hand_over_begun"
    post_id: str
    in_charge: int
    officer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many cases a post took over."""

    post_id: str
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Happened):
    """So many went to these posts; what is `left` is tried again at `again_at`."""

    kind: Literal["office.handed_over"] = "office.handed_over"
    post_id: str
    shares: tuple[Share, ...]
    left: int
    again_at: datetime | None = None
