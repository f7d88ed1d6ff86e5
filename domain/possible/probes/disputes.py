"""Probes of chapter R7: consent, panel, talks, agreement, duties."""

from collections.abc import Callable, Iterator, Mapping

from domain.commands import (
    CheckDuty,
    Command,
    ConfirmAgreement,
    DeclareRelation,
    DraftAgreement,
    ExtendMediation,
    FailMediation,
    FormPanel,
    GiveConsent,
    OpenMediation,
    RecordSession,
    ReferDispute,
    RejectMediator,
    ReportDanger,
    WithdrawConsent,
)
from domain.organisation import Post
from domain.panels import HANDLER
from domain.possible.probes.pausing import SHORTEST
from domain.possible.scene import SAID, Maker, Probe, Scene, just
from domain.words import ReferredTo, Role
from domain.words.disputes import JOINT, AgreementForm, Given, Matter, Relation


def _spoken(kind: Callable[..., Command], *variants: Mapping[str, object]) -> Maker:
    """A party's own word; of staff the word of each party, as told to them."""

    def made(scene: Scene) -> Iterator[Probe]:
        for fields in variants or ({},):
            if scene.resident:
                yield scene.ask(kind, **fields)
                continue
            for subject in scene.case.raters or (SAID,):
                yield scene.ask(kind, subject=subject, how=Given.IN_PERSON, **fields)

    return made


def _reject_mediator(scene: Scene) -> Iterator[Probe]:
    here = scene.case.mediation
    seats = tuple(seat.number for seat in here.panel) if here else ()
    for seat in seats or (1,):
        yield from _spoken(RejectMediator, {"seat": seat})(scene)


def _confirm(scene: Scene) -> Iterator[Probe]:
    here = scene.case.mediation
    draft = here.drafts if here else 1
    words = ({"draft": draft, "confirmed": said} for said in (True, False))
    yield from _spoken(ConfirmAgreement, *words)(scene)


def _form_panel(scene: Scene) -> Iterator[Probe]:
    """A free mediator of each kind there is: where those will not do, none will."""
    case = scene.case
    here, dispute = case.mediation, case.dispute
    out = {*(dispute.barred if dispute else ()), *(here.gone if here else ())}
    chosen: dict[str | None, str] = {}
    for post in _mediators(scene):
        person = post.holder(scene.at)
        if post.mediator_kind not in chosen and person is not None and person not in out:
            chosen[post.mediator_kind] = post.post_id
            out.add(person)
    yield scene.ask(FormPanel, posts=tuple(chosen.values()))


def _mediators(scene: Scene) -> list[Post]:
    """Mediators' posts where the case is and above; those a street's panel needs first."""
    organisation = scene.book.organisation
    path = organisation.path(scene.case.stint.unit_id)
    found = (p for unit in path for p in organisation.acting(unit, Role.MEDIATOR, scene.at))
    return sorted(found, key=lambda post: post.mediator_kind not in JOINT)


def _record_session(scene: Scene) -> Iterator[Probe]:
    """A session that was held just now, everybody there."""
    here = scene.case.mediation
    yield scene.ask(
        RecordSession,
        held_at=scene.at,
        place=SAID,
        mediators=tuple(seat.number for seat in here.panel) if here else (),
        subjects=scene.case.raters,
        summary=SAID,
    )


def _extend(scene: Scene) -> Iterator[Probe]:
    limit = scene.book.policies[scene.case.policy].mediation.limit
    yield scene.ask(ExtendMediation, extend_by=SHORTEST[limit.basis])


def _check_duty(scene: Scene) -> Iterator[Probe]:
    dispute = scene.case.dispute
    duties = tuple(duty.duty_id for duty in dispute.duties) if dispute else ()
    for duty_id in duties or (SAID,):
        yield scene.ask(CheckDuty, duty_id=duty_id, performed=True, text=SAID)


PROBES: Mapping[type[Command], Maker] = {
    OpenMediation: just(OpenMediation),
    GiveConsent: _spoken(
        GiveConsent,
        {"given": True, "matter": Matter.MEDIATION},
        {"given": True, "matter": Matter.LONGER},
    ),
    WithdrawConsent: _spoken(WithdrawConsent),
    DeclareRelation: just(DeclareRelation, about=HANDLER, relation=Relation.RELATIVE),
    FormPanel: _form_panel,
    RejectMediator: _reject_mediator,
    RecordSession: _record_session,
    ExtendMediation: _extend,
    FailMediation: just(FailMediation, text=SAID),
    ReferDispute: just(ReferDispute, to=ReferredTo.COURT, reference=SAID),
    ReportDanger: just(ReportDanger, text=SAID),
    DraftAgreement: just(DraftAgreement, form=AgreementForm.ORAL, facts=SAID, content=SAID),
    ConfirmAgreement: _confirm,
    CheckDuty: _check_duty,
}
