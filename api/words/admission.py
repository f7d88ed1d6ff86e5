"""Plain words of admissions and of what is handed down under them (R3.2): (Chinese, English)."""

from api.words.table import Language, Table, say
from domain.admission.events import AdmissionEnded
from store.codec import AnyEvent

EVENTS: Table = {
    "case.delegated": ("{unit}交办下级", "Handed down by {unit}"),
    "expense.recorded": ("记录准入经费支出", "Money of an admission was used"),
    "admission.applied": ("{unit}申请准入", "{unit} asked for an admission"),
    "admission.first_approved": ("一审同意，待二审", "First approval given; a second is needed"),
    "admission.approved": ("二审同意，准入生效", "Second approval given; the admission is granted"),
    "admission.refused": ("不同意准入", "The admission was refused"),
    "admission.revoked": ("准入被撤销", "The admission was revoked"),
    "admission.expiry_near": ("准入即将到期", "The admission ends soon"),
    "admission.ended": ("准入终止：{reason}", "The admission is over: {reason}"),
    "admission.warned": ("审批时限{level}", "approval deadline: {level}"),
    "admission.overdue": ("审批超时（红牌）", "Approval deadline missed (red card)"),
    "admission.passed_up": ("逾期未审批，转{unit}", "Not decided in time; now with {unit}"),
}

STATES: Table = {
    "awaiting_first": ("待一审", "awaiting the first approval"),
    "awaiting_second": ("待二审", "awaiting the second approval"),
    "approved": ("已准入", "granted"),
    "refused": ("未准入", "refused"),
    "revoked": ("已撤销", "revoked"),
    "expired": ("已到期", "its period is over"),
    "lapsed": ("逾期未审批", "nobody decided in its period"),
}

HIDDEN_FROM_RESIDENTS = frozenset({"expense.recorded"})


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case AdmissionEnded():
            return say(STATES, event.state, language)
        case _:
            return ""
