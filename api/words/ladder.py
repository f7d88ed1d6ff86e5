"""Plain words of the way a case takes from unit to unit (R4)."""

from api.words.table import Language, Table, say
from domain.events import Escalated
from store.codec import AnyEvent

EVENTS: Table = {
    "case.arrived": ("转到{unit}", "Now with {unit}"),
    "case.accepted": ("{unit}已签收", "Accepted by {unit}"),
    "case.assigned": ("已指派经办人", "Assigned inside the unit"),
    "case.progress_recorded": ("办理进展", "Progress"),
    "case.on_site": ("工作人员已到场", "Somebody is on site"),
    "case.escalated": ("上报：{reason}", "Escalated: {reason}"),
    "case.reminded": ("居民催办", "Reminded by the resident"),
    "case.information_added": ("补充情况", "Information added"),
    "case.revealed": ("查看个人信息", "Personal data viewed"),
    "file.attached": ("附照片或文件", "A photo or document was attached"),
}

REASONS: Table = {
    "beyond_authority": ("超出权限", "beyond authority"),
    "beyond_means": ("力量不足", "beyond means"),
    "crosses_units": ("涉及多个单位", "crosses units"),
    "unresolved_here": ("本级未能解决", "unresolved here"),
    "emergency": ("紧急情况", "emergency"),
    "not_accepted": ("逾期未签收，自动上报", "not accepted in time"),
    "no_handler": ("本级无人办理，自动上报", "nobody left to handle it here"),
    "not_handled": ("逾期未办结，自动上报", "not settled in time"),
    "mediation_failed": ("调解未成", "the mediation failed"),
}

LEFT: Table = {
    "handed_over": ("交办", "handed over"),
    "escalated": ("上报", "escalated"),
    "overdue": ("逾期自动上报", "overdue, escalated by itself"),
    "officer_replaced": ("首问人员更换", "another first-contact officer"),
    "returned": ("退回", "returned"),
    "transferred": ("转办", "transferred"),
    "adjudicated": ("裁定", "decided by a superior"),
    "delegated": ("下派", "delegated"),
    "rectified": ("整改", "to be rectified"),
    "reopened": ("重新办理", "taken up again"),
    "became_mass": ("成为群体诉求", "became a mass case"),
}
"""Why a unit's turn ended."""

HIDDEN_FROM_RESIDENTS = frozenset({"case.assigned", "case.revealed", "file.attached"})


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Escalated():
            return say(REASONS, event.reason, language)
        case _:
            return ""
