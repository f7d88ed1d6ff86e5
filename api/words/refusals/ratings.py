"""Refusals of resolution, ratings, withdrawal, review and appeal (R9, R10, R11). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "evidence_missing": Said(
        what=("缺少佐证材料（{item}）。", "Evidence is missing ({item})."),
        why=("目录要求这类事项附照片或文件。", "The catalogue asks for photos or documents here."),
        now=("请上传后再办结。", "Add them, then resolve."),
    ),
    "grade_out_of_range": Said(
        what=("评分须为 1 到 5。", "The grade must be from 1 to 5."),
        why=("1 为非常不满意，5 为非常满意。", "1 is very dissatisfied, 5 very satisfied."),
        now=("请重新选择。", "Choose again."),
    ),
    "already_rated": Said(
        what=("本轮您已评价（第 {round} 轮）。", "You have rated this round ({round})."),
        why=("评价一经提交不得更改。", "A rating is never changed."),
        now=("如整改后再次办结，可再次评价。", "After a rectification you are asked again."),
    ),
    "withdrawal_under_review": Said(
        what=("撤诉正在核实。", "A withdrawal is being looked at."),
        why=(
            "工作人员代记的撤诉须由督办员核实。",
            "What staff wrote down is checked by a supervisor.",
        ),
        now=("请等待结果。", "Wait for the result."),
    ),
    "no_withdrawal_recorded": Said(
        what=("没有等待核实的撤诉。", "No withdrawal waits for a decision."),
        why=("可能已经决定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
    "no_review_open": Said(
        what=("没有等待复核的评价。", "No rating waits for a review."),
        why=("可能已经复核。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
    "no_rung_above": Said(
        what=(
            "上面没有可整改的层级（{stage}）。",
            "There is no rung above to rectify it ({stage}).",
        ),
        why=("没有更高一级可接手。", "Nobody higher could take it."),
        now=("请由原办理单位整改。", "Let the unit that resolved it do so."),
    ),
    "nothing_excluded": Said(
        what=("您没有被排除的评价。", "None of your ratings was left out."),
        why=("只有评价未计入考核时才能申请复议。", "Only then can you ask for a reconsideration."),
        now=("无需申请。", "There is nothing to ask for."),
    ),
    "already_reconsidered": Said(
        what=("这次评价已申请过复议。", "That rating was reconsidered before."),
        why=("每次评价只能复议一次。", "Once for each."),
        now=("请等待或查看结果。", "Wait for the result, or look at it."),
    ),
    "reconsideration_too_late": Said(
        what=("复议申请期已过（{until}）。", "The time to ask is over ({until})."),
        why=("须在规定时间内申请。", "It is asked for within a set time."),
        now=("如事项仍未解决，可重新反映。", "If the matter is not settled, report it again."),
    ),
    "no_reconsideration_open": Said(
        what=("没有等待决定的复议。", "No reconsideration waits for a decision."),
        why=("可能已经决定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
    "nothing_to_appeal": Said(
        what=("没有可申诉的事项。", "There is nothing of that kind to appeal."),
        why=(
            "只能对评价、逾期、黄牌、督办或重复反映申诉。",
            "A rating, breach, card, order or recurrence can be.",
        ),
        now=("请核对申诉对象。", "Check what you appeal against."),
    ),
    "already_appealed": Said(
        what=("这一事项已申诉过。", "It was appealed before."),
        why=("每项只能申诉一次。", "Once for each."),
        now=("请等待或查看裁定。", "Wait for the decision, or look at it."),
    ),
    "already_excluded": Said(
        what=("这一事项已不计入考核。", "It does not count already."),
        why=("无需再申诉。", "There is nothing to appeal."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "appeal_too_late": Said(
        what=("申诉期已过（{until}）。", "The time to appeal is over ({until})."),
        why=("须在规定时间内申诉。", "An appeal is made within a set time."),
        now=("无法再申诉。", "It can no longer be made."),
    ),
    "no_appeal_open": Said(
        what=("没有等待裁定的申诉。", "No appeal waits for a decision."),
        why=("可能已经裁定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
}
