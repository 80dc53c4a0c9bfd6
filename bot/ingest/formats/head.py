"""What a web page's head says about its article: title, and the site that the copy was found on.

    <title>题目_新闻频道_某某网</title>   题目, if a line of the page says that or the rest is short
    <link rel="canonical" href="https://news.example.cn/1.html">   news.example.cn

A site's own time stamps are no dates of the article, and the site is not who published it first.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.ingest.document import Hints
from bot.ingest.fluency import HAN
from bot.ingest.formats.blocks import Page

TITLE_HAN = 4
SITE_SIZE = 16
"""Characters of a site's or a section's name at most."""

_SEPARATOR = re.compile(r"\s*[_|｜]+\s*|\s+[-–—«»·]+\s+|--+|(?<=[^A-Za-z0-9\s])-(?=[^\s0-9])")


def hints(found: Page) -> Hints:
    """Return what a page's head says."""
    meta = found.meta
    lines = {_dense(block.text) for block in found.blocks if len(block.text) < 200}
    firsts = [block.text for block in found.blocks if block.heading == 1 and not block.zone]
    told = [meta.get(key, "") for key in ("og:title", "title")]
    title = next((short for text in told if (short := _title(text, lines))), None)
    if title is None and len(firsts) == 1 and _is_title(firsts[0]):
        title = " ".join(firsts[0].split())
    return Hints(title=title, found_on=_site(meta))


def _title(text: str, lines: set[str]) -> str | None:
    """Return a title without the names of section and site behind it: as a line of the page has it, if one does."""
    text = " ".join(text.split())
    cuts = [match.start() for match in _SEPARATOR.finditer(text)]
    for cut in (len(text), *reversed(cuts)):
        if _is_title(text[:cut]) and _dense(text[:cut]) in lines:
            return text[:cut].strip()
    for cut in reversed(cuts):
        behind = _SEPARATOR.sub("", text[cut:], count=1)
        if len(behind) <= SITE_SIZE and _is_title(text[:cut]):
            text = text[:cut]
    return text.strip() if _is_title(text) else None


def _is_title(text: str) -> bool:
    return len(re.findall(f"[{HAN}]", text)) >= TITLE_HAN and len(text) <= 100


def _site(meta: dict[str, str]) -> str | None:
    name = " ".join(meta.get("og:site_name", "").split())
    if name and len(name) <= 40:
        return name
    for key in ("canonical", "og:url"):
        try:
            host = urlsplit(meta.get(key, "").strip()).hostname
        except ValueError:
            continue
        if host and "." in host:
            return host.removeprefix("www.")
    return None


def _dense(text: str) -> str:
    return re.sub(r"\s+", "", text)
