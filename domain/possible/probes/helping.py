"""Probes of chapters R5 and R13: helpers of a case, the look at it, the resident's agent."""

from collections.abc import Callable, Iterator, Mapping

from domain import routing, summoning
from domain.commands import (
    AuthoriseAgent,
    Call,
    Command,
    RecordAgencyStep,
    RecordHelp,
    Release,
    ReportIn,
    RevokeAgent,
    Summon,
    Verify,
)
from domain.possible.scene import SAID, Maker, Probe, Scene, just
from domain.words import Stage
from domain.words.proactive import Authorised


def _summon(scene: Scene) -> Iterator[Probe]:
    yield scene.ask(Summon, calls=(_call(scene),), text=SAID)


def _call(scene: Scene) -> Call:
    """A department of a superior, or a partner, that is not called yet."""
    case, organisation = scene.case, scene.book.organisation
    called = {(s.helper.unit_id, s.helper.partner_id) for s in summoning.called(case)}
    for over in organisation.path(case.stint.unit_id):
        for unit_id in organisation.below(over):
            department = routing.rung_of(unit_id, organisation) is Stage.DEPARTMENT
            if department and (unit_id, None) not in called:
                return Call(unit_id=unit_id, asked=SAID)
    free = (p.partner_id for p in organisation.partners if (None, p.partner_id) not in called)
    return Call(partner_id=next(free, None), asked=SAID)


def _of_summons(kind: Callable[..., Command], **fields: object) -> Maker:
    """One probe for each helper that was called; those still called first."""

    def made(scene: Scene) -> Iterator[Probe]:
        found = sorted(scene.case.summons, key=lambda summons: not summons.open)
        for summons in found:
            yield scene.ask(kind, summons_id=summons.helper.summons_id, **fields)
        if not found:
            yield scene.ask(kind, summons_id=SAID, **fields)

    return made


def _agents(kind: Callable[..., Command]) -> Maker:
    """The resident's own word, or one that staff heard."""

    def made(scene: Scene) -> Iterator[Probe]:
        how = Authorised.BY_RECEIPT if scene.resident else Authorised.IN_PERSON
        yield scene.ask(kind, how=how, text=SAID)

    return made


PROBES: Mapping[type[Command], Maker] = {
    Summon: _summon,
    ReportIn: _of_summons(ReportIn),
    RecordHelp: _of_summons(RecordHelp, text=SAID),
    Release: _of_summons(Release, useful=False),
    Verify: just(Verify, done=True, text=SAID),
    AuthoriseAgent: _agents(AuthoriseAgent),
    RecordAgencyStep: just(RecordAgencyStep, text=SAID),
    RevokeAgent: _agents(RevokeAgent),
}
