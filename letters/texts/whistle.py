"""What is said to and of summoned helpers (R5)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
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
}
