"""What a definition can be found to have wrong: each fault by its code, in both languages."""

from __future__ import annotations

from typing import Final

import attrs

from yizheng.procedure.cures import CURES
from yizheng.text import Language, Text
from yizheng.values.frozen import FrozenMap

__all__ = ["FAULTS", "Fault", "fault"]

FAULTS: Final = FrozenMap(
    {
        "NO_STAGE": Text("没有环节", "it has no stage"),
        "DOTTED": Text("“{id}”含有句点", "{id} holds a full stop, which separates a stage from its phase"),
        "TOO_MANY_STAGES": Text("环节多于 {most} 个", "it has more than {most} stages"),
        "TOO_MANY": Text("{what} 多于 {most} 个", "it has more than {most} {what}"),
        "DUPLICATE_ID": Text("“{id}”用了不止一次", "{id} is used more than once"),
        "UNKNOWN_TARGET": Text(
            "“{stage}”的结果“{outcome}”指向不存在的“{target}”",
            "outcome {outcome} of {stage} leads to {target}, which does not exist",
        ),
        "NO_ROUTE": Text("“{stage}”的结果“{outcome}”没有去向", "outcome {outcome} of {stage} has no route"),
        "UNKNOWN_OUTCOME": Text(
            "“{stage}”没有“{outcome}”这一结果", "{stage} has no outcome {outcome}, yet a route is given for it"
        ),
        "UNKNOWN_STAGE": Text("{where} 所指的环节“{stage}”不存在", "{where} names stage {stage}, which does not exist"),
        "UNKNOWN_END": Text("{where} 所指的“{end}”不是终点", "{where} names {end}, which is no end"),
        "UNKNOWN_MILESTONE": Text(
            "{duty} 所指的“{milestone}”不是环节、结果、动作或终点",
            "{duty} names {milestone}, which is no stage, no outcome, no action and no end",
        ),
        "NO_SUCH_OUTCOME": Text(
            "{where} 所指的“{milestone}”不存在：“{stage}”没有“{outcome}”这一结果",
            "{where} names {milestone}, and {stage} has no outcome {outcome}",
        ),
        "UNREACHABLE": Text("“{stage}”无法到达", "{stage} cannot be reached"),
        "NO_WAY_OUT": Text("从“{stage}”走不到任何终点", "no end can be reached from {stage}"),
        "UNKNOWN_BODY": Text(
            "“{stage}”的“{body}”没有列入 bodies", "{stage} needs body {body}, which is not among the bodies"
        ),
        "UNKNOWN_OFFICE": Text(
            "“{stage}”的职务“{office}”没有列入 offices", "{stage} names office {office}, which is not among the offices"
        ),
        "UNKNOWN_ACTION": Text(
            "“{where}”允许的动作“{action}”不存在（有：{known}）",
            "{where} may do {action}, which no stage knows (there are: {known})",
        ),
        "NOBODY_MAY": Text(
            "“{stage}”的“{action}”没有任何职务可以办理；请列入某职务的 may",
            "nobody may do {action} in {stage}; give it to an office (may=)",
        ),
        "CANNOT_CAST": Text(
            "“{stage}”的决定票属于“{office}”，而该职务不能办理“{action}”",
            "the casting vote in {stage} belongs to {office}, which may not do {action}",
        ),
        "NO_SOURCE": Text("“{stage}”的 {setting} 没有出处", "{setting} of {stage} has no source"),
        "SKIPPED": Text("“{milestone}”可以被绕过而到达“{end}”", "{end} can be reached without {milestone}"),
        "UNKEPT": Text("{duty} 并非在每条路径上都得到遵守", "{duty} is not kept on every way that ends"),
        "STUCK": Text("到了“{place}”，无人可以办理任何事", "nobody can do anything in {place}"),
        "LAPSED_STUCK": Text(
            "过了 {last}，从“{place}”走不到任何终点，责令改正也不能",
            "after {last} no end can be reached from {place}, not even by an order of correction",
        ),
        "LOOP": Text(
            "“{place}”仅凭结果就回到自身，其间无人作出决定",
            "{place} leads back to itself by outcomes alone, and nobody decides anything between",
        ),
        "SHARED_STUCK": Text(
            "批次到了“{place}”，既走不到终点，也不能转入逐个决议",
            "a batch that has come to {place} can neither come to an end nor be released",
        ),
        "NONE_CARRIED_OUT": Text(
            "必经环节（mandatory，如“{milestone}”）落空：没有一个终点算作已实施；请给实施完毕的终点写 carried_out=True，或去掉 mandatory",
            "milestones are mandatory, such as {milestone}, and no end counts as carried out, so that they are asked for "
            "nowhere; write carried_out=True for the ends at which the matter was carried out, or leave mandatory out",
        ),
        "MORE_FAULTS": Text(
            "路径上的问题多于 {most} 个，其余未列；请先改正已列的",
            "more than {most} faults of the ways were found, and no more are told; mend these first",
        ),
        "TOO_MANY_STATES": Text(
            "全部义务合计多于 {most} 种状态，没有查；请减少义务，或减小其次数",
            "the duties have more than {most} states together, and were not looked at; write fewer, or let them count to less",
        ),
        "TOO_MANY_STEPS": Text(
            "核对义务所需多于 {most} 步，没有查完；请减少义务、环节，或减小次数",
            "to follow the duties takes more than {most} steps, and not all were followed; write fewer duties or stages, "
            "or let them count to less",
        ),
        "TOO_MANY_PLACES": Text(
            "路径多于 {most} 处，没有查完；请减少限次的次数或环节",
            "there are more than {most} places, and not all were looked at; let stages count to less, or leave some out",
        ),
        "OUT_OF_ORDER": Text("“{later}”可以先于“{earlier}”", "{later} can come before {earlier}"),
        "UNKNOWN_PHASE": Text(
            "“{stage}”的环节类型把“{action}”引向不存在的“{phase}”",
            "the kind of {stage} leads {action} to phase {phase}, which does not exist",
        ),
        "CLASH": Text("“{trigger}”既是动作又是结果", "{trigger} is both an action and an outcome"),
        "SHARED_LATE": Text(
            "“{stage}”不能由一批事项共同进行：它不在表决环节“{deciding}”之前，逐个决议才行",
            "{stage} cannot be shared by a batch: it does not lie before {deciding}, where each matter is resolved by itself",
        ),
        "SHARED_GAP": Text(
            "案件始于“{stage}”，而 shared 未列入；批次从第一个环节起共同进行",
            "a case begins with {stage}, which is not shared; a batch goes together from the first stage on",
        ),
        "SHARED_END": Text(
            "批次共同进行的“{stage}”以“{outcome}”直接办结（“{end}”）；每个事项须各自决议",
            "shared stage {stage} leads by {outcome} to {end}, which is carried out; each matter is resolved by itself",
        ),
        "SHARED_VOTE": Text(
            "批次共同进行的“{stage}”由作出决议的“{body}”表决，等于整批表决",
            "shared stage {stage} is a vote of {body}, which resolves the matters: that would be a vote on all of them at once",
        ),
        "SHARED_HEARING": Text(
            "“{stage}”逐个听取当事人本人的意见，不能由一批事项共同进行；请放在逐个办理的环节",
            "{stage} hears the person whom each matter is about, and cannot be shared by a batch; put it where each goes by itself",
        ),
        "SHARED_UNDECIDED": Text(
            "“{deciding}”没有表决机构，批次的事项无从逐个决议",
            "no body votes in {deciding}, so that the matters of a batch would be resolved by nobody",
        ),
        "NO_DECIDING": Text(
            "“{stage}”要表决，而 deciding 没有写明由哪个环节作出决定",
            "{stage} takes a vote, and deciding does not say in which stage the matter is decided",
        ),
        "BOUND_TWICE": Text(
            "deciding（“{deciding}”）与 binding（“{binding}”）只能写一个：有表决的程序以表决为界",
            "deciding ({deciding}) and binding ({binding}) are both given; where there is a vote, the vote is the bound",
        ),
        "SHARED_UNVOTED": Text(
            "没有作出决定的环节（deciding），批次的事项无从逐个决议",
            "no stage decides (deciding), so that the matters of a batch would be resolved by nobody",
        ),
        "UNBOUND": Text(
            "“{binding}”之后没有环节，不能作为撤回的界限",
            "no stage lies behind {binding}, so that it sets no bound to a withdrawal",
        ),
        "RULE_BELOW_LAW": Text(
            "“{stage}”的 {setting} 要求“{asks}”，低于{article}：“{law}”",
            "{setting} of {stage} asks “{asks}”, less than {article}: “{law}”",
        ),
        "RULE_OUTLIVES_LAW": Text(
            "“{stage}”的 {setting} 所引的{article}自 {ended} 起不再施行，而此后仍照用；请写明截止日或续以新的版本",
            "{setting} of {stage} cites {article}, which is out of force from {ended}, and goes on; give its last day, or the edition that follows",
        ),
        "UNDISCLOSED": Text(
            "“{milestone}”之后可以不经公开而到达“{end}”，而应当公开（{article}）",
            "after {milestone} there is a way to {end} on which the public does not learn of it, as it must ({article})",
        ),
        "UNACCOUNTED": Text(
            "“{stage}”列支之后可以不公开账目而到达“{end}”，而账目应当公开（{article}）",
            "after money was spent in {stage} there is a way to {end} without its accounts, which are disclosed ({article})",
        ),
        "UNKNOWN_ZONE": Text("时区“{zone}”不存在", "zone {zone} does not exist"),
    }
)
"""Every fault of a definition, by its code."""


@attrs.frozen
class Fault:
    """One fault of a definition.

    Attributes:
        code: the stable name.
        values: what it is about, by name.
    """

    code: str
    values: FrozenMap[str, str | Text]

    def explain(self, language: Language) -> str:
        """The fault as a sentence; for a name that is not known, with the one that is meant perhaps."""
        said = {key: each.say(language) if isinstance(each, Text) else each for key, each in self.values.items()}
        told = FAULTS[self.code].say(language).format(**said)
        return told + _MEANT.say(language).format(**said) if "nearest" in said else told

    def cure(self, language: Language) -> str:
        """What to do about it."""
        return CURES[self.code].say(language)


_MEANT: Final = Text("；是不是“{nearest}”？", "; is {nearest} meant?")


def fault(code: str, **values: str | int | Text) -> Fault:
    """A fault of this code, about these."""
    return Fault(
        code, FrozenMap({key: value if isinstance(value, Text) else str(value) for key, value in values.items()})
    )
