"""Words in both languages: everything that people read stands here in Chinese and in English."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import attrs

from yizheng.errors import InvalidValue
from yizheng.values.names import is_blank, prose

__all__ = ["LANGUAGES", "Language", "Text", "as_text", "joined"]

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")


@attrs.frozen
class Text:
    """A phrase in Chinese and in English.

    A plain string given where a ``Text`` is expected stands for both languages.

    Attributes:
        zh: the phrase in Chinese.
        en: the phrase in English.
    """

    zh: str = attrs.field(converter=prose)
    en: str = attrs.field(converter=prose)

    def say(self, language: Language) -> str:
        """The phrase in one language.

        Raises:
            ValueError: when the language is neither ``"zh"`` nor ``"en"``.
        """
        if language == "zh":
            return self.zh
        if language == "en":
            return self.en
        raise ValueError(f"language {language!r} is not known here; ask for 'zh' or 'en'")

    def __str__(self) -> str:
        return self.zh if self.zh == self.en else f"{self.zh} ({self.en})"


def as_text(words: Text | str) -> Text:
    """A text as it is, and a string as the words of both languages.

    Raises:
        InvalidType: when it is neither.
        InvalidValue: when it says nothing: a title, an answer or a reason that is empty is none.
    """
    text = words if isinstance(words, Text) else Text(words, words)
    if is_blank(text.zh) or is_blank(text.en):
        raise InvalidValue("the words are empty in one of the languages; say it in both, or give one string for both")
    return text


def joined(words: list[str], language: Language) -> str:
    """A list of phrases as one, with the comma of the language."""
    return ("、" if language == "zh" else ", ").join(words)
