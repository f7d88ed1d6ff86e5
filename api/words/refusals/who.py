"""Who may and who may not (§2, R9.2, R11), whatever the case. No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "staff_only": Said(
        what=("这一步只能由工作人员办理。", "Only staff can do this."),
        why=(
            "居民和外部单位不能代行职权。",
            "Residents and partners do not act in an office's place.",
        ),
        now=("需要时请联系首问人员。", "Ask the first-contact officer."),
    ),
    "no_valid_post": Said(
        what=("您现在没有有效的岗位。", "You hold no post that is valid now."),
        why=(
            "无岗位不办事：每一步都要记明由哪个岗位办理。",
            "Every step is recorded with the post it was taken at.",
        ),
        now=(
            "请联系管理员核对任职时间，或换一个岗位再试。",
            "Ask an administrator to check your post, or choose another of your posts.",
        ),
    ),
    "not_entitled": Said(
        what=("您的岗位不能办理这一步。", "Your post does not allow this."),
        why=("这一步需要：{need}。", "It needs: {need}."),
        now=("请转告有权办理的人。", "Tell somebody who holds it."),
    ),
    "system_only": Said(
        what=("这一步由系统自动完成。", "Only the system does this."),
        why=(
            "计时和案件之间的往来不由人代做。",
            "Clocks and messages between cases are nobody's to send.",
        ),
        now=("无需操作。", "There is nothing to do."),
    ),
    "cases_only": Said(
        what=("这一步只由相关案件自动发出。", "Only another case sends this."),
        why=(
            "重复反映由两个案件互相核对。",
            "Two cases settle between themselves whether a matter came back.",
        ),
        now=("请在后来的案件上标注重复反映。", "Mark the later case as reported again."),
    ),
    "resident_only": Said(
        what=("这一步只能由居民本人办理。", "Only the resident can do this."),
        why=(
            "工作人员不能替居民说话或评价。",
            "Nobody of staff speaks or rates in a resident's name.",
        ),
        now=("请居民使用自己的回执或链接。", "Ask the resident to use their own receipt or link."),
    ),
    "reporter_only": Said(
        what=("这一步只能由反映人本人办理。", "Only who reported the matter can do this."),
        why=("其他当事人或居民不能替反映人决定。", "Nobody else decides in their name."),
        now=("请反映人用自己的回执办理。", "Ask them to use their own receipt."),
    ),
    "partner_only": Said(
        what=(
            "这一步只能由被请来的协助单位办理。",
            "Only the partner that was called can do this.",
        ),
        why=("到场和协助情况由其本人确认。", "It answers for its own help."),
        now=("请该单位使用收到的链接。", "Ask it to use the link it was sent."),
    ),
    "importer_only": Said(
        what=(
            "这一步只用于从其他系统导入的案件。",
            "This is only for cases imported from another system.",
        ),
        why=(
            "“不归我们管”不是办理结果。",
            "For staff it would be “not our business”, which is no outcome.",
        ),
        now=(
            "请办理、移交，或按规定的理由不予受理。",
            "Work on it, hand it over, or decline it on a listed ground.",
        ),
    ),
    "judge_in_own_cause": Said(
        what=("这是您自己的事项，不能由您裁定。", "This is your own matter: you cannot decide it."),
        why=("任何人不得裁判自己经手的事项。", "Nobody judges what they had a hand in."),
        now=("请由另一位督办员决定。", "Another supervisor has to decide."),
    ),
    "own_request": Said(
        what=("延期是您自己申请的，不能由您批准。", "You asked for this extension yourself."),
        why=("申请和批准必须由两个人完成。", "Who asks and who decides must be two people."),
        now=("请上级单位的另一位人员决定。", "Somebody else of the unit above has to decide."),
    ),
    "own_handling": Said(
        what=("案件由您自己办理，不能督办自己。", "You handle this case yourself."),
        why=("督办是对他人的要求。", "An order is given to somebody else."),
        now=(
            "请直接办理，或由上级督办员督办。",
            "Go on with the case, or leave the order to another supervisor.",
        ),
    ),
    "has_a_stake": Said(
        what=(
            "您与本纠纷有利害关系，应当回避。",
            "You have a stake in this dispute and must stand aside.",
        ),
        why=("有利害关系的人不参与调解和处理。", "Nobody with a stake takes part."),
        now=("请交由无利害关系的同事办理。", "Let a colleague without one do it."),
    ),
    "not_a_party": Said(
        what=("您不是本纠纷的当事人。", "You are not a party to this dispute."),
        why=("只有当事人可以表达自己的意见。", "Only the parties speak for themselves."),
        now=("请使用属于您本人的链接。", "Use the link that was sent to you."),
    ),
    "not_the_agent": Said(
        what=("居民授权代办的不是您。", "You are not the agent the resident named."),
        why=(
            "代办须由居民指定的人本人办理，不能由他人顶替。",
            "A stand-in was not authorised by the resident.",
        ),
        now=(
            "请受托人本人记录，或请居民另行授权。",
            "Let the agent record it, or ask the resident to name another.",
        ),
    ),
    "not_asked": Said(
        what=("本案没有请您评价。", "You were not asked to rate this case."),
        why=(
            "每个评价只属于被邀请的居民本人。",
            "Each rating belongs to the resident who was asked.",
        ),
        now=("请核对链接是否属于这个案件。", "Check that the link is for this case."),
    ),
    "erased": Said(
        what=("当事人的个人信息已按规定删除。", "The person was forgotten as they had asked."),
        why=(
            "已被遗忘的人无法再联系，案件不再重启。",
            "Who is forgotten can be neither called nor asked, and nothing opens their case again.",
        ),
        now=("只能完成收尾事项。", "Only what is left to conclude can still be done."),
    ),
}
