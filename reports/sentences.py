"""The sentences of reports, Chinese and English."""

from reports.words import Words

EDITION: Words = ("第 {n} 版", "{n}")
NO_EDITION: Words = ("草稿，未入档", "a draft, on no record")
FROM_TO: Words = ("{first} 至 {last}", "{first} to {last}")
POSITION: Words = ("截至第 {n} 号事件", "up to event number {n}")

COMPOSITE: Words = ("综合得分 {points}（满分 100）。", "Composite {points} out of 100.")
NO_COMPOSITE: Words = (
    "本期没有计入综合得分的事项。",
    "Nothing counted towards a composite in this period.",
)
OWN_COMPOSITE: Words = ("本级综合得分 {points}。", "Composite of the unit itself: {points}.")
AGAINST: dict[str, Words] = {
    "before": (
        "上期（{period}）{points}，{change}。",
        "Period before ({period}): {points}, {change}.",
    ),
    "year_before": (
        "上年同期（{period}）{points}，{change}。",
        "A year before ({period}): {points}, {change}.",
    ),
}
UP: Words = ("上升 {by} 分", "up by {by} points")
DOWN: Words = ("下降 {by} 分", "down by {by} points")
SAME: Words = ("持平", "unchanged")

RANKED_BY: Words = (
    (
        "按{measure}{confidence}% 置信区间的下限排列。区间相互重叠的单位难分先后；计入不足 "
        "{minimum} 件的单列，不排名。"
    ),
    (
        "Ordered by the lower bound of the {confidence}% interval of {measure}. Units whose "
        "intervals overlap cannot be told apart; those with fewer than {minimum} counted are "
        "listed apart and not ranked."
    ),
)
RANK_CHART: Words = (
    "圆点为比率，横线为 {confidence}% 置信区间；空心圆点为不排名的单位。",
    (
        "Dots are rates, lines their {confidence}% intervals; hollow dots are units that are not "
        "ranked."
    ),
)
RANK_PARTS: Words = (
    "单位较多，图按表中次序分为 {n} 幅，每幅至多 {most} 个单位，横轴相同。",
    (
        "There are many units: the chart is in {n} parts of at most {most} units, in the order of "
        "the table and along the same axis."
    ),
)
FEW: Words = ("不排名", "not ranked")
NOTHING: Words = ("本期没有计入事项的单位：{names}。", "Units in which nothing counted: {names}.")
NONE_RANKED: Words = ("本期没有可以排名的单位。", "No unit can be ranked in this period.")
TIED_MORE: Words = ("{names} 等 {n} 个", "{names} and others, {n} in all")
TREND: Words = (
    "每格一项指标，纵轴为比率（%）；没有计入事项或者不足以公开的月份留空。",
    (
        "One measure in each panel, the rate in percent upwards; months in which nothing counted, "
        "or too little to be published, are blank."
    ),
)
COUNTS: Words = (
    "每格为“达到/计入”件数。",
    "Each cell has how many were so, of how many that counted.",
)
COMPARED: Words = (
    "实心圆为本期，空心圆为上期，三角为上年同期；图中只画以高为好的指标。",
    (
        "Filled dots are this period, hollow dots the period before, triangles a year before; only "
        "measures that are better when higher are drawn."
    ),
)
CHANGES: Words = (
    "增减以百分点计，综合得分以分计；置信区间互不重叠才说变好或变差；带 ↓ 的指标以低为好。",
    (
        "Changes are in percentage points, of the composite in points. Better or worse is said "
        "only where the intervals do not overlap. Measures with ↓ are better when lower."
    ),
)
RATES: Words = (
    (
        "比率＝达到÷计入。未答复和剔除的不计入，在旁列出；区间为 {confidence}% 置信区间；带 ↓ "
        "的指标以低为好，按“未发生”的比率计分。"
    ),
    (
        "A rate is what was so, of what counted. Unanswered and excluded are not counted and stand "
        "beside. Intervals are at {confidence}% confidence. Measures with ↓ are better when lower "
        "and earn points for what did not happen."
    ),
)
EMPTY: Words = ("本期没有计入的事项。", "Nothing counted in this period.")
BREACHES: Words = (
    "件数。首行只计本级，其余各行含其所属单位。",
    "Counts. The first line is this unit itself, the others have all below them.",
)
CLOSED: Words = ("{name}（已撤并）", "{name} (closed)")
ITSELF: Words = ("{name}（本级）", "{name} (itself)")
CHANGED: Words = (
    "{measure}（{scope}）：{before} → {after}",
    "{measure} ({scope}): {before} → {after}",
)
SCOPES: dict[str, Words] = {"area": ("本级及所属", "with all below"), "own": ("本级", "itself")}

NOTES: dict[str, Words] = {
    "computed": (
        (
            "全部数字由只追加的事件日志计算得出，没有手工填报；"
            "同样的输入在任何机器上得到同样的字节，每个数字都可以展开到它所依据的事件。"
        ),
        (
            "All figures are computed from the append-only journal of events; none is filled in by "
            "hand. The same input gives the same bytes on any machine, and each figure opens into "
            "the events behind it."
        ),
    ),
    "small": (
        "下列指标计入不足 {0} 件，差别多半出于偶然，不宜据此评价：{measures}。",
        (
            "Fewer than {0} counted in these: differences are mostly chance, and nobody should be "
            "judged by them: {measures}."
        ),
    ),
    "unanswered": (
        (
            "{measures}：{0} 件已请评价而没有答复，计入的为 {1} 件；"
            "没有评价的既不算满意，也不算不满意。"
        ),
        (
            "{measures}: {0} were asked and have not answered, {1} counted; whoever did not rate "
            "counts neither as satisfied nor as dissatisfied."
        ),
    ),
    "pending": (
        "{measures}：{0} 件尚无结果（时限未到），没有计入；计入的为 {1} 件。",
        "{measures}: {0} had no outcome yet (still within time) and do not count; {1} do.",
    ),
    "excluded": (
        "{measures}：{0} 件经复核或申诉认定后剔除，理由记录在案。",
        "{measures}: {0} excluded after a review or an appeal, each with its reason on record.",
    ),
    "withheld": (
        (
            "空格处件数过少，不予公开：群众评价和重办、重复反映，以及仅由一人承办的指标，计入不足 "
            "{0} 件的不公开达到数和比率，综合得分随之不公开；足以由此推算的季度、年度数字"
            "和任意日期区间的群众评价也不公开。主管单位可在系统内查看全部数字。"
        ),
        (
            "Where a cell is empty there are too few to be published: of residents' answers, "
            "reopenings and recurrences, and of what one person alone worked for, neither count "
            "nor rate is published where fewer than {0} counted, and no composite that holds it; "
            "nor of a quarter or year from which it could be worked out, nor answers of a range "
            "of days. Whoever oversees the unit reads all figures in the system."
        ),
    ),
    "left_out": (
        "综合得分没有包括下列指标（本期没有计入事项），其余权重按比例放大：{measures}。",
        (
            "The composite leaves out these measures, in which nothing counted; the other weights "
            "are scaled up: {measures}."
        ),
    ),
    "no_before": ("没有上期数据可比。", "There is nothing to compare with from the period before."),
    "no_year_before": (
        "没有上年同期数据可比。",
        "There is nothing to compare with from a year before.",
    ),
    "unfinished": (
        "数据截至时期间尚未结束，数字还会变化。",
        "The period had not ended as of this moment; its figures will change.",
    ),
    "moving": (
        (
            "评价、回访、申诉可能在期间结束之后到来；此后的变化见以后版次，"
            "或按新的截至时刻重算的结果。"
        ),
        (
            "Ratings, calls and appeals may come after the period; what they change is in later "
            "editions, or in the figures as of a later moment."
        ),
    ),
    "closed": (
        "本单位已撤并，由{0}承接；其数字仍列在原名之下，不并入承接单位。",
        (
            "This unit was closed and {0} took over; its figures stay under its own name and are "
            "moved to nobody."
        ),
    ),
    "astray": (
        "{0} 条记录所涉事项本单位从未经手，没有计入。",
        "{0} entries were left out: the unit never had any part in those cases.",
    ),
    "marked": (
        "{0} 件剔除由因此得益的单位所在一线作出，已作标记，供核查。",
        "{0} exclusions were decided within the chain that gains by them; they are marked.",
    ),
    "tree": (
        "所属单位按期间末日、数据截至时所知的组织机构计算。",
        (
            "What is below the unit is taken from the organisation at the period's end, as known "
            "as of this moment."
        ),
    ),
    "proactive": (
        "巡查、走访等主动发现的事项另行统计，不在本报告之内。",
        (
            "What patrols and visits found before anybody asked is counted apart and is not in "
            "this report."
        ),
    ),
    "no_people": (
        "本报告只涉及单位，不涉及个人。",
        "This report is about units, never about people.",
    ),
}
"""What the figures can and cannot say, by the code of a note."""
