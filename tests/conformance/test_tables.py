"""A plain table of who did what when, held against a procedure. Every table here is invented."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import attrs
import pytest

from conformance.graphs import any_order, drawn, fits, line, walked
from walks import OFFICES, SHANGHAI, START, day
from yizheng import Citation, Period, Text, WorkingCalendar, catalogue
from yizheng.conformance import Conformance, Departed, Event, conform
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure import duties as d

COURTYARD = catalogue.yizheng.COURTYARD
NAMES = {
    "征求意见结束": "solicit.completed",
    "提议通过": "propose.carried",
    "协商通过": "consult.carried",
    "业主表决通过": "resolve.carried",
    "措施公示期满": "disclose_measures.clear",
    "完工": "implement.completed",
    "结果公示期满": "disclose_result.clear",
    "评议满意": "evaluate.satisfied",
}
ROWS = [Event(activity, day(number), by="secretary") for number, activity in enumerate(NAMES)]
LAW = Citation(instrument=Text("某章程（虚构）", "an invented by-law"), article="7")


def found(table: list[Event], **settings: object) -> list[tuple[str, int]]:
    """The code and the row of each departure."""
    judged = conform(settings.pop("procedure", COURTYARD), table, **{"names": NAMES, **settings})
    return [(each.code.value, each.number) for each in judged.departures]


class TestOrder:
    """What may follow what, by the routes; and what must lie behind a matter that was carried out."""

    def test_a_table_that_fits(self) -> None:
        """The whole way, row by row, departs in nothing."""
        judged = conform(COURTYARD, ROWS, names=NAMES)
        assert judged.conforms
        assert (judged.entries, judged.cases, judged.unknown) == (8, 1, ())

    @pytest.mark.parametrize("missing", range(7))
    def test_one_row_dropped(self, missing: int) -> None:
        """Whichever is left out, the row after it could not follow, and the milestone is missing at the end."""
        table = ROWS[:missing] + ROWS[missing + 1 :]
        assert found(table) == [("order", missing + 1), ("milestone", 7)]

    def test_the_departure(self) -> None:
        """It says which row, what could have come instead, and where the stage is prescribed, in both languages."""
        (first, last) = conform(COURTYARD, ROWS[:3] + ROWS[4:], names=NAMES).departures
        # The table shows no vote that is returned, so that it may have gone back in between.
        assert first.expected == ("consult.carried", "propose.carried", "resolve.carried")
        assert first.explain("zh") == (
            "第4条：“措施公示期满”接不上前面的步骤；此时可以出现的是：“consult.carried”、“propose.carried”、“resolve.carried”"
            "（依据：《某社区一征三议两公开工作报告》（据转述））"
        )
        assert first.explain("en").startswith("entry 4: “措施公示期满” could not follow what came before")
        assert last.demand.milestone == "resolve.carried"
        assert last.citation == COURTYARD.stage("resolve").source

    def test_generated(self) -> None:
        """A row dropped, moved or altered is told exactly where an independent walk says that it does not fit."""
        chance = random.Random(60)  # noqa: S311 -- it must be the same each time
        for _ in range(120):
            procedure = drawn(chance)
            rows = walked(procedure, chance)
            if len(rows) > 1:
                place = chance.randrange(len(rows))
                rows.insert(chance.randrange(len(rows)), rows.pop(place)) if chance.random() < 0.5 else rows.pop(place)
            every = [f"{stage}.{outcome}" for stage, targets in procedure.routes.items() for outcome in targets]
            table = [Event(row, day(number)) for number, row in enumerate(rows)]
            told = [each for each in conform(procedure, table).departures if each.code is Departed.ORDER]
            assert bool(told) is not fits(procedure, rows, every)
            first = next((n for n in range(1, len(rows) + 1) if not fits(procedure, rows[:n], every)), None)
            assert (told[0].number if told else None) == first


class TestRows:
    """What a table says besides is reported, and changes nothing."""

    def test_the_order_is_that_of_the_moments(self) -> None:
        """Rows may stand in any order; their numbers are those of the table."""
        table = list(reversed(ROWS))
        assert found(table) == []
        assert found([*table, Event("评议满意", day(20))]) == [("order", 9)]

    def test_what_means_nothing_here(self) -> None:
        """A row of another activity is listed."""
        judged = conform(COURTYARD, [*ROWS[:2], Event("开会", day(1)), *ROWS[2:]], names=NAMES)
        assert (judged.departures, judged.unknown) == ((), (3,))
        assert "1 of activities that mean nothing here: 3" in judged.explain("en")

    def test_of_which_nothing_is_known(self) -> None:
        """A table of which no row can be judged is not said to conform, in whatever way they cannot."""
        unknown = [Event("开会", day(1)), Event("散会", day(2))]
        begun = [Event("征求意见结束", day(0), lifecycle="start")]
        for rows in (unknown, begun, [*unknown, *begun]):
            judged = conform(COURTYARD, rows, names=NAMES)
            assert (judged.departures, judged.judged, judged.conforms) == ((), 0, False)
            assert judged.explain("en").splitlines()[1].startswith("nothing of it could be judged")
            assert judged.explain("zh").splitlines()[1].startswith("没有一条可以判断")
        some = conform(COURTYARD, [*unknown, ROWS[0]], names=NAMES)
        assert (some.judged, some.conforms) == (1, True)
        assert "nothing of it" not in some.explain("en")

    def test_what_was_only_begun(self) -> None:
        """A row that tells of a beginning does not count as done."""
        table = [Event("征求意见结束", day(0), lifecycle="start"), *ROWS]
        judged = conform(COURTYARD, table, names=NAMES)
        assert (judged.departures, judged.unfinished) == ((), (1,))

    def test_several_cases(self) -> None:
        """The rows of each case are judged by themselves; those of none are listed."""
        first = [attrs.evolve(row, case="甲") for row in ROWS]
        second = [attrs.evolve(row, case="乙") for row in ROWS[:2] + ROWS[3:4]]
        mixed = [row for pair in zip(first, [*second, *first[3:]], strict=False) for row in pair][:6]
        judged = conform(COURTYARD, [*mixed, Event("完工", day(3))], names=NAMES)
        assert (judged.cases, judged.apart) == (2, (7,))
        assert [(each.case, each.number) for each in judged.departures] == [("乙", 6)]
        assert judged.departures[0].explain("zh").startswith("乙，第6条：")
        assert not conform(COURTYARD, [*first, Event("业主表决通过", day(3))], names=NAMES).conforms
        assert conform(COURTYARD, [*first, Event("例会", day(3))], names=NAMES).conforms

    def test_a_case_of_which_nothing_is_known(self) -> None:
        """A case whose rows all mean nothing here, or tell of beginnings alone, is named, and the table does not conform."""
        good = [attrs.evolve(row, case="甲") for row in ROWS]
        for strange in (Event("例会", day(3), case="乙"), attrs.evolve(ROWS[0], case="乙", lifecycle="start")):
            judged = conform(COURTYARD, [*good, strange], names=NAMES)
            assert (judged.departures, judged.blank, judged.conforms) == ((), ("乙",), False)
            assert judged.explain("zh").splitlines()[1].startswith("未见不符，但有未能判断的内容")
            assert "没有一行可以判断的案件，共1个：乙" in judged.explain("zh").splitlines()
            assert "1 cases without a row that could be judged: 乙" in judged.explain("en")
            known = attrs.evolve(ROWS[0], case="乙", at=day(4))
            assert conform(COURTYARD, [*good, strange, known], names=NAMES).conforms

    def test_an_empty_table(self) -> None:
        """Nothing is wrong with nothing."""
        with pytest.raises(InvalidValue, match="begins with its opening"):
            conform(COURTYARD, [])


class TestOffices:
    """Who did a thing must hold an office that may, where the table says who."""

    def test_an_office(self) -> None:
        """A row that names an office is held against what that office may do."""
        table = [*ROWS[:3], attrs.evolve(ROWS[3], by="supervisor")]
        assert found(table) == [("office", 4)]
        (wrong,) = conform(COURTYARD, table, names=NAMES).departures
        assert "supervisor holds none of the offices that may do “业主表决通过”" in wrong.explain("en")

    def test_a_person(self) -> None:
        """A person is judged by the offices handed in, and by none where none are."""
        table = [attrs.evolve(row, by="sec-1") for row in ROWS]
        assert found(table) == []
        assert found(table, offices=OFFICES) == []
        assert found([attrs.evolve(ROWS[0], by="sup-1")], offices=OFFICES) == [("office", 1)]

    @pytest.mark.parametrize("by", ["村支书", "secretery"], ids=["another title", "a typo"])
    def test_an_actor_who_is_not_known(self, by: str) -> None:
        """An actor who is no office of the procedure is listed, and not passed over in silence."""
        judged = conform(COURTYARD, [attrs.evolve(ROWS[0], by=by), *ROWS[1:]], names=NAMES)
        assert (judged.departures, judged.unplaced, judged.conforms) == ((), (1,), False)
        assert "1 by somebody who is no office of the procedure" in judged.explain("en")
        assert "是否有权办理未作判断，共1条：1" in judged.explain("zh")
        assert conform(COURTYARD, ROWS, names=NAMES).unplaced == ()
        handed = conform(COURTYARD, [attrs.evolve(ROWS[0], by=by)], names=NAMES, offices=OFFICES)
        assert ([each.code for each in handed.departures], handed.unplaced) == ([Departed.OFFICE], ())

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_a_title(self, language: str) -> None:
        """An office may be named by its title in either language, and is held against what it may do."""
        titles = {office.id: office.title.say(language) for office in COURTYARD.offices}
        for offices in (None, OFFICES):
            table = [attrs.evolve(row, by=titles["secretary"]) for row in ROWS]
            judged = conform(COURTYARD, table, names=NAMES, offices=offices)
            assert (judged.departures, judged.unplaced) == ((), ())
            assert found([*table[:3], attrs.evolve(ROWS[3], by=titles["supervisor"])], offices=offices) == [
                ("office", 4)
            ]

    def test_what_is_anybodys_own(self) -> None:
        """What residents do for themselves needs no office."""
        table = [Event("solicit:receive_opinion", day(0), by="1-101")]
        assert found(table, names=None, offices=OFFICES) == []


def owed(*duties: d.Template) -> Conformance:
    """Four stages in a line, and duties between them."""
    return Conformance(line("s", "t", "u", "v"), duties=duties)


def table(*moments: float) -> list[Event]:
    """Those stages, each on a day."""
    return [Event(f"{stage}.on", day(number)) for stage, number in zip("stuv", moments, strict=False)]


class TestDuties:
    """The duties of the definition, with the article, and with time by the calendar that is handed in."""

    def test_broken(self) -> None:
        """A duty that the rows break is told where it broke, with its article."""
        never = d.Absence(["t.on"], source=LAW)
        judged = conform(owed(never), table(0, 1, 2))
        assert [(each.code, each.number, each.citation) for each in judged.departures] == [(Departed.DUTY, 2, LAW)]

    def test_owed_at_the_end(self) -> None:
        """What is still owed is told once the case has ended, and not before."""
        answer = d.Response(["s.on"], ["s:withdraw"], source=LAW)
        asked = Conformance(line("s", "t"), duties=[answer])
        assert conform(asked, table(0)).conforms
        assert [each.code for each in conform(asked, table(0, 1)).departures] == [Departed.DUTY]

    WITHIN = d.Response(["s.on"], ["u.on"], within=Period(15, citation=LAW))

    @pytest.mark.parametrize(("later", "late"), [(14, False), (15, False), (16, True)])
    def test_within_fifteen_days(self, later: int, late: bool) -> None:  # noqa: FBT001
        """The fifteenth day is in time, and the sixteenth is late; the article is that of the period."""
        departures = conform(owed(self.WITHIN), table(0, 1, later)).departures
        assert [(each.code, each.number, each.citation) for each in departures] == (
            [(Departed.LATE, 3, LAW)] if late else []
        )

    def test_the_words(self) -> None:
        """They name the period, the days and when it came."""
        (late,) = conform(owed(self.WITHIN), table(0, 1, 20)).departures
        assert "15 days from 2026-03-02, until 2026-03-17, and it came on 2026-03-22" in late.explain("en")
        assert "自 2026-03-02 起15日，至 2026-03-17 止，发生于 2026-03-22" in late.explain("zh")

    @pytest.mark.parametrize(("until", "late"), [(None, False), (15, False), (16, True)])
    def test_not_come_yet(self, until: int | None, late: bool) -> None:  # noqa: FBT001
        """What has not come is late once its time is over, by the moment up to which the table tells."""
        judged = conform(owed(self.WITHIN), table(0, 1), until=None if until is None else day(until))
        assert [each.number for each in judged.departures] == ([1] if late else [])

    def test_each_is_answered_by_the_first_that_follows(self) -> None:
        """Every occurrence begins a period of its own."""
        asked = Conformance(
            line("s", "t"), observed=["s.on", "s:own_go"], duties=[d.Response(["s:own_go"], ["s.on"], within=Period(3))]
        )
        rows = [Event("s:own_go", day(0)), Event("s.on", day(3)), Event("t.on", day(30))]
        assert conform(asked, rows).conforms
        rows[1] = attrs.evolve(rows[1], at=day(4))
        assert [each.number for each in conform(asked, rows).departures] == [2]

    def test_precedence(self) -> None:
        """What must lie no further back than a period is too old on the day after."""
        duty = d.Precedence(["s.on"], ["u.on"], within=Period(10))
        assert conform(owed(duty), table(0, 1, 10)).conforms
        assert [each.number for each in conform(owed(duty), table(0, 1, 11)).departures] == [3]

    def test_the_latest_counts(self) -> None:
        """Where what must come before came again, its latest occurrence counts; and an answer answers once."""
        back = Conformance(
            any_order("a", "b"),
            duties=[
                d.Precedence(["hub.a"], ["hub.b"], within=Period(10)),
                d.Response(["hub.a"], ["hub.b"], within=Period(3)),
            ],
        )
        rows = [Event(f"hub.{what}", day(number)) for what, number in (("a", 0), ("a", 18), ("b", 20), ("b", 40))]
        late = [(each.demand.duty.template, each.number) for each in conform(back, rows).departures]
        assert late == [("response", 3), ("precedence", 4)]

    def test_from_the_opening(self) -> None:
        """What is due from the opening is reckoned from the first row."""
        duty = d.Existence(["u.on"], within=Period(5))
        assert conform(owed(duty), table(0, 1, 5)).conforms
        assert [each.number for each in conform(owed(duty), table(0, 1, 6)).departures] == [3]
        assert [each.code for each in conform(owed(duty), table(0), until=day(9)).departures] == [Departed.LATE]

    def test_ends(self) -> None:
        """Where a duty is asked for at one end, its time is asked about there alone; after an end nothing is late, but unkept."""
        duty = d.Response(["s.on"], ["t.on"], within=Period(3), ends=["done"])
        asked = Conformance(line("s", "t"), duties=[duty])
        withdrawn = [Event("s.on", day(0)), Event("withdraw", day(9))]
        assert conform(asked, withdrawn, until=day(30)).conforms
        assert [each.code for each in conform(asked, table(0, 9)).departures] == [Departed.LATE]
        always = Conformance(line("s", "t"), duties=[attrs.evolve(duty, ends=())])
        assert [each.code for each in conform(always, withdrawn, until=day(30)).departures] == [Departed.DUTY]

    def test_the_calendar(self) -> None:
        """Working days are those of the calendar handed in: a holiday week makes room."""
        asked = owed(d.Response(["s.on"], ["t.on"], within=Period(3, "working_days")))
        rows = table(0, 7)
        assert [each.code for each in conform(asked, rows).departures] == [Departed.LATE]
        week = WorkingCalendar(holidays=[(START + timedelta(days=number)).date() for number in range(1, 5)])
        assert conform(asked, rows, calendar=week).conforms

    def test_the_edition_on_the_day(self) -> None:
        """Of dated editions, the one in force on the day on which the time begins counts."""
        editions = [
            Period(30, citation=attrs.evolve(LAW, in_force_to=day(9).date())),
            Period(5, citation=attrs.evolve(LAW, in_force_from=day(10).date())),
        ]
        asked = owed(d.Response(["s.on"], ["t.on"], within=editions))
        assert conform(asked, table(9, 20)).conforms
        assert [each.number for each in conform(asked, table(10, 20)).departures] == [2]

    def test_local_days(self) -> None:
        """A day is that of the procedure's zone: an hour after midnight there is the next day."""
        asked = owed(d.Response(["s.on"], ["t.on"], within=Period(1)))
        late = datetime(2026, 3, 4, 0, 30, tzinfo=SHANGHAI)
        assert not conform(asked, [Event("s.on", START), Event("t.on", late)]).conforms
        assert conform(asked, [Event("s.on", START), Event("t.on", late - timedelta(hours=1))]).conforms


class TestDoors:
    """What cannot be is refused."""

    def test_mixed(self) -> None:
        """Rows and entries are not mixed, and nothing else is taken."""
        for wrong in (["x"], [ROWS[0], "x"], [None], "x", 3):
            with pytest.raises(InvalidType):
                conform(COURTYARD, wrong)

    def test_names_belong_to_what_was_compiled(self) -> None:
        """A compiled definition has its names; others are not taken beside them."""
        with pytest.raises(InvalidValue, match="with its names"):
            conform(Conformance(COURTYARD), ROWS, names=NAMES)

    def test_a_definition_with_faults(self) -> None:
        """It is not judged by, and says all its faults."""
        with pytest.raises(InvalidValue, match="UNKNOWN_STAGE"):
            conform(attrs.evolve(COURTYARD, deciding="x"), ROWS)
