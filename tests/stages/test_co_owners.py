"""Owners at a deliberation: co-owners name one voter, and the roll is that of the notice. The cases are invented.

Domain 2.8, E15; traps 41, 44, 46, 51.
"""

from datetime import date, timedelta
from typing import ClassVar

import attrs
import pytest

from walks import CITED, MICROSECOND, START, WRITTEN, alone, assembly, called, day, done, refused
from yizheng import Case, Member, Proxy, Roll, Text
from yizheng.people import ProxyPolicy
from yizheng.rules import AGAINST, CAST, ENTITLED, FOR, PRESENT, SILENT, Choice, Rule, Silence, Tally
from yizheng.stages import (
    CastBallot,
    CloseVote,
    Convene,
    CountVotes,
    RecordBallots,
    RecordService,
    Recuse,
    TakeAttendance,
)

HELD = day(3)
OWNERS = Roll("assembly", [Member("a"), Member("a+b", co_owners={"a", "b"}), Member("c"), Member("d")], on=START.date())
NAMING = Proxy("a+b", "b", "推选书 1")
OTHER = Proxy("a+b", "a", "推选书 2")


def in_writing(roll: Roll = OWNERS, **settings: object) -> Case:
    """The owners vote in writing."""
    stage = assembly(**{"rule": WRITTEN, "modes": ["written"], **settings})
    case = alone(stage, rolls={"assembly": roll})
    return done(case, (Convene(held_at=HELD, until=day(9), mode="written"), START))


def met(present, proxies=(), **settings: object) -> Case:
    """The owners meet, and attendance has been taken."""
    case = done(alone(assembly(**settings), rolls={"assembly": OWNERS}), (Convene(held_at=HELD), START))
    return done(case, (TakeAttendance(present, proxies=proxies), HELD))


def pile(*members: str, proxies=()) -> RecordBallots:
    """Ballots in favour on paper."""
    return RecordBallots(dict.fromkeys(members, Choice.FOR), channel="paper", evidence="box 1", proxies=proxies)


class TestNamed:
    """Co-owners who have named one of themselves cast one ballot (domain E15)."""

    def test_online(self):
        """The named co-owner casts the head's ballot under the naming, where the stage takes no proxies."""
        case = done(in_writing(), (CastBallot(Choice.FOR, proxy=NAMING), HELD, "b"), (pile("a", "c"), HELD))
        ruling = done(case, (CloseVote(), day(9))).entries[-1].effect.ruling
        assert [ruling.tally.get(amount) for amount in (ENTITLED, CAST, FOR, SILENT)] == [4, 3, 3, 1]

    def test_on_paper(self):
        """Their ballot on paper comes with the naming."""
        case = done(in_writing(), (pile("a+b", "c", "d", proxies=[NAMING]), HELD), (CloseVote(), day(9)))
        assert case.entries[-1].effect.ruling.tally.get(FOR) == 3

    def test_at_a_meeting(self):
        """Named at attendance, the voter is there for the head, whether or not on the roll by themselves."""
        case = met({"c", "a"}, [NAMING])
        assert case.progress.sitting.here == {"a", "a+b", "c"}
        case = done(case, (CastBallot(Choice.AGAINST, proxy=NAMING), HELD, "b"), (pile("a", "c"), HELD))
        ruling = done(case, (CloseVote(), HELD)).entries[-1].effect.ruling
        assert [ruling.tally.get(amount) for amount in (PRESENT, FOR)] == [3, 2]

    def test_named_at_attendance_and_entered_without(self):
        """A naming taken at attendance holds for ballots entered later."""
        case = done(met({"c", "a"}, [NAMING]), (pile("a", "a+b", "c"), HELD))
        assert case.progress.proxies["a+b"] == NAMING
        assert done(case, (CloseVote(), HELD)).outcome == "was_carried"

    def test_attendance_taken_again(self):
        """Under whom a ballot was cast stays known, though attendance is taken again with the head itself there."""
        case = done(met({"c", "a"}, [NAMING]), (pile("a", "a+b", "c"), HELD))
        case = done(case, (TakeAttendance({"a", "a+b", "c"}), HELD), (CloseVote(), HELD))
        assert case.outcome == "was_carried"

    def test_beside_ones_own_head(self):
        """Whoever owns a unit alone and another jointly votes for each."""
        case = done(in_writing(), (CastBallot(Choice.FOR), HELD, "a"), (CastBallot(Choice.FOR, proxy=OTHER), HELD, "a"))
        assert set(case.progress.ballots) == {"a", "a+b"}

    def test_read_again(self):
        """A record with a naming is replayed to the same case."""
        case = done(in_writing(), (CastBallot(Choice.FOR, proxy=NAMING), HELD, "b"))
        assert Case.replay(tuple(case.entries)) == case

    def test_no_cap(self):
        """A naming is no proxy: it does not use up the cap, and the policy's bars are not asked."""
        members = [Member("x"), *(Member(f"b+{n}", co_owners={"b", f"p-{n}"}) for n in range(3))]
        case = in_writing(Roll("assembly", members), proxies=ProxyPolicy(cap=1, barred={"b"}, citation=CITED))
        for number in range(3):
            naming = Proxy(f"b+{number}", "b", f"推选书 {number}")
            case = done(case, (CastBallot(Choice.FOR, proxy=naming), HELD, "b"))
        assert len(case.progress.ballots) == 3
        case = in_writing(Roll("assembly", members), proxies=ProxyPolicy(cap=1, citation=CITED))
        case = done(case, (CastBallot(Choice.FOR, proxy=Proxy("b+0", "b", "1")), HELD, "b"))
        done(case, (CastBallot(Choice.FOR, proxy=Proxy("x", "b", "2")), HELD, "b"))

    def test_somebody_else(self):
        """Whoever is none of them votes as a proxy, as the stage allows proxies or not."""
        outsider = Proxy("a+b", "z", "委托书 1")
        ballot = CastBallot(Choice.FOR, proxy=outsider)
        refused(in_writing(), ballot, "PROXY_NOT_ALLOWED", at=HELD, by="z")
        barred = ProxyPolicy(barred={"z"}, citation=CITED)
        refused(in_writing(proxies=barred), ballot, "PROXY_BARRED", at=HELD, by="z", says=["z"])
        case = done(in_writing(proxies=ProxyPolicy()), (ballot, HELD, "z"))
        assert case.progress.proxies["a+b"] == outsider
        assert done(case, (CloseVote(), day(9))).entries[-1].effect.ruling.tally.get(FOR) == 1


class TestUnnamed:
    """Until a voter is named, co-owners cast nothing (domain E15)."""

    SAYS = ("a+b", "a", "b")

    def test_online(self):
        """A ballot under the head's own id names nobody."""
        refused(in_writing(), CastBallot(Choice.FOR), "VOTER_NOT_NAMED", at=HELD, by="a+b", says=self.SAYS)

    def test_a_co_owner_alone(self):
        """A co-owner who is on the roll for nothing else has no ballot of their own."""
        refused(in_writing(), CastBallot(Choice.FOR), "NOT_ON_ROLL", at=HELD, by="b", says=["b"])

    def test_on_paper(self):
        """A pile that holds their ballot without a naming is refused as a whole."""
        refused(in_writing(), pile("a", "a+b"), "VOTER_NOT_NAMED", at=HELD, says=self.SAYS)

    def test_at_a_meeting(self):
        """Being there is not being named."""
        refused(met({"a", "a+b"}), pile("a+b"), "VOTER_NOT_NAMED", at=HELD, says=self.SAYS)

    def test_show_of_hands(self):
        """No more hands count than heads that could raise one."""
        case = met({"a", "a+b", "c"})
        no = refused(case, CountVotes(for_=3, against=0), "COUNT_MISMATCH", at=HELD, says=["3", "2"])
        assert "those who could vote" in no.explain("en")
        done(case, (CountVotes(for_=2, against=0), HELD))
        done(met({"a", "c"}, [NAMING]), (CountVotes(for_=3, against=0), HELD))

    def test_a_secret_count_in_writing(self):
        """Nor in writing, where those who could vote are the bound, and where the box is counted at the end."""
        everybody, others = {"a", "a+b", "c", "d"}, {"a", "c", "d"}
        four = CountVotes(for_=4, against=0, method="secret", voters=everybody)
        refused(in_writing(), four, "COUNT_MISMATCH", "VOTER_NOT_NAMED", at=day(9), says=["4", "3"])
        three = CountVotes(for_=3, against=0, method="secret", voters=others)
        refused(in_writing(), three, "TOO_EARLY", at=day(9) - MICROSECOND)
        assert done(in_writing(), (three, day(9))).phase == "counted"
        recused = done(in_writing(), (Recuse("a+b", "亲属"), START))
        assert done(recused, (three, HELD)).phase == "counted"

    def test_secret(self):
        """Nor do they stand on the list of who voted in secret."""
        ballots = CountVotes(for_=2, against=0, method="secret", voters={"a", "a+b"})
        refused(met({"a", "a+b", "c"}), ballots, "VOTER_NOT_NAMED", at=HELD, says=self.SAYS)
        done(met({"a", "c"}, [NAMING]), (ballots, HELD))

    def test_silent(self):
        """They stay entitled, and count as silent."""
        case = done(in_writing(), (pile("a", "c", "d"), HELD), (CloseVote(), day(9)))
        tally = case.entries[-1].effect.ruling.tally
        assert [tally.get(amount) for amount in (ENTITLED, SILENT)] == [4, 1]


class TestSilence:
    """Co-owners who have named nobody cast nothing, and are deemed nothing (domain E15)."""

    SETTINGS: ClassVar = {
        "silence": Silence("for", basis=attrs.evolve(CITED, article="12")),
        "rule": Rule(quorum=None, passage=FOR > AGAINST, citation=CITED),
    }
    SERVED = RecordService({"a+b", "c"}, how="by_hand", warning=Text("逾期视为同意", "silence is assent"), evidence="r")

    def silent(self, *acts) -> Tally:
        """What the vote comes to at its end, with service upon the co-owners and upon ``c``."""
        case = done(in_writing(**self.SETTINGS), (self.SERVED, START), *acts, (CloseVote(), day(9)))
        return case.entries[-1].effect.ruling.tally

    def test_by_name(self):
        """They were served, and stay silent; the other who was served is deemed."""
        tally = self.silent((CastBallot(Choice.AGAINST), HELD, "a"))
        assert [tally.get(amount) for amount in (FOR, AGAINST, SILENT)] == [1, 1, 2]

    def test_by_count(self):
        """So it is where a secret vote is counted against a list of voters."""
        count = CountVotes(for_=0, against=2, method="secret", voters={"a", "d"})
        tally = self.silent((count, day(9)))
        assert [tally.get(amount) for amount in (FOR, AGAINST, SILENT)] == [1, 2, 1]

    def test_named(self):
        """Those who have named their voter have voted."""
        tally = self.silent((CastBallot(Choice.AGAINST, proxy=NAMING), HELD, "b"))
        assert [tally.get(amount) for amount in (FOR, AGAINST, SILENT)] == [1, 1, 2]


class TestSecondNaming:
    """One head has one voter: a second, different naming is refused (domain E15)."""

    def test_in_one_pile(self):
        """Two namings for one ballot are a quarrel that the chair does not settle."""
        refused(in_writing(), pile("a+b", proxies=[NAMING, OTHER]), "SECOND_MANDATE", at=HELD, says=["a+b", "b"])

    def test_after_the_ballot(self):
        """The other co-owner casts no second ballot."""
        case = done(in_writing(), (CastBallot(Choice.FOR, proxy=NAMING), HELD, "b"))
        again = CastBallot(Choice.AGAINST, proxy=OTHER)
        refused(case, again, "ALREADY_CAST", "SECOND_MANDATE", at=HELD, by="a", says=["a+b", "b"])

    def test_after_attendance(self):
        """Nor does another than the one named at attendance."""
        case = met({"a", "c"}, [NAMING])
        ballot = CastBallot(Choice.FOR, proxy=OTHER)
        refused(case, ballot, "SECOND_MANDATE", at=HELD, by="a", says=["a+b", "b"])

    def test_at_attendance(self):
        """Two namings at attendance are refused; so is another one after the ballot was cast."""
        called_ = done(alone(assembly(), rolls={"assembly": OWNERS}), (Convene(held_at=HELD), START))
        both = TakeAttendance({"a", "c"}, proxies=[NAMING, OTHER])
        refused(called_, both, "SECOND_MANDATE", at=HELD, says=["a+b", "b"])
        case = done(met({"a", "c"}, [NAMING]), (pile("a+b"), HELD))
        refused(case, TakeAttendance({"a", "c"}, proxies=[OTHER]), "SECOND_MANDATE", at=HELD, says=["a+b", "b"])


class TestNaming:
    """Who is named is a person, takes part, and takes part in no item from which they are recused."""

    def test_somebody_else_uses_it(self):
        """Only the one named votes under the naming."""
        ballot = CastBallot(Choice.FOR, proxy=NAMING)
        refused(in_writing(), ballot, "PROXY_NOT_HOLDER", at=HELD, by="a", says=["a", "a+b", "b"])

    def test_stayed_away(self):
        """A named co-owner who is a member and stayed away votes for nobody."""
        case = met({"a+b", "c", "d"})
        refused(case, CastBallot(Choice.FOR, proxy=OTHER), "NOT_PRESENT", at=HELD, by="a", says=["a"])

    def test_recused(self):
        """A named co-owner who is recused votes in no name."""
        case = done(in_writing(), (Recuse("a", "亲属"), START))
        refused(case, CastBallot(Choice.FOR, proxy=OTHER), "RECUSED", at=HELD, by="a", says=["a"])

    def test_a_head_is_no_proxy(self):
        """What is held jointly is no person, and is nobody's proxy."""
        mandate = Proxy("c", "a+b", "委托书 1")
        ballot = CastBallot(Choice.FOR, proxy=mandate)
        refused(in_writing(proxies=ProxyPolicy()), ballot, "PROXY_BARRED", at=HELD, by="a+b", says=["a+b"])


class TestSnapshot:
    """The roll is the state of a day, fixed by the notice (traps 41, 44, 46, 51)."""

    def test_added_later(self):
        """Who became an owner after the notice is not on its roll, and has no ballot."""
        assert "new" not in OWNERS
        refused(in_writing(), CastBallot(Choice.FOR), "NOT_ON_ROLL", at=HELD, by="new", says=["new"])
        refused(in_writing(), pile("a", "new"), "NOT_ON_ROLL", at=HELD, says=["new"])

    def test_on_a_later_roll(self):
        """A second call keeps the roll of the first: whoever became an owner between them is not on it."""
        later = Roll("assembly", [*OWNERS, Member("new")], on=(START + timedelta(days=4)).date())
        case = done(met({"a"}), (CloseVote(), HELD))
        refused(case, Convene(held_at=day(6), roll=later), "ROLL_FIXED", at=day(4), says=["4", "5"])
        case = done(case, (Convene(held_at=day(6)), day(4)), (TakeAttendance({"a", "c"}), day(6)))
        refused(case, CastBallot(Choice.FOR), "NOT_ON_ROLL", at=day(6), by="new")

    @pytest.mark.parametrize(("days", "in_time"), [(-400, True), (-1, True), (0, True), (1, False), (3, False)])
    def test_of_a_later_day(self, days, in_time):
        """A roll of the day of the notice or before is taken; one of a day that is yet to come is refused."""
        roll = Roll("assembly", [Member("a"), Member("b")], on=START.date() + timedelta(days=days))
        action = Convene(held_at=HELD, roll=roll)
        case = alone(assembly(), rolls={"assembly": OWNERS})
        if in_time:
            assert done(case, (action, START)).progress.sitting.roll == roll
        else:
            refused(case, action, "LATER_ROLL", at=START, says=[str(roll.on), str(START.date())])

    def test_of_a_later_day_from_the_opening(self):
        """The roll given at the opening is held to the same."""
        case = alone(assembly(), rolls={"assembly": Roll("assembly", [Member("a")], on=date(2026, 3, 4))})
        refused(case, Convene(held_at=HELD), "LATER_ROLL", at=START, says=["2026-03-04", "2026-03-02"])
        assert done(case, (Convene(held_at=day(4)), day(2))).phase == "called"

    def test_without_a_day(self):
        """A roll that says no day is taken as it is."""
        assert done(alone(assembly()), (Convene(held_at=HELD), START)).phase == "called"

    def test_the_local_day(self):
        """The day of the notice is the day where the body is: the first minute of it is late enough."""
        roll = Roll("assembly", [Member("a")], on=date(2026, 3, 3))
        case = alone(assembly(), rolls={"assembly": roll})
        midnight = day(1, 0)
        refused(case, Convene(held_at=HELD), "LATER_ROLL", at=midnight - timedelta(minutes=1))
        assert done(case, (Convene(held_at=HELD), midnight)).phase == "called"

    def test_of_another_body(self):
        """A roll of another body calls nobody."""
        other = Roll("tenants", OWNERS)
        case = alone(assembly(), rolls={"assembly": OWNERS})
        refused(case, Convene(held_at=HELD, roll=other), "WRONG_BODY", at=START, says=["tenants", "assembly"])

    def test_in_the_middle_of_the_vote(self):
        """Once called, the body is not called again with another roll."""
        case = done(called(), (TakeAttendance({"m-01"}), HELD))
        refused(case, Convene(held_at=HELD, roll=OWNERS), "NOT_NOW", at=HELD)

    def test_held_jointly_later(self):
        """A head that came to be held jointly after the notice is the one owner's for this vote."""
        before = Roll("assembly", [attrs.evolve(member, co_owners=()) for member in OWNERS], on=START.date())
        case = done(in_writing(before), (CastBallot(Choice.FOR), HELD, "a+b"))
        assert case.progress.ballots["a+b"] is Choice.FOR
