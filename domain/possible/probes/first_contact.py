"""Probes of chapter R1: handing on, declining, another officer, correcting."""

from collections.abc import Iterator, Mapping

from domain import routing
from domain.authority import RECEIVERS
from domain.commands import (
    Command,
    Decline,
    HandOver,
    Place,
    Reclassify,
    ReplaceOfficer,
    ReviewDecline,
)
from domain.possible.scene import SAID, Maker, Probe, Scene, just
from domain.words import DeclineGround


def _replace_officer(scene: Scene) -> Iterator[Probe]:
    """A clerk near; where there is none, somebody under the one who asks."""
    yield scene.ask(ReplaceOfficer)
    organisation, officer = scene.book.organisation, scene.case.officer
    if routing.clerk_near(officer.unit_id or "", scene.at, scene.book) is not None:
        return
    mine = {p.unit_id for p in organisation.posts_of(scene.actor.person_id, scene.at)}
    for unit_id in sorted({below for unit in mine for below in organisation.subtree(unit)}):
        for post in organisation.posts_in(unit_id):
            if post.role in RECEIVERS and post.holder(scene.at):
                yield scene.ask(ReplaceOfficer, post_id=post.post_id)
                return


PROBES: Mapping[type[Command], Maker] = {
    HandOver: just(HandOver),
    Decline: just(Decline, ground=DeclineGround.PETITION, text=SAID),
    ReviewDecline: just(ReviewDecline, upheld=True, text=SAID),
    ReplaceOfficer: _replace_officer,
    Reclassify: just(Reclassify, place=Place(), text=SAID),
}
