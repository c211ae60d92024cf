"""What to do about each fault of a definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["CURES"]

_FEWER: Final = Text("请减少数目，或拆成几个程序", "write fewer, or make several procedures of it")
_COUNT_LESS: Final = Text("请减少义务或环节，或减小其计数", "write fewer duties or stages, or let them count to less")
_NAME_KNOWN: Final = Text("请改正名称，或补上所指的那一项", "correct the name, or add what it names")
_APART: Final = Text(
    "请把它移出 shared，逐个事项办理", "take it out of shared, so that each matter goes through it by itself"
)
_VOTES: Final = Text(
    "请在 deciding 写明有表决机构的环节", "name in deciding the stage in which a body votes on each matter"
)

CURES: Final[Mapping[str, Text]] = FrozenMap(
    {
        "NO_STAGE": Text("请至少写一个环节", "write one stage at least"),
        "DOTTED": Text("请换一个不含句点的代号", "give it an id without a full stop"),
        "TOO_MANY_STAGES": _FEWER,
        "TOO_MANY": _FEWER,
        "DUPLICATE_ID": Text("请给各项不同的代号", "give each an id of its own"),
        "UNKNOWN_TARGET": Text("请指向已有的环节或终点，或补上它", "lead it to a stage or an end that exists, or add that one"),
        "NO_ROUTE": Text("请在 routes 中为它写去向", "say in routes where it leads"),
        "UNKNOWN_OUTCOME": Text("请删去这条去向，或改用该环节的结果", "drop that route, or use an outcome of the stage"),
        "UNKNOWN_STAGE": _NAME_KNOWN,
        "UNKNOWN_END": _NAME_KNOWN,
        "UNKNOWN_MILESTONE": _NAME_KNOWN,
        "NO_SUCH_OUTCOME": Text("请改用该环节的结果", "use an outcome of that stage"),
        "UNREACHABLE": Text("请让某一结果通到这里，或删去它", "let some outcome lead there, or leave it out"),
        "NO_WAY_OUT": Text("请让其中一个结果最终通到终点", "let one of the outcomes lead to an end at last"),
        "UNKNOWN_BODY": Text("请在 bodies 中补上该机构", "add the body to bodies"),
        "UNKNOWN_OFFICE": Text("请在 offices 中补上该职务", "add the office to offices"),
        "UNKNOWN_ACTION": Text("请改用所列的动作", "use one of the actions that are listed"),
        "NOBODY_MAY": Text("请在某一职务的 may 中写上该动作", "write the action into the may of an office"),
        "CANNOT_CAST": Text("请让该职务可以结束表决，或改由他人投决定票", "let the office close the vote, or give the casting vote to another"),
        "NO_SOURCE": Text("请写明引自何处；没有出处的写 Citation.inferred", "cite where it is written, or mark it by Citation.inferred"),
        "SKIPPED": Text("请改去向，使每条办成的路径都经过它，或不列为必经", "lead every way that is carried out through it, or do not call it mandatory"),
        "UNKEPT": Text("请依所附的最短路径改去向，或改这项义务", "change the routes on the shortest path that prove() shows, or the duty"),
        "STUCK": Text("请让某一职务可以办理其中的动作", "let an office do what can be done there"),
        "LAPSED_STUCK": Text("请让该处还有别的结果，或可以责令改正", "leave another outcome there, or let a correction be ordered"),
        "LOOP": Text("请在这条回路上安排有人决定的环节", "put a stage in which somebody decides into the circle"),
        "SHARED_STUCK": Text("请让批次可以通到终点，或给某一职务以转出的权力", "let the batch come to an end, or an office release its matters"),
        "NONE_CARRIED_OUT": Text("请给实施完毕的终点写 carried_out=True，或去掉 mandatory", "write carried_out=True for the ends at which the matter was carried out, or leave mandatory out"),
        "MORE_FAULTS": Text("请先改正已列的", "mend first those that are told"),
        "TOO_MANY_STATES": _COUNT_LESS,
        "TOO_MANY_STEPS": _COUNT_LESS,
        "TOO_MANY_PLACES": Text("请减少限次的次数或环节", "let stages count to less, or leave some out"),
        "OUT_OF_ORDER": Text("请改去向，或改 mandatory 的次序", "change the routes, or the order of mandatory"),
        "UNKNOWN_PHASE": Text("请在环节类型的 phases 中补上该阶段", "add the phase to the phases of the kind"),
        "CLASH": Text("请给结果换一个名称", "give the outcome another name"),
        "SHARED_LATE": _APART,
        "SHARED_GAP": Text("请把第一个环节也列入 shared，或 shared 留空", "share the first stage too, or leave shared empty"),
        "SHARED_END": Text("请让该结果通到逐个决议的环节", "lead that outcome to where each matter is resolved by itself"),
        "SHARED_VOTE": _APART,
        "SHARED_HEARING": _APART,
        "SHARED_UNDECIDED": _VOTES,
        "SHARED_UNVOTED": _VOTES,
        "NO_DECIDING": Text("请写明 deciding", "write deciding"),
        "BOUND_TWICE": Text("请去掉 binding", "leave binding out"),
        "UNBOUND": Text("请改用其后还有环节的一项", "name one behind which there are stages"),
        "RULE_BELOW_LAW": Text("请提高到该条的要求；一条有数项的，写明是哪一项、以谁计", "ask for what the article asks; of several items name the one, and whom it counts"),
        "RULE_OUTLIVES_LAW": Text("请写明截止日，或续以新的版本", "give its last day, or the edition that follows"),
        "UNDISCLOSED": Text("请在此后安排公示环节（Disclosure），期满（clear）才到终点", "put a Disclosure behind it, and lead to the end by its clear alone"),
        "UNACCOUNTED": Text('请让其后每条路径都经过公开账目（carries=["accounts"]）的公示', 'lead every way behind it through a Disclosure that carries=["accounts"]'),
        "UNKNOWN_ZONE": Text("请写 IANA 时区名，如 Asia/Shanghai", "write a name of the IANA database, such as Asia/Shanghai"),
    }
)  # fmt: skip
"""What to do about each fault, by its code."""
