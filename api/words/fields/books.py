"""Words of the forms of what administration publishes: catalogue, calendar, policy."""

from api.words.table import Table

TITLES: Table = {
    "AddItemBody": ("目录新增事项", "Add an item to the catalogue"),
    "ChangeItemBody": ("变更目录事项", "Change an item of the catalogue"),
    "RetireItemBody": ("停用目录事项", "Retire an item of the catalogue"),
    "PublishYearBody": ("发布放假安排", "Publish a year's holidays"),
    "HolidaysBody": ("节日", "Holiday"),
    "PublishPolicyBody": ("发布政策版本", "Publish a version of the policy"),
}

LABELS: Table = {
    "ItemBody.item_id": ("事项编号", "Id of the item"),
    "ItemBody.class_id": ("类别编号", "Id of its class"),
    "ItemBody.class_name": ("类别名称", "Name of its class"),
    "ItemBody.name": ("事项名称", "Name"),
    "ItemBody.belonging": ("是谁的事", "Whose work it is"),
    "ItemBody.owner_level": ("由哪一级负责", "The rung that owns it"),
    "ItemBody.department_id": ("责任部门", "Department that answers for it"),
    "ItemBody.first_rung": ("首先由哪一级办理", "The rung it goes to first"),
    "ItemBody.deadline": ("时限类别", "Class of deadline"),
    "ItemBody.evidence": ("办结是否须附照片", "Whether photos are needed to resolve it"),
    "ItemBody.skips_rungs": ("是否允许越级上报", "Whether rungs may be skipped"),
    "RetireItemBody.item_id": ("停用哪个事项", "Which item"),
    "PublishYearBody.year": ("年度", "Year"),
    "PublishYearBody.source": ("依据的文件", "The document it is based on"),
    "PublishYearBody.holidays": ("放假", "Holidays"),
    "PublishYearBody.make_up_days": ("调休上班日", "Make-up working days"),
    "HolidaysBody.first": ("第一天", "First day"),
    "HolidaysBody.last": ("最后一天", "Last day"),
    "HolidaysBody.name": ("节日名称", "Name"),
    "PublishPolicyBody.document": ("政策全文", "The whole text of the policy"),
}

HINTS: Table = {
    "ItemBody.item_id": (
        "文字、数字、点、横线，定下后不再改",
        "Letters, digits, dots and dashes; it never changes",
    ),
    "ItemBody.class_name": (
        "同一类别编号只能有一个名称",
        "A class has one name, whichever item names it",
    ),
    "PublishYearBody.source": (
        "例如国务院办公厅通知的文号",
        "Such as the number of the State Council's notice",
    ),
    "PublishYearBody.make_up_days": (
        "每行一天，例如 2026-02-14",
        "One a line, such as 2026-02-14",
    ),
    "PublishPolicyBody.document": (
        "policy.toml 的全文；发布前请先比较与现行版本的差别",
        "All of policy.toml; compare it with the version in force before you publish it",
    ),
}
