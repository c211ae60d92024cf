"""What representatives decide only because it was delegated to them: in placing, at the opening, and on the day of the meeting.

Organic Law of Villagers' Committees art. 29 (before 2026 art. 25), Organic Law of Urban Residents' Committees art. 30,
Rural Collective Economic Organisations Law art. 28. The matters are invented.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import attrs
import pytest

from roads import along, do, opened, rolls_for
from walks import SHANGHAI
from yizheng import Case, Matter, catalogue
from yizheng.catalogue import collective, hearings, residents, siyi, villages
from yizheng.conformance import conform
from yizheng.errors import InvalidType, InvalidValue
from yizheng.procedure import Procedure, Tendency, diff
from yizheng.reasons import Refused
from yizheng.stages import Convene, Delegation

LAST = date(2026, 12, 31)
GIVEN = {"delegated_by": "第2号决定（虚构）", "delegated_until": str(LAST)}
PROCEDURES: dict[str, Procedure] = {
    "villages": villages.REPRESENTATIVES,
    "residents": residents.REPRESENTATIVES,
    "residents' covenant": residents.residents_representatives(decides="covenant"),
    "siyi": siyi.SIYI,
    "siyi of joint households": siyi.siyi(decided_by="joint_households"),
    "siyi of a community": siyi.COMMUNITY_SIYI,
    "wuyi": siyi.WUYI,
}
EVERY = pytest.mark.parametrize("name", PROCEDURES)


def noon(on: date) -> datetime:
    """A moment of a day."""
    return datetime.combine(on, time(12), SHANGHAI)


def codes(procedure: Procedure, on: date, **facts: Any) -> set[str]:
    """The codes by which an opening is refused."""
    with pytest.raises(Refused) as no:
        opened(procedure, at=noon(on), facts=facts)
    return set(no.value.codes)


@EVERY
class TestOpening:
    """A case of representatives opens with a delegation that holds, and with none that does not."""

    def test_it_holds_to_its_last_day(self, name):
        """On the last day it opens; on the next it is refused, with the article."""
        assert opened(PROCEDURES[name], at=noon(LAST), facts=GIVEN).version == 1
        assert codes(PROCEDURES[name], LAST + timedelta(days=1), **GIVEN) == {"DELEGATION_ENDED"}

    def test_nothing_stated(self, name):
        """Neither by what nor until when: both are missing."""
        assert codes(PROCEDURES[name], LAST, delegated_by="", delegated_until=None) == {"MISSING_FACT"}

    @pytest.mark.parametrize(
        "denied",
        [{"delegated_by": False}, {"delegated_by": "否"}, {"delegated_by": "not yet"}, {"delegated_by": True}, {"delegated": False}],
        ids=["false", "no in Chinese", "not yet", "nobody says by what", "plainly"],
    )  # fmt: skip
    def test_it_is_denied(self, name, denied):
        """What says that it was not delegated, or not by what, is refused."""
        assert codes(PROCEDURES[name], LAST, **{**GIVEN, **denied}) == {"NOT_DELEGATED"}

    @pytest.mark.parametrize("term", ["2026", "2026-13-01", "20261231", "２０２６-12-31", True, 5, "本届任期"])
    def test_what_is_no_day(self, name, term):
        """A term that is no day is refused; one that was not set is stated as false."""
        assert codes(PROCEDURES[name], LAST, **{**GIVEN, "delegated_until": term}) == {"BAD_TERM"}
        assert opened(PROCEDURES[name], at=noon(LAST), facts={**GIVEN, "delegated_until": False}).version == 1

    def test_it_is_read_back(self, name):
        """The definition comes back from its data, with the article of the delegation."""
        procedure = PROCEDURES[name]
        again = Procedure.from_data(procedure.to_data())
        assert again == procedure
        assert again.decider.delegation.citation is not None


class TestWhoAsks:
    """Only representatives ask for it, each by their own law."""

    def test_assemblies_decide_of_their_own_right(self):
        """No assembly asks for a delegation."""
        for procedure in (
            villages.ASSEMBLY, villages.COVENANT, residents.ASSEMBLY, siyi.siyi(decided_by="assembly"),
            siyi.siyi(community=True, decided_by="assembly"), collective.MEMBERS,
            residents.residents_representatives(delegated=False),
        ):  # fmt: skip
            assert procedure.facts == {}
            assert procedure.decider.delegation is None

    @pytest.mark.parametrize(
        ("procedure", "article"),
        [
            (villages.REPRESENTATIVES, "29"),
            (villages.REPRESENTATIVES_BEFORE_2026, "25"),
            (residents.REPRESENTATIVES, "30"),
            (siyi.COMMUNITY_SIYI, "30"),
            (collective.REPRESENTATIVES, "28"),
        ],
        ids=["villages", "villages before 2026", "residents", "community", "collective"],
    )
    def test_the_article(self, procedure, article):
        """The refusal says on what authority."""
        assert procedure.decider.delegation.citation.article == article

    def test_a_term_in_zhejiang(self):
        """Zhejiang art. 16: a delegation sets a term; elsewhere it may set none."""
        there = villages.villagers_representatives(region="浙江")
        assert codes(there, LAST, **{**GIVEN, "delegated_until": False}) == {"BAD_TERM"}
        assert codes(siyi.siyi(region="浙江"), LAST, **{**GIVEN, "delegated_until": False}) == {"BAD_TERM"}

    def test_a_collective(self):
        """Art. 28: the charter of the collective says it; what villagers delegated does not do."""
        assert codes(collective.REPRESENTATIVES, LAST, **GIVEN, collective_charter="") == {"MISSING_FACT"}
        assert codes(collective.REPRESENTATIVES, LAST, collective_charter=False) == {"NOT_DELEGATED"}
        assert opened(collective.REPRESENTATIVES, at=noon(LAST), facts={"collective_charter": "第12条"}).version == 1


class TestMeeting:
    """E26: what is delegated on the day of the opening must still be on the day of the meeting."""

    def called(self, held: date) -> Case:
        """The representatives are called for a day."""
        case = opened(villages.REPRESENTATIVES, at=noon(date(2026, 12, 1)), facts=GIVEN)
        case = along(case, ["study.carried"])
        return do(case, Convene(held_at=noon(held)), noon(date(2026, 12, 20)))

    def test_the_day_of_the_meeting(self):
        """On the last day it may be held; a day later the call is refused."""
        assert self.called(LAST).progress.sitting is not None
        with pytest.raises(Refused) as no:
            self.called(LAST + timedelta(days=1))
        assert set(no.value.codes) == {"DELEGATION_ENDED"}
        (reason,) = no.value.reasons
        assert (reason.values["until"], reason.values["on"]) == (LAST, LAST + timedelta(days=1))
        for language in ("zh", "en"):
            assert str(LAST) in reason.explain(language)

    def test_a_vote_in_writing(self):
        """The last day of the vote counts."""
        resolve = attrs.evolve(residents.REPRESENTATIVES.decider, modes=["written"], rule=RETURNED)
        stages = [resolve if stage.id == "resolve" else stage for stage in residents.REPRESENTATIVES.stages]
        case = opened(attrs.evolve(residents.REPRESENTATIVES, stages=stages), at=noon(date(2026, 12, 1)), facts=GIVEN)
        case = along(case, ["study.carried"])
        held, at = noon(date(2026, 12, 25)), noon(date(2026, 12, 20))
        assert do(case, Convene(held_at=held, until=noon(LAST), mode="written"), at).version == case.version + 1
        with pytest.raises(Refused, match="DELEGATION_ENDED"):
            do(case, Convene(held_at=held, until=noon(LAST) + timedelta(days=1), mode="written"), at)


RETURNED = attrs.evolve(catalogue.law.provision("villages.delegation.written.households").editions[0], electorate=None)
"""A rule that counts what came back, and nobody who is present."""


class TestElsewhere:
    """Batches, records judged again, and differences know of it too."""

    def test_in_a_batch(self):
        """Each matter of a batch must have been delegated, and the reason names it."""
        procedure = attrs.evolve(siyi.COMMUNITY_SIYI, shared=["propose", "discuss"])
        items = [Matter(each, title="x", category="x", facts=GIVEN) for each in "ab"]
        items[1] = attrs.evolve(items[1], facts={**GIVEN, "delegated_until": "2026-01-01"})
        offices = {office.id: {f"{office.id}-1"} for office in procedure.offices}
        with pytest.raises(Refused) as no:
            Case.open_batch(
                Matter("batch", title="x", category="x"), items, procedure, rolls_for(procedure), offices,
                at=noon(LAST), by="secretary-1", salt=b"0" * 16,
            )  # fmt: skip
        (reason,) = no.value.reasons
        assert (reason.code, reason.values["of_item"]) == ("DELEGATION_ENDED", "b")

    def test_conform(self):
        """A record that was opened without asking departs at its opening."""
        asks = villages.REPRESENTATIVES
        never = attrs.evolve(
            asks,
            stages=[attrs.evolve(s, delegation=None) if s.id == "resolve" else s for s in asks.stages],
        )
        case = opened(never, at=noon(date(2027, 3, 1)), facts=GIVEN)
        told = conform(asks, case.entries).explain("en")
        assert "it was delegated until 2026-12-31" in told
        assert "it was delegated" not in conform(never, case.entries).explain("en")

    def test_diff(self):
        """Asking for it is stricter, and not asking any more is looser; so is a term."""
        asks = villages.REPRESENTATIVES
        for before, after, tendency in (
            (None, Delegation(), Tendency.STRICTER),
            (Delegation(), None, Tendency.LOOSER),
            (Delegation(), Delegation(term=True), Tendency.STRICTER),
            (Delegation(), Delegation(by="charter"), Tendency.NEITHER),
        ):
            old, new = (
                attrs.evolve(
                    asks, stages=[attrs.evolve(s, delegation=each) if s.id == "resolve" else s for s in asks.stages]
                )
                for each in (before, after)
            )
            (change,) = diff(old, new)
            assert change.tendency is tendency

    def test_hopeless(self):
        """What are no facts and no day are errors of the library."""
        with pytest.raises(InvalidValue):
            Delegation().faults(5, LAST)
        with pytest.raises(InvalidType):
            Delegation().faults({}, "2026")


class TestPlacing:
    """``applicable`` reads a delegation as its procedure does."""

    def asked(self, category: str, on: date, region: str | None = None, **facts: Any) -> Any:
        """Where a matter goes."""
        return catalogue.applicable(Matter("m", title="x", category=category, facts=facts), on=on, region=region)

    @pytest.mark.parametrize(
        ("category", "body"),
        [("village.other", "villagers"), ("residents.covenant", "residents"), ("residents.important", "residents")],
    )
    def test_the_last_day(self, category, body):
        """To the last day the representatives decide; from the next the assembly does, and it is said why."""
        assert self.asked(category, LAST, **GIVEN).forum.body == f"{body}_representative_assembly"
        after = self.asked(category, LAST + timedelta(days=1), **GIVEN)
        assert after.forum.body == f"{body}_assembly"
        (out,) = after.ruled_out
        assert out.body == f"{body}_representative_assembly"
        assert "it was delegated until 2026-12-31, and not any more" in after.explain("en")
        assert "授权至2026-12-31为止" in after.explain("zh")

    def test_no_term(self):
        """Where no term was set it holds; in Zhejiang (art. 16) that is no delegation."""
        stated = {**GIVEN, "delegated_until": False}
        assert self.asked("village.other", LAST, **stated).forum.body == "villagers_representative_assembly"
        there = self.asked("village.other", LAST, "浙江", **stated)
        assert there.forum.body == "villagers_assembly"
        assert there.ruled_out[0].ground.citation.article == "16"

    @pytest.mark.parametrize(
        "facts",
        [{**GIVEN, "delegated": False}, {"delegated": True, "delegated_by": False}],
        ids=["no, and by what", "yes, and by nothing"],
    )
    def test_what_contradicts(self, facts):
        """Facts that contradict each other are an error that names both."""
        with pytest.raises(InvalidValue, match="delegated and delegated_by of matter m contradict each other"):
            self.asked("village.other", LAST, **facts)

    @pytest.mark.parametrize("term", ["2026-13-01", "本届任期", True, 5])
    def test_what_is_no_day(self, term):
        """A term that is no day is an error that says how it is written."""
        with pytest.raises(InvalidValue, match=r'delegated_until of matter m .*"2026-12-31", or False'):
            self.asked("village.other", LAST, **{**GIVEN, "delegated_until": term})

    def test_yes_alone(self):
        """That it was delegated, without by what, does not do."""
        (need,) = self.asked("village.other", LAST, delegated=True).needs
        assert (need.fact, need.instead) == ("delegated_by", "delegated")

    def test_a_collective(self):
        """Art. 28: what villagers delegated places nothing; the charter does, and not what is for the members alone."""
        ours = {"outsiders": False, **GIVEN}
        (need,) = self.asked("collective.property", LAST, **ours).needs
        assert need.fact == "collective_charter"
        charter = {**ours, "collective_charter": "章程第12条"}
        (need,) = self.asked("collective.property", LAST, **charter).needs
        assert need.fact == "reserved"
        assert "art. 28" in need.explain("en")
        for reserved, body in ((True, "collective_assembly"), (False, "collective_representatives")):
            found = self.asked("collective.property", LAST, **charter, reserved=reserved)
            assert found.forum.body == body
        before = self.asked("collective.property", date(2025, 4, 30), **charter)
        assert before.forum.body == "villagers_representative_assembly"


class TestFiling:
    """Charter and covenant go to a procedure that files them, by the law of the day."""

    @pytest.mark.parametrize(
        ("category", "on", "facts", "article"),
        [
            ("village.charter", date(2026, 1, 1), {}, "31"),
            ("village.covenant", date(2026, 1, 1), {}, "31"),
            ("village.charter", date(2025, 12, 31), {}, "27"),
            ("village.covenant", date(2025, 12, 31), {}, "27"),
            ("residents.covenant", date(2025, 12, 31), {}, "15"),
            ("residents.covenant", date(2026, 1, 1), {"delegated_by": False}, "31"),
            ("residents.covenant", date(2026, 1, 1), GIVEN, "31"),
            ("residents.charter", date(2026, 1, 1), {"delegated_by": False}, "31"),
            ("residents.charter", date(2026, 1, 1), GIVEN, "31"),
        ],
    )
    def test_it_is_filed(self, category, on, facts, article):
        """The last stage before the end is the filing, and it is a duty; the article is that of the law of the day."""
        found = catalogue.applicable(Matter("m", title="x", category=category, facts=facts), on=on)
        procedure = found.procedure()
        file = procedure.stage("file")
        assert file.source.explain("en").endswith(f"art. {article}")
        assert "file.confirmed" in procedure.mandatory
        assert procedure.prove().holds
        assert any("file" in ground.words.en for ground in found.why)

    def test_the_charter_of_residents_before_2026(self):
        """The law of 1989 names the covenant alone (art. 15): the charter was an important matter (art. 10), not filed."""
        found = catalogue.applicable(Matter("m", title="x", category="residents.charter"), on=date(2025, 12, 31))
        assert [ground.citation.article for ground in found.why] == ["10"]
        assert [stage.id for stage in found.procedure().stages] == ["resolve", "disclose_resolution"]


class TestTheLawOfTheDay:
    """A matter of residents before 2026 gets nothing of the law of 2025; a village gets nothing of the city's."""

    @pytest.mark.parametrize("category", ["important", "charter", "covenant", "annual_report"])
    def test_no_study_before_2026(self, category):
        """The study by the party organisation is a duty since 2026 alone (art. 30)."""
        matter = Matter("m", title="x", category=f"residents.{category}", facts={"delegated_by": False})
        before = catalogue.applicable(matter, on=date(2025, 12, 31)).procedure()
        since = catalogue.applicable(matter, on=date(2026, 1, 1)).procedure()
        assert ("study" in before.order, "study" in since.order) == (False, True)
        assert all(source.in_force(date(2025, 12, 31)) for source in before.sources)

    def test_the_study_is_no_veto(self):
        """Since the law says nothing of what follows, residents decide as villagers do."""
        for procedure in (residents.ASSEMBLY, residents.REPRESENTATIVES, villages.ASSEMBLY):
            assert procedure.routes["study"]["lost"] == "resolve"

    def test_a_consultation_of_a_village(self):
        """It goes by art. 33 of the law of villages, with the township, and posts on the village's board (art. 35)."""
        matter = Matter("m", title="x", category="village.consultation")
        procedure = catalogue.applicable(matter, on=date(2026, 1, 1)).procedure()
        assert procedure == hearings.VILLAGE_HEARING
        assert procedure.stage("hear").source.article == "33"
        assert procedure.stage("disclose_advice").least[-1].citation.article == "35"
        assert {office.id for office in procedure.offices} == {"secretary", "chair", "supervisor", "township"}
        told = str(procedure.to_data())
        assert "城市居民委员会" not in told
        assert "社区书记" not in told
        city = catalogue.applicable(attrs.evolve(matter, category="residents.consultation"), on=date(2026, 1, 1))
        assert city.procedure() == hearings.HEARING
