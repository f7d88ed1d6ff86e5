"""Photos and documents made for tests: honest ones, and those that mean harm."""

import io
import struct
import zlib

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin

CANARY = "CANARY-of-whoever-took-it"
LATITUDE = (31.0, 14.0, 1.5)


def jpeg(width: int = 80, height: int = 60, *, turned: int = 6, shade: int = 0) -> bytes:
    """As a phone takes it: upright only by its orientation, with the place, a comment, XMP."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, shade % 256, shade // 256), (0, 0, width // 4, height // 4))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = CANARY
    exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: (121.0, 28.0, 9.5)})
    out = io.BytesIO()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    image.save(out, "JPEG", exif=exif, comment=CANARY.encode(), xmp=xmp, quality=95)
    return out.getvalue()


def png(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
    """With text in it, plain and packed."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", CANARY)
    notes.add_itxt("XML:com.adobe.xmp", CANARY, zip=True)
    out = io.BytesIO()
    Image.new(mode, size, 1).save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = CANARY
    Image.new("RGBA", (30, 20), (1, 200, 3, 100)).save(out, "WEBP", exif=exif, xmp=CANARY.encode())
    return out.getvalue()


def gif() -> bytes:
    """Two pictures, one after the other: red, then blue."""
    out = io.BytesIO()
    red, blue = (Image.new("RGB", (20, 10), colour) for colour in ("red", "blue"))
    red.save(out, "GIF", save_all=True, append_images=[blue], comment=CANARY.encode())
    return out.getvalue()


def profiled() -> bytes:
    """A photo in colours of its own, the profile in it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "green").save(out, "JPEG", icc_profile=profile.tobytes())
    return out.getvalue()


def claiming(width: int, height: int, packed: bytes | None = None) -> bytes:
    """A PNG of a few bytes that says it is that large; `packed` is what it holds."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0\0\0\0") if packed is None else packed
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"IDAT", data),
            chunk(b"IEND", b""),
        )
    )


def bomb() -> bytes:
    """A PNG of a megabyte whose notes unpack to a gigabyte."""
    plain = claiming(1, 1)
    packed = b"Comment\0\0" + zlib.compress(bytes(1 << 26), 9)
    kind = b"zTXt"
    chunk = struct.pack(">I", len(packed)) + kind + packed
    chunk += struct.pack(">I", zlib.crc32(kind + packed))
    return plain[:33] + chunk * 16 + plain[33:]


def svg() -> bytes:
    return b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def html() -> bytes:
    return b"<!doctype html><script>alert(1)</script>"


def photo_and_page() -> bytes:
    """A photo that a browser might take for a page, and an archive behind it."""
    return jpeg() + html() + b"PK\x03\x04" + bytes(100)


def _saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type] # what a test asks for
    return out.getvalue()


def _document(pages: int) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 100))
    pdf.docinfo["/Author"] = CANARY
    with pdf.open_metadata() as told:
        told["dc:title"] = CANARY
    return pdf


def pdf(pages: int = 1) -> bytes:
    """With who made it, in both places where that is written."""
    return _saved(_document(pages))


def pdf_with_photo(how: str = "as it is") -> bytes:
    """With a photo in it as the phone took it, or with what tells of it elsewhere."""
    made, photo = _document(1), jpeg()
    match how:
        case "behind its end":
            photo = jpeg() + jpeg()
        case "between its scans":
            at = photo.index(b"\xff\xda")
            note = b"\xff\xfe" + (len(CANARY) + 2).to_bytes(2) + CANARY.encode()
            photo = photo[:-2] + note + photo[at:]
    image = pikepdf.Stream(made, photo)
    if how == "packed":
        codings = [pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode]
        image.write(zlib.compress(photo), filter=pikepdf.Array(codings))
    else:
        image.write(photo, filter=pikepdf.Name.DCTDecode)
    for name, value in {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": 80,
        "/Height": 60,
        "/ColorSpace": pikepdf.Name.DeviceRGB,
        "/BitsPerComponent": 8,
    }.items():
        image[name] = value
    made.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    return _saved(made)


def pdf_signed() -> bytes:
    """With a signature that says who and where, and a remark that says by whom."""
    made = _document(1)
    text, name = pikepdf.String(CANARY), pikepdf.Name
    told = {"/Name": text, "/Location": text, "/Contents": text, "/ByteRange": pikepdf.Array([0])}
    mark = made.make_indirect(pikepdf.Dictionary({"/Type": name.Sig, **told}))
    field = {"/Subtype": name.Widget, "/FT": name.Sig, "/T": pikepdf.String("a"), "/V": mark}
    rect = pikepdf.Array([0, 0, 9, 9])
    widget = made.make_indirect(pikepdf.Dictionary({**field, "/Rect": rect}))
    remark = {"/Subtype": name.Text, "/Rect": rect, "/Contents": pikepdf.String("seen"), "/T": text}
    made.pages[0].obj["/Annots"] = pikepdf.Array([widget, pikepdf.Dictionary(remark)])
    made.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array([widget]))
    return _saved(made)


def pdf_locked(password: str) -> bytes:
    return _saved(_document(1), encryption=pikepdf.Encryption(owner="owner", user=password))


def pdf_that_acts(how: str) -> bytes:
    """A document that does more than show pages."""
    made = _document(1)
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    page = made.pages[0].obj
    match how:
        case "on opening":
            made.Root["/OpenAction"] = script
        case "on a page":
            page["/AA"] = pikepdf.Dictionary(O=script)
        case "by name":
            names = pikepdf.Array([pikepdf.String("a"), made.make_indirect(script)])
            made.Root["/Names"] = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
        case "by a program":
            action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("/bin/sh"))
            page["/Annots"] = pikepdf.Array(
                [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)]
            )
        case "with a file in it":
            names = pikepdf.Array([pikepdf.String("evil.exe"), pikepdf.Stream(made, b"MZ")])
            files = pikepdf.Dictionary(Names=names)
            made.Root["/Names"] = pikepdf.Dictionary(EmbeddedFiles=files)
        case _:
            form = pikepdf.Dictionary(XFA=pikepdf.Stream(made, b"<xdp/>"))
            made.Root["/AcroForm"] = form
    return _saved(made)
