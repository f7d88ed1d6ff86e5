"""Refusals of photos and documents: bringing, keeping and showing them (R9.1, R14.4). No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "file_unknown": Said(
        what=("没有找到这个文件。", "There is no such file."),
        why=("只能附上本人为本案上传的文件。", "One attaches what one has uploaded for this case."),
        now=("请重新上传后再提交。", "Upload it again, then send."),
    ),
    "case_missing": Said(
        what=("没有说明是哪个案件的文件。", "It is not said of which case the file is."),
        why=("凭回执或链接上传须注明案件。", "With a receipt or a link the case is named."),
        now=("请从案件页面上传。", "Upload it from the case's page."),
    ),
    "too_many_uploads": Said(
        what=("上传过于频繁。", "Too many uploads."),
        why=("为防止滥用，需要等待一会儿。", "It waits a while so that nobody floods the store."),
        now=("请稍后再传。", "Upload it later."),
    ),
    "uploads_full": Said(
        what=("暂时不能接收更多文件。", "No more files are taken for now."),
        why=("未使用的上传过多。", "Too many wait that nobody has used."),
        now=("请稍后再传，诉求可先提交。", "Upload it later; the report can be sent before."),
    ),
    "file_too_large": Said(
        what=("文件过大。", "The file is too large."),
        why=("超过允许的大小。", "It is beyond the limit."),
        now=("请压缩或另选文件。", "Make it smaller, or choose another."),
    ),
    "file_empty": Said(
        what=("文件是空的。", "The file is empty."),
        why=("里面没有内容。", "There is nothing in it."),
        now=("请另选文件。", "Choose another."),
    ),
    "file_type_unknown": Said(
        what=("不支持这种文件。", "That kind of file is not taken."),
        why=(
            "文件类型按内容判断，只接收照片和 PDF。",
            "What it is, its content says; photos and PDF are taken.",
        ),
        now=("请另存为照片或 PDF。", "Save it as one of those."),
    ),
    "file_too_complex": Said(
        what=("文件过于复杂，无法处理。", "The file is too complex."),
        why=("打开它需要过多资源。", "Reading it takes too much."),
        now=("请另存或缩小后再传。", "Save it anew, or smaller."),
    ),
    "image_too_large": Said(
        what=("照片尺寸过大。", "The photo is too large."),
        why=("像素超过限制。", "It has more pixels than are taken."),
        now=("请缩小后再传。", "Make it smaller."),
    ),
    "image_damaged": Said(
        what=("照片已损坏。", "The photo is damaged."),
        why=("无法完整读取。", "It cannot be read to its end."),
        now=("请重新拍摄或另选照片。", "Take it again, or choose another."),
    ),
    "pdf_encrypted": Said(
        what=("文件有密码。", "The document has a password."),
        why=("加密的文件无法核对内容。", "What is encrypted cannot be looked at."),
        now=("请去掉密码后再传。", "Save it without one."),
    ),
    "pdf_scripted": Said(
        what=("文件含有脚本等内容。", "The document does more than show pages."),
        why=("只接收单纯的页面。", "Only plain pages are taken."),
        now=("请打印为新的 PDF 再传。", "Print it to a new PDF."),
    ),
    "pdf_damaged": Said(
        what=("文件已损坏。", "The document is damaged."),
        why=("无法读取。", "It cannot be read."),
        now=("请重新导出后再传。", "Export it again."),
    ),
    "pdf_too_long": Said(
        what=("文件页数过多。", "The document has too many pages."),
        why=("超过允许的页数。", "It is beyond the limit."),
        now=("请拆分后再传。", "Send it in parts."),
    ),
    "file_not_found": Said(
        what=("没有这个文件，或您无权查看。", "No such file, or not yours to see."),
        why=("文件只对可查看案件的人开放。", "It is open to those who may see the case."),
        now=("请从案件页面打开。", "Open it from the case's page."),
    ),
    "file_erased": Said(
        what=("文件已随个人信息一并删除。", "The file was forgotten with the person."),
        why=("密钥销毁后无法再打开。", "Its key is destroyed, and nothing opens it."),
        now=("无法恢复。", "It cannot be had again."),
    ),
    "file_changed": Said(
        what=("存放的文件与登记的不一致。", "What is stored is not what was kept."),
        why=("内容被改动的文件不予显示。", "A file that was changed is not shown."),
        now=("请告知管理员。", "Tell an administrator."),
    ),
    "files_full": Said(
        what=("文件存放空间已满。", "No room is left for files."),
        why=("其他功能不受影响。", "Nothing else is affected."),
        now=("请稍后再传，或告知管理员。", "Try later, or tell an administrator."),
    ),
    "files_unavailable": Said(
        what=("文件存放处暂时没有应答。", "The store of files does not answer."),
        why=("没有丢失任何内容。", "Nothing was lost."),
        now=("请用同一页面再次提交。", "Send the same again."),
    ),
    "not_for_partners": Said(
        what=("协助单位不能上传文件。", "Partners upload no files."),
        why=("协助情况以文字记录。", "Their help is recorded in words."),
        now=("请把情况写在协助记录里。", "Write it into the record of your help."),
    ),
}
