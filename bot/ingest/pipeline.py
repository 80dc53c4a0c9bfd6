"""From the bytes of a raw page to an article, in steps that each account for every character they change.

    decoding → lines → the article among them → broken bytes → readings → script → planted fragments → punctuation

Broken bytes come before readings, because a broken bracket is evidence for them; fragments come after script, so that
they can be told from the words around them. A page is accepted only when no step is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot import edits
from bot.article import MARK_CLOSE, MARK_OPEN, Article, Kind, Paragraph
from bot.edits import Edit
from bot.ingest import (
    boilerplate,
    fluency,
    furniture,
    imprint,
    injected,
    litter,
    metadata,
    mojibake,
    page,
    prose,
    punctuation,
    region,
    ruby,
    script,
    soundness,
    spun,
    statutes,
    symbols,
    titles,
)
from bot.ingest.boilerplate import Layout
from bot.ingest.document import Document
from bot.ingest.fluency import HAN
from bot.ingest.known import Known

ENOUGH_HAN = 60
"""A page with less prose than this carries no article."""
CHINESE_SHARE = 0.3
"""Share of Chinese among a page's letters below which it is in another language."""
BARE = soundness.WITHOUT_SITE | {".txt"}
"""Files that may hold nothing but an article."""
SPUN_SHOWN = 5
"""Words of a spun text that its refusal names."""

_HAN = re.compile(f"[{HAN}]")
_OTHER_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u1fff\u3041-\u30ff\uac00-\ud7af]")
_KANA = re.compile(r"[\u3041-\u30ff\uac00-\ud7af]")
_LEFT = re.compile(
    rf"[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]+|(?<=[{HAN}])[a-z]{{0,3}}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{{0,3}}[）)]"
)
_MARKED = re.compile(f"{MARK_OPEN}[^{MARK_OPEN}{MARK_CLOSE}]*{MARK_CLOSE}")


class Problem(NamedTuple):
    """Something that a person must look at: `raw[start:end]`, and what it is."""

    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the cleaning makes of one raw page.

    Args:
        status: "accepted", "needs_review" (there are problems) or "refused" (there is no article).
        article: The article; None when there is none.
        edits: Every change from the decoded raw text to the article's body.
        problems: What is in doubt, with its place in the raw text; for a refused page, why.
        raw: The decoded raw text.
        copy_of: Id of the known article that it is a copy or another version of, which it may take the place of; the first
            problem says so, and its article and edits are given all the same.
    """

    status: str
    article: Article | None
    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]
    raw: str
    copy_of: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what `corpus clean --json` prints."""
        article = self.article if self.status != "refused" else None
        region = article.region if article else None
        return {
            "status": self.status,
            "title": article.title if article else None,
            "publisher": article.publisher if article else None,
            "reporters": list(article.reporters) if article else [],
            "published": article.published if article else None,
            "kind": article.kind if article else None,
            "region": {
                level: name
                for level in ("province", "city", "district")
                if region and (name := getattr(region, level))
            },
            "paragraphs": [p.text for p in article.paragraphs] if article else [],
            "edits": [edit._asdict() for edit in self.edits] if article else [],
            "problems": [problem._asdict() for problem in self.problems],
        }


def clean(document: Document) -> Cleaned:
    """Clean one page."""
    draft = _Draft(document.raw, list(document.reading))
    draft.problems += [Problem(*problem) for problem in document.problems]
    text = draft.now
    lines = page.lines(text)
    law = statutes.find(lines)
    if law is not None:
        return _statute(document, draft, lines, law)
    return _report(document, draft, lines)


def _report(document: Document, draft: _Draft, lines: Sequence[page.Line]) -> Cleaned:
    """Return the report that a page holds."""
    text = draft.now
    layout = boilerplate.layout(text, lines, document.headings, document.small)
    body = "\n".join(text[span.start : span.end] for span in layout.spans)
    reason = _refusal(text, body)
    if reason:
        return _refused(document, reason)
    draft.step(lambda now: (boilerplate.edits(now, lines, layout.spans), layout.doubts))
    draft.step(lambda now: (litter.find(now), []))
    draft.step(symbols.find)
    draft.step(mojibake.find)
    before = draft.now
    draft.step(ruby.find)
    spelled = draft.now != before
    draft.step(lambda now: (script.edits(now), script.doubts(now)))
    if spun.is_spun(draft.now):
        words = "、".join(match[0] for match in spun.find(draft.now)[:SPUN_SHOWN])
        return _refused(document, f"is synonym-spun text, which says something else: {words} …")
    draft.step(lambda now: ([], spun.doubts(now)))
    damaged = punctuation.is_damaged(draft.now)
    above = [line for line in layout.before if line.begin not in document.small]
    line = titles.find(above, draft.now)
    hint = document.hints.title
    if hint is not None and line is not None and titles.is_better(line, hint, draft.now):
        hint = None  # what the page's head says is not of this text
    if (
        line is not None
        and hint is None
        and (block := titles.rivals(line, above, draft.now, bare=document.suffix in BARE))
    ):
        line = titles.likeliest(block, draft.now)
        span = edits.Origins(document.reading).span(block[0].start, block[-1].end)
        draft.problems.append(Problem("title: several lines in a row may be it", *span))
    title = _title(hint if hint is not None else line and line.text, damaged=damaged)
    around = [*layout.before, *layout.after]
    left = [each.text for each in around if each != line and each.begin not in document.small]
    left = [text for text in left if not (imprint.is_imprint(text) or furniture.is_no_text(text))]
    left = [text for text in left if titles.dense(text) != titles.dense(title or "")]
    if document.suffix in soundness.WITHOUT_SITE and soundness.is_cut(body, left):
        what = "much of the file's text is not in the article"
        draft.problems.append(Problem(what, 0, len(document.raw)))
    unlike = title is not None and titles.share(title, draft.now) < titles.RELATED_SHARE
    if unlike and (hint is None or not titles.stands_above(hint, layout.before)):
        place = (line.start, line.end) if line and hint is None else (0, 0)
        place = edits.Origins(document.reading).span(*place)
        draft.problems.append(Problem("the text says little of what this title says", *place))
    doubts = len(draft.problems)
    draft.step(lambda now: injected.find(now, title))
    if title is None and damaged and not spelled and len(draft.problems) == doubts:
        # Sites that plant fragments of a title narrow the punctuation, too; those that add readings plant nothing.
        unproven = "there is no title to prove that no fragments of it were planted"
        draft.problems.append(draft.problem(unproven, 0, len(draft.now.split("\n", 1)[0])))
    if damaged:
        draft.step(lambda now: (punctuation.edits(now), []))
    return _finished(document, draft, layout, title)


def load() -> None:
    """Load what the cleaning of any page needs, which takes a second."""
    fluency.model()
    region.table()


def compared(cleaned: Cleaned, known: Known) -> Cleaned:
    """Return a cleaned page as it is beside a corpus: a copy of one of its articles is refused, a newer version asked about."""
    other = known.beside(cleaned.article) if cleaned.article else None
    if other is None:
        return cleaned
    problems = (Problem(other.what, 0, len(cleaned.raw)), *cleaned.problems)
    if other.refused:
        return Cleaned("refused", None, (), problems, cleaned.raw)
    status = "needs_review" if other.replaces else "refused"
    return replace(cleaned, status=status, problems=problems, copy_of=other.id)


def _statute(
    document: Document, draft: _Draft, lines: Sequence[page.Line], law: statutes.Text
) -> Cleaned:
    """Return the statute that a page holds; of what surrounds news nothing is looked for."""
    draft.step(lambda now: (boilerplate.edits(now, lines, law.spans), law.doubts))
    draft.step(lambda now: (litter.find(now), []))
    draft.step(symbols.find)
    draft.step(lambda now: (statutes.tidied(now), []))
    draft.step(lambda now: (statutes.spaced(now), []))
    draft.step(lambda now: ([], [*soundness.foreign(now)]))
    paragraphs = draft.now.split("\n")
    head = statutes.head(document.name, law.before, law.after, document.hints, paragraphs)
    if head.title is None:
        draft.problems.append(Problem("title: no line says what this statute is called", 0, 0))
    article = Article(
        id=document.id,
        label=document.hints.label,
        paragraphs=tuple(
            Paragraph(document.id, number, text, statutes.is_heading(text))
            for number, text in enumerate(paragraphs)
        ),
        found_on=document.hints.found_on,
        kind=Kind.STATUTE,
        **head._asdict(),
    )
    problems = sorted(
        (*draft.problems, *_marks(draft), *_leftovers(draft)), key=lambda problem: problem.start
    )
    status = "needs_review" if problems else "accepted"
    return Cleaned(status, article, tuple(draft.edits), tuple(problems), document.raw)


def _finished(document: Document, draft: _Draft, layout: Layout, title: str | None) -> Cleaned:
    """Return the article that a cleaned text is, with what is doubtful about it."""
    headings = [span.heading for span in layout.spans]
    draft.step(lambda now: ([], soundness.doubts(now, headings)))
    paragraphs = draft.now.split("\n")
    found, unsure = metadata.read(
        title or "", paragraphs, layout.before, layout.after, document.hints
    )
    origins = edits.Origins(document.reading)
    draft.problems += [Problem(what, *origins.span(*place)) for what, *place in unsure]
    article = Article(
        id=document.id,
        title=title,
        label=document.hints.label,
        paragraphs=tuple(
            Paragraph(document.id, number, *row)
            for number, row in enumerate(zip(paragraphs, headings, strict=True))
        ),
        **found._asdict(),
    )
    problems = sorted(
        (*draft.problems, *_marks(draft), *_leftovers(draft)), key=lambda problem: problem.start
    )
    status = "needs_review" if problems else "accepted"
    return Cleaned(status, article, tuple(draft.edits), tuple(problems), document.raw)


def _refused(document: Document, reason: str) -> Cleaned:
    problem = Problem(reason, 0, len(document.raw))
    return Cleaned("refused", None, (), (problem,), document.raw)


class _Draft:
    """The text as it stands, with the edits that made it from the raw text."""

    def __init__(self, raw: str, first: list[Edit]) -> None:
        self.raw = raw
        self.edits = first
        self.now = edits.apply(raw, first)
        self._origins = edits.Origins(first)
        self.problems: list[Problem] = []

    def step(
        self, find: Callable[[str], tuple[list[Edit], Sequence[tuple[str, int, int]]]]
    ) -> None:
        """Make a step's edits, and note its doubts, which are places of the text before it."""
        found, doubts = find(self.now)
        self.problems += [self.problem(*doubt) for doubt in doubts]
        if found:
            self.edits = edits.compose(self.raw, self.edits, found)
            self.now = edits.apply(self.now, found)
            self._origins = edits.Origins(self.edits)

    def problem(self, what: str, start: int, end: int) -> Problem:
        """Return a problem at a place of the text as it stands, moved to the raw text."""
        return Problem(what, *self._origins.span(start, end))


def _refusal(text: str, body: str) -> str | None:
    """Return why a page carries no article of ours, or None."""
    han = len(_HAN.findall(text))
    if han < CHINESE_SHARE * (han + len(_OTHER_LETTERS.findall(ruby.strip(text)))):
        return "is not in Chinese"
    if len(_KANA.findall(text)) > 0.1 * han:
        return "is not in Chinese"
    if len(_HAN.findall(body)) < ENOUGH_HAN:
        return "holds no article: no prose, only navigation or lists"
    return None


def _title(found: str | None, *, damaged: bool) -> str | None:
    """Return a title as the article has it."""
    if found is None:
        return None
    text = titles.text(found)
    text = edits.apply(text, ruby.readings_in(text))
    text = script.simplify(text) if script.is_traditional(text) else text
    return edits.apply(text, punctuation.edits(text)) if damaged else text


def _marks(draft: _Draft) -> list[Problem]:
    what = "not restored with certainty"
    return [draft.problem(what, m.start(), m.end()) for m in _MARKED.finditer(draft.now)]


def _leftovers(draft: _Draft) -> list[Problem]:
    """Return what no article holds: replacement and private-use characters, halves of readings, text that is no Chinese."""
    places = [match.span() for match in _LEFT.finditer(draft.now)] + prose.garbled(draft.now)
    return [draft.problem("damage that no step could mend", *place) for place in places]
