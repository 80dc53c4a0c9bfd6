from __future__ import annotations

from pathlib import Path

import pytest

from bot import indexing
from bot.analysis import asks
from bot.analysis.asks import Ask
from bot.errors import CorpusError

TEXT = """\
[[paragraph]]
number = 4

[[paragraph.fact]]
says = "无理由退货单位313家"
kind = "count"
asks = ["有几家", "多少家"]

[[paragraph.silent]]
missing = "单位的名单"
asks = ["有哪些家"]

[[silent]]
missing = "运费"
asks = ["运费谁出"]
"""


def test_the_format() -> None:
    assert asks.parse(TEXT, "a.toml", "a") == [
        Ask("有几家", "a", 4, "无理由退货单位313家", "count"),
        Ask("多少家", "a", 4, "无理由退货单位313家", "count"),
        Ask("有哪些家", "a", 4, None, "", "单位的名单"),
        Ask("运费谁出", None, None, None, "", "运费"),
    ]


def test_an_ask_knows_whether_it_is_answered_and_where() -> None:
    several, _, silent, of_all = asks.parse(TEXT, "a.toml", "a")
    assert (several.answered, several.paragraph_id) == (True, "a#4")
    assert (silent.answered, silent.paragraph_id) == (False, "a#4")
    assert (of_all.answered, of_all.paragraph_id) == (False, None)


def test_an_empty_file_has_none() -> None:
    assert asks.parse("", "a.toml", "a") == []


FACT = '[[paragraph]]\nnumber = 1\n[[paragraph.fact]]\nsays = "甲"\nkind = "count"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[paragraph]]\nnumber = \n", "a.toml:2: not TOML"),
        ('says = "甲\n', "a.toml:1: not TOML"),
        ("[[paragraph]]\n", "a.toml: a table lacks 'number'"),
        ('[[paragraph]]\nnumber = "vier"\n', "a.toml: "),
        ("[paragraph]\nnumber = 1\n", "a.toml: "),
        ("paragraph = 3\n", "a.toml: "),
        (FACT, "a.toml: a table lacks 'asks'"),
        (FACT.replace("count", "number") + "asks = []\n", "a.toml: unknown kind 'number'"),
        (FACT + "asks = 3\n", "a.toml: "),
        (FACT + "asks = [1, 2]\n", "a.toml: "),
        (FACT + 'asks = "有几家"\n', "a.toml: "),
        (FACT.replace('"甲"', "3") + 'asks = ["有几家"]\n', "a.toml: "),
        ('[[silent]]\nasks = ["运费"]\n', "a.toml: a table lacks 'missing'"),
        ('[[silent]]\nmissing = 3\nasks = ["运费"]\n', "a.toml: "),
    ],
)
def test_a_broken_file_is_named(text: str, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        asks.parse(text, "a.toml", "a")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_broken_file_costs_its_own_asks_only(
    corpus: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = indexing.read_asks(corpus)
    broken = corpus / "asks" / "baita.toml"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace('"count"', '"number"', 1), encoding="utf-8"
    )
    left = indexing.read_asks(corpus)
    assert [ask for ask in whole if ask.article_id != "baita"] == left
    assert "baita.toml" in caplog.text
    assert "definition, list" in caplog.text  # which kinds there are
