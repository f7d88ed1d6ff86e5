"""Plain words of holds and of more time (R6.4, R6.5)."""

from api.words.table import Language, Table, say
from domain.events import Suspended
from store.codec import AnyEvent

EVENTS: Table = {
    "case.suspended": ("挂起：{reason}", "On hold: {reason}"),
    "case.resumed": ("恢复办理", "Resumed"),
    "extension.requested": ("申请延期", "Extension asked for"),
    "extension.granted": ("同意延期", "Extension granted"),
    "extension.refused": ("不同意延期", "Extension refused"),
}

REASONS: Table = {
    "awaiting_resident": ("等待居民补充", "awaiting the resident"),
    "expert_appraisal": ("专业鉴定", "expert appraisal"),
    "legal_procedure": ("法律程序", "legal procedure"),
    "weather_or_disaster": ("天气或灾害", "weather or disaster"),
    "deliberation": ("居民议事", "deliberation under way"),
    "mediation": ("调解中", "mediation under way"),
}

HIDDEN_FROM_RESIDENTS = frozenset({"extension.requested", "extension.granted", "extension.refused"})


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Suspended():
            return say(REASONS, event.ground, language)
        case _:
            return ""
