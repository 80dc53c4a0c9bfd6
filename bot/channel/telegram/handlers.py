"""Update → Utterance → turn → send: what the bot does with each kind of message."""

from __future__ import annotations

import dataclasses
import logging
from collections import OrderedDict, deque
from collections.abc import Sequence

from telegram import CallbackQuery, Message, Update, User
from telegram.ext import ContextTypes

from bot.channel.telegram import addressing, presses, render
from bot.channel.telegram.meter import Meter
from bot.channel.telegram.outbox import Destination, Outbox
from bot.channel.telegram.render import OutgoingMessage
from bot.dialogue import compose
from bot.dialogue.caller import Caller
from bot.dialogue.panel import ASK
from bot.dialogue.press import LINK
from bot.dialogue.turn import Dialogue
from bot.dialogue.utterance import Utterance
from bot.dialogue.wording import Language, Wording

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

CHANNEL = "telegram"
SPOKEN = 4096
"""Users of whom it is remembered which language the bot speaks to them."""


class Handlers:
    """The callbacks; `application.py` says which message reaches which.

    Args:
        dialogue: Answers.
        outbox: Sends.
        meter: Counts.
    """

    def __init__(self, dialogue: Dialogue, outbox: Outbox, meter: Meter) -> None:
        self._dialogue = dialogue
        self._outbox = outbox
        self._meter = meter
        self._albums: deque[str] = deque(maxlen=256)
        self._spoken: OrderedDict[int, Wording] = OrderedDict()

    @property
    def dialogue(self) -> Dialogue:
        """What answers now."""
        return self._dialogue

    def use(self, dialogue: Dialogue) -> None:
        """Let another dialogue answer from the next message on; what is under way ends with the one before."""
        self._dialogue = dialogue

    def words(self, user: User | None) -> Wording:
        """Return the bot's own words in the language that a user chose, else in that of their app."""
        code = user.language_code if user else None
        spoken = self._spoken.get(user.id) if user else None
        return spoken or self._dialogue.wording(addressing.language(code))

    async def listen(self, update: Update, context: Context) -> None:
        """Look up which language the bot speaks to whoever an update comes from, before anything is said."""
        user = update.effective_user
        if user is not None:
            self._spoken[user.id] = await self._dialogue.commands.words(addressing.caller(update))
            self._spoken.move_to_end(user.id)
            if len(self._spoken) > SPOKEN:
                self._spoken.popitem(last=False)

    async def start(self, update: Update, context: Context) -> None:
        """Show the answer that a link names; else greet, and forget what was said before."""
        message = _message(update)
        given = addressing.question(message)
        if given.startswith(LINK):
            language = self.words(update.effective_user).language
            panel = self._dialogue.views.opened(given.removeprefix(LINK), language)
            await self.send(update, render.panel_messages(panel))
            return
        await self._dialogue.forget(addressing.conversation(message))
        words = self.words(update.effective_user)
        example = f"{words.say('try_asking')}\n{self.example(words)}"
        blocks = (words.say("welcome"), example, words.say("telegram_hint"))
        await self._say(update, "\n\n".join(blocks))

    async def new(self, update: Update, context: Context) -> None:
        """Forget what was said before."""
        message = _message(update)
        await self._dialogue.forget(addressing.conversation(message))
        await self._say(update, self.words(update.effective_user).say("forgotten"))

    async def question(self, update: Update, context: Context) -> None:
        """Answer a question: free text, `/ask 问题`, a mention or a reply in a group, a caption."""
        message = _message(update)
        said, text = addressing.replied_to(message), addressing.question(message)
        if not text:  # @bot under somebody's question asks that question
            text, said = said, ""
        if not text:
            words = self.words(update.effective_user)
            await self._say(update, words.say("ask_what", example=self.example(words)))
            return
        self.is_told(message)
        caller = addressing.caller(update)
        typed = message.text is not None and not addressing.command(message)
        feedback = await self._dialogue.commands.taken(text, caller) if typed else None
        if feedback is not None and feedback.panel is not None:
            await self.send(update, render.panel_messages(feedback.panel))
            return
        about = addressing.answer_replied_to(message)
        asked = dataclasses.replace(_utterance(text, caller), about=about, after=said)
        await self._answer(update, asked)

    async def edited(self, update: Update, context: Context) -> None:
        """Answer a question that was edited, in the place of its answer."""
        message = update.edited_message
        assert message is not None  # what the handler is for
        text = addressing.question(message)
        if not text:
            return
        caller = addressing.caller(update)
        feedback = await self._dialogue.commands.taken(text, caller)
        if feedback is not None and feedback.panel is not None:
            messages = render.panel_messages(feedback.panel)
        else:
            reply = await self._dialogue.turn(_utterance(text, caller))
            self._meter.asked(reply.status)
            messages = render.reply_messages(reply)
        await self._outbox.replace(update, Destination.of(message), messages)

    async def slow_down(self, update: Update) -> None:
        """Ask who writes too fast to slow down."""
        await self._say(update, self.words(update.effective_user).say("slow_down"))

    async def pressed(self, update: Update, context: Context) -> None:
        """Answer the question on a button; a button whose question is known no more says so."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        data = press.data or ""
        text = self._dialogue.suggested(data.removeprefix(ASK))
        under = press.message
        if text is None or not data.startswith(ASK) or not isinstance(under, Message):
            await self.acknowledge(press, self.words(press.from_user).say("button_gone"))
            return
        await self.acknowledge(press)
        await self.ask(update, text)

    async def ask(self, update: Update, question: str, language: Language | None = None) -> None:
        """Ask a question on behalf of whoever pressed a button or gave a command, and answer it."""
        said = _utterance(question, addressing.caller(update), alone=True)
        await self._answer(update, dataclasses.replace(said, language=language), question)

    async def unknown_command(self, update: Update, context: Context) -> None:
        """Point to the commands that exist."""
        await self._say(update, self.words(update.effective_user).say("unknown_command"))

    def is_told(self, message: Message) -> bool:
        """Return whether a message belongs to an album that was answered; an album comes as a message a picture."""
        album = message.media_group_id
        told = album in self._albums
        if album and not told:
            self._albums.append(album)
        return told

    async def failed(self, update: object, context: Context) -> None:
        """Log what went wrong in a handler and tell the user one calm sentence."""
        logger.error("a handler failed", exc_info=context.error)
        message = update.effective_message if isinstance(update, Update) else None
        if message is not None and isinstance(update, Update):
            await self._say(update, self.words(update.effective_user).say("failed"))

    async def _answer(self, update: Update, utterance: Utterance, pressed: str = "") -> None:
        reply = await self._dialogue.turn(utterance)
        self._meter.asked(reply.status)
        messages = render.reply_messages(reply, pressed)
        if messages:
            await self.send(update, messages)
        else:  # a reply must show something; should the dialogue ever fail in that, nobody stays unanswered
            logger.error("a reply without any text")
            await self._say(update, reply.wording.say("failed"))

    async def acknowledge(self, press: CallbackQuery, text: str | None = None) -> None:
        """Stop the button's clock; with a text, show it for a moment."""
        await presses.respond(press, text)

    def example(self, words: Wording, about: str = "") -> str:
        """Return a question that the corpus answers, in the script of `words`; about a matter where it has one."""
        example = self._dialogue.example(about)
        hant = words.language is Language.HANT
        return compose.to_traditional(example) if hant else example

    async def _say(self, update: Update, text: str) -> None:
        await self.send(update, render.text_messages(text))

    async def send(self, update: Update, messages: Sequence[OutgoingMessage]) -> None:
        """Send messages to where an update came from."""
        message = update.effective_message
        assert message is not None  # there is no chat to send to else
        await self._outbox.send(update, Destination.of(message), messages)


def _utterance(text: str, caller: Caller, *, alone: bool = False) -> Utterance:
    """What somebody says, or a button on their behalf."""
    return Utterance(
        text, caller.chat, said=caller.said, user=caller.user, channel=CHANNEL, alone=alone
    )


def _message(update: Update) -> Message:
    """The new message of an update; every handler is filtered to updates that have one."""
    assert update.message is not None
    return update.message
