"""Probes of chapters R3.2, R4.2 and R4.5: down, back, across, and whose it is."""

from collections.abc import Iterable, Iterator, Mapping

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
from domain.possible.scene import SAID, Last, Maker, Scene, just
from domain.values import Seat
from domain.words import Belonging, ReturnReason, Stage

ENOUGH = 40
"""So many units are tried at most; beyond them it is open whether one would do."""


def _adjudicate(scene: Scene) -> Iterator[Command | Last]:
    """That it stays where it is can always be said by who may say it."""
    stint = scene.case.stint
    yield scene.ask(Adjudicate, unit_id=stint.unit_id, stage=stint.stage, text=SAID)


def _transfer(scene: Scene) -> Iterator[Command | Last]:
    """To a department with somebody in it, a near one before others."""
    own = scene.case.stint.unit_id
    if scene.case.stage is not Stage.DEPARTMENT:
        yield scene.ask(Transfer, unit_id=own, text=SAID)
        return
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


def _delegate(scene: Scene) -> Iterator[Command | Last]:
    """To units where it may go, under an admission where one is needed."""
    case, book = scene.case, scene.book
    if case.stage not in delegation.DELEGATING:
        yield scene.ask(Delegate, unit_id=case.stint.unit_id)
        return
    first, fitting = "", list[str]()
    for unit_id in _below(scene):
        first = first or unit_id
        if delegation.fits(case, unit_id, book):
            fitting.append(unit_id)
            if len(fitting) == ENOUGH:
                break
    admitted = [unit for unit in fitting if _admitted(scene, unit)]
    for unit_id in admitted:
        yield scene.ask(Delegate, unit_id=unit_id)
    if not admitted:
        unit_id = (*fitting, first or case.stint.unit_id)[0]
        command = scene.ask(Delegate, unit_id=unit_id)
        yield command if len(fitting) == ENOUGH else Last(command)


def _below(scene: Scene) -> Iterable[str]:
    """Communities and grids under who has it, those of the case's place first."""
    organisation, place = scene.book.organisation, scene.case.location
    mine = organisation.units.get(scene.case.stint.unit_id)
    over = mine.parent_id if mine and scene.case.stage is Stage.DEPARTMENT else None
    under = organisation.subtree(over or scene.case.stint.unit_id)
    near = [unit for unit in (place.grid_id, place.community_id) if unit in under]
    found = dict.fromkeys((*filter(None, near), *under))
    return (u for u in found if routing.rung_of(u, organisation) in delegation.RECEIVING)


def _admitted(scene: Scene, unit_id: str) -> bool:
    """Whether the work is the community's own there, or goes down under an admission in force."""
    book, item_id = scene.book, scene.case.item_id
    item = book.catalogue.items.get(item_id)
    if item is not None and item.belonging is Belonging.COMMUNITY_OWN:
        return True
    path = book.organisation.path(unit_id)
    return any(a.covers(item_id, path) and a.in_force(scene.at) for a in book.admissions)


PROBES: Mapping[type[Command], Maker] = {
    ReturnCase: just(ReturnCase, reason=ReturnReason.WRONG_UNIT, text=SAID),
    Adjudicate: _adjudicate,
    Transfer: _transfer,
    AcceptTransfer: just(AcceptTransfer),
    RefuseTransfer: just(RefuseTransfer, text=SAID),
    Delegate: _delegate,
    RecordExpense: just(RecordExpense, fen=1, purpose=SAID),
}
