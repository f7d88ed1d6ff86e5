"""What one may do with a case, in plain words, grouped and in the order of the work. No rules."""

from api.words.table import Table

GROUPS: Table = {
    "decide": ("待我决定", "To decide"),
    "handle": ("办理", "Work on it"),
    "ask": ("申请与计时", "Ask for time"),
    "move": ("流转", "Pass it on"),
    "help": ("吹哨协助", "Helpers"),
    "dispute": ("调解", "Mediation"),
    "deliberate": ("居民议事", "Deliberation"),
    "resident": ("居民与首问", "The resident"),
    "together": ("关联案件", "Other reports of it"),
    "supervise": ("督办", "Supervision"),
    "redress": ("评价与申诉", "Ratings and appeals"),
}
"""In the order in which they are shown."""

BY_GROUP: dict[str, Table] = {
    "decide": {
        "review_decline": ("复核不予受理", "Review a decline"),
        "adjudicate": ("裁定由谁办理", "Decide whose it is"),
        "decide_extension": ("审批延期", "Decide on more time"),
        "decide_shelving": ("审批挂账", "Decide on shelving"),
        "decide_withdrawal": ("核实撤诉", "Decide on a withdrawal"),
        "decide_objection": ("决定公示异议", "Decide an objection"),
        "verify": ("核验是否办结", "Verify that it is done"),
        "accept_transfer": ("同意接收转办", "Accept a transfer"),
        "refuse_transfer": ("不同意接收转办", "Refuse a transfer"),
    },
    "handle": {
        "accept": ("签收", "Accept"),
        "arrive_on_site": ("登记到场", "Say that somebody is on site"),
        "answer_supervision": ("答复督办", "Answer an order"),
        "record_progress": ("填写办理进展", "Record progress"),
        "resolve": ("办结", "Resolve"),
        "add_information": ("补充情况", "Add information"),
        "reveal": ("查看个人信息", "See personal data"),
        "reclassify": ("更正事项或地点", "Correct matter or place"),
        "record_expense": ("登记随事经费", "Record an expense"),
        "assign": ("指派经办人", "Assign"),
    },
    "ask": {
        "request_extension": ("申请延期", "Ask for more time"),
        "suspend": ("挂起", "Put on hold"),
        "resume": ("恢复办理", "Resume"),
        "shelve": ("申请挂账", "Ask to shelve it"),
        "review_shelf": ("挂账复查", "Review the shelf"),
    },
    "move": {
        "hand_over": ("移交", "Hand over"),
        "escalate": ("上报", "Escalate"),
        "return": ("退回", "Return"),
        "delegate": ("交办下级", "Delegate"),
        "transfer": ("转办其他部门", "Transfer"),
        "decline": ("不予受理", "Decline"),
    },
    "help": {
        "summon": ("吹哨请单位协助", "Summon helpers"),
        "report_in": ("报到", "Report in"),
        "record_help": ("记录协助情况", "Record help"),
        "release": ("协助单位离场", "Release a helper"),
    },
    "dispute": {
        "open_mediation": ("发起调解", "Open a mediation"),
        "give_consent": ("表示是否同意", "Consent or refuse"),
        "form_panel": ("组成调解小组", "Form the panel"),
        "record_session": ("记录调解会", "Record a session"),
        "draft_agreement": ("起草调解协议", "Draft an agreement"),
        "confirm_agreement": ("确认调解协议", "Confirm the agreement"),
        "check_duty": ("核实协议履行", "Check a duty"),
        "extend_mediation": ("征求延长调解", "Ask for a longer mediation"),
        "withdraw_consent": ("撤回同意", "Withdraw consent"),
        "reject_mediator": ("拒绝调解员", "Reject a mediator"),
        "declare_relation": ("申明利害关系", "Declare a relation"),
        "fail_mediation": ("调解不成", "Give the mediation up"),
        "refer_dispute": ("引导仲裁、诉讼或法律援助", "Refer to another door"),
        "report_danger": ("报告危险情况", "Report danger"),
    },
    "deliberate": {
        "propose_deliberation": ("提请居民议事", "Propose a deliberation"),
        "record_meeting": ("记录会议", "Record a meeting"),
        "publish_deliberation": ("公示", "Publish"),
        "object": ("提出异议", "Object"),
        "stop_deliberation": ("终止议事", "Stop the deliberation"),
    },
    "resident": {
        "rate": ("评价", "Rate"),
        "remind": ("催办", "Remind"),
        "record_follow_up": ("登记回访", "Record the follow-up call"),
        "withdraw": ("撤诉", "Withdraw"),
        "keep": ("我没有撤诉", "I did not withdraw"),
        "ask_reconsideration": ("申请复议", "Ask for a reconsideration"),
        "authorise_agent": ("委托代办", "Authorise an agent"),
        "record_agency_step": ("记录代办情况", "Record a step as agent"),
        "revoke_agent": ("撤销委托", "Revoke the agent"),
    },
    "together": {
        "merge": ("并案", "Merge"),
        "split": ("拆案", "Split"),
        "mark_recurrence": ("标注重复反映", "Mark as reported again"),
    },
    "supervise": {
        "supervise": ("督办", "Give an order"),
        "replace_officer": ("更换首问人员", "Replace the first-contact officer"),
    },
    "redress": {
        "review_rating": ("复核不满意评价", "Review a bad rating"),
        "reconsider": ("决定复议", "Decide a reconsideration"),
        "decide_appeal": ("裁定申诉", "Decide an appeal"),
        "appeal": ("申诉", "Appeal"),
    },
}
ACTIONS: Table = {kind: words for table in BY_GROUP.values() for kind, words in table.items()}
HEARD_BY_STAFF: Table = {
    "give_consent": ("登记当事人是否同意", "Record a party's consent"),
    "withdraw_consent": ("登记当事人撤回同意", "Record that a party withdraws"),
    "confirm_agreement": ("登记当事人确认协议", "Record a party's confirmation"),
    "reject_mediator": ("登记当事人拒绝调解员", "Record a party's rejection"),
    "object": ("登记居民异议", "Record an objection"),
    "withdraw": ("登记居民撤诉", "Record a withdrawal"),
    "authorise_agent": ("登记居民委托代办", "Record an authorisation"),
    "revoke_agent": ("登记居民撤销委托", "Record a revocation"),
}
"""What is a resident's own word, as staff do it who write it down."""
GROUP_OF = {kind: group for group, table in BY_GROUP.items() for kind in table}
