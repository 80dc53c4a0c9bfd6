import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.errors import IngestError
from bot.ingest import pipeline
from bot.ingest.document import Document, Hints, Refused
from bot.ingest.formats import json_objects

PARAGRAPHS = [
    "中国消费者报上海讯（记者刘浩）放心消费与人们的衣食住行息息相关。记者了解到，静安区市场监管局今年"
    "受理投诉1286件，为消费者挽回经济损失三十万元。",
    "据介绍，该局在商场设立维权服务站，消费者遇到纠纷时，可以当场提出，工作人员当场调解。",
    "下一步，该局将继续完善消费维权服务网络，让更多纠纷在源头得到化解。",
]
TEXT = "\n".join(PARAGRAPHS)


def read(*rows):
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    return json_objects.read("a.jsonl", "a", text.encode())


def plain(document):
    return edits.apply(document.raw, document.reading)


def test_an_article_a_line():
    row = {
        "id": "x-1",
        "title": "静安区多措并举化解消费纠纷",
        "text": TEXT,
        "url": "https://www.news.example.cn/1.html",
        "publisher": "中国消费者报",
        "date": "2021-12-03T08:00:00Z",
        "author": ["刘浩", "王芳"],
        "region": {"province": "上海市", "city": "上海市", "district": "静安区"},
    }
    (document,) = read(row)
    assert (document.id, document.name, document.suffix) == ("x-1", "a.jsonl:1", ".json")
    assert document.derived
    assert json.loads(document.original) == row
    assert document.files[".txt"] == TEXT.encode()
    assert document.problems == ()
    assert document.hints == Hints(
        title="静安区多措并举化解消费纠纷",
        publisher="中国消费者报",
        published="2021-12-03",
        reporters=("刘浩", "王芳"),
        province="上海市",
        city="上海市",
        district="静安区",
        found_on="news.example.cn",
    )
    cleaned = pipeline.clean(document)
    assert cleaned.status == "accepted", cleaned.problems
    assert [p.text for p in cleaned.article.paragraphs] == PARAGRAPHS


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT},
        {"content": TEXT},
        {"body": TEXT},
        {"text": "", "body": TEXT},
        {"text": None, "paragraphs": PARAGRAPHS},
        {"paragraphs": [{"text": text} for text in PARAGRAPHS]},
        {"html": "".join(f"<p>{text}</p>" for text in PARAGRAPHS)},
        {"content": "<br>".join(PARAGRAPHS)},
    ],
)
def test_the_text_has_several_names(row):
    (document,) = read(row)
    assert plain(document) == TEXT


def test_html_keeps_its_headings_and_its_source():
    source = f"<p>{PARAGRAPHS[0]}</p><h2>当场</h2><p>1&lt;2</p><!-- x -->"
    (document,) = read({"html": source})
    assert document.raw == source
    text = plain(document)
    assert text == f"{PARAGRAPHS[0]}\n当场\n1<2"
    assert [text[at:].split("\n")[0] for at in document.headings] == ["当场"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is not JSON"),
        ("[" * 5000, "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('"text"', "is not a JSON object"),
        ("{}", "has no text"),
        ('{"text": "  "}', "has no text"),
        ('{"text": 3}', "text must be text"),
        ('{"text": {"a": 1}}', "text must be text"),
        ('{"paragraphs": [1]}', "paragraphs must be a list of texts"),
        ('{"html": "<p></p>"}', "has no text"),
        ('{"text": "' + "9" * 10 + '", "id": ' + "9" * 5000 + "}", "is not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_and_the_others_are_read(line, why):
    found = read({"text": TEXT}, line, "", {"text": PARAGRAPHS[0]})
    assert [type(entry) for entry in found] == [Document, Refused, Document]
    assert found[1] == Refused("a.jsonl:2", why)
    assert found[2].name == "a.jsonl:4"


def test_ids_that_are_none_are_digests():
    rows = [
        {"text": TEXT, "n": n, "id": value}
        for n, value in enumerate(["a/b", None, True, "", 7, ".x"])
    ]
    ids = [document.id for document in read(*rows)]
    assert ids[4] == "7"
    assert len({*ids}) == len(rows)
    assert all(len(name) == 16 for name in ids if name != "7")
    assert ids == [document.id for document in read(*rows)]


def test_an_id_that_a_line_before_has_is_refused():
    found = read({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}, {"id": "a", "text": "别的"})
    assert found[2] == Refused("a.jsonl:3", "has the id of line 1: a")


def test_hints_that_cannot_be_read_are_problems():
    (document,) = read({"text": TEXT, "date": "soon"})
    assert document.hints.published is None
    assert document.problems == (("published that cannot be read", 0, 1),)


@pytest.mark.parametrize(
    ("facts", "field", "expected"),
    [
        ({"date": 2021}, "published", "2021"),
        ({"date": "2021年3月"}, "published", "2021-03"),
        ({"date": "2021.3.5"}, "published", "2021-03-05"),
        ({"published": "null", "date": "2021-03"}, "published", "2021-03"),
        ({"date": "2021-13-01"}, "published", None),
        ({"event_date": "3月5日"}, "event_date", "03-05"),
        ({"event_date": "2-30"}, "event_date", None),
        ({"author": "本报记者 刘浩 王芳"}, "reporters", ("刘浩", "王芳")),
        ({"author": "刘浩，王芳/李四、刘浩"}, "reporters", ("刘浩", "王芳", "李四")),
        ({"reporters": [], "author": "刘浩"}, "reporters", ("刘浩",)),
        ({"author": {"name": "刘浩"}}, "reporters", ("刘浩",)),
        ({"site": "某某网", "url": "https://a.cn/1"}, "found_on", "某某网"),
        ({"url": "https://WWW.a.cn:80/1"}, "found_on", "a.cn"),
        ({"url": "ftp://a.cn/1"}, "found_on", None),
        ({"url": "http://[bad"}, "found_on", None),
        ({"title": " 题\n目 "}, "title", "题 目"),
        ({"title": "x" * 999}, "title", None),
        ({"city": "宁波市"}, "city", "宁波市"),
    ],
)
def test_what_a_line_says_about_its_article(facts, field, expected):
    (document,) = read({"text": TEXT, **facts})
    assert getattr(document.hints, field) == expected


def test_half_a_character_is_replaced():
    (document,) = read('{"text": "甲\\ud83d\\u0000乙", "title": "\\ud83d"}')
    assert document.raw == "甲\ufffd\ufffd乙"
    assert document.hints.title is None
    assert document.files[".txt"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_and_line_ends(encoding):
    row = json.dumps({"text": TEXT}, ensure_ascii=False)
    found = json_objects.read("a.jsonl", "a", f"{row}\r\n{row} \r\n".encode(encoding))
    assert plain(found[0]) == TEXT
    assert isinstance(found[1], Refused)  # the same line again


def test_an_empty_file_is_refused():
    with pytest.raises(IngestError, match="is empty"):
        read("")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["text", "id", "title", "date", "author", "region", "paragraphs", "html", "url"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_a_document_or_a_reason(row):
    (found,) = read(row) if row not in ("",) else (Refused("", ""),)
    if isinstance(found, Document):
        edits.apply(found.raw, found.reading)
        assert found.files


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "公平秤进了市场",
    "datePublished": "2024-03-15T09:22:00+08:00",
    "author": [{"@type": "Person", "name": "刘浩"}, {"name": "湖州日报"}],
    "publisher": {"@type": "Organization", "name": "湖州日报"},
    "articleBody": TEXT,
}


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        {"code": 0, "data": {"list": [ARTICLE]}},
        {"@graph": [{"@type": "WebSite", "name": "网"}, ARTICLE]},
        [ARTICLE],
    ],
)
def test_an_article_of_schema_org(value):
    content = json.dumps(value, ensure_ascii=False, indent=2).encode()
    (document,) = json_objects.read("a.json", "a", content)
    hints = document.hints
    assert (hints.title, hints.publisher) == ("公平秤进了市场", "湖州日报")
    assert (hints.published, hints.reporters) == ("2024-03-15", ("刘浩",))
    assert (document.raw, document.suffix) == (TEXT, ".json")


def test_a_file_that_is_one_object_is_called_like_its_file_and_kept_as_it_came():
    content = json.dumps({"id": "x", "text": TEXT}, indent=1).encode()
    (document,) = json_objects.read("a.json", "a", content)
    assert (document.id, document.original) == ("a", content)


def test_a_list_s_elements_are_refused_one_by_one():
    content = json.dumps([{"id": "x", "text": TEXT}, 3, {"text": ""}]).encode()
    first, *others = json_objects.read("a.json", "a", content)
    assert (first.id, first.name) == ("x", "a.json:1")
    assert others == [
        Refused("a.json:2", "is not a JSON object"),
        Refused("a.json:3", "has no text"),
    ]


@pytest.mark.parametrize(
    ("source", "publisher", "found_on"),
    [
        ("恩施日报", "恩施日报", None),
        ("https://www.a.cn/1", None, "a.cn"),
        ("上海崇明", "上海崇明", None),
        ("网络", None, "网络"),
    ],
)
def test_a_source_is_a_publisher_where_it_is_called_like_one(source, publisher, found_on):
    (document,) = read({"text": TEXT, "source": source})
    assert (document.hints.publisher, document.hints.found_on) == (publisher, found_on)


@pytest.mark.parametrize(
    ("facts", "field", "expected"),
    [
        ({"publish_time": 1711584000000}, "published", "2024-03-28"),
        ({"pubTime": "1711584000"}, "published", "2024-03-28"),
        ({"head": "题目", "from": "新华社"}, "publisher", "新华社"),
        ({"by": ["贺一凡", "戚雨桐"]}, "reporters", ("贺一凡", "戚雨桐")),
        (
            {"bt": "题目", "ly": "江苏省消费者权益保护委员会"},
            "publisher",
            "江苏省消费者权益保护委员会",
        ),
        ({"media": {"media_id": "1", "media_name": "经济日报"}}, "publisher", "经济日报"),
        ({"pub_time_str": "2023-06-07 06:50"}, "published", "2023-06-07"),
        ({"datePublished": "2023-09-30T16:30:00Z"}, "published", "2023-10-01"),
        ({"datePublished": "2023-09-30T16:30:00+08:00"}, "published", "2023-09-30"),
    ],
)
def test_what_interfaces_call_things(facts, field, expected):
    (document,) = read({"paras": [TEXT], **facts})
    assert getattr(document.hints, field) == expected


def test_a_source_that_is_called_as_no_publisher_is_is_asked_about():
    (document,) = read({"text": TEXT, "source": "上海崇明"})
    assert [what for what, *_ in document.problems] == [
        "publisher: a source that is called as none is"
    ]


def test_names_may_say_of_what_they_are():
    row = {
        "newsTitle": "题目",
        "newsSource": "东北网",
        "newsAuthor": "记者 柴冬旭",
        "newsContent": TEXT,
    }
    (document,) = json_objects.read("a.json", "a", json.dumps({"data": row}).encode())
    hints = document.hints
    assert (hints.title, hints.publisher, hints.reporters) == ("题目", "东北网", ("柴冬旭",))
    assert document.raw == TEXT


def test_an_article_in_blocks():
    blocks = [
        {"type": "image", "url": "a"},
        {"type": "text", "value": "第一段。"},
        {"text": "第二段。"},
    ]
    (document,) = read({"blocks": blocks})
    assert [line for line in document.raw.split("\n") if line] == ["第一段。", "第二段。"]


def one(value):
    (document,) = json_objects.read("a.json", "a", json.dumps(value).encode())
    return document


def test_what_a_blog_s_interface_answers():
    content = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[1:])
    document = one(
        {
            "id": 20931,
            "date": "2024-09-19T09:12:05",
            "title": {"rendered": "镜片有了&#8220;身份证&#8221;"},
            "content": {
                "rendered": f"{content}<figure><img src=a><figcaption>顾客扫码</figcaption></figure>",
                "protected": False,
            },
            "author": 7,
            "acf": {"source": "镇江日报", "reporter": "景行"},
        }
    )
    assert plain(document).split("\n") == PARAGRAPHS[1:]
    assert document.hints == Hints(
        title="镜片有了“身份证”", publisher="镇江日报", published="2024-09-19", reporters=("景行",)
    )


def test_parts_of_text_pictures_and_advertisements():
    blocks = [
        {"t": "text", "v": PARAGRAPHS[0]},
        {"t": "image", "v": "https://a.cn/a.jpg", "desc": "页面藏得很深。"},
        {"t": "ad", "v": "文旅消费券开抢"},
        {"t": "text", "v": PARAGRAPHS[1]},
    ]
    people = [{"role": "记者", "name": "车晓天"}, {"role": "责任编辑", "name": "蒲苇"}]
    document = one({"data": {"title": "取消有多难", "blocks": blocks, "authorList": people}})
    assert plain(document).split("\n") == PARAGRAPHS[:2]
    assert document.hints.reporters == ("车晓天",)


def test_the_first_paragraph_may_stand_by_itself():
    row = {"title": "题目", "lead": PARAGRAPHS[0], "body": PARAGRAPHS[1:], "date": 20250311}
    document = one(row)
    assert plain(document).split("\n") == PARAGRAPHS
    assert document.hints.published == "2025-03-11"
    again = one({"title": "题目", "lead": PARAGRAPHS[0], "body": PARAGRAPHS})
    assert plain(again).split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("byline", "reporters", "publisher"),
    [
        ("记者 符小满 通讯员 柯佳", ("符小满",), None),
        ("通讯员 柯佳", (), None),
        ("珠江商报记者 霍倩怡", ("霍倩怡",), "珠江商报"),
        ("小时新闻记者 汤予安", ("汤予安",), None),
        ("3", (), None),
    ],
)
def test_who_is_a_reporter_in_a_byline_and_of_what_paper(byline, reporters, publisher):
    hints = one({"title": "题目", "text": TEXT, "byline": byline}).hints
    assert (hints.reporters, hints.publisher) == (reporters, publisher)


def test_the_paper_that_a_feed_is_of():
    item = {"title": "题目", "content_html": f"<p>{PARAGRAPHS[0]}</p>"}
    assert one({"title": "松江报·民生", "items": [item]}).hints.publisher == "松江报"
    assert one({"title": "每日新闻", "items": [item]}).hints.publisher is None


def test_an_office_is_no_reporter_and_a_paper_is_named_before_its_program():
    hints = one(
        {"title": "题目", "text": TEXT, "author": "办公室", "source": "长江日报-客户端"}
    ).hints
    assert (hints.reporters, hints.publisher) == ((), "长江日报")


def test_parts_that_are_called_as_nobody_calls_them():
    parts = [{"type": "text", "value": text} for text in ("来源：西藏日报", *PARAGRAPHS)]
    picture = {"type": "img", "value": {"url": "https://a.cn/640"}, "desc": "游客在村里赏花"}
    value = {
        "ret": 0,
        "content": {"title": "题目", "pubtime": "2024-04-02", "ext": {"attr": [*parts, picture]}},
        "related": [{"title": "另一篇"}],
    }
    document = one(value)
    assert plain(document).split("\n") == ["来源：西藏日报", *PARAGRAPHS]
    assert (document.hints.title, document.hints.published) == ("题目", "2024-04-02")


def test_a_feed_turned_into_json():
    item = {
        "title": "题目",
        "pubDate": "Fri, 11 Oct 2024 23:30:00 +0000",
        "description": "第一句……",
        "content:encoded": "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
    }
    channel = {"title": "宣城市市场监督管理局 - 工作动态", "item": [item]}
    document = one({"rss": {"@version": "2.0", "channel": channel}})
    assert plain(document).split("\n") == PARAGRAPHS
    assert document.hints.published == "2024-10-12"  # in Beijing
    assert document.hints.publisher == "宣城市市场监督管理局"


def test_what_a_copying_site_s_database_calls_source_and_day():
    row = {
        "title": "题目",
        "content": TEXT,
        "copyfrom": "锡林郭勒日报",
        "inputtime": "2023-09-26 09:12:44",
    }
    hints = one(row).hints
    assert (hints.publisher, hints.published) == ("锡林郭勒日报", "2023-09-26")


def test_names_that_say_of_what_they_are():
    item = {"title": "题目", "content_text": TEXT, "date_published": "2025-01-16T14:05:00+08:00"}
    document = one({"title": "呼伦贝尔新闻网 - 权益", "items": [item]})
    assert plain(document) == TEXT
    # A site's name is no paper's: the text's own lines say whose it is.
    assert (document.hints.publisher, document.hints.published) == (None, "2025-01-16")
    node = {
        "field_title": "题目",
        "field_source": "玉溪日报",
        "body": {"format": "plain", "value": TEXT},
    }
    document = one({"site": "某某政府", "nodes": [node]})
    assert plain(document) == TEXT
    assert (document.hints.title, document.hints.publisher) == ("题目", "玉溪日报")


def test_where_somebody_reads_it_is_no_region_of_an_article():
    row = {
        "title": "题目",
        "text": TEXT,
        "ip_location": {"province": "西藏自治区", "city": "拉萨市"},
    }
    assert one(row).hints.province is None
    named = {"title": "题目", "text": TEXT, "region": {"province": "西藏自治区"}}
    assert one(named).hints.province == "西藏自治区"


def test_a_part_s_text_counts_before_what_is_longer_beside_it():
    part = {"text": PARAGRAPHS[1], "note": PARAGRAPHS[0] * 2}
    assert plain(one({"title": "题目", "blocks": [part]})) == PARAGRAPHS[1]
