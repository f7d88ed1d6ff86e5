"""Plain words of a resolution, its ratings and the end of a case (R9)."""

from api.words.table import Language, Table, say
from domain.events import Closed, WithdrawalDecided
from store.codec import AnyEvent

EVENTS: Table = {
    "case.resolved": ("已办结，请您评价", "Resolved; please rate"),
    "case.followed_up": ("已回访", "Followed up"),
    "rating.asked_again": ("再次邀请评价", "Asked again for a rating"),
    "case.rated": ("已评价", "Rated"),
    "withdrawal.recorded": (
        "撤诉已记录，待上级核实",
        "A withdrawal was recorded; a superior looks at it",
    ),
    "withdrawal.decided": ("撤诉记录已复核：{reason}", "The withdrawal was reviewed: {reason}"),
    "withdrawal.denied": (
        "居民表示未撤诉，继续办理",
        "The resident did not withdraw; the case goes on",
    ),
    "case.closed": ("已结案：{reason}", "Closed: {reason}"),
}

REASONS: Table = {
    "withdrawal_true": ("属实", "the resident withdrew"),
    "withdrawal_false": ("不属实，继续办理", "they did not; the case goes on"),
    "rated": ("已评价", "rated"),
    "unrated": ("逾期未评价", "not rated in time"),
    "withdrawn": ("居民撤诉", "withdrawn"),
    "referred": ("已转其他渠道", "referred elsewhere"),
    "verified": ("已核验", "verified"),
    "merged": ("已并案", "merged with another case"),
    "declined": ("不予受理", "declined"),
}


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Closed():
            return say(REASONS, event.reason, language)
        case WithdrawalDecided():
            found = "withdrawal_true" if event.approved else "withdrawal_false"
            return say(REASONS, found, language)
        case _:
            return ""
