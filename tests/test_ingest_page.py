import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import IngestError
from bot.ingest import page

SIMPLIFIED = "中国消费者报上海讯（记者刘浩）放心消费与人们的衣食住行息息相关。\n第二段。\n"
TRADITIONAL = "中國消費者報上海訊，放心消費與人們的衣食住行息息相關。\n第二段。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_simplified_text_is_read_in_every_encoding(encoding):
    assert page.decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize(
    "encoding", ["utf-8", "big5", "cp950", "big5hkscs", "gb18030", "utf-16", "utf-16-be"]
)
def test_traditional_text_is_read_in_every_encoding(encoding):
    assert page.decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_characters_of_hong_kong_are_read():
    text = "啲嘢喺度嘅，佢哋話唔使擔心，消費者委員會嚟處理投訴。"
    assert page.decoded(text.encode("big5hkscs")) == (text, "big5hkscs", ())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("text", ["短", "中国", "消费者投诉"])
def test_a_few_characters_are_read_in_every_encoding(text, encoding):
    assert page.decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_none_of_the_text(mark, encoding):
    found = page.decoded(mark + SIMPLIFIED.encode(encoding), "gb2312")
    assert found == (SIMPLIFIED, encoding, ())


def test_a_mark_that_lies_is_refused():
    with pytest.raises(IngestError, match="begins as utf-8"):
        page.decoded(codecs.BOM_UTF8 + SIMPLIFIED.encode("gb18030"))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "big5"),
    ],
)
def test_a_page_that_was_cut_off_in_a_character_is_read_up_to_it(text, encoding):
    whole = text.rstrip()
    found = page.decoded((whole + "息").encode(encoding)[:-1])
    assert found.text == whole + "\ufffd"
    assert found.broken == (len(whole),)
    assert [problem[1:] for problem in found.problems] == [(len(whole), len(whole) + 1)]


@pytest.mark.parametrize(
    ("text", "encoding"), [(SIMPLIFIED, "utf-8"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5")]
)
def test_a_broken_byte_stands_as_a_replacement_character(text, encoding):
    raw = bytearray((text * 20).encode(encoding))
    raw[101] = 0xFF
    found = page.decoded(bytes(raw))
    assert found.text[:30] == text[:30]
    assert found.text[-500:] == (text * 20)[-500:]
    assert found.broken and all(found.text[at] == "\ufffd" for at in found.broken)
    assert len(found.problems) == len(found.broken) <= 4


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_random_bytes_are_no_text(seed):
    with pytest.raises(IngestError):
        page.decode(random.Random(seed).randbytes(1000))


@pytest.mark.parametrize("declared", ["utf-8", "big5", "gb2312", "iso-8859-1", "nonsense", ""])
def test_what_a_page_says_about_its_encoding_is_checked(declared):
    assert page.decoded(SIMPLIFIED.encode(), declared).text == SIMPLIFIED
    assert page.decoded(SIMPLIFIED.encode("gb18030"), declared).text == SIMPLIFIED
    assert page.decoded(TRADITIONAL.encode("big5"), declared).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@given(st.text(st.sampled_from(SIMPLIFIED), min_size=30))
@settings(max_examples=30)
def test_any_text_of_common_characters_comes_back(encoding, text):
    text = SIMPLIFIED + text
    assert page.decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "raw",
    [b"", b" \n\n ", b"\xef\xbb\xbf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 9, bytes(range(256)) * 4],
)
def test_empty_and_binary_files_are_refused(raw):
    with pytest.raises(IngestError):
        page.decode(raw)


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(page, "MAX_BYTES", 10)
    with pytest.raises(IngestError, match="larger than"):
        page.decode(SIMPLIFIED.encode())


@given(st.text("上 \u3000\n\r,"))
def test_lines_cover_the_text_and_know_their_place(text):
    lines = page.lines(text)
    assert "".join(text[line.begin : line.stop] for line in lines) == text
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert all(line.text == line.text.strip(page.BLANK) for line in lines)
