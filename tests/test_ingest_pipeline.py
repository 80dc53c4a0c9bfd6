"""The five articles are the golden pages: what cleaning makes of each raw file is what was reviewed."""

from pathlib import Path

import pytest

from bot import collection, edits
from bot.ingest import page, pipeline
from bot.ingest.formats import reader
from bot.ingest.known import Known

CORPUS = Path(__file__).parent.parent / "corpus"
ARTICLES = sorted(path.stem for path in (CORPUS / "articles").glob("*.md"))
CLEAN = (
    (CORPUS / "articles" / "004_9a2d93a00702709c.md").read_text("utf-8").split("---\n")[2].strip()
)


def clean(raw, name, known=()):
    (document,) = reader.documents(f"{name}.txt", raw)
    return pipeline.compared(pipeline.clean(document), Known(known))


def raw_of(name):
    return (CORPUS / "raw" / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", ARTICLES)
def test_cleaning_a_raw_file_gives_the_reviewed_article(name):
    reviewed = collection.read_article(CORPUS / "articles" / f"{name}.md")
    cleaned = clean(raw_of(name), name)
    article = cleaned.article
    assert article is not None
    assert article.paragraphs == reviewed.paragraphs
    for field in (
        "title",
        "publisher",
        "published",
        "event_date",
        "reporters",
        "editor",
        "region",
        "found_on",
    ):
        assert getattr(article, field) == getattr(reviewed, field), field
    path = CORPUS / "edits" / f"{name}.jsonl"
    assert list(cleaned.edits) == edits.parse(path.read_text("utf-8"), path)
    planted = any(edit.kind == "injected" for edit in cleaned.edits)
    sure = "⟦" not in article.body and (article.title or not planted)
    assert cleaned.status == ("accepted" if sure else "needs_review")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_of_a_page_makes_no_difference(encoding):
    name = ARTICLES[0]
    raw = raw_of(name)
    assert clean(raw.decode().encode(encoding), name) == clean(raw, name)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_clean_article_comes_through_untouched(name):
    body = collection.read_article(CORPUS / "articles" / f"{name}.md").body
    body = body.replace("⟦", "").replace("⟧", "")
    cleaned = clean(body.encode(), name)
    assert cleaned.article is not None
    assert (cleaned.status, cleaned.article.body) == ("accepted", body)
    assert {edit.kind for edit in cleaned.edits} <= {"boilerplate"}


@pytest.mark.parametrize("name", ARTICLES)
def test_the_json_says_what_the_article_says(name):
    cleaned = clean(raw_of(name), name)
    said = cleaned.to_json()
    changes = [edits.Edit(**edit) for edit in said["edits"]]
    assert edits.apply(page.decode(raw_of(name)), changes) == "\n".join(said["paragraphs"])
    assert set(said) == {
        "status", "title", "publisher", "reporters", "published", "region", "kind", "paragraphs", "edits", "problems",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "某某公司\n网站首页\n关于我们\n\n友情链接\n• 安徽合肥开展检查\n• 江苏南京发布提示\n",
            "no article",
        ),
        ("The quick brown fox jumps over the lazy dog. " * 20, "not in Chinese"),
        (
            "消費者庁は、新しい制度について説明しました。このサービスは無料で使えます。" * 10,
            "not in Chinese",
        ),
    ],
)
def test_a_page_without_an_article_is_refused(text, why):
    cleaned = clean(text.encode(), "a")
    assert (cleaned.status, cleaned.article, cleaned.edits) == ("refused", None, ())
    assert why in cleaned.problems[0].what


def test_a_copy_of_a_known_article_is_refused_and_says_of_which():
    known = [collection.read_article(CORPUS / "articles" / f"{name}.md") for name in ARTICLES]
    copy = known[3].body.replace("消费", "消費", 2) + "\n责任编辑：某人\n"
    cleaned = clean(copy.encode(), "copy", known)
    assert cleaned.status == "refused"
    assert ARTICLES[3] in cleaned.problems[0].what


def test_a_mark_asks_for_a_review_and_says_where():
    cleaned = clean(raw_of(ARTICLES[1]), "a")
    (problem,) = cleaned.problems
    assert "??" in cleaned.raw[problem.start : problem.end]
