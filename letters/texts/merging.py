"""What is said of several residents on one matter (R2.3)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "case.merged": Said(
        staff=("已并案，请查看主案", "The case was merged; see the lead case"),
        resident=(
            "您反映的事项已与同类诉求并案办理，您的回执、承诺时限和评价不变",
            "Your request goes on with others on the matter; receipt and rating stay yours",
        ),
    ),
    "merge.undone": Said(
        staff=("并案已撤回，请继续办理", "The merge was undone; please go on with the case"),
        resident=(
            "您反映的事项恢复单独办理，承诺时限不变",
            "Your request is handled on its own again. The promised time stays the same",
        ),
    ),
    "case.joined": Said(
        staff=("又有居民反映同一事项，已并入", "Another resident's case has joined this one"),
    ),
    "case.parted": Said(
        staff=("一件并入的案件已退出", "A case that had joined goes its own way again"),
    ),
    "resident.left": Said(
        staff=(
            "一位居民已撤诉，其他居民的诉求继续办理",
            "One resident withdrew; the case goes on for the others",
        ),
    ),
    "case.became_mass": Said(
        staff=(
            "多位居民反映同一事项，按群体诉求直接进入街道（乡镇）",
            "Many residents are on one matter: it enters at the street (township) at once",
        ),
    ),
}
