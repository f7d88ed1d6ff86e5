"""Plain words of clocks, and of what time alone makes true (R6)."""

from api.words.table import Language, Table, say
from domain.admission.events import ApprovalWarned
from domain.erasure.events import ErasureWarned
from domain.events import ClockWarned
from store.codec import AnyEvent

EVENTS: Table = {
    "decision.passed_up": ("逾期未决，转{unit}裁定", "Not decided in time; now with {unit}"),
    "clock.warned": ("{clock}时限{level}", "{clock} deadline: {level}"),
    "clock.broken": ("{clock}超时（红牌）", "{clock} deadline missed (red card)"),
}

LEVELS: Table = {
    "half": ("过半", "half gone"),
    "late": ("已过八成", "four fifths gone"),
    "yellow": ("只剩一个工作日（黄牌）", "one working day left (yellow card)"),
}

CLOCKS: Table = {
    "accept": ("签收", "Acceptance"),
    "handle": ("办理", "Handling"),
    "extension": ("延期审批", "Decision on more time"),
    "resident": ("对居民承诺的", "The resident's"),
    "on_site": ("到场", "On-site"),
    "decision": ("裁定", "Decision"),
    "follow_up": ("回访", "Follow-up call"),
}

STRETCHES: Table = {
    "working": ("工作时间", "working hours"),
    "wall clock": ("昼夜连续计时", "day and night"),
    "outside hours": ("下班时间", "outside working hours"),
    "day off": ("休息日", "day off"),
    "suspended": ("已挂起", "on hold"),
    "holiday": ("节假日", "holiday"),
}
"""Why a stretch of a clock's life counts, or does not."""

HIDDEN_FROM_RESIDENTS = frozenset({"decision.passed_up", "clock.warned"})


def level(event: AnyEvent, language: Language) -> str:
    """How near the due time has come; empty for what is no warning."""
    if isinstance(event, ClockWarned | ApprovalWarned | ErasureWarned):
        return say(LEVELS, event.level, language)
    return ""


def stretch(why: str, language: Language) -> str:
    """Why a stretch counts or does not; a holiday by its name."""
    kind, _, name = why.partition(": ")
    told = say(STRETCHES, kind, language)
    return f"{told} {name}" if name else told
