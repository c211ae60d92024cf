"""The edge cases of counting that need a case, by number; the others are in the file of the same name for rules.

One short example each; where another file shows one in depth it has the rest. The cases are invented; the instruments
and articles are not.
"""

from datetime import date

import pytest

from walks import (
    MICROSECOND,
    NEW_LAW,
    NEW_YEAR,
    OLD_LAW_ENDS,
    START,
    VOTERS,
    WRITTEN,
    alone,
    assembly,
    called,
    day,
    done,
    opened_in_writing,
    refused,
    roll,
    sitting,
)
from yizheng import Case, Citation, Member, Proxy, Roll
from yizheng.catalogue import law
from yizheng.people import ProxyPolicy
from yizheng.record import minutes
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, SILENT, Choice, Outcome, Silence
from yizheng.stages import (
    Appoint,
    Attach,
    CastBallot,
    CloseVote,
    Convene,
    Correct,
    CountVotes,
    RecordBallots,
    RecordService,
    Recuse,
    TakeAttendance,
)

HELD, CLOSES = day(3), day(10)


def pile(ballots: dict, **more) -> RecordBallots:
    """Ballots on paper."""
    return RecordBallots(ballots, **{"channel": "paper", "evidence": "票箱 1", **more})


def ruled(case: Case):
    """The ruling of the last entry."""
    return case.entries[-1].effect.ruling


class TestE06TheAbsentOwner:
    """E06: an owner who stayed away may still sue, in the view reported; so notice and service stay on record."""

    def test_what_shows_that_an_owner_was_told_and_stayed_away(self):
        """The notice, the service and its receipt; the owner is entitled and silent, and nothing says waived."""
        service = RecordService(["m-10"], how="by_hand", warning="逾期不计入", evidence="回执 10")
        case = done(
            opened_in_writing(
                silence=Silence("not_taking_part", basis=Citation(instrument="示例议事规则", article="12"))
            ),
            (service, HELD),
            (pile(dict.fromkeys(VOTERS[:7], "for")), HELD),
            (CloseVote(), CLOSES),
        )
        tally = ruled(case).tally
        assert (tally.number(ENTITLED), tally.number(CAST), tally.number(SILENT)) == (10, 7, 3)
        assert [type(entry.action) for entry in case.entries[1:3]] == [Convene, RecordService]
        assert "回执 10" in minutes(case.entries, private=True)


class TestE08TwoBallots:
    """E08: one ballot for one unit; the second is refused, unless it takes the place of the first."""

    def test_the_second(self):
        """By hand after online."""
        case = done(opened_in_writing(), (CastBallot(Choice.FOR), HELD, "m-01"))
        refused(case, pile({"m-01": "against"}), "ALREADY_CAST", at=HELD, says=["m-01"])


class TestE12Forgery:
    """E12: forged ballots are sealed and not counted (Hainan 29)."""

    CASE = done(opened_in_writing(), (Attach("0" * 64, "疑似伪造的选票，已封存"), HELD))

    def test_is_evidence_and_no_ballot(self):
        """What is sealed is attached; the owner in whose name it was made still has a vote."""
        assert len(self.CASE.progress.ballots) == 0
        assert done(self.CASE, (CastBallot(Choice.AGAINST), HELD, "m-01")).progress.ballots["m-01"] is Choice.AGAINST

    def test_a_count_that_was_wrong_stays_beside_its_correction(self):
        """What was entered is not overwritten: the correction is another entry."""
        case = done(sitting(), (CountVotes(for_=6, against=4), HELD))
        corrected = done(case, (Correct(len(case.entries), "一张为伪造", reason="复核"), HELD))
        assert corrected.entries[len(case.entries) - 1] == case.entries[-1]
        assert corrected.version == case.version + 1


class TestE12Recount:
    """E12: a recount keeps the first tally."""

    CASE = done(sitting(), (CountVotes(for_=6, against=4), HELD))

    def test_the_last_count_is_judged_and_the_first_stays(self):
        """Six to four was five to five: the recount is what is judged, and the minutes tell both, with the reason."""
        case = done(self.CASE, (CountVotes(for_=5, against=5, recount="一张为伪造"), HELD), (CloseVote(), HELD))
        assert [entry.action.for_ for entry in case.entries if isinstance(entry.action, CountVotes)] == [6, 5]
        assert case.entries[-1].effect.ruling.tally.get(FOR) == 5
        assert case.entries[-1].effect.outcome == "lost"
        told = minutes(case.entries, "zh")
        assert "赞成 6" in told
        assert "重新计票，理由：“一张为伪造”" in told
        assert "Counted again because “一张为伪造”" in minutes(case.entries, "en")

    def test_it_says_why(self):
        """A second count without a reason is refused, and so is a recount of nothing."""
        refused(self.CASE, CountVotes(for_=5, against=5), "ALREADY_COUNTED", at=HELD)
        refused(sitting(), CountVotes(for_=5, against=5, recount="复核"), "NOT_COUNTED", at=HELD)

    def test_it_is_by_the_method_of_the_first(self):
        """Hands that were counted cannot become a secret ballot."""
        secret = CountVotes(for_=1, against=1, method="secret", voters=["m-01", "m-02"], recount="复核")
        refused(self.CASE, secret, "METHOD_NOT_ALLOWED", at=HELD, says=["show_of_hands"])

    def test_it_is_held_against_those_present(self):
        """A recount is a count: it cannot find more votes than there were people."""
        refused(self.CASE, CountVotes(for_=60, against=0, recount="复核"), "COUNT_MISMATCH", at=HELD)


class TestE13Proxies:
    """E13: elections at most three for each holder, in writing (residents' law 2025 art. 19); owners: the firm's staff barred."""

    @pytest.mark.parametrize(("mandates", "codes"), [(3, []), (4, ["PROXY_CAP"])])
    def test_the_cap_of_the_law(self, mandates, codes):
        """Three are taken; the fourth is refused."""
        cap = law.edition("residents.election.proxies", on=START.date())
        case = called(proxies=ProxyPolicy(cap=cap.most, citation=cap.citation))
        given = [Proxy(f"m-{number:02}", "m-01", f"委托书 {number}") for number in range(10, 10 - mandates, -1)]
        attendance = TakeAttendance(VOTERS[:6], proxies=given)
        if codes:
            no = refused(case, attendance, *codes, at=HELD)
            assert no.reasons[0].citation == cap.citation
        else:
            assert len(done(case, (attendance, HELD)).progress.sitting.here) == 6 + mandates

    def test_the_staff_of_the_firm_and_a_mandate_that_says_how_to_vote(self):
        """A barred holder is refused; a holder who votes other than was written is too (Henan 30)."""
        policy = ProxyPolicy(barred={"staff-1"})
        barred = Proxy("m-10", "staff-1", "委托书 1")
        refused(
            opened_in_writing(proxies=policy),
            CastBallot(Choice.FOR, proxy=barred),
            "PROXY_BARRED",
            at=HELD,
            by="staff-1",
        )
        written = Proxy("m-10", "m-01", "委托书 2")
        against = pile({"m-10": "against"}, proxies=[written], marks={"m-10": "for"})
        refused(opened_in_writing(proxies=policy), against, "PROXY_MARK", at=HELD)

    def test_none_unless_a_rule_says_so(self):
        """Committees and panels send no proxies (Beijing)."""
        proxy = Proxy("m-10", "m-01", "委托书 1")
        refused(called(), TakeAttendance(VOTERS[:6], proxies=[proxy]), "PROXY_NOT_ALLOWED", at=HELD)


class TestE14TheConstituents:
    """E14: representatives ask their constituents first and report truly (Hainan 14)."""

    def test_what_they_were_told_is_attached(self):
        """The opinions that a representative brings are put to the record, and bind no ballot."""
        case = done(called(), (Attach("1" * 64, "m-01 所联系住户的书面意见"), START))
        case = done(case, (TakeAttendance(VOTERS), HELD), (CastBallot(Choice.FOR), HELD, "m-01"))
        assert "所联系住户的书面意见" in minutes(case.entries)
        assert case.progress.ballots["m-01"] is Choice.FOR


class TestE15CoOwners:
    """E15: co-owners name one voter; until they do, none of them casts a ballot (Ningbo 18)."""

    def test_before_and_after_they_have_named_one(self):
        """Whoever of the two comes is refused; under the naming their one ballot is taken."""
        owners = Roll("assembly", [Member("a+b", co_owners={"a", "b"}), Member("c")])
        case = alone(assembly(rule=WRITTEN, modes=["written"]), rolls={"assembly": owners})
        case = done(case, (Convene(held_at=HELD, until=CLOSES, mode="written"), START))
        refused(case, pile({"a+b": "for"}), "VOTER_NOT_NAMED", at=HELD)
        named = done(case, (CastBallot(Choice.FOR, proxy=Proxy("a+b", "b", "推选书 1")), HELD, "b"))
        assert dict(named.progress.ballots) == {"a+b": Choice.FOR}


class TestE19NotOnTheNotice:
    """E19: no vote on what was not announced (Beijing 35, Hangzhou 19, Qingdao 29)."""

    def test_a_late_item(self):
        """The agenda is fixed by the notice."""
        case = sitting(agenda=["2026-001", "2026-002"])
        refused(case, CountVotes(for_=9, against=0, item="2026-003"), "NOT_ON_AGENDA", at=HELD, says=["2026-003"])


class TestE20ShortNotice:
    """E20: ten days' notice (residents' law 2025 art. 26), ad hoc in special circumstances; else refused."""

    NOTICE = law.edition("residents.assembly.notice", on=START.date())

    @pytest.mark.parametrize(("after", "codes"), [(11, []), (10, ["SHORT_PERIOD"]), (2, ["SHORT_PERIOD"])])
    def test_ten_clear_days(self, after, codes):
        """On the eleventh day after the notice it may be held; on the tenth, or the second, it may not."""
        case, call = alone(assembly(notice=self.NOTICE)), Convene(held_at=day(after))
        if codes:
            assert refused(case, call, *codes, at=START).reasons[0].citation == self.NOTICE.citation
        else:
            assert done(case, (call, START)).phase == "called"

    def test_a_waiver_keeps_its_reason_and_its_author(self):
        """Where the stage allows it, and with a reason."""
        case = alone(assembly(notice=self.NOTICE, notice_waivable=True))
        entry = done(case, (Convene(held_at=day(2), waiver="防汛抢险"), START)).entries[-1]
        assert (entry.by, entry.action.waiver.zh) == ("sec-1", "防汛抢险")


class TestE22WrittenAndOnline:
    """E22: in person, written, online, mixed, as the rule allows (Property Management Regulations art. 12)."""

    def test_one_tally_without_doubles(self):
        """Seven on paper and one online make eight; the paper ballot of whoever voted online is refused."""
        case = alone(assembly(rule=WRITTEN, modes=["mixed"]))
        case = done(case, (Convene(held_at=HELD, until=CLOSES, mode="mixed"), START))
        case = done(case, (CastBallot(Choice.FOR), HELD, "m-08"))
        refused(case, pile(dict.fromkeys(VOTERS[:8], "for")), "ALREADY_CAST", at=HELD, says=["m-08"])
        case = done(case, (pile(dict.fromkeys(VOTERS[:7], "for")), HELD), (CloseVote(), CLOSES))
        assert ruled(case).tally.number(CAST) == 8

    def test_a_mode_that_is_not_allowed(self):
        """A body that must be present does not vote in writing."""
        call = Convene(held_at=HELD, until=CLOSES, mode="written")
        refused(alone(assembly()), call, "MODE_NOT_ALLOWED", "NO_PRESENCE", at=START)


class TestE29Interest:
    """E29: whoever has an interest is out of entitled and present; a chair with one is replaced (Hainan 21)."""

    def test_one_recused_and_the_quorum_broken(self):
        """Six of ten are a quorum, four of eight are none; the entry says so, and by whom it was decided."""
        case = done(sitting(VOTERS[:6]), (Recuse("m-01", "亲属"), HELD), (Recuse("m-02", "亲属"), HELD))
        entry = case.entries[-1]
        assert (entry.by, entry.effect.ruling.outcome) == ("sec-1", Outcome.INQUORATE)
        tally = entry.effect.ruling.tally
        assert (tally.number(ENTITLED), tally.number(PRESENT)) == (8, 4)

    def test_an_office_is_given_to_somebody_else(self):
        """By an entry with its reason; from then on the new holder acts, and the old one does not."""
        case = done(called(), (Appoint("clerk", {"clerk-2"}, reason="原记录人有利害关系"), START))
        assert case.dossier.offices["clerk"] == {"clerk-2"}


class TestE39TheRuleChangesMeanwhile:
    """E39: the rule is that of the day of the notice, whatever comes into force before the vote (law of 2026-01-01)."""

    OLD, NEW = (law.edition("residents.assembly.persons", on=on) for on in (date(2025, 12, 31), date(2026, 1, 1)))

    @pytest.mark.parametrize(("off", "article"), [(-1, "9"), (0, "27")])
    def test_notice_before_and_vote_after(self, off, article):
        """Called in the last instant of 2025, or in the first of 2026, for a day in January."""
        at = NEW_YEAR + off * MICROSECOND
        case = alone(
            assembly(rule=[self.OLD, self.NEW]), rolls={"assembly": roll("assembly", VOTERS)}, at=at - MICROSECOND
        )
        called_then = done(case, (Convene(held_at=NEW_YEAR.replace(day=20)), at))
        assert called_then.entries[-1].effect.rule.citation.article == article
        assert (self.OLD.citation.in_force_to, self.NEW.citation.in_force_from) == (OLD_LAW_ENDS, NEW_LAW)
