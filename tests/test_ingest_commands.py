import io
import json
import shutil
from pathlib import Path

import pytest

from bot import collection
from bot.errors import CorpusError
from bot.ingest import commands

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "raw").glob("*.txt"))
INJECTED, DOUBTFUL, _, ACCEPTED, _ = NAMES


@pytest.fixture
def corpus(tmp_path):
    """A copy of the corpus's articles, to break."""
    for folder in ("raw", "articles", "edits"):
        shutil.copytree(CORPUS / folder, tmp_path / "corpus" / folder)
    return tmp_path / "corpus"


def raw(name):
    return CORPUS / "raw" / f"{name}.txt"


def add(paths, corpus, yes=True, answers=""):
    out = io.StringIO()
    code = commands.run_add(paths, corpus, yes, io.StringIO(answers), out)
    return code, out.getvalue()


def check(corpus):
    out = io.StringIO()
    return commands.run_check(corpus, out), out.getvalue()


def test_the_corpus_is_proven():
    code, out = check(CORPUS)
    assert (code, out.count("\n")) == (0, 1)


def test_clean_shows_the_article_and_writes_nothing(tmp_path):
    path = tmp_path / "a.txt"
    shutil.copy(raw(INJECTED), path)
    out = io.StringIO()
    assert commands.run_clean(path, False, out) == 0
    assert "[-上海寺商-]" in out.getvalue()
    assert list(tmp_path.iterdir()) == [path]


def test_clean_prints_json(tmp_path):
    out = io.StringIO()
    assert commands.run_clean(raw(ACCEPTED), True, out) == 0
    assert json.loads(out.getvalue())["status"] == "accepted"


def test_a_file_that_is_no_text_is_one_line(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\0\1\2\3" * 99)
    out = io.StringIO()
    assert commands.run_clean(path, True, out) == 1
    assert json.loads(out.getvalue())["status"] == "refused"
    assert capsys.readouterr().err.count("\n") == 1


def test_add_writes_raw_article_and_edits(tmp_path):
    assert add([raw(ACCEPTED)], tmp_path)[0] == 0
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert written == [f"articles/{ACCEPTED}.md", f"edits/{ACCEPTED}.jsonl", f"raw/{ACCEPTED}.txt"]
    assert (tmp_path / "raw" / f"{ACCEPTED}.txt").read_bytes() == raw(ACCEPTED).read_bytes()
    assert check(tmp_path)[0] == 0


def test_yes_leaves_out_what_needs_a_review_and_goes_on(tmp_path, capsys):
    code, _ = add([raw(DOUBTFUL), raw(ACCEPTED)], tmp_path)
    assert code == 1
    assert "needs review" in capsys.readouterr().err
    assert [path.stem for path in (tmp_path / "articles").iterdir()] == [ACCEPTED]


@pytest.mark.parametrize(("answer", "added"), [("y\n", True), ("n\n", False), ("", False)])
def test_without_yes_the_answer_decides(tmp_path, answer, added):
    code, _ = add([raw(DOUBTFUL)], tmp_path, yes=False, answers=answer)
    assert code == 0
    assert (tmp_path / "articles" / f"{DOUBTFUL}.md").exists() == added


def test_what_the_corpus_has_already_is_one_line(corpus, tmp_path, capsys):
    copy = tmp_path / "copy.txt"
    shutil.copy(raw(ACCEPTED), copy)
    assert add([raw(ACCEPTED), copy, tmp_path / "gone.txt", tmp_path / "a.pdf"], corpus)[0] == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert "already" in lines[0]
    assert f"copy of {ACCEPTED}" in lines[1]


def test_nothing_is_half_written(tmp_path, monkeypatch, capsys):
    write = collection.write_file

    def fail_at_the_article(path, content):
        if path.suffix == ".md":
            raise CorpusError(path, None, "No space left on device")
        write(path, content)

    monkeypatch.setattr(collection, "write_file", fail_at_the_article)
    assert add([raw(ACCEPTED)], tmp_path)[0] == 1
    assert "No space" in capsys.readouterr().err
    assert list(tmp_path.rglob("*.*")) == []


def change(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("folder", "suffix", "old", "new", "says"),
    [
        ("articles", ".md", "313家", "331家", r"articles/.*\.md:\d+: paragraph 4"),
        ("articles", ".md", "313家", "⟦313家", r"articles/.*\.md:\d+: a mark"),
        ("articles", ".md", "label: ", "lable: ", r"articles/.*\.md:\d+: unknown key"),
        ("edits", ".jsonl", '"start": 9', '"start": 8', r"edits/.*\.jsonl:1: "),
        ("edits", ".jsonl", '"clean": ""', '"clean": "上"', r"articles/.*\.md:\d+: paragraph 0"),
        ("raw", ".txt", "据介绍", "据了解", r"articles/.*\.md:\d+: paragraph 1"),
    ],
)
def test_every_tampering_is_found_with_its_line(corpus, folder, suffix, old, new, says):
    change(corpus / folder / f"{INJECTED}{suffix}", old, new)
    code, out = check(corpus)
    assert code == 1
    assert __import__("re").search(says, out)


def test_missing_and_stray_files_are_found(corpus):
    (corpus / "raw" / f"{ACCEPTED}.txt").unlink()
    (corpus / "edits" / "other.jsonl").write_text("")
    (corpus / "raw" / "notes.doc").write_text("")
    code, out = check(corpus)
    assert (code, out.count("\n")) == (1, 3)


def test_a_duplicate_is_found(corpus):
    for folder, suffix in (("raw", ".txt"), ("articles", ".md"), ("edits", ".jsonl")):
        shutil.copy(corpus / folder / f"{ACCEPTED}{suffix}", corpus / folder / f"zzz{suffix}")
    change(corpus / "articles" / "zzz.md", f"id: {ACCEPTED}", "id: zzz")
    code, out = check(corpus)
    assert (code, f"is a copy of {ACCEPTED}" in out) == (1, True)
