"""Plain words of scores (R12): each measure, what counts in it, why a posting takes one back."""

from api.words.table import Table

MEASURES: Table = {
    "acceptance": ("按时签收率", "accepted in time"),
    "handling": ("按时办理率", "handled in time"),
    "promise": ("按期办结率", "resolved in the promised time"),
    "response": ("响应率", "response"),
    "resolution": ("解决率", "resolution"),
    "satisfaction": ("满意率", "satisfaction"),
    "follow_up": ("回访率", "follow-up"),
    "returns": ("退回率", "returns"),
    "reopenings": ("重办率", "reopenings"),
    "recurrences": ("重复反映率", "recurrences"),
    "yellow_cards": ("黄牌率", "yellow cards"),
    "red_cards": ("红牌率", "red cards"),
    "report_in": ("按时报到率", "reported in time"),
    "help": ("协助有效率", "help given"),
}

COUNTS: Table = {
    "acceptance": (
        "每次到达须签收的计一件：时限内签收为按时，超时为未按时；未签收即退回的不计。",
        (
            "Each arrival that had to be accepted counts: in time, or missed at the breach; one"
            " that was sent back before either counts nothing."
        ),
    ),
    "handling": (
        "每次办理计一件：时限内办结、上报、转出、交办为按时，超时为未按时；退回、裁定改派、并案、撤诉不计。",
        (
            "Each turn at the work counts: moved on by work done in time, or missed at the breach;"
            " sent back, adjudicated away, merged or withdrawn counts nothing."
        ),
    ),
    "promise": (
        "群众总时限，每轮计一件：时限内办结为按期，超时计入超时发生时的承办单位。",
        (
            "The resident's own clock, one a round: resolved in time, or missed by the unit that"
            " had the case when it ran out."
        ),
    ),
    "response": (
        "每份评价计一件：居民答“已联系”的计入；已请评价而未答的列为未评价。",
        (
            "Each rating counts: so when the resident says they were contacted; asked and not"
            " answered is listed as unanswered."
        ),
    ),
    "resolution": (
        "每份评价计一件：居民答“已解决”的计入；期限内同一事项再次反映的计为未解决。",
        (
            "Each rating counts: so when the resident says it is solved; the same matter reported"
            " again makes it unsolved."
        ),
    ),
    "satisfaction": (
        "每份有效评价计一件：3 至 5 级为满意；报到单位按政策分担。",
        (
            "Each valid grade counts: satisfied from 3 to 5; units that reported in carry the"
            " policy's share."
        ),
    ),
    "follow_up": (
        "每次办结须回访的计一件：时限内已回访的计入首问责任人，超时为未回访。",
        (
            "Each resolution that owes the officer's call counts: called in time, or missed at the"
            " breach."
        ),
    ),
    "returns": (
        "每次到达计一件，由本单位退回的计入；越低越好。",
        "Of all arrivals those the unit sent back; better when lower.",
    ),
    "reopenings": (
        "每次办结计一件，其后重新办理的计入；越低越好。",
        "Of all resolutions those that were worked on again; better when lower.",
    ),
    "recurrences": (
        "每次办结计一件，其后同一事项再次反映的计入；越低越好。",
        "Of all resolutions those whose matter was reported again; better when lower.",
    ),
    "yellow_cards": (
        "每项须按时完成的职责计一件，临期被亮黄牌的计入；越低越好。",
        "Of all duties with a clock the yellow cards drawn; better when lower.",
    ),
    "red_cards": (
        "每项须按时完成的职责计一件，超时被亮红牌的计入；越低越好。",
        "Of all duties with a clock those that were missed; better when lower.",
    ),
    "report_in": (
        "每次吹哨计一件：时限内报到的计入，超时为未报到。",
        "Each summons counts: reported in on time, or missed at the breach.",
    ),
    "help": (
        "每次协助结束计一件：已出力且未被认为无效的计入。",
        "Each help that ended counts: so when something was done and it was not called useless.",
    ),
}

BECAUSE: Table = {
    "mistaken": ("误评，不计入", "a mistake: it does not count"),
    "malicious": ("恶意评价，不计入", "malicious: it does not count"),
    "appeal": ("申诉成立，不计入", "an appeal was upheld: it does not count"),
    "restored": ("恢复计入", "it counts again"),
    "recurrence": ("同一事项再次反映", "the matter was reported again"),
    "answered": ("已有结果", "answered meanwhile"),
    "overdue": ("已超时", "its time ran out"),
    "left": ("未及完成已离开，不计", "it went on before either: it counts nothing"),
    "handed_on": ("已移交他人承办，随承办人计算", "handed to a colleague: theirs from then on"),
    "asked_for": ("居民也已反映，不再单列", "a resident asked for it too: it is not counted apart"),
    "given_back": ("并案退回，随原件计算", "its case was given back: it counts there"),
}
"""Why something counts no more, or again."""

TRENDS: Table = {
    "better": ("变好", "better"),
    "worse": ("变差", "worse"),
    "no_clear_change": ("无明显变化", "no clear change"),
    "unknown": ("无法比较", "not to be compared"),
}
"""How a rate stands beside the one of an earlier period."""

MARKS: Table = {
    "not_over": ("考核期未结束，数据仍在变化", "the period is not over: figures still change"),
    "nothing_counted": ("本期没有计入的事项", "nothing counted in the period"),
    "few": (
        "部分指标件数少于规定数量，比率多属偶然，不参加排名",
        "some rates are of fewer cases than the minimum: mostly chance, and never ranked",
    ),
    "closed": (
        "单位已撤销；此前数据仍列在其名下，不计入接替单位",
        "the unit is closed: what it carried stays its own and is not moved to who took over",
    ),
    "founded_later": (
        "考核期内尚无该单位",
        "there was no such unit in the period",
    ),
    "astray": (
        "事项从未到过该单位，不计入",
        "the unit never had the case, nor a duty in it: left out",
    ),
    "own_figure": (
        "由本人裁定，且本人数据因此变好",
        "decided by the very person whose figure is better for it",
    ),
    "own_unit": (
        "由本单位裁定，且本单位数据因此变好",
        "decided by the unit whose figure is better for it",
    ),
    "own_chain": (
        "由上级裁定，其辖区数据因此变好",
        "decided by a superior whose area's figure is better for it",
    ),
}
"""What is to be known of figures, and of what was taken out of them."""

APART: Table = {
    "few": ("件数少于规定数量，单列", "fewer cases than the minimum: listed apart"),
    "nothing": ("没有计入的事项，单列", "nothing counted: listed apart"),
    "no_interval": ("次数多于职责数，单列", "more than there were duties: listed apart"),
}
"""Why a unit is not ranked."""

CHANGED: Table = {
    "excluded": ("其间决定不计入", "taken out of the figures in between"),
    "restored": ("其间恢复计入", "put back into the figures in between"),
    "recurrence": ("其间同一事项再次反映", "the matter was reported again in between"),
    "answered": ("其间已有结果", "answered in between"),
    "corrected": ("其间更正", "corrected in between"),
    "recorded_later": ("其间方才记录", "recorded in between"),
    "helper_share": ("报到单位分担比例不同", "units that helped carry another share"),
}
"""Why a case counts otherwise in another reading."""
