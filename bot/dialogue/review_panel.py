"""What an admin is shown of a review: a question at a time, then the article in short. Pure.

    2/3 没有把握复原的字
    原文：…2015年,消??»葡刃邢仍«嚕谏虾J新…
    清理后：…2015年，消保科先行先试，»⟦在⟧«上海市率先推行…
    [采用清理后的] [标上⟦…⟧]
    [改这一段] [保留原文]
    [« 上一处] [这一篇不入库]

Whatever comes from the file is shown without the characters that cannot be seen; only a text to be edited is not
touched, for it is to come back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.analysis.chars import visible
from bot.dialogue.panel import Block, Button, Look, Panel, Span, text_panel
from bot.dialogue.review import Asked, Choice, Copied, Review, Summary
from bot.dialogue.shortening import shortened
from bot.dialogue.wording import Wording

BACK, SKIP, ADD, WHOLE, REPLACE = "b", "s", "y", "w", "k"
"""What a button carries beside a `Choice`: the question before, no article of this, add it, show it whole, go on."""

LONGEST_TEXT, LONGEST_FIELD, LONGEST_NAME = 400, 120, 60
LONGEST_EDITED = 3000
"""Characters of paragraphs that are edited in a message; Telegram cuts one of 4096 and more in two."""
MOST_DECIDED = 20

Data = Callable[[str], str]
"""Makes the data of a button out of what it does."""


def review_panel(review: Review, words: Wording, data: Data, *, confirmed: bool = False) -> Panel:
    """Return what is to be decided next.

    Args:
        review: The review.
        words: The bot's own words.
        data: Makes the data of a button.
        confirmed: Whether it was said that the article is to take the place of its copy.
    """
    copied = review.copied
    if copied is not None and not confirmed:
        return _copied_panel(review, copied, words, data)
    asked = review.asked
    if asked is not None:
        return _question_panel(review, asked, words, data)
    return _summary_panel(review, copied, words, data)


def edit_panel(review: Review, asked: Asked, words: Wording, data: Data) -> Panel:
    """Return the paragraphs of a question's place and how they are edited."""
    return_ = Button(words.say("review_return"), data(REPLACE))
    head = Span(_head(review, words), Look.CODE)
    if len(asked.text) > LONGEST_EDITED:
        return Panel(((head, Span(words.say("review_edit_long"))),), ((return_,),))
    how = Span(words.say("review_edit_how"))
    return Panel(((head, how), (Span(asked.text, Look.CODE),)), ((return_,),))


def whole_panel(review: Review) -> Panel:
    """Return the whole article as it stands."""
    blocks: list[Block] = [(Span(shortened(review.article.name, LONGEST_TEXT), Look.LEAD),)]
    for paragraph in review.article.paragraphs:
        look = Look.LEAD if paragraph.heading else Look.TEXT
        blocks.append((Span(visible(paragraph.text), look),))
    return Panel(tuple(blocks))


def ended_panel(review: Review, words: Wording, key: str, *more: tuple[Button, ...]) -> Panel:
    """Return what stands in the place of a review that has ended; `key` says how."""
    return text_panel(f"{_head(review, words)}\n{words.say(key)}", *more)


def _head(review: Review, words: Wording) -> str:
    return shortened(review.name, LONGEST_NAME) or words.say("file_unnamed")


def _question_panel(review: Review, asked: Asked, words: Wording, data: Data) -> Panel:
    what = shortened(words.reword(asked.doubt.what), LONGEST_TEXT)
    title = words.say("review_question", number=asked.number, total=asked.total, what=what)
    spans = [Span(title, Look.LEAD)]
    if asked.doubt.raw:
        raw = shortened(asked.doubt.raw, LONGEST_TEXT)
        spans.append(Span(words.say("file_raw", text=raw)))
    left_out = Choice.TAKE in asked.choices
    nothing = words.say("review_no_value" if asked.field else "file_left_out")
    clean = shortened(asked.doubt.clean, LONGEST_TEXT) or nothing
    if asked.field:
        name = words.say(f"field_{asked.field}")
        spans.append(Span(words.say("review_field", field=name, value=clean)))
    else:
        spans.append(Span(words.say("file_clean", text=clean)))
    hint = Span(words.say("review_field_how" if asked.field else "review_hint"), Look.SOURCE)
    buttons = [
        Button(_label(choice, words, left_out=left_out, field=bool(asked.field)), data(choice))
        for choice in asked.choices
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    skip = Button(words.say("review_skip"), data(SKIP))
    last = (Button(words.say("review_back"), data(BACK)), skip) if asked.number > 1 else (skip,)
    head = (Span(_head(review, words), Look.CODE),)
    return Panel((head, tuple(spans), (hint,)), (*rows, last))


def _label(choice: Choice, words: Wording, *, left_out: bool, field: bool) -> str:
    if choice is Choice.ACCEPT and (left_out or field):
        return words.say("choice_keep_out" if left_out else "choice_keep")
    return words.say(f"choice_{choice}")


def _copied_panel(review: Review, copied: Copied, words: Wording, data: Data) -> Panel:
    version = words.reword(copied.version)
    asked = "review_version" if version else "review_copy"
    head = words.say(asked, article=copied.article_id, what=version)
    rows = [
        words.say(
            "review_copy_row",
            name=words.say("copy_" + row.name.replace(" ", "_")),
            new=shortened(row.new, LONGEST_NAME),
            old=shortened(row.old, LONGEST_NAME),
        )
        for row in copied.rows
    ]
    total = sum(row.better for row in copied.rows)
    key = "copy_new_better" if total > 0 else "copy_old_better" if total < 0 else "copy_neither"
    blocks: list[Block] = [
        (Span(_head(review, words), Look.CODE), Span(head)),
        tuple(Span(row) for row in rows),
    ]
    if not version:  # of two versions the newer one is no better copy
        blocks.append((Span(words.say(key)),))
    if copied.obstacle:
        obstacle = shortened(words.reword(copied.obstacle), LONGEST_TEXT)
        blocks.append((Span(words.say("copy_obstacle", reason=obstacle)),))
    go_on = Button(words.say("review_replace"), data(REPLACE))
    return Panel(tuple(blocks), ((go_on, Button(words.say("file_leave"), data(SKIP))),))


def _summary_panel(review: Review, copied: Copied | None, words: Wording, data: Data) -> Panel:
    summary = review.summary
    blocks: list[Block] = [
        (
            Span(_head(review, words), Look.CODE),
            Span(shortened(review.article.name, 200), Look.LEAD),
        ),
        tuple(Span(line) for line in _facts(summary, words)),
    ]
    if summary.decided:
        blocks.append(tuple(Span(line) for line in _decided(summary, words)))
    if copied is not None:
        blocks.append((Span(words.say("review_replaces", article=copied.article_id)),))
    blocks.append((Span(words.say("review_put_how"), Look.SOURCE),))
    rows = [
        (
            Button(words.say("file_add"), data(ADD)),
            Button(words.say("file_leave"), data(SKIP)),
        ),
        (Button(words.say("review_whole"), data(WHOLE)),),
    ]
    if summary.decided:
        rows.append((Button(words.say("review_back"), data(BACK)),))
    return Panel(tuple(blocks), tuple(rows))


def _facts(summary: Summary, words: Wording) -> Iterator[str]:
    for name, value in summary.fields:
        shown = shortened(value, LONGEST_FIELD)
        yield words.say("review_field", field=words.say(f"field_{name}"), value=shown)
    counts = (summary.paragraphs, summary.characters, summary.marked, summary.changes)
    names = ("paragraphs", "characters", "marked", "changes")
    yield words.say("review_counts", **dict(zip(names, counts, strict=True)))


def _decided(summary: Summary, words: Wording) -> Iterator[str]:
    yield words.say("review_decided", count=len(summary.decided))
    for what, choice in summary.decided[:MOST_DECIDED]:
        matter = shortened(words.reword(what), LONGEST_NAME)
        yield words.say("review_decision", what=matter, choice=words.say(f"choice_{choice}"))
    if len(summary.decided) > MOST_DECIDED:
        yield words.say("file_more", count=len(summary.decided) - MOST_DECIDED)
