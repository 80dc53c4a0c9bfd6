"""The places of a text where a fragment of a title can be planted, and what speaks for and against each.

What a set of insertions explains is weighed as the length of telling the text: the text without the fragments, and
where each of them stands. The lengths are those of `fluency`, in nats.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter

from bot.ingest import fluency
from bot.ingest.fluency import HAN

DELIMITERS = "，、。；：！？,;:!?的是在和与及了为对以等将从并也"
CLOSING = "，、。；：！？,;:!?"
PARTICLES = "的是在和"
MAX_FRAGMENT = 8
MOST_TURNS = 12
"""Places that begin alike, from which none of them is planted: fifteen insertions go around a cycle of four four times."""
WINDOW = 1500
"""Characters of the beginning of an article that are searched: the damage stays in the first paragraphs."""
NEAR = 12
"""An unused delimiter this near to an insertion says nothing: they keep a distance of some characters."""
CONTEXT = 6
"""Characters either side by which a fragment's place is judged."""

# Tuned together on the five articles and on fragments planted in invented ones; re-run tests/test_ingest_injected.py.
INSERTION_COST = 3.0
PARTICLE_COST = 1.0
RARE_COST = 3.0
QUOTED_COST = 3.0
TITLE_COST = 4.0
TWO_MARKS_COST = 12.0
"""An insertion behind a mark; more behind one of the usual particles; more behind another. Words that the article has
elsewhere. A fragment that the title continues; two marks left side by side."""
LINE_END_GAIN = 6.0
"""What is gained by leaving out words behind the last full stop of a line: no line ends without a mark."""
CHARACTER_COST = 3.0
PIECE_COST = 2.0
GAP_COST = 5.0
MISSED_COST = 5.0
"""A fragment's character; or, with a title: a piece of it, a piece with gaps, a character of it that no piece has."""

_FRAGMENT = re.compile(rf"[{HAN}0-9A-Za-z]{{1,{MAX_FRAGMENT}}}")


class Slots:
    """The slots of one text.

    Args:
        text: An article's body, Simplified and without readings.
        title: Its title's characters and digits; empty when there is none.

    Attributes:
        text: The beginning of the body, which is searched.
        whole: All of it.
        places: The slots: places behind a delimiter where something stands that can be a fragment.
        after: What stands there, as long as a fragment can be.
        closing: The slots behind a punctuation mark.
        repeating: The slots whose first two characters a few others have, too.
    """

    def __init__(self, text: str, title: str) -> None:
        self.text = text[:WINDOW]
        self.whole = text
        self.title = title
        self.places: list[int] = []
        self.after: dict[int, str] = {}
        for at in range(1, len(self.text)):
            if self.text[at - 1] in DELIMITERS:
                match = _FRAGMENT.match(self.text, at)
                if match:
                    self.places.append(at)
                    self.after[at] = match[0]
        self.closing = [at for at in self.places if self.text[at - 1] in CLOSING]
        # How many of those stand before each place, and up to it: `passed` is asked very often.
        self._before = [bisect_left(self.closing, at) for at in range(len(self.text) + 1)]
        self._up_to = [bisect_right(self.closing, at) for at in range(len(self.text) + 1)]
        self._weights: dict[tuple[int, str], float] = {}
        self._places: dict[str, list[int]] = {}
        self._in_title: dict[str, bool] = {}
        begins = Counter(self.after[at][:2] for at in self.places if len(self.after[at]) > 1)
        self.repeating = [at for at in self.places if 1 < begins[self.after[at][:2]] <= MOST_TURNS]

    def weight(self, at: int, fragment: str) -> float:
        """Return how much shorter the text tells without a fragment at a slot, in nats, less the cost of saying so."""
        key = (at, fragment)
        if key not in self._weights:
            low, end = max(0, at - CONTEXT), at + len(fragment)
            before, after = self.text[low:at], self.text[end : end + CONTEXT].split("\n")[0]
            delimiter = self.text[at - 1]
            weight = self._saved(before, fragment, after, end) - INSERTION_COST
            weight += LINE_END_GAIN * self.ends_line(at, end)
            if delimiter not in CLOSING:
                weight -= PARTICLE_COST if delimiter in PARTICLES else RARE_COST
            if after[:1] in tuple(CLOSING) or (not after and delimiter not in "。！？!?"):
                weight -= (
                    TWO_MARKS_COST  # taken out, it would leave two marks side by side: 媒体、线上、
                )
            elif after and fragment + after[:2] in self.title:
                weight -= TITLE_COST  # the title goes on like this: 浙江|宁波
            self._weights[key] = max(-TWO_MARKS_COST, weight)
        return self._weights[key]

    def ends_line(self, start: int, end: int) -> bool:
        """Say whether words stand between a full stop or a colon and the end of a line, where no text has any."""
        return self.text[start - 1] in "。！？!?：:" and self.whole[end : end + 1] in ("", "\n")

    def telling(self, cycle: tuple[str, ...]) -> float:
        """Return the cost of saying what a cycle is: so many characters, or the title, its pieces, and what they miss."""
        characters = "".join(cycle)
        if not self.title:
            return CHARACTER_COST * len(characters)
        if Counter(characters) - Counter(self.title):
            return (
                math.inf
            )  # the pieces do not overlap: a character of the title is in one of them only
        gaps = sum(fragment not in self.title for fragment in cycle)
        missed = len(self.title) - len(characters)
        return PIECE_COST * len(cycle) + GAP_COST * gaps + MISSED_COST * missed

    def passed(self, start: int, stop: int) -> int:
        """Return how many punctuation marks between two insertions could have had one and have none."""
        if stop - start < 2 * NEAR:
            return 0
        return max(0, self._up_to[stop - NEAR] - self._before[start + NEAR])

    def places_of(self, fragment: str) -> list[int]:
        """Return the slots where a fragment stands."""
        if fragment not in self._places:
            after = self.after
            self._places[fragment] = [at for at in self.places if after[at].startswith(fragment)]
        return self._places[fragment]

    def in_title(self, fragment: str) -> bool:
        """Say whether a fragment is an ordered subsequence of the title; anything may be, where there is none."""
        if fragment not in self._in_title:
            rest = iter(self.title)
            found = not self.title or all(character in rest for character in fragment)
            self._in_title[fragment] = found
        return self._in_title[fragment]

    def _saved(self, before: str, fragment: str, after: str, end: int) -> float:
        """Return by how much cheaper the text is without a fragment; what stands elsewhere too costs little."""
        alone = self._known("", after, end)
        with_it = [fluency.cost(before + fragment + after)]
        without = [fluency.cost(before + after)]
        if alone >= 3:
            rest = QUOTED_COST + fluency.cost(after[alone:])
            with_it.append(fluency.cost(before + fragment) + rest)
            without.append(fluency.cost(before) + rest)
        continued = self._known(fragment, after, -1)
        if continued >= 2:  # 五华|区市场监管局
            with_it.append(fluency.cost(before) + QUOTED_COST + fluency.cost(after[continued:]))
        joined = 0
        while joined < len(after) and before[-2:] + after[: joined + 1] in self.whole:
            joined += 1
        if joined >= 2:  # 级、公布|四星级
            without.append(fluency.cost(before[:-2]) + QUOTED_COST + fluency.cost(after[joined:]))
        return min(with_it) - min(without)

    def _known(self, fragment: str, after: str, but: int) -> int:
        """Return how much of what follows a fragment stands behind it elsewhere, too."""
        size = 0
        while size < len(after) and self._stands(fragment + after[: size + 1], but):
            size += 1
        return size

    def _stands(self, words: str, but: int) -> bool:
        """Say whether words stand somewhere in the article where nothing can be planted before them."""
        at = self.whole.find(words)
        while at >= 0:
            if at != but and (at == 0 or self.whole[at - 1] not in DELIMITERS):
                return True
            at = self.whole.find(words, at + 1)
        return False
