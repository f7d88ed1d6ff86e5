"""Plain words for what happens in a dispute; never what was said in it."""

from api.words.table import Language, Table, say
from domain.events import (
    DisputeReferred,
    DisputeReopened,
    DutyChecked,
    MediationFailed,
    MediatorLeft,
)
from store.codec import AnyEvent

EVENTS: Table = {
    "mediation.opened": ("征求各方调解意愿", "Every party was asked whether it consents"),
    "consent.given": ("一方同意", "A party consented"),
    "consent.refused": ("一方不同意", "A party refused"),
    "consent.withdrawn": ("一方撤回同意", "A party took its consent back"),
    "relation.declared": ("申报利害关系", "A relation was declared"),
    "panel.formed": ("和事团已组成", "The panel was formed"),
    "mediator.left": ("一名调解员退出：{reason}", "A mediator left: {reason}"),
    "mediation.session_recorded": ("进行了一次调解", "A session took place"),
    "mediation.longer_asked": ("征求延长调解", "More time was asked for"),
    "mediation.extended": ("调解期限延长", "The mediation has more time"),
    "mediation.limit_reached": ("调解期限已到", "The limit of the mediation was reached"),
    "mediation.failed": ("调解未成：{reason}", "The mediation failed: {reason}"),
    "agreement.drafted": ("调解协议已拟", "An agreement was drafted"),
    "agreement.confirmed": ("一方确认协议", "A party confirmed the agreement"),
    "agreement.rejected": ("一方不确认协议", "A party does not confirm the agreement"),
    "agreement.lapsed": ("协议逾期未确认", "The agreement was not confirmed in time"),
    "agreement.in_force": ("调解协议生效", "The agreement is in force"),
    "duty.fell_due": ("协议义务到期", "A duty fell due"),
    "duty.check_passed_up": ("逾期未核实，转{unit}督促", "Not checked in time; now with {unit}"),
    "duty.checked": ("协议义务：{reason}", "A duty was {reason}"),
    "dispute.referred": ("引导至：{reason}", "Referred to {reason}"),
    "dispute.reopened": ("重新办理：{reason}", "Open again: {reason}"),
    "danger.reported": ("发现危险，按紧急情况处置", "Danger: treated as an emergency"),
}

REASONS: Table = {
    "rejected": ("当事人要求回避", "rejected by a party"),
    "related": ("有利害关系", "has a stake"),
    "consent_refused": ("一方不同意调解", "a party refused"),
    "consent_withdrawn": ("一方撤回同意", "a party took its consent back"),
    "silence": ("逾期未答复", "no answer in time"),
    "limit": ("期限已到", "the limit was reached"),
    "given_up": ("未能达成一致", "no agreement in sight"),
    "moved": ("事项已转出", "the case went to another unit"),
    "overdue": ("办理期限已到", "the time for handling ran out"),
    "shelved": ("事项已挂账", "the case was shelved"),
    "court": ("法院", "court"),
    "arbitration": ("仲裁", "arbitration"),
    "legal_aid": ("法律援助", "legal aid"),
    "not_performed": ("协议未履行", "not performed"),
    "performed": ("已履行", "performed"),
    "danger": ("有危险", "danger"),
}

STEPS: Table = {
    "asked": ("征求意愿", "parties asked for consent"),
    "consented": ("已同意调解", "consented"),
    "under_way": ("调解中", "under way"),
    "drafted": ("协议待确认", "draft lies before the parties"),
    "agreed": ("已达成协议", "agreed"),
    "failed": ("未成", "failed"),
}
"""Where a mediation stands."""

CLOCKS: Table = {
    "consent": ("征求调解意愿", "Consent"),
    "mediation": ("调解", "Mediation"),
    "confirm": ("确认协议", "Confirmation"),
    "duty": ("协议履行", "Performance"),
    "duty_check": ("核实履行", "Check of a duty"),
}

HIDDEN_FROM_RESIDENTS = frozenset(
    {"consent.given", "consent.refused", "consent.withdrawn", "relation.declared"}
    | {"agreement.confirmed", "agreement.rejected", "duty.check_passed_up", "mediator.left"}
)
"""What one party says for itself is nothing the other is told."""


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case MediatorLeft() | MediationFailed() | DisputeReopened():
            return say(REASONS, event.reason, language)
        case DisputeReferred():
            return say(REASONS, event.to, language)
        case DutyChecked():
            return say(REASONS, "performed" if event.performed else "not_performed", language)
        case _:
            return ""
