"""Probes of chapter R8: the step whose turn it is, and objections."""

from collections.abc import Iterator, Mapping

from domain import meetings
from domain.commands import (
    Command,
    DecideObjection,
    Object,
    ProposeDeliberation,
    PublishDeliberation,
    RecordMeeting,
    StopDeliberation,
)
from domain.possible.scene import SAID, Maker, Probe, Scene, just
from domain.words.deliberation import MEETINGS, PUBLICATIONS, DeliberationStep


def _record_meeting(scene: Scene) -> Iterator[Probe]:
    """A meeting held just now at which everybody was for it."""
    yield scene.ask(
        RecordMeeting,
        step=_awaited(scene, MEETINGS, DeliberationStep.JOINT_DISCUSSION),
        held_at=scene.at,
        eligible=1,
        present=1,
        in_favour=1,
        against=0,
        abstained=0,
        minutes=SAID,
    )


def _publish(scene: Scene) -> Iterator[Probe]:
    step = _awaited(scene, PUBLICATIONS, DeliberationStep.DECISION_PUBLISHED)
    yield scene.ask(PublishDeliberation, step=step, title=SAID, text=SAID)


def _awaited(
    scene: Scene, steps: frozenset[DeliberationStep], other: DeliberationStep
) -> DeliberationStep:
    """The step whose turn it is, if it is one of those; else one whose turn it is not."""
    here = meetings.under_way(scene.case)
    awaits = here.awaits if here else None
    return awaits if awaits in steps else other


def _decide_objection(scene: Scene) -> Iterator[Probe]:
    here = meetings.under_way(scene.case)
    known = here.objections if here else ()
    for objection in reversed(known):
        yield scene.ask(
            DecideObjection, objection_id=objection.objection_id, upheld=False, text=SAID
        )
    if not known:
        yield scene.ask(DecideObjection, objection_id=SAID, upheld=False, text=SAID)


PROBES: Mapping[type[Command], Maker] = {
    ProposeDeliberation: just(ProposeDeliberation, title=SAID, text=SAID),
    RecordMeeting: _record_meeting,
    PublishDeliberation: _publish,
    Object: just(Object, text=SAID),
    DecideObjection: _decide_objection,
    StopDeliberation: just(StopDeliberation, text=SAID),
}
