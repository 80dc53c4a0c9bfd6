"""An excerpt beside the original: the passage as received, where it stands, and what can be proven of the two. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answer.answer import Excerpt
from bot.article import Kind
from bot.dialogue import menu, original
from bot.dialogue.original import Original, Proof
from bot.dialogue.panel import Look, Panel, Span
from bot.dialogue.wording import Wording

LONGEST = 1000
"""Characters of the excerpt and of the passage that are shown, so that both fit one message."""
LONGEST_NAME = 160


def panel(excerpt: Excerpt, kept: Original | None, words: Wording) -> Panel:
    """Return the panel that sets an excerpt beside its original.

    Args:
        excerpt: What the answer cites.
        kept: What the corpus keeps of the article; None where there is no original.
        words: The bot's own words.
    """
    quoted = (
        Span(words.say("check_head"), Look.LEAD),
        Span(menu.headline(excerpt.article, words)[:LONGEST_NAME], Look.SOURCE),
    )
    blocks = [quoted, tuple(_verbatim("check_quote", excerpt.quote, words))]
    if excerpt.article.found_on:
        found_on = menu.shown(excerpt.article.found_on, words)
        blocks.append((Span(words.say("check_found_on", site=found_on)),))
    if excerpt.article.kind is Kind.GUIDE:
        told = words.say("check_guide", basis=menu.shown(excerpt.paragraph.basis, words))
        return Panel((*blocks, (Span(told),)))
    if kept is None:
        return Panel((*blocks, (Span(words.say("check_no_raw")),)))
    proof = original.prove(excerpt, kept)
    if proof is not None:
        blocks.append(tuple(_verbatim("check_raw", proof.raw, words)))
    blocks.append(tuple(_file(kept, proof, words)))
    blocks.append(tuple(_results(excerpt, kept, proof, words)))
    return Panel(tuple(blocks))


def _verbatim(head: str, text: str, words: Wording) -> Iterator[Span]:
    yield Span(words.say(head))
    yield Span(text[:LONGEST], Look.QUOTE)
    if len(text) > LONGEST:
        yield Span(words.say("check_clipped", shown=LONGEST, count=len(text)))


def _file(kept: Original, proof: Proof | None, words: Wording) -> Iterator[Span]:
    yield Span(words.say("check_file"))
    yield Span(kept.name, Look.CODE)
    yield Span(words.say("check_sha256"))
    yield Span(kept.sha256, Look.CODE)
    if proof is not None:
        taken_out = kept.page != kept.name
        yield Span(words.say("check_offsets_in" if taken_out else "check_offsets", page=kept.page))
        yield Span(f"{proof.start}–{proof.end}", Look.CODE)


def _results(
    excerpt: Excerpt, kept: Original, proof: Proof | None, words: Wording
) -> Iterator[Span]:
    """Say what was found true and what not; each of it is computed from the files as they are now."""
    number = excerpt.article.position(excerpt.paragraph)
    place = {"number": number, "start": excerpt.start, "end": excerpt.end}
    if kept.article is None:
        yield Span(words.say("check_no_article"))
    else:
        held = original.is_slice(excerpt, kept.article)
        yield Span(words.say("check_slice" if held else "check_no_slice", **place))
    if kept.edits is None:
        yield Span(words.say("check_no_edits"))
    elif proof is None:
        yield Span(words.say("check_no_text"))
    else:
        count = proof.kinds.total()
        yield Span(words.say("check_given" if proof.given else "check_not_given", count=count))
        if count:
            listed = " · ".join(
                words.say("check_kind", kind=words.say(f"kind_{kind}"), count=times)
                for kind, times in proof.kinds.most_common()
            )
            yield Span(words.say("check_kinds", kinds=listed))
