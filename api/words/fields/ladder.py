"""Words of the forms of the ladder: acceptance, work, the way up, down and aside (R2.2, R2.3,
R3.2, R4).
"""

from api.words.table import Table

LABELS: Table = {
    "AssignBody.post_id": ("指派给", "To whom"),
    "AssignBody.text": ("说明", "Remarks"),
    "RecordProgressBody.text": ("做了什么", "What was done"),
    "ArriveOnSiteBody.text": ("现场情况", "What was found there"),
    "EscalateBody.reason": ("上报理由", "Reason"),
    "EscalateBody.text": ("具体说明", "Why, in words"),
    "EscalateBody.to_stage": ("上报到哪一级", "To which rung"),
    "RemindBody.text": ("想说的话", "What you would like to say"),
    "AddInformationBody.text": ("补充的内容", "What you would like to add"),
    "RevealBody.reason": ("为什么要看", "Why you need to see it"),
    "ReturnBody.reason": ("退回理由", "Reason"),
    "ReturnBody.text": ("具体说明", "Why, in words"),
    "AdjudicateBody.unit_id": ("由哪个单位办理", "The unit that handles it"),
    "AdjudicateBody.stage": ("作为哪一级办理", "As which rung"),
    "AdjudicateBody.text": ("裁定理由", "Why"),
    "TransferBody.unit_id": ("转给哪个部门", "To which department"),
    "TransferBody.text": ("转办理由", "Why"),
    "AcceptTransferBody.text": ("说明", "Remarks"),
    "RefuseTransferBody.text": ("不接办的理由", "Why not"),
    "DelegateBody.unit_id": ("交办给哪个单位", "To which community or grid"),
    "DelegateBody.text": ("交办要求", "What is asked of it"),
    "RecordExpenseBody.fen": ("金额（元）", "Sum (yuan)"),
    "RecordExpenseBody.purpose": ("用途", "What it was spent on"),
    "MergeBody.lead_id": ("并入哪一件", "The case it is carried on in"),
    "MergeBody.text": ("说明", "Remarks"),
    "SplitBody.text": ("为什么不是同一件事", "Why it is not the same matter"),
    "AnswerSupervisionBody.text": ("答复内容", "The answer"),
    "SuperviseBody.text": ("督办要求", "What is to be done"),
}

HINTS: Table = {
    "RecordProgressBody.text": (
        "居民能看到办理进展，请用平常的话写",
        "The resident reads it: write plainly",
    ),
    "EscalateBody.to_stage": (
        "一般逐级上报；只有紧急情况或目录允许时才能越级",
        "One rung up as a rule; further only in an emergency or where the catalogue says so",
    ),
    "RevealBody.reason": (
        "这次查看和理由会留下记录，当事人可以知道",
        "This look and its reason are recorded, and the person may learn of it",
    ),
    "ReturnBody.text": (
        "退回只能在规定时限内，第三次改由上级裁定",
        "Only within the return window; the third time a superior decides",
    ),
    "AdjudicateBody.stage": (
        "只有服务大厅和街道是同一单位时才需要选",
        "Only where a counter and a street are one unit",
    ),
    "AdjudicateBody.text": ("裁定有约束力", "The decision binds"),
    "RecordExpenseBody.fen": ("例如 1200 或 86.50", "Such as 1200 or 86.50"),
    "MergeBody.lead_id": (
        "案件编号，您必须有权查看该案",
        "Its number; you must be allowed to see it",
    ),
    "MergeBody.text": (
        "居民保留自己的回执，也自己评价",
        "The resident keeps their own receipt and their own rating",
    ),
}
