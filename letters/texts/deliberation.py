"""What is said of residents who deliberate (R8)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "deliberation.published": Said(
        staff=(
            "议事决议或结果已公开，公示期内接受异议",
            "Published; now residents may object",
        ),
        resident=(
            "您反映的事项的议事决议或结果已公开，公示期内可提出异议",
            "What was decided or done about your request is published; you may object meanwhile",
        ),
    ),
    "deliberation.objection_raised": Said(
        staff=("公示收到异议，请裁定", "An objection was raised; please decide"),
    ),
    "deliberation.objection_decided": Said(
        staff=("异议已裁定", "The objection was decided"),
        resident=("您提出的异议已裁定", "Your objection was decided"),
    ),
    "deliberation.publication_ended": Said(
        staff=("公示期满，请推进下一步", "The publication period is over; please go on"),
    ),
    "deliberation.ended": Said(
        staff=("议事已结束", "The deliberation has ended"),
    ),
}
