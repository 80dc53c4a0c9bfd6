r"""A raw page: its bytes decoded, and its lines with their places.

An encoding counts that the bytes fit; where a page was cut off in the middle of a character, or a byte of it is broken,
U+FFFD stands at that place and the page needs a review. Offsets everywhere in ingest count characters of this decoded
text, a byte order mark not included.

    b"\xd6\xd0\xb9\xfa\xcf\xfb\xb7\xd1\xd5"     中国消费\ufffd, GB18030, broken at 4
"""

from __future__ import annotations

import codecs
import re
from importlib import import_module
from itertools import islice
from typing import NamedTuple

from bot.errors import IngestError
from bot.ingest import fluency, script

MAX_BYTES = 20 * 1024 * 1024
BLANK = (
    " \t\r\f\v\u00a0\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u3000\ufeff"
)
"""What may stand around a line's text: spaces of every width and marks without a width."""

MAX_BROKEN = 20
"""A page with more broken places is in another encoding, or not worth mending."""
MAX_PLACE = 4
"""Bytes of one broken place: of a damaged character, none but the last fits anything."""
PLAUSIBLE = 0.2
"""Share of ASCII and common characters below which bytes are no text; GB 18030 read as Big5 gives .3 at most."""
RUNNING = 0.7
"""Share of common Chinese from which broken bytes are read in spite of that; news has .93 and more."""
BROKEN_COST = 0.05
NEAR = 0.1
"""Two readings whose shares of common Chinese differ by less may both be right."""
SAMPLE_BYTES = 32 * 1024

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
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


class Decoded(NamedTuple):
    """What a page's bytes say.

    Args:
        text: The text, without a byte order mark.
        encoding: The encoding that it was read in, as Python names it.
        broken: Where in the text U+FFFD stands for bytes that the encoding has no character for.
    """

    text: str
    encoding: str
    broken: tuple[int, ...] = ()

    @property
    def problems(self) -> tuple[tuple[str, int, int], ...]:
        """The broken places as a document's problems."""
        return tuple((f"bytes that are no {self.encoding}", at, at + 1) for at in self.broken)


def decode(raw: bytes) -> str:
    """Return the text of a raw page, as `decoded` reads it.

    Raises:
        IngestError: As `decoded` does.
    """
    return decoded(raw).text


def decoded(raw: bytes, declared: str | None = None) -> Decoded:
    """Return the text of a raw page, its encoding and what is broken in it.

    A page that fits UTF-8 is UTF-8. Otherwise the encodings that it fits, without or with a few broken places, are
    compared by how much of it is common Chinese, and those that are equal in that by how fluent it is.

    Args:
        raw: The page.
        declared: The encoding that the page says it is in; believed where nothing else reads clearly better.

    Raises:
        IngestError: The page is empty, too large, not text, or in none of the known encodings.
    """
    if len(raw) > MAX_BYTES:
        raise IngestError(f"larger than {MAX_BYTES // 1024 // 1024} MB")
    if not raw.strip():
        raise IngestError("is empty")
    found = _marked(raw) or _guessed(raw, declared)
    if (
        len(_CONTROL.findall(found.text[:4096])) > 2
    ):  # a stray control character occurs in scraped text; three do not
        raise IngestError("is not text")
    if not found.text.strip(BLANK + "\n"):
        raise IngestError("is empty")
    return found


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


def _marked(raw: bytes) -> Decoded | None:
    """Return the text of a page that begins with a byte order mark; None where there is none."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            found = _read(raw[len(mark) :], encoding, _allowed(raw))
            if found is None:
                raise IngestError(f"begins as {encoding} but is not")
            return found
    return None


def _guessed(raw: bytes, declared: str | None) -> Decoded:
    if b"\0" in raw:  # never in the other encodings of a text
        encodings = ["utf-16-le", "utf-16-be"]
        lenient = encodings
    else:
        fits = _read(raw, "utf-8", 0)
        if fits:
            return fits
        named = _python_name(declared)
        encodings = ["gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be"]
        encodings += [name for name in (named, _normalizer_guess(raw)) if name]
        lenient = ["utf-8", "gb18030", "big5hkscs"]
    strict = [_read(raw, encoding, 0) for encoding in dict.fromkeys(encodings)]
    patched = [_read(raw, encoding, _allowed(raw)) for encoding in lenient]
    candidates = [
        *(c for c in strict if c and _plausibility(c.text) >= PLAUSIBLE),
        *(c for c in patched if c and c.broken and _chinese(c.text) >= RUNNING),
    ]
    if not candidates:
        raise IngestError("is in no known encoding (UTF-8, GB18030, UTF-16, Big5), or not text")
    # Any bytes can be valid in several of these; only the right one gives running Chinese.
    shares = [_chinese(c.text) - BROKEN_COST * bool(c.broken) for c in candidates]
    near = [c for c, share in zip(candidates, shares, strict=True) if share >= max(shares) - NEAR]
    if len({c.text for c in near}) == 1:
        return near[0]
    believed = [c for c in near if c.encoding == _python_name(declared) and not c.broken]
    return believed[0] if believed else min(near, key=lambda c: _cost(c.text))


def _read(raw: bytes, encoding: str, allowed: int) -> Decoded | None:
    """Return the text with at most so many broken places, each read as U+FFFD; None where there are more."""
    parts: list[str] = []
    broken: list[int] = []
    view = memoryview(raw)
    done = size = places = 0
    here = -MAX_PLACE  # where the last place began
    while True:
        try:
            parts.append(codecs.decode(view[done:], encoding))
            break
        except UnicodeDecodeError as error:
            if done + error.start >= here + MAX_PLACE:
                places += 1
                here = done + error.start
            if places > allowed:
                return None
            good = codecs.decode(view[done : done + error.start], encoding)
            parts += (good, "\ufffd")
            broken.append(size + len(good))
            size += len(good) + 1
            done += error.end
    return Decoded("".join(parts), encoding, tuple(broken))


def _allowed(raw: bytes) -> int:
    """Return how many broken places a page may have: one, as where it was cut off, and one in a thousand bytes."""
    return min(1 + len(raw) // 1000, MAX_BROKEN)


def _python_name(declared: str | None) -> str | None:
    """Return which encoding is meant by what a page says; a wider one where pages say the narrower one and mean it."""
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
    return wider.get(name, name if name in ("gb18030", "big5hkscs", "cp950") else None)


def _normalizer_guess(raw: bytes) -> str | None:
    """Return what charset-normalizer takes a page for; its guess has to fit like every other."""
    sample = raw[:SAMPLE_BYTES]
    if len(raw) > SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = (
        import_module("charset_normalizer")
        .from_bytes(  # few pages need it
            sample, cp_isolation=["gb18030", "big5hkscs", "big5", "cp950", "utf_16_le", "utf_16_be"]
        )
        .best()
    )
    return codecs.lookup(best.encoding).name if best else None


def _plausibility(text: str) -> float:
    """Return the share of a text's beginning that common characters make up, 0 to 1."""
    sample = text[:4000]
    good = sum((ch.isascii() and not _CONTROL.match(ch)) or fluency.is_common(ch) for ch in sample)
    return good / len(sample)


def _chinese(text: str) -> float:
    """Return the share of common Chinese among a text's first characters that are not ASCII, 0 to 1."""
    # Not of all of its first characters: a page begins with thousands that are the same in every encoding.
    sample = [match[0] for match in islice(_NOT_ASCII.finditer(text), 4000)]
    return sum(map(fluency.is_common, sample)) / max(1, len(sample))


def _cost(text: str) -> float:
    """Return how little a text reads like Chinese, in nats a character."""
    sample = "".join(match[0] for match in islice(_NOT_ASCII.finditer(text), 400))
    return fluency.cost(script.simplify_characters(sample)) / max(1, len(sample))
