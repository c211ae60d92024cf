"""Ballots as they come: blank, unreadable, changed, secret, by several channels. The cases are invented."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import (
    CITED,
    HALF,
    MICROSECOND,
    START,
    VOTERS,
    alone,
    assembly,
    called,
    day,
    days,
    done,
    opened_in_writing,
    refused,
    roll,
    sitting,
)
from yizheng import Case, Docket, Member, Proxy, Roll
from yizheng.errors import YizhengError
from yizheng.people import ProxyPolicy
from yizheng.record import minutes
from yizheng.rules import ABSTAINING, CAST, FOR, INVALID, BallotPolicy, Choice, Mark, Outcome, Rule
from yizheng.stages import (
    Adjourn,
    CastBallot,
    CloseVote,
    Convene,
    CountVotes,
    ExtendVote,
    RecordBallots,
    Recuse,
    TakeAttendance,
)
from yizheng.store import SQLiteStore

OPENS, CLOSES = day(3), day(10)


def ballots(marks: dict, **more) -> RecordBallots:
    """Paper ballots."""
    return RecordBallots(marks, **{"channel": "paper", "evidence": "票箱 1", **more})


def ruled(case: Case):
    """The ruling of the last entry."""
    return case.entries[-1].effect.ruling


class TestMarks:
    """Six marks are kept apart (traps 33 to 36, 39); blank abstains and ambiguous is invalid by default (E09, E10)."""

    PILE = ballots(
        {"m-01": "for", "m-02": "against", "m-03": "abstain", "m-04": "invalid", "m-05": "blank", "m-06": "ambiguous"}
    )

    @pytest.mark.parametrize(
        ("policy", "abstaining", "invalid"),
        [(None, 2, 2), (BallotPolicy(blank="invalid"), 1, 3), (BallotPolicy(ambiguous="abstain"), 3, 1)],
        ids=["as usual", "blank is invalid", "ambiguous abstains"],
    )
    def test_on_paper(self, policy, abstaining, invalid):
        """What they count as is the stage's; how many there were is seen in the ruling and in the minutes."""
        case = done(opened_in_writing(ballots=policy), (self.PILE, OPENS))
        assert case.progress.ballots["m-05"] is Mark.BLANK
        assert case.progress.ballots["m-01"] is Choice.FOR
        tally = ruled(done(case, (CloseVote(), CLOSES))).tally
        assert (tally.number(ABSTAINING), tally.number(INVALID), tally.number(CAST)) == (abstaining, invalid, 6)
        assert (tally.blank, tally.ambiguous) == (1, 1)

    @pytest.mark.parametrize("method", ["show_of_hands", "secret"])
    def test_in_a_count(self, method):
        """Counted apart, and then as the stage says."""
        count = CountVotes(for_=3, against=1, blank=2, ambiguous=1, method=method, voters=VOTERS[:7])
        tally = ruled(done(sitting(), (count, OPENS), (CloseVote(), OPENS))).tally
        assert [tally.number(amount) for amount in (FOR, ABSTAINING, INVALID, CAST)] == [3, 2, 1, 7]
        other = sitting(ballots=BallotPolicy(blank="invalid", ambiguous="invalid"))
        assert ruled(done(other, (count, OPENS), (CloseVote(), OPENS))).tally.number(INVALID) == 3

    @pytest.mark.parametrize("mark", ["blank", "ambiguous"])
    def test_are_ballots(self, mark):
        """One more than there are people is refused."""
        count = CountVotes(for_=9, against=0, **{mark: 2})
        refused(sitting(), count, "COUNT_MISMATCH", at=OPENS, says=["11", "10"])

    def test_in_the_minutes(self):
        """The minutes tell how many there were."""
        case = done(opened_in_writing(), (self.PILE, OPENS), (CloseVote(), CLOSES))
        assert "空白票 1，无法辨认 1" in minutes(case.entries)
        assert "1 were blank and 1 illegible" in minutes(case.entries, language="en")
        count = CountVotes(for_=3, against=1, blank=2)
        assert "另有空白票 2" in minutes(done(sitting(), (count, OPENS)).entries)

    @pytest.mark.parametrize("wrong", [{"blank": -1}, {"ambiguous": True}, {"blank": 1.0}], ids=str)
    def test_counts_that_cannot_be(self, wrong):
        """Whole numbers, nought or more."""
        with pytest.raises(YizhengError):
            CountVotes(for_=1, against=0, **wrong)


class TestChanged:
    """A ballot may be changed where the stage says so: n changes are one vote, and the record keeps all (trap 96)."""

    @given(st.lists(st.sampled_from(Choice), min_size=1, max_size=6))
    def test_law_of_changes(self, choices):
        """The last one counts, and it counts once; every entry stays."""
        case = opened_in_writing(changeable=True)
        for number, choice in enumerate(choices):
            case = done(case, (CastBallot(choice), OPENS + timedelta(hours=number), "m-01"))
        assert dict(case.progress.ballots) == {"m-01": choices[-1]}
        cast = [entry.action.choice for entry in case.entries if isinstance(entry.action, CastBallot)]
        assert cast == choices
        tally = ruled(done(case, (CloseVote(), CLOSES))).tally
        assert tally.number(CAST) == 1
        assert Case.replay(case.entries) == case

    def test_not_by_itself(self):
        """Unless the stage says so, the first ballot stands."""
        for settings in ({}, {"changeable": False}):
            case = done(opened_in_writing(**settings), (CastBallot(Choice.FOR), OPENS, "m-01"))
            refused(case, CastBallot(Choice.AGAINST), "ALREADY_CAST", at=OPENS, by="m-01")

    def test_after_the_end(self):
        """At the end it may still be changed; a microsecond later it may not."""
        case = done(opened_in_writing(changeable=True), (CastBallot(Choice.FOR), OPENS, "m-01"))
        changed = done(case, (CastBallot(Choice.AGAINST), CLOSES, "m-01"))
        assert changed.progress.ballots["m-01"] is Choice.AGAINST
        refused(case, CastBallot(Choice.AGAINST), "TOO_LATE", at=CLOSES + MICROSECOND, by="m-01")

    def test_an_earlier_one_entered_later(self):
        """What was cast before the ballot that counts does not take its place."""
        case = done(opened_in_writing(changeable=True), (CastBallot(Choice.FOR), day(5), "m-01"))
        early = {"at": day(5) - MICROSECOND, "recorded_at": day(6), "by": "m-01"}
        refused(case, CastBallot(Choice.AGAINST), "TOO_EARLY", **early)

    def test_is_not_closed_early(self):
        """What may be changed is not settled: the vote runs to its end, however it stands."""
        case = opened_in_writing(changeable=True)
        for member in VOTERS:
            case = done(case, (CastBallot(Choice.FOR), OPENS, member))
        refused(case, CloseVote(), "VOTE_RUNNING", at=CLOSES - MICROSECOND)
        assert done(case, (CloseVote(), CLOSES)).outcome == "was_carried"

    def test_in_the_minutes(self):
        """The minutes say that a ballot took the place of another, and not what either said."""
        case = done(
            opened_in_writing(changeable=True),
            (CastBallot(Choice.FOR), OPENS, "m-01"),
            (CastBallot(Choice.AGAINST), OPENS, "m-01"),
        )
        assert case.entries[-1].effect.carried == {"changed": True}
        assert minutes(case.entries).count("取代其先前的选票") == 1
        assert minutes(case.entries, language="en").count("takes the place of the earlier one") == 1


MANDATE = Proxy("m-01", "m-02", "委托书 1")
WAYS = {
    "own": (CastBallot(Choice.FOR), "m-01"),
    "proxy": (CastBallot(Choice.AGAINST, proxy=MANDATE), "m-02"),
    "paper": (ballots({"m-01": "against"}), "sec-1"),
    "paper by proxy": (ballots({"m-01": "abstain"}, proxies=[MANDATE]), "sec-1"),
    "by hand-held device": (ballots({"m-01": "against"}, channel="online"), "sec-1"),
}


class TestChannels:
    """A second ballot by another way is refused, even where ballots may be changed (E08, E22; traps 88, 94, 96)."""

    @pytest.mark.parametrize("changeable", [None, True])
    @pytest.mark.parametrize(("first", "second"), list(permutations(WAYS, 2)))
    def test_one_way(self, first, second, changeable):
        """Whichever comes first, it is the one that counts."""
        case = opened_in_writing(proxies=ProxyPolicy(), changeable=changeable)
        case = done(case, (WAYS[first][0], OPENS, WAYS[first][1]))
        stands = case.progress.ballots["m-01"]
        action, by = WAYS[second]
        refused(case, action, "ALREADY_CAST", at=day(4), by=by, says=["m-01"])
        assert (case.progress.ballots["m-01"], len(case.progress.ballots)) == (stands, 1)

    def test_a_proxy_changes_its_own_ballot(self):
        """Where ballots may be changed the holder may change the one cast under the mandate, and it stays one."""
        case = opened_in_writing(proxies=ProxyPolicy(), changeable=True)
        for choice in (Choice.FOR, Choice.AGAINST):
            case = done(case, (CastBallot(choice, proxy=MANDATE), OPENS, "m-02"))
        assert dict(case.progress.ballots) == {"m-01": Choice.AGAINST}


class TestSecret:
    """Who voted and the totals stand in one entry; nothing links the two (traps 97, 98)."""

    COUNT = CountVotes(for_=5, against=3, method="secret", voters=VOTERS[:8], issued=10, returned=8)

    @pytest.mark.parametrize("method", ["secret", "show_of_hands"])
    def test_by_weight(self, method):
        """A secret vote by area is refused, because its totals could give a person away; hands weigh nothing."""
        owners = Roll("assembly", [Member(each, weights={"area": 50 + n}) for n, each in enumerate(VOTERS)])
        rule = Rule(quorum=None, passage=FOR.by("area") > HALF * CAST.by("area"), citation=CITED)
        case = alone(assembly(rule=rule), rolls={"assembly": owners})
        case = done(case, (Convene(held_at=OPENS), START), (TakeAttendance(VOTERS), OPENS))
        count = attrs.evolve(self.COUNT, method=method)
        if method == "show_of_hands":
            refused(case, count, "WEIGHTED_COUNT", at=OPENS)
        else:
            no = refused(case, count, "SECRET_WEIGHTED", at=OPENS, says=["area"])
            assert "give people's choices away" in no.explain("en")

    def test_successive_totals(self):
        """Two totals that differ by a voter could be subtracted from one another (trap 97): a recount has the same ones."""
        case = done(sitting(), (self.COUNT, OPENS))
        fewer = attrs.evolve(self.COUNT, for_=6, voters=VOTERS[:9], returned=9)
        refused(case, fewer, "ALREADY_COUNTED", at=OPENS)
        refused(case, attrs.evolve(fewer, recount="复核"), "OTHER_VOTERS", at=OPENS)

    @pytest.mark.parametrize(
        ("votes", "linked"),
        [(COUNT, set()), (ballots(dict.fromkeys(VOTERS[:8], Choice.FOR)), {(each, "for") for each in VOTERS[:8]})],
        ids=["secret", "by name, to show that the scan finds what there is"],
    )
    def test_scan_of_a_store(self, tmp_path, votes, linked):
        """No cell of a store links a voter and a choice, not even where what is private is kept (trap 98)."""
        path = tmp_path / "cases.db"
        with SQLiteStore(path) as store:
            docket, before = Docket(store), sitting()
            docket.open(
                before.dossier.matter,
                before.procedure,
                {"assembly": roll("assembly", VOTERS)},
                {"secretary": {"sec-1"}},
                at=START,
                by="sec-1",
            )
            for action, at in (
                (Convene(held_at=OPENS), START),
                (TakeAttendance(VOTERS), OPENS),
                (votes, OPENS),
                (CloseVote(), OPENS),
            ):
                case = docket.act(before.dossier.matter.id, action, at=at, by="sec-1")
            shown = [
                minutes(case.entries, language=language, private=private)
                for language in ("zh", "en")
                for private in (True, False)
            ]
        assert set(_links(path)) == linked
        printed = [repr(case), repr(case.progress), *(repr(entry) for entry in case.entries)]
        if not linked:
            assert not any("赞成：m-" in text or "for: m-" in text for text in shown)
        assert not any(f"{member}': <Choice" in text for text in printed for member in VOTERS)

    @pytest.mark.parametrize(("for_", "against", "said"), [(8, 0, True), (0, 8, True), (7, 1, False)])
    def test_unanimous(self, for_, against, said):
        """A unanimous result tells everybody's choice by itself; the minutes say so."""
        case = done(sitting(), (attrs.evolve(self.COUNT, for_=for_, against=against), OPENS))
        assert ("全体意见一致" in minutes(case.entries)) is said
        assert ("unanimous" in minutes(case.entries, language="en")) is said

    def test_more_returned_than_issued(self):
        """More came back than were issued: the vote is void, and the case ends so (E08)."""
        for issued, outcome in ((8, "was_lost"), (7, "was_void")):
            count = attrs.evolve(self.COUNT, issued=issued, for_=5, against=3)
            case = done(sitting(), (count, OPENS), (CloseVote(), OPENS))
            assert (case.outcome, ruled(case).tally.issued) == (outcome, issued)


def _links(path) -> Iterator[tuple[str, str]]:
    """Every voter and choice that stand together in an object of any cell of a database."""
    with sqlite3.connect(path) as rows:
        tables = [name for (name,) in rows.execute("select name from sqlite_master where type = 'table'")]
        cells = [cell for name in tables for row in rows.execute(f'select * from "{name}"') for cell in row]  # noqa: S608
    for cell in cells:
        try:
            data = json.loads(cell)
        except (TypeError, ValueError):  # no JSON: a digest, a number, a name
            continue
        yield from _linked(data)


def _linked(data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for each in data:
            yield from _linked(each)
    if isinstance(data, dict):
        said = [*data, *(value for value in data.values() if isinstance(value, str))]
        marks = {value for value in data.values() if isinstance(value, str) and value in set(Mark)}
        yield from ((member, mark) for member in said if member in VOTERS for mark in marks)
        for each in data.values():
            yield from _linked(each)


class TestCoolingOff:
    """A matter that failed may not come again for a time (E23; Shenzhen: a year after too few took part)."""

    YEAR = days(1, "years")

    def test_lost(self):
        """After a vote that was lost, a year: its last day is the day of the same number."""
        case = done(sitting(cooling_off=self.YEAR), (CountVotes(for_=3, against=7), OPENS), (CloseVote(), OPENS))
        effect = case.entries[-1].effect
        assert effect.due["barred_until"] == (day(4) + timedelta(days=365)).replace(hour=0)
        assert effect.periods["cooling_off"] == self.YEAR
        assert "不得再议" in minutes(case.entries)
        assert "may not come again until" in minutes(case.entries, language="en")

    def test_too_few_in_the_end(self):
        """After the last call without a quorum; not while there is another call."""
        case = done(opened_in_writing(cooling_off=self.YEAR, calls=2), (CloseVote(), CLOSES))
        assert (case.phase, dict(case.entries[-1].effect.due)) == ("adjourned", {})
        case = done(case, (Convene(held_at=day(12), until=day(15), mode="written"), CLOSES), (CloseVote(), day(15)))
        assert (case.outcome, "barred_until" in case.entries[-1].effect.due) == ("was_inquorate", True)

    def test_adjourned_for_the_last_time(self):
        """A sitting that ends for want of a quorum ends the matter too."""
        case = done(sitting(VOTERS[:3], cooling_off=self.YEAR, calls=1), (Adjourn("人数不足"), OPENS))
        assert (case.outcome, "barred_until" in case.entries[-1].effect.due) == ("was_inquorate", True)

    @pytest.mark.parametrize(
        ("settings", "count", "outcome"),
        [
            ({}, {"for_": 9, "against": 1}, "was_carried"),
            ({}, {"for_": 9, "against": 1, "issued": 9, "returned": 10}, "was_void"),
            ({"cooling_off_after": ["inquorate"]}, {"for_": 1, "against": 9}, "was_lost"),
            ({"cooling_off": None}, {"for_": 1, "against": 9}, "was_lost"),
        ],
        ids=["carried", "void", "other outcomes alone", "no such rule"],
    )
    def test_not_after(self, settings, count, outcome):
        """Not after what is carried or void, nor after outcomes that the rule does not name."""
        case = sitting(**{"cooling_off": self.YEAR, **settings})
        case = done(case, (CountVotes(**count), OPENS), (CloseVote(), OPENS))
        assert (case.outcome, dict(case.entries[-1].effect.due)) == (outcome, {})

    def test_only_outcomes(self):
        """After which outcomes: outcomes of a vote."""
        assert assembly(cooling_off_after=["lost"]).cooling_off_after == {Outcome.LOST}
        with pytest.raises(YizhengError):
            assembly(cooling_off_after=["failed"])


class TestWindow:
    """An extension is bounded in number and in length (traps 71, 72)."""

    def test_as_often_as_allowed(self):
        """Twice where twice is allowed; never where it is not."""
        case = opened_in_writing(extensions=2)
        for end in (11, 12):
            case = done(case, (ExtendVote(until=day(end), reason="人数不足"), OPENS))
        refused(case, ExtendVote(until=day(13), reason="人数不足"), "NO_MORE_EXTENSIONS", at=OPENS, says=["2"])
        never = opened_in_writing(extensions=0)
        refused(never, ExtendVote(until=day(11), reason="人数不足"), "NO_MORE_EXTENSIONS", at=OPENS, says=["0"])

    def test_as_long_as_allowed(self):
        """Extensions count into the longest window: its last instant is taken, the next is not."""
        case = opened_in_writing(extensions=9, longest=days(10))
        last = day(14).replace(hour=0)
        assert done(case, (ExtendVote(until=last, reason="人数不足"), OPENS)).progress.sitting.closes == last
        refused(case, ExtendVote(until=last + MICROSECOND, reason="人数不足"), "LONG_PERIOD", at=OPENS)


class TestRecusalAndQuorum:
    """Recusal takes a person out of entitled and of present, and says when that breaks the quorum (E29)."""

    def test_breaks_it(self):
        """Six of ten are more than half; with one of them recused, five of nine still are; with two, four of eight are not."""
        case = done(sitting(VOTERS[:6]), (Recuse("m-01", "亲属"), OPENS))
        assert case.entries[-1].effect.ruling is None
        case = done(case, (Recuse("m-02", "亲属"), OPENS))
        assert ruled(case).outcome is Outcome.INQUORATE
        assert "4" in ruled(case).explain("zh")
        assert "已不足法定人数" in minutes(case.entries)
        assert "make no quorum any more" in minutes(case.entries, language="en")

    def test_was_broken_before(self):
        """Where there was no quorum before, the recusal does not break it."""
        case = done(sitting(VOTERS[:5]), (Recuse("m-01", "亲属"), OPENS))
        assert case.entries[-1].effect.ruling is None

    def test_somebody_absent(self):
        """Recusing somebody who is not here lowers what is needed, and breaks nothing."""
        case = done(sitting(VOTERS[:6]), (Recuse("m-10", "亲属"), OPENS))
        assert case.entries[-1].effect.ruling is None

    def test_before_the_meeting(self):
        """Before attendance all who are left may still come; only when none is left is the quorum gone."""
        case = called()
        for member in VOTERS[:9]:
            case = done(case, (Recuse(member, "亲属"), START))
            assert case.entries[-1].effect.ruling is None
        assert ruled(done(case, (Recuse("m-10", "亲属"), START))).outcome is Outcome.INQUORATE

    def test_in_writing(self):
        """In writing a fixed number of ballots can get out of reach."""
        rule = Rule(quorum=CAST >= 9, passage=FOR > HALF * CAST, citation=CITED)
        case = done(opened_in_writing(rule=rule), (Recuse("m-01", "亲属"), START))
        assert case.entries[-1].effect.ruling is None
        assert ruled(done(case, (Recuse("m-02", "亲属"), START))).outcome is Outcome.INQUORATE
