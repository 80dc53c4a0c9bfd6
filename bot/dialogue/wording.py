"""The bot's own words, one folder a language (`bot/dialogue/words/<language>/*.toml`).

Every sentence that the bot itself says stands in those files, by what is talked of. A text may hold named fields, "{missing}"; `say`
fills them in. A text whose name is a sentence in English is what `reword` puts in its place. `zh-hant` is written by hand, not converted, since Hong Kong and Taiwan have words of their own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable


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

    def reword(self, sentence: str) -> str:
        """Return in this language what the cleaning says in English; as it is where nobody has translated it.

        "is a copy of a1" is the text named "is a copy of *", with a1 as its field {0}.
        """
        for key, text in self.texts.items():
            if " " in key:
                found = re.fullmatch(re.escape(key).replace(r"\*", "(.*)"), sentence, re.DOTALL)
                if found:
                    return text.format(*found.groups())
        return sentence


def load() -> dict[Language, Wording]:
    """Return the wording of every language.

    Raises:
        ValueError: Two files of a language have a text of the same name.
    """
    folder = resources.files("bot.dialogue") / "words"
    return {language: Wording(language, _texts(folder / language)) for language in Language}


def _texts(folder: Traversable) -> dict[str, str]:
    texts: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        added = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := texts.keys() & added.keys():
            raise ValueError(f"{file.name}: {min(twice)!r} stands in another file, too")
        texts |= added
    return texts
