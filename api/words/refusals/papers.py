"""Refusals of catalogue, calendar, policy, admissions, visits, erasures and reports. No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "item_exists": Said(
        what=("事项编号已存在（{item}）。", "That item exists already ({item})."),
        why=("编号只用一次。", "An id is used once."),
        now=("请换一个编号。", "Choose another."),
    ),
    "item_change_planned": Said(
        what=("该事项已有计划中的变更（{item}）。", "A change of that item is planned ({item})."),
        why=("同一事项一次只计划一项变更。", "One at a time."),
        now=("请先取消原计划。", "Cancel that one first."),
    ),
    "class_has_another_name": Said(
        what=("类别名称不一致（{class_id}）。", "That class has another name ({class_id})."),
        why=("同一类别只有一个名称。", "A class has one."),
        now=("请核对名称。", "Check it."),
    ),
    "no_handling_rung": Said(
        what=("首办层级不能是首问（{rung}）。", "The first rung cannot be that ({rung})."),
        why=("首办层级是网格以上各级。", "It is one that handles cases."),
        now=("请另选层级。", "Choose another."),
    ),
    "not_a_department": Said(
        what=(
            "责任单位不是职能部门（{unit}，{kind}）。",
            "The responsible unit is no department ({unit}, {kind}).",
        ),
        why=("事项须有责任部门。", "Each item names one."),
        now=("请另选。", "Choose another."),
    ),
    "no_holidays": Said(
        what=("没有填写节假日（{year} 年）。", "No holidays are given ({year})."),
        why=(
            "未公布的年份须明示，不得默认。",
            "A year without an arrangement is said aloud, not assumed.",
        ),
        now=("请填写放假安排。", "Give the arrangement."),
    ),
    "not_a_holiday_of_the_year": Said(
        what=(
            "放假日期不在该年（{first} 至 {last}）。",
            "Those days are not of the year ({first} to {last}).",
        ),
        why=("每年的安排单独公布。", "Each year has its own arrangement."),
        now=("请修改日期。", "Change them."),
    ),
    "not_a_make_up_day": Said(
        what=("该日不能作为调休上班日（{day}）。", "That is no make-up working day ({day})."),
        why=("调休日须是该年的休息日。", "It is a day off of that year."),
        now=("请修改日期。", "Change it."),
    ),
    "policy_unreadable": Said(
        what=("规则文件不能使用。", "The policy cannot be used."),
        why=("内容有误：{fault}。", "What is wrong: {fault}."),
        now=("请修改后再发布。", "Mend it, then publish."),
    ),
    "version_exists": Said(
        what=("该版本已存在（{version}）。", "That version exists ({version})."),
        why=("已发布的版本不得改动。", "What was published is not changed."),
        now=("请使用新的版本号。", "Give a new version."),
    ),
    "admission_exists": Said(
        what=("该准入编号已存在（{admission}）。", "That admission exists ({admission})."),
        why=("每次申请一个编号。", "One for each application."),
        now=("请查看原申请。", "Look at that one."),
    ),
    "no_such_admission": Said(
        what=("没有这个准入（{admission}）。", "There is no such admission ({admission})."),
        why=("编号有误。", "The id is wrong."),
        now=("请核对。", "Check it."),
    ),
    "community_own": Said(
        what=("这本来就是社区的工作（{item}）。", "This is the community's own work ({item})."),
        why=("社区自有事项不需要准入。", "It needs no admission."),
        now=("可直接交办。", "Delegate it."),
    ),
    "not_responsible": Said(
        what=(
            "您的部门不负责该事项（{item}，责任部门 {department}）。",
            "Your department is not responsible ({item}: {department}).",
        ),
        why=("由责任部门申请准入。", "The responsible one applies."),
        now=("请责任部门申请。", "Let it do so."),
    ),
    "units_missing": Said(
        what=("没有选择社区。", "No unit is named."),
        why=("准入须指明进入哪些社区。", "An admission says which communities it is for."),
        now=("请至少选择一个。", "Name one."),
    ),
    "not_a_community": Said(
        what=("该单位不能承接准入（{unit}）。", "That unit takes no admission ({unit})."),
        why=("准入进入社区（村）或其上级街道。", "Communities do, or the street over them."),
        now=("请另选。", "Choose another."),
    ),
    "outside_reach": Said(
        what=(
            "该单位不在您的辖区（{unit}，辖区 {reach}）。",
            "That unit is outside your reach ({unit}, reach {reach}).",
        ),
        why=("只能申请辖区内的社区。", "You apply for those within it."),
        now=("请另选。", "Choose another."),
    ),
    "money_negative": Said(
        what=("金额不能为负（{fen} 分）。", "Money cannot be less than nothing ({fen} fen)."),
        why=("随事经费为零或正数。", "It is none, or more."),
        now=("请修改金额。", "Change it."),
    ),
    "period_empty": Said(
        what=("有效期为空。", "The period is empty."),
        why=("结束须晚于开始。", "It ends after it begins."),
        now=("请修改期间。", "Change it."),
    ),
    "period_over": Said(
        what=("有效期已过（{until}）。", "The period is over ({until})."),
        why=("准入须在将来有效。", "An admission is for what comes."),
        now=("请修改期间。", "Change it."),
    ),
    "not_awaiting_approval": Said(
        what=("不在等待批准（当前：{state}）。", "It does not wait for an approval ({state})."),
        why=("可能已经决定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
    "own_application": Said(
        what=("这是您自己的申请，不能由您批准。", "You applied for it yourself."),
        why=("申请与批准须由不同的人办理。", "Who applies does not approve."),
        now=("请由他人批准。", "Somebody else has to."),
    ),
    "approved_before": Said(
        what=("您已批准过一次。", "You have approved it before."),
        why=("须由两个人分别批准。", "Two people approve."),
        now=("请由另一人批准。", "The other one has to."),
    ),
    "not_approved": Said(
        what=("准入没有批准（当前：{state}）。", "It is not approved ({state})."),
        why=("只有批准的准入可以撤销。", "Only an approved one is revoked."),
        now=("请刷新查看。", "Look again."),
    ),
    "already_revoked": Said(
        what=("已撤销（{since}）。", "It was revoked already ({since})."),
        why=("撤销只办一次。", "That is done once."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "ends_before": Said(
        what=("该日期晚于有效期（{ends}）。", "It ends before that ({ends})."),
        why=("有效期本来就会先结束。", "There is nothing to revoke then."),
        now=("无需撤销。", "Choose an earlier day, or leave it."),
    ),
    "visit_exists": Said(
        what=("该走访记录已存在（{visit}）。", "That visit exists ({visit})."),
        why=("每次走访一份记录。", "One record for each."),
        now=("请查看原记录。", "Look at that one."),
    ),
    "no_such_visit": Said(
        what=("没有这次走访（{visit}）。", "There is no such visit ({visit})."),
        why=("编号有误。", "The id is wrong."),
        now=("请核对。", "Check it."),
    ),
    "no_post_then": Said(
        what=("走访时您不在该岗位（{post}）。", "You did not hold that post then ({post})."),
        why=("走访须以当时有效的岗位记录。", "A visit is recorded at a post valid at the time."),
        now=("请选择当时的岗位。", "Choose that post."),
    ),
    "not_visited_yet": Said(
        what=("走访时间还没到。", "That visit is still to come."),
        why=("只能记录已进行的走访。", "What was made is recorded."),
        now=("请核对时间。", "Check the time."),
    ),
    "recorded_too_late": Said(
        what=("补录期已过（{until}）。", "It is too late to record it ({until})."),
        why=("走访须及时记录。", "A visit is recorded soon."),
        now=("无法再补录。", "It can no longer be done."),
    ),
    "place_unknown": Said(
        what=("没有说明走访地点。", "The place is not known."),
        why=("须能确定网格、社区或街道。", "It must lie in a grid, community or street."),
        now=("请补充地点。", "Say where it was."),
    ),
    "not_of_the_place": Said(
        what=("该单位不是走访地点的单位（{unit}）。", "That unit is not of the place ({unit})."),
        why=("由此登记的案件须在走访地。", "What comes of a visit lies where it was made."),
        now=("请核对。", "Check it."),
    ),
    "not_of_this_visit": Said(
        what=(
            "该案件不是由这次走访登记的（{case}）。",
            "That case did not come of this visit ({case}).",
        ),
        why=("走访记录只管自己的案件。", "A visit knows its own."),
        now=("请核对编号。", "Check the number."),
    ),
    "nothing_to_amend": Said(
        what=("没有可更正的内容。", "There is nothing to amend."),
        why=("更正须与原记录不同。", "An amendment says something new."),
        now=("请填写要更正的内容。", "Say what."),
    ),
    "erasure_exists": Said(
        what=("该申请编号已存在（{erasure}）。", "That erasure exists ({erasure})."),
        why=("每次申请一个编号。", "One for each request."),
        now=("请查看原申请。", "Look at that one."),
    ),
    "no_such_erasure": Said(
        what=("没有这个删除申请（{erasure}）。", "There is no such erasure ({erasure})."),
        why=("编号有误。", "The id is wrong."),
        now=("请核对。", "Check it."),
    ),
    "targets_missing": Said(
        what=("没有选择要删除的内容。", "Nothing is named."),
        why=("须指明案件和当事人。", "An erasure says which case and whom."),
        now=("请选择。", "Name them."),
    ),
    "no_such_subject": Said(
        what=("案件中没有这个人（{subject}）。", "That case has no such person ({subject})."),
        why=("须是本案的反映人或当事人。", "Name its reporter or a party."),
        now=("请核对。", "Check it."),
    ),
    "legal_hold": Said(
        what=("正处于法定保存期（至 {until}）。", "It is held by law until {until}."),
        why=("移送司法等途径的案件须保存一段时间。", "What was referred is kept for a time."),
        now=("请在期满后再申请。", "Ask again after that."),
    ),
    "asked_for_it": Said(
        what=("这是您提出的申请，不能由您批准。", "You asked for it yourself."),
        why=("申请与批准须由不同的人办理。", "Who asks does not approve."),
        now=("请由他人批准。", "Somebody else has to."),
    ),
    "own_matter": Said(
        what=("您经手过该案件，不能批准。", "You had a hand in that case."),
        why=("经手人不得决定删除。", "Who had does not decide what is erased."),
        now=("请由未经手的人批准。", "Somebody else has to."),
    ),
    "not_your_erasure": Said(
        what=("这不是您的申请。", "That is not your request."),
        why=("只有申请人可以撤回。", "Who asked takes it back."),
        now=("请申请人办理。", "Let them do so."),
    ),
    "not_to_be_erased": Said(
        what=("该内容不在删除范围内（{case}）。", "That is not to be erased ({case})."),
        why=("只删除批准的内容。", "Only what was approved is."),
        now=("请核对。", "Check it."),
    ),
    "another_report": Said(
        what=("该编号属于另一份报告（{report}）。", "That is another report ({report})."),
        why=("编号由期间和单位决定。", "Its id says period and unit."),
        now=("请核对。", "Check it."),
    ),
    "edition_taken": Said(
        what=("该版次已存在（{edition}）。", "That edition exists ({edition})."),
        why=("已出版次不得改动。", "What was written is not changed."),
        now=("请出新的版次。", "Write the next."),
    ),
    "file_not_kept": Said(
        what=("报告文件没有保存（{sha256}）。", "The file is not kept ({sha256})."),
        why=("先存文件，后作记录。", "It is kept before it is recorded."),
        now=("请重新生成。", "Write it again."),
    ),
    "not_later": Said(
        what=(
            "截止时间不晚于上一版（{as_of}）。",
            "It is no later than the edition before ({as_of}).",
        ),
        why=("新版须反映更新的记录。", "A new one knows more."),
        now=("请稍后再出。", "Write it later."),
    ),
    "period_not_over": Said(
        what=("统计期未结束（{ends}）。", "The period is not over ({ends})."),
        why=("报告在期满后生成。", "A report is written after it."),
        now=("请等待期满。", "Wait for its end."),
    ),
}
