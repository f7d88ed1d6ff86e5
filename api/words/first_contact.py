"""Plain words of first contact (R1), and the grounds on which it declines."""

from api.words.table import Language, Table, say
from domain.events import Declined
from store.codec import AnyEvent

EVENTS: Table = {
    "case.registered": ("已登记", "Registered"),
    "case.handed_over": ("首问人员已转交", "Handed on by first contact"),
    "case.officer_left": (
        "原首问人员已离任，待指定接替人员",
        "The first-contact officer has left; a supervisor is asked for another",
    ),
    "case.officer_replaced": ("首问人员已更换", "The first-contact officer was replaced"),
    "case.declined": ("不予受理：{reason}", "Declined: {reason}"),
    "decline.reviewed": ("不予受理已复核", "The decline was reviewed"),
    "case.reclassified": ("事项或地点已更正", "Matter or place was corrected"),
}

REASONS: Table = {
    "before_court": ("已进入诉讼程序", "before a court"),
    "petition": ("信访事项", "a petition matter"),
    "criminal": ("涉嫌犯罪，请报警", "a crime: report it to the police"),
    "anonymous": ("匿名且无线索", "anonymous, with nothing to act on"),
    "outside_city": ("不在本市管辖", "outside the city"),
}


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Declined():
            return say(REASONS, event.ground, language)
        case _:
            return ""
