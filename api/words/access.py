"""Plain words of the access record (R14.5)."""

from api.words.table import Table

EVENTS: Table = {
    "access.signed_in": ("登录", "Signed in"),
    "access.sign_in_refused": ("登录未成功", "Sign-in refused"),
    "access.signed_out": ("退出登录", "Signed out"),
    "access.session_ended": ("登录已失效", "The session ended"),
    "access.token_made": ("生成系统令牌", "A token for a machine was made"),
    "access.token_revoked": ("撤销系统令牌", "A token for a machine was revoked"),
    "access.refused": ("访问被拒绝", "Access refused"),
    "access.refusals_counted": (
        "另有多次被拒绝，合并计数",
        "More refusals of one kind, counted together",
    ),
    "access.shown": ("查看未遮盖的个人信息", "Personal data shown unmasked"),
    "access.file_shown": ("查看照片或文件", "A photo or document shown"),
    "access.exported": ("导出记录", "Records exported"),
    "access.scores_shown": ("查看工作人员个人考核", "Scores of a member of staff shown"),
}
