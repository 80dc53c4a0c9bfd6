import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import edits
from bot.errors import IngestError
from bot.ingest import pipeline
from bot.ingest.document import Hints
from bot.ingest.formats import markdown

FIRST = (
    "中国消费者报上海讯（记者刘浩）放心消费与人们的衣食住行息息相关。记者了解到，"
    "静安区市场监管局今年受理投诉1286件，为消费者挽回经济损失三十万元。"
)
SECOND = "据介绍，该局在商场设立维权服务站，消费者遇到纠纷时，可以当场提出，工作人员当场调解。"


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    (document,) = markdown.read("a.md", "a", content)
    return document


def lines(text):
    document = read(text)
    return edits.apply(document.raw, document.reading).split("\n")


def test_front_matter_gives_hints():
    document = read(f"""---
title: 题目甲
publisher: 某报
date: 2021/12/3 08:30
author: 记者 刘浩、王芳
editor: 李四
region:
  province: 浙江省
  city: 宁波市
  district: 海曙区
label: 一句话
event_date: 11-02
url: https://www.news.example.cn/a/1.html
unknown: [1, 2]
---

# 另一个题目

{FIRST}
""")
    assert document.hints == Hints(
        title="题目甲",
        label="一句话",
        publisher="某报",
        published="2021-12-03",
        event_date="11-02",
        reporters=("刘浩", "王芳"),
        editor="李四",
        province="浙江省",
        city="宁波市",
        district="海曙区",
        found_on="news.example.cn",
    )
    assert document.problems == ()
    assert edits.apply(document.raw, document.reading) == f"另一个题目\n{FIRST}"


@pytest.mark.parametrize(
    "front",
    [
        "title: [unclosed",
        "a: b: c",
        "- a list",
        "just prose",
        "{" * 3000,
        "a: &a [*a",
        "? [x]\n: y",
        "date: 2021-02-30",
        "date: soon",
        "region: 某地",
        "x" * 30_000,
    ],
)
def test_front_matter_that_is_broken_is_a_problem(front):
    document = read(f"---\n{front}\n---\n\n{FIRST}\n")
    assert document.problems
    assert edits.apply(document.raw, document.reading) == FIRST


@pytest.mark.parametrize(
    "front",
    ["date: 2021\ntitle:", "title: null", "reporters: []", "title: {a: 1}", ""],
)
def test_front_matter_that_says_nothing_is_none(front):
    document = read(f"---\n{front}\n---\n{FIRST}\n")
    assert (document.problems, document.hints.title, document.hints.reporters) == ((), None, ())


def test_front_matter_that_is_not_closed_is_text():
    assert FIRST in lines(f"---\ntitle: 甲\n\n{FIRST}")


def test_headings_and_the_title():
    document = read(f"# 题*目*\n\n{FIRST}\n\n## 小标题 ##\n\n{SECOND}\n\n下标题\n------\n")
    text = edits.apply(document.raw, document.reading)
    assert text.split("\n") == ["题目", FIRST, "小标题", SECOND, "下标题"]
    assert document.hints.title == "题目"
    assert [text[at:].split("\n")[0] for at in sorted(document.headings)] == ["小标题", "下标题"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("甲*乙***丙**~~丁~~`戊`", "甲乙丙丁戊"),
        ('[链*接*](http://a "t")和[甲][r]与[乙]\n\n[r]: http://x', "链接和甲与[乙]"),
        ("甲![图](a.png)乙", "甲乙"),
        ("甲<b>乙</b><!-- 丙 -->丁", "甲乙丁"),
        ("<ruby>汉<rt>hàn</rt></ruby>字", "汉字"),
        ("甲&amp;&#20013;\\*乙\\甲 2*3=6 ** _", "甲&中*乙\\甲 2*3=6 ** _"),
        ("甲，\n乙\nabc\ndef", "甲，乙 abc def"),
        ("甲  \n乙<br>丙\\\n丁", "甲\n乙\n丙\n丁"),
        ("　　甲。\n　　乙。", "甲。\n　　乙。"),
        ("> 甲\n> 乙\n懒\n>\n> 丙", "甲乙懒\n丙"),
        ("- 甲\n  乙\n- 丙\n  - 丁", "甲乙\n丙\n丁"),
        ("1. 甲\n2. *乙*\n\n   丙", "1. 甲\n2. 乙\n丙"),
        ("| 年 | 件 |\n|---|---|\n| 2021 | **1**2 |\n| 甲\\|乙 | |", "年 | 件\n2021 | 12\n甲|乙"),
        ("甲\n\n<div>\n乙\n</div>\n\n---\n\n丙", "甲\n丙"),
        ("    甲*乙*\n\n```\n丙*丁*\n```", "甲*乙*\n丙*丁*"),
        ("甲\r\n乙\r\n\r\n丙", "甲乙\n丙"),
        ("<http://a.cn>", "http://a.cn"),
    ],
)
def test_markup_is_taken_out(source, expected):
    assert lines(source) == expected.split("\n")


def test_text_in_html_is_reported():
    document = read(f"{FIRST}\n\n<div>\n{SECOND}\n</div>\n")
    ((_, start, end),) = document.problems
    assert SECOND in document.raw[start:end]


def test_lines_that_may_be_paragraphs_are_reported():
    assert read(f"{FIRST}\n{SECOND}").problems
    assert not read(f"{FIRST[:30]}\n{FIRST[30:]}\n\n{SECOND}").problems


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_encodings(encoding):
    document = read(f"# 题目\n\n{FIRST}\n".encode(encoding))
    assert edits.apply(document.raw, document.reading) == f"题目\n{FIRST}"


@pytest.mark.parametrize(("text", "why"), [("", "is empty"), ("[a]: http://b\n", "no text")])
def test_a_file_without_text_is_refused(text, why):
    with pytest.raises(IngestError, match=why):
        read(text)


def test_a_file_that_is_too_long_is_refused():
    with pytest.raises(IngestError, match="longer than"):
        read("甲\n" * (markdown.MAX_TEXT // 2 + 1))


@pytest.mark.parametrize(
    "part", ["*", "[", "> ", "`", "[a](", "*a_ ", "- ", "<", "![", "&", "a\n", "|a", "\\"]
)
def test_the_time_is_bounded(part):
    source = f"{FIRST}\n\n" + part * (50_000 // len(part))
    begin = time.process_time()
    document = read(source)
    assert time.process_time() - begin < 3
    assert edits.apply(document.raw, document.reading).startswith(FIRST)


def test_an_article_comes_through_the_cleaning():
    third = "下一步，该局将继续完善消费维权服务网络，让更多纠纷在源头得到化解。"
    document = read(f"---\ntitle: 甲乙\n---\n\n{FIRST}\n\n## 当场\n\n{SECOND}\n\n{third}\n")
    article = pipeline.clean(document).article
    assert [p.text for p in article.paragraphs] == [FIRST, "当场", SECOND, third]
    assert [p.heading for p in article.paragraphs] == [False, True, False, False]


_TEXT = st.text(
    st.sampled_from("消费者维权投诉的是在了，。“”（）、；：—…<>&*_[]()`~#+-=|!\\1.a "), min_size=1
).map(lambda text: "费" + " ".join(text.split()) + "者")


@st.composite
def _rendered(draw):
    """Paragraphs, and Markdown that shows them."""
    texts = draw(st.lists(_TEXT, min_size=1, max_size=5))
    parts = []
    for text in texts:
        before = draw(st.sampled_from(["", "> ", "- ", "## ", "", "> > "]))
        parts.append(before)
        for at, character in enumerate(text):
            way = draw(st.integers(0, 9))
            plain = "\\" + character if character in string.punctuation else character
            wide = ord(character) > 127
            if way == 0 and character != " ":
                parts.append(f"&#{ord(character)};")
            elif way == 1 and wide:
                parts.append(f"[{character}](http://a.cn/{character})")
            elif way == 2 and wide and at and ord(text[at - 1]) > 127 and before != "## ":
                parts.append("\n" + ("  " if before == "- " else before) + plain)
            elif way == 3:
                parts.append(f"<b>{plain}</b>" if wide else plain)
            elif way == 4:
                parts.append(f"{plain}<!-- x -->![x](y)" if wide else plain)
            else:
                parts.append(plain)
        parts.append("\n\n<!-- -->\n\n" if draw(st.booleans()) else "\n\n")
    return texts, "".join(parts)


@settings(max_examples=150, deadline=None)
@given(_rendered())
def test_paragraphs_written_any_way_come_back(rendered):
    texts, source = rendered
    assert lines(source) == texts


@pytest.mark.parametrize("caption", ["*工作人员为游客复秤。*", "工作人员为游客复秤"])
def test_the_caption_of_a_picture_is_no_text(caption):
    picture = "![工作人员为游客复秤](https://img.cn/a.jpg)"
    assert lines(f"{FIRST}\n\n{picture}\n\n{caption}\n\n{SECOND}\n") == [FIRST, SECOND]
    assert lines(f"{FIRST}\n\n{picture}\n\n{SECOND}\n") == [FIRST, SECOND]
    assert lines(f"{FIRST}\n\n*{SECOND}*\n") == [FIRST, SECOND]


def test_front_matter_in_toml_gives_hints_as_that_in_yaml_does():
    document = read(f"""+++
title = '题目甲'
date = 2024-12-30
[params]
source = "青岚日报"
+++

{FIRST}
""")
    hints = document.hints
    assert (hints.title, hints.published, hints.publisher) == ("题目甲", "2024-12-30", "青岚日报")
    assert edits.apply(document.raw, document.reading) == FIRST
