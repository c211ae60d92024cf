"""The casting vote: a tie fails unless a rule gives one, and only to whom it says (domain E17).

The by-law and its figures are invented.
"""

import itertools
from datetime import date
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    VALID,
    Choice,
    Outcome,
    Rule,
    Tally,
    rule_from_data,
    ruling_from_data,
    tally_from_data,
    to_data,
)
from yizheng.text import Text

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
CARRIED, LOST, INQUORATE = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE
BY_LAW = Citation(
    instrument=Text("议事规则（虚构）", "by-laws (invented)"), article="9", in_force_from=date(2025, 1, 1)
)
QUORUM = PRESENT >= TWO_THIRDS * ENTITLED
RULE = Rule(quorum=QUORUM, passage=FOR > HALF * CAST, casting="chair", citation=BY_LAW)
EVEN = {"entitled": 30, "present": 22, "for_": 11, "against": 11}
TIED = Tally.of(**EVEN)


def with_casting(casting, **figures):
    """An even vote with a casting vote."""
    return Tally.of(**{**EVEN, **figures}, casting=casting)


class TestDecides:
    """Equal votes, a quorum, and nothing else that fails: then it decides."""

    @pytest.mark.parametrize(("casting", "outcome"), [(Choice.FOR, CARRIED), (Choice.AGAINST, LOST), (None, LOST)])
    def test_a_tie(self, casting, outcome):
        """For carries; against, or not given, leaves it lost. It stays a tie of the votes themselves."""
        ruling = RULE.judge(with_casting(casting))
        assert (ruling.outcome, ruling.tie, ruling.castable, ruling.casting) == (outcome, True, True, casting)

    def test_only_where_the_rule_gives_it(self):
        """Without such a rule a tie is lost, and nobody decides it."""
        ruling = attrs.evolve(RULE, casting=None).judge(TIED)
        assert (ruling.outcome, ruling.tie, ruling.castable, ruling.casting) == (LOST, True, False, None)

    @pytest.mark.parametrize(
        "passage",
        [
            FOR >= TWO_THIRDS * CAST,
            FOR > HALF * PRESENT,
            FOR > HALF * ENTITLED,
            FOR.among("women") > HALF * CAST.among("women"),
            (FOR > HALF * CAST) & (AGAINST <= 9),
            FOR >= AGAINST + 2,
            FOR >= 11,
            FOR > 10,
            FOR > Fraction(1, 3) * ENTITLED,
            FOR + ABSTAINING > 12,
            AGAINST < 10,
        ],
        ids=repr,
    )
    def test_never_lifts_more_than_a_tie(self, passage):
        """Not two thirds, nor half of those who sat there and abstained, nor a vote of a group, nor a fixed number."""
        tally = with_casting(
            Choice.FOR, for_=10, against=10, abstaining=2, among={"women": dict(EVEN, for_=3, against=3) | WOMEN}
        )
        ruling = attrs.evolve(RULE, passage=passage).judge(tally)
        assert (ruling.outcome, ruling.tie, ruling.castable, ruling.casting) == (LOST, True, False, None)
        assert ruling.by_tie is False

    @pytest.mark.parametrize(
        "passage",
        [
            FOR > AGAINST,
            AGAINST < FOR,
            FOR > HALF * CAST,
            FOR > HALF * VALID,
            FOR > HALF * PRESENT,
            FOR > HALF * (FOR + AGAINST),
            VALID - FOR < FOR,
            (FOR > HALF * CAST) & (FOR >= 11),
            (FOR >= 15) | (FOR > AGAINST),
        ],
        ids=repr,
    )
    def test_only_the_tie_fails_it(self, passage):
        """Half is exactly half, and a vote in favour weighs as much as a vote against: the casting vote decides."""
        ruling = attrs.evolve(RULE, passage=passage).judge(with_casting(Choice.FOR))
        assert (ruling.outcome, ruling.by_tie, ruling.castable) == (CARRIED, True, True)

    @pytest.mark.parametrize("votes", [1, 2, 3, 10, 1000])
    @pytest.mark.parametrize(
        "passage",
        [
            FOR >= TWO_THIRDS * CAST,
            FOR >= Fraction(3, 4) * PRESENT,
            FOR >= Fraction(3, 5) * VALID,
            FOR >= CAST,
            FOR >= ENTITLED,
            FOR >= 2 * AGAINST,
            AGAINST <= 0,
        ],
        ids=repr,
    )
    def test_in_a_body_of_any_size(self, passage, votes):
        """One to one is neither two thirds, nor three quarters, nor everybody, whoever presides."""
        tally = Tally.of(entitled=2 * votes, present=2 * votes, for_=votes, against=votes, casting="for")
        rule = Rule(quorum=None, passage=passage, casting="chair")
        assert (rule.judge(tally).outcome, rule.judge(tally).castable) == (LOST, False)
        assert rule.settled(tally) is LOST

    def test_it_weighs_nothing_by_area(self):
        """An office has no area: where area falls short, equal heads are not the obstacle."""
        rule = Rule(
            quorum=None, passage=(FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area")), casting="chair"
        )
        heads = {"for_": 5, "against": 5, "abstaining": 0, "invalid": 0}
        for area, outcome in (("50", LOST), ("50.01", CARRIED)):
            weighed = {"for_": area, "against": 100 - Fraction(area), "abstaining": 0, "invalid": 0}
            tally = Tally.by_measure(heads=heads, area=weighed, presence=False, casting="for")
            assert rule.judge(tally).outcome is outcome

    def test_no_quorum_no_casting_vote(self):
        """Where too few are present nothing is decided, by whomever."""
        few = {"present": 19, "for_": 9, "against": 9, "silent": 1}
        ruling = RULE.judge(with_casting(None, **few))
        assert (ruling.outcome, ruling.castable, ruling.casting) == (INQUORATE, False, None)
        with pytest.raises(InvalidValue, match="no tie for it to break: for 9 and against 9, inquorate"):
            RULE.judge(with_casting(Choice.FOR, **few))

    def test_nobody_voted(self):
        """Nought to nought is no tie, and one vote from the chair carries nothing."""
        tally = Tally.of(entitled=3, present=3, for_=0, against=0, abstaining=0, invalid=0)
        assert RULE.judge(tally).castable is False
        with pytest.raises(InvalidValue, match="for 0 and against 0"):
            RULE.judge(attrs.evolve(tally, casting="for"))


WOMEN = {"entitled": 10, "present": 6}


class TestRefused:
    """A casting vote that nobody has, or that nothing calls for, is refused."""

    def test_the_rule_gives_none(self):
        """Neither judged nor settled."""
        rule = attrs.evolve(RULE, casting=None)
        for ask in (rule.judge, rule.settled):
            with pytest.raises(
                InvalidValue, match=r"casting vote \(for\).*gives one to nobody; leave it out, or say in the "
            ):
                ask(with_casting(Choice.FOR))

    @pytest.mark.parametrize("casting", [Choice.FOR, Choice.AGAINST])
    def test_there_is_no_tie(self, casting):
        """One vote more or less is no tie."""
        for votes in (10, 12):
            with pytest.raises(InvalidValue, match=f"no tie for it to break: for {votes} and against {22 - votes}"):
                RULE.judge(with_casting(casting, for_=votes, against=22 - votes))

    def test_equal_votes_carry_already(self):
        """Half that includes the half needs no casting vote, and one against does not undo it."""
        rule = attrs.evolve(RULE, passage=FOR >= HALF * CAST)
        assert rule.judge(TIED).outcome is CARRIED
        with pytest.raises(InvalidValue, match="no tie for it to break: for 11 and against 11, carried"):
            rule.judge(with_casting(Choice.AGAINST))

    def test_the_vote_is_void(self):
        """More ballots came back than were issued: there is nothing to decide."""
        with pytest.raises(InvalidValue, match="void"):
            RULE.judge(with_casting(Choice.FOR, issued=21, returned=22))

    def test_figures_that_are_unknown_make_no_tie(self):
        """Without the votes against nobody knows of a tie."""
        tally = Tally.of(entitled=30, present=22, for_=9, cast=22, casting="for")
        with pytest.raises(InvalidValue, match="for 9 and against unknown"):
            RULE.judge(tally)

    @pytest.mark.parametrize("casting", [Choice.ABSTAIN, "invalid"])
    def test_it_is_for_or_against(self, casting):
        """What was not cast is left out."""
        with pytest.raises(InvalidValue, match="leave it out if it was not cast"):
            Tally.of(for_=1, casting=casting)

    def test_a_word_that_is_no_choice(self):
        """A choice is one of a few words."""
        with pytest.raises(InvalidValue, match="no Choice"):
            Tally.of(for_=1, casting="yes")

    @pytest.mark.parametrize(("holder", "error"), [(True, InvalidType), ("", InvalidValue), (7, InvalidType)])
    def test_somebody_must_have_it(self, holder, error):
        """The holder is named."""
        with pytest.raises(error, match="who has the casting vote"):
            attrs.evolve(RULE, casting=holder)


class TestWords:
    """The ruling says whose vote decided, and on what authority."""

    @pytest.mark.parametrize(
        ("casting", "zh", "en"),
        [
            (
                Choice.FOR,
                "赞成与反对相等，「chair」投决定票赞成，通过",
                'for and against are equal, the casting vote of "chair" is for, carried',
            ),
            (
                Choice.AGAINST,
                "赞成与反对相等，「chair」投决定票反对，未通过",
                'for and against are equal, the casting vote of "chair" is against, lost',
            ),
            (
                None,
                "赞成与反对相等，「chair」未投决定票，未通过",
                'for and against are equal, "chair" gave no casting vote, lost',
            ),
        ],
    )
    def test_a_tie(self, casting, zh, en):
        """For, against, or not given."""
        ruling = RULE.judge(with_casting(casting))
        assert ruling.explain("zh") == (
            "应到 30，实到 22，不少于 2/3（20），会议有效；参与表决 22，赞成 11，未超过参与表决 1/2（11），至少需 12，"
            f"{zh}。依据：《议事规则（虚构）》第9条。"
        )
        assert ruling.explain("en") == (
            "Entitled 30, present 22, at least 2/3 (20): the meeting is quorate; taking part 22, for 11, not more than 1/2 "
            f"of those taking part (11), 12 needed: {en}. Authority: by-laws (invented) art. 9."
        )

    @pytest.mark.parametrize(
        ("casting", "zh", "en"),
        [
            (None, "未通过", "lost"),
            (
                "for",
                "「chair」的决定票只决定仅因平局而未通过的事项，在此不起作用，未通过",
                'the casting vote of "chair" decides only what a tie alone has failed, and has no effect here, lost',
            ),
        ],
    )
    def test_a_tie_that_it_cannot_lift(self, casting, zh, en):
        """A tie is told as the cause only where it is; a casting vote that came to nothing is told as such."""
        ruling = Rule(quorum=None, passage=FOR >= TWO_THIRDS * CAST, casting="chair").judge(with_casting(casting))
        assert ruling.explain("zh") == f"参与表决 22，赞成 11，不足参与表决 2/3（14 2/3），至少需 15，{zh}。"
        assert ruling.explain("en") == (
            f"Taking part 22, for 11, less than 2/3 of those taking part (14 2/3), 15 needed: {en}."
        )

    @pytest.mark.parametrize(
        ("passage", "said"),
        [
            (FOR > HALF * CAST, "11 needed: for and against are equal, lost."),
            (FOR >= TWO_THIRDS * ENTITLED, "67 needed: lost."),
            (FOR.by("area") > HALF * CAST.by("area"), "more than 200 m² needed: lost."),
        ],
        ids=repr,
    )
    def test_the_cause_where_nobody_has_a_casting_vote(self, passage, said):
        """Four of sixty-seven, or the lesser area, is not lost by a tie, and no sentence says so; it is one all the same."""
        heads = {"entitled": 100, "for_": 10, "against": 10, "abstaining": 0, "invalid": 0}
        area = {"entitled": 9000, "for_": 100, "against": 300, "abstaining": 0, "invalid": 0}
        ruling = Rule(quorum=None, passage=passage).judge(Tally.by_measure(heads=heads, area=area, presence=False))
        assert (ruling.outcome, ruling.tie, ruling.castable) == (LOST, True, False)
        assert ruling.explain("en").endswith(said)
        assert ("相等" in ruling.explain("zh")) is ruling.by_tie is ("equal" in said)

    def test_the_rule(self):
        """The rule names the office."""
        assert RULE.explain("zh") == (
            "法定人数：实到不少于应到 2/3。通过：赞成超过参与表决 1/2。赞成与反对相等时，由「chair」投决定票。"
            "依据：《议事规则（虚构）》第9条。"
        )
        assert RULE.explain("en") == (
            "Quorum: present at least 2/3 of those entitled. Carried by: for more than 1/2 of those taking part. Where for "
            'and against are equal, "chair" has the casting vote. Authority: by-laws (invented) art. 9.'
        )


class TestData:
    """It is kept with the rule, the tally and the ruling; where there is none, nothing is written."""

    def test_round_trip(self):
        """Who has it, how it was cast, and that it decided."""
        ruling = RULE.judge(with_casting(Choice.FOR))
        data = to_data(ruling)
        assert (data["rule"]["casting"], data["tally"]["casting"], data["casting"]) == ("chair", "for", "for")
        assert ruling_from_data(data) == ruling
        assert rule_from_data(data["rule"]) == RULE
        assert tally_from_data(data["tally"]) == with_casting("for")

    def test_old_data_stay_as_they_are(self):
        """A tie without a casting vote has the keys that it had."""
        data = to_data(attrs.evolve(RULE, casting=None).judge(TIED))
        assert set(data) == {"rule", "tally", "outcome", "tie", "findings"}
        assert "casting" not in data["rule"]
        assert "casting" not in data["tally"]

    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            ({"casting": "against"}, "ruling.casting: is against, but by the rule and the figures it is for"),
            ({"casting": None}, "ruling.casting: is of type NoneType, but by the rule and the figures it is for"),
            ({"outcome": "lost"}, "ruling.outcome: is lost, but by the rule and the figures it is carried"),
        ],
    )
    def test_a_verdict_is_not_taken_on_trust(self, change, fault):
        """What does not follow is a fault."""
        data = to_data(RULE.judge(with_casting(Choice.FOR)))
        with pytest.raises(InvalidValue) as caught:
            ruling_from_data(data | change)
        assert fault in caught.value.faults
        del data["casting"]
        with pytest.raises(InvalidValue, match=r"ruling\.casting: is missing"):
            ruling_from_data(data)

    def test_faults_name_the_key(self):
        """In the rule and in the tally."""
        with pytest.raises(InvalidValue, match=r"rule.*who has the casting vote"):
            rule_from_data(to_data(RULE) | {"casting": 7})
        with pytest.raises(InvalidValue, match=r"tally.*leave it out"):
            tally_from_data(to_data(TIED) | {"casting": "abstain"})


MARKS = st.fixed_dictionaries(
    {mark: st.integers(0, 3) for mark in ("for", "against", "abstaining", "invalid", "silent", "absent")}
)
PASSAGES = st.sampled_from(
    [
        FOR > HALF * CAST,
        FOR > HALF * PRESENT,
        FOR >= TWO_THIRDS * VALID,
        FOR > AGAINST,
        FOR >= HALF * CAST,
        (FOR > HALF * CAST) & (ABSTAINING <= 1),
        (FOR >= 3) | (FOR > HALF * ENTITLED),
        VALID - FOR < FOR,
    ]
)
QUORUMS = st.sampled_from([None, QUORUM, CAST >= 3])


SHARES = st.builds(
    lambda below, above: Fraction(below + above, 2 * below + above), st.integers(0, 30), st.integers(1, 30)
)
BASES = st.sampled_from([ENTITLED, PRESENT, CAST, VALID, FOR + AGAINST])


class TestLaws:
    """What holds for every rule and every count."""

    @given(SHARES, BASES, st.booleans(), st.integers(1, 10**6), st.sampled_from(["for", "against"]))
    def test_it_changes_nothing_above_one_half(self, share, base, strict, votes, casting):
        """Whatever the share above one half and the size: lost with it as without."""
        passage = FOR > share * base if strict else FOR >= share * base
        rule = Rule(quorum=None, passage=passage, casting="chair")
        tally = Tally.of(entitled=2 * votes, present=2 * votes, for_=votes, against=votes, casting=casting)
        ruling = rule.judge(tally)
        assert (ruling.outcome, ruling.tie, ruling.castable, ruling.casting) == (LOST, True, False, None)
        assert rule.settled(tally) is rule.settled(attrs.evolve(tally, casting=None)) is LOST

    @given(st.integers(0, 40), st.booleans(), st.integers(1, 20), st.integers(0, 3))
    def test_it_changes_no_fixed_number(self, number, strict, votes, abstaining):
        """A number is met by the ballots or not at all."""
        rule = Rule(quorum=None, passage=FOR > number if strict else FOR >= number, casting="chair")
        tally = Tally.of(for_=votes, against=votes, abstaining=abstaining, invalid=0)
        assert rule.judge(tally).castable is False

    @given(st.integers(1, 10**6), BASES)
    def test_it_decides_every_simple_majority(self, votes, base):
        """More than half, at exactly half, is what a casting vote is for; and a vote in every base would carry it too."""
        rule = Rule(quorum=None, passage=FOR > HALF * base, casting="chair")
        tally = Tally.of(entitled=2 * votes, present=2 * votes, for_=votes, against=votes, casting="for")
        assert (rule.judge(tally).outcome, rule.settled(tally)) == (CARRIED, CARRIED)
        more = Tally.of(entitled=2 * votes + 1, present=2 * votes + 1, for_=votes + 1, against=votes)
        assert rule.judge(more).outcome is CARRIED

    @given(MARKS, PASSAGES, QUORUMS, st.sampled_from([None, "for", "against"]))
    def test_it_changes_ties_only(self, marks, passage, quorum, casting):
        """Where it is taken, the outcome is that without it, but for a tie that is cast in favour; against is idle."""
        plain, rule = Rule(quorum=quorum, passage=passage), Rule(quorum=quorum, passage=passage, casting="chair")
        tally = Tally.of(**{"for_" if mark == "for" else mark: number for mark, number in marks.items()})
        before = plain.judge(tally)
        try:
            after = rule.judge(attrs.evolve(tally, casting=casting))
        except InvalidValue:
            assert not before.tie
            assert casting is not None
            return
        if after.outcome is not before.outcome:
            assert (before.tie, before.outcome, after.outcome, casting) == (True, LOST, CARRIED, "for")
            # With one vote more in favour, in every base that holds it, the ballots would carry by themselves.
            more = marks | {"for": marks["for"] + 1}
            assert plain.judge(Tally({"heads": more})).outcome is CARRIED

    @given(
        st.fixed_dictionaries({mark: st.integers(0, 3) for mark in ("for", "against", "abstaining")}),
        st.integers(0, 3),
        PASSAGES,
        QUORUMS,
        st.sampled_from([None, "for", "against"]),
    )
    def test_settled_agrees_with_every_completion(self, marks, out, passage, quorum, casting):
        """What is called settled comes out so whatever those do who are out, and however the casting vote is cast."""
        rule = Rule(quorum=quorum, passage=passage, casting="chair")
        tally = Tally({"heads": marks | {"invalid": 0, "silent": out, "absent": 0}}, casting=casting)
        settled = rule.settled(tally)
        if settled is None:
            return
        for ways in itertools.combinations_with_replacement(("for", "against", "abstaining", "invalid", "silent"), out):
            done = {**marks, "invalid": 0, "silent": 0, "absent": 0}
            for way in ways:
                done[way] += 1
            for cast in (None, "for", "against") if casting is None else (casting,):
                try:
                    outcome = rule.judge(Tally({"heads": done}, casting=cast)).outcome
                except InvalidValue:
                    outcome = rule.judge(Tally({"heads": done})).outcome
                assert outcome is settled

    @pytest.mark.parametrize(
        ("casting", "settled"), [(None, None), ("for", CARRIED), ("against", LOST)], ids=["open", "for", "against"]
    )
    def test_all_ballots_are_in(self, casting, settled):
        """A tie is open until the casting vote is given."""
        tally = Tally.of(entitled=22, present=22, for_=11, against=11, casting=casting)
        assert RULE.settled(tally) is settled

    def test_settled_where_no_tie_can_come_about(self):
        """Three behind with two out is lost, and two behind is not; nor does a tie count that it cannot lift."""
        rule = attrs.evolve(RULE, passage=FOR > HALF * ENTITLED)
        assert rule.settled(Tally.of(entitled=15, present=15, for_=5, against=8, silent=2)) is LOST
        assert rule.settled(Tally.of(entitled=14, present=14, for_=5, against=7, silent=2)) is None
        assert (
            attrs.evolve(rule, casting=None).settled(Tally.of(entitled=14, present=14, for_=5, against=7, silent=2))
            is LOST
        )
        lifted = Rule(quorum=None, passage=FOR >= TWO_THIRDS * ENTITLED, casting="chair")
        assert lifted.settled(Tally.of(entitled=8, for_=4, against=4)) is LOST
