"""The organic law of villages as it shapes a procedure: which rules hold on the days of a law, and what it adds.

Shared by :mod:`~yizheng.catalogue.villages` and :mod:`~yizheng.catalogue.yishi`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import law, local
from yizheng.catalogue.common import BEFORE_2026, NEW_LAW, board, vote
from yizheng.catalogue.local import Place
from yizheng.citation import Certainty, Citation
from yizheng.procedure import Body
from yizheng.procedure.duties import ChainPrecedence, ChainResponse, Precedence, Response, Template
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Disclosure, Stage
from yizheng.text import Text
from yizheng.values.doors import a_day

__all__ = ["ASSEMBLY", "PARTY", "POSTED_BEFORE_2026", "STUDIED", "OrganicLaw", "disclosed_within", "organic_law"]

PARTY: Final = Body("village_party_org", Text("村党组织", "the village party organisation"))
ASSEMBLY: Final = Body("villagers_assembly", law.BODIES["villagers_assembly"])

POSTED_BEFORE_2026: Final = Period(
    15,
    citation=Citation(
        instrument=Text("本库默认值", "default of this library"),
        in_force_to=BEFORE_2026,
        certainty=Certainty.INFERRED,
        note=Text(
            "2026年以前的法律未写公开期限，取后来法律的15日",
            "before 2026 the law states no period; the fifteen days of the later law are taken",
        ),
    ),
)
"""How long notices hang before 2026, where no region says."""


@attrs.frozen(kw_only=True)
class OrganicLaw:
    """The law of a day in a place: its first and last day, and what it shapes."""

    name: str
    region: Place
    since: date | None
    until: date | None

    @property
    def new(self) -> bool:
        """Whether it is the law of 2026."""
        return self.since is not None

    def source(self, *provisions: str) -> Citation:
        """Where provisions are written on its days."""
        return local.source(*provisions, region=self.region, since=self.since, until=self.until)

    def rules(self, *provisions: str, by_law: Rule | Iterable[Rule] = ()) -> tuple[Rule, ...]:
        """The rules of several provisions on its days; by persons and by households, each for its own roll."""
        return local.rules(*provisions, region=self.region, by_law=by_law, since=self.since, until=self.until)

    def periods(
        self,
        provision: str,
        by_law: Period | Iterable[Period],
        otherwise: Iterable[Period] = (),
        *,
        deadline: bool = False,
    ) -> tuple[Period, ...]:
        """The periods of a provision on its days."""
        return local.periods(
            provision,
            region=self.region,
            by_law=by_law,
            otherwise=otherwise,
            since=self.since,
            until=self.until,
            deadline=deadline,
        )

    def studied(self, majority: Rule | Iterable[Rule]) -> tuple[Stage, ...]:
        """The study by the party organisation, which the law asks for since 2026."""
        if not self.new:
            return ()
        title = Text("村党组织先行研究", "study by the party organisation")
        source = law.provision("villages.assembly.party_first").editions[0].citation
        return (Deliberation(id="study", title=title, source=source, body=PARTY.id, rule=majority),)

    def assembly(
        self,
        stage: str,
        title: Text,
        source: Citation | None,
        by_law: Rule | Iterable[Rule],
        notice: Period | Iterable[Period],
    ) -> Deliberation:
        """A meeting of the villagers, by persons or by representatives of the households, as the roll lists."""
        return Deliberation(
            id=stage,
            title=title,
            source=source,
            body=ASSEMBLY.id,
            rule=self.rules("villages.assembly.persons", "villages.assembly.households", by_law=by_law),
            notice=self.periods("villages.assembly.notice", notice),
            notice_waivable=self.new,
        )

    def duties(self, end: str, decided: Iterable[str] = ("resolve",)) -> tuple[Template, ...]:
        """What the law of the day asks for besides the stages: study first, and at once a disclosure of what was carried.

        Args:
            end: where a resolution that stood has come to.
            decided: the stages that can decide.
        """
        party_first = law.provision("villages.assembly.party_first").editions[0].citation
        at_once = self.source("villages.disclosure.frequency")
        carried = [f"{stage}.carried" for stage in decided]
        return (
            *((Precedence("study", "resolve", source=party_first),) if self.new else ()),
            ChainResponse(carried, "disclose_resolution", source=at_once),
            ChainPrecedence(carried, "disclose_resolution", source=at_once),
            *disclosed_within(end, self.region, self.since, self.until),
        )

    def disclosed(self, posted: Period | Iterable[Period], answer: Period | Iterable[Period]) -> Disclosure:
        """The resolution on the board."""
        return board(
            "disclose_resolution",
            Text("决议公开", "disclose the resolution"),
            source=self.source("villages.disclosure.frequency"),
            least=self.periods("villages.disclosure.posted", posted, (POSTED_BEFORE_2026,)),
            answer=self.periods("villages.objection.answer.committee", answer, deadline=True),
        )


def organic_law(on: date, region: Place) -> OrganicLaw:
    """The law of a day in a place.

    Raises:
        InvalidType: when it is no day.
    """
    if a_day(on, "on") < NEW_LAW:
        return OrganicLaw(name="2010", region=region, since=None, until=BEFORE_2026)
    return OrganicLaw(name="2025", region=region, since=NEW_LAW, until=None)


def disclosed_within(
    end: str, region: Place, since: date | None = None, until: date | None = None
) -> tuple[Response, ...]:
    """The duty to disclose a resolution within the time that a region sets, where it stood to an end; none elsewhere.

    What the township has corrected before it was posted is not owed any more.
    """
    within = local.periods("villages.disclosure.within", region=region, since=since, until=until, deadline=True)
    if not within:
        return ()
    source = within[-1].citation
    return (Response("resolve.carried", "disclose_resolution:post", within=within, source=source, ends=[end]),)


STUDIED: Final = vote(carried="resolve", lost="resolve", returned="study", void="study")
"""Where the study leads. What follows where the party organisation does not support a matter is not said: its opinion
stands in the record, and the villagers decide, since they can call for a meeting themselves (art. 25)."""
