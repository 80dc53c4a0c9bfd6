from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answer.answer import Answer, Excerpt, Remark, Verdict
from bot.article import Article, Paragraph
from bot.dialogue import reference
from bot.dialogue.reference import (
    CONTENT_BYTES,
    KEY_BYTES,
    LONGEST,
    Citation,
    Lead,
    Reference,
    Told,
)
from bot.dialogue.wording import Language
from bot.question.trouble import Trouble

SINGLE = (Remark.DIFFERENT_THINGS, Remark.PART, Remark.MENTIONED)
DOUBLE = (Remark.COMPARISON, Remark.DIFFERENT_THINGS, Remark.PART)
"""Remarks of one lead, which is no comparison, and of any other number."""
NUMBERS = st.integers(0, 130) | st.integers(0, 70_000)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Any reference whose parts fit each other, however long it is written."""
    articles = draw(
        st.lists(
            st.tuples(st.binary(min_size=4, max_size=4), st.binary(min_size=3, max_size=3)),
            min_size=1,
            max_size=2,
        )
    )
    citations = []
    for _ in range(draw(st.integers(1, 3))):
        article, content = draw(st.sampled_from(articles))
        start = draw(NUMBERS)
        end = start + draw(st.integers(1, 400))
        citations.append(Citation(article, content, draw(NUMBERS), start, end))
    leads, marks = [], []
    for _ in range(draw(st.integers(0, 3))):
        number = draw(st.integers(0, len(citations) - 1))
        size = citations[number].end - citations[number].start
        start = draw(st.integers(0, size - 1))
        leads.append(Lead(number, start, draw(st.integers(start + 1, size))))
    told = None
    if leads and draw(st.booleans()):
        size = leads[0].end - leads[0].start
        start = draw(st.integers(0, size - 1))
        told = Told(draw(st.booleans()), start, draw(st.integers(start + 1, size)))
    for citation in citations:
        size = citation.end - citation.start
        borders = sorted(draw(st.sets(st.integers(0, size), max_size=8)))
        marks.append(tuple(zip(borders[::2], borders[1::2], strict=False)))
    return Reference(
        tuple(citations),
        tuple(leads),
        draw(st.sampled_from([None, *(SINGLE if len(leads) == 1 else DOUBLE)])),
        draw(st.sampled_from(Language)),
        tuple(marks) if any(marks) and draw(st.booleans()) else (),
        tuple(kind for kind in Trouble if draw(st.booleans())),
        told,
    )


@given(references())
def test_what_is_written_is_read_again(one: Reference) -> None:
    written = one.written()
    if len(written) <= LONGEST:
        assert reference.read(written) == one
    else:
        assert reference.read(written) is None


@given(references(), st.integers(0, LONGEST - 1), st.integers(0, 127))
def test_a_forged_reference_is_none_or_another_one(one: Reference, at: int, code: int) -> None:
    written = one.written()[:LONGEST]
    forged = written[: at % len(written)] + chr(code) + written[at % len(written) + 1 :]
    got = reference.read(forged)
    assert got is None or got.written() == forged
    if forged != written and len(one.written()) <= LONGEST:
        assert got != one


@given(st.text(max_size=80) | st.text("AQIDBCEFgwz019_-", max_size=LONGEST + 3))
@example("")
@example("=")
@example("AAAA=")
@example("\ud83d")
@example("_" * LONGEST)
def test_reading_never_fails_and_never_takes_a_second_spelling(written: str) -> None:
    got = reference.read(written)
    if got is not None:
        assert got.written() == written
        assert all(citation.start < citation.end for citation in got.citations)
        for lead in got.leads:
            cited = got.citations[lead.citation]
            assert 0 <= lead.start < lead.end <= cited.end - cited.start


def article(name: str, *texts: str) -> Article:
    paragraphs = tuple(Paragraph(name, number, text) for number, text in enumerate(texts))
    return Article(name, None, None, paragraphs)


def excerpt(name: str, paragraph: int, start: int, size: int) -> Excerpt:
    long = article(name, *(["。"] * paragraph), "甲" * (start + size))
    return Excerpt(long, long.paragraphs[paragraph], start, start + size)


def test_an_answer_of_three_articles_fits_with_its_leads() -> None:
    cited = [excerpt(name, 12, 900, 180) for name in ("a", "b", "c")]
    answer = Answer(("甲" * 20, "甲" * 20), tuple(cited), Remark.COMPARISON)
    got = reference.read(reference.of(answer, Language.HANT))
    assert got is not None
    assert [one.article for one in got.citations] == [reference.key(n) for n in ("a", "b", "c")]
    assert got.leads == (Lead(0, 0, 20), Lead(1, 0, 20))
    assert (got.remark, got.language) == (Remark.COMPARISON, Language.HANT)


def test_what_does_not_fit_is_left_out_from_behind() -> None:
    cited = [excerpt(name, 200, 20_000, 300) for name in ("a", "b", "c")]
    written = reference.of(Answer(("甲",), tuple(cited)), Language.EN)
    got = reference.read(written)
    assert len(written) <= LONGEST
    assert got is not None
    assert [one.article for one in got.citations] == [reference.key("a"), reference.key("b")]
    assert got.leads == (Lead(0, 0, 1),)


def test_a_remark_goes_with_the_lead_that_it_is_about() -> None:
    citation = Citation(b"a" * KEY_BYTES, b"c" * CONTENT_BYTES, 0, 0, 9)
    both = Reference(
        (citation, citation), (Lead(0, 0, 1), Lead(1, 0, 1)), Remark.COMPARISON, Language.HANS
    )
    one = both.without_last()
    assert (one.leads, one.remark) == ((Lead(0, 0, 1),), None)


def test_what_the_card_is_about_is_kept_in_one_order() -> None:
    answer = Answer(("甲",), (excerpt("a", 0, 0, 200),))
    needs = (Trouble.COMPLAIN, Trouble.FRAUD)
    got = reference.read(reference.of(answer, Language.HANS, needs))
    assert got is not None
    assert got.needs == (Trouble.FRAUD, Trouble.COMPLAIN)


@pytest.mark.parametrize("right", [True, False])
def test_the_figure_that_is_stated_is_kept_where_one_was_tried(right: bool) -> None:
    cited = article("a", "全区有服务站12家，调解员30名。")
    answer = Answer(
        ("服务站12家",),
        (Excerpt(cited, cited.paragraphs[0], 0, 17),),
        verdict=Verdict(right, "12家", "13家"),
    )
    got = reference.read(reference.of(answer, Language.HANS, [Trouble.COMPLAIN]))
    assert got is not None
    assert got.told == Told(right, 3, 6)
    assert got.needs == (Trouble.COMPLAIN,)


@pytest.mark.parametrize(("count", "kept"), [(3, True), (40, False)])
def test_marks_are_written_where_they_fit(count: int, kept: bool) -> None:
    written = reference.of(Answer(("甲",), (excerpt("a", 0, 0, 200),)), Language.HANS)
    plain = reference.read(written)
    assert plain is not None
    marks = tuple((4 * n, 4 * n + 2) for n in range(count))
    marked = plain.with_marks([marks, ((0, 1),)])
    assert marked.marks == ((marks,) if kept else ())
    assert reference.read(marked.written()) == marked


def test_the_content_tells_a_changed_article() -> None:
    assert reference.digest(article("a", "甲。", "乙。")) != reference.digest(
        article("a", "甲。乙。")
    )
