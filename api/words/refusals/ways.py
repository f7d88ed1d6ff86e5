"""Refusals of the ways a case takes: up, down, back and across (R2.2, R3.2, R4). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "no_such_post_here": Said(
        what=("本单位没有可接手的岗位（{unit}）。", "No post here could take it ({unit})."),
        why=(
            "只能指派给本单位在岗的经办岗位。",
            "It is assigned to a handling post of the same unit that somebody holds now.",
        ),
        now=("请另选岗位，或请上级安排。", "Choose another, or ask the unit above."),
    ),
    "nobody_takes_over": Said(
        what=("单位内无人能接手（{unit}）。", "Nobody of the unit could take it over ({unit})."),
        why=("离岗人员的案件须有人接。", "The cases of a post that ends need somebody."),
        now=("请管理员先安排岗位。", "Let an administrator open a post first."),
    ),
    "not_in_charge_any_more": Said(
        what=("案件已不在这个岗位（{post}）。", "The case is no longer with that post ({post})."),
        why=("可能已经转走。", "It has gone on meanwhile."),
        now=("无需再移交。", "There is nothing to hand over."),
    ),
    "post_still_valid": Said(
        what=("这个岗位仍然有效（{post}）。", "That post is still valid ({post})."),
        why=("只有到期的岗位才移交全部案件。", "Cases are handed over from a post that has ended."),
        now=("请先结束该岗位。", "End the post first."),
    ),
    "no_progress_recorded": Said(
        what=(
            "本级还没有办理记录，不能上报（{stage}）。",
            "This rung has recorded no progress yet ({stage}).",
        ),
        why=(
            "办过才能上交；紧急情况除外。",
            "A case goes up after something was tried, except in an emergency.",
        ),
        now=("请先填写一条办理进展，再上报。", "Record what was done, then escalate."),
    ),
    "adjudication_open": Said(
        what=("正在裁定由谁办理。", "A superior is deciding whose case this is."),
        why=("裁定之前案件留在原处。", "Until then it stays where it is."),
        now=("请等待上级裁定。", "Wait for the decision."),
    ),
    "reason_is_automatic": Said(
        what=("这个上报理由由系统使用。", "That reason is the system's own."),
        why=("逾期等情况由系统自动上报。", "What runs out of time climbs by itself."),
        now=("请另选理由。", "Choose another reason."),
    ),
    "top_of_ladder": Said(
        what=("已在最高一级，不能再上报（{stage}）。", "There is no rung above ({stage})."),
        why=("职能部门之上不再上报，改为督办。", "Above a department there are orders, not rungs."),
        now=(
            "请继续办理，或申请延期、转办、挂账。",
            "Go on, or ask for time, a transfer or the shelf.",
        ),
    ),
    "not_upwards": Said(
        what=("选择的层级不在上面（{to}）。", "That rung is not above ({to})."),
        why=("上报只能往上。", "Escalation goes upwards."),
        now=("请选择更高的层级。", "Choose a higher one."),
    ),
    "rung_skipped": Said(
        what=("不能越级上报，下一级是{next}。", "A rung would be skipped; the next is {next}."),
        why=("只有目录允许或紧急情况才能越级。", "Only the catalogue or an emergency allows that."),
        now=("请逐级上报。", "Go one rung at a time."),
    ),
    "nothing_below": Said(
        what=(
            "案件在首问环节，没有可退回的单位。",
            "The case is at first contact: there is nowhere to return it to.",
        ),
        why=("首问即负责，不能退。", "Whoever receives a resident answers for it."),
        now=(
            "请办理、移交，或按规定不予受理。",
            "Settle it, hand it over, or decline it on a listed ground.",
        ),
    ),
    "climbed_by_itself": Said(
        what=("案件因下级逾期而升级，不能退回。", "The case climbed because time ran out below."),
        why=(
            "逾期的责任已记录，事项由本级接办。",
            "The breach stays there; the work is yours now.",
        ),
        now=("请继续办理。", "Go on with it."),
    ),
    "rectification_ordered": Said(
        what=("案件是整改交办的，不能退回。", "The case was sent here to be rectified."),
        why=("复核已认定由本单位重办。", "A review decided that it is done again here."),
        now=("请继续办理。", "Go on with it."),
    ),
    "reopened_here": Said(
        what=("案件因协议未履行或危险情况重启，不能退回。", "The case was reopened here."),
        why=(
            "重启后由本单位负责。",
            "After an agreement was not kept, or danger, it stays with you.",
        ),
        now=("请继续办理。", "Go on with it."),
    ),
    "mass_case": Said(
        what=("这是群体性诉求，已由街道接办。", "This is a mass case and entered at the street."),
        why=("人数达到标准即由街道直接办理。", "So many residents go to the street at once."),
        now=("请继续办理。", "Go on with it."),
    ),
    "mediation_failed_there": Said(
        what=("下级调解已失败，不能退回。", "Mediation failed below."),
        why=("调解不成即由上一级接手。", "The next rung takes over then."),
        now=("请在本级组织调解或继续办理。", "Mediate here, or go on."),
    ),
    "transfer_was_accepted": Said(
        what=("案件是本部门同意接收的，不能退回。", "Your department accepted the transfer."),
        why=("同意转办后即由本部门负责。", "Who accepted it answers for it."),
        now=("如确有错误，请再申请转办。", "Ask for another transfer if it was wrong."),
    ),
    "bound_by_adjudication": Said(
        what=("上级已裁定由本单位办理。", "A superior has decided that it is yours."),
        why=("裁定有约束力，不能再退回或转办。", "That decision binds."),
        now=("请继续办理。", "Go on with it."),
    ),
    "return_window_over": Said(
        what=("退回期已过（{ended}）。", "The time to return it is over ({ended})."),
        why=("签收后只有一小段时间可以退回。", "After acceptance there is a short while to look."),
        now=("请继续办理，或上报。", "Go on, or escalate."),
    ),
    "nobody_there": Said(
        what=("对方单位目前无人可接（{unit}）。", "Nobody is there to take it ({unit})."),
        why=("案件不能转到无人负责的地方。", "A case goes nowhere where nobody answers for it."),
        now=("请另选单位，或请上级安排。", "Choose another unit, or ask the unit above."),
    ),
    "nothing_to_adjudicate": Said(
        what=("没有等待裁定的职责争议。", "Nothing waits to be adjudicated."),
        why=("可能已经裁定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
    "no_such_rung": Said(
        what=("这个单位不能办理案件（{unit}）。", "That unit handles no cases ({unit})."),
        why=("只能裁定给网格、社区、街道或部门。", "A grid, community, street or department does."),
        now=("请另选单位。", "Choose another."),
    ),
    "not_at_a_department": Said(
        what=("案件不在职能部门（{stage}）。", "The case is not at a department ({stage})."),
        why=("转办只在部门之间进行。", "Transfers go between departments."),
        now=("请上报或退回。", "Escalate or return it instead."),
    ),
    "transfer_open": Said(
        what=(
            "已经向另一部门申请转办，正在等待答复。",
            "A transfer is already offered and waits for its answer.",
        ),
        why=("同一时间只能问一个部门。", "One department is asked at a time."),
        now=("请等待答复。", "Wait for the answer."),
    ),
    "not_another_department": Said(
        what=("请选择另一个职能部门（{unit}）。", "Name another department ({unit})."),
        why=("转办只能转给其他部门。", "A transfer goes to one that is not your own."),
        now=("请重新选择。", "Choose again."),
    ),
    "no_transfer_offered": Said(
        what=("没有等待答复的转办。", "No transfer waits for an answer."),
        why=("可能已答复或已超时。", "It was answered, or its time is over."),
        now=("请刷新查看。", "Look again."),
    ),
    "not_yours_to_delegate": Said(
        what=("本级不能交办（{stage}）。", "This rung does not delegate ({stage})."),
        why=("只有街道和部门可以向下交办。", "Only streets and departments hand work down."),
        now=("请在本级办理或上报。", "Work on it here, or escalate."),
    ),
    "not_a_community_or_grid": Said(
        what=("只能交办给社区（村）或网格（{unit}）。", "Name a community or a grid ({unit})."),
        why=("交办是向下的。", "Delegating goes down to one of those."),
        now=("请重新选择。", "Choose again."),
    ),
    "not_below": Said(
        what=("该单位不在本单位之下（{unit}）。", "That unit is not below yours ({unit})."),
        why=("只能交办给下级。", "Work is handed down to those under you."),
        now=("请重新选择。", "Choose again."),
    ),
    "outside_the_place": Said(
        what=("该单位不管这个地点（{unit}）。", "The place is not in that unit's area ({unit})."),
        why=("不能把别处的事交给它。", "Nobody is handed what lies elsewhere."),
        now=("请选择事发地的单位。", "Choose the unit of the place."),
    ),
    "time_ran_out_there": Said(
        what=("该单位在本轮已经逾期（{unit}）。", "Time ran out there in this round ({unit})."),
        why=(
            "因逾期升级的案件不再交回原单位。",
            "What climbed for that does not go back down to it.",
        ),
        now=("请在本级办理，或另选单位。", "Work on it here, or choose another unit."),
    ),
    "nobody_below": Said(
        what=("该单位目前无人可接（{unit}）。", "Nobody is there to take it ({unit})."),
        why=("交办须有人负责。", "Work handed down needs somebody who answers for it."),
        now=("请另选单位。", "Choose another unit."),
    ),
    "not_admitted": Said(
        what=(
            "这项工作未经准入，不能交给社区（{item}）。",
            "This work is not admitted below ({item}).",
        ),
        why=(
            "不属于社区的工作须先获准入批准，权随责走、费随事转；现有准入：{admission}。",
            "What is not its own goes down only as admitted; nearest: {admission}.",
        ),
        now=("请在本级办理，或先申请准入。", "Do it here, or apply for an admission first."),
    ),
    "not_under_admission": Said(
        what=("案件不是按准入交下来的。", "The case did not come under an admission."),
        why=("只有准入的工作才有随事经费。", "Only admitted work carries money."),
        now=("无需登记经费。", "There is nothing to record."),
    ),
    "nothing_spent": Said(
        what=("金额须大于零。", "The amount must be more than nothing."),
        why=("登记的是实际支出（分）。", "What is recorded was spent, in fen."),
        now=("请填写金额。", "Give the amount."),
    ),
    "admission_over": Said(
        what=("准入已到期或被撤销（{admission}）。", "The admission is over ({admission})."),
        why=("不在有效期内的经费不能使用。", "Its money is used only while it is in force."),
        now=("请联系批准单位。", "Ask who approved it."),
    ),
    "admission_money_used_up": Said(
        what=(
            "准入经费已不足（{year} 年，剩余 {left} 分）。",
            "The admission's money is used up ({year}, {left} fen left).",
        ),
        why=("不能超过批准的年度经费。", "Never more than was granted for the year."),
        now=("请减少金额，或申请追加。", "Record less, or apply for more."),
    ),
}
