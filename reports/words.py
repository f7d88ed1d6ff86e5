"""The words of reports, Chinese and English. What is counted has the names the office knows."""

from typing import Literal

from domain.scores.measures import Measure

Language = Literal["zh", "en"]
Words = tuple[str, str]

SYSTEM: Words = ("首问", "Shouwen")

MEASURES: dict[Measure, Words] = {
    Measure.ACCEPTANCE: ("按时签收率", "On-time acceptance"),
    Measure.HANDLING: ("按时办理率", "On-time handling"),
    Measure.PROMISE: ("按期办结率", "Resolved as promised"),
    Measure.RESPONSE: ("响应率", "Response"),
    Measure.RESOLUTION: ("解决率", "Resolution"),
    Measure.SATISFACTION: ("满意率", "Satisfaction"),
    Measure.FOLLOW_UP: ("回访率", "Follow-up calls"),
    Measure.RETURNS: ("退回率", "Returns"),
    Measure.REOPENINGS: ("重办率", "Reopenings"),
    Measure.RECURRENCES: ("重复反映率", "Recurrences"),
    Measure.YELLOW_CARDS: ("黄牌率", "Yellow cards"),
    Measure.RED_CARDS: ("红牌率", "Red cards"),
    Measure.REPORT_IN: ("按时报到率", "Reporting in on time"),
    Measure.HELP: ("协助有效率", "Help given"),
}
"""As they stand in tables; those that are better when lower carry a mark there."""

LATE: dict[Measure, Words] = {
    Measure.ACCEPTANCE: ("签收超时", "Accepted late"),
    Measure.HANDLING: ("办理超时", "Handled late"),
    Measure.PROMISE: ("超承诺期限", "Promise broken"),
    Measure.FOLLOW_UP: ("未按时回访", "Called late"),
    Measure.REPORT_IN: ("未按时报到", "Reported in late"),
}

KINDS: dict[str, Words] = {
    "city": ("市", "City"),
    "district": ("区（县）", "District (county)"),
    "street": ("街道", "Street"),
    "township": ("乡镇", "Township"),
    "community": ("社区", "Community"),
    "village": ("村", "Village"),
    "grid": ("网格", "Grid"),
    "department": ("职能部门", "Department"),
}
SETTINGS: dict[str, Words] = {"urban": ("城市", "urban"), "rural": ("农村", "rural")}
PERIODS: dict[int, Words] = {
    1: ("月报", "Monthly report"),
    3: ("季报", "Quarterly report"),
    12: ("年报", "Annual report"),
    0: ("专期报告", "Report"),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)

TITLE: Words = ("诉求办理与评价{report}", "{report} on requests and ratings")
DRAFT: Words = ("（草稿）", " (draft)")
PAGE: Words = ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}")

SECTIONS: dict[str, Words] = {
    "about": ("报告信息", "About this report"),
    "area": ("各项指标（本级及所属）", "Rates, this unit and all below it"),
    "own": ("各项指标（本级）", "Rates, this unit itself"),
    "comparison": ("同比与环比", "Against the period before and a year before"),
    "ranking": ("{kind}排名（按{measure}）", "Ranking of units below: {kind}, by {measure}"),
    "trend": ("近十二个月走势", "The last twelve months"),
    "counts": ("走势所依据的件数", "The counts behind the trend"),
    "breaches": ("超时与黄牌、红牌", "Breaches and cards"),
    "notes": ("本报告能说明和不能说明的", "What this report can and cannot say"),
    "changed": ("与上一版次的不同", "What changed since the edition before"),
}

SHEETS: dict[str, Words] = {
    "about": ("报告", "Report"),
    "area": ("指标（含所属）", "Rates"),
    "own": ("指标（本级）", "Rates of the unit itself"),
    "comparison": ("同比环比", "Comparison"),
    "ranking": ("排名", "Ranking"),
    "trend": ("走势", "Trend"),
    "counts": ("走势件数", "Counts"),
    "breaches": ("超时与黄红牌", "Breaches and cards"),
    "notes": ("说明", "Notes"),
    "changed": ("更正", "Changed"),
}

COLUMNS: dict[str, Words] = {
    "item": ("事项", "Item"),
    "value": ("内容", "Value"),
    "measure": ("指标", "Measure"),
    "numerator": ("达到", "So"),
    "denominator": ("计入", "Counted"),
    "unanswered": ("未答复", "Unanswered"),
    "excluded": ("剔除", "Excluded"),
    "rate": ("比率（%）", "Rate (%)"),
    "low": ("区间下限", "Low"),
    "high": ("区间上限", "High"),
    "target": ("目标", "Target"),
    "points": ("得分", "Points"),
    "full": ("满分", "Full"),
    "weight": ("权重", "Weight"),
    "now": ("本期", "Now"),
    "before": ("上期", "Before"),
    "change": ("增减", "Change"),
    "year_before": ("上年同期", "Year before"),
    "trend": ("判断", "Verdict"),
    "place": ("位次", "Place"),
    "unit": ("单位", "Unit"),
    "tied": ("难分先后", "Cannot be told from"),
    "composite": ("综合得分", "Composite"),
    "month": ("月份", "Month"),
    "yellow": ("黄牌", "Yellow cards"),
    "red": ("红牌", "Red cards"),
    "returned": ("退回", "Returned"),
    "reopened": ("重办", "Reopened"),
    "recurred": ("重复反映", "Recurred"),
    "number": ("序号", "No."),
    "note": ("说明", "Note"),
}

TRENDS: dict[str, Words] = {
    "better": ("变好", "better"),
    "worse": ("变差", "worse"),
    "no_clear_change": ("无明显变化", "no clear change"),
    "unknown": ("", ""),
}
HEAD: dict[str, Words] = {
    "unit": ("单位", "Unit"),
    "kind": ("类别", "Kind"),
    "above": ("上级单位", "Superiors"),
    "successor": ("并入或更名为", "Taken over by"),
    "period": ("统计期间", "Period"),
    "edition": ("版次", "Edition"),
    "report_id": ("报告编号", "Report number"),
    "policy": ("考核政策版本", "Policy version"),
    "organisation": ("组织机构版本", "Organisation version"),
    "as_of": ("数据截至", "As of"),
    "position": ("日志序号", "Journal position"),
    "figures": ("数据文件 SHA-256", "SHA-256 of the figures"),
}


def say(words: Words, language: Language) -> str:
    """The words in that language."""
    return words[language == "en"]
