"""Words of the forms of summoned helpers (R5)."""

from api.words.table import Table

TITLES: Table = {
    "CallBody": ("吹哨对象", "Helper"),
    "PartnerReportInBody": ("我已到场", "We are here"),
    "PartnerHelpBody": ("我们做了什么", "What we did"),
}

LABELS: Table = {
    "SummonBody.calls": ("请谁来", "Who is summoned"),
    "SummonBody.text": ("为什么吹哨", "Why they are summoned"),
    "SummonBody.share_address": (
        "是否让合作单位看到完整地址",
        "Whether partners see the full address",
    ),
    "CallBody.unit_id": ("部门", "Department"),
    "CallBody.partner_id": ("合作单位", "Partner organisation"),
    "CallBody.asked": ("请其做什么", "What is asked of it"),
    "ReportInBody.summons_id": ("响应哪次吹哨", "Which summons"),
    "ReportInBody.text": ("说明", "Remarks"),
    "RecordHelpBody.summons_id": ("响应哪次吹哨", "Which summons"),
    "RecordHelpBody.text": ("协助了什么", "What was done to help"),
    "ReleaseBody.summons_id": ("解除哪个单位", "Which helper"),
    "ReleaseBody.useful": ("协助是否有用", "Whether the help was of use"),
    "ReleaseBody.text": ("说明", "Remarks"),
    "PartnerReportInBody.text": ("说明", "Remarks"),
    "PartnerHelpBody.text": ("做了什么", "What you did"),
}

HINTS: Table = {
    "CallBody.unit_id": (
        "部门和合作单位二选一",
        "Either a department or a partner organisation",
    ),
    "SummonBody.share_address": (
        "默认只给大概位置",
        "Without it they see roughly where it is",
    ),
    "ReleaseBody.useful": (
        "计入协助单位的考核",
        "It counts in the helper's scores",
    ),
}
