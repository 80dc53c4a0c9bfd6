"""Asks: the ways people ask for what a paragraph says, and for what it does not say.

Format of `corpus/asks/<article id>.toml`:

    [[paragraph]]
    number = 4

    [[paragraph.fact]]
    says = "无理由退货单位313家"        # a clause of that paragraph, to the letter: the short answer
    kind = "count"
    asks = ["静安寺商圈有多少家无理由退货单位", …]
    english = ["How many shops around Jing'an Temple take returns?", …]   # may be left out, in each table

    [[paragraph.silent]]
    missing = "无理由退货单位的具体名单"  # no article states it; fits into 「没有提到……」
    asks = ["静安寺哪些店可以无理由退货,有名单吗", …]

`corpus/asks/corpus.toml` holds `[[silent]]` tables for the corpus as a whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import CorpusError

KINDS = frozenset([
    "count", "date", "who", "where", "list", "definition", "procedure", "reason", "yesno", "name", "other",
])  # fmt: skip
"""What a clause answers: how many, when, who, where, which ones, what is it, how, why, whether, what is it called."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One known question.

    Args:
        text: The question.
        article_id: The article whose paragraph it is about; None for the corpus as a whole.
        paragraph: That paragraph's number, or None.
        says: The clause that answers it, or None when no article does.
        kind: The kind of answer that `says` gives; "" when nothing answers.
        missing: What no article states; "" when it is answered.
        mandarin: An English question as the glossary reads it; "" for a Chinese one.
        english: Whether the question is in English.
    """

    text: str
    article_id: str | None
    paragraph: int | None
    says: str | None
    kind: str = ""
    missing: str = ""
    mandarin: str = ""
    english: bool = False

    @property
    def plain(self) -> str:
        """The question in Mandarin."""
        return self.mandarin if self.english else self.text

    @property
    def answered(self) -> bool:
        """Whether the corpus answers it."""
        return self.says is not None

    @property
    def paragraph_id(self) -> str | None:
        """Id of the paragraph that it is about."""
        return None if self.article_id is None else f"{self.article_id}#{self.paragraph}"


def parse(text: str, path: object, article_id: str | None) -> list[Ask]:
    """Return the asks in a file's text, in order.

    Args:
        text: The file's content.
        path: What to call the file in an error.
        article_id: The article it belongs to; None for the file of the whole corpus.

    Raises:
        CorpusError: The text is not TOML or does not follow the format.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or _line_in(str(error))
        raise CorpusError(path, line, f"not TOML: {error}") from None
    asks: list[Ask] = []
    try:
        for paragraph in data.get("paragraph", []):
            number = int(paragraph["number"])
            for fact in paragraph.get("fact", []):
                asks += _facts(fact, article_id, number)
            for silent in paragraph.get("silent", []):
                asks += _silent(silent, article_id, number)
        for silent in data.get("silent", []):
            asks += _silent(silent, None, None)
    except KeyError as error:
        raise CorpusError(path, None, f"a table lacks {error}") from None
    except (TypeError, ValueError) as error:
        raise CorpusError(path, None, str(error)) from None
    return asks


def _facts(fact: Mapping[str, Any], article_id: str | None, number: int) -> list[Ask]:
    if fact["kind"] not in KINDS:
        raise ValueError(f"unknown kind {fact['kind']!r}; there are {', '.join(sorted(KINDS))}")
    says = _text(fact["says"])
    return [
        Ask(text, article_id, number, says, fact["kind"], english=english)
        for text, english in _worded(fact)
    ]


def _silent(silent: Mapping[str, Any], article_id: str | None, number: int | None) -> list[Ask]:
    missing = _text(silent["missing"])
    return [
        Ask(text, article_id, number, None, "", missing, english=english)
        for text, english in _worded(silent)
    ]


def _worded(table: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Return a table's questions, each with whether it is in English."""
    texts = [(text, False) for text in _texts(table["asks"])]
    return texts + [(text, True) for text in _texts(table.get("english", []))]


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(f"asks must be a list, not {value!r}")
    return [_text(item) for item in value]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"must be a text: {value!r}")
    return value


def _line_in(message: str) -> int | None:
    """Python before 3.14 tells the line of a TOML fault only inside its message: "(at line 3, column 1)"."""
    _, found, rest = message.partition("at line ")
    return int(rest.partition(",")[0]) if found else None
