"""What is said of a resolution, its ratings, a bad one (R9, R10), and the end of a case."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
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
    "withdrawal.recorded": Said(
        staff=("记录了居民撤诉，待复核", "A withdrawal was recorded and is to be reviewed"),
        resident=(
            "工作人员记录您已撤诉，上级将核实；如您并未撤诉，请凭回执告知“继续办理”",
            "Staff recorded that you withdrew your request. If you did not, say so: keep it",
        ),
    ),
    "withdrawal.decided": Said(
        staff=("撤诉记录已复核", "The recorded withdrawal was reviewed"),
        resident=(
            "您的撤诉记录已经上级复核，请凭回执查看结果",
            "A superior reviewed the recorded withdrawal: see the result with your receipt",
        ),
    ),
    "withdrawal.denied": Said(
        staff=("居民表示并未撤诉，继续办理", "The resident did not withdraw: the case goes on"),
    ),
    "case.closed": Said(
        staff=("已结案", "The case is closed"),
        party=("您参与的事项已结案", "A matter you are a party to is closed"),
        resident=("您反映的事项已结案，感谢您的反映", "Your request is closed. Thank you"),
    ),
}
