"""The command by which the office's own workflow says how far a hand-over got."""

from dataclasses import dataclass
from typing import Literal

from domain.office.commands.base import OfficeAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHandOver(OfficeAsked):
    """Say how far the hand-over of a post's cases got. Sent by the office's own workflow."""

    kind: Literal["record_hand_over"] = "record_hand_over"
    post_id: str
    to: tuple[str, ...]
    numbers: tuple[int, ...]
    left: int
