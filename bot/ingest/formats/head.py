"""What a web page says about its article where readers do not look: in its head, its linked data, its elements' names.

<title>题目_新闻频道_某某网</title>   题目, if a line of the page says that or the rest is short
<meta name="ContentSource" content="吴兴区市场监管局">   who published it
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2023-04-12", …}</script>
<a id="js_name">正蓝旗市场监管</a>   a public account of WeChat
<link rel="canonical" href="https://news.example.cn/1.html">   found on news.example.cn
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from bot.ingest import authors, imprint
from bot.ingest.document import Hints
from bot.ingest.fluency import HAN
from bot.ingest.formats import facts
from bot.ingest.formats.blocks import Page

TITLE_HAN = 4
SECTION_HAN = 6
"""Chinese characters behind a site's name below which they name a section: 部门动态."""
MAIN_SHARE = 0.45
"""Share of the head's title that a heading needs, to be told from the name of the site in it."""
LONGEST = 400
"""Characters of a title that are looked at, the names of section and site included."""
SITE_SIZE = 16
"""Characters of a site's or a section's name at most."""

_SEPARATOR = re.compile(r"\s*[_|｜]+\s*|\s+[-–—«»·]+\s+|--+|(?<=[^A-Za-z0-9\s])-(?=[^\s0-9])")


_META = {
    "publisher": ("contentsource", "source", "mediaid", "sourcename"),
    "published": (
        "article:published_time", "og:release_date", "pubdate", "publishdate", "publish_date", "publish_time",
        "datepublished", "weibo: article:create_at",
    ),
    "author": ("author", "article:author"),
}  # fmt: skip
"""What each of the names that `facts` reads is called in meta elements."""
_SITE = re.compile("(?:数字报|电子版|电子报|数字报刊平台|网站|信息浏览|首页)$")
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:zhubiao|biaoti|zhengbiaoti|headline|(?:main|article|arti|art|post|detail|news|content|con|text)[_-]?title|bt)(?:$|\s)",
    re.IGNORECASE,
)
"""How the element of a page's main title is called."""
_MADE_BY = re.compile(r"[\s-]*Powered by .*$", re.IGNORECASE)
_OF_PAPER = re.compile(rf"^[{HAN}]{{2,10}}(?:报|周刊)-(?=\S)")
"""三峡日报-132张健身卡有了着落: how papers' own pages are called."""
_PROPERTIES = re.compile(r"<!--\s*enpproperty\s*(.{0,4000}?)/?enpproperty\s*-->", re.DOTALL)
_PROPERTY = re.compile(r"<(title|date|author|sourcename|source)>\s*([^<>]+?)\s*</\1>")
"""What the pages of most papers' electronic editions say in a comment."""
_MADE = re.compile(r"\b(?:createTime|publish_time)\s*=\s*[\"']((?:19|20)\d\d-\d\d-\d\d)")
"""When an account's article was made, as its page's script has it."""
_ACCOUNT = re.compile(r"<[^<>]*\bid=[\"']?js_name\b[^<>]*>\s*([^<>]{2,40}?)\s*<")


def hints(found: Page, source: str) -> Hints:
    """Return what a page says about its article outside the text.

    Args:
        found: The page.
        source: Its source.
    """
    told = [facts.hints(row)[0] for row in _linked(found.data)]
    told.append(facts.hints(_named(found.meta))[0])
    if properties := _PROPERTIES.search(source):
        told.insert(0, facts.hints(dict(_PROPERTY.findall(properties[1])))[0])
    said = {
        name: next((value for each in told if (value := getattr(each, name))), None)
        for name in ("publisher", "published")
    }
    account = _ACCOUNT.search(source)
    if account:
        said["publisher"] = " ".join(unescape(account[1]).split())
        made = _MADE.search(source)
        said["published"] = said["published"] or (made and made[1])
    around = imprint.read_title(found.meta.get("title", "")[:LONGEST])
    for name in ("publisher", "published"):
        said[name] = said[name] or getattr(around, name)
    site = _site(found.meta)
    called = found.meta.get("title", "")[:LONGEST]
    of = _OF_PAPER.match(called)
    pieces = map(str.strip, (*_SEPARATOR.split(called), of[0][:-1] if of else ""))
    names = [name for name in map(authors.edition_of, pieces) if authors.is_paper(name)]
    site = names[0] if names and not (site and authors.is_paper(site)) else site
    own = told[0].title if properties else None
    return Hints(
        title=own or _titled(found) or next((each.title for each in told if each.title), None),
        reporters=next((each.reporters for each in told if each.reporters), ()),
        found_on=site,
        **said,
    )


def _linked(scripts: Iterable[str]) -> Iterator[Mapping[str, object]]:
    """Yield the articles in a page's linked data."""
    for script in scripts:
        try:
            whole = json.loads(script)
        except (ValueError, RecursionError):
            continue
        rows = whole if isinstance(whole, list) else [whole]
        graphs = [row.get("@graph") for row in rows if isinstance(row, dict)]
        rows = [*rows, *(row for graph in graphs if isinstance(graph, list) for row in graph)]
        yield from (row for row in rows if isinstance(row, dict) and "headline" in row)


def _named(meta: Mapping[str, str]) -> dict[str, object]:
    """Return what the meta elements say, by names that `facts` reads; authors are people there or nobody."""
    found: dict[str, object] = {}
    for name, keys in _META.items():
        value = next((meta[key].strip() for key in keys if meta.get(key, "").strip()), None)
        if value is None or (name == "publisher" and not authors.is_publisher(value)):
            continue
        if name == "author":
            people = authors.people(value.rpartition("记者")[2])
            found[name] = [each for each in people if each not in meta.get("title", "")]
        else:
            found[name] = value
    return found


def _titled(found: Page) -> str | None:
    """Return the title: a heading that the head says too, the head's own, or the only heading of the first level."""
    meta = found.meta
    lines = {_dense(block.text) for block in found.blocks if len(block.text) < 200}
    firsts = [block.text for block in found.blocks if block.heading == 1 and not block.zone]
    told = [meta.get(key, "") for key in ("articletitle", "title", "og:title")]
    for first in firsts:
        said = _dense(first)
        if _is_title(first) and any(
            said in _dense(text) and len(said) >= MAIN_SHARE * len(_dense(text[:LONGEST]))
            for text in told
        ):
            return " ".join(first.split())
    named = [block.text for block in found.blocks if _NAMED.search(block.called) and not block.zone]
    named = [" ".join(text.split()) for text in named if _is_title(text)]
    if len(named) == 1:
        return named[0]
    shorts = [short for text in told[:1] + told[:0:-1] if (short := _title(text, lines))]
    title = next(
        (short for short in shorts if _dense(short) in lines), shorts[0] if shorts else None
    )
    if title is None and len(firsts) == 1 and _is_title(firsts[0]):
        title = " ".join(firsts[0].split())
    return title


def _title(text: str, lines: set[str]) -> str | None:
    """Return a title without the names of section and site behind it: as a line of the page has it, if one does."""
    text = _MADE_BY.sub("", " ".join(text[:LONGEST].split())).rstrip(" -_|｜–—·")
    text = _OF_PAPER.sub("", text)
    while (site := _SEPARATOR.search(text)) and _SITE.search(text[: site.start()]):
        text = text[site.end() :]
        if len(re.findall(f"[{HAN}]", text)) < SECTION_HAN:
            return None
    cuts = [match.start() for match in _SEPARATOR.finditer(text)]
    for cut in (len(text), *reversed(cuts)):
        if _is_title(text[:cut]) and _dense(text[:cut]) in lines:
            return text[:cut].strip()
    for match in _SEPARATOR.finditer(text):
        if _is_title(text[match.end() :]) and _dense(text[match.end() :]) in lines:
            return text[match.end() :].strip()  # the site's name stands before it
    said = [line for line in lines if _is_title(line) and _is_end(_dense(line), _dense(text))]
    if _dense(text) not in lines and said:
        return max(said, key=len)
    for cut in reversed(cuts):
        behind = _SEPARATOR.sub("", text[cut:], count=1)
        if len(behind) <= SITE_SIZE and _is_title(text[:cut]):
            text = text[:cut]
    return text.strip() if _is_title(text) else None


def _is_end(line: str, title: str) -> bool:
    """Say whether a title ends or begins with a line that is most of it: site and section may stand before it."""
    return len(line) >= MAIN_SHARE * len(title) and (title.endswith(line) or title.startswith(line))


def _is_title(text: str) -> bool:
    """Say whether a text can be a title: no word, no page, no bureau's name."""
    if authors.is_signed(text) or imprint.is_imprint(text) or _SITE.search(text):
        return False
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
