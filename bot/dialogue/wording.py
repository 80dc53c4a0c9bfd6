"""The bot's own words, one file a language (`bot/dialogue/words/<language>.toml`).

Every sentence that the bot itself says stands in those files. A text may hold named fields, "{missing}"; `say`
fills them in. `zh-hant.toml` is written by hand, not converted, since Hong Kong and Taiwan have words of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources


class Language(StrEnum):
    """The languages that the bot speaks."""

    HANS = "zh-hans"
    HANT = "zh-hant"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, **fields: object) -> str:
        """Return the text named `key` with its fields filled in.

        Raises:
            KeyError: There is no such text, or a field is missing: a mistake of the caller.
        """
        return self.texts[key].format(**fields)


def load() -> dict[Language, Wording]:
    """Return the wording of every language."""
    folder = resources.files("bot.dialogue") / "words"
    return {
        language: Wording(
            language, tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
        )
        for language in Language
    }
