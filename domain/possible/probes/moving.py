"""Probes of chapters R3.2, R4.2 and R4.5: down, back, across, and whose it is."""

from collections.abc import Iterator, Mapping
from itertools import islice

from domain import delegation, routing, transfers
from domain.commands import (
    AcceptTransfer,
    Adjudicate,
    Command,
    Delegate,
    RecordExpense,
    RefuseTransfer,
    ReturnCase,
    Transfer,
)
from domain.possible.scene import SAID, First, Last, Maker, Probe, Scene, just
from domain.values import Seat
from domain.words import Belonging, ReturnReason, Stage

SEARCHED = 100
"""So many units are looked at; of more it is left open whether one of the rest would do."""


def _adjudicate(scene: Scene) -> Iterator[Probe]:
    """That it stays where it is can always be said by who may say it."""
    stint = scene.case.stint
    yield scene.ask(Adjudicate, unit_id=stint.unit_id, stage=stint.stage, text=SAID)


def _transfer(scene: Scene) -> Iterator[Probe]:
    """To a department with somebody in it, a near one before others."""
    own = scene.case.stint.unit_id
    yield First(scene.ask(Transfer, unit_id=own, text=SAID))
    empty = None
    for unit_id in _departments(scene):
        if unit_id == own:
            continue
        seat = Seat(stage=transfers.HERE, unit_id=unit_id)
        if routing.desk_again(scene.case, seat, scene.at, scene.book) is not None:
            yield scene.ask(Transfer, unit_id=unit_id, text=SAID)
            return
        empty = unit_id
    yield Last(scene.ask(Transfer, unit_id=empty or own, text=SAID))


def _departments(scene: Scene) -> Iterator[str]:
    organisation = scene.book.organisation
    path = organisation.path(scene.case.stint.unit_id)
    near = (unit for over in path[1:] for unit in organisation.below(over))
    for unit_id in dict.fromkeys((*near, *organisation.units)):
        if routing.rung_of(unit_id, organisation) is transfers.HERE:
            yield unit_id


def _delegate(scene: Scene) -> Iterator[Probe]:
    """To units where it may go and where it is admitted; where none is, to one where it is not."""
    case, book = scene.case, scene.book
    yield First(scene.ask(Delegate, unit_id=case.stint.unit_id))
    looked = 0
    for unit_id in islice(_admitted(scene), SEARCHED):
        looked += 1
        if delegation.fits(case, unit_id, book):
            yield scene.ask(Delegate, unit_id=unit_id)
    if looked == SEARCHED:  # refused for its argument, which leaves it open
        yield scene.ask(Delegate, unit_id=case.stint.unit_id)
        return
    below = list(islice(_below(scene), SEARCHED))
    fitting = (unit_id for unit_id in below if delegation.fits(case, unit_id, book))
    unit_id = next(fitting, next(iter(below), case.stint.unit_id))
    yield Last(scene.ask(Delegate, unit_id=unit_id))


def _below(scene: Scene) -> Iterator[str]:
    """Communities and grids under who has it, those of the case's place first."""
    organisation, place = scene.book.organisation, scene.case.location
    mine = organisation.units.get(scene.case.stint.unit_id)
    over = mine.parent_id if mine and scene.case.stage is Stage.DEPARTMENT else None
    under = dict.fromkeys(organisation.subtree(over or scene.case.stint.unit_id))
    known = filter(None, (place.grid_id, place.community_id, place.street_id))
    near = (unit for each in known for unit in organisation.subtree(each) if unit in under)
    for unit_id in dict.fromkeys((*near, *under)):
        if routing.rung_of(unit_id, organisation) in delegation.RECEIVING:
            yield unit_id


def _admitted(scene: Scene) -> Iterator[str]:
    """Those of them for which the work is their own, or under an admission in force."""
    book, case = scene.book, scene.case
    item = book.catalogue.items.get(case.item_id)
    if item is not None and item.belonging is Belonging.COMMUNITY_OWN:
        yield from _below(scene)
        return
    now = [a for a in book.admissions if a.item_id == case.item_id and a.in_force(scene.at)]
    if not now:
        return
    for unit_id in _below(scene):
        path = book.organisation.path(unit_id)
        if any(admission.covers(case.item_id, path) for admission in now):
            yield unit_id


PROBES: Mapping[type[Command], Maker] = {
    ReturnCase: just(ReturnCase, reason=ReturnReason.WRONG_UNIT, text=SAID),
    Adjudicate: _adjudicate,
    Transfer: _transfer,
    AcceptTransfer: just(AcceptTransfer),
    RefuseTransfer: just(RefuseTransfer, text=SAID),
    Delegate: _delegate,
    RecordExpense: just(RecordExpense, fen=1, purpose=SAID),
}
