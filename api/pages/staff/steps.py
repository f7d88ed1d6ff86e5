"""What somebody most likely does next about a duty or a question: which form is offered first. A
suggestion by the kind of clock alone; whether it may be done, the API says.
"""

from collections.abc import Mapping

from domain.words import Stage

STEPS: Mapping[str, str] = {
    "accept": "accept",
    "on_site": "arrive_on_site",
    "handle": "record_progress",
    "resident": "record_progress",
    "supervision": "answer_supervision",
    "report_in": "report_in",
    "transfer": "accept_transfer",
    "extension": "decide_extension",
    "mediation": "record_session",
    "duty_check": "check_duty",
    "shelve_review": "review_shelf",
    "follow_up": "record_follow_up",
    "decline_review": "review_decline",
    "verification": "verify",
    "adjudication": "adjudicate",
    "shelving": "decide_shelving",
    "review": "review_rating",
    "reconsideration": "reconsider",
    "appeal": "decide_appeal",
    "objection": "decide_objection",
    "succession": "replace_officer",
    "withdrawal": "decide_withdrawal",
}
"""By the clock's kind, or by the question's."""


def next_step(kind: str, stage: str = "") -> str:
    """The command's name; empty where none is more likely than others. First contact passes on."""
    if kind == "handle" and stage == Stage.FIRST_CONTACT:
        return "hand_over"
    return STEPS.get(kind, "")
