"""What an admin is told about a file: what came out of it, and two buttons where something can be added. All pure.

    page.txt
    《题目》 · 青岚日报 · 12 段
    可以入库
    [入库] [不入库]

Whatever comes from the file, its name first of all, is shown without the characters that cannot be seen and never
longer than a line or two; a name is set as code, so that Telegram makes no link of it.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageEntityType

from bot.channel.telegram.render import OutgoingMessage, Span, paginate
from bot.dialogue.review import Added
from bot.dialogue.shortening import shortened
from bot.dialogue.submission import Outcome, Submitted
from bot.dialogue.wording import Wording

ADD, LEAVE, REVIEW = "add", "leave", "review"
"""What the data of a button begin with; a colon and the offer's key follow."""
OPEN = "o"
"""What the button does that opens a review."""

MOST_ARTICLES, MOST_DOUBTS = 50, 5
LONGEST_NAME, LONGEST_TEXT = 60, 400


def shown_name(name: str, words: Wording) -> str:
    """Return a file's name as it is shown: one line, the middle left out of a long one."""
    return shortened(name, LONGEST_NAME) or words.say("file_unnamed")


def offer_messages(
    name: str, articles: Sequence[Submitted], words: Wording, key: str | None
) -> list[OutgoingMessage]:
    """Return the messages that say what came out of a file.

    Args:
        name: The file's name.
        articles: What came out of it.
        words: The bot's own words.
        key: Key of the offer, for the buttons; None where nothing can be added or reviewed.
    """
    head = Span(shown_name(name, words), MessageEntityType.CODE)
    told = _one(articles[0], words) if len(articles) == 1 else _several(name, articles, words)
    messages = paginate(_headed(head, told))
    return messages if key is None else _with_buttons(messages, key, articles, words)


def refusal_messages(name: str, words: Wording, text: str) -> list[OutgoingMessage]:
    """Return the messages that say why a file is not even looked at."""
    return paginate([[Span(shown_name(name, words), MessageEntityType.CODE), Span(text)]])


def added_messages(added: Sequence[Added], words: Wording) -> list[OutgoingMessage]:
    """Return the messages that say what was added, and whether the index is being rebuilt now."""
    spans = [Span(_added(one, words)) for one in added[:MOST_ARTICLES]]
    if len(added) > MOST_ARTICLES:
        spans.append(Span(words.say("file_more_articles", count=len(added) - MOST_ARTICLES)))
    blocks = [spans]
    if any(not one.reason for one in added):
        blocks.append([Span(words.say("file_indexing"))])
    return paginate(blocks)


def reason(text: str, words: Wording) -> str:
    """Return a reason in the language of `words`, fit to be shown."""
    return shortened(words.reword(text), LONGEST_TEXT)


def _headed(head: Span, told: Iterator[list[Span]]) -> Iterator[list[Span]]:
    yield [head, *next(told)]
    yield from told


def _one(article: Submitted, words: Wording) -> Iterator[list[Span]]:
    lines = [Span(line) for line in (_facts(article, words), _outcome(article, words)) if line]
    yield lines
    for doubt in article.doubts[:MOST_DOUBTS]:
        clean = doubt.clean or words.say("file_left_out")
        yield [
            Span(reason(doubt.what, words), MessageEntityType.ITALIC),
            Span(words.say("file_raw", text=shortened(doubt.raw, LONGEST_TEXT))),
            Span(words.say("file_clean", text=shortened(clean, LONGEST_TEXT))),
        ]
    if len(article.doubts) > MOST_DOUBTS:
        yield [Span(words.say("file_more", count=len(article.doubts) - MOST_DOUBTS))]


def _several(name: str, articles: Sequence[Submitted], words: Wording) -> Iterator[list[Span]]:
    counts = Counter(article.outcome for article in articles)
    total = words.say(
        "file_articles",
        total=len(articles),
        accepted=counts[Outcome.ACCEPTED],
        review=counts[Outcome.NEEDS_REVIEW],
        refused=counts[Outcome.REFUSED],
    )
    yield [Span(total)]
    yield [Span(_line(name, article, words)) for article in articles[:MOST_ARTICLES]]
    if len(articles) > MOST_ARTICLES:
        count = len(articles) - MOST_ARTICLES
        yield [Span(words.say("file_more_articles", count=count))]


def _line(name: str, article: Submitted, words: Wording) -> str:
    """An article of several in a line, behind the number of its line in the file."""
    parts = [_facts(article, words), _outcome(article, words)]
    number = shortened(article.name.removeprefix(f"{name}:"), LONGEST_NAME)
    return f"{number}. {' · '.join(part for part in parts if part)}"


def _facts(submitted: Submitted, words: Wording) -> str:
    article = submitted.article
    if article is None:
        return ""
    name = shortened(article.name, LONGEST_TEXT)
    return words.say(
        "file_article",
        title=words.say("title" if article.title else "untitled", title=name, label=name),
        publisher=shortened(article.publisher or "", LONGEST_NAME) or words.say("no_publisher"),
        paragraphs=len(article.paragraphs),
    )


def _outcome(article: Submitted, words: Wording) -> str:
    if article.outcome is Outcome.ACCEPTED:
        return words.say("file_accepted")
    if article.outcome is Outcome.NEEDS_REVIEW:
        return words.say("file_review", doubts=len(article.doubts))
    return words.say("file_refused", reason=reason(article.reason, words))


def _added(one: Added, words: Wording) -> str:
    name = shown_name(one.name, words)
    if one.reason:
        return words.say("file_not_added", name=name, reason=reason(one.reason, words))
    return words.say("file_added", name=name, article=one.article_id)


def review_data(key: str, number: int, step: int, does: str) -> str:
    """Return the data of a button that belongs to a review: the article's number in its file, the step, what it does."""
    return f"{REVIEW}:{key}:{number}:{step}:{does}"


def _with_buttons(
    messages: list[OutgoingMessage], key: str, articles: Sequence[Submitted], words: Wording
) -> list[OutgoingMessage]:
    """Put the buttons below; a review takes the place of the message with its button, so it gets one of its own."""
    count = sum(one.outcome is Outcome.ACCEPTED for one in articles)
    if count:
        add = (
            words.say("file_add") if len(articles) == 1 else words.say("file_add_all", count=count)
        )
        row = [
            InlineKeyboardButton(add, callback_data=f"{ADD}:{key}"),
            InlineKeyboardButton(words.say("file_leave"), callback_data=f"{LEAVE}:{key}"),
        ]
        keyboard = InlineKeyboardMarkup([row])
        messages[-1] = dataclasses.replace(messages[-1], keyboard=keyboard)
    left = [number for number, one in enumerate(articles) if one.reviewable]
    if left:
        if count:
            messages += paginate([[Span(words.say("review_others", count=len(left)))]])
        copied = articles[left[0]].outcome is Outcome.REFUSED
        label = (
            "review_open_of" if len(left) > 1 else "review_open_copy" if copied else "review_open"
        )
        data = review_data(key, left[0], 0, OPEN)
        button = InlineKeyboardButton(words.say(label, count=len(left)), callback_data=data)
        messages[-1] = dataclasses.replace(
            messages[-1], keyboard=InlineKeyboardMarkup.from_button(button)
        )
    return messages
