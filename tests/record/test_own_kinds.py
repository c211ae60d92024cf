"""A user's own kinds are told by their own words: title, public fields, effect (the room need not know them)."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import pytest

from walks import START, alone, day, days, done
from yizheng import Case, Period, Text
from yizheng.record import minutes, register
from yizheng.rules import FOR, Rule, Tally
from yizheng.stages import Action, CloseEvaluation, CloseVote, Convene, Deliberation, Effect, StageBase, private
from yizheng.stages.base import NO_EFFECT

from .reading import last, told

BAR = Rule(quorum=None, passage=FOR >= 1, citation=None)


@attrs.frozen
class Sing(Action):
    """Sing before it counts."""

    kind: ClassVar[str] = "own.sing"
    title: ClassVar[Text] = Text("唱|歌", "sing")
    actor_is_private: ClassVar[bool] = True
    song: Text
    verses: int = attrs.field(kw_only=True)
    key: str | None = private(default=None, converter=attrs.converters.optional(str), kw_only=True)

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Anybody may."""
        return True


@attrs.frozen
class Bow(Action):
    """Bow."""

    kind: ClassVar[str] = "own.bow"
    title: ClassVar[Text] = Text("鞠躬", "bow")


def decide(_stage: Any, act: Any, progress: Any, _dossier: Any) -> Effect:
    """Whatever is asked."""
    if isinstance(act.action, Bow):
        return Effect(
            outcome="over",
            ref="b-1",
            due={"encore": day(9)},
            periods={"rest": days(3), "pause": Period(2)},
            ruling=BAR.judge(Tally.of(entitled=2, for_=1, against=1)),
            carried={"flowers": 3},
        )
    return NO_EFFECT if progress else Effect(outcome="again")


def add_up(_stage: Any, _act: Any, _effect: Any, progress: Any, dossier: Any) -> Any:
    """Count the songs."""
    return progress + 1, dossier


@attrs.frozen(kw_only=True)
class Concert(StageBase):
    """A kind of stage that this library does not know."""

    kind: ClassVar[str] = "own.concert"
    phases: ClassVar = {"waiting": {Sing: "sung"}, "sung": {Sing: "sung", Bow: "closed"}, "closed": {}}
    ends: ClassVar = {"over": frozenset({"closed"})}
    turns: ClassVar = {"again": {"sung": "waiting"}}
    next_: ClassVar = {}
    deciders: ClassVar = {Sing: decide, Bow: decide}
    adders: ClassVar = {Sing: add_up, Bow: add_up}

    def start(self) -> int:
        """Nothing was sung."""
        return 0


def sung() -> Case:
    """A concert of three acts."""
    return done(
        alone(Concert(id="c", title="音乐会"), rolls={}),
        (Sing(Text("茉莉花", "Jasmine"), verses=2, key="G"), START, "1-101"),
        (Sing(Text("| # 茉莉花 |", "Jasmine"), verses=3), START, "sec-1"),
        (Bow(), START),
    )


class TestOwnKinds:
    """They are told, never dropped, and never fail."""

    def test_public_fields(self) -> None:
        """The title and the public fields are told; private ones and a private actor are withheld."""
        assert told(sung(), 2) == (
            "**2.** 2026年3月2日 09:00，〔不公开〕办理“唱&#124;歌”（song：“茉莉花”、verses：2、key：〔不公开〕）。\n\n结果：again。"
        )
        assert told(sung(), 2, "en", private=True).startswith(
            "**2.** 2 March 2026, 09:00: 1-101 did “sing” (song: “Jasmine”, verses: 2, key: G)."
        )
        assert minutes(sung().redacted()) == minutes(sung().entries)

    def test_typed_words_are_escaped(self) -> None:
        """What was typed into its fields is obeyed by nobody."""
        assert "song：“&#124; \\# 茉莉花 &#124;”" in told(sung(), 3)

    def test_effects(self) -> None:
        """Its id, periods, dates, what it carries, its ruling and its outcome are told."""
        assert last(sung()) == (
            "**4.** 2026年3月2日 09:00，经办 sec-1 办理“鞠躬”。编号 b-1。"
            "所用期限：pause 2日、rest 3日（依据：《示例规则》第1条）。据此，encore：2026年3月11日 09:00。\n\n"
            "随附：flowers：3。\n\n"
            "| 计票 | 应到 | 实到 | 参与表决 | 赞成 | 反对 | 弃权 | 无效票 | 未表决 | 缺席 |\n"
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            "| 人数 | 2 | 2 | 2 | 1 | 1 | 0 | 0 | 0 | 0 |\n\n"
            "赞成 1，不少于 1，通过。\n\n"
            "本环节结果：over。案件终结：over。"
        )

    def test_the_register(self) -> None:
        """A procedure of their kinds alone has a register of six empty sheets."""
        filled = register(sung().entries)
        assert [sheet.stage for sheet in filled.sheets] == [None] * 6
        assert [title.zh for title in filled.elsewhere] == ["音乐会"]


class Loose(Deliberation):
    """A deliberation of a user's own, which keeps less than the library's does."""

    kind: ClassVar[str] = "own.loose"
    phases: ClassVar = {
        "waiting": {Convene: "called"},
        "called": {CloseVote: "voted"},
        "voted": {CloseEvaluation: "closed"},
        "closed": {},
    }
    ends: ClassVar = {"carried": frozenset({"closed"})}
    turns: ClassVar = {}
    unopened: ClassVar = frozenset({"waiting"})
    voting: ClassVar = frozenset()

    def decide(self, act: Any, progress: Any, dossier: Any) -> Any:  # noqa: ARG002
        """Nothing is judged."""
        return Effect(outcome="carried") if isinstance(act.action, CloseEvaluation) else NO_EFFECT

    def add(self, act: Any, effect: Any, progress: Any, dossier: Any) -> Any:  # noqa: ARG002
        """Nothing is kept."""
        return progress, dossier


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_librarys_actions_in_a_stage_of_ones_own(language: str) -> None:
    """The library's own actions are told as far as they go where another stage left no ruling, no rule and no roll."""
    stage = Loose(id="loose", title="随意", body="assembly", rule=attrs.evolve(BAR, citation=days(1).citation))
    case = done(
        alone(stage, rolls={}),
        (Convene(held_at=day(3)), START),
        (CloseVote(), day(3)),
        (CloseEvaluation(), day(3)),
    )
    whole = minutes(case.entries, language)
    assert "assembly" in whole
    assert "| --- |" in whole
