"""PDF: opened, refused where it is locked or does more than show pages, and written anew without
what tells of its making: properties, XMP, private data, and the same inside its photos.
"""

import io
import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from store.files.cleaner.kinds import PDF, Cleaned, Limits, NotTaken

ACTIVE = frozenset(
    {
        *("/JS", "/JavaScript", "/Launch", "/XFA", "/RichMedia", "/RichMediaContent"),
        *("/EmbeddedFiles", "/EmbeddedFile", "/EF", "/Rendition", "/Movie", "/Sound", "/3D"),
        *("/SubmitForm", "/ImportData", "/GoToR", "/GoToE"),
    }
)
"""What makes a document do, hold or fetch something besides its pages: keys, kinds, actions."""
KINDS = ("/S", "/Type", "/Subtype")
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/SpiderInfo")
"""Entries that are left out wherever they stand."""
REMARKS = ("/T", "/CreationDate", "/M", "/NM")
"""Of a remark on a page: its author, when it was made, by what."""
DEEPEST = 50


def clean(given: bytes, limits: Limits) -> Cleaned:
    """The document with its pages, and nothing else."""
    try:
        with pikepdf.open(io.BytesIO(given), attempt_recovery=False) as pdf:
            return _cleaned(pdf, limits)
    except pikepdf.PasswordError:
        raise NotTaken("pdf_encrypted") from None
    except (NotTaken, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - a hostile file may raise anything
        raise NotTaken("pdf_damaged") from None


def _cleaned(pdf: Pdf, limits: Limits) -> Cleaned:
    if pdf.is_encrypted:
        raise NotTaken("pdf_encrypted")
    pages = len(pdf.pages)
    if not pages:
        raise NotTaken("pdf_damaged")
    if pages > limits.pages:
        raise NotTaken("pdf_too_long")
    for each in pdf.objects:
        _bare(each)
    for name in ("/OpenAction", "/Names", "/Collection", "/URI"):
        if name in pdf.Root:
            _drop(pdf.Root, name)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return Cleaned(media=PDF, plain=out.getvalue(), pages=pages)


def _bare(found: Object) -> None:
    """An object without what tells of its making; `NotTaken` where it does something."""
    parts = [*_parts(found, DEEPEST)]
    for part in parts:
        _check(part)
    for part in parts:
        _silence(part)
    if isinstance(found, Stream):
        _bare_photo(found)


def _drop(root: Object, name: str) -> None:
    """An entry of the document's root; of named things the places that links lead to stay."""
    if name == "/Names" and "/Dests" in root["/Names"]:
        root["/Names"] = Dictionary({"/Dests": root["/Names"]["/Dests"]})
        return
    del root[name]


def _parts(found: Object, depth: int) -> Iterator[Object]:
    """Every dictionary that is written inside the object itself, with the object if it is one."""
    if not depth:
        raise NotTaken("file_too_complex")
    if isinstance(found, (Dictionary, Stream)):
        yield found
        inside = [value for _, value in found.items()]
    elif isinstance(found, Array):
        inside = list(found)
    else:
        return
    for value in inside:
        if not getattr(value, "is_indirect", True):
            yield from _parts(value, depth - 1)


def _check(part: Object) -> None:
    keys = {key for key, _ in part.items()}
    kinds = {str(part[key]) for key in KINDS if key in keys and isinstance(part[key], Name)}
    if ACTIVE & (keys | kinds):
        raise NotTaken("pdf_scripted")


def _silence(part: Object) -> None:
    for name in _telling(part):
        if name in part:
            del part[name]


def _telling(part: Object) -> Iterable[str]:
    """What of it tells who made it, when and where: all of a signature, of a remark its author."""
    if "/ByteRange" in part:
        return [key for key, _ in part.items()]
    remark = "/Rect" in part and part.get("/Subtype") not in {None, Name("/Widget")}
    return (*TELLING, *REMARKS) if remark else TELLING


def _bare_photo(stream: Stream) -> None:
    """A photo in a document is JPEG as a camera made it, with the place where it was taken; some
    writers pack it once more.
    """
    codings = _listed(stream.get("/Filter"))
    if not codings or codings[-1] not in JPEG:
        return
    hows = _listed(stream.get("/DecodeParms"))
    how = hows[-1] if len(hows) == len(codings) else None
    stream.write(without_notes(_unpacked(stream, codings, hows)), filter=Name("/DCTDecode"))
    if isinstance(how, Dictionary):
        stream["/DecodeParms"] = how


def _listed(found: Object | None) -> list[Object]:
    if found is None:
        return []
    return [*found] if isinstance(found, Array) else [found]


def _unpacked(stream: Stream, codings: list[Object], hows: list[Object]) -> bytes:
    """The JPEG itself."""
    if len(codings) == 1:
        return stream.read_raw_bytes()
    with Pdf.new() as other:
        packed = Stream(other, stream.read_raw_bytes())
        packed["/Filter"] = Array(codings[:-1])
        if len(hows) == len(codings):
            packed["/DecodeParms"] = Array(hows[:-1])
        return packed.read_bytes()


JPEG = (Name("/DCTDecode"), Name("/DCT"))
KEPT = frozenset({0xE0, 0xEE})
"""Of a JPEG's application segments those that say how its colours are written."""
SCAN, END, FILL = 0xDA, 0xD9, 0xFF
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""The first mark after a scan's data that is not part of it."""


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its notes: EXIF, XMP, previews, comments, and what hangs behind its end; the
    picture is not touched.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        raise NotTaken("pdf_damaged")
    kept, at = [jpeg[:2]], 2
    while at < len(jpeg):
        mark, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at] == mark == FILL:
            at += 1
            continue
        if mark == END:
            break
        if jpeg[at] != FILL or length < 2:  # noqa: PLR2004 - a length counts itself
            raise NotTaken("pdf_damaged")
        ends = at + 2 + length
        if mark == SCAN:
            after = AFTER_SCAN.search(jpeg, ends)
            ends = after.start() if after else len(jpeg)
        note = (0xE0 <= mark <= 0xEF and mark not in KEPT) or mark == 0xFE  # noqa: PLR2004
        if not note:
            kept.append(jpeg[at:ends])
        at = ends
    return b"".join([*kept, b"\xff\xd9"])
