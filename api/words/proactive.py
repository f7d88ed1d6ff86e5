"""Plain words of what came before it was asked, and of a resident's agent (R13)."""

from api.words.table import Language, Table, say
from domain.events import AgencyEnded, Verified
from store.codec import AnyEvent

EVENTS: Table = {
    "verification.opened": ("待核验", "To be verified"),
    "case.verified": ("已核验：{reason}", "Verified: {reason}"),
    "agent.authorised": ("居民授权代办", "The resident named an agent"),
    "agency.step_taken": ("代办进展", "A step of the agent's"),
    "agency.resumed": ("并案撤销，代办继续", "The merge is undone; the agent acts again"),
    "agency.ended": ("代办结束：{reason}", "The agency service ended: {reason}"),
}

REASONS: Table = {
    "done": ("已办妥", "it is done"),
    "not_done": ("未办妥，重新办理", "it is not done, and is taken up again"),
    "delivered": ("已送达", "delivered"),
    "revoked": ("居民撤销", "taken back by the resident"),
    "withdrawn": ("居民撤诉", "the resident withdrew"),
    "left": ("代办人已离岗", "the agent has left the post"),
    "case_closed": ("案件已结", "the case is closed"),
}


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Verified():
            return say(REASONS, "done" if event.done else "not_done", language)
        case AgencyEnded():
            return say(REASONS, event.reason, language)
        case _:
            return ""
