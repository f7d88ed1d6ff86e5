"""Commands of chapter R14.4: a case forgets somebody, as an approved erasure tells it to."""

from dataclasses import dataclass
from typing import Literal

from domain.commands.base import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSubject(Asked):
    """Destroy the keys of a subject, for ever. `whole` where the case's texts are under one key,
    as they were before each subject had its own.
    """

    kind: Literal["erase_subject"] = "erase_subject"
    subject: str
    erasure_id: str
    whole: bool = False


ErasingCommand = EraseSubject
