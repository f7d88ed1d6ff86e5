"""Plain words of every refusal, in both languages: what is not possible, why, what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.words.refusals import (
    case,
    clocks,
    deliberation,
    disputes,
    faults,
    files,
    first_contact,
    helping,
    office,
    papers,
    ratings,
    requests,
    together,
    ways,
    who,
)
from api.words.refusals.details import spoken
from api.words.refusals.table import Refusals
from api.words.table import Language, Table, say
from domain.organisation import Organisation

REFUSALS: Refusals = {
    **case.REFUSALS,
    **clocks.REFUSALS,
    **deliberation.REFUSALS,
    **disputes.REFUSALS,
    **faults.REFUSALS,
    **files.REFUSALS,
    **first_contact.REFUSALS,
    **helping.REFUSALS,
    **office.REFUSALS,
    **papers.REFUSALS,
    **ratings.REFUSALS,
    **requests.REFUSALS,
    **together.REFUSALS,
    **ways.REFUSALS,
    **who.REFUSALS,
}
MISSING: Table = {"need": ("相应的岗位", "the right post")}
"""What is said where a refusal does not hold a detail its words name; else a dash."""


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal in one language."""

    what: str
    why: str
    now: str


def refusal(
    code: str,
    details: Mapping[str, str],
    lang: Language,
    organisation: Organisation | None = None,
) -> Told:
    """The refusal in plain words; units by name where the organisation is given.

    A code nobody knows is said as itself, so that nothing is hidden.
    """
    said = REFUSALS.get(code)
    if said is None:
        return Told(what=code, why="", now="")
    words = _Details(
        {name: spoken(name, str(value), lang, organisation) for name, value in details.items()}
    )
    words.language = lang
    what, why, now = (pair[lang == "en"].format_map(words) for pair in said)
    return Told(what=what, why=why, now=now)


class _Details(dict[str, str]):
    """What is not there is said as such."""

    language: Language = "zh"

    def __missing__(self, name: str) -> str:
        return say(MISSING, name, self.language) if name in MISSING else "—"
