"""Plain words of topics (每月一题): (Chinese, English)."""

from api.words.table import Table

DIRECTIONS: Table = {
    "rises": (
        "比此前明显增多（若无变化，出现这样的差异不到百分之一；未剔除季节因素）",
        "More than before: by chance alone in less than one of 100; seasons are not allowed for",
    ),
    "falls": (
        "比此前明显减少（若无变化，出现这样的差异不到百分之一；未剔除季节因素）",
        "Fewer than before: by chance alone in less than one of 100; seasons are not allowed for",
    ),
    "no_sign": ("数量上看不出增减", "The numbers show neither a rise nor a fall"),
    "too_few": ("件数太少，不作判断", "Too few cases to say"),
    "too_short": ("此前的时间太短，无从比较", "Too little time before to compare with"),
}
BECAUSE: Table = {
    "responsible": ("目录规定的责任部门", "Responsible by the catalogue"),
    "over_all": ("各承办单位的最低共同上级", "The lowest unit over all that had the cases"),
    "alone": ("全部由该单位承办", "It alone had the cases"),
}
BELONGINGS: Table = {
    "community_own": ("社区自有事项", "The community's own"),
    "community_assists": ("社区协助事项", "The community assists"),
    "not_community": ("非社区事项", "Not the community's"),
}
PLACES: Table = {
    "*": ("全部范围", "everywhere"),
    "-": ("社区不明", "community not known"),
}
