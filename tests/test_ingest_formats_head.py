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
