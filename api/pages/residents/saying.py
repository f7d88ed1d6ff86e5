"""What a resident or a party may say to their case: which fields each has, and its body. Whether it
is taken is the API's to say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

LONGEST = 4000
YES = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Saying:
    """`needs_text` where an empty text says nothing; `choices` are answered yes or no, `numbers`
    with one, `words` with a code; `fixed` always goes along, `photos` may.
    """

    needs_text: bool = False
    text: bool = True
    choices: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    fixed: Mapping[str, Any] | None = None
    photos: bool = False


SAYINGS: Mapping[str, Saying] = {
    "add_information": Saying(needs_text=True, photos=True),
    "remind": Saying(),
    "withdraw": Saying(),
    "keep": Saying(),
    "ask_reconsideration": Saying(needs_text=True),
    "object": Saying(needs_text=True),
    "authorise_agent": Saying(needs_text=True, fixed={"how": "by_receipt"}),
    "revoke_agent": Saying(fixed={"how": "by_receipt"}),
    "give_consent": Saying(choices=("given",), words=("matter",)),
    "withdraw_consent": Saying(),
    "reject_mediator": Saying(text=False, numbers=("seat",)),
    "declare_relation": Saying(text=False, words=("about", "relation")),
    "confirm_agreement": Saying(choices=("confirmed",), numbers=("draft",)),
    "report_danger": Saying(needs_text=True),
}

EMPTY: Mapping[str, Any] = dict.fromkeys(
    ("text", *(n for each in SAYINGS.values() for n in (*each.choices, *each.numbers, *each.words)))
)
"""A form in which nothing was typed yet."""


def body(kind: str, sent: FormData) -> tuple[dict[str, Any], list[str]]:
    """What is sent to the API, and the fields that were left out or hold what they cannot."""
    saying, faults = SAYINGS[kind], list[str]()
    said: dict[str, Any] = {"kind": kind, **(saying.fixed or {})}
    if saying.text:
        said["text"] = _text(sent, "text")
        if saying.needs_text and not said["text"]:
            faults.append("text")
    for name in saying.choices:
        said[name] = YES.get(_text(sent, name))
    for name in saying.numbers:
        digits = _text(sent, name)
        said[name] = int(digits) if re.fullmatch("[0-9]{1,6}", digits) else None
    for name in saying.words:
        said[name] = _text(sent, name) or None
    faults += [name for name, value in said.items() if value is None]
    return said, faults


def _text(sent: FormData, name: str) -> str:
    """One text of a form, in lines as the API takes them; what is too long is the API's to say."""
    value = sent.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""
