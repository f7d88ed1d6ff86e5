"""Which of the things one may do now is the next sensible one. A suggestion for whoever is at work;
what is possible is said by the domain alone.
"""

from collections.abc import Callable, Collection, Mapping

from domain import meetings
from domain.state import Case
from domain.words import ClockKind, Phase, Stage
from domain.words.disputes import MediationStep

When = Callable[[Case], bool]


def _always(_case: Case) -> bool:
    return True


def _runs(kind: ClockKind) -> When:
    """While such a clock runs or is broken, somebody owes that."""
    return lambda case: case.running(kind) is not None


def _in(phase: Phase) -> When:
    return lambda case: case.phase is phase


def _asked(case: Case) -> bool:
    """Whether the parties are asked for their consent."""
    here = case.mediation
    return here is not None and (here.step is MediationStep.ASKED or here.asked_longer > 0)


def _drafted(case: Case) -> bool:
    return case.mediation is not None and case.mediation.step is MediationStep.DRAFTED


def _talked(case: Case) -> bool:
    here = case.mediation
    return here is not None and here.sessions > 0 and here.step is not MediationStep.DRAFTED


def _mediates(case: Case) -> bool:
    return case.mediation is not None and not _drafted(case)


def _unhelped(case: Case) -> bool:
    return any(s.open and s.reported_at is not None and not s.helped for s in case.summons)


def _untouched(case: Case) -> bool:
    return case.stage is not Stage.FIRST_CONTACT and case.stint.progress == 0


def _deliberates(case: Case) -> bool:
    return meetings.under_way(case) is not None


def _fresh_dispute(case: Case) -> bool:
    return case.dispute is not None and case.phase is Phase.IN_PROGRESS


STEPS: Mapping[str, When] = {
    "review_decline": _always,
    "adjudicate": _always,
    "decide_extension": _always,
    "decide_shelving": _always,
    "decide_withdrawal": _always,
    "decide_objection": _always,
    "review_rating": _always,
    "reconsider": _always,
    "decide_appeal": _always,
    "verify": _always,
    "accept_transfer": _always,
    "arrive_on_site": _always,
    "accept": _always,
    "answer_supervision": _always,
    "report_in": _always,
    "record_help": _unhelped,
    "rate": _always,
    "give_consent": _asked,
    "confirm_agreement": _drafted,
    "check_duty": _runs(ClockKind.DUTY_CHECK),
    "record_follow_up": _runs(ClockKind.FOLLOW_UP),
    "replace_officer": _always,
    "review_shelf": _in(Phase.SHELVED),
    "publish_deliberation": _deliberates,
    "record_meeting": _deliberates,
    "form_panel": _mediates,
    "draft_agreement": _talked,
    "record_session": _mediates,
    "open_mediation": _fresh_dispute,
    "refer_dispute": _always,
    "hand_over": _always,
    "resume": _in(Phase.SUSPENDED),
    "record_progress": _untouched,
    "resolve": _always,
    "add_information": _always,
}
"""In the order in which they come first, and when each is a step to take at all."""


OF_PARTIES = frozenset({"give_consent", "confirm_agreement"})
"""A step for who says it; staff who hear it wait for it."""


def next_step(case: Case, possible: Collection[str], *, staff: bool) -> str | None:
    """The first of the possible commands that the case calls for; None where nothing is."""
    mine = STEPS.keys() - OF_PARTIES if staff else STEPS.keys()
    return next(
        (k for k, when in STEPS.items() if k in possible and k in mine and when(case)), None
    )
