"""Words of the forms of resolutions, ratings and what follows a bad one (R9, R10, R11)."""

from api.words.table import Table

TITLES: Table = {
    "RatingBody": ("评价", "Rate"),
}

LABELS: Table = {
    "ResolveBody.text": ("办理结果", "What was done"),
    "RecordFollowUpBody.contacted": ("是否联系上居民", "Whether the resident was reached"),
    "RecordFollowUpBody.solved": ("居民说是否解决", "Whether it is solved, by their word"),
    "RecordFollowUpBody.grade": ("居民口头评价", "How satisfied they said they are"),
    "RecordFollowUpBody.text": ("居民原话", "What they said"),
    "RatingBody.contacted": ("有人联系过您吗？", "Were you contacted?"),
    "RatingBody.solved": ("问题解决了吗？", "Is it solved?"),
    "RatingBody.grade": ("您满意吗？", "How satisfied are you?"),
    "RatingBody.tags": ("用几个词说说", "A few words"),
    "RatingBody.text": ("想说的话", "Anything you would like to say"),
    "WithdrawBody.text": ("撤诉原因", "Why"),
    "DecideWithdrawalBody.approved": ("居民是否确已撤诉", "Whether the resident did withdraw"),
    "DecideWithdrawalBody.text": ("核实情况", "What was found"),
    "KeepBody.text": ("想说的话", "Anything you would like to say"),
    "ReviewRatingBody.finding": ("复核结论", "What the rating is found to be"),
    "ReviewRatingBody.rectify_at": ("由哪一级整改", "Where it is worked on again"),
    "ReviewRatingBody.text": ("理由", "Why"),
    "AskReconsiderationBody.text": ("为什么您的评价应当计入", "Why your rating should count"),
    "ReconsiderBody.about": ("哪次评价", "Which rating"),
    "ReconsiderBody.upheld": ("不计入考核是否维持", "Whether the exclusion stands"),
    "ReconsiderBody.rectify_at": ("由哪一级整改", "Where it is worked on again"),
    "ReconsiderBody.text": ("理由", "Why"),
    "MarkRecurrenceBody.earlier": ("以前那一件", "The earlier case"),
    "MarkRecurrenceBody.text": ("说明", "Remarks"),
    "AppealBody.against": ("对什么申诉", "What you contest"),
    "AppealBody.about": ("具体是哪一项", "Which one"),
    "AppealBody.text": ("申诉理由", "Why"),
    "DecideAppealBody.against": ("对什么的申诉", "What is contested"),
    "DecideAppealBody.about": ("具体是哪一项", "Which one"),
    "DecideAppealBody.upheld": ("申诉是否成立", "Whether the appeal is upheld"),
    "DecideAppealBody.text": ("理由", "Why"),
}

HINTS: Table = {
    "ResolveBody.text": (
        "居民会看到，请写清做了什么、什么时候做的",
        "The resident reads it: say what was done and when",
    ),
    "RecordFollowUpBody.grade": (
        "只作回访记录，不代替居民本人评价",
        "Recorded as a follow-up; it never stands for the resident's own rating",
    ),
    "RatingBody.tags": ("每行一个，可以不填", "One a line; you need not"),
    "WithdrawBody.text": ("撤诉后不再办理", "Nothing more is done about it then"),
    "ReviewRatingBody.rectify_at": ("只在属实时有用", "Only where it is justified"),
    "ReconsiderBody.about": (
        "轮次/评价人，例如 1/reporter",
        "Round and who rated, such as 1/reporter",
    ),
    "ReconsiderBody.rectify_at": ("只在撤销时有用", "Only where the exclusion is lifted"),
    "AskReconsiderationBody.text": ("只能申请一次", "You may ask once"),
    "MarkRecurrenceBody.earlier": (
        "案件编号，您必须有权查看该案",
        "Its number; you must be allowed to see it",
    ),
    "AppealBody.about": ("案件页上该项的编号", "As the case's page numbers it"),
    "AppealBody.text": ("每一项只能申诉一次", "Each can be contested once"),
    "DecideAppealBody.about": ("案件页上该项的编号", "As the case's page numbers it"),
    "DecideAppealBody.upheld": (
        "成立的，不计入考核",
        "If it is, it does not count in scores",
    ),
}
