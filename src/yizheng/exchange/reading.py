"""Files of definitions, written by hand in TOML or JSON: every fault at once, with its line and the path of its key.

The keys are those of ``Procedure.to_data()``, and its data are read as they are. What is written by hand may be shorter:
what has a default may be left out, a text may be one string, a condition is written out as in a file of rules, a period
is ``"15 days"``, a single rule or period needs no list, and a citation may be named and written once, under
``[citations.…]``.
"""

from __future__ import annotations

import enum
import inspect
import json
import re
import types
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin

import attrs
from typing_extensions import override

from yizheng.calendar import Period, Unit
from yizheng.citation import Citation
from yizheng.codec import choices, fields_of, load, version_of
from yizheng.errors import InvalidValue, YizhengError
from yizheng.procedure import Kinds, Procedure
from yizheng.procedure.checks import STAGES_AT_MOST
from yizheng.procedure.duties import TEMPLATES, Template
from yizheng.procedure.lawful import placed_law_faults
from yizheng.rules import Amount, Condition, Rule, Silence
from yizheng.rules.files import decoded, parsed_toml
from yizheng.rules.reading import RuleReader
from yizheng.rules.tables import as_list, as_table, dotted, shown
from yizheng.stages import Stage
from yizheng.text import Text
from yizheng.values import FrozenMap, one, plain
from yizheng.values.plain import ITEMS

__all__ = ["BESIDE", "MANY", "PERIOD", "read"]

T = TypeVar("T")

BESIDE: Final = ("$schema", "citations")
"""What a file may hold beside the fields of a procedure: where its schema is, and citations by name."""

MANY: Final = ITEMS
"""How many parts a list or a table may have (row R19)."""

_UNITS: Final = {
    "day": Unit.DAYS,
    "working day": Unit.WORKING_DAYS,
    "month": Unit.MONTHS,
    "year": Unit.YEARS,
    "日": Unit.DAYS,
    "个工作日": Unit.WORKING_DAYS,
    "个月": Unit.MONTHS,
    "年": Unit.YEARS,
}
PERIOD: Final = r"([0-9]{1,5})(?: (day|working day|month|year)s?|(日|个工作日|个月|年))"
"""How a period is written out, as :meth:`yizheng.calendar.Period.explain` does it."""

_ALONE: Final = (Rule, Period, Citation)
"""What needs no list where it is one."""

_WHAT: Final = "a file of a definition"


def read(file: str | bytes | Mapping[str, Any], kinds: Kinds | None = None) -> Procedure:
    """Read a definition from a file.

    Whether the definition is sound, so that every outcome leads somewhere and no milestone can be passed by, is for
    :meth:`yizheng.procedure.Procedure.check` to say: a file that is read is one in which every key says something, and no
    number is lower than that of the article that it cites.

    Args:
        file: the file, TOML or JSON, of 1 MiB at most; bytes are UTF-8. Or what such a file holds, as plain data.
        kinds: the kinds of stages that may occur in it; left out, those that the library brings.

    Returns:
        The definition. What :func:`yizheng.exchange.write_toml`, :func:`yizheng.exchange.write_json` and
        ``Procedure.to_data()`` write is read back with the same digest.

    Raises:
        InvalidType: when it is neither text, bytes nor a mapping.
        InvalidValue: with every fault in the order of the file, each with the path of its key (``stages[2].rule``), what
            was expected, its line where the file is TOML, and the column within a written condition.
        UnknownKind: when an older version of a stage stands in it beside a kind that is not known.
    """
    known = Kinds() if kinds is None else one(Kinds, kinds, "kinds")
    data, line = _parsed(file)
    if _older(data, known):  # kept as it was written, byte for byte, which only plain data can be
        older = Procedure.from_data({key: value for key, value in data.items() if key != "$schema"}, known)
        InvalidValue.raise_all(
            f"{where}: {fault.code}: {fault.explain('en')}" for where, fault in placed_law_faults(older)
        )
        return older
    reader = _Reader(line, known)
    procedure = reader.definition(data)
    for where, fault in () if procedure is None else placed_law_faults(procedure):
        reader.fault(where, f"{fault.code}: {fault.explain('en')}")
    InvalidValue.raise_all(reader.in_order())
    assert procedure is not None  # whatever could not be read is a fault
    return procedure


def _parsed(file: object) -> tuple[Mapping[str, Any], Callable[[str], int | None]]:
    if isinstance(file, Mapping):
        return cast("Mapping[str, Any]", file), lambda _: None
    text = decoded(file, _WHAT)
    return (_parsed_json(text), lambda _: None) if text.lstrip().startswith("{") else parsed_toml(text, _WHAT)


def _parsed_json(text: str) -> dict[str, Any]:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            keys = Counter(key for key, _ in pairs)
            twice.extend(key for key, count in keys.items() if count > 1)
        return table

    try:
        data: dict[str, Any] = json.loads(text, object_pairs_hook=once)
    except RecursionError:
        raise InvalidValue("the file nests tables or lists too deep to be read; write conditions as text") from None
    except ValueError as error:
        raise InvalidValue(f"the file is no JSON: {error}") from None
    InvalidValue.raise_all(f"{shown(key)}: is written twice in one table; keep one of them" for key in twice[:MANY])
    return data


def _older(data: Mapping[str, Any], kinds: Kinds) -> bool:
    """Whether a stage is in the form of an older version of its kind."""
    for each in as_list(data.get("stages")) or ():
        table = as_table(each) or {}
        named, version = table.get("kind"), table.get("version", 1)
        kind = kinds.stages.get(named) if isinstance(named, str) else None
        if kind is not None and type(version) is int and 1 <= version < version_of(kind):
            return True
    return False


class _Reader(RuleReader):
    """Takes a definition apart by the types that the fields of its classes declare.

    Attributes:
        kinds: the kinds of stages that may occur.
        citations: those that the file names.
    """

    def __init__(self, line: Callable[[str], int | None], kinds: Kinds) -> None:
        super().__init__(line)
        self.kinds = kinds
        self.citations: dict[str, Citation | None] = {}

    @override
    def fault(self, path: str, message: str) -> None:
        super().fault(path.removeprefix(".") or "the definition", message)

    def definition(self, data: Mapping[str, Any]) -> Procedure | None:
        if "citations" in data:
            named = self.mapping(data["citations"], "citations", MANY) or {}
            for key, each in named.items():
                cited = super().citation(each, f"citations.{dotted(shown(key))}")
                if isinstance(key, str):
                    self.citations[key] = cited
        if not isinstance(data.get("$schema", ""), str):
            self.fault("$schema", f"is {shown(data['$schema'])}; write where the schema is, in quotes")
        return self.made(Procedure, data, "", BESIDE)

    @override
    def citation(self, data: object, path: str) -> Citation | None:
        if not isinstance(data, str):
            return super().citation(data, path)
        if data not in self.citations:
            head = f"[citations.{dotted(shown(data))}]"
            self.fault(path, f"is {shown(data)}, which no citation is called; write one under {head}, or a table here")
        return self.citations.get(data)

    def made(self, kind: type[T], data: object, path: str, beside: tuple[str, ...] = ()) -> T | None:
        """An instance of an attrs class from the table of its fields."""
        fields = {field.name: field for field in fields_of(cast("Any", kind))}
        required = tuple([name for name, field in fields.items() if field.default is attrs.NOTHING])
        before = len(self.faults)
        optional = tuple([name for name in fields if name not in required])
        self.table(data, path, required, (*optional, *beside))
        values: dict[str, Any] = {}
        for name, each in (as_table(data) or {}).items():
            if isinstance(name, str) and name in fields:
                till_here = len(self.faults)
                value = self.value(fields[name].type, each, f"{path}.{name}")
                if len(self.faults) == till_here:
                    values[name] = value
        if len(self.faults) > before:
            self.doors(kind, values, path)
            return None
        return self.instance(kind, values, path)

    def instance(self, kind: type[T], values: Mapping[str, Any], path: str) -> T | None:
        """An instance of a class; what the door of a field refuses is a fault of its key."""
        try:
            return kind(**values)
        except (YizhengError, TypeError, ValueError) as error:
            before = len(self.faults)
            self.doors(kind, values, path)
            if len(self.faults) == before:
                for each in getattr(error, "faults", (str(error),)):
                    self.fault(path, each)
        return None

    def doors(self, kind: type[Any], values: Mapping[str, Any], path: str) -> None:
        """Keep what the door of each field refuses as a fault of its key, however many there are."""
        for field in fields_of(cast("Any", kind)):
            door: Any = field.converter
            if field.name in values and inspect.isroutine(door):
                self.build(f"{path}.{field.name}", _through, door, values[field.name])

    def value(self, kind: Any, data: object, path: str) -> Any:
        """A value of a type that a field declares."""
        if (plainly := _PLAINLY.get(kind)) is not None:
            return plainly(self, data, path)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            wanted = [each for each in arguments if each is not type(None)]
            if data is None and len(wanted) < len(arguments):
                return None
            return self.value(wanted[0], data, path) if len(wanted) == 1 else self.chosen(wanted, data, path)
        if origin in (tuple, frozenset):
            return self.several(cast("Any", origin), arguments[0], data, path)
        if origin is FrozenMap:
            table = self.mapping(data, path, MANY) or {}
            where = {key: f"{path}.{dotted(shown(key))}" for key in table}
            return FrozenMap({key: self.value(arguments[1], each, where[key]) for key, each in table.items()})
        if inspect.isclass(kind) and issubclass(kind, enum.Enum):
            return self.choice(data, kind, path, ", ".join(str(each.value) for each in kind))
        if inspect.isclass(kind) and attrs.has(kind):
            return self.made(kind, data, path)
        return self.build(path, load, kind, data, {}, "it")

    def several(self, make: Callable[[list[Any]], Any], kind: Any, data: object, path: str) -> Any:
        """Several values, in a list; one that is no plain word may stand for itself."""
        most = STAGES_AT_MOST if kind is Stage else MANY
        word = isinstance(data, str) and make is tuple and kind is str
        if as_list(data) is None and (word or kind in _ALONE or as_table(data) is not None):
            return make([self.value(kind, data, path)])
        before = len(self.faults)
        listed = self.items(data, path, most) or []
        values = [self.value(kind, each, f"{path}[{place}]") for place, each in enumerate(listed)]
        return None if len(self.faults) > before else make(values)

    def chosen(self, wanted: list[Any], data: object, path: str) -> Any:
        """One of several classes."""
        return self.which(choices(wanted), data, path)

    def which(self, known: Mapping[str, type[Any]], data: object, path: str) -> Any:
        """An instance of one of several classes, of which the table says which it is."""
        if (table := as_table(data)) is None:
            self.fault(path, f"is {shown(data)}; write a table")
            return None
        word = table.get("is")
        if not isinstance(word, str) or word not in known:
            found = f"is {shown(word)}" if "is" in table else "is missing"
            self.fault(f"{path}.is", f"{found}; write one of {', '.join(known)}")
            return None
        return self.made(known[word], {key: each for key, each in table.items() if key != "is"}, path)

    def stage(self, data: object, path: str) -> Stage | None:
        """A stage, by the kind that it names."""
        if (table := as_table(data)) is None:
            self.fault(path, f"is {shown(data)}; write a table with kind, id, title and what the kind asks for")
            return None
        named = table.get("kind")
        kind = self.kinds.stages.get(named) if isinstance(named, str) else None
        if kind is None:
            found = f"is {shown(named)}" if "kind" in table else "is missing"
            own = "; hand a kind of your own in by kinds=Kinds([…])"
            self.fault(f"{path}.kind", f"{found}; write one of {', '.join(self.kinds.stages)}{own}")
            return None
        version: object = table.get("version", 1)
        if type(version) is not int or version != version_of(kind):
            release = f", which {table['introduced']} brought" if isinstance(table.get("introduced"), str) else ""
            known = f"version {version_of(kind)} of {named} is the one known here"
            self.fault(f"{path}.version", f"is {shown(version)}{release}; {known}")
            return None
        of_the_form = ("kind", "version", "introduced")
        settings = {key: each for key, each in table.items() if key not in of_the_form}
        made: Stage | None = self.made(kind, settings, path)
        return made

    def words(self, data: object, path: str) -> str | None:
        """A string."""
        if isinstance(data, str):
            return data
        self.fault(path, f"is {shown(data)}; write a string, in quotes")
        return None

    def whole(self, data: object, path: str) -> int | None:
        """A whole number."""
        if isinstance(data, int) and not isinstance(data, bool):
            return data
        self.fault(path, f"is {shown(data)}; write a whole number")
        return None

    def period(self, data: object, path: str) -> Period | None:
        """A length of time, written out or as a table."""
        if as_table(data) is not None:
            return self.made(Period, data, path)
        if isinstance(data, str) and (found := re.fullmatch(PERIOD, data)):
            return self.build(path, Period, int(found[1]), _UNITS[found[2] or found[3]])
        self.fault(
            path,
            f'is {shown(data)}; write "15 days" or "15日" (without a space), "3 working days", "2 months", or a table with length, unit',
        )
        return None

    def alone(self, read: Callable[[object, str], T | None], data: object, path: str) -> T | None:
        """What holds conditions, of which each value has as many as it may."""
        self.conditions = 0
        return read(data, path)


def _through(door: Callable[[Any], Any], value: Any) -> None:
    """Through the door of a field, whatever it raises; the value is not needed."""
    try:
        door(value)
    except YizhengError:
        raise
    except (TypeError, ValueError) as error:
        raise InvalidValue(str(error)) from None


_PLAINLY: Final[Mapping[Any, Callable[[_Reader, Any, str], Any]]] = {
    str: _Reader.words,
    bool: _Reader.truth,
    int: _Reader.whole,
    Fraction: _Reader.number,
    date: _Reader.day,
    Text: _Reader.text,
    Citation: _Reader.citation,
    Period: _Reader.period,
    Amount: _Reader.amount,
    Condition: lambda reader, data, path: reader.alone(reader.condition, data, path),
    Rule: _Reader.rule,
    Silence: lambda reader, data, path: reader.alone(reader.silence, data, path),
    Stage: _Reader.stage,
    Template: lambda reader, data, path: reader.which(TEMPLATES, data, path),
    object: lambda reader, data, path: reader.build(path, plain, data, "it"),
}
