from __future__ import annotations

from pathlib import Path

import pytest

from bot import collection
from bot.article import Article, Paragraph
from bot.ingest import knowledge

ARTICLE = Article(
    "a1",
    "标题",
    "某报",
    (
        Paragraph("a1", 0, "蓝桥区有120家联络点。"),
        Paragraph("a1", 1, "小标题", heading=True),
        Paragraph("a1", 2, "⟦在⟧白塔区设了3个站。"),
    ),
)
ARTICLES = {ARTICLE.id: ARTICLE}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("articles", "asks", "lexicon"):
        (tmp_path / folder).mkdir()
    text = collection.render_article(ARTICLE)
    (tmp_path / "articles" / "a1.md").write_text(text, encoding="utf-8")
    return tmp_path


def write_asks(corpus: Path, number: int, says: str, asks: str = '"有几家联络点"') -> None:
    text = (
        f"[[paragraph]]\nnumber = {number}\n\n[[paragraph.fact]]\n"
        f'says = "{says}"\nkind = "count"\nasks = [{asks}]\n'
    )
    (corpus / "asks" / "a1.toml").write_text(text, encoding="utf-8")


def faults(corpus: Path) -> list[str]:
    return [str(fault) for fault in knowledge.faults(corpus, ARTICLES)]


def test_asks_whose_clause_stands_in_their_paragraph_are_no_fault(corpus: Path) -> None:
    write_asks(corpus, 0, "120家联络点")
    assert faults(corpus) == []


@pytest.mark.parametrize(
    ("number", "says", "problem"),
    [
        (0, "130家联络点", "does not say"),
        (1, "小标题", "is a heading"),
        (2, "⟦在⟧白塔区", "uncertain character"),
        (7, "120家联络点", "there is no paragraph 7"),
    ],
)
def test_a_clause_that_cannot_be_quoted_is_a_fault_with_its_line(
    corpus: Path, number: int, says: str, problem: str
) -> None:
    write_asks(corpus, number, says)
    (fault,) = faults(corpus)
    assert problem in fault
    assert f"{corpus / 'asks' / 'a1.toml'}:7: " in fault


def test_an_ask_with_two_answers_is_a_fault(corpus: Path) -> None:
    write_asks(corpus, 0, "120家联络点")
    path = corpus / "asks" / "a1.toml"
    second = '\n[[paragraph.fact]]\nsays = "蓝桥区"\nkind = "where"\nasks = ["有几家联络点"]\n'
    path.write_text(path.read_text(encoding="utf-8") + second, encoding="utf-8")
    assert ["asked twice" in fault for fault in faults(corpus)] == [True]


def test_asks_of_no_article_broken_asks_and_a_broken_lexicon_are_faults(corpus: Path) -> None:
    (corpus / "asks" / "a2.toml").write_text("", encoding="utf-8")
    (corpus / "asks" / "a3.toml").write_text("[[paragraph]", encoding="utf-8")
    (corpus / "lexicon" / "kinds.tsv").write_text("几家\tcount\n", encoding="utf-8")
    found = faults(corpus)
    assert any("there is no article a2" in fault for fault in found)
    assert any("a3.toml:1" in fault for fault in found)
    assert any("kinds.tsv:1" in fault for fault in found)


def test_paragraphs_without_asks_are_listed_and_headings_are_not(corpus: Path) -> None:
    write_asks(corpus, 0, "120家联络点")
    assert knowledge.unasked(corpus, ARTICLES) == ["a1#2"]
