"""The admins' picture, drawn in a process of its own: matplotlib takes some 100 MB that the bot need not hold.

    python -m bot.chart < figures.json > figures.png

The figures are those of `bot.dialogue.figures.picture`: {"days": {"title", "bars"}, "lists": [{"title", "bars"}, …]}, a bar being
[text, number]. A text may be a pair [as it should be, in ASCII]; the second is drawn where no font has the first.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.ticker import MaxNLocator

SIZE_IN, DPI = (9.0, 6.4), 120
INK, SOFT, BLUE, GREY = "#222222", "#8a8f98", "#3b6fb6", "#e3e6ea"
FALLBACK = "DejaVu Sans"
"""The font that comes with matplotlib."""
MOST_TICKS = 12
DIFFERENT = "天地玄黄"
"""Characters that look different in every font that has them."""


def main() -> int:
    """Read figures from standard input and write a PNG to standard output."""
    logging.getLogger("matplotlib").setLevel(
        logging.ERROR
    )  # a cache that cannot be written is no matter
    figures = json.load(sys.stdin)
    sys.stdout.buffer.write(draw(figures, font_for(set("".join(_texts(figures))))))
    return 0


def font_for(characters: set[str]) -> str | None:
    """Return the file of an installed font that has every character; None where there is none.

    A font that has one picture for many characters has none for any: matplotlib comes with such a “last resort”.
    """
    wanted = {ord(char) for char in characters if not char.isspace()}
    entries = font_manager.fontManager.ttflist
    regular = (e for e in entries if e.style == "normal" and str(e.weight) in ("400", "normal"))
    for path in dict.fromkeys(entry.fname for entry in regular):
        try:
            glyphs = FT2Font(path).get_charmap()
        except (OSError, RuntimeError):  # a font that is broken, or gone since it was listed
            continue
        pictures = [glyphs[ord(char)] for char in DIFFERENT if ord(char) in glyphs]
        if wanted <= glyphs.keys() and len({*pictures}) == len(pictures):
            return path
    return None


def draw(figures: dict[str, Any], font: str | None) -> bytes:
    """Return a PNG.

    Args:
        figures: What to draw.
        font: A font that has every character; None draws what is in ASCII.
    """
    family = FALLBACK
    if font is not None:
        font_manager.fontManager.addfont(font)
        family = font_manager.FontProperties(fname=font).get_name()
    matplotlib.rcParams["font.family"] = [family, FALLBACK]
    matplotlib.rcParams["text.parse_math"] = False  # a $ that somebody typed is a $
    figure = Figure(SIZE_IN, layout="constrained")
    lists = figures["lists"]
    grid = figure.add_gridspec(2, len(lists))
    _draw_days(figure.add_subplot(grid[0, :]), figures["days"], plain=font is None)
    for number, each in enumerate(lists):
        _draw_list(figure.add_subplot(grid[1, number]), each, plain=font is None)
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=DPI)
    return written.getvalue()


def _draw_days(axes: Axes, days: dict[str, Any], *, plain: bool) -> None:
    bars = days["bars"]
    counts = [count for _, count in bars]
    axes.bar(range(len(bars)), counts, color=BLUE, width=0.8)
    step = max(1, -(-len(bars) // MOST_TICKS))
    ticks = [*range(len(bars) - 1, -1, -step)][::-1]
    axes.set_xticks(ticks, [bars[at][0] for at in ticks], color=SOFT)
    axes.set_ylim(0, max([*counts, 1]) * 1.15)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    axes.tick_params(colors=SOFT, length=0)
    axes.grid(axis="y", color=GREY)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_title(_text(days["title"], plain=plain), loc="left", fontweight="normal")


def _draw_list(axes: Axes, each: dict[str, Any], *, plain: bool) -> None:
    """Draw bars that lie, each with its text above, since a long one would leave it no room beside."""
    bars = each["bars"]
    counts = [count for _, count in bars]
    drawn = axes.barh(range(len(bars)), counts, color=BLUE, height=0.3)
    axes.bar_label(drawn, padding=3, color=INK, fontsize="small")
    most = max([*counts, 1])
    for at, (text, _) in enumerate(bars):
        axes.text(0, at - 0.25, _text(text, plain=plain), va="bottom", fontsize="small")
    axes.set_xlim(0, most * 1.2)
    axes.set_ylim(max(len(bars), 5) - 0.5, -0.8)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    axes.spines["left"].set_color(GREY)
    axes.set_title(_text(each["title"], plain=plain), loc="left", fontsize="medium")


def _text(text: Any, *, plain: bool) -> str:
    """Return a text in the font's reach."""
    return str(text if isinstance(text, str) else text[1 if plain else 0])


def _texts(figures: dict[str, Any]) -> Iterator[str]:
    for each in (figures["days"], *figures["lists"]):
        for text in (each["title"], *(text for text, _ in each["bars"])):
            yield text if isinstance(text, str) else text[0]


if __name__ == "__main__":
    sys.exit(main())
