from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.article import Article, Paragraph
from bot.dialogue import pages

SENTENCES = st.sampled_from(
    ["甲。", "乙" * 300 + "。", "丙" * 1500 + "！", "😀" * 700, "有⟦字⟧。", "a b. "]
)
PARAGRAPHS = st.lists(
    st.lists(SENTENCES, min_size=1, max_size=12).map("".join).map(str.strip), min_size=1, max_size=8
)


@given(PARAGRAPHS)
def test_the_pages_hold_the_whole_article_in_order_and_fit(texts: list[str]) -> None:
    paragraphs = tuple(Paragraph("a", number, text) for number, text in enumerate(texts))
    found = pages.pages(Article("a", None, None, paragraphs))
    pieces = [piece for page in found for piece in page]
    for page in found:
        shown = [texts[p.paragraph][p.start : p.end] for p in page if p.quotable]
        assert sum(map(pages.size_utf16, shown)) <= pages.LARGEST
        assert 1 <= len(page) <= pages.MOST
        assert not any("⟦" in text or "⟧" in text for text in shown)
    for number, text in enumerate(texts):
        of_it = [p for p in pieces if p.paragraph == number]
        whole = "".join(text[p.start : p.end] for p in of_it)
        assert "".join(whole.split()) == "".join(text.split())
        for piece in of_it:
            page = found[pages.page_of(found, number, piece.start)]
            assert piece in page


def test_a_sentence_with_an_uncertain_character_stands_alone() -> None:
    text = "甲。乙。有⟦字⟧。丙。"
    got = [(text[p.start : p.end], p.quotable) for p in pages.pieces(text, 0)]
    assert got == [("甲。乙。", True), ("有⟦字⟧。", False), ("丙。", True)]
