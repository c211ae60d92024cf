"""The procedures of villages and rural collectives: their figures by stage and article, walks to each end, refusals, faults.

The cases are invented. The numbers of facts and sections (0.x, 2.x, part 5) are those of the notes on the field that
the library was written from.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pytest

from walks import BOARD, SHANGHAI, refused
from yizheng import Case, Citation, Member, Period, Procedure, Refused, Roll, errors
from yizheng.catalogue import collective, law, siyi, villages, yishi
from yizheng.citation import Certainty
from yizheng.procedure import Kinds
from yizheng.procedure.duties import ChainResponse, Precedence, Response
from yizheng.rules import FOR, PRESENT, Condition, Outcome, Rule, Tally, stricter
from yizheng.rules.algebra import AllOf
from yizheng.stages import (
    Action,
    Assign,
    CloseSolicitation,
    CloseVote,
    Complete,
    Confirm,
    Convene,
    CountVotes,
    Deliberation,
    Disclosure,
    Implementation,
    OpenSolicitation,
    OrderCorrection,
    Post,
    Referral,
    Solicitation,
    Submit,
    TakeAttendance,
    TakeDown,
    Withdraw,
)

from .driving import MATTER, Driver, drive, in_force, opened

OLD, NEW = datetime(2025, 3, 3, 9, tzinfo=SHANGHAI), datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
ON = NEW.date()
BEFORE = OLD.date()

PROCEDURES: dict[str, Procedure] = {
    "siyi": siyi.SIYI,
    "siyi-merged": siyi.siyi(merged=True),
    "siyi-council": siyi.siyi(council=True),
    "siyi-assembly": siyi.siyi(decided_by="assembly"),
    "siyi-joint": siyi.siyi(decided_by="joint_households"),
    "siyi-supervised": siyi.siyi(supervised=True),
    "siyi-review": siyi.siyi(township_review=True),
    "siyi-community": siyi.COMMUNITY_SIYI,
    "siyi-community-review": siyi.siyi(community=True, township_review=True, decided_by="assembly"),
    "siyi-chongqing": siyi.siyi(region="重庆"),
    "wuyi": siyi.WUYI,
    "wuyi-merged": siyi.wuyi(merged=True),
    "assembly": villages.ASSEMBLY,
    "assembly-before": villages.ASSEMBLY_BEFORE_2026,
    "covenant": villages.COVENANT,
    "covenant-before": villages.COVENANT_BEFORE_2026,
    "representatives": villages.REPRESENTATIVES,
    "representatives-before": villages.REPRESENTATIVES_BEFORE_2026,
    "representatives-shandong": villages.villagers_representatives(region="山东"),
    "representatives-hebei": villages.villagers_representatives(region="河北"),
    "representatives-zhejiang": villages.villagers_representatives(region="浙江"),
    "representatives-hainan": villages.villagers_representatives(region="海南"),
    "council": collective.COUNCIL,
    "members": collective.MEMBERS,
    "outsiders": collective.OUTSIDERS,
    "collective-representatives": collective.REPRESENTATIVES,
    "yishi": yishi.YISHI,
    "yishi-before": yishi.YISHI_BEFORE_2026,
}
EVERY = pytest.mark.parametrize("name", PROCEDURES)


def begins(name: str) -> datetime:
    """A day of the law by which a procedure is made."""
    return OLD if name.endswith("-before") else NEW


def edition(name: str, stage: str, setting: str, electorate: str | None = None) -> Rule | Period:
    """The one edition of a setting that is in force when the procedure begins, of an electorate where there are several."""
    settings = dict(PROCEDURES[name].stage(stage).rules())
    found = [
        each
        for each in settings[setting]
        if each.citation.in_force(begins(name).date())
        and (electorate is None or isinstance(each, Period) or each.electorate == electorate)
    ]
    (only,) = found
    return only


# A test by stage with its article (2.2, 2.7). What is inferred is marked as such.

HALF_OF_PRESENT = "Quorum: present more than 1/2 of those entitled. Carried by: for more than 1/2 of those present."
TWO_THIRDS = "Quorum: present at least 2/3 of those entitled. Carried by: for more than 1/2 of those present."
BRANCH_AND_LOCAL = (
    "Quorum: present at least 1/2 of those entitled; present at least 2/3 of those entitled. Carried by: for more than 1/2 "
    "of those entitled; for at least 1/2 of those entitled."
)
WITH_WOMEN = (
    'Quorum: present at least 2/3 of those entitled; present among "women" at least 2/3 of those entitled among "women". '
    "Carried by: for more than 1/2 of those present."
)
ABLE = (
    'Quorum: present among "full_capacity" at least 2/3 of those entitled among "full_capacity". Carried by: for among '
    '"full_capacity" at least 2/3 of those entitled among "full_capacity"'
)
THREE_QUARTERS = f'{ABLE}; for among "full_capacity" at least 3/4 of those entitled among "full_capacity".'
FIGURES = [
    ("siyi", "propose", "rule", "（推定）", HALF_OF_PRESENT),
    ("siyi", "discuss", "rule", "（推定）", HALF_OF_PRESENT),
    (
        "siyi",
        "review",
        "rule",
        "《中国共产党支部工作条例（试行）》第11条（据转述）；《地方四议两公开规定》（据转述）",
        BRANCH_AND_LOCAL,
    ),
    ("siyi", "review", "notice", "《地方四议两公开规定》（据转述）", "3 days"),
    ("siyi", "resolve", "rule", "《村民委员会组织法（2025年修正）》第30条", TWO_THIRDS),
    ("siyi", "disclose_resolution", "least", "《村民委员会组织法（2025年修正）》第35条", "15 days"),
    ("siyi", "disclose_abandonment", "least", "《村民委员会组织法（2025年修正）》第35条", "15 days"),
    ("siyi", "disclose_result", "least", "《村民委员会组织法（2025年修正）》第35条", "15 days"),
    ("siyi-merged", "propose", "rule", "（推定）", HALF_OF_PRESENT),
    (
        "siyi-council",
        "review",
        "rule",
        "比照党员大会（推定）",
        BRANCH_AND_LOCAL,
    ),
    ("siyi-assembly:persons", "resolve", "rule", "《村民委员会组织法（2025年修正）》第26条", HALF_OF_PRESENT),
    ("siyi-assembly:households", "resolve", "rule", "《村民委员会组织法（2025年修正）》第26条", TWO_THIRDS),
    ("siyi-assembly", "resolve", "notice", "《村民委员会组织法（2025年修正）》第25条", "10 days"),
    ("siyi-joint", "resolve", "rule", "比照村民代表会议（推定）", TWO_THIRDS),
    ("siyi-community", "resolve", "rule", "《城市居民委员会组织法（2025年修订）》第29条", TWO_THIRDS),
    ("siyi-community", "disclose_result", "least", "《城市居民委员会组织法（2025年修订）》第34条", "15 days"),
    ("siyi-chongqing", "resolve", "notice", "第12条", "3 days"),
    ("siyi-chongqing", "disclose_resolution", "answer", "第31条", "3 days"),
    ("wuyi", "resolve", "rule", "《村民委员会组织法（2025年修正）》第30条", TWO_THIRDS),
    ("wuyi", "disclose_course", "least", "《村民委员会组织法（2025年修正）》第35条", "15 days"),
    ("assembly", "study", "rule", "（推定）", HALF_OF_PRESENT),
    ("assembly:persons", "resolve", "rule", "《村民委员会组织法（2025年修正）》第26条", HALF_OF_PRESENT),
    ("assembly:households", "resolve", "rule", "《村民委员会组织法（2025年修正）》第26条", TWO_THIRDS),
    ("assembly", "resolve", "notice", "《村民委员会组织法（2025年修正）》第25条", "10 days"),
    ("assembly", "disclose_resolution", "least", "《村民委员会组织法（2025年修正）》第35条", "15 days"),
    ("assembly-before:persons", "resolve", "rule", "《村民委员会组织法（2010年）》第22条", HALF_OF_PRESENT),
    ("assembly-before:households", "resolve", "rule", "《村民委员会组织法（2010年）》第22条", TWO_THIRDS),
    ("assembly-before", "resolve", "notice", "《村民委员会组织法（2010年）》第21条", "10 days"),
    ("assembly-before", "disclose_resolution", "least", "取后来法律的15日（推定）", "15 days"),
    ("representatives", "resolve", "rule", "《村民委员会组织法（2025年修正）》第30条", TWO_THIRDS),
    ("representatives-before", "resolve", "rule", "《村民委员会组织法（2010年）》第26条", TWO_THIRDS),
    (
        "representatives-shandong",
        "resolve",
        "rule",
        "《村民委员会组织法（2025年修正）》第30条；《山东地方规定（村民自治，名称未记）》第24条",
        WITH_WOMEN,
    ),
    ("representatives-shandong", "resolve", "notice", "《山东地方规定（村民自治，名称未记）》第24条", "5 days"),
    ("representatives-hebei", "resolve", "notice", "《河北省实施村组法办法（2011年）》第20条", "7 days"),
    ("representatives-zhejiang", "resolve", "notice", "第23条", "3 days"),
    ("representatives-zhejiang:households", "ballot", "rule", "《村民委员会组织法（2025年修正）》第26条", TWO_THIRDS),
    (
        "representatives-hainan",
        "escalate",
        "rule",
        "《海南地方规定（村民自治，名称未记）》第15条",
        "Quorum: none. Carried by: for more than 1/2 of those entitled.",
    ),
    ("representatives-hainan", "disclose_resolution", "answer", "第24条", "15 days"),
    (
        "council",
        "resolve",
        "rule",
        "《农村集体经济组织法》第31条",
        "Quorum: present at least 2/3 of those entitled. Carried by: for more than 1/2 of those entitled.",
    ),
    (
        "members",
        "resolve",
        "rule",
        "《农村集体经济组织法》第27条",
        f"{ABLE}.",
    ),
    ("members", "resolve", "notice", "《农村集体经济组织法》第27条", "10 days"),
    (
        "outsiders",
        "resolve",
        "rule",
        "《农村集体经济组织法》第27条；《农村集体经济组织法》第15条",
        THREE_QUARTERS,
    ),
    (
        "collective-representatives",
        "resolve",
        "rule",
        "《农村集体经济组织法》第28条",
        "Quorum: none. Carried by: for at least 2/3 of those entitled.",
    ),
    (
        "yishi",
        "resolve",
        "rule",
        "《村民委员会组织法（2025年修正）》第26条；《村民一事一议筹资筹劳管理办法（国办发〔2007〕4号）》（据转述）",
        TWO_THIRDS,
    ),
    ("yishi", "resolve", "notice", "《村民委员会组织法（2025年修正）》第25条", "10 days"),
    ("yishi", "disclose_result", "least", "《村民委员会组织法（2025年修正）》第35条", "15 days"),
    ("yishi-before", "resolve", "notice", "《村民委员会组织法（2010年）》第21条", "10 days"),
]


def figure(each: Rule | Period) -> str:
    """What an edition asks, without its authority."""
    return each.explain("en").split(" Authority:")[0].split(" This joins:")[0]


class TestFigures:
    """Each number with its article, on the days of the law by which the procedure is made."""

    @pytest.mark.parametrize(
        ("name", "stage", "setting", "source", "said"),
        FIGURES,
        ids=[f"{name}-{stage}-{setting}" for name, stage, setting, _, _ in FIGURES],
    )
    def test_by_stage(self, name: str, stage: str, setting: str, source: str, said: str) -> None:
        """The figure of the stage, and where it is written."""
        procedure, _, electorate = name.partition(":")
        found = edition(procedure, stage, setting, electorate or None)
        assert figure(found) == said
        assert found.citation.explain("zh").endswith(source)

    @EVERY
    def test_every_setting_is_shown_or_alike(self, name: str) -> None:
        """On the day a procedure begins each setting has one edition (of each electorate), with a source."""
        for stage in PROCEDURES[name].stages:
            for _, editions in stage.rules():
                held = [each for each in editions if each.citation.in_force(begins(name).date())]
                counted = [each.electorate if isinstance(each, Rule) else None for each in held]
                assert held
                assert len(counted) == len(set(counted))

    @EVERY
    def test_stages_have_sources(self, name: str) -> None:
        """Every stage says where it is prescribed, but for the disclosure of abandoned works, which is inferred."""
        without = {stage.id for stage in PROCEDURES[name].stages if stage.source is None}
        assert without <= {"disclose_abandonment"}
        assert PROCEDURES[name].sources

    @pytest.mark.parametrize("name", ["assembly", "representatives", "yishi"])
    def test_sources_of_the_day(self, name: str) -> None:
        """What is made by one law cites no article of the other."""
        for made, there, other in ((name, "2025年修正", "2010年"), (f"{name}-before", "2010年", "2025年修正")):
            sources = [*PROCEDURES[made].sources, *(stage.source for stage in PROCEDURES[made].stages if stage.source)]
            told = "".join(source.explain("zh") for source in sources)
            assert f"《村民委员会组织法（{there}）》" in told
            assert f"《村民委员会组织法（{other}）》" not in told

    def test_what_was_seen_by_title_alone(self) -> None:
        """四议一审两公开 is known by its title, and 五议五公开 with two of five things unrecorded; both say so."""
        review = PROCEDURES["siyi-review"].stage("township_review")
        assert review.source.certainty is Certainty.REPORTED
        assert "仅见标题" in review.title.zh
        assert "仅见标题" in review.source.note.zh
        known = {
            stage.id: stage.source.certainty
            for stage in siyi.WUYI.stages
            if isinstance(stage, Disclosure) and stage.source
        }
        assert [each for each, sure in known.items() if sure is Certainty.INFERRED] == [
            "disclose_measures",
            "disclose_result",
            "disclose_stopped",
        ]


# Every procedure is sound, and every parameter changes its figure.


class TestSoundness:
    """The definitions have no fault and are proved, as they are and in every place."""

    @EVERY
    def test_sound(self, name: str) -> None:
        """No fault, and back from its data the same."""
        procedure = PROCEDURES[name]
        assert procedure.check() == ()
        assert procedure.prove().failures == ()
        assert Procedure.from_data(procedure.to_data(), Kinds()).digest == procedure.digest

    @pytest.mark.parametrize("region", law.REGIONS.values(), ids=str)
    def test_everywhere(self, region: law.Region) -> None:
        """In every region of the catalogue, by either law."""
        makers = (villages.villagers_assembly, villages.villagers_representatives, yishi.yishi)
        for made in (*(make(region=region, on=on) for on in (BEFORE, ON) for make in makers), siyi.siyi(region=region)):
            assert made.check() == ()
            assert made.prove().holds

    @pytest.mark.parametrize(
        "make",
        [
            siyi.siyi,
            siyi.wuyi,
            villages.villagers_assembly,
            villages.villagers_representatives,
            yishi.yishi,
            collective.members,
            collective.representatives,
            collective.council,
        ],
        ids=lambda make: make.__name__,
    )
    def test_every_parameter(self, make: Any) -> None:
        """Each changes the definition, which stays sound; none at all is the constant."""
        by_law = Citation(instrument="示例村规", article="3")
        rule, period = attrs.evolve(law.MAJORITY_INFERRED, citation=by_law), Period(30, citation=by_law)
        values = {
            "region": "山东" if make is villages.villagers_representatives else "海南",
            "on": BEFORE,
            "decided_by": "assembly",
            "proxies": None,
            "prepared": False,
            "earlier": attrs.evolve(rule, citation=attrs.evolve(by_law, in_force_to=date(2010, 10, 27))),
            **dict.fromkeys(("majority", "review", "resolution", "preparation"), rule),
            **dict.fromkeys(("review_notice", "notice", "posted", "answer", "suggestions"), period),
        }
        plain = make()
        for name in inspect.signature(make).parameters:
            changed = make(**{name: values.get(name, True)})
            assert changed.check() == ()
            assert changed.digest != plain.digest, name
        assert plain in PROCEDURES.values()

    def test_both_are_shown(self) -> None:
        """A by-law that asks for more than the law is joined with it, and both stand in the rule (E38)."""
        by_law = Rule(
            quorum=None,
            passage=law.edition("collective.representatives.vote", on=ON).passage,
            citation=Citation(instrument="示例村规", article="3"),
        )
        stage = siyi.siyi(resolution=by_law).stage("resolve")
        rule = in_force(stage.rule, ON)
        assert {source.article for source in rule.sources} == {"30", "3"}
        assert rule.judge(met(30, 30, 19)).outcome is Outcome.LOST

    def test_refused(self) -> None:
        """Who cannot decide there, a by-law that counts others, and no day."""
        with pytest.raises(errors.InvalidValue, match="write one of representatives, assembly, joint_households"):
            siyi.siyi(decided_by="owners")
        with pytest.raises(errors.InvalidValue, match="write one of representatives, assembly"):
            siyi.siyi(community=True, decided_by="joint_households")
        with pytest.raises(errors.InvalidValue, match="write one of representatives"):
            siyi.wuyi(decided_by=["assembly"])
        for named in ("community", "merged", "council", "supervised", "township_review"):
            with pytest.raises(errors.InvalidType, match="True or False"):
                siyi.siyi(**{named: "no"})
        for named in ("outsiders", "prepared"):
            with pytest.raises(errors.InvalidType, match="True or False"):
                collective.members(**{named: "no"})
        others = attrs.evolve(law.edition("collective.council.vote", on=ON))
        with pytest.raises(errors.InvalidValue, match="never mixed"):
            villages.villagers_assembly(resolution=others)
        with pytest.raises(errors.InvalidType, match="a day was expected"):
            villages.villagers_assembly(on="2026")
        with pytest.raises(errors.InvalidValue, match="no rule of '火星'"):
            yishi.yishi(region="火星")


# One walk to each end.

SIYI_WAYS = {
    "carried_out": [],
    "not_proposed": ["propose.lost"],
    "not_carried": ["resolve.lost"],
    "lapsed": ["review.inquorate"],
    "abandoned": ["implement.abandoned"],
    "withdrawn": None,
}
REVIEWED_WAYS = {**SIYI_WAYS, "not_approved": ["township_review.rejected"]}
ASSEMBLY_WAYS = {
    "resolved": [],
    "not_carried": ["resolve.lost"],
    "lapsed": ["resolve.inquorate"],
    "withdrawn": None,
}
FILED_WAYS = {
    "filed": [],
    "not_carried": ["resolve.lost"],
    "lapsed": ["resolve.inquorate"],
    "withdrawn": None,
}
PREPARED_WAYS = {**ASSEMBLY_WAYS, "not_proposed": ["propose.lost"], "lapsed": ["propose.inquorate"]}
YISHI_WAYS = {
    "carried_out": [],
    "not_carried": ["resolve.lost"],
    "lapsed": ["resolve.inquorate"],
    "abandoned": ["implement.abandoned"],
    "withdrawn": None,
}
WAYS: dict[str, dict[str, list[str] | None]] = {
    **dict.fromkeys((each for each in PROCEDURES if each.startswith(("siyi", "wuyi"))), SIYI_WAYS),
    **dict.fromkeys((each for each in PROCEDURES if each.endswith("-review")), REVIEWED_WAYS),
    **dict.fromkeys(
        (each for each in PROCEDURES if each.startswith(("assembly", "representatives", "council"))), ASSEMBLY_WAYS
    ),
    **dict.fromkeys(("covenant", "covenant-before"), FILED_WAYS),
    **dict.fromkeys(("members", "outsiders", "collective-representatives"), PREPARED_WAYS),
    **dict.fromkeys(("yishi", "yishi-before"), YISHI_WAYS),
}
WALKS = [(name, end) for name, ways in WAYS.items() for end in ways]

FULL = {
    "siyi": "propose discuss review resolve disclose_resolution implement disclose_result",
    "siyi-merged": "propose review resolve disclose_resolution implement disclose_result",
    "siyi-review": "propose discuss review resolve township_review disclose_resolution implement disclose_result",
    "wuyi": "suggest disclose_procedure propose discuss review disclose_course resolve disclose_resolution "
    "disclose_measures implement disclose_result",
    "assembly": "study resolve disclose_resolution",
    "assembly-before": "resolve disclose_resolution",
    "covenant": "study resolve disclose_resolution file",
    "covenant-before": "resolve disclose_resolution file",
    "representatives": "study resolve disclose_resolution",
    "representatives-before": "resolve disclose_resolution",
    "council": "resolve",
    "members": "propose resolve",
    "yishi": "study resolve disclose_resolution implement disclose_result",
    "yishi-before": "resolve disclose_resolution implement disclose_result",
}

BACK = [
    ("siyi", "discuss.lost", "propose"),
    ("siyi", "review.lost", "discuss"),
    ("siyi-merged", "review.lost", "propose"),
    ("siyi", "resolve.returned", "discuss"),
    ("siyi", "resolve.void", "resolve"),
    ("siyi", "disclose_resolution.upheld", "discuss"),
    ("siyi", "disclose_result.upheld", "implement"),
    ("siyi-review", "township_review.returned", "discuss"),
    ("wuyi", "disclose_procedure.upheld", "suggest"),
    ("wuyi", "disclose_course.upheld", "discuss"),
    ("wuyi", "disclose_measures.upheld", "discuss"),
    ("assembly", "study.lost", "resolve"),
    ("assembly", "resolve.returned", "study"),
    ("assembly-before", "disclose_resolution.upheld", "resolve"),
    ("covenant", "file.rejected", "study"),
    ("covenant-before", "file.returned", "resolve"),
    ("representatives", "resolve.returned", "study"),
    ("representatives-before", "resolve.returned", "resolve"),
    ("representatives-zhejiang", "resolve.returned", "escalate"),
    ("representatives-hainan", "resolve.returned", "escalate"),
    ("members", "resolve.returned", "propose"),
    ("council", "resolve.returned", "resolve"),
    ("yishi", "disclose_resolution.upheld", "study"),
    ("yishi", "disclose_result.upheld", "implement"),
]


def walked(name: str, end: str) -> tuple[Driver, list[str]]:
    """The invented case on its way to an end."""
    turns = WAYS[name][end]
    if turns is not None:
        return drive(PROCEDURES[name], begins(name), turns)
    driver, passed = drive(PROCEDURES[name], begins(name), to="resolve")
    driver.act(Withdraw("另行立项"))
    return driver, passed


class TestWalks:
    """A case goes to each end of each procedure, and is replayed there."""

    @pytest.mark.parametrize(("name", "end"), WALKS, ids=[f"{name}-{end}" for name, end in WALKS])
    def test_to_each_end(self, name: str, end: str) -> None:
        """It ends so, its replay does too, and nothing is owed."""
        driver, _ = walked(name, end)
        assert driver.case.outcome == end
        assert Case.replay(driver.case.entries) == driver.case
        assert driver.case.due(driver.at + timedelta(days=999)) == ()

    @EVERY
    def test_every_end_has_a_walk(self, name: str) -> None:
        """None is missing above."""
        assert {end.id for end in PROCEDURES[name].ends} == WAYS[name].keys()

    @pytest.mark.parametrize("name", FULL)
    def test_every_stage_in_order(self, name: str) -> None:
        """A matter that goes well passes every stage of the source in its order."""
        _, passed = drive(PROCEDURES[name], begins(name))
        assert [each.partition(".")[0] for each in passed] == FULL[name].split()

    @pytest.mark.parametrize(("name", "turn", "to"), BACK, ids=[f"{name}-{turn}" for name, turn, _ in BACK])
    def test_back(self, name: str, turn: str, to: str) -> None:
        """What is sent back goes where it is worked over, and from there to the end."""
        driver, _ = drive(PROCEDURES[name], begins(name), to=turn.partition(".")[0])
        driver.leave(turn.partition(".")[2])
        assert driver.case.stage == to
        _, passed = drive(PROCEDURES[name], begins(name), [turn])
        assert passed[passed.index(turn) + 1].partition(".")[0] == to

    def test_all_villagers_decide(self) -> None:
        """Zhejiang art. 17: what the representatives find themselves deadlocked on, all villagers decide, by persons or households."""
        for electorate in ("persons", "households"):
            driver, passed = drive(
                PROCEDURES["representatives-zhejiang"], NEW, ["resolve.returned"], electorate=electorate
            )
            assert driver.case.outcome == "resolved"
            assert passed[-3:] == ["escalate.carried", "ballot.carried", "disclose_resolution.clear"]

    def test_no_deadlock_by_the_chair_alone(self) -> None:
        """Zhejiang art. 17 speaks of the representatives: where they are not deadlocked, they decide, or it begins anew."""
        made = PROCEDURES["representatives-zhejiang"]
        _, passed = drive(made, NEW, ["resolve.returned", "escalate.lost"])
        assert passed[-3:] == ["escalate.lost", "resolve.carried", "disclose_resolution.clear"]
        assert (made.routes["resolve"]["returned"], made.routes["escalate"]["returned"]) == ("escalate", "study")
        assert law.MAJORITY_INFERRED in made.stage("escalate").rule

    def test_the_representatives_take_it_to_the_assembly(self) -> None:
        """Hainan art. 15: more than half of all representatives take it there; else they decide themselves."""
        name = "representatives-hainan"
        _, passed = drive(PROCEDURES[name], NEW, ["resolve.returned"])
        assert passed[-3:] == ["escalate.carried", "ballot.carried", "disclose_resolution.clear"]
        _, passed = drive(PROCEDURES[name], NEW, ["resolve.returned", "escalate.lost"])
        assert passed[-3:] == ["escalate.lost", "resolve.carried", "disclose_resolution.clear"]

    def test_the_accounts_are_disclosed(self) -> None:
        """The second disclosure carries budget, spending and balance, exactly."""
        for name in ("siyi", "wuyi", "yishi"):
            driver, _ = walked(name, "carried_out")
            (accounts,) = [
                each.effect.carried["accounts"] for each in driver.case.entries if "accounts" in each.effect.carried
            ]
            assert accounts == {"budget": "300000", "spent": "280000", "balance": "20000"}

    def test_the_township_orders_a_correction(self) -> None:
        """Law of 2025 art. 31: what was resolved unlawfully goes back to the beginning, by the township alone."""
        for name, back in (("siyi", "propose"), ("assembly", "study"), ("yishi", "study")):
            driver, _ = drive(PROCEDURES[name], NEW, to="disclose_resolution")
            order = OrderCorrection(
                reason="与规划抵触", citation=law.edition("villages.decisions.correction", on=ON).citation
            )
            refused(driver.case, order, "NOT_IN_OFFICE", at=driver.at + timedelta(hours=1))
            driver.act(order, "town-1")
            assert driver.case.stage == back


# One refusal per stage.


def hopeless(driver: Driver) -> Iterator[tuple[Action, str, str]]:
    """What cannot be done at the stage where a case stands: the action, who asks, and the code of the refusal."""
    stage, at = driver.stage, driver.at + timedelta(hours=1)
    match stage:
        case Deliberation():
            if stage.notice:
                short = in_force(stage.notice, driver.on()).length
                yield Convene(held_at=at + timedelta(days=short)), "sec-1", "SHORT_PERIOD"
            yield Convene(held_at=at + timedelta(days=30), agenda=["another"]), "sec-1", "NOT_ON_AGENDA"
            driver.convene(stage)
            yield CountVotes(for_=30, against=0), "sec-1", "NO_ATTENDANCE"
        case Disclosure():
            yield Post(channels={"broadcast"}, content="公开"), "sec-1", "MISSING_CHANNEL"
            least = in_force(stage.least, driver.on()).length
            driver.act(Post(channels=BOARD, content="公开"))
            driver.at += timedelta(days=least - 1)
            yield TakeDown(), "sec-1", "CUT_SHORT"
        case Implementation():
            yield Assign(responsible="village-1", task="施工", due=at), "sup-1", "NOT_IN_OFFICE"
            driver.act(Assign(responsible="village-1", task="施工", due=at))
            yield Complete("完工"), "sec-1", "NOT_INSPECTED"
        case Referral():
            driver.act(Submit(to="上级"))
            yield Confirm(reference="1 号"), "sec-1", "NOT_IN_OFFICE"
        case Solicitation():
            driver.act(OpenSolicitation(channels={"questionnaire"}, until=driver.at + timedelta(days=7)))
            yield CloseSolicitation(summary="无"), "sec-1", "TOO_EARLY"


def ways_to(stage: str) -> list[str]:
    """The turns by which a case comes to a stage that is not on the good way."""
    return {
        "disclose_abandonment": ["implement.abandoned"],
        "disclose_stopped": ["implement.corrected"],
        "ballot": ["resolve.returned"],
        "escalate": ["resolve.returned"],
    }.get(stage, [])


class TestRefusals:
    """At each stage something is refused, by its code, and the case stays what it was."""

    @pytest.mark.parametrize(
        ("name", "stage"),
        [(name, stage.id) for name, procedure in PROCEDURES.items() for stage in procedure.stages],
        ids=[f"{name}-{stage.id}" for name, procedure in PROCEDURES.items() for stage in procedure.stages],
    )
    def test_at_each_stage(self, name: str, stage: str) -> None:
        """By the kind of the stage and its settings."""
        driver, _ = drive(PROCEDURES[name], begins(name), ways_to(stage), to=stage)
        assert driver.case.stage == stage
        codes = []
        for action, by, code in hopeless(driver):
            at = driver.at + timedelta(hours=1)
            refused(driver.case, action, *code.split(), at=at, by=by)
            codes.append(code)
        assert codes

    @pytest.mark.parametrize("name", ["representatives", "representatives-hainan"])
    def test_only_what_was_delegated(self, name: str) -> None:
        """2.7: a matter that states no delegation and no term of it is not opened for the representatives."""
        bare = attrs.evolve(MATTER, facts={"budget": "300000.00"})
        with pytest.raises(Refused) as no:
            opened(PROCEDURES[name], NEW, matter=bare)
        assert [reason.code for reason in no.value.reasons] == ["MISSING_FACT", "MISSING_FACT"]
        assert opened(villages.ASSEMBLY, NEW, matter=bare).stage == "study"

    def test_what_cannot_be_delegated_is_said(self) -> None:
        """Hainan art. 11: the fact that must be stated names what is never delegated; elsewhere it does not."""
        facts = PROCEDURES["representatives-hainan"].facts["delegated_by"]
        assert "选举和罢免" in facts.zh
        assert "选举和罢免" not in villages.REPRESENTATIVES.facts["delegated_by"].zh

    @pytest.mark.parametrize(
        ("name", "at"),
        [
            ("assembly", OLD),
            ("assembly-before", NEW),
            ("yishi", OLD),
            ("yishi-before", NEW),
            ("representatives", OLD),
            ("representatives-before", NEW),
        ],
    )
    def test_each_law_on_its_own_days(self, name: str, at: datetime) -> None:
        """No procedure of the one law is used on a day of the other."""
        case = opened(PROCEDURES[name], at, electorate="households")
        driver = Driver(case, at)
        if driver.case.stage == "study":
            driver.leave("carried")
        with pytest.raises(Refused, match="NO_EDITION"):
            driver.act(Convene(held_at=driver.at + timedelta(days=20)))

    def test_special_circumstances(self) -> None:
        """Art. 25: since 2026 a shorter notice may be given in special circumstances, with the reason; before, never."""
        for name, allowed in (
            ("assembly", True),
            ("yishi", True),
            ("siyi-assembly", True),
            ("siyi-community-review", True),
            ("assembly-before", False),
            ("yishi-before", False),
            ("members", False),
        ):
            driver, _ = drive(PROCEDURES[name], begins(name), to="resolve")
            soon = Convene(held_at=driver.at + timedelta(days=2), waiver="汛期抢修")
            if allowed:
                driver.act(soon)
            else:
                refused(driver.case, soon, "SHORT_PERIOD", at=driver.at + timedelta(hours=1))

    def test_no_shorter_notice_before_2026(self) -> None:
        """Villages art. 21 of the older law: ten days, without exception, also where 四议两公开 is decided by the assembly."""
        driver, _ = drive(PROCEDURES["siyi-assembly"], OLD, to="resolve")
        soon = Convene(held_at=driver.at + timedelta(days=2), waiver="汛期抢修")
        refused(driver.case, soon, "SHORT_PERIOD", at=driver.at + timedelta(hours=1), by="sec-1")

    @pytest.mark.parametrize("electorate", ["persons", "households", "delegates"])
    def test_a_community_before_2026(self, electorate: str) -> None:
        """Residents law of 1989 art. 9: the assembly decides in 2025 too, in any of its compositions, and no notice is set."""
        made = siyi.siyi(community=True, decided_by="assembly")
        driver, _ = drive(made, OLD, to="resolve", electorate=electorate)
        driver.leave("carried")
        *_, rule = [entry.effect.rule for entry in driver.case.entries if isinstance(entry.action, Convene)]
        assert (rule.citation.article, rule.electorate) == ("9", electorate)

    def test_the_representatives_of_a_community_before_2026(self) -> None:
        """Before 2026 the law knew none: without what stood there the call is refused, and with it they decide."""
        driver, _ = drive(siyi.COMMUNITY_SIYI, OLD, to="resolve")
        called = Convene(held_at=driver.at + timedelta(days=2))
        refused(driver.case, called, "NO_EDITION", at=driver.at + timedelta(hours=1), by="sec-1")
        earlier = law.provision("by_law.representatives.vote.half").editions[0]
        driver, _ = drive(siyi.siyi(community=True, earlier=earlier), OLD)
        assert driver.case.outcome == "carried_out"

    @pytest.mark.parametrize("make", [siyi.siyi, siyi.wuyi])
    @pytest.mark.parametrize("community", [False, True])
    def test_a_merger_needs_one_person(self, make: Any, *, community: bool) -> None:
        """Only where one person holds both posts are the first two steps one: who it is must be stated."""
        made = make(merged=True, **({"community": True} if community and make is siyi.siyi else {}))
        facts = {name: fact for name, fact in MATTER.facts.items() if name != "holds_both_posts"}
        for stated in (facts, {**facts, "holds_both_posts": ""}):
            with pytest.raises(Refused, match="MISSING_FACT") as refusal:
                opened(made, NEW, matter=attrs.evolve(MATTER, facts=stated))
            assert "holds_both_posts" in str(refusal.value)
        assert opened(made, NEW).stage == made.stages[0].id
        assert "holds_both_posts" not in make().facts

    def test_the_roll_says_whom_it_lists(self) -> None:
        """Where persons and households have rules of their own, a roll that does not say which it lists is refused."""
        case = opened(villages.ASSEMBLY_BEFORE_2026, OLD, electorate="households")
        known = case.dossier.rolls["villagers_assembly"]
        unsaid = Roll("villagers_assembly", known.members, groups=["women", "full_capacity"])
        held = OLD + timedelta(days=12)
        bare = Case.open(
            MATTER,
            villages.ASSEMBLY_BEFORE_2026,
            {"villagers_assembly": unsaid},
            {office.id: {f"{office.id}-1"} for office in villages.ASSEMBLY_BEFORE_2026.offices},
            at=OLD,
            by="secretary-1",
            salt=b"0" * 16,
        )
        refused(
            bare,
            Convene(held_at=held),
            "ELECTORATE_UNSAID",
            at=OLD + timedelta(hours=1),
            by="secretary-1",
            says=["households", "persons"],
        )


# The boundary vectors of part 5, and exactly at, one short and one over of each other threshold.


def met(entitled: int, present: int, for_: int, **more: Any) -> Tally:
    """A meeting in which everybody who did not vote in favour voted against."""
    return Tally.of(entitled=entitled, present=present, for_=for_, against=present - for_, **more)


CARRIED, LOST, INQUORATE = Outcome.CARRIED, Outcome.LOST, Outcome.INQUORATE
NATIONAL = {"national": siyi.siyi(review=())}
VECTORS = [
    ("siyi", "review", (20, 14, 10), LOST),
    ("siyi", "review", (20, 14, 11), CARRIED),
    ("siyi", "review", (20, 13, 13), INQUORATE),
    ("siyi", "review", (21, 11, 11), INQUORATE),
    ("national", "review", (21, 11, 11), CARRIED),
    ("national", "review", (21, 10, 10), INQUORATE),
    ("national", "review", (20, 14, 10), LOST),
    ("national", "review", (20, 10, 10), LOST),
    ("siyi-council", "review", (9, 6, 5), CARRIED),
    ("siyi-council", "review", (9, 5, 5), INQUORATE),
    ("siyi-council", "review", (8, 8, 4), LOST),
    ("siyi", "resolve", (30, 20, 11), CARRIED),
    ("siyi", "resolve", (30, 20, 10), LOST),
    ("siyi", "resolve", (30, 19, 19), INQUORATE),
    ("representatives", "resolve", (30, 20, 11), CARRIED),
    ("representatives", "resolve", (30, 20, 10), LOST),
    ("representatives", "resolve", (30, 19, 19), INQUORATE),
    ("representatives-hebei", "resolve", (30, 20, 10), LOST),
    ("representatives-hebei", "resolve", (30, 20, 11), CARRIED),
    ("representatives-hainan", "escalate", (30, 30, 15), LOST),
    ("representatives-hainan", "escalate", (30, 16, 16), CARRIED),
    ("assembly:persons", "resolve", (1000, 500, 500), INQUORATE),
    ("assembly:persons", "resolve", (1000, 501, 251), CARRIED),
    ("assembly:persons", "resolve", (1000, 502, 251), LOST),
    ("assembly:households", "resolve", (300, 200, 101), CARRIED),
    ("assembly:households", "resolve", (300, 200, 100), LOST),
    ("assembly:households", "resolve", (300, 199, 199), INQUORATE),
    ("yishi", "resolve", (300, 200, 101), CARRIED),
    ("yishi", "resolve", (300, 200, 100), LOST),
    ("yishi", "resolve", (300, 199, 199), INQUORATE),
    ("members", "resolve", (90, 60, 60), CARRIED),
    ("members", "resolve", (90, 90, 59), LOST),
    ("members", "resolve", (90, 59, 59), INQUORATE),
    ("outsiders", "resolve", (100, 80, 75), CARRIED),
    ("outsiders", "resolve", (100, 80, 74), LOST),
    ("collective-representatives", "resolve", (30, 30, 20), CARRIED),
    ("collective-representatives", "resolve", (30, 30, 19), LOST),
    ("council", "resolve", (9, 6, 5), CARRIED),
    ("council", "resolve", (9, 6, 4), LOST),
    ("council", "resolve", (9, 5, 5), INQUORATE),
    ("council", "resolve", (8, 8, 4), LOST),
]


class TestBoundaries:
    """Exactly at, one short and one over of each threshold."""

    @pytest.mark.parametrize(
        ("name", "stage", "counts", "outcome"),
        VECTORS,
        ids=[f"{name}-{stage}-{'-'.join(map(str, counts))}" for name, stage, counts, _ in VECTORS],
    )
    def test_vectors(self, name: str, stage: str, counts: tuple[int, int, int], outcome: Outcome) -> None:
        """Entitled, present, in favour; everybody else present is against."""
        procedure, _, electorate = name.partition(":")
        made = (PROCEDURES | NATIONAL)[procedure]
        held = [each for each in made.stage(stage).rule if each.citation.in_force(ON)]
        (rule,) = [each for each in held if each.electorate == (electorate or each.electorate)]
        among = {group: {"entitled": counts[0], "present": counts[1], "for": counts[2]} for group in rule.groups}
        assert rule.judge(met(*counts, among=among)).outcome is outcome

    @pytest.mark.parametrize(
        ("able", "present", "ayes", "outcome"),
        [
            (90, 60, 60, CARRIED),
            (90, 59, 59, INQUORATE),
            (90, 90, 59, LOST),
            (91, 61, 61, CARRIED),
            (91, 60, 60, INQUORATE),
        ],
    )
    def test_members_of_full_capacity(self, able: int, present: int, ayes: int, outcome: Outcome) -> None:
        """Collective law arts 26, 27: both shares are of those of full capacity, however many members there are besides."""
        rule = edition("members", "resolve", "rule")
        for minors in (0, 45):
            among = {"full_capacity": {"entitled": able, "present": present, "for": ayes}}
            everybody = met(able + minors, present + minors, ayes + minors, among=among)
            assert rule.judge(everybody).outcome is outcome

    def test_a_minor_counts_nowhere(self) -> None:
        """Collective law art. 26: a ballot of somebody without full capacity makes neither the quorum nor the majority."""
        ids = [f"m-{n}" for n in range(1, 13)]
        able = frozenset({"full_capacity"})
        members = [Member(each, groups=able if place < 9 else ()) for place, each in enumerate(ids)]
        roll = Roll("collective_assembly", members, groups=able, electorate="members")
        rule = edition("members", "resolve", "rule")
        for present, outcome in ((ids[:6], CARRIED), ([*ids[:5], *ids[9:]], INQUORATE)):
            tally = roll.tally(dict.fromkeys(present, "for"), present=present)
            assert rule.judge(tally).outcome is outcome

    def test_a_count_of_those_of_full_capacity(self) -> None:
        """A count of hands does for an assembly of members of full capacity alone; with others there, ballots have names."""
        ids = [f"m-{n}" for n in range(1, 13)]
        able = frozenset({"full_capacity"})
        members = [Member(each, groups=able if place < 9 else ()) for place, each in enumerate(ids)]
        driver, _ = drive(collective.MEMBERS, NEW, to="resolve")
        everybody = Roll("collective_assembly", members, groups=able, electorate="members")
        driver.act(Convene(held_at=driver.at + timedelta(days=12), roll=everybody))
        sits = driver.at + timedelta(days=12)

        def attended(*present: str) -> Case:
            return driver.case.act(TakeAttendance(present), at=sits, by="sec-1", salt=b"1" * 16)

        counted = attended(*ids[:9]).act(CountVotes(for_=6, against=3), at=sits, by="sec-1", salt=b"2" * 16)
        closed = counted.act(CloseVote(), at=sits, by="sec-1", salt=b"3" * 16)
        assert closed.outcome == "resolved"
        refused(attended(*ids), CountVotes(for_=6, against=3), "WEIGHTED_COUNT", at=sits, by="sec-1")

    def test_a_roll_that_does_not_say(self) -> None:
        """A roll that does not say who is of full capacity is refused."""
        driver, _ = drive(collective.MEMBERS, NEW, to="resolve")
        unsaid = Roll("collective_assembly", [Member("m-1")], electorate="members")
        soon = Convene(held_at=driver.at + timedelta(days=12), roll=unsaid)
        refused(driver.case, soon, "RULE_UNFIT", at=driver.at, by="sec-1")

    def test_women_in_shandong(self) -> None:
        """Shandong art. 24: two thirds of the women representatives must be there too, and which quorum failed is told."""
        rule = edition("representatives-shandong", "resolve", "rule")
        there = {"entitled": 9, "present": 6, "for": 6}
        assert rule.judge(met(30, 20, 11, among={"women": there})).outcome is CARRIED
        ruling = rule.judge(met(30, 25, 25, among={"women": {**there, "present": 5, "for": 5}}))
        assert ruling.outcome is INQUORATE
        assert [finding.holds for finding in ruling.findings] == [True, False]
        assert "women" in ruling.explain("en")

    def test_a_proxy_within_the_household(self) -> None:
        """Collective law art. 27: a member is represented by one of the same household, and by nobody else."""
        policy = collective.MEMBERS.stage("resolve").proxies
        assert (policy.same_household, policy.citation.article) == ("household:", "27")


# What must follow what.


class TestDuties:
    """What the sources say of order and time, in the words of DECLARE."""

    def test_study_first(self) -> None:
        """Since 2026 the villagers decide after the party organisation has studied it (art. 28); before there was no such duty."""
        for made in (villages.ASSEMBLY, villages.REPRESENTATIVES, yishi.YISHI):
            (duty,) = [each for each in made.duties if isinstance(each, Precedence)]
            assert (duty.a, duty.b, duty.source.article) == (("study",), ("resolve",), "28")
        for made in (villages.ASSEMBLY_BEFORE_2026, yishi.YISHI_BEFORE_2026):
            assert not [each for each in made.duties if isinstance(each, Precedence)]

    def test_the_gate(self) -> None:
        """Only what the party members carried is submitted to the people, and the disclosures follow at once."""
        gate, first, second, accounts = siyi.SIYI.duties
        assert isinstance(gate, Precedence)
        assert (gate.a, gate.b) == (("review.carried",), ("resolve",))
        assert [type(each) for each in (first, second)] == [ChainResponse, ChainResponse]
        assert first.b == ("disclose_resolution",)
        assert second.b == ("disclose_result",)
        assert (accounts.a, accounts.ends) == (("implement:spend",), ())

    def test_within_ten_days_in_chongqing(self) -> None:
        """Chongqing art. 30: a resolution is posted within ten days; no other region has such a time."""
        for made in (
            PROCEDURES["siyi-chongqing"],
            villages.villagers_assembly(region="重庆"),
            yishi.yishi(region="重庆"),
        ):
            (duty,) = [each for each in made.duties if isinstance(each, Response) and each.within]
            assert [(period.length, period.citation.article) for period in duty.within] == [(10, "30")]
        assert not [each for each in siyi.SIYI.duties if isinstance(each, Response) and each.within]


# Planted faults.


def skipping(procedure: Procedure, stage: str) -> Procedure:
    """The procedure with a stage made skippable: whatever leads to it may lead past it."""
    past = procedure.routes[stage][GOOD_OF[procedure.stage(stage).kind]]
    routes = {
        each: {
            outcome: past if target == stage and outcome != "void" else target for outcome, target in targets.items()
        }
        for each, targets in procedure.routes.items()
    }
    first = procedure.stages[0].id
    if stage == first:
        return attrs.evolve(procedure, stages=(*procedure.stages[1:], procedure.stages[0]), routes=routes)
    return attrs.evolve(procedure, routes=routes)


GOOD_OF = {
    "deliberation": "carried",
    "disclosure": "clear",
    "implementation": "completed",
    "referral": "confirmed",
    "solicitation": "completed",
}
AROUND = [
    ("siyi", {"review.lost": "resolve"}, "《地方四议两公开规定》（据转述）"),
    ("siyi", {"discuss.carried": "resolve"}, "《地方四议两公开规定》（据转述）"),
    ("siyi", {"resolve.carried": "implement"}, "《地方四议两公开规定》（据转述）"),
    ("siyi", {"implement.completed": "carried_out"}, "《地方四议两公开规定》（据转述）"),
    ("siyi-chongqing", {"resolve.carried": "implement"}, "《地方四议两公开规定》（据转述）"),
    ("siyi-review", {"resolve.carried": "implement"}, "《地方四议两公开规定》（据转述）"),
    ("wuyi", {"disclose_procedure.clear": "resolve"}, "《地方四议两公开规定》（据转述）"),
    ("assembly", {"resolve.carried": "resolved"}, "《村民委员会组织法（2025年修正）》第35条"),
    ("representatives-hainan", {"resolve.carried": "resolved"}, "《村民委员会组织法（2025年修正）》第35条"),
    ("representatives-zhejiang", {"resolve.lost": "disclose_resolution"}, "《村民委员会组织法（2025年修正）》第35条"),
    ("representatives-zhejiang", {"ballot.carried": "resolved"}, "《村民委员会组织法（2025年修正）》第35条"),
    ("yishi", {"resolve.carried": "implement"}, "《村民委员会组织法（2025年修正）》第35条"),
]
"""Ways around a duty."""
SKIPPABLE = [
    (name, milestone.partition(".")[0])
    for name, procedure in PROCEDURES.items()
    for milestone in procedure.mandatory
    if len(procedure.stages) > 1
]


class TestPlantedFaults:
    """A definition that was tampered with is found out."""

    @pytest.mark.parametrize(("name", "stage"), SKIPPABLE, ids=[f"{name}-{stage}" for name, stage in SKIPPABLE])
    def test_a_stage_made_skippable(self, name: str, stage: str) -> None:
        """Every mandatory stage, in every procedure: the check names the milestone and the end that is reached without."""
        faults = skipping(PROCEDURES[name], stage).check()
        assert ("SKIPPED", stage) in {
            (fault.code, fault.values.get("milestone", "").partition(".")[0]) for fault in faults
        }
        (failure, *_) = [each for each in skipping(PROCEDURES[name], stage).prove().failures if each.code == "SKIPPED"]
        assert failure.path[-1].to in {end.id for end in PROCEDURES[name].ends if end.carried_out}

    @pytest.mark.parametrize(
        ("name", "routes", "source"), AROUND, ids=[f"{name}-{next(iter(routes))}" for name, routes, _ in AROUND]
    )
    def test_a_duty_gone_around(self, name: str, routes: dict[str, str], source: str) -> None:
        """Even where the list of milestones is forgotten: the duty is named with its source and the shortest way."""
        procedure = PROCEDURES[name]
        changed = {
            stage: {outcome: routes.get(f"{stage}.{outcome}", target) for outcome, target in targets.items()}
            for stage, targets in procedure.routes.items()
        }
        proof = attrs.evolve(procedure, routes=changed, mandatory=()).prove()
        (failure, *_) = [each for each in proof.failures if each.code == "UNKEPT"]
        assert failure.path
        assert failure.duty.source.explain("zh").endswith(source)
        for language in ("zh", "en"):
            assert f"{len(failure.path)}. " in failure.explain(language)


def falls_short(rule: Rule, provision: str, region: str | None, on: date) -> bool:
    """Whether a rule asks less than the law of a place asks on a day."""
    asked = law.effective(provision, on=on, region=region)
    both = stricter(attrs.evolve(rule, joined=()), asked)
    return (parts(both.quorum), parts(both.passage)) != (parts(rule.quorum), parts(rule.passage))


def parts(condition: Condition | None) -> set[Condition]:
    """Each of the comparisons that must hold."""
    if condition is None:
        return set()
    return set(condition.parts) if isinstance(condition, AllOf) else {condition}


OF_LAW = [
    ("siyi", "review", "party.branch.vote", None),
    ("siyi", "resolve", "villages.representatives.vote", None),
    ("siyi-assembly", "resolve", "villages.assembly.persons", None),
    ("siyi-assembly", "resolve", "villages.assembly.households", None),
    ("siyi-community", "resolve", "residents.representatives.vote", None),
    ("wuyi", "resolve", "villages.representatives.vote", None),
    ("assembly", "resolve", "villages.assembly.persons", None),
    ("assembly", "resolve", "villages.assembly.households", None),
    ("assembly-before", "resolve", "villages.assembly.households", None),
    ("representatives", "resolve", "villages.representatives.vote", None),
    ("representatives-before", "resolve", "villages.representatives.vote", None),
    ("representatives-shandong", "resolve", "villages.representatives.vote", "山东"),
    ("representatives-hebei", "resolve", "villages.representatives.vote", "河北"),
    ("council", "resolve", "collective.council.vote", None),
    ("members", "resolve", "collective.assembly.vote", None),
    ("outsiders", "resolve", "collective.assembly.outsiders", None),
    ("collective-representatives", "resolve", "collective.representatives.vote", None),
    ("yishi", "resolve", "villages.one_item", None),
    ("yishi", "resolve", "villages.assembly.households", None),
]


class TestALoweredBar:
    """No vote of a procedure asks less than the law of its place, and one that was lowered is found."""

    @pytest.mark.parametrize(
        ("name", "stage", "provision", "region"), OF_LAW, ids=[f"{name}-{id_}" for name, _, id_, _ in OF_LAW]
    )
    def test_against_the_law(self, name: str, stage: str, provision: str, region: str | None) -> None:
        """As it is nothing falls short; without its quorum, or with a third in favour, it does."""
        on, counted = begins(name).date(), law.provision(provision).electorate
        rule = edition(name, stage, "rule", counted)
        assert not falls_short(rule, provision, region, on)
        third = attrs.evolve(rule, passage=FOR > Fraction(1, 3) * PRESENT, joined=())
        assert falls_short(third, provision, region, on)
        if law.effective(provision, on=on, region=region).quorum is not None:
            assert falls_short(attrs.evolve(rule, quorum=None, joined=()), provision, region, on)
