"""Write the parts of the pages that the code knows better than any author.

Run ``python docs/generate.py`` after a change of the code; a test holds that the pages say what it would write. A part
stands between ``<!-- generated: name -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from making import actions as action_pages
from making import findings, rooms, shown
from yizheng.case import Open, OpenBatch, TakeUp
from yizheng.case.entry import SALT_BYTES
from yizheng.catalogue import (
    assistance,
    collective,
    disputes,
    hearings,
    law,
    owners,
    residents,
    siyi,
    villages,
    yishi,
)
from yizheng.catalogue import yizheng as catalogue
from yizheng.catalogue.applying import CATEGORIES, FACTS
from yizheng.citation import Certainty, Citation
from yizheng.conformance import markup
from yizheng.conformance.events import EVENTS, LOG
from yizheng.conformance.ocel import TOLD
from yizheng.people.faults import LISTED
from yizheng.procedure import Procedure
from yizheng.procedure.changed import CHANGES
from yizheng.procedure.checks import AT_MOST, NAMES_AT_MOST, STAGES_AT_MOST
from yizheng.procedure.cures import CURES
from yizheng.procedure.duties import MOST as COUNTED_AT_MOST
from yizheng.procedure.exploring import PLACES_AT_MOST
from yizheng.procedure.faults import FAULTS
from yizheng.procedure.finding import TOLD_AT_MOST
from yizheng.procedure.keeping import STATES_AT_MOST, STEPS_AT_MOST
from yizheng.reasons import CODES
from yizheng.rules import Rule, algebra, counting
from yizheng.rules.notation import SIZE
from yizheng.rules.reading import RULES
from yizheng.rules.silence import WAYS
from yizheng.stages import ANYWHERE, KINDS, LEAVING, Destroy, FillPlaces
from yizheng.text import Language
from yizheng.values.exact import DIGITS
from yizheng.values.names import NAME_LIMIT, PROSE_LIMIT
from yizheng.values.plain import DEPTH, ITEMS
from yizheng.values.scalars import SAFE_INTEGER

HERE: Final = Path(__file__).parent
PART: Final = re.compile(r"(<!-- generated: ([a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)

KIND_TITLES: Final = {
    "solicitation": ("征求意见", "solicitation"),
    "deliberation": ("议事表决", "deliberation"),
    "hearing": ("听证", "hearing"),
    "disclosure": ("公开", "disclosure"),
    "referral": ("上报", "referral"),
    "implementation": ("实施", "implementation"),
    "evaluation": ("评议", "evaluation"),
    "screening": ("排查", "screening"),
    "mediation": ("调解", "mediation"),
    "follow_up": ("回访", "follow-up"),
    "archive": ("归档", "archive"),
    "personal_hearing": ("听取意见", "hearing of those concerned"),
}
CERTAINTIES: Final = {
    Certainty.READ: ("已核对原文", "read"),
    Certainty.REPORTED: ("据转述", "reported"),
    Certainty.INFERRED: ("推定", "inferred"),
}
LIMITS: Final = (
    ("编号", "an id", f"{NAME_LIMIT:,}", "个字符", "characters"),
    ("一段文字", "a text", f"{PROSE_LIMIT:,}", "字节（UTF-8）", "bytes (UTF-8)"),
    ("事实的嵌套", "the nesting of facts", f"{DEPTH}", "层", "deep"),
    ("事实中的值", "the values in facts", f"{ITEMS:,}", "个", "in all"),
    ("事实和计数中的整数", "an integer in facts and counts", f"{SAFE_INTEGER:,}", "（2^53 − 1）", "(2^53 − 1)"),
    ("精确数字", "an exact figure", f"{DIGITS}", "位，小数点前后各计", "digits, before and after the point each"),
    ("规则条件的嵌套", "the nesting of a rule's condition", f"{algebra.DEPTH}", "层", "deep"),
    ("一个条件中的比较", "the comparisons in a condition", f"{algebra.COMPARISONS}", "个", "in all"),
    ("一个量中相加的数字", "the figures that an amount adds up", f"{algebra.TERMS}", "个", "in all"),
    ("一次计票的分组", "the groups of a tally", f"{counting.GROUPS:,}", "个", "in all"),
    ("一次计票的计量", "the measures of a tally", f"{counting.MEASURES}", "种", "in all"),
    ("一项规定所列的送达方式", "the ways of service that a policy of silence lists", f"{WAYS}", "种", "in all"),
    (
        "规则文件、定义文件，或写成文字的条件",
        "a file of rules or of a definition, or a written condition",
        f"{SIZE:,}",
        "字节",
        "bytes",
    ),
    ("一个文件中的规则", "the rules of a file", f"{RULES:,}", "条", "in all"),
    ("计票时逐一说明的错误", "the faults of a count that are told one by one", f"{LISTED}", "个", "in all"),
    ("一个程序的环节", "the stages of a procedure", f"{STAGES_AT_MOST}", "个", "in all"),
    ("一个程序的终点", "the ends of a procedure", f"{AT_MOST['ends']}", "个", "in all"),
    ("一个程序的表决机构", "the bodies of a procedure", f"{AT_MOST['bodies']}", "个", "in all"),
    ("一个程序的职务", "the offices of a procedure", f"{AT_MOST['offices']}", "个", "in all"),
    ("一个程序的必经环节", "the mandatory milestones of a procedure", f"{AT_MOST['mandatory']:,}", "个", "in all"),
    ("一个程序的义务", "the duties of a procedure", f"{AT_MOST['duties']:,}", "项", "in all"),
    ("各项义务合计所指的里程碑", "the milestones that duties name together", f"{NAMES_AT_MOST:,}", "个", "in all"),
    ("各项义务合计的状态", "the states of all duties together", f"{STATES_AT_MOST:,}", "种", "in all"),
    ("核对义务的步数", "the steps in which duties are followed", f"{STEPS_AT_MOST:,}", "步", "in all"),
    ("一次列出的路径问题", "the faults of the ways that are told at once", f"{TOLD_AT_MOST}", "个", "in all"),
    ("一份日志或表格（解压后）", "a log or a table, unpacked", f"{LOG:,}", "字节", "bytes"),
    ("一份日志的事件", "the events of a log", f"{EVENTS:,}", "个", "in all"),
    ("日志的嵌套", "the nesting of a log", f"{markup.DEPTH}", "层", "deep"),
    ("日志的一个标签或注释", "a tag or a comment of a log", f"{markup.PIECE:,}", "字节", "bytes"),
    ("日志所述一个案件的属性及其变化", "what a log tells of a case, with its changes", f"{TOLD}", "项", "in all"),
    (
        "证明程序时查看的处所",
        "the places that are looked at to prove a procedure",
        f"{PLACES_AT_MOST:,}",
        "处",
        "in all",
    ),
    ("义务所计的次数", "what a duty counts to", f"{COUNTED_AT_MOST}", "次", "times"),
    ("期间", "a period", "40,000", "个单位", "units"),
    ("时刻", "a moment", "1900–9000", "年", "the years"),
    ("盐（至少）", "a salt (at least)", f"{SALT_BYTES}", "字节", "bytes"),
)


LAWS: Final = {
    "law_residents": ("residents",),
    "law_villages": ("villages",),
    "law_collective": ("collective",),
    "law_party": ("party",),
    "law_owners": ("owners",),
    "law_consultation": ("hearing", "consultation", "petition"),
    "law_elections": ("elections",),
    "law_assistance": ("assistance", "allowance"),
    "law_mediation": ("mediation",),
    "law_general": ("civil_code", "proxies", "by_law", "inferred"),
}
"""The tables of the law, and whose provisions each shows, by the first word of their ids."""

SUBJECTS: Final = {
    "today_call": (
        *("residents.assembly.convener", "residents.assembly.call", "residents.representatives.call"),
        *("villages.assembly.convener", "villages.assembly.call", "villages.representatives.call", "owners.call"),
    ),
    "today_notice": (
        *("residents.assembly.notice", "villages.assembly.notice", "villages.representatives.notice"),
        *("collective.assembly.notice", "owners.notice", "owners.form", "owners.window"),
    ),
    "today_vote": (
        *("residents.assembly.persons", "residents.assembly.households", "residents.representatives.vote"),
        *("villages.assembly.persons", "villages.assembly.households", "villages.representatives.vote"),
        *("villages.group.persons", "villages.group.households", "villages.one_item", "collective.assembly.vote"),
        *("collective.representatives.vote", "collective.council.vote", "party.branch.vote"),
    ),
    "today_owners": ("owners.vote", "owners.count", "owners.silence", "owners.emergency"),
    "today_proxies": (
        *("residents.election.proxies", "villages.election.proxies", "collective.assembly.proxies", "owners.proxies"),
    ),
    "today_posted": (
        *("residents.board", "villages.disclosure", "villages.objection", "allowance.posted"),
        *("assistance.opinion.posted", "assistance.decision.published"),
    ),
    "today_against": (
        *("residents.decisions", "villages.decisions", "owners.decisions", "collective.annulment", "residents.recall"),
    ),
    "today_allowance": (
        *("assistance.investigation", "assistance.decision", "assistance.refusal", "assistance.reduction"),
        *("assistance.privacy", "assistance.remedy", "allowance"),
    ),
    "today_disputes": ("mediation", "petition"),
    "today_counting": ("civil_code",),
}
"""The tables of the law for residents, and which provisions each shows, by the beginning of their ids."""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join([_row(*head), "|" + "---|" * len(head), *(_row(*row) for row in rows)])


def _in(language: Language, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def drawn(language: Language) -> str:
    """Every procedure of the catalogue under its title; what is drawn there is drawn when the site is built."""
    return "\n\n".join(
        f"## {procedure.title.say(language)}: `{name}`\n\n<!-- picture: {name} -->"
        for name, procedure in shown.procedures().items()
    )


def limits(language: Language) -> str:
    """Every limit, taken from the constants."""
    rows = [(_in(language, zh, en), most, _in(language, unit, units)) for zh, en, most, unit, units in LIMITS]
    return _table(_in(language, "什么|最多|单位", "What|The most|Unit").split("|"), rows)


def codes(language: Language) -> str:
    """Every code of a refusal, with its cause and its cure in a language."""
    head = _in(language, "代码|缘由|怎么办", "Code|Cause|Cure").split("|")
    rows = [
        (f'<a id="{code.name}"></a>`{code.name}`', code.words.say(language), code.cure.say(language))
        for _, code in sorted(CODES.items())
    ]
    return _table(head, rows)


def faults(language: Language) -> str:
    """Every fault of a definition, with its cause and its cure in a language."""
    head = _in(language, "代码|缘由|怎么办", "Code|Cause|Cure").split("|")
    rows = [
        (f'<a id="fault-{name}"></a>`{name}`', words.say(language), CURES[name].say(language))
        for name, words in sorted(FAULTS.items())
    ]
    return _table(head, rows)


def _findings(told: Callable[[Language], list[tuple[str, str, str]]]) -> Callable[[Language], str]:
    """What a check finds: each value with its meaning and what to do."""
    head = ("值|含义|怎么办", "Value|Meaning|What to do")
    return lambda language: _table(_in(language, *head).split("|"), told(language))


def changes(language: Language) -> str:
    """Every code of a change between two definitions."""
    head = _in(language, "代码|中文|英文", "Code|Chinese|English").split("|")
    return _table(head, [(f"`{name}`", words.zh, words.en) for name, words in sorted(CHANGES.items())])


def _diagram(procedure: Procedure) -> Callable[[Language], str]:
    return lambda language: f"```mermaid\n{procedure.diagram(language)}```"


def _dates(citation: Citation | None, language: Language) -> str:
    if citation is None or (citation.in_force_from is None and citation.in_force_to is None):
        return "—"
    since, until = citation.in_force_from, citation.in_force_to
    if until is None:
        return _in(language, f"{since} 起", f"from {since}")
    return _in(language, f"至 {until}", f"until {until}") if since is None else f"{since} – {until}"


_GROUPS: Final = {
    f"「{collective.FULL_CAPACITY}」": "完全民事行为能力成员",
    f'"{collective.FULL_CAPACITY}"': "members of full capacity",
}
"""Groups of a roll as a rule names them, and what they are called."""


def _said(edition: law.Edition, language: Language) -> str:
    words = edition.explain(language)
    for group, called in _GROUPS.items():
        words = words.replace(group, called)
    if isinstance(edition, Rule):  # the authority has a column of its own
        return re.split(r" ?(?:依据：|Authority: |须同时符合：|This joins: )", words)[0]
    return words


def _source(citation: Citation | None, language: Language) -> tuple[str, str, str]:
    if citation is None:
        return "—", "—", "—"
    sure = CERTAINTIES[citation.certainty]
    said = citation.explain(language)
    for mark in ("（据转述）", "（推定）", " (as reported)", " (inferred)"):
        said = said.removesuffix(mark)
    return said, _dates(citation, language), _in(language, *sure)


def _stages(procedure: Procedure) -> Callable[[Language], str]:
    def rows(language: Language) -> Iterator[tuple[str, ...]]:
        for number, stage in enumerate(procedure.stages, 1):
            kind = _in(language, *KIND_TITLES[stage.kind])
            body = next(iter(stage.bodies()), "")
            voter = next((each.title.say(language) for each in procedure.bodies if each.id == body), "—")
            source: Citation | None = getattr(stage, "source", None)
            said, _, sure = _source(source, language)
            if source is None:
                sure = _in(language, "推定", "inferred")
            yield str(number), f"`{stage.id}`", stage.title.say(language), kind, voter, said, sure

    head = ("序|环节|名称|类型|机构|出处|来由", "No.|Stage|Title|Kind|Body|Source|How known")
    return lambda language: _table(_in(language, *head).split("|"), rows(language))


def _settings(procedure: Procedure) -> Callable[[Language], str]:
    def rows(language: Language) -> Iterator[tuple[str, ...]]:
        for stage in procedure.stages:
            for setting, editions in stage.rules():
                for edition in editions:
                    yield (
                        f"`{stage.id}`",
                        f"`{setting}`",
                        _said(edition, language),
                        *_source(edition.citation, language),
                    )

    head = ("环节|设置|规定|出处|施行|来由", "Stage|Setting|What it says|Source|In force|How known")
    return lambda language: _table(_in(language, *head).split("|"), rows(language))


def _law(*bodies: str) -> Callable[[Language], str]:
    def rows(language: Language) -> Iterator[tuple[str, ...]]:
        for each in law.PROVISIONS.values():
            if each.id.split(".")[0] not in bodies:
                continue
            body = law.BODIES[each.body].say(language)
            if each.electorate is not None:
                body += _in(language, f"（`{each.electorate}`）", f" (`{each.electorate}`)")
            for edition in each.editions:
                citation = edition.citation
                assert citation is not None  # a provision takes no edition without
                source = attrs.evolve(citation, certainty=Certainty.READ).explain(language)
                region = "—" if citation.region is None else citation.region.say(language)
                note = "—" if citation.note is None else citation.note.say(language)
                sure = _in(language, *CERTAINTIES[citation.certainty])
                dates = _dates(citation, language)
                yield (
                    f"`{each.id}`",
                    each.title.say(language),
                    body,
                    source,
                    _said(edition, language),
                    dates,
                    region,
                    sure,
                    note,
                )

    head = (
        "编号|名称|机构（计谁）|出处|规定|施行|地区|来由|备注",
        "Id|Title|Body (whom it counts)|Source|What it says|In force|Region|How known|Note",
    )
    return lambda language: _table(_in(language, *head).split("|"), rows(language))


def _today(*subjects: str) -> Callable[[Language], str]:
    """The newest edition of the whole country of each provision, what held before it, and which regions have their own."""

    def rows(language: Language) -> Iterator[tuple[str, ...]]:
        shown = [
            each for subject in subjects for each in law.PROVISIONS.values() if f"{each.id}.".startswith(f"{subject}.")
        ]
        for each in dict.fromkeys(shown):
            cited = [(edition, _cited(edition)) for edition in each.editions]
            regions = dict.fromkeys(where.say(language) for _, by in cited if (where := by.region) is not None)
            national = [_held(*found, language) for found in reversed(cited) if found[1].region is None]
            over = [by for _, by in reversed(cited) if by.region is None][:1]
            now = ("—", "—", "—") if not over or over[0].in_force_to is not None else national.pop(0)
            same = _in(language, "同左", "the same")
            past = [(same if said == now[0] else said, days) for said, days, _ in national]
            before = [f"{said}（{days}）" if language == "zh" else f"{said} ({days})" for said, days in past]
            yield (
                each.title.say(language),
                law.BODIES[each.body].say(language),
                *now,
                _in(language, "；", "; ").join(before) or "—",
                _in(language, "、", ", ").join(regions) or "—",
            )

    head = (
        "什么|机构|规定|施行|出处|此前|另有规定的地方",
        "What|Body|What it says|In force|Source|Before|Regions with their own",
    )
    return lambda language: _table(_in(language, *head).split("|"), rows(language))


def _cited(edition: law.Edition) -> Citation:
    assert edition.citation is not None  # a provision takes no edition without
    return edition.citation


_DAY_UNSURE: Final = re.compile("日期[^；]*(?:凭记忆|未核对|据转载)|只记下年份|年份凭记忆")
"""How a note says that the first day in force was not read."""


def _held(edition: law.Edition, citation: Citation, language: Language) -> tuple[str, str, str]:
    days = _dates(citation, language)
    remembered = citation.certainty is Certainty.INFERRED and citation.in_force_from is not None
    if remembered or (citation.note is not None and _DAY_UNSURE.search(citation.note.zh)):
        days += _in(language, "（日期未核对）", " (day not verified)")
    return _said(edition, language), days, citation.explain(language)


def _duties(*procedures: Procedure) -> Callable[[Language], str]:
    def rows(language: Language) -> Iterator[tuple[str, ...]]:
        for procedure in procedures:
            for duty in procedure.duties:
                source, _, sure = _source(duty.source, language)
                yield procedure.title.say(language), duty.explain(language, procedure), source, sure

    head = ("程序|义务|出处|来由", "Procedure|Duty|Source|How known")
    return lambda language: _table(_in(language, *head).split("|"), dict.fromkeys(rows(language)))


def _by_region(language: Language) -> str:
    """What regions ask of the villagers' representatives: the rule that a stage takes since 2026, and the notice."""

    def rows() -> Iterator[tuple[str, ...]]:
        for region in (each for each in law.REGIONS.values() if each.within is None):  # a town has its province's
            made = villages.villagers_representatives(region=region)
            settings = dict(made.stage("resolve").rules())
            rule, notice = settings["rule"][-1], settings.get("notice", ())
            plain = rule == villages.REPRESENTATIVES.stage("resolve").rule[-1]
            if plain and not notice:
                continue
            cited = notice[-1].citation if notice else rule.citation
            assert cited is not None  # the law has no edition without
            said = "—" if plain else _said(rule, language)
            yield (
                region.name.say(language),
                notice[-1].explain(language) if notice else "—",
                said,
                cited.explain(language),
            )

    head = ("地区|通知|与法律一并适用的表决规定|出处", "Region|Notice|Rule of the vote, joined with the law|Source")
    return _table(_in(language, *head).split("|"), rows())


def _items(language: Language) -> str:
    """The nine items of Civil Code art. 278, each with the rule that its stage takes since 2021."""

    def rows() -> Iterator[tuple[str, ...]]:
        for item, what in owners.ITEMS.items():
            rule = dict(owners.owners_assembly(item=item).stage("resolve").rules())["rule"][-1]
            title = law.provision(f"owners.vote.{what}").title.say(language)
            yield str(item), title, _said(rule, language), _source(rule.citation, language)[0]

    head = ("项|事项|多数|出处", "Item|Matter|Majority|Source")
    return _table(_in(language, *head).split("|"), rows())


def _owners_by_region(language: Language) -> str:
    """What regions settle around the owners' vote: every figure that differs from what holds without a region."""
    plain = {*_figures(owners.owners_assembly(item=4), language)}

    def rows() -> Iterator[tuple[str, ...]]:
        for region in law.REGIONS.values():
            for row in _figures(owners.owners_assembly(item=4, region=region), language):
                if row not in plain:
                    yield region.name.say(language), *row

    head = ("地区|环节|设置|规定|出处|来由", "Region|Stage|Setting|What it says|Source|How known")
    return _table(_in(language, *head).split("|"), rows())


def _figures(procedure: Procedure, language: Language) -> Iterator[tuple[str, ...]]:
    """Every figure of a procedure, those among them that are no dated editions, and its duties in time."""
    for stage in procedure.stages:
        for setting in ("rule", "notice", "least", "answer", "shortest", "longest", "cooling_off"):
            value = getattr(stage, setting, None)
            for edition in value if isinstance(value, tuple) else [value] if value else []:
                said, _, sure = _source(edition.citation, language)
                yield f"`{stage.id}`", f"`{setting}`", _said(edition, language), said, sure
        if (silence := getattr(stage, "silence", None)) is not None:
            said, _, sure = _source(silence.basis, language)
            yield f"`{stage.id}`", "`silence`", f"`{silence.policy.value}`", said, sure
    for duty in procedure.duties:
        if duty.within:
            said, _, sure = _source(duty.source, language)
            yield f"`{duty.second[0].split(':')[0]}`", "`within`", duty.within[0].explain(language), said, sure


def actions(language: Language) -> str:
    """Every action, by the kind of stage in which it stands."""
    rows: list[tuple[str, ...]] = []
    for kind in KINDS:
        found = dict.fromkeys(action for following in kind.phases.values() for action in following)
        where = _in(language, *KIND_TITLES[kind.kind])
        rows += [
            (f"`{action.__name__}`", f"`{action.kind}`", action.title.zh, action.title.en, where) for action in found
        ]
    anywhere = _in(language, "任何环节", "any stage")
    rows += [
        (f"`{action.__name__}`", f"`{action.kind}`", action.title.zh, action.title.en, anywhere) for action in ANYWHERE
    ]
    always = _in(language, "任何环节，以及结案以后", "any stage, and after the end")
    rows.append(("`Destroy`", f"`{Destroy.kind}`", Destroy.title.zh, Destroy.title.en, always))
    batch = _in(language, "批次", "a batch")
    rows += [
        (f"`{action.__name__}`", f"`{action.kind}`", action.title.zh, action.title.en, batch) for action in LEAVING
    ]
    rows.append(("`FillPlaces`", f"`{FillPlaces.kind}`", FillPlaces.title.zh, FillPlaces.title.en, batch))
    first = _in(language, "批次立案时", "at the opening of a batch")
    rows.append(("`OpenBatch`", f"`{OpenBatch.kind}`", OpenBatch.title.zh, OpenBatch.title.en, first))
    after = _in(language, "离开批次时", "on leaving a batch")
    rows.append(("`TakeUp`", f"`{TakeUp.kind}`", TakeUp.title.zh, TakeUp.title.en, after))
    rows.append(("`Open`", f"`{Open.kind}`", Open.title.zh, Open.title.en, _in(language, "立案时", "at the opening")))
    return _table(
        _in(language, "动作|存储名|中文|英文|何处", "Action|Stored as|Chinese|English|Where").split("|"), rows
    )


def private_values(language: Language) -> str:
    """What of each action the public is not shown."""
    kinds = [action for kind in KINDS for following in kind.phases.values() for action in following]

    def rows() -> Iterator[tuple[str, ...]]:
        for action in dict.fromkeys([*kinds, *ANYWHERE, *LEAVING]):
            hidden = [f"`{each.name}`" for each in attrs.fields(action) if each.metadata.get("private")]
            who = _in(language, "为自己办的人", "whoever does it for themselves") if action.actor_is_private else "—"
            if hidden or action.actor_is_private:
                yield action.title.say(language), f"`{action.kind}`", _in(language, "、", ", ").join(hidden) or "—", who

    head = ("动作|存储名|不公开的值|不公开的经办人", "Action|Stored as|Values withheld|Actor withheld")
    return _table(_in(language, *head).split("|"), rows())


def categories(language: Language) -> str:
    """Every kind of matter that can be placed, and the facts that place it."""
    rows = [
        (f"`{name}`", each.title.say(language), "、".join(f"`{fact}`" for fact in each.facts) or "—")
        for name, each in CATEGORIES.items()
    ]
    return _table(_in(language, "类别|是什么|需要的事实", "Category|What it is|Facts that decide").split("|"), rows)


def deciding_facts(language: Language) -> str:
    """The facts by which matters are placed."""
    rows = [(f"`{name}`", meaning.say(language)) for name, meaning in FACTS.items()]
    return _table(_in(language, "事实|含义", "Fact|What it says").split("|"), rows)


VILLAGES: Final = {
    "siyi": siyi.SIYI,
    "siyi_community": siyi.COMMUNITY_SIYI,
    "wuyi": siyi.WUYI,
    "villagers_assembly": villages.ASSEMBLY,
    "villagers_assembly_before": villages.ASSEMBLY_BEFORE_2026,
    "villagers_representatives": villages.REPRESENTATIVES,
    "collective_council": collective.COUNCIL,
    "collective_members": collective.MEMBERS,
    "collective_outsiders": collective.OUTSIDERS,
    "collective_representatives": collective.REPRESENTATIVES,
    "yishi": yishi.YISHI,
}
"""The procedures on the page of the villages."""

CITY: Final = {
    "residents_assembly": residents.ASSEMBLY,
    "residents_covenant": residents.COVENANT,
    "residents_representatives": residents.REPRESENTATIVES,
    "owners_fund_use": owners.FUND_USE,
    "owners_emergency": owners.EMERGENCY,
    "hearing": hearings.HEARING,
    "allowance_application": assistance.ALLOWANCE_APPLICATION,
    "allowance_review": assistance.ALLOWANCE_REVIEW,
    "allowance_review_before": assistance.ALLOWANCE_REVIEW_2021,
    "allowance_change": assistance.ALLOWANCE_CHANGE,
}
"""The procedures on the page of the city."""

PARTS: Final[dict[str, Callable[[Language], str]]] = {
    "actions": actions,
    "every_action": lambda language: action_pages.told(language, KIND_TITLES),
    "drawn": drawn,
    "main_road": rooms.main_road,
    **{f"names_{page}": partial(rooms.names, page) for page in rooms.ROOMS},
    "allowance_diagram": _diagram(catalogue.ALLOWANCE),
    "allowance_settings": _settings(catalogue.ALLOWANCE),
    "allowance_stages": _stages(catalogue.ALLOWANCE),
    "categories": categories,
    "changes": changes,
    "codes": codes,
    "deciding_facts": deciding_facts,
    "courtyard_diagram": _diagram(catalogue.COURTYARD),
    "courtyard_settings": _settings(catalogue.COURTYARD),
    "courtyard_stages": _stages(catalogue.COURTYARD),
    "disputes_diagram": _diagram(disputes.MEDIATION),
    "disputes_settings": _settings(disputes.MEDIATION),
    "disputes_stages": _stages(disputes.MEDIATION),
    "damage": _findings(findings.damage),
    "departures": _findings(findings.departures),
    "oddities": _findings(findings.oddities),
    "faults": faults,
    "limits": limits,
    **{part: _law(*bodies) for part, bodies in LAWS.items()},
    **{part: _today(*subjects) for part, subjects in SUBJECTS.items()},
    **{f"{name}_stages": _stages(procedure) for name, procedure in VILLAGES.items()},
    **{f"{name}_settings": _settings(procedure) for name, procedure in VILLAGES.items()},
    **{f"{name}_stages": _stages(procedure) for name, procedure in CITY.items()},
    **{f"{name}_settings": _settings(procedure) for name, procedure in CITY.items()},
    "allowance_change_diagram": _diagram(assistance.ALLOWANCE_CHANGE),
    "city_duties": _duties(*CITY.values()),
    "owners_by_region": _owners_by_region,
    "owners_items": _items,
    "private_values": private_values,
    "siyi_diagram": _diagram(siyi.SIYI),
    "villages_by_region": _by_region,
    "villages_duties": _duties(siyi.SIYI, villages.ASSEMBLY, yishi.YISHI, siyi.siyi(region="重庆")),
}


def written(page: Path) -> str:
    """A page as it should be."""
    language: Language = "zh" if page.name.endswith(".zh.md") else "en"
    return PART.sub(
        lambda found: f"{found[1]}\n{PARTS[found[2]](language)}\n\n{found[3]}", page.read_text(encoding="utf-8")
    )


def pages() -> list[Path]:
    """Every page."""
    return sorted(HERE.rglob("*.md"))


def main() -> None:
    """Write every page that is not as it should be."""
    for page in pages():
        if (text := written(page)) != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
