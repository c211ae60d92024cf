"""Values to canonical JSON bytes and back, with msgspec and with cattrs: the measure behind the choice of msgspec.

Both turn the same values into canonical bytes and back into equal values, which is checked before anything is timed.
What neither does by itself, each was given by hand; the notes under the tables say how much that is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, get_args

import attrs
import msgspec
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from courtyard import day
from harness import Entrant, Table, compare

from yizheng.canonical import Kept, canonical, encoded
from yizheng.codec import build, dump, join, split
from yizheng.people import Roll
from yizheng.rules import Choice
from yizheng.stages import Action, CastBallot, Convene, ReceiveOpinion
from yizheng.text import Text, as_text
from yizheng.values import FrozenMap, exact, name, names, written

ROUNDS, STEPS = 15, 300
PACKAGES = ("attrs", "msgspec", "cattrs")

OURS, RAW, CATTRS, MIXED = "msgspec, ours", "msgspec, bare", "cattrs", "cattrs + msgspec.json"


def _weights(values: Mapping[str, Any]) -> FrozenMap[str, Fraction]:
    return FrozenMap({key: exact(value) for key, value in values.items()})


@attrs.frozen(kw_only=True)
class Everything:
    """One field of each kind that our values are made of, with doors like ours."""

    word: str = attrs.field(converter=name)
    number: int
    truth: bool
    nothing: str | None = attrs.field(converter=attrs.converters.optional(name))
    share: Fraction = attrs.field(converter=exact)
    on: date
    at: datetime
    choice: Choice = attrs.field(converter=Choice)
    text: Text = attrs.field(converter=as_text)
    names: frozenset[str] = attrs.field(converter=names)
    listed: tuple[Text, ...] = attrs.field(converter=tuple)
    weights: FrozenMap[str, Fraction] = attrs.field(converter=_weights)


VALUES: dict[str, Any] = {
    "CastBallot": CastBallot(Choice.FOR),
    "ReceiveOpinion": ReceiveOpinion("先修排水，再铺路面", channel="questionnaire", author="1-102"),
    "Convene": Convene(held_at=day(36), until=day(46), mode="written", place="社区会议室", agenda=["2026-007"]),
    "everything": Everything(
        word="1-101",
        number=12,
        truth=True,
        nothing=None,
        share=Fraction(2, 3),
        on=date(2026, 3, 2),
        at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        choice=Choice.FOR,
        text=Text("院落整治", "courtyard renovation"),
        names={"1-101", "1-102", "1-103"},
        listed=(Text("一", "one"), Text("二", "two")),
        weights={"area": "89.60", "parking": "1"},
    ),
}


# msgspec, as the library uses it: the plan of a class is worked out once, an action is taken apart and put together.


def ours_written(value: Any) -> bytes:
    if isinstance(value, Action):
        public, private = split(value)
        return encoded({**public, **private})
    return encoded(dump(value))


_read = msgspec.json.Decoder().decode


def ours_read(kind: type[Any]) -> Callable[[bytes], Any]:
    if not issubclass(kind, Action):
        return lambda data: build(kind, _read(data), {}, "$")
    hidden = tuple(field.name for field in attrs.fields(kind) if field.metadata.get("private"))

    def read(data: bytes) -> Any:
        public = _read(data)
        private = {field: public.pop(field) for field in hidden if field in public}
        return join(kind, public, private, {}, "$")

    return read


# msgspec alone: attrs classes as they are. Reading goes past our doors.


def _written(value: Any) -> str:
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, Kept):
        return value.digest
    raise TypeError(type(value))


def _read_hook(kind: Any, data: Any) -> Any:
    if kind is Fraction:
        return exact(data)
    return FrozenMap(msgspec.convert(data, dict[get_args(kind)], dec_hook=_read_hook))


bare_written = msgspec.json.Encoder(order="sorted", enc_hook=_written).encode


def bare_read(kind: type[Any]) -> Callable[[bytes], Any]:
    return msgspec.json.Decoder(kind, dec_hook=_read_hook).decode


# cattrs: one converter, hooks made once. `prefer_attrib_converters` would hand stored data to doors that take values (a
# moment as a string, a text as a mapping), and they rightly refuse; so it structures first, and the doors run after that.

EMPTY: tuple[object, ...] = (None, (), frozenset())
HOOKS = {
    "Fraction": 2,
    "datetime with Z": 2,
    "sorted sets": 1,
    "FrozenMap": 2,
    "Roll by its digest": 2,
    "fields left out that hold nothing": 1,
}


NOTES = (
    (
        f"{OURS}: private fields kept apart, fields that hold nothing left out, keys sorted as RFC 8785 asks; our doors "
        "run on reading, and errors name the path. By hand: yizheng.codec, which walks the types that fields declare"
    ),
    (
        f"{RAW}: one Encoder and one Decoder for each class; every field is written, and our doors do not run on reading. "
        "By hand: one hook each way"
    ),
    (
        f"{CATTRS}: the preconf json converter, functions generated once, the standard library's json; our doors run. "
        f"By hand, hooks: {', '.join(f'{count} for {what}' for what, count in HOOKS.items())}"
    ),
    f"{MIXED}: the same functions, with msgspec reading and writing the JSON",
)


def converter() -> Any:
    made = make_converter(forbid_extra_keys=True, detailed_validation=False)
    made.register_unstructure_hook(Fraction, written)
    made.register_structure_hook(Fraction, lambda data, _: exact(data))
    made.register_unstructure_hook(datetime, lambda value: value.isoformat().replace("+00:00", "Z"))
    made.register_structure_hook(datetime, lambda data, _: datetime.fromisoformat(data))
    made.register_unstructure_hook(Roll, lambda roll: roll.digest)
    made.register_structure_hook(Roll, lambda data, _: {}[data])

    def is_set(kind: Any) -> bool:
        return getattr(kind, "__origin__", None) is frozenset

    def is_map(kind: Any) -> bool:
        return getattr(kind, "__origin__", None) is FrozenMap

    made.register_unstructure_hook_func(is_set, sorted)

    def map_written(kind: Any) -> Callable[[Any], Any]:
        item = made.get_unstructure_hook(get_args(kind)[1])
        return lambda values: {key: item(value) for key, value in values.items()}

    def map_read(kind: Any) -> Callable[[Any, Any], Any]:
        inner = get_args(kind)[1]
        item = made.get_structure_hook(inner)
        return lambda data, _: FrozenMap({key: item(value, inner) for key, value in data.items()})

    made.register_unstructure_hook_factory(is_map, map_written)
    made.register_structure_hook_factory(is_map, map_read)
    for value in VALUES.values():
        kind = type(value)
        attrs.resolve_types(kind)
        left_out = {field.name: override(omit_if_default=field.default in EMPTY) for field in attrs.fields(kind)}
        made.register_unstructure_hook(kind, make_dict_unstructure_fn(kind, made, **left_out))
        made.register_structure_hook(kind, make_dict_structure_fn(kind, made, _cattrs_detailed_validation=False))
    return made


def cattrs_written(made: Any, kind: type[Any]) -> Callable[[Any], bytes]:
    data = made.get_unstructure_hook(kind)
    encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
    return lambda value: encode(data(value)).encode()


def cattrs_read(made: Any, kind: type[Any]) -> Callable[[bytes], Any]:
    value, decode = made.get_structure_hook(kind), json.JSONDecoder().decode
    return lambda data: value(decode(data.decode()), kind)


def mixed_written(made: Any, kind: type[Any]) -> Callable[[Any], bytes]:
    data, encode = made.get_unstructure_hook(kind), msgspec.json.Encoder(order="sorted").encode
    return lambda value: encode(data(value))


def mixed_read(made: Any, kind: type[Any]) -> Callable[[bytes], Any]:
    value = made.get_structure_hook(kind)
    return lambda data: value(_read(data), kind)


def repeated(name_: str, call: Callable[[Any], Any], argument: Any) -> Entrant:
    def run() -> None:
        for _ in range(STEPS):
            call(argument)

    return Entrant(name_, lambda _: run, STEPS)


def tables(rounds: int = ROUNDS) -> list[Table]:
    made = converter()
    found: list[Table] = []
    for title, value in VALUES.items():
        kind = type(value)
        writers = {
            OURS: ours_written,
            RAW: bare_written,
            CATTRS: cattrs_written(made, kind),
            MIXED: mixed_written(made, kind),
        }
        readers = {
            OURS: ours_read(kind),
            RAW: bare_read(kind),
            CATTRS: cattrs_read(made, kind),
            MIXED: mixed_read(made, kind),
        }
        check(value, writers, readers)
        writing = [repeated(entrant, write, value) for entrant, write in writers.items()]
        reading = [repeated(entrant, read, writers[entrant](value)) for entrant, read in readers.items()]
        over = [CATTRS, RAW]
        found += [
            compare(f"{title} to bytes", writing, step="time per value", over=over, rounds=rounds),
            compare(f"{title} from bytes", reading, step="time per value", over=over, rounds=rounds),
        ]
    return [*found[:-1], replace(found[-1], notes=NOTES)]


def check(
    value: Any, writers: Mapping[str, Callable[[Any], bytes]], readers: Mapping[str, Callable[[bytes], Any]]
) -> None:
    """Each writes canonical bytes and reads an equal value from them."""
    for entrant, write in writers.items():
        data = write(value)
        if data != canonical(json.loads(data)):
            raise ValueError(f"{entrant} writes {data!r}, which is not canonical")
        if readers[entrant](data) != value:
            raise ValueError(f"{entrant} reads {readers[entrant](data)!r}, not {value!r}")
