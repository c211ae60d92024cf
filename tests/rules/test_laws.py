"""Laws that hold for every rule and every count (row R4), tried on rules and counts made up by Hypothesis.

The reference here works with ``Fraction`` alone, over the public parts of a rule, and shares no code with judging.
"""

# amounts are written in capitals, and stand on the left as in the statute

import itertools
import json
import operator
import pickle
import re
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    INVALID,
    PRESENT,
    SILENT,
    VALID,
    AllOf,
    Amount,
    Comparison,
    Figure,
    Outcome,
    Rule,
    Sign,
    Tally,
    Term,
    rule_from_data,
    ruling_from_data,
    tally_from_data,
    to_data,
)

MARKS = ("for", "against", "abstaining", "invalid", "silent", "absent", "recused")
OPEN = MARKS[:6]
WHOLES = {
    "valid": MARKS[:3],
    "cast": MARKS[:4],
    "present": MARKS[:5],
    "entitled": MARKS[:6],
    "names": MARKS,
}
SIGNS = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}


# --- a roll in which everybody has done one thing


@attrs.frozen
class Voter:
    """One member: what was done, how much area it weighs, and whether the member is of the group."""

    mark: str
    area: Fraction
    in_group: bool


def counted(voters: list[Voter], *, factor: Fraction = Fraction(1), **settings: object) -> Tally:
    """Count a roll by heads and area, all and the group."""

    def marks(some: list[Voter], weight):
        return {mark: sum((weight(voter) for voter in some if voter.mark == mark), Fraction()) for mark in MARKS}

    group = [voter for voter in voters if voter.in_group]
    return Tally.by_measure(
        heads=marks(voters, lambda _: 1) | {"among": {"g": marks(group, lambda _: 1)}},
        area=marks(voters, lambda voter: factor * voter.area)
        | {"among": {"g": marks(group, lambda voter: factor * voter.area)}},
        **settings,
    )


AREAS = st.sampled_from([Fraction(number) for number in ("0", "1", "2", "3", "9", "1/2", "1/3", "5/6", "89.60")])
VOTERS = st.builds(Voter, st.sampled_from(MARKS), AREAS, st.booleans())
ROLLS = st.lists(VOTERS, max_size=9)


# --- rules

SHARES = st.sampled_from(sorted({Fraction(p, q) for q in range(1, 9) for p in range(q + 1)}))
TIMES = st.one_of(SHARES, st.sampled_from([Fraction(whole) for whole in range(-2, 4)]))
FIGURES = st.sampled_from([figure for figure in Figure if figure is not Figure.NAMES])


@st.composite
def sums(draw, measure: str) -> Amount:
    """Any sum of figures of one measure."""
    terms = [
        Term(draw(TIMES), draw(FIGURES), measure, draw(st.sampled_from([None, None, None, "g"])))
        for _ in range(draw(st.sampled_from([1, 1, 2, 3])))
    ]
    return Amount(terms, draw(st.sampled_from([0, 0, 0, 1, -1, 3])))


@st.composite
def comparisons(draw) -> Comparison:
    """Any comparison."""
    measure = draw(st.sampled_from(["heads", "heads", "area"]))
    left, right = draw(sums(measure)), draw(st.one_of(sums(measure), st.integers(0, 5).map(Amount.of)))
    assume(left.terms)
    assume(right.terms or not 0 < right.constant < 1)
    return Comparison(left, draw(st.sampled_from(Sign)), right)


@st.composite
def usual(draw) -> Comparison:
    """A comparison of the kind that statutes make."""
    of = draw(st.sampled_from([ENTITLED, PRESENT, CAST, VALID, FOR + AGAINST]))
    base = draw(SHARES.filter(bool)) * of
    comparison = draw(
        st.sampled_from([FOR > base, FOR >= base, AGAINST <= base, AGAINST < base, PRESENT >= base, CAST > base])
    )
    if draw(st.booleans()):
        comparison = Comparison(comparison.left.by("area"), comparison.sign, comparison.right.by("area"))
    if draw(st.integers(0, 4)) == 0:
        comparison = Comparison(comparison.left.among("g"), comparison.sign, comparison.right.among("g"))
    return comparison


def conditions(leaves):
    """Comparisons, by themselves and joined."""
    joined = st.lists(leaves, min_size=2, max_size=3)
    return st.one_of(
        leaves,
        joined.map(AllOf),
        joined.map(lambda parts: parts[0] | parts[1]),
        joined.map(lambda parts: (parts[0] | parts[1]) & parts[-1]),
    )


def rules(leaves):
    """Rules with and without a quorum."""
    return st.builds(
        Rule, quorum=st.one_of(st.none(), conditions(leaves)), passage=conditions(leaves), by_no_objection=st.booleans()
    )


ANY_RULE, USUAL_RULE = rules(comparisons()), rules(usual())


# --- the reference


def worked_out(amount: Amount, voters: list[Voter]) -> Fraction:
    """What an amount comes to, member by member."""
    total = amount.constant
    for term in amount.terms:
        marks = WHOLES.get(term.figure.value, (term.figure.value,))
        for voter in voters:
            if voter.mark in marks and (term.group is None or voter.in_group):
                total += term.times * (voter.area if term.measure == "area" else 1)
    return total


def mentions(voter: Voter, amount: Amount) -> bool:
    """Whether a voter is counted on a side, once sums are worked out, and weighs something there."""
    by_group: dict[str | None, Fraction] = {}
    for term in amount.terms:
        if voter.mark in WHOLES.get(term.figure.value, (term.figure.value,)):
            by_group[term.group] = by_group.get(term.group, Fraction()) + term.times
    weight = voter.area if amount.measure == "area" else Fraction(1)
    return bool(weight) and any(times and (group is None or voter.in_group) for group, times in by_group.items())


def is_nothing(comparison: Comparison, voters: list[Voter]) -> bool:
    """Whether nobody is counted on either side, or a share is one of nobody."""
    left, right = comparison.left, comparison.right
    if not right.terms:
        return False
    if not any(mentions(voter, left) or mentions(voter, right) for voter in voters):
        return True
    shares = {Figure.ENTITLED, Figure.PRESENT, Figure.CAST, Figure.VALID}
    return any(
        any(term.figure in shares and term.times.denominator > 1 for term in side.terms)
        and not any(mentions(voter, side) for voter in voters)
        for side in (left, right)
    )


def holds(condition, voters: list[Voter]) -> bool:
    """Whether a condition holds."""
    if isinstance(condition, Comparison):
        left, right = worked_out(condition.left, voters), worked_out(condition.right, voters)
        return not is_nothing(condition, voters) and SIGNS[condition.sign.value](left, right)
    return (all if isinstance(condition, AllOf) else any)([holds(part, voters) for part in condition.parts])


def judged(rule: Rule, voters: list[Voter]) -> Outcome:
    """The outcome of a vote that is not void."""
    if rule.quorum is not None and not holds(rule.quorum, voters):
        return Outcome.INQUORATE
    needed = OPEN if rule.by_no_objection else ("for",)
    supported = any(voter.mark in needed for voter in voters)
    return Outcome.CARRIED if supported and holds(rule.passage, voters) else Outcome.LOST


class TestAgainstTheReference:
    """Every ruling is what slow arithmetic says."""

    @given(ANY_RULE, ROLLS)
    def test_any_rule_is_judged_as_the_reference_judges_it(self, rule, voters):
        """Sums, groups, measures, both joints and every sign."""
        ruling = rule.judge(counted(voters))
        assert ruling.outcome is judged(rule, voters)
        for finding in ruling.findings:
            assert finding.left == worked_out(finding.comparison.left, voters)
            assert finding.right == worked_out(finding.comparison.right, voters)
            assert finding.holds is holds(finding.comparison, voters)
            assert finding.nothing is is_nothing(finding.comparison, voters)

    @given(USUAL_RULE, ROLLS)
    def test_the_usual_rules_are_too(self, rule, voters):
        """The forms that statutes use, often near their thresholds."""
        ruling = rule.judge(counted(voters))
        assert ruling.outcome is judged(rule, voters)
        votes_for, against = (sum(voter.mark == mark for voter in voters) for mark in ("for", "against"))
        assert ruling.tie is (ruling.outcome is Outcome.LOST and 0 < votes_for == against)

    @given(comparisons(), ROLLS)
    def test_what_was_needed_is_enough_and_less_is_not(self, comparison, voters):
        """Held against the right side as it stands; over heads the left side moves by the steps that it can make."""
        (finding,) = Rule(quorum=None, passage=comparison).judge(counted(voters)).findings
        if finding.nothing:
            assert finding.needed is None
            return
        assert finding.needed is not None
        sign, right = SIGNS[comparison.sign.value], finding.right
        inward = -1 if comparison.sign in {Sign.AT_LEAST, Sign.MORE_THAN} else 1
        if comparison.measure == "area":
            assert finding.needed == right
            assert finding.needed_is_bound is not sign(right, right)
            return
        assert sign(finding.needed, right)
        weights = [abs(term.times) for term in comparison.left.terms]
        step = Fraction(0)
        for weight in weights:
            while weight:
                step, weight = weight, step % weight  # noqa: PLW2901  # Euclid's way
        assert not sign(finding.needed + inward * step, right)
        assert ((finding.needed - finding.left) / step).denominator == 1


class TestOneMoreVoteInFavour:
    """Turning a ballot from against to for never loses a carried vote; where a rule breaks this, it is named."""

    @given(USUAL_RULE, ROLLS, st.integers(0, 8))
    def test_never_loses_what_was_carried(self, rule, voters, which):
        """Nor does it take a quorum away."""
        against = [place for place, voter in enumerate(voters) if voter.mark == "against"]
        assume(against)
        turned = list(voters)
        place = against[which % len(against)]
        turned[place] = attrs.evolve(turned[place], mark="for")
        before, after = rule.judge(counted(voters)).outcome, rule.judge(counted(turned)).outcome
        assert before is not Outcome.CARRIED or after is Outcome.CARRIED
        assert before is Outcome.INQUORATE or after is not Outcome.INQUORATE

    @pytest.mark.parametrize(
        ("rule", "why"),
        [
            (Rule(quorum=AGAINST >= 1, passage=FOR > AGAINST), "a quorum of those against"),
            (Rule(quorum=None, passage=(FOR > 1) & (FOR < 4)), "a ceiling on those for"),
        ],
        ids=["a quorum of those against", "a ceiling on those for"],
    )
    def test_rules_that_break_it_are_written_so(self, rule, why):
        """A rule may ask for dissent, or cap assent; nothing hides that it does."""
        carried = Tally.of(for_=3, against=1, abstaining=0, invalid=0, silent=0, absent=0)
        turned = Tally.of(for_=4, against=0, abstaining=0, invalid=0, silent=0, absent=0)
        assert rule.judge(carried).outcome is Outcome.CARRIED, why
        assert rule.judge(turned).outcome is not Outcome.CARRIED, why


class TestWhatDoesNotMatter:
    """Order, scale and the way of writing."""

    @given(ANY_RULE, ROLLS, st.randoms(use_true_random=False))
    def test_the_order_of_the_voters(self, rule, voters, random):
        """Counted in another order, the ruling is equal."""
        shuffled = list(voters)
        random.shuffle(shuffled)
        assert rule.judge(counted(shuffled)) == rule.judge(counted(voters))

    @given(USUAL_RULE, ROLLS, st.fractions(Fraction(1, 7), 1000, max_denominator=7))
    def test_the_unit_of_a_weight(self, rule, voters, factor):
        """All areas times one factor: the same outcome."""
        assert rule.judge(counted(voters, factor=factor)).outcome is rule.judge(counted(voters)).outcome

    @given(conditions(comparisons()), conditions(comparisons()), ROLLS)
    def test_the_order_of_joined_conditions(self, one, other, voters):
        """``a & b`` is ``b & a``, and ``a | b`` is ``b | a``."""
        tally = counted(voters)

        def outcome(passage):
            return Rule(quorum=None, passage=passage).judge(tally).outcome

        assert outcome(one & other) is outcome(other & one)
        assert outcome(one | other) is outcome(other | one)

    @given(usual(), ROLLS)
    def test_a_comparison_turned_round(self, comparison, voters):
        """``FOR > share`` is ``share < FOR``."""
        turned_sign = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}[comparison.sign.value]
        turned = Comparison(comparison.right, Sign(turned_sign), comparison.left)
        tally = counted(voters)
        one, other = (Rule(quorum=None, passage=passage).judge(tally).outcome for passage in (comparison, turned))
        assert one is other


class TestStricter:
    """What asks for more carries less."""

    @given(SHARES.filter(bool), SHARES.filter(bool), st.sampled_from([ENTITLED, PRESENT, CAST, VALID]), ROLLS)
    def test_a_larger_share_and_a_strict_sign_carry_no_more(self, one, other, base, voters):
        """Carried by the larger share means carried by the smaller, and so with the signs."""
        small, large = sorted((one, other))
        tally = counted(voters)

        def carried(passage):
            return Rule(quorum=None, passage=passage).judge(tally).outcome is Outcome.CARRIED

        assert carried(FOR >= small * base) or not carried(FOR >= large * base)
        assert carried(FOR >= small * base) or not carried(FOR > small * base)

    @given(ANY_RULE, ROLLS)
    def test_no_verdict_without_a_quorum(self, rule, voters):
        """Carried or lost only where the quorum holds; and then always one of them."""
        outcome = rule.judge(counted(voters)).outcome
        quorate = rule.quorum is None or holds(rule.quorum, voters)
        assert (outcome in {Outcome.CARRIED, Outcome.LOST}) is quorate

    @given(ANY_RULE, ROLLS)
    def test_nothing_is_carried_without_support(self, rule, voters):
        """A vote in favour, or somebody who could have objected."""
        if rule.judge(counted(voters)).outcome is Outcome.CARRIED:
            assert any(voter.mark in (OPEN if rule.by_no_objection else ("for",)) for voter in voters)

    @given(ANY_RULE, ROLLS, st.integers(0, 9), st.integers(0, 9))
    def test_too_many_ballots_void_every_vote(self, rule, voters, issued, returned):
        """Whatever the rule and the count."""
        outcome = rule.judge(counted(voters, issued=issued, returned=returned)).outcome
        assert (outcome is Outcome.VOID) is (returned > issued)


# --- settled


def ways_out(voters: list[Voter]) -> list[list[Voter]]:
    """Every way in which those who are silent or absent may still act."""
    ways = [[voter.mark] if voter.mark not in {"silent", "absent"} else OPEN for voter in voters]
    return [
        [attrs.evolve(voter, mark=mark) for voter, mark in zip(voters, way, strict=True)]
        for way in itertools.product(*ways)
    ]


@st.composite
def rolls_with_few_out(draw) -> list[Voter]:
    """A roll in which at most two are silent or absent, so that every completion can be tried."""
    voters = draw(ROLLS)
    out = [place for place, voter in enumerate(voters) if voter.mark in {"silent", "absent"}]
    return [voter for place, voter in enumerate(voters) if place not in out[2:]]


class TestSettled:
    """A vote is closed early only where every possible completion gives the same outcome (rows 6, 69, 70)."""

    @given(st.one_of(ANY_RULE, USUAL_RULE), rolls_with_few_out())
    def test_is_never_claimed_where_a_completion_differs(self, rule, voters):
        """Every completion is tried."""
        settled = rule.settled(counted(voters))
        outcomes = {judged(rule, way) for way in ways_out(voters)}
        assert settled is None or outcomes == {settled}

    @given(
        st.sampled_from([ENTITLED, PRESENT, CAST, VALID, FOR + AGAINST]),
        SHARES.filter(bool),
        st.booleans(),
        rolls_with_few_out(),
    )
    def test_is_found_for_one_majority(self, base, share, strict, voters):
        """With a single majority of votes for, it is claimed wherever all completions agree (row 70)."""
        rule = Rule(quorum=None, passage=FOR > share * base if strict else FOR >= share * base)
        outcomes = {judged(rule, way) for way in ways_out(voters)}
        assert rule.settled(counted(voters)) is (outcomes.pop() if len(outcomes) == 1 else None)

    @given(ANY_RULE, st.lists(VOTERS.filter(lambda voter: voter.mark not in {"silent", "absent"}), max_size=7))
    def test_is_the_outcome_once_all_have_voted(self, rule, voters):
        """Where nobody is out, it is what judging says."""
        tally = counted(voters)
        assert rule.settled(tally) is rule.judge(tally).outcome

    @given(USUAL_RULE, rolls_with_few_out())
    def test_holds_without_presence(self, rule, voters):
        """In a written vote who is out is silent, and the same is promised."""
        assume(not rule.asks_for(PRESENT))
        written = [attrs.evolve(voter, mark="silent") if voter.mark == "absent" else voter for voter in voters]
        settled = rule.settled(counted(written, presence=False))
        outcomes = {judged(rule, way) for way in ways_out(written) if not any(voter.mark == "absent" for voter in way)}
        assert settled is None or outcomes == {settled}

    def test_row_69_four_against_of_sixteen_are_not_enough_to_lose(self):
        """It could still be carried, and is not called lost."""
        rule = Rule(quorum=None, passage=FOR > Fraction(1, 2) * VALID)
        assert rule.settled(Tally.of(entitled=16, for_=0, against=4, abstaining=0, invalid=0)) is None

    def test_row_70_what_cannot_pass_is_lost(self):
        """Eight of sixteen against an absolute majority."""
        rule = Rule(quorum=None, passage=FOR > Fraction(1, 2) * ENTITLED)
        assert rule.settled(Tally.of(entitled=16, for_=0, against=8, abstaining=0, invalid=0)) is Outcome.LOST

    def test_a_quorum_still_to_come_settles_nothing(self):
        """Enough votes for and too few present: who is absent may come."""
        rule = Rule(quorum=PRESENT >= 9, passage=FOR >= 5)
        counts = {"for": 8, "against": 0, "abstaining": 0, "invalid": 0, "silent": 0, "absent": 2}
        assert rule.settled(Tally({"heads": counts})) is None
        assert rule.settled(Tally({"heads": counts | {"for": 9, "absent": 1}})) is Outcome.CARRIED
        assert rule.settled(Tally({"heads": counts | {"absent": 0, "recused": 2}})) is Outcome.INQUORATE

    def test_ballots_still_out_may_void_it(self):
        """Nothing is settled while more could come back than were issued; what is void stays void."""
        rule = Rule(quorum=None, passage=FOR >= 3)
        counts = {"entitled": 9, "for_": 5, "against": 0, "abstaining": 0, "invalid": 0}
        assert rule.settled(Tally.of(**counts, issued=9, returned=5)) is Outcome.CARRIED
        assert rule.settled(Tally.of(**counts, issued=8, returned=5)) is None
        assert rule.settled(Tally.of(**counts, issued=8, returned=9)) is Outcome.VOID
        assert rule.settled(Tally.of(entitled=9, for_=5, issued=9, returned=5)) is None

    def test_what_may_still_turn_out_to_be_nothing_is_not_settled(self):
        """Twice those for are never fewer than those for; but where nobody is, there is nothing to compare."""
        rule = Rule(quorum=None, passage=2 * FOR >= FOR, by_no_objection=True)
        counts = {"against": 3, "abstaining": 0, "invalid": 0, "silent": 0}
        assert rule.settled(Tally({"heads": counts | {"for": 0, "absent": 1}})) is None
        assert rule.settled(Tally({"heads": counts | {"for": 0, "absent": 0}})) is Outcome.LOST
        assert rule.settled(Tally({"heads": counts | {"for": 1, "absent": 1}})) is Outcome.CARRIED

    def test_is_unknown_where_marks_are(self):
        """Without those against being counted, nobody knows who is out."""
        assert Rule(quorum=None, passage=FOR >= 3).settled(Tally.of(entitled=9, for_=5)) is None

    @pytest.mark.parametrize(
        "rule",
        [Rule(quorum=PRESENT >= 9, passage=FOR >= 3), Rule(quorum=None, passage=INVALID <= 3)],
        ids=["quorum", "passage"],
    )
    def test_refuses_as_judging_does(self, rule):
        """A figure that the rule asks for and nobody gave is named."""
        tally = Tally.of(entitled=9, for_=5)
        with pytest.raises(ValueError, match="unknown") as settled:
            rule.settled(tally)
        with pytest.raises(ValueError, match="unknown") as judged_:
            rule.judge(tally)
        assert str(settled.value) == str(judged_.value)


# --- data and words

TALLIES = st.builds(counted, ROLLS, issued=st.none() | st.integers(5, 9), returned=st.none() | st.integers(0, 6))


class TestRoundTrip:
    """What goes to plain data comes back unchanged, through JSON and through pickle."""

    @given(ANY_RULE)
    def test_rules(self, rule):
        """A rule is itself again, and its data is written in one way only."""
        data = json.loads(json.dumps(to_data(rule)))
        back = rule_from_data(data)
        assert back == rule == pickle.loads(pickle.dumps(rule))
        assert hash(back) == hash(rule)
        assert to_data(back) == data

    @given(TALLIES)
    def test_tallies(self, tally):
        """A tally is itself again."""
        data = json.loads(json.dumps(to_data(tally)))
        assert tally_from_data(data) == tally == pickle.loads(pickle.dumps(tally))
        assert json.dumps(to_data(tally_from_data(data))) == json.dumps(to_data(tally))

    @given(st.one_of(ANY_RULE, USUAL_RULE), TALLIES)
    def test_rulings(self, rule, tally):
        """A ruling is judged again, and is itself."""
        ruling = rule.judge(tally)
        assert ruling_from_data(json.loads(json.dumps(to_data(ruling)))) == ruling == pickle.loads(pickle.dumps(ruling))


NUMBER = re.compile(r"\d+ \d+/\d+|\d+/\d+|\d+\.\d+|\d+")


def on_record(ruling) -> set[Fraction]:
    """Every number that is in the tally, the rule or its findings."""
    tally = ruling.tally
    numbers = {Fraction(0), Fraction(1)}
    for measure in tally.measures.values():
        for counts in (measure, *measure.get("among", {}).values()):
            numbers |= {Fraction(number) for figure, number in counts.items() if figure != "among"}
    for finding in ruling.findings:
        numbers |= {Fraction(number) for number in (finding.left, finding.right, finding.needed) if number is not None}
    for amount in ruling.rule.amounts:
        numbers |= {amount.constant, *(term.times for term in amount.terms)}
    numbers |= {Fraction(number) for number in (tally.issued, tally.returned) if number is not None}
    return {abs(number) for number in numbers}


class TestWords:
    """Only numbers that are in the tally, the rule or its findings are said (row R28)."""

    @given(st.one_of(ANY_RULE, USUAL_RULE), TALLIES, st.sampled_from(["zh", "en"]))
    @example(
        Rule(quorum=None, passage=2 * SILENT - ABSTAINING > Fraction(1, 2) * (FOR + INVALID) - 3), counted([]), "zh"
    )
    def test_every_number_is_from_the_record(self, rule, tally, language):
        """No rounding, no percentage, nothing made up."""
        ruling = rule.judge(tally)
        numbers, said = on_record(ruling), ruling.explain(language)
        for found in NUMBER.findall(said):
            assert sum(map(Fraction, found.split())) in numbers, (found, said)
        assert "%" not in said
