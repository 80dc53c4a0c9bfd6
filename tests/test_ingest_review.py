"""The review as a person meets it: question by question, through a pipe and on a terminal."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ingest.pipeline import Problem
from tests.reviewer import (
    CLEAN,
    PLANTED,
    UNCERTAIN,
    Reviewer,
    add,
    added,
    cleaned,
    editor,
    files,
    raw,
)

PLACE = "2015年，消保科先行先试，⟦在⟧上海市率先推行“诉求处置一体化改革”"


@pytest.fixture
def corpus(tmp_path):
    return tmp_path / "new"


@pytest.fixture(autouse=True)
def cleaned_once(monkeypatch):
    """The cleaning is not what is tested here, and always gives the same."""
    monkeypatch.setattr("bot.ingest.pipeline.clean", lambda document: cleaned(document.id))


def test_the_question_shows_its_place_raw_and_clean(corpus):
    seen = add(corpus, raw(UNCERTAIN), answers=("q",))
    assert "1/1 not restored with certainty\n" in seen.out
    assert "⏎2015年,消»??葡刃邢仍嚕谏虾J新氏韧菩小霸V«求處置" in seen.out
    assert "消»保科先行先试，⟦在⟧上海市率先推行“诉«求处置" in seen.out
    assert (
        "[a]ccept [m]ark [e]dit [l]eave raw, [b]ack [v]iew all [s]kip the file [q]uit>" in seen.out
    )


def test_accepted(corpus):
    assert add(corpus, raw(UNCERTAIN), answers=("a", "y")).status == 0
    assert added(corpus) == cleaned(UNCERTAIN).article


def test_marked(corpus):
    assert add(corpus, raw(UNCERTAIN), answers=("M", "y")).status == 0
    assert "消⟦保科先行先试，在上海市率先推行“诉⟧求处置" in added(corpus).body


def test_left_as_it_was(corpus):
    assert add(corpus, raw(UNCERTAIN), answers=("l", "y")).status == 0
    assert "消??葡刃邢仍嚕谏虾J新氏韧菩小霸V求处置" in added(corpus).body


def test_edited(corpus, tmp_path):
    reviewer = Reviewer("e", "y", editor=editor(tmp_path, "text = text.replace('⟦在⟧', '在')"))
    assert reviewer.add(corpus, raw(UNCERTAIN)).status == 0
    assert PLACE.replace("⟦在⟧", "在") in added(corpus).body
    assert '"kind": "review"' in (corpus / "edits" / f"{UNCERTAIN}.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("pass", "nothing was changed"),
        ("sys.exit(3)", "failed with status 3"),
        ("text = text.replace('⟦', '')", "a mark ⟦…⟧ is empty, open"),
        ("path.write_bytes(b'\\xff'); sys.exit(0)", "what the editor left is not UTF-8"),
        ("path.unlink(); sys.exit(0)", "No such file"),
    ],
)
def test_an_edit_that_comes_to_nothing_is_asked_again(corpus, tmp_path, lines, says):
    reviewer = Reviewer("e", "a", "y", editor=editor(tmp_path, lines))
    seen = reviewer.add(corpus, raw(UNCERTAIN))
    assert (seen.status, says in seen.out, seen.out.count("1/1 ")) == (0, True, 2)
    assert added(corpus) == cleaned(UNCERTAIN).article


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("", "no editor is set: VISUAL or EDITOR must name one"),
        ("/nowhere/vi -x", "the editor '/nowhere/vi': No such file"),
        ("vi 'open", "cannot be read"),
    ],
)
def test_without_an_editor_the_rest_still_works(corpus, named, says):
    seen = Reviewer("e", "a", "y", editor=named).add(corpus, raw(UNCERTAIN))
    assert (seen.status, says in seen.out) == (0, True)


def test_the_editor_s_file_is_private_and_removed(corpus, tmp_path):
    seen = tmp_path / "seen"
    lines = (
        f"Path({str(seen)!r}).write_text(f'{{path}}\\n{{path.stat().st_mode & 0o777:o}}')\n"
        "path.with_name(path.name + '~').write_text(text)"
    )
    Reviewer("e", "q", editor=editor(tmp_path, lines)).add(corpus, raw(UNCERTAIN))
    name, mode = seen.read_text().split("\n")
    assert mode == "600"
    assert not [
        path for path in Path(name).parent.iterdir() if path.name.startswith(Path(name).name)
    ]


def test_back_takes_the_last_answer_back(corpus, monkeypatch):
    whole = cleaned(PLANTED)
    place = whole.raw.index("据介绍")
    second = Problem("and this", place, place + 3)
    asked = replace(whole, problems=(*whole.problems, second))
    monkeypatch.setattr("bot.ingest.pipeline.clean", lambda document: asked)
    seen = add(
        corpus, raw(PLANTED), answers=("b", "m", "b", "a", "m", "b", "l", "b", "a", "b", "a", "y")
    )
    assert seen.status == 0
    assert [line[:3] for line in seen.out.splitlines() if re.match(r"\d/2 ", line)] == [
        "1/2", "1/2", "2/2", "1/2", "2/2", "2/2", "2/2", "2/2",
    ]  # fmt: skip
    assert added(corpus, PLANTED) == cleaned(PLANTED).article


def test_view_shows_every_change_so_far(corpus):
    seen = add(corpus, raw(UNCERTAIN), answers=("v", "q"))
    assert seen.out.count("中[-國-]{+国+}[-(guó)-]消[-費-]{+费+}") == 2


@pytest.mark.parametrize(
    "answers", [("s",), ("q",), (), ("a",), ("a", "n"), ("a", ""), ("a", "q"), ("a", "s")]
)
def test_without_a_yes_nothing_is_written(corpus, answers):
    seen = add(corpus, raw(UNCERTAIN), answers=answers)
    assert (seen.status, files(corpus)) == (1, {})
    assert f"{UNCERTAIN}.txt: not added\n" in seen.out
    assert seen.out.endswith("added 0, for review 0, refused 0, not added 1\n")


def test_skipping_goes_on_with_the_next_file(corpus):
    seen = add(corpus, raw(UNCERTAIN), raw(CLEAN), answers=("s", "y"))
    assert seen.out.endswith("added 1, for review 0, refused 0, not added 1\n")
    assert "file 2 of 2\n" in seen.out
    assert next(iter(files(corpus))) == f"articles/{CLEAN}.md"


def test_an_answer_that_is_none_is_explained_and_asked_again(corpus):
    seen = add(corpus, raw(UNCERTAIN), answers=("x", "", "add", "a", "y"))
    assert (seen.status, seen.out.count("answer with a letter: a: accept")) == (0, 3)


def test_fields_are_typed_before_it_is_added(corpus):
    typed = ("title =  静安的 商圈", "reporters = 甲， 乙", "published = 2021-12-32", "published=2021",
             "event_date = 02-30", "event_date = -", "colour = red", "title", "b", "a", "y")  # fmt: skip
    seen = add(corpus, raw(UNCERTAIN), answers=("a", *typed))
    assert (
        "'2021-12-32' is not a date: 2021, 2021-12 or 2021-12-21, as far as it is known" in seen.out
    )
    assert "'02-30' is not a day: 12-21, or 2021-12-21 where the year is known" in seen.out
    assert seen.out.count("fields are title, label, publisher") == 2
    assert seen.status == 0
    article = added(corpus)
    # Going back to the last question takes back what was answered there, and no field.
    assert (article.title, article.event_date) == ("静安的 商圈", None)


def test_fields_that_were_typed_are_kept(corpus):
    typed = ("title =  静安的 商圈", "reporters = 甲， 乙", "published=2021", "event_date = -",
             "title = \x1b[2J", "y")  # fmt: skip
    seen = add(corpus, raw(UNCERTAIN), answers=("a", *typed))
    assert (seen.status, r"cannot be seen: '\x1b[2J'" in seen.out) == (0, True)
    article = added(corpus)
    assert (article.title, article.reporters) == ("静安的 商圈", ("甲", "乙"))
    assert (article.published, article.event_date) == ("2021", None)


def doubted(monkeypatch, name, what, start=0, end=0):
    """Has the cleaning ask about a place of an article that it is sure of."""
    found = cleaned(name)
    problem = Problem(what, start, end)
    asked = replace(found, status="needs_review", problems=(problem,))
    monkeypatch.setattr("bot.ingest.pipeline.clean", lambda document: asked)


def test_what_was_left_out_can_be_taken_in(corpus, monkeypatch):
    left = next(e for e in cleaned(CLEAN).edits if e.kind == "boilerplate" and "酷洛" in e.raw)
    doubted(monkeypatch, CLEAN, "is this of the article?", left.start, left.end)
    seen = add(corpus, raw(CLEAN), answers=("t", "y"))
    assert "  clean (left out)\n[a]ccept [t]ake it in [e]dit [l]eave raw," in seen.out
    assert "酷洛" in added(corpus, CLEAN).paragraphs[0].text


def test_what_was_left_out_can_be_edited_in(corpus, monkeypatch, tmp_path):
    left = next(e for e in cleaned(CLEAN).edits if e.kind == "boilerplate" and "酷洛" in e.raw)
    doubted(monkeypatch, CLEAN, "is this of the article?", left.start, left.end)
    reviewer = Reviewer("e", "y", editor=editor(tmp_path, "text = '## 小标题\\n第一段。'"))
    assert reviewer.add(corpus, raw(CLEAN)).status == 0
    heading, first = added(corpus, CLEAN).paragraphs[:2]
    assert (heading.text, heading.heading, first.text) == ("小标题", True, "第一段。")


@pytest.mark.parametrize(
    ("answers", "published"),
    [(("a",), None), (("2021-12",), "2021-12"), (("soon", "-"), None), (("2021", "b", "a"), None)],
)
def test_a_question_about_a_field_takes_its_value(corpus, monkeypatch, answers, published):
    doubted(monkeypatch, CLEAN, "published: two dates are given")
    seen = add(corpus, raw(CLEAN), answers=(*answers, "y"))
    assert "a value, - for none, [a]ccept, [b]ack" in seen.out
    assert ("is not a date" in seen.out) == ("soon" in answers)
    assert added(corpus, CLEAN).published == published
