"""The bot comes into a group, becomes an administrator, or goes.

In privacy mode, which is how bots are made, Telegram shows a bot in a group only commands and replies to it: “@bot 问题”
never arrives unless the bot is an administrator. Nobody who asks in vain could know, so the bot says it when it comes.
Source: https://core.telegram.org/bots/features#privacy-mode.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence

from telegram import (
    Bot,
    ChatMember,
    ChatMemberMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Update,
)
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.channel.telegram import render
from bot.channel.telegram.handlers import Context, Handlers
from bot.channel.telegram.outbox import Destination, Outbox

logger = logging.getLogger(__name__)

REMEMBERED = 256
"""Groups remembered as told, lest one that moves is told again."""


class Groups:
    """The callbacks for what happens to the bot in groups.

    Args:
        chat: Has the words.
        outbox: Sends.
    """

    def __init__(self, chat: Handlers, outbox: Outbox) -> None:
        self._chat = chat
        self._outbox = outbox
        self._told: deque[int] = deque(maxlen=REMEMBERED)

    async def membership(self, update: Update, context: Context) -> None:
        """Say how to ask in a group that the bot comes to, where what mentions it would not reach it."""
        change = update.my_chat_member
        assert change is not None  # what the handler is for
        before, after = change.old_chat_member, change.new_chat_member
        if change.chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP) or not _may_write(after):
            logger.info("a chat's membership is now: %s", after.status)
            return
        came = not _is_present(before) and not _is_admin(after)
        promoted = _is_present(before) and not _is_admin(before) and _is_admin(after)
        if came and change.chat.id in self._told:
            return
        if (came or promoted) and await _is_blinded(context.bot):
            self._told.append(change.chat.id)
            texts = ("group_sees",) if promoted else ("group_hello", "group_admins")
            await self._say(update, change, texts, context.bot.username)

    async def moved(self, update: Update, context: Context) -> None:
        """Note that a group became a supergroup, where the bot is no newcomer."""
        message = update.message
        assert message is not None  # what the handler is for
        self._told.append(message.migrate_to_chat_id or message.chat_id)

    async def _say(
        self, update: Update, change: ChatMemberUpdated, texts: Sequence[str], name: str
    ) -> None:
        words = self._chat.words(change.from_user)
        example = self._chat.example(words)
        told = "\n\n".join(words.say(text, name=name, example=example) for text in texts)
        await self._outbox.send(update, Destination(change.chat.id), render.text_messages(told))


def _is_admin(member: ChatMember) -> bool:
    return member.status == ChatMember.ADMINISTRATOR


def _is_present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return _is_admin(member) or isinstance(member, ChatMemberMember)


def _may_write(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return _is_present(member)


async def _is_blinded(bot: Bot) -> bool:
    """Whether privacy mode hides messages from the bot where it is no administrator; asked anew, since @BotFather changes it."""
    try:
        return not (await bot.get_me()).can_read_all_group_messages
    except TelegramError as error:
        logger.info("the bot's settings are not known: %s", error.message)
        return not bot.can_read_all_group_messages
