"""Questions and answers as JSON, for scripts: one object a question.

in   {"id": "q1", "question": "静安寺商圈有多少家无理由退货单位？", "chat": "c1"}
out  {"id": "q1", "question": "…", "status": "answered", "lead": "…", "citations": […], "suggestions": […], …}
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, TextIO

from bot.dialogue.compose import to_traditional
from bot.dialogue.reply import Part, Reply, Shown
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language


async def answer_lines(
    dialogue: Dialogue, stdin: TextIO, stdout: TextIO, language: Language | None = None
) -> None:
    """Answer each line of `stdin` with a line on `stdout`, in order, flushed as it goes.

    Lines with the same `chat` share a conversation; without `chat` each stands alone. A line that is no question
    gives an object with `error`, and the rest goes on.
    """
    for line in iter(stdin.readline, ""):
        if not line.strip():
            continue
        try:
            asked = read_line(line)
        except ValueError as error:
            result: dict[str, Any] = {"id": None, "error": str(error)}
        else:
            result = await answer_one(dialogue, asked, language)
        stdout.write(dump(result) + "\n")
        stdout.flush()


def read_line(line: str) -> Mapping[str, Any]:
    """Return the object in a line.

    Raises:
        ValueError: It is not JSON, not an object, or has no question.
    """
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(asked, dict):
        raise ValueError("not an object")
    if not isinstance(asked.get("question"), str):
        raise ValueError("question: must be a text")
    if not isinstance(asked.get("id"), str | int | None):
        raise ValueError("id: must be a text or a number")
    if not isinstance(asked.get("chat"), str | int | None):
        raise ValueError("chat: must be a text or a number")
    return asked


async def answer_one(
    dialogue: Dialogue, asked: Mapping[str, Any], language: Language | None = None
) -> dict[str, Any]:
    """Return the answer to one question as it is printed."""
    started = time.perf_counter()
    utterance = Utterance(asked["question"], f"jsonl:{asked.get('chat')}", language)
    answer = dialogue.ask if asked.get("chat") is None else dialogue.turn
    reply = await answer(utterance)
    elapsed_ms = (time.perf_counter() - started) * 1000
    return {
        "id": asked.get("id"),
        "question": asked["question"],
        **as_json(reply, language),
        "elapsed_ms": round(elapsed_ms, 1),
    }


def as_json(reply: Reply, language: Language | None = None) -> dict[str, Any]:
    """Return a reply's fields; with Traditional wanted, all but the quotes is in Traditional characters."""
    show: Callable[[str], str] = to_traditional if language is Language.HANT else str
    return {
        "status": str(reply.status),
        "lead": show(reply.lead),
        "message": reply.message,
        "citations": [_citation(shown, show) for shown in reply.excerpts],
        "suggestions": list(reply.suggestions),
        **({"near": [_citation(shown, show) for shown in reply.near]} if reply.near else {}),
        **({"parts": [_part(part, show) for part in reply.parts]} if reply.parts else {}),
    }


def _part(part: Part, show: Callable[[str], str]) -> dict[str, Any]:
    return {
        "question": part.question,
        "status": str(part.reply.status),
        "lead": show(part.reply.lead),
        "message": part.reply.message,
        "citations": [_citation(shown, show) for shown in part.reply.excerpts],
    }


def dump(result: Mapping[str, Any]) -> str:
    """Return an object as one line; half a surrogate pair, which some clients send, is escaped."""
    text = json.dumps(result, ensure_ascii=False)
    return text if text.isprintable() or _encodes(text) else json.dumps(result)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _citation(shown: Shown, show: Callable[[str], str]) -> dict[str, Any]:
    excerpt = shown.excerpt
    article = excerpt.article
    return {
        "article": article.id,
        "title": show(article.title) if article.title else None,
        "label": show(article.label) if article.label else None,
        "publisher": show(article.publisher) if article.publisher else None,
        "published": article.published,
        "region": show(str(article.region)),
        **({"number": excerpt.number} if excerpt.number else {}),
        **({"basis": excerpt.paragraph.basis} if excerpt.paragraph.basis else {}),
        "paragraph": excerpt.paragraph.number,
        "start": excerpt.start,
        "end": excerpt.end,
        "quote": excerpt.quote,
    }
