"""Likeness by title: the same canonical key, or one slip of the pen apart."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs
from typing_extensions import override

from yizheng.batch.leaders import led_by_one_slip
from yizheng.batch.likeness import Alike, as_matters
from yizheng.batch.usual import USUAL
from yizheng.batch.wording import Wording
from yizheng.canonical import encoded
from yizheng.matter import Matter
from yizheng.text import Language, as_language
from yizheng.values.doors import instance_of
from yizheng.values.names import names
from yizheng.values.scalars import count, flag

__all__ = ["ByTitle", "TitleLikeness"]

_NOTHING: Final = b""


@attrs.frozen(kw_only=True)
class ByTitle:
    """What the likenesses by title share: the canonical key, the facts that must agree, and leaders among the rest.

    Two matters are alike only if the facts named here are the same, and so are the numbers, letters and telling
    characters of their titles. What else may differ, each likeness says.

    Attributes:
        wording: how a title is read.
        facts: the facts that must be the same. Of those in words the canonical keys are compared; a matter that does not
            state one is like others that do not.
        language: which title is read.
    """

    wording: Wording = attrs.field(default=USUAL, validator=instance_of(Wording))
    facts: frozenset[str] = attrs.field(default=frozenset[str](), converter=names)
    language: Language = attrs.field(default="zh", converter=as_language)
    times: int = attrs.field(default=2, converter=count)

    def gather(self, matters: Sequence[Matter]) -> Iterator[Alike]:
        """The matters in groups of those that are alike.

        Raises:
            InvalidType: when something else than matters is among them.
            InvalidValue: when a title is not settled after 64 passes, since synonyms chase one another.
        """
        for bucket in self._buckets(as_matters(matters)):
            if len(bucket) == 1:
                for key, own in bucket.items():
                    yield Alike(own, key)
                continue
            gathered: dict[str, list[Matter]] = {}
            leads = self._leads({key: len(own) for key, own in bucket.items()})
            for key, own in bucket.items():
                gathered.setdefault(leads[key], []).extend(own)
            for leader, led in gathered.items():
                yield Alike(led, leader)

    def _buckets(self, matters: Sequence[Matter]) -> Iterator[dict[str, list[Matter]]]:
        """The matters by their keys, kept apart where nothing can make them alike."""
        read = self.wording.keys
        titles = [matter.title.zh if self.language == "zh" else matter.title.en for matter in matters]
        stated = self._stated if self.facts else None
        by_key: dict[tuple[bytes, str], list[Matter]] = {}
        for matter, title, key in zip(matters, titles, read(titles), strict=True):
            by_key.setdefault((stated(matter) if stated else _NOTHING, key or title), []).append(matter)
        signs = self.wording.signs
        buckets: dict[tuple[bytes, str], dict[str, list[Matter]]] = {}
        for (facts, key), own in by_key.items():
            buckets.setdefault((facts, signs(key)), {})[key] = own
        yield from buckets.values()

    def _stated(self, matter: Matter) -> bytes:
        """What a matter states of the facts that must agree."""
        stated = {fact: matter.facts[fact] for fact in self.facts if fact in matter.facts}
        key = self.wording.key
        return encoded({fact: key(value) if isinstance(value, str) else [value] for fact, value in stated.items()})

    @abstractmethod
    def _leads(self, counts: Mapping[str, int]) -> dict[str, str]:
        """For each key its leader, among keys with the same numbers and telling characters.

        Args:
            counts: how often each canonical key occurs.
        """


@attrs.frozen(kw_only=True)
class TitleLikeness(ByTitle):
    """Titles with the same canonical key, and those that are one slip of the pen away from the most frequent of them.

    Attributes:
        slips: whether one slip is overlooked: a character too many, missing, wrong, or two neighbours exchanged.
        least: of how many characters a canonical key must be at least for a slip to be believed in it.
    """

    slips: bool = attrs.field(default=True, converter=flag)
    least: int = attrs.field(default=6, converter=count)

    @override
    def _leads(self, counts: Mapping[str, int]) -> dict[str, str]:
        """The most frequent key within one slip, or the key itself."""
        if not self.slips:
            return {key: key for key in counts}
        return led_by_one_slip(counts, self.times, self.least, self.wording.words)
