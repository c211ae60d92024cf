"""The values of which everything is made: exact numbers, names, frozen and growing collections, plain data.

Promises, rows R18 (malformed input) and R19 (limits, each refused in no time).
"""

import contextlib
import copy
import enum
import pickle
import sys
import threading
import time
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from naming import named
from yizheng import Citation, Matter, Period, Text, stages
from yizheng.errors import InvalidType, InvalidValue, YizhengError
from yizheng.people import Proxy, ProxyPolicy, Service
from yizheng.rules import BallotPolicy, Deemed, Silence
from yizheng.values import (
    FrozenMap,
    GrowingList,
    GrowingMap,
    ShrinkingMap,
    count,
    exact,
    flag,
    frozen,
    items,
    mapping,
    name,
    names,
    plain,
    prose,
    written,
)
from yizheng.values.doors import all_of, instance_of, one_of, optional_instance_of, several
from yizheng.values.exact import DIGITS
from yizheng.values.names import NAME_LIMIT, PROSE_LIMIT, lookalike
from yizheng.values.plain import DEPTH, ITEMS
from yizheng.values.scalars import SAFE_INTEGER


def soon(build: Callable[[], object], error: type[Exception] = InvalidValue, seconds: float = 0.5) -> str:
    """The words of a refusal that came in no time."""
    began = time.perf_counter()
    with pytest.raises(error) as no:
        build()
    assert time.perf_counter() - began < seconds
    assert len(str(no.value)) < 2000
    return str(no.value)


class TestExact:
    """All arithmetic is exact: figures come in as they are written (design part 6; traps 13 to 16, 62, 68)."""

    @pytest.mark.parametrize(
        ("value", "number"),
        [
            (12, Fraction(12)),
            (-3, Fraction(-3)),
            (0, Fraction()),
            ("12", Fraction(12)),
            ("+12", Fraction(12)),
            ("-0.5", Fraction(-1, 2)),
            ("89.60", Fraction(448, 5)),
            ("007", Fraction(7)),
            ("2/3", Fraction(2, 3)),
            ("4/6", Fraction(2, 3)),
            ("1/007", Fraction(1, 7)),
            (Fraction(2, 3), Fraction(2, 3)),
            (Decimal("0.1"), Fraction(1, 10)),
            (Decimal("1E+3"), Fraction(1000)),
            (Decimal("-0"), Fraction()),
            (10**40 - 1, Fraction(10**40 - 1)),
            ("9" * 40, Fraction(10**40 - 1)),
            ("0." + "0" * 39 + "1", Fraction(1, 10**40)),
            (Fraction(1, 10**40), Fraction(1, 10**40)),
            (enum.IntEnum("Grade", {"A": 4}).A, Fraction(4)),
        ],
        ids=repr,
    )
    def test_taken_as_written(self, value, number):
        """Whole numbers, decimals and fractions are taken to the last digit."""
        assert exact(value) == number
        assert type(exact(value)) is Fraction

    @pytest.mark.parametrize(
        "value",
        [0.5, 1.0, float("nan"), float("inf"), True, False, None, b"12", [1], {"a": 1}, 1j, object(), int],
        ids=named,
    )
    def test_what_is_no_number(self, value):
        """Floats, truth values and everything else are refused, with what to write instead."""
        with pytest.raises(InvalidType, match="write"):
            exact(value)

    def test_what_to_write_instead_of_a_float(self):
        """A float is told as a string to copy, and the figure is named."""
        with pytest.raises(InvalidType, match=r'the area is the float 89\.6.*"89\.6".*Fraction\(2, 3\)'):
            exact(89.6, "the area")

    @pytest.mark.parametrize(
        "value",
        [
            "",
            " ",
            "a",
            "1 000",
            "1,000",
            "１２",
            "٣",
            "1e3",
            "1E5",
            "0x10",
            "1_000",
            ".5",
            "5.",
            "--1",
            "1/0",
            "1/00",
            "0/0",
            "1/-2",
            "1/2/3",
            "1.5/2",
            "½",
            "NaN",
            "Infinity",
            "-inf",
            "1\n",
            " 1",
            "\u22121",
            "12\u200b",
            "1" * 81,
            "一",
            "1." + "0" * 41,
        ],
        ids=lambda value: repr(value)[:20],
    )
    def test_strings_that_are_no_plain_digits(self, value):
        """Anything but plain digits is refused: no exponents, separators, other scripts, or division by nought (trap 28)."""
        with pytest.raises(InvalidValue):
            exact(value)

    @pytest.mark.parametrize("value", ["66.67%", "66％", "%", "1/2 %"])
    def test_percentages(self, value):
        """A percentage is refused by name: give the counts, or an exact share (traps 1, 2, 16; domain E01)."""
        with pytest.raises(InvalidValue, match="percentage"):
            exact(value)

    @pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
    def test_decimals_that_are_not_finite(self, value):
        """Not a number is not a number."""
        with pytest.raises(InvalidValue, match="finite"):
            exact(Decimal(value))

    TOO_LARGE = (
        ("a short decimal", lambda: Decimal("1e5000000")),
        ("a small decimal", lambda: Decimal("1e-5000000")),
        ("41 digits as a decimal", lambda: Decimal("1e40")),
        ("a million digits as a decimal", lambda: Decimal("1" * 1_000_000)),
        ("a million digits", lambda: "9" * 1_000_000),
        ("a million digits below", lambda: "1/" + "9" * 1_000_000),
        ("a million signs", lambda: "-" * 1_000_000),
        ("a million noughts", lambda: "0" * 1_000_000 + "1"),
        ("41 digits", lambda: "1" * 41),
        ("one more than 40 digits", lambda: 10**40),
        ("one less", lambda: -(10**40)),
        ("an integer of a million digits", lambda: 10**1_000_000),
        ("a denominator of 41 digits", lambda: Fraction(1, 10**40 + 1)),
        ("a numerator of a million digits", lambda: Fraction(10**1_000_000, 3)),
    )

    @pytest.mark.parametrize("build", [each for _, each in TOO_LARGE], ids=[name for name, _ in TOO_LARGE])
    def test_too_large(self, build):
        """More than forty digits are refused in no time, however short they are to write."""
        value = build()
        assert str(DIGITS) in soon(lambda: exact(value))

    @given(st.fractions(min_value=-(10**20), max_value=10**20, max_denominator=10**15))
    def test_law_written_and_read(self, number):
        """What is written is read as the same number."""
        assert exact(written(number)) == number

    @pytest.mark.parametrize(
        ("number", "digits"),
        [
            (Fraction(0), "0"),
            (Fraction(-3), "-3"),
            (Fraction(448, 5), "89.6"),
            (Fraction(1, 8), "0.125"),
            (Fraction(-1, 20), "-0.05"),
            (Fraction(1, 3), "1/3"),
            (Fraction(-7, 6), "-7/6"),
            (Fraction(1, 10**40), "0." + "0" * 39 + "1"),
            (Fraction(1, 2**41), f"1/{2**41}"),
        ],
        ids=str,
    )
    def test_written(self, number, digits):
        """A decimal where it ends within forty places, else a fraction; never a float."""
        assert written(number) == digits
        assert exact(digits) == number

    @given(st.text(max_size=30) | st.floats() | st.decimals() | st.integers() | st.binary(max_size=5))
    def test_law_nothing_else_escapes(self, value):
        """Whatever is given, it is a number or an error of this library."""
        with contextlib.suppress(YizhengError):
            assert isinstance(exact(value), Fraction)


class TestName:
    """Ids: one form, nothing invisible, a bounded length."""

    @pytest.mark.parametrize(
        "value",
        ["1-101", "张三", "a b", "café", "x" * 200, "張" * 200, "٣", "!", "🏠", "a\u3000b"],
        ids=lambda value: value[:8],
    )
    def test_good_ones(self, value):
        """Any script, digits, signs and inner spaces are names."""
        assert name(value) == value

    def test_one_form(self):
        """Composed and decomposed are one name."""
        assert name("cafe\u0301") == name("caf\u00e9") == "caf\u00e9"

    @pytest.mark.parametrize(
        "value",
        [
            "",
            " ",
            "a ",
            " a",
            "\u3000a",
            "a\u00a0",
            "a\tb",
            "a\nb",
            "a\0b",
            "a\x7fb",
            "a\u200bb",
            "a\u200eb",
            "\ufeffa",
            "a\u202eb",
            "a\u2028b",
            "a\u2029b",
            "a\ud800b",
            "a\ue000b",
            "a\uffffb",
            "a\u00adb",
        ],
        ids=ascii,
    )
    def test_what_cannot_be_seen(self, value):
        """Empty, padded, invisible, private and unassigned characters are refused."""
        with pytest.raises(InvalidValue):
            name(value)

    @pytest.mark.parametrize("value", [None, 5, True, b"a", ["a"], 1.5, type("Sly", (str,), {})("a")], ids=repr)
    def test_what_is_no_string(self, value):
        """An id is a string, and says what it was given instead."""
        with pytest.raises(InvalidType, match=type(value).__name__):
            name(value)

    def test_length(self):
        """At most 200 characters, told by their number and in no time."""
        assert str(NAME_LIMIT) in soon(lambda: name("x" * (NAME_LIMIT + 1)))
        soon(lambda: name("\u0301" * 1_000_000))
        soon(lambda: name("張" * 1_000_000))

    @given(st.text(max_size=210))
    @example("\u0958" * 200)
    @example("\ufb2c" * 100)
    @example("\U0001d160" * 200)
    def test_law_taken_twice(self, value):
        """A name that was taken is taken again as it is, in its one form and within its length."""
        try:
            taken = name(value)
        except InvalidValue:
            return
        assert name(taken) == taken == unicodedata.normalize("NFC", taken)
        assert len(taken) <= NAME_LIMIT

    def test_names(self):
        """A set of ids, from whatever can be gone through."""
        assert names(["a", "b", "a"]) == names({"a", "b"}) == names(each for each in "ab") == frozenset({"a", "b"})
        assert names(()) == frozenset()

    @pytest.mark.parametrize("value", ["abc", b"abc", 5, None, [5], [None], [""], [["a"]]], ids=repr)
    def test_what_is_no_set_of_names(self, value):
        """One string would be taken letter by letter."""
        with pytest.raises(YizhengError):
            names(value)

    def test_a_long_string_is_not_shown_whole(self):
        """A string of a million characters is refused without being repeated."""
        soon(lambda: names("x" * 1_000_000), InvalidType)

    @pytest.mark.parametrize(
        ("one", "other"), [("Ａ１", "a1"), ("STRASSE", "straße"), ("ﬁ", "FI"), ("cafe\u0301", "CAFÉ"), ("①", "1")]
    )
    def test_lookalikes(self, one, other):
        """Width, composition and case apart they are one."""
        assert lookalike(one) == lookalike(other)

    @given(st.text(max_size=30))
    def test_law_of_lookalikes(self, value):
        """Composed or decomposed, narrow or wide, a name looks like itself."""
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            assert lookalike(unicodedata.normalize(form, value)) == lookalike(value)

    def test_what_is_printable_has_no_forbidden_character(self) -> None:
        """No character is taken for printable that an id or prose must not hold, in all of Unicode."""
        refused = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        letters = filter(str.isprintable, map(chr, range(sys.maxunicode + 1)))
        assert not [letter for letter in letters if unicodedata.category(letter) in refused]


class TestProse:
    """Words for people: one form, a bounded length, nothing that cannot be kept."""

    def test_good_ones(self):
        """Lines, tabs, and line ends of other systems."""
        assert prose("一\n二\t三\r\n四") == "一\n二\t三\n四"
        assert prose("") == ""
        assert prose("cafe\u0301") == "caf\u00e9"

    @pytest.mark.parametrize("value", ["a\0", "a\x1b[31m", "a\x7f", "a\r", "a\x85", "\ud800", "a\udfff"], ids=ascii)
    def test_what_cannot_be_kept(self, value):
        """Control characters and lone surrogates are refused, by their number."""
        with pytest.raises(InvalidValue, match=r"U\+[0-9A-F]{4}"):
            prose(value)

    @pytest.mark.parametrize("value", [None, 5, True, b"a", ["a"]], ids=repr)
    def test_what_is_no_string(self, value):
        """Words are a string."""
        with pytest.raises(InvalidType):
            prose(value)

    @pytest.mark.parametrize("letter", ["x", "é", "好", "🏠"])
    def test_at_the_limit_and_one_over(self, letter):
        """64 KiB in UTF-8, whatever the script; one character more is refused in no time."""
        most = PROSE_LIMIT // len(letter.encode())
        assert prose(letter * most) == letter * most
        soon(lambda: prose(letter * (most + 1)))
        soon(lambda: prose(letter * 1_000_000))

    @given(st.text(max_size=50))
    @example("\r\r\n")
    @example("\u0344")
    def test_law_taken_twice(self, value):
        """What was taken is taken again as it is."""
        try:
            taken = prose(value)
        except InvalidValue:
            return
        assert prose(taken) == taken


class TestFrozenMap:
    """A mapping that cannot be changed."""

    MAP = FrozenMap({"a": 1, "b": 2})

    @pytest.mark.parametrize(
        "change",
        [
            lambda held: held.__setitem__("a", 9),
            lambda held: held.__delitem__("a"),
            lambda held: held.clear(),
            lambda held: held.pop("a"),
            lambda held: held.pop("x", None),
            lambda held: held.popitem(),
            lambda held: held.setdefault("c", 3),
            lambda held: held.setdefault("a"),
            lambda held: held.update({"c": 3}),
            lambda held: held.update(c=3),
            lambda held: held.__ior__({"c": 3}),
        ],
        ids=[
            "set",
            "del",
            "clear",
            "pop",
            "pop default",
            "popitem",
            "setdefault",
            "setdefault known",
            "update",
            "update names",
            "ior",
        ],
    )
    def test_every_mutator(self, change):
        """Every mutator of dict is refused, and says to build a new one."""
        with pytest.raises(InvalidType, match="build a new one"):
            change(self.MAP)
        assert self.MAP == {"a": 1, "b": 2}

    def test_no_other_mutator(self):
        """There is no mutator of dict besides: whatever dict can do, this refuses or does not change by it."""
        known = set(dir(dict)) - set(dir(object))
        reading = {
            "__contains__",
            "__getitem__",
            "__iter__",
            "__len__",
            "__or__",
            "__ror__",
            "__reversed__",
            "__class_getitem__",
            "copy",
            "fromkeys",
            "get",
            "items",
            "keys",
            "values",
        }
        refusing = {"__setitem__", "__delitem__", "__ior__", "clear", "pop", "popitem", "setdefault", "update"}
        assert known == reading | refusing

    def test_statements(self):
        """Nor by statement."""
        held = FrozenMap({"a": 1})
        with pytest.raises(InvalidType):
            held["b"] = 2
        with pytest.raises(InvalidType):
            del held["a"]
        with pytest.raises(InvalidType):
            held |= {"b": 2}
        with pytest.raises(AttributeError):
            held.anything = 5

    def test_a_second_filling(self):
        """Nor by filling it again, as dict would allow."""
        held = FrozenMap({"a": 1})
        held.__init__({"a": 9, "b": 2})
        assert held == {"a": 1}

    def test_a_new_one(self):
        """A changed copy is another mapping, and a plain one."""
        assert (self.MAP | {"c": 3}, {**self.MAP, "a": 9}) == ({"a": 1, "b": 2, "c": 3}, {"a": 9, "b": 2})
        assert self.MAP.copy() == self.MAP

    @given(st.dictionaries(st.text(max_size=5), st.integers()))
    def test_law_of_copies(self, values):
        """Copies, deep copies and pickles of every protocol are equal, hash alike, and are frozen."""
        held = FrozenMap(values)
        pickled = [pickle.loads(pickle.dumps(held, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
        for other in (copy.copy(held), copy.deepcopy(held), *pickled):
            assert (type(other), other, hash(other)) == (FrozenMap, held, hash(held))

    def test_order_does_not_matter(self):
        """Two mappings of the same pairs are equal and hash alike."""
        assert hash(FrozenMap(a=1, b=2)) == hash(FrozenMap(b=2, a=1))
        assert len({FrozenMap(a=1), FrozenMap(a=1), FrozenMap(a=2)}) == 2

    def test_words(self):
        """It shows what it holds."""
        assert repr(FrozenMap(a=1)) == "FrozenMap({'a': 1})"

    def test_frozen(self):
        """Mappings of any kind are frozen, a frozen one stays itself."""
        assert frozen(self.MAP) is self.MAP
        assert type(frozen(OrderedDict(a=1))) is type(frozen(MappingProxyType({"a": 1}))) is FrozenMap

    @pytest.mark.parametrize("value", [None, 5, "ab", [("a", 1)]], ids=repr)
    def test_what_is_no_mapping(self, value):
        """Anything else is refused by an error of this library."""
        with pytest.raises(InvalidType):
            frozen(value)


class TestGrowingList:
    """A tuple that is cheap to extend: each version sees its own items alone."""

    def test_as_a_sequence(self):
        """It reads like a tuple."""
        held = GrowingList("abc")
        assert (held[0], held[-1], held[1:], held[::-1], len(held)) == ("a", "c", ("b", "c"), ("c", "b", "a"), 3)
        assert ("b" in held, held.index("b"), held.count("b"), list(reversed(held))) == (True, 1, 1, ["c", "b", "a"])
        assert held == ("a", "b", "c") == tuple(held)
        assert (held != ["a", "b", "c"], hash(held) == hash(("a", "b", "c"))) == (True, True)
        assert repr(held) == "GrowingList(['a', 'b', 'c'])"
        assert GrowingList() == ()

    @pytest.mark.parametrize("index", [3, 4, -4, 10**9, -(10**9)])
    def test_beyond_its_end(self, index):
        """What another version added cannot be reached by any index."""
        held = GrowingList("abc")
        held.added("d").added("e")
        with pytest.raises(IndexError, match="3"):
            held[index]

    def test_slices(self):
        """Nor by any slice."""
        held = GrowingList("abc")
        held.added("d")
        assert held[:] == held[0:99] == held[-99:99] == ("a", "b", "c")

    def test_copies(self):
        """Copies and pickles are equal, and hold nothing of other versions."""
        held = GrowingList("abc")
        held.added("secret")
        for other in (copy.copy(held), copy.deepcopy(held), pickle.loads(pickle.dumps(held))):
            assert other == held
        assert b"secret" not in pickle.dumps(held)

    def test_cheap(self):
        """A hundred thousand items are added one by one in no time."""
        began, held = time.perf_counter(), GrowingList()
        for number in range(100_000):
            held = held.added(number)
        assert time.perf_counter() - began < 2
        assert len(held) == 100_000


class TestShrinkingMap:
    """A mapping from which keys are taken, at the same cost however many there are."""

    def test_it_is_a_mapping_without_what_was_taken(self):
        """In the order of the whole; versions do not see what was taken from others."""
        whole = ShrinkingMap({"b": 1, "a": 2, "c": 3})
        one, other = whole.without("a"), whole.without("b")
        both = one.without("b")
        assert [dict(held) for held in (whole, one, other, both)] == [
            {"b": 1, "a": 2, "c": 3},
            {"b": 1, "c": 3},
            {"a": 2, "c": 3},
            {"c": 3},
        ]
        assert ([*one], len(both), "a" in one, "x" in one, bool(both.without("c"))) == (
            ["b", "c"],
            1,
            False,
            False,
            False,
        )
        assert other.without("a") == both == {"c": 3}
        assert (hash(other.without("a")), repr(both)) == (hash(both), "ShrinkingMap({'c': 3})")
        assert pickle.loads(pickle.dumps(both)) == both

    def test_what_it_does_not_have(self):
        """Is neither found nor taken, also a second time."""
        held = ShrinkingMap({"a": 1, "b": 2}).without("a")
        for ask in (lambda: held["a"], lambda: held["x"], lambda: held.without("a"), lambda: held.without("x")):
            with pytest.raises(KeyError):
                ask()

    def test_what_is_handed_in_is_copied(self):
        """So that nobody changes it afterwards."""
        given = {"a": 1}
        held = ShrinkingMap(given)
        given["b"] = 2
        assert dict(held) == {"a": 1}


class TestGrowingMap:
    """A mapping that is cheap to extend: each version sees its own pairs alone."""

    def test_as_a_mapping(self):
        """It reads like a dict, in the order in which keys were added."""
        held = GrowingMap({"b": 1}).added("a", 2)
        assert (list(held), dict(held), held.get("x"), "a" in held, len(held)) == (
            ["b", "a"],
            {"b": 1, "a": 2},
            None,
            True,
            2,
        )
        assert held == {"b": 1, "a": 2} == GrowingMap([("b", 1), ("a", 2)])
        assert repr(held) == "GrowingMap({'b': 1, 'a': 2})"
        assert hash(held) == hash(GrowingMap({"a": 2, "b": 1}))

    def test_another_value(self):
        """Another value for a key is another version; the first keeps its own."""
        held = GrowingMap({"a": None, "b": None})
        other = held.added("a", 1)
        assert (dict(held), dict(other), list(other)) == ({"a": None, "b": None}, {"a": 1, "b": None}, ["a", "b"])

    def test_beyond_its_end(self):
        """What another version added is not here."""
        held = GrowingMap({"a": 1})
        held.added("b", 2)
        assert ("b" in held, held.get("b"), list(held)) == (False, None, ["a"])
        with pytest.raises(KeyError):
            held["b"]
        with pytest.raises(KeyError):
            held["c"]

    def test_copies(self):
        """Copies and pickles are equal, and hold nothing of other versions."""
        held = GrowingMap({"a": 1})
        held.added("secret", 2)
        for other in (copy.copy(held), copy.deepcopy(held), pickle.loads(pickle.dumps(held))):
            assert other == held
        assert b"secret" not in pickle.dumps(held)

    @given(
        st.dictionaries(st.integers(0, 5), st.integers()),
        st.lists(st.tuples(st.integers(0, 9), st.integers()), max_size=12),
        st.booleans(),
    )
    def test_law_of_joining(self, start, pairs, grown_before):
        """Several pairs at once are what they are one by one, doubles among them, whatever other versions added."""
        held = GrowingMap(start)
        if grown_before:
            held.joined([(7, 0), (8, 0)])
        joined = held.joined(pairs)
        assert dict(joined) == {**start, **dict(pairs)}
        assert list(joined) == list({**start, **dict(pairs)})
        assert dict(held) == start


class Versions(RuleBasedStateMachine):
    """Versions of growing collections against plain tuples and dicts: whatever is added to one, the others stay."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[tuple[GrowingList[int], tuple[int, ...]]] = []
        self.maps: list[tuple[GrowingMap[int, int], dict[int, int]]] = []

    @initialize(start=st.lists(st.integers(0, 5), max_size=4))
    def begin(self, start):
        """One version of each."""
        self.lists = [(GrowingList(start), tuple(start))]
        pairs = dict(enumerate(start))
        self.maps = [(GrowingMap(pairs), pairs)]

    @rule(which=st.integers(0, 99), item=st.integers())
    def add_to_a_list(self, which, item):
        """Add to any version."""
        held, model = self.lists[which % len(self.lists)]
        self.lists.append((held.added(item), (*model, item)))

    @rule(which=st.integers(0, 99), key=st.integers(0, 7), value=st.integers())
    def add_to_a_map(self, which, key, value):
        """Add a pair, or another value, to any version."""
        held, model = self.maps[which % len(self.maps)]
        self.maps.append((held.added(key, value), {**model, key: value}))

    @rule(which=st.integers(0, 99), pairs=st.lists(st.tuples(st.integers(0, 9), st.integers()), max_size=5))
    def join_a_map(self, which, pairs):
        """Add several pairs to any version."""
        held, model = self.maps[which % len(self.maps)]
        self.maps.append((held.joined(pairs), {**model, **dict(pairs)}))

    @rule(which=st.integers(0, 99))
    def copy_one(self, which):
        """A copy is a version by itself."""
        held, model = self.maps[which % len(self.maps)]
        self.maps.append((pickle.loads(pickle.dumps(held)), model))

    @invariant()
    def every_version_is_what_it_was(self):
        """No version sees what was added to another."""
        for held, model in self.lists:
            assert tuple(held) == model == held
            assert len(held) == len(model)
        for held, model in self.maps:
            assert dict(held) == model == held
            assert (list(held), len(held)) == (list(model), len(model))
            assert all((key in held) is (key in model) for key in range(10))


TestVersions = Versions.TestCase


class Meanwhile:
    """A key that lets something happen when it is looked up for a certain time, as another thread might."""

    def __init__(self, happens: Callable[[], object], looks: int) -> None:
        self.happens, self.looks = happens, looks

    def __hash__(self) -> int:
        self.looks -= 1
        if self.looks == 0:
            self.happens()
        return 1


class TestThreads:
    """Two threads that extend the same version never see each other's items."""

    @pytest.mark.parametrize(
        ("add", "looks"),
        [
            pytest.param(lambda held, key: held.added(key, 1), 1, id="added"),
            pytest.param(lambda held, key: held.joined([(key, 1)]), 2, id="joined"),
        ],
    )
    @pytest.mark.parametrize(
        "rival",
        [
            pytest.param(lambda held: held.added("x", 9), id="after-added"),
            pytest.param(lambda held: held.joined([("x", 9)]), id="after-joined"),
        ],
    )
    def test_in_between(self, add, looks, rival):
        """Whoever comes between the look and the writing stands first; the other goes on by itself."""
        held, rivals = GrowingMap({0: 0}), []
        key = Meanwhile(lambda: rivals.append(rival(held)), looks)
        mine = add(held, key)
        assert [dict(each) for each in (held, mine, *rivals)] == [{0: 0}, {0: 0, key: 1}, {0: 0, "x": 9}]
        assert dict(rivals[0].added(key, 2)) == {0: 0, "x": 9, key: 2}
        assert dict(mine.added("y", 3)) == {0: 0, key: 1, "y": 3}

    def test_the_same_version_from_eight_threads(self):
        """Each thread's chain is its own from the common version on."""
        base_list, base_map = GrowingList(range(3)), GrowingMap({0: 0})
        start, wrong = threading.Barrier(8), []

        def extend(who: int) -> None:
            start.wait()
            held, held_map = base_list, base_map
            for number in range(300):
                held = held.added((who, number))
                held_map = held_map.added((who, number), who)
                if len(base_list) != 3 or list(base_map) != [0]:
                    wrong.append("the base has grown")
            if list(held)[3:] != [(who, number) for number in range(300)]:
                wrong.append(f"{who}: the list")
            if [key for key in held_map if key] != [(who, number) for number in range(300)]:
                wrong.append(f"{who}: the map")

        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            threads = [threading.Thread(target=extend, args=(who,)) for who in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            sys.setswitchinterval(interval)
        assert wrong == []

    @pytest.mark.parametrize(
        ("held", "add", "read"),
        [
            (lambda: GrowingMap({"a": 1}), lambda held: held.added("b", 2), dict),
            (lambda: GrowingMap({"a": 1}), lambda held: held.added("b", 2), list),
            (lambda: GrowingMap({"a": 1}), lambda held: held.added("b", 2), lambda held: list(held.items())),
            (lambda: GrowingList("a"), lambda held: held.added("b"), list),
            (lambda: GrowingList("a"), lambda held: held.added("b"), lambda held: held[:]),
            (lambda: GrowingList("a"), lambda held: held.added("b"), lambda held: list(reversed(held))),
        ],
        ids=["dict", "keys", "items", "list", "slice", "reversed"],
    )
    def test_added_in_the_middle_of_reading(self, held, add, read):
        """Whatever another thread adds between any two lines of reading, a version shows its own alone."""
        expected, step = read(held()), 0
        while True:
            subject, step, seen = held(), step + 1, 0

            def trace(frame, _event, _argument, subject=subject, step=step):
                nonlocal seen
                if "growing" not in frame.f_code.co_filename:
                    return None
                seen += 1
                if seen == step and frame.f_code.co_name not in {"added", "joined"}:
                    sys.settrace(None)
                    add(subject)
                    sys.settrace(trace)
                return trace

            before = sys.gettrace()
            sys.settrace(trace)
            try:
                found = read(subject)
            finally:
                sys.settrace(before)
            assert found == expected
            if seen < step:
                break

    def test_pairs_that_take_their_time(self):
        """While one map waits for the pairs that it is to be joined with, other maps can grow."""
        grown: list[GrowingMap[int, int]] = []

        def pairs():
            other = threading.Thread(target=lambda: grown.append(GrowingMap({0: 0}).added(1, 1)))
            other.start()
            other.join(1)
            yield 1, len(grown)
            other.join(1)

        assert dict(GrowingMap({9: 9}).joined(pairs())) == {9: 9, 1: 1}


class TestPlain:
    """Facts are plain data of a bounded size (row R19)."""

    def test_frozen_deeply(self):
        """Lists become tuples and mappings are frozen, all the way down."""
        taken = plain({"a": [1, {"b": [None, True, "x"]}], "c": "cafe\u0301"})
        assert taken == {"a": (1, {"b": (None, True, "x")}), "c": "caf\u00e9"}
        with pytest.raises(InvalidType):
            taken["a"][1]["b"] = 5
        assert hash(taken) == hash(plain(taken))

    @pytest.mark.parametrize(
        "value", [None, True, 0, SAFE_INTEGER, -SAFE_INTEGER, "", "1200000.00", (), [], {}], ids=repr
    )
    def test_good_ones(self, value):
        """Strings, whole numbers that every reader keeps, truth values, nothing, lists and mappings."""
        assert plain(value) == (tuple(value) if isinstance(value, list) else value)

    @pytest.mark.parametrize(
        "value",
        [
            0.5,
            float("nan"),
            Decimal("0.1"),
            Fraction(1, 2),
            b"x",
            {1, 2},
            object(),
            1j,
            {5: 1},
            {None: 1},
            {("a",): 1},
            [0.5],
            {"a": {"b": 0.5}},
            iter([1]),
        ],
        ids=lambda value: type(value).__name__ + str(value)[:12],
    )
    def test_what_is_not_plain(self, value):
        """Floats, sets, bytes and keys that are no strings are refused, with the place where they stand."""
        with pytest.raises(InvalidType, match="facts"):
            plain(value)

    def test_where_it_stands(self):
        """The place is told."""
        with pytest.raises(InvalidType, match=r"facts\.a\[1\]\.b"):
            plain({"a": [0, {"b": 0.5}]})

    @pytest.mark.parametrize(
        "value",
        [SAFE_INTEGER + 1, -SAFE_INTEGER - 1, 10**39, 10**5000, -(10**5000)],
        ids=["one more", "one less", "40 digits", "huge", "huge below"],
    )
    def test_integers_that_some_readers_lose(self, value):
        """Beyond 2^53 - 1 a number is written as a string."""
        assert "string" in soon(lambda: plain({"n": value}))

    def test_depth(self):
        """Thirty-two levels are taken, thirty-three are not; a bomb of a million is refused in no time."""

        def nested(levels: int) -> object:
            value: object = 1
            for _ in range(levels):
                value = [value]
            return value

        assert plain(nested(DEPTH)) is not None
        soon(lambda: plain(nested(DEPTH + 1)))
        deep = nested(100_000)
        soon(lambda: plain(deep))
        while isinstance(deep, list):  # taken apart by hand: its own destruction would be as deep
            (deep,) = deep

    def test_a_circle(self):
        """A list that holds itself is nested too deep."""
        circle: list[object] = []
        circle.append(circle)
        soon(lambda: plain(circle))

    def test_number_of_values(self):
        """Ten thousand values are taken, one more is not: in one list, or in many."""
        assert len(plain([0] * (ITEMS - 1))) == ITEMS - 1
        soon(lambda: plain([0] * ITEMS))
        soon(lambda: plain([[0] * 99] * 101))
        soon(lambda: plain({str(n): n for n in range(ITEMS)}))
        soon(lambda: plain([0] * 5_000_000))

    def test_long_strings(self):
        """A string has at most 64 KiB, a key too."""
        soon(lambda: plain({"a": "x" * (PROSE_LIMIT + 1)}))
        soon(lambda: plain({"x" * (PROSE_LIMIT + 1): 1}))
        assert plain({"a": "x" * PROSE_LIMIT})

    def test_keys_in_two_forms(self):
        """Two keys that are one in NFC are refused: no fact is lost."""
        with pytest.raises(InvalidValue):
            plain({"caf\u00e9": 1, "cafe\u0301": 2})
        with pytest.raises(InvalidValue):
            Matter("1", title="a", category="b", private={"caf\u00e9": "1", "cafe\u0301": "2"})

    def test_enumerations(self):
        """A member of an enumeration of strings is its value, or refused: never something else."""

        class Kind(str, enum.Enum):  # noqa: UP042 -- the older spelling is what users have
            A = "a"

        class Grade(enum.IntEnum):
            B = 2

        try:
            taken = plain({"kind": Kind.A, "grade": Grade.B})
        except InvalidType:
            return
        assert taken == {"kind": "a", "grade": 2}
        assert type(taken["kind"]) is str

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
            lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=3), each, max_size=3),
            max_leaves=20,
        )
    )
    def test_law_taken_twice(self, value):
        """What was taken is taken again as it is, unless it was refused."""
        try:
            taken = plain(value)
        except YizhengError:
            return
        assert plain(taken) == taken

    def test_doors_for_stored_data(self):
        """Where stored data must be a mapping or a list, anything else is refused with its place."""
        assert mapping({"a": 1}, "x") == {"a": 1}
        assert items((1, 2), "x") == [1, 2]
        for door, value in ((mapping, [1]), (mapping, None), (items, "ab"), (items, {"a": 1}), (items, None)):
            with pytest.raises(InvalidValue, match="there: "):
                door(value, "there")


class TestScalars:
    """Truth values and counts."""

    def test_flags(self):
        """A truth value is one of two."""
        assert (flag(True), flag(False)) == (True, False)
        for value in (0, 1, None, "no", [], 0.0):
            with pytest.raises(InvalidType):
                flag(value)

    def test_counts(self):
        """A count is a whole number from nought to 2^53 - 1."""
        assert (count(0), count(SAFE_INTEGER)) == (0, SAFE_INTEGER)
        for value in (-1, SAFE_INTEGER + 1, 10**5000, -(10**5000)):
            with pytest.raises(InvalidValue):
                count(value)
        for value in (True, 1.0, "1", None):
            with pytest.raises(InvalidType):
                count(value)


class TestDoors:
    """Doors for values of a class."""

    class Colour(enum.Enum):
        """An invented enumeration."""

        RED = "red"

    def test_one_of(self):
        """A member by itself or by its value; what is none hears which there are."""
        assert one_of(self.Colour, "red") is one_of(self.Colour, self.Colour.RED) is self.Colour.RED
        for value in ("blue", None, 5, [], {}, "x" * 100_000):
            with pytest.raises(InvalidValue, match="red"):
                one_of(self.Colour, value)

    def test_several(self):
        """Several of a class, or one."""
        assert all_of(int, 5, "numbers") == (5,)
        assert all_of(int, [1, 2], "numbers") == several((1, 2), "numbers") == (1, 2)
        for value in ("ab", b"ab", {"a": 1}, None, [1, "a"]):
            with pytest.raises(InvalidType, match="numbers"):
                all_of(int, value, "numbers")

    def test_instances(self):
        """A field holds what it is for, or nothing where it may."""
        field = type("Field", (), {"name": "age"})()
        instance_of(int)(None, field, 5)
        optional_instance_of(int)(None, field, None)
        optional_instance_of(int)(None, field, 5)
        for check in (instance_of(int), optional_instance_of(int)):
            with pytest.raises(InvalidType, match="age"):
                check(None, field, "5")


class TestMatter:
    """What is to be decided: an id, words, facts, and what the public is not shown."""

    def test_taken(self):
        """Words stand in both languages, facts are plain, private fields are kept out of its words."""
        matter = Matter(
            "1", title="院落", category="courtyard", facts={"budget": "1.00"}, private={"phone": "138"}, origin="建议"
        )
        assert (matter.title, matter.facts["budget"], matter.origin.en) == (Text("院落", "院落"), "1.00", "建议")
        assert "138" not in repr(matter)
        assert hash(matter) == hash(copy.copy(matter))

    @pytest.mark.parametrize(
        "bad",
        [
            {"id": ""},
            {"id": 5},
            {"title": 5},
            {"title": None},
            {"category": ""},
            {"facts": None},
            {"facts": [1]},
            {"facts": "a"},
            {"facts": {"budget": 1.5}},
            {"facts": {5: 1}},
            {"private": None},
            {"private": ["phone"]},
            {"private": {"phone": 138}},
            {"private": {"": "138"}},
            {"origin": 5},
        ],
        ids=str,
    )
    def test_what_is_no_matter(self, bad):
        """What cannot be is refused by an error of this library, that is also a ValueError or a TypeError."""
        with pytest.raises(YizhengError) as no:
            Matter(**{"id": "1", "title": "院落", "category": "courtyard", **bad})
        assert isinstance(no.value, ValueError | TypeError)


AT = datetime(2026, 3, 2, tzinfo=UTC)

GOOD: dict[str, dict[str, object]] = {
    "abandon": {"reason": "r"},
    "accept_dispute": {"applicants": {"a"}},
    "agree_orally": {"terms": "t", "accord": {"a"}},
    "answer_mediation": {"accepts": True},
    "apply_confirmation": {"parties": {"a"}, "court": "c"},
    "assign_mediators": {"mediators": {"m"}},
    "check_performance": {"performed": True},
    "classify_dispute": {"sort": "land"},
    "close_follow_up": {},
    "draw_up_agreement": {"terms": "t"},
    "end_mediation": {"routes": {"judicial"}},
    "invite_helper": {"role": "r", "consents": {"a"}},
    "mediate": {"account": "a"},
    "put_on_file": {"reference": "r", "papers": {"record"}},
    "record_confirmation": {"valid": True, "reference": "r"},
    "register_dispute": {"parties": {"a": "1", "b": "2"}, "facts": "f", "found": "visit"},
    "reject_mediator": {"mediator": "m"},
    "enter_danger": {"signs": "s"},
    "report_danger": {"to": "t", "signs": "s"},
    "sign_agreement": {"seal": True},
    "transfer_dispute": {"to": "t", "reason": "r"},
    "adjourn": {"reason": "r"},
    "adopt_edition": {"stage": "s", "period": Period(1, citation=Citation(instrument="i"))},
    "answer_objection": {"objection": "x1", "text": "t", "upheld": False},
    "answer_opinion": {"opinion": "o1", "text": "t"},
    "appoint": {"office": "o", "holders": {"h"}, "reason": "r"},
    "ask_hearing": {"reason": "r"},
    "assign": {"responsible": "r", "task": "t", "due": AT},
    "attach": {"document": "0" * 64, "label": "l"},
    "call_hearing": {"held_at": AT, "reason": "r"},
    "summon": {"concerned": "c", "evidence": "e"},
    "decline_hearing": {"evidence": "e"},
    "record_absence": {"concerned": "c", "account": "a"},
    "cast_ballot": {"choice": "for"},
    "close_evaluation": {},
    "close_hearing": {"conclusion": "c"},
    "close_solicitation": {"summary": "s"},
    "close_vote": {},
    "complete": {"report": "r"},
    "confirm": {"reference": "r"},
    "convene": {"held_at": AT},
    "correct": {"entry": 1, "text": "t", "reason": "r"},
    "count_votes": {"for_": 1, "against": 0},
    "extend_vote": {"until": AT, "reason": "r"},
    "inspect": {"finding": "f", "passed": True},
    "interrupt": {"reason": "r"},
    "note": {"text": "t"},
    "object": {"text": "t"},
    "open_solicitation": {"channels": {"online"}, "until": AT},
    "order_correction": {"reason": "r", "citation": Citation(instrument="i")},
    "post": {"channels": {"online"}, "content": "c"},
    "receive_opinion": {"text": "t"},
    "record_ballots": {"ballots": {"m": "for"}, "channel": "paper", "evidence": "e"},
    "record_service": {"members": {"m"}, "how": "by_hand", "warning": "w", "evidence": "e"},
    "recuse": {"member": "m", "reason": "r"},
    "reject": {"reference": "r", "reasons": "r"},
    "report_progress": {"text": "t"},
    "return_for_revision": {"reason": "r"},
    "revise": {"text": "t"},
    "send_back": {"reasons": "r"},
    "spend": {"amount": 1, "purpose": "p", "evidence": "e"},
    "submit": {"to": "t"},
    "survey": {"wave": "before", "question": "q", "population": "p", "asked": 1, "answers": {}},
    "take_attendance": {"present": {"m"}},
    "take_down": {},
    "testify": {"text": "t"},
    "waive_hearing": {"reason": "r"},
    "withdraw": {"reason": "r"},
}
"""What makes each kind of action."""

JUNK = {
    "int": 5,
    "float": 1.5,
    "empty": "",
    "control": "x\0",
    "bytes": b"x",
    "list": [],
    "list of ints": [5],
    "dict": {},
    "dict of ints": {5: 5},
    "object": object(),
    "true": True,
    "nan": float("nan"),
    "class": int,
    "long": "x" * 70_000,
    "negative": -1,
    "huge": 10**5000,
    "naive": datetime(2026, 3, 2),  # noqa: DTZ001 -- that is what is refused
    "day": AT.date(),
    "surrogate": "\ud800",
}

ACTIONS = sorted(
    {action for kind in stages.KINDS for following in kind.phases.values() for action in following}
    | set(stages.ANYWHERE),
    key=lambda action: action.kind,
)


BY_LAW = Citation(instrument="议事规则（示例）", article="12")
VALUES = (
    Silence("for", basis=BY_LAW),
    Deemed(silence=Silence("for", basis=BY_LAW), served={"heads": {None: 1}}),
    BallotPolicy(),
    Service(member="m", at=AT, how="by_hand", warning="w", evidence="e"),
    Proxy("m", "n", "e"),
    ProxyPolicy(),
)


class TestErrorTree:
    """A value that cannot be built raises an error of our tree, that is also a ValueError or a TypeError (design part 3)."""

    @pytest.mark.parametrize("junk", JUNK)
    @pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.kind)
    def test_actions(self, action, junk):
        """Every field of every action is built or refused, whatever is put into it."""
        good = GOOD[action.kind]
        assert action(**good) == action(**good)
        for field in attrs.fields(action):
            refusal = refusal_of(lambda name=field.name: action(**{**good, name: JUNK[junk]}))
            assert refusal is None or (isinstance(refusal, ValueError | TypeError) and len(str(refusal)) < 2000)

    @pytest.mark.parametrize("junk", JUNK)
    @pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
    def test_values_of_a_vote(self, value, junk):
        """So is every field of what a vote is counted by."""
        for field in attrs.fields(type(value)):
            refusal = refusal_of(lambda name=field.name: attrs.evolve(value, **{name: JUNK[junk]}))
            assert refusal is None or (isinstance(refusal, ValueError | TypeError) and len(str(refusal)) < 2000)


def refusal_of(build: Callable[[], object]) -> YizhengError | None:
    """The error of this library with which a value is refused, if it is."""
    try:
        build()
    except YizhengError as error:
        return error
    return None
