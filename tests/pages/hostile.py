"""What somebody may send instead of a form that was filled in well: wrong, missing, huge,
hostile.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlencode
from uuid import uuid4

from tests.pages.sheets import EVIL, Field, Form

Pairs = list[tuple[str, str]]
SENTENCE = "楼道灯坏了，请来看看。"
PLAIN = {
    "number": "2",
    "tel": "19900001234",
    "email": "a@example.org",
    "date": "2026-03-02",
    "datetime-local": "2026-03-02T09:30",
    "time": "09:30",
    "month": "2026-03",
    "checkbox": "",
    "radio": "",
    "file": "",
    "url": "https://example.org",
}
URLENCODED = "application/x-www-form-urlencoded"
TEXTS = {
    "script": EVIL,
    "sql": "' or 1=1; drop table events; --",
    "controls": "a\x00b\x07c\x1bd\x7f",
    "right to left": "\u202e\u2066abc\u2069\ufeff",
    "path": "../../../../etc/passwd",
    "format": "%s%n{0.__class__}${7*7}#{7*7}{{7*7}}",
    "emoji": "👩‍👩‍👧‍👦" * 20,
    "long": "长" * 3_000,
}
KEY = "_key"
"""What a form carries so that it is not done twice."""
HUGE = 1_000_000
MANY = 10_000
PLACES = {"to": "//evil.example", "back": "https://evil.example", "next": "/\\evil.example"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing to send. `pairs` are the fields, if it is a form at all; else `body` is sent.
    `kept`: an answer that does not take it has to show again what was typed.
    """

    name: str
    pairs: Pairs = field(default_factory=list)
    body: bytes | None = None
    content_type: str = URLENCODED
    kept: bool = False

    @property
    def content(self) -> bytes:
        return urlencode(self.pairs).encode() if self.body is None else self.body


def filled(form: Form, key: str) -> Pairs:
    """The form as somebody fills it in who means well, as if it had been drawn with that key."""
    given = ((each.name, _plausible(each)) for each in form.fields if each.kind != "file")
    return [(name, key if name == KEY else value) for name, value in given]


def _plausible(each: Field) -> str:
    if each.value or each.kind == "hidden":
        return each.value
    if each.options:
        return next((option for option in each.options if option), "")
    return PLAIN.get(each.kind, SENTENCE)


def attempts(form: Form) -> Iterator[Attempt]:
    """Everything that is tried on one form."""
    good = filled(form, uuid4().hex)
    yield Attempt("nothing", [])
    yield Attempt("only what is hidden", _hidden(form), kept=True)
    for each in [each for each in form.fields if each.required][:6]:
        left = [(name, value) for name, value in good if name != each.name]
        yield Attempt(f"without {each.name}", left, kept=True)
    yield Attempt("wrong everywhere", [(f.name, _wrong(f)) for f in form.fields], kept=True)
    yield Attempt("hidden fields changed", [(f.name, _tampered(f)) for f in form.fields])
    for name, text in TEXTS.items():
        yield Attempt(name, [(f.name, _put(f, text)) for f in form.fields], kept=name != "long")
    yield from _malformed(form, good)


def _hidden(form: Form) -> Pairs:
    return [(each.name, each.value) for each in form.fields if each.kind == "hidden"]


def _wrong(each: Field) -> str:
    return each.value if each.kind == "hidden" else "no such thing"


def _tampered(each: Field) -> str:
    if each.kind != "hidden":
        return _plausible(each)
    return PLACES.get(each.name, EVIL)


def _put(each: Field, text: str) -> str:
    if each.name == KEY:
        return uuid4().hex
    return text if each.typed or each.kind == "password" else _plausible(each)


def _malformed(form: Form, good: Pairs) -> Iterator[Attempt]:
    name = quote_plus(next((f.name for f in form.fields if f.typed), "text"))
    yield Attempt("everything twice", good + good)
    yield Attempt("lone surrogates", body=urlencode(good).encode() + f"&{name}=%ED%A0%80".encode())
    yield Attempt("no UTF-8", body=f"{name}=%FF%FE&%FF=1".encode())
    yield Attempt("a megabyte", [*good, (name, "x" * HUGE)])
    yield Attempt("ten thousand fields", body=b"&".join([b"a=1"] * MANY))
    yield Attempt("JSON", body=b'{"kind": "accept"}', content_type="application/json")
    yield Attempt("no parts", body=b"--x\r\n", content_type="multipart/form-data; boundary=x")
    yield Attempt("no boundary", body=b"x", content_type="multipart/form-data")
    files = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{each.name}"; filename="../../x.html"\r\n'
        f"Content-Type: text/html\r\n\r\n{EVIL}\r\n"
        for each in form.fields
    )
    body = f"{files}--x--\r\n".encode()
    yield Attempt("files", body=body, content_type="multipart/form-data; boundary=x")
