"""Plain data back to rules, tallies and rulings; every fault is found, and names the key where it stands.

What :mod:`yizheng.rules.data` writes is read back unchanged. Data that was written by hand may be shorter: figures that
follow from others may be left out, an amount may be given as a list of one, and a condition may be written out as
``"present >= 2/3 entitled"`` (see :mod:`yizheng.rules.notation`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, TypeVar

from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue
from yizheng.rules.algebra import COMPARISONS, DEPTH, TERMS, AllOf, Amount, AnyOf, Comparison, Condition, Sign
from yizheng.rules.counting import GROUPS, MEASURES
from yizheng.rules.data import to_data
from yizheng.rules.figures import HEADS, Figure
from yizheng.rules.notation import condition_or_faults
from yizheng.rules.rule import Rule, Ruling
from yizheng.rules.silence import WAYS, Deemed, Silence, SilencePolicy
from yizheng.rules.tables import MISSING, Reader, as_list, as_table, dotted, shown
from yizheng.rules.tally import Tally, as_casting
from yizheng.rules.terms import Term
from yizheng.text import Text
from yizheng.values import name
from yizheng.values.names import NO_NAMES, names, prose

__all__ = [
    "RULES",
    "RuleReader",
    "amount_from_data",
    "citation_from_data",
    "condition_from_data",
    "rule_from_data",
    "rules_from_data",
    "rules_from_lines",
    "ruling_from_data",
    "silence_from_data",
    "tally_from_data",
]

T = TypeVar("T")

RULES: Final = 1_000
"""How many rules a file may hold."""

_JOINED: Final[Mapping[str, Callable[[Iterable[Condition]], Condition]]] = {"all": AllOf, "any": AnyOf}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _joined(data: object) -> str | None:
    table = as_table(data) or {}
    return next((key for key in _JOINED if key in table), None)


class RuleReader(Reader):
    """Takes rules and what belongs to them apart: terms, conditions, texts, citations, tallies, rulings."""

    def __init__(self, line: Callable[[str], int | None]) -> None:
        super().__init__(line)
        self.conditions = 0  # read so far: what refers to itself must come to an end

    def term(self, data: object, path: str) -> Amount | None:
        """A multiple of a figure, or a number."""
        if as_table(data) is None:
            number = self.number(data, path)
            return None if number is None else self.build(path, Amount, (), number)
        table = self.table(data, path, ("of",), ("times", "by", "among"))
        if table is None:
            return None
        figure = self.choice(table["of"], Figure, f"{path}.of", ", ".join(Figure))
        times = self.multiple(table.get("times", 1), f"{path}.times")
        before = len(self.faults)
        measure = self.name_of(table, "by", path, "a measure")
        group = self.name_of(table, "among", path, "a group")
        if figure is None or times is None or len(self.faults) > before:
            return None
        term = self.build(path, Term, times, figure, HEADS if measure is None else measure, group)
        return None if term is None else self.build(path, Amount, (term,))

    def name_of(self, table: Mapping[object, object], key: str, path: str, what: str) -> str | None:
        """The name under a key, if it is there."""
        return self.build(f"{path}.{key}", name, table[key], what) if key in table else None

    def amount(self, data: object, path: str) -> Amount | None:
        """A number, a term, or the sum of several."""
        if as_list(data) is None:
            return self.term(data, path)
        items = self.items(data, path, TERMS + 1)
        if items is None:
            return None
        if not items:
            self.fault(path, 'is empty; write a number, or a figure such as {of = "present"}')
        parts = [self.term(item, f"{path}[{place}]") for place, item in enumerate(items)]
        read = [part for part in parts if part is not None]
        terms = [term for part in read for term in part.terms]
        return self.build(path, Amount, terms, sum((part.constant for part in read), Fraction()))

    def condition(self, data: object, path: str, depth: int = 1) -> Condition | None:
        """A comparison or several joined, as a table or written out."""
        self.conditions += 1
        if depth > DEPTH or self.conditions > 2 * COMPARISONS:
            self.fault(
                path, f"is nested deeper than {DEPTH}, or one of more than {COMPARISONS} comparisons; split the rule"
            )
            return None
        if isinstance(data, str):
            condition, faults = condition_or_faults(data)
            for each in faults:
                self.fault(path, each)
            return condition
        joined = _joined(data)
        if joined is not None:
            return self.joined(data, f"{path}.{joined}", joined, depth)
        if as_table(data) is None:
            self.fault(path, f'is {shown(data)}; write a comparison such as "present >= 2/3 entitled"')
            return None
        table = self.table(data, path, ("left", "sign", "right"))
        if table is None:
            return None
        left, right = self.amount(table["left"], f"{path}.left"), self.amount(table["right"], f"{path}.right")
        sign = self.choice(table["sign"], Sign, f"{path}.sign", ", ".join(Sign))
        if left is None or right is None or sign is None:
            return None
        return self.build(path, Comparison, left, sign, right)

    def joined(self, data: object, path: str, key: str, depth: int) -> Condition | None:
        """Several conditions of which all or any must hold."""
        table = self.table(data, path.removesuffix(f".{key}"), (key,))
        items = None if table is None else self.items(table[key], path, COMPARISONS)
        parts = [self.condition(item, f"{path}[{place}]", depth + 1) for place, item in enumerate(items or ())]
        read = [part for part in parts if part is not None]
        return None if items is None or len(read) < len(parts) else self.build(path, _JOINED[key], read)

    def text(self, data: object, path: str) -> Text | None:
        """Words in both languages, or one string for both."""
        if isinstance(data, str):
            return self.build(path, Text, data, data)
        table = self.table(data, path, ("zh", "en"))
        return None if table is None else self.build(path, Text, table["zh"], table["en"])

    def day(self, data: object, path: str) -> date | None:
        """A day, as TOML has it or written as a string."""
        if type(data) is date:
            return data
        if isinstance(data, str) and _DAY.fullmatch(data):
            try:
                return date.fromisoformat(data)
            except ValueError:
                pass
        self.fault(path, f'is {shown(data)}; write a day such as "2026-01-01"')
        return None

    def citation(self, data: object, path: str) -> Citation | None:
        """Where a rule is written."""
        optional = ("article", "in_force_from", "in_force_to", "region", "certainty", "note")
        before = len(self.faults)
        self.table(data, path, ("instrument",), optional)
        table = as_table(data) or {}
        settings: dict[str, Any] = {}
        if "article" in table:
            settings["article"] = self.build(f"{path}.article", prose, table["article"])
        for key in ("in_force_from", "in_force_to"):
            if key in table:
                settings[key] = self.day(table[key], f"{path}.{key}")
        for key in ("instrument", "region", "note"):
            if key in table:
                settings[key] = self.text(table[key], f"{path}.{key}")
        if "certainty" in table:
            settings["certainty"] = self.choice(
                table["certainty"], Certainty, f"{path}.certainty", ", ".join(Certainty)
            )
        return None if len(self.faults) > before else self.build(path, Citation, **settings)

    def rule(self, data: object, path: str, joins: tuple[str, ...] = ("joined",)) -> Rule | None:
        """A rule; one that is joined joins none itself."""
        before = len(self.faults)
        optional = ("by_no_objection", "electorate", "casting", "citation", *joins)
        self.table(data, path, ("quorum", "passage"), optional)
        table = as_table(data) or {}  # where a key is missing, the others are read all the same
        # A rule that is joined joins none itself.
        items = self.items(table["joined"], f"{path}.joined", COMPARISONS) if joins and "joined" in table else []
        joined = [self.rule(item, f"{path}.joined[{place}]", ()) for place, item in enumerate(items or ())]
        self.conditions = 0  # counted rule by rule
        none = isinstance(table.get("quorum"), str) and table["quorum"] == "none"
        quorum = self.condition(table["quorum"], f"{path}.quorum") if "quorum" in table and not none else None
        passage = self.condition(table["passage"], f"{path}.passage") if "passage" in table else None
        silent = self.truth(table.get("by_no_objection", False), f"{path}.by_no_objection")
        electorate = self.name_of(table, "electorate", path, "the electorate")
        casting = self.name_of(table, "casting", path, "who has the casting vote")
        citation = self.citation(table["citation"], f"{path}.citation") if "citation" in table else None
        if len(self.faults) > before:
            return None
        return self.build(
            path,
            Rule,
            quorum=quorum,
            passage=passage,
            by_no_objection=silent,
            citation=citation,
            electorate=electorate,
            casting=casting,
            joined=tuple(joined),
        )

    def rules(self, data: object, path: str) -> dict[str, Rule] | None:
        """Rules by name."""
        table = self.mapping(data, path, RULES)
        rules: dict[str, Rule] = {}
        for key, each in (table or {}).items():
            where = f"{path}.{dotted(shown(key))}"
            title = self.build(where, name, key, "the name of a rule")
            self.conditions = 0  # each rule may hold as many
            rule = self.rule(each, where)
            if title in rules:
                self.fault(where, "is there twice, in two Unicode forms; give one of the rules another name")
            elif title is not None and rule is not None:
                rules[title] = rule
        return None if table is None else rules

    def file(self, data: object, path: str) -> dict[str, Rule] | None:
        """What a file of rules holds."""
        for key in [key for key in as_table(data) or {} if key != path]:
            self.fault(
                dotted(shown(key)), f"is no key here; write each rule as a table such as [{path}.representatives]"
            )
        table = as_table(data)
        if table is None or path not in table:
            self.fault(path, f"is missing; write each rule as a table such as [{path}.representatives]")
            return None
        return self.rules(table[path], path)

    def counts(self, data: object, path: str) -> dict[str, object]:
        """The figures of a measure, of all and of groups."""
        table = self.table(data, path, (), (*Figure, "among")) or {}
        counts: dict[str, object] = dict(self.figures(table, path))
        if "among" in table:
            among = self.mapping(table["among"], f"{path}.among", GROUPS) or {}
            counts["among"] = {group: self.group(part, f"{path}.among.{shown(group)}") for group, part in among.items()}
        return counts

    def group(self, data: object, path: str) -> dict[str, Fraction | None]:
        """The figures of one group."""
        return self.figures(self.table(data, path, (), tuple(Figure)) or {}, path)

    def figures(self, table: Mapping[object, object], path: str) -> dict[str, Fraction | None]:
        """The numbers under the names of figures."""
        return {
            figure.value: self.number(table[figure.value], f"{path}.{figure.value}")
            for figure in Figure
            if figure.value in table
        }

    def tally(self, data: object, path: str) -> Tally | None:
        """A tally."""
        numbered = ("issued", "returned", "blank", "ambiguous")
        table = self.table(data, path, ("measures",), ("presence", *numbered, "electorate", "casting", "deemed"))
        if table is None:
            return None
        before = len(self.faults)
        measures = self.mapping(table["measures"], f"{path}.measures", MEASURES) or {}
        counts = {key: self.counts(part, f"{path}.measures.{shown(key)}") for key, part in measures.items()}
        presence = self.truth(table.get("presence", True), f"{path}.presence")
        ballots = {key: self.number(table[key], f"{path}.{key}") for key in numbered if key in table}
        deemed = self.deemed(table["deemed"], f"{path}.deemed") if "deemed" in table else None
        electorate = self.name_of(table, "electorate", path, "the electorate")
        casting = self.build(f"{path}.casting", as_casting, table["casting"]) if "casting" in table else None
        if len(self.faults) > before:
            return None
        return self.build(
            path, Tally, counts, presence=presence, deemed=deemed, electorate=electorate, casting=casting, **ballots
        )

    def silence(self, data: object, path: str) -> Silence | None:
        """What a by-law makes of silence."""
        table = self.table(data, path, ("policy", "basis"), ("warning", "floor", "substitutes", "ways"))
        if table is None:
            return None
        before = len(self.faults)
        policy = self.choice(table["policy"], SilencePolicy, f"{path}.policy", ", ".join(SilencePolicy))
        basis = self.citation(table["basis"], f"{path}.basis")
        warning = self.text(table["warning"], f"{path}.warning") if "warning" in table else None
        floor = self.condition(table["floor"], f"{path}.floor") if "floor" in table else None
        substitutes = self.truth(table.get("substitutes", False), f"{path}.substitutes")
        listed = self.items(table["ways"], f"{path}.ways", WAYS) if "ways" in table else None
        ways = self.build(f"{path}.ways", names, listed) if listed else NO_NAMES
        if listed is not None and not listed:
            self.fault(f"{path}.ways", 'is empty; write a way of service such as "signed", or leave it out')
        if len(self.faults) > before:
            return None
        return self.build(
            path, Silence, policy, basis=basis, warning=warning, floor=floor, substitutes=substitutes, ways=ways
        )

    def deemed(self, data: object, path: str) -> Deemed | None:
        """How many count as if they had voted."""
        table = self.table(data, path, ("silence", "served"), ("mark",))
        if table is None:
            return None
        before = len(self.faults)
        silence = self.silence(table["silence"], f"{path}.silence")
        mark = self.choice(table["mark"], Figure, f"{path}.mark", ", ".join(Figure)) if "mark" in table else None
        held = self.mapping(table["served"], f"{path}.served", MEASURES) or {}
        served = {key: self.served(part, f"{path}.served.{shown(key)}") for key, part in held.items()}
        return (
            None if len(self.faults) > before else self.build(path, Deemed, silence=silence, mark=mark, served=served)
        )

    def served(self, data: object, path: str) -> dict[object, Fraction | None]:
        """How many were served, of all and of groups."""
        table = self.table(data, path, ("silent",), ("among",)) or {"silent": 0}
        among = self.mapping(table.get("among", {}), f"{path}.among", GROUPS) or {}
        numbers = {group: self.number(part, f"{path}.among.{shown(group)}") for group, part in among.items()}
        return {None: self.number(table["silent"], f"{path}.silent"), **numbers}

    def ruling(self, data: object, path: str) -> Ruling | None:
        """A ruling, judged again."""
        table = self.table(data, path, ("rule", "tally", "outcome", "tie", "findings"), ("casting", "otherwise"))
        if table is None:
            return None
        rule, tally = self.rule(table["rule"], f"{path}.rule"), self.tally(table["tally"], f"{path}.tally")
        if rule is None or tally is None:
            return None
        ruling = self.build(path, Ruling, rule, tally)
        if ruling is not None:
            worked_out = to_data(ruling)
            for key in ("outcome", "tie", "casting", "otherwise", "findings"):
                self.same(worked_out.get(key, MISSING), table.get(key, MISSING), f"{path}.{key}")
        return ruling

    def same(self, worked_out: object, data: object, path: str) -> None:
        """See that data says what follows from the rule and the tally: a verdict is never taken on trust."""
        ours, theirs = as_list(worked_out), as_list(data)
        our_table, their_table = as_table(worked_out), as_table(data)
        if ours is not None and theirs is not None and len(ours) == len(theirs):
            for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                self.same(one, other, f"{path}[{place}]")
        elif our_table is not None and their_table is not None:
            for key in dict.fromkeys([*our_table, *their_table]):
                self.same(our_table.get(key, MISSING), their_table.get(key, MISSING), f"{path}.{shown(key)}")
        elif type(worked_out) is not type(data) or worked_out != data:
            self.fault(path, f"is {shown(data)}, but by the rule and the figures it is {shown(worked_out)}")


def _read(
    read: Callable[[RuleReader], Callable[[object, str], T | None]],
    data: object,
    path: str,
    line: Callable[[str], int | None] = lambda _: None,
) -> T:
    reader = RuleReader(line)
    value = read(reader)(data, path)
    InvalidValue.raise_all(reader.in_order())
    assert value is not None  # whatever could not be read is a fault
    return value


def amount_from_data(data: object, path: str = "amount") -> Amount:
    """Read an amount.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return _read(lambda reader: reader.amount, data, path)


def condition_from_data(data: object, path: str = "condition") -> Condition:
    """Read a condition.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return _read(lambda reader: reader.condition, data, path)


def citation_from_data(data: object, path: str = "citation") -> Citation:
    """Read a citation.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return _read(lambda reader: reader.citation, data, path)


def rule_from_data(data: object, path: str = "rule") -> Rule:
    """Read a rule.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return _read(lambda reader: reader.rule, data, path)


def rules_from_data(data: object) -> dict[str, Rule]:
    """Read what a file of rules holds: under ``rule`` the rules by name.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return rules_from_lines(data, lambda _: None)


def rules_from_lines(data: object, line: Callable[[str], int | None]) -> dict[str, Rule]:
    """Read what a file of rules holds, where the line of a key can be told.

    Args:
        data: the file as plain data.
        line: in which line of the file a key stands, if that is known.

    Raises:
        InvalidValue: with every fault, its line and the path of its key, in the order of the lines.
    """
    return _read(lambda reader: reader.file, data, "rule", line)


def tally_from_data(data: object, path: str = "tally") -> Tally:
    """Read a tally.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return _read(lambda reader: reader.tally, data, path)


def silence_from_data(data: object, path: str = "silence") -> Silence:
    """Read what a by-law makes of silence.

    Raises:
        InvalidValue: with every fault and the path of its key.
    """
    return _read(lambda reader: reader.silence, data, path)


def ruling_from_data(data: object, path: str = "ruling") -> Ruling:
    """Read a ruling, judge it again, and see that it says what it must.

    Raises:
        InvalidValue: with every fault and the path of its key, among them an outcome that does not follow.
    """
    return _read(lambda reader: reader.ruling, data, path)
