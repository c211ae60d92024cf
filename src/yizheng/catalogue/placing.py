"""Which kind of matter is decided where: one function for each, with its articles and its days.

Longer than its neighbours since it is a table of the law, in the order of the laws: the village, its collective, the
city community, the owners of a building, assistance, disputes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

import attrs

from yizheng.catalogue import law
from yizheng.catalogue.forums import Forum, Ground, Need, RuledOut
from yizheng.catalogue.law import Region
from yizheng.catalogue.law.provisions import cited
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.matter import Matter
from yizheng.rules import Rule
from yizheng.text import Text, as_text
from yizheng.values.doors import all_of
from yizheng.values.frozen import FrozenMap

__all__ = ["CATEGORIES", "FACTS", "Asked", "Category", "Lacking", "Placed"]

_NEW: Final = date(2026, 1, 1)
"""Since when the organic laws of 2025 hold."""
_COLLECTIVE: Final = date(2025, 5, 1)
"""Since when the Rural Collective Economic Organisations Law holds."""
_CIVIL_CODE: Final = date(2021, 1, 1)
_ASSISTANCE: Final = date(2026, 7, 1)
"""Since when the Social Assistance Law holds."""
_REVIEWED: Final = date(2021, 7, 1)
"""Since when peer review of allowances is the exception."""

FACTS: Final = FrozenMap(
    {
        "delegated": Text(
            "会议是否已授权代表会议决定本事项（真或假；写明 delegated_by 或 mandate 的，视为已授权）",
            "whether the assembly delegated the matter to its representatives (true or false; stated delegated_by or "
            "mandate says so too)",
        ),
        "outsiders": Text(
            "是否涉及由非成员享有权利（真或假）", "whether it gives rights to those who are not members (true or false)"
        ),
        "rebuilds": Text(
            "是否改建、重建建筑物及其附属设施（真或假）",
            "whether it alters or rebuilds buildings and fixtures (true or false)",
        ),
        "emergency": Text(
            "是否属于紧急维修（写明哪一种紧急情况，或者假）",
            "whether it is an urgent repair (which emergency it is, or false)",
        ),
        "adverse": Text(
            "是否拟减少或者终止已享受的救助（真或假）",
            "whether an allowance that is paid is to be reduced or ended (true or false)",
        ),
    }
)
"""The facts that decide where a matter goes."""

_SAYS_SO: Final = {"delegated": ("delegated_by", "mandate")}


class Lacking(Exception):
    """A fact that decides is not stated."""

    def __init__(self, need: Need) -> None:
        super().__init__(need.fact)
        self.need = need


@attrs.frozen(kw_only=True)
class Asked:
    """What is asked about: a matter, a day, a place.

    Attributes:
        matter: the matter.
        on: the day.
        region: the place; ``None`` for what holds in the whole country.
    """

    matter: Matter
    on: date
    region: Region | None

    def cite(self, provision: str, article: str | None = None) -> Citation:
        """Where the country's edition of a provision stands that holds on the day, or another article of the same law.

        Raises:
            NoEdition: when none holds.
        """
        citation = cited(law.edition(provision, on=self.on))
        return citation if article is None else attrs.evolve(citation, article=article, note=None)

    def ground(self, provision: str, zh: str, en: str, article: str | None = None) -> Ground:
        """A reason, with the country's edition of a provision as its authority."""
        return Ground(words=Text(zh, en), citation=self.cite(provision, article))

    def local(self, *provisions: str) -> tuple[Ground, ...]:
        """What the region says of some provisions besides."""
        if self.region is None:
            return ()
        held = [each for id_ in provisions for each in law.provision(id_).holding(self.on, self.region)]
        return tuple(
            [
                Ground(words=Text(each.explain("zh"), each.explain("en")), citation=cited(each))
                for each in held
                if cited(each).region is not None
            ]
        )

    def flag(self, fact: str, ground: Ground) -> bool:
        """Whether a fact holds; words where a truth value is expected say what it is, and hold.

        Raises:
            Lacking: when it is not stated.
            InvalidValue: when it is stated as something else than true, false or words.
        """
        stated: Any = self.matter.facts.get(fact)
        if isinstance(stated, bool):
            return stated
        if isinstance(stated, str) and stated:
            return True
        if stated not in (None, ""):
            raise InvalidValue(
                f"the fact {fact} of matter {self.matter.id} is {shown(stated)}; write True, False or what it is"
            )
        if any(self.matter.facts.get(other) for other in _SAYS_SO.get(fact, ())):
            return True
        raise Lacking(Need(fact=fact, meaning=FACTS[fact], ground=ground))


@attrs.frozen(kw_only=True)
class Placed:
    """Where a matter goes.

    Attributes:
        forum: where it is decided.
        why: why.
        out: what was considered and does not decide.
        method: how the decision is prepared and disclosed, where a source prescribes it.
    """

    forum: Forum
    why: tuple[Ground, ...]
    out: tuple[RuledOut, ...] = ()
    method: Forum | None = None


Placing: TypeAlias = Callable[[Asked], Placed]


def _facts(values: Iterable[str]) -> tuple[str, ...]:
    taken = all_of(str, values, "facts")
    if unknown := sorted(set(taken) - FACTS.keys()):
        raise InvalidValue(f"{shown(unknown[0])} is no fact that decides; write some of {', '.join(FACTS)}")
    return taken


def _callable(value: Placing) -> Placing:
    if not callable(value):
        raise InvalidType(f"a function that places was expected, not {kind_of(value)}")
    return value


@attrs.frozen(kw_only=True)
class Category:
    """A kind of matter that can be placed.

    Attributes:
        title: what it is.
        facts: the facts by which it is decided where it goes, on some days at least.
        place: says where.
    """

    title: Text = attrs.field(converter=as_text)
    facts: tuple[str, ...] = attrs.field(default=(), converter=_facts)
    place: Placing = attrs.field(repr=False, converter=_callable)


def _forum(body: str, *provisions: str, by: str | None = None, **settings: Any) -> Forum:
    module, _, function = (by or "").partition(".")
    return Forum(
        body=body,
        provisions=provisions,
        module=module or None,
        function=function or None,
        settings=FrozenMap(settings),
    )


def _rules(provision: str) -> tuple[Rule, ...]:
    """What the country's editions of a provision say of a vote, whatever their days."""
    return tuple([each for each in law.provision(provision).editions if isinstance(each, Rule)])


def _out(body: str, ground: Ground) -> RuledOut:
    return RuledOut(body=body, ground=ground)


# The village


def _villagers(asked: Asked) -> Forum:
    return _forum(
        "villagers_assembly",
        "villages.assembly.persons",
        "villages.assembly.households",
        by="villages.villagers_assembly",
        on=asked.on,
        region=asked.region,
    )


def _delegates(asked: Asked) -> Forum:
    return _forum(
        "villagers_representative_assembly",
        "villages.representatives.vote",
        by="villages.villagers_representatives",
        on=asked.on,
        region=asked.region,
    )


def _four_two(asked: Asked, decided_by: str) -> tuple[Forum | None, tuple[Ground, ...]]:
    """That the village goes by 四议两公开, where that is prescribed on the day."""
    held = law.provision("party.four_two.duty").holding(asked.on, None)
    if not held:
        return None, ()
    body = "villagers_assembly" if decided_by == "assembly" else "villagers_representative_assembly"
    method = _forum(body, by="siyi.siyi", decided_by=decided_by, region=asked.region)
    words = Text("村级重大事项按照四议两公开办理", "important matters of a village go by 四议两公开")
    return method, (Ground(words=words, citation=cited(held[0])),)


def _village(new: str, old: str, *, since: str = "villages.assembly.matters") -> Placing:
    """A matter that the assembly decides, and may delegate to the representatives."""

    def place(asked: Asked) -> Placed:
        listed = asked.ground(
            since,
            "经村民会议讨论决定方可办理，可以授权村民代表会议决定",
            "it takes a decision of the villagers' assembly, which may delegate it to the representatives",
            new if asked.on >= _NEW else old,
        )
        if asked.flag("delegated", listed):
            method, by = _four_two(asked, "representatives")
            limits = asked.local("villages.delegation.form", "villages.delegation.deadlock", "villages.delegation.back")
            annuls = asked.ground(
                "villages.assembly.matters",
                "已授权；村民会议仍可撤销或者变更不适当的决定",
                "it has delegated the matter, and can still annul or change an improper decision",
                "27" if asked.on >= _NEW else "23",
            )
            out = (_out("villagers_assembly", annuls),)
            return Placed(forum=_delegates(asked), why=(listed, *limits, *by), out=out, method=method)
        method, by = _four_two(asked, "assembly")
        undelegated = asked.ground(
            "villages.representatives.vote",
            "只讨论决定村民会议授权的事项，本事项未经授权",
            "they decide on what the assembly delegated alone, and this was not",
            "29" if asked.on >= _NEW else "25",
        )
        out = (_out("villagers_representative_assembly", undelegated),)
        return Placed(forum=_villagers(asked), why=(listed, *by), out=out, method=method)

    return place


def _village_charter(asked: Asked) -> Placed:
    """The charter or the covenant: for the assembly, whatever was delegated."""
    new = asked.on >= _NEW
    enacts = asked.ground(
        "villages.assembly.matters",
        "村民会议制定和修改村民自治章程、村规民约，并报乡镇人民政府备案",
        "the villagers' assembly makes and changes charter and covenant, and files them with the township",
        "31" if new else "27",
    )
    undelegable = asked.ground(
        "villages.assembly.matters",
        "授权只及于这些条文所列的事项，不及于章程和村规民约",
        "what can be delegated is what these articles list, and charter and covenant are not among it",
        "27-28" if new else "23-24",
    )
    out = [_out("villagers_representative_assembly", undelegable)]
    out += [_out("villagers_representative_assembly", each) for each in asked.local("villages.delegation.matters")]
    return Placed(forum=_villagers(asked), why=(enacts,), out=tuple(out))


def _levy(asked: Asked) -> Placed:
    """Funds and labour raised from the villagers: by household (一事一议)."""
    listed = asked.ground(
        "villages.assembly.matters",
        "本村公益事业的筹资筹劳方案经村民会议讨论决定",
        "what is raised from the villagers for public works takes a decision of their assembly",
        "28(4)" if asked.on >= _NEW else "24(3)",
    )
    households = asked.ground(
        "villages.one_item",
        "一事一议按户的代表计算",
        "一事一议 counts the representatives of the households",
    )
    by_heads = asked.ground(
        "villages.one_item",
        "法定人数按户计，不按村民代表计",
        "its quorum is of households, and not of the villagers' representatives",
    )
    return Placed(
        forum=_forum("villagers_assembly", "villages.one_item", by="yishi.yishi", on=asked.on, region=asked.region),
        why=(listed, households),
        out=(_out("villagers_representative_assembly", by_heads),),
    )


def _group(asked: Asked) -> Placed:
    """What concerns one group of villagers."""
    own = asked.ground(
        "villages.group.turnout.persons",
        "村民小组的事项由村民小组会议讨论决定",
        "the matters of a villager group are for its own meeting",
    )
    forum = _forum("villager_group_meeting", "villages.group.turnout.persons", "villages.group.turnout.households")
    whole = asked.local("villages.delegation.matters")
    return Placed(
        forum=forum, why=(own,), out=tuple([_out("villagers_representative_assembly", each) for each in whole])
    )


# The rural collective


def _collective(asked: Asked) -> Placed:
    """What belongs to the rural collective: since 2025-05-01 no matter of the villagers' assembly."""
    if asked.on < _COLLECTIVE:
        later = Ground(
            words=Text("《农村集体经济组织法》尚未施行", "the law of the collectives is not in force yet"),
            citation=cited(law.provision("collective.assembly.vote").editions[0]),
        )
        placed = _village("24(8)", "24(8)")(asked)
        return attrs.evolve(placed, out=(*placed.out, _out("collective_assembly", later)))
    after = asked.on >= _NEW
    moved = asked.ground(
        "villages.assembly.collective_property" if after else "villages.assembly.matters",
        "集体财产依照《农村集体经济组织法》决定，不再由村民会议决定"
        if after
        else "法律对讨论决定村集体经济组织财产和成员权益的事项另有规定的，依照其规定",
        "collective property is decided on by the Rural Collective Economic Organisations Law, and no longer by the villagers"
        if after
        else "where another law says who decides on the property of a collective and its members' rights, that law holds",
        None if after else "24",
    )
    out = [_out("villagers_assembly", moved), _out("villagers_representative_assembly", moved)]
    instead = (
        ()
        if not after
        else (
            asked.ground(
                "villages.assembly.matters",
                "村民委员会依法代行职能的，参照适用《农村集体经济组织法》",
                "where the villagers' committee acts for a collective that was not set up, that law is applied accordingly",
                "28",
            ),
        )
    )
    members = asked.ground("collective.assembly.vote", "集体财产由成员决定", "the members decide on what is theirs")
    if asked.flag(
        "outsiders",
        asked.ground(
            "collective.assembly.outsiders",
            "由非成员享有权利的，须全体成员四分之三以上同意",
            "rights for those who are not members take three quarters of all",
        ),
    ):
        more = asked.ground(
            "collective.assembly.outsiders",
            "由非成员享有权利，须全体成员四分之三以上同意",
            "it gives rights to those who are not members, which takes three quarters of all",
        )
        forum = _forum(
            "collective_assembly",
            "collective.assembly.vote",
            "collective.assembly.outsiders",
            by="collective.members",
            outsiders=True,
        )
        too_few = _out("collective_representatives", more)
        return Placed(forum=forum, why=(members, more, *instead), out=(*out, too_few))
    sent = asked.ground(
        "collective.representatives.vote",
        "设成员代表大会的，可以由其决定",
        "where there is a meeting of representatives, it can be for them",
    )
    if asked.flag("delegated", sent):
        forum = _forum("collective_representatives", "collective.representatives.vote", by="collective.representatives")
        return Placed(forum=forum, why=(members, sent, *instead), out=tuple(out))
    forum = _forum("collective_assembly", "collective.assembly.vote", by="collective.members")
    unsent = asked.ground(
        "collective.representatives.vote", "本事项未交由成员代表大会", "the matter was not given to the representatives"
    )
    return Placed(forum=forum, why=(members, *instead), out=(*out, _out("collective_representatives", unsent)))


# The city community


def _residents(article: str, decides: str | None = None) -> Placing:
    """A matter that the residents' assembly decides, and since 2026 may delegate to the representatives."""

    def place(asked: Asked) -> Placed:
        how = {} if decides is None else {"decides": decides}
        assembly = _forum(
            "residents_assembly",
            *(f"residents.assembly.{each}" for each in ("persons", "households", "groups")),
            by="residents.residents_assembly",
            region=asked.region,
            **how,
        )
        if asked.on < _NEW:
            old = asked.ground(
                "residents.assembly.powers",
                "由居民会议决定",
                "the residents' assembly decides",
                "15" if decides == "covenant" else "10",
            )
            none = asked.ground(
                "residents.assembly.persons",
                "1989年的法律没有居民代表会议，代表只是居民会议的一种组成",
                "the law of 1989 knows no representative assembly: representatives are one composition of the assembly",
            )
            return Placed(forum=assembly, why=(old,), out=(_out("residents_representative_assembly", none),))
        listed = asked.ground(
            "residents.assembly.delegation",
            "由居民会议决定，居民会议可以授权居民代表会议决定",
            "the residents' assembly decides, and may delegate it to the representatives",
            article,
        )
        first = asked.ground(
            "residents.assembly.party_first",
            "重要事项应当先经社区党组织研究讨论",
            "the community's party organisation studies important matters first",
        )
        if asked.flag("delegated", listed):
            annuls = asked.ground(
                "residents.assembly.delegation",
                "已授权；居民会议仍可撤销或者变更不适当的决定",
                "it has delegated the matter, and can still annul or change an improper decision",
            )
            forum = _forum(
                "residents_representative_assembly",
                "residents.representatives.vote",
                by="residents.residents_representatives",
                region=asked.region,
            )
            return Placed(forum=forum, why=(listed, first), out=(_out("residents_assembly", annuls),))
        undelegated = asked.ground(
            "residents.assembly.delegation",
            "未经居民会议授权",
            "the assembly did not delegate it",
        )
        return Placed(
            forum=assembly,
            why=(listed, first),
            out=(_out("residents_representative_assembly", undelegated),),
        )

    return place


def _consultation(village: bool) -> Placing:  # noqa: FBT001 -- which of two laws
    provision = "villages.consultation" if village else "residents.consultation"

    def place(asked: Asked) -> Placed:
        may = asked.ground(
            provision,
            "涉及切身利益的公共事务应当组织协商，可以采取听证会等形式；协商确定的及时落实，需要决定的提交会议",
            "what concerns people closely is consulted, in a hearing or otherwise; what is agreed is carried out, and what "
            "needs a decision goes to the assembly",
        )
        decides = asked.ground(provision, "协商不代替决定", "a consultation does not replace a decision", None)
        body = "villagers_assembly" if village else "residents_assembly"
        return Placed(
            forum=_forum("hearing", by="hearings.hearing", region=asked.region),
            why=(may, *asked.local("hearing.effect")),
            out=(_out(body, decides),),
        )

    return place


# The owners


def _not_owners(asked: Asked) -> tuple[RuledOut, ...]:
    """Who does not decide in the place of the owners."""
    owners_only = asked.ground(
        "owners.vote.other",
        "由业主共同决定；居民会议和居民代表会议不代替业主",
        "the owners decide together; assemblies of residents do not replace them",
        "278" if asked.on >= _CIVIL_CODE else None,
    )
    relay = asked.local("owners.representatives")
    return (
        _out("residents_assembly", owners_only),
        _out("residents_representative_assembly", owners_only),
        *[_out("owners_committee", each) for each in relay],
    )


def _owners(item: int, name: str) -> Placing:
    """One of the nine items of Civil Code art. 278."""

    def place(asked: Asked) -> Placed:
        provision = f"owners.vote.{name}"
        why = asked.ground(
            provision,
            "由业主共同决定",
            "the owners decide together",
            f"278({item})" if asked.on >= _CIVIL_CODE else None,
        )
        forum = _forum("owners_assembly", provision, by="owners.owners_assembly", item=item, region=asked.region)
        return Placed(forum=forum, why=(why, *asked.local("owners.count.scope")), out=_not_owners(asked))

    return place


def _fund(asked: Asked) -> Placed:
    """Money from the maintenance fund: by a vote, or without one where the repair is urgent."""
    urgent = (
        asked.ground(
            "owners.emergency",
            "紧急情况下需要维修的，可以依法申请使用维修资金，无须表决",
            "where a repair is urgent the fund can be applied for by law, without a vote",
        )
        if asked.on >= _CIVIL_CODE
        else None
    )
    if urgent is not None and asked.flag("emergency", urgent):
        forum = _forum("owners_committee", by="owners.emergency_repair", region=asked.region)
        local = asked.local("owners.emergency")
        return Placed(forum=forum, why=(urgent, *local), out=(_out("owners_assembly", urgent),))
    placed = _owners(5, "fund_use")(asked)
    out = placed.out
    if urgent is not None:
        calm = attrs.evolve(urgent, words=Text("不属于紧急情况", "no emergency is stated"))
        out = (*out, _out("owners_committee", calm))
    return attrs.evolve(placed, out=out, why=(*placed.why, *asked.local("owners.vote.fund_by_no_objection")))


def _home_business(asked: Asked) -> Placed:
    """A home turned into business premises: every interested owner consents."""
    each = asked.ground(
        "owners.vote.unanimity",
        "应当经有利害关系的业主一致同意",
        "all interested owners must consent",
    )
    majority = asked.ground(
        "owners.vote.unanimity.majority",
        "多数业主同意不能代替",
        "the consent of a majority does not do",
    )
    return Placed(
        forum=_forum("interested_owners", "owners.vote.unanimity"),
        why=(each,),
        out=(_out("owners_assembly", majority),),
    )


def _courtyard(asked: Asked) -> Placed:
    """The works of a courtyard: the method of the source report, with the vote of all owners."""
    from yizheng.catalogue.yizheng import REPORT  # noqa: PLC0415 -- its rules are loaded for what goes by them

    items = asked.ground(
        "owners.vote.rebuilding",
        "改建、重建建筑物及其附属设施须四分之三以上同意，其他重大事项过半数同意",
        "altering or rebuilding takes three quarters of those taking part, other major matters more than half",
        "278" if asked.on >= _CIVIL_CODE else None,
    )
    rebuilds = asked.flag("rebuilds", items)
    name = "rebuilding" if rebuilds else "other"
    method = Ground(
        words=Text(
            "两委提议，与业主代表协商，全体业主投票表决",
            "the two committees propose, owners' representatives are consulted, all owners vote",
        ),
        citation=REPORT,
    )
    forum = _forum(
        "owners_assembly", f"owners.vote.{name}", by="yizheng.courtyard", owners=_rules(f"owners.vote.{name}")
    )
    return Placed(forum=forum, why=(method, items), out=_not_owners(asked))


# Assistance


def _allowance(asked: Asked) -> Placed:
    """An allowance: the county confirms, whoever was heard before."""
    county = asked.ground(
        "assistance.decision",
        "由县级民政部门审核确认",
        "the county civil affairs department confirms",
    )
    no_vote = asked.ground(
        "assistance.decision",
        "居民代表会议的决议不是确认决定",
        "a resolution of the representatives is no decision on the allowance",
    )
    out = [_out("residents_representative_assembly", no_vote)]
    panel = "review_panel"
    if asked.on >= _ASSISTANCE:
        out.append(
            _out(
                panel,
                asked.ground(
                    "assistance.investigation",
                    "群众评议不再列入调查方法",
                    "peer review is no longer among the ways of inquiry",
                ),
            )
        )
    elif asked.on >= _REVIEWED:
        out.append(
            _out(
                panel,
                asked.ground(
                    "allowance.peer_review",
                    "公示有异议的，才重新调查或者民主评议",
                    "there is a new inquiry or a peer review only where somebody objects to the posting",
                ),
            )
        )
    hears = (
        asked.ground(
            "assistance.reduction.hearing",
            "减少或者终止救助之前听取救助对象的意见",
            "before an allowance is reduced or ended the recipient is heard",
        )
        if asked.on >= _ASSISTANCE
        else county
    )
    function = "allowance_change" if asked.flag("adverse", hears) else "allowance_review"
    why = (county, hears) if function == "allowance_change" and asked.on >= _ASSISTANCE else (county,)
    forum = _forum("county_civil_affairs", by=f"assistance.{function}", on=asked.on, region=asked.region)
    return Placed(forum=forum, why=why, out=tuple(out))


# Disputes


def _dispute(asked: Asked) -> Placed:
    """A dispute: mediated with the parties' consent, and never voted on."""
    agreed = asked.ground(
        "mediation.refusal",
        "经当事人自愿调解，达成协议；一方明确拒绝的，不得调解",
        "it is mediated of the parties' own will, and ends in what they agree; where one plainly refuses it is not",
    )
    nobody_votes = asked.ground(
        "mediation.agreement",
        "协议由当事人达成，不由会议表决",
        "an agreement is made by the parties, and no meeting votes on it",
    )
    court = asked.ground(
        "mediation.failure",
        "调解不成的，当事人可以依法通过仲裁、行政、司法等途径维护权利；不得因调解而阻止",
        "where it fails the parties can take arbitration, the administration or the courts; mediation keeps nobody from that",
    )
    bodies = ("residents_assembly", "residents_representative_assembly", "villagers_assembly", "owners_assembly")
    return Placed(
        forum=_forum("peoples_mediation_committee", by="disputes.mediation"),
        why=(agreed, court),
        out=tuple([_out(body, nobody_votes) for body in bodies]),
    )


_DELEGATED: Final = ("delegated",)

CATEGORIES: Final[Mapping[str, Category]] = FrozenMap(
    {
        id_: Category(title=Text(zh, en), facts=facts, place=place)
        for id_, zh, en, facts, place in (
            (
                "village.planning",
                "村庄规划、建设",
                "planning and building in a village",
                _DELEGATED,
                _village("28(1)", "24(9)"),
            ),
            (
                "village.work_allowances",
                "误工补贴",
                "who gets paid for work lost, and how much",
                _DELEGATED,
                _village("28(2)", "24(1)"),
            ),
            (
                "village.collective_income",
                "从村集体经济所得的使用",
                "the use of what the village gets from its collective",
                _DELEGATED,
                _village("28(3)", "24(2)"),
            ),
            (
                "village.public_works",
                "公益事业的兴办和建设承包",
                "public works of a village",
                _DELEGATED,
                _village("28(4)", "24(3)"),
            ),
            ("village.levy", "筹资筹劳", "funds and labour raised from the villagers", (), _levy),
            (
                "village.aid",
                "重点帮扶人员、帮扶方案",
                "whom a village helps, and how",
                _DELEGATED,
                _village("28(5)", "24(9)"),
            ),
            (
                "village.other",
                "村民会议认为应当由其决定的其他事项",
                "other matters of a village",
                _DELEGATED,
                _village("28(6)", "24(9)"),
            ),
            (
                "village.annual_report",
                "年度工作报告和评议",
                "the committee's yearly report and its review",
                _DELEGATED,
                _village("27", "23"),
            ),
            ("village.charter", "村民自治章程", "the charter of a village", (), _village_charter),
            ("village.covenant", "村规民约", "the covenant of a village", (), _village_charter),
            ("village.group", "村民小组的事项", "a matter of one villager group", (), _group),
            ("village.consultation", "村民协商", "a consultation in a village", (), _consultation(village=True)),
            (
                "collective.property",
                "集体财产",
                "the property of a rural collective",
                ("outsiders", "delegated"),
                _collective,
            ),
            (
                "residents.important",
                "涉及全体居民利益的重要事项",
                "important matters of all residents",
                _DELEGATED,
                _residents("30"),
            ),
            ("residents.charter", "居民自治章程", "the residents' charter", _DELEGATED, _residents("30", "charter")),
            ("residents.covenant", "居民公约", "the residents' covenant", _DELEGATED, _residents("30", "covenant")),
            (
                "residents.annual_report",
                "年度工作报告和评议",
                "the committee's yearly report and its review",
                _DELEGATED,
                _residents("30"),
            ),
            ("residents.consultation", "居民协商", "a consultation of residents", (), _consultation(village=False)),
            (
                "owners.rules_of_procedure",
                "业主大会议事规则",
                "the owners' rules of procedure",
                (),
                _owners(1, "rules_of_procedure"),
            ),
            ("owners.covenant", "管理规约", "the owners' covenant", (), _owners(2, "covenant")),
            (
                "owners.committee",
                "选举或者更换业主委员会成员",
                "electing or replacing the owners' committee",
                (),
                _owners(3, "committee"),
            ),
            (
                "owners.manager",
                "选聘和解聘物业服务企业",
                "hiring or dismissing the property firm",
                (),
                _owners(4, "manager"),
            ),
            ("owners.fund_use", "使用维修资金", "the use of the maintenance fund", ("emergency",), _fund),
            ("owners.fund_raising", "筹集维修资金", "raising the maintenance fund", (), _owners(6, "fund_raising")),
            (
                "owners.rebuilding",
                "改建、重建建筑物及其附属设施",
                "altering or rebuilding buildings and fixtures",
                (),
                _owners(7, "rebuilding"),
            ),
            (
                "owners.common_parts",
                "改变共有部分的用途或者利用其经营",
                "changing the use of common parts, or a business on them",
                (),
                _owners(8, "common_parts"),
            ),
            ("owners.other", "其他重大事项", "other major matters of the owners", (), _owners(9, "other")),
            ("owners.home_business", "住宅改为经营性用房", "turning a home into business premises", (), _home_business),
            ("courtyard", "院落整治", "the works of a courtyard", ("rebuilds",), _courtyard),
            ("allowance", "最低生活保障", "a living allowance", ("adverse",), _allowance),
            ("dispute", "矛盾纠纷", "a dispute", (), _dispute),
        )
    }
)
"""Every kind of matter that can be placed, by the category that its matters bear."""
