"""Marks on event fields whose stored form is sealed. How is the store's business."""

from dataclasses import dataclass
from typing import Annotated

ERASED = "⟦erased⟧"
"""What a sealed field reads as once its key is destroyed, or when it was not opened."""


@dataclass(frozen=True, slots=True)
class Personal:
    """The field holds personal data, or free text that may name people.

    `subject` says whose key seals it: ``"case"`` for free text of the case; ``""`` means the
    `subject` attribute of the object that holds the field (a reporter, a party).
    """

    subject: str = "case"


FreeText = Annotated[str, Personal()]
PersonalText = Annotated[str, Personal(subject="")]
