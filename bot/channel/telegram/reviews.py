"""The review of an article by buttons: a message that shows the open question and changes as it is answered.

What is pressed names the step at which the button was shown, so that a press that comes late or twice changes nothing. A
reply to the message is the paragraph as it should be, or a field's value. All of it is in memory; see `pending.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import Message, Update
from telegram.ext import filters

from bot.channel.telegram import beside, offer_text, presses, render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.offer_text import OPEN, REVIEW, review_data
from bot.channel.telegram.outbox import Outbox
from bot.channel.telegram.pending import Pending, Reviewing, Waiting
from bot.channel.telegram.renewal import Renewal, reason
from bot.dialogue import panel, review_panel
from bot.dialogue.panel import Panel
from bot.dialogue.review import Choice, Review
from bot.dialogue.review_panel import ADD, BACK, REPLACE, SKIP, WHOLE
from bot.dialogue.wording import Wording

DATA = re.compile(rf"{REVIEW}:([\w-]{{12}}):(\d{{1,6}}):(\d{{1,6}}):([a-z])", re.ASCII)


@dataclass(frozen=True, slots=True)
class _At:
    """Where a press is: key of the offer, number of the article in it, the offer, the article's review."""

    key: str
    number: int
    waiting: Waiting
    one: Reviewing

    @property
    def review(self) -> Review:
        assert self.one.review is not None  # nobody gets here once it has ended
        return self.one.review

    def data(self, does: str) -> str:
        return review_data(self.key, self.number, self.one.step, does)


class Reviews:
    """The callbacks for a review's buttons and for replies to it.

    Args:
        chat: Has the words.
        outbox: Sends.
        renewal: Adds, and lets the dialogue follow.
        pending: Holds the reviews.
    """

    def __init__(self, chat: Handlers, outbox: Outbox, renewal: Renewal, pending: Pending) -> None:
        self._chat = chat
        self._outbox = outbox
        self._renewal = renewal
        self._pending = pending
        self.answered = _Answered(pending)
        """Which messages are replies to a review."""

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says; what cannot be done any more is told in a notice."""
        press = update.callback_query
        assert press is not None  # what the handler is for
        words = self._chat.words(press.from_user)
        found = DATA.fullmatch(press.data or "")
        under = press.message
        waiting = self._pending.find(found[1]) if found else None
        one = waiting.reviews.get(int(found[2])) if waiting and found else None
        notice = ""
        if found is None or waiting is None or one is None or not isinstance(under, Message):
            notice = "file_expired"
        elif waiting.user_id != press.from_user.id:
            notice = "file_not_yours"
        elif one.review is None:
            notice = "review_ended"
        elif one.step != int(found[3]) or one.working:
            notice = "review_passed"
        if notice or not (found and waiting and one and isinstance(under, Message)):
            await presses.acknowledge(press, words.say(notice))
            return
        await presses.acknowledge(press)
        self._pending.prolong(waiting)
        one.message_id, one.working = under.message_id, True
        try:
            await self._do(update, found[4], _At(found[1], int(found[2]), waiting, one), words)
        finally:
            one.working = False

    async def typed(self, update: Update, context: Context) -> None:
        """Take a reply as the paragraph as it should be, or as a field's value."""
        message = update.message
        assert message is not None
        assert message.from_user is not None
        assert message.reply_to_message is not None  # what the handler is for
        words = self._chat.words(message.from_user)
        shown = self._pending.shown_in(message.from_user.id, message.reply_to_message.message_id)
        waiting = self._pending.find(shown[0]) if shown else None
        one = waiting.reviews[shown[1]] if waiting and shown else None
        if shown is None or waiting is None or one is None or one.review is None:
            await self._say(update, words.say("file_expired"))
            return
        if one.working:
            await self._say(update, words.say("review_passed"))
            return
        self._pending.prolong(waiting)
        one.working = True
        try:
            at, review = _At(*shown, waiting, one), one.review
            text = message.text or message.caption or ""
            if await self._went_on(update, one, lambda: _typed(review, text), words):
                await self._show(update, at, words)
                await self._say(update, words.say("review_edited"))
        finally:
            one.working = False

    async def _do(self, update: Update, does: str, at: _At, words: Wording) -> None:
        one, review = at.one, at.review
        if does == OPEN:
            pass
        elif does == REPLACE:
            one.confirmed = True
        elif does == BACK:
            one.review = review.back()
        elif does == SKIP:
            await self._end(update, at, words, "review_skipped")
            return
        elif does == ADD:
            await self._add(update, at, words)
            return
        elif does == WHOLE:
            await self._chat.send(update, render.panel_messages(review_panel.whole_panel(review)))
            return
        elif does == Choice.EDIT and review.asked is not None:
            shown = review_panel.edit_panel(review, review.asked, words, at.data)
            await self._edit(update, one, shown)
            return
        elif does not in [*Choice] or not await self._went_on(
            update, one, lambda: review.answer(Choice(does)), words
        ):
            return
        await self._show(update, at, words)

    async def _went_on(
        self, update: Update, one: Reviewing, call: Callable[[], Review], words: Wording
    ) -> bool:
        """Let the review be what a call returns; tell why, and return False, where that is not possible."""
        try:
            one.review = await beside.run(call)
        except Exception as error:
            why = reason(error, words)
            await self._say(update, words.say("review_not_done", reason=why))
            return False
        return True

    async def _add(self, update: Update, at: _At, words: Wording) -> None:
        """Add the article, end its review, and let the dialogue follow."""
        if at.review.asked is not None:  # its button is not shown then
            return
        try:
            added = await self._renewal.write(at.review.add)
        except Exception as error:  # nothing is added, and the button stays
            await self._say(update, words.say("file_add_failed", reason=reason(error, words)))
            return
        if not added.reason:
            self._renewal.changed()
            await self._end(update, at, words, "review_added")
        await self._chat.send(update, offer_text.added_messages([added], words))
        if added.reason:
            return
        try:
            await self._renewal.follow()
        except Exception as error:  # the dialogue of before goes on answering
            await self._say(update, words.say("file_index_failed", reason=reason(error, words)))
            return
        await self._say(update, words.say("file_indexed"))

    async def _end(self, update: Update, at: _At, words: Wording, key: str) -> None:
        """End the review, say so in its place, and offer the next one of the file."""
        ended = review_panel.ended_panel(at.review, words, key)
        offer = at.waiting.offer
        at.waiting.end_review(at.number)
        await self._edit(update, at.one, ended)
        left = at.waiting.under_review
        if left and offer is not None:
            button = panel.Button(
                words.say("review_next", count=len(left)),
                review_data(at.key, left[0], at.waiting.reviews[left[0]].step, OPEN),
            )
            name = offer_text.shown_name(offer.articles[left[0]].name, words)
            following = panel.text_panel(name, (button,))
            await self._chat.send(update, render.panel_messages(following))

    async def _show(self, update: Update, at: _At, words: Wording) -> None:
        """Show how the review stands; the buttons of before are passed with that."""
        at.one.step += 1
        shown = await beside.run(
            lambda: review_panel.review_panel(at.review, words, at.data, confirmed=at.one.confirmed)
        )
        await self._edit(update, at.one, shown)

    async def _edit(self, update: Update, one: Reviewing, shown: Panel) -> None:
        """Show a panel in the review's message; what does not fit on one message is cut off."""
        messages = render.panel_messages(shown)
        assert update.effective_chat is not None
        assert one.message_id is not None  # a review is opened by a press
        first = replace(messages[0], keyboard=messages[-1].keyboard)
        await self._outbox.edit(update, update.effective_chat.id, one.message_id, first)

    async def _say(self, update: Update, text: str) -> None:
        await self._chat.send(update, render.text_messages(text))


class _Answered(filters.MessageFilter):
    """Replies to a message that shows a review, by whose it is."""

    def __init__(self, pending: Pending) -> None:
        super().__init__("reply to a review")
        self._pending = pending

    def filter(self, message: Message) -> bool:
        under, user = message.reply_to_message, message.from_user
        if under is None or user is None:
            return False
        return _has_buttons(under) or self._pending.shown_in(user.id, under.message_id) is not None


def _has_buttons(message: Message) -> bool:
    """Whether a message has a review's buttons, be it that it waits no more."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return any(DATA.fullmatch(str(button.callback_data)) for row in rows for button in row)


def _typed(review: Review, text: str) -> Review:
    """Return the review with what was typed in a reply."""
    asked = review.asked
    if asked is None:
        field, _, value = text.replace("＝", "=", 1).partition("=")
        return review.put(field.strip(), value.strip())
    if asked.field:
        return review.answer(Choice.ACCEPT, text)
    return review.answer(Choice.EDIT, text)
