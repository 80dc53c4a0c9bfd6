"""What users think: a vote on an answer, a reason for a bad one, a text of their own.

A vote's button says `+:` or `-:` and what it is about; the button for a reason has a letter between, as in `-p:`.
"""

from __future__ import annotations

import dataclasses
import logging
import re

from bot.dialogue import reference
from bot.dialogue.caller import Caller, Response
from bot.dialogue.panel import Button, text_panel
from bot.dialogue.ports import Records
from bot.dialogue.records import FEEDBACK_S, Vote
from bot.dialogue.wording import Wording
from bot.errors import StoreError

log = logging.getLogger(__name__)

REASONS = {"p": "place", "m": "matter", "o": "outdated", "x": "other"}
"""Why an answer is a bad one, by the letter of the button."""
VOTE = re.compile(rf"([+-])([{''.join(REASONS)}]?):(.+)")
LONGEST = 4000
"""Characters of a text that are kept; Telegram's own limit for a message is 4096."""


class Feedback:
    """Takes what users think.

    Args:
        records: Where it is kept.
    """

    def __init__(self, records: Records) -> None:
        self._records = records

    async def command(self, text: str, caller: Caller, words: Wording) -> Response:
        """Keep a text; without one, ask for it: the next message in a private chat is taken as the text."""
        if text.strip():
            return await self._keep(text, caller, words)
        if not caller.private:
            return _say(words.say("feedback_here"))
        try:
            wanted = await self._records.preferences.load(caller.user)
            awaiting = dataclasses.replace(wanted, awaiting_s=self._records.now(), taken="")
            await self._records.preferences.save(caller.user, awaiting)
        except StoreError as error:
            return not_kept(error, words)
        return _say(words.say("feedback_what"))

    async def taken(self, text: str, caller: Caller, words: Wording) -> Response | None:
        """Take a message as the text that was asked for; None if none was, or too long ago."""
        if not caller.private or not caller.user:
            return None
        try:
            wanted = await self._records.preferences.load(caller.user)
            again = bool(caller.said) and wanted.taken == caller.said
            if not again and wanted.awaiting_s <= self._records.now() - FEEDBACK_S:
                return None
            response = await self._keep(text, caller, words)
            done = dataclasses.replace(wanted, awaiting_s=0.0, taken=caller.said)
            await self._records.preferences.save(caller.user, done)
        except StoreError as error:
            log.error("whether feedback was announced cannot be read: %s", error)
            return None
        return response

    async def cancel(self, caller: Caller, words: Wording) -> Response:
        """Ask for no text any more."""
        try:
            wanted = await self._records.preferences.load(caller.user)
            if wanted.awaiting_s <= self._records.now() - FEEDBACK_S:
                return _say(words.say("nothing_to_cancel"))
            await self._records.preferences.save(
                caller.user, dataclasses.replace(wanted, awaiting_s=0.0)
            )
        except StoreError as error:
            return not_kept(error, words)
        return _say(words.say("cancelled"))

    async def vote(self, data: str, caller: Caller, words: Wording) -> Response:
        """Remember a vote; the last one counts. Whoever finds an answer bad is asked why, and need not say."""
        found = VOTE.fullmatch(data)
        if found is None or (found[1] == "+" and found[2]) or not reference.read(found[3]):
            return Response(notice=words.say("button_gone"))
        sign, letter, answer = found.groups()
        vote = Vote(sign == "+", REASONS.get(letter, ""))
        try:
            await self._records.feedback.vote(caller.user, answer, vote)
        except StoreError as error:
            return dataclasses.replace(not_kept(error, words), panel=None)
        notice = words.say("thanks_for_vote")
        if vote.up:
            return Response(notice=notice)
        if vote.reason:
            said = words.say("reason_kept", reason=words.say(f"reason_{vote.reason}"))
            return Response(text_panel(said), notice, replaces=True)
        buttons = tuple(
            Button(words.say(f"reason_{name}"), f"-{letter}:{answer}")
            for letter, name in REASONS.items()
        )
        return Response(text_panel(words.say("why_bad"), buttons[:2], buttons[2:]), notice)

    async def _keep(self, text: str, caller: Caller, words: Wording) -> Response:
        try:
            await self._records.feedback.add(
                caller.user,
                caller.said or str(self._records.now()),
                text.strip()[:LONGEST],
                words.language,
            )
        except StoreError as error:
            return not_kept(error, words)
        key = "feedback_kept" if self._records.lasting else "feedback_kept_here"
        return _say(words.say(key))


def _say(text: str) -> Response:
    return Response(text_panel(text))


def not_kept(error: StoreError, words: Wording) -> Response:
    """Log that what a user wants was not kept, and return what tells them so."""
    log.error("what a user wants cannot be kept: %s", error)
    said = words.say("not_kept")
    return Response(text_panel(said), said)
