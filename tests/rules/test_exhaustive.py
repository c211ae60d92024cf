"""Row R3: every small vote, every common share, both signs and four bases, against arithmetic written for this test.

The oracle shares no code with the library: it knows four counts and a fraction, and multiplies.
"""

# amounts are written in capitals, and stand on the left as in the statute

import itertools
import math
from fractions import Fraction

import pytest

from yizheng.rules import AGAINST, CAST, ENTITLED, FOR, PRESENT, VALID, Outcome, Rule, Tally

LARGEST = 12
STATES = [votes for votes in itertools.product(range(LARGEST + 1), repeat=4) if sum(votes) <= LARGEST]
SHARES = [(p, q) for q in range(1, LARGEST + 1) for p in range(1, q + 1) if math.gcd(p, q) == 1]
BASES = {
    "entitled": (ENTITLED, lambda yes, no, abstain, absent: yes + no + abstain + absent),
    "present": (PRESENT, lambda yes, no, abstain, absent: yes + no + abstain),  # noqa: ARG005  # one shape for all
    "valid": (VALID, lambda yes, no, abstain, absent: yes + no + abstain),  # noqa: ARG005  # same
    "for and against": (FOR + AGAINST, lambda yes, no, abstain, absent: yes + no),  # noqa: ARG005  # same
}


@pytest.fixture(scope="module")
def tallies():
    """Every state as a tally, made once."""
    return [
        (votes, Tally.of(for_=votes[0], against=votes[1], abstaining=votes[2], absent=votes[3], invalid=0, silent=0))
        for votes in STATES
    ]


def test_there_is_as_much_as_the_row_says():
    """1,820 states and 46 shares."""
    assert (len(STATES), len(SHARES)) == (1820, 46)


@pytest.mark.parametrize("strict", [False, True], ids=["inclusive", "strict"])
@pytest.mark.parametrize("base", BASES)
def test_every_vote_comes_out_as_the_oracle_says(tallies, base, strict):
    """Of 670,000 comparisons in all, none differs."""
    amount, count = BASES[base]
    differ = []
    for p, q in SHARES:
        times = Fraction(p, q)
        rule = Rule(quorum=None, passage=FOR > times * amount if strict else FOR >= times * amount)
        for votes, tally in tallies:
            yes, whole = q * votes[0], p * count(*votes)
            carried = votes[0] > 0 and (yes > whole if strict else yes >= whole)
            if (rule.judge(tally).outcome is Outcome.CARRIED) is not carried:
                differ.append((p, q, votes))
    assert differ == []


def test_the_least_number_that_is_enough_is_the_least():
    """By trying every number: of every base up to sixty, for every share, both signs and both directions."""
    for p, q in SHARES:
        share = Fraction(p, q) * CAST
        at_least, more, at_most, fewer = (
            Rule(quorum=None, passage=passage) for passage in (FOR >= share, FOR > share, FOR <= share, FOR < share)
        )
        for base in range(1, 61):
            tally = Tally.of(cast=base, for_=1)
            assert at_least.judge(tally).findings[0].needed == next(y for y in range(99) if q * y >= p * base)
            assert more.judge(tally).findings[0].needed == next(y for y in range(99) if q * y > p * base)
            assert at_most.judge(tally).findings[0].needed == max(y for y in range(99) if q * y <= p * base)
            assert fewer.judge(tally).findings[0].needed == max(y for y in range(-1, 99) if q * y < p * base)
