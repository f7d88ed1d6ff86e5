"""Words of the forms of disputes and mediation (R7)."""

from api.words.table import Table

TITLES: Table = {
    "PromiseBody": ("义务", "Duty"),
}

LABELS: Table = {
    "PartyBody.subject": ("是哪一方", "Which party"),
    "PartyBody.how": ("以什么方式表示", "How it was given"),
    "OpenMediationBody.text": ("给各方的说明", "A word to the parties"),
    "GiveConsentBody.given": ("是否同意", "Whether you agree"),
    "GiveConsentBody.matter": ("同意的是", "What it is about"),
    "GiveConsentBody.text": ("想说的话", "Anything you would like to say"),
    "WithdrawConsentBody.text": ("想说的话", "Anything you would like to say"),
    "DeclareRelationBody.about": ("谁有利害关系", "Who has a stake"),
    "DeclareRelationBody.relation": ("是什么关系", "What the relation is"),
    "FormPanelBody.posts": ("调解员", "Mediators"),
    "RejectMediatorBody.seat": ("要求哪位调解员回避", "Which mediator"),
    "RecordSessionBody.held_at": ("调解时间", "When it was held"),
    "RecordSessionBody.place": ("调解地点", "Where it was held"),
    "RecordSessionBody.mediators": ("到场的调解员", "Mediators who were there"),
    "RecordSessionBody.subjects": ("到场的各方", "Parties who were there"),
    "RecordSessionBody.summary": ("调解经过", "What was said, in short"),
    "ExtendMediationBody.extend_by": ("延长多久", "How much more time"),
    "ExtendMediationBody.text": ("延长理由", "Why"),
    "DraftAgreementBody.form": ("协议形式", "Form of the agreement"),
    "DraftAgreementBody.facts": ("事实和争议", "Facts and issues"),
    "DraftAgreementBody.content": ("协议内容", "What was agreed"),
    "DraftAgreementBody.manner": ("履行方式", "How it is carried out"),
    "DraftAgreementBody.duties": ("各方的义务", "What each party shall do"),
    "PromiseBody.owes": ("由哪一方履行", "Which party"),
    "PromiseBody.text": ("做什么", "What it shall do"),
    "PromiseBody.due_at": ("什么时候之前", "Until when"),
    "ConfirmAgreementBody.draft": ("第几稿协议", "Which draft"),
    "ConfirmAgreementBody.confirmed": ("是否确认这份协议", "Whether you confirm it"),
    "ConfirmAgreementBody.text": ("想说的话", "Anything you would like to say"),
    "CheckDutyBody.duty_id": ("哪项义务", "Which duty"),
    "CheckDutyBody.performed": ("是否已履行", "Whether it was performed"),
    "CheckDutyBody.text": ("核实情况", "What was found"),
    "FailMediationBody.text": ("为什么终止", "Why it is given up"),
    "ReferDisputeBody.to": ("引导到哪里", "Where to"),
    "ReferDisputeBody.reference": ("对方的案号或受理号", "The number it has there"),
    "ReferDisputeBody.text": ("说明", "Remarks"),
    "ReportDangerBody.text": ("看到了什么", "What you saw or heard"),
}

HINTS: Table = {
    "PartyBody.how": (
        "由工作人员代为记录时，写明本人是怎样表示的",
        "When staff record it, say how the party gave its word",
    ),
    "GiveConsentBody.given": (
        "调解自愿；不同意不影响您的其他权利",
        "Mediation is voluntary; refusing takes none of your other rights away",
    ),
    "DeclareRelationBody.about": (
        "经办人填 handler，调解员填 mediator-序号，工作人员也可填人员编号",
        "handler for who handles it, mediator-2 for the second mediator, or a person's id",
    ),
    "FormPanelBody.posts": ("可选一人或多人", "One or several"),
    "RejectMediatorBody.seat": (
        "每一方可以要求一位调解员回避一次，不用说明理由",
        "Each party may reject one mediator once, and need not say why",
    ),
    "RecordSessionBody.summary": (
        "只有经办人、调解员和各方能看到",
        "Seen only by handlers, mediators and the parties",
    ),
    "DraftAgreementBody.manner": ("一次性、分期、当面交付等", "At once, in parts, in person …"),
    "ConfirmAgreementBody.confirmed": (
        "各方都确认后协议生效，三十日内可以共同申请司法确认",
        "In force when every party confirms; within 30 days you may ask a court to confirm it",
    ),
    "ReportDangerBody.text": (
        "有暴力或自伤迹象的，立即按紧急情况处置；正在发生的请先拨打 110、120",
        "Treated as an emergency at once; if it is happening now, call 110 or 120 first",
    ),
}
