"""A draft under review: whatever is done to it, raw text and edits give the article, and its marks are well formed."""

import functools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import collection, edits
from bot.edits import Edit
from bot.errors import IngestError
from bot.ingest import draft as drafts
from bot.ingest import kept, marks, pipeline, revision
from bot.ingest.draft import Draft
from tests.reviewer import CLEAN, NAMES, PLANTED, UNCERTAIN, cleaned, document

LINES = st.text("上海市消费者⟦⟧# \u3000\n\r\t,，a\u200b\x85", max_size=30)


def draft_of(name):
    found = cleaned(name)
    return Draft(found.raw, found.edits, found.article, document(name).reading)


@functools.cache
def page_of(name):
    """An article of the corpus as a web page, read into lines by cutting its tags away."""
    lines = [f"<p class=x>{line}</p>\n" for line in document(name).raw.split("\n") if line.strip()]
    raw = "<html><body>" + "".join(lines) + "</body></html>"
    reading = tuple(
        Edit(m.start(), m.end(), m[0], "", "boilerplate") for m in re.finditer("(<[^>]*>)+", raw)
    )
    return replace(document(name), suffix=".html", original=raw.encode(), raw=raw, reading=reading)


@functools.cache
def page_draft(name):
    found = pipeline.clean(page_of(name))
    return Draft(found.raw, found.edits, found.article, page_of(name).reading)


def problem(name, number=0):
    _, start, end = cleaned(name).problems[number]
    return start, end


@st.composite
def steps(draw, draft):
    """A reviewer's next step, somewhere in the text as it stands."""
    at = st.integers(0, len(draft.raw))
    start = draw(at)
    end = min(len(draft.raw), start + draw(st.sampled_from([0, 1, 2, 5, 20, 150, 4000])))
    last = len(draft.article.paragraphs) - 1
    first = draw(st.integers(0, last))
    until = min(last, first + draw(st.integers(0, 2)))
    text = draw(LINES)
    if draw(st.booleans()):
        shown = drafts.shown(draft, first, until)
        cut = draw(st.integers(0, len(shown)))
        text = shown[:cut] + text + shown[cut + draw(st.integers(0, 9)) :]
    return draw(
        st.sampled_from(
            [
                lambda: revision.mark(draft, start, end),
                lambda: revision.rewrite(draft, first, until, text),
                lambda: revision.insert(draft, start, text),
                lambda: revision.take_back(draft, start, end),
                lambda: revision.take_back(draft, start, end, cleaned=True),
            ]
        )
    )


def assert_it_holds(draft):
    article = draft.article
    assert edits.apply(draft.raw, draft.edits) == article.body
    assert edits.parse(edits.render(draft.edits), "a.jsonl") == [*draft.edits]
    for paragraph in article.paragraphs:
        assert paragraph.text == paragraph.text.strip() != ""
        assert not paragraph.text.startswith(collection.HEADING)
        assert "\n" not in paragraph.text
        assert not marks.are_bad(paragraph.text)
    assert not all(paragraph.heading for paragraph in article.paragraphs)
    assert kept.files(document(article.id), draft)  # reads back as it is


def changed(data, draft):
    """Yield the draft after each of some changes that can be made to it."""
    for _ in range(data.draw(st.integers(1, 8))):
        step = data.draw(steps(draft))
        try:
            draft = step()
        except IngestError:
            continue
        yield draft


@settings(max_examples=25)
@given(st.data())
def test_whatever_a_reviewer_does_raw_text_and_edits_give_the_article(data):
    for draft in changed(data, draft_of(data.draw(st.sampled_from(NAMES)))):
        assert_it_holds(draft)


@settings(max_examples=15)
@given(st.data())
def test_no_change_that_is_taken_back_brings_a_tag_back(data):
    for draft in changed(data, page_draft(data.draw(st.sampled_from(NAMES)))):
        assert_it_holds(draft)
        assert not re.search("<p|</p|class=x|body>|html>", draft.article.body)


@settings(max_examples=25)
@given(st.data())
def test_what_was_left_out_can_be_taken_in_and_out_again(data):
    draft = draft_of(data.draw(st.sampled_from(NAMES)))
    left_out = [e for e in draft.edits if e.kind == "boilerplate" and len(e.raw.strip()) > 8]
    if not left_out:
        return
    edit = data.draw(st.sampled_from(left_out))
    taken = revision.take_back(draft, edit.start, edit.end, cleaned=True)
    assert_it_holds(taken)
    assert len(taken.article.paragraphs) > len(draft.article.paragraphs)


def test_a_draft_that_its_edits_do_not_give_cannot_be():
    draft = draft_of(CLEAN)
    with pytest.raises(ValueError, match="do not give the article"):
        replace(draft, edits=draft.edits[1:])


def test_marking_takes_in_the_marks_it_touches():
    draft = draft_of(UNCERTAIN)
    assert "，⟦在⟧上海市" in draft.article.body
    marked = revision.mark(draft, *problem(UNCERTAIN))
    assert "消⟦保科先行先试，在上海市率先推行“诉⟧求处置" in marked.article.body
    assert revision.mark(marked, *problem(UNCERTAIN)).article == marked.article


def test_a_long_place_gets_several_marks_and_none_across_paragraphs():
    draft = draft_of(CLEAN)
    marked = revision.mark(draft, 0, len(draft.raw))
    assert_it_holds(marked)
    for paragraph in marked.article.paragraphs:
        assert paragraph.text.startswith("⟦")
        assert paragraph.text.endswith("⟧")
    assert marks.count(marked.article.body) == sum(
        not character.isspace() for character in draft.article.body
    )


def test_what_a_reviewer_writes_is_the_reviewer_s():
    draft = draft_of(UNCERTAIN)
    number, _ = drafts.numbers(draft, *problem(UNCERTAIN))
    text = drafts.shown(draft, number, number).replace("⟦在⟧", "在")
    written = revision.rewrite(draft, number, number, text)
    (changed,) = set(written.edits) - set(draft.edits)
    assert (changed.kind, "试，在上海" in changed.clean) == ("review", True)
    assert written.article.paragraphs[number].text == text


def test_paragraphs_are_split_joined_made_headings_and_removed():
    draft = draft_of(CLEAN)
    texts = [p.text for p in draft.article.paragraphs]
    split = revision.rewrite(draft, 1, 1, f"## 一个标题\n\n{texts[1][:9]}\n{texts[1][9:]}")
    assert [p.heading for p in split.article.paragraphs][:4] == [False, True, False, False]
    assert [p.text for p in split.article.paragraphs][1:4] == [
        "一个标题",
        texts[1][:9],
        texts[1][9:],
    ]
    joined = revision.rewrite(split, 1, 3, texts[1])
    assert joined.article == draft.article
    removed = revision.rewrite(draft, 0, 0, "")
    assert [p.text for p in removed.article.paragraphs] == texts[1:]
    with pytest.raises(IngestError, match="would leave no paragraph"):
        revision.rewrite(draft, 0, len(texts) - 1, " \n")


@pytest.mark.parametrize("text", ["⟦", "⟧上⟦", "⟦⟧", "⟦上⟦海⟧⟧", "⟦上 海⟧", "⟦" + "上" * 41 + "⟧"])
def test_a_wrong_mark_is_refused(text):
    with pytest.raises(IngestError, match="a mark"):
        revision.rewrite(draft_of(CLEAN), 0, 0, text)


def test_an_edit_taken_back_gives_the_raw_text():
    draft = draft_of(PLANTED)
    planted = next(edit for edit in draft.edits if edit.kind == "injected")
    back = revision.take_back(draft, planted.start, planted.end)
    assert planted not in back.edits
    assert planted.raw in back.article.body
    assert_it_holds(back)
