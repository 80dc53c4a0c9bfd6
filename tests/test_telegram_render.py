from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, MessageEntity

from bot.channel.telegram import render, utf16
from bot.channel.telegram.render import OutgoingMessage
from bot.dialogue.compose import to_traditional
from bot.dialogue.reply import Reply, Shown, Status
from bot.dialogue.wording import Language
from tests.fakes import QUOTE, SOURCE, WORDS, answer, excerpt, refusal

QUOTES = {MessageEntity.BLOCKQUOTE, MessageEntity.EXPANDABLE_BLOCKQUOTE}

PIECES = st.sampled_from(
    [
        "投诉",
        "。",
        "”",
        " ",
        "\n",
        "a",
        "12315",
        "😀",
        "👨‍👩‍👧",
        "🇨🇳",
        "𠮷",
        "\u200b",
        "\u202e",
        "\u3000",
        "é",
        "<b>",
        "&",
    ]
)
ODD_PIECES = PIECES | st.sampled_from(["\ud83d", "\udc00", "\x00", "\r", "\t", "\ufeff", "\ufffc"])


def texts(pieces: st.SearchStrategy[str], longest: int = 40) -> st.SearchStrategy[str]:
    """Texts of any length: short ones as drawn, long ones by repeating them."""
    short = st.lists(pieces, max_size=longest).map("".join)
    return st.tuples(short, st.sampled_from([1, 1, 1, 60, 700])).map(lambda pair: pair[0] * pair[1])


def quotable() -> st.SearchStrategy[str]:
    """Sentences as an article has them: something to be seen, no white space around it."""
    return texts(PIECES).map(lambda text: f"文{text}。")


def marks_in(quote: str, places: list[int]) -> tuple[tuple[int, int], ...]:
    """Marks of a quote, in order and apart."""
    borders = sorted({place % (len(quote) + 1) for place in places})
    return tuple(zip(borders[::2], borders[1::2], strict=False))


def replies(text: st.SearchStrategy[str]) -> st.SearchStrategy[Reply]:
    shown = st.builds(
        lambda quote, before, after, source, places: Shown(
            excerpt(quote, before=before, after=after), source, marks_in(quote, places)
        ),
        quotable(),
        texts(PIECES, 5),
        texts(PIECES, 5),
        text,
        st.lists(st.integers(0, 60_000), max_size=260),
    )
    return st.builds(
        Reply,
        st.sampled_from(Status),
        text,
        text,
        st.lists(shown, max_size=3).map(tuple),
        st.lists(text, max_size=5).map(tuple),
        st.sampled_from(list(WORDS.values())),
    )


def cut_out(message: OutgoingMessage, entity: MessageEntity) -> str:
    units = message.text.encode("utf-16-le")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


def styled(messages: list[OutgoingMessage], *styles: str) -> list[str]:
    return [
        cut_out(message, entity)
        for message in messages
        for entity in message.entities
        if entity.type in styles
    ]


def seen(text: str) -> str:
    """What is left of a text without its white space."""
    return "".join(text.split())


@given(replies(texts(ODD_PIECES)))
def test_every_message_is_one_that_telegram_takes(reply: Reply) -> None:
    for message in render.reply_messages(reply):
        size = len(message.text.encode("utf-16-le")) // 2  # fails on a lone surrogate
        assert 0 < size <= 4096
        assert len(message.entities) <= 100
        assert message.text == message.text.strip()
        assert any(character.isprintable() and character != " " for character in message.text)
        ends = [0]
        for entity in sorted(message.entities, key=lambda entity: (entity.offset, -entity.length)):
            end = entity.offset + entity.length
            assert entity.length > 0
            cut_out(message, entity)  # fails where it parts a surrogate pair
            if entity.type == MessageEntity.BOLD and end <= ends[-1]:
                continue  # a word pointed out in a quote
            assert ends[-1] <= entity.offset
            ends.append(end)
        assert ends[-1] <= size


@given(replies(texts(PIECES)))
def test_splitting_loses_nothing_but_white_space(reply: Reply) -> None:
    got = "".join(seen(message.text) for message in render.reply_messages(reply))
    hant = reply.wording.language is Language.HANT
    wanted = [to_traditional(reply.lead) if hant else reply.lead]
    for shown in reply.excerpts:
        wanted += [shown.excerpt.quote, shown.source]
    wanted.append(reply.message)
    if reply.suggestions:
        wanted.append(reply.wording.say("try_asking"))
    invisible = {"\u200b", "\u202e"}  # a line of these alone is not sent
    assert without(got, invisible) == without(seen("".join(wanted)), invisible)


def without(text: str, dropped: set[str]) -> str:
    return "".join(character for character in text if character not in dropped)


@given(st.lists(quotable(), min_size=1, max_size=3))
@example(["𠮷" * 2048, "😀" * 2047 + "a"])
def test_what_a_quote_entity_marks_is_the_quote(quotes: list[str]) -> None:
    messages = render.reply_messages(answer(*map(excerpt, quotes)))
    marked = styled(messages, MessageEntity.EXPANDABLE_BLOCKQUOTE)
    if all(utf16.length(quote) <= 4096 for quote in quotes):
        assert marked == quotes
    else:
        assert seen("".join(marked)) == seen("".join(quotes))


@given(texts(ODD_PIECES, 200))
def test_units_and_characters_agree(text: str) -> None:
    units = text.encode("utf-16-le", "surrogatepass")
    assert utf16.length(text) == len(units) // 2
    for number in (0, len(text) // 2, len(text)):
        assert utf16.index(text, utf16.length(text[:number])) == number


def test_an_answer_reads_lead_quote_source_remark_suggestions() -> None:
    reply = answer(message="两处原文如下：", suggestions=("那奉贤呢？", "哪个多？"))
    (message,) = render.reply_messages(reply)
    assert message.text == (
        f"无理由退货单位313家\n\n{QUOTE}\n{SOURCE}\n\n两处原文如下：\n\n可以问："
    )
    assert buttons(message) == ["那奉贤呢？", "哪个多？"]
    assert [(entity.type, cut_out(message, entity)) for entity in message.entities] == [
        (MessageEntity.BOLD, "无理由退货单位313家"),
        (MessageEntity.EXPANDABLE_BLOCKQUOTE, QUOTE),
        (MessageEntity.ITALIC, SOURCE),
    ]


def test_a_refusal_is_its_message_and_what_to_ask_instead() -> None:
    (message,) = render.reply_messages(refusal("没有提到北京。", "那奉贤呢？"))
    assert message.text == "没有提到北京。\n\n可以问："
    assert buttons(message) == ["那奉贤呢？"]


def test_the_words_of_the_question_are_bold_in_the_untouched_quote() -> None:
    quote = "😀退货单位有" + "长" * 4100 + "退货。"
    marks = ((1, 3), (4106, 4108))
    reply = answer(excerpt(quote))
    shown = dataclasses.replace(reply.excerpts[0], marks=marks)
    messages = render.reply_messages(dataclasses.replace(reply, excerpts=(shown,), lead=""))
    assert styled(messages, MessageEntity.BOLD) == ["退货", "退货"]
    assert "".join(styled(messages, MessageEntity.EXPANDABLE_BLOCKQUOTE)) == quote


def test_a_quote_that_does_not_fit_any_more_goes_whole_to_the_next_message() -> None:
    first, second = "甲" * 2500 + "。", "乙" * 2500 + "。"
    messages = render.reply_messages(answer(excerpt(first), excerpt(second)))
    assert styled(messages, MessageEntity.EXPANDABLE_BLOCKQUOTE) == [first, second]
    assert [message.text[0] for message in messages] == ["无", "乙"]


def test_a_quote_longer_than_a_message_is_cut_behind_a_sentence() -> None:
    sentence = "消费者可以拨打电话投诉。"
    messages = render.reply_messages(answer(excerpt(sentence * 500)))
    marked = styled(messages, MessageEntity.EXPANDABLE_BLOCKQUOTE)
    assert "".join(marked) == sentence * 500
    assert all(part.endswith("。") for part in marked)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("a" * 4096, [4096]),
        ("a" * 4097, [4096, 1]),
        ("😀" * 2048, [4096]),
        ("a" + "😀" * 2048, [4095, 2]),  # half of the last one would fit
        ("a" * 4096 + "\u200b" * 10, [4096]),  # a message of these alone would be refused as empty
    ],
    ids=["full", "one over", "full of pairs", "half a pair over", "nothing visible over"],
)
def test_a_message_is_filled_to_the_limit_and_not_beyond(text: str, sizes: list[int]) -> None:
    assert [utf16.length(message.text) for message in render.text_messages(text)] == sizes


def test_the_buttons_stand_under_the_last_message() -> None:
    messages = render.reply_messages(refusal("没有。" * 2000, "那奉贤呢？", "\u200b"))
    assert len(messages) > 1
    assert [buttons(message) for message in messages[:-1]] == [[]] * (len(messages) - 1)
    assert buttons(messages[-1]) == ["那奉贤呢？"]  # a blank label would have the message refused


@given(st.lists(texts(ODD_PIECES, 200), min_size=1, max_size=3))
def test_a_buttons_data_fits_whatever_the_question(questions: list[str]) -> None:
    for message in render.reply_messages(refusal("没有。", *questions)):
        for button in pressable(message):
            assert 1 <= len(str(button.callback_data).encode()) <= 64
            assert button.text.encode().strip()


def pressable(message: OutgoingMessage) -> list[InlineKeyboardButton]:
    rows = message.keyboard.inline_keyboard if message.keyboard else ()
    return [button for row in rows for button in row]


def buttons(message: OutgoingMessage) -> list[str]:
    return [button.text for button in pressable(message)]


def test_a_reply_that_shows_nothing_gives_no_message() -> None:
    assert render.reply_messages(refusal("\u200b\ufeff \u2800")) == []


@pytest.mark.parametrize("text", ["a\n\nb\nc", "你好。\n\n可以问：\n哪里投诉？"])
def test_a_plain_text_keeps_its_lines(text: str) -> None:
    assert render.text_messages(text) == [OutgoingMessage(text)]
