"""What a resident reports, from the fields of the form to the API's body. No rule: what is missing
or too much, the API says; here only what a person is asked once more.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData

from api.pages.residents import placing
from api.pages.residents.photos import Photos

FIELDS = (
    *("text", "item", "unit", "address", "point", "name", "phone"),
    *("urgent", "dispute", "other_name", "other_phone", "map", "area"),
)
"""`map` says that one is shown, `area` whose it is."""
UNSURE = "unsure"
LONGEST_TITLE = 40
PLACES = {
    "body/text": "text",
    "body/title": "text",
    "body/item_id": "item",
    "body/place/address": "address",
    "body/place/unit_id": "unit",
    "body/reporter/name": "name",
    "body/reporter/phone": "phone",
    "body/parties/0/name": "other_name",
    "body/parties/0/phone": "other_phone",
}
"""Fields of the form by what the API calls them."""
CODES = {"unknown_item": "item", "item_retired": "item", "unknown_unit": "unit"}


@dataclass(slots=True)
class Report:
    """The form as it was typed, what was sent along, and the fields to be looked at again."""

    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FIELDS, ""))
    wrong: list[str] = field(default_factory=list)
    photos: Photos = field(default_factory=Photos)

    def body(self, unsure: str | None) -> dict[str, Any]:
        """The API's body; `unsure` is the item of whoever does not know which it is."""
        said = self.typed
        dispute = bool(said["dispute"])
        other = {"name": said["other_name"], "phone": said["other_phone"]}
        return {
            "channel": "web",
            "case_type": "dispute" if dispute else "request",
            "item_id": unsure if said["item"] == UNSURE else said["item"],
            "title": title(said["text"]),
            "text": said["text"],
            "urgency": "emergency" if said["urgent"] else "normal",
            "place": _place(said),
            "reporter": {"name": said["name"], "phone": said["phone"]},
            "parties": [other] if dispute else [],
            **self.photos.said,
        }

    def found_wrong(self, problem: Mapping[str, Any]) -> None:
        """Take in which fields the API could not read."""
        places = [str(error.get("where", "")) for error in problem.get("errors") or ()]
        found = [PLACES[place] for place in places if place in PLACES]
        code = CODES.get(str(problem.get("code")))
        self.wrong += [*found, *([code] if code else [])]


def read(sent: FormData) -> Report:
    """What was typed, without what nobody asked for."""
    report = Report()
    for name in FIELDS:
        value = sent.get(name, "")
        if isinstance(value, str):
            report.typed[name] = value.replace("\r\n", "\n").strip()
    if not report.typed["text"]:
        report.wrong.append("text")
    if report.typed["dispute"] and not report.typed["other_name"]:
        report.wrong.append("other_name")
    return report


def _place(said: Mapping[str, str]) -> dict[str, Any]:
    """A point where one was clicked on, besides the address and the unit."""
    point = placing.degrees(said["point"])
    degrees = {} if point is None else {"longitude": point[0], "latitude": point[1]}
    return {"address": said["address"], "unit_id": said["unit"] or None, **degrees}


def title(text: str) -> str:
    """A line for lists: the first sentence of what was said, as far as it fits."""
    line = re.split(r"[\n。！？!?；;]", text.strip(), maxsplit=1)[0].strip()
    line = re.sub(r"\s+", " ", line) or re.sub(r"\s+", " ", text)[:LONGEST_TITLE]
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
