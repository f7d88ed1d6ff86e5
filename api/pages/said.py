"""What a page says after something was done, by the code its address carries: no other text can be
put into it from outside.
"""

from api.words.residents import SAID as TO_RESIDENTS
from api.words.table import Table

SAID: Table = {
    "done": ("已办理。", "Done."),
    "sent_before": ("已经重新发送过。", "It was sent again before."),
    "sent": (
        "已提交，正在登记，请稍后刷新。",
        "Sent and being recorded. Look again in a moment.",
    ),
    "merged": ("已并入所选事项。", "Merged into the case you chose."),
    "post_chosen": ("现在只以所选岗位办理。", "You now act at the chosen post only."),
    "post_all": ("现在以全部岗位办理。", "You now act at all your posts."),
    "appealed": ("申诉已提交。", "Your appeal was sent."),
    "all_read": ("已全部标为已读。", "All marked as read."),
    "signed_out": ("您已退出。", "You have signed out."),
    "wrong_code": (
        "编号或凭证不对，请对照回执再输入一次。",
        "The number or the code is wrong; please compare them with your receipt and try again.",
    ),
    **TO_RESIDENTS,
}
