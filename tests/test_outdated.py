"""What is listed as unanswered and is answered after all."""

from __future__ import annotations

from pathlib import Path

from bot import wiring

FREIGHT = """\
---
id: freight
title: 青岚市说清退货运费谁来出
publisher: 青岚日报
published: 2023-05
---

青岚日报讯（记者甲乙）青岚市消保委说明了退货运费由谁承担：商品有质量问题的，退货的邮费由商家出；无理由退货的运费由消费者自己出。
"""


def test_a_matter_that_an_article_answers_is_named(corpus: Path) -> None:
    assert wiring.outdated_matters(corpus) == []
    (corpus / "articles" / "freight.md").write_text(FREIGHT, encoding="utf-8")
    (matter,) = wiring.outdated_matters(corpus)
    assert matter.missing == "退货运费由谁承担的规定"
    assert (matter.answered, matter.asked) == (3, 3)
    told = str(matter)
    assert told.startswith("退货运费由谁承担的规定: 3 of 3 asks are answered by freight#0: ")
    assert told.endswith("无理由退货的运费由消费者自己出。")


def test_a_corpus_that_lists_nothing_has_nothing_outdated(corpus: Path) -> None:
    (corpus / "asks" / "corpus.toml").unlink()
    assert wiring.outdated_matters(corpus) == []


def test_a_matter_of_which_an_article_answers_the_smaller_part_is_not_named(corpus: Path) -> None:
    (corpus / "articles" / "freight.md").write_text(FREIGHT, encoding="utf-8")
    path = corpus / "asks" / "corpus.toml"
    more = '"退货运费险多少钱", "运费险理赔找哪家保险公司", "快递员的工资是多少", '
    text = path.read_text(encoding="utf-8").replace(
        'asks = ["退货运费谁出"', f'asks = [{more}"退货运费谁出"'
    )
    path.write_text(text, encoding="utf-8")
    assert wiring.outdated_matters(corpus) == []
