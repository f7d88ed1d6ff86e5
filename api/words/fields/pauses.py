"""Words of the forms of holds, more time and the shelf (R4.7, R6.4, R6.5)."""

from api.words.table import Table

LABELS: Table = {
    "SuspendBody.ground": ("挂起理由", "The ground"),
    "SuspendBody.text": ("具体说明", "Why, in words"),
    "ResumeBody.text": ("说明", "Remarks"),
    "RequestExtensionBody.extend_by": ("延长多久", "How much more time"),
    "RequestExtensionBody.text": ("延期理由", "Why"),
    "DecideExtensionBody.granted": ("是否同意延期", "Whether it is granted"),
    "DecideExtensionBody.text": ("审批意见", "Why"),
    "ShelveBody.text": ("为什么暂时不能解决", "Why it cannot be solved for now"),
    "DecideShelvingBody.approved": ("是否同意挂账", "Whether it is shelved"),
    "DecideShelvingBody.text": ("审批意见", "Why"),
    "ReviewShelfBody.stays": ("复查结果", "What the review finds"),
    "ReviewShelfBody.text": ("理由", "Why"),
}

HINTS: Table = {
    "SuspendBody.ground": (
        "只停办理时限；对居民承诺的时限照走",
        "Only the handling clock stops; the resident's clock runs on",
    ),
    "RequestExtensionBody.extend_by": (
        "每站只能申请一次，最多为原时限的一半",
        "Once at each unit, and at most half of the original time",
    ),
    "ShelveBody.text": ("居民会看到", "The resident reads it"),
    "ReviewShelfBody.text": ("居民会看到", "The resident reads it"),
}
