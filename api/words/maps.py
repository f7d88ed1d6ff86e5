"""Plain words of maps and places: (Chinese, English)."""

from api.words.table import Table

BY: Table = {
    "open": ("未结件数", "open cases"),
    "overdue": ("超期件数", "overdue cases"),
    "satisfaction": ("满意率", "satisfaction"),
}
SHADES: Table = {
    "none": ("没有", "none"),
    "no_rate": ("没有评价，或件数太少，不作比较", "nothing rated, or too few to compare"),
    "one": ("{least} 件", "{least}"),
    "range": ("{least}–{most} 件", "{least}–{most}"),
    "from": ("{least}% 及以上", "{least}% or more"),
    "between": ("{least}% 至不足 {most}%", "{least}% to under {most}%"),
    "under": ("不足 {most}%", "under {most}%"),
}
FIGURES: Table = {
    "count": ("未结 {open} 件，其中超期 {overdue} 件", "{open} open, {overdue} of them overdue"),
    "rate": (
        "满意率 {rate}%（{numerator}/{denominator}，未评价 {unanswered}）",
        "{rate}% satisfied ({numerator} of {denominator}, {unanswered} not rated)",
    ),
    "few": (
        "满意率 {rate}%（{numerator}/{denominator}，未评价 {unanswered}；件数太少，多属偶然）",
        (
            "{rate}% satisfied ({numerator} of {denominator}, {unanswered} not rated;"
            " so few that it is mostly chance)"
        ),
    ),
    "no_rate": ("没有评价（未评价 {unanswered}）", "nothing rated ({unanswered} not rated)"),
}
ELSEWHERE: Table = {
    "open": (
        "另有未结 {count} 件在本单位范围内，但不在以上任何一处",
        "{count} more open cases lie in the unit's area, in none of these",
    ),
    "overdue": (
        "另有超期 {count} 件在本单位范围内，但不在以上任何一处",
        "{count} more overdue cases lie in the unit's area, in none of these",
    ),
}
KINDS: Table = {
    "city": ("市", "city"),
    "district": ("区（县）", "district (county)"),
    "street": ("街道", "street"),
    "township": ("乡镇", "township"),
    "community": ("社区", "community"),
    "village": ("村", "village"),
    "grid": ("网格", "grid"),
    "department": ("职能部门", "department"),
}
PLACE: Table = {
    "found": ("这一点在{unit}。", "The point is in {unit}."),
    "none": (
        "这一点不在任何网格内。可以选社区或街道，也可以只写地址：不知道在哪里也能登记。",
        (
            "The point is in no grid. Choose the community or the street, or write the address"
            " alone: a case is taken also where nobody knows the place."
        ),
    ),
    "hits": (
        "地址里写到以下单位，请确认。只认单位的名称，不认小区、道路和门牌号。",
        (
            "The address names these units; please confirm. Only names of units are known here,"
            " no roads, estates or house numbers."
        ),
    ),
    "no_hit": (
        (
            "地址里没有写到已知的单位。只认区县、街道、社区、村和网格的名称，"
            "不认小区、道路和门牌号；请在地图或列表中选择。"
        ),
        (
            "The address names no known unit. Only names of districts, streets, communities,"
            " villages and grids are known here, no roads, estates or house numbers; choose on the"
            " map or from the list."
        ),
    ),
}
