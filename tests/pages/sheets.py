"""Reads a page as a machine does: where it leads, which forms it holds, and whether anything stands
in it that somebody typed and that was not meant to be more than text.
"""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin

EVIL = "\"'><x-evil onevil=1></x-evil><script>alert(1)</script>{{7*7}}"
"""Text that, shown as anything but text, is found again by `Sheet.evil`."""
Attrs = list[tuple[str, str | None]]
BUTTONS = {"submit", "button", "reset", "image"}


@dataclass(slots=True)
class Field:
    """One control: `kind` is its type, `options` what may be chosen."""

    name: str
    kind: str = "text"
    value: str = ""
    options: list[str] = field(default_factory=list)
    required: bool = False

    @property
    def typed(self) -> bool:
        """Whether people write into it what they would not like to write again."""
        return self.kind not in {"hidden", "password", "file", "select", "radio", "checkbox"}


@dataclass(slots=True)
class Form:
    """A form as it is drawn; `page` is where it stands."""

    page: str
    action: str
    method: str
    multipart: bool = False
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[Field, str]] = field(default_factory=list)
    ident: str = ""

    def named(self, name: str) -> list[Field]:
        return [each for each in self.fields if each.name == name]

    def by_button(self) -> "list[Form]":
        """The form as each of its buttons sends it; each where that button says."""
        return [
            replace(self, action=where, fields=self.fields + [button] * bool(button.name))
            for button, where in self.buttons
        ] or [self]


@dataclass(slots=True)
class Link:
    """Where a page leads."""

    address: str
    download: bool


class Sheet(HTMLParser):
    """A page that was read. `address` is its own."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[Link] = []
        self.drawn: list[Form] = []
        self.evil: list[str] = []
        self._open: Form | None = None
        self._into: Field | None = None
        self._option: str | None = None
        self.feed(text)
        self.close()

    @property
    def forms(self) -> list[Form]:
        """Each form once for each way to send it."""
        return [sent for form in self.drawn for sent in form.by_button()]

    def handle_starttag(self, tag: str, attrs: Attrs) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "x-evil" or "onevil" in given or (tag == "script" and "src" not in given):
            self.evil.append(self.get_starttag_text() or tag)
        match tag:
            case "a" if "href" in given:
                where = urljoin(self.address, given["href"])
                self.links.append(Link(where, "download" in given))
            case "form":
                self._form(given)
            case "input" | "button":
                self._control(tag, given)
            case "select" | "textarea":
                self._into = Field(given.get("name", ""), tag, required="required" in given)
                self._add(self._into, given)
            case "option" if self._into is not None:
                self._into.options.append(given.get("value", ""))
                if "selected" in given or len(self._into.options) == 1:
                    self._into.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in {"select", "textarea"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None and self._into.kind == "textarea":
            self._into.value += data

    def _form(self, given: dict[str, str]) -> None:
        action = urljoin(self.address, given.get("action") or self.address)
        multipart = given.get("enctype") == "multipart/form-data"
        method = given.get("method", "get").lower()
        self._open = Form(self.address, action, method, multipart, ident=given.get("id", ""))
        self.drawn.append(self._open)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "submit" if tag == "button" else "text").lower()
        found = Field(given.get("name", ""), kind, given.get("value", ""))
        found.required = "required" in given
        if kind in BUTTONS:
            self._button(found, given)
        else:
            self._add(found, given)

    def _button(self, found: Field, given: dict[str, str]) -> None:
        form = self._form_of(given)
        if found.kind == "submit" and form is not None:
            where = given.get("formaction")
            action = urljoin(self.address, where) if where else form.action
            form.buttons.append((replace(found, kind="hidden"), action))

    def _add(self, found: Field, given: dict[str, str]) -> None:
        form = self._form_of(given)
        if form is None or not found.name:
            return
        if found.kind in {"radio", "checkbox"}:
            found.options = [found.value or "on"]
            found.value = found.value if "checked" in given else ""
            for same in form.named(found.name):
                same.options += found.options
                same.value = same.value or found.value
                return
        form.fields.append(found)

    def _form_of(self, given: dict[str, str]) -> Form | None:
        named = given.get("form")
        if named is None:
            return self._open
        return next((form for form in self.drawn if form.ident == named), None)
