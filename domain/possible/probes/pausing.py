"""Probes of chapters R4.7 and R6.4–5: suspension, extension, the shelf."""

from collections.abc import Iterator, Mapping

from domain import meetings
from domain.commands import (
    Command,
    DecideExtension,
    DecideShelving,
    RequestExtension,
    Resume,
    ReviewShelf,
    Shelve,
    Suspend,
)
from domain.policy import Span
from domain.possible.scene import SAID, Maker, Probe, Scene, either, just
from domain.words import Basis, ClockKind, SuspensionGround

SHORTEST = {
    Basis.WORKING: Span(amount=1, unit="working_hours"),
    Basis.WALL: Span(amount=1, unit="seconds"),
}
"""The least that can be asked for, by what a clock counts."""


def _suspend(scene: Scene) -> Iterator[Probe]:
    """On a ground that is left; nobody gives mediation as one, nor deliberation without any."""
    case = scene.case
    never = {SuspensionGround.MEDIATION, *case.stint.grounds}
    if meetings.under_way(case) is None:
        never.add(SuspensionGround.DELIBERATION)
    left = (ground for ground in SuspensionGround if ground not in never)
    ground = next(left, SuspensionGround.AWAITING_RESIDENT)
    yield scene.ask(Suspend, ground=ground, text=SAID)


def _request_extension(scene: Scene) -> Iterator[Probe]:
    handle = scene.case.running(ClockKind.HANDLE)
    basis = handle.clock.basis if handle else Basis.WORKING
    yield scene.ask(RequestExtension, extend_by=SHORTEST[basis], text=SAID)


PROBES: Mapping[type[Command], Maker] = {
    Suspend: _suspend,
    Resume: just(Resume),
    RequestExtension: _request_extension,
    DecideExtension: either(DecideExtension, "granted", (True, False), text=SAID),
    Shelve: just(Shelve, text=SAID),
    DecideShelving: either(DecideShelving, "approved", (True, False), text=SAID),
    ReviewShelf: just(ReviewShelf, stays=True, text=SAID),
}
