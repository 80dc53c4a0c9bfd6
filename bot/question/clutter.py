"""What chat clients and habits put around a question, taken off: [图片], <br>, @小王, 【求助】, a link, a mail's signature.

What is taken off asks nothing. Words that may mean something stay, without the marks around them: 【静安寺】有多少家 asks of 静安寺.
"""

from __future__ import annotations

import html
import re

from bot.analysis.chars import CJK

ATTACHED = re.compile(
    r"[\[［【](?:图片|照片|截图|视频|小视频|语音|语音转文字|文件|表情|动画表情|动态表情|表情包|贴纸|链接|网页链接|位置|名片|红包|转账|聊天记录|转发|引用"
    r"|image|photo|picture|video|sticker|file|voice|audio|link|gif)[^\]］】]{0,12}[\]］】]",
    re.IGNORECASE,
)
"""What clients write for what cannot be shown as text."""
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
LINK = re.compile(r"(?:https?://|www\.)[!-~]+")
ADDRESSED = re.compile(
    rf"(?:^|(?<=\s)|(?<=[?？。!！]))@[\w{CJK}]{{1,20}}(?=\s|$|[,，:：])[,，:：]?"
)
SIGNATURE = re.compile(
    r"\s*(?:发自我的|來自我的|發自我的|傳送自我的|来自我的|发送自)\s?[\w ]{1,20}$|\s*sent from my [\w ]{1,20}$",
    re.IGNORECASE,
)
SPEAKER = re.compile(
    rf"^\[?(?:\d{{1,4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,4}}日?[,， ]*)?(?:[上下]午\s?)?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?\s*(?:[AaPp][Mm]\s*)?[]–-]*\s*"
    rf"[\w{CJK} ]{{1,12}}[:：]\s*"
)
"""10:32 张三：, as chats are exported; with the day, too."""
SENDER = re.compile(
    rf"^[\w{CJK}]{{1,12}}\s+(?:\d{{2,4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?[,， ]*)?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?[；\s]\s*"
)
"""The same with the name first, on a line of its own."""
EDITED = re.compile(r"[；\s]*[(（\[](?:已编辑|已編輯|edited)[)）\]]\s*$", re.IGNORECASE)
LABEL = re.compile(
    r"^[>》\s*#]*(?:(?:转发|求解|求助|求问|请教|请问|提问|咨询|问一下|问|在线等)\s*[:：]\s*)+|^[>*#\s]+"
)
COMMAND = re.compile(r"^／ask(?:@\w+)?\s+", re.IGNORECASE)
"""A command as a Chinese keyboard types it, which no client takes for one."""
PLEA = re.compile(
    r"[\[【(（「](?:紧急|急急急|急|求助|求解|求问|求教|咨询|提问|请教|问题|在线等|挺急的|跪求|谢谢)[!！]*[\]】)）」]"
)
EMPHASIS = re.compile(r"\*\*|__|~~|`+")
BRACKETED = re.compile(r"【([^】]*)】")
SPACED = re.compile(rf"(?:[{CJK}0-9a-zA-Z?？]{{1,4}} ){{5,}}[{CJK}0-9a-zA-Z?？]{{1,4}}")
LONE = 0.7
"""Share of the pieces that are one character where a text was typed with a space behind each."""
BETWEEN = re.compile(rf"(?<=[{CJK}0-9]) (?=[{CJK}0-9?？])")


def cleared(text: str) -> str:
    """Return a typed text without what asks nothing; "" where nothing else is in it."""
    text = html.unescape(text) if "&" in text else text
    text = SENDER.sub("", EDITED.sub("", SIGNATURE.sub("", text)).lstrip())
    for pattern in (ATTACHED, PLEA, LINK, TAG):
        text = pattern.sub(" ", text)
    text = EMPHASIS.sub("", BRACKETED.sub(r" \1 ", text)).strip()
    text = ADDRESSED.sub(" ", SPEAKER.sub("", text)).strip()
    text = LABEL.sub("", COMMAND.sub("", text))
    return _together(" ".join(text.split()))


def _together(text: str) -> str:
    """Return a text without the spaces that stand between all of its characters: 静 安 寺 有 多 少 家."""
    pieces = text.split(" ")
    lone = sum(len(piece) == 1 for piece in pieces)
    if SPACED.search(text) and lone >= LONE * len(pieces):
        return BETWEEN.sub("", text)
    return text
