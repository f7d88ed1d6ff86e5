"""What is said of admissions, and to whoever handed a case down under one (R3.2)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "case.accepted": Said(
        staff=("您单位交办的事项已签收", "A case that your unit handed down was accepted"),
    ),
    "expense.recorded": Said(
        staff=("交办事项记录了经费支出", "Money was used for a case you handed down"),
    ),
    "admission.applied": Said(
        staff=("有准入申请待审批", "An admission was asked for; please decide"),
    ),
    "admission.first_approved": Said(
        staff=("准入申请一审已同意，待您二审", "An admission needs your second approval"),
    ),
    "admission.passed_up": Said(
        staff=("下级逾期未审批准入申请，请您审批", "Nobody decided on an admission; please decide"),
    ),
    "admission.warned": Said(
        staff=("准入审批时限临近", "The deadline for deciding on an admission comes close"),
    ),
    "admission.overdue": Said(
        staff=("准入审批已超时", "Nobody decided on an admission in time"),
    ),
    "admission.approved": Said(
        staff=("准入已批准", "An admission was granted"),
    ),
    "admission.refused": Said(
        staff=("准入申请未获批准", "An admission was refused"),
    ),
    "admission.revoked": Said(
        staff=("准入被撤销", "An admission was revoked"),
    ),
    "admission.expiry_near": Said(
        staff=("准入即将到期", "An admission ends soon"),
    ),
    "admission.ended": Said(
        staff=("准入已终止", "An admission is over"),
    ),
}
