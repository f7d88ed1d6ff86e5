"""Refusals of mediation, agreement and duties (R7). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "no_mediation": Said(
        what=("目前没有进行中的调解。", "No mediation is under way."),
        why=("还没有发起，或已经结束。", "None was opened here, or it has ended."),
        now=("需要时请先发起调解。", "Open one first."),
    ),
    "not_at_this_step": Said(
        what=("调解还没到这一步，或已过这一步。", "The mediation is not at this step."),
        why=("调解须按步骤进行。", "Its steps go in order."),
        now=("请查看调解的当前步骤。", "Look at how far it has come."),
    ),
    "already_mediated_here": Said(
        what=("本级已调解过。", "It was mediated here before."),
        why=("每级调解一次，不成则交上一级。", "Once at each rung; then the next one does."),
        now=("请上报，或按规定引导到其他途径。", "Escalate, or refer it to another door."),
    ),
    "already_consented": Said(
        what=("该当事人已同意。", "That party has consented already."),
        why=("同意只登记一次。", "That is said once."),
        now=("无需重复。", "There is nothing to repeat."),
    ),
    "not_consented": Said(
        what=("该当事人没有同意过。", "That party has not consented."),
        why=("没有同意就无从撤回。", "There is nothing to take back."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "consents_missing": Said(
        what=("当事人还没有全部同意。", "Not every party has answered yet."),
        why=("调解须各方自愿。", "Mediation is voluntary."),
        now=("请等待各方答复。", "Wait for their answers."),
    ),
    "unknown_party": Said(
        what=("没有这位当事人（{subject}）。", "There is no such party ({subject})."),
        why=("只能写本案的当事人。", "Name one of this case."),
        now=("请重新选择。", "Choose again."),
    ),
    "not_your_word": Said(
        what=("不能替其他当事人表态。", "You cannot speak for another party."),
        why=("每位当事人只代表自己。", "Each speaks for itself."),
        now=("请用自己的链接为自己表态。", "Use your own link for your own word."),
    ),
    "how_it_was_given_missing": Said(
        what=("没有注明当事人如何表态。", "It is not said how the party gave its word."),
        why=("代为登记须写明当面或书面。", "Staff record whether it was said or written."),
        now=("请选择方式。", "Choose how."),
    ),
    "nobody_meant": Said(
        what=("没有找到所指的人。", "Nobody is meant by that."),
        why=(
            "可以写经办人、调解员序号或人员编号。",
            "Name the handler, a place on the panel or a person.",
        ),
        now=("请重新填写。", "Say it again."),
    ),
    "mediation_under_way": Said(
        what=("调解正在进行。", "A mediation is under way."),
        why=("调解期间不能进行这一步。", "This waits until it has ended."),
        now=("请先完成或终止调解。", "Complete it or give it up first."),
    ),
    "panel_complete": Said(
        what=("调解小组已组成。", "The panel is complete."),
        why=("有人退出后才重新组成。", "It is formed anew when somebody leaves."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "panel_empty": Said(
        what=("没有选择调解员。", "No mediator is named."),
        why=("小组至少要有一人。", "A panel has at least one."),
        now=("请选择可担任的调解员。", "Name one who is free."),
    ),
    "panel_incomplete": Said(
        what=("调解小组缺人。", "The panel is not complete."),
        why=("有人退出后须补齐才能继续。", "A place that fell empty is filled before talks go on."),
        now=("请重新组成小组。", "Form it anew."),
    ),
    "joint_panel_incomplete": Said(
        what=(
            "街道联合调解须有律师或民警参加。",
            "A street's panel needs a lawyer or a police officer.",
        ),
        why=("现有人选中没有。", "There is none among those named."),
        now=("请加入律师或民警。", "Add one."),
    ),
    "no_mediator_here": Said(
        what=("该岗位不能在此担任调解员（{post}）。", "That post does not mediate here ({post})."),
        why=(
            "须是本单位或上级在岗的调解员。",
            "Mediators of the unit or a superior do, while somebody holds the post.",
        ),
        now=("请另选。", "Choose another."),
    ),
    "mediator_has_a_stake": Said(
        what=("该人与纠纷有利害关系，应回避。", "That person has a stake."),
        why=(
            "当事人、亲属和被投诉人不得调解。",
            "No party, relative or handler complained about mediates.",
        ),
        now=("请另选。", "Choose another."),
    ),
    "mediator_was_rejected": Said(
        what=("该调解员已被当事人拒绝或已退出。", "That mediator was rejected or has left."),
        why=("退出的人不再参加本次调解。", "Who left does not come back to this mediation."),
        now=("请由其他调解员办理。", "Let another do it."),
    ),
    "mediator_named_twice": Said(
        what=("同一人被选了两次。", "The same person is named twice."),
        why=("每人只占一席。", "Each has one place."),
        now=("请删去一个。", "Leave one out."),
    ),
    "already_rejected_one": Said(
        what=("该当事人已拒绝过一位调解员。", "That party has rejected a mediator before."),
        why=("每次调解可拒绝一次。", "Once in a mediation."),
        now=("不能再拒绝。", "It cannot do so again."),
    ),
    "nobody_in_that_place": Said(
        what=("这个席位没有人（{seat}）。", "Nobody is in that place ({seat})."),
        why=("席位空缺或序号有误。", "It is empty, or the number is wrong."),
        now=("请核对序号。", "Check the number."),
    ),
    "session_before_the_panel": Said(
        what=("会议早于小组组成。", "The session was before the panel."),
        why=("只能记录小组组成后的会议。", "Only those held under it are recorded."),
        now=("请核对时间。", "Check the time."),
    ),
    "session_in_the_future": Said(
        what=("会议时间还没到。", "The session is still to come."),
        why=("只能记录已举行的会议。", "What was held is recorded."),
        now=("请核对时间。", "Check the time."),
    ),
    "mediators_not_of_the_panel": Said(
        what=("所写调解员不在小组中。", "Those mediators are not on the panel."),
        why=("会议由小组成员主持。", "Its members hold the sessions."),
        now=("请核对席位序号。", "Check the places."),
    ),
    "limit_over": Said(
        what=("调解期限已到。", "The time for mediation is over."),
        why=("期限届满后不能再延长或起草协议。", "Nothing new is drafted or asked for then."),
        now=(
            "请等待当事人对现有协议表态，或结束调解。",
            "Wait for the draft's confirmation, or end it.",
        ),
    ),
    "longer_already_asked": Said(
        what=("已征求过延长意见。", "The parties are being asked for more time already."),
        why=("同一时间只征求一次。", "Once at a time."),
        now=("请等待各方答复。", "Wait for their answers."),
    ),
    "no_longer_asked": Said(
        what=("没有在征求延长意见。", "Nobody asked for more time."),
        why=("没有提出延长。", "There is nothing to answer."),
        now=("无需表态。", "There is nothing to do."),
    ),
    "longer_than_the_limit_again": Said(
        what=("延长时间过长。", "That is too long."),
        why=("延长合计不得超过一个调解期限。", "In all at most the limit once more."),
        now=("请缩短时间。", "Ask for less."),
    ),
    "no_session_held": Said(
        what=("还没有开过调解会。", "No session was held yet."),
        why=(
            "先谈过，才能起草协议或放弃调解。",
            "Talks come before an agreement, or before giving up.",
        ),
        now=("请先记录一次调解会。", "Record a session first."),
    ),
    "another_draft_by_now": Said(
        what=("协议草案已更新（第 {draft} 稿）。", "There is another draft by now ({draft})."),
        why=("只能确认最新一稿。", "The latest one is confirmed."),
        now=("请阅读最新草案后再表态。", "Read it, then answer."),
    ),
    "already_confirmed": Said(
        what=("该当事人已确认。", "That party has confirmed already."),
        why=("确认只登记一次。", "That is said once."),
        now=("无需重复。", "There is nothing to repeat."),
    ),
    "duty_already_due": Said(
        what=("履行期限已过。", "A duty would be due already."),
        why=("约定的期限须在将来。", "Its day lies ahead."),
        now=("请修改期限。", "Change the day."),
    ),
    "no_such_duty": Said(
        what=("没有这项履行义务。", "There is no such duty."),
        why=("协议未生效或编号有误。", "No agreement is in force, or the name is wrong."),
        now=("请核对。", "Check it."),
    ),
    "already_checked": Said(
        what=("这项义务已核实。", "That duty was checked already."),
        why=("每项只核实一次。", "Once for each."),
        now=("无需重复。", "There is nothing to do."),
    ),
    "not_due_yet": Said(
        what=("履行期限未到（{due}）。", "It is not due yet ({due})."),
        why=("到期前不能认定未履行。", "Before that nobody has failed to perform."),
        now=("请到期后核实。", "Check it after that day."),
    ),
    "mediation_not_exhausted": Said(
        what=("调解途径还没有用尽。", "Mediation is not exhausted."),
        why=("调解到底仍不成，才引导到其他途径。", "Other doors come at its end."),
        now=("请先完成调解或上报。", "Mediate, or escalate, first."),
    ),
    "no_door_for_disputes": Said(
        what=("纠纷不能引导到这个去处（{to}）。", "A dispute is not referred there ({to})."),
        why=("只能是仲裁、法院或法律援助。", "Arbitration, court or legal aid."),
        now=("请重新选择。", "Choose one of those."),
    ),
}
