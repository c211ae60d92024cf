"""Words in both languages: everything that people read stands here in Chinese and in English."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.values.doors import all_of
from yizheng.values.names import is_blank, prose

__all__ = ["LANGUAGES", "Language", "Text", "as_language", "as_text", "joined"]

Language: TypeAlias = Literal["zh", "en"]
"""A language in which something is told: Chinese or English."""
LANGUAGES: Final[tuple[Language, Language]] = ("zh", "en")
"""Both languages, Chinese first."""


def as_language(language: Language) -> Language:
    """One of the two languages.

    Raises:
        InvalidType: when it is no string.
        InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
    """
    if not isinstance(language, str):
        raise InvalidType(f"a language is named by a string, not by {shown(language)}; ask for 'zh' or 'en'")
    if language not in LANGUAGES:
        raise InvalidValue(f"language {shown(language)} is not known here; ask for 'zh' or 'en'")
    return language


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
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        return self.zh if as_language(language) == "zh" else self.en

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
    """A list of phrases as one, with the comma of the language.

    Raises:
        InvalidType: when something else than strings is among them.
        InvalidValue: when the language is neither ``"zh"`` nor ``"en"``.
    """
    return ("、" if as_language(language) == "zh" else ", ").join(all_of(str, words, "words"))
