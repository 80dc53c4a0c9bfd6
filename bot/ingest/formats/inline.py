"""A Markdown paragraph's text, with the place of every part of it.

    第一**段**[链接](http://a)&amp;   第一 段 链接 &

markdown-it's tokens do not say where they stand; its rules do while they run, so each is asked.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline

from bot.ingest.fluency import HAN
from bot.ingest.formats.reading import MARKUP, Piece

WIDE = re.compile(f"[{HAN}\u3001-\u301f\uff01-\uff65\u2018-\u201d\u2026\u2014·]")
"""Characters between which a line break of the source is none of the text."""

RULES = {
    "newline": rules_inline.newline,
    "escape": rules_inline.escape,
    "backticks": rules_inline.backtick,
    "strikethrough": rules_inline.strikethrough.tokenize,
    "emphasis": rules_inline.emphasis.tokenize,
    "link": rules_inline.link,
    "image": rules_inline.image,
    "autolink": rules_inline.autolink,
    "html_inline": rules_inline.html_inline,
    "entity": rules_inline.entity,
}
SOFT = "\r"
"""A line break that is a space or nothing, as what stands around it is; no content holds a carriage return."""
_FOUND = "found by rules"
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_READING = re.compile(r"<r[pt]\b", re.IGNORECASE)
_AFTER_READING = re.compile(r"</r[pt]\b", re.IGNORECASE)


class _Found(NamedTuple):
    """What a rule found: `content[start:end]`.

    Args:
        rule: The rule.
        inner: Where a link's label ends.
        marks: The tokens of a run of emphasis marks, and how many characters each was.
    """

    rule: str
    start: int
    end: int
    inner: int = 0
    marks: tuple[tuple[Any, int], ...] = ()


def parser() -> MarkdownIt:
    """Return a parser whose rules note where they found something."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found.core.ruler.enableOnly(["normalize", "block"])
    found.inline.ruler2.disable("fragments_join")
    for name in RULES:
        found.inline.ruler.at(name, _noting(name))
    return found


def lines(content: str, markdown: MarkdownIt, references: dict[str, Any]) -> list[list[Piece]]:
    """Return a paragraph's text as pieces of its content: one line, or more where it breaks by itself.

    Args:
        content: The paragraph as the parser gives it.
        markdown: The parser.
        references: The links that the page defines, as it gives them.
    """
    notes: list[_Found] = []
    markdown.inline.parse(content, markdown, {**references, _FOUND: notes}, [])
    found: list[list[Piece]] = [[]]
    parts = [*_parts(content, notes)]
    for at, piece in enumerate(parts):
        line = found[-1]
        if piece.text == SOFT:
            before, after = (
                (line or [piece])[-1].text,
                parts[at + 1].text if parts[at + 1 :] else "",
            )
            if after and line and not (WIDE.match(before[-1]) and WIDE.match(after)):
                line.append(piece._replace(text=" "))
        elif piece.text == "\n":
            found.append([])
        else:
            line.append(piece)
    return [line for line in found if any(piece.text.strip() for piece in line)]


def _noting(name: str) -> Any:
    rule = RULES[name]

    def run(state: StateInline, silent: bool) -> bool:
        notes = state.env.get(_FOUND)
        start, count = state.pos, len(state.tokens)
        if name == "image":  # its alternative text is parsed by itself, from 0
            state.env[_FOUND] = []
        done = rule(state, silent)
        state.env[_FOUND] = notes
        if not done or silent or notes is None:
            return done
        inner = 0
        marks: list[tuple[Any, int]] = []
        if name == "link":
            inner = state.md.helpers.parseLinkLabel(state, start, True)
        elif name in ("emphasis", "strikethrough"):
            marks = _marks(state, state.pos - start)
        elif name == "backticks" and not any(
            token.type == "code_inline" for token in state.tokens[count:]
        ):
            return done
        notes.append(_Found(name, start, state.pos, inner, tuple(marks)))
        return done

    return run


def _marks(state: StateInline, size: int) -> list[tuple[Any, int]]:
    """Return the last tokens, of so many characters together."""
    found: list[tuple[Any, int]] = []
    for token in reversed(state.tokens):
        if size <= 0:
            break
        found.insert(0, (token, len(token.content)))
        size -= len(token.content)
    return found


def _parts(content: str, notes: list[_Found]) -> Iterator[Piece]:
    """Yield what is read of a paragraph; a piece of a newline alone where it breaks."""
    hidden: list[tuple[int, int]] = []
    read: dict[int, tuple[int, str]] = {}
    reading = -1
    for note in sorted(notes, key=lambda note: note.start):
        _note(content, note, hidden, read)
        tag = content[note.start : note.end]
        if note.rule == "html_inline" and _READING.match(tag):
            reading = note.start
        elif note.rule == "html_inline" and reading >= 0 and _AFTER_READING.match(tag):
            hidden.append((reading, note.end))
            reading = -1
    shown = bytearray(b"\1") * len(content)
    for start, end in hidden:
        shown[start:end] = bytes(end - start)
    at = 0
    while at < len(content):
        end, text = read.get(at, (at + 1, content[at]))
        if shown[at]:
            if text == "\n" and at not in read:  # within code
                text = SOFT
            yield Piece(at, end, text, MARKUP)
        at = end


def _note(
    content: str, note: _Found, hidden: list[tuple[int, int]], read: dict[int, tuple[int, str]]
) -> None:
    """Note what a rule's part of a paragraph reads as."""
    start, end = note.start, note.end
    part = content[start:end]
    if note.rule == "newline":
        back = _back(content, start)
        read[start] = (
            end,
            "\n" if start - back >= 2 or content.startswith("\u3000", end) else SOFT,
        )
        hidden.append((back, start))
    elif note.rule == "escape":
        if part[1:2] == "\n":
            read[start] = (end, "\n")
        elif part[1:2] in string.punctuation:
            hidden.append((start, start + 1))
    elif note.rule == "backticks":
        size = len(part) - len(part.lstrip("`"))
        hidden += [(start, start + size), (end - size, end)]
    elif note.rule == "link":
        hidden += [(start, start + 1), (note.inner, end)]
    elif note.rule == "autolink":
        hidden += [(start, start + 1), (end - 1, end)]
    elif note.rule == "entity":
        read[start] = (end, re.sub(r"[\r\n]", " ", unescape(part)))
    elif note.rule == "html_inline" and _BREAK.match(part):
        read[start] = (end, "\n")
    elif note.rule in ("html_inline", "image"):
        hidden.append((start, end))
    at = start
    for token, size in note.marks:
        if token.type != "text" or not token.content:
            hidden.append((at, at + size))
        at += size


def _back(content: str, at: int) -> int:
    """Return where the spaces before a place begin."""
    while at > 0 and content[at - 1] == " ":
        at -= 1
    return at
