"""Ways of several steps, each in the order of its rules: which command a step is, which events say
that it was taken, what else belongs to the way. What may be done now, the API says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.words.deliberation import MEETINGS, PUBLICATIONS, STEPS


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `about` is the step of a deliberation that it is, empty for every other."""

    kind: str
    events: frozenset[str]
    about: str = ""

    @property
    def code(self) -> str:
        """What tells it from the other steps of the way."""
        return self.about or self.kind


@dataclass(frozen=True, slots=True)
class Way:
    """`also` are commands that belong to it at no place of their own; `events` are told besides
    those of the steps.
    """

    steps: tuple[Step, ...]
    also: tuple[str, ...] = ()
    events: frozenset[str] = frozenset()

    @property
    def kinds(self) -> frozenset[str]:
        """The commands that are steps of it."""
        return frozenset(step.kind for step in self.steps)


def _step(kind: str, *events: str) -> Step:
    return Step(kind, frozenset(events))


def _deliberated() -> tuple[Step, ...]:
    held, told = frozenset({"deliberation.meeting_recorded"}), frozenset({"deliberation.published"})
    return (
        _step("propose_deliberation", "deliberation.proposed"),
        *(Step("record_meeting", held, step) for step in STEPS if step in MEETINGS),
        *(Step("publish_deliberation", told, step) for step in STEPS if step in PUBLICATIONS),
    )


WAYS: Mapping[str, Way] = {
    "helpers": Way(
        (
            _step("summon", "helper.summoned"),
            _step("report_in", "helper.reported_in", "helper.not_reported_in"),
            _step("record_help", "helper.help_recorded"),
            _step("release", "helper.released"),
        )
    ),
    "mediation": Way(
        (
            _step("open_mediation", "mediation.opened"),
            _step("give_consent", "consent.given", "consent.refused", "consent.withdrawn"),
            _step("form_panel", "panel.formed", "mediator.left", "relation.declared"),
            _step("record_session", "mediation.session_recorded"),
            _step("draft_agreement", "agreement.drafted", "agreement.lapsed"),
            _step(
                "confirm_agreement",
                *("agreement.confirmed", "agreement.rejected", "agreement.in_force"),
            ),
            _step("check_duty", "duty.fell_due", "duty.check_passed_up", "duty.checked"),
        ),
        also=(
            *("reject_mediator", "declare_relation", "extend_mediation", "withdraw_consent"),
            *("fail_mediation", "refer_dispute", "report_danger"),
        ),
        events=frozenset(
            {
                *("mediation.longer_asked", "mediation.extended", "mediation.limit_reached"),
                *("mediation.failed", "dispute.referred", "dispute.reopened", "danger.reported"),
            }
        ),
    ),
    "deliberation": Way(
        _deliberated(),
        also=("object", "decide_objection", "stop_deliberation"),
        events=frozenset(
            {
                *("deliberation.publication_ended", "deliberation.objection_raised"),
                *("deliberation.objection_decided", "deliberation.ended"),
            }
        ),
    ),
}
