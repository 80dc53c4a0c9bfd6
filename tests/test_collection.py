from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import collection
from bot.article import Article, Paragraph, Region
from bot.errors import CorpusError
from tests.tiny import TINY

ARTICLE = TINY["articles/lanqiao.md"]
WHERE = Path("articles/lanqiao.md")


def test_articles_come_ordered_by_id(tiny_corpus: Path) -> None:
    assert [a.id for a in collection.read_articles(tiny_corpus)] == [
        "baita",
        "lanqiao",
        "qinglan",
        "songhe",
    ]


def test_an_article_is_what_its_file_says(tiny_corpus: Path) -> None:
    got = collection.read_article(tiny_corpus / "articles" / "lanqiao.md")
    assert got.title == "蓝桥区打开退货的门"
    assert (got.label, got.publisher, got.editor) == (None, "青岚日报", "戊己")
    assert (got.published, got.event_date) == ("2022-03", None)
    assert got.reporters == ("甲乙",)
    assert got.region == Region(None, "青岚市", "蓝桥区")
    assert got.found_on == "一个转载的网站"
    assert [p.heading for p in got.paragraphs] == [False, True, False, False, False]
    assert got.paragraphs[1] == Paragraph("lanqiao", 1, "把退货的门打开", heading=True)


def test_dates_that_yaml_reads_as_numbers_stay_text(tiny_corpus: Path) -> None:
    articles = {a.id: a for a in collection.read_articles(tiny_corpus)}
    assert articles["qinglan"].published == "2023-09-28"
    assert articles["songhe"].published == "2021"
    assert articles["baita"].event_date == "05-06"


def test_a_missing_folder_is_named_with_the_variable(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="BOT_CORPUS") as caught:
        collection.read_articles(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere" / "articles") in str(caught.value)


def test_a_corpus_without_articles_is_none(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    with pytest.raises(CorpusError, match="holds no article"):
        collection.read_articles(tmp_path)


def front(line: str) -> str:
    """An article with one more line in its front matter, the third."""
    return ARTICLE.replace("id: lanqiao\n", f"id: lanqiao\n{line}\n")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "must begin"),
        ("# 标题\n", 1, "must begin"),
        ("---\nid: lanqiao\n", 1, "not closed"),
        ("---\n---\n甲\n", 2, "no id"),
        ("---\nid: 3\n---\n甲\n", 2, "no id"),
        ("---\n- id\n---\n甲\n", 2, "no id"),
        ("---\nid: ../x\n---\n甲\n", 2, "not an article id"),
        (ARTICLE.replace("id: lanqiao", "id: baita"), 2, "not the file's name"),
        (front("notitle: 甲"), 2, "unknown key 'notitle'"),
        (front("label: [甲]"), 2, "label must be text"),
        (front("label: 3"), 2, "label must be text"),
        (front("label: 甲: 乙"), 3, "front matter"),
        (front('label: "甲'), None, "front matter"),
        (front("label: \x01"), None, "front matter"),
        (front("event_date: 2021-02-30"), None, "front matter"),
        (ARTICLE.replace("[甲乙]", "甲乙"), None, "reporters"),
        (ARTICLE.replace("[甲乙]", "[1]"), None, "reporters"),
        (ARTICLE.replace("[甲乙]", "3"), None, "reporters"),
        (ARTICLE.replace("city: 青岚市", "city: 3"), None, "region"),
        (
            ARTICLE.replace("region:\n  city: 青岚市\n  district: 蓝桥区", "region: 青岚市"),
            2,
            "region",
        ),
        (ARTICLE.replace("蓝桥区推行", " 蓝桥区推行"), 22, "white space"),
        ("---\nid: lanqiao\n---\n\n## 只有标题\n", 6, "holds no paragraph"),
        ("---\nid: lanqiao\n---\n", 4, "holds no paragraph"),
    ],
)
def test_a_broken_article_names_its_file_and_line(
    text: str, line: int | None, problem: str
) -> None:
    with pytest.raises(CorpusError, match=problem) as caught:
        collection.parse_article(text, WHERE)
    assert caught.value.path == WHERE
    if line is not None:
        assert caught.value.line == line
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("甲\n乙\n".encode() + "丙".encode("gbk"))
    with pytest.raises(CorpusError, match="is not UTF-8") as caught:
        collection.read_text(path)
    assert caught.value.line == 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"a\.md"):
        collection.read_text(tmp_path / "a.md")


LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40)
PROSE = LINE.map(str.strip).filter(lambda t: t and not t.startswith("## "))
NAME = st.none() | LINE


@st.composite
def articles(draw: st.DrawFn) -> Article:
    texts = draw(st.lists(st.tuples(PROSE, st.booleans()), min_size=1, max_size=5))
    texts.append((draw(PROSE), False))
    return Article(
        id="a-1_b.c",
        title=draw(NAME),
        publisher=draw(NAME),
        paragraphs=tuple(Paragraph("a-1_b.c", n, t, h) for n, (t, h) in enumerate(texts)),
        label=draw(NAME),
        published=draw(st.sampled_from([None, "2021", "2021-12", "2021-12-21"])),
        event_date=draw(st.sampled_from([None, "11-14", "2021-11-14"])),
        reporters=tuple(draw(st.lists(LINE, max_size=2))),
        editor=draw(NAME),
        region=Region(draw(NAME), draw(NAME), draw(NAME)),
        found_on=draw(NAME),
    )


@given(articles())
def test_what_is_written_is_read_back(article: Article) -> None:
    got = collection.parse_article(collection.render_article(article), Path("a-1_b.c.md"))
    assert dataclasses.asdict(got) == dataclasses.asdict(article)


@pytest.mark.parametrize("name", sorted(TINY))
def test_the_fingerprint_changes_with_every_file(corpus: Path, name: str) -> None:
    before = collection.fingerprint(corpus)
    assert collection.fingerprint(corpus) == before
    with (corpus / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert collection.fingerprint(corpus) != before


def test_the_fingerprint_changes_with_a_name_and_a_file_less(corpus: Path) -> None:
    prints = {collection.fingerprint(corpus)}
    renamed = corpus / "asks" / "other.toml"
    (corpus / "asks" / "baita.toml").rename(renamed)
    prints.add(collection.fingerprint(corpus))
    renamed.unlink()
    prints.add(collection.fingerprint(corpus))
    assert len(prints) == 3


def test_the_raw_files_do_not_change_the_fingerprint(corpus: Path) -> None:
    before = collection.fingerprint(corpus)
    collection.write_file(corpus / "raw" / "new.txt", "甲".encode())
    assert collection.fingerprint(corpus) == before


def test_writing_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.md"
    collection.write_file(path, "旧的内容".encode())
    collection.write_file(path, "新".encode())
    assert path.read_text(encoding="utf-8") == "新"
    assert [p.name for p in path.parent.iterdir()] == ["a.md"]


def test_what_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    (tmp_path / "a.md" / "kept").touch()
    with pytest.raises(CorpusError, match=r"a\.md"):
        collection.write_file(tmp_path / "a.md", b"x")
    (tmp_path / "file").touch()
    with pytest.raises(CorpusError, match="file"):
        collection.write_file(tmp_path / "file" / "a.md", b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "file"]
