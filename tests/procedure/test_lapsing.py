"""What may come about until a day and no longer: refused when it is entered later, proved, told, and found in records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import CITED, SHANGHAI, alone, days, done, refused
from yizheng import Case, Procedure, catalogue
from yizheng.conformance import Conformance, Event, Sought, conform
from yizheng.errors import InvalidType, YizhengError
from yizheng.exchange import read, write_json, write_toml
from yizheng.guide import residents_notice, staff_guide
from yizheng.procedure import Lapse, Tendency, diff
from yizheng.stages import Confirm, Referral, Reject, SendBack, Submit

LAST: Final = date(2026, 6, 30)
END: Final = datetime(2026, 7, 1, tzinfo=SHANGHAI)
"""The first moment of the day after the last."""
SENT: Final = Submit(to="县级民政部门")
REJECTED: Final = Reject(reference="1", reasons="不符合条件")
LAPSE: Final = Lapse(milestone="refer.rejected", last=LAST, instead="请另行听取意见", citation=CITED)


def referred(*lapses: Lapse, at: datetime = END - timedelta(days=9)) -> Case:
    """A case that was sent upward, and may be rejected until the day."""
    stage = Referral(id="refer", title="上报", within=days(30))
    procedure = attrs.evolve(alone(stage, at=at).procedure, lapses=lapses or (LAPSE,))
    opening: Any = alone(stage, at=at).entries[0].action
    case = Case.open(opening.matter, procedure, {}, opening.offices, at=at, by="sec-1")
    return done(case, (SENT, at))


class TestTheDay:
    """The last day counts whole, in the procedure's zone, and it is the day of entering that counts."""

    def test_to_its_last_moment(self) -> None:
        """A microsecond before midnight in China it is accepted, at midnight no more, whatever day it is in London."""
        before = END - timedelta(microseconds=1)
        for zone in (SHANGHAI, UTC):
            assert done(referred(), (REJECTED, before.astimezone(zone))).outcome == "was_rejected"
            refused(referred(), REJECTED, "LAPSED", at=END.astimezone(zone), says=["2026-06-30", "听取意见"])

    def test_nobody_dates_it_back(self) -> None:
        """What is said to have happened in time, and entered afterwards, comes too late."""
        at = END - timedelta(days=1)
        case = referred()
        assert case.act(REJECTED, at=at, by="sec-1", recorded_at=END - timedelta(microseconds=1)).outcome
        with pytest.raises(YizhengError, match="LAPSED"):
            case.act(REJECTED, at=at, by="sec-1", recorded_at=END)

    def test_what_else_may_be_done(self) -> None:
        """The other outcomes of the stage stay, and what came about in time stands."""
        for action, end in ((Confirm(reference="1"), "was_confirmed"), (SendBack(reasons="补正"), "was_returned")):
            assert done(referred(), (action, END)).outcome == end

    def test_an_action(self) -> None:
        """An act of a stage lapses like an outcome of it."""
        case = referred(attrs.evolve(LAPSE, milestone="refer:reject"))
        refused(case, REJECTED, "LAPSED", at=END)
        assert done(case, (REJECTED, END - timedelta(seconds=1))).outcome == "was_rejected"

    def test_with_the_other_reasons(self) -> None:
        """It is told together with what else stands against the act."""
        refused(referred(), REJECTED, "LAPSED", "NOT_IN_OFFICE", at=END, by="resident-1")

    @given(st.datetimes(datetime(2026, 6, 22), datetime(2026, 7, 9)), st.integers(0, 40))  # noqa: DTZ001 -- local
    def test_on_any_day(self, local: datetime, later: int) -> None:
        """It is accepted just where the day of entering is not after the last."""
        at = local.replace(tzinfo=SHANGHAI)
        entered = at + timedelta(hours=later)
        case, on = referred(at=at), entered.astimezone(SHANGHAI).date()
        if on > LAST:
            with pytest.raises(YizhengError, match="LAPSED"):
                case.act(REJECTED, at=at, by="sec-1", recorded_at=entered)
        else:
            after = case.act(REJECTED, at=at, by="sec-1", recorded_at=entered)
            assert Case.replay(after.entries) == after

    def test_values(self) -> None:
        """A milestone, a day and words; nothing else."""
        for wrong in (
            {"last": END},
            {"last": "2026-06-30"},
            {"milestone": 3},
            {"instead": None},
            {"citation": "art. 1"},
        ):
            with pytest.raises(YizhengError):
                attrs.evolve(LAPSE, **wrong)
        with pytest.raises(InvalidType):
            attrs.evolve(catalogue.yizheng.COURTYARD, lapses=["resolve.lost"])


OLD: Final = catalogue.assistance.ALLOWANCE_REVIEW_2021


class TestTold:
    """It stands in the data where it is set, and is proved, compared and told in words."""

    def test_the_data(self) -> None:
        """A definition in which nothing lapses is stored as it always was; one in which something does, comes back whole."""
        assert "lapses" not in catalogue.yizheng.COURTYARD.to_data()
        assert Procedure.from_data(OLD.to_data()) == OLD
        for text in (write_json(OLD), write_toml(OLD)):
            assert read(text) == OLD

    def test_the_proof(self) -> None:
        """That nobody is stuck afterwards is shown for each; where somebody is, nothing is claimed."""
        shown = [each for each in OLD.prove().shown if each.code == "LAPSED"]
        assert [each.source for each in shown] == [each.citation for each in OLD.lapses]
        assert all("2026-06-30" in each.explain("zh") and "2026-06-30" in each.explain("en") for each in shown)
        every = [f"decide.{outcome}" for outcome in ("confirmed", "rejected", "returned")]
        stuck = attrs.evolve(
            OLD, lapses=[attrs.evolve(LAPSE, milestone=each) for each in (*every, "inquire.abandoned")]
        ).prove()
        assert {each.code for each in stuck.failures} == {"LAPSED_STUCK"}
        assert not [each for each in stuck.shown if each.code == "LAPSED"]

    def test_the_difference(self) -> None:
        """Sooner is stricter, later and never are looser."""
        without = attrs.evolve(OLD, lapses=())
        later = attrs.evolve(OLD, lapses=[attrs.evolve(each, last=date(2026, 12, 31)) for each in OLD.lapses])
        elsewhere = attrs.evolve(OLD, lapses=[attrs.evolve(each, citation=CITED) for each in OLD.lapses])
        for was, now, tendency in (
            (without, OLD, Tendency.STRICTER),
            (OLD, without, Tendency.LOOSER),
            (OLD, later, Tendency.LOOSER),
            (later, OLD, Tendency.STRICTER),
            (OLD, elsewhere, Tendency.NEITHER),
        ):
            found = diff(was, now)
            assert [(each.code, each.where, each.tendency) for each in found] == [
                ("LAPSE", f"lapses.{each.milestone}", tendency) for each in OLD.lapses
            ]
            assert all("2026-06-30" in each.explain(language) for each in found for language in ("zh", "en"))

    @pytest.mark.parametrize("guide", [staff_guide, residents_notice], ids=["staff", "residents"])
    def test_the_guides(self, guide: Any) -> None:
        """Staff and residents read until when, and what is done from then on."""
        for language in ("zh", "en"):
            lines = [line for line in guide(OLD, language).splitlines() if "allowance_change" in line]
            assert len(lines) == 2
            assert all("2026-06-30" in line for line in lines)


class TestFound:
    """A record from elsewhere in which it came about too late departs from the definition."""

    def test_in_our_own(self) -> None:
        """A case by a definition without it, held against one that has it."""
        case = referred()
        loose = attrs.evolve(case.procedure, lapses=())
        opening: Any = case.entries[0].action
        made = Case.open(opening.matter, loose, {}, opening.offices, at=case.entries[0].at, by="sec-1")
        made = done(made, (SENT, made.entries[0].at), (REJECTED, END))
        found = conform(case.procedure, made.entries)
        assert [(each.number, each.code.value) for each in found.departures] == [(3, "refused")]
        assert [reason.code for reason in found.departures[0].reasons] == ["LAPSED"]

    def test_in_a_table(self) -> None:
        """By the day of the row; a table that would not show it says so."""
        rows = [Event("refer.rejected", END - timedelta(seconds=1)), Event("refer.rejected", END)]
        assert [each.code.value for each in conform(referred().procedure, rows[:1]).departures] == []
        found = conform(referred().procedure, rows[1:])
        assert [(each.code.value, each.citation) for each in found.departures] == [("lapsed", CITED)]
        assert "2026-07-01" in found.departures[0].explain("zh")
        asked = Conformance(referred().procedure, names={"rejected": "was_rejected"})
        assert [demand.sought for demand in asked.unseen] == [Sought.LAPSE]
        assert [demand.sought for demand in Conformance(referred().procedure).demands][-1] is Sought.LAPSE
