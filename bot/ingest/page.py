"""A raw page: its bytes decoded, and its lines with their places.

Decoding is strict: the first encoding that fits without a single replaced character is taken. Offsets everywhere in
ingest count characters of this decoded text, a byte order mark not included.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.errors import IngestError
from bot.ingest import fluency

MAX_BYTES = 20 * 1024 * 1024
BLANK = (
    " \t\r\f\v\u00a0\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u3000\ufeff"
)
"""What may stand around a line's text: spaces of every width and marks without a width."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Line(NamedTuple):
    """A line of the page: `raw[start:end]` is its text without the white space around it.

    Args:
        begin: Where the line begins, white space included.
        stop: Where the next line begins.
    """

    begin: int
    start: int
    end: int
    stop: int
    text: str


def decode(raw: bytes) -> str:
    """Return the text of a raw page.

    Raises:
        IngestError: The page is empty, too large, not text, or in none of the known encodings.
    """
    if len(raw) > MAX_BYTES:
        raise IngestError(f"larger than {MAX_BYTES // 1024 // 1024} MB")
    if not raw.strip():
        raise IngestError("is empty")
    text = _decode_strictly(raw)
    if (
        len(_CONTROL.findall(text[:4096])) > 2
    ):  # a stray control character occurs in scraped text; three do not
        raise IngestError("is not text")
    if not text.strip(BLANK + "\n"):
        raise IngestError("is empty")
    return text


def lines(text: str) -> list[Line]:
    """Return the lines of a text in order; blank lines have empty text."""
    found: list[Line] = []
    begin = 0
    while begin < len(text):
        stop = text.find("\n", begin) + 1 or len(text)
        line = text[begin:stop].removesuffix("\n")
        content = line.strip(BLANK)
        start = begin + len(line) - len(line.lstrip(BLANK)) if content else begin + len(line)
        found.append(Line(begin, start, start + len(content), stop, content))
        begin = stop
    return found


def _decode_strictly(raw: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                raise IngestError(f"begins as {encoding} but is not") from None
    candidates: list[str] = []
    if b"\0" in raw:  # never in the other encodings of a text
        for encoding in ("utf-16-le", "utf-16-be"):
            candidates += _try(raw, encoding)
    else:
        fits = _try(raw, "utf-8")
        if fits:
            return fits[0]
        for encoding in ("gb18030", "big5hkscs"):
            candidates += _try(raw, encoding)
    # Any bytes can be valid in several of these; only the right one gives running Chinese.
    best = max(candidates, key=_plausibility, default=None)
    if best is None or _plausibility(best) < 0.2:
        raise IngestError("is in no known encoding (UTF-8, GB18030, UTF-16, Big5), or not text")
    return best


def _try(raw: bytes, encoding: str) -> list[str]:
    try:
        return [raw.decode(encoding)]
    except UnicodeDecodeError:
        return []


def _plausibility(text: str) -> float:
    """Return the share of a text's beginning that common characters make up, 0 to 1."""
    sample = text[:4000]
    good = sum((ch.isascii() and not _CONTROL.match(ch)) or fluency.is_common(ch) for ch in sample)
    return good / len(sample)
