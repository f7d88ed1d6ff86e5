"""Plain words of residents who deliberate (R8)."""

from api.words.table import Language, Table, say
from domain.events import (
    DeliberationEnded,
    DeliberationPublished,
    MeetingRecorded,
    ObjectionDecided,
    PublicationEnded,
)
from store.codec import AnyEvent

EVENTS: Table = {
    "deliberation.proposed": ("提请居民议事", "Proposed for deliberation"),
    "deliberation.meeting_recorded": ("{step}：{reason}", "{step}: {reason}"),
    "deliberation.published": ("{step}", "{step}"),
    "deliberation.publication_ended": ("{step}期满", "{step}: its period is over"),
    "deliberation.objection_raised": ("收到异议", "An objection was raised"),
    "deliberation.objection_decided": ("异议{reason}", "The objection was {reason}"),
    "deliberation.ended": ("议事结束：{reason}", "The deliberation ended: {reason}"),
}

REASONS: Table = {
    "carried": ("通过", "carried"),
    "rejected": ("未通过", "rejected"),
    "no_quorum": ("到会人数不足，会议未成立", "no quorum, so it did not take place"),
    "completed": ("已完成", "completed"),
    "stopped": ("已终止", "given up"),
    "objection_upheld": ("成立", "upheld"),
    "objection_dismissed": ("不成立", "dismissed"),
}

STEPS: Table = {
    "proposal": ("提议", "Proposal"),
    "joint_discussion": ("两委商议", "Joint discussion of the two committees"),
    "members_meeting": ("党员大会审议", "Members' meeting"),
    "residents_meeting": ("居民（代表）会议决议", "Residents' meeting"),
    "decision_published": ("决议公开", "Decision published"),
    "result_published": ("实施结果公开", "Result published"),
}


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case MeetingRecorded():
            return say(REASONS, event.outcome, language)
        case ObjectionDecided():
            return say(
                REASONS, "objection_upheld" if event.upheld else "objection_dismissed", language
            )
        case DeliberationEnded():
            return say(REASONS, event.how, language)
        case _:
            return ""


def step(event: AnyEvent, language: Language) -> str:
    """Which step of the deliberation it was; empty for every other event."""
    if isinstance(event, MeetingRecorded | DeliberationPublished | PublicationEnded):
        return say(STEPS, event.step, language)
    return ""
