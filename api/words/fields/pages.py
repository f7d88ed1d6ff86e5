"""Words of every form: what it asks besides its fields."""

from api.words.table import Table

WORDS: Table = {
    "optional": ("选填", "optional"),
    "choose": ("请选择", "Please choose"),
    "blank": ("不选", "none"),
    "not_said": ("没有说", "not said"),
    "nothing": ("现在没有可以选择的。", "There is nothing to choose from now."),
    "clear": ("清空这一项", "Empty this"),
    "more": ("再添一项", "Add one more"),
    "first": ("添加一项", "Add one"),
    "less": ("删去“{entry}”", "Remove “{entry}”"),
    "wrong": ("有 {count} 处需要改正", "{count} things need to be put right"),
    "wrong_one": ("有 1 处需要改正", "One thing needs to be put right"),
    "refused": ("没有办成", "This was not done"),
    "kept": ("您填写的内容都还在。", "Everything you typed is still here."),
    "in_line": ("第 {line} 行：{told}", "Line {line}: {told}"),
    "handed_in": ("已上传：{name}", "Handed in: {name}"),
    "files": ("可以一次选几个文件", "You may choose several files at once"),
    "picture": ("在地图上点一下位置", "Click the place on the map"),
    "point": ("已选位置：经度 {east}，纬度 {north}", "Chosen: longitude {east}, latitude {north}"),
    "coordinates": ("直接填经纬度", "Give the coordinates"),
    "border": (
        "在地图上依次点出边界的每个角点；靠近已有角点时即取该角点",
        "Click the corners of the border one by one; near a known corner, that one is meant",
    ),
    "border_back": ("去掉最后一个角点", "Take the last corner away"),
    "border_closer": ("放大", "Closer"),
    "border_whole": ("显示全部", "Show all"),
    "find": ("查找", "Find"),
    "found": ("找到下列几项，点一项填入：", "Found; choose one to fill it in:"),
    "found_none": ("没有找到，请换个说法。", "Nothing was found; try other words."),
    "lines": ("每行一个", "One a line"),
    "moment": ("按{zone}", "In {zone}"),
    "by_rule": (
        "按规则 {rule}，现在不能这样办。请回到上一页看现在能做什么。",
        "By rule {rule} this is not possible now. Go back to see what is.",
    ),
    "not_now": (
        "现在不能这样办。请刷新后再看。",
        "This is not possible now. Please look at it again.",
    ),
}
