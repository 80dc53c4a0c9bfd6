"""What users decide for themselves: the language, what is kept of them, whether they are told of corrections."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping

from bot.dialogue.caller import Caller, Response
from bot.dialogue.feedback import not_kept
from bot.dialogue.panel import Button, Look, Panel, Span, text_panel
from bot.dialogue.ports import Records
from bot.dialogue.records import UNSET, Forgotten, Preferences
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language, Wording
from bot.errors import StoreError

log = logging.getLogger(__name__)

USER = "u:"
AUTO = "auto"
ON, OFF = "on", "off"
NAMED = frozenset(
    ["conversation", "opinion", "outbox", "preference", "question", "source", "talk", "vote"]
)
"""Kinds of records that have a name in the wording; any other is called by what it is."""


class Account:
    """Does what users decide.

    Args:
        records: Where it is kept.
        wordings: The bot's own words by language.
    """

    def __init__(self, records: Records, wordings: Mapping[Language, Wording]) -> None:
        self._records = records
        self._wordings = wordings

    async def words(self, caller: Caller) -> Wording:
        """Return the bot's own words in the language that a user chose, else in that of their app."""
        chosen = (await wanted_by(caller.user, self._records)).language
        return self._wordings[chosen or caller.guess or Language.HANS]

    async def press(self, data: str, caller: Caller, words: Wording) -> Response:
        """Do what a button says."""
        name, _, rest = data.removeprefix(USER).partition(":")
        value, _, tag = rest.partition(":")
        if name == "lang" and value in {*Language, AUTO}:
            return await self._set_language(value, caller)
        if tag and tag != caller.tag:
            return Response(notice=words.say("not_yours"))
        if name == "corrections" and value in (ON, OFF):
            return await self.corrections(value, caller, words)
        if name == "forget" and value == "ask":
            return self.forget(caller, words)
        if name == "forget" and value == "yes" and tag:
            return await self._forget(caller)
        if name == "forget" and value == "no":
            return Response(text_panel(words.say("forget_not")), replaces=True)
        return Response(notice=words.say("button_gone"))

    def languages(self, words: Wording) -> Response:
        """Offer the languages, each in its own words."""
        names = [
            (self._wordings[language].say("language_name"), language.value) for language in Language
        ]
        names.append((words.say("language_auto"), AUTO))
        buttons = [Button(name, f"{USER}lang:{value}") for name, value in names]
        panel = text_panel(words.say("which_language"), tuple(buttons[:2]), tuple(buttons[2:]))
        return Response(panel)

    async def privacy(self, caller: Caller, words: Wording) -> Response:
        """Say what is kept, for how long, and how to have it forgotten."""
        if not self._records.lasting:
            return Response(text_panel(words.say("privacy_here")))
        wanted = await wanted_by(caller.user, self._records)
        days = self._records.days
        kept = words.say("privacy_questions" if days else "privacy_no_questions", days=days)
        on = bool(wanted.corrections)
        told = words.say("privacy_corrections_on" if on else "privacy_corrections_off")
        texts = (
            words.say("privacy_head"),
            words.say("privacy_conversation"),
            kept,
            words.say("privacy_rest", days=days or 30),
            words.say("privacy_logs"),
            told,
            words.say("privacy_forget"),
        )
        switch = Button(
            words.say("corrections_stop" if on else "corrections_start"),
            f"{USER}corrections:{OFF if on else ON}:{caller.tag}",
        )
        forget = Button(words.say("forget_button"), f"{USER}forget:ask:{caller.tag}")
        buttons = ((switch,), (forget,)) if caller.to or on else ((forget,),)
        return Response(Panel(tuple((Span(text),) for text in texts), buttons))

    async def corrections(self, value: str, caller: Caller, words: Wording) -> Response:
        """Turn on or off that a user is told of withdrawn articles; without a value, say how it stands."""
        wanted = await wanted_by(caller.user, self._records)
        if value not in (ON, OFF):
            state = "corrections_are_on" if wanted.corrections else "corrections_are_off"
            return Response(text_panel(words.say(state)))
        if value == ON and not caller.to:
            return Response(text_panel(words.say("corrections_private")))
        to = caller.to if value == ON else ""
        try:
            await self._records.preferences.save(
                caller.user, dataclasses.replace(wanted, corrections=to)
            )
        except StoreError as error:
            return not_kept(error, words)
        return Response(text_panel(words.say("corrections_on" if to else "corrections_off")))

    def forget(self, caller: Caller, words: Wording) -> Response:
        """Ask whether all that is kept of a user is to be forgotten."""
        yes = Button(words.say("forget_yes"), f"{USER}forget:yes:{caller.tag}")
        no = Button(words.say("forget_no"), f"{USER}forget:no:{caller.tag}")
        return Response(text_panel(words.say("forget_sure"), (yes,), (no,)))

    async def _forget(self, caller: Caller) -> Response:
        words = await self.words(caller)
        try:
            forgotten = await self._records.users.forget(caller.user, (caller.chat, *caller.chats))
        except StoreError as error:
            log.error("a user cannot be forgotten: %s", error)
            return Response(text_panel(words.say("forget_failed")), replaces=True)
        return Response(_report(forgotten, words), replaces=True)

    async def _set_language(self, value: str, caller: Caller) -> Response:
        chosen = None if value == AUTO else Language(value)
        try:
            wanted = await self._records.preferences.load(caller.user)
            await self._records.preferences.save(
                caller.user, dataclasses.replace(wanted, language=chosen)
            )
        except StoreError as error:
            return not_kept(error, await self.words(caller))
        words = await self.words(caller)
        said = words.say("language_auto_set" if chosen is None else "language_set")
        return Response(text_panel(said), replaces=True)


async def wanted_by(user: str, records: Records) -> Preferences:
    """Return what a user wants of the bot; nothing in particular where that cannot be read."""
    if not user:
        return UNSET
    try:
        return await records.preferences.load(user)
    except StoreError as error:
        log.error("what a user wants cannot be read: %s", error)
        return UNSET


async def as_wanted(utterance: Utterance, records: Records) -> tuple[Utterance, Preferences]:
    """Return an utterance in the language that its user chose, if it names none, and what they want."""
    wanted = await wanted_by(utterance.user, records)
    if utterance.language is None:
        utterance = dataclasses.replace(utterance, language=wanted.language)
    return utterance, wanted


def _report(forgotten: Forgotten, words: Wording) -> Panel:
    """What was removed, and what was found when it was looked for again."""

    def listed(counts: Mapping[str, int]) -> tuple[Span, ...]:
        return tuple(
            Span(
                words.say(
                    "forgotten_item",
                    kind=words.say(f"record_{kind}") if kind in NAMED else kind,
                    count=count,
                ),
                Look.ITEM,
            )
            for kind, count in sorted(counts.items())
        )

    removed = forgotten.removed
    head = Span(words.say("forgotten_all" if removed else "forgotten_nothing"))
    if forgotten.left:
        found = (Span(words.say("forgotten_left")), *listed(forgotten.left))
    else:
        found = (Span(words.say("forgotten_checked")),)
    return Panel(((head, *listed(removed)), found))
