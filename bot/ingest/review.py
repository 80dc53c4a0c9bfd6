"""A review on the operator's terminal, or through a pipe with an answer a line: see, decide, see again, add or not.

    2/3 not restored with certainty
      raw    …2015年,消??»葡刃邢仍«嚕谏虾J新氏韧菩小…
      clean  …2015年，消保科先行先试，⟦在⟧上海市率先推行…
    [a]ccept [m]ark [e]dit [l]eave raw, [b]ack [v]iew all [s]kip the file [q]uit>

What an answer does is decided by `bot.ingest.questions`.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from rich.table import Table
from rich.text import Text

from bot.errors import IngestError
from bot.ingest import difference, editor, fields, marks, questions
from bot.ingest import draft as drafts
from bot.ingest.document import Document
from bot.ingest.draft import Draft
from bot.ingest.pipeline import Cleaned
from bot.ingest.questions import Answer, Choice, Question, Review
from bot.ingest.screen import Screen, visible

CONTEXT = 40
"""Characters shown either side of a place."""
LONGEST = 200
"""Characters shown of a place itself, of a longer one its two ends."""
PLACE = "reverse"
NAMES = {
    Choice.ACCEPT: "[a]ccept",
    Choice.MARK: "[m]ark",
    Choice.EDIT: "[e]dit",
    Choice.LEAVE: "[l]eave raw",
    Choice.TAKE: "[t]ake it in",
}
ALWAYS = "[b]ack [v]iew all [s]kip the file [q]uit"


class Ending(Enum):
    """How a review ends that gives no article."""

    SKIPPED = "skipped"
    QUIT = "quit"


def show(name: str, cleaned: Cleaned, screen: Screen) -> None:
    """Show what the cleaning made of a document: its status and metadata, every change, what is in doubt."""
    screen.show(f"{name}: {cleaned.status}")
    if cleaned.article is not None:
        draft = Draft(cleaned.raw, cleaned.edits, cleaned.article)
        _show_fields(draft, screen)
        screen.show()
        colour = screen.console.is_terminal
        screen.show(difference.inline(cleaned.raw, cleaned.edits, colour=colour))
        screen.show()
    for problem in cleaned.problems:
        screen.show(f"{problem.what}: {_excerpt(cleaned.raw, problem.start, problem.end).plain}")


def run(document: Document, cleaned: Cleaned, screen: Screen) -> Draft | Ending:
    """Review a document and return the article that is to be added, or how the review ended without one."""
    review = questions.begin(document, cleaned)
    status = f"in place of {cleaned.copy_of}" if cleaned.copy_of else cleaned.status
    screen.show(f"{document.name}: {status}")
    _show_draft(review.draft, screen)
    while True:
        question = review.question
        if question is None:
            done = _finish(review, screen)
            if not isinstance(done, Review):
                return done
            review = done
            continue
        _show_question(review, question, screen)
        typed = _asked(review, question, screen)
        if typed is None or typed == "s":
            return Ending.SKIPPED
        if typed == "q":
            return Ending.QUIT
        if typed == "b":
            review = review.back()
        elif typed == "v":
            _show_draft(review.draft, screen, full=True)
        else:
            review = _answered(review, question, typed, screen)


def _asked(review: Review, question: Question, screen: Screen) -> str | None:
    if question.field is not None:
        return screen.ask(f"a value, {fields.NONE} for none, [a]ccept, {ALWAYS}> ")
    can = questions.choices(review.draft, question)
    typed = screen.ask(f"{' '.join(NAMES[choice] for choice in can)}, {ALWAYS}> ")
    return typed if typed is None else typed.lower()


def _answered(review: Review, question: Question, typed: str, screen: Screen) -> Review:
    """Return the review with an answer given; the same review, and a line that says why, where it cannot be."""
    if question.field is not None:
        answer = Answer(Choice.ACCEPT, "" if typed.lower() == "a" else typed or " ")
    else:
        can = {choice.value: choice for choice in questions.choices(review.draft, question)}
        if typed not in can:
            meant = "; ".join(
                f"{choice.value}: {questions.MEANING[choice]}" for choice in can.values()
            )
            screen.show(f"answer with a letter: {meant}")
            return review
        answer = Answer(can[typed])
    try:
        if answer.choice is Choice.EDIT:
            text = questions.editable(review.draft, question)
            answer = answer._replace(text=editor.edit(text, screen.environ))
        return review.answer(answer)
    except IngestError as error:
        screen.show(str(error))
        return review


def _finish(review: Review, screen: Screen) -> Draft | Ending | Review:
    """Show the whole article once more and ask; return the article, the ending, or the review going on."""
    if review.questions:
        screen.show()
        _show_article(review.draft, screen)
    while True:
        back = "b for the question before, " if review.number else ""
        screen.show(
            f"or type {back}q to quit, or a field: title = …, label = …, published = 2021-12"
        )
        typed = screen.ask("add it? [y/N] ")
        if typed is None or typed.lower() in ("", "n", "no", "s"):
            return Ending.SKIPPED
        if typed.lower() in ("y", "yes"):
            return review.draft
        if typed.lower() == "q":
            return Ending.QUIT
        if typed.lower() == "b" and review.number:
            return review.back()
        field, _, value = (part.strip() for part in typed.partition("="))
        if field in fields.FIELDS and value:
            try:
                review = review.put(field, value)
                screen.show(f"{field}: {fields.value(review.draft.article, field) or '–'}")
            except IngestError as error:
                screen.show(str(error))
        else:
            screen.show(f"fields are {', '.join(fields.FIELDS)}")


def _show_draft(draft: Draft, screen: Screen, *, full: bool = False) -> None:
    _show_fields(draft, screen)
    screen.show()
    if screen.on_terminal:
        screen.show(difference.beside(draft.raw, draft.edits, full=full))
    else:
        screen.show(difference.inline(draft.raw, draft.edits, colour=False))
    screen.show()


def _show_fields(draft: Draft, screen: Screen) -> None:
    values = {name: fields.value(draft.article, name) for name in fields.FIELDS}
    values["region"] = str(draft.article.region)
    for name, value in values.items():
        if value:
            screen.show(f"{name}: {value}")


def _show_article(draft: Draft, screen: Screen) -> None:
    """Show an article as it would be added, the marks in it standing out."""
    _show_fields(draft, screen)
    for paragraph in draft.article.paragraphs:
        text = Text(visible(paragraph.text), style="bold" if paragraph.heading else "")
        text.highlight_regex(marks.MARKED, "bold red")
        screen.show()
        screen.show(Text("## ").append(text) if paragraph.heading else text)
    screen.show()


def _show_question(review: Review, question: Question, screen: Screen) -> None:
    draft = review.draft
    screen.show(
        Text(f"{review.number + 1}/{len(review.questions)} {visible(question.what)}", "bold")
    )
    places: list[tuple[Literal["raw", "clean"], Text]] = []
    if question.field is None or question.end > question.start:
        places.append(("raw", _excerpt(draft.raw, question.start, question.end)))
    if question.field is not None:
        places.append(("clean", Text(fields.value(draft.article, question.field) or "–")))
    elif drafts.is_left_out(draft, question.start, question.end):
        places.append(("clean", Text("(left out)")))
    else:
        low, high = drafts.place(draft, question.start, question.end)
        places.append(("clean", _excerpt(draft.article.body, low, high)))
    if screen.on_terminal:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=7, justify="right", style="dim")
        grid.add_column(overflow="fold")
        for name, text in places:
            grid.add_row(name, text)
        screen.show(grid)
        return
    for name, text in places:
        plain = text.plain
        for span in text.spans:
            plain = f"{plain[: span.start]}»{plain[span.start : span.end]}«{plain[span.end :]}"
        screen.show(f"{name:>7} {plain}")


def _excerpt(text: str, start: int, end: int) -> Text:
    """Return a place with what stands around it, in one line; the place itself is styled."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    place = text[start:end]
    if len(place) > LONGEST:
        half = LONGEST // 2
        place = f"{place[:half]} … {place[-half:]}"
    shown = Text("…" if start > CONTEXT else "")
    for part, style in ((before, ""), (place, PLACE), (after, "")):
        shown.append("⏎".join(visible(part).split("\n")), style=style or None)
    return shown.append("…" if end + CONTEXT < len(text) else "")
