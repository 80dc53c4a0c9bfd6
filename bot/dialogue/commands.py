"""The commands, free of any channel: a name and what stands behind it, or a button's data, become a `Response`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.dialogue import menu
from bot.dialogue.account import USER, Account
from bot.dialogue.browse import Browser
from bot.dialogue.caller import Caller, Response
from bot.dialogue.catalogue import Catalogue
from bot.dialogue.feedback import Feedback
from bot.dialogue.menu import MENU, Answers, Offers
from bot.dialogue.oversight import Oversight
from bot.dialogue.panel import Look, Panel, Span, text_panel
from bot.dialogue.ports import Records
from bot.dialogue.services import Services
from bot.dialogue.wording import Language, Wording

LISTED = (
    "start", "topics", "articles", "services", "compare", "ask", "new", "lang", "feedback",
    "corrections", "privacy", "forget", "help",
)  # fmt: skip
"""The commands that menus show, in order; `command_<name>` says what one does."""
COMMANDS = frozenset({*LISTED, "cancel"})
BUTTONS = rf"^(?:{MENU}|{USER}|[+-]\w?:)"
"""What the data of this module's buttons begin with."""
LEAST_COMPARED = 3
"""Two places and a matter."""


class Commands:
    """Carries commands out.

    Args:
        browser: Shows the corpus.
        feedback: Takes what users think.
        account: Does what they decide.
        oversight: Shows the admins what they oversee.
    """

    def __init__(
        self, browser: Browser, feedback: Feedback, account: Account, oversight: Oversight
    ) -> None:
        self._browser = browser
        self._feedback = feedback
        self._account = account
        self.oversight = oversight

    @classmethod
    def over(
        cls,
        catalogue: Catalogue,
        answers: Answers,
        records: Records,
        wordings: Mapping[Language, Wording],
    ) -> Commands:
        """Return the commands over a corpus.

        Args:
            catalogue: What it tells.
            answers: Answers a question that stands alone.
            records: Keeps what users want and think.
            wordings: The bot's own words by language.
        """
        services = Services(catalogue, answers, wordings)
        browser = Browser(catalogue, services, Offers(answers))
        return cls(
            browser, Feedback(records), Account(records, wordings), Oversight(catalogue, records)
        )

    async def words(self, caller: Caller) -> Wording:
        """Return the bot's own words in the language that it speaks to someone outside of answers."""
        return await self._account.words(caller)

    async def run(self, name: str, argument: str, caller: Caller) -> Response:
        """Carry a command out.

        Args:
            name: The command without its stroke, one of `COMMANDS` but start, new and ask, which are the channel's.
            argument: What stands behind it.
            caller: Who gives it.
        """
        words = await self.words(caller)
        response: Response
        match name:
            case "help":
                response = Response(_help(words))
            case "topics":
                response = Response(await self._browser.topics(words))
            case "articles":
                response = Response(self._browser.articles(words))
            case "services":
                response = Response(self._browser.services.overview(words))
            case "compare":
                response = await self._compare(argument, words)
            case "lang":
                response = self._account.languages(words)
            case "feedback":
                response = await self._feedback.command(argument, caller, words)
            case "cancel":
                response = await self._feedback.cancel(caller, words)
            case "privacy":
                response = await self._account.privacy(caller, words)
            case "forget":
                response = self._account.forget(caller, words)
            case "corrections":
                value = argument.strip().casefold()
                response = await self._account.corrections(value, caller, words)
            case _:
                response = Response(text_panel(words.say("unknown_command")))
        return response

    async def taken(self, text: str, caller: Caller) -> Response | None:
        """Take a message as the feedback that its writer announced; None if it is none."""
        return await self._feedback.taken(text, caller, await self.words(caller))

    async def press(self, data: str, caller: Caller) -> Response:
        """Do what a button says; what it does not know, forged or stale, gets a calm notice."""
        words = await self.words(caller)
        if data.startswith(("+", "-")):
            return await self._feedback.vote(data, caller, words)
        if data.startswith(USER):
            return await self._account.press(data, caller, words)
        picked = await self._browser.pick(data, words) if data.startswith(MENU) else None
        if picked is None:
            return Response(notice=words.say("button_gone"))
        question = menu.shown(picked.question, words)
        return Response(picked.panel, "", question, words.language, replaces=picked.replaces)

    async def _compare(self, argument: str, words: Wording) -> Response:
        named = re.split(r"[\s,，、;；]+", argument.strip())
        if not argument.strip():
            return Response(await self._browser.services.comparisons(words))
        if len(named) < LEAST_COMPARED:
            return Response(text_panel(words.say("compare_what")))
        first, second, *matter = named
        question = self._browser.services.compared(first, second, " ".join(matter))
        return Response(question=menu.shown(question, words), language=words.language)


def _help(words: Wording) -> Panel:
    """What the bot does, in a sentence, and the commands."""
    commands = (*(name for name in LISTED if name not in ("start", "help")), "cancel")
    listed = (Span(f"/{name} {words.say(f'command_{name}')}", Look.ITEM) for name in commands)
    return Panel(((Span(words.say("help_head")),), tuple(listed)))
