"""From a body, what is typed and what the API said to the fields that a template draws. Words come
from api/words/fields; no HTML.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from api.pages.forms import controls, filling, moments
from api.pages.forms.choices import Choices, Option
from api.pages.forms.fields import Border, Control, Field, Finding, Offered, Point
from api.pages.forms.pressing import most
from api.pages.forms.reading import EMPTY
from api.pages.forms.shapes import Shape, shapes
from api.pages.forms.typed import Typed
from api.words import fields as words
from api.words.table import Language, say
from domain.words import OWN_REASONS, EscalationReason, ReferredTo
from domain.words.deliberation import MEETINGS, PUBLICATIONS, STEPS

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
POINT = (".longitude", ".latitude")
NEVER = frozenset({"fixed", "version"})
OFFERED: Mapping[str, Sequence[str]] = {
    "EscalateBody.reason": [r for r in EscalationReason if r not in OWN_REASONS],
    "RecordMeetingBody.step": [s for s in STEPS if s in MEETINGS],
    "PublishDeliberationBody.step": [s for s in STEPS if s in PUBLICATIONS],
    "ReferDisputeBody.to": [ReferredTo.COURT, ReferredTo.ARBITRATION, ReferredTo.LEGAL_AID],
}
"""Where a list is longer than what somebody may say there."""


def plain(path: str) -> str:
    """A field's path without the numbers of entries."""
    return ".".join(part for part in path.split(".") if not part.isdigit())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One form being drawn; `said` are the faults at the fields, by their names."""

    language: Language
    zone: str
    choices: Choices
    typed: Typed
    said: Mapping[str, Sequence[str]]
    prefix: str

    def fields(
        self, body: type[BaseModel], path: str = "", without: frozenset[str] = frozenset()
    ) -> tuple[Field, ...]:
        """Those of a body, in their order."""
        shown = (s for s in shapes(body) if s.kind not in NEVER and s.name not in without)
        return tuple(self._field(shape, path + shape.name) for shape in shown)

    def _field(self, shape: Shape, path: str) -> Field:
        if shape.kind == "bodies":
            return self._many(shape, path)
        if shape.body:
            return self._group(shape, path)
        offered = self._options(shape, path)
        if shape.kind == "files":
            return self._files(shape, path, offered or [])
        if offered is not None:
            return self._chosen(shape, path, offered)
        return self._typed_in(shape, path)

    def _many(self, shape: Shape, path: str) -> Field:
        numbers = self.typed.entries(path, most(shape))
        entries = tuple(self._entry(shape, f"{path}.{n}", n) for n in numbers)
        full = len(entries) >= most(shape)
        more = "" if full else self._word("more" if entries else "first")
        return Field(control="many", inner=entries, more=more, **self._common(shape, path))

    def _entry(self, shape: Shape, path: str, number: int) -> Field:
        title = say(words.TITLES, shape.body.__name__ if shape.body else "", self.language)
        label = f"{title} {number + 1}"
        return Field(
            name=path,
            id=self._id(path),
            control="group",
            label=label,
            errors=self.said.get(path, ()),
            inner=self.fields(shape.body, path + ".") if shape.body else (),
            less=self._word("less").format(entry=label),
        )

    def _group(self, shape: Shape, path: str) -> Field:
        inner = self.fields(shape.body, path + ".") if shape.body else ()
        common = self._common(shape, path)
        clear = self._clear(shape, path)
        if shape.kind != "place":
            return Field(control="group", inner=inner, clear=clear, **common)
        point = self._point(path, [one for one in inner if one.name.endswith(POINT)])
        inner = tuple(one for one in inner if not one.name.endswith(POINT))
        return Field(control="place", inner=inner, point=point, clear=clear, **common)

    def _point(self, path: str, fields: Sequence[Field]) -> Point:
        at = {half: self.typed.text(path + half) or "" for half in POINT}
        told = self._word("point").format(east=at[POINT[0]], north=at[POINT[1]])
        return Point(
            fields=fields,
            label=self._word("coordinates"),
            told=told if all(at.values()) else "",
            picture=self.choices.picture,
            alt=self._word("picture"),
        )

    def _options(self, shape: Shape, path: str) -> list[Option] | None:
        """What can be chosen; None for what is typed in."""
        given = self.choices.offered(plain(path), shape.name, shape.owners)
        if given is not None:
            return list(given)
        table = words.options(shape.owners, shape.name, shape.enum)
        if shape.kind == "yes_no":
            table = table or words.YES_NO
        if table is None:
            return None
        own = OFFERED.get(f"{shape.owners[0]}.{shape.name}")
        codes = own or shape.closed or tuple(table)
        return [Option(str(code), say(table, str(code), self.language)) for code in codes]

    def _chosen(self, shape: Shape, path: str, options: list[Option]) -> Field:
        several = shape.kind == "lines"
        chosen = self._texts(shape, path)
        if several:
            chosen = [line for text in chosen for line in text.split("\n") if line]
        known = {option.value for option in options}
        strange = (value for value in dict.fromkeys(chosen) if value and value not in known)
        options += [Option(value, value) for value in strange]
        few = len(options) <= controls.FEW
        if not several:
            options = self._with_blank(shape, options, few=few)
        offered = self._offered(path, options, chosen)
        common = self._common(shape, path) | ({} if options else {"hint": self._word("nothing")})
        must = {"required": "required"} if controls.must(shape) and not several else {}
        control: Control = "checks" if several else "radios" if few else "select"
        return Field(control=control, offered=offered, attributes=must, **common)

    def _with_blank(self, shape: Shape, options: list[Option], *, few: bool) -> list[Option]:
        """With a choice of none, where there may be none: what it means is said."""
        if not shape.nullable and not shape.may_be_empty:
            never = few or (shape.default is not None and not shape.required)
            return options if never else [Option("", self._word("choose")), *options]
        own = words.of_field(words.BLANKS, shape.owners, shape.name, self.language)
        blank = "not_said" if shape.kind == "yes_no" else "blank"
        return [Option("", own or self._word(blank)), *options]

    def _offered(
        self, path: str, options: Sequence[Option], chosen: Sequence[str]
    ) -> tuple[Offered, ...]:
        place = self._id(path)
        return tuple(
            Offered(
                option.value,
                option.label,
                option.value in chosen,
                f"{place}-{number}",
                self._lang(option.label),
            )
            for number, option in enumerate(options)
        )

    def _typed_in(self, shape: Shape, path: str) -> Field:
        texts = self._texts(shape, path)
        value = "" if shape.kind == "password" else "\n".join(texts)
        common = self._common(shape, path)
        attributes = controls.attributes(shape, value)
        control: Control = "textarea" if controls.several_lines(shape, value) else "input"
        return Field(
            control=control,
            value=value,
            lang=self._lang(value),
            attributes=attributes,
            clear=self._clear(shape, path),
            finding=self._finding(shape, path),
            border=self._border(shape),
            **common,
        )

    def _border(self, shape: Shape) -> Border | None:
        if shape.kind != "corners" or self.choices.picture is None:
            return None
        return Border(
            picture=self.choices.picture,
            alt=self._word("border"),
            back=self._word("border_back"),
            closer=self._word("border_closer"),
            whole=self._word("border_whole"),
        )

    def _finding(self, shape: Shape, path: str) -> Finding | None:
        if shape.kind != "text" or not self.choices.seeks(plain(path), shape.name, shape.owners):
            return None
        found = self.choices.found.get(path)
        told = "" if found is None else self._word("found" if found else "found_none")
        hits = [Option(f"{path}={each.value}", each.label) for each in found or ()]
        return Finding(self._word("find"), told, self._offered(path, hits, ()))

    def _files(self, shape: Shape, path: str, known: list[Option]) -> Field:
        """Those handed in already, each of which may be left out again, and room for more."""
        names = {option.value: option.label for option in known}
        texts = [text for text in self._texts(shape, path) if text]
        word = self._word("handed_in")
        kept = [Option(each, word.format(name=names.get(each, each))) for each in texts]
        return Field(
            control="files",
            offered=self._offered(path, kept, texts),
            attributes=controls.attributes(shape, ""),
            **self._common(shape, path),
        )

    def _clear(self, shape: Shape, path: str) -> Offered | None:
        if not shape.erasable:
            return None
        name = path + EMPTY
        return Offered(name, self._word("clear"), name in self.typed, self._id(name))

    def _texts(self, shape: Shape, path: str) -> list[str]:
        """What is typed, or what holds when nothing is said."""
        if path in self.typed:
            texts = self.typed.texts(path)
            return list(texts if shape.kind in {"lines", "files", "corners"} else texts[-1:])
        return list(filling.said(shape, shape.default, self.zone))

    def _common(self, shape: Shape, path: str) -> dict[str, Any]:
        settled = shape.default is not None and shape.kind in {"closed", "yes_no"}
        return {
            "name": path,
            "id": self._id(path),
            "label": words.of_field(words.LABELS, shape.owners, shape.name, self.language),
            "mark": "" if shape.required or settled else self._word("optional"),
            "hint": self._hint(shape),
            "errors": self.said.get(path, ()),
        }

    def _hint(self, shape: Shape) -> str:
        own = words.of_field(words.HINTS, shape.owners, shape.name, self.language)
        if own or shape.kind not in {"lines", "files", "moment"}:
            return own
        return self._word(shape.kind).format(zone=moments.zone_name(self.zone, self.language))

    def _lang(self, text: str) -> str:
        """What is Chinese on an English page is said to be."""
        return "zh-Hans" if self.language == "en" and HAN.search(text) else ""

    def _id(self, path: str) -> str:
        return f"{self.prefix}-{path.replace('.', '-')}"

    def _word(self, code: str) -> str:
        return say(words.WORDS, code, self.language)
