"""Refusals of deliberation (R8). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "not_a_public_matter": Said(
        what=("纠纷不能提交议事。", "A dispute is not deliberated."),
        why=("议事只用于公共事务。", "Deliberation is for public matters."),
        now=("请走调解程序。", "Use mediation."),
    ),
    "already_deliberated": Said(
        what=("已有议事在进行。", "Something is being deliberated already."),
        why=("同一案件一次只议一件。", "One proposal at a time."),
        now=("请先完成或终止现有议事。", "Complete or stop that one first."),
    ),
    "nothing_deliberated": Said(
        what=("本案没有进行中的议事。", "Nothing is being deliberated."),
        why=("没有提案就没有后续步骤。", "Without a proposal there are no steps."),
        now=("需要时请先提出提案。", "Put one forward first."),
    ),
    "deliberation_under_way": Said(
        what=("议事正在进行，不能办结或并案。", "A deliberation is under way."),
        why=("公共事务由居民决定，不能越过。", "Nobody settles over the heads of who decides."),
        now=("请等议事结束，或先终止议事。", "Wait for its end, or stop it first."),
    ),
    "publication_running": Said(
        what=("公示期未满。", "The publication is still running."),
        why=("公示期内要接受异议。", "It takes objections for its time."),
        now=("请等公示结束。", "Wait until it is over."),
    ),
    "objections_open": Said(
        what=("还有异议未决定。", "Objections wait for a decision."),
        why=("异议决定后才能进行下一步。", "They are decided before the next step."),
        now=("请先决定异议。", "Decide them first."),
    ),
    "not_its_turn": Said(
        what=("还没轮到这一步，下一步是{next}。", "It is not this step's turn; next is {next}."),
        why=("步骤依次进行，不得跳过。", "Steps go in order and none is skipped."),
        now=("请先完成前一步。", "Take that step first."),
    ),
    "publish_it_instead": Said(
        what=(
            "这一步是公示，不是会议（{step}）。",
            "This step is a publication, not a meeting ({step}).",
        ),
        why=("公示须公布标题和内容。", "It shows title and text to everybody."),
        now=("请改用公示。", "Publish it instead."),
    ),
    "a_meeting_decides": Said(
        what=("这一步要开会决定，不是公示（{step}）。", "A meeting decides this step ({step})."),
        why=("会议须记录人数和表决。", "It records who was there and the votes."),
        now=("请改为记录会议。", "Record the meeting instead."),
    ),
    "still_to_come": Said(
        what=("会议时间还没到（{held_at}）。", "That meeting is still to come ({held_at})."),
        why=("只能记录已召开的会议。", "What was held is recorded."),
        now=("请核对时间。", "Check the time."),
    ),
    "back_dated": Said(
        what=(
            "会议时间早于上一步（不早于 {not_before}）。",
            "That is before the step it follows (not before {not_before}).",
        ),
        why=("步骤不得倒签。", "Steps are not back-dated."),
        now=("请核对时间。", "Check the time."),
    ),
    "counts_do_not_add_up": Said(
        what=("人数对不上。", "The counts do not add up."),
        why=(
            "赞成、反对、弃权之和应等于到会人数，且不超过应到人数。",
            "For, against and abstained make those present, who are no more than the eligible.",
        ),
        now=("请核对数字。", "Check the numbers."),
    ),
    "minutes_missing": Said(
        what=("缺少会议记录。", "The minutes are missing."),
        why=("须填写记录内容，或注明存放处。", "Give their text, or say where they lie."),
        now=("请补充。", "Add them."),
    ),
    "nothing_published": Said(
        what=("现在没有公示。", "Nothing is published now."),
        why=("只能在公示期内提出异议。", "Objections are raised while it stands."),
        now=("请等待公示。", "Wait for the publication."),
    ),
    "already_objected": Said(
        what=("您已对本次公示提出异议。", "You have objected to this publication."),
        why=("每次公示一人一次。", "Once for each."),
        now=("请等待答复。", "Wait for the answer."),
    ),
    "no_such_objection": Said(
        what=("没有这条异议。", "There is no such objection."),
        why=("可能已经决定。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
}
