"""Probes of chapters R10 and R11: reviews, reconsideration, appeals."""

from collections.abc import Iterator, Mapping

from domain.commands import (
    Appeal,
    AskReconsideration,
    Command,
    DecideAppeal,
    Reconsider,
    ReviewRating,
)
from domain.possible.scene import SAID, Maker, Probe, Scene, just
from domain.words import QuestionKind
from domain.words.redress import ChargeKind, Finding


def _about(scene: Scene, kind: QuestionKind, nothing: str) -> tuple[str, ...]:
    """What questions of that kind are open about; `nothing` for none."""
    open_now = tuple(q.about for q in scene.case.questions if q.kind is kind)
    return open_now or (nothing,)


def _reconsider(scene: Scene) -> Iterator[Probe]:
    for about in _about(scene, QuestionKind.RECONSIDERATION, SAID):
        yield scene.ask(Reconsider, about=about, upheld=True, text=SAID)


def _appeal(scene: Scene) -> Iterator[Probe]:
    """Against each thing that counts, the latest first."""
    charges = scene.case.redress.charges
    for charge in reversed(charges):
        yield scene.ask(Appeal, against=charge.kind, about=charge.about, text=SAID)
    if not charges:
        yield scene.ask(Appeal, against=ChargeKind.BREACH, about=SAID, text=SAID)


def _decide_appeal(scene: Scene) -> Iterator[Probe]:
    for charge in _about(scene, QuestionKind.APPEAL, f"{ChargeKind.BREACH}/{SAID}"):
        against, _, about = charge.partition("/")
        yield scene.ask(
            DecideAppeal, against=ChargeKind(against), about=about, upheld=False, text=SAID
        )


PROBES: Mapping[type[Command], Maker] = {
    ReviewRating: just(ReviewRating, finding=Finding.JUSTIFIED, text=SAID),
    AskReconsideration: just(AskReconsideration, text=SAID),
    Reconsider: _reconsider,
    Appeal: _appeal,
    DecideAppeal: _decide_appeal,
}
