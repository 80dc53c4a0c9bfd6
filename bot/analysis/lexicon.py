"""The lexicon: what words mean. Parsed from the text of `corpus/lexicon/*`, which `bot.collection` reads.

Tables have one entry a line, fields separated by a tab, the last field saying where the entry comes from; a line
that begins with `#` is a comment. Every phrase is folded, as texts are before a look-up.

    synonyms.tsv    concept, variant, weight     another wording for a term of the articles
    rewrite.tsv     from, to                     Cantonese, Taiwan and slang wording, put into Mandarin first
    english.tsv     english, chinese             glossary for English questions
    places.tsv      name, canonical, level, parent      what people call places, beyond the official names
    divisions.tsv   name, short, level, parent          the official names of places and their short forms
    kinds.tsv       pattern, kind, language      which kind of answer a question wants
    contrasts.tsv   group, member, word          words that exclude each other: 首批, 第二批
    matters.tsv     matter, traditional, english, kind, concepts     what articles speak of, to be offered
    smalltalk.tsv   class, phrase, language      whole utterances
    words.txt, stopwords.txt                     one word a line
    attributes.toml                              what people ask for and articles often leave out
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.analysis.chars import fold
from bot.analysis.phrases import Found, PhraseTable
from bot.errors import CorpusError


class Place(NamedTuple):
    """A place.

    Args:
        name: Its canonical name.
        level: province, municipality, city, district, town, area or landmark.
        parent: Canonical name of the place it lies in, or "".
        known: Whether an article of the corpus speaks of it, see `bot.analysis.gazetteer`.
    """

    name: str
    level: str
    parent: str
    known: bool


CANTONESE = "cantonese"
"""Origin of rewritings that would spoil Mandarin."""
LANDMARK = "landmark"
"""Level of a thing with a name (a mall, a street, an alliance): what a question is about, rather than where."""


class Attribute(NamedTuple):
    """Something that people ask for and that articles often do not state.

    Args:
        name: Short name, as in "phone".
        label: What a refusal calls it: "联系电话".
        detector: What in a paragraph would answer it; see `bot.answer.detect`.
    """

    name: str
    label: str
    detector: str


class Matter(NamedTuple):
    """Something that articles speak of.

    Args:
        name: What it is called, as it is shown.
        traditional: The same in Traditional characters, as people say it who write them.
        english: The same in English.
        service: Whether it is something that a consumer can use or turn to.
        concepts: A clause that holds one of these concepts tells of it.
    """

    name: str
    traditional: str
    english: str
    service: bool
    concepts: frozenset[str]


NO_PLACE = re.compile(
    "(?!中小学)[东西南北中]{0,2}(?:路|大街|大道|时间|航空|银行|大学|学院|中学|小学|火车站|[东西南北]站|机场)"
)
"""What makes a name another thing's when it stands behind it: 南京西路, 北京时间, 西宁站."""


class PlaceTable(PhraseTable[Place]):
    """The names of places. Those that articles speak of are found first: there is no 和静 in 和静安寺相比."""

    def __init__(self, entries: Mapping[str, Place]) -> None:
        super().__init__(entries)
        self.known = PhraseTable({name: place for name, place in entries.items() if place.known})
        self._others = PhraseTable(
            {name: place for name, place in entries.items() if not place.known}
        )

    def find(self, text: str) -> list[Found[Place]]:
        """Return the places found in a folded text, in order."""
        known = self.known.find(text)
        left = text
        for found in known:
            left = left[: found.start] + " " * (found.end - found.start) + left[found.end :]
        both = sorted([*known, *self._others.find(left)], key=lambda found: found.start)
        return [each for each in both if not NO_PLACE.match(text, each.end)]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every table, ready for look-ups in folded text.

    `cantonese` has what is rewritten only where a text is certainly in Cantonese.
    `shorts` has the everyday names of divisions by their official ones: of several places that share one, as 大同 for
    大同市 and 大同区, `places` knows but the last.
    """

    concepts: PhraseTable[tuple[str, ...]]
    rewrites: Mapping[str, str]
    cantonese: Mapping[str, str]
    english: PhraseTable[str]
    places: PlaceTable
    shorts: Mapping[str, str]
    kinds: PhraseTable[str]
    attributes: PhraseTable[Attribute]
    contrasts: PhraseTable[tuple[str, str]]
    comparing: PhraseTable[str]
    smalltalk: Mapping[str, str]
    words: tuple[str, ...]
    stopwords: frozenset[str]
    matters: tuple[Matter, ...]

    def knowing(self, places: Mapping[str, Place]) -> Lexicon:
        """Return the same lexicon for a corpus that speaks of some places, given by each of their names."""
        others = {n: place._replace(known=False) for n, place in self.places.entries.items()}
        return dataclasses.replace(self, places=PlaceTable(others | dict(places)))

    def ancestors(self, place: Place) -> tuple[str, ...]:
        """Return the canonical names of a place and of those it lies in, narrowest first."""
        names = [place.name]
        while place.parent and place.parent not in names:
            names.append(place.parent)
            found = self.places.entries.get(fold(place.parent))
            if found is None:
                break
            place = found
        return tuple(names)


def parse(texts: Mapping[str, str]) -> Lexicon:
    """Return the lexicon written in the texts of its files, by file name; a missing file counts as empty.

    Raises:
        CorpusError: A line lacks a field or a file is not TOML.
    """
    rows = {name: list(_rows(name, texts.get(name, ""), count)) for name, count in COLUMNS.items()}
    concepts: dict[str, set[str]] = {}
    for concept, variant, _, _ in rows["synonyms.tsv"]:
        concepts.setdefault(variant, set()).add(concept)
        concepts.setdefault(concept, set()).add(concept)
    return Lexicon(
        concepts=PhraseTable({phrase: tuple(sorted(found)) for phrase, found in concepts.items()}),
        rewrites=_longest_first((a, b) for a, b, of in rows["rewrite.tsv"] if of != CANTONESE),
        cantonese=_longest_first((a, b) for a, b, of in rows["rewrite.tsv"] if of == CANTONESE),
        english=PhraseTable({english_key(e): chinese for e, chinese, _ in rows["english.tsv"]}),
        places=PlaceTable(_places(rows["places.tsv"], rows["divisions.tsv"])),
        shorts={name: short for name, short, *_ in rows["divisions.tsv"] if short},
        kinds=PhraseTable({pattern: kind for pattern, kind, _, _ in rows["kinds.tsv"]}),
        attributes=PhraseTable(_attributes(texts.get("attributes.toml", ""))),
        contrasts=PhraseTable(
            {word: (group, one) for group, one, word, _ in rows["contrasts.tsv"]}
        ),
        comparing=PhraseTable({phrase: asked for phrase, asked, _ in rows["comparing.tsv"]}),
        smalltalk={phrase: name for name, phrase, _, _ in rows["smalltalk.tsv"]},
        words=tuple(word for word, _ in rows["words.txt"]),
        stopwords=frozenset(word for word, _ in rows["stopwords.txt"]),
        matters=tuple(_matters(texts.get("matters.tsv", ""))),
    )


def _longest_first(rows: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    return dict(sorted(rows, key=lambda row: -len(row[0])))


def english_key(text: str) -> str:
    """Return folded English text as the glossary is looked up: singular words without marks, one space between.

    Both the glossary's entries and the questions go through it, so it only has to be the same for both.
    """
    words = NOT_ENGLISH.sub(" ", text.replace("'", "").replace("-", " ")).split()
    return " ".join(PLURAL.sub("", PLURAL_Y.sub("y", word)) for word in words)


NOT_ENGLISH = re.compile("[^a-z0-9%.\u4e00-\u9fff]+|[.](?![0-9])")
PLURAL_Y = re.compile("(?<=[a-z]{2})ies$")
PLURAL = re.compile("(?<=[a-z]{2}[^sui])s$|(?<=[sx])es$|(?<=[cs]h)es$")

COLUMNS = {
    "synonyms.tsv": 4,
    "rewrite.tsv": 3,
    "english.tsv": 3,
    "places.tsv": 5,
    "divisions.tsv": 5,
    "kinds.tsv": 4,
    "contrasts.tsv": 4,
    "comparing.tsv": 3,
    "smalltalk.tsv": 4,
    "words.txt": 2,
    "stopwords.txt": 2,
}
MAY_BE_EMPTY = {"places.tsv": {4}, "divisions.tsv": {2, 4}}
"""Columns, from 1, of what a place need not have: a wider place, a short name."""


def _rows(name: str, text: str, count: int) -> Iterator[list[str]]:
    """Yield the folded fields of each entry."""
    for fields in _fields(name, text, count):
        yield [fold(field) for field in fields]


def _fields(name: str, text: str, count: int) -> Iterator[list[str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != count:
            raise CorpusError(f"lexicon/{name}", number, f"needs {count} fields separated by tabs")
        for column, field in enumerate(fields, start=1):
            if not field.strip() and column not in MAY_BE_EMPTY.get(name, ()):
                raise CorpusError(f"lexicon/{name}", number, f"field {column} is empty")
        yield [field.strip() for field in fields]


def _matters(text: str) -> Iterator[Matter]:
    for name, traditional, english, kind, concepts, _ in _fields("matters.tsv", text, 6):
        found = frozenset(fold(concepts).split())
        yield Matter(name, traditional, english, kind == "service", found)


def _places(own: list[list[str]], divisions: list[list[str]]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for name, short, level, parent, _ in divisions:
        for each in filter(None, (short, name)):
            places[each] = Place(name, level, parent, known=False)
    for name, canonical, level, parent, _ in own:
        places[name] = Place(canonical, level, parent, known=False)
    return places


def _attributes(text: str) -> dict[str, Attribute]:
    try:
        data: Mapping[str, Any] = tomllib.loads(text)
        return {
            fold(phrase): Attribute(entry["name"], entry["label"], entry["detector"])
            for entry in data.get("attribute", [])
            for phrase in entry["asked"]
        }
    except tomllib.TOMLDecodeError as error:
        raise CorpusError("lexicon/attributes.toml", None, f"not TOML: {error}") from None
    except KeyError as error:
        raise CorpusError("lexicon/attributes.toml", None, f"an attribute lacks {error}") from None
    except (TypeError, AttributeError):
        raise CorpusError(
            "lexicon/attributes.toml", None, "needs [[attribute]] tables, asked a list of texts"
        ) from None
