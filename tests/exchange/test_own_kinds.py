"""A kind of stage of a user's own, with fields of every type, is read, written, described and told like ours."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, ClassVar

import attrs
import pytest
from jsonschema import Draft202012Validator

from procedure.own import BY_LAW, Mediation, mediation
from yizheng import Period, Procedure, Text
from yizheng.errors import InvalidValue
from yizheng.exchange import read, schema, write_json, write_toml
from yizheng.guide import residents_notice, staff_guide
from yizheng.procedure import Kinds
from yizheng.rules import FOR, Amount, Rule
from yizheng.values import FrozenMap


class Weather(enum.Enum):
    """When they meet outside (invented)."""

    FAIR = "fair"
    FOUL = "foul"


@attrs.frozen
class Office:
    """A room, called as a class of ours is."""

    floor: int
    name: str | None = None


def even(value: int) -> int:
    """A door that knows nothing of our errors."""
    if value % 2:
        raise ValueError(f"{value} is odd")
    return value


@attrs.frozen(kw_only=True)
class Odd(Mediation):
    """Talks with settings of every type."""

    kind: ClassVar[str] = "own_odd"
    introduced: ClassVar[str] = "own 2.0"
    begins: date = date(2026, 1, 1)
    opened: datetime = datetime(2026, 1, 1, 8, tzinfo=UTC)
    where: Office = Office(1)
    rooms: tuple[Office, ...] = ()
    weather: frozenset[Weather] = frozenset()
    best: Weather = Weather.FAIR
    seats: int = attrs.field(default=2, converter=even)
    shares: FrozenMap[str, Fraction] = FrozenMap()
    bar: Rule | None = None
    gain: Amount | None = None
    notes: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


KINDS = Kinds([Odd])


def odd(**settings: Any) -> Procedure:
    """A procedure with that kind."""
    own = mediation()
    kept = {"id": "mediate", "title": Text("调解", "mediate"), "patience": (Period(5, citation=BY_LAW),)}
    return attrs.evolve(own, stages=[Odd(**kept, **settings), *own.stages[1:]])


FULL = odd(
    where=Office(2, "east"),
    rooms=(Office(3), Office(4, "west")),
    weather=frozenset(Weather),
    seats=4,
    shares=FrozenMap({"201": Fraction(1, 3), "3 01": Fraction(2)}),
    bar=Rule(quorum=None, passage=FOR > 1),
    gain=2 * FOR + 1,
    notes=("a",),
    numbers=(1, 2),
)


def faults(file: str) -> tuple[str, ...]:
    """What is wrong with a file."""
    with pytest.raises(InvalidValue) as caught:
        read(file, KINDS)
    return caught.value.faults


@pytest.mark.parametrize("procedure", [odd(), FULL], ids=["plain", "full"])
class TestEveryType:
    """Whatever its fields hold."""

    def test_round_trip(self, procedure: Procedure) -> None:
        """Both formats, with the same digest."""
        for file in (write_toml(procedure), write_json(procedure), procedure.to_data()):
            assert read(file, KINDS) == procedure
            assert read(file, KINDS).digest == procedure.digest

    def test_schema(self, procedure: Procedure) -> None:
        """The schema accepts it, and tells its class from ours of the same name."""
        described = schema(KINDS)
        assert list(Draft202012Validator(described).iter_errors(procedure.to_data())) == []
        assert set(described["$defs"]["Office"]["properties"]) != set(described["$defs"]["Office_2"]["properties"])

    def test_guide(self, procedure: Procedure) -> None:
        """It is told in both languages."""
        for told in (staff_guide, residents_notice):
            assert told(procedure, "zh").count("\n") == told(procedure, "en").count("\n")


class TestFaults:
    """What is wrong is told at its key, whatever its door raised."""

    @pytest.mark.parametrize(
        ("was", "written", "say"),
        [
            ("seats = 4", "seats = 3", "stages[0].seats: 3 is odd"),
            ("seats = 4", 'seats = "x"', "stages[0].seats: is x; write a whole number"),
            ('best = "fair"', 'best = "mild"', "stages[0].best: is mild; write one of fair, foul"),
            ('begins = "2026-01-01"', 'begins = "soon"', "stages[0].begins: is soon; write a day"),
            ('opened = "2026-01-01T08:00:00Z"', 'opened = "soon"', "stages[0].opened: it: "),
            ("numbers = [1, 2]", "numbers = [1.5]", "stages[0].numbers[0]: is of type float; write a whole number"),
            ("numbers = [1, 2]", "numbers = {}", "stages[0].numbers: is of type dict; write a whole number"),
            ("floor = 3", "floors = 3", "stages[0].rooms[0].floor: is missing"),
            ('201 = "1/3"', '201 = "1/0"', "stages[0].shares.201: is '1/0', a share of nothing"),
            (
                'introduced = "own 2.0"',
                'version = 3\nintroduced = "own 3.0"',
                "version: is 3, which own 3.0 brought; ver",
            ),
        ],
        ids=["door", "whole", "enum", "day", "moment", "float", "table", "key", "share", "version"],
    )
    def test_each(self, was: str, written: str, say: str) -> None:
        """One fault, and where it is."""
        text = write_toml(FULL)
        assert was in text
        assert any(say in each for each in faults(text.replace(was, written))), faults(text.replace(was, written))
