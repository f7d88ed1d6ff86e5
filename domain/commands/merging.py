"""Commands of chapter R2.3: several residents on one matter."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked
from domain.values import By, Clock
from domain.words import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Asked):
    """Let this case be carried on in the lead case; its resident keeps receipt and rating."""

    kind: Literal["merge"] = "merge"
    lead_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Asked):
    """A supervisor gives a case that was wrongly merged back to who had it."""

    kind: Literal["split"] = "split"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join(Asked):
    """Another case is carried on in this one. Sent by that case."""

    kind: Literal["join"] = "join"
    case_id: str
    residents: int
    officer: By
    urgency: Urgency
    promised: Clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Asked):
    """That case goes its own way again. Sent by that case."""

    kind: Literal["part"] = "part"
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBack(Asked):
    """The lead case refused, with this code: the case goes on where it was. Sent for the lead."""

    kind: Literal["give_back"] = "give_back"
    refusal: str


MergingCommand = Merge | Split | Join | Part | GiveBack
