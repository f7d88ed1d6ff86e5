"""Plain words of what is kept, and until when (R14.4): (Chinese, English)."""

from api.words.table import Table

KINDS: Table = {
    "journal": ("事件日志", "The journal"),
    "people": ("已结案件中的个人信息", "People of closed cases: proposed to be erased"),
    "visits": ("未立案的走访记录", "What was asked and found in a visit that opened no case"),
    "access_record": ("访问记录", "The access record"),
    "sessions": ("登录会话", "Sessions and tokens"),
    "failures": ("登录失败记录", "Sign-ins that failed"),
    "resends": ("消息重发记录", "Who sent a message again"),
    "messages": ("已发送和未能送达的消息", "Messages sent or given up"),
    "inbox": ("站内通知", "Notices in inboxes"),
    "uploads": ("尚未归入案件的照片和文件", "Photos and documents no case has named"),
    "attempts": ("上传次数记录", "How often somebody uploaded"),
    "files": ("案件的照片和文件", "Photos and documents of cases"),
    "outbox": ("待发通知记录（仅编号）", "Who was owed a notice: ids alone"),
    "views": ("列表和检索", "Lists and search: made of the journal"),
    "histories": ("流程引擎历史", "Temporal's histories: its namespace's retention"),
    "logs": ("运行日志", "Logs: docker-compose.yml"),
    "backups": ("备份", "Backups: as long as their master key"),
}
SINCE: Table = {
    "people": ("自结案起", "since the case was closed"),
    "sessions": ("自会话结束起", "since they ended"),
    "failures": ("自失败起", "since they failed"),
    "resends": ("自消息处理完毕起", "since the message was settled"),
    "messages": ("自处理完毕起", "since they were settled"),
    "inbox": ("自通知起", "since the notice"),
    "uploads": ("自上传起", "since they were uploaded"),
    "attempts": ("自上传起", "since the upload"),
}
UNTIL: Table = {
    "days": ("按规则所定天数", "for days of the policy"),
    "fixed": ("固定天数", "for a number of days that no policy changes"),
    "people": ("与案件当事人信息同时删除", "as long as the people of the case"),
    "for_ever": ("永久", "for ever"),
    "elsewhere": ("另有规定", "as is said elsewhere"),
}
