"""Commands typed in the console, and its buttons: whoever types what stands on one presses it."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from typing import TYPE_CHECKING

from bot.channel import console_panel
from bot.dialogue import press, wording
from bot.dialogue.caller import Caller, Response
from bot.dialogue.panel import ASK, Button, Panel, text_panel

if TYPE_CHECKING:  # it brings in the search, and the prompt is to appear before that is loaded
    from bot.dialogue.turn import Dialogue

WAYS = (
    "view_read",
    "view_before",
    "view_after",
    "view_check",
    "view_back",
    "view_page_before",
    "view_page_after",
)
"""Texts on buttons that nobody asks about: typed where there is no such button they are no question."""

COMMAND = re.compile(r"/([a-z_]+)(?:\s+(.*))?", re.ASCII | re.DOTALL | re.IGNORECASE)


class ConsoleCommands:
    """Understands commands, and remembers the panel whose buttons can be pressed.

    Args:
        caller: Who sits at the terminal.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._panel: Panel | None = None
        self._number = itertools.count(1)

    def shown(self, panel: Panel) -> None:
        """Let the buttons of a panel be pressed from now on."""
        self._panel = panel

    async def handle(self, line: str, dialogue: Dialogue) -> Response | None:
        """Return what comes of a line; None where it is a question as it stands."""
        line = line.strip()
        caller = dataclasses.replace(self._caller, said=str(next(self._number)))
        button = console_panel.pressed(self._panel, line) if self._panel else None
        if button is not None:
            return await self._press(button, caller, dialogue)
        if self._panel is not None and line in self._labels():
            words = await dialogue.commands.words(caller)
            return Response(notice=words.say("view_no_button", label=line))
        found = COMMAND.fullmatch(line)
        if found is None:
            return None if line.startswith("/") else await dialogue.commands.taken(line, caller)
        name, argument = found[1].casefold(), (found[2] or "").strip()
        words = await dialogue.commands.words(caller)
        match name:
            case "new" | "start":
                await dialogue.forget(caller.chat)
                said = words.say("forgotten" if name == "new" else "welcome")
                return Response(text_panel(said))
            case "ask":
                usage = Response(text_panel(words.say("ask_what", example=dialogue.example())))
                return Response(question=argument) if argument else usage
        return await dialogue.commands.run(name, argument, caller)

    @staticmethod
    @functools.cache
    def _labels() -> frozenset[str]:
        return frozenset(words.say(way) for words in wording.load().values() for way in WAYS)

    async def _press(self, button: Button, caller: Caller, dialogue: Dialogue) -> Response:
        if button.ask:
            question = dialogue.suggested(button.data.removeprefix(ASK))
            if question:
                return Response(question=question)
        if press.read(button.data):
            return await dialogue.views.press(button.data)
        return await dialogue.commands.press(button.data, caller)
