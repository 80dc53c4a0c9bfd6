"""A panel as lines of text, styled where there is a terminal to see it.

    无理由退货单位313家
    > 从2020年至今，静安寺商圈……          a quote stands behind "> "
    —— 中国消费者报 · …… · 第4段
    可以问：
    - 静安寺商圈……                        a button that asks
    [阅读全文] [上一段] [下一段]          the other buttons, on one line

Whoever types what stands on a button presses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from bot.dialogue.panel import Button, Look, Panel, Span
from bot.dialogue.press import NOT_TYPED

if TYPE_CHECKING:
    from rich.text import Text

BEFORE = {Look.QUOTE: "> ", Look.BODY: "> ", Look.SOURCE: "—— ", Look.ITEM: "- "}
"""What stands before each line of a piece of text."""

STYLES = {Look.LEAD: "bold", Look.SOURCE: "italic dim", Look.CODE: "cyan"}
MARKED = "bold"


def lines(panel: Panel, *, buttons: bool = True) -> list[str]:
    """Return a panel as lines of text, none of them empty.

    Args:
        panel: What to show.
        buttons: Whether what stands on the buttons that ask nothing is shown, too.
    """
    found = [line for block in panel.blocks for span in block for line in _lines(span)]
    found += [f"- {button.label}" for button in _all(panel) if button.ask]
    labels = " ".join(f"[{button.label}]" for button in _all(panel) if _is_typed(button))
    if labels and buttons:
        found.append(labels)
    return [line for line in found if line.strip()]


def show(panel: Panel, stdout: TextIO, *, buttons: bool = True) -> None:
    """Print a panel, styled on a terminal."""
    if stdout.isatty():
        _show_styled(panel, stdout, buttons=buttons)
    else:
        stdout.write("\n".join(lines(panel, buttons=buttons)) + "\n")
    stdout.flush()


def pressed(panel: Panel, typed: str) -> Button | None:
    """Return the button of a panel on which stands what was typed; None where there is none."""
    label = typed.strip()
    shown = (button for button in _all(panel) if button.ask or _is_typed(button))
    return next((button for button in shown if button.label == label), None)


def _show_styled(panel: Panel, stdout: TextIO, *, buttons: bool) -> None:
    # Rich takes as long to load as the rest of the console; a pipe does without it.
    from rich.console import Console  # noqa: PLC0415
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    terminal = Console(file=stdout, highlight=False)
    for block in panel.blocks:
        quoted = any(span.look in {Look.QUOTE, Look.BODY} for span in block)
        for span in block:
            if not span.text.strip():
                continue
            before = "" if span.look in {Look.QUOTE, Look.BODY} else BEFORE.get(span.look, "")
            text = Text(before + span.text, style=STYLES.get(span.look, ""))
            _mark(text, span, len(before))
            inside = quoted and span.look is not Look.LEAD
            terminal.print(Padding(text, (0, 0, 0, 2), expand=False) if inside else text)
    for line in lines(Panel((), panel.buttons), buttons=buttons):
        terminal.print(Text(line))


def _mark(text: Text, span: Span, shift: int) -> None:
    for start, end in span.marks:
        text.stylize(MARKED, start + shift, end + shift)


def _lines(span: Span) -> Iterator[str]:
    before = BEFORE.get(span.look, "")
    for line in span.text.split("\n"):
        if line.strip():
            yield before + line


def _is_typed(button: Button) -> bool:
    """Whether a button other than a question's is of use here."""
    return not button.ask and not button.data.startswith(NOT_TYPED)


def _all(panel: Panel) -> Iterator[Button]:
    return (button for row in panel.buttons for button in row)
