from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel import json_lines
from bot.dialogue.compose import to_traditional
from bot.dialogue.turn import Dialogue
from bot.dialogue.wording import Language
from tests.strategies import ANYTHING, TYPED

ASKED = "蓝桥区有多少家无理由退货单位？"
FIELDS = ["id", "question", "status", "lead", "message", "citations", "suggestions", "elapsed_ms"]


async def answers(
    dialogue: Dialogue, *lines: str | dict[str, Any], language: Language | None = None
) -> list[dict[str, Any]]:
    """What comes out for lines that go in; an object is written as JSON."""
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    stdout = io.StringIO()
    stdin = io.StringIO("\n".join(written))
    await json_lines.answer_lines(dialogue, stdin, stdout, language)
    return [json.loads(line) for line in stdout.getvalue().split("\n")[:-1]]


async def test_an_answer_has_every_field(dialogue: Dialogue) -> None:
    (got,) = await answers(dialogue, {"id": "q1", "question": ASKED})
    assert list(got) == FIELDS
    assert got.pop("elapsed_ms") >= 0
    quote = "截至2022年2月，蓝桥区无理由退货单位已有120家，放心消费单位45家。"
    assert got["citations"][0] == {
        "article": "lanqiao",
        "title": "蓝桥区打开退货的门",
        "label": None,
        "publisher": "青岚日报",
        "published": "2022-03",
        "region": "青岚市蓝桥区",
        "paragraph": 2,
        "start": 0,
        "end": len(quote),
        "quote": quote,
    }
    assert got["id"] == "q1"
    assert got["question"] == ASKED
    assert got["status"] == "answered"
    assert "蓝桥区无理由退货单位已有120家" in got["lead"]


async def test_a_refusal_cites_nothing(dialogue: Dialogue) -> None:
    (got,) = await answers(dialogue, {"id": 1, "question": "虹口有几家？"})
    assert (got["status"], got["lead"], got["citations"]) == ("refused", "", [])
    assert "虹口" in got["message"]


async def test_lines_with_one_chat_share_a_conversation(dialogue: Dialogue) -> None:
    got = await answers(
        dialogue,
        {"id": 1, "question": ASKED, "chat": "shared"},
        {"id": 2, "question": "那白塔呢？", "chat": "shared"},
        {"id": 3, "question": "那白塔呢？"},
        {"id": 4, "question": "那白塔呢？", "chat": "another"},
    )
    assert [one["id"] for one in got] == [1, 2, 3, 4]
    assert "90家" in got[1]["lead"]
    assert [one["status"] for one in got[2:]] == ["refused", "refused"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "not JSON"),
        ("静安寺有多少家", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("1" * 5000, "not JSON"),
        ("[]", "not an object"),
        ("null", "not an object"),
        ("{}", "question"),
        ('{"question": 3}', "question"),
        ('{"question": null}', "question"),
        ('{"question": "几家", "id": []}', "id"),
        ('{"question": "几家", "chat": {}}', "chat"),
    ],
)
async def test_a_bad_line_is_told_and_the_rest_goes_on(
    dialogue: Dialogue, line: str, error: str
) -> None:
    bad, good = await answers(dialogue, line, {"id": "after", "question": "你好"})
    assert set(bad) == {"id", "error"}
    assert bad["id"] is None
    assert error in bad["error"]
    assert (good["id"], good["status"]) == ("after", "smalltalk")


async def test_empty_lines_are_passed_over(dialogue: Dialogue) -> None:
    assert await answers(dialogue, "", "   ", "\r") == []


@pytest.mark.parametrize("asked", [0, "", "零", -1])
async def test_an_id_is_given_back_as_it_came(dialogue: Dialogue, asked: str | int) -> None:
    (got,) = await answers(dialogue, {"id": asked, "question": "你好"})
    assert got["id"] == asked
    (without,) = await answers(dialogue, {"question": "你好"})
    assert without["id"] is None


async def test_traditional_is_wanted_of_all_but_the_quotes(dialogue: Dialogue) -> None:
    plain, got = [
        (await answers(dialogue, {"question": ASKED}, language=language))[0]
        for language in (None, Language.HANT)
    ]
    assert got["lead"] == to_traditional(plain["lead"]) != plain["lead"]
    assert got["citations"][0]["title"] == "藍橋區打開退貨的門"
    assert got["citations"][0]["quote"] == plain["citations"][0]["quote"]
    (refused,) = await answers(dialogue, {"question": "虹口有几家"}, language=Language.HANT)
    assert "沒有提到" in refused["message"]


async def test_each_answer_is_flushed_before_the_next_line_is_read(dialogue: Dialogue) -> None:
    seen: list[str] = []

    class Out(io.StringIO):
        def flush(self) -> None:
            seen.append(self.getvalue())

    out = Out()
    read = iter(['{"question": "你好"}\n', '{"question": "谢谢"}\n', ""])

    class In(io.StringIO):
        def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
            seen.append("read")
            return next(read)

    await json_lines.answer_lines(dialogue, In(), out)
    assert [one if one == "read" else one.count("\n") for one in seen] == [
        "read",
        1,
        "read",
        2,
        "read",
    ]


@given(ANYTHING | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps))
def test_a_line_is_an_object_with_a_question_or_a_value_error(line: str) -> None:
    try:
        got = json_lines.read_line(line)
    except ValueError as error:
        assert str(error)
        assert "\n" not in str(error)
    else:
        assert isinstance(got["question"], str)


KEYS = st.sampled_from(["id", "question", "chat", "other"])
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING | st.lists(ANYTHING)


@given(st.dictionaries(KEYS, VALUES))
def test_whatever_the_fields_hold(fields: dict[str, Any]) -> None:
    try:
        got = json_lines.read_line(json.dumps(fields))
    except ValueError as error:
        assert str(error).partition(":")[0] in fields or "question" not in fields
    else:
        assert isinstance(got["question"], str)
        assert isinstance(got.get("chat"), str | int | None)


@given(text=TYPED)
async def test_what_comes_out_is_one_line_of_utf8_json(dialogue: Dialogue, text: str) -> None:
    (got,) = await answers(dialogue, {"id": text, "question": text})
    assert (got["id"], got["question"]) == (text, text)


@given(st.dictionaries(ANYTHING, ANYTHING))
def test_any_object_is_one_line_that_can_be_encoded(result: dict[str, str]) -> None:
    line = json_lines.dump(result)
    line.encode()
    assert "\n" not in line
    assert json.loads(line) == result
