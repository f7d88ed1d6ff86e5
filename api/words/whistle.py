"""Plain words of summoned helpers (R5)."""

from api.words.table import Language, Table, say
from domain.events import Released
from store.codec import AnyEvent

EVENTS: Table = {
    "helper.summoned": ("吹哨：请{unit}报到协助", "{unit} was summoned to help"),
    "helper.reported_in": ("{unit}已报到", "{unit} reported in"),
    "helper.not_reported_in": ("{unit}逾期未报到", "{unit} did not report in"),
    "helper.help_recorded": ("{unit}协助办理", "{unit} helped"),
    "helper.released": ("{unit}协助结束：{reason}", "{unit} was released: {reason}"),
}

REASONS: Table = {
    "released": ("吹哨单位解除", "by who summoned it"),
    "resolved": ("案件已办结", "the case was resolved"),
    "closed": ("案件已结案", "the case was closed"),
    "took_over": ("已转该单位办理", "it took the case over"),
}

CLOCKS: Table = {
    "report_in": ("报到", "Report-in"),
}

HIDDEN_FROM_RESIDENTS = frozenset({"helper.not_reported_in"})


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Released():
            return say(REASONS, event.why, language)
        case _:
            return ""
