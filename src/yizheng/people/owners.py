"""The roll of owners on a day: owners and units are many to many, and one buyer is one head with all the area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidValue
from yizheng.people.roll import Member, Roll
from yizheng.people.units import Holding, Unit
from yizheng.text import Language, Text
from yizheng.values.doors import a_day, all_of, instance_of, several
from yizheng.values.exact import written
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import NAME_LIMIT, keyed, lookalike, name, names

__all__ = ["AREA_OF_UNITS", "CO_OWNERS", "HEADS_OF_OWNERS", "LeftOut", "OwnersRoll", "owners_roll"]

_INTERPRETATION = Text(
    "最高人民法院关于审理建筑物区分所有权纠纷案件适用法律若干问题的解释",
    "Interpretation of the Supreme People's Court on disputes over the partitioned ownership of buildings",
)
_EDITION = Text("2020年修正文本；施行日期未核对", "as amended in 2020; its first day in force was not read")

HEADS_OF_OWNERS: Final = Citation(
    instrument=_INTERPRETATION, article="9", in_force_from=date(2021, 1, 1), note=_EDITION
)
"""A unit counts as one head; the several units of one buyer, and all that the developer has not sold or not handed
over, count as one."""

AREA_OF_UNITS: Final = Citation(instrument=_INTERPRETATION, article="8", in_force_from=date(2021, 1, 1), note=_EDITION)
"""The area of a unit is that of the register; failing that of the survey; failing that of the contract."""

CO_OWNERS: Final = Citation.inferred(
    Text(
        "数人共有的专有部分，同一组共有人为一个买受人，按一人计，推选一人投票；其中一人另有的专有部分另计",
        "units held jointly: the same co-owners are one buyer and one head, and name one voter; what one of them holds "
        "alone is another head",
    )
)
"""What article 9 is taken to mean for co-owners, of whom it does not speak."""


@attrs.frozen
class LeftOut:
    """A unit that does not count, and the rule that leaves its kind out.

    Attributes:
        unit: the unit.
        citation: where that is written.
    """

    unit: Unit = attrs.field(validator=instance_of(Unit))
    citation: Citation = attrs.field(validator=instance_of(Citation))


def _units(values: Mapping[str, Iterable[str]]) -> FrozenMap[str, tuple[str, ...]]:
    return FrozenMap(
        {
            head: tuple(name(unit, "a unit") for unit in several(own, "the units of a head"))
            for head, own in keyed(values, "units").items()
        }
    )


def _left_out(values: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return all_of(LeftOut, values, "left_out")


@attrs.frozen(kw_only=True)
class OwnersRoll:
    """A roll of owners, and how it came about.

    Attributes:
        roll: one head for each owner, or for each set of co-owners, with all their area.
        units: the units that each head stands for.
        left_out: the units that do not count, each with the rule that says so.
        parted: the groups that the roll does not know because some head has only a part of its units in them, so that
            its weight is not its area there; for a vote of such a group draw up a roll ``within`` it.
    """

    roll: Roll = attrs.field(validator=instance_of(Roll))
    units: FrozenMap[str, tuple[str, ...]] = attrs.field(converter=_units)
    left_out: tuple[LeftOut, ...] = attrs.field(converter=_left_out)
    parted: frozenset[str] = attrs.field(converter=names)

    def explain(self, language: Language) -> str:
        """How the roll was drawn up, for those who check it: a line for the whole, and one for each unit left out."""
        heads, area = len(self.roll), written(self.roll.total("area"))
        counted = sum(len(units) for units in self.units.values())
        lines = [
            _WHOLE.say(language).format(
                on=self.roll.on,
                heads=heads,
                units=counted,
                area=area,
                heads_by=HEADS_OF_OWNERS.explain(language),
                area_by=AREA_OF_UNITS.explain(language),
            )
        ]
        if self.roll.joint:
            lines.append(_JOINT.say(language).format(count=len(self.roll.joint), basis=CO_OWNERS.explain(language)))
        for left in self.left_out:
            unit, basis = left.unit, left.citation.explain(language)
            lines.append(_LEFT.say(language).format(unit=unit.id, kind=unit.kind, area=written(unit.area), basis=basis))
        return "\n".join(lines)


_WHOLE = Text(
    "{on} 名册：业主 {heads} 人，专有部分 {units} 个，面积 {area} 平方米。人数依据{heads_by}，面积依据{area_by}。",
    "Roll of {on}: {heads} heads, {units} units, {area} m2. Heads by {heads_by}; area by {area_by}.",
)
_JOINT = Text("其中共有的 {count} 人：{basis}。", "Heads held jointly: {count}; {basis}.")
_LEFT = Text(
    "不计入：{unit}（{kind}，{area} 平方米），依据{basis}。", "Left out: {unit} ({kind}, {area} m2), by {basis}."
)


def owners_roll(
    body: str,
    units: Iterable[Unit],
    holdings: Iterable[Holding],
    *,
    on: date,
    excluding: Mapping[str, Citation] | None = None,
    within: str | None = None,
) -> OwnersRoll:
    """The roll of owners as it stands on a day.

    Units held by the same person, or by the same co-owners, are one head with the area of them all; so is the
    developer's stock that is not sold or not handed over (interpretation arts 8, 9). Co-owners are a head under a name made
    of theirs (``"p-1+p-2"``) or the ``id`` of their holding, which casts nothing until its voter is named.

    Args:
        body: the body, such as ``"owners"``.
        units: every unit of the estate. Their order does not matter.
        holdings: who owns them; earlier and later ones may be among them, as a land register has them.
        on: the day.
        excluding: the kinds of units that do not count, each with the rule that says so; they give neither head nor area.
        within: a group of units whose owners decide by themselves, such as ``"building-1"``; left out, all units.

    Raises:
        InvalidType: for what is no unit, holding, citation or day.
        InvalidValue: with every fault: a unit given twice; a holding of a unit that is not there; a unit that on the day
            nobody owns, or that two holdings give; a kind or a group that no unit has; a rule that is not in force on the
            day; owners whose ids differ only in their Unicode form; a head of co-owners with two ids, with that of a
            person, or with none though theirs are too long together.
    """
    a_day(on, "the day of a roll")
    known = sorted(all_of(Unit, units, "units"), key=lambda unit: unit.id)
    given = sorted(
        all_of(Holding, holdings, "holdings"), key=lambda held: (held.unit, sorted(held.owners), held.id or "")
    )
    rules = keyed({} if excluding is None else excluding, "excluding")
    all_of(Citation, list(rules.values()), "excluding, by kind")
    within = None if within is None else name(within, "the group")
    scope = known if within is None else [unit for unit in known if within in unit.groups]
    counted = [unit for unit in scope if unit.kind not in rules]
    standing = [holding for holding in given if holding.stands(on)]
    faults = [
        *_about_units(known, given),
        *_about_scope(known, scope, within, rules, on),
        *_about_owners(counted, standing, on),
    ]
    owned = _shared_out(counted, standing)
    parted = _parted(owned.values())
    ids = _ids(standing)
    faults += _about_ids(standing, ids)
    try:
        members = [_head(_id(owners, ids), owners, own, parted) for owners, own in owned.items()]
        groups = {group for unit in counted for group in unit.groups} - parted
        roll = Roll(body, members, groups=groups, on=on, electorate="owners")
    except InvalidValue as error:
        raise InvalidValue(*faults, *(error.faults if owned or not faults else ())) from None
    InvalidValue.raise_all(faults)
    return OwnersRoll(
        roll=roll,
        units=FrozenMap({_id(owners, ids): tuple(unit.id for unit in own) for owners, own in owned.items()}),
        left_out=tuple(LeftOut(unit, rules[unit.kind]) for unit in scope if unit.kind in rules),
        parted=parted,
    )


def _shared_out(units: Iterable[Unit], holdings: Iterable[Holding]) -> dict[frozenset[str], list[Unit]]:
    """The units of each owner, or of each set of co-owners, in the order of the owners' ids."""
    owners = {holding.unit: holding.owners for holding in holdings}
    owned: dict[frozenset[str], list[Unit]] = {}
    for unit in units:
        if unit.id in owners:
            owned.setdefault(owners[unit.id], []).append(unit)
    return {each: owned[each] for each in sorted(owned, key=sorted)}


def _parted(owned: Iterable[Sequence[Unit]]) -> frozenset[str]:
    """The groups in which some head has a part of its units and not all."""
    parted: set[str] = set()
    for own in owned:
        groups = [unit.groups for unit in own]
        parted |= frozenset[str]().union(*groups) - groups[0].intersection(*groups)
    return frozenset(parted)


def _ids(holdings: Iterable[Holding]) -> dict[frozenset[str], str]:
    """The ids given for heads of co-owners; of several for one head the last."""
    return {holding.owners: holding.id for holding in holdings if holding.id is not None}


def _id(owners: frozenset[str], given: Mapping[frozenset[str], str]) -> str:
    if owners in given:
        return given[owners]
    made = "+".join(sorted(owners))
    if len(made) > NAME_LIMIT:
        raise InvalidValue(
            f"the ids of {len(owners)} co-owners make an id of {len(made)} characters, more than {NAME_LIMIT}; give "
            "their head one of its own, Holding(…, id=…)"
        )
    return name(made, "the id of co-owners, which is made of theirs,")


def _head(head: str, owners: frozenset[str], own: Sequence[Unit], parted: frozenset[str]) -> Member:
    return Member(
        head,
        weights={"area": sum((unit.area for unit in own), Fraction())},
        groups=own[0].groups - parted,
        co_owners=owners if len(owners) > 1 else (),
    )


def _about_units(units: Sequence[Unit], holdings: Iterable[Holding]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for unit in units:
        if (form := lookalike(unit.id)) in seen:
            yield f"the units {seen[form]!r} and {unit.id!r} are one id; give each unit once, under an id of its own"
        seen.setdefault(form, unit.id)
    ids = {unit.id for unit in units}
    for unknown in sorted({holding.unit for holding in holdings} - ids):
        yield f"a holding names the unit {unknown!r}, which is not among the units; add it, or correct the id"


def _about_ids(holdings: Iterable[Holding], ids: Mapping[frozenset[str], str]) -> Iterator[str]:
    people = {lookalike(owner) for holding in holdings for owner in holding.owners}
    for holding in holdings:
        if holding.id is None:
            continue
        if (other := ids[holding.owners]) != holding.id:
            yield f"{' and '.join(sorted(holding.owners))} are one head with two ids, {holding.id!r} and {other!r}; give one"
        if lookalike(holding.id) in people:
            yield f"{holding.id!r} is the id of an owner; give what others hold jointly another one"


def _about_scope(
    units: Sequence[Unit], scope: Sequence[Unit], within: str | None, rules: Mapping[str, Citation], on: date
) -> Iterator[str]:
    if within is not None and not scope:
        groups = ", ".join(sorted({group for unit in units for group in unit.groups}))
        yield f"no unit is in {within!r}; the groups are {groups or 'none'}"
    kinds = {unit.kind for unit in units}
    for kind, rule in sorted(rules.items()):
        if kind not in kinds:
            yield f"no unit is a {kind!r}; the kinds are {', '.join(sorted(kinds))}: leave it out of excluding="
        if not rule.in_force(on):
            yield f"{rule.explain('en')}, which leaves out each {kind!r}, is not in force on {on}; cite its edition of that day"


def _about_owners(units: Iterable[Unit], holdings: Iterable[Holding], on: date) -> Iterator[str]:
    owners: dict[str, list[str]] = {}
    for holding in holdings:
        owners.setdefault(holding.unit, []).append(" and ".join(sorted(holding.owners)))
    for unit in units:
        held = owners.get(unit.id, ())
        if not held:
            yield f"nobody owns {unit.id!r} on {on}; unsold and undelivered units are the developer's: add its holding"
        elif len(held) > 1:
            yield (
                f"{unit.id!r} has {len(held)} holdings on {on} ({'; '.join(held)}); co-owners stand in one holding, and "
                "an earlier one ends the day before the next begins"
            )
