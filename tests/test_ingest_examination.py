"""The review of an article that a channel hands in: the same questions and the same articles as on a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import collection
from bot.dialogue.review import Choice
from bot.errors import IngestError
from bot.ingest import intake
from bot.ingest.examination import Examination
from tests.reviewer import CLEAN, CORPUS, PLANTED, UNCERTAIN, add, added, check, files, raw, undo


def begun(corpus: Path, name: str = UNCERTAIN) -> Examination:
    path = raw(name)
    (submitted,) = (offer := intake.clean(corpus, path.name, path.read_bytes())).articles
    assert submitted.reviewable
    return offer.review(0)


@pytest.mark.parametrize(
    ("choice", "key"), [(Choice.ACCEPT, "a"), (Choice.LEAVE, "l"), (Choice.MARK, "m")]
)
def test_each_choice_makes_the_article_that_the_terminal_makes(
    tmp_path: Path, choice: Choice, key: str
) -> None:
    review = begun(tmp_path / "one").answer(choice)
    assert review.asked is None
    assert review.add().reason == ""
    add(tmp_path / "other", raw(UNCERTAIN), answers=(key, "y"))
    assert files(tmp_path / "one") == files(tmp_path / "other")
    assert check(tmp_path / "one").status == 0


def test_a_question_shows_its_place_raw_and_clean(tmp_path: Path) -> None:
    asked = begun(tmp_path).asked
    assert asked
    assert (asked.number, asked.total) == (1, 1)
    assert "⟦在⟧" in asked.doubt.clean
    assert "?" in asked.doubt.raw
    assert asked.choices == (Choice.ACCEPT, Choice.MARK, Choice.EDIT, Choice.LEAVE)
    assert "⟦在⟧" in asked.text


def test_an_edited_paragraph_is_taken(tmp_path: Path) -> None:
    review = begun(tmp_path)
    assert review.asked
    after = review.answer(Choice.EDIT, review.asked.text.replace("⟦在⟧", "在"))
    assert after.summary.marked == review.summary.marked - 1
    assert after.add().reason == ""
    assert "⟦" not in added(tmp_path).body


def test_what_was_typed_wrong_changes_nothing(tmp_path: Path) -> None:
    review = begun(tmp_path)
    assert review.asked
    with pytest.raises(IngestError, match="nothing was changed"):
        review.answer(Choice.EDIT, review.asked.text)
    with pytest.raises(IngestError, match="a mark"):
        review.answer(Choice.EDIT, "⟦没有合上")
    with pytest.raises(IngestError, match="cannot be done here"):
        review.answer(Choice.TAKE)
    with pytest.raises(IngestError, match="is not a date"):
        review.put("published", "yesterday")
    with pytest.raises(IngestError, match="fields are"):
        review.put("id", "x")


def test_going_back_takes_an_answer_back_and_keeps_a_field(tmp_path: Path) -> None:
    review = begun(tmp_path, PLANTED)
    after = review.answer(Choice.ACCEPT).put("title", "新题目")
    assert after.summary.decided[0][1] is Choice.ACCEPT
    back = after.back()
    assert back.summary.decided == ()
    assert back.asked == review.asked
    assert back.article.title == "新题目"
    assert review.back() == review


def test_what_came_into_the_corpus_meanwhile_is_not_added_twice(tmp_path: Path) -> None:
    review = begun(tmp_path).answer(Choice.ACCEPT)
    assert review.add().reason == ""
    assert "already" in review.add().reason
    other = intake.clean(tmp_path, "other.txt", raw(UNCERTAIN).read_bytes()).review(0)
    assert other.copied


def test_a_copy_takes_the_place_of_its_article_with_its_asks(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS, corpus, ignore=shutil.ignore_patterns(".journal"))
    offer = intake.clean(corpus, "better.txt", raw(CLEAN).read_bytes())
    assert offer.articles[0].reason == f"is a copy of {CLEAN}"
    review = offer.review(0)
    assert review.copied
    assert (review.copied.article_id, review.copied.obstacle) == (CLEAN, "")
    assert review.copied.rows[0].name == "marked characters"
    assert review.add().reason == ""
    assert not (corpus / "articles" / f"{CLEAN}.md").exists()
    assert (corpus / "asks" / "better.toml").exists()
    assert check(corpus).status == 0
    assert undo(corpus).status == 0
    assert (corpus / "articles" / f"{CLEAN}.md").exists()


def test_a_copy_whose_article_was_changed_meanwhile_is_not_added(tmp_path: Path) -> None:
    add(tmp_path, raw(CLEAN), yes=True)
    review = intake.clean(tmp_path, "better.txt", raw(CLEAN).read_bytes()).review(0)
    path = tmp_path / "articles" / f"{CLEAN}.md"
    article = collection.read_article(path)
    path.write_text(path.read_text("utf-8").replace(article.publisher or "", "青岚日报"), "utf-8")
    assert "changed meanwhile" in review.add().reason
