"""Plain words of what follows a bad rating, recurrences and appeals (R10, R11)."""

from api.words.table import Language, Table, say
from domain.events import (
    AppealDecided,
    Appealed,
    RatingExcluded,
    ReconsiderationDecided,
    ReviewDecided,
)
from store.codec import AnyEvent

EVENTS: Table = {
    "review.opened": ("不满意评价已交{unit}复核", "The bad rating is reviewed by {unit}"),
    "rating.lapsed": ("评价期已过", "The time for rating is over"),
    "review.decided": ("复核结果：{reason}", "Review: {reason}"),
    "rating.excluded": ("评价保留，不计入考核：{reason}", "Rating excluded from scores: {reason}"),
    "rectification.opened": ("重新办理（整改）", "Worked on again (rectification)"),
    "reconsideration.asked": ("居民申请复议", "Reconsideration asked for"),
    "reconsideration.decided": ("复议结果：{reason}", "Reconsideration: {reason}"),
    "rating.restored": ("评价恢复计入考核", "The rating counts in scores again"),
    "recurrence.marked": ("标为重复反映", "Marked as reported again"),
    "recurrence.unmarked": ("不属于重复反映", "No recurrence after all"),
    "case.recurred": ("同一事项又被反映", "The matter was reported again"),
    "case.appealed": ("工作人员申诉：{reason}", "Appeal against: {reason}"),
    "appeal.decided": ("申诉裁定：{reason}", "Appeal: {reason}"),
}

REASONS: Table = {
    "justified": ("属实，重新办理", "justified: to be worked on again"),
    "mistaken": ("误评", "a mistake"),
    "malicious": ("恶意评价", "malicious"),
    "appeal": ("经上级裁定", "by a superior's decision"),
    "upheld": ("维持", "upheld"),
    "lifted": ("予以撤销", "lifted"),
}

HIDDEN_FROM_RESIDENTS = frozenset(
    {"recurrence.marked", "recurrence.unmarked", "case.appealed", "appeal.decided"}
)

CHARGES: Table = {
    "rating": ("评价", "a rating"),
    "breach": ("超时（红牌）", "a missed deadline (red card)"),
    "yellow_card": ("黄牌", "a yellow card"),
    "order": ("督办（红牌）", "a supervision order (red card)"),
    "recurrence": ("重复反映", "a matter reported again"),
}

APPEALS: Table = {
    "True": ("成立，不计入考核", "upheld: it does not count in scores"),
    "False": ("不成立", "refused"),
}


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case ReviewDecided():
            return say(REASONS, event.finding, language)
        case RatingExcluded():
            return say(REASONS, event.why, language)
        case ReconsiderationDecided():
            return say(REASONS, "upheld" if event.upheld else "lifted", language)
        case Appealed():
            return say(CHARGES, event.against, language)
        case AppealDecided():
            told = say(CHARGES, event.against, language)
            return f"{told}, {say(APPEALS, str(event.upheld), language)}"
        case _:
            return ""
