"""A question on a button: its data are a key of the question, the same in every process, so nothing has to be kept.

ask:8f3c02a91b7d4e60
"""

from __future__ import annotations

import hashlib

from bot.dialogue.panel import ASK, Button

KEY_BYTES = 8


def key(question: str) -> str:
    """Return the key of a question as it is shown: 16 hexadecimal digits."""
    data = question.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=KEY_BYTES).hexdigest()


def button(question: str) -> Button:
    """Return the button that asks a question of the corpus's, as it is shown."""
    return Button(question, ASK + key(question), ask=True)
