"""What is said of erasures (R14.4)."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "erasure.requested": Said(
        staff=("有个人信息删除申请待您审批", "An erasure of personal data awaits your decision"),
    ),
    "erasure.taken_up": Said(
        staff=("到期的个人信息拟删除，待您审批", "An erasure that fell due awaits your decision"),
    ),
    "erasure.passed_up": Said(
        staff=(
            "他人逾期未审批个人信息删除，请您审批",
            "Nobody decided on an erasure; please decide",
        ),
    ),
    "erasure.warned": Said(
        staff=("个人信息删除审批时限临近", "The deadline for deciding on an erasure comes close"),
    ),
    "erasure.overdue": Said(
        staff=("个人信息删除审批已超时", "Nobody decided on an erasure in time"),
    ),
    "erasure.approved": Said(
        staff=("个人信息删除已获批准，正在执行", "An erasure was approved and is under way"),
    ),
    "erasure.refused": Said(staff=("个人信息删除未获批准", "An erasure was refused")),
    "erasure.withdrawn": Said(staff=("个人信息删除申请已撤回", "An erasure was taken back")),
    "erasure.target_erased": Said(
        staff=("一名当事人的个人信息已删除", "One of those named was forgotten"),
    ),
    "erasure.target_kept": Said(
        staff=(
            "一名当事人的个人信息未能删除，请查看原因",
            "One of those named could not be forgotten; please see why",
        ),
    ),
    "erasure.delayed": Said(
        staff=(
            "个人信息删除逾期未完成，请查看",
            "An erasure takes longer than allowed; please look",
        ),
    ),
    "erasure.carried_out": Said(
        staff=(
            "个人信息删除已完成，请查看结果和未能触及之处",
            "An erasure was carried out; please see what it did not reach",
        ),
    ),
}
