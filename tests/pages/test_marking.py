"""On an English page, what is Chinese is said to be Chinese; on a Chinese page nothing is added."""

import pytest

from api.pages.templating import environment


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("楼道灯不亮", '<span lang="zh-Hans">楼道灯不亮</span>'),
        ("三单元 2 楼，灯坏了。", '<span lang="zh-Hans">三单元 2 楼，灯坏了。</span>'),
        ("handed to 柳荫街道 by us", 'handed to <span lang="zh-Hans">柳荫街道</span> by us'),
        ("王", '<span lang="zh-Hans">王</span>'),
        ("<b>灯</b>", '&lt;b&gt;<span lang="zh-Hans">灯</span>&lt;/b&gt;'),
        ("lamp & stairs", "lamp &amp; stairs"),
        (None, ""),
    ],
)
def test_only_what_is_chinese_is_marked_and_all_is_escaped(text: str | None, english: str) -> None:
    assert drawn("en", text) == english


def test_a_chinese_page_shows_it_as_it_is() -> None:
    assert drawn("zh", "楼道灯不亮 <b>") == "楼道灯不亮 &lt;b&gt;"


def drawn(language: str, text: str | None) -> str:
    template = environment(language).from_string("{{ text | marked }}")
    return template.render(text=text)
