"""Words of the forms of residents who deliberate (R8)."""

from api.words.table import Table

LABELS: Table = {
    "ProposeDeliberationBody.title": ("议题", "The proposal, in one line"),
    "ProposeDeliberationBody.text": ("议题说明", "What is proposed, and why"),
    "RecordMeetingBody.step": ("哪个会议", "Which meeting"),
    "RecordMeetingBody.held_at": ("会议时间", "When it was held"),
    "RecordMeetingBody.eligible": ("应到人数", "How many were entitled to come"),
    "RecordMeetingBody.present": ("实到人数", "How many came"),
    "RecordMeetingBody.in_favour": ("赞成票", "Votes in favour"),
    "RecordMeetingBody.against": ("反对票", "Votes against"),
    "RecordMeetingBody.abstained": ("弃权票", "Abstentions"),
    "RecordMeetingBody.minutes": ("会议记录", "Minutes"),
    "RecordMeetingBody.reference": ("会议记录存放处或编号", "Where the minutes are kept"),
    "PublishDeliberationBody.step": ("公开什么", "What is published"),
    "PublishDeliberationBody.title": ("标题", "Title"),
    "PublishDeliberationBody.text": ("公开内容", "Text"),
    "ObjectBody.text": ("您的异议", "Your objection"),
    "DecideObjectionBody.objection_id": ("哪条异议", "Which objection"),
    "DecideObjectionBody.upheld": ("异议是否成立", "Whether it is upheld"),
    "DecideObjectionBody.text": ("理由", "Why"),
    "StopDeliberationBody.text": ("为什么终止", "Why it is given up"),
}

HINTS: Table = {
    "RecordMeetingBody.present": (
        "赞成、反对、弃权三项之和等于实到人数",
        "Those for, against and abstaining together",
    ),
    "RecordMeetingBody.minutes": (
        "会议记录和存放处至少填一项",
        "Either the minutes or where they are kept",
    ),
    "PublishDeliberationBody.text": (
        "所有人都能看到，不要写任何人的姓名",
        "Everybody reads it: name nobody",
    ),
    "DecideObjectionBody.upheld": (
        "成立的，议事退回上一步",
        "If it is, the deliberation goes back one step",
    ),
}
