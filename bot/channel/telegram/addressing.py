"""Whom a message is meant for, what it asks, and to which conversation it belongs.

In a private chat everything is meant for the bot. In a group a message is meant for it when it mentions the bot
(“@bot 如何投诉”), replies to one of the bot's messages, or is one of its commands.
"""

from __future__ import annotations

from collections.abc import Iterator

from telegram import Chat, Message, MessageEntity, Update, User
from telegram.constants import ChatType
from telegram.ext import filters

from bot.channel.telegram import utf16
from bot.dialogue import press
from bot.dialogue.caller import Caller
from bot.dialogue.wording import Language

TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def question(message: Message) -> str:
    """Return what a message asks: its text or caption without the leading command and mentions of the bot."""
    text = _text(message)
    cuts = list(_mentions(message))
    command = _command(message)
    if command:
        cuts.append((0, len(command)))
    for start, end in sorted(cuts, reverse=True):
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
    return text


def replied_to(message: Message) -> str:
    """Return the text that somebody chose to reply to, or the part of it that they quoted; "" where it is the bot's own.

    In a topic each message counts as a reply to what opened it: nobody chose that.
    """
    if message.quote is not None and not _replies_to_bot(message):
        return message.quote.text
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or _replies_to_bot(message):
        return ""
    return question(replied)


def answer_replied_to(message: Message) -> str:
    """Return the reference of the bot's answer that a message replies to, as its buttons carry it; "" for none."""
    replied = message.reply_to_message if _replies_to_bot(message) else None
    markup = replied.reply_markup if replied else None
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            pressed = press.read(str(button.callback_data or ""))
            if pressed is not None:
                return pressed.reference
    return ""


def conversation(message: Message, user: User | None = None) -> str:
    """Return the key of the conversation: the chat's, its topic's, and in a group the asker's own.

    Args:
        message: The message that asks, or under which a button was pressed.
        user: Who pressed it.
    """
    key = f"telegram:{message.chat_id}:{topic(message) or 0}"
    if message.chat.type == ChatType.PRIVATE:
        return key
    # All who write as a chat share one user of Telegram's, so the chat tells them apart.
    sender = user or message.sender_chat or message.from_user
    return f"{key}:{sender.id if sender else 0}"


def person(user: User) -> str:
    """Return the key of a user, the same in every chat."""
    return f"telegram:user:{user.id}"


def topic(message: Message) -> int | None:
    """Return the forum topic of a message.

    Outside forums `message_thread_id` names a chain of replies; Telegram refuses to send to one.
    """
    return message.message_thread_id if message.is_topic_message else None


def command(message: Message) -> str:
    """Return the name of the command that a message begins with, in small letters; "" where there is none."""
    return _command(message).removeprefix("/").partition("@")[0].lower()


def caller(update: Update) -> Caller:
    """Return who wrote a message or pressed a button, and where."""
    press, message = update.callback_query, update.effective_message
    user = update.effective_user
    code = user.language_code if user else None
    key = _user_key(user, None if press or message is None else message.sender_chat)
    if message is None:
        return Caller(key, "", guess=language(code))
    private = message.chat.type == ChatType.PRIVATE
    chat = f"telegram:{message.chat_id}"
    return Caller(
        key,
        conversation(message, user if press else None),
        said=f"b{press.id}" if press else f"m{message.message_id}",
        guess=language(code),
        private=private,
        chats=(chat,) if private else (),
        to=chat if private else "",
    )


def _user_key(user: User | None, chat: Chat | None) -> str:
    """Return the key of a user; of a chat where somebody writes as one, an anonymous administrator."""
    if chat is not None:
        return f"telegram:chat:{chat.id}"
    return f"telegram:user:{user.id}" if user else ""


def language(code: str | None) -> Language | None:
    """Return the language for a user whose app runs in `code` ("zh-hans", "pt-br"); None when that is unknown."""
    if not code:
        return None
    code = code.lower().replace("_", "-")
    if code.startswith(TRADITIONAL):
        return Language.HANT
    return Language.HANS if code.split("-")[0] == "zh" else Language.EN


class _FromPerson(filters.MessageFilter):
    """Not from a bot, nor chosen from what a bot offers inline, nor a channel's post that Telegram puts into its group.

    An anonymous administrator writes as a bot of Telegram's, on behalf of a chat.
    """

    def filter(self, message: Message) -> bool:
        if message.is_automatic_forward or _is_card(message):
            return False
        return not (message.from_user and message.from_user.is_bot and not message.sender_chat)


class _Addressed(filters.MessageFilter):
    """Mentions the bot or replies to it, or asks it in a caption, in which the library knows no commands."""

    def filter(self, message: Message) -> bool:
        return any(_mentions(message)) or _replies_to_bot(message) or _asks_in_caption(message)


class _NamesBot(filters.MessageFilter):
    """Begins with a command that names this bot: `/weather@bot`."""

    def filter(self, message: Message) -> bool:
        name = _command(message).partition("@")[2]
        return name.casefold() == message.get_bot().username.casefold()


FROM_PERSON = _FromPerson(name="from a person")
ADDRESSED = _Addressed(name="addressed to the bot")
NAMES_BOT = _NamesBot(name="command for the bot")


def _is_card(message: Message) -> bool:
    """Whether a message is one of the bot's own answers, chosen from what it offered inline."""
    return message.via_bot is not None and message.via_bot.id == message.get_bot().id


def _text(message: Message) -> str:
    return message.text or message.caption or ""


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities or message.caption_entities or ())


def _command(message: Message) -> str:
    """The command that the message begins with, "/ask@bot", or ""."""
    for entity in _entities(message):
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return _text(message)[: entity.length]  # ASCII: units are characters
    return ""


def _asks_in_caption(message: Message) -> bool:
    command, _, name = _command(message).casefold().partition("@")
    meant = name in ("", message.get_bot().username.casefold())
    return bool(message.caption) and command == "/ask" and meant


def _mentions(message: Message) -> Iterator[tuple[int, int]]:
    """Where the bot is mentioned, in characters.

    Not `Message.parse_entity`, which fails on a lone surrogate anywhere in the text.
    """
    text, bot = _text(message), message.get_bot()
    name = f"@{bot.username}".casefold()
    for entity in _entities(message):
        start = utf16.index(text, entity.offset)
        end = utf16.index(text, entity.offset + entity.length)
        by_name = entity.type == MessageEntity.MENTION and text[start:end].casefold() == name
        by_id = (
            entity.type == MessageEntity.TEXT_MENTION
            and entity.user is not None
            and entity.user.id == bot.id
        )
        if by_name or by_id:
            yield start, end


def _replies_to_bot(message: Message) -> bool:
    """Whether the message replies to one of the bot's.

    In a topic that the bot opened, each message counts as a reply to the opening: nobody chose that reply.
    """
    replied = message.reply_to_message
    return (
        replied is not None
        and replied.from_user is not None
        and replied.from_user.id == message.get_bot().id
        and replied.forum_topic_created is None
    )
