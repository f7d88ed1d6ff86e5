"""What charts and maps are called, in Chinese and in English. Names and numbers are the API's."""

from api.words.table import Language, Table, say

WORDS: Table = {
    "unit": ("单位", "Unit"),
    "stage": ("阶段", "Stage"),
    "measure": ("指标", "Measure"),
    "month": ("月份", "Month"),
    "cases": ("件", "cases"),
    "board_units": ("{unit}：各单位未结诉求", "{unit}: open cases by unit"),
    "board_stages": ("{unit}：各阶段未结诉求", "{unit}: open cases by stage"),
    "board_about": (
        "每条分为超期、黄牌和其余未结三段",
        "Each bar has three parts: overdue, with a yellow card, and all others open",
    ),
    "overdue": ("超期", "overdue"),
    "yellow": ("黄牌", "yellow card"),
    "others": ("其余未结", "other open"),
    "itself": ("{unit}（本级）", "{unit} (itself)"),
    "workload": ("{unit}：人均在办件数", "{unit}: open cases a head"),
    "workload_about": (
        "各单位自己的在办件数除以在岗办理人员",
        "Each unit's own open cases for each of those who are there to work on them",
    ),
    "per_head": ("人均件数", "cases a head"),
    "ranking": ("{measure}排名", "Ranking by {measure}"),
    "ranking_about": (
        "圆点是比率，横线是威尔逊区间；空心点件数太少，不排名；区间重叠者不分先后",
        (
            "The dot is the rate, the line its Wilson interval; hollow dots are of too few cases"
            " and not ranked; where lines overlap neither is ahead"
        ),
    ),
    "low": ("下限", "lower bound"),
    "high": ("上限", "upper bound"),
    "few": ("未排名", "not ranked"),
    "too_few": ("件数太少，多属偶然", "of so few cases that it is mostly chance"),
    "card": ("{whose}：各项比率", "{whose}: all rates"),
    "card_about": (
        "本期、上期和去年同期并列",
        "This period beside the one before and the same a year earlier",
    ),
    "now": ("本期", "this period"),
    "before": ("上期", "the period before"),
    "year_before": ("去年同期", "a year earlier"),
    "months": ("{topic}：逐月件数", "{topic}: cases by month"),
    "months_about": (
        "最近十二个月，本月截至今日",
        "The last twelve months, the running one to date",
    ),
    "map": ("{unit}：{by}", "{unit}: {by}"),
    "map_list": ("{unit}：{by}（地图上的全部数字）", "{unit}: {by} (all that the map shows)"),
    "figures": ("情况", "Figures"),
    "pick": ("在地图上点出位置：{unit}", "Point out the place: {unit}"),
    "not_drawn": (
        "图暂时画不出来，数字都在表里。",
        "The chart cannot be drawn just now; all its numbers are in the table.",
    ),
    "not_all": (
        "图上只画前 {most} 行，表里是全部。",
        "The chart shows the first {most} rows, the table all.",
    ),
    "numbers": ("图中的数字", "The numbers of the chart"),
}


def word(key: str, lang: Language, **values: object) -> str:
    """One of them, filled in."""
    return say(WORDS, key, lang).format(**values)
