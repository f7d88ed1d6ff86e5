"""Kinds of channels, units and mediators, as people call them."""

from api.words.table import Table

CHANNELS: Table = {
    "counter": ("服务窗口", "counter"),
    "phone": ("电话", "phone"),
    "web": ("网页", "web"),
    "app": ("手机应用、小程序", "app or mini-program"),
    "kiosk": ("自助终端", "kiosk"),
    "grid_visit": ("网格走访", "grid visit"),
    "micro_blog": ("民情微博", "micro-blog"),
    "deliberation_hall": ("党群议事厅", "deliberation hall"),
    "patrol": ("巡查", "patrol"),
    "api": ("其他系统", "another system"),
}

UNIT_KINDS: Table = {
    "city": ("市", "city"),
    "district": ("区（县）", "district (county)"),
    "street": ("街道", "street"),
    "township": ("乡镇", "township"),
    "community": ("社区", "community"),
    "village": ("村", "village"),
    "grid": ("网格", "grid"),
    "department": ("职能部门", "department"),
}

MEDIATORS: Table = {
    "party_veteran": ("老党员", "party veteran"),
    "retired_official": ("退休干部", "retired official"),
    "teacher": ("教师", "teacher"),
    "group_leader": ("居民小组长", "group leader"),
    "lawyer": ("律师", "lawyer"),
    "police_officer": ("民警", "police officer"),
    "social_worker": ("社会工作者", "social worker"),
}
