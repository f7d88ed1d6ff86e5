"""Events of chapter R4.7: the shelf. A shelved case is neither solved nor closed."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import FreeText
from domain.values import PutsQuestion, SetsClocks, Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvingRequested(PutsQuestion):
    """The department asked to shelve the case; the text is what the resident is told."""

    kind: Literal["shelving.requested"] = "shelving.requested"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved(SetsClocks):
    """The supervisor approved: the handling clock stands still, the shelf is looked at again."""

    kind: Literal["case.shelved"] = "case.shelved"
    text: FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvingRefused(Told):
    """The supervisor did not approve; work goes on."""

    kind: Literal["shelving.refused"] = "shelving.refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfReviewed(SetsClocks):
    """The case stays on the shelf for the reason given, or was taken off and work goes on."""

    kind: Literal["shelf.reviewed"] = "shelf.reviewed"
    stays: bool
    text: FreeText


ShelvingEvent = ShelvingRequested | Shelved | ShelvingRefused | ShelfReviewed
