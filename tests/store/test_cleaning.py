"""Files are taken for what their bytes are, and kept with nothing but what they show (R14.5)."""

import asyncio
import io
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any, cast

import pikepdf
import pytest
from PIL import Image

from store.files import cleaning
from store.files.cleaner.kinds import Cleaned, Limits, NotTaken
from store.files.cleaning import Cleaner
from tests import pictures
from tests.pictures import CANARY

pytestmark = pytest.mark.rule("R14.5")
PLAINLY: dict[str, Any] = {
    "stream_decode_level": pikepdf.StreamDecodeLevel.generalized,
    "compress_streams": False,
    "object_stream_mode": pikepdf.ObjectStreamMode.disable,
}
"""How a document is written so that everything in it can be read."""
LIMITS = Limits(pixels=10_000_000, pages=3, size=8 << 20)


async def cleaned(given: bytes, limits: Limits = LIMITS) -> Cleaned:
    with tempfile.TemporaryFile() as file:
        file.write(given)
        file.flush()
        return await Cleaner(limits).clean(file)


async def refused(given: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(NotTaken) as found:
        await cleaned(given, limits)
    return str(found.value)


def seen(found: Cleaned) -> Image.Image:
    return Image.open(io.BytesIO(found.plain))


@pytest.mark.parametrize(
    ("given", "media"),
    [
        (pictures.jpeg(), "image/jpeg"),
        (pictures.png(), "image/png"),
        (pictures.webp(), "image/webp"),
        (pictures.gif(), "image/png"),
        (pictures.pdf(), "application/pdf"),
        (pictures.pdf_with_photo(), "application/pdf"),
    ],
)
async def test_what_tells_of_its_making_is_gone(given: bytes, media: str) -> None:
    found = await cleaned(given)
    assert found.media == media
    for part in (found.plain, found.small):
        assert CANARY.encode() not in part
        assert b"Exif" not in part
        assert b"xmp" not in part.lower()


HIDDEN = ("behind its end", "between its scans", "packed")


@pytest.mark.parametrize(
    "given", [*map(pictures.pdf_with_photo, HIDDEN), pictures.pdf_signed()], ids=[*HIDDEN, "signed"]
)
async def test_nowhere_in_a_document_is_told_who_made_it_and_where(given: bytes) -> None:
    with pikepdf.open(io.BytesIO((await cleaned(given)).plain)) as pdf:
        pdf.save(out := io.BytesIO(), **PLAINLY)
    assert CANARY.encode() not in out.getvalue()
    assert b"Exif" not in out.getvalue()


@pytest.mark.parametrize("how", HIDDEN)
async def test_the_photo_itself_is_still_shown_however_it_was_packed(how: str) -> None:
    with pikepdf.open(io.BytesIO((await cleaned(pictures.pdf_with_photo(how))).plain)) as pdf:
        photo = cast("pikepdf.Stream", pdf.pages[0].get_images()["/Im0"])
        assert pikepdf.PdfImage(photo).as_pil_image().size == (80, 60)
        assert photo["/Filter"] == pikepdf.Name.DCTDecode, "nothing is hidden by being packed"


@pytest.mark.parametrize(
    "given", [pictures.jpeg(), pictures.png(), pictures.webp(), pictures.gif(), pictures.profiled()]
)
async def test_of_an_image_nothing_is_left_but_its_pixels(given: bytes) -> None:
    found = seen(await cleaned(given))
    found.load()
    left = set(found.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop"}
    assert left <= {"background", "timestamp", "duration"}
    assert not found.getexif()


async def test_a_photo_stands_upright_without_saying_so() -> None:
    found = await cleaned(pictures.jpeg(80, 60, turned=6))
    assert (found.width, found.height, found.pages) == (60, 80, 0)
    assert seen(found).size == (60, 80)
    red = seen(found).convert("RGB").getpixel((58, 2))
    assert isinstance(red, tuple)
    assert red[0] > 150 > red[1], "the corner that was painted is at the top right now"


async def test_of_what_moves_the_first_picture_is_kept() -> None:
    found = seen(await cleaned(pictures.gif()))
    assert getattr(found, "n_frames", 1) == 1
    assert found.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


async def test_what_is_seen_through_stays_so_and_the_small_copy_is_on_white() -> None:
    found = await cleaned(pictures.webp())
    assert seen(found).mode == "RGBA"
    small = Image.open(io.BytesIO(found.small))
    assert (small.format, small.mode) == ("JPEG", "RGB")


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "RGBA", "LA"])
async def test_every_kind_of_png_is_kept(mode: str) -> None:
    found = await cleaned(pictures.png(mode))
    assert (found.media, found.width, found.height) == ("image/png", 60, 40)


async def test_a_large_photo_has_a_small_copy() -> None:
    found = await cleaned(pictures.jpeg(1600, 1200, turned=1))
    assert Image.open(io.BytesIO(found.small)).size == (400, 300)


async def test_the_same_photo_is_cleaned_to_the_same_bytes() -> None:
    for given in (pictures.jpeg(), pictures.png(), pictures.webp(), pictures.pdf_with_photo()):
        assert await cleaned(given) == await cleaned(given)


async def test_what_hangs_behind_a_photo_is_gone() -> None:
    found = await cleaned(pictures.photo_and_page())
    assert found.media == "image/jpeg"
    assert b"script" not in found.plain
    assert b"PK\x03\x04" not in found.plain


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "file_empty"),
        (pictures.svg(), "file_type_unknown"),
        (pictures.html(), "file_type_unknown"),
        (b"MZ" + bytes(500), "file_type_unknown"),
        (b"PK\x03\x04" + bytes(500), "file_type_unknown"),
        (b" %PDF-1.7", "file_type_unknown"),
        (b"\0\0\0\x18ftypheic" + bytes(500), "file_type_unknown"),
        (pictures.jpeg()[:1500], "image_damaged"),
        (b"\xff\xd8\xff" + pictures.html(), "image_damaged"),
        (b"GIF89a" + pictures.html(), "image_damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image_damaged"),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(100), "image_damaged"),
        (pictures.claiming(50_000, 50_000), "image_too_large"),
        (pictures.claiming(0, 10), "image_damaged"),
        (pictures.bomb(), "image_damaged"),
        (b"%PDF-1.7\n" + bytes(300), "pdf_damaged"),
        (pictures.pdf()[:400], "pdf_damaged"),
        (b"%PDF-1.7\n" + pictures.html(), "pdf_damaged"),
        (pictures.pdf(4), "pdf_too_long"),
        (pictures.pdf_locked("secret"), "pdf_encrypted"),
        (pictures.pdf_locked(""), "pdf_encrypted"),
    ],
)
async def test_what_is_not_taken_says_why(given: bytes, code: str) -> None:
    assert await refused(given) == code


@pytest.mark.parametrize(
    "how",
    ["on opening", "on a page", "by name", "by a program", "with a file in it", "as a form"],
)
async def test_a_document_that_does_more_than_show_pages_is_not_taken(how: str) -> None:
    assert await refused(pictures.pdf_that_acts(how)) == "pdf_scripted"


async def test_a_document_still_shows_its_photo() -> None:
    found = await cleaned(pictures.pdf_with_photo())
    with pikepdf.open(io.BytesIO(found.plain)) as pdf:
        photo = cast("pikepdf.Stream", pdf.pages[0].get_images()["/Im0"])
        image = pikepdf.PdfImage(photo)
        assert image.as_pil_image().size == (80, 60)
        assert "/Metadata" not in pdf.Root
        assert "/Info" not in pdf.trailer


async def test_a_file_that_takes_all_memory_breaks_its_own_process_alone() -> None:
    size = 9000
    rows = zlib.compress(bytes(size * 3 + 1) * size)
    huge = pictures.claiming(size, size * 12, rows)
    loose = Limits(pixels=size * size * 12, pages=1, size=8 << 20)
    assert await refused(huge, loose) in {"file_too_complex", "image_damaged"}
    assert (await cleaned(pictures.jpeg())).media == "image/jpeg"


async def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "SECONDS", 0.01)
    assert await refused(pictures.jpeg()) == "file_too_complex"


async def test_a_file_that_becomes_too_large_is_not_taken() -> None:
    noise = io.BytesIO()
    Image.effect_noise((400, 400), 90).save(noise, "PNG")
    small = Limits(pixels=1_000_000, pages=1, size=10_000)
    assert await refused(noise.getvalue(), small) == "file_too_complex"


async def test_the_process_knows_no_secret_and_nothing_of_ours_but_itself(tmp_path: Path) -> None:
    """It is started with no environment, and told where the code lies and its limits alone."""
    (tmp_path / "store" / "files" / "cleaner").mkdir(parents=True)
    for room in ("store", "store/files", "store/files/cleaner"):
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "store" / "files" / "cleaner" / "kinds.py").write_text(
        "import os, sys\nclass NotTaken(Exception): pass\nPDF = ''\n"
        "class Limits:\n    def __init__(self, **_): raise NotTaken(\n"
        "        f'{sorted(os.environ)} {sorted(m for m in sys.modules if m in KNOWN)}')\n"
        "KNOWN = {'domain', 'settings', 'api', 'asyncpg', 'cryptography', 'store.keys'}\n"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", str(cleaning.PROGRAM), str(tmp_path), "{}"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={},
    )
    said, wrong = await process.communicate()
    assert said in {b'{"refused": "[\'LC_CTYPE\'] []"}\n', b'{"refused": "[] []"}\n'}, wrong
