"""What is said of holds and of more time (R6.4, R6.5)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "case.suspended": Said(
        staff=("案件已挂起", "The case is on hold"),
    ),
    "case.resumed": Said(
        staff=("案件已恢复办理", "Work on the case goes on"),
    ),
    "extension.requested": Said(
        staff=("有延期申请待决定", "An extension was asked for; please decide"),
    ),
    "extension.granted": Said(
        staff=("延期申请已同意", "The extension was granted"),
    ),
    "extension.refused": Said(
        staff=("延期申请未获同意", "The extension was refused"),
    ),
}
