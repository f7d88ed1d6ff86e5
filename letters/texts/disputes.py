"""What people are told of a dispute, as (Chinese, English); never what was said in it."""

from collections.abc import Mapping

from letters.said import Said

TOPICS: Mapping[str, Said] = {
    "mediation.opened": Said(
        party=(
            "有一件纠纷拟进行调解，是否同意由您本人决定",
            "A dispute is to be mediated; whether you consent is for you to say",
        ),
    ),
    "consent.given": Said(
        staff=("一方当事人同意", "A party consented"),
        party=(
            "工作人员记录：您已表示同意；如非本意，您可随时撤回",
            "Staff recorded that you consented; if you did not, you may take it back",
        ),
    ),
    "consent.refused": Said(
        staff=("一方当事人不同意", "A party refused"),
        party=(
            "工作人员记录：您表示不同意；如非本意，请联系首问人",
            "Staff recorded that you refused; if you did not, tell your first contact",
        ),
    ),
    "consent.withdrawn": Said(
        staff=("一方当事人撤回同意", "A party took its consent back"),
        party=(
            "工作人员记录：您撤回了同意；如非本意，请联系首问人",
            "Staff recorded that you took your consent back; if not, tell your first contact",
        ),
    ),
    "relation.declared": Said(
        staff=("有人申报了利害关系，请回避", "A relation was declared; who has a stake steps back"),
    ),
    "panel.formed": Said(
        staff=("请您参加一件纠纷的调解", "You are to mediate a dispute"),
        party=(
            "调解员已确定，您可以申请其中一人回避一次",
            "The mediators are named; you may reject one of them once",
        ),
    ),
    "mediator.left": Said(
        staff=("一名调解员退出，请补齐", "A mediator left the panel; please complete it"),
        party=(
            "工作人员记录：您要求一名调解员回避；如非本意，请联系首问人",
            "Staff recorded that you rejected a mediator; if you did not, tell your first contact",
        ),
    ),
    "mediation.longer_asked": Said(
        party=("调解拟延长，是否同意由您本人决定", "More time is asked for; it is for you to say"),
    ),
    "mediation.extended": Said(
        party=("经各方同意，调解期限已延长", "By consent of all, the mediation has more time"),
    ),
    "mediation.limit_reached": Said(
        staff=(
            "调解期限已到，只等各方确认协议",
            "The limit is reached; only confirmation is awaited",
        ),
    ),
    "mediation.failed": Said(
        staff=("本次调解结束，未达成协议", "The mediation ended without an agreement"),
        party=(
            "本次调解结束，未达成协议；后续如何办理，请查看您的事项",
            "The mediation ended without an agreement; your case shows how it goes on",
        ),
    ),
    "agreement.drafted": Said(
        party=(
            "调解协议已拟好，请您查看并确认",
            "An agreement is drafted; please read and confirm",
        ),
    ),
    "agreement.confirmed": Said(
        party=(
            "调解员记录：您已确认调解协议；如不属实，请在期限内否认，逾期协议生效",
            "A mediator recorded that you confirmed; say no in time, or the agreement takes effect",
        ),
    ),
    "agreement.rejected": Said(
        staff=("一方不确认调解协议", "A party does not confirm the agreement"),
        party=("调解协议未获各方确认，继续调解", "The draft was not confirmed; the talks go on"),
    ),
    "agreement.lapsed": Said(
        staff=("调解协议逾期未确认", "The agreement was not confirmed in time"),
        party=(
            "调解协议逾期未确认，未生效",
            "The draft was not confirmed in time and has no effect",
        ),
    ),
    "agreement.in_force": Said(
        staff=("调解协议已生效", "The agreement is in force"),
        party=(
            "调解协议已生效，请按约履行；各方可在期限内共同申请法院司法确认",
            "The agreement is in force; together you may ask a court in time to confirm it",
        ),
    ),
    "duty.fell_due": Said(
        staff=(
            "调解协议履行期到，请核实是否履行",
            "A duty fell due; please see if it was performed",
        ),
        party=("您在调解协议中的义务已到期", "A duty of yours under the agreement is due"),
    ),
    "duty.check_passed_up": Said(
        staff=("协议履行逾期未核实，请督促", "Nobody checked a duty in time; please see to it"),
    ),
    "duty.checked": Said(
        staff=("协议履行情况已核实", "A duty was checked"),
        party=(
            "调解协议的一项义务已核实，结果请查看您的事项；如与事实不符，请告知首问人",
            "A duty of the agreement was checked; see what was found, and say so if it is not true",
        ),
    ),
    "dispute.reopened": Said(
        staff=("纠纷已重新办理", "The dispute is open again"),
        party=("您参与的纠纷已重新办理", "The dispute you are a party to is open again"),
    ),
    "dispute.referred": Said(
        staff=("纠纷已引导至其他途径", "The dispute was referred elsewhere"),
        party=("纠纷已引导至仲裁、诉讼或法律援助", "It goes to arbitration, court or legal aid"),
    ),
    "danger.reported": Said(
        staff=(
            "纠纷有暴力或自伤迹象，请立即处置",
            "Signs of violence or self-harm: act at once",
        ),
    ),
}
