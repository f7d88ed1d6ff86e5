"""Images: decoded within limits, turned upright, and encoded anew without anything else in them."""

import io
import warnings
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from store.files.cleaner.kinds import IMAGES, Cleaned, Limits, NotTaken

QUALITY = 90
SMALL = (400, 400)
"""Pixels that the small copy fits into."""
SMALL_QUALITY = 75
DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "F"})
"""Modes of more than eight bits of grey."""


def clean(given: bytes, media: str, limits: Limits) -> Cleaned:
    """The image as it looks; of one that moves the first picture."""
    Image.MAX_IMAGE_PIXELS = limits.pixels
    warnings.simplefilter("error", DecompressionBombWarning)
    try:
        seen = _seen(given, media, limits)
    except (DecompressionBombError, DecompressionBombWarning):
        raise NotTaken("image_too_large") from None
    except MemoryError:
        raise
    except Exception as error:  # a hostile file may raise anything
        if isinstance(error, NotTaken):
            raise
        raise NotTaken("image_damaged") from None
    kept = "image/png" if media == "image/gif" else media
    return Cleaned(
        media=kept,
        plain=_encoded(seen, kept),
        small=_small(seen),
        width=seen.width,
        height=seen.height,
    )


def _seen(given: bytes, media: str, limits: Limits) -> Image.Image:
    with Image.open(io.BytesIO(given), formats=[IMAGES[media]]) as found:
        if found.width * found.height > limits.pixels:
            raise NotTaken("image_too_large")
        found.load()
        upright = ImageOps.exif_transpose(found)
        return _plain(_coloured(upright))


def _coloured(image: Image.Image) -> Image.Image:
    """In the colours every screen has; a profile that cannot be followed is left out."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    with suppress(ImageCms.PyCMSError, ValueError, OSError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, source, target, outputMode=mode)
        if made is not None:
            return made
    return image


def _plain(image: Image.Image) -> Image.Image:
    """Pixels alone, in a mode that every format here can keep."""
    if image.mode in DEEP:
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    seen_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if seen_through else "L" if image.mode in {"1", "L"} else "RGB"
    made = image if image.mode == mode else image.convert(mode)
    bare = Image.new(mode, made.size)
    bare.paste(made)
    return bare


def _encoded(image: Image.Image, media: str) -> bytes:
    out = io.BytesIO()
    match media:
        case "image/jpeg":
            image.save(out, "JPEG", quality=QUALITY)
        case "image/webp":
            image.save(out, "WEBP", quality=QUALITY, method=2)
        case _:
            image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _small(image: Image.Image) -> bytes:
    """A copy for lists, always JPEG; what is seen through is white."""
    small = image.copy() if image.mode == "L" else image.convert("RGBA")
    small.thumbnail(SMALL)
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    out = io.BytesIO()
    small.save(out, "JPEG", quality=SMALL_QUALITY)
    return out.getvalue()
