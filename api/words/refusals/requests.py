"""Refusals of the API about who asks, and what is not there or not theirs to see. No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "not_signed_in": Said(
        what=("请先登录或出示回执。", "Sign in first, or show the receipt."),
        why=("系统需要知道是谁在询问。", "It must be known who asks."),
        now=("请重新登录。", "Sign in again."),
    ),
    "unknown_scheme": Said(
        what=("无法识别的身份方式。", "That way of showing who you are is not known."),
        why=(
            "可用登录、回执、评价链接、当事人链接或协助单位链接。",
            "A session, receipt, rating, party or partner link are.",
        ),
        now=("请使用其中一种。", "Use one of those."),
    ),
    "wrong_login_or_password": Said(
        what=("登录名或密码不正确。", "Wrong login or password."),
        why=("两者须都正确。", "Both must be right."),
        now=("请重新输入，多次失败请联系管理员。", "Try again, or ask an administrator."),
    ),
    "too_many_attempts": Said(
        what=("尝试次数过多。", "Too many attempts."),
        why=("为防止冒用，需要等待一会儿。", "It waits a while so that nobody guesses."),
        now=("请稍后再试。", "Try again later."),
    ),
    "too_many_questions": Said(
        what=("查询次数过多。", "Too many questions."),
        why=(
            "同一网络每分钟的查询次数有限，以免挤占他人。",
            "One network has a limit for each minute, so that everybody else is answered too.",
        ),
        now=("请一分钟后再试。", "Try again in a minute."),
    ),
    "not_for_oversight": Said(
        what=(
            "督办、审计、管理岗位不能使用程序令牌。",
            "Not with a machine's token at a post of oversight.",
        ),
        why=("监督须由本人进行。", "Somebody oversees in person."),
        now=("请本人登录办理。", "Sign in yourself."),
    ),
    "rating_link_needed": Said(
        what=("评价须使用评价链接。", "Rating needs the rating link."),
        why=(
            "链接只发给居民本人，工作人员无法代评。",
            "It reaches the resident alone, so that nobody rates for them.",
        ),
        now=("请打开收到的评价链接。", "Open the link you were sent."),
    ),
    "party_link_needed": Said(
        what=("请使用您本人的当事人链接。", "Use your own party link."),
        why=(
            "工作人员见过的回执不能代表您表态。",
            "A receipt that staff have seen gives nobody's word.",
        ),
        now=("请打开收到的当事人链接。", "Open the link you were sent."),
    ),
    "partner_link_needed": Said(
        what=("须使用协助单位的链接。", "The partner's link is needed."),
        why=("只有被请的单位可以答复。", "Only the one that was called answers."),
        now=("请打开收到的链接。", "Open the link it was sent."),
    ),
    "receipt_needed": Said(
        what=("请出示回执或链接。", "Show the receipt or a link."),
        why=("只有持有人可以核对。", "Only who holds one may check."),
        now=("请输入回执码。", "Type the receipt's code."),
    ),
    "case_not_found": Said(
        what=("没有这个案件，或您无权查看。", "No such case, or not yours to see."),
        why=("案件只对相关的人开放。", "A case is open to those concerned."),
        now=("请核对编号和身份。", "Check the number and who you are."),
    ),
    "case_not_open_yet": Said(
        what=("当时还没有这个案件。", "There was no such case yet."),
        why=("案件在那之后登记。", "It was opened later."),
        now=("请选择较晚的时间。", "Choose a later moment."),
    ),
    "deliberation_not_found": Said(
        what=("没有这项公示。", "There is no such deliberation."),
        why=("编号有误，或未公示。", "The number is wrong, or nothing is published."),
        now=("请核对。", "Check it."),
    ),
    "admission_not_found": Said(
        what=("没有这个准入，或您无权查看。", "No such admission, or not yours to see."),
        why=("准入只对相关单位开放。", "It is open to the units concerned."),
        now=("请核对编号。", "Check the number."),
    ),
    "visit_not_found": Said(
        what=("没有这次走访，或您无权查看。", "No such visit, or not yours to see."),
        why=("走访只对相关人员开放。", "It is open to those concerned."),
        now=("请核对编号。", "Check the number."),
    ),
    "erasure_not_found": Said(
        what=("没有这个删除申请，或您无权查看。", "No such erasure, or not yours to see."),
        why=("只对相关人员开放。", "It is open to those concerned."),
        now=("请核对编号。", "Check the number."),
    ),
    "person_not_found": Said(
        what=("没有这位人员，或您无权查看。", "No such person, or not yours to see."),
        why=("成绩只对本人和上级开放。", "Scores are open to oneself and superiors."),
        now=("请核对。", "Check it."),
    ),
    "unit_not_found": Said(
        what=("没有这个单位，或您无权查看。", "No such unit, or not yours to see."),
        why=("成绩只对相关单位开放。", "Scores are open to those concerned."),
        now=("请核对。", "Check it."),
    ),
    "partner_not_found": Said(
        what=("没有这个协助单位，或您无权查看。", "No such partner, or not yours to see."),
        why=("只对相关单位开放。", "It is open to those concerned."),
        now=("请核对。", "Check it."),
    ),
    "topic_not_found": Said(
        what=("没有这个话题。", "There is no such topic."),
        why=("话题随时间变化。", "Topics change with time."),
        now=("请刷新列表。", "Look at the list again."),
    ),
    "checkpoint_not_found": Said(
        what=("没有这个检查点。", "There is no such checkpoint."),
        why=("编号有误。", "The number is wrong."),
        now=("请核对。", "Check it."),
    ),
    "delivery_not_found": Said(
        what=("没有这条通知。", "There is no such delivery."),
        why=("编号有误。", "The number is wrong."),
        now=("请核对。", "Check it."),
    ),
    "entry_not_found": Said(
        what=("没有这条消息，或不是给您的。", "No such entry, or not yours."),
        why=("收件箱只对本人开放。", "An inbox is one's own."),
        now=("请刷新查看。", "Look again."),
    ),
    "no_such_report": Said(
        what=("没有这份报告。", "There is no such report."),
        why=("可能尚未生成。", "It may not be written yet."),
        now=("请核对期间和单位。", "Check period and unit."),
    ),
    "no_such_file": Said(
        what=("没有这个文件。", "There is no such file."),
        why=("名称有误。", "The name is wrong."),
        now=("请从报告页下载。", "Take it from the report's page."),
    ),
    "file_missing": Said(
        what=("文件暂时取不到。", "The file cannot be had right now."),
        why=("记录还在，文件存放处没有应答。", "It is recorded, but its store does not give it."),
        now=("请稍后再试或联系管理员。", "Try later, or tell an administrator."),
    ),
    "no_such_token": Said(
        what=("没有这个令牌。", "There is no such token."),
        why=("可能已撤销。", "It may be revoked."),
        now=("请刷新查看。", "Look again."),
    ),
    "no_account": Said(
        what=("该人员没有账号。", "That person has no account."),
        why=("没有账号就没有令牌。", "Tokens go with one."),
        now=("请先建立账号。", "Make the account first."),
    ),
}
