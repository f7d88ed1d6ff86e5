"""What is wrong with a field, and what to do now: by the code that the API gives."""

from collections.abc import Mapping

from api.words.table import Table

FAULTS: Table = {
    "missing": ("请填写这一项。", "Please fill this in."),
    "missing_choice": ("请选择一项。", "Please choose one."),
    "missing_entries": ("请至少填写一项。", "Please enter at least one."),
    "string_too_long": (
        "最多 {most} 个字，现在有 {length} 个，请缩短。",
        "At most {most} characters; there are {length}. Please shorten it.",
    ),
    "string_too_short": ("至少 {least} 个字，请补充。", "At least {least} characters, please."),
    "string_type": ("请用文字填写。", "Please write it as text."),
    "string_pattern_mismatch": (
        "格式不对，请检查后再填。",
        "This does not have the right form. Please check it.",
    ),
    "greater_than_equal": ("不能小于 {least}，请改正。", "Not less than {least}, please."),
    "greater_than": ("不能小于 {least}，请改正。", "Not less than {least}, please."),
    "less_than_equal": ("不能大于 {most}，请改正。", "Not more than {most}, please."),
    "less_than": ("不能大于 {most}，请改正。", "Not more than {most}, please."),
    "int_type": ("请填整数，例如 3。", "Please give a whole number, such as 3."),
    "float_type": ("请填数字，例如 104.0665。", "Please give a number, such as 104.0665."),
    "money": (
        "请填金额，最多两位小数，例如 86.50。",
        "Please give a sum with two decimals at most, such as 86.50.",
    ),
    "bool_type": ("请选“是”或“否”。", "Please choose yes or no."),
    "enum": ("请从列出的选项中选择。", "Please choose one of those listed."),
    "date": (
        "请填日期，例如 2026-03-02。",
        "Please give a date, such as 2026-03-02.",
    ),
    "moment": (
        "请填日期和时间，例如 2026-03-02 10:00。",
        "Please give day and time, such as 2026-03-02 10:00.",
    ),
    "corner": (
        "每行填一个角点：经度, 纬度，例如 104.0665, 30.5723。",
        "One corner a line: longitude, latitude, such as 104.0665, 30.5723.",
    ),
    "too_long": ("最多 {most} 项，请删去一些。", "At most {most}; please take some out."),
    "too_short": ("至少 {least} 项，请补充。", "At least {least}, please."),
    "unknown": (
        "没有这一项，请从列表中选择或检查编号。",
        "There is none of this name. Please check it.",
    ),
    "other": ("这一项无法识别，请检查后再填。", "This cannot be read. Please check it."),
}
"""`{most}`, `{least}`, `{length}` are the field's own."""

SAME: Mapping[str, str] = {
    "literal_error": "enum",
    "int_parsing": "int_type",
    "int_from_float": "int_type",
    "int_parsing_size": "int_type",
    "float_parsing": "float_type",
    "finite_number": "float_type",
    "bool_parsing": "bool_type",
    "date_parsing": "date",
    "date_type": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
    "datetime_parsing": "moment",
    "datetime_type": "moment",
    "datetime_from_date_parsing": "moment",
    "datetime_object_invalid": "moment",
    "timezone_aware": "moment",
    "no_account": "unknown",
    "unknown_person": "unknown",
}
"""Codes that say the same to whoever reads it."""

SPOKEN: Table = {
    "holds control characters": (
        "里面有看不见的特殊字符，请重新输入，不要粘贴。",
        "It holds invisible characters. Please type it instead of pasting it.",
    ),
    "holds half a character": (
        "里面有不完整的字符，请重新输入。",
        "It holds an incomplete character. Please type it again.",
    ),
    "is empty": ("请填写这一项。", "Please fill this in."),
    "holds more than one line": ("请只填一行。", "One line only, please."),
    "is no moment of the calendar": (
        "没有这个时间，请检查日期。",
        "There is no such moment. Please check the date.",
    ),
    "longitude comes first, and latitude lies between -90 and 90": (
        "请先写经度再写纬度，纬度在 -90 到 90 之间。",
        "Longitude first, then latitude, which lies between -90 and 90.",
    ),
}
"""What the checks of our own bodies say, word by word."""

PATTERNS: Table = {
    r"^[a-z0-9][a-z0-9_.-]{0,99}$": (
        "编号只能有小写字母、数字、点、横线和下划线。",
        "An id has small letters, digits, dots, dashes and underscores only.",
    ),
    r"^[\w][\w.@-]{0,63}$": (
        "编号只能有文字、数字、点、横线、下划线和 @，最多 64 个字。",
        "An id has letters, digits, dots, dashes, underscores and @ only, 64 at most.",
    ),
    r"^$|^\+?[0-9][0-9 -]{4,19}$": (
        "电话只能有数字、空格和短横线，5 到 20 位，可以用 + 开头。",
        "A phone number has 5 to 20 digits, blanks or dashes, and may begin with +.",
    ),
    r"^$|^reporter$|^party-[1-9][0-9]?$": (
        "请填 reporter（反映人）或 party-序号（其他各方），例如 party-1。",
        "reporter for who reported it, or a party such as party-1.",
    ),
    r"^(reporter|party-[1-9][0-9]{0,3}|SW[0-9A-Z-]{1,40})$": (
        "请填 reporter、party-序号，或并入案件的编号。",
        "reporter, a party such as party-1, or the number of a case that joined.",
    ),
    r"^[A-Za-z0-9_./-]{1,120}$": (
        "请照案件页上的编号填写。",
        "Please give it as the case's page numbers it.",
    ),
}
"""What is said of a text that has not the form of its field's pattern."""
