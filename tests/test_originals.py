"""An excerpt beside the file that its article was made from: read from the disk, proven, and said when it is not so."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import collection, edits
from bot.answer.answer import Excerpt
from bot.dialogue import check_view, original, wording
from bot.dialogue.original import Original
from bot.dialogue.wording import Language
from bot.edits import Edit
from bot.originals import Originals
from bot.settings import shipped_corpus

WORDS = wording.load()[Language.HANS]
ARTICLE = """\
---
id: a
title: 题
publisher: 报
---

## 头

甲乙，丙丁。第二句，在这里。
"""
RAW = "<导航>\n头\n广告甲乙,丙丁。第二句,在(zài)这里。页脚"
EDITS = (
    Edit(0, 5, "<导航>\n", "", "boilerplate"),
    Edit(7, 9, "广告", "", "injected"),
    Edit(11, 12, ",", "，", "punctuation"),
    Edit(18, 19, ",", "，", "punctuation"),
    Edit(20, 25, "(zài)", "", "ruby"),
    Edit(28, 30, "页脚", "", "boilerplate"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one article, with its original."""
    for name in ("raw", "edits", "articles"):
        (tmp_path / name).mkdir()
    (tmp_path / "raw" / "a.txt").write_bytes(RAW.encode())
    (tmp_path / "edits" / "a.jsonl").write_text(edits.render(EDITS), encoding="utf-8")
    (tmp_path / "articles" / "a.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def excerpt(folder: Path, start: int = 6, end: int = 14) -> Excerpt:
    article = collection.parse_article(ARTICLE, folder / "articles" / "a.md")
    return Excerpt(article, article.paragraphs[1], start, end)


async def shown(folder: Path) -> str:
    kept = await Originals(folder).load("a")
    panel = check_view.panel(excerpt(folder), kept, WORDS)
    return "\n".join(span.text for block in panel.blocks for span in block)


async def test_the_passage_its_place_and_the_files_digest_are_shown(folder: Path) -> None:
    text = await shown(folder)
    assert "\n第二句,在(zài)这里。\n" in text
    assert f"\n{RAW.index('第二句')}–{RAW.index('页脚')}\n" in text
    assert hashlib.sha256(RAW.encode()).hexdigest() in text
    assert "\nraw/a.txt\n" in text
    assert WORDS.say("check_slice", number=1, start=6, end=14) in text
    assert WORDS.say("check_given", count=2) in text
    assert WORDS.say("check_kinds", kinds="标点1处 · 注音1处") in text


async def test_a_reviewed_article_that_says_something_else_now_is_told(folder: Path) -> None:
    path = folder / "articles" / "a.md"
    path.write_text(ARTICLE.replace("在这里", "在那里"), encoding="utf-8")
    text = await shown(folder)
    assert WORDS.say("check_no_slice", number=1, start=6, end=14) in text
    assert WORDS.say("check_given", count=2) in text


async def test_edits_that_give_something_else_are_told(folder: Path) -> None:
    wrong = [edit._replace(clean="；") if edit.start == 18 else edit for edit in EDITS]
    (folder / "edits" / "a.jsonl").write_text(edits.render(wrong), encoding="utf-8")
    text = await shown(folder)
    assert WORDS.say("check_slice", number=1, start=6, end=14) in text
    assert WORDS.say("check_not_given", count=2) in text


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("raw/a.txt", "check_no_raw"),
        ("edits/a.jsonl", "check_no_edits"),
        ("articles/a.md", "check_no_article"),
    ],
)
async def test_what_is_missing_is_told(folder: Path, gone: str, said: str) -> None:
    (folder / gone).unlink()
    text = await shown(folder)
    assert WORDS.say(said) in text
    assert (WORDS.say("check_given", count=2) in text) == (said == "check_no_article")


async def test_a_page_that_cannot_be_decoded_here_is_told(folder: Path) -> None:
    (folder / "raw" / "a.txt").write_bytes(b"\xff\xff\xff" + RAW.encode())
    text = await shown(folder)
    assert WORDS.say("check_no_text") in text
    assert "✅ 对" not in text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "utf-16-be"])
async def test_pages_in_other_encodings_are_decoded(folder: Path, encoding: str) -> None:
    (folder / "raw" / "a.txt").write_bytes(RAW.encode(encoding))
    assert WORDS.say("check_given", count=2) in await shown(folder)


async def test_of_a_pdf_the_digest_is_the_pdfs_and_the_place_the_texts(folder: Path) -> None:
    (folder / "raw" / "a.pdf").write_bytes(b"%PDF-1.4")
    text = await shown(folder)
    assert hashlib.sha256(b"%PDF-1.4").hexdigest() in text
    assert "\nraw/a.pdf\n" in text
    assert WORDS.say("check_offsets_in", page="raw/a.txt") in text


TEXTS = st.text("甲乙丙,。(a)", max_size=6)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6), st.data())
def test_any_excerpt_is_given_by_the_edits_around_its_passage(
    parts: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    """What is kept, and what is written over what, in turns: the passage found always gives the excerpt."""
    raw, body, changes = "", "", []
    for kept, before, after in parts:
        raw, body = raw + kept, body + kept
        if before or after:
            changes.append(Edit(len(raw), len(raw) + len(before), before, after, "script"))
        raw, body = raw + before, body + after
    body = f"甲{body}"
    article = collection.parse_article(f"---\nid: a\n---\n\n{body}\n", Path("a.md"))
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    one = Excerpt(article, article.paragraphs[0], start, end)
    moved = [edit._replace(start=edit.start + 1, end=edit.end + 1) for edit in changes]
    kept_of_it = Original("raw/a.txt", "", "raw/a.txt", moved, f"甲{raw}", article)
    proof = original.prove(one, kept_of_it)
    assert proof is not None
    assert proof.given
    assert proof.raw == f"甲{raw}"[proof.start : proof.end]
    assert original.is_slice(one, article)


async def test_every_sentence_of_the_shipped_articles_comes_from_its_original() -> None:
    originals = Originals(shipped_corpus())
    for article in collection.read_articles(shipped_corpus()):
        kept = await originals.load(article.id)
        assert kept is not None
        for paragraph in article.paragraphs:
            if "⟦" not in paragraph.text:
                one = Excerpt(article, paragraph, 0, len(paragraph.text))
                proof = original.prove(one, kept)
                assert proof is not None
                assert proof.given, paragraph.id
