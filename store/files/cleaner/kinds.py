"""What a file is, by its first bytes, and what is said of one that is not taken."""

from dataclasses import dataclass

PDF = "application/pdf"
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
"""The media types of images, with the names their library has for them."""


class NotTaken(Exception):
    """The file is not taken. Its text is the code that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is taken: pixels of an image, pages of a document, bytes of what is made of it."""

    pixels: int
    pages: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A file without anything but what it shows; `small` is a small copy of an image."""

    media: str
    plain: bytes
    small: bytes = b""
    width: int = 0
    height: int = 0
    pages: int = 0


def media_of(first: bytes) -> str:
    """The media type of a file that begins so; `NotTaken` for all that are not taken."""
    if not first:
        raise NotTaken("file_empty")
    if first.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if first.startswith(b"RIFF") and first[8:12] == b"WEBP":
        return "image/webp"
    if first.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if first.startswith(b"%PDF-"):
        return PDF
    raise NotTaken("file_type_unknown")
