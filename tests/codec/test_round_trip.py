"""Everything that can be built can be kept, and comes back as it was: one everything-value per class."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yizheng import Member, Roll, Text
from yizheng.canonical import canonical, digest
from yizheng.codec import dump, load
from yizheng.errors import InvalidValue, YizhengError
from yizheng.procedure import Kinds
from yizheng.stages import KINDS, Action, Effect, Note

from .examples import (
    ACTIONS,
    EFFECTS,
    EVERY_KIND,
    MATTERS,
    ROLLS,
    SETTINGS,
    entered,
    fields_of,
    parts_of,
    read_back,
    stored,
)

BY_NAME = pytest.mark.parametrize("kind", sorted(ACTIONS, key=lambda kind: kind.kind), ids=lambda kind: kind.kind)


class TestNoneIsMissing:
    """The strategies of this folder draw every class that a record can hold."""

    def test_every_action(self) -> None:
        """Every kind of action, the opening among them, is drawn."""
        assert ACTIONS.keys() == EVERY_KIND

    def test_every_stage(self) -> None:
        """The settings of every kind of stage are drawn."""
        assert SETTINGS.keys() == set(KINDS)

    def test_every_action_of_the_library(self) -> None:
        """There is no class of actions in the library that no kind of stage uses."""

        def below(kind: type[Any]) -> set[type[Any]]:
            return {kind, *(each for sub in kind.__subclasses__() for each in below(sub))}

        ours = {kind.kind for kind in below(Action) - {Action} if kind.__module__.startswith("yizheng.")}
        assert ours == {kind.kind for kind in EVERY_KIND}

    def test_every_lasting_name_is_unique(self) -> None:
        """No two kinds share a lasting name, and every one has a version and a title in both languages."""
        assert len({kind.kind for kind in EVERY_KIND}) == len(EVERY_KIND)
        for kind in EVERY_KIND:
            assert kind.version == 1
            assert kind.title.zh != kind.title.en

    def test_every_effect(self) -> None:
        """The strategy of effects gives every field of an effect."""
        assert set(fields_of(Effect)) == {
            *("outcome", "ref", "due", "rule", "periods", "ruling", "carried"),
            *("filling", "placing"),
        }


class TestActions:
    """Each kind of action goes through an entry and comes back unchanged, under the same digest."""

    @BY_NAME
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_whole(self, kind: type[Action], data: st.DataObject) -> None:
        """With its private values, the entry comes back equal, byte for byte."""
        action = data.draw(ACTIONS[kind])
        entry = entered(
            action, by=data.draw(st.sampled_from(["sec-1", "字", "é"])), key=data.draw(st.none() | st.just("k"))
        )
        again = read_back(*stored(entry), parts_of(action))
        assert again == entry
        assert (again.digest, again.payload, again.private()) == (entry.digest, entry.payload, entry.private())
        assert type(again.action) is kind
        assert hash(again.action) == hash(action)

    @BY_NAME
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_withheld(self, kind: type[Action], data: st.DataObject) -> None:
        """Without its private values, its public part comes back under the same digest, with nothing private in it."""
        action = data.draw(ACTIONS[kind])
        entry = entered(action)
        again = read_back(entry.payload, None, parts_of(action))
        assert (again.digest, again.withheld, again.private()) == (entry.digest, entry.seals.keys(), {})
        for field in attrs.fields(kind):
            if field.metadata.get("private"):
                assert getattr(again.action, field.name) is None

    @given(EFFECTS)
    def test_effects(self, effect: Effect) -> None:
        """An effect with any of its fields comes back as it was."""
        entry = entered(Note("x"), effect=effect)
        assert read_back(*stored(entry), {}).effect == effect

    def test_what_an_effect_carries_is_frozen(self) -> None:
        """What an effect carries is plain data, frozen like facts, also where a kind of one's own hands in lists."""
        effect = Effect(carried={"accounts": ["1", {"balance": "2"}]})
        entry = entered(Note("x"), effect=effect)
        assert read_back(*stored(entry), {}).effect == effect
        assert effect.carried["accounts"] == ("1", {"balance": "2"})

    @BY_NAME
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_the_payload_is_canonical(self, kind: type[Action], data: st.DataObject) -> None:
        """The payload is the canonical bytes of plain data that any JSON reader reads."""
        entry = entered(data.draw(ACTIONS[kind]))
        assert canonical(json.loads(entry.payload)) == entry.payload
        assert digest(entry.payload) == entry.digest


class TestStages:
    """The settings of each kind of stage go out as plain data and come back unchanged."""

    @pytest.mark.parametrize("kind", sorted(SETTINGS, key=lambda kind: kind.kind), ids=lambda kind: kind.kind)
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_through_json(self, kind: type[Any], data: st.DataObject) -> None:
        """Through canonical JSON they come back equal, with the same bytes."""
        stage = data.draw(SETTINGS[kind])
        written = canonical({"kind": kind.kind, **dump(stage)})
        again = Kinds().read_stage(json.loads(written), "stage")
        assert again == stage
        assert canonical({"kind": kind.kind, **dump(again)}) == written


class TestParts:
    """What is kept apart comes back unchanged."""

    @given(ROLLS)
    def test_rolls(self, roll: Roll) -> None:
        """A roll comes back from its plain data, with its exact weights and the same digest."""
        again = Roll.from_data(json.loads(canonical(roll.to_data())))
        assert again == roll
        assert again.digest == roll.digest

    @given(MATTERS)
    def test_matters(self, matter: Any) -> None:
        """A matter is frozen data: it is equal to itself written down and read back."""
        assert load(type(matter), json.loads(canonical(dump(matter))), {}) == matter

    @pytest.mark.parametrize(
        "weight", ["1/3", "0.1", Fraction(1, 2**130), Fraction(1, 10**39), Decimal("1E-39"), 10**39]
    )
    def test_weights_are_exact(self, weight: Any) -> None:
        """A weight that can be given comes back exactly, however small, large or endless it is when written down."""
        roll = Roll("owners", [Member("1-101", weights={"area": weight})])
        assert Roll.from_data(json.loads(canonical(roll.to_data()))) == roll


JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    5,
    2**53,
    10**5000,
    1.5,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x",
    "e\u0301",
    "\ud800",
    "\x00",
    "a\u202eb",
    "x" * 70_000,
    b"x",
    [],
    [1],
    ["x"],
    ["x", "x"],
    [None],
    {},
    {"x": 1},
    {"x": "x"},
    {1: "x"},
    {"x": None},
    {"x", "y"},
    (),
    object(),
    object,
    Note("x"),
    Text("甲", "a"),
    Fraction(1, 2**130),
    Fraction(-1, 3),
    Decimal("NaN"),
    Decimal("1e5000000"),
    Decimal("0.1"),
    date(2026, 1, 1),
    datetime(2026, 1, 1),  # noqa: DTZ001 -- a naive one is meant
    datetime(2026, 1, 1, tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=UTC),
    Roll("owners", [Member("1-101")]),
    lambda: None,
)


def shown(junk: object) -> str:
    """Junk, shortly; a number of five thousand digits cannot even be shown."""
    return "a huge number" if isinstance(junk, int) and abs(junk) > 10**20 else f"{junk!r:.60}"


class TestJunk:
    """What can be built can be kept; what cannot be kept cannot be built."""

    @BY_NAME
    def test_in_every_field_of_every_action(self, kind: type[Action]) -> None:
        """Junk in any field is an error of ours when the action is built, or an entry that comes back as it was."""
        sound = _sample(ACTIONS[kind])
        for field in fields_of(kind):
            for junk in JUNK:
                try:
                    action = attrs.evolve(sound, **{field: junk})
                except YizhengError:
                    continue
                except Exception as error:  # noqa: BLE001 -- whatever it is, it is not ours
                    pytest.fail(f"{kind.__name__}({field}={shown(junk)}): {error!r:.200}")
                _comes_back(action, f"{kind.__name__}({field}={shown(junk)})")

    @pytest.mark.parametrize("kind", sorted(SETTINGS, key=lambda kind: kind.kind), ids=lambda kind: kind.kind)
    def test_in_every_setting_of_every_stage(self, kind: type[Any]) -> None:
        """Junk in any setting is an error of ours when the stage is built, or a stage that comes back as it was."""
        sound = _sample(SETTINGS[kind])
        for field in fields_of(kind):
            for junk in JUNK:
                what = f"{kind.__name__}({field}={shown(junk)})"
                try:
                    stage = attrs.evolve(sound, **{field: junk})
                except YizhengError:
                    continue
                except Exception as error:  # noqa: BLE001 -- whatever it is, it is not ours
                    pytest.fail(f"{what}: {error!r:.200}")
                written = canonical({"kind": kind.kind, **dump(stage)})
                assert Kinds().read_stage(json.loads(written), "stage") == stage, what


def _sample(strategy: st.SearchStrategy[Any]) -> Any:
    """The plainest value that a strategy draws."""
    found: list[Any] = []

    @settings(max_examples=1, database=None, derandomize=True)
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    draw()
    return found[0]


def _comes_back(action: Action, what: str) -> None:
    try:
        entry = entered(action)
        again = read_back(*stored(entry), parts_of(action))
    except Exception as error:  # noqa: BLE001 -- whatever it is, what was built cannot be kept
        pytest.fail(f"{what} was built and cannot be kept: {error!r:.200}")
    assert again == entry, what


class TestPlainData:
    """What is written down, and what is refused."""

    def test_what_cannot_be_written(self) -> None:
        """A value of a class that the codec does not know is refused."""
        with pytest.raises(InvalidValue, match="cannot be kept"):
            dump(object())

    def test_what_not_every_reader_keeps(self) -> None:
        """An integer beyond 53 bits is refused where it is written down."""
        with pytest.raises(InvalidValue, match="write it as a string"):
            dump(2**53)

    @pytest.mark.parametrize(
        ("kind", "data", "words"),
        [
            (tuple[int, ...], 5, "array|list"),
            (frozenset[str], {"a": 1}, "array|list"),
            (int, True, "int"),
            (int, 1.0, "int"),
            (str, 5, "str"),
            (datetime, "yesterday", "datetime"),
            (Fraction, "1/0", "digits"),
            (Fraction, 0.5, "float"),
        ],
    )
    def test_what_is_not_of_its_type(self, kind: Any, data: Any, words: str) -> None:
        """Data of another type are refused with the path."""
        with pytest.raises(InvalidValue, match=words) as raised:
            load(kind, data, {}, "entry 5.action")
        assert str(raised.value).startswith("entry 5.action")
