"""Plain words of returns, disputed units and transfers (R4.2, R4.5)."""

from api.words.table import Language, Table, say
from domain.events import Returned
from store.codec import AnyEvent

EVENTS: Table = {
    "case.returned": ("退回{unit}：{reason}", "Returned to {unit}: {reason}"),
    "adjudication.requested": ("归属有争议，请{unit}裁定", "Disputed; {unit} decides whose it is"),
    "adjudication.decided": ("裁定由{unit}办理", "Decided: {unit} handles it"),
    "transfer.offered": ("拟转办{unit}，待其签收", "{unit} was asked to take it over"),
    "transfer.accepted": ("{unit}同意接办", "{unit} takes it over"),
    "transfer.refused": ("{unit}不同意接办", "{unit} does not take it over"),
}

REASONS: Table = {
    "wrong_unit": ("非本单位职责", "not this unit's"),
    "wrong_place": ("不在本辖区", "not in this area"),
    "wrong_matter": ("事项归类有误", "classed as the wrong matter"),
    "incomplete": ("信息不全", "incomplete"),
    "duplicate_work": ("已在办理中", "already being handled"),
}

CLOCKS: Table = {
    "transfer": ("转办答复", "Transfer"),
}

HIDDEN_FROM_RESIDENTS = frozenset({"transfer.offered", "transfer.refused"})


def reason(event: AnyEvent, language: Language) -> str:
    """Why it happened, or what was found; empty where nothing is to be said."""
    match event:
        case Returned():
            return say(REASONS, event.reason, language)
        case _:
            return ""
