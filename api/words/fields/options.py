"""What the values of closed lists are called, by the list, or by the field where it has words of
its own. Lists that chapters already have words for are theirs.
"""

from collections.abc import Mapping

from api.words import (
    deliberation,
    differences,
    disputes,
    erasure,
    first_contact,
    ladder,
    office,
    pauses,
    redress,
    returns,
    visit,
)
from api.words.kinds import CHANNELS, MEDIATORS, UNIT_KINDS
from api.words.stages import STAGES
from api.words.table import Table

GRADES: Table = {
    "5": ("非常满意", "very satisfied"),
    "4": ("满意", "satisfied"),
    "3": ("基本满意", "basically satisfied"),
    "2": ("不满意", "dissatisfied"),
    "1": ("非常不满意", "very dissatisfied"),
}
SETTINGS: Table = {"urban": ("城镇", "urban"), "rural": ("农村", "rural")}
UPHELD: Table = {"true": ("成立", "upheld"), "false": ("不成立", "not upheld")}
AGREED: Table = {"true": ("同意", "yes, agreed"), "false": ("不同意", "no, not agreed")}
YES_NO: Table = {"true": ("是", "yes"), "false": ("否", "no")}

OPTIONS: Mapping[str, Table] = {
    "AgreementForm": {
        "written": ("书面协议", "written"),
        "oral": ("口头协议，由调解员记录", "oral, recorded by the mediator"),
    },
    "Authorised": {
        "by_receipt": ("凭回执", "with the receipt"),
        "in_person": ("当面", "in person"),
        "in_writing": ("书面", "in writing"),
        "by_phone": ("电话", "by phone"),
    },
    "Belonging": {
        "community_own": ("社区自有事项", "the community's own"),
        "community_assists": ("社区协助事项", "the community assists"),
        "not_community": ("不属于社区", "not the community's"),
    },
    "CaseType": {"request": ("诉求", "a request"), "dispute": ("纠纷", "a dispute")},
    "Channel": CHANNELS,
    "ChargeKind": redress.CHARGES,
    "DeadlineClass": {
        **{code: differences.PLACES[code] for code in ("consultation", "simple", "standard")},
        "urgent": ("紧急", "urgent"),
    },
    "DeclineGround": first_contact.REASONS,
    "DeliberationStep": deliberation.STEPS,
    "EscalationReason": ladder.REASONS,
    "Finding": redress.REASONS,
    "Given": {
        "own_link": ("本人通过自己的链接", "by the party itself, with its own link"),
        "in_person": ("当面", "in person"),
        "in_writing": ("书面", "in writing"),
    },
    "Ground": erasure.GROUNDS,
    "Informant": {
        "community_worker": ("社区工作者", "community worker"),
        "group_leader": ("居民小组长", "residents' group leader"),
        "building_head": ("楼栋长", "building head"),
        "unit_head": ("单元长", "unit head"),
        "information_officer": ("信息员", "information officer"),
    },
    "Matter": {
        "mediation": ("进行调解", "to mediate"),
        "longer": ("超过期限后继续调解", "to go on beyond the limit"),
    },
    "Occasion": visit.OCCASIONS,
    "RectifyAt": {
        "resolver": ("原办理单位", "the unit that resolved it"),
        "above": ("上一级", "the rung above"),
    },
    "ReferredTo": {
        **{code: disputes.REASONS[code] for code in ("court", "arbitration", "legal_aid")},
        "petition_office": ("信访部门", "petition office"),
        "other_authority": ("其他主管机关", "another authority"),
    },
    "Relation": {
        "party": ("是纠纷一方", "is a party"),
        "relative": ("是一方的亲属", "is a relative of a party"),
        "complained_about": ("是被反映的人", "is complained about"),
    },
    "ReturnReason": returns.REASONS,
    "Role": office.ROLES,
    "Stage": STAGES,
    "SuspensionGround": pauses.REASONS,
    "UnitKind": UNIT_KINDS,
    "Urgency": {"normal": ("一般", "normal"), "emergency": ("紧急", "emergency")},
    "SpanBody.unit": differences.UNITS,
    "AddUnitBody.setting": SETTINGS,
    "ChangeUnitBody.setting": SETTINGS,
    "OpenPostBody.mediator_kind": MEDIATORS,
    "ChangePostBody.mediator_kind": MEDIATORS,
    "RatingBody.grade": GRADES,
    "RecordFollowUpBody.grade": GRADES,
    "AddUnitBody.level": {
        "1": ("一级", "level 1"),
        "2": ("二级", "level 2"),
        "3": ("三级", "level 3"),
    },
    "DecideObjectionBody.upheld": UPHELD,
    "DecideAppealBody.upheld": UPHELD,
    "ReviewDeclineBody.upheld": {
        "true": ("成立，维持不予受理", "it stands"),
        "false": ("不成立，首问人员继续办理", "it does not: the officer goes on"),
    },
    "ReconsiderBody.upheld": {
        "true": ("维持", "it stands"),
        "false": ("撤销，评价计入考核", "it is lifted: the rating counts"),
    },
    "ReviewShelfBody.stays": {
        "true": ("继续挂账", "it stays shelved"),
        "false": ("恢复办理", "work goes on"),
    },
    "DecideWithdrawalBody.approved": {
        "true": ("属实", "they did"),
        "false": ("不属实，继续办理", "they did not: the case goes on"),
    },
    "DecideShelvingBody.approved": AGREED,
    "DecideExtensionBody.granted": AGREED,
    "GiveConsentBody.given": AGREED,
    "ConfirmAgreementBody.confirmed": {
        "true": ("确认", "yes, I confirm it"),
        "false": ("不确认", "no, I do not"),
    },
    "VerifyBody.done": {
        "true": ("已办妥", "it is done"),
        "false": ("未办妥，重新办理", "it is not, and is taken up again"),
    },
}
"""By the list's name, or by body and field."""

BLANKS: Table = {
    "AssignBody.post_id": ("由系统指派在办最少的岗位", "the post with the least to do"),
    "ReplaceOfficerBody.post_id": ("就近在办最少的首问岗", "the clerk near with the least to do"),
    "AuthoriseAgentBody.post_id": ("首问人员", "the first-contact officer"),
    "EndPostBody.successor": ("本单位在办最少的岗位", "the least loaded of the unit"),
    "SuccessionBody.successor": ("本单位在办最少的岗位", "the least loaded of the unit"),
    "EscalateBody.to_stage": ("上一级", "the rung above"),
    "NameStandInBody.person_id": ("不设代理人", "nobody"),
    "AssignDutyBody.post_id": ("不设值班岗位", "nobody"),
    "CaseBody.informant": ("不是信息员反映的", "no informant"),
    "RecordFollowUpBody.solved": ("没有说", "not said"),
    "RecordFollowUpBody.grade": ("没有说", "not said"),
}
"""What leaving a choice empty means, where it means something of its own."""
