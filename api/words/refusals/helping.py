"""Refusals of helpers, agents and verifications (R5, R13). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "only_a_street_summons": Said(
        what=(
            "案件不在街道或社区，不能吹哨（{stage}）。",
            "Only a street summons helpers ({stage}).",
        ),
        why=("吹哨由街道发起，社区通过街道发起。", "A community does so through its street."),
        now=("请先上报到街道。", "Bring the case there first."),
    ),
    "nobody_summoned": Said(
        what=("没有选择要请的单位。", "Nobody is named."),
        why=("吹哨须指明请谁、请做什么。", "A summons says who is called and for what."),
        now=("请至少选择一个单位。", "Name at least one."),
    ),
    "a_unit_or_a_partner": Said(
        what=("每一条只能选一个部门或一个协助单位。", "Name a department or a partner."),
        why=("不能都选，也不能都不选。", "Neither both nor none."),
        now=("请核对后重选。", "Choose one for each line."),
    ),
    "already_summoned": Said(
        what=("该单位已被请来（{helper}）。", "It is called already ({helper})."),
        why=("同一单位不重复吹哨。", "Nobody is called twice at once."),
        now=("请等待其到场，或另选单位。", "Wait for it, or choose another."),
    ),
    "unknown_partner": Said(
        what=("没有这个协助单位（{partner}）。", "There is no such partner ({partner})."),
        why=("只能请名录中的单位。", "Only those on the list are called."),
        now=("请重新选择。", "Choose again."),
    ),
    "not_a_department_here": Said(
        what=(
            "这不是本地上级的职能部门（{unit}）。",
            "That is no department of a superior here ({unit}).",
        ),
        why=("只能请上级单位所属的部门。", "Those of the units above are called."),
        now=("请重新选择。", "Choose again."),
    ),
    "no_such_summons": Said(
        what=("本案没有这样的吹哨。", "There is no such summons."),
        why=("没有请过该单位，或编号有误。", "Nobody was called under that name."),
        now=("请核对。", "Check it."),
    ),
    "already_reported_in": Said(
        what=("已经报到过了。", "It has reported in already."),
        why=("报到只登记一次。", "That is said once."),
        now=("请直接记录协助情况。", "Record the help given."),
    ),
    "not_reported_in": Said(
        what=("还没有报到。", "It has not reported in yet."),
        why=("到场之后才能记录协助情况。", "Help follows arrival."),
        now=("请先报到。", "Report in first."),
    ),
    "already_released": Said(
        what=("该单位已经离场。", "It was released already."),
        why=("离场后不再登记。", "Nothing is recorded after that."),
        now=("如仍需协助，请重新吹哨。", "Summon it again if it is needed."),
    ),
    "no_help_recorded": Said(
        what=(
            "该单位没有协助记录，不能评为有效。",
            "No help was recorded: it cannot be called useful.",
        ),
        why=("没有记录的协助不计为有用。", "What nobody wrote down was of no use."),
        now=(
            "请选“未起作用”，或请其先补记录。",
            "Say that it was not, or let the helper record it first.",
        ),
    ),
    "agent_already_named": Said(
        what=("已有代办人（{post}）。", "An agent is named already ({post})."),
        why=("同一案件只有一位代办人。", "There is one at a time."),
        now=("请居民先撤销原授权。", "Let the resident revoke that first."),
    ),
    "no_such_agent": Said(
        what=("该岗位不能代办（{post}）。", "That post cannot act as agent ({post})."),
        why=("代办人须在岗，且岗位可以接待居民。", "It must be held now and receive residents."),
        now=("请另选岗位。", "Choose another."),
    ),
    "no_agent": Said(
        what=("居民没有委托代办人。", "No agent is named."),
        why=("没有委托就没有代办。", "Nobody acts for a resident who did not ask."),
        now=("需要时请居民先授权。", "Let the resident authorise one first."),
    ),
    "not_how_it_was_said": Said(
        what=("授权方式与办理人不符。", "The way it was said does not fit who says it."),
        why=(
            "居民本人用回执，工作人员登记须注明当面、书面或电话。",
            "Residents use the receipt; staff say whether it was told, written or phoned.",
        ),
        now=("请重新选择方式。", "Choose the right way."),
    ),
    "nothing_to_verify": Said(
        what=("没有等待核验的事项。", "Nothing waits to be verified."),
        why=("可能已经核验。", "It may have been looked at already."),
        now=("请刷新查看。", "Look again."),
    ),
}
