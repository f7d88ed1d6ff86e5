"""Refusals about several reports of one matter (R2.3, R10.4). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "already_withdrawn": Said(
        what=("您已撤回诉求。", "You have taken your request back."),
        why=("撤回后不再受理该诉求的补充和催办。", "Nothing more is heard of it."),
        now=("如有新情况，请重新反映。", "Report again if something new comes up."),
    ),
    "lead_not_open": Said(
        what=("主案已不在办理中。", "The leading case is no longer open."),
        why=("并案后由主案统一办理。", "It is worked on there since the merge."),
        now=("请查看主案的进展。", "Look at that case."),
    ),
    "decision_pending": Said(
        what=("还有事项等待上级决定。", "Something waits for a superior's decision."),
        why=("未决事项不能随并案搁置。", "It must not be left behind by a merge."),
        now=("请等待决定后再并案。", "Merge after that."),
    ),
    "helpers_summoned": Said(
        what=("请来的单位还在协助。", "Helpers are still called."),
        why=("并案前应让其离场。", "They are released before a merge."),
        now=("请先办理离场。", "Release them first."),
    ),
    "leads_others": Said(
        what=(
            "已有其他案件并入本案（{joined} 件）。",
            "Other cases are carried on in this one ({joined}).",
        ),
        why=("主案不能再并入别的案件。", "A leading case is not merged away."),
        now=("请把对方案件并入本案。", "Merge the other one into this."),
    ),
    "no_such_lead": Said(
        what=("没有找到主案。", "The leading case was not found."),
        why=("须填写存在的案件编号。", "Name one that exists."),
        now=("请核对编号。", "Check the number."),
    ),
    "no_case_to_lead": Said(
        what=("没有可以并入的案件。", "There is no other case to lead this one."),
        why=("目前没有其他正在办理的诉求。", "No other request is worked on now."),
        now=("有相同事项登记后再并案。", "Merge when the same matter is reported again."),
    ),
    "no_case_before": Said(
        what=("以前没有办结的案件。", "No case was settled before this one came."),
        why=(
            "重复反映须指明此前已办结的那一件。",
            "A matter that comes again names the earlier case.",
        ),
        now=("按新事项办理。", "Work on it as a new matter."),
    ),
    "lead_is_itself": Said(
        what=("不能并入自己。", "A case is not merged into itself."),
        why=("主案须是另一个案件。", "Name another one."),
        now=("请填写另一个编号。", "Check the number."),
    ),
    "lead_is_dispute": Said(
        what=("主案是纠纷，不能并入。", "The leading case is a dispute."),
        why=("纠纷内容保密。", "Disputes are confidential."),
        now=("请另选案件。", "Choose another."),
    ),
    "lead_less_urgent": Said(
        what=("主案不是紧急案件（{lead}）。", "The leading case is less urgent ({lead})."),
        why=("紧急案件不能并入普通案件。", "An emergency is not merged into an ordinary case."),
        now=("请把普通案件并入紧急案件。", "Merge the other way round."),
    ),
    "less_urgent": Said(
        what=("本案不是紧急案件。", "This case is less urgent."),
        why=("紧急案件不能并入普通案件。", "An emergency is not carried on in it."),
        now=("请反过来并案。", "Merge the other way round."),
    ),
    "already_joined": Said(
        what=("该案件已并入。", "That case is carried on here already."),
        why=("不重复并案。", "It joins once."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "not_joined": Said(
        what=("该案件或居民不在本案中。", "That case or resident is not on this matter."),
        why=("没有并入，或已经撤回。", "It never joined, or has left."),
        now=("请核对编号。", "Check the number."),
    ),
    "not_merged": Said(
        what=("本案没有并入其他案件。", "This case is not merged."),
        why=("没有并案就不需要拆分。", "There is nothing to take apart."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "recurs_itself": Said(
        what=("不能标注为自身的重复。", "A case does not recur itself."),
        why=("须填写更早的另一个案件。", "Name an earlier one."),
        now=("请核对编号。", "Check the number."),
    ),
    "already_marked": Said(
        what=("已标注为重复反映（{earlier}）。", "It is marked already ({earlier})."),
        why=("只标注一次。", "That is said once."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "already_noted": Said(
        what=("这次重复反映已经记录。", "That is noted already."),
        why=("每个后来的案件只记一次。", "Each later case is noted once."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "not_marked": Said(
        what=("本案没有标注为重复反映。", "It is not marked as reported again."),
        why=("没有标注就不能取消。", "There is no mark to take away."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "no_such_earlier": Said(
        what=("没有找到更早的案件（{earlier}）。", "The earlier case was not found ({earlier})."),
        why=("须是存在的案件编号。", "Name one that exists."),
        now=("请核对编号。", "Check the number."),
    ),
    "no_such_later": Said(
        what=("没有找到后来的案件（{later}）。", "The later case was not found ({later})."),
        why=("须是存在的案件编号。", "Name one that exists."),
        now=("请核对编号。", "Check the number."),
    ),
    "not_resolved_before": Said(
        what=(
            "前案在本次反映之前没有办结。",
            "The earlier case was not resolved before this was reported.",
        ),
        why=("只有办结后再次反映才算重复。", "Only what came back after a resolution counts."),
        now=("如属同一事项，请考虑并案。", "Merge them if it is one matter."),
    ),
    "recurrence_too_late": Said(
        what=(
            "超过了重复反映的计算期限（{until}）。",
            "It came after the time in which it counts ({until}).",
        ),
        why=("超过期限的不计入前案。", "Later reports do not count against the earlier case."),
        now=("按新案件办理即可。", "Treat it as a new case."),
    ),
    "not_the_same_matter": Said(
        what=("两案的类别或地点不同（{differs}）。", "Category or place differ ({differs})."),
        why=(
            "不同的须由管辖两案的督办员决定。",
            "Only a supervisor over both may still call it one matter.",
        ),
        now=("请核对，或请上级标注。", "Check, or ask a superior."),
    ),
    "reason_missing": Said(
        what=("请说明为何仍属同一事项。", "Say why it is the same matter all the same."),
        why=("类别或地点不同（{differs}），须写明理由。", "Category or place differ ({differs})."),
        now=("请填写理由。", "Give the reason."),
    ),
}
