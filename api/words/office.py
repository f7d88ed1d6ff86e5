"""Plain words for what happened in the office, Chinese first."""

from collections.abc import Mapping

from api.words.names import person_name, unit_name
from api.words.table import Language, Table, say
from domain.office.events import OfficeEvent
from domain.organisation import Organisation

EVENTS: Table = {
    "office.unit_added": ("增设{unit}", "{unit} was added"),
    "office.unit_changed": ("{unit}信息变更", "{unit} was changed"),
    "office.unit_closed": ("{unit}撤销", "{unit} was closed"),
    "office.grid_drawn": ("{unit}重新划界", "The border of {unit} was drawn"),
    "office.person_added": ("{person}入职", "{person} joined"),
    "office.person_changed": ("{person}信息变更", "{person}: details changed"),
    "office.post_opened": (
        "{person}任{unit}{role}（{post}）",
        "{person}: {role} at {unit} ({post})",
    ),
    "office.post_changed": ("岗位{post}调整", "Post {post} was changed"),
    "office.post_ended": ("岗位{post}（{person}）结束", "Post {post} of {person} ended"),
    "office.stand_in_named": (
        "岗位{post}的代理人（AB 角）：{person}",
        "Stand-in for {post}: {person}",
    ),
    "office.absence_recorded": ("岗位{post}请假", "{post}: absence"),
    "office.absence_cancelled": ("岗位{post}销假", "{post}: back again"),
    "office.duty_assigned": ("渠道{channel}的值班岗位：{post}", "Duty post of {channel}: {post}"),
    "office.item_added": ("目录新增“{name}”", "Catalogue item added: {name}"),
    "office.item_changed": ("目录事项“{name}”变更", "Catalogue item changed: {name}"),
    "office.item_retired": ("目录事项{item}停用", "Catalogue item retired: {item}"),
    "office.year_published": ("发布 {year} 年放假安排", "Holidays of {year} published"),
    "office.policy_published": ("发布政策版本 {version}", "Policy {version} published"),
    "office.change_cancelled": ("撤回第 {change} 号变更", "Change {change} was taken back"),
    "office.post_requested": (
        "申请监督岗位：{person}任{unit}{role}，待第二人确认",
        "Asked for: {person} as {role} at {unit}, to be confirmed by a second person",
    ),
    "office.post_confirmed": ("监督岗位已由第二人确认", "A second person agreed to the post"),
    "office.post_declined": ("监督岗位未获确认", "The post was not agreed to"),
    "office.person_left": ("{person}离职", "{person} left"),
    "office.hand_over_planned": ("岗位{post}的案件将移交", "Cases of {post} will be handed over"),
    "office.hand_over_called_off": (
        "岗位{post}不如期结束，案件不移交",
        "{post} does not end as planned; its cases stay",
    ),
    "office.hand_over_begun": (
        "开始移交岗位{post}的案件：在办 {in_charge} 件，首问 {officer} 件",
        "Handing over {post}: {in_charge} in charge, {officer} as first-contact officer",
    ),
    "office.handed_over": (
        "岗位{post}的案件已移交，剩余 {left} 件",
        "Cases of {post} handed over, {left} left",
    ),
    "office.calendar_looked_at": ("检查 {year} 年放假安排", "Looked for the holidays of {year}"),
    "office.swept": ("清理到期数据", "What was kept long enough was deleted"),
    "office.books_loaded": ("从文件载入", "Loaded from files"),
}

ROLES: Table = {
    "first_contact_clerk": ("首问岗", "first-contact clerk"),
    "grid_worker": ("网格员", "grid worker"),
    "community_worker": ("社区工作者", "community worker"),
    "street_coordinator": ("街道协调员", "street coordinator"),
    "department_handler": ("部门经办人", "department handler"),
    "mediator": ("调解员", "mediator"),
    "supervisor": ("督办员", "supervisor"),
    "administrator": ("管理员", "administrator"),
    "auditor": ("审计员", "auditor"),
    "data_protection": ("个人信息保护员", "data protection officer"),
}


def sentence(event: OfficeEvent, organisation: Organisation, language: Language) -> str:
    """What happened, in one phrase."""
    facts = {name: getattr(event, name) for name in event.__dataclass_fields__}
    return say(EVENTS, event.kind, language).format_map(
        {
            **facts,
            "unit": facts.get("name") or unit_name(facts.get("unit_id"), organisation),
            "person": _person(facts, organisation),
            "post": facts.get("post_id") or say({"-": ("无", "none")}, "-", language),
            "role": say(ROLES, str(facts.get("role", "")), language),
            "item": facts.get("item_id", ""),
        }
    )


def _person(facts: Mapping[str, object], organisation: Organisation) -> str:
    """The person the event is about, by name; of a post its holder."""
    post = organisation.posts.get(str(facts.get("post_id")))
    person = facts.get("person_id") or (post.person_id if post else "")
    return str(facts.get("name") or "") or person_name(str(person), organisation)
