"""Triage (筛选): which matters are put in at all, and why each was or was not.

The source report puts in only the families that may be contested, ahead of the yearly review. Who is left out has a right
to know by what: so every criterion is answered for every matter, and what the office decides against the criteria is
decided with a reason and by somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from yizheng.batch.faults import READING, told
from yizheng.batch.grouping import by_id, twice
from yizheng.citation import Citation
from yizheng.codec import build, dump
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.matter import Matter
from yizheng.text import Language, Text, as_language, as_text, joined
from yizheng.values.doors import all_of, instance_of, one, optional_instance_of
from yizheng.values.names import name, names
from yizheng.values.plain import items, mapping
from yizheng.values.scalars import flag

__all__ = ["ByHand", "Criterion", "Finding", "Ground", "Triage", "TriageLog", "triage"]


def _function(value: Callable[[Matter], bool]) -> Callable[[Matter], bool]:
    if not callable(value):
        raise InvalidType(f"holds is {shown(value)}; a function of a matter was expected: write lambda m: …")
    return value


@attrs.frozen
class Ground:
    """What a criterion is, as it is kept: its name, its words and its source.

    Attributes:
        id: its name, such as ``"complaint"``.
        text: what it asks, in both languages.
        citation: where it is written, if it is.
    """

    id: str = attrs.field(converter=name)
    text: Text = attrs.field(converter=as_text)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation), kw_only=True)


@attrs.frozen
class Criterion(Ground):
    """By what a matter is put in: a ground, and the function that says whether it holds.

    Attributes:
        id: its name, such as ``"complaint"``.
        text: what it asks, in both languages.
        citation: where it is written, if it is.
        holds: whether it holds for a matter: ``True`` or ``False``, and nothing else.
    """

    holds: Callable[[Matter], bool] = attrs.field(converter=_function, kw_only=True, eq=False)

    @property
    def ground(self) -> Ground:
        """What is kept of it."""
        return Ground(self.id, self.text, citation=self.citation)


@attrs.frozen(kw_only=True)
class ByHand:
    """The office puts a matter in, or leaves it out, whatever the criteria say.

    Attributes:
        matter: which, by its id.
        selected: whether it is put in.
        reason: why; it is kept.
        by: who decided so.
    """

    matter: str = attrs.field(converter=name)
    selected: bool = attrs.field(converter=flag)
    reason: Text = attrs.field(converter=as_text)
    by: str = attrs.field(converter=name)


def _met(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names(values)))


@attrs.frozen(kw_only=True)
class Finding:
    """What was found for one matter.

    Attributes:
        matter: which, by its id.
        met: the criteria that hold for it; every other one does not.
        by_hand: what the office decided by hand, if it did: that goes before the criteria.
    """

    matter: str = attrs.field(converter=name)
    met: tuple[str, ...] = attrs.field(default=(), converter=_met)
    by_hand: ByHand | None = attrs.field(default=None, validator=optional_instance_of(ByHand))

    def __attrs_post_init__(self) -> None:
        if self.by_hand is not None and self.by_hand.matter != self.matter:
            raise InvalidValue(
                f"the decision by hand is on {shown(self.by_hand.matter)}, not on {shown(self.matter)}; give each its own"
            )

    @property
    def selected(self) -> bool:
        """Whether the matter is put in: as the office decided by hand, else if at least one criterion holds."""
        return bool(self.met) if self.by_hand is None else self.by_hand.selected


def _grounds(values: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(each.ground if isinstance(each, Criterion) else each for each in all_of(Ground, values, "criteria"))


def _findings(values: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(all_of(Finding, values, "findings"), key=lambda finding: finding.matter))


_SAYS: Final = {
    True: Text("列入：{why}", "put in: {why}"),
    False: Text("未列入：{why}", "left out: {why}"),
}
_BY_HAND: Final = Text("{by} 决定，理由：{reason}", "decided by {by}, because: {reason}")
_MEETS: Final = Text("符合：{met}", "holds: {met}")
_MEETS_NONE: Final = Text("各项标准均不符合（{all}）", "none of the criteria holds ({all})")


_IN_ONE: Final = 80
"""How many ids stand in one string: at the most bytes that an id has, these are within the limit of a string."""


def _lines(ids: list[str]) -> list[str]:
    """Ids in as few strings as can be; no id holds a line feed."""
    return ["\n".join(ids[start : start + _IN_ONE]) for start in range(0, len(ids), _IN_ONE)]


def _apart(part: Any, path: str) -> list[Any]:
    """The findings of one part of a stored log: of one matter, or of all that meet the same criteria."""
    stated = dict(mapping(part, path))
    if "matters" not in stated:
        return [stated]
    lines = all_of(str, items(stated.pop("matters"), f"{path}.matters"), f"{path}.matters")
    return [{**stated, "matter": each} for line in lines for each in line.split("\n")]


@attrs.frozen(kw_only=True)
class TriageLog:
    """Why each matter was put in or left out, as it is kept: plain data, and no matter's content.

    Attributes:
        criteria: by what was selected.
        findings: one for each matter, in the order of their ids.
    """

    criteria: tuple[Ground, ...] = attrs.field(converter=_grounds)
    findings: tuple[Finding, ...] = attrs.field(converter=_findings)

    def __attrs_post_init__(self) -> None:
        InvalidValue.raise_all(self._faults())

    def _faults(self) -> Iterator[str]:
        if not self.criteria:
            yield "there is no criterion, so that nobody could tell why a matter is left out; name at least one"
        for each in twice(ground.id for ground in self.criteria):
            yield f"two criteria are called {shown(each)}; give each a name of its own"
        for each in twice(finding.matter for finding in self.findings):
            yield f"{shown(each)} was found twice; give each matter one finding"
        known = {ground.id for ground in self.criteria}
        for finding in self.findings:
            for each in finding.met:
                if each not in known:
                    yield f"{shown(finding.matter)} meets {shown(each)}, which is no criterion here; list it in criteria="

    @property
    def selected(self) -> tuple[str, ...]:
        """The ids of the matters that are put in."""
        return tuple(finding.matter for finding in self.findings if finding.selected)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The ids of the matters that are left out."""
        return tuple(finding.matter for finding in self.findings if not finding.selected)

    def why(self, matter_id: str) -> Text:
        """Why a matter was put in or left out.

        Raises:
            InvalidType: when the id is no string.
            InvalidValue: when nothing was found on it.
        """
        wanted = one(str, matter_id, "the id of a matter")
        finding = next((each for each in self.findings if each.matter == wanted), None)
        if finding is None:
            raise InvalidValue(f"nothing was found on {shown(wanted)}; put it to the triage")
        return Text(self._why(finding, "zh"), self._why(finding, "en"))

    def _why(self, finding: Finding, language: Language) -> str:
        said = [ground.text.say(language) for ground in self.criteria if ground.id in finding.met]
        every = [ground.text.say(language) for ground in self.criteria]
        why = (_MEETS if said else _MEETS_NONE).say(language)
        parts = [why.format(met=joined(said, language), all=joined(every, language))]
        if finding.by_hand is not None:
            hand = finding.by_hand
            parts.insert(0, _BY_HAND.say(language).format(by=hand.by, reason=hand.reason.say(language)))
        return (
            _SAYS[finding.selected].say(language).format(why="；".join(parts) if language == "zh" else "; ".join(parts))
        )

    def explain(self, language: Language = "zh") -> str:
        """A line for each matter."""
        wanted = as_language(language)
        return "\n".join(f"{finding.matter} {self._why(finding, wanted)}" for finding in self.findings)

    def to_data(self) -> dict[str, Any]:
        """The log as plain data.

        Matters that meet the same criteria stand together, many ids in one string, a line each: so the log of a district
        goes into the opening of a batch, where values are counted.
        """
        alike: dict[tuple[str, ...], list[str]] = {}
        by_hand: list[Any] = []
        for finding in self.findings:
            if finding.by_hand is None:
                alike.setdefault(finding.met, []).append(finding.matter)
            else:
                by_hand.append(dump(finding))
        findings = [{"met": list(met), "matters": _lines(ids)} for met, ids in sorted(alike.items())]
        return {"criteria": dump(self.criteria), "findings": [*findings, *by_hand]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TriageLog:
        """The log from its plain data.

        Raises:
            InvalidValue: with the path of what is not as it must be.
        """
        given = mapping(data, "triage")
        listed = items(given.get("findings", ()), "triage.findings")
        found = [each for index, part in enumerate(listed) for each in _apart(part, f"triage.findings[{index}]")]
        return build(cls, {**given, "findings": found}, {}, "triage")


@attrs.frozen(kw_only=True)
class Triage:
    """Matters that went through a triage, with its log.

    Attributes:
        matters: all of them, in the order of their ids.
        log: why each was put in or left out.
    """

    matters: tuple[Matter, ...] = attrs.field(converter=by_id)
    log: TriageLog = attrs.field(validator=instance_of(TriageLog))

    def __attrs_post_init__(self) -> None:
        ids, found = [matter.id for matter in self.matters], [finding.matter for finding in self.log.findings]
        faults = [f"nothing was found on {shown(each)}; put it to the triage" for each in ids if each not in set(found)]
        faults += [
            f"there is a finding on {shown(each)} and no such matter; give it" for each in found if each not in set(ids)
        ]
        faults += [f"{shown(each)} is given twice; give each matter once" for each in twice(ids)]
        InvalidValue.raise_all(faults)

    @property
    def selected(self) -> tuple[Matter, ...]:
        """The matters that are put in, for :func:`plan`."""
        wanted = set(self.log.selected)
        return tuple(matter for matter in self.matters if matter.id in wanted)

    @property
    def left_out(self) -> tuple[Matter, ...]:
        """The matters that are left out."""
        wanted = set(self.log.left_out)
        return tuple(matter for matter in self.matters if matter.id in wanted)


def triage(matters: Iterable[Matter], criteria: Iterable[Criterion], *, by_hand: Iterable[ByHand] = ()) -> Triage:
    """Put every criterion to every matter: a matter is put in if at least one holds, or if the office says so by hand.

    Args:
        matters: all that might be put in; each id once.
        criteria: by what they are selected; at least one.
        by_hand: what the office decides whatever the criteria say, each with its reason and by whom.

    Raises:
        InvalidType: for what is no matter, no criterion or no decision by hand.
        InvalidValue: with every fault: an id that is given twice; a criterion that cannot be answered for a matter, such as
            for a fact that it does not state, or that is answered by something else than ``True`` or ``False``; a decision
            by hand on a matter that is not there, or two on one.
    """
    given, asked = by_id(matters), all_of(Criterion, criteria, "criteria")
    hands = all_of(ByHand, by_hand, "by_hand")
    held = {hand.matter: hand for hand in hands}
    faults = [f"two decisions by hand are on {shown(each)}; give one" for each in twice(hand.matter for hand in hands)]
    faults += [
        f"a decision by hand is on {shown(each)}, which is not among the matters; add the matter or leave it out"
        for each in sorted(held.keys() - {matter.id for matter in given})
    ]
    findings = [
        Finding(matter=matter.id, met=_answers(matter, asked, faults), by_hand=held.get(matter.id)) for matter in given
    ]
    InvalidValue.raise_all(
        [*faults, *(f"{shown(each)} is given twice; give each matter once" for each in twice(m.id for m in given))]
    )
    return Triage(matters=given, log=TriageLog(criteria=asked, findings=findings))


def _answers(matter: Matter, criteria: Sequence[Criterion], faults: list[str]) -> list[str]:
    """The criteria that hold for a matter; what cannot be answered is noted."""
    met: list[str] = []
    for criterion in criteria:
        what = f"criterion {shown(criterion.id)}"
        try:
            answer: object = criterion.holds(matter)
        except READING as error:
            faults.append(told(matter, error, what))
            continue
        if answer is not True and answer is not False:
            faults.append(f"matter {shown(matter.id)}: {what} answers {shown(answer)}; let it answer True or False")
        elif answer:
            met.append(criterion.id)
    return met
