"""The proof of a procedure: what was shown on every way through it, and the shortest way for whatever was not.

Every way is looked at that the table of the procedure leaves open: votes that are lost, void, returned or without a
quorum, recalls, objections that are upheld, withdrawals, orders of correction, and matters that go together and are
split out or released. Shown is that

- every outcome of every stage leads somewhere, and every stage and end can be reached;
- from wherever a matter can stand an end can be reached, without its being withdrawn;
- nothing leads in a circle without somebody's act;
- no end that is carried out is reached without each mandatory milestone, and these come in their order;
- an order of correction leads back and never forward;
- every duty of the definition is kept on every way that ends, and none is broken on the way;
- no rule or period asks less than the article that it cites, where the catalogue has that article.

What a stage refuses besides (a vote without attendance, a posting taken down too soon) is not counted on: more ways are
looked at than a case can take. What depends on days is not shown: it stands in ``left_to_record``, and whoever has the
record can tell. A matter that is held over out of a batch begins anew, as every case begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import attrs

from yizheng.citation import Citation
from yizheng.procedure.checks import named_faults
from yizheng.procedure.duties import Sort, Template, so_often, told
from yizheng.procedure.exploring import Lead, Place
from yizheng.procedure.faults import Fault
from yizheng.procedure.finding import Finding, Findings, findings
from yizheng.procedure.lawful import compared, law_faults
from yizheng.procedure.outcomes import in_words
from yizheng.stages import OrderCorrection
from yizheng.stages.base import bounds_of
from yizheng.text import LANGUAGES, Language, Text
from yizheng.values.frozen import FrozenMap

if TYPE_CHECKING:
    from yizheng.procedure.definition import Procedure
    from yizheng.stages import Stage

__all__ = ["Failure", "PathStep", "Proof", "Shown", "proof_of"]

SHOWN: Final = FrozenMap(
    {
        "ROUTED": Text(
            "{stages} 个环节的 {outcomes} 个结果都有去向", "all {outcomes} outcomes of {stages} stages lead somewhere"
        ),
        "REACHED": Text("每个环节、{ends} 个终点都能到达", "every stage and all {ends} ends can be reached"),
        "WAY_OUT": Text(
            "从每一处都能走到终点，无须撤回", "from every place an end can be reached without a withdrawal"
        ),
        "DECIDED": Text("没有无人决定的循环", "there is no circle without a person's decision in it"),
        "MILESTONE": Text("须先{milestone}，方可算作已实施", "nothing counts as carried out before {milestone}"),
        "IN_ORDER": Text("{count} 个必经环节依次而行", "the {count} mandatory milestones come in their order"),
        "BACKWARD": Text(
            "责令改正只回到“{stage}”，不会使未曾到过的事项跳到那里",
            "an order of correction leads back to {stage}, and brings nothing there that was never there",
        ),
        "TOGETHER": Text(
            "成批办理的事项可以移出，移出后与单独办理同路",
            "a matter that goes together with others can leave them, and then goes the same ways as by itself",
        ),
        "LAWFUL": Text(
            "{parts} 项规则和期限中，引用本库所载条文的 {compared} 项都不低于所引条文",
            "of {parts} rules and periods, the {compared} that cite an article of the catalogue ask no less than it",
        ),
        "LAPSED": Text(
            "{milestone}至 {last} 止；此后从每一处仍能走到终点，或者由责令改正走到",
            "until {last} it may be entered that {milestone}; from then on an end can still be reached from every place, "
            "if need be by an order of correction",
        ),
        "COUNTED": Text(
            "“{stage}”每次进入后，“{turn}”至多{most}，由该环节自行计数",
            "“{stage}” counts by itself: “{turn}” at most {most} each time that it is entered",
        ),
    }
)
"""What can be shown, by its code."""

_LEFT: Final = Text("期限须由记录核对：{duty}", "the time is for the record to show: {duty}")


@attrs.frozen
class PathStep:
    """One entry on the way to what is not as it must be.

    Attributes:
        stage: the stage in which it is done.
        phase: the phase of the stage.
        action: the kind of action.
        outcome: the outcome or the turn that it brings about, if any.
        to: the stage, with its phase, or the end to which it leads.
        together: whether it is done to a batch.
        titles: what the stage, the action, and the stage or end that is entered by it are called.
    """

    stage: str
    phase: str
    action: str
    outcome: str | None
    to: str
    together: bool
    titles: tuple[Text, Text, Text | None] = attrs.field(repr=False)

    def explain(self, language: Language) -> str:
        """The step in words."""
        stage, action, target = (each and each.say(language) for each in self.titles)
        told = _STEP.say(language).format(stage=stage, phase=self.phase, action=action)
        if self.outcome is not None:
            told += _CAME_TO.say(language).format(outcome=in_words(self.outcome).say(language))
        if target is not None:
            told += _ON_TO.say(language).format(target=target)
        elif (phase := self.to.partition(".")[2]) != self.phase:
            told += _NOW.say(language).format(phase=phase)
        return _IN_BATCH.say(language) + told if self.together else told


_STEP: Final = Text("“{stage}”（{phase}）：{action}", "“{stage}” ({phase}): {action}")
_IN_BATCH: Final = Text("成批：", "together with others: ")
_CAME_TO: Final = Text("，结果“{outcome}”", ", which comes to “{outcome}”")
_NOW: Final = Text("，转为“{phase}”", ", and is now {phase}")
_ON_TO: Final = Text("，到“{target}”", ", on to “{target}”")


@attrs.frozen
class Failure:
    """What is not as it must be, with a shortest way on which it shows.

    Attributes:
        fault: what is wrong.
        path: the steps from the opening on; none where it shows at once, or where it is that there is no way.
        duty: the duty that is not kept, if it is one of the definition's.
        words: what is wrong, in words.
    """

    fault: Fault
    path: tuple[PathStep, ...]
    duty: Template | None
    words: Text = attrs.field(repr=False)

    @property
    def code(self) -> str:
        """The stable name of the fault."""
        return self.fault.code

    def explain(self, language: Language) -> str:
        """What is wrong, and the steps that lead there, each on its line."""
        lines = [self.words.say(language)]
        lines += [f"  {number}. {step.explain(language)}" for number, step in enumerate(self.path, 1)]
        return "\n".join(lines)


@attrs.frozen
class Shown:
    """One thing that was shown.

    Attributes:
        code: what kind of thing.
        words: what was shown.
        source: where it is written that it must be so, if that is said.
    """

    code: str
    words: Text
    source: Citation | None = None

    def explain(self, language: Language) -> str:
        """What was shown, with its source."""
        cited = "" if self.source is None else f"[{self.source.explain(language)}]"
        return f"{self.words.say(language)}{' ' if cited else ''}{cited}"


@attrs.frozen
class Proof:
    """What was shown of a procedure, and what was not.

    Attributes:
        procedure: the id of the procedure.
        digest: the digest of its definition.
        shown: what was shown.
        left_to_record: what only a record can show: the periods of duties.
        failures: what is not as it must be; where there is any, nothing is claimed of what it touches.
        places: how many places were looked at.
        moves: how many moves between them.
    """

    procedure: str
    digest: str
    shown: tuple[Shown, ...]
    left_to_record: tuple[Shown, ...]
    failures: tuple[Failure, ...]
    places: int
    moves: int

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the procedure."""
        return not self.failures

    def explain(self, language: Language) -> str:
        """The whole proof, a line for each thing."""
        lines = [_HEAD[self.holds].say(language).format(procedure=self.procedure, places=self.places, moves=self.moves)]
        for sign, listed in (("✗", self.failures), ("✓", self.shown), ("…", self.left_to_record)):
            lines += [f"{sign} {each.explain(language)}" for each in listed]
        return "\n".join(lines)


_HEAD: Final = {
    True: Text(
        "{procedure}：证毕，查过 {places} 处、{moves} 步",
        "{procedure} is proved: {places} places and {moves} moves looked at",
    ),
    False: Text(
        "{procedure}：不成立，查过 {places} 处、{moves} 步",
        "{procedure} is not proved: {places} places and {moves} moves looked at",
    ),
}


def proof_of(procedure: Procedure) -> Proof:
    """Look at every way through a procedure."""
    named = named_faults(procedure)
    looked = Findings((), 0, 0) if named else findings(procedure)
    failures = [Failure(each, (), None, _words(each)) for each in (*named, *law_faults(procedure))]
    if looked.found:
        teller = _Teller(procedure)
        failures += [teller.failure(finding) for finding in looked.found]
    whole = not named and looked.whole
    return Proof(
        procedure.id,
        procedure.digest,
        tuple(_shown(procedure, frozenset(failure.fault for failure in failures))) if whole else (),
        tuple(_left(procedure)),
        tuple(failures),
        looked.places,
        looked.moves,
    )


_LONGEST: Final = 4_000
"""How long what is told of one thing may be: a duty may name very many milestones, and a title be very long."""


def _both(say: Callable[[Language], str]) -> Text:
    """Words in both languages, cut off where they go on and on."""
    words = [said if len(said := say(each)) <= _LONGEST else f"{said[:_LONGEST]}…" for each in LANGUAGES]
    return Text(*words)


def _words(fault: Fault) -> Text:
    return _both(fault.explain)


_UNKEPT: Final = Text("并非在每条路径上都得到遵守：{duty}", "not kept on every way: {duty}")


class _Teller:
    """Failures with their paths, by the titles of the procedure."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._actions = {kind: action.title for kind, action in procedure.actions().items()}
        self._titles = {stage.id: stage.title for stage in procedure.stages}
        self._titles |= {end.id: end.title for end in procedure.ends}

    def failure(self, finding: Finding) -> Failure:
        duty, words = finding.duty, _words(finding.fault)
        if duty is not None:
            words = _both(lambda each: _UNKEPT.say(each).format(duty=duty.explain(each, self._procedure)))
        return Failure(finding.fault, tuple(self._step(*each) for each in finding.way()), duty, words)

    def _step(self, place: Place, lead: Lead, to: Place) -> PathStep:
        stage, _, phase = place.state.partition(".")
        entered = next((each for sort, each in lead.happened if sort in (Sort.STAGE, Sort.END)), None)
        target = None if entered is None else self._titles[entered]
        titles = (self._titles[stage], self._actions[lead.action], target)
        return PathStep(stage, phase, lead.action, lead.outcome, to.state, place.together, titles)


def _shown(procedure: Procedure, failed: frozenset[Fault]) -> Iterator[Shown]:
    codes = {each.code for each in failed}
    outcomes = sum(len(stage.ends) for stage in procedure.stages)
    yield _line("ROUTED", stages=len(procedure.stages), outcomes=outcomes)
    if "UNREACHABLE" not in codes:
        yield _line("REACHED", ends=len(procedure.ends))
    if codes.isdisjoint({"NO_WAY_OUT", "STUCK", "LOOP", "SHARED_STUCK"}):
        yield _line("WAY_OUT")
        if procedure.shared:
            yield _line("TOGETHER")
    if "LOOP" not in codes:
        yield _line("DECIDED")
    yield from _lapses(procedure, codes)
    yield from _milestones(procedure, failed, codes)
    if procedure.corrected in procedure.order and OrderCorrection.kind not in {
        each.values.get("later") for each in failed
    }:
        yield _line("BACKWARD", stage=procedure.stage(procedure.corrected).title)
    yield from _lawful(procedure, codes)
    for stage in procedure.stages:
        for turn, most in bounds_of(stage).items():
            yield _line("COUNTED", source=_source(stage), stage=stage.title, turn=in_words(turn), most=so_often(most))
    unkept = {each.values["duty"] for each in failed if each.code == "UNKEPT"}
    for index, duty in enumerate(procedure.duties):
        if f"duties[{index}]" not in unkept:
            yield Shown("KEPT", _both(partial(duty.explain, procedure=procedure)), duty.source)


def _lapses(procedure: Procedure, codes: set[str]) -> Iterator[Shown]:
    for each in () if "LAPSED_STUCK" in codes else procedure.lapses:
        words = _both(partial(told, each.milestone, procedure=procedure))
        yield _line("LAPSED", source=each.citation, milestone=words, last=str(each.last))


def _milestones(procedure: Procedure, failed: frozenset[Fault], codes: set[str]) -> Iterator[Shown]:
    skipped = {each.values["milestone"] for each in failed if each.code == "SKIPPED"}
    for milestone in procedure.mandatory if any(end.carried_out for end in procedure.ends) else ():
        if milestone not in skipped:
            words = _both(partial(told, milestone, procedure=procedure))
            source = _source(procedure.stage(milestone.partition(".")[0]))
            yield _line("MILESTONE", source=source, milestone=words)
    if len(procedure.mandatory) > 1 and "OUT_OF_ORDER" not in codes:
        yield _line("IN_ORDER", count=len(procedure.mandatory))


def _lawful(procedure: Procedure, codes: set[str]) -> Iterator[Shown]:
    held, parts = compared(procedure)
    if held and codes.isdisjoint({"RULE_BELOW_LAW", "RULE_OUTLIVES_LAW"}):
        yield _line("LAWFUL", parts=parts, compared=held)


def _left(procedure: Procedure) -> Iterator[Shown]:
    for duty in procedure.duties:
        if duty.within:
            yield Shown("WITHIN", _both(partial(_left_over, duty, procedure)), duty.source)


def _left_over(duty: Template, procedure: Procedure, language: Language) -> str:
    return _LEFT.say(language).format(duty=duty.explain(language, procedure))


def _source(stage: Stage) -> Citation | None:
    source: Citation | None = getattr(stage, "source", None)
    return source


def _line(code: str, *, source: Citation | None = None, **values: Text | str | int) -> Shown:
    return Shown(code, _both(partial(_filled, code, values)), source)


def _filled(code: str, values: Mapping[str, Text | str | int], language: Language) -> str:
    said = {key: value.say(language) if isinstance(value, Text) else value for key, value in values.items()}
    return SHOWN[code].say(language).format(**said)
