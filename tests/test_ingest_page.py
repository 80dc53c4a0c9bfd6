import pytest
from hypothesis import given
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


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030"])
def test_traditional_text_is_read_in_every_encoding(encoding):
    assert page.decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


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
