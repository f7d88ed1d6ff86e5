"""What is said of reconsideration (R10.3), matters reported again (R10.4) and appeals (R11)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "reconsideration.asked": Said(
        staff=(
            "居民申请复议，请在时限内决定",
            "Reconsideration is asked for: please decide",
        ),
    ),
    "reconsideration.decided": Said(
        staff=("复议已决定", "The reconsideration was decided"),
        resident=("您的复议申请已有结果，请凭回执查看", "Your reconsideration was decided; see it"),
        party=("您的复议申请已有结果，请查看", "Your reconsideration was decided; please see it"),
    ),
    "recurrence.marked": Said(
        staff=("本件已标为重复反映", "The matter was marked as reported again"),
    ),
    "recurrence.unmarked": Said(
        staff=("经核对不属于重复反映", "It is no recurrence: the earlier case says so"),
    ),
    "case.recurred": Said(
        staff=("同一事项在办结后又被反映", "A matter you settled was reported again"),
    ),
    "case.appealed": Said(
        staff=("有申诉待裁定", "An appeal was put to you: please decide"),
    ),
    "appeal.decided": Said(
        staff=("申诉已裁定", "The appeal was decided"),
    ),
}
