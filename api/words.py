"""Plain words for what happened, Chinese first; a resident's version names units, never staff."""

from collections.abc import Mapping
from typing import Literal

from api import admission_words, dispute_words
from domain.admission.events import AdmissionEnded, ApprovalPassedUp, ApprovalWarned
from domain.events import (
    Adjudicated,
    AdjudicationRequested,
    AgreementEvent,
    AppealDecided,
    Appealed,
    Arrived,
    ClockBroken,
    ClockWarned,
    Closed,
    DecisionPassedUp,
    Declined,
    DeliberationEnded,
    DeliberationPublished,
    DisputeEvent,
    DutyCheckPassedUp,
    Escalated,
    HelpRecorded,
    MeetingRecorded,
    NotReportedIn,
    ObjectionDecided,
    PublicationEnded,
    RatingExcluded,
    ReconsiderationDecided,
    Released,
    ReportedIn,
    Returned,
    ReviewDecided,
    ReviewOpened,
    ShelfReviewed,
    Summoned,
    Suspended,
    TransferOffered,
)
from domain.organisation import Organisation
from store.codec import AnyEvent

Language = Literal["zh", "en"]

EVENTS: Mapping[str, tuple[str, str]] = {
    **admission_words.EVENTS,
    **dispute_words.EVENTS,
    "case.registered": ("已登记", "Registered"),
    "case.arrived": ("转到{unit}", "Now with {unit}"),
    "case.handed_over": ("首问人员已转交", "Handed on by first contact"),
    "case.officer_replaced": ("首问人员已更换", "The first-contact officer was replaced"),
    "case.declined": ("不予受理：{reason}", "Declined: {reason}"),
    "decline.reviewed": ("不予受理已复核", "The decline was reviewed"),
    "decision.passed_up": ("逾期未决，转{unit}裁定", "Not decided in time; now with {unit}"),
    "case.reclassified": ("事项或地点已更正", "Matter or place was corrected"),
    "shelving.requested": ("申请挂账", "Asked to shelve it"),
    "case.shelved": ("已挂账，定期复查", "Shelved; looked at again regularly"),
    "shelving.refused": ("不同意挂账，继续办理", "Not shelved; work goes on"),
    "shelf.reviewed": ("挂账复查：{reason}", "Shelf reviewed: {reason}"),
    "case.returned": ("退回{unit}：{reason}", "Returned to {unit}: {reason}"),
    "adjudication.requested": ("归属有争议，请{unit}裁定", "Disputed; {unit} decides whose it is"),
    "adjudication.decided": ("裁定由{unit}办理", "Decided: {unit} handles it"),
    "transfer.offered": ("拟转办{unit}，待其签收", "{unit} was asked to take it over"),
    "transfer.accepted": ("{unit}同意接办", "{unit} takes it over"),
    "transfer.refused": ("{unit}不同意接办", "{unit} does not take it over"),
    "case.accepted": ("{unit}已签收", "Accepted by {unit}"),
    "case.assigned": ("已指派经办人", "Assigned inside the unit"),
    "case.progress_recorded": ("办理进展", "Progress"),
    "case.on_site": ("工作人员已到场", "Somebody is on site"),
    "case.escalated": ("上报：{reason}", "Escalated: {reason}"),
    "clock.warned": ("{clock}时限{level}", "{clock} deadline: {level}"),
    "clock.broken": ("{clock}超时（红牌）", "{clock} deadline missed (red card)"),
    "case.suspended": ("挂起：{reason}", "On hold: {reason}"),
    "case.resumed": ("恢复办理", "Resumed"),
    "extension.requested": ("申请延期", "Extension asked for"),
    "extension.granted": ("同意延期", "Extension granted"),
    "extension.refused": ("不同意延期", "Extension refused"),
    "supervision.ordered": ("上级督办", "Supervision order"),
    "supervision.answered": ("督办已答复", "Supervision order answered"),
    "deliberation.proposed": ("提请居民议事", "Proposed for deliberation"),
    "deliberation.meeting_recorded": ("{step}：{reason}", "{step}: {reason}"),
    "deliberation.published": ("{step}", "{step}"),
    "deliberation.publication_ended": ("{step}期满", "{step}: its period is over"),
    "deliberation.objection_raised": ("收到异议", "An objection was raised"),
    "deliberation.objection_decided": ("异议{reason}", "The objection was {reason}"),
    "deliberation.ended": ("议事结束：{reason}", "The deliberation ended: {reason}"),
    "helper.summoned": ("吹哨：请{unit}报到协助", "{unit} was summoned to help"),
    "helper.reported_in": ("{unit}已报到", "{unit} reported in"),
    "helper.not_reported_in": ("{unit}逾期未报到", "{unit} did not report in"),
    "helper.help_recorded": ("{unit}协助办理", "{unit} helped"),
    "helper.released": ("{unit}协助结束：{reason}", "{unit} was released: {reason}"),
    "case.resolved": ("已办结，请您评价", "Resolved; please rate"),
    "case.followed_up": ("已回访", "Followed up"),
    "rating.asked_again": ("再次邀请评价", "Asked again for a rating"),
    "case.rated": ("已评价", "Rated"),
    "review.opened": ("不满意评价已交{unit}复核", "The bad rating is reviewed by {unit}"),
    "rating.lapsed": ("评价期已过", "The time for rating is over"),
    "review.decided": ("复核结果：{reason}", "Review: {reason}"),
    "rating.excluded": ("评价保留，不计入考核：{reason}", "Rating excluded from scores: {reason}"),
    "rectification.opened": ("重新办理（整改）", "Worked on again (rectification)"),
    "reconsideration.asked": ("居民申请复议", "Reconsideration asked for"),
    "reconsideration.decided": ("复议结果：{reason}", "Reconsideration: {reason}"),
    "rating.restored": ("评价恢复计入考核", "The rating counts in scores again"),
    "recurrence.marked": ("标为重复反映", "Marked as reported again"),
    "recurrence.unmarked": ("不属于重复反映", "No recurrence after all"),
    "case.recurred": ("同一事项又被反映", "The matter was reported again"),
    "case.appealed": ("工作人员申诉：{reason}", "Appeal against: {reason}"),
    "appeal.decided": ("申诉裁定：{reason}", "Appeal: {reason}"),
    "case.closed": ("已结案：{reason}", "Closed: {reason}"),
    "case.reminded": ("居民催办", "Reminded by the resident"),
    "case.information_added": ("补充情况", "Information added"),
    "case.merged": ("已并入同类诉求一并办理", "Merged with another case on the same matter"),
    "merge.undone": ("恢复单独办理", "On its own again"),
    "case.joined": ("又有居民反映同一事项，已并入", "Another resident's case has joined"),
    "case.parted": ("一件并入的案件已退出", "A case that had joined has left"),
    "resident.left": ("一位居民撤诉，案件继续办理", "A resident withdrew; the case goes on"),
    "case.became_mass": ("列为群体诉求", "Marked as a mass case"),
    "case.revealed": ("查看个人信息", "Personal data viewed"),
}

REASONS: Mapping[str, tuple[str, str]] = {
    **dispute_words.REASONS,
    "beyond_authority": ("超出权限", "beyond authority"),
    "beyond_means": ("力量不足", "beyond means"),
    "crosses_units": ("涉及多个单位", "crosses units"),
    "unresolved_here": ("本级未能解决", "unresolved here"),
    "emergency": ("紧急情况", "emergency"),
    "not_accepted": ("逾期未签收，自动上报", "not accepted in time"),
    "not_handled": ("逾期未办结，自动上报", "not settled in time"),
    "shelf_stays": ("继续挂账", "it stays shelved"),
    "shelf_left": ("恢复办理", "work goes on"),
    "wrong_unit": ("非本单位职责", "not this unit's"),
    "wrong_place": ("不在本辖区", "not in this area"),
    "wrong_matter": ("事项归类有误", "classed as the wrong matter"),
    "incomplete": ("信息不全", "incomplete"),
    "duplicate_work": ("已在办理中", "already being handled"),
    "awaiting_resident": ("等待居民补充", "awaiting the resident"),
    "expert_appraisal": ("专业鉴定", "expert appraisal"),
    "legal_procedure": ("法律程序", "legal procedure"),
    "weather_or_disaster": ("天气或灾害", "weather or disaster"),
    "deliberation": ("居民议事", "deliberation under way"),
    "mediation": ("调解中", "mediation under way"),
    "rated": ("已评价", "rated"),
    "unrated": ("逾期未评价", "not rated in time"),
    "withdrawn": ("居民撤诉", "withdrawn"),
    "referred": ("已转其他渠道", "referred elsewhere"),
    "merged": ("已并案", "merged with another case"),
    "declined": ("不予受理", "declined"),
    "before_court": ("已进入诉讼程序", "before a court"),
    "petition": ("信访事项", "a petition matter"),
    "criminal": ("涉嫌犯罪，请报警", "a crime: report it to the police"),
    "anonymous": ("匿名且无线索", "anonymous, with nothing to act on"),
    "carried": ("通过", "carried"),
    "rejected": ("未通过", "rejected"),
    "no_quorum": ("到会人数不足，会议未成立", "no quorum, so it did not take place"),
    "completed": ("已完成", "completed"),
    "stopped": ("已终止", "given up"),
    "objection_upheld": ("成立", "upheld"),
    "objection_dismissed": ("不成立", "dismissed"),
    "released": ("吹哨单位解除", "by who summoned it"),
    "resolved": ("案件已办结", "the case was resolved"),
    "closed": ("案件已结案", "the case was closed"),
    "took_over": ("已转该单位办理", "it took the case over"),
    "outside_city": ("不在本市管辖", "outside the city"),
    "justified": ("属实，重新办理", "justified: to be worked on again"),
    "mistaken": ("误评", "a mistake"),
    "malicious": ("恶意评价", "malicious"),
    "appeal": ("经上级裁定", "by a superior's decision"),
    "upheld": ("维持", "upheld"),
    "lifted": ("予以撤销", "lifted"),
}

CLOCKS: Mapping[str, tuple[str, str]] = {
    **dispute_words.CLOCKS,
    "accept": ("签收", "Acceptance"),
    "handle": ("办理", "Handling"),
    "resident": ("对居民承诺的", "The resident's"),
    "on_site": ("到场", "On-site"),
    "supervision": ("督办答复", "Supervision"),
    "decision": ("裁定", "Decision"),
    "report_in": ("报到", "Report-in"),
    "transfer": ("转办答复", "Transfer"),
    "shelve_review": ("挂账复查", "Shelf review"),
}

CHARGES: Mapping[str, tuple[str, str]] = {
    "rating": ("评价", "a rating"),
    "breach": ("超时（红牌）", "a missed deadline (red card)"),
    "yellow_card": ("黄牌", "a yellow card"),
    "order": ("督办（红牌）", "a supervision order (red card)"),
}

APPEALS: Mapping[str, tuple[str, str]] = {
    "True": ("成立，不计入考核", "upheld: it does not count in scores"),
    "False": ("不成立", "refused"),
}

STEPS: Mapping[str, tuple[str, str]] = {
    "proposal": ("提议", "Proposal"),
    "joint_discussion": ("两委商议", "Joint discussion of the two committees"),
    "members_meeting": ("党员大会审议", "Members' meeting"),
    "residents_meeting": ("居民（代表）会议决议", "Residents' meeting"),
    "decision_published": ("决议公开", "Decision published"),
    "result_published": ("实施结果公开", "Result published"),
}

LEVELS: Mapping[str, tuple[str, str]] = {
    "half": ("过半", "half gone"),
    "late": ("已过八成", "four fifths gone"),
    "yellow": ("只剩一个工作日（黄牌）", "one working day left (yellow card)"),
}

ACTORS: Mapping[str, tuple[str, str]] = {
    "system": ("系统", "system"),
    "resident": ("居民", "resident"),
}

STAGES: Mapping[str, tuple[str, str]] = {
    "first_contact": ("首问", "first contact"),
    "grid": ("网格", "grid"),
    "community": ("社区（村）", "community (village)"),
    "street": ("街道（乡镇）", "street (township)"),
    "department": ("职能部门", "department"),
}

PHASES: Mapping[str, tuple[str, str]] = {
    "awaiting_acceptance": ("待签收", "awaiting acceptance"),
    "in_progress": ("办理中", "in progress"),
    "suspended": ("已挂起", "on hold"),
    "shelved": ("已挂账", "shelved"),
    "awaiting_rating": ("待评价", "awaiting rating"),
    "under_review": ("复核中", "under review"),
    "closed": ("已结案", "closed"),
}

HIDDEN_FROM_RESIDENTS = frozenset(
    {"case.assigned", "decision.passed_up", "case.revealed", "clock.warned"}
    | {"case.appealed", "appeal.decided", "recurrence.marked", "recurrence.unmarked"}
    | {"helper.not_reported_in", "case.joined", "case.parted"}
    | admission_words.HIDDEN_FROM_RESIDENTS
    | dispute_words.HIDDEN_FROM_RESIDENTS
    | {"transfer.offered", "transfer.refused", "shelving.requested", "shelving.refused"}
    | {"extension.requested", "extension.granted", "extension.refused"}
)
"""Inner workings: they say nothing to the resident that its effects do not."""


def say(table: Mapping[str, tuple[str, str]], word: str, language: Language) -> str:
    """A word of one of the tables; the code's own word where none is known."""
    return table.get(word, (word, word))[language == "en"]


def unit_name(unit_id: str | None, organisation: Organisation) -> str:
    """The name of a unit or of a partner; the id where it no longer exists."""
    found = organisation.units.get(unit_id or "") or organisation.partner(unit_id or "")
    return found.name if found else unit_id or ""


def person_name(person_id: str, organisation: Organisation) -> str:
    """A member of staff by name; the id otherwise."""
    person = organisation.people.get(person_id)
    return person.name if person else person_id


def actor_name(person_id: str, organisation: Organisation, language: Language) -> str:
    """Who did it: a member of staff or a partner by name, the resident, or the system."""
    if person_id in ACTORS:
        return say(ACTORS, person_id, language)
    partner = organisation.partner(person_id)
    return partner.name if partner else person_name(person_id, organisation)


def sentence(event: AnyEvent, organisation: Organisation, language: Language) -> str:
    """What happened, in one phrase."""
    unit_id = _unit(event)
    return say(EVENTS, event.kind, language).format(
        unit=unit_name(unit_id, organisation),
        reason=_reason(event, language),
        clock=_clock(event, language),
        step=_step(event, language),
        level=_level(event, language),
    )


def _unit(event: AnyEvent) -> str | None:  # noqa: PLR0911 - one line for each kind of event
    """The unit the sentence is about: mostly the one that did it."""
    match event:
        case Arrived() | DutyCheckPassedUp():
            return event.unit_id
        case DecisionPassedUp() | ApprovalPassedUp() | ReviewOpened() | AdjudicationRequested():
            return event.question.unit_id
        case Summoned() | ReportedIn() | NotReportedIn() | HelpRecorded() | Released():
            return event.helper.unit_id or event.helper.partner_id
        case Returned():
            return event.to.unit_id
        case Adjudicated():
            return event.seat.unit_id
        case TransferOffered():
            return event.unit_id
        case _:
            return event.by.unit_id


def _reason(  # noqa: C901, PLR0911, PLR0912 - one line for each kind
    event: AnyEvent, language: Language
) -> str:
    match event:
        case Escalated() | Closed() | Returned():
            return say(REASONS, event.reason, language)
        case _ if isinstance(event, DisputeEvent | AgreementEvent):
            return say(REASONS, dispute_words.reason(event), language)
        case AdmissionEnded():
            return say(admission_words.STATES, event.state, language)
        case Suspended() | Declined():
            return say(REASONS, event.ground, language)
        case ShelfReviewed():
            return say(REASONS, "shelf_stays" if event.stays else "shelf_left", language)
        case Released():
            return say(REASONS, event.why, language)
        case ReviewDecided():
            return say(REASONS, event.finding, language)
        case RatingExcluded():
            return say(REASONS, event.why, language)
        case ReconsiderationDecided():
            return say(REASONS, "upheld" if event.upheld else "lifted", language)
        case Appealed():
            return say(CHARGES, event.against, language)
        case AppealDecided():
            told = say(CHARGES, event.against, language)
            return f"{told}, {say(APPEALS, str(event.upheld), language)}"
        case MeetingRecorded():
            return say(REASONS, event.outcome, language)
        case ObjectionDecided():
            return say(
                REASONS, "objection_upheld" if event.upheld else "objection_dismissed", language
            )
        case DeliberationEnded():
            return say(REASONS, event.how, language)
        case _:
            return ""


def _level(event: AnyEvent, language: Language) -> str:
    if isinstance(event, ClockWarned | ApprovalWarned):
        return say(LEVELS, event.level, language)
    return ""


def _step(event: AnyEvent, language: Language) -> str:
    if isinstance(event, MeetingRecorded | DeliberationPublished | PublicationEnded):
        return say(STEPS, event.step, language)
    return ""


def _clock(event: AnyEvent, language: Language) -> str:
    """What clock it was: its id begins with its kind."""
    if isinstance(event, ClockWarned | ClockBroken):
        return say(CLOCKS, event.clock_id.rpartition("-")[0], language)
    return ""
