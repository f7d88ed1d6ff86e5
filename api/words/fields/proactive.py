"""Words of the forms of what comes before it is asked: visits, verification, agents (R13)."""

from api.words.table import Table

TITLES: Table = {
    "VisitBody": ("登记走访", "Record a visit"),
    "FindingBody": ("事项", "Matter"),
    "AmendVisitBody": ("更正走访记录", "Correct the record of a visit"),
}

LABELS: Table = {
    "VerifyBody.done": ("是否确已办妥", "Whether it is really done"),
    "VerifyBody.text": ("核验情况", "What was found"),
    "AuthoriseAgentBody.post_id": ("由哪个岗位代办", "The agent's post"),
    "AuthoriseAgentBody.how": ("居民怎样授权", "How the resident said so"),
    "AuthoriseAgentBody.text": ("委托办什么", "What the agent may do"),
    "AuthoriseAgentBody.documents": ("收到的材料", "Documents handed over"),
    "RecordAgencyStepBody.text": ("办了什么", "What was done"),
    "RecordAgencyStepBody.documents": ("涉及的材料", "Documents"),
    "RecordAgencyStepBody.delivered": ("是否已全部办好并送达", "Whether all is done and delivered"),
    "RevokeAgentBody.how": ("居民怎样表示", "How the resident said so"),
    "RevokeAgentBody.text": ("说明", "Remarks"),
    "VisitBody.occasion": ("走访对象", "Whom the visit was to"),
    "VisitBody.visited_at": ("走访时间", "When it was"),
    "VisitBody.place": ("走访地点", "Where it was"),
    "VisitBody.met": ("见到几个人", "How many people were met"),
    "VisitBody.asked": ("问了什么", "What was asked"),
    "VisitBody.found": ("了解到什么", "What was found"),
    "VisitBody.cases": ("要立案的事项", "What becomes a case"),
    "FindingBody.item_id": ("属于哪类事项", "What kind of matter it is"),
    "FindingBody.title": ("一句话说明", "In one line"),
    "FindingBody.text": ("具体情况", "What it is"),
    "FindingBody.urgency": ("是否紧急", "How urgent it is"),
    "FindingBody.place": ("在哪里", "Where it is"),
    "AmendVisitBody.text": ("哪里有误，为什么更正", "What was wrong, and why"),
    "AmendVisitBody.occasion": ("走访对象", "Whom the visit was to"),
    "AmendVisitBody.visited_at": ("走访时间", "When it was"),
    "AmendVisitBody.place": ("走访地点", "Where it was"),
    "AmendVisitBody.met": ("见到几个人", "How many people were met"),
    "AmendVisitBody.asked": ("问了什么", "What was asked"),
    "AmendVisitBody.found": ("了解到什么", "What was found"),
}

HINTS: Table = {
    "AuthoriseAgentBody.documents": (
        "每行一份，写材料名称",
        "One a line, each by what it is called",
    ),
    "RecordAgencyStepBody.documents": (
        "每行一份，写材料名称",
        "One a line, each by what it is called",
    ),
    "VisitBody.met": ("只填人数，不写是谁", "How many, not who"),
    "VisitBody.place": (
        "选所在网格、填地址、在地图上点，任选一种",
        "Choose the grid, give an address, or click on the map: one of them is enough",
    ),
    "VisitBody.cases": ("没有可以不填", "None is fine"),
    "FindingBody.title": ("不要写姓名和电话", "No names or phone numbers here"),
    "FindingBody.place": ("不填就是走访地点", "Left empty, it is where the visit was"),
    "AmendVisitBody.text": ("没有改动的项保持原样", "What you leave empty stays as it is"),
    "AmendVisitBody.met": ("只填人数，不写是谁", "How many, not who"),
}
