"""Words of the forms of first contact (R1)."""

from api.words.table import Table

TITLES: Table = {
    "CaseBody": ("登记诉求或纠纷", "Report a request or a dispute"),
}

LABELS: Table = {
    "CaseBody.case_type": ("要反映的是", "What it is"),
    "CaseBody.channel": ("来自哪个渠道", "How it came in"),
    "CaseBody.item_id": ("属于哪类事项", "What kind of matter it is"),
    "CaseBody.title": ("一句话说明", "In one line"),
    "CaseBody.text": ("具体情况", "What happened"),
    "CaseBody.urgency": ("是否紧急", "How urgent it is"),
    "CaseBody.place": ("在哪里", "Where it is"),
    "CaseBody.reporter": ("反映人", "Who reports it"),
    "CaseBody.parties": ("纠纷的其他各方", "The other parties of the dispute"),
    "CaseBody.proactive": ("是否工作人员主动发现", "Found by staff before anybody asked"),
    "CaseBody.informant": ("由哪级信息员反映", "Which informant told of it"),
    "CaseBody.visit_id": ("来自哪次走访", "The visit it comes from"),
    "CaseBody.residents": ("涉及多少位居民", "How many residents it concerns"),
    "HandOverBody.text": ("给接办单位的说明", "A word to the unit that takes it"),
    "DeclineBody.ground": ("不予受理的理由", "The ground"),
    "DeclineBody.text": ("应当到哪里办理", "The right door"),
    "ReviewDeclineBody.upheld": ("不予受理是否成立", "Whether the decline stands"),
    "ReviewDeclineBody.text": ("复核意见", "Why"),
    "ReplaceOfficerBody.post_id": ("由哪个岗位接替", "The post that takes over"),
    "ReplaceOfficerBody.text": ("说明", "Remarks"),
    "ReclassifyBody.item_id": ("正确的事项", "The right kind of matter"),
    "ReclassifyBody.place": ("正确的地点", "The right place"),
    "ReclassifyBody.text": ("更正理由", "Why it is corrected"),
}

HINTS: Table = {
    "CaseBody.title": (
        "例如：三号楼门口路灯不亮。不要写姓名和电话",
        "Such as: the street lamp at building 3 is out. No names or phone numbers here",
    ),
    "CaseBody.text": (
        "什么时候、什么事、希望怎样解决",
        "When, what, and what you would like to be done",
    ),
    "CaseBody.urgency": (
        "有人身危险或正在扩大的，选紧急",
        "Choose emergency when somebody is in danger or it is getting worse by the hour",
    ),
    "CaseBody.place": (
        "选所在网格、填地址、在地图上点，任选一种",
        "Choose the grid, give an address, or click on the map: one of them is enough",
    ),
    "CaseBody.reporter": (
        "只有办理人员能看到，查看会留下记录",
        "Seen only by those who handle it, and every look is recorded",
    ),
    "CaseBody.visit_id": ("走访记录的编号", "The number of the visit's record"),
    "DeclineBody.text": (
        "写明居民应当找哪个部门、怎么联系；居民会看到",
        "Say where to go instead and how to reach them; the resident reads it",
    ),
    "ReclassifyBody.text": ("没有改动的项保持原样", "What you leave empty stays as it is"),
}
