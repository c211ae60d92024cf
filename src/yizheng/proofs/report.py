"""What was found when a record was looked through: nothing, or the first entry that does not hold and how."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final

import attrs

from yizheng.text import Language, Text
from yizheng.values import FrozenMap

__all__ = ["Damage", "Report"]


class Damage(enum.StrEnum):
    """What was done to a record, as far as the record itself, or a checkpoint, shows it."""

    CHANGED = "changed"
    REWRITTEN = "rewritten"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    FOREIGN = "foreign"
    PART = "part"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    CUT = "cut"
    DROPPED = "dropped"
    RESTORED = "restored"
    RESEALED = "resealed"
    ANOTHER = "another"


_WORDS: Final[Mapping[Damage, Text]] = FrozenMap(
    {
        Damage.CHANGED: Text(
            "第{number}条被改动：所存的内容与其摘要不符，或与所封存的值、所列的栏目不符",
            "entry {number} was changed: what is stored does not agree with its digest, its seals or its columns",
        ),
        Damage.REWRITTEN: Text(
            "第{number}条被重写：它的摘要不是第{other}条所载的前一条摘要",
            "entry {number} was written anew: its digest is not the one that entry {other} names as that before it",
        ),
        Damage.REMOVED: Text(
            "第{number}条缺失：此处接下去是第{other}条", "entry {number} is missing: the record goes on with {other}"
        ),
        Damage.INSERTED: Text(
            "第{number}条的位置插入了不属于此处的内容", "something was put in where entry {number} belongs"
        ),
        Damage.MOVED: Text(
            "次序被调换：第{number}条的位置上是第{other}条",
            "entries were moved: entry {other} stands where entry {number} belongs",
        ),
        Damage.FOREIGN: Text(
            "第{number}条属于另一份记录：它不接在前一条之后",
            "entry {number} belongs to another record: it does not follow the entry before it",
        ),
        Damage.PART: Text(
            "第{number}条所引用的程序、名册或批次记录缺失，或不是当时的那一份",
            "a procedure, a roll or the record of a batch to which entry {number} refers is missing, or is not the one "
            "that it was",
        ),
        Damage.UNKNOWN: Text(
            "第{number}条属于本版本不认识的种类，无法核验",
            "entry {number} is of a kind that this release does not know, so that it cannot be checked",
        ),
        Damage.EMPTY: Text("没有任何条目：记录以立案开始", "there is no entry here: a record begins with its opening"),
        Damage.CUT: Text(
            "末尾被截去：检查点封存到第{other}条，第{number}条起已不在",
            "the tail was cut: the checkpoint sealed {other} entries, and from entry {number} on they are gone",
        ),
        Damage.DROPPED: Text(
            "整份记录缺失：检查点封存到第{other}条", "the whole record is gone: the checkpoint sealed {other} entries"
        ),
        Damage.RESTORED: Text(
            "第{other}条载明已销毁第{number}条的不公开内容，而该内容又在",
            "a private value of entry {number} is here, and entry {other} says that it was destroyed",
        ),
        Damage.RESEALED: Text(
            "第{number}条不是检查点所封存的那一条：它或之前的条目被重写",
            "entry {number} is not the one that the checkpoint sealed: it, or one before it, was written anew",
        ),
        Damage.ANOTHER: Text(
            "这是另一份记录：检查点的这一叶所封存的不是它",
            "this is another record than the one that this leaf of the checkpoint seals",
        ),
    }
)


@attrs.frozen(kw_only=True)
class Report:
    """What was found in one record.

    Attributes:
        entries: how many entries were there.
        damage: what is wrong; ``None`` where the record is sound.
        number: the number of the first entry that does not hold.
        other: the number that the words name besides.
        stream: which record, where it was read from a store.
        detail: what the reader of the record said of it, in English, for those who look after the program.
        withheld: the numbers of the entries of which a private value is not here: withheld or destroyed.
        destroyed: those of them of which the record says that private values were destroyed. Of the others, and of other
            values of these, it says nothing: they were left out of this copy, or taken away past the record.
    """

    entries: int
    damage: Damage | None = None
    number: int | None = None
    other: int | None = None
    stream: str | None = None
    detail: str = ""
    withheld: tuple[int, ...] = ()
    destroyed: tuple[int, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.damage is None

    def explain(self, language: Language) -> str:
        """What was found, in words.

        Raises:
            InvalidType: when the language is no string.
            InvalidValue: when it is neither ``"zh"`` nor ``"en"``.
        """
        words = _SOUND if self.damage is None else _WORDS[self.damage]
        said = words.say(language).format(entries=self.entries, number=self.number, other=self.other)
        return said if self.stream is None else f"{self.stream}{_COLON.say(language)}{said}"


_SOUND: Final = Text("完好，共{entries}条", "sound, {entries} entries")
_COLON: Final = Text("：", ": ")
