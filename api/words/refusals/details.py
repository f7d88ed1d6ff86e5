"""How a refusal's details are said: words for phases, rungs and grounds, times of the wall
clock, units by name where the organisation is at hand.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from api.words import admission, deliberation, erasure, office, pauses, ratings
from api.words.kinds import CHANNELS, MEDIATORS, UNIT_KINDS
from api.words.names import unit_name
from api.words.refusals.needs import need
from api.words.stages import PHASES, STAGES
from api.words.table import Language, Table, say
from domain.organisation import Organisation

WALL = ZoneInfo("Asia/Shanghai")
"""Whose clock hangs on the wall; a detail holds the instant with its offset."""
UNITS = frozenset({"unit", "from_unit", "helper", "partner", "department", "successor"})
"""Details that name a unit or a partner by its id."""
KINDS: Table = {
    **UNIT_KINDS,
    **{kind: MEDIATORS[kind] for kind in ("lawyer", "police_officer")},
    "none": ("无", "none"),
    "None": ("无", "none"),
}
DIFFERS: Table = {
    "category": ("类别", "category"),
    "place": ("地点", "place"),
    "category place": ("类别和地点", "category and place"),
}
TABLES: Mapping[str, Table] = {
    "phase": PHASES,
    "stage": STAGES,
    "rung": STAGES,
    "to": {**STAGES, **ratings.REASONS},
    "next": {**STAGES, **deliberation.STEPS, "None": ("无", "none")},
    "step": deliberation.STEPS,
    "ground": pauses.REASONS,
    "reason": ratings.REASONS,
    "role": office.ROLES,
    "channel": CHANNELS,
    "kind": KINDS,
    "under": KINDS,
    "admission": KINDS,
    "state": {**admission.STATES, **erasure.STATES},
    "differs": DIFFERS,
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(\+\d\d:\d\d|Z)")
_SECONDS = re.compile(r"(\d+) s")


def spoken(
    name: str, value: str, language: Language, organisation: Organisation | None = None
) -> str:
    """One detail in plain words."""
    if name == "need":
        return need(value, language, organisation)
    if name in TABLES:
        return say(TABLES[name], value, language)
    if name in UNITS and organisation is not None:
        return unit_name(value, organisation)
    if _INSTANT.fullmatch(value):
        return f"{datetime.fromisoformat(value).astimezone(WALL):%Y-%m-%d %H:%M}"
    if seconds := _SECONDS.fullmatch(value):
        return _length(int(seconds[1]), language)
    return value


def _length(seconds: int, language: Language) -> str:
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    named = ((hours, ("小时", "h")), (minutes, ("分钟", "min")))
    parts = [f"{count} {words[language == 'en']}" for count, words in named if count]
    return " ".join(parts) or f"{seconds} s"
