from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer.answer import Reason, Remark
from bot.dialogue import wording
from bot.dialogue.wording import Language, Wording
from bot.indexing import read_lexicon
from bot.question.smalltalk import NO_ALARM
from bot.question.trouble import Trouble
from bot.settings import shipped_corpus

INGEST = Path(__file__).parent.parent / "bot/ingest"
TERMINAL = {"editor.py", "stats.py"}
"""Modules whose sentences a terminal alone shows."""
SENTENCE = re.compile(r"[a-z1乾][^\\]* [^\\]+ [^\\]+")
"""Three words and more; a 1 stands for a field."""

WORDS = wording.load()
each = pytest.mark.parametrize("words", WORDS.values(), ids=list(Language))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_language_has_the_same_texts_with_the_same_fields() -> None:
    shapes = [{key: fields(text) for key, text in words.texts.items()} for words in WORDS.values()]
    assert shapes[0] == shapes[1] == shapes[2]


@each
def test_no_text_is_empty(words: Wording) -> None:
    assert all(text.strip() == text and text for text in words.texts.values())


@each
def test_there_is_a_text_for_every_outcome(words: Wording) -> None:
    assert {*Reason, *Remark} - {Remark.COMPARISON} <= set(words.texts)  # two quotes say enough
    assert {f"card_{trouble}" for trouble in Trouble} <= set(words.texts)


@each
def test_there_is_a_text_for_every_class_of_small_talk(words: Wording) -> None:
    classes = set(read_lexicon(shipped_corpus()).smalltalk.values())
    assert classes - {NO_ALARM} <= set(words.texts)


def test_each_text_is_in_its_own_script() -> None:
    hans, hant = WORDS[Language.HANS].texts, WORDS[Language.HANT].texts
    assert hans["missing_part"] != hant["missing_part"]
    assert "没" not in "".join(hant.values())
    assert "沒" not in "".join(hans.values())


def test_fields_are_filled_in() -> None:
    assert WORDS[Language.HANS].say("title", title="{0}") == "《{0}》"


def test_an_unknown_text_or_a_missing_field_is_the_callers_mistake() -> None:
    words = WORDS[Language.HANS]
    with pytest.raises(KeyError):
        words.say("nonsense")
    with pytest.raises(KeyError):
        words.say("title")


def test_what_the_cleaning_says_is_reworded() -> None:
    hant, english = WORDS[Language.HANT], WORDS[Language.EN]
    assert hant.reword("is a copy of a1") == "與庫裡的 a1 是同一篇"
    assert hant.reword("is a copy of {0}") == "與庫裡的 {0} 是同一篇"
    assert english.reword("is a copy of a1") == "it is a copy of a1"
    assert hant.reword("nobody says this") == "nobody says this"
    assert hant.reword("title") == "title"


def test_every_reworded_sentence_is_one_that_the_cleaning_says() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in INGEST.rglob("*.py"))
    systems = {"No space left on device", "Permission denied"}
    for key in WORDS[Language.EN].texts:
        if " " in key:
            parts = [part.strip(" :()") for part in key.split("*")]
            assert all(part in code or part in systems for part in parts), key


def test_what_a_reviewer_is_asked_and_why_a_file_is_refused_is_in_chinese() -> None:
    hans, hant = WORDS[Language.HANS], WORDS[Language.HANT]
    paths = (path for path in INGEST.rglob("*.py") if path.name not in TERMINAL)
    said = {text for path in paths for text in told(path)}
    assert len(said) > 70
    assert {text for text in said if text in (hans.reword(text), hant.reword(text))} == set()


def told(path: Path) -> Iterator[str]:
    """Yield the errors that a module raises, and the sentences that begin a tuple or are called `what`: doubts, as a rule."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        found: list[ast.expr] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "IngestError":
            found = node.args[:1]
        elif isinstance(node, ast.Tuple):
            found = node.elts[:1]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "what":
            found = [node.value]
        elif isinstance(node, ast.Dict):
            found = [key for key in node.keys if key is not None]
        yield from filter(SENTENCE.fullmatch, map(written, found))


def written(node: ast.expr) -> str:
    """Return a text as it stands in the code, with a 1 for each field."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    values = (part.value if isinstance(part, ast.Constant) else 1 for part in parts)
    return "".join(map(str, values))
