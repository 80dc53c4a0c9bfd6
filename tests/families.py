"""Families of damaged pages, made of the invented articles and sites in `tests/pages`.

    clean        as the site had it
    narrow       punctuation made half-width
    traditional  in Traditional characters, in several encodings
    read         Traditional, with readings behind characters
    planted      fragments of the title planted, punctuation half-width
    untitled     the same on pages that do not give the title
    misread      Traditional, with readings, and GBK bytes one out of step
    misread simplified

Each page is the same in every run.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.ingest import pipeline
from bot.ingest.formats import reader
from bot.ingest.pipeline import Cleaned
from tests import damage

FAMILIES = (
    "clean", "narrow", "traditional", "read", "planted", "untitled", "misread", "misread simplified",
)  # fmt: skip
VARIANTS = ("s2t", "s2tw", "s2hk")
ENCODINGS = ("utf-8", "big5hkscs", "gb18030", "utf-16")
PAGES = Path(__file__).parent / "pages"


class Page(NamedTuple):
    """A page, and what should come out of it."""

    name: str
    content: bytes
    paragraphs: list[str]


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of `tests/pages`."""
    return [json.loads(line) for line in (PAGES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def pages(family: str) -> Iterator[Page]:
    """Yield a family's pages, one for each article."""
    planted = family in ("planted", "untitled")
    templates = [t for t in rows("templates") if not planted or t["title"] == (family == "planted")]
    for number, article in enumerate(rows("articles")):
        template = templates[(number * 7 + len(family)) % len(templates)]
        rng = random.Random(f"{family} {article['id']}")
        paragraphs = [paragraph["text"] for paragraph in article["paragraphs"]]
        title, damaged = _damaged(family, article["title"], paragraphs, rng)
        text = (
            template["before"].replace("{title}", title if family != "untitled" else "")
            + template["gap"].join(template["indent"] + paragraph for paragraph in damaged)
            + template["after"]
        )
        encoding = rng.choice(ENCODINGS) if family == "traditional" else "utf-8"
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            content = text.encode()
        yield Page(f"{article['id']} {template['id']}", content, paragraphs)


def clean(content: bytes) -> Cleaned:
    """Return what the cleaning makes of a page."""
    (document,) = reader.documents("page.txt", content)
    return pipeline.clean(document)  # type: ignore[arg-type]  # of bytes that are text


def _damaged(
    family: str, title: str, paragraphs: Sequence[str], rng: random.Random
) -> tuple[str, list[str]]:
    texts = [title, *paragraphs]
    if family in ("planted", "untitled"):
        pieces = damage.fragments(title, rng)
        texts[1:] = damage.planted(paragraphs, pieces, rng, count=rng.choice((12, 15, 15, 18)))
    if family in ("traditional", "read", "misread"):
        variant = rng.choice(VARIANTS) if family != "misread" else "s2t"
        texts = [damage.traditional(text, variant) for text in texts]
    if family in ("read", "misread"):
        style = rng.choice(damage.STYLES) if family == "read" else "toned"
        texts = [damage.read(text, style, rng) for text in texts]
    if family.startswith("misread"):
        texts[1:] = [damage.misread(text, rng, 0.7) for text in texts[1:]]
    if family not in ("clean", "traditional"):
        texts = [damage.narrowed(text) for text in texts]
    return texts[0], texts[1:]
