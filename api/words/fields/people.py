"""Words of the forms of signing in, of machines' tokens, of the inbox and of witnesses."""

from api.words.table import Table

TITLES: Table = {
    "SignInBody": ("工作人员登录", "Staff sign-in"),
    "TokenBody": ("生成系统令牌", "Make a token for a machine"),
    "ReadBody": ("全部标为已读", "Mark all as read"),
    "CosignatureBody": ("联署检查点", "Cosign the checkpoint"),
}

LABELS: Table = {
    "SignInBody.login": ("登录名", "Login"),
    "SignInBody.password": ("密码", "Password"),
    "TokenBody.person_id": ("以谁的名义", "The person it acts as"),
    "TokenBody.label": ("用途", "What it is for"),
    "TokenBody.days": ("有效天数", "Days it is valid"),
    "ReadBody.upto": ("读到哪一条", "Up to which entry"),
    "CosignatureBody.line": ("签名行", "Signature line"),
}

HINTS: Table = {
    "TokenBody.label": (
        "例如：接口对接，市热线平台",
        "Such as: interface of the city hotline",
    ),
    "TokenBody.days": ("最多 366 天", "At most 366"),
}
