"""What a case is and how far it has come. No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "no_such_case": Said(
        what=("没有这个案件。", "There is no such case."),
        why=("案件编号不存在。", "Nothing was opened under this number."),
        now=("请核对编号。", "Check the number."),
    ),
    "case_exists": Said(
        what=("这个编号的案件已经存在。", "A case of this number exists already."),
        why=("一个编号只登记一次。", "A number is given once."),
        now=("请直接查看该案件。", "Open that case instead."),
    ),
    "case_closed": Said(
        what=("案件已经结案。", "The case is closed."),
        why=(
            "结案后只能办理少数收尾事项（结案方式：{reason}）。",
            "Little is still heard after closing (it was closed as: {reason}).",
        ),
        now=(
            "同一事项如再次发生，请登记新的诉求。",
            "If the matter comes up again, open a new case.",
        ),
    ),
    "case_open": Said(
        what=("案件尚未全部办完。", "The case is not over yet."),
        why=(
            "还有事项未了结时，不能删除个人信息。",
            "Nobody is forgotten while something is still owed to them.",
        ),
        now=("请等案件结束后再办。", "Wait until the case has ended."),
    ),
    "not_open": Said(
        what=("案件目前不在办理中（{phase}）。", "The case is not being worked on now ({phase})."),
        why=("这一步只能在办理期间进行。", "This belongs to the time it is worked on."),
        now=("请先查看案件进展。", "Look at where the case stands."),
    ),
    "not_awaiting_acceptance": Said(
        what=(
            "案件现在不是待签收状态（{phase}）。",
            "The case does not wait for acceptance ({phase}).",
        ),
        why=("只有刚转到的案件需要签收。", "Only what has just arrived is accepted."),
        now=("请刷新后查看当前状态。", "Look at where it stands now."),
    ),
    "not_in_progress": Said(
        what=("案件现在不在办理中（{phase}）。", "The case is not in progress ({phase})."),
        why=(
            "这一步只能在签收之后、办结之前进行。",
            "This is done after acceptance and before it is resolved.",
        ),
        now=(
            "待签收的请先签收；已挂起的请先恢复。",
            "Accept it first, or resume it if it is on hold.",
        ),
    ),
    "not_suspended": Said(
        what=("案件现在没有挂起（{phase}）。", "The case is not on hold ({phase})."),
        why=("只有挂起的案件才能恢复。", "Only what is on hold can be resumed."),
        now=("可直接继续办理。", "Simply go on."),
    ),
    "not_shelved": Said(
        what=("案件现在没有挂账（{phase}）。", "The case is not on the shelf ({phase})."),
        why=("只有挂账的案件才需要挂账复查。", "Only shelved cases are reviewed there."),
        now=("请按当前状态办理。", "Go on as the case stands."),
    ),
    "not_awaiting_rating": Said(
        what=("案件现在不在评价期（{phase}）。", "The case does not wait for a rating ({phase})."),
        why=(
            "办结之后才能回访和评价，每轮有时限。",
            "Calls and ratings follow a resolution, and each round has its time.",
        ),
        now=(
            "请等待办结，或查看是否已过评价期。",
            "Wait for the resolution, or see whether the time is over.",
        ),
    ),
    "is_dispute": Said(
        what=("这是纠纷，不适用这一步。", "This is a dispute: it cannot be done here."),
        why=(
            "纠纷内容保密，只在当事人之间处理。",
            "A dispute is confidential and its parties' own.",
        ),
        now=("请走调解程序。", "Use mediation."),
    ),
    "not_a_dispute": Said(
        what=("这不是纠纷案件。", "This is not a dispute."),
        why=("调解只用于有两方以上当事人的纠纷。", "Mediation needs two or more parties."),
        now=("如属纠纷，请另行登记。", "If it is one, open it as a dispute."),
    ),
    "no_resident": Said(
        what=("本案没有反映人。", "No resident came with this case."),
        why=(
            "由工作人员主动发现的事项无人可回访、撤回或授权。",
            "What staff found themselves has nobody to call, withdraw it or name an agent.",
        ),
        now=("请按核验程序办结。", "It ends by a verification."),
    ),
    "parties_missing": Said(
        what=("没有填写另一方当事人。", "The other party is missing."),
        why=("纠纷至少要有两方。", "A dispute has two parties or more."),
        now=("请补填另一方当事人。", "Name the other party."),
    ),
    "parties_of_a_request": Said(
        what=("诉求不需要填写当事人。", "A request has no parties."),
        why=("只有纠纷才有当事人。", "Only disputes have."),
        now=("请删除当事人，或改登记为纠纷。", "Leave them out, or open it as a dispute."),
    ),
    "right_open": Said(
        what=("还有人可以对本案提出异议。", "Somebody may still contest something of this case."),
        why=(
            "在权利期届满（{until}）之前不能删除个人信息。",
            "Until {until} nobody of it is forgotten.",
        ),
        now=("请在期满后再办。", "Wait until then."),
    ),
    "already_erased": Said(
        what=("个人信息已经删除。", "It is erased already."),
        why=("密钥销毁后不能再次删除。", "A key is destroyed once."),
        now=("无需再办。", "There is nothing left to do."),
    ),
}
