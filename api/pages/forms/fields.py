"""What a template draws: one `Field` for each field of a body, with everything a control needs.
Plain values; no HTML, no words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from api.pages.forms.choices import Picture

Control = Literal[
    "checks", "files", "group", "input", "many", "place", "radios", "select", "textarea"
]


@dataclass(frozen=True, slots=True)
class Offered:
    """One value to choose; `lang` where its label is of another language than the page."""

    value: str
    label: str
    chosen: bool
    id: str
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What a place has besides its other fields: a map to click on, where there is one, and the
    coordinates, typed or clicked.
    """

    fields: "Sequence[Field]"
    label: str
    told: str = ""
    picture: Picture | None = None
    alt: str = ""

    @property
    def open(self) -> bool:
        """Whether the coordinates are shown without being asked for."""
        return any(one.value or one.errors for one in self.fields)


@dataclass(frozen=True, slots=True)
class Border:
    """What a border has besides its lines: the picture to draw it on, and what its buttons say."""

    picture: Picture
    alt: str
    back: str
    closer: str
    whole: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A button that finds what is typed, and what it found: each hit is a button that fills it
    in.
    """

    label: str
    told: str = ""
    hits: Sequence[Offered] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One control, or a group of them. `attributes` are those of its element; `mark` says that it
    may be left empty; `lang` where its value is of another language than the page.
    """

    name: str
    id: str
    control: Control
    label: str
    mark: str = ""
    hint: str = ""
    value: str = ""
    lang: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    offered: Sequence[Offered] = ()
    errors: Sequence[str] = ()
    inner: "Sequence[Field]" = ()
    more: str = ""
    less: str = ""
    clear: Offered | None = None
    point: Point | None = None
    border: Border | None = None
    finding: Finding | None = None

    @property
    def described_by(self) -> str:
        """The ids of what explains the control."""
        parts = ((self.hint, "hint"), (self.errors, "error"))
        return " ".join(f"{self.id}-{part}" for there, part in parts if there)

    @property
    def focus(self) -> str:
        """The id of what takes the focus."""
        listed = self.control in {"radios", "checks"} and self.offered
        return self.offered[0].id if listed else self.id

    @property
    def all(self) -> "list[Field]":
        """Itself and all inside it."""
        inside = (*self.inner, *(self.point.fields if self.point else ()))
        return [self, *(each for inner in inside for each in inner.all)]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the summary: what is wrong; without an id it is about no field."""

    told: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form as it is drawn: `multipart` where files are handed in; `version` is the case's when it
    was first drawn, as it was sent back.
    """

    title: str
    fields: Sequence[Field]
    faults: Sequence[Fault] = ()
    heading: str = ""
    kept: str = ""
    version: str = ""

    @property
    def multipart(self) -> bool:
        """Whether it hands in files."""
        return any(each.control == "files" for one in self.fields for each in one.all)
