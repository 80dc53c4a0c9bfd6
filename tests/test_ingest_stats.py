"""The counts of the shipped corpus, counted once more in another way."""

import io
import json
import re
import tomllib
from collections import Counter

import pytest
import yaml

from bot.errors import CorpusError
from bot.ingest import commands, stats
from bot.ingest.screen import Screen
from tests.reviewer import CORPUS, NAMES, UNCERTAIN, Reviewer, add, raw

MARK = re.compile("⟦([^⟧]*)⟧")


@pytest.fixture(scope="module")
def counted():
    reviewer = Reviewer()
    seen = reviewer.seen(commands.run_stats(CORPUS, reviewer.screen, as_json=True))
    assert (seen.status, seen.err, seen.out.count("\n")) == (0, "", 1)
    return json.loads(seen.out)


@pytest.fixture(scope="module")
def written():
    """Front matter and lines of each article's file."""
    found = {}
    for name in NAMES:
        _, front, body = (CORPUS / "articles" / f"{name}.md").read_text("utf-8").split("---\n", 2)
        found[name] = yaml.safe_load(front), [line for line in body.split("\n") if line]
    return found


def test_paragraphs_headings_and_characters(counted, written):
    lines = [line for _, body in written.values() for line in body]
    headings = [line for line in lines if line.startswith("## ")]
    assert (counted["articles"], counted["headings"]) == (5, len(headings))
    assert counted["paragraphs"] == len(lines) - len(headings)
    assert counted["characters"] == sum(map(len, lines)) - len("## ") * len(headings)


def test_metadata(counted, written):
    fronts = [front for front, _ in written.values()]
    assert counted["titled"] == sum(front["title"] is not None for front in fronts) == 2
    assert counted["publishers"] == {"中国消费者报": 5}
    assert counted["published"] == counted["precision"] == {"unknown": 5}
    assert counted["event_dates"] == Counter(str(f["event_date"] or "unknown") for f in fronts)
    assert counted["places"]["上海市"] == 4
    assert counted["places"]["浙江省 宁波市 海曙区"] == 1
    assert counted["formats"] == {".txt": 5}


def test_years_are_counted_once_an_article(counted, written):
    bodies = ["".join(body) for _, body in written.values()]
    for year, count in counted["years"].items():
        assert count == sum(f"{year}年" in body for body in bodies)
    assert "2015" in counted["years"]


def test_what_is_never_quoted(counted, written):
    marked = {
        f"{name}#{number}": sum(map(len, MARK.findall(line)))
        for name, (_, body) in written.items()
        for number, line in enumerate(body)
        if MARK.search(line)
    }
    assert {name: row["characters"] for name, row in counted["marked"].items()} == marked
    (row,) = counted["marked"].values()
    (sentence,) = row["sentences"]
    assert sentence.startswith("2015年，消保科先行先试，⟦在⟧")


def test_asks(counted):
    for name in NAMES:
        data = tomllib.loads((CORPUS / "asks" / f"{name}.toml").read_text("utf-8"))
        facts = [fact for p in data["paragraph"] for fact in p.get("fact", ())]
        silent = [gap for p in data["paragraph"] for gap in p.get("silent", ())]
        answered, unanswered = (
            sum(len(x["asks"]) + len(x.get("english", ())) for x in rows)
            for rows in (facts, silent)
        )
        assert counted["asks"][name] == {"answered": answered, "unanswered": unanswered}
    assert counted["asks"]["(whole corpus)"]["answered"] == 0
    assert counted["unasked"] == []


def test_edits_by_kind(counted):
    rows = [
        json.loads(line)
        for path in (CORPUS / "edits").glob("*.jsonl")
        for line in path.read_text("utf-8").split("\n")[:-1]
    ]
    assert set(counted["edits"]) == {row["kind"] for row in rows}
    for kind, counts in counted["edits"].items():
        mine = [row for row in rows if row["kind"] == kind]
        assert counts == {
            "edits": len(mine),
            "removed": sum(row["end"] - row["start"] for row in mine),
            "written": sum(len(row["clean"]) for row in mine),
        }


def test_a_pipe_gets_columns_and_a_terminal_tables():
    reviewer = Reviewer()
    out = reviewer.seen(commands.run_stats(CORPUS, reviewer.screen, as_json=False)).out
    assert "\x1b" not in out
    assert re.search(r"^articles +5$", out, re.MULTILINE)
    assert re.search(r"^\(whole corpus\) +0 +[\d,]+$", out, re.MULTILINE)

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    shown = Terminal()
    stats.show(stats.count(CORPUS), Screen(Terminal(), shown, Terminal(), {}))
    assert "┃" in shown.getvalue()
    assert "(whole corpus)" in shown.getvalue()


def test_paragraphs_without_asks_and_fields_that_are_known(tmp_path):
    corpus = tmp_path / "new"
    add(corpus, raw(UNCERTAIN), answers=("a", "published = 2021-12", "y"))
    found = stats.count(corpus)
    assert (found.published, found.precision) == ({"2021-12": 1}, {"month": 1})
    assert found.unasked[0] == f"{UNCERTAIN}#0"
    assert len(found.unasked) == found.paragraphs
    assert found.asks == {UNCERTAIN: (0, 0)}


def test_an_empty_corpus_and_a_missing_file_are_named(tmp_path):
    with pytest.raises(CorpusError, match="articles: "):
        stats.count(tmp_path)
    add(tmp_path / "new", raw(UNCERTAIN), answers=("a", "y"))
    (tmp_path / "new" / "edits" / f"{UNCERTAIN}.jsonl").unlink()
    with pytest.raises(CorpusError, match=f"{UNCERTAIN}.jsonl: No such file"):
        stats.count(tmp_path / "new")
