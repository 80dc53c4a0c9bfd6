"""An HTML page's source as tags and text with their places.

    <p class=a>甲</P>      (start, "p", 0, 11) (text, "", 11, 12) (end, "p", 12, 16)

Broken pages are read as browsers read them, except where that would swallow the article: a quotation mark that was not
closed ends with its tag. The time grows with the source's length only, whatever it holds; html.parser's does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from bot.ingest.fluency import HAN

MAX_TAG = 20_000
"""Characters of a tag that its attributes are read from: pictures may stand in them as a whole."""
RAW = frozenset({"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"})
"""Elements in which nothing is a tag but their own end."""

_OPENED = re.compile(r"<(?=[A-Za-z!?]|/[A-Za-z])")
_TAG = re.compile(r"</?[A-Za-z][^\s/>]*+(?:=\s*\"[^\"]*\"(?=[\s/>])|=\s*'[^']*'(?=[\s/>])|[^>])*+>")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_ENDS = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in RAW}
_HAN = re.compile(f"[{HAN}]")


class Token(NamedTuple):
    """A part of the source: `source[start:end]`.

    Args:
        kind: "start", "end", "text", "raw" (what stands in one of `RAW`) or "other" (comments, declarations).
        name: The element, in lower case; of a text, "".
    """

    kind: str
    name: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """Yield the parts of a page's source in order; together they cover it."""
    last = source.rfind(">")
    done = at = 0
    while (opened := _OPENED.search(source, at)) is not None:
        at = opened.start()
        found = _tag(source, at, last)
        if found is None:
            at += 1
            continue
        if done < at:
            yield Token("text", "", done, at)
        yield found
        done = at = found.end
        if found.kind == "start" and found.name in RAW:
            end = _ENDS[found.name].search(source, at)
            stop = end.start() if end else at if source[at - 2] == "/" else len(source)
            if at < stop:
                yield Token("raw", found.name, at, stop)
            done = at = stop
    if done < len(source):
        yield Token("text", "", done, len(source))


def attributes(source: str, token: Token) -> dict[str, str]:
    """Return the attributes of a start tag: names in lower case, values with their entities read."""
    tag = source[token.start : min(token.end - 1, token.start + MAX_TAG)]
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag, len(token.name) + 1):
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found


def _tag(source: str, at: int, last: int) -> Token | None:
    """Return what begins with the `<` at a place, or None where that is a character of the text."""
    if source.startswith("<![CDATA[", at):
        return Token("other", "", at, at + 9)  # what stands in it is text, and so is its end
    if source.startswith("<!--", at):
        end = source.find("-->", at + 2)
        return Token("other", "", at, end + 3 if end >= 0 else len(source))
    if source[at + 1 : at + 2] in ("!", "?"):
        return Token("other", "", at, source.index(">", at) + 1) if at < last else None
    name = _NAME.match(source, at)
    if name is None:
        return None
    kind = "end" if source[at + 1] == "/" else "start"
    if at > last:  # the page was cut off in the middle of a tag
        return None if _HAN.search(source, at, at + 200) else Token("other", "", at, len(source))
    match = _TAG.match(source, at)
    end = match.end() if match else source.index(">", at) + 1
    return Token(kind, name[1].lower(), at, end)
