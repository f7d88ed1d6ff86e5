"""Bodies of chapter R2.3: several residents on one matter."""

from typing import Literal

from api.schemas.base import CaseNumber, CommandBody, Said, Text


class MergeBody(CommandBody):
    """Carry this case on in another one, which you must be allowed to see."""

    kind: Literal["merge"]
    lead_id: CaseNumber
    text: Text = ""

    def others(self) -> tuple[str, ...]:
        """The lead."""
        return (self.lead_id,)


class SplitBody(CommandBody):
    """Give a case that was wrongly merged back to who had it."""

    kind: Literal["split"]
    text: Said


MergingBody = MergeBody | SplitBody
