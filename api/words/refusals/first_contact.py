"""Refusals of first contact, places and the catalogue (R1, R2.1, R3.1). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "channel_needs_staff": Said(
        what=(
            "这个渠道须由工作人员登记（渠道：{channel}）。",
            "Staff register what comes in this way ({channel}).",
        ),
        why=(
            "柜台、电话等渠道由接待人员当面登记。",
            "Counter, telephone and the like are received by somebody.",
        ),
        now=("居民请用网页、小程序或自助终端。", "Residents use the web, the app or a kiosk."),
    ),
    "no_duty_clerk": Said(
        what=(
            "这个渠道目前无人值班（渠道：{channel}）。",
            "Nobody is on duty for this channel ({channel}).",
        ),
        why=("每件诉求必须有首问人员接收。", "Every case needs a first-contact officer."),
        now=(
            "请换一个渠道，或联系管理员安排值班。",
            "Use another channel, or ask an administrator to name a duty post.",
        ),
    ),
    "unknown_item": Said(
        what=("事项目录中没有这一项。", "The catalogue has no such item."),
        why=(
            "事项决定由谁办、多久办完。",
            "The item says who is responsible and how long it takes.",
        ),
        now=("请重新选择事项。", "Choose another item."),
    ),
    "item_retired": Said(
        what=("这个事项已停用（{item}）。", "This item is no longer used ({item})."),
        why=("停用的事项不再用于新登记。", "Nothing new is filed under it."),
        now=("请选择现行事项。", "Choose one in force."),
    ),
    "unknown_unit": Said(
        what=("没有这个单位。", "There is no such unit."),
        why=("地点或单位须在组织机构中。", "A place or unit must be one of the organisation."),
        now=("请重新选择。", "Choose again."),
    ),
    "nothing_changed": Said(
        what=("没有任何改动。", "Nothing would change."),
        why=("更正须改变事项或地点。", "A correction names another matter or another place."),
        now=("请填写要更正的内容。", "Say what is to be corrected."),
    ),
    "not_at_first_contact": Said(
        what=("案件已经离开首问环节（{stage}）。", "The case has left first contact ({stage})."),
        why=(
            "移交和不予受理只在首问时办理。",
            "Handing over and declining belong to first contact.",
        ),
        now=("如不属本单位，请退回或上报。", "Return or escalate it instead."),
    ),
    "hand_over_first": Said(
        what=("案件还在首问环节。", "The case is still at first contact."),
        why=(
            "调解和议事由网格以上各级组织。",
            "Mediation and deliberation are for the rungs above.",
        ),
        now=("请先移交。", "Hand it over first."),
    ),
    "hand_over_instead": Said(
        what=(
            "案件还在首问环节，不能上报。",
            "The case is at first contact and cannot be escalated.",
        ),
        why=(
            "首问人员应直接移交给目录规定的层级。",
            "It is handed to the rung the catalogue names.",
        ),
        now=("请改用“移交”。", "Hand it over instead."),
    ),
    "no_one_in_charge": Said(
        what=("上面各级目前都无人可接。", "Nobody above can take it now."),
        why=(
            "案件任何时候都要有一个单位、一个人负责。",
            "One unit and one person answer for a case at all times.",
        ),
        now=("请联系上级督办员安排人手。", "Ask a supervisor to find somebody."),
    ),
    "being_rectified": Said(
        what=(
            "案件正在整改（第 {round} 轮），不能不予受理。",
            "The case is being rectified (round {round}).",
        ),
        why=("已认定要重办的事项不能推掉。", "What was found justified is not declined."),
        now=("请继续办理。", "Go on with it."),
    ),
    "already_overturned": Said(
        what=(
            "之前的不予受理已被上级否定。",
            "A supervisor has overturned a decline of this case.",
        ),
        why=("同一案件只能作一次不予受理。", "It is declined once at most."),
        now=("请继续办理或移交。", "Work on it or hand it over."),
    ),
    "not_anonymous": Said(
        what=("反映人不是匿名的。", "Who came is not anonymous."),
        why=(
            "有联系方式就不能以匿名为由不予受理。",
            "With somebody to ask, this ground does not hold.",
        ),
        now=("请换一个理由，或继续办理。", "Choose another ground, or go on."),
    ),
    "nothing_to_review": Said(
        what=("没有等待复核的不予受理。", "No decline waits for a review."),
        why=("可能已经复核过了。", "It may have been decided already."),
        now=("请刷新查看。", "Look again."),
    ),
    "officer_still_here": Said(
        what=("首问人员仍在岗（{post}）。", "The officer is still there ({post})."),
        why=(
            "首问人员跟案到底，离岗后才能更换。",
            "Who received the resident stays until the end, unless they left.",
        ),
        now=(
            "请与首问人员联系；请假由 AB 角代办。",
            "Speak to the officer; a stand-in acts in an absence.",
        ),
    ),
    "no_clerk_near": Said(
        what=("附近没有可接任的首问人员。", "No clerk is near who could take over."),
        why=("接任者应在原单位或其上级。", "One of the unit or of a superior would."),
        now=("请指定一个具体岗位。", "Name a post."),
    ),
    "no_such_receiver": Said(
        what=(
            "这个岗位不能接任首问（{post}）。",
            "That post cannot take over the reception ({post}).",
        ),
        why=("接任者须在岗，且岗位可以接待居民。", "It must be held now and receive residents."),
        now=("请另选岗位。", "Choose another."),
    ),
    "not_under_you": Said(
        what=("该单位不在您的管辖范围（{unit}）。", "That unit is not under you ({unit})."),
        why=("只能指定本单位或下级单位。", "You can only name your own or one below."),
        now=("请另选，或请上级决定。", "Choose another, or leave it to a superior."),
    ),
    "not_your_visit": Said(
        what=("这次走访不是您的。", "That visit was not yours."),
        why=(
            "只有走访人本人能由走访登记案件。",
            "Only who made a visit says that a case came of it.",
        ),
        now=("请走访人登记。", "Let the visitor open it."),
    ),
    "proactive_needs_staff": Said(
        what=("主动发现的事项须由工作人员登记。", "Only staff bring what nobody asked for."),
        why=("居民反映的是自己的诉求。", "A resident reports for themselves."),
        now=("请按普通诉求提交。", "Send it as an ordinary request."),
    ),
}
