import pytest

from bot.ingest import soundness
from tests import families

LINE = "首次办理的市民请带好身份证，到窗口取号以后按叫号的次序办理，中午不休息，周末也照常受理。"


def asked(*lines, headings=()):
    body = "\n".join(lines)
    found = soundness.doubts(body, [n in headings for n in range(len(lines))])
    return [(body[start:end], what.split(":")[0]) for what, start, end in found]


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([LINE, "⟦" + LINE], "a mark ⟦ or ⟧ that the page has itself"),
        ([LINE, LINE], "this is said twice"),
        ([LINE, "中国消费者报广州讯（记者李青山）近日，" + LINE], "another report may begin here"),
        ([LINE, LINE[:-10]], "this ends nowhere"),
    ],
)
def test_what_is_wrong_with_an_article_is_asked_about(lines, what):
    assert asked(*lines) == [(lines[-1], what)]


def test_a_sound_article_raises_no_question():
    opening = "中国消费者报广州讯（记者李青山）近日，" + LINE
    assert asked(opening, "怎么办理", LINE, "“好。”", "“好。”", headings={1}) == []


def test_of_a_file_without_a_site_around_it_little_may_be_left_out():
    assert soundness.is_cut(LINE * 4, LINE * 3)
    assert not soundness.is_cut("标题一行\n" + LINE * 4, LINE * 4)


def test_one_sentence_over_and_over_is_no_cycle():
    """Pairs of equal places grow with the square of their number, and none of these is planted."""
    assert families.clean(("我们今天去上海。" * 2000).encode()).status == "accepted"
