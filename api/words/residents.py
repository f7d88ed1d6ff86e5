"""What pages say to residents after something was done; why it was not, is said as everywhere."""

from api.words.table import Table

SAID: Table = {
    "said_add_information": ("已补充，办理单位会看到。", "Added. The unit in charge will see it."),
    "said_remind": (
        "已催办，办理单位和首问人员都会收到。",
        "Reminded: the unit in charge and your first contact are told.",
    ),
    "said_withdraw": ("已收到您的撤回。", "Your withdrawal has arrived."),
    "said_keep": ("已登记：您没有撤回，继续办理。", "It is on record that you did not withdraw."),
    "said_ask_reconsideration": (
        "已申请复议，由上一级重新审看。",
        "Asked: the next level looks at it again.",
    ),
    "said_object": ("您的异议已登记。", "Your objection is on record."),
    "said_authorise_agent": ("已委托代办。", "Somebody may now act for you."),
    "said_revoke_agent": ("已撤回委托。", "Nobody acts for you any more."),
    "said_give_consent": ("您的答复已登记。", "Your answer is on record."),
    "said_withdraw_consent": ("您已撤回同意。", "You have taken your consent back."),
    "said_reject_mediator": ("已登记：请这位调解员回避。", "The mediator is rejected."),
    "said_declare_relation": ("利害关系已登记。", "The relation is on record."),
    "said_confirm_agreement": (
        "您对协议的答复已登记。",
        "Your word on the agreement is on record.",
    ),
    "said_report_danger": (
        "已按紧急情况通知。有人身危险请立即拨打110。",
        "Everybody is told as in an emergency. Where somebody is in danger call 110 now.",
    ),
    "rated": ("谢谢，您的评价已收到。", "Thank you, your rating has arrived."),
    "helped": ("已记录。", "It is on record."),
    "left": ("本机已不再保存这件事的凭证。", "This browser no longer holds the code of that case."),
    "unsigned": (
        "凭据正在签名封存，请过一两分钟再点一次。",
        "The proof is being signed. Please try again in a minute or two.",
    ),
}

AWAY: Table = {
    "away": (
        "暂时无法提交，内容没有丢失，请过一会儿再点一次，不会重复登记。",
        "It could not be sent just now. Nothing is lost: send it again, it counts once.",
    ),
}
