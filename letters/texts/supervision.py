"""What is said of supervision orders (R4.6)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "supervision.ordered": Said(
        staff=("上级督办，请在时限内答复", "Supervision order: answer it in time"),
    ),
    "supervision.answered": Said(
        staff=("督办已答复", "The supervision order was answered"),
    ),
}
