"""What a web page's own style hides or strikes out: its style sheets, and the style attributes of its elements.

    <style>.x1{display:none}</style> … <span class=x1>抄袭可耻</span>      hidden
    <i style="text-decoration: line-through">99.9万元</i>                 struck

Nothing cascades: a rule counts for every element that its last part fits, whatever else the page says of it. What only
concerns the printer does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field

MAX_SHEET = 200_000
"""Characters of style sheets that are read."""

_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0*(?:\.0+)?(?:px|pt|r?em|%)?(?![\d.])|opacity:0*(?:\.0+)?(?![\d.])"
    r"|text-indent:-\d{3}|(?:left|top|right|margin-left):-\d{3,}|clip:rect\((?:0|1px)|clip-path:inset\((?:50|100)%|color:transparent"
    r"|transform:scale\(0|(?:max-)?(?:height|width):0(?:px)?(?![\d.%]).*overflow:hidden|overflow:hidden.*(?:max-)?(?:height|width):0(?:px)?(?![\d.%])"
)
_WHITE = re.compile(r"(?<![-a-z])color:(?:#fff(?:fff)?(?![\da-f])|white|rgba?\(255,255,255)")
_GROUND = re.compile("background")
_FAINT = re.compile(
    r"font-size:(?:[89]|1[0-4])(?:\.\d+)?px|font-size:(?:[6-9]|10)(?:\.\d+)?pt|(?<![-a-z])color:(?:#(?P<grey>[4-9ab][0-9a-f]?)(?P=grey){2}(?![\da-f])|gr[ae]y"
    r"|rgba?\((?P<level>1[0-7]\d|[6-9]\d),(?P=level),(?P=level)[,)])"
)
"""Small characters, or one of the greys between black and white."""
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<marks>(?:[.#][\w-]+)+)$")


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an element's text.

    Args:
        hidden: Whether nobody sees it.
        white: Whether it is white and its own style gives it no ground: hidden in the middle of a text.
        struck: Whether it is struck out.
        ground: Whether its own style gives it a ground, on which white can be read.
        faint: Whether it is small or grey, as captions are set.
    """

    hidden: bool = False
    white: bool = False
    struck: bool = False
    ground: bool = False
    faint: bool = False

    def __or__(self, other: Fate) -> Fate:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Fate(*(mine or its for mine, its in pairs))


SHOWN = Fate()


@dataclass(slots=True)
class Styles:
    """A page's rules that hide or strike out, by one class or id that an element needs for them: (tag, marks, fate)."""

    rules: dict[str, list[tuple[str, frozenset[str], Fate]]] = field(default_factory=dict)

    def fate(self, name: str, attributes: Mapping[str, str]) -> Fate:
        """Return what becomes of the text of an element with some attributes."""
        found = fate(attributes.get("style", ""))
        marks = {f".{each}" for each in attributes.get("class", "").lower().split()}
        if attributes.get("id"):
            marks.add(f"#{attributes['id'].lower()}")
        for mark in marks:
            for tag, needed, its in self.rules.get(mark, ()):
                if tag in ("", "*", name) and needed <= marks:
                    found |= its
        return found


def fate(declarations: str) -> Fate:
    """Return what declarations make of an element's text."""
    dense = re.sub(r"\s+", "", declarations).lower()
    if not dense:
        return SHOWN
    return Fate(
        _HIDDEN.search(dense) is not None,
        _WHITE.search(dense) is not None and _GROUND.search(dense) is None,
        _STRUCK.search(dense) is not None,
        _GROUND.search(dense) is not None,
        _FAINT.search(dense) is not None,
    )


def read(source: str) -> Styles:
    """Return the rules of a page's style sheets that hide or strike out."""
    found = Styles()
    for selectors, declarations in _rules(source):
        its = fate(declarations)
        if its == SHOWN:
            continue
        for selector in selectors.lower().split(","):
            parts = re.split(r"[\s>+~]+", selector.strip())
            compound = _COMPOUND.match(parts[-1])
            if compound is None:
                continue
            marks = re.findall(r"[.#][\w-]+", compound["marks"])
            row = (compound["tag"] or "", frozenset(marks), its)
            found.rules.setdefault(marks[0], []).append(row)
    return found


def _rules(source: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of a page's style sheets, those for printing left out."""
    lower = source.lower()
    at = left = 0
    while left < MAX_SHEET and (at := lower.find("<style", at)) >= 0:
        start = lower.find(">", at) + 1
        stop = lower.find("</style", start)
        if not start or stop < 0:
            return
        sheet = _COMMENT.sub("", source[start : min(stop, start + MAX_SHEET)])
        left += len(sheet)
        for rule in _RULE.finditer(_screen(sheet)):
            yield rule[1], rule[2]
        at = stop


def _screen(sheet: str) -> str:
    """Return a style sheet without what is only for the printer."""
    parts: list[str] = []
    done = 0
    for media in re.finditer(r"@media[^{}]*print[^{}]*\{", sheet):
        if media.start() < done:
            continue
        parts.append(sheet[done : media.start()])
        depth, done = 1, media.end()
        while depth and done < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[done], 0)
            done += 1
    return "".join((*parts, sheet[done:]))
