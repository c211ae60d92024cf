"""The search for the least numbers, by itself: what it finds is least, and where it finds nothing there is nothing.

The oracle tries every point, and works formulas out from their parts; nothing of the search is used in it.
"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.rules.searching import Budget, Every, Linear, Some, TooLong, always, holds, least, opposite

UNKNOWNS = 3
WEIGHTS = st.integers(-4, 4).filter(bool)
LINEAR = st.builds(
    lambda constant, weights: Linear(constant, tuple(sorted(weights.items()))),
    st.integers(-9, 9),
    st.dictionaries(st.integers(0, UNKNOWNS - 1), WEIGHTS, max_size=UNKNOWNS),
)
FORMULAS = st.recursive(
    LINEAR,
    lambda parts: st.builds(
        lambda kind, joined: kind(tuple(joined)), st.sampled_from([Every, Some]), st.lists(parts, max_size=4)
    ),
    max_leaves=8,
)
MOST = st.lists(st.integers(0, 4), min_size=UNKNOWNS, max_size=UNKNOWNS)
GOALS = st.lists(st.lists(st.integers(0, 3), min_size=UNKNOWNS, max_size=UNKNOWNS), max_size=2)


def true(formula, point):
    """Whether a formula holds, worked out from its parts."""
    if isinstance(formula, Linear):
        return sum((weight * point[place] for place, weight in formula.weights), formula.constant) >= 0
    return {Every: all, Some: any}[type(formula)](true(part, point) for part in formula.parts)


def every_point(most):
    """All points there are."""
    return itertools.product(*(range(each + 1) for each in most))


def comes_to(goals, point):
    """What each goal comes to at a point."""
    return tuple(sum(a * x for a, x in zip(goal, point, strict=True)) for goal in goals)


class TestLeast:
    """What is found satisfies the formula, and nothing that satisfies it does better."""

    @given(FORMULAS, MOST, GOALS)
    def test_by_trying_every_point(self, formula, most, goals):
        """Whatever is asked."""
        self.check(formula, most, goals)

    def check(self, formula, most, goals):
        """What is found is among the best of those that satisfy it."""
        enough = [point for point in every_point(most) if true(formula, point)]
        found = least(formula, most, goals)
        if not enough:
            assert found is None
        else:
            assert found in enough
            assert comes_to(goals, found) == min(comes_to(goals, point) for point in enough)

    @given(st.lists(LINEAR, min_size=2, max_size=5), st.lists(LINEAR, min_size=2, max_size=4), MOST, GOALS)
    def test_with_several_inequalities_and_a_choice(self, each, one_of, most, goals):
        """They bound one another, and each way of the choice is tried."""
        self.check(Every((*each, Some(tuple(one_of)))), most, goals)

    @given(FORMULAS, MOST)
    def test_holds_and_its_opposite(self, formula, most):
        """At every point one of the two holds, and only one."""
        for point in every_point(most):
            assert holds(formula, point) is true(formula, point) is not holds(opposite(formula), point)

    def test_every_choice_is_made(self):
        """Two choices that nothing decides beforehand: one of the first two, and one of the others."""
        choices = [Some((Linear(-1, ((one, 1),)), Linear(-1, ((one + 1, 1),)))) for one in (0, 2)]
        assert sum(least(Every(tuple(choices)), [3] * 4, [[1] * 4])) == 2
        assert least(Every((*choices, Linear(1, ((0, -1), (1, -1), (2, -1), (3, -1))))), [3] * 4) is None

    def test_nothing_is_asked(self):
        """Nobody is needed, though there be nobody."""
        assert least(always, [3, 2]) == (0, 0)
        assert least(always, []) == ()


class TestCreeping:
    """Bounds that narrow by one at a time are not followed to their end."""

    def test_between_two_that_never_meet(self):
        """One must be more than the other, and no more than it: that is found out by other means, with little work."""
        never = Every((Linear(-1, ((0, 1), (1, -1))), Linear(0, ((0, -1), (1, 1)))))
        for most in (9, 10**9):
            assert least(never, [most] * 2, budget=Budget(20_000)) is None


class TestWork:
    """It gives up rather than search for ever, and does not where one inequality bounds the other."""

    MOST_PEOPLE = 10**9

    @pytest.mark.parametrize(
        ("formula", "found"),
        [
            # at least nine present (0), and more than half of them in favour (1), who are present
            (Every((Linear(-9, ((0, 1),)), Linear(-1, ((0, -1), (1, 2))), Linear(0, ((0, 1), (1, -1))))), (9, 5)),
            # three times the one is twice the other and one more: between bounds that creep
            (Every((Linear(-1, ((0, 3), (1, -2))), Linear(1, ((0, -3), (1, 2))))), (1, 1)),
        ],
    )
    def test_large_numbers_take_little(self, formula, found):
        """However many may come, a few hundred weights are looked at."""
        assert least(formula, [self.MOST_PEOPLE] * 2, [(1, 1), (1, 0)], budget=Budget(5_000)) == found

    def test_gives_up(self):
        """With no work to do it with, what needs a search is not decided; what is plain is."""
        either = Every((Some((Linear(-3, ((0, 1), (1, 2))), Linear(-5, ((0, 2), (1, 1))))),))
        with pytest.raises(TooLong):
            least(either, [9, 9], [(1, 1)], budget=Budget(0))
        assert least(either, [9, 9], [(1, 1)]) is not None
        assert least(Linear(-3, ((0, 1),)), [9], [(1,)], budget=Budget(100)) == (3,)
        assert least(Linear(-10, ((0, 1),)), [9], [(1,)], budget=Budget(100)) is None

    def test_as_much_work_as_it_takes_is_enough(self):
        """One less is not."""
        either = Every((Some((Linear(-3, ((0, 1), (1, 2))), Linear(-5, ((0, 2), (1, 1))))),))
        enough = next(work for work in range(10**4) if _decided(either, work))
        assert enough > 0
        assert least(either, [9, 9], [(1, 1)], budget=Budget(enough)) == least(either, [9, 9], [(1, 1)])


def _decided(formula, work):
    try:
        least(formula, [9, 9], [(1, 1)], budget=Budget(work))
    except TooLong:
        return False
    return True
