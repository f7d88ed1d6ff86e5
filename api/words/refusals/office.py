"""Refusals of the office: units, people, posts (§2). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "border_too_large": Said(
        what=("边界过大（最多 {most}）。", "The border is too large (at most {most})."),
        why=("网格须小于规定范围。", "A grid stays within that."),
        now=("请缩小边界。", "Draw a smaller one."),
    ),
    "border_unusable": Said(
        what=("边界不能使用。", "The border cannot be used."),
        why=("须是不自相交的闭合多边形。", "It must be one polygon that does not cross itself."),
        now=("请重新绘制。", "Draw it again."),
    ),
    "borders_overlap": Said(
        what=("与其他网格边界重叠（{grids}）。", "It overlaps other grids ({grids})."),
        why=("同级网格不得重叠。", "Borders of one level do not overlap."),
        now=("请调整边界。", "Move the border."),
    ),
    "grid_incomplete": Said(
        what=("网格信息不全（缺：{needs}）。", "The grid is incomplete (needs: {needs})."),
        why=("网格须有级别和户数。", "A grid has a level and households."),
        now=("请补充。", "Add what is missing."),
    ),
    "not_a_grid": Said(
        what=("该单位不是网格（{kind}）。", "That unit is not a grid ({kind})."),
        why=("只有网格有级别、户数和边界。", "Only grids have level, households and border."),
        now=("请核对单位。", "Check the unit."),
    ),
    "kind_does_not_fit": Said(
        what=(
            "这类单位不能设在此处（{kind}，上级：{under}）。",
            "A unit of that kind does not belong there ({kind} under {under}).",
        ),
        why=("组织层级有固定次序。", "The tree has its order."),
        now=("请另选上级单位。", "Choose another superior."),
    ),
    "level_does_not_fit": Said(
        what=(
            "网格级别不符（{level}，上级：{under}）。",
            "The level does not fit there ({level} under {under}).",
        ),
        why=("下级网格的级别须更细。", "A grid below is finer."),
        now=("请修改级别。", "Change the level."),
    ),
    "unit_exists": Said(
        what=("单位编号已存在（{unit}）。", "That unit exists already ({unit})."),
        why=("编号只用一次。", "An id is used once."),
        now=("请换一个编号。", "Choose another."),
    ),
    "unit_closed": Said(
        what=("单位已撤销（{unit}）。", "That unit is closed ({unit})."),
        why=("撤销的单位不再设岗、办事。", "Nothing is opened in it any more."),
        now=("请选择接替单位。", "Choose the unit that took over."),
    ),
    "unit_in_use": Said(
        what=("单位仍在使用。", "The unit is still in use."),
        why=(
            "还有下级单位 {units}、岗位 {posts}、案件 {cases}、事项 {items}。",
            "Units {units}, posts {posts}, cases {cases}, items {items}.",
        ),
        now=("请先移交或清理。", "Hand them over first."),
    ),
    "successor_inside": Said(
        what=(
            "接替单位在被撤销单位之内（{successor}）。",
            "The successor lies inside the unit ({successor}).",
        ),
        why=("不能由自己的下级接替。", "What is closed is not taken over from below."),
        now=("请另选接替单位。", "Choose another."),
    ),
    "successor_of_other_kind": Said(
        what=("接替单位类别不同（{kind}）。", "The successor is of another kind ({kind})."),
        why=("须由同类单位接替。", "Units are taken over by their like."),
        now=("请另选接替单位。", "Choose another."),
    ),
    "top_of_the_tree": Said(
        what=("最高单位不能撤销（{unit}）。", "The top of the tree is not closed ({unit})."),
        why=("组织须有一个最高单位。", "There is always one."),
        now=("无法办理。", "It cannot be done."),
    ),
    "person_exists": Said(
        what=("人员编号已存在（{person}）。", "That person exists already ({person})."),
        why=("编号只用一次。", "An id is used once."),
        now=("请换一个编号。", "Choose another."),
    ),
    "unknown_person": Said(
        what=("没有这位人员。", "There is no such person."),
        why=("编号有误，或不在名册中。", "The id is wrong, or not on the list."),
        now=("请核对。", "Check it."),
    ),
    "login_taken": Said(
        what=("登录名已被使用。", "That login is taken."),
        why=("每人一个登录名。", "Each person has their own."),
        now=("请换一个。", "Choose another."),
    ),
    "nothing_changes": Said(
        what=("没有任何改动。", "Nothing would change."),
        why=("提交的内容与现状相同。", "It is so already."),
        now=("请核对要修改的内容。", "Check what you meant to change."),
    ),
    "no_post_to_leave": Said(
        what=("该人员没有在任岗位（{person}）。", "That person holds no post ({person})."),
        why=("没有岗位可离。", "There is none to leave."),
        now=("请核对人员。", "Check the person."),
    ),
    "not_a_post_of_theirs": Said(
        what=("这不是其本人的岗位（{post}）。", "That is no post of theirs ({post})."),
        why=("只能填写离岗人员的岗位。", "Name one of who leaves."),
        now=("请核对岗位。", "Check the post."),
    ),
    "successor_leaves_too": Said(
        what=("接替人也将离岗（{post}）。", "The successor leaves too ({post})."),
        why=("接替人须继续在岗。", "Who takes over stays."),
        now=("请另选接替人。", "Choose another."),
    ),
    "successor_cannot_answer": Said(
        what=("接替岗位不能接手（{post}）。", "That post cannot take over ({post})."),
        why=("须同单位、同职责且在岗。", "It needs the same unit and duty, and somebody in it."),
        now=("请另选岗位。", "Choose another."),
    ),
    "nobody_to_hand_over_to": Said(
        what=(
            "没有可移交的岗位（单位 {unit}，职责 {role}）。",
            "There is nobody to hand over to ({role} in {unit}).",
        ),
        why=("案件任何时候都要有人负责。", "Somebody answers for each case at all times."),
        now=("请先设立接替岗位。", "Open a post first."),
    ),
    "no_hand_over": Said(
        what=("没有这个移交。", "There is no such hand-over."),
        why=("可能已完成。", "It may be complete."),
        now=("请刷新查看。", "Look again."),
    ),
    "not_a_clerk": Said(
        what=("该岗位不是首问岗位（{role}）。", "That is no first-contact post ({role})."),
        why=("值班由首问人员承担。", "Clerks are on duty."),
        now=("请另选岗位。", "Choose another."),
    ),
    "unknown_post": Said(
        what=("没有这个岗位（{post}）。", "There is no such post ({post})."),
        why=("编号有误。", "The id is wrong."),
        now=("请核对。", "Check it."),
    ),
    "post_exists": Said(
        what=("岗位编号已存在（{post}）。", "That post exists already ({post})."),
        why=("编号只用一次。", "An id is used once."),
        now=("请换一个编号。", "Choose another."),
    ),
    "post_ended": Said(
        what=("岗位已结束（{until}）。", "The post has ended ({until})."),
        why=("结束的岗位不再变更。", "It is changed no more."),
        now=("请新设岗位。", "Open another."),
    ),
    "post_has_open_cases": Said(
        what=(
            "岗位还有未结案件（经办 {in_charge}，首问 {officer}）。",
            "The post has open cases (in charge {in_charge}, officer {officer}).",
        ),
        why=("案件须先移交。", "They are handed over first."),
        now=("请先移交案件。", "Hand them over."),
    ),
    "post_requested": Said(
        what=(
            "该岗位已有待确认的申请（{request}）。",
            "The post is requested already ({request}).",
        ),
        why=("监督类岗位须两人办理。", "Oversight is opened by two people."),
        now=("请另一人确认。", "Let the other confirm it."),
    ),
    "no_such_request": Said(
        what=("没有这个申请（{request}）。", "There is no such request ({request})."),
        why=("可能已处理。", "It may be settled."),
        now=("请刷新查看。", "Look again."),
    ),
    "second_person_needed": Said(
        what=("须由另一人确认。", "A second person has to confirm it."),
        why=("监督、审计等岗位由两人办理。", "Posts of oversight are opened by two."),
        now=("请另一位管理员确认。", "Let another administrator do it."),
    ),
    "own_oversight": Said(
        what=("不能为自己设监督岗位。", "You cannot open oversight for yourself."),
        why=("监督岗位由他人设立。", "Somebody else does."),
        now=("请另一位管理员办理。", "Ask another administrator."),
    ),
    "oversight_is_opened_anew": Said(
        what=("监督类岗位不能变更（{post}）。", "A post of oversight is not changed ({post})."),
        why=("须结束后由两人重新设立。", "It is ended and opened anew by two people."),
        now=("请结束原岗位再申请。", "Do that."),
    ),
    "role_does_not_fit": Said(
        what=(
            "这类单位不设该职责（{role}，{kind}）。",
            "That role does not belong to such a unit ({role}, {kind}).",
        ),
        why=("职责与单位类别对应。", "Roles go with kinds of unit."),
        now=("请另选。", "Choose another."),
    ),
    "mediator_kind_does_not_fit": Said(
        what=(
            "调解员类别不符（{role}，{kind}）。",
            "The kind of mediator does not fit ({role}, {kind}).",
        ),
        why=("只有调解员岗位才填类别，且必须填。", "Mediators have one, others none."),
        now=("请核对。", "Check it."),
    ),
    "stands_in_for_themselves": Said(
        what=("不能由本人代理自己（{person}）。", "Nobody stands in for themselves ({person})."),
        why=("AB 角须是两个人。", "A stand-in is somebody else."),
        now=("请另选代理人。", "Choose another."),
    ),
    "ends_before_it_starts": Said(
        what=("结束时间早于开始时间（{until}）。", "It ends before it starts ({until})."),
        why=("期间须先始后终。", "A period has its order."),
        now=("请修改时间。", "Change the times."),
    ),
    "absent_already": Said(
        what=("该时段已登记缺勤（{post}）。", "An absence is recorded then ({post})."),
        why=("缺勤期间不得重叠。", "Absences do not overlap."),
        now=("请核对时间。", "Check the times."),
    ),
    "not_absent": Said(
        what=("该时段没有登记缺勤（{post}）。", "No absence is recorded then ({post})."),
        why=("没有缺勤可取消。", "There is none to cancel."),
        now=("请核对时间。", "Check the times."),
    ),
    "effective_in_the_past": Said(
        what=("生效时间已过。", "That moment has passed."),
        why=(
            "记录不得倒签，须自当前时间（{now}）以后生效。",
            "Nothing is back-dated: it takes effect from {now} on.",
        ),
        now=("请修改时间。", "Change the time."),
    ),
    "no_such_planned_change": Said(
        what=("没有这个计划中的变更（{change}）。", "There is no such planned change ({change})."),
        why=("可能已生效或已取消。", "It took effect, or was cancelled."),
        now=("请刷新查看。", "Look again."),
    ),
    "planned_change_depends": Said(
        what=(
            "另有计划中的变更依赖于此（{change}）。",
            "A planned change depends on this ({change}).",
        ),
        why=("须先处理后面的变更。", "That one comes first."),
        now=("请先取消该变更。", "Cancel it first."),
    ),
    "changes_would_be_lost": Said(
        what=("有变更尚未并入（{changes}）。", "Changes would be lost ({changes})."),
        why=("重新载入会丢失这些变更。", "They are not in what is loaded."),
        now=("请先导出或并入。", "Export or add them first."),
    ),
}
