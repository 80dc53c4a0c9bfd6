r"""Files of JSON: an article a line, as programs that collect articles write them, or all of it in one value.

    {"title": "题目", "text": "第一段\n第二段", "url": "https://www.example.cn/1", "published": "2021-12-03"}
    {"@type": "NewsArticle", "headline": "题目", "articleBody": "第一段\n第二段", "author": {"name": "刘浩"}}

A line or an element that cannot be read is refused by its number, and the others go on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from bot.analysis.numerals import in_chinese
from bot.article import ARTICLE_ID, PROVISION
from bot.edits import Edit
from bot.errors import IngestError
from bot.ingest import authors, page, statutes
from bot.ingest.document import Document, Refused
from bot.ingest.fluency import HAN
from bot.ingest.formats import facts, html, reading
from bot.ingest.formats import text as plain_text

TEXTS = ("text", "content", "body", "article", "zw", "nr", "正文", "内容")
PARTS = ("paragraphs", "paras", "blocks", "段落")
MARKED_UP = ("html", "htmlcon", "contenthtml", "htmlcontent", "encoded")
"""What the article's text is called; the first that says something counts."""

NAMES = (*TEXTS, *PARTS, *MARKED_UP)
LEADS = ("lead", "leadtext", "intro", "导语")
"""What the text's first paragraph is called where it stands by itself."""
WRAPS = ("rendered", "text", "html", "value", "content", "data")
"""What a text is called in an object that holds it and what it is like."""
NO_TEXT = frozenset({
    "image", "img", "pic", "picture", "pictures", "photo", "gallery", "video", "audio", "ad", "ads", "advert", "advertisement",
    "banner", "vote", "related", "recommend", "图片", "图集", "视频", "音频", "广告", "推荐", "相关",
})  # fmt: skip
"""What parts of an article are said to be that are none of its text."""
PROSE = 20
"""Chinese characters of a part that can only be a paragraph."""
MAX_DEPTH = 5
"""How deep an article is looked for in what holds it."""

_MARKUP = re.compile(r"<(?:p|br|div|span|article)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:strong|b|em|i|u|font|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")
_LEAF = re.compile(f"第?(?P<digits>[0-9]{{1,4}})条|{PROVISION.pattern}")
_NONE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""What JSON can write and no text has."""


def read(name: str, article_id: str, content: bytes) -> list[Document | Refused]:
    """Return the articles in a file of JSON.

    Args:
        name: The file's name.
        article_id: What the article is called if the file is one; others are called by their own ids.
        content: The file's bytes.

    Raises:
        IngestError: The bytes are no text.
    """
    text = page.decoded(content).text
    whole = None if name.lower().endswith(".jsonl") else _value(text)
    if whole is None:
        law = _provisions([_value(line) for line in text.split("\n") if line.strip(page.BLANK)])
        if law is not None:
            return [_document(name, law, content, article_id)]
        return _several(name, enumerate(text.split("\n"), start=1))
    rows = _articles(whole)
    law = _provisions(rows)
    if law is not None:
        return [_document(name, law, content, article_id)]
    if len(rows) == 1 and isinstance(whole, dict):
        return [_document(name, rows[0], content, article_id)]
    dumped = (json.dumps(row, ensure_ascii=False) for row in rows)
    return _several(name, enumerate(dumped, start=1))


def _value(text: str) -> object:
    """Return what a text of JSON says; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _articles(whole: object) -> list[object]:
    """Return the articles in a JSON value: the elements of a list, the objects within it that have a text, or the value."""
    if isinstance(whole, list):
        return whole
    return _with_text(whole, MAX_DEPTH) or [_with_parts(whole, MAX_DEPTH) or whole]


def _provisions(rows: Sequence[object]) -> dict[str, object] | None:
    """Return the statute that objects with a 条 each are; None where they are none.

    {"law": "民法典", "article_number": "第1条", "content": "为了保护…"}
    """
    objects = [row for row in rows if isinstance(row, dict)]
    if len(objects) < statutes.FEWEST or len(objects) < len(rows):
        return None
    names = objects[0].keys()
    number = next((n for n in names if all(_LEAF.fullmatch(str(o.get(n))) for o in objects)), None)
    if number is None:
        return None
    texts = {n: sum(len(_HAN.findall(str(o.get(n, "")))) for o in objects) for n in names}
    text = max(texts, key=lambda name: texts[name])
    lines = []
    for each in objects:
        told, said = str(each[text]).strip(), str(each[number])
        value = _LEAF.fullmatch(said)
        assert value is not None
        name = f"第{in_chinese(int(value['digits']))}条" if value["digits"] else said
        lines.append(told if told.startswith(name) else f"{name} {told}")
    same = {n: objects[0][n] for n in names if all(o.get(n) == objects[0][n] for o in objects)}
    title = next((v for v in same.values() if isinstance(v, str) and statutes.KIND.search(v)), None)
    return {**({"title": title} if title else {}), **same, "text": "\n".join(lines)}


def _with_feed(row: dict[str, object], called: object) -> dict[str, object]:
    """Return an article with the paper or bureau that a feed is called by: {"title": "松江报 - 民生", "items": […]}."""
    pieces = re.split(r"\s+[-–—|]\s+|[_·]", called) if isinstance(called, str) else []
    paper = next((name for piece in pieces if authors.is_paper(name := piece.strip())), None)
    return {**row, "feed": {"publisher": paper}} if paper else row


def _with_text(value: object, depth: int, called: object = None) -> list[object]:
    """Return the outermost objects in a value that have a text: what an interface answers with wraps them.

    Args:
        value: The value.
        depth: How deep to look.
        called: The title of what it stands in.
    """
    if isinstance(value, dict):
        if any(facts.plain(key) in NAMES and _is_text(each) for key, each in value.items()):
            return [_with_feed(value, called)]
        called = value.get("title", called)
        value = list(value.values())
    if not isinstance(value, list) or not depth:
        return []
    return [found for each in value for found in _with_text(each, depth - 1, called)]


def _with_parts(value: object, depth: int) -> dict[str, object] | None:
    """Return an object with the longest list of parts in a value, whatever it is called, and all that is said around it.

    {"content": {"title": "题目", "attr": [{"type": "text", "value": "第一段"}, …]}}
    """
    found: list[tuple[int, dict[str, object]]] = []

    def look(each: object, around: dict[str, object], left: int) -> None:
        if isinstance(each, dict) and left:
            around = {**around, **each}
            for key, inner in each.items():
                look(inner, {name: said for name, said in around.items() if name != key}, left - 1)
        elif isinstance(each, list):
            with suppress(IngestError):
                parts = [_part("paragraphs", part) for part in each]
                long = [part for part in parts if len(_HAN.findall(part)) >= PROSE]
                if len(long) > 1:
                    kept = {name: said for name, said in around.items() if name not in NAMES}
                    found.append((sum(map(len, long)), {**kept, "paragraphs": each}))

    look(value, {}, depth)
    return max(found, key=lambda each: each[0])[1] if found else None


def _is_text(value: object) -> bool:
    return (isinstance(value, list | str) and bool(value)) or _unwrapped(value) is not value


def _unwrapped(value: object) -> object:
    """Return the text in an object that wraps it: {"rendered": "<p>…", "protected": false}."""
    if isinstance(value, dict):
        texts = (value[name] for name in WRAPS if isinstance(value.get(name), list | str))
        return next((text for text in texts if text), value)
    return value


def _several(name: str, lines: Iterable[tuple[int, str]]) -> list[Document | Refused]:
    found: list[Document | Refused] = []
    seen: dict[str, int] = {}
    for number, line in lines:
        if not line.strip(page.BLANK):
            continue
        called = f"{name}:{number}"
        try:
            document = _parsed(called, line.strip(page.BLANK))
        except IngestError as error:
            found.append(Refused(called, str(error)))
            continue
        first = seen.setdefault(document.id, number)
        if first != number:
            found.append(Refused(called, f"has the id of line {first}: {document.id}"))
            continue
        found.append(document)
    return found


def _parsed(called: str, line: str) -> Document:
    """Return the article on a line.

    Raises:
        IngestError: It is no JSON object, or has no text.
    """
    row = _value(line)
    if row is None:
        raise IngestError("is not JSON")
    return _document(called, row, line.encode("utf-8", "replace"), None)


def _document(called: str, row: object, original: bytes, article_id: str | None) -> Document:
    """Return the article that a JSON value is; it is called by its own id where `article_id` is None.

    Raises:
        IngestError: It is no object, or has no text.
    """
    if not isinstance(row, dict):
        raise IngestError("is not a JSON object")
    raw, changes, headings = _text(row)
    hints, wrong = facts.hints(row)
    return Document(
        article_id or _id(row.get("id"), original),
        called,
        ".json",
        original,
        raw,
        changes,
        headings,
        derived=True,
        hints=hints,
        problems=tuple((what, 0, 1) for what in wrong),
    )


def _id(value: object, line: bytes) -> str:
    """Return what an article is called: as the line says, or a digest where that is no id."""
    said = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    digest = hashlib.sha256(line).hexdigest()[:16]
    return said if ARTICLE_ID.fullmatch(said) else digest


def _text(row: dict[str, Any]) -> tuple[str, tuple[Edit, ...], frozenset[int]]:
    """Return an article's text as the line has it, the edits that make lines of it, and its headings.

    Raises:
        IngestError: There is none.
    """
    named = {facts.plain(key): value for key, value in row.items()}
    for key in NAMES:
        value = _unwrapped(named.get(key))
        if isinstance(value, list):
            parts = [_part(key, part).replace("\n", " ") for part in value]
            parts = [_INLINE.sub("", part) for part in parts]
            value = "\n".join(part for part in parts if part.strip(page.BLANK))
        if value is None or (isinstance(value, str) and not value.strip(page.BLANK + "\n")):
            continue
        if not isinstance(value, str):
            raise IngestError(f"{key} must be text")
        lead = next((text for name in LEADS if isinstance(text := named.get(name), str)), "")
        value = f"{lead}\n{value}" if lead.strip() and lead.strip() not in value else value
        text = _NONE.sub("\ufffd", value)
        return (
            _marked_up(text)
            if key in MARKED_UP or _MARKUP.search(text)
            else (text, plain_text.reading(text), frozenset())
        )
    raise IngestError("has no text")


def _part(key: str, part: object) -> str:
    """Return one of the paragraphs that a line gives in a list.

    Raises:
        IngestError: It is no text.
    """
    text = part
    if isinstance(part, dict):
        texts = [value for value in part.values() if isinstance(value, str)]
        told = any(value.strip().lower() in NO_TEXT for value in texts)
        known = (part[name] for name in WRAPS if isinstance(part.get(name), str))
        most = max(texts, key=lambda value: len(_HAN.findall(value)), default="")
        text = "" if told else next((value for value in known if value), most)
    if not isinstance(text, str):
        raise IngestError(f"{key} must be a list of texts")
    return text


def _marked_up(source: str) -> tuple[str, tuple[Edit, ...], frozenset[int]]:
    """Return a piece of HTML, the edits that make lines of it, and its headings.

    Raises:
        IngestError: It shows no text.
    """
    blocks = html.plain(source)
    if not blocks:
        raise IngestError("has no text")
    starts = reading.starts(block.text for block in blocks)
    headings = {at for at, block in zip(starts, blocks, strict=True) if block.heading > 1}
    changes = reading.edits(source, [block.pieces for block in blocks])
    return source, changes, frozenset(headings)
