"""Rules by place and by-law: what a stage takes on a day is what the law asks there on that day, with the by-law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from walks import alone, assembly
from yizheng import Citation, Period, errors
from yizheng.calendar import PLAIN_DAYS
from yizheng.catalogue import law, local
from yizheng.reasons import Reason
from yizheng.rules import ENTITLED, FOR, PRESENT, LongerPeriod, Rule, stricter
from yizheng.stages import Note
from yizheng.stages.base import Act, take_edition

HALF = Fraction(1, 2)
STAGE = assembly()
NOTHING_ADOPTED = alone(STAGE).dossier
VOTES = [each.id for each in law.PROVISIONS.values() if isinstance(each.editions[0], Rule)]
TIMES = [each.id for each in law.PROVISIONS.values() if isinstance(each.editions[0], Period)]
REGIONS = [None, *law.REGIONS.values()]
DAYS = st.dates(date(1985, 1, 1), date(2035, 12, 31)) | st.sampled_from(
    [
        turn + timedelta(days=step)
        for each in law.PROVISIONS.values()
        for edition in each.editions
        for turn in (edition.citation.in_force_from, edition.citation.in_force_to)
        if turn is not None
        for step in (-1, 0, 1)
    ]
)


def cited(since: date | None = None, until: date | None = None) -> Citation:
    """An invented by-law."""
    return Citation(instrument="示例村规", article="3", in_force_from=since, in_force_to=until)


def taken(editions: tuple[Rule | Period, ...], on: date) -> Rule | Period | Reason:
    """What a stage with these editions takes on a day."""
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)  # noon in Shanghai
    act = Act(Note("备注"), at, at, "sec-1", PLAIN_DAYS, "Asia/Shanghai")
    return take_edition(STAGE, "rule", editions, act, NOTHING_ADOPTED)


def asked(id_: str, on: date, region: law.Region | None) -> Rule | Period | LongerPeriod | None:
    """What the law asks there on a day, if anything."""
    try:
        return law.effective(id_, on=on, region=region)
    except errors.NoEdition:
        return None


def governing(period: Period | LongerPeriod) -> Period:
    """The one that is to be kept."""
    return period if isinstance(period, Period) else period.governing


def same(found: Rule | Period | Reason, effective: Rule) -> None:
    """The same rule, with all that it joins and where it is written; its days are those on which it is the one."""
    assert attrs.evolve(found, citation=None) == attrs.evolve(effective, citation=None)
    dated = attrs.evolve(found.citation, in_force_from=None, in_force_to=None)
    assert dated == attrs.evolve(effective.citation, in_force_from=None, in_force_to=None)


class TestTheLawAlone:
    """A stage takes on each day what is effective there."""

    @given(st.sampled_from(VOTES), st.sampled_from(REGIONS), DAYS)
    def test_votes(self, id_: str, region: law.Region | None, on: date) -> None:
        """Of every vote that the law settles, wherever and whenever: the very rule, with all that it joins."""
        editions, effective = local.rules(id_, region=region), asked(id_, on, region)
        assert [each for each in editions if each.citation.in_force(on)] == (
            [] if effective is None else [taken(editions, on)]
        )
        if effective is not None:
            same(taken(editions, on), effective)

    @given(st.sampled_from(TIMES), st.sampled_from(REGIONS), DAYS)
    def test_periods(self, id_: str, region: law.Region | None, on: date) -> None:
        """Of every period: the longest, whose note tells them all."""
        editions, effective = local.periods(id_, region=region), asked(id_, on, region)
        if effective is None:
            assert not editions or isinstance(taken(editions, on), Reason)
            return
        found, longest = taken(editions, on), governing(effective)
        assert [each for each in editions if each.citation.in_force(on)] == [found]
        assert (found.length, found.unit) == (longest.length, longest.unit)
        assert found.citation.instrument == longest.citation.instrument
        if isinstance(effective, LongerPeriod):
            assert found.citation.note.zh.startswith(effective.explain("zh"))


class TestWithABylaw:
    """What is given satisfies the by-law too, while that is in force."""

    @given(st.sampled_from(REGIONS), DAYS, DAYS, st.sampled_from(["1/3", "1/2", "2/3", "4/5"]))
    def test_votes(self, region: law.Region | None, since: date, on: date, share: str) -> None:
        """The stricter of the law and the by-law from its first day, and the law alone before."""
        by_law = Rule(quorum=None, passage=FOR >= Fraction(share) * ENTITLED, citation=cited(since))
        id_ = "villages.representatives.vote"
        effective = asked(id_, on, region)
        expected = effective
        if on >= since:
            expected = by_law if effective is None else stricter(effective, by_law)
        found = taken(local.rules(id_, region=region, by_law=by_law), on)
        if expected is None:
            assert isinstance(found, Reason)
        else:
            same(found, expected)

    @given(st.sampled_from(REGIONS), DAYS, DAYS, DAYS, st.integers(1, 20))
    def test_periods(self, region: law.Region | None, since: date, until: date, on: date, length: int) -> None:
        """The longer of the law and the by-law while that is in force, and the law alone before and after."""
        if until < since:
            since, until = until, since
        id_ = "villages.representatives.notice"
        editions = local.periods(id_, region=region, by_law=Period(length, citation=cited(since, until)))
        effective = asked(id_, on, region)
        lengths = [] if effective is None else [governing(effective).length]
        lengths += [length] if since <= on <= until else []
        found = taken(editions, on) if editions else None
        assert (found.length if isinstance(found, Period) else 0) == max(lengths, default=0)

    def test_both_are_shown(self) -> None:
        """Of a rule each that it joins is kept; of a period the note tells both, and whose number it is."""
        by_law = Rule(quorum=None, passage=FOR > HALF * ENTITLED, citation=cited())
        rule = local.rules("villages.representatives.vote", by_law=by_law)[-1]
        assert by_law in rule.joined
        longer = local.periods("villages.assembly.notice", by_law=Period(15, citation=cited()))[-1]
        assert longer.length == 15
        for words in ("15日（《示例村规》第3条）", "10日（《村民委员会组织法（2025年修正）》第25条）"):
            assert words in longer.citation.note.zh


class TestOtherwise:
    """What stands on days that no edition covers."""

    def test_only_there(self) -> None:
        """The default is taken before the law, and never beside it."""
        default = Period(7, citation=Citation.inferred("推定"))
        editions = local.periods("villages.disclosure.posted", otherwise=default)
        assert taken(editions, date(2025, 12, 31)).length == 7
        assert [(each.length, each.citation.in_force_to) for each in editions] == [(7, date(2025, 12, 31)), (15, None)]
        assert taken(editions, date(2026, 1, 1)).length == 15

    def test_a_place_without(self) -> None:
        """Where the law says nothing and no default is given, there is no edition."""
        assert local.periods("villages.representatives.notice") == ()


class TestAStretch:
    """What is asked for some days alone holds on no other."""

    @given(st.sampled_from(VOTES), st.sampled_from(REGIONS), DAYS, DAYS, DAYS)
    def test_votes(self, id_: str, region: law.Region | None, since: date, until: date, on: date) -> None:
        """Within the days it is the rule of the law, with its own days cut; outside there is none."""
        editions = local.rules(id_, region=region, since=since, until=until)
        found = taken(editions, on) if editions else None
        effective = asked(id_, on, region) if since <= on <= until else None
        if effective is None:
            assert not isinstance(found, Rule)
        else:
            same(found, effective)


class TestSources:
    """Where a stage is written."""

    def test_one(self) -> None:
        """A single edition is cited as it is."""
        assert (
            local.source("collective.assembly.vote") == law.provision("collective.assembly.vote").editions[0].citation
        )

    def test_several(self) -> None:
        """Several are named together, from the first day of the first to the last of the last."""
        found = local.source("villages.assembly.persons", "villages.assembly.notice")
        assert [words in found.instrument.zh for words in ("第22条", "第26条", "第21条", "第25条")] == [True] * 4
        assert (found.in_force_from, found.in_force_to) == (date(2010, 10, 28), None)

    def test_of_some_days(self) -> None:
        """What held only before or after the days that are asked for is not named."""
        after = local.source("villages.assembly.persons", since=date(2026, 1, 1))
        before = local.source("villages.assembly.persons", until=date(2025, 12, 31))
        assert (after.article, before.article) == ("26", "22")

    def test_only_what_holds_there(self) -> None:
        """A region's own edition is named where the region is, and is nothing elsewhere."""
        assert "山东" in local.source("villages.representatives.notice", region="山东").instrument.zh
        with pytest.raises(errors.InvalidValue, match="name the region"):
            local.source("villages.representatives.notice")


class TestRefused:
    """What cannot be made."""

    def test_the_wrong_kind(self) -> None:
        """A provision without a figure of that kind is refused by name."""
        with pytest.raises(errors.InvalidType, match=r"'villages\.assembly\.notice' settles no rule"):
            local.rules("villages.assembly.notice")
        with pytest.raises(errors.InvalidType, match="settles no period"):
            local.periods("villages.assembly.persons")

    def test_no_provision(self) -> None:
        """A rule of nothing is asked for by mistake."""
        for ask in (local.rules, local.source):
            with pytest.raises(errors.InvalidValue):
                ask()

    def test_a_by_law_without_a_source(self) -> None:
        """Nobody could say since when it holds."""
        bare = attrs.evolve(local.rules("villages.assembly.persons")[0], citation=None)
        with pytest.raises(errors.InvalidValue, match="a by-law needs a citation"):
            local.rules("villages.assembly.persons", by_law=bare)

    def test_another_electorate(self) -> None:
        """A by-law that counts households is never joined with a rule that counts persons."""
        households = Rule(quorum=None, passage=FOR > HALF * PRESENT, citation=cited(), electorate="households")
        with pytest.raises(errors.InvalidValue, match="never mixed"):
            local.rules("villages.assembly.persons", by_law=households)

    def test_periods_that_cannot_be_compared(self) -> None:
        """Seven working days may end before ten days or after them: the choice is the user's."""
        with pytest.raises(errors.InvalidValue, match="depends on the day"):
            local.periods("villages.assembly.notice", by_law=Period(7, "working_days", citation=cited()))
