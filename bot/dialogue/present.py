"""Reply → Panel: what stands in which order, for every channel. Pure.

An answer reads:

    lead
    quote           with the question's own words pointed out
    source
    …               a quote and a source for each excerpt
    what the bot adds
    buttons         for what there is beside an answer

A refusal is what the bot says, and under 可以问： the questions that can be asked instead, each a button. Where the sentence
that answers may not be quoted, a button shows it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue import asking, menu, press, reference
from bot.dialogue.compose import to_traditional
from bot.dialogue.panel import Block, Button, Look, Panel, Rows, Span
from bot.dialogue.reply import Reply
from bot.dialogue.wording import Language


def reply_panel(reply: Reply, pressed: str = "") -> Panel:
    """Return the panel that shows a reply.

    Args:
        reply: What to show; its suggestions are buttons.
        pressed: The question, where it was asked by a button and stands nowhere in the chat.
    """
    asked = tuple((asking.button(question),) for question in reply.suggestions)
    return Panel(tuple(_blocks(reply, pressed)), (*_buttons(reply), *asked))


def _buttons(reply: Reply) -> Rows:
    """The buttons under an answer; under a refusal at most the one that shows a sentence which may not be quoted."""
    if reply.refusal is not None and reply.refusal.where is not None:
        article, _ = reply.refusal.where
        data = menu.UNCERTAIN + asking.key(article.id)
        return ((Button(reply.wording.say("view_uncertain"), data),),)
    named = reference.read(reply.reference)
    if named is None or not reply.excerpts:
        return ()
    marked = named.with_marks([shown.marks for shown in reply.excerpts])
    first = reply.excerpts[0].excerpt
    beside = first.article.neighbours(first.paragraph.number)
    return press.under_answer(marked.written(), reply.reference, beside, reply.wording)


def lead(reply: Reply) -> str:
    """Return the short answer as it is shown, in the reply's script."""
    hant = reply.wording.language is Language.HANT
    return to_traditional(reply.lead) if hant else reply.lead


def _blocks(reply: Reply, pressed: str) -> Iterator[Block]:
    if pressed:
        yield (Span(reply.wording.say("asked", question=pressed)),)
    if reply.parts:
        for part in reply.parts:
            yield (Span(reply.wording.say("asked", question=part.question)),)
            yield from _blocks(part.reply, "")
        return
    if reply.lead:
        yield (Span(lead(reply), Look.LEAD),)
    for shown in reply.excerpts:
        quote = Span(shown.excerpt.quote, Look.QUOTE, shown.marks)
        yield (quote, Span(shown.source, Look.SOURCE))
    if reply.message:
        yield (Span(reply.message),)
    if reply.near:
        listed = reply.refusal is not None and reply.refusal.parts
        yield (Span(reply.wording.say("near_parts" if listed else "near")),)
        for shown in reply.near:
            quote = Span(shown.excerpt.quote, Look.QUOTE, shown.marks)
            yield (quote, Span(shown.source, Look.SOURCE))
    if reply.suggestions:
        yield (Span(reply.wording.say("try_asking")),)
