"""What is said of first contact: registered, corrected, declined, another officer (R1)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "case.registered": Said(
        resident=(
            "您反映的事项已登记。请保存好回执，凭回执可随时查看进度",
            "Your request has been registered. Keep your receipt: it shows you the progress",
        ),
    ),
    "case.officer_left": Said(
        staff=(
            "案件恢复办理，原首问人员已离任，请指定接替人员；此前由您承担首问职责",
            "The first-contact officer has left: name another; until then the reception is yours",
        ),
    ),
    "case.officer_replaced": Said(
        staff=("首问人员已更换", "The first-contact officer was replaced"),
    ),
    "case.reclassified": Said(
        staff=("事项或地点已更正", "The matter or the place of a case was corrected"),
    ),
    "case.declined": Said(
        staff=("首问不予受理，请复核", "First contact declined a case; please review it"),
        resident=(
            "您反映的事项不属于受理范围，请查看应找的部门；上级将复核这一决定",
            "Your request was declined; see where to turn. A supervisor reviews the decision",
        ),
    ),
    "decline.reviewed": Said(
        staff=("不予受理已复核", "The decline was reviewed"),
    ),
}
