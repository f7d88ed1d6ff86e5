"""Plain words for what two versions of the policy or the calendar differ in."""

from datetime import datetime

from api.words import REASONS, STAGES
from api.words.actions import ACTIONS
from api.words.table import Language, Table, say
from domain.differences import Path, Touched, Value
from domain.policy import Span

PLACES: Table = {
    "accept": ("签收", "acceptance"),
    "handle": ("办理", "handling"),
    "department": ("职能部门办理", "handling at the department"),
    "urgent": ("紧急诉求", "emergencies"),
    "on_site": ("到场", "on site"),
    "resident": ("群众总时限", "the resident's clock"),
    "suspension": ("挂起上限", "longest time on hold"),
    "extension_percent": ("延期上限（原时限的百分比）", "longest extension, percent"),
    "extension_decision": ("延期审批", "decision on an extension"),
    "half_percent": ("过半提醒（百分比）", "first warning, percent"),
    "late_percent": ("临期提醒（百分比）", "second warning, percent"),
    "yellow_before": ("黄牌提前量", "yellow card before the due time"),
    "supervision_answer": ("督办答复", "answer to a supervision order"),
    "supervision_review": ("督办复查", "review of a supervision order"),
    "ask_again": ("再次邀请评价", "second request for a rating"),
    "follow_up": ("办结回访", "the call after a resolution"),
    "unrated_after": ("未评价结案", "closing without a rating"),
    "remind_interval": ("催办间隔", "time between reminders"),
    "shelve_review": ("挂账复查", "review of what is shelved"),
    "duplicates": ("重复诉求", "duplicates"),
    "metres": ("距离（米）", "metres"),
    "days": ("天数", "days"),
    "mass_residents": ("群体诉求人数", "residents of a mass case"),
    "returns": ("退回", "returns"),
    "window": ("可退回时间", "window"),
    "allowed": ("允许次数", "how often"),
    "decisions": ("决定时限", "decisions"),
    "decline_review": ("不予受理复核", "review of a decline"),
    "verification": ("主动发现事项核验", "verification of what nobody asked for"),
    "withdrawal": ("撤诉核实", "review of a withdrawal"),
    "adjudication": ("裁定", "adjudication"),
    "shelving": ("挂账审批", "shelving"),
    "review": ("差评复核", "review of a bad rating"),
    "reconsideration": ("复议", "reconsideration"),
    "appeal": ("申诉", "appeal"),
    "admission": ("准入审批", "admission"),
    "whistle": ("吹哨报到", "whistle"),
    "report_in": ("报到", "reporting in"),
    "mediation": ("调解", "mediation"),
    "consent": ("征求同意", "consent"),
    "limit": ("调解期限", "limit"),
    "confirm": ("确认", "confirmation"),
    "court": ("申请司法确认", "asking a court"),
    "deliberation": ("议事", "deliberation"),
    "quorum": ("到会比例", "quorum"),
    "majority": ("赞成比例", "majority"),
    "publication": ("公示期", "publication"),
    "redress": ("整改与申诉", "redress"),
    "rectify": ("整改", "rectification"),
    "recurrence": ("重复反映", "recurrence"),
    "reconsider_within": ("申请复议期限", "time to ask for reconsideration"),
    "appeal_within": ("申诉期限", "time to appeal"),
    "admission_reminder": ("准入到期提醒", "reminder before an admission ends"),
    "visit_recorded_within": ("走访补录期限", "time to write down a visit"),
    "keeping": ("留存", "keeping"),
    "cases": ("结案后个人信息（天）", "people of closed cases, days"),
    "referred": ("移送后不得删除（天）", "nobody is erased after a referral, days"),
    "sessions": ("登录会话（天）", "sessions, days"),
    "failures": ("登录失败记录（天）", "failed sign-ins, days"),
    "messages": ("已发消息（天）", "messages sent or given up, days"),
    "inbox": ("站内通知（天）", "notices, days"),
    "carry_out": ("完成删除", "carrying out an erasure"),
    "erasure": ("个人信息删除审批", "erasure"),
    "scores": ("评分", "scores"),
    "reports": ("报告", "reports"),
    "wordings": ("常用答复", "wordings"),
    "after_days": ("期间结束后多少天写报告", "days after a period by which reports are written"),
    "down_to": ("报告写到哪一级", "rung down to which reports are written"),
    "catch_up": ("补写多少个月的报告", "months of missed reports made up for"),
    "formulas": ("计分", "points"),
    "weights": ("权重", "weights"),
    "minimum": ("参加排名的最少件数", "fewest cases to be ranked"),
    "helper_share": ("报到单位分担满意度评价（%）", "share of a grade that helpers carry, percent"),
    "confidence": ("置信度（%）", "confidence, percent"),
    "rank_by": ("排名依据", "ranked by"),
    "full": ("满分（百分之一分）", "full points, hundredths"),
    "k": ("每低一个百分点扣分（百分之一分）", "points a percent below, hundredths"),
    "target": ("目标（万分之一）", "target, hundredths of a percent"),
    "floor": ("最低得分（百分之一分）", "least points, hundredths"),
    "acceptance": ("按时签收率", "on-time acceptance"),
    "handling": ("按时办理率", "on-time handling"),
    "promise": ("按期办结率", "resolved in the promised time"),
    "response": ("响应率", "response"),
    "resolution": ("解决率", "resolution"),
    "satisfaction": ("满意率", "satisfaction"),
    "reopenings": ("重办率", "reopenings"),
    "recurrences": ("重复反映率", "recurrences"),
    "yellow_cards": ("黄牌率", "yellow cards"),
    "red_cards": ("红牌率", "red cards"),
    "help": ("协助评价", "help given"),
    "households": ("网格户数范围", "households of a grid"),
    "office": ("管理", "administration"),
    "calendar_days": ("放假安排提前公布天数", "days before the year by which it is published"),
    "calendar_again": ("再次提醒间隔", "time between reminders of a missing year"),
    "consultation": ("咨询类", "consultation"),
    "simple": ("简单类", "simple"),
    "standard": ("一般类", "standard"),
    "year": ("年度", "year"),
    "published": ("已发布", "published"),
    "holiday": ("放假", "holiday"),
    "make_up": ("调休上班", "make-up working day"),
    "working_days": ("全年工作日（天）", "working days of the year"),
    "schedule": ("工作时间", "hours of"),
    "*": ("全市", "everyone"),
    "timezone": ("时区", "time zone"),
    "observes": ("执行国家放假安排", "observes the national holidays"),
    "make_up_hours": ("调休日", "make-up day"),
    "monday": ("周一", "Monday"),
    "tuesday": ("周二", "Tuesday"),
    "wednesday": ("周三", "Wednesday"),
    "thursday": ("周四", "Thursday"),
    "friday": ("周五", "Friday"),
    "saturday": ("周六", "Saturday"),
    "sunday": ("周日", "Sunday"),
}
UNITS: Table = {
    "seconds": ("秒", "seconds"),
    "minutes": ("分钟", "minutes"),
    "hours": ("小时", "hours"),
    "days": ("天", "days"),
    "working_hours": ("个工作小时", "working hours"),
    "working_days": ("个工作日", "working days"),
}
NONE = ("无", "none")
SAME_DAY = ("当日下班前", "the same day")
YES_NO = {True: ("是", "yes"), False: ("否", "no")}
OF_POLICY = (
    "适用于该日起登记的诉求，此前登记的按原版本",
    "for cases registered from that day on; earlier ones keep their version",
)
OF_CALENDAR = (
    "适用于该日起设定的时限，此前设定的按原日历解释",
    "for deadlines set from that day on; earlier ones are explained by their own calendar",
)


def place(path: Path, language: Language) -> str:
    """Where in the document, in words."""
    return " · ".join(_part(part, language) for part in path)


def _part(part: str, language: Language) -> str:
    for table in (STAGES, REASONS, PLACES, ACTIONS):
        if part in table and not (table is not PLACES and part in {"department", "deliberation"}):
            return say(table, part, language)
    return part


def value(found: Value, language: Language) -> str:
    """A number, a length of time, opening hours."""
    english = language == "en"
    match found:
        case None | ():
            return NONE[english]
        case bool():
            return YES_NO[found][english]
        case Span():
            return _span(found, language)
        case (int(first), int(second)):
            return f"{first}/{second}"
        case tuple():
            return ", ".join(_hours(spell) for spell in found if isinstance(spell, tuple))
    return str(found)


def _span(span: Span, language: Language) -> str:
    if span.unit == "same_day":
        return SAME_DAY[language == "en"]
    return f"{span.amount} {say(UNITS, span.unit, language)}"


def _hours(spell: tuple[int, int]) -> str:
    opens, closes = (f"{at // 3600:02}:{at % 3600 // 60:02}" for at in spell)
    return f"{opens}-{closes}"


def meaning(touched: Touched | None, since: datetime | None, language: Language) -> str:
    """Which clocks of which cases, from when on."""
    english = language == "en"
    when = OF_POLICY[english]
    day = "" if since is None else f"{since:%Y-%m-%d}: "
    if touched is None:
        return f"{day}{when}"
    where = say(STAGES, touched.stage, language) if touched.stage else ""
    kind = say(PLACES, touched.deadline, language) if touched.deadline else ""
    urgent = say(PLACES, "urgent", language) if touched.urgent else ""
    clock = say(CLOCK_NAMES, touched.clock, language)
    return f"{day}{' '.join(filter(None, (urgent, where, kind, clock)))} – {when}"


CLOCK_NAMES: Table = {
    "accept": ("签收时限", "acceptance clock"),
    "handle": ("办理时限", "handling clock"),
    "resident": ("群众总时限", "resident's clock"),
    "on_site": ("到场时限", "on-site clock"),
    "supervision": ("督办答复时限", "supervision clock"),
    "supervision_review": ("督办复查时限", "supervision review clock"),
    "suspension": ("挂起上限", "suspension clock"),
    "extension": ("延期审批时限", "extension clock"),
    "rating_reminder": ("再次邀请评价时间", "rating reminder"),
    "rating": ("评价期", "rating clock"),
}
