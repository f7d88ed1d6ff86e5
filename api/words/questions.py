"""What superiors are asked, by the question's kind."""

from api.words.table import Table

QUESTIONS: Table = {
    "decline_review": ("不予受理复核", "Review of a decline"),
    "verification": ("办结核验", "Verification that it is done"),
    "adjudication": ("职责裁定", "Whose matter it is"),
    "shelving": ("挂账审批", "Approval to shelve"),
    "review": ("差评复核", "Review of a bad rating"),
    "reconsideration": ("评价复议", "Reconsideration of an excluded rating"),
    "appeal": ("工作人员申诉", "Appeal of a member of staff"),
    "objection": ("公示异议", "Objection to what was published"),
    "succession": ("首问人员接替", "Another first-contact officer"),
    "withdrawal": ("撤诉核实", "Whether a resident withdrew"),
    "admission": ("准入审批", "Approval of an admission"),
    "extension": ("延期审批", "Approval of more time"),
    "supervision": ("督办答复", "Answer to a supervision order"),
    "erasure": ("个人信息删除审批", "Approval of an erasure"),
}
