"""The words that only `shouwen score` has, in Chinese and English; all others are the API's."""

from api.words.table import Table

SAYS: Table = {
    "policy": ("政策 {version}", "policy {version}"),
    "own": ("本单位自身", "own figures"),
    "area": ("含下属单位", "with all units below"),
    "as_of": ("截至 {at} 所知", "as of {at}"),
    "not_over": ("期间尚未结束", "the period is not over"),
    "proactive": ("仅主动发现", "found before anybody asked, alone"),
    "nothing": ("该期间无计入件。", "Nothing was counted in this period."),
    "composite": ("综合得分 {points}", "Composite {points} of 100"),
    "left_out": (
        "未计入综合得分（无计入件，其余按权重折算）：{measures}",
        "Left out of the composite, the rest scaled (nothing counted): {measures}",
    ),
    "column_rate": ("比率 %", "rate %"),
    "column_of": ("计入", "of"),
    "column_unanswered": ("未答", "unanswered"),
    "column_excluded": ("剔除", "excluded"),
    "column_interval": ("区间 %", "interval %"),
    "column_points": ("得分", "points"),
    "column_mark": ("", ""),
    "column_composite": ("综合得分", "composite"),
    "column_place": ("名次", "place"),
    "column_before": ("环比", "on the period before"),
    "column_year_before": ("同比", "on the year before"),
    "column_ties": ("并列", "tied with"),
    "few": ("件数少", "few"),
    "taken_over": ("已撤并，由 {unit} 承接", "closed; {unit} took over"),
    "closed": ("已撤销", "closed"),
    "founded_later": ("期末时尚未设立", "not there yet when the period ended"),
    "urban": ("城市", "urban"),
    "rural": ("农村", "rural"),
    "level": ("{level} 级", "level {level}"),
    "astray": (
        "不计入：{case_id} 第 {version} 号事件（{measure_name}）—— {unit} 从未承办该件",
        "Left out: {case_id} event {version} ({measure_name}): {unit} never had a part in it",
    ),
    "interested": (
        "注意：{case_id} 第 {version} 号事件（{measure_name}）由 {by_unit} 剔除：{interest_words}",
        "Note: {case_id} event {version} ({measure_name}) excluded by {by_unit}: {interest_words}",
    ),
    "now": ("目前", "now"),
    "compared": (
        "与现行结果（政策 {policy}，{at}）相比：",
        "Against what stands (policy {policy}, {at}):",
    ),
    "moved": ("  {unit}：上级由 {before} 变为 {after}", "  {unit}: under {before} → {after}"),
    "unranked": ("未排名", "not ranked"),
    "places": ("第 {places} 名", "place {places}"),
    "case": (
        "  {case_id} · {unit} · {measure}：{reasons}（事件 {events}）",
        "  {case_id} · {unit} · {measure}: {reasons} (events {events})",
    ),
    "more": ("  另有 {cases} 件，见 --json", "  and {cases} more; see --json"),
    "same": ("  无差别", "  no difference"),
}
