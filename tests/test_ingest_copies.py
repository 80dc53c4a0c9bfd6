from hypothesis import given
from hypothesis import strategies as st

from bot.article import Article, Paragraph
from bot.ingest.copies import Copies
from tests import families

BODIES = [" ".join(p["text"] for p in row["paragraphs"]) for row in families.rows("articles")]


def article(name, text):
    return Article(name, "题目", None, (Paragraph(name, 0, text),))


ARTICLES = [article(f"a{n}", body) for n, body in enumerate(BODIES)]


def test_different_reports_are_no_copies():
    copies = Copies()
    for each in ARTICLES:
        assert copies.of(each) is None
        copies.add(each)


@given(st.integers(0, len(BODIES) - 1), st.floats(0, 0.25), st.floats(0.7, 1))
def test_a_report_that_lacks_a_quarter_at_either_end_is_a_copy(number, start, end):
    body = BODIES[number]
    part = body[int(start * len(body)) : int(end * len(body))]
    copies = Copies(ARTICLES)
    assert copies.of(article("copy", part)) == f"a{number}"
    assert copies.of(article("copy", part), but=f"a{number}") is None


def test_what_was_removed_is_compared_no_more():
    copies = Copies(ARTICLES)
    copies.remove("a3")
    assert copies.of(article("copy", BODIES[3])) is None
    assert copies.of(article("copy", BODIES[4])) == "a4"


def test_an_article_is_no_copy_of_itself():
    assert Copies(ARTICLES).of(ARTICLES[0]) is None
