from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.answer import Answer, Excerpt, Refusal
from bot.article import Article, Paragraph

TEXT = "蓝桥区已有120家，白塔区90家。车⟦每⟧周来两次。还设了8个点。"
PARAGRAPH = Paragraph("a", 0, TEXT)
ARTICLE = Article("a", None, None, (PARAGRAPH,))


def excerpt(quote: str) -> Excerpt:
    start = TEXT.index(quote)
    return Excerpt(ARTICLE, PARAGRAPH, start, start + len(quote))


def test_an_excerpt_is_what_the_article_says() -> None:
    assert excerpt("还设了8个点。").quote == "还设了8个点。"


@given(st.text(st.sampled_from("甲乙⟦⟧。"), max_size=12), st.integers(-3, 15), st.integers(-3, 15))
def test_an_excerpt_is_a_slice_without_a_mark_or_it_is_not_made(
    text: str, start: int, end: int
) -> None:
    paragraph = Paragraph("a", 0, text)
    article = Article("a", None, None, (paragraph,))
    quotable = 0 <= start < end <= len(text) and not set("⟦⟧") & set(text[start:end])
    if quotable:
        assert Excerpt(article, paragraph, start, end).quote == text[start:end]
    else:
        with pytest.raises(ValueError, match=r"a#0"):
            Excerpt(article, paragraph, start, end)


def test_an_excerpt_names_the_article_that_it_is_from() -> None:
    with pytest.raises(ValueError, match="not of this article"):
        Excerpt(Article("b", None, None, ()), PARAGRAPH, 0, 2)


def test_an_excerpt_cannot_be_rewritten() -> None:
    with pytest.raises(AttributeError):
        excerpt("还设了8个点。").start = 0  # type: ignore[misc]


def test_a_lead_is_cut_from_an_excerpt() -> None:
    sentence = excerpt("蓝桥区已有120家，白塔区90家。")
    assert Answer(("蓝桥区已有120家",), (sentence,)).leads == ("蓝桥区已有120家",)
    with pytest.raises(ValueError, match="a lead must be cut"):
        Answer(("蓝桥区已有121家",), (sentence,))


def test_a_comparison_has_a_lead_a_side() -> None:
    sentence = excerpt("蓝桥区已有120家，白塔区90家。")
    assert len(Answer(("蓝桥区已有120家", "白塔区90家"), (sentence,)).leads) == 2


@pytest.mark.parametrize("count", [0, 4])
def test_an_answer_has_one_to_three_excerpts(count: int) -> None:
    with pytest.raises(ValueError, match="one to 3 excerpts"):
        Answer((), (excerpt("还设了8个点。"),) * count)


def test_a_refusal_cites_nothing() -> None:
    assert not hasattr(Refusal, "excerpts")
