"""Plain words of visits (五访, R13)."""

from api.words.table import Table

EVENTS: Table = {
    "visit.recorded": ("{unit}登记走访", "{unit} recorded a visit"),
    "visit.amended": ("走访记录更正", "The record of the visit was corrected"),
    "visit.case_forgotten": ("走访内容已删除", "What was found there was erased"),
    "visit.case_not_opened": ("走访发现的事项未能立案", "A case of the visit could not be opened"),
}

OCCASIONS: Table = {
    "in_need": ("访困难家庭", "Households in need"),
    "living_alone": ("访独居和空巢老人", "Old people who live alone"),
    "in_conflict": ("访矛盾纠纷户", "Households in conflict"),
    "newcomers": ("访流动人口和新住户", "Newcomers"),
    "traders": ("访沿街商户和企业", "Shops and firms"),
}
"""The five, as of the documents 五访 comes from."""

STATES: Table = {
    "opened": ("已立案", "opened"),
    "waiting": ("正在立案", "being opened"),
    "refused": ("未能立案", "could not be opened"),
}
