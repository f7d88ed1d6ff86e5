"""One entry for each topic of a notice, to each audience it has, as (Chinese, English).
Plain words; never personal data, and of a mediation never what was said in it.
"""

from collections.abc import Mapping

from letters.admission_texts import OF_ADMISSIONS
from letters.dispute_texts import OF_DISPUTES
from letters.said import Audience, Language, Said, Words

__all__ = ["TOPICS", "UNKNOWN", "Audience", "Language", "Said", "Words", "audience_of", "words"]

TOPICS: Mapping[str, Said] = {
    **OF_ADMISSIONS,
    **OF_DISPUTES,
    "case.registered": Said(
        resident=(
            "您反映的事项已登记。请保存好回执，凭回执可随时查看进度",
            "Your request has been registered. Keep your receipt: it shows you the progress",
        ),
    ),
    "case.officer_replaced": Said(
        staff=("首问人员已更换", "The first-contact officer was replaced"),
    ),
    "case.reclassified": Said(
        staff=("事项或地点已更正", "The matter or the place of a case was corrected"),
    ),
    "shelving.requested": Said(
        staff=("有挂账申请待审批", "A department asks to shelve a case; please decide"),
    ),
    "shelving.refused": Said(
        staff=("不同意挂账，请继续办理", "The case was not shelved; work goes on"),
    ),
    "case.shelved": Said(
        staff=("案件已挂账，请按期复查", "The case is shelved; it has to be looked at again"),
        resident=(
            "您反映的事项因客观原因暂时挂账，原因可凭回执查看；会定期复查，您也可以催办",
            "Your request is shelved for now; your receipt shows you why, and you may remind",
        ),
    ),
    "shelf.reviewed": Said(
        staff=("挂账案件已复查", "A shelved case was looked at again"),
        resident=(
            "您反映的挂账事项已复查，结果可凭回执查看",
            "Your shelved request was looked at again; your receipt shows you the outcome",
        ),
    ),
    "case.returned": Said(
        staff=("案件已被退回", "A case was sent back"),
    ),
    "adjudication.requested": Said(
        staff=(
            "双方对归属有争议，请裁定由谁办理",
            "Two units disagree whose case it is; it has to be decided",
        ),
    ),
    "adjudication.decided": Said(
        staff=("归属已裁定，请按裁定办理", "It was decided whose case it is; that binds"),
    ),
    "transfer.offered": Said(
        staff=(
            "有案件拟转办到{unit}，请在时限内签收或说明不接",
            "A case is offered to {unit}; please take it over or refuse in time",
        ),
    ),
    "transfer.accepted": Said(
        staff=("对方部门已同意接办", "The other department took the case over"),
    ),
    "transfer.refused": Said(
        staff=("对方部门不同意接办，已报上级裁定", "The transfer was refused; a superior decides"),
    ),
    "case.emergency": Said(
        staff=(
            "紧急情况，请立即响应并到场",
            "Emergency: respond and go there at once",
        ),
    ),
    "case.arrived": Said(
        staff=("诉求已转到{unit}", "A case is now with {unit}"),
    ),
    "case.assigned": Said(
        staff=("已指派经办人", "A handler has been assigned"),
    ),
    "case.escalated": Said(
        staff=(
            "因超时自动上报一级，超时记录保留",
            "Escalated by itself after a missed deadline; the breach stays on record",
        ),
    ),
    "clock.warned": Said(
        staff=("时限预警，请抓紧办理", "A deadline is coming close"),
        partner=("报到时限将到，请尽快报到", "Please report in: the time for it runs out"),
    ),
    "clock.broken": Said(
        staff=("已超时（红牌）", "A deadline was missed (red card)"),
        partner=("报到已超时，请立即报到", "You have not reported in in time; please do so now"),
    ),
    "case.reminded": Said(
        staff=("居民催办", "The resident reminds"),
    ),
    "case.information_added": Said(
        staff=("居民补充了情况，请查看", "The resident has added information; please read it"),
    ),
    "supervision.ordered": Said(
        staff=("上级督办，请在时限内答复", "Supervision order: answer it in time"),
    ),
    "supervision.answered": Said(
        staff=("督办已答复", "The supervision order was answered"),
    ),
    "case.suspended": Said(
        staff=("案件已挂起", "The case is on hold"),
    ),
    "case.resumed": Said(
        staff=("案件已恢复办理", "Work on the case goes on"),
    ),
    "extension.requested": Said(
        staff=("有延期申请待决定", "An extension was asked for; please decide"),
    ),
    "extension.granted": Said(
        staff=("延期申请已同意", "The extension was granted"),
    ),
    "extension.refused": Said(
        staff=("延期申请未获同意", "The extension was refused"),
    ),
    "case.resolved": Said(
        staff=("已办结，请首问人员回访", "Resolved; the first-contact officer owes a call"),
        resident=("您反映的事项已办结，请您评价", "Your request was settled; please rate it"),
        party=(
            "您参与的事项已办结，请您评价",
            "A matter you are a party to was settled; please rate it",
        ),
    ),
    "rating.asked_again": Said(
        resident=(
            "您反映的事项还等着您的评价",
            "Your rating of how your request was settled is still awaited",
        ),
        party=(
            "您参与的事项还等着您的评价",
            "Your rating of a matter you are a party to is awaited",
        ),
    ),
    "case.declined": Said(
        staff=("首问不予受理，请复核", "First contact declined a case; please review it"),
        resident=(
            "您反映的事项不属于受理范围，请查看应找的部门；上级将复核这一决定",
            "Your request was declined; see where to turn. A supervisor reviews the decision",
        ),
    ),
    "decline.reviewed": Said(
        staff=("不予受理已复核", "The decline was reviewed"),
    ),
    "decision.passed_up": Said(
        staff=("下级逾期未决，请您裁定", "Nobody decided in time below; please decide"),
    ),
    "deliberation.published": Said(
        staff=(
            "议事决议或结果已公开，公示期内接受异议",
            "Published; now residents may object",
        ),
        resident=(
            "您反映的事项的议事决议或结果已公开，公示期内可提出异议",
            "What was decided or done about your request is published; you may object meanwhile",
        ),
    ),
    "deliberation.objection_raised": Said(
        staff=("公示收到异议，请裁定", "An objection was raised; please decide"),
    ),
    "deliberation.objection_decided": Said(
        staff=("异议已裁定", "The objection was decided"),
        resident=("您提出的异议已裁定", "Your objection was decided"),
    ),
    "deliberation.publication_ended": Said(
        staff=("公示期满，请推进下一步", "The publication period is over; please go on"),
    ),
    "deliberation.ended": Said(
        staff=("议事已结束", "The deliberation has ended"),
    ),
    "helper.summoned": Said(
        staff=("吹哨：请报到并协助处置", "A whistle: report in and help with a case"),
        partner=("请到场协助处置一件事项", "Please come and help with a matter"),
    ),
    "helper.reported_in": Said(
        staff=("协助单位已报到", "A summoned helper has reported in"),
    ),
    "helper.not_reported_in": Said(
        staff=(
            "协助单位逾期未报到，记入该单位",
            "A summoned helper did not report in; the breach is that helper's",
        ),
    ),
    "helper.help_recorded": Said(
        staff=("协助单位已记录协助情况", "A summoned helper has written down what it did"),
    ),
    "helper.released": Said(
        staff=("协助已结束，感谢支持", "The help you were asked for has ended. Thank you"),
        partner=("协助已结束，感谢支持", "The help you were asked for has ended. Thank you"),
    ),
    "review.opened": Said(
        staff=("居民评价不满意，请在时限内复核", "A bad rating: review it in time"),
    ),
    "review.decided": Said(
        staff=("差评已复核", "The bad rating was reviewed"),
    ),
    "rating.excluded": Said(
        staff=("该评价保留，不计入考核", "The rating stays and does not count in scores"),
        resident=(
            "您的评价经核实保留公开，但不计入考核；如有异议，可凭回执申请一次复议",
            "Your rating does not count in scores; you may once ask a superior to look again",
        ),
        party=(
            "您的评价经核实保留公开，但不计入考核；如有异议，可申请一次复议",
            "Your rating does not count in scores; you may once ask a superior to look again",
        ),
    ),
    "rectification.opened": Said(
        resident=(
            "经复核，您反映的问题属实，已重新办理",
            "A superior found that you were right: your request is worked on again",
        ),
        party=(
            "经复核，您参与的事项将重新办理",
            "A superior looked at it: a matter you are a party to is worked on again",
        ),
    ),
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
    "office.post_opened": Said(
        staff=("您有一个新的岗位", "You have a new post"),
    ),
    "office.post_ended": Said(
        staff=("您的一个岗位已结束", "A post of yours has ended"),
    ),
    "office.stand_in_named": Said(
        staff=("您被指定为一个岗位的代理人（AB 角）", "You are named stand-in for a post"),
    ),
    "office.post_requested": Said(
        staff=(
            "有监督岗位待第二人确认，请决定",
            "A post of oversight waits for a second person; please decide",
        ),
    ),
    "office.post_declined": Said(
        staff=("监督岗位的申请未获确认", "The post of oversight was not agreed to"),
    ),
    "office.handed_over": Said(
        staff=(
            "有离岗人员的案件未能移交，请指定接手人",
            "Cases of an ended post could not be handed over; please name who takes them",
        ),
    ),
    "office.calendar_looked_at": Said(
        staff=(
            "下一年度的放假安排尚未发布，请发布",
            "The coming year's holidays are not published yet; please publish them",
        ),
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
    "case.merged": Said(
        staff=("已并案，请查看主案", "The case was merged; see the lead case"),
        resident=(
            "您反映的事项已与同类诉求并案办理，您的回执、承诺时限和评价不变",
            "Your request goes on with others on the matter; receipt and rating stay yours",
        ),
    ),
    "merge.undone": Said(
        staff=("并案已撤回，请继续办理", "The merge was undone; please go on with the case"),
        resident=(
            "您反映的事项恢复单独办理，承诺时限不变",
            "Your request is handled on its own again. The promised time stays the same",
        ),
    ),
    "case.joined": Said(
        staff=("又有居民反映同一事项，已并入", "Another resident's case has joined this one"),
    ),
    "case.parted": Said(
        staff=("一件并入的案件已退出", "A case that had joined goes its own way again"),
    ),
    "resident.left": Said(
        staff=(
            "一位居民已撤诉，其他居民的诉求继续办理",
            "One resident withdrew; the case goes on for the others",
        ),
    ),
    "case.became_mass": Said(
        staff=(
            "多位居民反映同一事项，按群体诉求直接进入街道（乡镇）",
            "Many residents are on one matter: it enters at the street (township) at once",
        ),
    ),
    "case.closed": Said(
        staff=("已结案", "The case is closed"),
        party=("您参与的事项已结案", "A matter you are a party to is closed"),
        resident=("您反映的事项已结案，感谢您的反映", "Your request is closed. Thank you"),
    ),
}

ASKING_TO_RATE = frozenset({"case.resolved", "rating.asked_again"})
"""Topics whose letter to the resident carries the link that rates (R9.1)."""

UNKNOWN = Said(
    staff=("案件有新情况", "Something happened in a case"),
    resident=("您反映的事项有新进展", "There is news of your request"),
    party=("您参与的事项有新进展", "There is news of a matter you are a party to"),
    partner=("请协助的事项有新情况", "There is news of a matter you help with"),
)
"""What is said of a topic without words of its own: the message matters more than its wording."""


def audience_of(receiver_kind: str) -> Audience:
    """Whose words a kind of receiver is told in; a stranger gets those that say the least."""
    known: Mapping[str, Audience] = {
        "person": "staff",
        "unit": "staff",
        "case": "staff",
        "resident": "resident",
        "party": "party",
    }
    return known.get(receiver_kind, "partner")


def words(topic: str, audience: Audience, language: Language) -> str:
    """What the topic says to that audience, with `{unit}` still open."""
    said: Words | None = getattr(TOPICS.get(topic, UNKNOWN), audience)
    general: Words = getattr(UNKNOWN, audience)
    return (said or general)[language == "en"]
