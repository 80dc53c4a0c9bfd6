"""The corpus commands: what they print, which status they give, and what the check finds."""

import json
import re
import shutil

import pytest

from bot.ingest import commands
from tests.reviewer import CLEAN, CORPUS, NAMES, PLANTED, UNCERTAIN, Reviewer, add, check, raw


@pytest.fixture
def corpus(tmp_path):
    """A copy of the corpus's articles, to break."""
    for folder in ("raw", "articles", "edits"):
        shutil.copytree(CORPUS / folder, tmp_path / "corpus" / folder)
    return tmp_path / "corpus"


def clean(path, corpus=None, as_json=False):
    reviewer = Reviewer()
    return reviewer.seen(commands.run_clean(path, corpus, reviewer.screen, as_json=as_json))


def test_the_corpus_is_proven():
    seen = check(CORPUS)
    assert (seen.status, seen.out.count("\n"), seen.err) == (0, 1, "")


def test_clean_shows_the_article_and_writes_nothing(tmp_path):
    path = tmp_path / "a.txt"
    shutil.copy(raw(PLANTED), path)
    seen = clean(path)
    assert (seen.status, seen.err) == (0, "")
    assert seen.out.startswith("a.txt: needs_review\n")
    assert "[-上海寺商-]" in seen.out
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", NAMES)
def test_clean_prints_an_article_a_line_as_json(name):
    seen = clean(raw(name), as_json=True)
    assert seen.out.count("\n") == 1
    found = json.loads(seen.out)
    status = "needs_review" if name in (PLANTED, UNCERTAIN) else "accepted"
    assert (seen.status, found["status"], bool(found["problems"])) == (
        0, status, status != "accepted",
    )  # fmt: skip


def test_clean_names_the_article_that_a_page_is_a_copy_of(tmp_path):
    copy = tmp_path / "copy.txt"
    shutil.copy(raw(CLEAN), copy)
    found = json.loads(clean(copy, CORPUS, as_json=True).out)
    assert (found["status"], found["problems"][0]["what"]) == ("refused", f"is a copy of {CLEAN}")


@pytest.mark.parametrize("content", [b"\0\1\2\3" * 99, b"", None])
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, content):
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    seen = clean(path, as_json=True)
    assert (seen.status, json.loads(seen.out)["status"]) == (1, "refused")
    assert seen.err.count("\n") == 1
    assert "a.txt: " in seen.err


def test_nothing_in_a_name_steers_the_terminal(tmp_path):
    path = tmp_path / "a\x1b[2Jb\nc.txt"
    path.write_bytes(b"")
    seen = clean(path)
    assert "\x1b" not in seen.err
    assert seen.err.count("\n") == 1


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
    change(corpus / folder / f"{PLANTED}{suffix}", old, new)
    seen = check(corpus)
    assert seen.status == 1
    assert re.search(says, seen.out)


def test_missing_and_stray_files_are_found(corpus):
    (corpus / "raw" / f"{CLEAN}.txt").unlink()
    (corpus / "edits" / "other.jsonl").write_text("")
    (corpus / "raw" / "notes.doc").write_text("")
    seen = check(corpus)
    assert (seen.status, seen.out.count("\n")) == (1, 3)


@pytest.mark.parametrize("suffix", [".pdf", ".html"])
def test_two_originals_and_an_original_that_was_read_otherwise(corpus, suffix):
    (corpus / "raw" / f"{CLEAN}{suffix}").write_bytes(b"%PDF-1.7")
    # A PDF stands beside the text that was taken out of it; two pages do not stand side by side.
    assert check(corpus).status == (0 if suffix == ".pdf" else 1)
    (corpus / "raw" / f"{CLEAN}.docx").write_bytes(b"PK")
    assert (check(corpus).status, "only one of these" in check(corpus).out) == (1, True)


def test_a_derived_original_without_its_text_is_found(corpus):
    path = corpus / "raw" / f"{CLEAN}.txt"
    path.rename(path.with_suffix(".pdf"))
    seen = check(corpus)
    assert (seen.status, f"stands without {CLEAN}.txt" in seen.out) == (1, True)


def test_a_duplicate_is_found(corpus):
    for folder, suffix in (("raw", ".txt"), ("articles", ".md"), ("edits", ".jsonl")):
        shutil.copy(corpus / folder / f"{CLEAN}{suffix}", corpus / folder / f"zzz{suffix}")
    change(corpus / "articles" / "zzz.md", f"id: {CLEAN}", "id: zzz")
    seen = check(corpus)
    assert (seen.status, f"is a copy of {CLEAN}" in seen.out) == (1, True)


def test_paragraphs_without_asks_are_a_note_and_no_fault(tmp_path):
    add(tmp_path / "new", raw(CLEAN), yes=True)
    seen = check(tmp_path / "new")
    assert seen.status == 0
    assert f"note: no ask is answered by paragraph {CLEAN}#0\n" in seen.out
