"""What a channel hands in: cleaned, held, and added in one change, whatever happened to the corpus in between."""

import json
import shutil

import pytest

from bot.dialogue.submission import Outcome
from bot.errors import CorpusError
from bot.ingest import disk, excerpts, intake, journal
from tests.reviewer import CLEAN, NAMES, PLANTED, SPELLED, UNCERTAIN, add, check, files, raw, undo


def handed_in(corpus, name, called=None):
    return intake.clean(corpus, called or f"{name}.txt", raw(name).read_bytes())


def lines(*names):
    rows = [{"id": name, "text": raw(name).read_text("utf-8")} for name in names]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_an_accepted_article_is_written_as_the_command_does(tmp_path):
    offer = handed_in(tmp_path / "new", CLEAN)
    (article,) = offer.articles
    assert (article.name, article.outcome, article.doubts) == (
        f"{CLEAN}.txt", Outcome.ACCEPTED, (),
    )  # fmt: skip
    assert not (tmp_path / "new").exists()
    assert offer.add() == [(f"{CLEAN}.txt", CLEAN, "")]
    add(tmp_path / "other", raw(CLEAN), yes=True)
    assert files(tmp_path / "new") == files(tmp_path / "other")
    assert check(tmp_path / "new").status == 0
    assert undo(tmp_path / "new").out == f"undone: added {CLEAN}\n"
    assert files(tmp_path / "new") == {}


@pytest.mark.parametrize("name", [PLANTED, UNCERTAIN])
def test_what_needs_a_review_shows_its_places_and_is_not_added(tmp_path, name):
    offer = handed_in(tmp_path / "new", name)
    (article,) = offer.articles
    assert article.outcome is Outcome.NEEDS_REVIEW
    assert article.article is not None
    assert article.doubts
    for doubt in article.doubts:
        assert doubt.what
        assert "\n" not in doubt.raw + doubt.clean
        assert "»" in doubt.raw
    assert offer.add() == []
    assert files(tmp_path / "new") == {}


def test_the_place_in_doubt_is_shown_raw_and_clean(tmp_path):
    (doubt,) = handed_in(tmp_path / "new", UNCERTAIN).articles[0].doubts
    assert "»保科先行先试，⟦在⟧上海市率先推行“诉«" in doubt.clean
    assert "«求處置一體化改革" in doubt.raw
    assert len(doubt.clean) < 220
    assert len(doubt.raw) < 220


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.zip", b"PK\x03\x04", "damaged"),
        ("a.xyz", b"text", "is of a kind that cannot be read"),
        ("corpus.txt", raw(CLEAN).read_bytes(), "no article can be called that"),
        ("a.txt", b"Nothing in Chinese here at all. " * 9, "is not in Chinese"),
        ("a.jsonl", b"\n\n", ""),
    ],
)
def test_what_cannot_be_an_article_is_refused_with_the_reason(tmp_path, name, content, reason):
    offer = intake.clean(tmp_path / "new", name, content)
    (article,) = offer.articles
    assert article.outcome is Outcome.REFUSED
    assert reason in article.reason
    assert article.reason
    assert article.name == name
    assert offer.add() == []


def test_a_copy_of_a_known_article_and_an_id_that_is_taken_are_refused(tmp_path):
    add(tmp_path / "new", raw(CLEAN), yes=True)
    (article,) = handed_in(tmp_path / "new", CLEAN, "other.txt").articles
    assert (article.outcome, article.reason) == (Outcome.REFUSED, f"is a copy of {CLEAN}")
    (article,) = handed_in(tmp_path / "new", SPELLED, f"{CLEAN}.txt").articles
    assert article.reason == f"the corpus has {CLEAN} already"


def test_the_articles_of_one_file_are_added_in_one_change(tmp_path):
    content = lines(CLEAN, UNCERTAIN, SPELLED) + b"\n{]\n" + lines(CLEAN).replace(b"id", b"no")
    offer = intake.clean(tmp_path / "new", "all.jsonl", content)
    assert [one.name for one in offer.articles] == [f"all.jsonl:{n}" for n in range(1, 6)]
    outcomes = [one.outcome for one in offer.articles]
    accepted, review, refused = Outcome
    assert outcomes == [accepted, review, accepted, refused, refused]
    assert offer.articles[4].reason == f"is a copy of {CLEAN}"
    added = offer.add()
    assert [(one.article_id, one.reason) for one in added] == [(CLEAN, ""), (SPELLED, "")]
    undo(tmp_path / "new")
    assert files(tmp_path / "new") == {}


def test_of_two_files_with_one_id_the_second_is_told(tmp_path):
    corpus = tmp_path / "new"
    first, second = handed_in(corpus, CLEAN, "a.txt"), handed_in(corpus, SPELLED, "a.txt")
    assert first.add()[0].reason == ""
    before = files(corpus)
    assert second.add() == [("a.txt", "a", "the corpus has a already")]
    assert files(corpus) == before


def test_of_two_copies_the_second_is_told(tmp_path):
    corpus = tmp_path / "new"
    first, second = handed_in(corpus, CLEAN, "a.txt"), handed_in(corpus, CLEAN, "b.txt")
    assert first.add()[0].reason == ""
    assert second.add() == [("b.txt", "b", "is a copy of a")]


def test_what_was_undone_can_be_added_again(tmp_path):
    corpus = tmp_path / "new"
    offer = handed_in(corpus, CLEAN)
    offer.add()
    undo(corpus)
    assert offer.add()[0].reason == ""


def test_a_locked_corpus_and_a_full_disk_lose_nothing(tmp_path, monkeypatch):
    corpus = tmp_path / "new"
    offer = handed_in(corpus, CLEAN)
    with journal.locked(corpus), pytest.raises(CorpusError, match="another command"):
        offer.add()

    def full(path, content):
        raise CorpusError(path, None, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(CorpusError, match="No space"):
        patch.setattr(disk, "write", full)
        offer.add()
    assert files(corpus) == {}
    assert offer.add()[0].reason == ""
    assert check(corpus).status == 0


def test_a_broken_corpus_is_an_error_that_names_the_file(tmp_path):
    corpus = shutil.copytree(raw(CLEAN).parent.parent, tmp_path / "new")
    (corpus / "articles" / f"{NAMES[0]}.md").write_text("broken")
    with pytest.raises(CorpusError, match=NAMES[0]):
        handed_in(corpus, CLEAN)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (0, 1, "»0«" + "1" * 40 + "…"),
        (500, 500, "…" + "1" * 40 + "»«" + "1" * 40 + "…"),
        (1, 1000, "0»" + "1" * 60 + " … " + "1" * 60 + "«" + "1"),
    ],
)
def test_a_place_is_shown_with_its_surroundings(start, end, shown):
    assert excerpts.around("0" + "1" * 1000, start, end) == shown
    assert excerpts.around("a\nb", 1, 2) == "a»⏎«b"
    assert excerpts.around("a\ue000\U00100000", 1, 3) == "a»\ufffd\ufffd«"
