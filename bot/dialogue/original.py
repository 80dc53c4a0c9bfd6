"""An excerpt beside the file that its article was made from. Pure; `bot.originals` reads the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot import edits
from bot.answer.answer import Excerpt
from bot.article import Article
from bot.edits import Edit, Origins


@dataclass(frozen=True, slots=True)
class Original:
    """What the corpus keeps of an article, as it stands on the disk now.

    Args:
        name: The file as received, by its path in the corpus.
        sha256: Digest of that file's bytes, hexadecimal.
        page: The file whose text the edits count in, by its path; `name` unless the text had to be taken out.
        edits: Every change from that text to the article; None where they are not kept.
        text: That text; None where it cannot be decoded so that the edits fit.
        article: The article; None where its file cannot be read.
    """

    name: str
    sha256: str
    page: str
    edits: Sequence[Edit] | None
    text: str | None
    article: Article | None


class Proof(NamedTuple):
    """What an excerpt was in the original, and whether the one becomes the other.

    Args:
        start: Offset of the passage's first character in the original's text.
        end: Offset behind its last one.
        raw: The passage.
        given: Whether the edits turn the passage into the excerpt.
        kinds: How many edits of each kind there are in it.
    """

    start: int
    end: int
    raw: str
    given: bool
    kinds: Counter[str]


def is_slice(excerpt: Excerpt, article: Article) -> bool:
    """Whether an article, read anew, has the excerpt where it is cited."""
    number = excerpt.paragraph.number
    texts = [paragraph.text for paragraph in article.paragraphs[number : number + 1]]
    return [text[excerpt.start : excerpt.end] for text in texts] == [excerpt.quote]


def prove(excerpt: Excerpt, original: Original) -> Proof | None:
    """Return where an excerpt comes from; None where text or edits are missing."""
    if original.text is None or original.edits is None:
        return None
    before = excerpt.article.paragraphs[: excerpt.paragraph.number]
    begin = sum(len(paragraph.text) + 1 for paragraph in before) + excerpt.start
    start, end = Origins(original.edits).span(begin, begin + len(excerpt.quote))
    raw = original.text[start:end]
    inside = [
        Edit(edit.start - start, edit.end - start, edit.raw, edit.clean, edit.kind)
        for edit in original.edits
        if start <= edit.start and edit.end <= end
    ]
    try:
        given = excerpt.quote in edits.apply(raw, inside)
    except ValueError:  # the article is not the one that the edits were made for
        given = False
    return Proof(start, end, raw, given, Counter(edit.kind for edit in inside))
