"""Refusals of the API about what is asked for, and failures that pass. No rules."""

from api.words.refusals.table import Refusals, Said

REFUSALS: Refusals = {
    "unknown_version": Said(
        what=("没有这个版本。", "There is no such version."),
        why=("编号超出记录范围。", "It is beyond the record."),
        now=("请核对。", "Check it."),
    ),
    "unknown_kind": Said(
        what=("没有这个类别。", "There is no such kind."),
        why=("须是系统中的类别。", "It must be one of the system's."),
        now=("请重新选择。", "Choose again."),
    ),
    "unknown_matter": Said(
        what=("没有这个事项。", "There is no such matter."),
        why=("须是目录中的事项或类别。", "It must be of the catalogue."),
        now=("请重新选择。", "Choose again."),
    ),
    "unknown_period": Said(
        what=("期间写法不正确。", "That is no period."),
        why=("例如 2026-03 或 2026-Q1。", "Write 2026-03 or 2026-Q1."),
        now=("请重新填写。", "Give it again."),
    ),
    "period_in_the_future": Said(
        what=("期间还没开始。", "That period has not begun."),
        why=("只能查看已开始的期间。", "Only what has begun can be seen."),
        now=("请选择较早的期间。", "Choose an earlier one."),
    ),
    "before_the_office": Said(
        what=("那时机构尚未建立。", "There was no office yet."),
        why=("记录从机构建立之日开始。", "The record begins with it."),
        now=("请选择较晚的时间。", "Choose a later moment."),
    ),
    "no_such_day": Said(
        what=("日期不正确。", "There is no such day."),
        why=("须是日历上的日期。", "It must be one of the calendar."),
        now=("请重新填写。", "Give it again."),
    ),
    "moments_reversed": Said(
        what=("两个时间的先后颠倒。", "The two moments are the wrong way round."),
        why=("比较须由早到晚。", "One compares from earlier to later."),
        now=("请交换两个时间。", "Swap them."),
    ),
    "as_of_in_the_future": Said(
        what=("不能查看将来的状态。", "That moment has not come yet."),
        why=("将来的事还没有记录。", "Nothing is known of what comes."),
        now=("请选择过去的时间。", "Choose a past one."),
    ),
    "not_written_yet": Said(
        what=("这部分记录正在写入。", "That is being written."),
        why=("宁可稍等，也不给不完整的答案。", "You are never answered with less than the whole."),
        now=("请稍后再试。", "Ask again in a moment."),
    ),
    "not_with_a_file": Said(
        what=("下载文件时不能使用这个选项。", "Not together with a file."),
        why=("文件总是完整的。", "A file is always whole."),
        now=("请去掉该选项。", "Leave that out."),
    ),
    "not_for_residents": Said(
        what=("居民不能下载这种格式。", "Not for residents in that form."),
        why=("该格式包含内部流程信息。", "It holds what is internal."),
        now=("请选择其他格式。", "Choose another."),
    ),
    "too_many_events": Said(
        what=("结果过多。", "That is too much at once."),
        why=("一次最多列出一定数量。", "So many are listed at most."),
        now=("请缩小范围。", "Ask for less."),
    ),
    "exports_busy": Said(
        what=("同时导出的人较多。", "Too many exports at once."),
        why=("导出逐个进行。", "They are made one after another."),
        now=("请稍后再试。", "Try again soon."),
    ),
    "not_dead": Said(
        what=("这条通知没有失败。", "That delivery has not failed."),
        why=("只有失败的通知可以重发。", "Only those are sent again."),
        now=("无需操作。", "There is nothing to do."),
    ),
    "false_signature": Said(
        what=("签名不正确。", "The signature is false."),
        why=("签名须与检查点相符。", "It must be of that checkpoint."),
        now=("请核对密钥和内容。", "Check key and text."),
    ),
    "not_a_signature": Said(
        what=("这不是签名。", "That is no signature."),
        why=("格式不正确。", "Its form is wrong."),
        now=("请粘贴完整的签名行。", "Give the whole line."),
    ),
    "unknown_witness": Said(
        what=("没有登记这个见证方。", "That witness is not known."),
        why=("只有登记的见证方可以签名。", "Only those on the list sign."),
        now=("请先登记。", "Have it added first."),
    ),
    "not_in_it": Said(
        what=("记录不在这个检查点中。", "It is not in that checkpoint."),
        why=("检查点只包含此前的记录。", "One holds what came before it."),
        now=("请使用较新的检查点。", "Use a newer one."),
    ),
    "no_such_size": Said(
        what=("没有这样大小的检查点。", "There is no tree of that size."),
        why=("大小超出记录。", "It is beyond the record."),
        now=("请核对。", "Check it."),
    ),
    "invalid_request": Said(
        what=("填写的内容有误。", "Something given cannot be used."),
        why=("具体位置见各项提示。", "Each place says what."),
        now=("请改正后再提交。", "Mend it and send again."),
    ),
    "body_too_large": Said(
        what=("内容过大。", "That is too large."),
        why=("超过允许的大小。", "It is beyond the limit."),
        now=("请缩短或减少附件。", "Send less."),
    ),
    "bad_cursor": Said(
        what=("翻页位置已失效。", "That place in the list is gone."),
        why=("列表已变化。", "It belongs to another list."),
        now=("请从头查看。", "Start again."),
    ),
    "idempotency_key_reused": Said(
        what=("同一提交编号用于了不同内容。", "That key was used for something else."),
        why=("编号防止重复提交。", "It keeps one click from counting twice."),
        now=("请刷新页面后再提交。", "Load the page again, then send."),
    ),
    "version_conflict": Said(
        what=("案件刚刚有了变化。", "The case has moved on meanwhile."),
        why=(
            "您看到的不是最新状态（现为第 {version} 版）。",
            "What you saw is no longer its state (now version {version}).",
        ),
        now=("请查看最新情况后再决定。", "Look at it again, then decide."),
    ),
    "clock_ahead": Said(
        what=("时间不一致。", "The clocks differ."),
        why=(
            "发出时间（{sent}）晚于系统时间（{now}）。",
            "It was sent at {sent}, and it is {now}.",
        ),
        now=("请稍后再试，并校准时钟。", "Try again; set the clock right."),
    ),
    "no_such_stream": Said(
        what=("没有这条记录。", "There is no such record."),
        why=("编号不属于这类记录。", "The id belongs to something else."),
        now=("请核对编号。", "Check it."),
    ),
    "not_found": Said(
        what=("没有这个页面。", "There is nothing here."),
        why=("地址有误。", "The address is wrong."),
        now=("请返回首页。", "Go back to the start."),
    ),
    "method_not_allowed": Said(
        what=("这个地址不支持这种操作。", "That cannot be done at this address."),
        why=("操作方式有误。", "It is asked in the wrong way."),
        now=("请通过页面上的按钮办理。", "Use the buttons of the page."),
    ),
    "http_error": Said(
        what=("请求未能完成。", "The request was not completed."),
        why=("服务器没有接受。", "The server did not take it."),
        now=("请重试，仍失败请联系管理员。", "Try again, or tell an administrator."),
    ),
    "database_unavailable": Said(
        what=("系统暂时无法读写记录。", "The record cannot be reached right now."),
        why=("没有丢失任何内容。", "Nothing was lost."),
        now=("请用同一页面再次提交。", "Send the same again."),
    ),
    "temporal_unavailable": Said(
        what=("系统暂时无法受理。", "It cannot be taken in right now."),
        why=("没有丢失任何内容。", "Nothing was lost."),
        now=("请用同一页面再次提交。", "Send the same again."),
    ),
    "failure": Said(
        what=("系统出现故障。", "Something went wrong here."),
        why=("原因已记录。", "The cause is on record."),
        now=("请把事件编号告诉管理员。", "Tell an administrator the incident's number."),
    ),
    "as_of_before_period": Said(
        what=("查看的时间早于所选期间。", "That moment is before the period."),
        why=("那时期间还没开始，没有数字。", "It had not begun, and there were no figures."),
        now=("请选择较晚的时间或较早的期间。", "Choose a later moment or an earlier period."),
    ),
    "unknown_policy": Said(
        what=("没有这个规则版本。", "There is no such policy version."),
        why=("须是已发布的版本。", "It must be one that was published."),
        now=("请重新选择。", "Choose again."),
    ),
    "period_does_not_fit": Said(
        what=("期间与所选内容不符。", "The period does not fit."),
        why=(
            "满意度按期间统计，其余显示当前情况。",
            "Satisfaction is of a period, the rest is of now.",
        ),
        now=("请补选或去掉期间。", "Give one, or leave it out."),
    ),
    "unit_without_area": Said(
        what=("职能部门没有自己的辖区。", "A department has no area of its own."),
        why=(
            "只有市、区县、街道、社区和网格有辖区。",
            "Cities, districts, streets, communities and grids have.",
        ),
        now=("请选择有辖区的单位。", "Choose one of those."),
    ),
    "no_place_asked": Said(
        what=("没有说明要查哪里。", "No place is asked about."),
        why=("须给出坐标或地址。", "It takes a point or an address."),
        now=("请在地图上点选，或填写地址。", "Click on the map, or type an address."),
    ),
    "not_of_the_past": Said(
        what=("过去的待办情况没有保存。", "What was owed then is not kept."),
        why=("待办清单只反映当前。", "The list of what waits is of now."),
        now=("请去掉时间，查看现在的待办。", "Leave the moment out."),
    ),
}
