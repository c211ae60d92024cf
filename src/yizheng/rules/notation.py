"""The written form of conditions and amounts: ``for > 1/2 present and against.among(permanent) <= 0``.

    condition  = part, ({"and", part} | {"or", part})
    part       = comparison | "(", condition, ")"
    comparison = amount, (">=" | ">" | "<=" | "<"), amount
    amount     = ["-"], summand, {("+" | "-"), summand}
    summand    = number | [multiple, ["*"]], figure
    figure     = (word | "(", amount, ")"), [".by(", name, ")"], [".among(", name, ")"]    (in either order)
    multiple   = a whole number or a fraction: 2, 2/3
    number     = a whole number or a decimal: 9, 3011.25; a fraction such as 4/3 only where it is all of an amount
    name       = letters, digits, _ and - as they are; anything else in quotes: 'old town'
    word       = names, entitled, present, cast, valid, for, against, abstaining, invalid, silent, absent, recused

A fraction in a sum names what it is a share of: ``1/2 - 1/3 present`` reads as a share of those present, and would be
half a head less a third of them. A number that no decimal says is written as a multiple of one, ``1/3 (1)``.

``and`` and ``or`` side by side are refused rather than ranked: brackets say which belongs together. Brackets round a
condition are kept, so that what is written is read back as the same value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules.algebra import COMPARISONS, DEPTH, TERMS, AllOf, Amount, AnyOf, Comparison, Condition
from yizheng.rules.figures import HEADS, Figure
from yizheng.rules.terms import Term
from yizheng.values import exact, written

__all__ = ["SIZE", "amount_from_text", "condition_from_text", "condition_or_faults", "to_text"]

T = TypeVar("T")

SIZE: Final = 2**20
"""How many bytes a text, or a file of rules, may have (row R19)."""

_SUMMANDS: Final = 2 * COMPARISONS * (TERMS + 2)  # as many as the largest condition has; 1/3 (1) is two
_TOKENS: Final = (
    12 * COMPARISONS * (TERMS + 1)
)  # more than the largest condition has, with both qualifiers on each of its figures

_JOINTS: Final[Mapping[str, type[AllOf | AnyOf]]] = {"and": AllOf, "or": AnyOf}
_TYPED: Final = {"≥": ">=", "≤": "<="}
_BARE: Final = re.compile(r"[\w-]+")
_TOKEN: Final = re.compile(
    r"""
      (?P<percentage> [0-9.]+ \s* [%％] )
    | (?P<number> [0-9]+ (?: \.[0-9]+ | /[0-9]+ )? )
    | (?P<qualifier> \. \s* (?P<kind> by | among ) \s* \( \s*
        (?: (?P<bare> [\w-]+ ) | "(?P<double> (?: \\. | [^"\\] )* )" | '(?P<single> (?: \\. | [^'\\] )* )' ) \s* \) )
    | (?P<joint> (?: and | or ) \b )
    | (?P<word> [^\W\d] \w* )
    | (?P<sign> [<>] = | [<>] (?! = ) | [≥≤] )
    | (?P<mark> [-+*()] )
    | (?P<space> \s+ )
    | (?P<stray> . )
    """,
    re.VERBOSE,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_ADVICE: Final = {
    "=": "no vote is decided by exact equality: write >= (or <=)",
    "!": "no vote is decided by inequality: write > or <",
    "/": "an amount is not divided: write the share in front of it, such as 1/2 present",
    "&": "write and",
    "|": "write or",
    ".": "write .by(area) or .among(women) behind the figure, and quotes round a name of several words",
    ",": "write numbers without it",
}


class _Token(NamedTuple):
    kind: str
    text: str
    at: int
    name: str = ""


class _UnreadableError(Exception):
    """What was written cannot be read on from here; the fault is kept already."""


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "qualifier":
            quoted = found["double"] if found["bare"] is None and found["single"] is None else found["single"]
            name = found["bare"] if found["bare"] is not None else _ESCAPED.sub(r"\1", quoted)
            tokens.append(_Token(found["kind"], found[0], found.start(), name))
        elif kind != "space":
            tokens.append(_Token(kind, _TYPED.get(found[0], found[0]), found.start()))
        if len(tokens) > _TOKENS:
            return [*tokens, _Token("cut", "", found.end())]
    return [*tokens, _Token("end", "", len(text.rstrip()))]


class _Parser:
    """Reads one text; where reading can go on after a fault, it does.

    Attributes:
        faults: what was found wrong, each beginning with where it stands.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.place = 0
        self.comparisons = 0
        self.summands = 0
        self.faults: list[str] = []
        self.bare: list[_Token] = []  # fractions without a figure
        self.joined: set[int] = set()  # the places of brackets that hold a condition; the others hold an amount

    def fault(self, token: _Token, message: str) -> None:
        before = self.text.count("\n", 0, token.at)
        column = token.at - (self.text.rfind("\n", 0, token.at) + 1) + 1
        self.faults.append(f"{f'line {before + 1}, ' if before else ''}column {column}: {message}")

    def stop(self, token: _Token, message: str) -> NoReturn:
        self.fault(token, message)
        raise _UnreadableError

    def unexpected(self, expected: str) -> NoReturn:
        token = self.here
        if token.kind == "cut":
            self.stop(token, f"here the text has more than {_TOKENS} words, numbers and signs; split the rule")
        found = "the text ends" if token.kind == "end" else f"is {shown(token.text)}"
        if token.kind == "percentage":
            advice = "a percentage is rounded: write the share as the instrument says it, such as 2/3"
        elif token.text in _JOINTS and self.place and self.tokens[self.place - 1].kind == "joint":
            advice = "one of the two words is enough"
        else:
            advice = _ADVICE.get(token.text, "") if token.kind == "stray" else ""
        self.stop(token, f"{found}, where {expected} was expected" + (f"; {advice}" if advice else ""))

    @property
    def here(self) -> _Token:
        return self.tokens[self.place]

    def taken(self, kind: str, *texts: str) -> _Token | None:
        token = self.here
        if token.kind != kind or (texts and token.text not in texts):
            return None
        self.place += 1
        return token

    def built(self, at: _Token, make: Callable[..., T], *args: Any) -> T | None:
        try:
            return make(*args)
        except InvalidValue as error:
            for each in error.faults:
                self.fault(at, each)
        except InvalidType as error:
            self.fault(at, str(error))
        return None

    def whole(self, read: Callable[[], T | None], more: str) -> T | None:
        """Read all of the text as one thing."""
        try:
            self.brackets()
            value = read()
            if self.here.kind != "end":
                self.unexpected(more)
        except _UnreadableError:
            return None
        return None if self.faults else value

    def brackets(self) -> None:
        """See which brackets hold a condition, and that they are not nested too deep to be read."""
        open_brackets: list[int] = []
        for place, token in enumerate(self.tokens):
            if token.text == "(":
                open_brackets.append(place)
                if len(open_brackets) > DEPTH:
                    self.stop(token, f"brackets are nested deeper than {DEPTH}; split the rule")
            elif token.text == ")" and open_brackets:
                open_brackets.pop()
            elif token.kind == "sign":
                self.joined.update(open_brackets)

    def condition(self) -> Condition | None:
        parts = [self.part()]
        first = self.taken("joint")
        token: _Token | None = first
        while first is not None and token is not None:
            if token.text != first.text:
                self.stop(token, "'and' and 'or' stand side by side; put brackets round what belongs together")
            parts.append(self.part())
            token = self.taken("joint")
        if first is None:
            return parts[0]
        read = [part for part in parts if part is not None]
        return None if len(read) < len(parts) else self.built(first, _JOINTS[first.text], read)

    def part(self) -> Condition | None:
        if self.place in self.joined:
            self.place += 1
            condition = self.condition()
            if self.taken("mark", ")") is None:
                self.unexpected("and, or, or the closing bracket")
            return condition
        self.comparisons += 1
        if self.comparisons > COMPARISONS:
            self.stop(self.here, f"this is one of more than {COMPARISONS} comparisons; split the rule")
        begin = self.here
        left = self.amount()
        sign = self.taken("sign")
        if sign is None:
            self.unexpected("one of >=, >, <=, <")
        right = self.amount()
        return None if left is None or right is None else self.built(begin, Comparison, left, sign.text, right)

    def amount(self) -> Amount | None:
        begin, place, bare = self.here, self.place, len(self.bare)
        parts: list[Amount | None] = []
        sign = self.taken("mark", "-")
        while not parts or sign is not None:
            if len(parts) > TERMS:
                self.stop(self.here, f"a sum has more than {TERMS + 1} parts; add up what belongs together")
            part = self.summand()
            parts.append(-1 * part if part is not None and sign is not None and sign.text == "-" else part)
            sign = self.taken("mark", "+", "-")
        if self.place > place + 1:
            self.shares_of_nothing(bare)
        read = [part for part in parts if part is not None]
        if len(read) < len(parts):
            return None
        if len(read) == 1:
            return read[0]
        terms = [term for part in read for term in part.terms]
        return self.built(begin, Amount, terms, sum((part.constant for part in read), Fraction()))

    def shares_of_nothing(self, first: int) -> None:
        """Refuse fractions from one on: beside anything else they read as shares of what is not named."""
        for token in self.bare[first:]:
            plain = _constant(exact(token.text))
            self.fault(
                token,
                f"{token.text} stands by itself in a sum; name what it is a share of, such as {token.text} present, or "
                f"write {plain} for the number",
            )
        del self.bare[first:]

    def summand(self) -> Amount | None:
        self.summands += 1
        if self.summands > _SUMMANDS:
            self.stop(self.here, f"this is one of more than {_SUMMANDS} figures and numbers; split the rule")
        number = self.taken("number")
        if number is None:
            return self.figure()
        value = self.built(number, exact, number.text, "the number")
        star = self.taken("mark", "*")
        if star is None and self.here.kind != "word" and self.here.text != "(":
            if "/" in number.text and value is not None:
                self.bare.append(number)
            return None if value is None else Amount((), value)
        if "." in number.text:
            self.fault(number, f"is {number.text}; write the share as the instrument says it, such as 2/3")
            value = None
        figure = self.figure()
        return None if value is None or figure is None else self.built(number, figure.__mul__, value)

    def figure(self) -> Amount | None:
        begin = self.here
        amount: Amount | None
        if self.taken("mark", "("):
            amount = self.amount()
            if self.taken("mark", ")") is None:
                self.unexpected("+, - or the closing bracket")
        elif self.taken("word"):
            amount = self.named(begin)
        else:
            self.unexpected("a number or a figure such as present")
        before: set[str] = set()
        while (qualifier := self.taken("by") or self.taken("among")) is not None:
            if qualifier.kind in before:
                self.stop(qualifier, f".{qualifier.kind}(…) stands twice here; once is enough")
            before.add(qualifier.kind)
            if amount is not None:
                amount = self.built(qualifier, getattr(amount, qualifier.kind), qualifier.name)
        return amount

    def named(self, token: _Token) -> Amount | None:
        if token.text in _FIGURES:
            return Amount((Term(1, Figure(token.text)),))
        self.fault(token, f"{shown(token.text)} is no figure; write one of {', '.join(Figure)}")
        return None


_FIGURES: Final = frozenset(figure.value for figure in Figure)


def _read(text: object, what: str, read: Callable[[_Parser], T | None]) -> tuple[T | None, list[str]]:
    if not isinstance(text, str):
        raise InvalidType(f'{what} is of type {type(text).__name__}; write a string such as "present >= 2/3 entitled"')
    if len(text) > SIZE:
        return None, [f"has {len(text)} characters; {SIZE} are the most: split the rule"]
    parser = _Parser(text)
    return read(parser), parser.faults


def condition_or_faults(text: str) -> tuple[Condition | None, list[str]]:
    """Read a condition, or say everything that is wrong with it, each fault with its column."""
    return _read(text, "the condition", lambda parser: parser.whole(parser.condition, "and, or, or the end"))


def condition_from_text(text: str) -> Condition:
    """Read a condition as it is written in a file of rules.

    Example:
        >>> condition_from_text("present >= 2/3 entitled and present.among(women) >= 1")
        (PRESENT >= Fraction(2, 3) * ENTITLED) & (PRESENT.among('women') >= 1)

    Raises:
        InvalidType: when it is no string.
        InvalidValue: with every fault that was found, and the column (counted from 1) at which it stands.
    """
    condition, faults = condition_or_faults(text)
    InvalidValue.raise_all(faults)
    assert condition is not None  # whatever could not be read is a fault
    return condition


def amount_from_text(text: str) -> Amount:
    """Read an amount, such as ``1/2 (for + against)``.

    Raises:
        InvalidType: when it is no string.
        InvalidValue: with every fault that was found, and the column (counted from 1) at which it stands.
    """
    amount, faults = _read(text, "the amount", lambda parser: parser.whole(parser.amount, "+, - or the end"))
    InvalidValue.raise_all(faults)
    assert amount is not None  # as above
    return amount


def to_text(value: Condition | Amount) -> str:
    """Write a condition or an amount in the one form in which it is written; reading gives the same value back.

    Example:
        >>> to_text((PRESENT >= Fraction(2, 3) * ENTITLED) & (FOR.by("area") > AGAINST.by("area") + "0.5"))
        'present >= 2/3 entitled and for.by(area) > against.by(area) + 0.5'

    Raises:
        InvalidType: when it is neither, or a kind of condition of somebody's own.
    """
    if isinstance(value, Amount):
        return _amount(value)
    if isinstance(value, Comparison):
        return f"{_amount(value.left)} {value.sign.value} {_amount(value.right)}"
    for word, kind in _JOINTS.items():
        if isinstance(value, kind):
            return f" {word} ".join(
                [to_text(part) if isinstance(part, Comparison) else f"({to_text(part)})" for part in value.parts]
            )
    raise InvalidType(f"{type(value).__name__} is neither an amount nor a kind of condition that can be written down")


def _amount(amount: Amount) -> str:
    signed = [(term.times < 0, _term(term)) for term in amount.terms]
    if amount.constant or not signed:
        alone = not signed and amount.constant >= 0
        said = written(amount.constant) if alone else _constant(abs(amount.constant))
        signed.append((amount.constant < 0, said))
    (negative, first), *others = signed
    words = f"-{first}" if negative else first
    return words + "".join(f" {'-' if minus else '+'} {each}" for minus, each in others)


def _constant(number: Fraction) -> str:
    """A number in a sum, where a fraction would read as a share."""
    words = written(number)
    return f"{words} (1)" if "/" in words else words


def _term(term: Term) -> str:
    words = term.figure.value if abs(term.times) == 1 else f"{abs(term.times)} {term.figure.value}"
    if term.measure != HEADS:
        words += f".by({_name(term.measure)})"
    return words if term.group is None else f"{words}.among({_name(term.group)})"


def _name(name: str) -> str:
    if _BARE.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
