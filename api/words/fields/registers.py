"""Words of the forms of admissions and of erasures (R3.2, R14.4)."""

from api.words.table import Table

TITLES: Table = {
    "AdmissionBody": ("申请准入", "Ask for an admission"),
    "ApproveAdmissionBody": ("同意准入", "Approve the admission"),
    "RefuseAdmissionBody": ("不同意准入", "Refuse the admission"),
    "RevokeAdmissionBody": ("撤销准入", "Revoke the admission"),
    "ErasureBody": ("申请删除个人信息", "Ask for an erasure"),
    "TargetBody": ("当事人", "Person"),
    "ApproveErasureBody": ("批准删除", "Approve the erasure"),
    "RefuseErasureBody": ("不同意删除", "Refuse the erasure"),
    "WithdrawErasureBody": ("撤回删除申请", "Take the erasure back"),
}

LABELS: Table = {
    "AdmissionBody.item_id": ("哪个事项", "Which item of the catalogue"),
    "AdmissionBody.units": ("哪些社区（村）", "Which communities (villages)"),
    "AdmissionBody.first_day": ("从哪天起", "First day"),
    "AdmissionBody.last_day": ("到哪天止", "Last day"),
    "AdmissionBody.authority": ("同时下放哪些权限", "What authority goes with it"),
    "AdmissionBody.yearly_fen": ("每年拨付经费（元）", "Money for each year (yuan)"),
    "AdmissionBody.reason": ("为什么需要社区承担", "Why communities should do it"),
    "ApproveAdmissionBody.text": ("审批意见", "Remarks"),
    "RefuseAdmissionBody.text": ("理由", "Why not"),
    "RevokeAdmissionBody.text": ("撤销理由", "Why it is revoked"),
    "RevokeAdmissionBody.from_day": ("从哪天起撤销", "From which day"),
    "ErasureBody.targets": ("要删除谁的信息", "Who is to be forgotten"),
    "ErasureBody.ground": ("依据", "The ground"),
    "ErasureBody.text": ("具体理由", "Why, in words"),
    "TargetBody.case_id": ("案件编号", "Number of the case"),
    "TargetBody.subject": ("案件中的哪一位", "Who in the case"),
    "ApproveErasureBody.text": ("审批意见", "Remarks"),
    "RefuseErasureBody.text": ("理由", "Why not"),
    "WithdrawErasureBody.text": ("说明", "Remarks"),
}

HINTS: Table = {
    "AdmissionBody.units": (
        "选上级单位就代表其下全部社区（村）",
        "A superior unit stands for all of its own",
    ),
    "AdmissionBody.yearly_fen": (
        "例如 50000 或 1200.50；没有经费填 0",
        "Such as 50000 or 1200.50; 0 for none",
    ),
    "RevokeAdmissionBody.from_day": ("不填就是立即", "Left empty, at once"),
    "TargetBody.subject": (
        "反映人填 reporter，其他各方填 party-序号，并入的填原案件编号",
        "reporter for who reported it, party-1 for a party, or the number of a case that joined it",
    ),
    "ErasureBody.text": (
        "不要写当事人的姓名和电话，这段话不会被删除",
        "No names or phone numbers: this text itself is not erased",
    ),
}
