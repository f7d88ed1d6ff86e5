"""Words of chapter R8: the steps of a deliberation and what becomes of them."""

from enum import StrEnum


class DeliberationStep(StrEnum):
    """The steps in their order (四议两公开)."""

    PROPOSAL = "proposal"
    JOINT_DISCUSSION = "joint_discussion"
    MEMBERS_MEETING = "members_meeting"
    RESIDENTS_MEETING = "residents_meeting"
    DECISION_PUBLISHED = "decision_published"
    RESULT_PUBLISHED = "result_published"


STEPS: tuple[DeliberationStep, ...] = tuple(DeliberationStep)
MEETINGS = frozenset(STEPS[1:4])
PUBLICATIONS = frozenset(STEPS[4:])


class MeetingOutcome(StrEnum):
    """What a meeting came to; without a quorum it did not take place."""

    CARRIED = "carried"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"


class DeliberationEnd(StrEnum):
    """How a deliberation ended."""

    COMPLETED = "completed"
    REJECTED = "rejected"
    STOPPED = "stopped"
