"""Templates and what they may call. Everything that is put into one is escaped."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api.pages import times
from api.pages.catalogues import BASE, translations
from api.words import (
    CLOCKS,
    PHASES,
    REASONS,
    STAGES,
    Language,
    access,
    admission,
    deliberation,
    disputes,
    erasure,
    say,
)
from api.words.actions import ACTIONS
from api.words.fields.options import GRADES, OPTIONS
from api.words.kinds import CHANNELS, MEDIATORS
from api.words.ladder import LEFT
from api.words.office import ROLES
from api.words.questions import QUESTIONS
from api.words.redress import CHARGES
from api.words.table import Table
from api.words.time import stretch

TEMPLATES = Path(__file__).parent / "templates"
TABLES: dict[str, Table] = {
    "stage": STAGES,
    "phase": PHASES,
    "clock": CLOCKS,
    "reason": REASONS,
    "role": ROLES,
    "action": ACTIONS,
    "left": LEFT,
    "question": QUESTIONS,
    "charge": CHARGES,
    "grade": GRADES,
    "mediator": MEDIATORS,
    "mediation": disputes.STEPS,
    "step": deliberation.STEPS,
    "channel": CHANNELS,
    "access": access.EVENTS,
    "admission": admission.STATES,
    "erasure": erasure.STATES,
    "belonging": OPTIONS["Belonging"],
    "informant": OPTIONS["Informant"],
    "authorised": OPTIONS["Authorised"],
    "given": OPTIONS["Given"],
}
"""The words for codes, by what they are codes of: {{ word("stage", case.stage) }}."""


HAN = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff](?:[^A-Za-z]*[\u3400-\u9fff，。！？；：）」》、])?"
)


@cache
def environment(language: Language, desk: str = BASE) -> Environment:
    """Of one language and desk; a name that is not there is an error, not a gap."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_translations(  # type: ignore[attr-defined] # the extension's own
        translations(language, desk), newstyle=True
    )
    found.globals |= {"lang": language, "word": _worded(language)}
    found.globals["because"] = lambda why: stretch(why, language)
    found.filters["length"] = lambda seconds: times.length(seconds, language)
    found.filters["marked"] = lambda text: marked(text, language)
    return found


def drawn(template: str, language: Language, /, **context: Any) -> str:  # noqa: ANN401 - anything shown
    """A template with these values."""
    desk, _, inside = template.partition("/")
    found = environment(language, desk if inside else BASE)
    return found.get_template(template).render(**context)


def marked(text: str | None, language: Language) -> Markup:
    """What people wrote and are called, as it is; on an English page the Chinese in it is said to
    be Chinese, so that it is read aloud and drawn as such.
    """
    whole = escape(text or "")
    if language == "zh":
        return whole
    return Markup(HAN.sub(lambda found: f'<span lang="zh-Hans">{found[0]}</span>', whole))  # noqa: S704 - escaped above


def _worded(language: Language) -> Any:  # noqa: ANN401 - a function
    def word(table: str, code: str | None) -> str:
        return say(TABLES[table], code, language) if code else ""

    return word
