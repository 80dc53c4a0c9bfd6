import pytest

from bot.ingest.formats import html


def hints(source):
    (document,) = html.read("a.html", "a", source.encode())
    return document.hints


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>消费维权办法_新闻频道_某某网</title>", "", "消费维权办法"),
        ("<title>消费维权办法 - 某某网</title>", "<h1>消费维权办法</h1>", "消费维权办法"),
        ("<title>某某网</title>", "<h1>消费<b>维权</b>办法</h1>", "消费维权办法"),
        (
            "<meta property=og:title content='消费维权办法'><title>某某网首页</title>",
            "",
            "消费维权办法",
        ),
        ("<title>消费_维权_办法</title>", "<h1>消费_维权_办法</h1>", "消费_维权_办法"),
        ("<title>&ldquo;放心&rdquo;消费</title>", "", "“放心”消费"),
        ("<title>Home</title>", "", None),
        ("", "", None),
        ("<title>半岛晨报-消费维权办法出台</title>", "<p>消费维权办法出台</p>", "消费维权办法出台"),
        (
            "<meta property=og:title content='消费维权'办法''><title>消费维权“办法”_某某网</title>",
            "<h1>消费维权“办法”</h1>",
            "消费维权“办法”",
        ),
        (
            "<meta name=ArticleTitle content='消费维权办法'><title>某某县政府网</title>",
            "",
            "消费维权办法",
        ),
        (f"<title>消费维权办法{' -' * 40000}</title>", "", "消费维权办法"),
    ],
)
def test_the_title_is_the_head_s_without_the_site(head, top, title):
    assert hints(f"<head>{head}</head>{top}<p>消费者投诉后，商家退款。</p>").title == title


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ("<meta property='og:site_name' content='某某网'>", "某某网"),
        ("<meta property='og:url' content='https://www.a.cn/1'>", "a.cn"),
        ("<link rel=canonical href='//[x'>", None),
        ("<link rel=canonical href='/1.html'>", None),
    ],
)
def test_the_site_is_where_a_page_was_found(head, site):
    assert hints(f"<head>{head}</head><p>消费者投诉后，商家退款。</p>").found_on == site


def test_meta_elements_name_publisher_day_and_reporters():
    found = hints(
        "<meta name=ContentSource content='吴兴区市场监督管理局'><meta name=PubDate content='2024-03-12 10:00'>"
        "<meta name=author content='湖州日报记者 陈小明'><p>消费者投诉后，商家退款。</p>"
    )
    assert (found.publisher, found.published) == ("吴兴区市场监督管理局", "2024-03-12")
    assert found.reporters == ("陈小明",)


def test_a_source_that_is_called_as_none_is_and_an_author_that_is_nobody_say_nothing():
    found = hints(
        "<meta name=source content='qoog'><meta name=author content=admin><p>消费者投诉后。</p>"
    )
    assert (found.publisher, found.reporters) == (None, ())


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"NewsArticle","headline":"题","datePublished":"2023-04-12T10:05:00+08:00","author":[{"name":"顾思源"}],"publisher":{"name":"松江报"}}',
        '{"@graph":[{"@type":"WebSite","name":"网"},{"headline":"题","datePublished":"2023-04-12","author":"顾思源","publisher":"松江报"}]}',
    ],
)
def test_linked_data_names_them_too(data):
    found = hints(
        f"<script type='application/ld+json'>{data}</script><p>消费者投诉后，商家退款。</p>"
    )
    assert (found.publisher, found.published) == ("松江报", "2023-04-12")
    assert found.reporters == ("顾思源",)


@pytest.mark.parametrize("data", ["{", "[1, null]", '{"@graph": 3}', "null"])
def test_linked_data_that_is_none_says_nothing(data):
    script = f"<script type='application/ld+json'>{data}</script>"
    assert hints(f"{script}<p>消费者投诉后，商家退款。</p>").publisher is None


def test_a_public_account_is_the_publisher_of_its_page():
    account = "<a class=nickname id='js_name'>\n   正蓝旗市场监管   </a>"
    assert hints(f"{account}<p>消费者投诉后，商家退款。</p>").publisher == "正蓝旗市场监管"


def test_a_public_account_s_page_says_in_its_script_when_it_was_made():
    page = "<a id=js_name>西昌市场监管</a><script>var createTime = '2023-07-28 11:00';</script><p>消费者投诉后。</p>"
    assert hints(page).published == "2023-07-28"


def test_the_element_that_is_called_the_main_title_is():
    page = "<title>西藏日报 2025-01-16 第03版</title><div class=yinti>519个服务站守护消费</div><div class=zhubiao>挽回损失1836万元</div>"
    found = hints(f"{page}<p>消费者投诉后，商家退款。</p>")
    assert (found.title, found.publisher) == ("挽回损失1836万元", "西藏日报")
    assert found.published == "2025-01-16"


def test_the_name_of_an_edition_is_no_title():
    page = "<title>湖北日报数字报</title><b>湖北日报数字报</b><h1>投诉站建到避暑客家门口</h1>"
    assert hints(f"{page}<p>消费者投诉后，商家退款。</p>").title == "投诉站建到避暑客家门口"


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("河北日报数字报-扫一扫，农资从哪儿来一清二楚", "河北日报"),
        ("“野生菌礼包”名不副实 | 大理日报客户端", "大理日报"),
        ("鲅鱼圈区消费者协会", "鲅鱼圈区消费者协会"),
        ("消费维权办法出台_某某网", None),
    ],
)
def test_a_paper_or_a_council_in_the_page_s_title_is_whose_page_it_is(title, site):
    assert hints(f"<title>{title}</title><p>消费者投诉后，商家退款。</p>").found_on == site


def test_what_a_paper_s_electronic_edition_says_in_a_comment():
    comment = (
        "<!--enpproperty <date>2023-03-16 00:00:00.0</date><author></author>"
        "<title>健身卡有了着落</title><subtitle>分批退款</subtitle>/enpproperty-->"
    )
    found = hints(f"<title>三峡日报-健身卡有了着落</title>{comment}<p>正文在这里。</p>")
    assert (found.title, found.published, found.found_on) == (
        "健身卡有了着落",
        "2023-03-16",
        "三峡日报",
    )


@pytest.mark.parametrize(
    "head",
    [
        "三峡日报-132张健身卡有了着落",
        "宜昌市消费者协会 消费提示 132张健身卡有了着落",
        "132张健身卡有了着落 - 宜昌新鲜事 - 三峡论坛 - Powered by Discuz!",
        "宜昌市人民政府网站--132张健身卡有了着落",
    ],
)
def test_a_title_is_what_is_left_of_sites_and_sections(head):
    found = hints(f"<title>{head}</title><p>132张健身卡有了着落</p><p>正文在这里。</p>")
    assert found.title == "132张健身卡有了着落"
    assert hints("<title>宜昌市人民政府网站--部门动态</title><p>正文。</p>").title is None
