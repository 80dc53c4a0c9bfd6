"""What a conversation is about, from one turn to the next; a store that fails costs the memory and not the answer."""

from __future__ import annotations

import dataclasses
import logging

from bot.answer.select import Selector
from bot.dialogue.ports import StateStore
from bot.dialogue.state import State
from bot.dialogue.utterance import Utterance
from bot.errors import StoreError

log = logging.getLogger(__name__)


class Memory:
    """Remembers conversations.

    Args:
        states: Keeps them.
        selector: Knows whether the corpus still says what was answered.
    """

    def __init__(self, states: StateStore, selector: Selector) -> None:
        self.states = states
        self._selector = selector

    async def before(self, utterance: Utterance) -> State:
        """Return where a conversation stands before an utterance, without what the corpus does not hold any more."""
        try:
            state = await self.states.load(utterance.chat, utterance.said)
        except StoreError as error:
            log.error("a conversation cannot be read: %s", error)
            return State()
        recent = tuple(focus for focus in state.recent if self._selector.holds(focus))
        return dataclasses.replace(state, recent=recent)

    async def keep(self, utterance: Utterance, before: State, after: State) -> None:
        """Remember where a conversation stands after an utterance."""
        if after == before:
            return
        try:
            await self.states.save(utterance.chat, after, utterance.said, before)
        except StoreError as error:
            log.error("a conversation cannot be kept: %s", error)
