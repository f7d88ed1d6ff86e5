"""What bodies are made of: texts, ids, places; each refuses what it cannot hold."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_serializer

_CONTROL = {chr(code) for code in (*range(32), *range(127, 160))} - {"\n", "\t"}
_DIRECTIONS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""They turn the order of what follows: a name or a number could be made to read as another."""


def clean(text: str) -> str:
    """The text without blanks around it; refused with control characters or halves of others."""
    if not _CONTROL.isdisjoint(text) or not _DIRECTIONS.isdisjoint(text):
        raise ValueError("holds control characters")
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):  # noqa: PLR2004 - surrogates
        raise ValueError("holds half a character")
    return text.strip()


def _said(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


Text = Annotated[str, Field(max_length=4000), AfterValidator(clean)]
Said = Annotated[Text, AfterValidator(_said)]
Title = Annotated[str, Field(max_length=120), AfterValidator(clean), AfterValidator(_said)]
Short = Annotated[str, Field(max_length=200), AfterValidator(clean)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,99}$")]
Phone = Annotated[str, Field(pattern=r"^$|^\+?[0-9][0-9 -]{4,19}$")]
Grade = Annotated[int, Field(ge=1, le=5, strict=True)]
Yes = Annotated[bool, Field(strict=True)]
Tags = Annotated[tuple[Short, ...], Field(max_length=10)]
Evidence = Annotated[tuple[Annotated[Short, AfterValidator(_said)], ...], Field(max_length=20)]


class Body(BaseModel):
    """The base of everything that is sent."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactBody(Body):
    """A resident as they gave themselves."""

    name: Short = ""
    phone: Phone = ""


class PlaceBody(Body):
    """Where it is: an address, a point (WGS 84 degrees), the unit known; any of them may miss."""

    address: Short = ""
    longitude: Annotated[float, Field(ge=-180, le=180, strict=True)] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, strict=True)] | None = None
    unit_id: Id | None = None

    @model_serializer
    def as_place(self) -> dict[str, Any]:
        """The domain's place: a point in microdegrees, where both halves were given."""
        point = None
        if self.longitude is not None and self.latitude is not None:
            point = (round(self.longitude * 1e6), round(self.latitude * 1e6))
        return {"address": self.address, "point": point, "unit_id": self.unit_id}


CaseNumber = Annotated[str, Field(max_length=100), AfterValidator(clean), AfterValidator(_said)]


class CommandBody(Body):
    """What all commands share. `version` makes one conditional: it is refused if the case moved."""

    version: Annotated[int, Field(ge=1, strict=True)] | None = None

    def others(self) -> tuple[str, ...]:
        """The other cases it names: whoever sends it must be allowed to see them."""
        return ()


class SpanBody(Body):
    """A length of time."""

    amount: Annotated[int, Field(ge=1, le=10_000, strict=True)]
    unit: Literal["seconds", "minutes", "hours", "days", "working_hours", "working_days"]
