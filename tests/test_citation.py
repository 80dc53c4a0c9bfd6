import pytest

from bot.answer.answer import Excerpt
from bot.article import Article, Kind, Paragraph, Statute
from bot.dialogue import citation, wording
from bot.dialogue.wording import Language

WORDS = wording.load()
HANS = WORDS[Language.HANS]


def excerpt(title="青岚法", kind=Kind.STATUTE, basis="", **fields):
    texts = ("第一条 为了…，制定本法。", "第二条 退货。", "运费由卖家承担。")
    paragraphs = tuple(Paragraph("a", n, text, False, basis) for n, text in enumerate(texts))
    article = Article("a", title, fields.pop("publisher", None), paragraphs, kind=kind, **fields)
    return Excerpt(article, paragraphs[2], 0, len(texts[2]))


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"published": "2013-10-25", "statute": Statute(amended="2013-10-25")}, "《青岚法》第二条第二款（2013年修正）"),
        ({"published": "2018-08-31", "statute": Statute(), "publisher": "全国人民代表大会常务委员会"}, "《青岚法》第二条第二款（2018年通过）"),
        ({"published": "2018-08-31", "statute": Statute(), "publisher": "国务院"}, "《青岚法》第二条第二款（2018年公布）"),
        ({"statute": Statute(number="法释〔2022〕8号")}, "《青岚法》第二条第二款（法释〔2022〕8号）"),
        ({"statute": Statute(effective="2026-04-15")}, "《青岚法》第二条第二款（2026-04-15起施行）"),
        ({"statute": Statute()}, "《青岚法》第二条第二款"),
    ],
)  # fmt: skip
def test_a_statute_is_cited_by_name_provision_and_version(fields, line):
    assert citation.source(excerpt(**fields), HANS) == line


def test_names_within_a_name_stand_in_single_marks():
    line = citation.source(excerpt("青岚省实施《青岚法》办法", statute=Statute()), HANS)
    assert line == "《青岚省实施〈青岚法〉办法》第二条第二款"


@pytest.mark.parametrize("language", list(Language))
def test_a_guide_is_never_shown_as_news_or_law(language):
    one = excerpt("退货", Kind.GUIDE, "《青岚法》第二条（2013-10-25）", checked="2026-11-29")
    line = citation.source(one, WORDS[language])
    assert "《青岚法》第二条（2013-10-25）" in line
    assert "2026-11-29" in line
    assert "指南" in line or "guide" in line
