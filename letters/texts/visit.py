"""What is said of visits (R13)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "visit.recorded": Said(
        staff=("走访中发现的事项已立案", "A case was opened from a visit"),
    ),
    "visit.amended": Said(
        staff=("您的走访记录被更正，请查看", "The record of your visit was corrected; please look"),
    ),
    "visit.case_forgotten": Said(
        staff=("走访记录中的一项内容已删除", "A part of a visit's record was erased"),
    ),
    "visit.case_not_opened": Said(
        staff=(
            "您走访发现的一件事项未能立案，请重新登记",
            "A case of your visit could not be opened; please register it again",
        ),
    ),
}
