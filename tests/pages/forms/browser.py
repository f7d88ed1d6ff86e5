"""What a browser without scripts makes of a form: its elements, and what pressing the button sends.
By the HTML standard, as far as our forms go.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import api.pages
from api.pages.forms import Form

VOID = {"input", "br", "img", "meta", "link"}
TEMPLATES = Path(api.pages.__file__).parent / "templates"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGE = ENVIRONMENT.from_string(
    '{% import "parts/fields.html" as fields %}{{ fields.summary(form) }}'
    "<form>{{ fields.all(form) }}</form>"
)
SHAPES = {
    "number": r"-?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?",
    "date": r"[0-9]{4,}-[0-9]{2}-[0-9]{2}",
    "datetime-local": r"[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?",
}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    def all(self, *tags: str) -> "Iterator[Element]":
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    @property
    def words(self) -> str:
        """All its text, as a reader meets it."""
        return " ".join([self.text, *(child.words for child in self.children)])

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len({name for name, _ in attrs}), (tag, attrs)
        new = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(new)
        if tag not in VOID:
            self.here = new

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> inside <{self.here.tag}>"
        assert self.here.parent
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.text += data


def page_of(form: Form) -> Element:
    return read(PAGE.render(form=form))


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root
    return reader.root


def sent(page: Element) -> list[tuple[str, str]]:
    """What is sent when the form is sent as it stands."""
    found = []
    for control in page.all("input", "select", "textarea"):
        value = _value(control)
        if value is not None:
            found.append((control.attributes["name"], value.replace("\n", "\r\n")))
    return found


def _value(control: Element) -> str | None:
    if control.tag == "textarea":
        return control.text.removeprefix("\n")
    if control.tag == "select":
        options = list(control.all("option"))
        chosen = [each for each in options if "selected" in each.attributes] or options[:1]
        return chosen[-1].attributes["value"]
    return _input(control, control.get("type"))


def _input(control: Element, kind: str) -> str | None:
    if kind in {"image", "file"}:
        return None
    value = control.attributes["value"]
    if kind in {"radio", "checkbox"}:
        return value if "checked" in control.attributes else None
    if kind in SHAPES and not re.fullmatch(SHAPES[kind], value):
        return ""
    return value if kind == "hidden" else value.replace("\n", "")
