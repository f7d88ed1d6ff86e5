"""The page where anybody checks a receipt: a form and the answer, without a script.

Nothing of what was said is shown, and nothing that comes in is kept.
"""

from email import message_from_bytes, policy
from html import escape
from pathlib import Path
from string import Template

from fastapi import APIRouter, Request, Response

from api import receipt_checks
from api.context import Here
from api.rating_page import HEADERS
from api.receipt_checks import CheckedEvent, CheckView
from api.words import Language
from api.words.receipts import KINDS, PAGE
from api.words.table import say

router = APIRouter(include_in_schema=False)
FORM = Template((Path(__file__).parent / "static" / "receipt.html").read_text("utf-8"))
PAGE_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}


@router.get("/receipt")
async def empty_page(lang: Language = "zh") -> Response:
    """The form."""
    return _page("", lang)


@router.post("/receipt")
async def checked_page(request: Request, here: Here, lang: Language = "zh") -> Response:
    """The form again, and above it what came of the check."""
    text = _sent(request.headers.get("content-type", ""), await request.body())
    return _page(_told(await receipt_checks.check(here, text, lang), lang), lang)


def _sent(content_type: str, body: bytes) -> str:
    """The file of the form, or what was pasted into it; the body itself for any other sender."""
    if not content_type.startswith("multipart/form-data"):
        return body.decode("utf-8", "replace")
    head = f"Content-Type: {content_type}\r\n\r\n".encode("utf-8", "replace")
    form = message_from_bytes(head + body, policy=policy.HTTP)
    parts = [part.get_payload(decode=True) for part in form.iter_parts()]
    texts = [part.decode("utf-8-sig", "replace") for part in parts if isinstance(part, bytes)]
    return next(filter(str.strip, texts), "")


def _page(told: str, lang: Language) -> Response:
    words = {name: say(PAGE, name, lang) for name in ("title", "what", "file", "text", "check")}
    page = FORM.substitute(
        words,
        told=told,
        lang=lang,
        other=say(PAGE, "other", lang),
        elsewhere="zh" if lang == "en" else "en",
    )
    return Response(page, media_type="text/html", headers=PAGE_HEADERS)


def _told(found: CheckView, lang: Language) -> str:
    """What came of it, as HTML; everything that was sent is escaped."""
    lines = [f'<p role="status" data-verdict="{escape(found.verdict)}">{escape(found.words)}</p>']
    lines += [f"<p>{escape(each)}</p>" for each in found.remarks]
    if found.signed_size is not None:
        signed = f"{found.signed_at} · {found.signed_size}"
        lines.append(f"<p>{say(PAGE, 'signed', lang)}: {escape(signed)}</p>")
    if found.witnesses:
        seen = ", ".join(found.witnesses)
        lines.append(f"<p>{say(PAGE, 'witnesses', lang)}: {escape(seen)}</p>")
    items = "".join(_item(event, lang) for event in found.events)
    return "\n".join([*lines, f"<ul>{items}</ul>" if items else ""])


def _item(event: CheckedEvent, lang: Language) -> str:
    what = say(KINDS, event.kind, lang) if event.kind in KINDS else event.kind
    place = "" if event.seq is None else f"; {say(PAGE, 'place', lang)} {event.seq}"
    told = (
        f"{what}; {say(PAGE, 'case', lang)} {event.case_id}; "
        f"{say(PAGE, 'recorded', lang)} {event.recorded_at}{place}"
    )
    return f"<li>{escape(told)}<br><small>{escape(event.hash)}</small></li>"
