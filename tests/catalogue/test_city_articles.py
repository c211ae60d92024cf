"""Stage by stage, setting by setting: the article on which each of the city's procedures rests there, and its figure.

The table is what a lawyer would hold beside the statutes. A figure that is lowered, or an article that is moved, departs
from it, and that is shown by planting such faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

import attrs
import pytest

from city import CITY
from yizheng import Citation, Period, Procedure
from yizheng.catalogue import assistance, hearings, law, owners, residents
from yizheng.citation import Certainty
from yizheng.errors import InvalidValue
from yizheng.rules import FOR, Rule, Silence
from yizheng.stages import AskedBy, Deliberation, FactIs

SETTINGS: Final = (
    "rule",
    "notice",
    "least",
    "answer",
    "within",
    "shortest",
    "longest",
    "cooling_off",
    "silence",
    "triggers",
)
"""Where figures stand in a stage."""

PLACES: Final[Mapping[str, Procedure]] = {
    **CITY,
    **{
        f"{place} {item}": owners.owners_assembly(item=item, region=place, ad_hoc=item == 9)
        for place, item in (
            *(
                ("Hangzhou", 1),
                ("Hangzhou", 9),
                ("Shenzhen", 5),
                ("Chengdu", 7),
                ("Dazhou", 2),
                ("Deyang", 2),
                ("Ziyang", 2),
                ("Hengshui", 4),
            ),
            *(("Luzhou", 4), ("Qingdao", 4), ("Liaocheng", 4), ("Qinhuangdao", 4), ("Beijing", 4)),
        )
    },
    "Shaoxing first": owners.owners_assembly(item=1, region="绍兴", first=True),
    "Sichuan first": owners.owners_assembly(item=1, region="四川", first=True),
    "emergency Henan": owners.emergency_repair(region="河南"),
    "all askers": hearings.hearing(asked_by=("persons", "households", "groups")),
    "panel Shangluo": assistance.allowance_review(on=date(2016, 5, 1), region="商洛"),
    "panel Mingguang": assistance.allowance_review(on=date(2019, 5, 1), region="明光"),
    "panel Inner-Mongolia": assistance.allowance_review(on=date(2016, 5, 1), region="内蒙古"),
    "review Zhejiang": assistance.allowance_review(on=date(2023, 5, 1), region="浙江"),
}

OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)
AFTER: Final = date(2026, 7, 1)

NEW_LAW: Final = "《城市居民委员会组织法（2025年修订）》"
OLD_LAW: Final = "《城市居民委员会组织法（1989年）》"
CODE: Final = "《民法典》"
PROPERTY: Final = "《物业管理条例》"
ASSISTANCE: Final = "《社会救助法》"
INTERIM: Final = "《社会救助暂行办法》"
INFERRED: Final = "（推定）"

HALF: Final = "present more than 1/2 of those entitled; for more than 1/2 of those present"
TWO_THIRDS: Final = "present at least 2/3 of those entitled; for more than 1/2 of those present"
TAKE_PART: Final = "taking part at least 2/3 of those entitled; area taking part at least 2/3 of the area entitled; "
ORDINARY: Final = TAKE_PART + "for more than 1/2 of those taking part; area for more than 1/2 of the area taking part"
SPECIAL: Final = TAKE_PART + "for at least 3/4 of those taking part; area for at least 3/4 of the area taking part"
OF_ALL: Final = "taking part more than 1/2 of those entitled; area taking part more than 1/2 of the area entitled; "
ORDINARY_OLD: Final = OF_ALL + "for more than 1/2 of those entitled; area for more than 1/2 of the area entitled"
SPECIAL_OLD: Final = OF_ALL + "for at least 2/3 of those entitled; area for at least 2/3 of the area entitled"


ONE_OF_EACH: Final = (
    'for among "subdistrict" at least 1; for among "residents_committee" at least 1; for among "owners" at least 1'
)


class Row(NamedTuple):
    """What stands in a setting of a stage on a day; an empty setting is the stage itself."""

    procedure: str
    stage: str
    setting: str
    on: date
    source: str
    says: str = ""


def local(place: str, of: str = "物业管理", article: str = "") -> str:
    """A region's own rules, as they are cited."""
    return f"《{place}地方规定（{of}，名称未记）》{f'第{article}条' if article else ''}"


ROWS: Final = (
    # 居民会议: Organic Law of Urban Residents' Committees, of 1989 and of 2025
    Row("assembly", "study", "", NEW, NEW_LAW + "第30条"),
    Row("assembly", "study", "rule", NEW, INFERRED, HALF),
    Row("assembly", "resolve", "", NEW, OLD_LAW + "第9条；" + NEW_LAW + "第27条"),
    Row("assembly", "resolve", "rule", OLD, OLD_LAW + "第9条", HALF),
    Row("assembly", "resolve", "rule", NEW, NEW_LAW + "第27条", HALF),
    Row("assembly", "resolve", "notice", OLD, INFERRED, "0 days"),
    Row("assembly", "resolve", "notice", NEW, NEW_LAW + "第26条", "10 days"),
    Row("assembly", "disclose_resolution", "", NEW, NEW_LAW + "第34条"),
    Row("assembly", "disclose_resolution", "least", NEW, NEW_LAW + "第34条", "15 days"),
    Row("assembly", "disclose_resolution", "least", OLD, INFERRED, "15 days"),
    Row("assembly", "disclose_result", "least", NEW, NEW_LAW + "第34条", "15 days"),
    Row("assembly", "disclose_abandonment", "least", NEW, NEW_LAW + "第34条", "15 days"),
    Row("assembly", "disclose_abandonment", "least", OLD, INFERRED, "15 days"),
    Row("assembly", "disclose_stopped", "", NEW, INFERRED),
    Row("assembly", "disclose_stopped", "least", NEW, NEW_LAW + "第34条", "15 days"),
    Row("assembly", "disclose_stopped", "least", OLD, INFERRED, "15 days"),
    Row("covenant", "file", "", OLD, OLD_LAW + "第15条；" + NEW_LAW + "第31条"),
    # 居民代表会议
    Row("representatives", "study", "", NEW, NEW_LAW + "第30条"),
    Row("representatives", "resolve", "", NEW, NEW_LAW + "第29条"),
    Row("representatives", "resolve", "rule", NEW, NEW_LAW + "第29条", TWO_THIRDS),
    Row("representatives", "disclose_resolution", "least", NEW, NEW_LAW + "第34条", "15 days"),
    # 业主大会: Civil Code art. 278, Property Management Regulations
    Row("fund_use", "inform_committee", "", NEW, PROPERTY + "第14条"),
    Row("fund_use", "inform_committee", "least", NEW, PROPERTY + "第14条", "0 days"),
    Row("fund_use", "resolve", "", NEW, PROPERTY + "第12条；" + CODE + "第278条第（一）至（五）项"),
    Row("fund_use", "resolve", "rule", date(2020, 12, 31), PROPERTY + "第12条", SPECIAL_OLD),
    Row("fund_use", "resolve", "rule", date(2021, 1, 1), CODE + "第278条第（一）至（五）项", ORDINARY),
    Row("fund_use", "resolve", "notice", NEW, PROPERTY + "第14条", "15 days"),
    Row("fund_use", "disclose_resolution", "least", NEW, INFERRED, "15 days"),
    Row("fund_use", "disclose_rejection", "least", NEW, INFERRED, "15 days"),
    Row("fund_use", "disclose_result", "least", NEW, INFERRED, "15 days"),
    Row("rebuilding", "resolve", "", NEW, PROPERTY + "第12条；" + CODE + "第278条第（六）至（八）项"),
    Row("rebuilding", "resolve", "rule", date(2020, 12, 31), PROPERTY + "第12条", SPECIAL_OLD),
    Row("rebuilding", "resolve", "rule", date(2021, 1, 1), CODE + "第278条第（六）至（八）项", SPECIAL),
    Row("first_assembly", "resolve", "rule", date(2020, 12, 31), PROPERTY + "第12条", ORDINARY_OLD),
    Row("chengdu_committee", "file", "", NEW, PROPERTY + "第16条"),
    Row("chengdu_committee", "announce_result", "", NEW, local("四川") + "；" + local("成都")),
    Row("chengdu_committee", "announce_result", "least", NEW, INFERRED, "0 days"),
    # … by region
    Row("Hangzhou 1", "resolve", "shortest", NEW, local("杭州", article="20"), "5 days"),
    Row("Hangzhou 1", "resolve", "longest", NEW, local("杭州", article="20"), "60 days"),
    Row(
        "Hangzhou 1",
        "resolve",
        "",
        NEW,
        PROPERTY + "第12条；" + CODE + "第278条第（一）至（五）项；" + local("杭州", article="19"),
    ),
    Row("Hangzhou 9", "resolve", "notice", NEW, PROPERTY + "第14条", "15 days"),
    Row("Shenzhen 5", "resolve", "longest", NEW, local("深圳"), "3 months"),
    Row("Shenzhen 5", "resolve", "cooling_off", NEW, local("深圳"), "1 year"),
    Row("Chengdu 7", "report_plan", "", NEW, local("成都", article="31")),
    Row("Chengdu 7", "report_plan", "least", NEW, local("成都", article="31"), "30 days"),
    Row("Chengdu 7", "resolve", "notice", date(2016, 1, 1), local("成都"), "15 days"),
    Row("Chengdu 7", "attest_carried", "", NEW, local("成都", article="32")),
    Row("Chengdu 7", "attest_lost", "", NEW, local("成都", article="32")),
    Row("Chengdu 7", "attest_carried", "rule", NEW, local("成都", article="32"), ONE_OF_EACH),
    Row("Chengdu 7", "attest_lost", "rule", NEW, local("成都", article="32"), ONE_OF_EACH),
    Row("Chengdu 7", "disclose_resolution", "", NEW, local("四川") + "；" + local("成都")),
    Row("Chengdu 7", "disclose_rejection", "", NEW, local("四川") + "；" + local("成都")),
    Row("Chengdu 7", "disclose_rejection", "least", NEW, local("四川"), "30 days"),
    Row("Chengdu 7", "disclose_resolution", "least", NEW, local("四川"), "30 days"),
    Row("Chengdu 7", "resolve", "silence", NEW, local("四川", article="31"), "abstaining"),
    Row("Dazhou 2", "resolve", "silence", NEW, local("达州", article="14"), "abstaining"),
    Row("Qinhuangdao 4", "resolve", "silence", NEW, local("秦皇岛", article="23"), "abstaining"),
    Row("Ziyang 2", "disclose_resolution", "least", NEW, local("四川"), "30 days"),
    Row("Hengshui 4", "disclose_rejection", "least", NEW, local("衡水", article="22"), "15 days"),
    Row("Luzhou 4", "disclose_resolution", "answer", NEW, local("泸州", article="10"), "30 days"),
    Row("Qingdao 4", "disclose_resolution", "least", NEW, local("青岛", article="92"), "3 days"),
    Row("Liaocheng 4", "disclose_resolution", "answer", NEW, local("聊城"), "3 days"),
    Row("Shaoxing first", "prepare", "", NEW, local("绍兴", article="16")),
    Row("Sichuan first", "prepare", "", NEW, local("四川", article="28")),
    # 紧急维修
    Row("emergency", "apply", "", NEW, CODE + "第281条"),
    Row("emergency", "implement", "", NEW, CODE + "第281条"),
    Row("emergency", "disclose_result", "", NEW, CODE + "第281条"),
    Row("emergency", "disclose_abandonment", "least", NEW, INFERRED, "15 days"),
    Row("emergency", "disclose_stopped", "least", NEW, INFERRED, "15 days"),
    Row("emergency", "disclose_result", "least", NEW, INFERRED, "15 days"),
    Row("emergency Henan", "disclose_result", "", NEW, CODE + "第281条；《河南省物业管理条例》第70条"),
    # 听证
    Row("hearing", "hear", "", NEW, NEW_LAW + "第32条"),
    Row("hearing", "hear", "within", NEW, "某村听证办法", "20 days"),
    Row("hearing", "hear", "triggers", NEW, "社区听证会办法", "1/5 of residents"),
    Row("hearing", "advise", "", NEW, NEW_LAW + "第32条"),
    Row("hearing", "advise", "rule", NEW, INFERRED, HALF),
    Row("hearing", "disclose_advice", "least", OLD, INFERRED, "15 days"),
    Row("hearing", "disclose_opposition", "least", OLD, INFERRED, "15 days"),
    Row("hearing", "disclose_opposition", "least", NEW, NEW_LAW + "第34条", "15 days"),
    Row("hearing", "disclose_advice", "least", NEW, NEW_LAW + "第34条", "15 days"),
    Row(
        "kunshan_hearing",
        "advise",
        "rule",
        NEW,
        local("昆山", "听证"),
        'present at least 2/3 of those entitled; present among "villager_representatives" at least 2/3 of those entitled '
        'among "villager_representatives"; for among "villager_representatives" at least 1/2 of those taking part among '
        '"villager_representatives"',
    ),
    Row("kunshan_hearing", "advise", "", NEW, local("昆山", "听证")),
    Row("kunshan_hearing", "review", "", NEW, local("昆山", "听证")),
    # 低保
    Row("review_2014", "inquire", "", date(2014, 5, 1), INTERIM + "第11条"),
    Row("review_2014", "peer_review", "", date(2014, 5, 1), "民发〔2012〕220号"),
    Row("review_2014", "peer_review", "rule", date(2014, 5, 1), INFERRED, HALF),
    Row("review_2014", "publish_decision", "", date(2014, 5, 1), INTERIM + "第11条"),
    Row("review_2014", "post_opinion", "", date(2014, 5, 1), INTERIM + "第11条"),
    Row("review_2014", "post_opinion", "least", date(2021, 6, 30), INFERRED, "7 days"),
    Row("review_2014", "decide", "", date(2014, 5, 1), INTERIM + "第11条"),
    Row("review_2014", "tell_refusal", "", date(2014, 5, 1), INTERIM + "第11条"),
    Row("review_2014", "tell_refusal", "least", date(2026, 6, 30), INFERRED, "7 days"),
    Row("review_2021", "peer_review", "", date(2021, 7, 1), "民发〔2021〕57号"),
    Row("review_2021", "post_opinion", "least", date(2026, 6, 30), "民发〔2021〕57号", "7 days"),
    Row("review_2021", "post_again", "", date(2021, 7, 1), INFERRED),
    Row("review_2021", "post_again", "least", date(2026, 6, 30), "民发〔2021〕57号", "7 days"),
    Row("review_2021", "decide", "within", date(2021, 7, 1), "民发〔2021〕57号", "30 working days"),
    Row("review", "inquire", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("review", "post_opinion", "", AFTER, "民发〔2021〕57号"),
    Row("application", "tell_refusal", "least", AFTER, INFERRED, "7 days"),
    Row("change", "inquire", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("change", "intend", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("change", "decide", "within", AFTER, "民发〔2021〕57号", "30 working days"),
    Row("review", "post_opinion", "least", AFTER, "民发〔2021〕57号", "7 days"),
    Row("review", "decide", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("review", "publish_decision", "", AFTER, ASSISTANCE),
    Row("review", "publish_decision", "least", AFTER, INFERRED, "7 days"),
    Row("application", "tell_refusal", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("review", "tell_closure", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("review", "tell_closure", "least", AFTER, INFERRED, "7 days"),
    Row("review_2014", "tell_closure", "", date(2014, 5, 1), INTERIM + "第11条"),
    Row("change", "hear", "", AFTER, ASSISTANCE + "第48条"),
    Row("change", "hear", "notice", AFTER, INFERRED, "7 days"),
    Row("change", "tell_change", "", AFTER, ASSISTANCE + "第37-48条"),
    Row("change", "tell_change", "least", AFTER, INFERRED, "7 days"),
    Row(
        "panel Shangluo",
        "peer_review",
        "rule",
        date(2016, 5, 1),
        local("商洛", "社会救助"),
        'entitled + recused at least 15; present among "resident_representatives" at least 2/3 of those present; for at '
        "least 2/3 of those present",
    ),
    Row(
        "panel Mingguang",
        "peer_review",
        "rule",
        date(2019, 5, 1),
        local("明光", "社会救助"),
        "present at least 2/3 of those entitled; for at least 2/3 of those present",
    ),
    Row("review Zhejiang", "post_opinion", "least", date(2023, 5, 1), "浙江省社会救助条例", "7 days"),
)


def said(value: Any) -> str:
    """A figure in short words."""
    if isinstance(value, Rule):
        words = value.explain("en").split(" Authority")[0]
        return (
            words.removeprefix("Quorum: ")
            .removeprefix("none. Carried by: ")
            .replace(". Carried by: ", "; ")
            .rstrip(".")
        )
    if isinstance(value, Silence):
        return value.policy.value
    if isinstance(value, AskedBy):
        return f"{value.share} of {value.body}"
    return value.explain("en")


def standing(procedure: Procedure, stage: str, setting: str, on: date) -> list[tuple[str, str]]:
    """What stands in a setting on a day: where it is written, and its figure."""
    there: Any = procedure.stage(stage)
    if not setting:
        return [] if there.source is None else [(there.source.explain("zh"), "")]
    value = getattr(there, setting)
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    found = [
        (each.basis if isinstance(each, Silence) else each.citation, said(each))
        for each in values
        if not isinstance(each, FactIs)
    ]
    return [(citation.explain("zh") + told_of(citation), figure) for citation, figure in found if citation.in_force(on)]


def told_of(citation: Citation) -> str:
    """The other instruments that a citation tells of."""
    return "" if citation.note is None else f" {citation.note.zh}"


def departures(rows: Iterable[Row], procedures: Mapping[str, Procedure]) -> list[Row]:
    """The rows that a procedure does not bear out: another article, another figure, or a second one beside it."""
    departed = []
    for row in rows:
        found = standing(procedures[row.procedure], row.stage, row.setting, row.on)
        fits = [(source, says) for source, says in found if row.source in source and row.says == says]
        if not fits or fits != found:
            departed.append(row)
    return departed


def rows(fits: Callable[[Row], bool]) -> Any:
    """The rows that fit, each under its number and place."""
    found = {
        f"{number:02}-{row.procedure}-{row.stage}-{row.setting or 'source'}".replace(" ", "-"): row
        for number, row in enumerate(ROWS)
        if fits(row)
    }
    return pytest.mark.parametrize("row", found.values(), ids=found)


class TestArticles:
    """Each stage rests on its article, with the figure that stands there."""

    @rows(lambda _: True)
    def test_the_figure(self, row: Row) -> None:
        """On that day this article holds there, with this figure, and none beside it says otherwise."""
        found = standing(PLACES[row.procedure], row.stage, row.setting, row.on)
        assert departures([row], PLACES) == [], found

    def test_nothing_stands_outside_of_the_table(self) -> None:
        """Whatever source or figure a stage has on a day, some row of the table has it in a stage of that name."""
        days = {row.on for row in ROWS}
        listed = {(row.stage, row.setting, row.source, row.says) for row in ROWS}
        missing = []
        for name, procedure in CITY.items():
            for stage in procedure.stages:
                for setting in ("", *(each for each in SETTINGS if hasattr(stage, each))):
                    found = {each for on in days for each in standing(procedure, stage.id, setting, on)}
                    known = [(row[2], row[3]) for row in listed if row[:2] == (stage.id, setting)]
                    missing += [
                        (name, stage.id, setting, source, says)
                        for source, says in found
                        if not any(part in source and says == figure for part, figure in known)
                    ]
        assert missing == []

    def test_every_figure_has_a_source(self) -> None:
        """Every figure names its instrument, or says that and why it is inferred."""
        for procedure in PLACES.values():
            for stage in procedure.stages:
                for _, editions in stage.rules():
                    for edition in editions:
                        citation = edition.citation
                        assert citation is not None
                        assert citation.certainty is not Certainty.INFERRED or citation.note is not None


class TestPlantedFigures:
    """A lowered figure is found by the table."""

    @rows(lambda row: row.setting == "rule")
    def test_a_lowered_quorum(self, row: Row) -> None:
        """Without its quorum, or carried by anybody, the rule departs from the article."""
        procedure = PLACES[row.procedure]
        stage = procedure.stage(row.stage)
        assert isinstance(stage, Deliberation)
        lower = [attrs.evolve(rule, quorum=None, passage=FOR >= 1, joined=()) for rule in stage.rule]
        assert departures([row], {row.procedure: with_stage(procedure, attrs.evolve(stage, rule=lower))}) == [row]

    @rows(lambda row: row.setting in {"notice", "least", "answer", "within"} and row.says != "0 days")
    def test_a_shortened_period(self, row: Row) -> None:
        """One day less departs from the article."""
        procedure = PLACES[row.procedure]
        stage: Any = procedure.stage(row.stage)
        shorter = [attrs.evolve(each, length=max(each.length - 1, 0)) for each in getattr(stage, row.setting)]
        broken = with_stage(procedure, attrs.evolve(stage, **{row.setting: shorter}))
        assert departures([row], {row.procedure: broken}) == [row]


def with_stage(procedure: Procedure, stage: Any) -> Procedure:
    """The procedure with a stage in place of the one of its id."""
    return attrs.evolve(
        procedure, stages=[stage if each.id == stage.id else each for each in procedure.stages], duties=()
    )


class TestItems:
    """Civil Code art. 278: nine items, of which (6) to (8) need three quarters, and the others more than half."""

    @pytest.mark.parametrize("item", range(1, 10))
    def test_the_right_majority(self, item: int) -> None:
        """Each item has the majority that its number has in the article."""
        stage: Any = owners.owners_assembly(item=item).stage("resolve")
        (rule,) = [each for each in stage.rule if each.citation.in_force(NEW)]
        assert said(rule) == (SPECIAL if item in {6, 7, 8} else ORDINARY)
        article = "278(6)-(8)" if item in {6, 7, 8} else "278(9)" if item == 9 else "278(1)-(5)"
        assert rule.citation.article == article

    @pytest.mark.parametrize("item", range(1, 10))
    def test_before_2021(self, item: int) -> None:
        """The regulations counted all owners: two thirds for using and raising the fund and rebuilding, else half."""
        stage: Any = owners.owners_assembly(item=item).stage("resolve")
        (rule,) = [each for each in stage.rule if each.citation.in_force(date(2020, 12, 31))]
        assert said(rule) == (SPECIAL_OLD if item in {5, 6, 7} else ORDINARY_OLD)

    @pytest.mark.parametrize("item", [0, 10, True, "5", None, 5.0])
    def test_no_such_item(self, item: Any) -> None:
        """What is no item is refused, with what there is."""
        with pytest.raises(InvalidValue, match="1 to 9"):
            owners.owners_assembly(item=item)

    def test_each_is_sound(self) -> None:
        """Every item is sound in every region of the catalogue, as a first assembly and later."""
        for item in owners.ITEMS:
            for region in (None, *law.REGIONS.values()):
                assert owners.owners_assembly(item=item, region=region, first=item == 1).check() == ()


def duties_of(procedure: Procedure) -> list[tuple[str, str, str]]:
    """The duties with a time: what they ask, in which time, and where that is written."""
    return [
        (type(duty).__name__, duty.within[0].explain("en"), duty.within[0].citation.explain("zh"))
        for duty in procedure.duties
        if duty.within
    ]


class TestTimedDuties:
    """What is owed within a time and is no posting or notice."""

    def test_how_soon_a_result_is_published(self) -> None:
        """Sichuan and its cities: within three days of the vote."""
        assert duties_of(PLACES["Ziyang 2"]) == [("Response", "3 days", local("四川"))]

    def test_how_soon_a_committee_is_filed(self) -> None:
        """Property Management Regulations art. 16: thirty days after the election."""
        assert ("Response", "30 days", PROPERTY + "第16条") in duties_of(CITY["chengdu_committee"])

    @pytest.mark.parametrize(("place", "time", "article"), [("绍兴", "90 days", "16"), ("四川", "6 months", "28")])
    def test_how_long_a_group_prepares(self, place: str, time: str, article: str) -> None:
        """Shaoxing 16 and Sichuan 28: so long, and then the group is dissolved."""
        first = owners.owners_assembly(item=1, region=place, first=True)
        assert ("Existence", time, local(place, article=article)) in duties_of(first)


class TestByLaws:
    """A by-law holds beside the law: what is asked is the stricter, and both are shown."""

    BY_LAW = Citation(instrument="invented by-law", article="3")

    def test_of_the_representatives(self) -> None:
        """More than half of all representatives, as two by-laws have it, beside the law's two thirds and half of those present."""
        strict = law.provision("by_law.representatives.vote.of_all").editions[0]
        stage: Any = residents.residents_representatives(by_law=strict).stage("resolve")
        rule = next(each for each in stage.rule if each.citation.in_force_from == NEW)
        assert {each.article for each in rule.sources} == {"29", ""}
        words = rule.explain("en")
        assert "present at least 2/3 of those entitled" in words
        assert "for more than 1/2 of those entitled" in words

    def test_a_longer_notice(self) -> None:
        """Fifteen days by a by-law govern beside the law's ten, and five do not."""
        for length, governs in ((15, 15), (5, 10)):
            own = Period(length, citation=self.BY_LAW)
            stage: Any = residents.residents_assembly(notice=own).stage("resolve")
            (held,) = [
                each for each in stage.notice if each.citation.in_force(NEW) and each.citation.in_force_from == NEW
            ]
            assert held.length == governs
            assert "10" in held.citation.note.zh
            assert str(length) in held.citation.note.zh

    def test_an_ad_hoc_notice_is_not_shorter(self) -> None:
        """Hangzhou's seven days for an ad hoc assembly are shown, and the fifteen of the regulations kept."""
        stage: Any = PLACES["Hangzhou 9"].stage("resolve")
        assert [each.length for each in stage.notice if each.citation.in_force_from] == [15]
        assert "7" in stage.notice[0].citation.note.zh
