"""What a rule answers about many groups and many weights takes an amount of work that does not run away.

Work is counted, or the processor's time is held against itself: a busy machine makes no difference. The rules are invented.
"""

from fractions import Fraction

import pytest

from rules.made_up import grows_evenly
from yizheng import Member, Roll
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, OddityKind, Rule
from yizheng.rules.searching import Budget, Every, Linear, TooLong, least

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
OWNERS = Rule(
    quorum=(CAST >= TWO_THIRDS * ENTITLED) & (CAST.by("area") >= TWO_THIRDS * ENTITLED.by("area")),
    passage=(FOR > HALF * CAST) & (FOR.by("area") > HALF * CAST.by("area")),
)


def by_buildings(number: int) -> tuple[Rule, Roll]:
    """A majority of those present, and half of them in each of so many buildings, to five of which each belongs."""
    buildings = [f"building-{place}" for place in range(number)]
    passage = FOR > HALF * PRESENT
    for each in buildings:
        passage &= FOR.among(each) >= HALF * PRESENT.among(each)
    members = [
        Member(f"m{place}", groups={buildings[(place * step + step * step) % number] for step in range(1, 6)})
        for place in range(2 * number)
    ]
    return Rule(quorum=PRESENT > HALF * ENTITLED, passage=passage), Roll("owners", members, groups=buildings)


def owners(number: int) -> list[Member]:
    """So many owners, each of another area."""
    return [Member(f"u{place}", weights={"area": Fraction(3000 + 17 * place, 100)}) for place in range(number)]


class TestAudit:
    """One audit has one budget of work."""

    def test_among_many_buildings(self):
        """Eight times as many buildings and owners."""
        assert grows_evenly(lambda given: given[0].audit(given[1]), by_buildings, small=12)

    def test_among_many_areas(self):
        """Eight times as many owners, all of different areas."""
        assert grows_evenly(OWNERS.audit, owners, small=125)

    @pytest.mark.parametrize("number", [2, 12, 30])
    def test_what_is_not_decided_is_said(self, number):
        """Every example is true, and the same is found and left undecided each time."""
        rule, roll = by_buildings(number)
        audit = rule.audit(roll)
        assert set(audit.undecided) <= {*OddityKind} - {OddityKind.UNREACHABLE}
        for each in audit:
            assert rule.judge(each.before).outcome is each.outcome
            assert rule.judge(each.after).outcome is each.outcome_after
        again = rule.audit(list(roll)[::-1])
        assert (again.oddities, again.undecided) == (audit.oddities, audit.undecided)

    @pytest.mark.parametrize("number", [30, 300])
    def test_what_cannot_be_is_seen_without_a_search(self, number):
        """Half of all areas: no vote against helps, whoever casts it, and nothing is left undecided."""
        rule = Rule(quorum=None, passage=FOR.by("area") > HALF * ENTITLED.by("area"))
        audit = rule.audit(owners(number))
        assert audit.find("no_show") is None
        assert OddityKind.NO_SHOW not in audit.undecided


class TestNeeds:
    """What is still needed, from totals."""

    def test_among_many_buildings(self):
        """Eight times as many buildings and owners, half of whom voted."""

        def counted(number):
            rule, roll = by_buildings(number)
            here = [member.id for place, member in enumerate(roll) if place % 2]
            return rule, roll.tally(dict.fromkeys(here, "for"), present=here)

        assert grows_evenly(lambda given: given[0].needs(given[1]), counted, small=12)


class TestBudget:
    """Work is counted, and not timed."""

    def test_a_search_stops_where_it_is_spent(self):
        """And not a weight later; with one more it goes on."""
        formula = Every((Linear(-7, ((0, 2), (1, 3))), Linear(20, ((0, -3), (1, -5)))))
        budget = Budget(10_000)
        found = least(formula, [9, 9], [[1, 1]], budget=budget)
        assert found is not None
        spent = 10_000 - budget.left
        assert least(formula, [9, 9], [[1, 1]], budget=Budget(spent)) == found
        with pytest.raises(TooLong):
            least(formula, [9, 9], [[1, 1]], budget=Budget(spent - 1))

    def test_what_is_left_of_a_part_is_kept(self):
        """A part that is overspent costs that part and no more."""
        budget = Budget(100)
        with budget.part(4):
            budget.spend(5)
        assert budget.left == 95
        with pytest.raises(TooLong), budget.part(5):
            budget.spend(20)
        assert budget.left == 76
