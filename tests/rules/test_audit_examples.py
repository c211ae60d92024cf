"""Every example that an audit shows is true and the smallest, and every oddity that there is is found: by trying everything.

All that the members can do is gone through, and judged by adding up member by member with ``Fraction`` alone. Nothing is
shared with the search, nor with judging: a rule is read by its public parts. Smallest is what the docstring of
:class:`yizheng.rules.Oddity` says: of the first counts the one with the fewest in favour, then against, then abstaining.
"""

import itertools
import math
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.test_laws import ANY_RULE, SIGNS, USUAL_RULE, WHOLES
from yizheng import Member
from yizheng.rules import (
    ABSTAINING,
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    VALID,
    AllOf,
    Audit,
    Comparison,
    Oddity,
    OddityKind,
    Outcome,
    Rule,
    Tally,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
VOTES = ("for", "against", "abstaining")
SHARES = {"entitled", "present", "cast", "valid"}

Kind = tuple[int | Fraction, frozenset[str]]
"""What a rule can see of a member: the area, and the groups."""
Acts = tuple[tuple[str, ...], ...]
"""What those of each kind do, in order."""
Example = tuple[Acts, Acts]


# --- judging by adding up


class Trial:
    """A rule and the members, all of whose ways of voting are gone through."""

    def __init__(self, rule: Rule, roll: list[Kind]) -> None:
        self.rule = rule
        self.kinds = Counter(roll)
        self.members = [
            Member(f"m{place}", weights={"area": area}, groups=groups) for place, (area, groups) in enumerate(roll)
        ]
        asked = {term.figure.value for amount in rule.amounts for term in amount.terms}
        self.meeting = bool(asked & {"present", "absent"})
        self.away = "absent" if self.meeting else "silent"
        self.judged: dict[tuple[Acts, tuple[Comparison, int] | None], str] = {}

    def ways(self, marks: tuple[str, ...], *, without: Kind | None = None) -> Iterator[Acts]:
        """All that the members can do, or all but one of a kind; those of a kind are not told apart."""
        numbers = [number - (kind == without) for kind, number in self.kinds.items()]
        return itertools.product(*(itertools.combinations_with_replacement(marks, number) for number in numbers))

    def added(self, acts: Acts, kind: Kind, mark: str) -> Acts:
        """The same, when one more of a kind does this."""
        return tuple(
            tuple(sorted((*done, mark))) if each == kind else tuple(sorted(done))
            for each, done in zip(self.kinds, acts, strict=True)
        )

    def counts(self, acts: Acts) -> Counter:
        """How many, and how much, by measure, group and mark."""
        counts = Counter()
        for (area, groups), done in zip(self.kinds, acts, strict=True):
            for mark in done:
                for group in (None, *groups):
                    counts["heads", group, mark] += 1
                    counts["area", group, mark] += area
        return counts

    def outcome(self, acts: Acts, rounding: tuple[Comparison, int] | None = None) -> str:
        """What the rule makes of it; ``rounding`` puts a number in the place of a comparison's threshold."""
        key = acts, rounding
        if key not in self.judged:
            counts = self.counts(acts)
            if self.rule.quorum is not None and not holds(self.rule.quorum, counts, rounding):
                self.judged[key] = "inquorate"
            else:
                supporters = WHOLES["entitled"] if self.rule.by_no_objection else ("for",)
                supported = any(counts["heads", None, mark] for mark in supporters)
                carried = supported and holds(self.rule.passage, counts, rounding)
                self.judged[key] = "carried" if carried else "lost"
        return self.judged[key]

    def carried(self, acts: Acts, rounding: tuple[Comparison, int] | None = None) -> bool:
        """Whether it is carried."""
        return self.outcome(acts, rounding) == "carried"

    # --- the oddities

    def turns(self, one: str, *others: str) -> Iterator[tuple[Acts, ...]]:
        """Whatever the rest does: what all do when one does this, and when that one does other things."""
        for kind in self.kinds:
            for rest in self.ways((*VOTES, self.away), without=kind):
                yield tuple(self.added(rest, kind, mark) for mark in (one, *others))

    def no_show(self) -> list[Example]:
        """One who stays away stops it, and by voting against carries it."""
        return [
            (before, after)
            for before, after in self.turns(self.away, "against")
            if not self.carried(before) and self.carried(after)
        ]

    def leaving(self) -> list[Example]:
        """It is carried, and when one who is against leaves the meeting there is no quorum."""
        return [
            (before, after)
            for before, after in self.turns("against", self.away)
            if self.meeting and self.carried(before) and self.outcome(after) == "inquorate"
        ]

    def abstaining(self) -> list[Example]:
        """Carried without one person, lost when that person abstains, and lost when the same is against."""
        return [
            (before, after)
            for before, after, against in self.turns("recused", "abstaining", "against")
            if self.carried(before) and self.outcome(after) == self.outcome(against) == "lost"
        ]

    def unreachable(self) -> list[Example]:
        """Whatever the members do, it is not carried; shown by nobody and by everybody in favour."""
        marks = (*VOTES, "invalid", "silent", "absent") if self.meeting else (*VOTES, "invalid", "silent")
        if any(self.carried(acts) for acts in self.ways(marks)):
            return []
        return [tuple(next(self.ways((mark,))) for mark in (self.away, "for"))]

    def rounded(self, comparison: Comparison) -> list[tuple[Example, Fraction, int]]:
        """Counts that come out otherwise by the nearest whole number, with the threshold and that number."""
        found = list[tuple[Example, Fraction, int]]()
        for acts in map(self.sorted, self.ways((*VOTES, self.away))):
            exact = worth(comparison.right, "heads", self.counts(acts))
            nearest = math.floor(exact + HALF)
            if exact != nearest and self.carried(acts) is not self.carried(acts, (comparison, nearest)):
                turned = [each for each in self.one_turned(acts) if self.carried(each) is not self.carried(acts)]
                found += [((acts, each), exact, nearest) for each in turned or [acts]]
        return found

    @staticmethod
    def sorted(acts: Acts) -> Acts:
        """In one order, so that what is judged once is judged once."""
        return tuple(tuple(sorted(done)) for done in acts)

    def one_turned(self, acts: Acts) -> Iterator[Acts]:
        """What all do when one person does another thing."""
        for place, done in enumerate(acts):
            for one, other in itertools.product(sorted(set(done)), (*VOTES, self.away)):
                if one != other:
                    rest = list(done)
                    rest.remove(one)
                    yield (*acts[:place], tuple(sorted((*rest, other))), *acts[place + 1 :])

    def comparisons(self) -> list[Comparison]:
        """Those by heads that hold one figure against a share of another that is no whole multiple."""
        found = dict[Comparison, None]()
        for condition in (self.rule.quorum, self.rule.passage):
            for comparison in () if condition is None else leaves(condition):
                left, right = comparison.left, comparison.right
                if (
                    comparison.measure == "heads"
                    and (len(left.terms), len(right.terms), left.constant, right.constant) == (1, 1, 0, 0)
                    and left.terms[0].times == 1
                    and right.terms[0].times > 0
                    and right.terms[0].times.denominator > 1
                    and right.terms[0].figure.value in SHARES
                ):
                    found[comparison] = None
        return list(found)

    # --- what is shown

    def size(self, acts: Acts) -> list[int]:
        """How many are in favour, against, and abstain."""
        return [sum(done.count(mark) for done in acts) for mark in VOTES]

    def smallest(self, examples: list[Example]) -> list[Example]:
        """Those than which none is smaller."""
        least = min(self.size(before) for before, _ in examples)
        return [each for each in examples if self.size(each[0]) == least]

    def figures(self, acts: Acts) -> dict:
        """What is to be shown of it: every mark by every measure and group that the rule names."""
        counts = self.counts(acts)
        return {
            (measure, group, mark): counts[measure, group, mark]
            for measure in {"heads"} | self.rule.measures
            for group in {None} | self.rule.groups
            for mark in (*VOTES, "invalid", "silent", "recused", *(("absent",) if self.meeting else ()))
        }

    def check(self, odd: Oddity, examples: list[Example]) -> None:
        """The example is one of the smallest that there are."""
        assert odd.smallest
        assert (shown(odd.before), shown(odd.after)) in [
            tuple(map(self.figures, each)) for each in self.smallest(examples)
        ]
        assert odd.outcome == self.outcome(
            next(each for each, _ in examples if self.figures(each) == shown(odd.before))
        )
        assert odd.outcome_after == self.outcome(
            next(each for _, each in examples if self.figures(each) == shown(odd.after))
        )

    def check_all(self) -> Audit:
        """What is shown is the smallest, and what is not shown is not there."""
        audit = self.rule.audit(self.members)
        assert not audit.undecided
        for kind in set(OddityKind) - {OddityKind.ROUNDING}:
            odd, examples = audit.find(kind), getattr(self, kind.value)()
            assert (odd is None) is not bool(examples), kind
            if odd is not None:
                self.check(odd, examples)
        rounding = {odd.comparison: odd for odd in audit if odd.kind is OddityKind.ROUNDING}
        assert len(audit) == len({odd.kind for odd in audit} - {OddityKind.ROUNDING}) + len(rounding)
        for comparison in self.comparisons():
            odd, rounded = rounding.pop(comparison, None), self.rounded(comparison)
            assert (odd is None) is not bool(rounded), comparison
            if odd is not None:
                self.check(odd, [example for example, _, _ in rounded])
                assert (Fraction(odd.threshold), odd.rounded) in {
                    (exact, nearest) for (acts, _), exact, nearest in rounded if self.figures(acts) == shown(odd.before)
                }
        assert not rounding
        return audit


def leaves(condition) -> tuple[Comparison, ...]:
    """Every comparison in a condition."""
    if isinstance(condition, Comparison):
        return (condition,)
    return tuple(leaf for part in condition.parts for leaf in leaves(part))


def worth(amount, measure: str, counts: Counter) -> Fraction:
    """What an amount comes to."""
    return amount.constant + sum(
        (
            term.times * counts[measure, term.group, mark]
            for term in amount.terms
            for mark in WHOLES.get(term.figure.value, (term.figure.value,))
        ),
        Fraction(),
    )


def speaks_of_somebody(amount, measure: str, counts: Counter) -> bool:
    """Whether anybody is counted in an amount, once what cancels out is left out."""
    times = Counter()
    for term in amount.terms:
        for mark in WHOLES.get(term.figure.value, (term.figure.value,)):
            times[measure, term.group, mark] += term.times
    return any(each and counts[key] for key, each in times.items())


def holds(condition, counts: Counter, rounding: tuple[Comparison, int] | None) -> bool:
    """Whether a condition holds."""
    if not isinstance(condition, Comparison):
        together = all if isinstance(condition, AllOf) else any
        return together([holds(part, counts, rounding) for part in condition.parts])
    measure, left, right = condition.measure, condition.left, condition.right
    compares = SIGNS[condition.sign.value]
    if rounding is not None and condition == rounding[0]:
        return compares(worth(left, measure, counts), rounding[1])
    there = [speaks_of_somebody(side, measure, counts) for side in (left, right)]
    share = [
        any(term.figure.value in SHARES and term.times.denominator > 1 for term in side.terms) for side in (left, right)
    ]
    if right.terms and (not any(there) or any(of and not here for of, here in zip(share, there, strict=True))):
        return False
    return compares(worth(left, measure, counts), worth(right, measure, counts))


def shown(tally: Tally) -> dict:
    """Every mark that a count shows, by measure and group."""
    return {
        (measure, group, mark): number
        for measure, known in tally.measures.items()
        for group, counts in ((None, known), *known.get("among", {}).items())
        for mark, number in counts.items()
        if mark != "among" and mark not in WHOLES
    }


# --- rules and rolls

AREAS = [1, 2, 3, HALF]
KINDS = st.tuples(st.sampled_from(AREAS), st.sampled_from([frozenset(), frozenset({"g"})]))


@st.composite
def rolls(draw) -> list[Kind]:
    """Up to six members of at most three kinds; or one fewer, all of whom may differ."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.lists(KINDS, min_size=1, max_size=4))
    kinds = draw(st.lists(KINDS, min_size=1, max_size=3))
    return draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6))


SOME_SHARES = [Fraction(part) for part in ("1/2", "1/2", "2/3", "2/3", "1/3", "3/4", "2/5", "3/5", "5/7", "3/8")]


def made_up(chance: random.Random) -> tuple[Rule, list[Kind]]:
    """A rule of the kind that by-laws have, and a roll; by heads and area, of all and of a group."""

    def compared(figure, base):
        least = figure not in (AGAINST, ABSTAINING)
        sign = SIGNS[chance.choice([">=", ">"] if least else ["<=", "<"])]
        threshold = chance.choice(SOME_SHARES) * base
        if figure == FOR and chance.random() < 0.2:
            threshold = AGAINST
        elif chance.random() < 0.1:
            return sign(figure, chance.randrange(1, 4))
        if chance.random() < 0.2:
            figure, threshold = figure.by("area"), threshold.by("area")
        if chance.random() < 0.2:
            figure, threshold = figure.among("g"), threshold.among("g")
        return sign(figure, threshold)

    def joined(figures, bases):
        condition = compared(chance.choice(figures), chance.choice(bases))
        while chance.random() < 0.4:
            more = compared(chance.choice(figures), chance.choice(bases))
            condition = condition & more if chance.random() < 0.7 else condition | more
        return condition

    quorum = None if chance.random() < 0.2 else joined([PRESENT, PRESENT, PRESENT, CAST, FOR + AGAINST], [ENTITLED])
    passage = joined([FOR, FOR, FOR, AGAINST, ABSTAINING], [ENTITLED, PRESENT, CAST, VALID, VALID])
    kinds = [
        (chance.choice(AREAS), frozenset({"g"}) if chance.random() < 0.5 else frozenset[str]())
        for _ in range(chance.randrange(1, 4))
    ]
    roll = [chance.choice(kinds) for _ in range(chance.randrange(1, 7))]
    return Rule(quorum=quorum, passage=passage, by_no_objection=chance.random() < 0.2), roll


# --- the promises


class TestSmallest:
    """Every kind of oddity is found where there is one, and nowhere else, and shown by a smallest example."""

    @pytest.mark.parametrize("seed", range(8))
    def test_rules_as_by_laws_have_them(self, seed):
        """With quorums, majorities and shares by heads and area, of all and of a group; up to six members."""
        chance = random.Random(f"audit {seed}")  # noqa: S311  # no secret
        found = Counter(odd.kind for _ in range(25) for odd in Trial(*made_up(chance)).check_all())
        assert set(found) == set(OddityKind)

    @given(st.one_of(ANY_RULE, USUAL_RULE), rolls())
    def test_any_rule(self, rule, roll):
        """Sums, negative multiples, every sign, every figure."""
        Trial(rule, roll).check_all()

    @pytest.mark.parametrize(
        "share", [HALF, Fraction(1, 3), TWO_THIRDS, Fraction(2, 5), Fraction(5, 7), Fraction(7, 4)]
    )
    @pytest.mark.parametrize("sign", SIGNS)
    @pytest.mark.parametrize("base", [ENTITLED, PRESENT, CAST, VALID], ids=repr)
    def test_every_sign_and_base(self, share, sign, base):
        """Rounded up or down, the threshold matters or does not, among one to seven members."""
        rule = Rule(quorum=None, passage=SIGNS[sign](FOR, share * base))
        for number in range(1, 8):
            Trial(rule, [(1, frozenset())] * number).check_all()

    def test_a_rounding_that_nobody_alone_can_turn(self):
        """One of two is not two thirds, and more than one is too many: rounded to one it would be carried."""
        rule = Rule(quorum=None, passage=(FOR >= TWO_THIRDS * ENTITLED) & (FOR <= 1))
        odd = Trial(rule, [(1, frozenset())] * 2).check_all().find("rounding")
        assert odd.before == odd.after
        assert odd.outcome is odd.outcome_after is Outcome.LOST

    def test_a_rounding_that_matters_in_a_large_roll_alone(self):
        """Below two hundred present nothing is carried, and two thirds of two hundred are 133 1/3."""
        rule = Rule(quorum=PRESENT >= 200, passage=FOR >= TWO_THIRDS * PRESENT)
        odd = rule.audit([Member(f"m{place}") for place in range(1000)]).find("rounding")
        assert odd.smallest
        assert [odd.before.number(amount) for amount in (FOR, AGAINST, ABSTAINING)] == [133, 0, 67]

    def test_a_denominator_larger_than_the_roll(self):
        """One of three is a third, or 333333334 of 1000000007."""
        rule = Rule(quorum=None, passage=FOR >= Fraction(333333334, 10**9 + 7) * VALID)
        odd = Trial(rule, [(1, frozenset())] * 5).check_all().find("rounding")
        assert odd.rounded == odd.before.number(FOR)

    def test_many_owners(self):
        """Where nobody is found who alone can turn the outcome, the count is shown by itself, and not said to be the smallest."""
        rule = Rule(quorum=None, passage=(FOR >= TWO_THIRDS * ENTITLED) & (FOR <= 161) & (FOR.by("area") >= 0))
        odd = rule.audit([Member(f"m{place}", weights={"area": place + 1}) for place in range(242)]).find("rounding")
        assert odd.before == odd.after
        assert (odd.before.number(FOR), odd.rounded, odd.smallest) == (161, 161, False)
        assert rule.judge(odd.before).outcome is odd.outcome is odd.outcome_after is Outcome.LOST

    def test_an_example_that_may_not_be_the_smallest_is_true(self):
        """Eight owners of different areas: it comes out otherwise with the rounded number in the place of the threshold."""

        def rule(more_than):
            return Rule(
                quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
                passage=(FOR > more_than) & (FOR.by("area") > HALF * CAST.by("area")),
            )

        exact = rule(HALF * CAST)
        owners = [Member(f"u{place}", weights={"area": Fraction(3000 + 17 * place, 100)}) for place in range(8)]
        odd = exact.audit(owners).find("rounding")
        assert not odd.smallest
        assert exact.judge(odd.before).outcome is odd.outcome is Outcome.CARRIED
        assert rule(odd.rounded).judge(odd.before).outcome is odd.outcome_after is Outcome.LOST
        assert exact.judge(odd.after).outcome is Outcome.LOST

    def test_what_is_not_found_is_not_said_to_be_excluded(self):
        """Of twenty-five owners the fourteen largest are for and five against: by rounding 14 1/4 it would be carried."""

        def rule(least):
            return Rule(
                quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
                passage=(FOR >= least) & (FOR.by("area") >= Fraction(3, 4) * CAST.by("area")),
            )

        owners = [Member(f"u{place}", weights={"area": 60 + 7 * place}) for place in range(25)]
        marks = ["silent"] * 6 + ["against"] * 5 + ["for"] * 14
        counts = Counter(marks)
        area = Counter()
        for owner, mark in zip(owners, marks, strict=True):
            area[mark] += owner.weights["area"]
        blank = dict.fromkeys(["abstaining", "invalid", "recused"], 0)
        tally = Tally({"heads": counts | blank, "area": area | blank}, presence=False)
        exact = rule(Fraction(3, 4) * CAST)
        assert exact.judge(tally).outcome is Outcome.LOST
        assert rule(14).judge(tally).outcome is Outcome.CARRIED
        audit = exact.audit(owners)
        assert audit.find("rounding") is not None or OddityKind.ROUNDING in audit.undecided


class TestTheCheckCanFail:
    """What checks the examples here is not satisfied with any other."""

    RULE = Rule(quorum=PRESENT >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * PRESENT)
    ROLL = [(1, frozenset[str]())] * 7

    @pytest.mark.parametrize("kind", ["no_show", "leaving", "abstaining"])
    def test_a_larger_example(self, kind):
        """A true example that is not the smallest is noticed."""
        trial = Trial(self.RULE, self.ROLL)
        examples = getattr(trial, kind)()
        odd = self.RULE.audit(trial.members).find(kind)
        trial.check(odd, examples)
        smallest = trial.smallest(examples)
        with pytest.raises(AssertionError):
            trial.check(odd, [each for each in examples if each not in smallest])
        larger = next(each for each in examples if each not in smallest)
        with pytest.raises(AssertionError):
            trial.check(odd, [larger])
        with pytest.raises(AssertionError):
            trial.check(attrs.evolve(odd, smallest=False), examples)
