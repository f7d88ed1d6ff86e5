"""Asks the decider, probe by probe, and says what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from domain.case import decide, evolve
from domain.commands import Actor, Command, DecideExtension, DecideShelving, Escalate, Tick
from domain.possible.codes import OF_ARGUMENTS
from domain.possible.kinds import KINDS, applies
from domain.possible.probes import PROBES
from domain.possible.scene import First, Last, Scene
from domain.refusals import Refused
from domain.words import ActorKind

USUALLY = frozenset(
    str(each.__dataclass_fields__["kind"].default)
    for each in (Escalate, DecideExtension, DecideShelving)
)
"""Commands of which the usual way may be closed while another is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """Whether a command is possible now.

    `refusal` is why it is not; of one that is possible, why its usual way is not.
    """

    kind: str
    possible: bool
    refusal: Refused | None = None


def possible(scene: Scene, kinds: Iterable[str] = tuple(KINDS)) -> tuple[Possible, ...]:
    """Each command that makes sense in the case from the one who asks, in the order of `kinds`.

    None of a case that does not exist.
    """
    if not scene.case.opened:
        return ()
    scene = settled(scene)
    return tuple(answer(scene, kind) for kind in kinds if applies(kind, scene))


def asked(scene: Scene, kind: str) -> Possible | None:
    """The same of one command; None where it makes no sense."""
    return next(iter(possible(scene, (kind,))), None)


def settled(scene: Scene) -> Scene:
    """The scene after what time has caused by then, so that it is reckoned once."""
    case, clock = scene.case, Actor(kind=ActorKind.SYSTEM)
    due = decide(case, Tick(command_id="-", at=scene.at, actor=clock), scene.book)
    case = reduce(evolve, due, case)
    return replace(scene, case=case, at=max(scene.at, case.last_at or scene.at))


def answer(scene: Scene, kind: str) -> Possible:
    """What the decider says to the probes of that command, the first that is accepted decides.

    A refusal for a probe's argument says nothing: another argument may be accepted.
    """
    refusals, undecided = list[Refused](), False
    for probe in PROBES[KINDS[kind]](scene):
        refusal = _refusal(probe.command if isinstance(probe, First | Last) else probe, scene)
        if refusal is None:
            usual = refusals[0] if refusals and kind in USUALLY else None
            return Possible(kind=kind, possible=True, refusal=usual)
        told = refusal.code not in OF_ARGUMENTS
        if isinstance(probe, First):
            if told:
                return Possible(kind=kind, possible=False, refusal=refusal)
        elif told or isinstance(probe, Last):
            refusals.append(refusal)
        else:
            undecided = True
    if undecided or not refusals:
        return Possible(kind=kind, possible=True)
    return Possible(kind=kind, possible=False, refusal=_telling(refusals))


def _refusal(command: Command, scene: Scene) -> Refused | None:
    try:
        decide(scene.case, command, scene.book)
    except Refused as refused:
        return refused
    return None


def _telling(refusals: list[Refused]) -> Refused:
    """One that says what the case is, where there is one: whoever hears it was let in."""
    return next((refused for refused in refusals if not refused.forbidden), refusals[0])
