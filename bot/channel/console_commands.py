"""Commands typed in the console, and its buttons: each is a line `/1 …`, and typing `/1` presses it."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.dialogue.caller import Caller, Response
from bot.dialogue.panel import ASK as ASK_BUTTON
from bot.dialogue.panel import Button, Look, Panel, text_panel

if TYPE_CHECKING:  # it brings in the search, and the prompt is to appear before that is loaded
    from bot.dialogue.turn import Dialogue

COMMAND = re.compile(r"/([a-z]+|[0-9]{1,3})(?:\s+(.*))?", re.ASCII | re.DOTALL | re.IGNORECASE)
ASK, NEW, START = "ask", "new", "start"


class ConsoleCommands:
    """Understands commands, and remembers the buttons shown last.

    Args:
        caller: Who sits at the terminal.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._buttons: Sequence[Button] = ()
        self._number = itertools.count(1)

    async def handle(self, line: str, dialogue: Dialogue) -> Response | None:
        """Return what comes of a line; None where it is a question as it stands."""
        line = line.strip()
        caller = dataclasses.replace(self._caller, said=str(next(self._number)))
        found = COMMAND.fullmatch(line)
        if found is None:
            return None if line.startswith("/") else await dialogue.commands.taken(line, caller)
        name, argument = found[1].casefold(), (found[2] or "").strip()
        words = await dialogue.commands.words(caller)
        if name.isdecimal():
            return await self._press(int(name), caller, dialogue)
        if name in (NEW, START):
            await dialogue.forget(caller.chat)
            said = words.say("forgotten" if name == NEW else "welcome")
            return Response(text_panel(said))
        if name == ASK:
            example = dialogue.example()
            usage = Response(text_panel(words.say("ask_what", example=example)))
            return Response(question=argument) if argument else usage
        return await dialogue.commands.run(name, argument, caller)

    async def _press(self, number: int, caller: Caller, dialogue: Dialogue) -> Response:
        button = dict(enumerate(self._buttons, 1)).get(number)
        if button is None:
            return await dialogue.commands.press("", caller)
        if button.ask:
            question = dialogue.suggested(button.data.removeprefix(ASK_BUTTON))
            if question:
                return Response(question=question)
        return await dialogue.commands.press(button.data, caller)

    def lines(self, panel: Panel) -> list[str]:
        """Return a panel as lines of text, none empty; its buttons can be pressed from now on."""
        self._buttons = [button for row in panel.buttons for button in row]
        return [*_text(panel), *(f"/{n} {b.label}" for n, b in enumerate(self._buttons, 1))]


def _text(panel: Panel) -> Iterator[str]:
    marks = {Look.QUOTE: "> ", Look.SOURCE: "—— ", Look.ITEM: "- "}
    for block in panel.blocks:
        for span in block:
            for number, line in enumerate(span.text.splitlines()):
                mark = marks.get(span.look, "")
                yield f"{mark if not number else '  ' * bool(mark)}{line}"
