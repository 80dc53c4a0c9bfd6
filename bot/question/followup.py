"""Questions that lean on the one before, as 那奉贤呢？ or 多少家？ or 是哪一年的？ do."""

from __future__ import annotations

import dataclasses
import re

from bot.analysis.chars import fold
from bot.question.question import Question, Reader


def is_elliptic(question: Question) -> bool:
    """Whether a question names no matter of its own: only places, function words and question words."""
    return not question.content and bool(question.places or question.elsewhere or question.kinds)


def may_follow(question: Question) -> bool:
    """Whether a question is short enough to lean on the one before it."""
    return len(question.content) <= MOST_CONTENT


AND_THAT = re.compile("(?:那|那么)?(?P<matter>.+?)的?呢[?？。]?")
"""How the same is asked of something else: 那无理由退货的呢."""
TOTAL = re.compile("总共|一共|合计|总计|加起来|合起来|总数|合共")
"""What asks for the sum of what was talked of."""
MOST_CONTENT = 3
"""Words of its own that a follow-up still has; a longer question says what it is about."""


def complete(question: Question, topic: str, reader: Reader) -> Question:
    """Return an elliptic question with the matter of the one before.

    Args:
        question: The elliptic question.
        topic: How the corpus words what the conversation is about.
        reader: Reads the topic as it reads questions.

    Returns:
        A question about the topic's matter and the question's own places, years and kinds. A question that names a
        place but no kind (那奉贤呢) wants the topic's kind. Its wording is for searching only, never shown.
    """
    wording = _without_others(reader.without_places(topic), question, reader)
    if question.kinds or question.attributes:
        wording = _without_asking(wording, reader)
    before = reader.analyse(topic, wording)
    asks_itself = question.content or question.kinds
    return dataclasses.replace(
        question,
        plain=f"{before.plain} {question.plain}" if asks_itself else before.plain,
        kinds=question.kinds or before.kinds,
        content=(*before.content, *question.content),
    )


def exchanged(question: Question, topic: str, place: str, reader: Reader) -> Question | None:
    """Return what 联络站呢 asks after 海曙ODR几家: the same of another matter in the same place; None for another question.

    Args:
        question: The question.
        topic: How the corpus words what the conversation is about.
        place: The place that the conversation is about; "" where it is about none.
        reader: Reads what is asked in the end.
    """
    match = AND_THAT.fullmatch(question.plain.strip())
    if match is None or not question.content or set(question.kinds) - {"yesno"}:
        return None
    folded = fold(topic)
    asking = "".join(folded[f.start : f.end] for f in reader.lexicon.kinds.find(folded))
    if not asking:
        return None
    named = "" if question.places or question.elsewhere else place
    return reader.analyse(question.text, f"{named}{match['matter']}{asking}", question.writing)


def _without_others(topic: str, question: Question, reader: Reader) -> str:
    """Return a topic without the words that exclude what the question names, 五星的 gives way to 那四星的呢; all of them to 总共几家."""
    contrasts = reader.lexicon.contrasts
    named = {found.value[0] for found in contrasts.find(question.plain)}
    every = TOTAL.search(question.plain) and not named
    for found in reversed(contrasts.find(topic)):
        if every or found.value[0] in named:
            topic = topic[: found.start] + topic[found.end :]
    return topic


def _without_asking(topic: str, reader: Reader) -> str:
    """Return a topic without its own question words: what is asked of it now is another thing."""
    for found in reversed(reader.lexicon.kinds.find(topic)):
        topic = topic[: found.start] + topic[found.end :]
    return topic
