"""Plain words of workload: (Chinese, English)."""

from api.words.table import Table

WHY: Table = {
    "vacant": ("岗位空缺", "No post of this role"),
    "nobody_acts": ("在岗人员全部缺勤且无代岗", "Everybody absent, and nobody stands in"),
    "overloaded": (
        "人均在办明显高于同类单位",
        "Open cases a head far above others of its kind",
    ),
}
