"""What changed between two definitions: everything is told, in the law's terms, and the right way round."""

from __future__ import annotations

import enum
import types
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Union, get_args, get_origin

import attrs
import pytest

from walks import MEETING, cited, day, days
from yizheng import Citation, Period, Procedure, Text, catalogue
from yizheng.errors import InvalidType
from yizheng.people import ProxyPolicy
from yizheng.procedure import Body, Change, End, Lapse, Office, Tendency, diff
from yizheng.procedure import duties as d
from yizheng.procedure.changed import CHANGES
from yizheng.procedure.duties import Template
from yizheng.rules import AGAINST, CAST, ENTITLED, FOR, PRESENT, BallotPolicy, Rule, Silence
from yizheng.stages import KINDS, AskedBy, Clock, Delegation, Deliberation, Disclosure, FactIs, Hearing, Note
from yizheng.values import FrozenMap

from .own import graph, mediation

COURTYARD = catalogue.yizheng.COURTYARD
STRICTER, LOOSER, NEITHER = Tendency.STRICTER, Tendency.LOOSER, Tendency.NEITHER
LAW = Citation(instrument=Text("某章程（虚构）", "an invented by-law"), article="7")
OTHER = Citation(instrument=Text("另一章程（虚构）", "another invented by-law"), article="8")


def told(old: Procedure, new: Procedure) -> list[tuple[str, str, Tendency]]:
    """The code, the place and the tendency of each change, each of which can be explained."""
    found = diff(old, new)
    for change in found:
        for language in ("zh", "en"):
            assert change.explain(language)
            assert "{" not in change.explain(language)
    return [(change.code, change.where, change.tendency) for change in found]


def with_stage(stage_id: str, **settings: Any) -> Procedure:
    """The courtyard's definition, with other settings of one stage."""
    stages = [attrs.evolve(stage, **settings) if stage.id == stage_id else stage for stage in COURTYARD.stages]
    return attrs.evolve(COURTYARD, stages=stages)


def about(stage: Any) -> Procedure:
    """A definition of one stage."""
    return graph({"x": {"on": "done"}}, {"done": True}, stages=[stage], deciding=stage.id)


# Every field of every kind

PEOPLE = attrs.evolve(MEETING, electorate="persons")
BY_TYPE: dict[Any, tuple[Any, Any]] = {
    str: ("a", "b"),
    bool: (False, True),
    int: (1, 2),
    Text: (Text("甲", "a"), Text("乙", "b")),
    Citation: (LAW, OTHER),
    Period: (Period(3, citation=LAW), Period(5, citation=LAW)),
    Rule: (MEETING, attrs.evolve(MEETING, passage=FOR > Fraction(2, 3) * CAST)),
    ProxyPolicy: (ProxyPolicy(cap=1), ProxyPolicy(cap=3)),
    Delegation: (Delegation(), Delegation(term=True)),
    Silence: (Silence("for", basis=cited()), Silence("majority", basis=cited())),
    BallotPolicy: (BallotPolicy(), BallotPolicy(blank="invalid")),
    FactIs: (FactIs("a", True), FactIs("b", True)),
    Fraction: (Fraction(1, 2), Fraction(1, 3)),
    date: (date(2026, 1, 1), date(2026, 1, 2)),
    timedelta: (timedelta(1), timedelta(2)),
}


def two(kind: Any) -> tuple[Any, Any]:
    """Two different values of the type of a field."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        wanted = next(argument for argument in arguments if argument is not type(None))
        return two(wanted)
    if origin is tuple:
        first, second = two(arguments[0])
        return (first,), (second,)
    if origin is frozenset:
        first, second = two(arguments[0])
        return frozenset([first]), frozenset([first, second])
    if origin in (FrozenMap, dict, Mapping):
        first, second = two(arguments[1])
        return {"note": first}, {"note": second}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind)), tuple(kind)[1]
    assert kind in BY_TYPE, f"give BY_TYPE two values of {kind}, so that a change of them is tried"
    return BY_TYPE[kind]


# What a field needs beside it to be good, and fields of which any two values would not do.
WITH: dict[str, dict[str, Any]] = {
    "cooling_off_after": {"cooling_off": Period(3, citation=LAW)},
}
VALUES: dict[str, tuple[Any, Any]] = {
    "id": ("x", "y"),
    "offices": ({"note": {"a"}}, {"note": {"a", "b"}}),
    "body": ("owners", "tenants"),
    "carries": (["accounts"], ["accounts", "reasons"]),
    "concerned": (["recipient"], ["recipient", "guardian"]),
}
NEEDED: dict[str, Any] = {
    "id": "x",
    "title": Text("环节", "stage"),
    "body": "owners",
    "rule": MEETING,
    "least": Period(3, citation=LAW),
    "concerned": ["recipient"],
}


def fields() -> Iterator[tuple[type[Any], str]]:
    """Each field of each kind of stage."""
    for kind in KINDS:
        for field in attrs.fields(attrs.resolve_types(kind)):
            yield kind, field.name


def made(kind: type[Any], **settings: Any) -> Any:
    """A stage of a kind."""
    names = {field.name for field in attrs.fields(kind)}
    return kind(**({key: value for key, value in NEEDED.items() if key in names} | settings))


class TestEveryField:
    """No setting of any stage can be changed without being told."""

    @pytest.mark.parametrize(
        ("kind", "field"), list(fields()), ids=[f"{kind.kind}-{field}" for kind, field in fields()]
    )
    def test_of_a_stage(self, kind: type[Any], field: str) -> None:
        """A change in it is told, at its place, both ways, with the opposite tendency."""
        types_of = {each.name: each.type for each in attrs.fields(attrs.resolve_types(kind))}
        values = VALUES[field] if field in VALUES else two(types_of[field])
        pair = [about(made(kind, **WITH.get(field, {}), **{field: value})) for value in values]
        forward, back = (
            [change for change in diff(*both) if change.code not in {"SKIPPABLE", "ROUTE", "DECIDING"}]
            for both in (pair, pair[::-1])
        )
        if field == "id":
            assert {change.code for change in forward} == {"STAGE_REMOVED", "STAGE_ADDED"}
            return
        assert [change.where.split(".")[:2] for change in forward] == [["x", field]]
        opposite = {STRICTER: LOOSER, LOOSER: STRICTER, NEITHER: NEITHER}
        assert [change.tendency for change in back] == [opposite[change.tendency] for change in forward]
        assert (forward[0].was, forward[0].now) == (back[0].now, back[0].was)

    @pytest.mark.parametrize("field", [each.name for each in attrs.fields(Procedure) if each.init])
    def test_of_a_procedure(self, field: str) -> None:
        """A change in any field of the definition itself is told."""
        changes: dict[str, Any] = {
            "id": "other",
            "title": "other",
            "edition": "2",
            "stages": COURTYARD.stages[:-1],
            "routes": {**COURTYARD.routes, "propose": {**COURTYARD.routes["propose"], "lost": "not_carried"}},
            "ends": COURTYARD.ends[:-1],
            "bodies": COURTYARD.bodies[:-1],
            "offices": COURTYARD.offices[:-1],
            "deciding": "consult",
            "binding": "resolve.carried",
            "withdrawn": "not_carried",
            "corrected": "consult",
            "corrections": {"implement": "disclose_stopped"},
            "mandatory": COURTYARD.mandatory[:-1],
            "shared": COURTYARD.shared[:-1],
            "facts": {"budget": "x"},
            "given": {"paid": False},
            "private": {"recipient": "x"},
            "confidential": LAW,
            "zone": "UTC",
            "lapses": (Lapse(milestone="resolve.lost", last=date(2026, 6, 30), instead="x"),),
            "sources": (LAW,),
            "duties": (d.Existence(["resolve"]),),
        }
        assert told(COURTYARD, attrs.evolve(COURTYARD, **{field: changes[field]}))

    @pytest.mark.parametrize(
        ("field", "was", "now"),
        [
            ("ends", End("done", "x", carried_out=True), End("done", "y", carried_out=True)),
            ("ends", End("done", "x", carried_out=True), End("done", "x")),
            ("bodies", Body("a", "x"), Body("a", "y")),
            ("offices", Office("a", "x"), Office("a", "y")),
            ("offices", Office("a", "x", may=["note"]), Office("a", "x", may=[Note, "open"])),
            ("offices", Office("a", "x"), Office("a", "x", independent=True)),
        ],
        ids=["end title", "end carried out", "body", "office title", "office may", "office independent"],
    )
    def test_of_its_parts(self, field: str, was: Any, now: Any) -> None:
        """And so is one in any field of an end, a body, an office."""
        old = attrs.evolve(graph({"x": {"on": "done"}}, {"done": True}), **{field: [was]})
        assert [where for _, where, _ in told(old, attrs.evolve(old, **{field: [now]}))]

    def test_a_kind_of_ones_own(self) -> None:
        """The settings of a kind that the library does not know are told under their own names."""
        found = told(mediation(), mediation(attempts=2, share=Fraction(1, 4), patience=(Period(9, citation=LAW),)))
        assert found == [
            ("PERIOD", "mediate.patience", NEITHER),
            ("SETTING", "mediate.share", NEITHER),
            ("SETTING", "mediate.attempts", NEITHER),
        ]

    @pytest.mark.parametrize("template", d.TEMPLATES)
    def test_of_a_duty(self, template: str) -> None:
        """A change in any field of any duty is told."""
        kind = d.TEMPLATES[template]
        sides = [["a"], ["b"]][: 2 if "b" in {field.name for field in attrs.fields(kind)} else 1]
        duty = kind(*sides)
        others: dict[str, Any] = {
            "words": "x",
            "source": LAW,
            "within": Period(3),
            "ends": ["done"],
            "a": ["c"],
            "b": ["c"],
            "least": 2,
            "most": 2,
            "times": 2,
            "since": ["c"],
        }
        old = graph({"x": {"on": "done"}}, {"done": True}, duties=[duty])
        for field in attrs.fields(kind):
            if not field.init or (field.name == "within" and kind.timed is None):
                continue
            changed: Template = attrs.evolve(duty, **{field.name: others[field.name]})
            assert told(old, attrs.evolve(old, duties=[changed])), field.name


class TestNothing:
    """Where nothing changed, nothing is told."""

    @pytest.mark.parametrize(
        "procedure", [COURTYARD, catalogue.yizheng.ALLOWANCE, mediation()], ids=lambda each: each.id
    )
    def test_the_same(self, procedure: Procedure) -> None:
        """Of a definition and itself, also when it was read back from its data."""
        assert diff(procedure, procedure) == ()
        if procedure.id != "own-mediation":
            assert diff(procedure, Procedure.from_data(procedure.to_data())) == ()

    def test_two_procedures(self) -> None:
        """Two that have little in common are told apart without fail."""
        found = told(COURTYARD, catalogue.yizheng.ALLOWANCE)
        assert {code for code, _, _ in found} >= {"STAGE_REMOVED", "STAGE_ADDED", "TITLE", "ROUTE", "END_ADDED", "FACT"}

    def test_doors(self) -> None:
        """Something else than procedures is refused."""
        for wrong in ((COURTYARD, None), ("x", COURTYARD), (COURTYARD, Procedure)):
            with pytest.raises(InvalidType):
                diff(*wrong)


def rule(quorum: Any, passage: Any, **settings: Any) -> Rule:
    """A rule of the by-law."""
    return Rule(quorum=quorum, passage=passage, citation=LAW, **settings)


HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
RULE = rule(PRESENT > HALF * ENTITLED, FOR > HALF * PRESENT)
VOTE = Deliberation(id="x", title="x", body="owners", rule=RULE)


class TestBars:
    """A bar or a quorum that was raised or lowered, decided exactly."""

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (rule(RULE.quorum, FOR >= TWO_THIRDS * PRESENT), [("BAR", STRICTER)]),
            (rule(RULE.quorum, FOR > HALF * CAST), [("BAR", LOOSER)]),
            (rule(RULE.quorum, FOR > AGAINST), [("BAR", LOOSER)]),
            (rule(RULE.quorum, FOR >= 10), [("BAR", NEITHER)]),
            (rule(RULE.quorum, 2 * FOR > PRESENT), [("BAR", NEITHER)]),
            (rule(PRESENT >= TWO_THIRDS * ENTITLED, RULE.passage), [("QUORUM", STRICTER)]),
            (rule(None, RULE.passage), [("QUORUM", LOOSER)]),
            (rule(None, FOR > HALF * ENTITLED), [("BAR", STRICTER), ("QUORUM", LOOSER)]),
            (rule(RULE.quorum, RULE.passage, by_no_objection=True), [("BAR", LOOSER)]),
            (rule(RULE.quorum, RULE.passage, electorate="persons"), [("ELECTORATE", NEITHER)]),
            (rule(RULE.quorum, RULE.passage, casting="chair"), [("CASTING", NEITHER)]),
            (attrs.evolve(RULE, citation=OTHER), [("SOURCE", NEITHER)]),
        ],
        ids=[
            "2/3",
            "of the cast",
            "over against",
            "a number",
            "in other words",
            "quorum 2/3",
            "no quorum",
            "both ways",
            "no objection",
            "electorate",
            "casting",
            "source",
        ],
    )
    def test_rules(self, now: Rule, expected: list[tuple[str, Tendency]]) -> None:
        """Each part of a rule by itself."""
        found = told(about(VOTE), about(attrs.evolve(VOTE, rule=now)))
        assert [(code, tendency) for code, _, tendency in found] == expected
        back = told(about(attrs.evolve(VOTE, rule=now)), about(VOTE))
        opposite = {STRICTER: LOOSER, LOOSER: STRICTER, NEITHER: NEITHER}
        assert [(code, opposite[tendency]) for code, _, tendency in back] == expected

    def test_the_words(self) -> None:
        """Both rules in words, whether it asks for more, and both authorities."""
        higher = attrs.evolve(rule(RULE.quorum, FOR >= TWO_THIRDS * PRESENT), citation=OTHER)
        (change,) = diff(about(VOTE), about(attrs.evolve(VOTE, rule=higher)))
        assert change.explain("en") == (
            "“x”, the rule of the vote, what carries a motion: from “for > 1/2 present” to “for >= 2/3 present” (stricter) "
            "(source before: an invented by-law art. 7; now: another invented by-law art. 8)"
        )
        assert change.explain("zh").startswith(
            "“x”的表决规则，通过的门槛：由“for > 1/2 present”改为“for >= 2/3 present”（从严）"
        )
        assert (change.was_by, change.now_by) == (LAW, OTHER)


class TestPeriods:
    """Periods that were made longer or shorter, by what they are for."""

    @pytest.mark.parametrize(
        ("stage", "field", "longer"),
        [
            ("solicit", "least", STRICTER),
            ("resolve", "notice", STRICTER),
            ("resolve", "longest", LOOSER),
            ("resolve", "cooling_off", STRICTER),
            ("disclose_result", "least", STRICTER),
            ("disclose_result", "answer", LOOSER),
        ],
    )
    def test_longer(self, stage: str, field: str, longer: Tendency) -> None:
        """Time that others have is stricter where it is longer; time that somebody is given for what is owed, looser."""
        short, long = (with_stage(stage, **{field: Period(n, citation=LAW)}) for n in (3, 30))
        assert told(short, long) == [("PERIOD", f"{stage}.{field}", longer)]
        assert told(long, short) == [("PERIOD", f"{stage}.{field}", LOOSER if longer is STRICTER else STRICTER)]

    def test_set_for_the_first_time(self) -> None:
        """A period where there was none asks for more, whatever it is for."""
        for field in ("notice", "longest", "cooling_off"):
            without = None if field != "notice" else ()
            assert told(with_stage("resolve", **{field: without}), with_stage("resolve", **{field: days(9)})) == [
                ("PERIOD", f"resolve.{field}", STRICTER)
            ]

    @pytest.mark.parametrize(
        ("was", "now", "expected"),
        [
            (Period(10), Period(10, "working_days"), STRICTER),
            (Period(30), Period(1, "months"), NEITHER),
            (Period(31), Period(1, "months"), LOOSER),
            (Period(12, "months"), Period(1, "years"), NEITHER),
        ],
        ids=["working days", "a month and 30 days", "a month and 31 days", "a year"],
    )
    def test_units(self, was: Period, now: Period, expected: Tendency) -> None:
        """Periods in different units are ordered where one is never shorter, whatever the day."""
        pair = (with_stage("resolve", notice=attrs.evolve(each, citation=LAW)) for each in (was, now))
        assert [tendency for _, _, tendency in told(*pair)] == [expected]

    def test_dated_editions(self) -> None:
        """Of dated editions, those that hold on the same days are held against each other, each with its first day."""
        ends, begins = date(2026, 6, 30), date(2026, 7, 1)
        until, since = attrs.evolve(LAW, in_force_to=ends), attrs.evolve(OTHER, in_force_from=begins)
        old = with_stage("resolve", notice=[Period(7, citation=until), Period(15, citation=since)])
        new = with_stage("resolve", notice=[Period(7, citation=until), Period(5, citation=since)])
        (change,) = diff(old, new)
        assert (change.code, change.tendency, change.since) == ("PERIOD", LOOSER, begins)
        assert change.was == Text("15日", "15 days")
        assert "from 2026-07-01" in change.explain("en")

    @pytest.mark.parametrize("longer", [7, 9], ids=["alone", "with its length"])
    def test_days_that_were_moved(self, longer: int) -> None:
        """An edition that holds later or ends earlier is told with its days, whatever else of it changed."""
        first, later, last = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31)
        since = [attrs.evolve(LAW, in_force_from=first), attrs.evolve(LAW, in_force_from=later, in_force_to=last)]
        pair = [with_stage("resolve", notice=Period(n, citation=by)) for n, by in zip((7, longer), since, strict=True)]
        change = diff(*pair)[-1]
        assert (change.code, change.where, change.tendency) == ("SOURCE", "resolve.notice", NEITHER)
        assert change.was == Text(
            "《某章程（虚构）》第7条（自2026-01-01起施行）", "an invented by-law art. 7 (in force from 2026-01-01)"
        )
        assert change.now.en.endswith("(in force from 2026-07-01 until 2026-12-31)")
        assert len(diff(*pair)) == (1 if longer == 7 else 2)
        rules = [attrs.evolve(RULE, citation=by) for by in since]
        rules[1] = rules[1] if longer == 7 else attrs.evolve(rules[1], passage=FOR >= TWO_THIRDS * PRESENT)
        change = diff(*(about(attrs.evolve(VOTE, rule=each)) for each in rules))[-1]
        assert (change.code, change.was.en[-26:]) == ("SOURCE", "(in force from 2026-01-01)")

    def test_after_what_it_runs(self) -> None:
        """No outcome named means after a vote that was lost and one that had no quorum, and is held against that."""
        runs = [
            {"cooling_off": Period(30, citation=LAW), "cooling_off_after": each}
            for each in ([], ["lost", "inquorate"], ["inquorate"], ["lost", "inquorate", "carried"])
        ]
        none, both, fewer, more = (with_stage("resolve", **each) for each in runs)
        where = "resolve.cooling_off_after"
        assert told(none, both) == told(both, none) == []
        assert told(none, fewer) == told(both, fewer) == [("SETTING", where, LOOSER)]
        assert told(fewer, none) == [("SETTING", where, STRICTER)]
        assert told(none, more) == [("SETTING", where, STRICTER)]
        (change,) = diff(none, fewer)
        assert (change.was.en, change.now.en) == ("inquorate, lost", "inquorate")

    def test_an_edition_more(self) -> None:
        """A new edition is held against the one whose place it takes."""
        always = attrs.evolve(RULE, citation=attrs.evolve(LAW, in_force_from=date(2020, 1, 1)))
        later = attrs.evolve(always, passage=FOR >= TWO_THIRDS * PRESENT, citation=cited(day(0).date()))
        old, new = (about(attrs.evolve(VOTE, rule=rules)) for rules in ([always], [always, later]))
        found = diff(old, new)
        assert [(change.code, change.tendency, change.since) for change in found] == [("BAR", STRICTER, day(0).date())]


class TestStages:
    """Stages removed, added, moved; routes; what can be left out now."""

    def without(self, stage_id: str, **changes: Any) -> Procedure:
        """The courtyard without a stage, with the ways to it led past."""
        onward = COURTYARD.routes[stage_id].get("clear", "carried_out")
        routes = {
            stage: {outcome: onward if target == stage_id else target for outcome, target in targets.items()}
            for stage, targets in COURTYARD.routes.items()
            if stage != stage_id
        }
        return attrs.evolve(
            COURTYARD,
            stages=[stage for stage in COURTYARD.stages if stage.id != stage_id],
            routes=routes,
            mandatory=[each for each in COURTYARD.mandatory if each.partition(".")[0] != stage_id],
            **changes,
        )

    def test_removed(self) -> None:
        """A disclosure that was removed: the stage, the route to it, the milestone."""
        assert told(COURTYARD, self.without("disclose_measures")) == [
            ("STAGE_REMOVED", "disclose_measures", LOOSER),
            ("ROUTE", "routes.resolve.carried", NEITHER),
            ("MILESTONE_REMOVED", "mandatory.disclose_measures.clear", LOOSER),
        ]
        assert next(code for code, _, _ in told(self.without("disclose_measures"), COURTYARD)) == "STAGE_ADDED"

    @pytest.mark.parametrize(
        ("lost", "expected"),
        [("again", NEITHER), ("posted", STRICTER)],
        ids=["a second chance", "one step more for what is lost"],
    )
    def test_where_a_matter_ended(self, lost: str, expected: Tendency) -> None:
        """A stage behind what ended the matter before is one step more only where it gives no second chance."""
        ends = {"done": True, "dead": False}
        plain = graph({"vote": {"carried": "done", "lost": "dead"}}, ends)
        onward = {"again": {"carried": "done", "lost": "dead"}, "posted": {"clear": "dead"}}[lost]
        more = graph({"vote": {"carried": "done", "lost": lost}, lost: onward}, ends)
        opposite = {STRICTER: LOOSER, NEITHER: NEITHER}
        assert ("STAGE_ADDED", lost, expected) in told(plain, more)
        assert ("STAGE_REMOVED", lost, opposite[expected]) in told(more, plain)

    def test_behind_another_that_was_added(self) -> None:
        """Nor is one that lies behind a second chance; one before the end of what is carried is stricter."""
        ends = {"done": True, "dead": False}
        plain = graph({"vote": {"carried": "done", "lost": "dead"}}, ends)
        more = graph(
            {
                "vote": {"carried": "posted", "lost": "mend"},
                "posted": {"clear": "done"},
                "mend": {"completed": "again"},
                "again": {"carried": "done", "lost": "dead"},
            },
            ends,
        )
        found = told(plain, more)
        for stage, tendency in (("posted", STRICTER), ("mend", NEITHER), ("again", NEITHER)):
            assert ("STAGE_ADDED", stage, tendency) in found
        first = graph({"ask": {"on": "vote"}, **plain.routes}, ends)
        assert ("STAGE_ADDED", "ask", STRICTER) in told(plain, first)

    def test_routed_around(self) -> None:
        """A disclosure that is still there and can be left out is told as that."""
        routes = {**COURTYARD.routes, "implement": {"completed": "evaluate", "abandoned": "disclose_result"}}
        around = attrs.evolve(COURTYARD, routes=routes)
        found = told(COURTYARD, around)
        assert ("SKIPPABLE", "disclose_result", LOOSER) in found
        assert ("UNSKIPPABLE", "disclose_result", STRICTER) in told(around, COURTYARD)

    def test_an_end_that_is_closed(self) -> None:
        """An end to which nothing leads any more is told."""
        routes = {**COURTYARD.routes, "evaluate": {"satisfied": "carried_out", "unsatisfied": "carried_out"}}
        found = told(COURTYARD, attrs.evolve(COURTYARD, routes=routes))
        assert ("END_CLOSED", "ends.carried_out_unsatisfactorily", NEITHER) in found
        assert ("END_OPENED", "ends.carried_out_unsatisfactorily", NEITHER) in told(
            attrs.evolve(COURTYARD, routes=routes), COURTYARD
        )

    def test_moved(self) -> None:
        """A stage that stands elsewhere is told once, and those it passed are not."""
        stages = list(COURTYARD.stages)
        stages.insert(1, stages.pop(5))
        assert told(COURTYARD, attrs.evolve(COURTYARD, stages=stages)) == [("STAGE_MOVED", "implement", NEITHER)]

    def test_another_kind(self) -> None:
        """A stage that is of another kind now is told as that."""
        notice = Disclosure(id="x", title="x", least=Period(3, citation=LAW))
        assert next(code for code, _, _ in told(about(VOTE), about(notice))) == "STAGE_KIND"


class TestPowers:
    """Who may do what, and what a hearing, a proxy or silence allows."""

    def test_powers(self) -> None:
        """What an office may no longer do, and what it newly may."""
        (office, *others) = COURTYARD.offices
        fewer = attrs.evolve(COURTYARD, offices=[attrs.evolve(office, may=office.may - {"post"}), *others])
        (change,) = diff(COURTYARD, fewer)
        assert (change.code, change.where, change.tendency) == ("POWERS", "offices.secretary.may", STRICTER)
        assert change.explain("zh") == "职务“社区书记（经办）”可以办理的事：不再可以“公示”（从严）"
        assert told(fewer, COURTYARD) == [("POWERS", "offices.secretary.may", LOOSER)]

    def test_in_a_stage(self) -> None:
        """In a stage, fewer offices are stricter."""
        one, two = ({"post": offices} for offices in (["secretary"], ["secretary", "supervisor"]))
        assert told(with_stage("disclose_result", offices=two), with_stage("disclose_result", offices=one)) == [
            ("OFFICES", "disclose_result.offices", STRICTER)
        ]

    @pytest.mark.parametrize(
        ("was", "now", "expected"),
        [
            ({"proxies": None}, {"proxies": ProxyPolicy()}, LOOSER),
            ({"proxies": ProxyPolicy(cap=1)}, {"proxies": ProxyPolicy(cap=3)}, LOOSER),
            ({"proxies": ProxyPolicy(cap=1)}, {"proxies": ProxyPolicy(cap=3, barred=["x"])}, NEITHER),
            ({"proxies": ProxyPolicy()}, {"proxies": ProxyPolicy(same_household="h:")}, STRICTER),
            ({"proxies": ProxyPolicy()}, {"proxies": ProxyPolicy(instructed=True)}, STRICTER),
            ({"silence": None}, {"silence": Silence("majority", basis=LAW)}, LOOSER),
            ({"silence": Silence("for", basis=LAW)}, {"silence": Silence("majority", basis=LAW)}, NEITHER),
            ({"notice_waivable": False}, {"notice_waivable": True}, LOOSER),
            ({"calls": 2}, {"calls": 3}, LOOSER),
            ({"timely_by": Clock.HAPPENED}, {"timely_by": Clock.RECORDED}, NEITHER),
        ],
        ids=["proxies", "cap", "both ways", "household", "instructed", "silence", "policy", "waiver", "calls", "clock"],
    )
    def test_settings(self, was: dict[str, Any], now: dict[str, Any], expected: Tendency) -> None:
        """What is allowed for the first time is looser; what cannot be ordered is neither."""
        ((_, _, tendency),) = told(about(attrs.evolve(VOTE, **was)), about(attrs.evolve(VOTE, **now)))
        assert tendency is expected

    def test_triggers(self) -> None:
        """A hearing that must be held in more cases is stricter."""
        first, second = FactIs("contested", True), AskedBy(share="1/5", body="owners", citation=LAW)
        pair = (about(Hearing(id="x", title="x", triggers=each)) for each in ([first], [first, second]))
        assert told(*pair) == [("SETTING", "x.triggers", STRICTER)]


class TestDuties:
    """Duties dropped, added, and with more or less time."""

    WITHIN = d.Response(["a"], ["b"], within=Period(15, citation=LAW), source=LAW)

    def pair(self, was: list[Template], now: list[Template]) -> list[tuple[str, Tendency]]:
        """What is told of them."""
        old, new = (graph({"x": {"on": "done"}}, {"done": True}, duties=each) for each in (was, now))
        return [(code, tendency) for code, _, tendency in told(old, new)]

    def test_dropped(self) -> None:
        """A duty that is gone asks for less, one that has come for more."""
        assert self.pair([self.WITHIN], []) == [("DUTY_REMOVED", LOOSER)]
        assert self.pair([], [self.WITHIN]) == [("DUTY_ADDED", STRICTER)]

    def test_time(self) -> None:
        """Less time for the same is stricter; time for the first time as well."""
        shorter = attrs.evolve(self.WITHIN, within=Period(5, citation=LAW))
        assert self.pair([self.WITHIN], [shorter]) == [("DUTY", STRICTER)]
        assert self.pair([shorter], [self.WITHIN]) == [("DUTY", LOOSER)]
        assert self.pair([attrs.evolve(self.WITHIN, within=())], [shorter]) == [("DUTY", STRICTER)]
        assert self.pair([self.WITHIN], [attrs.evolve(shorter, ends=["done"])]) == [("DUTY", NEITHER)]

    def test_their_order(self) -> None:
        """That they are listed in another order is told, and asks for nothing else."""
        never = d.Absence(["c"])
        assert self.pair([self.WITHIN, never], [never, self.WITHIN]) == [("DUTY_MOVED", NEITHER)]


class TestCodes:
    """Every code is met."""

    def test_words(self) -> None:
        """The words of each code are in both languages, and ask for nothing that a change has not."""
        for code, words in CHANGES.items():
            change = Change(code=code, where="x", called=Text("甲", "A"), was=Text("乙", "B"), now=Text("丙", "C"))
            assert "{" not in change.explain("zh") + change.explain("en")
            assert words.zh != words.en
