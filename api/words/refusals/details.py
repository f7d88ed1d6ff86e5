"""How a refusal's details are said: words for phases, rungs and grounds, times of the wall
clock, units by name where the organisation is at hand.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from api.words import admission, deliberation, erasure, office, pauses, ratings
from api.words.names import unit_name
from api.words.refusals.needs import need
from api.words.stages import PHASES, STAGES
from api.words.table import Language, Table, say
from domain.organisation import Organisation

WALL = ZoneInfo("Asia/Shanghai")
"""Whose clock hangs on the wall; a detail holds the instant with its offset."""
UNITS = frozenset({"unit", "from_unit", "helper", "partner", "department", "successor"})
"""Details that name a unit or a partner by its id."""
CHANNELS: Table = {
    "counter": ("柜台", "counter"),
    "phone": ("电话", "telephone"),
    "web": ("网页", "web"),
    "app": ("小程序", "app"),
    "kiosk": ("自助终端", "kiosk"),
    "grid_visit": ("网格走访", "grid visit"),
    "micro_blog": ("民情微博", "micro-blog"),
    "deliberation_hall": ("议事厅", "deliberation hall"),
    "patrol": ("巡查", "patrol"),
    "api": ("其他系统", "another system"),
}
KINDS: Table = {
    "city": ("市", "city"),
    "district": ("区县", "district"),
    "street": ("街道", "street"),
    "township": ("乡镇", "township"),
    "community": ("社区", "community"),
    "village": ("村", "village"),
    "grid": ("网格", "grid"),
    "department": ("职能部门", "department"),
    "lawyer": ("律师", "lawyer"),
    "police_officer": ("民警", "police officer"),
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
