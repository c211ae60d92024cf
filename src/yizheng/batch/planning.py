"""Planning: which matters go together. The same matters give the same plan, in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias

import attrs

from yizheng.batch.account import Meetings, meetings
from yizheng.batch.faults import READING, told
from yizheng.batch.grouping import Alone, Group, Why, by_id, is_of_words, twice
from yizheng.batch.likeness import Alike, Likeness
from yizheng.canonical import encoded
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.procedure import Procedure
from yizheng.text import Language, Text, as_language
from yizheng.values.doors import all_of
from yizheng.values.plain import Plain, plain
from yizheng.values.scalars import count

__all__ = ["Schedule", "plan"]

By: TypeAlias = Callable[[Matter], Any]
_Lot: TypeAlias = tuple[int, Matter]


def _groups(values: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(all_of(Group, values, "groups"), key=lambda group: group.matters[0].id))


def _alone(values: Iterable[Alone]) -> tuple[Alone, ...]:
    return tuple(sorted(all_of(Alone, values, "alone"), key=lambda alone: alone.matter.id))


@attrs.frozen(kw_only=True)
class Schedule:
    """A plan: every matter is in one group, or goes alone.

    Attributes:
        groups: the groups, in the order of the ids of their first matters.
        alone: the matters that go alone, in the order of their ids.
    """

    groups: tuple[Group, ...] = attrs.field(default=(), converter=_groups)
    alone: tuple[Alone, ...] = attrs.field(default=(), converter=_alone)

    def __attrs_post_init__(self) -> None:
        _once(self.matters)

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Every matter of the plan, group by group, then those that go alone."""
        grouped = [matter for group in self.groups for matter in group.matters]
        return (*grouped, *(each.matter for each in self.alone))

    def saved(self, procedure: Procedure, *, one_sitting: bool, shared: Collection[str] | None = None) -> Meetings:
        """The meetings that the plan saves against one by one, of each body, as the procedure calls them.

        Args:
            procedure: what the matters go through.
            shared: the stages through which a group goes together; left out, those that the procedure shares.
            one_sitting: whether the items of a group are resolved one by one in one sitting, or each in one of its own.

        Raises:
            InvalidType: for what is no procedure, no set of ids or no truth value.
            InvalidValue: when a shared stage is not in the procedure, or is the one that decides; when the procedure
                reaches no end at which the matter is carried out.
        """
        plan_ = [*(group.matters for group in self.groups), *((each.matter,) for each in self.alone)]
        return meetings(plan_, procedure, shared=shared, one_sitting=one_sitting)

    def explain(self, language: Language = "zh") -> str:
        """Each group and each matter that goes alone, with the reason."""
        wanted = as_language(language)
        together = Text("{id}（{number} 件）：{reason}：{ids}", "{id} ({number}): {reason}: {ids}").say(wanted)
        alone = Text("单独办理 {id}：{reason}", "{id} alone: {reason}").say(wanted)
        lines = [
            together.format(
                id=group.id,
                number=len(group.matters),
                reason=group.reason.say(wanted),
                ids=", ".join(matter.id for matter in group.matters),
            )
            for group in self.groups
        ]
        return "\n".join(
            [*lines, *(alone.format(id=each.matter.id, reason=each.reason.say(wanted)) for each in self.alone)]
        )


def plan(matters: Iterable[Matter], *, by: By, similar: Likeness | None = None, limit: int | None = None) -> Schedule:
    """Group matters by a key and, where asked, by likeness among those of an equal key.

    The plan depends on the matters alone, not on their order. Another matter can change the groups of its own key and
    no others:

    - by key alone, it joins the group of its key, or founds one with the matter that went alone;
    - by likeness, its title becomes more frequent: it may lead where another led, or be no slip of another any more;
      then those are arranged anew that are alike to one of the two;
    - where a group is larger than the limit, it is cut by the SHA-256 digests of the ids: by their first bit in two, what
      is still too large by the next bit, and so on; where two parts meet that fit together, they are one again. So one
      matter more changes the part that it falls into and now and then one beside it, and there are fewer
      than twice as many parts as the fewest that could hold them all.

    Args:
        matters: what is to be decided; each id once.
        by: gives the key of a matter: plain data such as ``lambda m: (m.category, m.facts["programme"])``.
        similar: what is alike among matters of an equal key, such as :class:`TitleLikeness`; left out, all are.
        limit: the most matters in a group, two or more; left out, there is no limit.

    Raises:
        InvalidType: when something else than matters is given, when ``by`` is no function, or when ``similar`` is none.
        InvalidValue: with every fault: an id that is given twice; a matter of which ``by`` cannot tell the key, since it
            does not state a fact or for another reason; a key that is not plain; a limit below two; a likeness that loses
            a matter or gives one twice.
    """
    given = by_id(matters)
    _once(given)
    most = _at_least_two(limit)
    gather = _gathering(similar)
    groups: list[Group] = []
    alone: list[Alone] = []
    for key, block in _blocks(given, by):
        if len(block) == 1:
            alone.append(Alone(matter=block[0], key=key, why=Why.ONLY_ONE))
            continue
        for like, part in gather(tuple(block)):
            pieces = _cut(part, most)
            cut = len(pieces) > 1
            for piece in pieces:
                if len(piece) > 1:
                    groups.append(Group(matters=piece, key=key, like=like, cut=cut))
                else:
                    alone.append(Alone(matter=piece[0], key=key, why=Why.LEFT_OVER if cut else Why.UNLIKE))
    return Schedule(groups=groups, alone=alone)


def _once(matters: Sequence[Matter]) -> None:
    ids = [matter.id for matter in matters]
    if len(set(ids)) < len(ids):
        InvalidValue.raise_all(f"{shown(each)} is planned twice; give each matter once" for each in twice(ids))


def _at_least_two(limit: int | None) -> int | None:
    most = None if limit is None else count(limit)
    if most is not None and most < 2:  # noqa: PLR2004 -- one is no group
        raise InvalidValue(f"the limit is {most}; a group holds two matters at least: write 2 or more, or leave it out")
    return most


def _blocks(matters: Sequence[Matter], by: By) -> Iterable[tuple[Plain, list[Matter]]]:
    """The matters of each key, in the order of their ids."""
    if not callable(by):
        raise InvalidType(f"by is {shown(by)}; a function of a matter was expected, such as lambda m: m.category")
    blocks: dict[bytes, tuple[Plain, list[Matter]]] = {}
    quick: dict[str | tuple[str, ...], list[Matter]] = {}
    faults: list[str] = []
    for matter in matters:
        try:
            key: Any = by(matter)
            # Strings are equal only to strings; but 1 equals True, so that nothing else is looked up as it is.
            simple = type(key) is str or is_of_words(key)
            if simple and key in quick:
                quick[key].append(matter)
                continue
            taken = plain(key, "the key")
            hash(key)
        except READING as error:
            faults.append(told(matter, error, "by"))
            continue
        block = blocks.setdefault(encoded(taken), (taken, []))[1]
        block.append(matter)
        if simple:
            quick[key] = block
    InvalidValue.raise_all(faults)
    return blocks.values()


def _gathering(
    similar: Likeness | None,
) -> Callable[[tuple[Matter, ...]], Iterable[tuple[str | None, Sequence[Matter]]]]:
    """What divides the matters of one key, with what each part has in common."""
    if similar is None:
        return lambda block: [(None, block)]
    if isinstance(similar, type) or not callable(getattr(similar, "gather", None)):
        raise InvalidType(
            f"similar is {shown(similar)}; an object with gather(matters) was expected: write TitleLikeness()"
        )

    def gather(block: tuple[Matter, ...]) -> Iterable[tuple[str | None, Sequence[Matter]]]:
        found = all_of(Alike, similar.gather(block), f"what {kind_of(similar)} gathers")
        given, own = [matter.id for alike in found for matter in alike.matters], {each.id: each for each in block}
        if sorted(given) != list(own):
            InvalidValue.raise_all(_astray(given, own, kind_of(similar)))
        return [(alike.like, [own[matter.id] for matter in alike.matters]) for alike in found]

    return gather


def _astray(given: Sequence[str], own: Mapping[str, Matter], likeness: str) -> Iterator[str]:
    """Which matters a likeness lost, gave twice or took from elsewhere."""
    for each in sorted(own.keys() - set(given)):
        yield f"{likeness} lost {shown(each)}; gather every matter, one that is like no other by itself"
    for each in twice(given):
        yield f"{likeness} gave {shown(each)} twice; gather every matter once"
    for each in sorted(set(given) - own.keys()):
        yield f"{likeness} gave {shown(each)}, which was not among the matters of this key; gather those that were given"


def _cut(matters: Sequence[Matter], most: int | None) -> list[list[Matter]]:
    """A group in parts of the limit at most, by the digests of the ids."""
    if most is None or len(matters) <= most:
        return [list(matters)]
    lots = [(int.from_bytes(sha256(matter.id.encode()).digest(), "big"), matter) for matter in matters]
    return [[matter for _, matter in part] for part in _halved(lots, most, 255)]


def _halved(lots: list[_Lot], most: int, bit: int) -> list[list[_Lot]]:
    """Parts by one bit and then by the next; where two meet that fit together, they become one again."""
    if len(lots) <= most:
        return [lots]
    low, high = ([lot for lot in lots if lot[0] >> bit & 1 == side] for side in (0, 1))
    if not low or not high:
        return _halved(low or high, most, bit - 1)
    first, second = _halved(low, most, bit - 1), _halved(high, most, bit - 1)
    if len(first[-1]) + len(second[0]) <= most:
        return [*first[:-1], first[-1] + second[0], *second[1:]]
    return first + second
