"""Refusals of orders, reminders, suspension, extension and the shelf (R4.6, R4.7, R6). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "not_an_emergency": Said(
        what=("本案没有到场要求。", "Nobody is owed on site here."),
        why=("只有紧急情况才计到场时间。", "Only emergencies have that clock."),
        now=("直接填写办理进展即可。", "Record progress instead."),
    ),
    "reminded_recently": Said(
        what=(
            "刚刚催办过，{again_from} 之后可再次催办。",
            "It was reminded not long ago; again from {again_from}.",
        ),
        why=(
            "催办每隔一段时间一次，每次都有记录。",
            "Once in a while is allowed, and each is recorded.",
        ),
        now=("请稍候；可先补充情况。", "Wait, or add information meanwhile."),
    ),
    "order_open": Said(
        what=("您的督办还在等待答复。", "Your order still waits for its answer."),
        why=(
            "同一人不重复督办，答复有时限。",
            "The same supervisor does not order twice; the answer has its clock.",
        ),
        now=("请等待答复。", "Wait for it."),
    ),
    "no_order_open": Said(
        what=("没有等待答复的督办。", "No order waits for an answer."),
        why=("可能已经答复。", "It may have been answered already."),
        now=("请刷新查看。", "Look again."),
    ),
    "order_unanswered": Said(
        what=("还有督办未答复。", "An order waits for its answer."),
        why=("督办要先答复，不能跳过。", "It is answered, not passed over."),
        now=("请先答复督办。", "Answer it first."),
    ),
    "mediation_suspends_by_itself": Said(
        what=("调解期间系统自动暂停计时。", "Mediation stops the clock by itself."),
        why=("“调解”不能由人工选择。", "Nobody chooses that ground by hand."),
        now=("请另选理由，或先组织调解。", "Choose another, or open a mediation."),
    ),
    "nobody_on_site": Said(
        what=("紧急情况还没有人到场。", "Nobody is on site yet in this emergency."),
        why=(
            "有人到场前不得挂起或挂账。",
            "Before that it neither stands still nor goes on the shelf.",
        ),
        now=("请先派人到场并登记。", "Send somebody, and say so."),
    ),
    "ground_already_used": Said(
        what=(
            "本轮已用过这个挂起理由（{ground}）。",
            "That ground was used here before ({ground}).",
        ),
        why=("每个理由在一个单位只用一次。", "Each serves once in a unit's turn."),
        now=("请另选理由，或申请延期。", "Choose another, or ask for more time."),
    ),
    "no_handling_clock": Said(
        what=("目前没有办理时限在计。", "No handling clock runs."),
        why=("没有时限就无从挂起。", "There is nothing to stop."),
        now=("可直接继续办理。", "Simply go on."),
    ),
    "past_due": Said(
        what=("办理时限已过。", "The handling time is over."),
        why=("逾期后不能再挂起或延期。", "After that it is neither stopped nor lengthened."),
        now=("请尽快办理并答复。", "Settle it as soon as you can."),
    ),
    "rectification_is_bounded": Said(
        what=(
            "整改有最长期限，不能延期。",
            "A rectification has a longest time and is not extended.",
        ),
        why=("整改期限由复核决定。", "The review set it."),
        now=("请在期限内办结。", "Settle it within that time."),
    ),
    "extension_already_asked": Said(
        what=("本单位已申请过延期。", "An extension was asked for here before."),
        why=("每个单位只能申请一次。", "Once in each unit's turn."),
        now=("请在期限内办理，或上报。", "Settle it in time, or escalate."),
    ),
    "extension_too_long": Said(
        what=("申请的时间过长（最多 {most}）。", "That is too long (at most {most})."),
        why=(
            "延期不能超过原时限的规定比例。",
            "An extension is at most a share of the original time.",
        ),
        now=("请缩短申请时间。", "Ask for less."),
    ),
    "wrong_time_unit": Said(
        what=("时间单位不符。", "The unit of time does not fit."),
        why=("工作时间与自然时间不能混用。", "Working time and time on the wall are not mixed."),
        now=("请换用相同的计时单位。", "Ask in the unit the clock counts."),
    ),
    "no_extension_asked": Said(
        what=("没有等待批准的延期申请。", "No extension waits for a decision."),
        why=(
            "可能已决定或超时（视为不同意）。",
            "It was decided, or refused because time ran out.",
        ),
        now=("请刷新查看。", "Look again."),
    ),
    "suspended": Said(
        what=(
            "案件已挂起，暂不能批准延期。",
            "The case is on hold: an extension cannot be granted now.",
        ),
        why=("计时停着的时候不延长。", "A clock that stands still is not lengthened."),
        now=("请恢复后再批，或不予批准。", "Wait until it runs again, or refuse."),
    ),
    "no_unit_above": Said(
        what=("上面没有可以决定的单位（{unit}）。", "No unit is above that could decide ({unit})."),
        why=("延期由上一级决定。", "Extensions are decided one level up."),
        now=("请在原时限内办理。", "Settle it in its own time."),
    ),
    "department_only": Said(
        what=(
            "挂账只能由职能部门申请（{stage}）。",
            "Only a department asks for the shelf ({stage}).",
        ),
        why=("其他层级应上报。", "Other rungs escalate."),
        now=("请上报。", "Escalate it."),
    ),
    "extension_not_used_up": Said(
        what=("延期还没有用完。", "The extension is not used up."),
        why=(
            "先用完延期，仍无法解决才可挂账。",
            "The shelf is for what more time could not settle.",
        ),
        now=("请先申请延期。", "Ask for the extension first."),
    ),
    "shelving_asked": Said(
        what=("已经申请挂账，正在等待批准。", "The shelf was asked for and waits for a decision."),
        why=("同一时间只有一个申请。", "One request at a time."),
        now=("请等待批准。", "Wait for the decision."),
    ),
    "no_shelving_asked": Said(
        what=("没有等待批准的挂账申请。", "Nothing waits to be shelved."),
        why=("可能已经决定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
}
