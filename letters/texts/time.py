"""What is said when time runs out, for a case or for whoever must decide in it (R4.4, R6.6)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "clock.warned": Said(
        staff=("时限预警，请抓紧办理", "A deadline is coming close"),
        partner=("报到时限将到，请尽快报到", "Please report in: the time for it runs out"),
    ),
    "clock.broken": Said(
        staff=("已超时（红牌）", "A deadline was missed (red card)"),
        partner=("报到已超时，请立即报到", "You have not reported in in time; please do so now"),
    ),
    "decision.passed_up": Said(
        staff=("下级逾期未决，请您裁定", "Nobody decided in time below; please decide"),
    ),
}
