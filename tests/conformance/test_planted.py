"""Departures planted in sound records: each is named at the entry where it stands. Everything here is invented."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.graphs import line
from walks import START, courtyard, courtyard_steps, take
from yizheng import Period, Procedure
from yizheng.case import Entry
from yizheng.conformance import Conformity, Event, conform
from yizheng.procedure import duties as d

COUNTED: Counter[str] = Counter()
DAYS = 10
"""How soon the next must follow in the generated definitions."""


def told(judged: Conformity) -> list[tuple[str, str | None, int]]:
    """The code, the case and the row of each departure."""
    return [(each.code.value, each.case, each.number) for each in judged.departures]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Procedure, list[Event]]:
    """A line of three to nine nodes, each mandatory, each to follow in ten days; and a sound table of two cases."""
    ids = [f"s{number}" for number in range(draw(st.integers(3, 9)))]
    owed = [d.Response(f"{a}.on", f"{b}.on", within=Period(DAYS), ends=["done"]) for a, b in pairwise(ids)]
    procedure = line(*ids, mandatory=[f"{each}.on" for each in ids], duties=owed)
    rows: list[Event] = []
    for case in ("甲", "乙"):
        at = START
        for each in ids:
            rows.append(Event(f"{each}.on", at, by="clerk", case=case))
            at += timedelta(days=draw(st.integers(1, DAYS)))
    return procedure, rows


class TestTables:
    """Each kind of departure, in a generated table of two cases: that row is named, and no case but its own."""

    @given(tables(), st.data())
    def test_sound(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """A table that is sound conforms, in whatever order its rows are listed."""
        procedure, rows = made
        assert conform(procedure, data.draw(st.permutations(rows))).conforms

    @given(tables(), st.data())
    def test_skipped(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """A row left out: the next could not follow, and its milestone is missing where the case was carried out."""
        procedure, rows = made
        length = len(procedure.stages)
        place = data.draw(st.integers(0, length - 2))
        found = told(conform(procedure, rows[:place] + rows[place + 1 :]))
        assert ("order", "甲", place + 1) in found
        assert ("milestone", "甲", length - 1) in found
        assert {case for _, case, _ in found} == {"甲"}
        COUNTED["tables, skipped"] += 1

    @given(tables(), st.data())
    def test_swapped(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """Two rows that follow one another exchanged: the one that came too soon could not follow."""
        procedure, rows = made
        place = data.draw(st.integers(0, len(procedure.stages) - 2))
        one, two = rows[place : place + 2]
        rows[place : place + 2] = [attrs.evolve(one, activity=two.activity), attrs.evolve(two, activity=one.activity)]
        found = told(conform(procedure, rows))
        assert found[0][:2] == ("order", "甲")
        assert found[0][2] == place + 1
        COUNTED["tables, wrong order"] += 1

    @given(tables(), st.data())
    def test_somebody_else(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """A row by somebody who holds no office that may: that row, and nothing else."""
        procedure, rows = made
        place = data.draw(st.integers(0, len(rows) - 1))
        rows[place] = attrs.evolve(rows[place], by="3-301")
        judged = conform(procedure, rows, offices={"clerk": ["c-1"]})
        assert told(judged) == [("office", rows[place].case, place + 1)]
        unsure = conform(procedure, rows)
        assert (unsure.departures, unsure.unplaced, unsure.conforms) == ((), (place + 1,), False)
        COUNTED["tables, wrong actor"] += 1

    @given(tables(), st.data())
    def test_too_late(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """A row and all behind it put off: late at that row, and nowhere else; on the last day it is in time."""
        procedure, rows = made
        length = len(procedure.stages)
        place = data.draw(st.integers(1, length - 1))
        for days, late in ((DAYS, []), (DAYS + 1, [("late", "甲")])):
            by = rows[place - 1].at + timedelta(days=days) - rows[place].at
            put_off = [attrs.evolve(row, at=row.at + by) for row in rows[place:length]]
            judged = conform(procedure, rows[:place] + put_off + rows[length:])
            assert [(each.code.value, each.case) for each in judged.departures] == late
            assert [each.number for each in judged.departures] in ([], [place + 1])
        COUNTED["tables, too late"] += 1

    @given(tables(), st.data())
    def test_twice(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """A row that stands there twice: the second could not follow."""
        procedure, rows = made
        place = data.draw(st.integers(0, len(procedure.stages) - 1))
        again = attrs.evolve(rows[place], at=rows[place].at + timedelta(minutes=1))
        found = told(conform(procedure, [*rows, again]))
        assert ("order", "甲", len(rows) + 1) in found
        assert {case for _, case, _ in found} == {"甲"}
        COUNTED["tables, double"] += 1

    @given(tables(), st.data())
    def test_of_another_case(self, made: tuple[Procedure, list[Event]], data: st.DataObject) -> None:
        """A row put to the other case: there it could not follow, and where it is missing the next could not."""
        procedure, rows = made
        length = len(procedure.stages)
        place = data.draw(st.integers(0, length - 2))
        rows[place] = attrs.evolve(rows[place], case="乙", at=rows[length + place].at + timedelta(minutes=1))
        found = told(conform(procedure, rows))
        assert ("order", "乙", place + 1) in found
        assert ("order", "甲", place + 2) in found
        COUNTED["tables, from another case"] += 1


CASE = take(courtyard(), courtyard_steps())
ENTRIES = tuple(CASE.entries)
LEADING = {2, 8, 9, 10, 12, 13, 16, 17, 19, 20, 23, 24, 28, 29, 32, 33, 34}
"""The entries of the courtyard case that lead on; without one of them the next cannot be done."""


def altered(number: int, **changes: Any) -> list[Entry]:
    """The entries with one altered."""
    return [msgspec.structs.replace(each, **changes) if each.number == number else each for each in ENTRIES]


def first(entries: list[Entry]) -> tuple[str, int]:
    """The code and the entry of the first departure."""
    judged = conform(CASE.procedure, entries)
    assert not judged.conforms
    return judged.departures[0].code.value, judged.departures[0].number


class TestOurOwnRecords:
    """Each kind of departure, planted in the entries of a whole courtyard case: the entry is named."""

    def test_sound(self) -> None:
        """The case as it was made departs in nothing."""
        assert conform(CASE.procedure, ENTRIES).conforms

    @pytest.mark.parametrize("number", sorted(LEADING - {34}))
    def test_skipped(self, number: int) -> None:
        """Without an entry that leads on, the first that needs it would have been refused."""
        code, found = first([each for each in ENTRIES if each.number != number])
        assert code in {"refused", "otherwise", "elsewhere"}
        assert number < found
        assert not any(each.number in LEADING for each in ENTRIES if number < each.number < found)
        COUNTED["entries, skipped"] += 1

    @pytest.mark.parametrize("number", [2, 8, 9, 12, 16, 19, 20, 23, 24, 28, 29, 32, 34])
    def test_somebody_else(self, number: int) -> None:
        """An entry by somebody without an office: that entry."""
        assert first(altered(number, by="9-909")) == ("refused", number)
        COUNTED["entries, wrong actor"] += 1

    @pytest.mark.parametrize("number", [8, 10, 14, 23, 32], ids=["close", "sit", "sit again", "one", "two"])
    def test_too_early(self, number: int) -> None:
        """An entry a moment after the one before, with its period running: that entry."""
        at = ENTRIES[number - 2].at + timedelta(minutes=1)
        assert first(altered(number, at=at, recorded_at=at)) == ("refused", number)
        COUNTED["entries, too early"] += 1

    @pytest.mark.parametrize("number", sorted(LEADING - {10, 24}))  # attendance and assigning may be done anew
    def test_twice(self, number: int) -> None:
        """An entry that stands there twice: the second would have been refused."""
        place = number - 1
        assert first([*ENTRIES[:number], ENTRIES[place], *ENTRIES[number:]]) == ("refused", number)
        COUNTED["entries, double"] += 1

    @pytest.mark.parametrize("number", [8, 12, 16, 19, 20, 24, 28, 29])
    def test_swapped(self, number: int) -> None:
        """Two entries exchanged, each at the moment of the other: the one that came too soon would have been refused."""
        one, two = ENTRIES[number - 1 : number + 1]
        early = msgspec.structs.replace(two, at=one.at, recorded_at=one.recorded_at)
        late = msgspec.structs.replace(one, at=two.at, recorded_at=two.recorded_at)
        assert first([*ENTRIES[: number - 1], early, late, *ENTRIES[number + 1 :]]) == ("refused", number + 1)
        COUNTED["entries, wrong order"] += 1

    @pytest.mark.parametrize("number", [12, 16, 19, 34])
    def test_another_result(self, number: int) -> None:
        """A result that was written otherwise: that entry was judged otherwise."""
        entry = ENTRIES[number - 1]
        other = "unsatisfied" if number == len(ENTRIES) else "lost"
        assert first(altered(number, effect=attrs.evolve(entry.effect, outcome=other))) == ("elsewhere", number)
        COUNTED["entries, edited result"] += 1

    @pytest.mark.parametrize("number", [12, 16, 19, 34])
    def test_edited_figures(self, number: int) -> None:
        """Figures of a ruling that are not those of the votes: that entry was judged otherwise."""
        effect = ENTRIES[number - 1].effect
        ruling = next(each.effect.ruling for each in ENTRIES if each.effect.ruling not in {None, effect.ruling})
        assert first(altered(number, effect=attrs.evolve(effect, ruling=ruling))) == ("otherwise", number)
        COUNTED["entries, edited figures"] += 1

    @pytest.mark.parametrize("number", [5, 9, 20, 29])
    def test_of_another_case(self, number: int) -> None:
        """An entry that another case has at another place, put in between: it would have been refused."""
        stranger = msgspec.structs.replace(
            ENTRIES[27], at=ENTRIES[number - 1].at, recorded_at=ENTRIES[number - 1].recorded_at
        )
        judged = conform(CASE.procedure, [*ENTRIES[:number], stranger, *ENTRIES[number:]])
        assert ("refused", 28) in {(each.code.value, each.number) for each in judged.departures}
        COUNTED["entries, from another case"] += 1


def test_the_figures() -> None:
    """How many departures of each kind were planted; each was named where it stood."""
    print(dict(COUNTED))  # noqa: T201 -- the figures
