"""What a check of a receipt comes to, in plain words."""

from api.words.table import Language, Table, say

VERDICTS: Table = {
    "in_record": (
        "在案，未被改动。",
        "In the record, unchanged.",
    ),
    "pending": (
        "已登记，尚未签名封存；请过一两分钟再来领取新的凭据。",
        "Recorded, not yet signed: fetch the receipt again in a minute or two.",
    ),
    "whole": (
        "凭据完好，签名有效；本次没有询问系统，不知记录此后是否被改写。",
        "The receipt is whole and its signature good. Whether the log forked since was not asked.",
    ),
    "damaged": (
        "文件已损坏或不完整，无法读取；请用原文件再试，或重新领取凭据。",
        "The file is damaged or not whole. Try the original file, or fetch the receipt again.",
    ),
    "no_receipt": (
        "这不是首问系统的凭据文件。",
        "This is no receipt of Shouwen.",
    ),
    "newer_form": (
        "凭据的格式比本程序新，请用新版本程序核对。",
        "The receipt has a form that this version does not know. Check it with a newer one.",
    ),
    "edited_event": (
        "凭据中第 {about} 项的内容被改动过，与其编码不符。",
        "Event {about} of the receipt was edited: its content does not give its hash.",
    ),
    "other_system": (
        "这是另一个系统的凭据（{about}），请到出具凭据的系统核对。",
        "The receipt belongs to another system ({about}). Check it there.",
    ),
    "other_checkpoint": (
        "凭据里的签名页属于另一个系统（{about}）：凭据被拼接过。",
        "The checkpoint in the receipt belongs to another system ({about}): it was put together.",
    ),
    "other_case": (
        "凭据上的编号与其中的记录（{about}）不是同一事项：凭据被拼接过。",
        "The receipt bears another number than its event {about}: it was put together.",
    ),
    "unsigned": (
        "凭据里的签名页没有签名，或不是签名页：不能证明什么。",
        "The checkpoint in the receipt bears no signature, or is none: it proves nothing.",
    ),
    "unknown_key": (
        "签名所用的密钥不认识（{about}）：不能当真。",
        "The checkpoint is signed by a key that is not known ({about}): it cannot be believed.",
    ),
    "false_signature": (
        "签名是假的（{about}）：签名页在签名后被改动过。",
        "The signature is false ({about}): the checkpoint was changed after it was signed.",
    ),
    "proof_fails": (
        "证明与签名页对不上（{about}）：凭据被改动过。",
        "The proof does not lead to the checkpoint ({about}): the receipt was changed.",
    ),
    "forked": (
        "记录已被改写：前 {about} 项与当时签名的不一致。请留好凭据。",
        "The record was rewritten: its first {about} events are not those signed. Keep the file.",
    ),
    "cut": (
        "记录变短了：当时签名时有 {about} 项，现在没有这么多。请保存好这份凭据。",
        "The record was cut: {about} events were signed, fewer are there. Keep this receipt.",
    ),
    "changed_since": (
        "记录中的这一项（{about}）现在与凭据不同：它被改动或删除了。请保存好这份凭据。",
        "The event was changed or taken away in the record since ({about}). Keep this receipt.",
    ),
    "nothing_signed": (
        "系统还没有签名封存任何记录，请过一两分钟再试。",
        "The system has not signed anything yet. Try again in a minute or two.",
    ),
}

REMARKS: Table = {
    "since_lost": (
        "注意：此后日志的密钥曾遗失（{about}），新密钥无人担保。",
        "Note: since then the log's key was lost ({about}); nobody vouched for the one after it.",
    ),
    "since_renewed": (
        "注意：此后有已签名的记录遗失，日志已另立名称（{about}）。",
        "Note: since then signed events were lost; the log has had another name since {about}.",
    ),
    "unvouched": (
        "注意：签名所用的密钥是旧密钥遗失后启用的，无人担保。",
        "Note: the key that signed came after the one before it was lost; nobody vouched for it.",
    ),
}

KINDS: Table = {
    "case.registered": ("登记诉求", "The request"),
    "case.rated": ("您的评价", "Your rating"),
    "consent.given": ("同意调解", "Consent to mediation"),
    "consent.refused": ("不同意调解", "Refusal of mediation"),
    "consent.withdrawn": ("撤回同意", "Consent withdrawn"),
    "agreement.confirmed": ("确认协议", "Agreement confirmed"),
    "agreement.rejected": ("不接受协议", "Agreement rejected"),
}


def verdict(code: str, about: str, language: Language) -> str:
    """What came of it, in one or two sentences."""
    return say(VERDICTS, code, language).format(about=about)


def remark(code: str, about: str, language: Language) -> str:
    """What else must be known."""
    return say(REMARKS, code, language).format(about=about)
