from __future__ import annotations

import pytest

from bot.article import Article, Paragraph, Region


def article(*texts: str, title: str | None = None, label: str | None = None) -> Article:
    paragraphs = tuple(
        Paragraph("a", n, t.removeprefix("## "), t.startswith("## ")) for n, t in enumerate(texts)
    )
    return Article("a", title, None, paragraphs, label=label)


def test_a_paragraph_is_named_after_its_article_and_place() -> None:
    assert Paragraph("004_9a2d93a00702709c", 2, "甲").id == "004_9a2d93a00702709c#2"


@pytest.mark.parametrize(
    ("region", "levels"),
    [
        (Region("上海市", "上海市", "静安区"), ("上海市", "静安区")),
        (Region("浙江省", "宁波市", "海曙区"), ("浙江省", "宁波市", "海曙区")),
        (Region(None, "宁波市", None), ("宁波市",)),
        (Region(), ()),
    ],
)
def test_a_region_names_its_known_levels_once(region: Region, levels: tuple[str, ...]) -> None:
    assert region.levels == levels
    assert str(region) == "".join(levels)


@pytest.mark.parametrize(
    "name", ["", "../etc", ".hidden", "a/b", "a b", "静安寺", "a" * 101, "a\n"]
)
def test_an_id_is_a_file_name_and_nothing_else(name: str) -> None:
    with pytest.raises(ValueError, match="not an article id"):
        Article(name, None, None, ())


def test_paragraphs_are_numbered_as_they_stand() -> None:
    with pytest.raises(ValueError, match="not numbered"):
        Article("a", None, None, (Paragraph("a", 1, "甲"),))


def test_the_body_is_what_the_edits_must_give() -> None:
    assert article("甲", "## 乙", "丙").body == "甲\n乙\n丙"


def test_an_article_is_called_by_its_title_else_its_label_else_its_beginning() -> None:
    assert article("正文", title="题", label="签").name == "题"
    assert article("正文", label="签").name == "签"
    assert article("## 小标题", "正文").name == "正文"
    assert article("长" * 31).name == "长" * 30 + "…"
    assert article("长" * 30).name == "长" * 30
