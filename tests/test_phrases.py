from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.phrases import Found, PhraseTable
from tests.strategies import FOLDED

TABLE = PhraseTable({"上海": 1, "上海市": 2, "海口": 3, "who": 4, "no-reason": 5, "%": 6})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("上海市静安区", [Found(0, 3, 2)]),
        ("在上海和上海市", [Found(1, 3, 1), Found(4, 7, 2)]),
        ("上海口碑", [Found(0, 2, 1)]),
        ("海口", [Found(0, 2, 3)]),
        ("the whole", []),
        ("who?", [Found(0, 3, 4)]),
        ("谁who谁", [Found(1, 4, 4)]),
        ("a no-reason b", [Found(2, 11, 5)]),
        ("在上海", [Found(1, 3, 1)]),
        ("99%%", [Found(2, 3, 6), Found(3, 4, 6)]),
        ("", []),
    ],
)
def test_the_longest_phrase_at_each_place(text: str, found: list[Found[int]]) -> None:
    assert TABLE.find(text) == found


def test_an_empty_phrase_is_never_found() -> None:
    assert PhraseTable({"": 1, "上海": 2}).find("在上海") == [Found(1, 3, 2)]


def test_an_empty_table_finds_nothing() -> None:
    assert PhraseTable({}).find("上海") == []


@given(st.dictionaries(FOLDED.filter(bool), st.integers(), max_size=20), FOLDED)
def test_what_is_found_stands_there_and_does_not_overlap(table: dict[str, int], text: str) -> None:
    end = 0
    for found in PhraseTable(table).find(text):
        assert end <= found.start < found.end <= len(text)
        assert table[text[found.start : found.end]] == found.value
        end = found.end


@given(st.dictionaries(FOLDED.filter(bool), st.integers(), max_size=20), FOLDED)
def test_a_longer_phrase_is_never_passed_over(table: dict[str, int], text: str) -> None:
    for found in PhraseTable(table).find(text):
        longer = [p for p in table if len(p) > found.end - found.start]
        for phrase in longer:
            if text.startswith(phrase, found.start):  # then it would have cut a Latin word
                end = found.start + len(phrase)
                edges = text[found.start - 1 : found.start] + text[end : end + 1]
                assert any("a" <= char <= "z" for char in edges)
