"""HTML forms made of the bodies of the JSON API, and back: what a form offers, takes and says is
what the API takes. No field is named twice; no rule, no query.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel
from starlette.datastructures import UploadFile

from api.pages.forms import filling, receiving
from api.pages.forms.choices import Choices, Option, Picture, things
from api.pages.forms.drawing import Drawing, plain
from api.pages.forms.faults import Placed, Refused, placed
from api.pages.forms.fields import Fault, Field, Form
from api.pages.forms.pressing import FIND
from api.pages.forms.reading import VERSION
from api.pages.forms.receiving import Sent, Uploaded
from api.pages.forms.settling import settled
from api.pages.forms.shapes import at, shapes
from api.pages.forms.typed import TooMuch, Typed
from api.words import fields as words
from api.words.refusals import refusal
from api.words.table import Language, say

__all__ = [
    "Choices", "Fault", "Field", "Form", "Forms", "Option", "Picture", "Sent", "Sought", "TooMuch",
    "Typed", "Uploaded",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to be found: for the field at that path, one of those things, by these words."""

    path: str
    thing: str
    text: str


def _kind(body: type[BaseModel]) -> str:
    return next((shape.closed[0] for shape in shapes(body) if shape.kind == "fixed"), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Forms of one page: its language, the office's time zone, and what can be chosen there.
    `refused` words the rules' noes (`partial(refusal, organisation=…)`: with units by their
    names); `without` are fields that the page itself says or leaves out.
    """

    language: Language
    zone: str
    choices: Choices = field(default_factory=Choices)
    refused: Refused = refusal
    without: frozenset[str] = frozenset()

    def filled(self, body: type[BaseModel], known: BaseModel | Mapping[str, Any]) -> Typed:
        """A form that begins with what is known, given as the body's JSON or an instance."""
        return filling.filled(body, known, self.zone)

    def draw(
        self,
        body: type[BaseModel],
        typed: Typed | None = None,
        problem: Mapping[str, Any] | None = None,
        prefix: str = "f",
    ) -> Form:
        """The form: empty, with what was typed, or with what the API said to that. Forms on one
        page need a `prefix` each, for the ids.
        """
        typed = settled(body, typed)
        said = placed(body, problem, typed, self.language, self.refused) if problem else Placed({})
        drawing = Drawing(
            language=self.language,
            zone=self.zone,
            choices=self.choices,
            typed=typed,
            said=said.at,
            prefix=prefix,
        )
        fields = drawing.fields(body, without=self.without)
        faults = (*map(Fault, said.above), *self._listed(fields))
        return Form(
            title=words.title(body.__name__, _kind(body), self.language),
            fields=fields,
            faults=faults,
            heading=self._heading(len(faults), above=bool(said.above)),
            kept=say(words.WORDS, "kept", self.language),
            version=typed.text(VERSION) or "",
        )

    def sought(self, body: type[BaseModel], typed: Typed) -> Sought | None:
        """What a button asks to be found; None for nothing that is found here."""
        path = typed.text(FIND) or ""
        shape = at(body, path)
        if shape is None or not self.choices.seeks(plain(path), shape.name, shape.owners):
            return None
        thing = next(iter(things(shape.name, shape.owners)), "")
        return Sought(path, thing, typed.text(path) or "")

    def finding(self, path: str, found: Sequence[Option]) -> "Forms":
        """The same forms with what was found for a field."""
        return replace(self, choices=replace(self.choices, found={path: found}))

    async def receive(
        self,
        body: type[BaseModel],
        items: Iterable[tuple[str, str | UploadFile]],
        uploaded: Uploaded | None = None,
    ) -> Sent:
        """What came in (`FormData.multi_items()`); `TooMuch` for what has no end."""
        return await receiving.received(
            body, items, self.zone, picture=self.choices.picture, uploaded=uploaded
        )

    def _heading(self, count: int, *, above: bool) -> str:
        code = "refused" if above else "wrong_one" if count == 1 else "wrong"
        return say(words.WORDS, code, self.language).format(count=count)

    def _listed(self, fields: Iterable[Field]) -> list[Fault]:
        every = (each for one in fields for each in one.all)
        colon = "：" if self.language == "zh" else ": "
        return [
            Fault(f"{each.label.rstrip('?？')}{colon}{told}", each.focus)
            for each in every
            for told in each.errors
        ]
