"""Scenes of disputes: a quarrel between neighbours, in the community worker's hands."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.office import Office
from tests.e2e.scenes.base import Ask, Body, Headers, Opened, Scene, at_first_contact, scene

ITEM = "c34-01"
MEDIATOR, LAWYER = "cheng-dehou", "ji-mingzhe"
PANEL = {"posts": ["liuyinli-med-1"]}
JOINT_PANEL = {"posts": ["liuyin-med-1"]}
TOLD: Body = {"title": "楼道堆物起争执", "text": "李家在楼道堆物，多次争吵"}
SPOKEN = {"subject": "party-1", "how": "in_person"}
GAVE_UP = {"text": "各执一词"}
TWENTY_DAYS = timedelta(days=20)
TWENTY_DAYS = timedelta(days=20)
THREAT = {"text": "扬言动手"}


def party(office: Office, case_id: str, subject: str = "party-1") -> Headers:
    """Headers of a party by its own link."""
    return {"Authorization": f"Party {office.ring.party_secret(case_id, subject)}"}


async def must(office: Office, case_id: str, headers: Headers, kind: str, **fields: Any) -> Any:
    """A command that has to be done."""
    answer = await office.command(case_id, headers, kind, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def quarrel(office: Office, **changes: Any) -> Opened:
    """Registered at the counter, handed over, accepted by the community."""
    fields = TOLD | {
        "case_type": "dispute",
        "item_id": ITEM,
        "parties": [{"name": "李芳", "phone": "19900005678"}],
    }
    found = await at_first_contact(office, **fields | changes)
    await office.in_charge(found.case_id, "hand_over")
    await office.in_charge(found.case_id, "accept")
    return found


async def asked(office: Office, **changes: Any) -> Opened:
    """Every party is asked."""
    found = await quarrel(office, **changes)
    await office.in_charge(found.case_id, "open_mediation")
    return found


async def both(office: Office, case_id: str, kind: str, **fields: Any) -> None:
    """Each party says so by its own link."""
    for subject in ("reporter", "party-1"):
        await must(office, case_id, party(office, case_id, subject), kind, **fields)


async def consented(office: Office, **changes: Any) -> Opened:
    """Both consented."""
    found = await asked(office, **changes)
    await both(office, found.case_id, "give_consent", given=True)
    return found


async def formed(office: Office, **changes: Any) -> Opened:
    """A party veteran of the community mediates."""
    found = await consented(office, **changes)
    await office.in_charge(found.case_id, "form_panel", **PANEL)
    return found


def session(**changed: Any) -> Body:
    """A session that has just been held."""
    fields = {
        "held_at": datetime.now(UTC).isoformat(),
        "place": "居委会会议室",
        "mediators": [1],
        "subjects": ["reporter", "party-1"],
        "summary": "双方各让一步",
    }
    return fields | changed


async def talked(office: Office, **changes: Any) -> Opened:
    """One session is on record."""
    found = await formed(office, **changes)
    mediator = await office.as_person(MEDIATOR)
    await must(office, found.case_id, mediator, "record_session", **session())
    return found


def draft(due: timedelta = TWENTY_DAYS, **changed: Any) -> Body:
    """Li clears the stairs."""
    due_at = (datetime.now(UTC) + due).isoformat()
    fields = {
        "form": "written",
        "facts": "楼道堆物，影响通行",
        "content": "李清理楼道，王不再投诉",
        "manner": "自行清理",
        "duties": [{"owes": "party-1", "text": "清理楼道", "due_at": due_at}],
    }
    return fields | changed


async def drafted(office: Office, **changed: Any) -> Opened:
    """A draft lies before the parties."""
    found = await talked(office)
    mediator = await office.as_person(MEDIATOR)
    await must(office, found.case_id, mediator, "draft_agreement", **draft(**changed))
    return found


async def settled(office: Office, **changed: Any) -> Opened:
    """Both confirmed."""
    found = await drafted(office, **changed)
    await both(office, found.case_id, "confirm_agreement", draft=1, confirmed=True)
    return found


async def failed_at_the_street(office: Office) -> Opened:
    """Given up at the community and again at the street."""
    found = await formed(office)
    case_id = found.case_id
    await must(office, case_id, await office.as_person(MEDIATOR), "fail_mediation", **GAVE_UP)
    await office.in_charge(case_id, "accept")
    await office.in_charge(case_id, "open_mediation")
    await both(office, case_id, "give_consent", given=True)
    await office.in_charge(case_id, "form_panel", **JOINT_PANEL)
    await must(office, case_id, await office.as_person(LAWYER), "fail_mediation", **GAVE_UP)
    return found


async def _again(
    office: Office, found: Opened, headers: Headers, kind: str, code: str, **fields: Any
) -> Scene:
    """Done once; the same again is refused."""
    ask = Ask(case_id=found.case_id, headers=headers, body={"kind": kind, **fields})
    return Scene(done=ask, refused=ask, code=code)


async def _handler(office: Office, found: Opened) -> Headers:
    return await office.as_person((await office.case(found.case_id))["handler"]["id"])


async def _by_handler(office: Office, found: Opened, kind: str, code: str, **fields: Any) -> Scene:
    return await _again(office, found, await _handler(office, found), kind, code, **fields)


async def _by_mediator(office: Office, found: Opened, kind: str, code: str, **fields: Any) -> Scene:
    return await _again(office, found, await office.as_person(MEDIATOR), kind, code, **fields)


async def _by_party(office: Office, found: Opened, kind: str, code: str, **fields: Any) -> Scene:
    return await _again(office, found, party(office, found.case_id), kind, code, **fields)


# -- consent -------------------------------------------------------------------


@scene("open_mediation")
async def _open_mediation(office: Office) -> Scene:
    return await _by_handler(office, await quarrel(office), "open_mediation", "not_in_progress")


@scene("give_consent")
async def _give_consent(office: Office) -> Scene:
    said = SPOKEN | {"given": True, "text": "当面同意"}
    return await _by_handler(
        office, await asked(office), "give_consent", "already_consented", **said
    )


@scene("party.give_consent")
async def _party_consents(office: Office) -> Scene:
    return await _by_party(
        office, await asked(office), "give_consent", "already_consented", given=True
    )


@scene("withdraw_consent")
async def _withdraw_consent(office: Office) -> Scene:
    found = await consented(office)
    return await _by_handler(office, found, "withdraw_consent", "no_mediation", **SPOKEN)


@scene("party.withdraw_consent")
async def _party_withdraws(office: Office) -> Scene:
    return await _by_party(office, await formed(office), "withdraw_consent", "no_mediation")


# -- panel and sessions --------------------------------------------------------


@scene("form_panel")
async def _form_panel(office: Office) -> Scene:
    found = await consented(office)
    return await _by_handler(office, found, "form_panel", "panel_complete", **PANEL)


@scene("declare_relation")
async def _declare_relation(office: Office) -> Scene:
    done = await _by_handler(
        *(office, await formed(office), "declare_relation", "nobody_meant"),
        about=MEDIATOR,
        relation="relative",
    )
    other = await _by_party(
        *(office, await formed(office), "declare_relation", "nobody_meant"),
        about="mediator-9",
        relation="relative",
    )
    return Scene(done=done.done, refused=other.refused, code="nobody_meant")


@scene("party.declare_relation")
async def _party_declares(office: Office) -> Scene:
    found = await formed(office)
    declared = {"about": "mediator-1", "relation": "relative"}
    return await _by_party(office, found, "declare_relation", "nobody_meant", **declared)


@scene("reject_mediator")
async def _reject_mediator(office: Office) -> Scene:
    found = await formed(office)
    return await _by_party(office, found, "reject_mediator", "already_rejected_one", seat=1)


@scene("record_session")
async def _record_session(office: Office) -> Scene:
    here, mediator = await formed(office), await office.as_person(MEDIATOR)
    done = Ask(case_id=here.case_id, headers=mediator, body={"kind": "record_session", **session()})
    past = session(held_at="2025-01-01T09:00:00+08:00")
    early = Ask(case_id=here.case_id, headers=mediator, body={"kind": "record_session", **past})
    return Scene(done=done, refused=early, code="session_before_the_panel")


@scene("extend_mediation")
async def _extend_mediation(office: Office) -> Scene:
    more = {"extend_by": {"amount": 10, "unit": "days"}, "text": "快谈成了"}
    return await _by_mediator(
        office, await talked(office), "extend_mediation", "longer_already_asked", **more
    )


# -- agreement -----------------------------------------------------------------


@scene("draft_agreement")
async def _draft_agreement(office: Office) -> Scene:
    done = await _by_mediator(
        office, await talked(office), "draft_agreement", "no_session_held", **FIXED_DRAFT
    )
    other = await _by_mediator(
        office, await formed(office), "draft_agreement", "no_session_held", **FIXED_DRAFT
    )
    return Scene(done=done.done, refused=other.refused, code="no_session_held")


FIXED_DRAFT = draft() | {
    "duties": [{"owes": "party-1", "text": "清理楼道", "due_at": "2099-04-20T18:00:00+08:00"}]
}
"""With a day that stands in the contract file."""


@scene("confirm_agreement")
async def _confirm_agreement(office: Office) -> Scene:
    said = SPOKEN | {"draft": 1, "confirmed": True}
    return await _by_mediator(
        office, await drafted(office), "confirm_agreement", "already_confirmed", **said
    )


@scene("party.confirm_agreement")
async def _party_confirms(office: Office) -> Scene:
    return await _by_party(
        *(office, await drafted(office), "confirm_agreement", "already_confirmed"),
        draft=1,
        confirmed=True,
    )


@scene("check_duty")
async def _check_duty(office: Office) -> Scene:
    seen = {"duty_id": "duty-1.1.1", "performed": True, "text": "已清理"}
    return await _by_mediator(
        office, await settled(office), "check_duty", "already_checked", **seen
    )


# -- the end -------------------------------------------------------------------


@scene("fail_mediation")
async def _fail_mediation(office: Office) -> Scene:
    found = await talked(office)
    return await _by_handler(office, found, "fail_mediation", "no_mediation", **GAVE_UP)


@scene("refer_dispute")
async def _refer_dispute(office: Office) -> Scene:
    found = await failed_at_the_street(office)
    court = {"to": "court", "reference": "（2026）民初12号"}
    return await _by_handler(office, found, "refer_dispute", "case_closed", **court)


@scene("report_danger")
async def _report_danger(office: Office) -> Scene:
    done = await _by_handler(office, await quarrel(office), "report_danger", "", **THREAT)
    calm = await at_first_contact(office)
    other = await _by_handler(office, calm, "report_danger", "not_a_dispute", **THREAT)
    return Scene(done=done.done, refused=other.refused, code="not_a_dispute")


@scene("party.report_danger")
async def _party_reports_danger(office: Office) -> Scene:
    found = await quarrel(office)
    done = await _by_party(office, found, "report_danger", "", **THREAT)
    withdraws = Ask(
        case_id=found.case_id,
        headers=party(office, found.case_id),
        body={"kind": "withdraw", "text": "不想再谈"},
    )
    return Scene(done=done.done, refused=withdraws, code="reporter_only")
