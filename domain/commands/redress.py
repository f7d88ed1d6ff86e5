"""Commands of chapters R10 and R11: what follows a bad rating."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.words.redress import Finding, RectifyAt


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRating(Asked):
    """The supervisor above says what the bad ratings of the round are (R10.1–3)."""

    kind: Literal["review_rating"] = "review_rating"
    finding: Finding
    rectify_at: RectifyAt = RectifyAt.RESOLVER
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReconsideration(Asked):
    """A resident whose rating was excluded asks the next level to look again (R10.3)."""

    kind: Literal["ask_reconsideration"] = "ask_reconsideration"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconsider(Asked):
    """The next level upholds the exclusion or lifts it; `about` is the rating: ``"1/reporter"``."""

    kind: Literal["reconsider"] = "reconsider"
    about: str
    upheld: bool
    rectify_at: RectifyAt = RectifyAt.RESOLVER
    text: str


RedressCommand = ReviewRating | AskReconsideration | Reconsider
