r"""What a site's own HTML leaves in the text of a copy: entities, characters that nobody sees, bullets before paragraphs.

&nbsp;&nbsp;&ldquo;灯亮着&rdquo;      “灯亮着”
消费\u200b者                           消费者
● 首付……   ■ 其次……   ◆ 最后……      bullets go where all paragraphs have one; a list in an article keeps its own
"""

from __future__ import annotations

import re
from html import unescape

from bot.edits import Edit
from bot.ingest.fluency import HAN
from bot.ingest.ruby import EMOJI

ALL = 0.8
"""Share of an article's paragraphs with a bullet from which the site put them there."""
FEWEST = 3
LONG = 40
"""Characters from which a line is a paragraph and no item of a list."""

_ENTITY = r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});"
_LITTER = re.compile(
    rf"(?P<margin>(?<![^\n])(?:&(?:nbsp|ensp|emsp|\#160|\#12288);|\s)*&(?:nbsp|ensp|emsp|\#160|\#12288);[^\S\n]*)"
    r"|(?P<sign>(?<![^\n])#{1,6}[^\S\n]+(?=\S))"
    rf"|(?P<space>(?<=[。！？；，：、])[ \u00a0]+(?=[{HAN}“”‘’《（0-9]))"
    rf"|(?P<entity>{_ENTITY})"
    r"|(?P<bold>\*{2,3}(?=\S)|(?<=\S)\*{2,3})"
    rf"|(?P<unseen>[\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]+|(?<![{EMOJI}])\u200d+)"
)
_BULLET = re.compile(r"(?<![^\n])[●■◆•▶►★○□◇▪◎※➤✦][^\S\n]*(?=[^\s])")


def find(text: str) -> list[Edit]:
    """Return the edits that clear a body of it; what an entity is read as stands as if typed."""
    found: list[Edit] = []
    for match in _LITTER.finditer(text):
        clean = unescape(match["entity"]).replace("\u00a0", " ") if match["entity"] else ""
        if match[0] != clean and "\n" not in clean:
            kind = "punctuation" if match["entity"] or match["space"] else "boilerplate"
            found.append(Edit(*match.span(), match[0], clean, kind))
    return sorted([*found, *_bullets(text)])


def _bullets(text: str) -> list[Edit]:
    long = [line for line in text.split("\n") if len(line) >= LONG]
    marked = sum(_BULLET.match(line) is not None for line in long)
    if marked < FEWEST or marked < ALL * len(long):
        return []
    return [Edit(*m.span(), m[0], "", "boilerplate") for m in _BULLET.finditer(text)]
