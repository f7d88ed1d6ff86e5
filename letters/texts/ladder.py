"""What is said of the way a case takes from unit to unit, and of what the resident adds (R4)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "case.emergency": Said(
        staff=(
            "紧急情况，请立即响应并到场",
            "Emergency: respond and go there at once",
        ),
    ),
    "case.hastened": Said(
        staff=(
            "已转为紧急情况，请按紧急时限答复或到场",
            "An emergency now: due from you sooner than you were told",
        ),
        partner=(
            "已转为紧急情况，请按紧急时限到场",
            "An emergency now: please come sooner than you were told",
        ),
    ),
    "case.arrived": Said(
        staff=("诉求已转到{unit}", "A case is now with {unit}"),
    ),
    "case.assigned": Said(
        staff=("已指派经办人", "A handler has been assigned"),
    ),
    "case.escalated": Said(
        staff=(
            "因超时自动上报一级，超时记录保留",
            "Escalated by itself after a missed deadline; the breach stays on record",
        ),
    ),
    "case.reminded": Said(
        staff=("居民催办", "The resident reminds"),
    ),
    "case.information_added": Said(
        staff=("居民补充了情况，请查看", "The resident has added information; please read it"),
    ),
}
