"""Planning: total, deterministic, in any order the same, and local to the block that a matter falls into."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yizheng
from batch.matters import by_category, generator, many, matter, shape
from yizheng import Matter
from yizheng.batch import Alike, Alone, FuzzyLikeness, Group, Likeness, Schedule, TitleLikeness, Why, plan
from yizheng.errors import InvalidType, InvalidValue

SIMILAR = st.sampled_from([None, TitleLikeness(), TitleLikeness(slips=False), FuzzyLikeness()])
LIMITS = st.none() | st.integers(2, 6)


class Broken:
    """A likeness that gathers what it is told to."""

    def __init__(self, gather: Callable[[tuple[Matter, ...]], Iterable[Any]]) -> None:
        self.gather = gather


class TestByKey:
    """Matters of an equal key go together; a matter that is the only one of its key goes alone."""

    def test_the_contract(self) -> None:
        """The example of the documentation: by category and programme."""
        matters = [
            matter("002", programme="旧改"),
            matter("001", programme="旧改"),
            matter("003", programme="惠民"),
            matter("004", category="property", programme="旧改"),
        ]
        schedule = plan(matters, by=lambda each: (each.category, each.facts["programme"]))
        [group] = schedule.groups
        assert [each.id for each in group.matters] == ["2026-001", "2026-002"]
        assert group.key == ("repairs", "旧改")
        assert (group.like, group.cut) == (None, False)
        assert group.reason.zh == "分组依据相同：repairs、旧改"
        assert group.reason.en == "the same key: repairs, 旧改"
        assert [(each.matter.id, each.key, each.why) for each in schedule.alone] == [
            ("2026-003", ("repairs", "惠民"), Why.ONLY_ONE),
            ("2026-004", ("property", "旧改"), Why.ONLY_ONE),
        ]
        assert schedule.alone[0].reason.en == "no other matter has its key (repairs, 惠民)"
        assert schedule.alone[0].reason.zh == "没有其他事项与其分组依据（repairs、惠民）相同"

    def test_nothing_to_plan(self) -> None:
        """No matters, no groups."""
        assert plan([], by=by_category) == Schedule()
        assert plan([], by=by_category).explain("zh") == ""

    @pytest.mark.parametrize(
        ("keys", "parts"),
        [
            (("1", 1), 2),
            ((1, True), 2),
            ((0, False), 2),
            (((1,), (True,)), 2),
            ((None, "None"), 2),
            (("é", "e\u0301"), 1),
            ((("é",), ("e\u0301",)), 1),
            (((), ()), 1),
            (((1, ("a", None)), (1, ("a", None))), 1),
            (("a", ("a",)), 2),
        ],
    )
    def test_equal_keys(self, keys: tuple[Any, Any], parts: int) -> None:
        """Keys are equal as plain data are: 1 is not true, and a character is what it is, however composed."""
        schedule = plan([matter("001", n=0), matter("002", n=1)], by=lambda each: keys[each.facts["n"]])
        assert len(schedule.groups) + len(schedule.alone) == parts

    def test_keys_in_words(self) -> None:
        """A key of any plain kind can be read."""
        keys = [
            ({}, "空", "nothing"),
            (3, "3", "3"),
            ((), "空", "nothing"),
            (("a", ("b", None)), "a、b、None", "a, b, None"),
        ]
        for key, zh, en in keys:
            told = Group(matters=[matter(1), matter(2)], key=key).reason
            assert (told.zh, told.en) == (f"分组依据相同：{zh}", f"the same key: {en}")
        assert Group(matters=[matter(1), matter(2)], key={"a": (1, 2)}).reason.en == "the same key: a=1/2"

    def test_the_id_of_a_group(self) -> None:
        """The same matters give the same id in any plan; others give another."""
        one = Group(matters=[matter(1), matter(2)], key="a")
        assert one.id == Group(matters=[matter(2), matter(1)], key="b", like="x", cut=True).id
        assert one.id != Group(matters=[matter(1), matter(3)], key="a").id
        assert len(one.id) == 16
        assert one == Group(matters=[matter(2), matter(1)], key="a")


class TestByLikeness:
    """Among those of an equal key, the alike go together."""

    TITLES = ("关于3号楼外墙渗水维修的请示", "三号楼外墙面漏水修缮", "5号楼路灯更换")

    def test_reasons(self) -> None:
        """The group names what its titles share; who is like no other is told so."""
        schedule = plan(
            [matter(n, title) for n, title in enumerate(self.TITLES)], by=by_category, similar=TitleLikeness()
        )
        [group], [alone] = schedule.groups, schedule.alone
        assert group.like == "3号楼外墙渗漏维修"
        assert group.reason.zh == "分组依据相同：repairs；事项相近：3号楼外墙渗漏维修"
        assert group.reason.en == "the same key: repairs; alike: 3号楼外墙渗漏维修"
        assert (alone.matter.id, alone.why) == ("2026-2", Why.UNLIKE)
        assert alone.reason.en == "among those with its key (repairs) there is none like it"
        assert schedule.explain("en") == (
            f"{group.id} (2): the same key: repairs; alike: 3号楼外墙渗漏维修: 2026-0, 2026-1\n"
            "2026-2 alone: among those with its key (repairs) there is none like it"
        )
        assert schedule.explain("zh").splitlines()[1].startswith("单独办理 2026-2：分组依据（repairs）相同的事项中")

    def test_a_likeness_of_ones_own(self) -> None:
        """Whatever gathers matters is a likeness; the matters of a key are handed to it in the order of their ids."""
        seen: list[list[str]] = []

        def halves(matters: tuple[Matter, ...]) -> list[Alike]:
            seen.append([each.id for each in matters])
            return [Alike(matters[1:], "rest"), Alike(matters[:1], "first")]

        own: Likeness = Broken(halves)
        schedule = plan([matter(3), matter(1), matter(2)], by=by_category, similar=own)
        assert seen == [["2026-1", "2026-2", "2026-3"]]
        assert shape(schedule) == {frozenset({"2026-1"}), frozenset({"2026-2", "2026-3"})}

    @pytest.mark.parametrize(
        ("gather", "says"),
        [
            (lambda matters: [Alike(matters[1:], "x")], "Broken lost '2026-1'; gather every matter"),
            (lambda matters: [Alike(matters, "x"), Alike(matters[:1], "x")], "gave '2026-1' twice"),
            (lambda matters: [Alike([*matters, matter(9)], "x")], "gave '2026-9', which was not among the matters"),
            (lambda matters: [Alike([*matters[1:], matter(9)], "x")], "lost '2026-1'"),
        ],
    )
    def test_a_likeness_that_loses_a_matter(self, gather: Callable[..., Any], says: str) -> None:
        """A matter that is lost, given twice or not one of those is found: the plan is total, or there is none."""
        with pytest.raises(InvalidValue, match=says):
            plan([matter(1), matter(2)], by=by_category, similar=Broken(gather))

    def test_what_a_likeness_changes_is_not_taken(self) -> None:
        """A likeness says who goes with whom, and changes no matter."""
        changed = Broken(lambda matters: [Alike([matter(1, "x"), *matters[1:]], "x")])
        [group] = plan([matter(1), matter(2)], by=by_category, similar=changed).groups
        assert group.matters[0].title.zh == "外墙渗水维修"

    @pytest.mark.parametrize("gather", [lambda _: None, lambda _: [1], lambda matters: matters], ids=range(3))
    def test_a_likeness_that_gives_something_else(self, gather: Callable[..., Any]) -> None:
        """What is not ``Alike`` is refused, with whose it is."""
        with pytest.raises(InvalidType, match="what a Broken gathers"):
            plan([matter(1), matter(2)], by=by_category, similar=Broken(gather))


class TestTheLimit:
    """A group that is too large is cut, by the ids alone."""

    @pytest.mark.parametrize("number", [4, 5, 6])
    def test_at_the_limit(self, number: int) -> None:
        """As many as the limit stay one group; one more is cut."""
        schedule = plan([matter(n) for n in range(number)], by=by_category, limit=5)
        assert (len(schedule.groups) + len(schedule.alone) == 1) == (number <= 5)
        assert all(group.cut == (number > 5) for group in schedule.groups)

    def test_reasons(self) -> None:
        """A part says that it is one, and so does what is left over."""
        schedule = plan([matter(n) for n in range(30)], by=by_category, limit=2)
        assert schedule.groups[0].reason.en.endswith("; a part of a group that was larger than the limit")
        assert schedule.groups[0].reason.zh.endswith("；超过件数上限，为其中一部分")
        left = [each for each in schedule.alone if each.why is Why.LEFT_OVER]
        assert left
        assert left[0].reason.zh == "同组（repairs）事项超过件数上限，分开后仅余此件"

    @given(st.sets(st.integers(0, 999), min_size=1, max_size=60), st.integers(0, 999), st.integers(2, 9))
    def test_one_more_changes_little(self, numbers: set[int], more: int, limit: int) -> None:
        """One matter more changes the part that it falls into and a few beside it, never the others."""
        before = shape(plan([matter(n) for n in numbers - {more}], by=by_category, limit=limit))
        after = shape(plan([matter(n) for n in numbers | {more}], by=by_category, limit=limit))
        gone, new = before - after, after - before
        assert len(gone) <= 4
        assert frozenset().union(*new) == frozenset().union(*gone) | {f"2026-{more}"}

    def test_one_more_changes_one_part_as_a_rule(self) -> None:
        """Of a hundred matters that come one after another, each changes less than two parts on average."""
        changed = 0
        for number in range(100, 200):
            before = shape(plan([matter(n) for n in range(number)], by=by_category, limit=8))
            after = shape(plan([matter(n) for n in range(number + 1)], by=by_category, limit=8))
            changed += len(before - after)
        assert changed < 200

    @given(st.sets(st.integers(0, 9999), min_size=3, max_size=90), st.integers(2, 9))
    def test_parts_are_not_small(self, numbers: set[int], limit: int) -> None:
        """There are fewer than twice as many parts as the fewest that could hold them all."""
        parts = shape(plan([matter(n) for n in numbers], by=by_category, limit=limit))
        assert len(parts) < 2 * -(-len(numbers) // limit)


class TestLaws:
    """What holds for every plan."""

    @given(many(), SIMILAR, LIMITS, st.randoms())
    def test_total_and_in_any_order(
        self, matters: list[Matter], similar: Likeness | None, limit: int | None, random: Any
    ) -> None:
        """Each matter is in one group or alone, no group is over the limit, and another order gives the same plan."""
        schedule = plan(matters, by=by_category, similar=similar, limit=limit)
        assert sorted(each.id for each in schedule.matters) == [each.id for each in matters]
        assert all(2 <= len(group.matters) <= (limit or 99) for group in schedule.groups)
        assert all(len({each.category for each in group.matters}) == 1 for group in schedule.groups)
        shuffled = list(matters)
        random.shuffle(shuffled)
        again = plan(iter(shuffled), by=by_category, similar=similar, limit=limit)
        assert again == schedule
        assert [group.id for group in again.groups] == [group.id for group in schedule.groups]

    @given(many(), st.sampled_from(["repairs", "property", "new"]), SIMILAR, LIMITS, st.data())
    def test_local_to_its_block(
        self, matters: list[Matter], category: str, similar: Likeness | None, limit: int | None, data: Any
    ) -> None:
        """Another matter changes no group and no matter alone of another key."""
        title = data.draw(st.sampled_from([each.title.zh for each in matters] or ["外墙"]))
        more = [*matters, matter("zzz", title, category)]

        def elsewhere(given: list[Matter]) -> tuple[list[Group], list[Alone]]:
            found = plan(given, by=by_category, similar=similar, limit=limit)
            return [each for each in found.groups if each.key != category], [
                each for each in found.alone if each.key != category
            ]

        assert elsewhere(matters) == elsewhere(more)

    def test_the_same_under_every_hash_seed(self) -> None:
        """The plan does not depend on how this process hashes strings."""
        program = (
            "import json, sys; sys.path.insert(0, 'tests')\n"
            "from batch.matters import generator\n"
            "from yizheng import Matter\n"
            "from yizheng.batch import FuzzyLikeness, TitleLikeness, plan\n"
            "titles = generator().titles(400, 7)\n"
            "matters = [Matter(t.id, title=t.text, category=t.category) for t in titles]\n"
            "plans = [plan(matters, by=lambda m: m.category, similar=s, limit=9) for s in (TitleLikeness(), FuzzyLikeness(), None)]\n"
            "print(json.dumps([[(g.id, g.like, g.reason.en, [m.id for m in g.matters]) for g in p.groups] for p in plans]))"
        )
        root = Path(__file__).parents[2]

        def told(seed: str) -> str:
            done = subprocess.run(  # noqa: S603 -- our own program
                [sys.executable, "-c", program],
                cwd=root,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(yizheng.__file__).parents[1])},
                capture_output=True,
                text=True,
                check=True,
            )
            return done.stdout

        first, second = told("0"), told("4242")
        assert first == second
        assert all(json.loads(first))


class TestWhatCannotBePlanned:
    """Every fault is told at once, with the matter that has it."""

    def test_ids_given_twice(self) -> None:
        """An id that is given twice is refused, with all of them."""
        with pytest.raises(InvalidValue) as fault:
            plan([matter(n) for n in (1, 2, 1, 2, 2, 3)], by=by_category)
        assert fault.value.faults == (
            "'2026-1' is planned twice; give each matter once",
            "'2026-2' is planned twice; give each matter once",
        )

    def test_facts_not_stated(self) -> None:
        """A fact that the key asks for and a matter does not state is named with the matter and what it does state."""
        with pytest.raises(InvalidValue) as fault:
            plan([matter(1), matter(2, budget="5"), matter(3, programme="x")], by=lambda each: each.facts["programme"])
        assert fault.value.faults == (
            "matter '2026-1' does not state 'programme', which by asks for; it states none: add the fact",
            "matter '2026-2' does not state 'programme', which by asks for; it states budget: add the fact",
        )

    @pytest.mark.parametrize(
        ("by", "says"),
        [
            (lambda each: each.nothing, "by fails with AttributeError; let it answer for every matter"),
            (lambda each: 1 // len(each.facts), "by fails with ZeroDivisionError"),
            (lambda each: each.id[99], "by fails with IndexError"),
            (lambda _: {}[1], "by fails with KeyError"),
            (lambda _: 1.5, "the key is the float 1.5"),
            (lambda _: {1, 2}, "the key is of type set"),
            (lambda _: ["a"], "by fails with TypeError"),
            (lambda _: {"a": 1}, "by fails with TypeError"),
            (lambda _: (["a"],), "by fails with TypeError"),
            (lambda _: "\ud800", "cannot be kept"),
        ],
        ids=range(10),
    )
    def test_keys(self, by: Callable[[Matter], Any], says: str) -> None:
        """A key that cannot be told, is not plain or cannot be compared is a fault of that matter."""
        with pytest.raises(InvalidValue) as fault:
            plan([matter(1)], by=by)
        assert "matter '2026-1'" in str(fault.value)
        assert says in str(fault.value)

    @pytest.mark.parametrize("limit", [0, 1])
    def test_limits(self, limit: int) -> None:
        """A limit that no group could keep is refused."""
        with pytest.raises(InvalidValue, match="a group holds two matters at least"):
            plan([matter(1)], by=by_category, limit=limit)

    @pytest.mark.parametrize(
        "given",
        [
            {"matters": [1]},
            {"matters": "ab"},
            {"by": "category"},
            {"similar": TitleLikeness},
            {"similar": "title"},
            {"limit": 2.0},
            {"limit": True},
        ],
    )
    def test_types(self, given: dict[str, Any]) -> None:
        """What is no matter, no function, no likeness or no count is refused."""
        with pytest.raises(InvalidType):
            plan(**{"matters": [matter(1)], "by": by_category} | given)

    def test_groups(self) -> None:
        """A group has two matters at least, each once; a plan has each matter once."""
        with pytest.raises(InvalidValue, match="a group of 1 is none"):
            Group(matters=[matter(1)])
        with pytest.raises(InvalidValue, match="'2026-1' stands twice in the group"):
            Group(matters=[matter(1), matter(1)])
        pair = Group(matters=[matter(1), matter(2)])
        with pytest.raises(InvalidValue, match="'2026-1' is planned twice"):
            Schedule(groups=[pair], alone=[Alone(matter=matter(1))])
        with pytest.raises(InvalidValue, match="is no Why"):
            Alone(matter=matter(1), why="bored")


class TestExactness:
    """On the labelled, invented titles of the benchmark."""

    @pytest.mark.parametrize(
        ("similar", "precision", "recall"),
        [(TitleLikeness(), "0.98", "0.90"), (FuzzyLikeness(share="1/8"), "0.98", "0.86")],
    )
    def test_precision_and_recall(self, similar: Likeness, precision: str, recall: str) -> None:
        """Of the pairs put together nearly all belong together, and most of those that do are found."""
        benchmark = generator()
        titles = benchmark.titles(8000)
        matters = [
            Matter(each.id, title=each.text, category=each.category, facts={"programme": each.programme})
            for each in titles
        ]
        schedule = plan(matters, by=lambda each: (each.category, each.facts["programme"]), similar=similar)
        label = {each.id: group.id for group in schedule.groups for each in group.matters}
        found = [label.get(each.id, each.id) for each in titles]
        true, complete = benchmark.worth([each.truth for each in titles], found)
        assert true >= benchmark.Fraction(precision)
        assert complete >= benchmark.Fraction(recall)
        apart = benchmark.worth([each.truth for each in titles], [each.id for each in titles])
        assert apart == (0, 0)
