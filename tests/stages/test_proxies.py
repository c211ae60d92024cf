"""Proxies at a deliberation: written, capped, held in person, handed on to nobody. The cases are invented.

Domain E13 (elections: at most three per proxy, written; owners: written, the firm's staff barred); traps 90 to 95.
"""

import sys

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import CITED, START, VOTERS, WRITTEN, alone, assembly, called, day, done, opened_in_writing, refused, roll
from yizheng import Case, Proxy, Refused
from yizheng.errors import YizhengError
from yizheng.people import ProxyPolicy
from yizheng.record import minutes
from yizheng.rules import PRESENT, Choice, Outcome
from yizheng.stages import Adjourn, CastBallot, CloseVote, Convene, CountVotes, RecordBallots, Recuse, TakeAttendance

HELD = day(3)
POLICY = ProxyPolicy(cap=2, barred={"staff-1"}, citation=CITED)


def proxy(principal: str = "m-10", holder: str = "m-01", evidence: str = "委托书 1") -> Proxy:
    """A mandate, by default of the tenth member to the first."""
    return Proxy(principal, holder, evidence)


def attended(*proxies: Proxy, present=VOTERS[:6], policy=POLICY):
    """The assembly sits, and some members are represented."""
    return done(called(proxies=policy), (TakeAttendance(present, proxies=proxies), HELD))


class TestWorkflow:
    """A member who cannot come gives a written mandate to one who does."""

    def test_at_a_meeting(self):
        """The represented member counts as present, and the holder casts both ballots."""
        case = attended(proxy())
        assert case.progress.sitting.here == {*VOTERS[:6], "m-10"}
        case = done(
            case,
            (CastBallot(Choice.FOR), HELD, "m-01"),
            (CastBallot(Choice.AGAINST, proxy=proxy()), HELD, "m-01"),
        )
        assert dict(case.progress.ballots) == {"m-01": Choice.FOR, "m-10": Choice.AGAINST}
        assert done(case, (CloseVote(), HELD)).entries[-1].effect.ruling.tally.get(PRESENT) == 7

    def test_a_represented_member_makes_the_quorum(self):
        """Five come and one is represented: six of ten are more than half (present in person or by a present proxy)."""
        for proxies, outcome in (((), Outcome.INQUORATE), ((proxy(),), Outcome.CARRIED)):
            case = attended(*proxies, present=VOTERS[:5])
            pile = RecordBallots(dict.fromkeys(VOTERS[:4], Choice.FOR), channel="paper", evidence="1")
            assert done(case, (pile, HELD), (CloseVote(), HELD)).entries[-1].effect.ruling.outcome is outcome

    def test_a_holder_who_is_no_member(self):
        """A holder need not be a member, as with a relative of an owner."""
        case = attended(proxy(holder="son-of-10"))
        case = done(case, (CastBallot(Choice.FOR, proxy=proxy(holder="son-of-10")), HELD, "son-of-10"))
        assert case.progress.ballots["m-10"] is Choice.FOR

    def test_in_writing(self):
        """In writing nobody is present, and a mandate is shown with the ballot."""
        case = opened_in_writing(proxies=POLICY)
        case = done(case, (CastBallot(Choice.FOR, proxy=proxy()), HELD, "m-01"))
        pile = RecordBallots({"m-09": Choice.FOR}, channel="paper", evidence="1", proxies=[proxy("m-09")])
        assert set(done(case, (pile, HELD)).progress.proxies) == {"m-10", "m-09"}

    def test_came_after_all(self):
        """Who comes after all signs in, the mandate is dropped, and they vote themselves."""
        case = done(attended(proxy()), (TakeAttendance([*VOTERS[:6], "m-10"]), HELD))
        assert done(case, (CastBallot(Choice.FOR), HELD, "m-10")).progress.ballots["m-10"] is Choice.FOR


class TestNotAllowed:
    """A stage takes no proxies unless it says so (committees may not send any: Beijing, domain E13)."""

    def test_at_attendance(self):
        """Nobody is represented."""
        refused(called(), TakeAttendance(VOTERS[:6], proxies=[proxy()]), "PROXY_NOT_ALLOWED", at=HELD)

    def test_at_the_ballot(self):
        """Nobody votes for another, online or on paper."""
        case = opened_in_writing()
        refused(case, CastBallot(Choice.FOR, proxy=proxy()), "PROXY_NOT_ALLOWED", at=HELD, by="m-01")
        pile = RecordBallots({"m-10": Choice.FOR}, channel="paper", evidence="1", proxies=[proxy()])
        refused(case, pile, "PROXY_NOT_ALLOWED", at=HELD)


class TestAttendance:
    """Mandates at attendance: for members, by holders who are there, in time."""

    def test_for_a_stranger(self):
        """Only members are represented."""
        refused(
            called(proxies=POLICY),
            TakeAttendance(VOTERS[:6], proxies=[proxy("x-1")]),
            "NOT_ON_ROLL",
            at=HELD,
            says=["x-1"],
        )

    def test_present_and_represented(self):
        """Nobody is present and represented at once."""
        action = TakeAttendance(VOTERS[:6], proxies=[proxy("m-02")])
        refused(called(proxies=POLICY), action, "REPRESENTED", at=HELD, says=["m-02"])

    def test_the_holder_stayed_away(self):
        """A holder who is a member and not present represents nobody (trap 90)."""
        action = TakeAttendance(VOTERS[:6], proxies=[proxy(holder="m-09")])
        refused(called(proxies=POLICY), action, "NOT_PRESENT", at=HELD, says=["m-09"])

    def test_the_holder_leaves(self):
        """When the holder leaves, the mandate goes with them, or is refused."""
        case = attended(proxy())
        refused(case, TakeAttendance(VOTERS[1:6], proxies=[proxy()]), "NOT_PRESENT", at=HELD, says=["m-01"])
        left = done(case, (TakeAttendance(VOTERS[1:6]), HELD))
        assert left.progress.sitting.here == set(VOTERS[1:6])

    def test_for_somebody_recused(self):
        """Whoever is recused is not represented either."""
        case = done(called(proxies=POLICY), (Recuse("m-10", "亲属"), HELD))
        refused(case, TakeAttendance(VOTERS[:6], proxies=[proxy()]), "RECUSED", at=HELD, says=["m-10"])

    def test_recused_later(self):
        """A represented member who is then recused is out of present."""
        assert "m-10" not in done(attended(proxy()), (Recuse("m-10", "亲属"), HELD)).progress.sitting.here

    def test_dropped_after_the_ballot(self):
        """A mandate under which a ballot was cast cannot be dropped."""
        case = done(attended(proxy()), (CastBallot(Choice.FOR, proxy=proxy()), HELD, "m-01"))
        refused(case, TakeAttendance(VOTERS[:6]), "HAS_CAST", at=HELD, says=["m-10"])


class TestCap:
    """At most so many mandates for one holder (elections: three; here: two)."""

    def test_at_the_cap_and_one_more(self):
        """Two are taken; the third is refused, and the cap is told."""
        two = [proxy("m-10"), proxy("m-09")]
        assert len(attended(*two).progress.sitting.here) == 8
        action = TakeAttendance(VOTERS[:6], proxies=[*two, proxy("m-08")])
        refused(called(proxies=POLICY), action, "PROXY_CAP", at=HELD, says=["m-01", "2"])

    def test_across_ballots_in_writing(self):
        """Mandates used one after another are counted together."""
        case = opened_in_writing(proxies=POLICY)
        for principal in ("m-10", "m-09"):
            case = done(case, (CastBallot(Choice.FOR, proxy=proxy(principal)), HELD, "m-01"))
        third = CastBallot(Choice.FOR, proxy=proxy("m-08"))
        refused(case, third, "PROXY_CAP", at=HELD, by="m-01", says=["2"])
        other = CastBallot(Choice.FOR, proxy=proxy("m-08", "m-02"))
        assert done(case, (other, HELD, "m-02")).progress.ballots["m-08"] is Choice.FOR

    def test_within_one_pile(self):
        """Mandates of one pile of paper are counted together, and with those before."""
        case = done(opened_in_writing(proxies=POLICY), (CastBallot(Choice.FOR, proxy=proxy()), HELD, "m-01"))
        members = ("m-09", "m-08")
        pile = RecordBallots(
            dict.fromkeys(members, Choice.FOR), channel="paper", evidence="1", proxies=[proxy(each) for each in members]
        )
        refused(case, pile, "PROXY_CAP", at=HELD)

    def test_the_mandate_taken_at_attendance_is_not_counted_twice(self):
        """Voting under a mandate that was taken at attendance uses nothing more of the cap."""
        case = attended(proxy("m-10"), proxy("m-09"))
        for principal in ("m-10", "m-09"):
            case = done(case, (CastBallot(Choice.FOR, proxy=proxy(principal)), HELD, "m-01"))
        assert len(case.progress.ballots) == 2


class TestBarred:
    """Some may hold none (the property firm's staff: owners' by-laws)."""

    def test_at_attendance_and_at_the_ballot(self):
        """A barred person represents nobody."""
        staff = proxy(holder="staff-1")
        refused(
            called(proxies=POLICY),
            TakeAttendance(VOTERS[:6], proxies=[staff]),
            "PROXY_BARRED",
            at=HELD,
            says=["staff-1"],
        )
        refused(
            opened_in_writing(proxies=POLICY),
            CastBallot(Choice.FOR, proxy=staff),
            "PROXY_BARRED",
            at=HELD,
            by="staff-1",
            says=["staff-1"],
        )

    def test_in_another_form(self):
        """Neither the bar nor the cap is dodged by writing an id in capitals or in full width."""
        for form in ("STAFF-1", "ｓｔａｆｆ-1"):
            ballot = CastBallot(Choice.FOR, proxy=proxy(holder=form))
            refused(opened_in_writing(proxies=POLICY), ballot, "PROXY_BARRED", at=HELD, by=form, says=[form])
        mandates = [Proxy("m-08", "z", "1"), Proxy("m-09", "Z", "2"), Proxy("m-10", "ｚ", "3")]
        pile = RecordBallots(dict.fromkeys(VOTERS[7:], "for"), channel="paper", evidence="1", proxies=mandates)
        refused(opened_in_writing(proxies=POLICY), pile, "PROXY_CAP", at=HELD, says=["ｚ", "2"])
        case = opened_in_writing(proxies=POLICY)
        for mandate in mandates[:2]:
            case = done(case, (CastBallot(Choice.FOR, proxy=mandate), HELD, mandate.holder))
        refused(case, CastBallot(Choice.FOR, proxy=mandates[2]), "PROXY_CAP", at=HELD, by="ｚ", says=["ｚ", "2"])


class TestCircle:
    """A holder takes part in person and hands nothing on (traps 92, 93)."""

    @pytest.mark.parametrize(
        "proxies",
        [
            [proxy("m-10", "m-10")],
            [proxy("m-10", "x-9"), proxy("m-09", "m-10")],
            [proxy("m-09", "m-10"), proxy("m-10", "x-9")],
            [proxy("m-09", "m-10"), proxy("m-10", "m-09")],
        ],
        ids=["oneself", "handed on", "handed on, told later", "each other"],
    )
    def test_circles_and_chains(self, proxies):
        """A mandate to oneself, to each other, or handed on is refused."""
        with pytest.raises(Refused) as no:
            done(called(proxies=POLICY), (TakeAttendance([*VOTERS[:6]], proxies=proxies), HELD))
        assert "PROXY_CIRCLE" in no.value.codes

    def test_at_the_ballot(self):
        """A member who gave a mandate cannot use another's."""
        case = done(
            opened_in_writing(proxies=POLICY), (CastBallot(Choice.FOR, proxy=proxy("m-10", "m-09")), HELD, "m-09")
        )
        handed_on = CastBallot(Choice.FOR, proxy=proxy("m-08", "m-10"))
        refused(case, handed_on, "PROXY_CIRCLE", at=HELD, by="m-10", says=["m-08", "m-10"])


class TestBallot:
    """Who votes under a mandate: its holder, and nobody else; the principal not beside it (traps 94, 95)."""

    def test_somebody_else(self):
        """Only the holder votes under a mandate."""
        action = CastBallot(Choice.FOR, proxy=proxy())
        refused(attended(proxy()), action, "PROXY_NOT_HOLDER", at=HELD, by="m-02", says=["m-02", "m-10", "m-01"])

    def test_the_represented_member_votes_too(self):
        """Who is represented signs in again before voting themselves."""
        refused(attended(proxy()), CastBallot(Choice.FOR), "REPRESENTED", at=HELD, by="m-10", says=["m-10"])

    def test_after_the_holder(self):
        """After the holder has voted, the member's own ballot is a second one, and the other way round."""
        case = done(opened_in_writing(proxies=POLICY), (CastBallot(Choice.FOR, proxy=proxy()), HELD, "m-01"))
        refused(case, CastBallot(Choice.AGAINST), "ALREADY_CAST", at=HELD, by="m-10", says=["m-10"])
        case = done(opened_in_writing(proxies=POLICY), (CastBallot(Choice.AGAINST), HELD, "m-10"))
        refused(case, CastBallot(Choice.FOR, proxy=proxy()), "ALREADY_CAST", at=HELD, by="m-01", says=["m-10"])

    def test_for_somebody_who_is_not_represented_here(self):
        """At a meeting a mandate is taken at attendance; shown only at the ballot it represents nobody."""
        refused(attended(), CastBallot(Choice.FOR, proxy=proxy()), "NOT_PRESENT", at=HELD, by="m-01", says=["m-10"])

    def test_for_a_stranger(self):
        """Nobody votes for who is not on the roll."""
        stranger = CastBallot(Choice.FOR, proxy=proxy("x-1"))
        refused(opened_in_writing(proxies=POLICY), stranger, "NOT_ON_ROLL", at=HELD, by="m-01", says=["x-1"])

    def test_a_holder_who_is_not_here(self):
        """A holder who is a member and stayed away casts no ballot, not even for somebody who is here."""
        case, mandate = attended(), proxy("m-02", "m-09")
        refused(case, CastBallot(Choice.FOR, proxy=mandate), "NOT_PRESENT", at=HELD, by="m-09", says=["m-09"])
        pile = RecordBallots({"m-02": Choice.FOR}, channel="paper", evidence="1", proxies=[mandate])
        refused(case, pile, "NOT_PRESENT", at=HELD, says=["m-09"])

    def test_by_count(self):
        """Hands raised for represented members count."""
        case = done(attended(proxy(), present=VOTERS[:5]), (CountVotes(for_=6, against=0), HELD), (CloseVote(), HELD))
        assert case.outcome == "was_carried"


class TestSecondMandate:
    """Two mandates by one member: one counts (trap 94)."""

    def test_at_attendance(self):
        """Two mandates by one principal are refused, and nobody is told that a ballot was cast."""
        action = TakeAttendance(VOTERS[:6], proxies=[proxy(), proxy(holder="m-02")])
        refused(called(proxies=POLICY), action, "SECOND_MANDATE", at=HELD, says=["m-10", "m-01"])

    def test_at_the_ballot(self):
        """Another mandate than the one taken at attendance is refused, and nobody is told that a ballot was cast."""
        action = CastBallot(Choice.FOR, proxy=proxy(holder="m-02"))
        refused(attended(proxy()), action, "SECOND_MANDATE", at=HELD, by="m-02", says=["m-10", "m-01"])


class TestRecusedHolder:
    """Whoever is recused takes no part in the item, in no name (domain E29; trap 90)."""

    def test_represents_nobody(self):
        """With the holder recused, the principal is not represented any more."""
        case = done(attended(proxy()), (Recuse("m-01", "亲属"), HELD))
        assert case.progress.sitting.here == set(VOTERS[1:6])

    def test_casts_no_ballot_for_others(self):
        """Nor does a recused holder vote for others, at a meeting or in writing."""
        ballot = CastBallot(Choice.FOR, proxy=proxy())
        case = done(opened_in_writing(proxies=POLICY), (Recuse("m-01", "亲属"), START))
        refused(case, ballot, "RECUSED", at=HELD, by="m-01", says=["m-01"])
        pile = RecordBallots({"m-10": Choice.FOR}, channel="paper", evidence="1", proxies=[proxy()])
        refused(case, pile, "RECUSED", at=HELD, says=["m-01"])
        case = done(attended(proxy()), (Recuse("m-01", "亲属"), HELD))
        refused(case, ballot, "NOT_PRESENT", "RECUSED", at=HELD, by="m-01", says=["m-10", "m-01"])


class TestPile:
    """The mandates of a pile of paper belong to its ballots."""

    @pytest.mark.parametrize("principal", ["x-9", "m-08"], ids=["a stranger", "no ballot in the pile"])
    def test_without_a_ballot(self, principal):
        """A mandate without a ballot in the pile is refused."""
        pile = RecordBallots({"m-10": Choice.FOR}, channel="paper", evidence="1", proxies=[proxy(principal)])
        refused(opened_in_writing(proxies=POLICY), pile, "UNKNOWN_ITEM", at=HELD, says=[principal, "m-10"])


class TestRightsMove:
    """Voting rights are those of the roll, however they are used (trap 95: conservation)."""

    def test_conservation(self):
        """Own or by proxy, the marks add up to the roll."""
        case = alone(assembly(rule=WRITTEN, modes=["written"], proxies=ProxyPolicy(cap=3)))
        case = done(case, (Convene(held_at=HELD, until=day(9), mode="written"), START))
        for holder, principals in (("m-01", ("m-08", "m-09", "m-10")), ("m-02", ("m-07",))):
            case = done(case, (CastBallot(Choice.FOR), HELD, holder))
            for principal in principals:
                case = done(case, (CastBallot(Choice.AGAINST, proxy=proxy(principal, holder)), HELD, holder))
        heads = done(case, (CloseVote(), day(9))).entries[-1].effect.ruling.tally.measures["heads"]
        assert heads["for"] + heads["against"] + heads["silent"] == heads["entitled"] == 10


@pytest.mark.parametrize("bad", ["m-10", 5, [5], [("m-10", "m-01", "1")]], ids=str)
def test_bad_arguments(bad):
    """Mandates are mandates."""
    with pytest.raises(YizhengError):
        TakeAttendance({"m-01"}, proxies=bad)
    with pytest.raises(YizhengError):
        CastBallot(Choice.FOR, proxy=bad)


class TestHousehold:
    """Same household only (collective economic organisations: domain E13): both stand on the roll in one household."""

    ROLL = roll("assembly", VOTERS, **{"household:7": {"m-01", "m-02"}, "household:8": {"m-03"}, "east": set(VOTERS)})
    POLICY = ProxyPolicy(same_household="household:", citation=CITED)

    def written(self, policy=POLICY):
        """The assembly votes in writing, with households on its roll."""
        stage = assembly(rule=WRITTEN, modes=["written"], proxies=policy)
        case = alone(stage, rolls={"assembly": self.ROLL})
        return done(case, (Convene(held_at=day(3), until=day(10), mode="written"), START))

    def test_of_one_household(self):
        """Husband for wife."""
        mandate = proxy("m-01", "m-02")
        case = done(self.written(), (CastBallot(Choice.FOR, proxy=mandate), HELD, "m-02"))
        assert case.progress.ballots["m-01"] is Choice.FOR

    @pytest.mark.parametrize("holder", ["m-03", "m-04", "x-1"], ids=["another", "none", "not on the roll"])
    def test_of_another(self, holder):
        """Another household, none, or somebody whom the roll does not list: refused; a common group is no household."""
        ballot = CastBallot(Choice.FOR, proxy=proxy("m-01", holder))
        refused(self.written(), ballot, "PROXY_HOUSEHOLD", at=HELD, by=holder, says=["m-01", holder])
        case = done(self.written(ProxyPolicy()), (ballot, HELD, holder))
        assert case.progress.ballots["m-01"] is Choice.FOR

    def test_without_a_roll(self):
        """Who lives together stands on the roll: without one it cannot be said."""
        with pytest.raises(YizhengError, match="roll="):
            self.POLICY.faults(proxy("m-01", "m-02"), [])
        assert self.POLICY.faults(proxy("m-01", "m-02"), [], roll=self.ROLL) == []


class TestInstructed:
    """A mandate that says how to vote is followed (Henan 30); what it says is private."""

    MARKED = TakeAttendance(VOTERS[:6], proxies=[proxy()], marks={"m-10": "against"})

    def test_followed(self):
        """The ballot is what the principal wrote, or it is refused; the refusal does not tell what was written."""
        case = done(called(proxies=POLICY), (self.MARKED, HELD))
        no = refused(case, CastBallot(Choice.FOR, proxy=proxy()), "PROXY_MARK", at=HELD, by="m-01", says=["m-10"])
        assert "against" not in no.explain("en")
        pile = RecordBallots({"m-10": "for"}, channel="paper", evidence="1", proxies=[proxy()])
        refused(case, pile, "PROXY_MARK", at=HELD, says=["m-10"])
        case = done(case, (CastBallot(Choice.AGAINST, proxy=proxy()), HELD, "m-01"))
        assert case.progress.ballots["m-10"] is Choice.AGAINST

    def test_on_paper(self):
        """On paper the mandate lies beside the ballot; what was taken at attendance goes before it."""
        marked = {"channel": "paper", "evidence": "1", "proxies": [proxy()], "marks": {"m-10": "for"}}
        case = opened_in_writing(proxies=POLICY)
        for mark in ("against", "blank", "abstain"):
            refused(case, RecordBallots({"m-10": mark}, **marked), "PROXY_MARK", at=HELD)
        assert done(case, (RecordBallots({"m-10": "for"}, **marked), HELD)).progress.ballots["m-10"] is Choice.FOR
        refused(
            done(called(proxies=POLICY), (self.MARKED, HELD)),
            RecordBallots({"m-10": "for"}, **marked),
            "PROXY_MARK",
            at=HELD,
        )

    def test_must_say(self):
        """Where every mandate must say how to vote, one that does not is refused, at attendance and at the ballot."""
        strict = {"proxies": ProxyPolicy(instructed=True, citation=CITED)}
        refused(
            called(**strict), TakeAttendance(VOTERS[:6], proxies=[proxy()]), "PROXY_UNMARKED", at=HELD, says=["m-10"]
        )
        ballot = CastBallot(Choice.FOR, proxy=proxy())
        refused(opened_in_writing(**strict), ballot, "PROXY_UNMARKED", at=HELD, by="m-01", says=["m-10"])
        pile = RecordBallots({"m-10": "for"}, channel="paper", evidence="1", proxies=[proxy()])
        refused(opened_in_writing(**strict), pile, "PROXY_UNMARKED", at=HELD)
        case = done(called(**strict), (self.MARKED, HELD), (CastBallot(Choice.AGAINST, proxy=proxy()), HELD, "m-01"))
        assert case.progress.ballots["m-10"] is Choice.AGAINST

    EIGHT = tuple(Proxy(voter, "m-01", "form") for voter in VOTERS[2:])
    METHODS = pytest.mark.parametrize("more", [{}, {"method": "secret", "voters": VOTERS}], ids=["hands", "secret"])

    def eight(self, mark: str) -> Case:
        """Two members are here, and eight are represented whose mandates all say the same."""
        policy = ProxyPolicy(cap=9, instructed=True, citation=CITED)
        marks = dict.fromkeys(VOTERS[2:], mark)
        return done(called(proxies=policy), (TakeAttendance(VOTERS[:2], proxies=self.EIGHT, marks=marks), HELD))

    @METHODS
    def test_followed_where_votes_are_counted(self, more):
        """A count holds at least what the mandates say: eight against; the refusal does not tell what was written."""
        case = self.eight("against")
        for for_, against in ((10, 0), (3, 7)):
            count = CountVotes(for_=for_, against=against, **more)
            no = refused(case, count, "MARKS_NOT_COUNTED", at=HELD, says=["m-03", "m-10"])
            assert "against" not in no.explain("en")
        assert done(case, (CountVotes(for_=2, against=8, **more), HELD), (CloseVote(), HELD)).outcome == "was_lost"

    @pytest.mark.parametrize(
        ("mark", "figure"), [("for", "for_"), ("abstain", "abstaining"), ("against", "against"), ("invalid", "invalid")]
    )
    def test_each_kind_is_counted(self, mark, figure):
        """Each kind of mark binds its own figure of the count."""
        case, nought = self.eight(mark), {"for_": 0, "against": 0}
        refused(case, CountVotes(**{**nought, figure: 7}), "MARKS_NOT_COUNTED", at=HELD)
        assert done(case, (CountVotes(**{**nought, figure: 8}), HELD)).phase == "counted"

    def test_not_represented_not_counted(self):
        """A mandate whose principal is recused, or that was taken back at attendance, binds no count."""
        seven = done(self.eight("for"), (Recuse("m-10", "亲属"), HELD))
        refused(seven, CountVotes(for_=6, against=2), "MARKS_NOT_COUNTED", at=HELD)
        assert done(seven, (CountVotes(for_=7, against=2), HELD)).phase == "counted"
        case = done(called(proxies=POLICY), (self.MARKED, HELD))
        refused(case, CountVotes(for_=6, against=0), "MARKS_NOT_COUNTED", at=HELD)
        gone = done(case, (TakeAttendance(VOTERS[:6]), HELD))
        assert done(gone, (CountVotes(for_=6, against=0), HELD)).phase == "counted"

    def test_entered_with_another_mark(self):
        """What the principal wrote does not change: the same mandate is not entered again with another mark or none."""
        case = done(called(proxies=POLICY), (self.MARKED, HELD))
        other = attrs.evolve(self.MARKED, marks={"m-10": "for"})
        without = attrs.evolve(self.MARKED, marks=None)
        again = done(case, (Adjourn("另行通知"), HELD), (Convene(held_at=day(4)), HELD))
        another = TakeAttendance(VOTERS[:6], proxies=[proxy("m-09")], marks={"m-09": "for"})
        for at, later in (
            (HELD, case),
            (HELD, done(case, (TakeAttendance(VOTERS[:6]), HELD))),
            (HELD, done(case, (another, HELD))),
            (day(4), again),
            (day(4), done(again, (TakeAttendance(VOTERS[:6]), day(4)))),
        ):
            for changed in (other, without):
                no = refused(later, changed, "MARK_CHANGED", at=at, says=["m-10"])
                assert "against" not in no.explain("en")
            assert done(later, (self.MARKED, at)).progress.sitting.marks == {"m-10": Choice.AGAINST}

    def test_a_new_mandate(self):
        """A mandate on a paper of its own says what it says; and a mark that was left out may be added."""
        case = done(called(proxies=POLICY), (self.MARKED, HELD))
        anew = TakeAttendance(VOTERS[:6], proxies=[proxy(evidence="委托书 2")], marks={"m-10": "for"})
        assert done(case, (anew, HELD)).progress.sitting.marks == {"m-10": Choice.FOR}
        bare = done(called(proxies=POLICY), (TakeAttendance(VOTERS[:6], proxies=[proxy()]), HELD))
        assert done(bare, (self.MARKED, HELD)).progress.sitting.marks == {"m-10": Choice.AGAINST}

    def test_is_private(self):
        """No public part of the record, no printed value and no public minutes tell what a mandate says."""
        case = done(called(proxies=POLICY), (self.MARKED, HELD))
        assert b"against" not in case.entries[-1].payload
        assert "AGAINST" not in repr(case.progress)
        assert "AGAINST" not in repr(case.entries[-1])
        public = Case.replay(case.redacted())
        assert public.entries[-1].action.marks is None
        assert "反对" not in minutes(case.entries)
        assert "委托中写明的意见：反对：m-10" in minutes(case.entries, private=True)

    def test_of_nobody(self):
        """What is written stands in a mandate."""
        for action in (
            lambda: TakeAttendance(VOTERS, marks={"m-10": "for"}),
            lambda: RecordBallots({"m-10": "for"}, channel="paper", evidence="1", marks={"m-10": "for"}),
            lambda: TakeAttendance(VOTERS[:6], proxies=[proxy()], marks={"m-10": "blank"}),
        ):
            with pytest.raises(YizhengError):
                action()


class TestGraphs:
    """Never in a circle, however long (trap 92): random graphs of mandates."""

    PEOPLE = tuple(f"p-{n}" for n in range(8))

    @given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=10))
    def test_law_of_the_circle(self, edges):
        """What is taken has no holder that gave a mandate, so that no way through it is longer than one; else it is told."""
        mandates = {principal: proxy(principal, holder) for principal, holder in edges}
        policy = ProxyPolicy(cap=99)
        faults = policy.faults_of(mandates.values(), {}, roll=None)
        chained = {each.holder for each in mandates.values()} & mandates.keys()
        assert bool(faults) == bool(chained)
        assert {fault.code for fault in faults} <= {"PROXY_CIRCLE"}

    @pytest.mark.parametrize("length", [2, 3, 4, 50])
    def test_circles_of_every_length(self, length):
        """Two, three, four or fifty people who represent one another in a ring."""
        ring = [proxy(f"r-{n}", f"r-{(n + 1) % length}") for n in range(length)]
        assert "PROXY_CIRCLE" in {fault.code for fault in ProxyPolicy().faults_of(ring, {}, roll=None)}

    def test_time(self):
        """Twice as many mandates take twice as long: in calls, and not by the clock (a little is spent once)."""
        calls = [_calls([proxy(f"a-{n}", f"b-{n}") for n in range(size)]) for size in (200, 400)]
        assert calls[1] < 2.1 * calls[0]


def _calls(mandates: list[Proxy]) -> int:
    """How many calls it takes to look at mandates."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        ProxyPolicy().faults_of(mandates, {}, roll=None)
    finally:
        sys.setprofile(before)
    return counted
