"""A stage whose rule joins law and by-law: refusals, minutes and dates say what both say (domain E38). The by-law is invented."""

from datetime import date

import attrs

from stages.test_casting import HELD, counted, ruled
from walks import DECIDED, HALF, START, alone, assembly, day, done, refused
from yizheng import Citation, Text
from yizheng.record import minutes
from yizheng.rules import ENTITLED, FOR, PRESENT, Rule, stricter
from yizheng.stages import AdoptEdition, CloseVote, Convene

LAW = Rule(
    quorum=PRESENT > HALF * ENTITLED,
    passage=FOR > HALF * PRESENT,
    citation=Citation(instrument=Text("某法（虚构）", "a law (invented)"), article="7", in_force_from=date(2026, 1, 1)),
)
BY_LAW = Rule(
    quorum=None,
    passage=FOR > HALF * ENTITLED,
    citation=Citation(
        instrument=Text("某规约（虚构）", "a by-law (invented)"), article="12", in_force_from=date(2011, 1, 1)
    ),
)
BOTH = stricter(BY_LAW, LAW)
ZH, EN = "《某规约（虚构）》第12条；《某法（虚构）》第7条", "a by-law (invented) art. 12; a law (invented) art. 7"


class TestWords:
    """Neither source is told with the days of the other."""

    def test_a_refusal_rests_on_both(self):
        """The basis of a refusal names the law and the by-law, each with its article."""
        told = refused(counted(rule=BOTH), CloseVote(casting="for"), "NO_CASTING_VOTE", at=HELD)
        assert f"（依据：{ZH}）" in told.explain("zh")
        assert f"(by {EN})" in told.explain("en")

    def test_the_ruling_and_the_minutes_name_both(self):
        """As the authority of the vote."""
        case = done(counted(rule=BOTH), (CloseVote(), HELD))
        assert f"依据：{ZH}" in ruled(case).explain("zh")
        assert f"Authority: {EN}" in ruled(case).explain("en")
        assert ZH in minutes(case.entries, "zh")
        assert EN in minutes(case.entries, "en")


class TestDays:
    """A joined rule holds on the days on which all that it joins are in force."""

    def test_before_both_hold_there_is_no_rule(self):
        """The by-law has held since 2011, the law not yet: the refusal names the day from which both do."""
        later = attrs.evolve(LAW, citation=attrs.evolve(LAW.citation, in_force_from=date(2026, 3, 3)))
        case = alone(assembly(rule=stricter(BY_LAW, later)))
        refused(case, Convene(held_at=day(3)), "NO_EDITION", at=START, says=["2026-03-03"])
        assert done(case, (Convene(held_at=day(3)), day(1))).version > case.version

    def test_it_is_adopted_by_the_day_from_which_both_hold(self):
        """A joined edition that is newer than the case is kept beside the older one, which is no law of the catalogue that a later one replaces."""
        newer = attrs.evolve(LAW, citation=attrs.evolve(LAW.citation, in_force_from=date(2026, 3, 3)))
        joined = stricter(BY_LAW, newer)
        case = done(alone(assembly(rule=LAW)), (AdoptEdition("resolve", rule=joined, **DECIDED), day(0)))
        called = done(case, (Convene(held_at=day(3)), day(1)))
        assert called.progress.sitting.rule.joined == (LAW, *joined.joined)
        refused(
            alone(assembly(rule=LAW)), AdoptEdition("resolve", rule=BOTH), "NOT_NEWER", at=START, says=["2026-01-01"]
        )
