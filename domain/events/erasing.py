"""Events of chapter R14.4: somebody was forgotten. They hold ids alone."""

from dataclasses import dataclass
from typing import Literal

from domain.values import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectErased(Happened):
    """The keys of these subjects are gone with this event, and nothing opens again what they
    sealed; `erasure_id` says who asked for it, who agreed, and why.
    """

    kind: Literal["subject.erased"] = "subject.erased"
    subject: str
    erasure_id: str
    keys: tuple[str, ...]
