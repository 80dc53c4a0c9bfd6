import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import edits
from bot.ingest import litter

LINE = "首次办理的市民请带好身份证，到窗口取号以后按叫号的次序办理，中午不休息，周末也照常受理。"


def cleared(text):
    return edits.apply(text, litter.find(text))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("&nbsp;&nbsp;他说：&ldquo;灯亮着。&rdquo;", "他说：“灯亮着。”"),
        ("消费\u200b者\ufeff协会", "消费者协会"),
        ("A&amp;B公司&#8212;&#x4e0a;海", "A&B公司—上海"),
        ("笑脸👨\u200d👩在", "笑脸👨\u200d👩在"),
        ("停了**“流动车”**就走", "停了“流动车”就走"),
        ("网址a?b=1&c=2", "网址a?b=1&c=2"),
        ("&unknown;照旧", "&unknown;照旧"),
        ("退款。 ”他说，（记者 刘浩） 11月", "退款。”他说，（记者 刘浩） 11月"),
    ],
)
def test_what_html_left_is_cleared(text, clean):
    assert cleared(text) == clean


def test_bullets_before_all_paragraphs_go():
    assert cleared(f"● {LINE}\n■{LINE}\n◆　{LINE}") == "\n".join([LINE] * 3)


def test_a_list_in_an_article_keeps_its_bullets():
    text = f"{LINE}\n● 身份证\n● 小票\n{LINE}\n{LINE}"
    assert cleared(text) == text


@given(
    st.text(st.characters(categories=["L", "N", "P"]), max_size=60).filter(lambda t: "&" not in t)
)
def test_text_without_litter_stays(text):
    assert cleared(text) == text
