"""What is said of units that disagree whose case it is (R4.2), and of transfers (R4.5)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "case.returned": Said(
        staff=("案件已被退回", "A case was sent back"),
    ),
    "adjudication.requested": Said(
        staff=(
            "双方对归属有争议，请裁定由谁办理",
            "Two units disagree whose case it is; it has to be decided",
        ),
    ),
    "adjudication.decided": Said(
        staff=("归属已裁定，请按裁定办理", "It was decided whose case it is; that binds"),
    ),
    "transfer.offered": Said(
        staff=(
            "有案件拟转办到{unit}，请在时限内签收或说明不接",
            "A case is offered to {unit}; please take it over or refuse in time",
        ),
    ),
    "transfer.accepted": Said(
        staff=("对方部门已同意接办", "The other department took the case over"),
    ),
    "transfer.refused": Said(
        staff=("对方部门不同意接办，已报上级裁定", "The transfer was refused; a superior decides"),
    ),
}
