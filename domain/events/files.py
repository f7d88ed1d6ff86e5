"""Events of files: a photo or document became part of a case."""

from dataclasses import dataclass
from typing import Literal

from domain.sealing import SaidText
from domain.values import Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAttached(Happened):
    """The event just before, of the kind `of`, names this file; `subject` is the resident whose it
    is, empty for staff's. `address` and `small` are the SHA-256 of the sealed bytes as stored, so
    that they can be held against the record without a key; what opens them is sealed like a text.
    """

    kind: Literal["file.attached"] = "file.attached"
    file: str
    of: str
    subject: str = ""
    address: str
    media: str
    size: int
    width: int = 0
    height: int = 0
    pages: int = 0
    digest: SaidText
    opener: SaidText
    small: str = ""
    small_opener: SaidText = ""
