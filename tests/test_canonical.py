"""Canonical bytes: one value, one sequence of bytes, in any language (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming import named
from yizheng import Member, Roll
from yizheng.canonical import Kept, canonical, digest, seal
from yizheng.errors import InvalidType, InvalidValue, YizhengError

SAFE = 2**53 - 1

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE, SAFE) | TEXTS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(TEXTS, parts, max_size=4),
    max_leaves=20,
)


def by_hand(value: Any) -> str:
    """RFC 8785, written down once more from its text (3.2.2 and 3.2.3), without a JSON library."""
    if value is None:
        return "null"
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, int):
        return format(value, "d")
    if isinstance(value, str):
        return '"' + "".join(escaped(character) for character in value) + '"'
    if isinstance(value, list):
        return "[" + ",".join(by_hand(part) for part in value) + "]"
    keys = sorted(value, key=units)
    return "{" + ",".join(f"{by_hand(key)}:{by_hand(value[key])}" for key in keys) + "}"


def escaped(character: str) -> str:
    """3.2.2.2: the two-character forms, the other controls as lower-case hex, everything else as it is."""
    short = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
    number = ord(character)
    if number in short:
        return short[number]
    return "\\u" + format(number, "04x") if number < 32 else character


def units(key: str) -> list[int]:
    """3.2.3: the UTF-16 code units of a key, by which it is sorted."""
    found: list[int] = []
    for character in key:
        number = ord(character)
        if number > 0xFFFF:
            number -= 0x10000
            found += [0xD800 + (number >> 10), 0xDC00 + (number & 0x3FF)]
        else:
            found.append(number)
    return found


class TestOneSequenceOfBytes:
    """RFC 8785: whitespace, order and escapes are fixed."""

    @given(PLAIN)
    def test_as_the_norm_says(self, value: Any) -> None:
        """Any plain value has the bytes that the norm, followed by hand, gives it."""
        assert canonical(value) == by_hand(value).encode()

    @given(PLAIN)
    def test_nothing_is_lost(self, value: Any) -> None:
        """Any JSON reader gives the value back."""
        assert json.loads(canonical(value)) == value

    @given(st.dictionaries(TEXTS, st.integers(0, 9), max_size=8), st.randoms(use_true_random=False))
    def test_the_order_of_writing_does_not_matter(self, value: dict[str, int], random: Any) -> None:
        """A mapping written in another order has the same bytes."""
        keys = list(value)
        random.shuffle(keys)
        assert canonical({key: value[key] for key in keys}) == canonical(value)

    @given(PLAIN, PLAIN)
    def test_different_values_have_different_bytes(self, left: Any, right: Any) -> None:
        """Two values have the same bytes only where JSON itself cannot tell them apart."""
        assert (canonical(left) == canonical(right)) is (by_hand(left) == by_hand(right))


class TestOrder:
    """RFC 8785 3.2.3: keys are sorted by their UTF-16 code units."""

    def test_the_published_example(self) -> None:
        """The example of the norm: a dollar of two bytes, a letter beyond U+FFFF, a control, and so on."""
        example = {
            "\u20ac": "Euro Sign",
            "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh",
            "1": "One",
            "\U0001f600": "Emoji: Grinning Face",
            "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis",
        }
        assert list(json.loads(canonical(example)).values()) == [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ]

    def test_a_letter_beyond_the_plane_comes_before_the_last_of_it(self) -> None:
        """U+1F600 is sorted before U+FB33, though its code point is greater; at any depth, in lists too."""
        assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()
        nested = {"a": [{"\uffff": 1, "\U00010000": {"\ue000": 1, "\U0010ffff": 2}}]}
        assert canonical(nested) == '{"a":[{"\U00010000":{"\U0010ffff":2,"\ue000":1},"\uffff":1}]}'.encode()

    def test_a_letter_beyond_the_plane_in_a_value_changes_no_order(self) -> None:
        """Where only a value holds such a letter, the keys stand as ever."""
        assert canonical({"b": "\U0001f600", "a": 1, "é": 2}) == '{"a":1,"b":"\U0001f600","é":2}'.encode()

    def test_composed_and_decomposed_are_two_keys(self) -> None:
        """Nothing is normalised here: that is done at the door, where names are taken."""
        composed, decomposed = "é", unicodedata.normalize("NFD", "é")
        assert canonical({composed: 1, decomposed: 2}) == f'{{"{decomposed}":2,"{composed}":1}}'.encode()


class TestEscapes:
    """RFC 8785 3.2.2.2: strings."""

    @pytest.mark.parametrize("beyond", ["", "\U0001f600"], ids=["plain", "with a letter beyond the plane"])
    def test_every_character_of_ascii(self, beyond: str) -> None:
        """Controls, quotes and backslashes have their one escape, and nothing else is escaped."""
        text = "".join(map(chr, range(0x80))) + "\u2028\u2029\x7f\x80" + beyond
        assert canonical(text) == by_hand(text).encode()
        assert canonical({text: 1}) == f"{{{by_hand(text)}:1}}".encode()


class TestWhatIsKept:
    """What the library keeps has one form."""

    def test_an_exact_number_is_a_string(self) -> None:
        """A fraction is written as a decimal where it ends, and as a quotient where it does not."""
        assert canonical([Fraction(896, 10), Fraction(1, 3), Fraction(4)]) == b'["89.6","1/3","4"]'

    def test_what_is_kept_apart_is_its_digest(self) -> None:
        """A roll stands in a record as its digest."""
        roll = Roll("owners", [Member("1-101")])
        assert canonical({"roll": roll}) == f'{{"roll":"{roll.digest}"}}'.encode()
        assert roll.digest == digest(canonical(roll.to_data())) == hashlib.sha256(canonical(roll.to_data())).hexdigest()

    def test_whatever_is_kept_apart_has_the_digest_of_its_data(self) -> None:
        """A class of one's own that is kept apart needs only its plain data."""

        class Map(Kept):
            def to_data(self) -> dict[str, object]:
                return {"streets": ["a", "b"]}

        assert Map().digest == digest(b'{"streets":["a","b"]}')
        assert canonical([Map()]) == f'["{Map().digest}"]'.encode()

    def test_the_digest_is_sha_256(self) -> None:
        """The digest of nothing is the well-known one."""
        assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    def test_a_seal_is_the_digest_of_salt_and_value(self) -> None:
        """A private value stands as the digest of its salt and its canonical bytes."""
        assert seal("138", b"0" * 16) == hashlib.sha256(b"0" * 16 + b'"138"').hexdigest()


class TestWhatCannotBeKept:
    """What has no one form is refused with an error of ours: row R18, and JSON that readers take differently."""

    @pytest.mark.parametrize(
        "value",
        [
            1.5,
            0.0,
            -0.0,
            1e300,
            float("nan"),
            float("inf"),
            [1, 2.0],
            {"a": {"b": 0.1}},
            b"bytes",
            bytearray(b"x"),
            object(),
            {1: 2},
            {None: 1},
            1j,
        ],
        ids=named,
    )
    def test_what_is_not_plain(self, value: Any) -> None:
        """Floats, bytes, foreign objects and keys that are no strings are refused."""
        with pytest.raises(InvalidType):
            canonical(value)

    @pytest.mark.parametrize(
        "value",
        [SAFE + 1, -SAFE - 1, 2**64, [2**63], {"n": 10**40}, 10**5000],
        ids=lambda value: str(value)[:10] if not isinstance(value, int) or value < 10**50 else "huge",
    )
    def test_integers_beyond_53_bits(self, value: Any) -> None:
        """An integer that not every reader keeps exactly is refused."""
        with pytest.raises(InvalidValue):
            canonical(value)

    def test_integers_of_53_bits(self) -> None:
        """The greatest and the least integers that every reader keeps are taken."""
        assert canonical([SAFE, -SAFE]) == b"[9007199254740991,-9007199254740991]"

    @pytest.mark.parametrize("value", ["\ud800", "a\udfffb", {"\ud83d": 1}, ["\ude00\ud83d"]], ids=ascii)
    def test_halves_of_pairs(self, value: Any) -> None:
        """Half of a surrogate pair cannot be written, and is refused in our words."""
        with pytest.raises(YizhengError):
            canonical(value)
