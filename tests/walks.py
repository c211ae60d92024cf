"""Invented cases for the tests, walked step by step. Every person is a flat's number or a role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from string import Formatter
from zoneinfo import ZoneInfo

import attrs
import pytest

from yizheng import Case, Citation, Matter, Member, Period, Roll, Text, catalogue
from yizheng.procedure import Body, End, Office, Procedure
from yizheng.reasons import PATHS, Reason, Refused
from yizheng.rules import CAST, ENTITLED, FOR, PRESENT, Choice, Rule
from yizheng.stages import (
    ANYWHERE,
    Action,
    AnswerObjection,
    AnswerOpinion,
    Assign,
    CallHearing,
    Channel,
    CloseEvaluation,
    CloseHearing,
    CloseSolicitation,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    CountVotes,
    Deliberation,
    Inspect,
    Method,
    Object,
    OpenSolicitation,
    Post,
    ReceiveOpinion,
    RecordBallots,
    ReportProgress,
    Spend,
    Stage,
    Submit,
    Survey,
    TakeAttendance,
    TakeDown,
    Testify,
)
from yizheng.text import LANGUAGES
from yizheng.values import written

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)

OFFICES = {
    "secretary": {"sec-1"},
    "chair": {"rep-03"},
    "supervisor": {"sup-1", "sup-2"},
    "subdistrict": {"street-1"},
}


def day(number: float, hour: int = 9) -> datetime:
    """So many days after the start, at an hour."""
    return (START + timedelta(days=number)).replace(hour=hour)


def roll(body: str, ids: Iterable[str], **groups: set[str]) -> Roll:
    """A roll of heads, with groups by name."""
    return Roll(
        body,
        [Member(each, groups={group for group, held in groups.items() if each in held}) for each in ids],
        groups=groups,
    )


def owners(count: int = 10, area: str = "100.00") -> Roll:
    """Owners of equal area."""
    return Roll("owners", [Member(f"1-{100 + n}", weights={"area": area}) for n in range(1, count + 1)])


COMMITTEES = roll("two_committees", [f"c-{n}" for n in range(1, 8)])
REPRESENTATIVES = roll("owner_representatives", [f"rep-{n:02}" for n in range(1, 6)])

COURTYARD_ROLLS = {"owners": owners(), "two_committees": COMMITTEES, "owner_representatives": REPRESENTATIVES}


def matter(**changes: object) -> Matter:
    """The courtyard matter."""
    return attrs.evolve(
        Matter(
            "2026-007",
            title="院落整治",
            category="courtyard",
            facts={"budget": "1200000.00"},
            private={"phone": "13800000000"},
        ),
        **changes,
    )


@attrs.frozen
class Step:
    """An action with who and when."""

    action: Action
    at: datetime
    by: str = "sec-1"


def before(wave: str) -> Survey:
    """A survey of one wave."""
    return Survey(
        wave=wave,
        question="您对院落环境满意吗？",
        population="院落 10 户",
        asked=10,
        answers={"satisfied": 2, "unsatisfied": 6} if wave == "before" else {"satisfied": 7, "unsatisfied": 1},
    )


def solicited() -> list[Step]:
    """The solicitation of the courtyard."""
    return [
        Step(OpenSolicitation(channels={"questionnaire", "symposium", "online"}, until=day(7)), day(0, 10)),
        Step(ReceiveOpinion("先修排水", channel="online"), day(1), "1-101"),
        Step(ReceiveOpinion("多留绿地", channel="questionnaire", author="1-102"), day(2)),
        Step(before("before"), day(3)),
        Step(AnswerOpinion("o1", "已列入方案"), day(4)),
        Step(AnswerOpinion("o2", "已列入方案"), day(5)),
        Step(CloseSolicitation(summary="意见以排水和绿化为主"), day(7)),
    ]


def voted_in_meeting(at: datetime, body: Roll, for_: int) -> list[Step]:
    """A body is called for the next day, and votes by show of hands."""
    everyone = [member.id for member in body]
    return [
        Step(Convene(held_at=at + timedelta(days=1)), at),
        Step(TakeAttendance(everyone), at + timedelta(days=1)),
        Step(CountVotes(for_=for_, against=len(body) - for_), at + timedelta(days=1, hours=1)),
        Step(CloseVote(), at + timedelta(days=1, hours=2)),
    ]


def owners_voted(for_: int = 10, start: float = 20) -> list[Step]:
    """The owners vote in writing."""
    ids = [member.id for member in COURTYARD_ROLLS["owners"]]
    ballots = {each: Choice.FOR if index < for_ else Choice.AGAINST for index, each in enumerate(ids)}
    return [
        Step(Convene(held_at=day(start + 16), until=day(start + 26), mode="written"), day(start)),
        Step(RecordBallots(ballots, channel="paper", evidence="box 1"), day(start + 20)),
        Step(CloseVote(), day(start + 26)),
    ]


BOARD = {"bulletin_board"}


def posted(start: float, days: int = 16, content: str = "实施措施") -> list[Step]:
    """A disclosure with one objection."""
    return [
        Step(Post(channels=BOARD, content=content), day(start)),
        Step(Object("车位太少", author="1-103"), day(start + 2)),
        Step(AnswerObjection("x1", "按消防通道规定，不能再加", upheld=False), day(start + 3)),
        Step(TakeDown(), day(start + days)),
    ]


def implemented(start: float) -> list[Step]:
    """The works of the courtyard."""
    return [
        Step(Assign(responsible="c-2", task="施工", due=day(start + 60)), day(start)),
        Step(Spend(amount="1150000.00", purpose="工程款", evidence="发票 1"), day(start + 20)),
        Step(ReportProgress("过半"), day(start + 30), "c-2"),
        Step(Inspect("合格", passed=True), day(start + 50), "sup-1"),
        Step(Complete("完工"), day(start + 51)),
    ]


def courtyard_steps() -> list[Step]:
    """The courtyard case from the solicitation to the evaluation."""
    return [
        *solicited(),
        *voted_in_meeting(day(8), COMMITTEES, 6),
        *voted_in_meeting(day(12), REPRESENTATIVES, 4),
        *owners_voted(),
        *posted(50),
        *implemented(70),
        *posted(125, content="实施结果"),
        Step(before("after"), day(150)),
        Step(CloseEvaluation(), day(151)),
    ]


ALLOWANCE_ROLLS = {
    "two_committees": COMMITTEES,
    "party_council": roll("party_council", [f"p-{n}" for n in range(1, 10)]),
    "resident_representatives": roll("resident_representatives", [f"r-{n:02}" for n in range(1, 31)]),
}
ALLOWANCE_OFFICES = {**OFFICES, "county": {"county-1"}}


def family(**changes: object) -> Matter:
    """The matter of a contested family."""
    return attrs.evolve(
        Matter(
            "dibao-7",
            title="7号家庭低保",
            category="allowance",
            facts={"contested": True},
            private={"name": "某某", "selected_because": "邻居反映收入变化"},
        ),
        **changes,
    )


def heard(start: float) -> list[Step]:
    """A hearing with one statement."""
    return [
        Step(CallHearing(held_at=day(start + 3), reason="有争议"), day(start)),
        Step(Testify("情况属实", speaker="r-01"), day(start + 3, 10)),
        Step(CloseHearing(conclusion="多数认为困难属实"), day(start + 3, 11)),
    ]


def allowance_steps() -> list[Step]:
    """The allowance case to its confirmation."""
    return [
        Step(OpenSolicitation(channels={"symposium"}, until=day(3)), day(0, 10)),
        Step(CloseSolicitation(summary="无新意见"), day(3)),
        *voted_in_meeting(day(4), COMMITTEES, 6),
        *voted_in_meeting(day(8), ALLOWANCE_ROLLS["party_council"], 6),
        *heard(11),
        *voted_in_meeting(day(16), ALLOWANCE_ROLLS["resident_representatives"], 20),
        Step(Post(channels=BOARD, content="公示"), day(20)),
        Step(TakeDown(), day(29)),
        Step(Submit(to="区民政局"), day(30)),
        Step(Confirm(reference="区民政 1 号"), day(40), "county-1"),
        Step(Post(channels=BOARD, content="确认决定"), day(41)),
        Step(TakeDown(), day(50)),
    ]


def courtyard(procedure: Procedure | None = None, **opening: object) -> Case:
    """The courtyard case, opened."""
    return Case.open(
        matter(),
        procedure or catalogue.yizheng.COURTYARD,
        COURTYARD_ROLLS,
        OFFICES,
        **{"at": START, "by": "sec-1", "salt": b"0" * 16, **opening},
    )


TOLD_TO_ALL = attrs.evolve(catalogue.yizheng.ALLOWANCE, confidential=None)
"""The allowance without secrecy of words, by which it is shown how words are told."""


def allowance(procedure: Procedure = catalogue.yizheng.ALLOWANCE) -> Case:
    """The allowance case, opened."""
    return Case.open(family(), procedure, ALLOWANCE_ROLLS, ALLOWANCE_OFFICES, at=START, by="sec-1", salt=b"0" * 16)


def take(case: Case, steps: Iterable[Step], until: Callable[[Case], bool] = lambda _: False) -> Case:
    """The case after the steps, or as soon as something holds."""
    for number, step in enumerate(steps):
        if until(case):
            break
        case = case.act(step.action, at=step.at, by=step.by, salt=number.to_bytes(16))
    return case


def at_stage(stage: str, phase: str = "waiting") -> Case:
    """A courtyard case as it first stands in a phase of a stage."""
    return take(courtyard(), courtyard_steps(), lambda case: (case.stage, case.phase) == (stage, phase))


# One stage by itself: what a kind promises is shown without the stages around it. Rules and rolls here are invented.

MICROSECOND = timedelta(microseconds=1)


def cited(since: date | None = None, until: date | None = None) -> Citation:
    """An invented source."""
    return Citation(
        instrument=Text("示例规则", "an invented rule"), article="1", in_force_from=since, in_force_to=until
    )


CITED = cited()


def days(length: int, unit: str = "days", **dates: date | None) -> Period:
    """A period with an invented source."""
    return Period(length, unit, citation=cited(**dates))


HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
MEETING = Rule(quorum=PRESENT > HALF * ENTITLED, passage=FOR > HALF * PRESENT, citation=CITED)
WRITTEN = Rule(quorum=CAST >= TWO_THIRDS * ENTITLED, passage=FOR > HALF * CAST, citation=CITED)

VOTERS = tuple(f"m-{n:02}" for n in range(1, 11))
ASSEMBLY = roll("assembly", VOTERS, leaders={"m-01", "m-02", "m-03"})

NEWER = date(2026, 3, 3)
"""The day after the cases here are opened: what is in force from then on was passed after the opening."""

DECIDED = {"decided_by": "业主大会", "decided_on": date(2025, 12, 1), "filed": "街道办事处"}
"""What must be said of a by-law that is adopted (invented)."""

NEW_LAW = date(2026, 1, 1)
OLD_LAW_ENDS = date(2025, 12, 31)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=SHANGHAI)


def alone(
    stage: Stage,
    *,
    rolls: Mapping[str, Roll] | None = None,
    facts: Mapping[str, object] | None = None,
    private: Mapping[str, str] | None = None,
    zone: str = "Asia/Shanghai",
    at: datetime = START,
) -> Case:
    """A case whose procedure is one stage. The secretary may do everything, the clerk nothing but take notes."""
    kinds = {action.kind for following in stage.phases.values() for action in following}
    kinds |= {"open", *(action.kind for action in ANYWHERE)}
    procedure = Procedure(
        id="alone",
        title="单环节",
        stages=[stage],
        routes={stage.id: {outcome: f"was_{outcome}" for outcome in stage.ends}},
        ends=[*(End(f"was_{outcome}", outcome) for outcome in stage.ends), End("withdrawn", "撤回")],
        bodies=[Body(body, body) for body in dict.fromkeys(stage.bodies())],
        offices=[Office("secretary", "经办", may=kinds), Office("clerk", "记录员", may={"note"})],
        deciding=stage.id,
        withdrawn="withdrawn",
        corrected=stage.id,
        zone=zone,
    )
    given = {"assembly": ASSEMBLY} if rolls is None else rolls
    return Case.open(
        Matter("2026-001", title="事项", category="any", facts=facts or {}, private=private or {}),
        procedure,
        {body: held for body, held in given.items() if body in set(stage.bodies())},
        {"secretary": {"sec-1"}, "clerk": {"clerk-1"}},
        at=at,
        by="sec-1",
        salt=b"0" * 16,
    )


def assembly(**settings: object) -> Deliberation:
    """A stage in which the assembly decides."""
    return Deliberation(**{"id": "resolve", "title": "决议", "body": "assembly", "rule": MEETING, **settings})


def called(agenda: Iterable[str] | None = None, **settings: object) -> Case:
    """The assembly has been called for the third day."""
    return done(alone(assembly(**settings)), (Convene(held_at=day(3), agenda=agenda), START))


def sitting(present: Iterable[str] = VOTERS, agenda: Iterable[str] | None = None, **settings: object) -> Case:
    """The assembly sits, and no ballot has been cast."""
    return done(called(agenda, **settings), (TakeAttendance(present), day(3)))


def opened_in_writing(**settings: object) -> Case:
    """The assembly votes in writing, from the third day to the tenth."""
    stage = assembly(**{"rule": WRITTEN, "modes": ["written", "mixed"], **settings})
    return done(alone(stage), (Convene(held_at=day(3), until=day(10), mode="written"), START))


def done(case: Case, *steps: tuple[Action, datetime] | tuple[Action, datetime, str]) -> Case:
    """The case after some steps; each is an action, its moment, and its actor where that is not the secretary."""
    return take(case, [Step(*step) for step in steps])


def refused(
    case: Case, action: Action, *codes: str, at: datetime, by: str = "sec-1", says: Iterable[str] = (), **more: object
) -> Refused:
    """The refusal of an act, after showing that the case stays what it was and that every reason can be read.

    Args:
        case: the case.
        action: what is asked.
        codes: the code of every reason, each as often as it is given.
        at: when.
        by: who asks.
        says: what the words must say in both languages, such as the numbers; a body, an office, a channel, a method and a private value,
            named here by its id, must be called by its title there.
        more: further arguments of the act.
    """
    was = Case.replay(tuple(case.entries))
    with pytest.raises(Refused) as no:
        case.act(action, at=at, by=by, **{"salt": b"1" * 16, **more})
    assert sorted(reason.code for reason in no.value.reasons) == sorted(codes), no.value
    for reason in no.value.reasons:
        read(reason)
    titles = {each.id: each.title for each in (*case.procedure.bodies, *case.procedure.offices)}
    titles |= {**{str(each): each.words for each in (*Channel, *Method)}, **PATHS}
    for said in says:
        for language in LANGUAGES:
            assert titles.get(said, Text(said, said)).say(language) in no.value.explain(language)
    assert (case, case.state, case.options()) == (was, was.state, was.options())
    assert (case.progress, case.dossier, case.digest) == (was.progress, was.dossier, was.digest)
    return no.value


def read(reason: Reason) -> None:
    """Show that a reason is a sentence in both languages, with every number and name that its template asks for."""
    for language in ("zh", "en"):
        said = reason.explain(language)
        assert said.endswith("。" if language == "zh" else "."), said
        assert not re.search(r"[{}]|FrozenMap|frozenset|Fraction\(|datetime\(|<[A-Za-z]", said), said
        template = reason.words.say(language) + reason.cure.say(language)
        for field in {field for _, field, _, _ in Formatter().parse(template) if field}:
            value = reason.values[field]
            if field in {"body", "given", "office"} and value in reason.titles:
                value = reason.titles[value]
            if isinstance(value, Channel | Method):
                value = value.words
            if isinstance(value, str | int) and not isinstance(value, bool):
                assert str(value) in said, (field, said)
            if isinstance(value, Fraction):
                assert written(value) in said, (field, said)
            if isinstance(value, date) and not isinstance(value, datetime):
                assert value.isoformat() in said
            if isinstance(value, Text):
                assert value.say(language) in said
    assert re.search(r"[\u4e00-\u9fff]", reason.explain("zh"))
    assert reason.explain("zh") != reason.explain("en")
    assert reason.explain("en") in str(Refused([reason]))
