"""Probes of chapter R9: resolution, the call, the rating, taking a request back."""

from collections.abc import Iterator, Mapping

from domain.commands import (
    Command,
    DecideWithdrawal,
    Keep,
    Rate,
    RecordFollowUp,
    Resolve,
    Withdraw,
)
from domain.possible.scene import SAID, Maker, Probe, Scene, either, just

BEST = 5


def _withdraw(scene: Scene) -> Iterator[Probe]:
    yield scene.ask(Withdraw, seen=scene.seen)


PROBES: Mapping[type[Command], Maker] = {
    Resolve: just(Resolve, text=SAID, evidence=(SAID,)),
    RecordFollowUp: just(RecordFollowUp, contacted=True),
    Rate: just(Rate, contacted=True, solved=True, grade=BEST),
    Withdraw: _withdraw,
    DecideWithdrawal: either(DecideWithdrawal, "approved", (True, False), text=SAID),
    Keep: just(Keep),
}
