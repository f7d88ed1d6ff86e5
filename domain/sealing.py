"""Marks on event fields whose stored form is sealed. How is the store's business."""

from dataclasses import dataclass
from typing import Annotated

ERASED = "⟦erased⟧"
"""What a sealed field reads as once its key is destroyed, or when it was not opened."""


CASE = "case"
"""The subject of what staff wrote: it is nobody's alone."""


@dataclass(frozen=True, slots=True)
class Personal:
    """The field holds personal data, or free text that may name people.

    `subject` says whose key seals it. Where it is empty, the attribute `of` of the object that
    holds the field says so, and where that is empty too, nobody but staff spoke: the case.
    `words` tells what somebody said from what a person is called or where they live.
    """

    subject: str = CASE
    of: str = "subject"
    words: bool = True


FreeText = Annotated[str, Personal()]
"""What staff wrote."""
ReporterText = Annotated[str, Personal(subject="reporter")]
"""What the resident who came said, whoever wrote it down."""
SaidText = Annotated[str, Personal(subject="")]
"""What the resident said whom the event names as its subject; staff, where it names nobody."""
PersonalText = Annotated[str, Personal(subject="", words=False)]
"""A name, a number, an address of the subject."""
