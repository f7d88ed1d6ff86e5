"""Plain words of several residents on one matter (R2.3)."""

from api.words.table import Table

EVENTS: Table = {
    "case.merged": ("已并入同类诉求一并办理", "Merged with another case on the same matter"),
    "merge.undone": ("恢复单独办理", "On its own again"),
    "case.joined": ("又有居民反映同一事项，已并入", "Another resident's case has joined"),
    "case.parted": ("一件并入的案件已退出", "A case that had joined has left"),
    "resident.left": ("一位居民撤诉，案件继续办理", "A resident withdrew; the case goes on"),
    "case.became_mass": ("列为群体诉求", "Marked as a mass case"),
}

HIDDEN_FROM_RESIDENTS = frozenset({"case.joined", "case.parted"})
