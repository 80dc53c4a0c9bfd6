"""One turn of conversation: what was said before, the answer, what is said from then on."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from bot.analysis.chars import fold
from bot.answer.answer import Reason
from bot.dialogue import cards, suggestion
from bot.dialogue.account import as_wanted
from bot.dialogue.answering import Answering
from bot.dialogue.cards import NEAR, Dealer, Deck
from bot.dialogue.catalogue import Offered
from bot.dialogue.commands import Commands
from bot.dialogue.compose import Composer, in_traditional
from bot.dialogue.lately import Lately
from bot.dialogue.memory import Memory
from bot.dialogue.menu import Offers
from bot.dialogue.ports import Originals, Records, StateStore
from bot.dialogue.records import asked
from bot.dialogue.reply import Reply
from bot.dialogue.replying import Replying
from bot.dialogue.state import State
from bot.dialogue.utterance import Utterance
from bot.dialogue.views import Views
from bot.dialogue.wording import Language, Wording

PICK = re.compile(r"\s*(?:第|选|问)?\s*([1-9])\s*(?:[.、个)）号。]|号?问题)?\s*")
"""A number typed after a list."""


class Dialogue:
    """Answers utterances.

    Args:
        answering: Finds answers.
        states: Keeps conversations.
        wordings: The bot's own words by language.
        offered: What the corpus offers to ask.
        records: Keeps what is known of users.
        originals: Reads the files that articles were made from.
    """

    def __init__(
        self,
        answering: Answering,
        states: StateStore,
        wordings: Mapping[Language, Wording],
        offered: Offered,
        records: Records,
        originals: Originals,
    ) -> None:
        self.answering = answering
        self._reader, selector = answering.reader, answering.selector
        self._memory = Memory(states, selector)
        self._composer = Composer(wordings)
        self._examples = tuple(offered.examples)
        self._suggestions = offered.suggestions
        self._replying = Replying(answering, self._composer, offered.suggester, self.example())
        self._dealer = Dealer(selector, self._reader.analyzer, self._composer, self._examples)
        self._records = records
        self._lately = Lately()
        self.commands = Commands.over(offered.catalogue, self.ask, records, wordings)
        self.views = Views(offered.catalogue, Offers(self.ask), self._composer, originals)

    async def turn(self, utterance: Utterance) -> Reply:
        """Answer within the conversation of `utterance.chat`, and remember what it is about.

        Where the store fails the question is answered as if nothing had been said before.
        """
        utterance, wanted = await as_wanted(utterance, self._records)
        state = await self._memory.before(utterance)
        if utterance.about or utterance.after:
            state = await self._replied_to(utterance) or state
        reply, after = await self._reply(utterance, State() if utterance.alone else state)
        if utterance.alone:
            after = dataclasses.replace(state.then(*after.recent), offered=after.offered)
        await self._memory.keep(utterance, state, after)
        if utterance.user:
            self._records.questions.record(asked(utterance, reply, wanted))
        return in_traditional(reply) if wanted.language is Language.HANT else reply

    async def ask(self, utterance: Utterance) -> Reply:
        """Answer a question that stands alone; nothing is remembered."""
        reply, _ = await self._reply(utterance, State())
        return reply

    async def cards(self, utterance: Utterance) -> Deck:
        """Return what a question that stands alone may be answered with, to choose from; nothing is remembered.

        Raises:
            SearchError: The search failed.
        """
        utterance, wanted = await as_wanted(utterance, self._records)
        reply = await self.ask(utterance)
        question = self._reader.read(utterance.text)
        recalled = await self.answering.recall(question, NEAR)
        deck = self._dealer.deal(question, reply, recalled)
        return cards.in_traditional(deck) if wanted.language is Language.HANT else deck

    async def forget(self, chat: str) -> None:
        """Remove what is remembered of a conversation; `StoreError` if that fails."""
        await self._memory.states.forget(chat)

    async def close(self) -> None:
        """Let go of the stores, once nothing more will be asked."""
        await self._records.users.close()
        await self._memory.states.close()

    def wording(self, language: Language | None = None) -> Wording:
        """Return the bot's own words in a language; Simplified Chinese when none is given."""
        return self._composer.wordings[language or Language.HANS]

    def example(self, about: str = "") -> str:
        """Return a question that the corpus answers, about a matter where it has one."""
        return suggestion.example(self._examples, about) or "12315"

    def examples(self) -> tuple[str, ...]:
        """Return questions that the corpus answers, of each article and kind."""
        return tuple(example.ask.text for example in self._examples)

    def suggested(self, key: str) -> str | None:
        """Return the question that was once suggested under a key; None if the corpus has it no more."""
        return self._suggestions.find(key)

    async def _reply(self, utterance: Utterance, state: State) -> tuple[Reply, State]:
        key = Lately.key(utterance.text, utterance.language, state)
        found = self._lately.find(key)
        if found is None:
            text = self._picked(utterance.text, state)
            found = await self._replying.reply(text, utterance.language, state)
        reply, after = found
        if reply.refusal is None or reply.refusal.reason is not Reason.SEARCH_FAILED:
            self._lately.keep(key, *found)
        offered = tuple(suggestion.key(question) for question in reply.suggestions)
        return reply, dataclasses.replace(after, offered=offered)

    async def _replied_to(self, utterance: Utterance) -> State | None:
        """Return the conversation as it stood after what an utterance replies to; None where that was no answer."""
        focus = self.views.focus(utterance.about)
        if focus is not None:
            return State((focus,))
        if not utterance.after:
            return None
        _, after = await self._replying.reply(utterance.after, utterance.language, State())
        return after if after.recent else None

    def _picked(self, text: str, state: State) -> str:
        """Return the question that a number picks from those suggested last; the text itself where it picks none."""
        number = PICK.fullmatch(fold(text))
        picked = int(number[1]) if number else 0
        if not 0 < picked <= len(state.offered):
            return text
        return self.suggested(state.offered[picked - 1]) or text
