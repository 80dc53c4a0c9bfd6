from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.sentences import CLAUSE_END, clauses, sentences
from tests.strategies import ANYTHING

PROSE = (
    st.text(st.sampled_from("消费者退货家，。；：！？!?、“”‘’「」（） \n⟦⟧a"), max_size=40)
    | ANYTHING
)


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已有120家。还有8个。", ["已有120家。", "还有8个。"]),
        ("好不好？好！", ["好不好？", "好！"]),
        ("真的？！是的", ["真的？！", "是的"]),
        ("他说：“来吧。”她来了。", ["他说：“来吧。”", "她来了。"]),
        ("请“谈一谈。谈不拢再来。”化解了33件！", ["请“谈一谈。谈不拢再来。”", "化解了33件！"]),
        ("（见上文。）下文。", ["（见上文。）", "下文。"]),
        (" 甲。 乙。 ", ["甲。", "乙。"]),
        ("满意率达99.4%。", ["满意率达99.4%。"]),
        ("没有句号", ["没有句号"]),
        ("“没有关上。后面都算", ["“没有关上。后面都算"]),
        ("", []),
        (" \n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text, sentences(text)) == expected


@given(PROSE)
def test_sentences_cover_the_paragraph_without_overlap(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲已有120家，乙45家；丙8个。", ["甲已有120家", "乙45家", "丙8个"]),
        ("美容、美发，都有", ["美容、美发", "都有"]),
        ("，，甲", ["甲"]),
        ("甲， ，乙。 ", ["甲", "乙"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert cut(text, clauses(text, 0, len(text))) == expected


def test_clauses_of_a_part_keep_the_offsets_of_the_whole() -> None:
    text = "甲，乙。丙，丁。"
    assert cut(text, clauses(text, 4, 8)) == ["丙", "丁"]


@given(PROSE)
def test_clauses_lie_inside_their_sentence_and_hold_no_end(text: str) -> None:
    for start, end in sentences(text):
        at = start
        for a, b in clauses(text, start, end):
            assert at <= a < b <= end
            assert not CLAUSE_END.search(text[a:b].replace("、", ""))
            assert not CLAUSE_END.sub("", text[at:a]).strip()
            at = b
