"""What an excerpt is about, for who does not read its language: its matters and its place, as the lexicon calls them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from bot.analysis.analyzer import Analyzer
from bot.analysis.chars import fold
from bot.analysis.lexicon import english_key
from bot.answer import lookup
from bot.answer.answer import Answer, Refusal
from bot.answer.scope import WIDE
from bot.dialogue import menu
from bot.dialogue.wording import Language, Wording

MATTERS = 2
"""Matters that are named at most."""


def about(answer: Answer, analyzer: Analyzer, wording: Wording) -> str:
    """Return the matters and the place of an answer's short answer, in English; "" where the reply is in Chinese."""
    if wording.language is not Language.EN:
        return ""
    lexicon = analyzer.lexicon
    found = lexicon.concepts.find(fold("".join(answer.leads)))
    concepts = {concept for each in found for concept in each.value}
    matters = [menu.name_of(m, wording) for m in lexicon.matters if m.concepts & concepts]
    named = [*matters[:MATTERS], *_place(answer, analyzer)]
    return "; ".join(named) or wording.say("excerpt_consumer_rights")


def figure_place(answer: Answer, analyzer: Analyzer, wording: Wording) -> str:
    """Return the place whose figure a single short answer gives, where its excerpt names none; "" where it names one.

    What is told in English names the place anyway.
    """
    first = answer.excerpts[0]
    quote, levels = fold(first.quote), first.article.region.levels
    if wording.language is Language.EN or len(answer.leads) != 1 or answer.remark or not levels:
        return ""
    silent = not (analyzer.places(quote) or WIDE.search(quote))
    told = fold(answer.leads[0])
    counts = lookup.FIGURE.search(told) is not None
    return levels[-1] if silent and counts else ""


def place_of(answer: Answer, analyzer: Analyzer) -> Answer:
    """Return an answer with the place that it is of in English."""
    return dataclasses.replace(answer, place=_english(answer.place, "", analyzer))


def named(
    refusal: Refusal, text: str, analyzer: Analyzer, spelt: Callable[[str], str | None]
) -> Refusal:
    """Return a refusal with what it names in English, as the question itself called it where it did.

    Args:
        refusal: The refusal.
        text: The question as it was typed.
        analyzer: Knows the glossary.
        spelt: Returns the Chinese word that letters spell in pinyin.
    """
    typed = english_key(fold(text))

    def english(names: str) -> str:
        return ", ".join(one(name) for name in names.split("、") if name)

    def one(name: str) -> str:
        spelling = next((word for word in typed.split() if spelt(word) == fold(name)), "")
        return spelling.title() or _english(name, typed, analyzer)

    return dataclasses.replace(
        refusal,
        missing=english(refusal.missing),
        place=english(refusal.place),
        found=english(refusal.found),
        parts=tuple((english(place), says) for place, says in refusal.parts),
    )


def _english(name: str, typed: str, analyzer: Analyzer) -> str:
    """Return what the glossary calls something, rather as it was typed; itself where it lacks it."""
    lexicon = analyzer.lexicon
    place = lexicon.places.entries.get(fold(name))
    called = {fold(name)}
    if place is not None:
        called |= {each for each, one in lexicon.places.entries.items() if one.name == place.name}
    words = [word for word, chinese in lexicon.english.entries.items() if chinese in called]
    best = max(words, key=lambda word: (f" {word} " in f" {typed} ", len(word)), default="")
    return (best.title() if place is not None else best) or name


def _place(answer: Answer, analyzer: Analyzer) -> Sequence[str]:
    """Return what the glossary calls the place that an answer is of; nothing where it lacks it."""
    lexicon = analyzer.lexicon
    told = analyzer.known_places(fold("".join(answer.leads[:1])))
    names = [found.value.name for found in told[:1]]
    names = names or [fold(name) for name in answer.excerpts[0].article.region.levels[-1:]]
    called = {name for name, place in lexicon.places.entries.items() if place.name in names}
    english = [word for word, chinese in lexicon.english.entries.items() if chinese in called]
    return [max(english, key=len).title()] if english else []
