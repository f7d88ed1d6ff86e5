"""Plain words of erasures (R14.4): (Chinese, English)."""

from api.words.table import Table

EVENTS: Table = {
    "subject.erased": ("个人信息已删除", "Personal data was erased"),
    "erasure.requested": ("申请删除个人信息", "An erasure was asked for"),
    "erasure.taken_up": ("到期删除已受理，待他人审批", "Taken up; another person has to agree"),
    "erasure.approved": ("批准删除", "The erasure was approved"),
    "erasure.refused": ("不同意删除", "The erasure was refused"),
    "erasure.withdrawn": ("撤回删除申请", "The erasure was taken back"),
    "erasure.warned": ("审批时限{level}", "approval deadline: {level}"),
    "erasure.overdue": ("审批超时（红牌）", "Approval deadline missed (red card)"),
    "erasure.passed_up": ("逾期未审批，转{unit}", "Not decided in time; now with {unit}"),
    "erasure.target_erased": ("一名当事人已删除", "One of those named was forgotten"),
    "erasure.target_kept": ("一名当事人未能删除", "One of those named could not be forgotten"),
    "erasure.delayed": ("逾期未完成删除", "Not carried out in time"),
    "erasure.carried_out": ("删除完成", "The erasure was carried out"),
}

STATES: Table = {
    "proposed": ("待受理", "proposed"),
    "awaiting_approval": ("待审批", "awaiting approval"),
    "under_way": ("执行中", "under way"),
    "carried_out": ("已完成", "carried out"),
    "refused": ("未批准", "refused"),
    "withdrawn": ("已撤回", "taken back"),
}

GROUNDS: Table = {
    "asked_for": ("本人要求", "the person asked for it"),
    "consent_withdrawn": ("撤回同意", "consent was withdrawn"),
    "purpose_over": ("处理目的已实现", "the purpose is over"),
    "period_over": ("保存期限届满", "the period of keeping is over"),
    "unlawful": ("违法处理", "it was kept unlawfully"),
    "ordered": ("主管机关责令", "an authority ordered it"),
}

REMAINS: Table = {
    "backups": (
        "备份中仍有旧密钥：请执行 shouwen keys rewrap 并销毁旧主密钥",
        "Backups hold the old keys: run shouwen keys rewrap and destroy the old master key",
    ),
    "handed_out": (
        "已发出的短信、邮件、网页和导出文件",
        "Messages, mails, pages and exports that left the system",
    ),
    "clear_lookup": (
        "日志中电话号码的密钥散列",
        "The keyed hash of a phone number in the journal",
    ),
    "clear_text": ("早期未加密的事件字段", "Fields of events stored before they were sealed"),
    "external_reference": (
        "原系统中的案件编号",
        "The number the case has in the system it was imported from",
    ),
}
