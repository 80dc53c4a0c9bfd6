"""Adding articles: what is written, what is left out and why, and what becomes of copies."""

import shutil
import subprocess
import sys

import pytest

from bot import collection, indexing
from bot.analysis import asks as asks_format
from bot.errors import CorpusError
from bot.ingest import incoming, journal
from bot.ingest.document import Refused
from bot.settings import Settings
from tests.reviewer import (
    CLEAN,
    CORPUS,
    NAMES,
    PLANTED,
    SPELLED,
    UNCERTAIN,
    add,
    check,
    cleaned,
    files,
    raw,
    undo,
)


@pytest.fixture
def corpus(tmp_path):
    """A copy of the shipped corpus."""
    return shutil.copytree(CORPUS, tmp_path / "corpus")


@pytest.fixture
def copy(tmp_path):
    """A page that another site has copied from the same report."""
    path = tmp_path / "copy.txt"
    shutil.copy(raw(CLEAN), path)
    return path


def test_add_writes_raw_article_and_edits(tmp_path):
    seen = add(tmp_path / "new", raw(CLEAN), yes=True)
    assert (seen.status, seen.err) == (0, "")
    assert seen.out.endswith("added 1, for review 0, refused 0\n")
    written = files(tmp_path / "new")
    assert [*written] == [f"articles/{CLEAN}.md", f"edits/{CLEAN}.jsonl", f"raw/{CLEAN}.txt"]
    assert written[f"raw/{CLEAN}.txt"] == raw(CLEAN).read_bytes()
    assert check(tmp_path / "new").status == 0


def test_yes_leaves_out_what_needs_a_review_and_goes_on(tmp_path):
    seen = add(tmp_path / "new", CORPUS / "raw", yes=True)
    assert seen.status == 1
    assert seen.out.endswith("added 3, for review 2, refused 0\n")
    assert [line.partition(":")[0] for line in seen.err.splitlines()] == [
        f"{PLANTED}.txt", f"{UNCERTAIN}.txt",
    ]  # fmt: skip
    assert "needs review (1 problem); add it without --yes" in seen.err
    assert [path.stem for path in sorted((tmp_path / "new" / "articles").iterdir())] == NAMES[2:]


@pytest.mark.parametrize(
    ("answers", "added"), [(("y",), True), (("YES",), True), (("n",), False), ((), False)]
)
def test_without_yes_the_answer_decides(tmp_path, answers, added):
    seen = add(tmp_path / "new", raw(CLEAN), answers=answers)
    assert seen.status == int(not added)
    assert bool(files(tmp_path / "new")) == added
    assert (f"{CLEAN}.txt: not added\n" in seen.out) != added


def test_what_the_corpus_has_already_is_one_line(corpus, copy, tmp_path):
    before = files(corpus)
    seen = add(corpus, raw(CLEAN), copy, tmp_path / "gone.txt", tmp_path / "a.exe", yes=True)
    lines = seen.err.splitlines()
    assert (seen.status, len(lines)) == (1, 4)
    assert f"the corpus has {CLEAN} already" in lines[0]
    assert lines[1] == f"copy.txt: refused: is a copy of {CLEAN}"
    assert files(corpus) == before


def test_a_copy_among_the_files_themselves_is_refused(tmp_path, copy):
    seen = add(tmp_path / "new", raw(CLEAN), copy, raw(CLEAN), yes=True)
    assert seen.out.endswith("added 1, for review 0, refused 2\n")
    assert f"copy.txt: refused: is a copy of {CLEAN}" in seen.err


def test_what_cannot_be_read_is_a_line_and_the_rest_goes_on(tmp_path, monkeypatch):
    read = incoming.documents
    broken = Refused("report.txt:3", "is no article")
    monkeypatch.setattr(incoming, "documents", lambda *file: [broken, *read(*file)])
    seen = add(tmp_path / "new", raw(CLEAN), yes=True)
    assert (seen.status, seen.err) == (1, "report.txt:3: is no article\n")
    assert seen.out.endswith("added 1, for review 0, refused 1\n")


def test_no_article_takes_the_name_of_the_corpus_s_own_asks(tmp_path):
    path = tmp_path / "corpus.txt"
    shutil.copy(raw(CLEAN), path)
    seen = add(tmp_path / "new", path, yes=True)
    assert (seen.status, seen.err.count("\n"), files(tmp_path / "new")) == (1, 1, {})


def test_leftovers_under_the_same_name_are_not_overwritten(tmp_path):
    left = tmp_path / "new" / "raw" / f"{CLEAN}.html"
    left.parent.mkdir(parents=True)
    left.write_text("mine")
    assert add(tmp_path / "new", raw(CLEAN), yes=True).status == 1
    assert files(tmp_path / "new") == {f"raw/{CLEAN}.html": b"mine"}


def test_a_full_disk_is_one_line_and_the_corpus_as_it_was(tmp_path, monkeypatch):
    def full(self, what, files):
        raise CorpusError("raw", None, "No space left on device")

    monkeypatch.setattr(journal.Journal, "commit", full)
    seen = add(tmp_path / "new", raw(CLEAN), answers=("y",))
    assert (seen.status, seen.err.count("\n"), files(tmp_path / "new")) == (1, 1, {})
    with pytest.raises(CorpusError, match="No space"):
        add(tmp_path / "new", raw(CLEAN), yes=True)


def test_quitting_leaves_the_files_after_it_alone(tmp_path):
    seen = add(
        tmp_path / "new", raw(UNCERTAIN), raw(SPELLED), raw(CLEAN), answers=("a", "y", "q", "y")
    )
    assert seen.out.endswith("added 1, for review 0, refused 0, not added 2\n")
    assert [path.stem for path in (tmp_path / "new" / "articles").iterdir()] == [UNCERTAIN]


# Copies.


def test_a_copy_is_compared_and_declined(corpus, copy):
    before = files(corpus)
    seen = add(corpus, copy, answers=("",))
    assert (seen.status, files(corpus)) == (1, before)
    assert "marked characters: 0 / 0" in seen.out
    assert "neither seems the better copy" in seen.out
    assert f"copy.txt is a copy of {CLEAN}; replace it? [y/N]" in seen.out


def test_a_better_copy_takes_the_place_and_the_asks_of_the_worse(corpus, copy):
    (path,) = corpus.glob(f"articles/{CLEAN}.md")
    asks = (corpus / "asks" / f"{CLEAN}.toml").read_bytes()
    assert path.exists()
    before = files(corpus)
    seen = add(corpus, copy, answers=("y", "title = 十大案例", "y"))
    assert seen.status == 0
    assert f"copy.txt: added as copy in place of {CLEAN}" in seen.out
    after = files(corpus)
    assert not [name for name in after if CLEAN in name]
    assert after["asks/copy.toml"] == asks
    assert collection.read_article(corpus / "articles" / "copy.md").title == "十大案例"
    assert check(corpus).status == 0
    assert undo(corpus).out == f"undone: added copy in place of {CLEAN}\n"
    assert files(corpus) == before


def test_a_copy_that_lacks_what_an_ask_quotes_replaces_nothing(corpus, tmp_path):
    path = corpus / "asks" / f"{CLEAN}.toml"
    said = next(
        ask
        for ask in asks_format.parse(path.read_text("utf-8"), path, CLEAN)
        if ask.says and raw(CLEAN).read_text("utf-8").count(ask.says) == 1
    ).says
    copy = tmp_path / "copy.txt"
    copy.write_text(raw(CLEAN).read_text("utf-8").replace(said, said[:-1] + "？"), "utf-8")
    before = files(corpus)
    seen = add(corpus, copy, answers=("y", "a", "a", "a", "y"))
    assert (seen.status, files(corpus)) == (1, before)
    assert f"{CLEAN} stays: " in seen.out
    assert said in seen.err
    assert seen.err.count("\n") == 1


def test_quitting_at_a_copy_ends_the_adding(corpus, copy):
    seen = add(corpus, copy, raw(CLEAN), answers=("q",))
    assert seen.out.endswith("not added 2\n")
    assert seen.out.count("copy.txt: not added") == 1


# Readers of the corpus.


def test_the_journal_is_nothing_that_search_reads(corpus, tmp_path):
    before = collection.fingerprint(corpus)
    add(corpus, raw(CLEAN), yes=True)
    assert (corpus / ".journal").is_dir()
    assert collection.fingerprint(corpus) == before
    assert len(collection.read_articles(corpus)) == len(NAMES)
    assert check(corpus).status == 0


def test_what_was_added_is_in_the_index_and_nothing_else_is(tmp_path):
    new = tmp_path / "new"
    shutil.copytree(CORPUS / "lexicon", new / "lexicon")
    add(new, raw(CLEAN), raw(SPELLED), yes=True)
    undo(new)
    add(new, raw(CLEAN), yes=True)
    _, index = indexing.rebuild_index(Settings(new, tmp_path / "state"))
    article = cleaned(CLEAN).article
    assert list(index.paragraphs) == [p for p in article.paragraphs if not p.heading]
    assert not index.known.asks
    assert collection.read_articles(new) == [article]


def test_the_command_line_adds_and_undoes(tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "bot", "corpus", *arguments],
            cwd=CORPUS.parent,
            env={"BOT_CORPUS": str(tmp_path / "new"), "LANG": "C", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            timeout=60,
            check=False,
        )

    done = run("add", "--yes", str(raw(CLEAN)), str(raw(UNCERTAIN)))
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"\x1b" not in done.stdout + done.stderr
    assert run("undo").stdout.decode() == f"undone: added {CLEAN}\n"
    assert (
        run("stats").stderr.decode() == f"error: {tmp_path}/new/articles: holds no article (*.md)\n"
    )


@pytest.mark.parametrize("name", ["CON.txt", "com1.txt", "NUL.x.txt"])
def test_no_article_is_called_like_a_device(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(raw(CLEAN).read_bytes())
    seen = add(tmp_path / "new", path, yes=True)
    assert "no article can be called that; rename the file" in seen.err


def test_ids_that_differ_in_case_only_are_one(tmp_path):
    for name, article in (("A1.txt", CLEAN), ("a1.txt", PLANTED)):
        (tmp_path / name).write_bytes(raw(article).read_bytes())
    seen = add(tmp_path / "new", tmp_path / "A1.txt", tmp_path / "a1.txt", yes=True)
    assert "the corpus has A1 already" in seen.err
