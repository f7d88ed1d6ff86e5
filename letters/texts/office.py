"""What is said of the office: its posts, hand-overs, and papers to be published."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "office.post_opened": Said(
        staff=("您有一个新的岗位", "You have a new post"),
    ),
    "office.post_ended": Said(
        staff=("您的一个岗位已结束", "A post of yours has ended"),
    ),
    "office.stand_in_named": Said(
        staff=("您被指定为一个岗位的代理人（AB 角）", "You are named stand-in for a post"),
    ),
    "office.post_requested": Said(
        staff=(
            "有监督岗位待第二人确认，请决定",
            "A post of oversight waits for a second person; please decide",
        ),
    ),
    "office.post_declined": Said(
        staff=("监督岗位的申请未获确认", "The post of oversight was not agreed to"),
    ),
    "office.handed_over": Said(
        staff=(
            "有离岗人员的案件未能移交，请指定接手人",
            "Cases of an ended post could not be handed over; please name who takes them",
        ),
    ),
    "office.calendar_looked_at": Said(
        staff=(
            "下一年度的放假安排尚未发布，请发布",
            "The coming year's holidays are not published yet; please publish them",
        ),
    ),
}
