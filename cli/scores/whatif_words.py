"""The words of `shouwen whatif`, Chinese and English. No rule here."""

from collections.abc import Mapping

Words = Mapping[str, Mapping[str, str]]

HEADS: Mapping[str, tuple[str, ...]] = {
    "en": ("", "really", "replayed as is", "held out", "what if", "range"),
    "zh": ("", "实际", "按原样回放", "留出检验", "假设", "范围"),
}
FIGURES: Words = {
    "en": {
        "breaches": "clocks broken (red cards)",
        "accept": "acceptance",
        "handle": "handling",
        "resident": "resident's clock",
        "on_site": "on site",
        "follow_up": "follow-up",
        "late_cases": "cases with a clock broken",
        "yellow_cards": "yellow cards",
        "climbs": "automatic escalations",
        "resolved": "resolutions",
        "days_to_resolution": "days to resolution, mean",
        "days_in_hand": "case-days in hand in the period",
        "first_contact": "first contact",
        "grid": "grid",
        "community": "community",
        "street": "street",
        "department": "department",
        "satisfied": "satisfied of those who rated, %",
    },
    "zh": {
        "breaches": "超时（红牌）",
        "accept": "签收",
        "handle": "办理",
        "resident": "群众总时限",
        "on_site": "到场",
        "follow_up": "回访",
        "late_cases": "有超时的件",
        "yellow_cards": "黄牌",
        "climbs": "自动上报",
        "resolved": "办结",
        "days_to_resolution": "平均办结天数",
        "days_in_hand": "期内在办件日",
        "first_contact": "首问",
        "grid": "网格",
        "community": "社区",
        "street": "街道",
        "department": "部门",
        "satisfied": "满意率（已评价）%",
    },
}
SAYS: Words = {
    "en": {
        "head": "{replayed} cases registered {from} to {to}, of which {open} still open and"
        " {imported} imported, {proactive} found unasked",
        "clocks": "{replayed} clocks replayed; {others} had a time promised elsewhere and keep it."
        " Known up to event {seq}",
        "near": "{near_due} of {kept} handling clocks kept were so in the last tenth of their time:"
        " the more there are, the more people work to the clock, and would to another one",
        "staff": "{unit} ({stage}): {had} posts → {posts}",
        "changed": "{changed} cases have a clock that comes out otherwise. In {drawn} cases"
        " something had to be drawn; of {unsaid} too little is known: they are in the ranges only",
        "rests": "This rests on:",
        "cannot": "cannot say",
        "late": "breaks",
        "kept": "does not break",
        "unknown": "not known",
        "drawn": "drawn",
        "due": "due",
        "ended": "ends",
    },
    "zh": {
        "head": "{from} 至 {to} 登记 {replayed} 件，其中未办结 {open} 件、"
        "导入 {imported} 件、主动发现 {proactive} 件",
        "clocks": "回放时限 {replayed} 个，其中 {others} 个另有承诺期限、保持不变。"
        "数据截至第 {seq} 号事件",
        "near": "按时办结的 {kept} 个办理时限中，{near_due} 个在最后十分之一时间内完成：所占越多，"
        "说明人员越是按时限安排工作，换了时限也会随之改变",
        "staff": "{unit}（{stage}）：岗位 {had} → {posts}",
        "changed": "{changed} 件有时限结果改变；{drawn} 件须抽样推定；"
        "{unsaid} 件同类过少，仅计入范围",
        "rests": "以上基于：",
        "cannot": "无法判断",
        "late": "超时",
        "kept": "不超时",
        "unknown": "无法得知",
        "drawn": "抽样",
        "due": "到期",
        "ended": "结束",
    },
}
WHY: Words = {
    "en": {
        "due_earlier": "due earlier",
        "due_later": "due later",
        "no_such_clock": "no such clock",
        "ends_earlier": "ends earlier",
        "ends_later": "ends later",
        "new_clock": "a clock that only the other policy has",
        "new_turn": "a turn that never was",
        "no_such_turn": "the turn does not come about",
    },
    "zh": {
        "due_earlier": "到期提前",
        "due_later": "到期推后",
        "no_such_clock": "无此时限",
        "ends_earlier": "提前完成",
        "ends_later": "推后完成",
        "new_clock": "原规则无此时限",
        "new_turn": "新增环节",
        "no_such_turn": "环节不再出现",
    },
}
WHY_NOT: Words = {
    "en": {
        "nothing_of_the_kind": "nothing of the kind happened",
        "model_misses": "replayed as is misses by more than 5 %",
        "staff_model_misses": "the queue misses by more than 20 % for work not seen",
        "staff_untried": "too few turns to try the model on work not seen",
        "too_little_known": "of too many of its cases too little is known",
        "too_few_rated": "too few rated",
        "too_few_in_a_group": "too few rated in a group that cases would move to",
    },
    "zh": {
        "nothing_of_the_kind": "期内无此情形",
        "model_misses": "按原样回放与实际相差超过 5%",
        "staff_model_misses": "留出检验与实际相差超过 20%",
        "staff_untried": "可供留出检验的件数过少",
        "too_little_known": "情况不明的件过多",
        "too_few_rated": "评价过少",
        "too_few_in_a_group": "所转入的一组评价过少",
    },
}
ASSUMPTIONS: Words = {
    "en": {
        "nobody_hurries": "Everybody takes as long as they really did, whatever the clock says:"
        " people who would hurry or rest on another deadline are not in it.",
        "drawn_from_own_past": "Work taken away at a breach goes on as long as such work did at the"
        " same rung; so does work of turns that never were.",
        "units_as_they_are": "A case that climbs goes to the unit of its place or matter, which"
        " settles it or passes it on in the proportion of its rung.",
        "seen_so_far": "What is not over counts as it stood at the last event. A clock that really"
        " broke and that nobody stopped is not known where it would be due after that.",
        "only_these_units": "The figures are those of the units whose staff is changed.",
        "posts_share_evenly": "Posts share their time evenly among the cases in hand of their unit;"
        " a case takes as much of a post's own time as it did.",
        "arrivals_stay": "Cases reach the unit when they really did; what leaves it otherwise does"
        " not change the queues of others.",
        "unaccepted_stay": "What nobody accepted stays so.",
    },
    "zh": {
        "nobody_hurries": "各环节用时与实际相同：不考虑人员因时限变化而加快或放慢。",
        "drawn_from_own_past": "因超时被取走的工作、以及新增环节，按同层级同类工作的实际用时推定。",
        "units_as_they_are": "上报后由所在地或事项对应的单位办理，办结或再转的比例同该层级实际。",
        "seen_so_far": "尚未结束的，按最后一条事件时的状态计；实际已超时、至今未停，"
        "而假设到期在此之后的，无法得知。",
        "only_these_units": "各项数字只计调整人员的单位。",
        "posts_share_evenly": "岗位将时间平均分给在办各件；每件所需的人力用时与实际相同。",
        "arrivals_stay": "到达时间与实际相同；离开时间改变不影响其他单位的排队。",
        "unaccepted_stay": "实际无人签收的，仍按无人签收计。",
    },
}
