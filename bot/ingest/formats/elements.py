"""HTML's elements: which break a line, which are never shown, and which are the page's own and not its article's."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.ingest.formats.styles import Fate

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
        "rb",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "st1",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "rt",
        "rp",
        "rtc",
        "svg",
        "math",
        "canvas",
        "button",
        "select",
        "noscript",
        "audio",
        "video",
        "object",
        "map",
        "area",
        "input",
        "label",
        "script",
        "style",
        "template",
        "iframe",
        "link",
        "meta",
        "source",
        "track",
        "textarea",
    ]
)
"""Elements that break no line; all others do, those that nobody knows included."""
GONE = frozenset(
    [
        "template",
        "noscript",
        "select",
        "option",
        "button",
        "datalist",
        "object",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "rt",
        "rp",
        "rtc",
        "map",
    ]
)
STRUCK = frozenset({"s", "del", "strike"})
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "basefont",
        "bgsound",
        "keygen",
    ]
)
ZONES = frozenset({"nav", "aside", "footer", "header", "dialog", "menu"})
CLOSED_BY = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
}  # fmt: skip
"""Elements that end where one of them begins, though nobody closed them."""

_CAPTION = re.compile(
    r"caption|(?:^|[\s_-])(?:(?:img|pic|pics|image|photo|tu)[_-]?(?:descr?|desc|note|text|txt|info|title|tip|zs)|tuzhu|tushuo|zhaopian)(?:\s|$)",
    re.I,
)
_CENTRED = re.compile(r"(?:^|[\s_-])(?:text-?)?center(?:ed)?(?:\s|$)", re.I)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|pinglun|reply|replies|respond|discuss|discussion|sign|signature)(?:[\s_-]*(?:list|area|box|wrap|s)?)(?:\s|$)",
    re.I,
)


def is_centred(name: str, told: Mapping[str, str]) -> bool:
    """Say whether an element's own attributes centre its lines."""
    style = re.sub(r"\s", "", told.get("style", "")).lower()
    return (
        name == "center"
        or told.get("align", "").lower() == "center"
        or ("text-align:center" in style and name not in INLINE)
        or _CENTRED.search(told.get("class", "")) is not None
    )


def is_caption(told: Mapping[str, str]) -> bool:
    """Say whether an element is called a caption, or the place of a picture and what stands below it."""
    return _CAPTION.search(f"{told.get('id', '')} {told.get('class', '')}") is not None


def zone(name: str, told: Mapping[str, str], fate: Fate, *, in_article: bool) -> str:
    """Return what an element is that is none of the article: a zone's name, "comments", "hidden", or "".

    Args:
        name: The element's name.
        told: Its attributes.
        fate: What the page's style makes of its text.
        in_article: Whether it stands in an article element: its header is the article's own then.
    """
    if name == "figcaption":
        return "caption"
    if not told:
        return name if name in ZONES and not in_article else ""
    if "hidden" in told or fate.hidden:
        # WeChat's article is hidden until its script has run.
        return "" if name in ("html", "body") or told.get("id") == "js_content" else "hidden"
    if name in ZONES:
        return "" if name in ("header", "footer") and in_article else name
    called = f"{told.get('id', '')} {told.get('class', '')}"
    if name in ("div", "section", "ul", "ol") and _COMMENTS.search(called):
        return "comments"
    return ""
