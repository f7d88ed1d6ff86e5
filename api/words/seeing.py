"""Plain words for why somebody could see a case."""

from api.words.table import Table

WHY: Table = {
    "oversight": ("审计岗位可查看全部诉求", "an auditor's post opens every case"),
    "unit": ("诉求来到、经过或征询过本单位或下级单位", "the case came to the unit or one under it"),
    "panel": ("担任本案调解员", "a mediator of the case"),
}
