"""Which post would have been needed, as the domain says it, in Chinese. Units or roles
stand in braces.
"""

import re

from api.words.names import unit_name
from api.words.office import ROLES
from api.words.table import Language, Table, say
from domain.organisation import Organisation

NEEDS: Table = {
    english: (chinese, english)
    for english, chinese in (
        ("a supervisor over the unit in charge", "承办单位或其上级的督办员"),
        ("a post that receives residents", "可接待居民的岗位"),
        ("the post in charge of the case", "本案经办岗位"),
        ("a handling post in the unit in charge", "承办单位的经办岗位"),
        ("the post in charge, or a supervisor over it", "本案经办岗位或其督办员"),
        ("the first-contact officer", "首问人员"),
        ("the first-contact officer or the post in charge", "首问人员或经办岗位"),
        ("the first-contact officer or the unit in charge", "首问人员或承办单位的经办岗位"),
        (
            "the first-contact officer, the post in charge, or a supervisor over it",
            "首问人员、经办岗位或其督办员",
        ),
        ("the agent the resident named", "居民指定的代办人"),
        ("a place on the panel", "调解小组成员"),
        ("a place on the panel, or the post in charge", "调解小组成员或经办岗位"),
        (
            "the officer, the post in charge, or a place on the panel",
            "首问人员、经办岗位或调解小组成员",
        ),
        ("a post that has to do with the dispute", "与本纠纷有关的岗位"),
        ("a mediator, the officer or the post in charge", "调解员、首问人员或经办岗位"),
        ("the post in charge, or who summoned", "经办岗位或吹哨单位"),
        ("who it is held against, or their supervisor", "被记责任的人员或其督办员"),
        ("a valid post", "有效的岗位"),
        ("an administrator", "管理员"),
        ("an administrator of the city", "市级管理员"),
        ("who visited, or a supervisor over the place", "走访人或走访地的督办员"),
        ("a data protection officer", "个人信息保护员"),
        ("a deciding post of a street or a department", "街道或部门的决定岗位"),
    )
}
OF_UNITS: Table = {
    english: (chinese, english)
    for english, chinese in (
        ("a deciding post in {unit} or a supervisor above", "{unit}的决定岗位或上级督办员"),
        ("a supervisor over {unit}", "{unit}或其上级的督办员"),
        ("one of {unit} over the cases", "管辖这些案件的{unit}"),
        ("an administrator of {unit}", "{unit}的管理员"),
        ("the supervisor of {unit} or above", "{unit}或上级的督办员"),
        ("a handling post in {unit}", "{unit}的经办岗位"),
        ("a handling or supervising post of {unit}", "{unit}的经办或督导岗位"),
        ("a coordinator or supervisor of {unit}", "{unit}的协调员或督办员"),
        ("a post that visits in {unit}", "在{unit}走访的岗位"),
        ("a data protection officer over {unit}", "{unit}或其上级的个人信息保护员"),
        ("a supervisor or administrator of {unit} or above", "{unit}或上级的督办员或管理员"),
    )
}
_PATTERNS = [
    (re.compile(re.escape(each).replace(r"\{unit\}", r"(.+)")), words)
    for each, words in OF_UNITS.items()
]


def need(said: str, language: Language, organisation: Organisation | None = None) -> str:
    """The post needed, with the unit by its name; as the domain said it where that is unknown."""
    if said in NEEDS:
        return NEEDS[said][language == "en"]
    for pattern, words in _PATTERNS:
        if found := pattern.fullmatch(said):
            names = [_name(each, language, organisation) for each in found[1].split(", ")]
            return words[language == "en"].format(unit=", ".join(names))
    return said


def _name(each: str, language: Language, organisation: Organisation | None) -> str:
    """A unit or a role by its name."""
    if each in ROLES:
        return say(ROLES, each, language)
    return unit_name(each, organisation) if organisation else each
