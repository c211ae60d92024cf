"""What checks find, value by value: what it means, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from yizheng.conformance import Departed
from yizheng.proofs import Damage, Report
from yizheng.rules import OddityKind
from yizheng.text import Language, Text


class Found(NamedTuple):
    """What a finding means, and what to do."""

    means: Text
    cure: Text


_COPY: Final = Text(
    "保留现状作为证据，与备份或他处的副本核对，从完好的副本恢复",
    "keep what is there as evidence, compare it with a backup or a copy kept elsewhere, and restore from a sound one",
)

DAMAGE: Final[Mapping[Damage, Text]] = {
    Damage.CHANGED: _COPY,
    Damage.REWRITTEN: _COPY,
    Damage.REMOVED: _COPY,
    Damage.INSERTED: _COPY,
    Damage.MOVED: _COPY,
    Damage.FOREIGN: Text(
        "查明该条属于哪份记录，例如导入时取错了文件；然后从完好的副本恢复",
        "see to which record the entry belongs, such as another file that an import took; then restore from a sound copy",
    ),
    Damage.PART: Text(
        "把该条所引用的程序、名册或批次记录按其摘要从备份中取回，与记录放在一处",
        "bring back what the entry refers to from a backup, by its digest, and keep it with the record",
    ),
    Damage.UNKNOWN: Text(
        "用写下该条的版本或更新的版本核验；是自己的环节或动作的，把它的类型一并交给读取的程序。这不说明有人动过记录",
        "check with the release that wrote the entry or a newer one; where it is a stage or an action of your own, hand its "
        "kind to whoever reads. It does not say that anybody touched the record",
    ),
    Damage.EMPTY: Text(
        "核对所问的记录名和文件；名称无误的，从备份恢复整份记录",
        "see whether the name and the file are the right ones; where they are, restore the whole record from a backup",
    ),
    Damage.CUT: Text(
        "从检查点之后的备份恢复末尾，再与同一检查点比较",
        "restore the tail from a backup made after the checkpoint, and compare with the same checkpoint again",
    ),
    Damage.DROPPED: Text(
        "从检查点之后的备份恢复整份记录，再与同一检查点比较",
        "restore the record from a backup made after the checkpoint, and compare with the same checkpoint again",
    ),
    Damage.RESTORED: Text(
        "把被放回的不公开内容再次取走，并查出它从哪份备份回来",
        "take the private value away again, and find the backup from which it came back",
    ),
    Damage.RESEALED: Text(
        "保留现状作为证据，与检查点之时的备份逐条核对，以该备份为准恢复",
        "keep what is there as evidence, compare it entry by entry with a backup of the checkpoint's day, and restore that",
    ),
    Damage.ANOTHER: Text(
        "核对收据或所取的叶是否属于这份记录；属于的，记录已被调换，从备份恢复",
        "see whether the receipt or the leaf is that of this record; where it is, the record was exchanged: restore it",
    ),
}
"""What to do about each kind of damage; what it means the report says by itself."""

DEPARTED: Final[Mapping[Departed, Found]] = {
    Departed.REFUSED: Found(
        Text("按该程序，这一条会被驳回", "the procedure would have refused the entry"),
        Text(
            "看其中各项驳回理由和怎么办；当时依的是另一版规则的，用那一版检查",
            "look at its reasons and their cures; where another edition held at the time, hold the record against that one",
        ),
    ),
    Departed.OTHERWISE: Found(
        Text("按该程序，这一条会有别的效果", "it would have been judged with another effect"),
        Text(
            "看 `differing` 所列各项在哪里不同，核对计票、期限和所依的规则版本",
            "see in `differing` what differs, and check the count, the periods and the edition that was applied",
        ),
    ),
    Departed.ELSEWHERE: Found(
        Text("按该程序，案件会走到别处", "it would have led elsewhere"),
        Text(
            "比较两者的结果和去向；记录无误的，从这一步起另行补办",
            "compare the outcomes and where they lead; where the record is right, what follows has to be done anew from here",
        ),
    ),
    Departed.ORDER: Found(
        Text("它不能接在此前各步之后", "it could not follow what came before"),
        Text(
            "看 `expected` 中本来可以出现什么；核对日期和次序，补上漏记的步骤，没有办的步骤补办",
            "see in `expected` what could have come; check days and order, enter a step that was left out, and make good one "
            "that was not taken",
        ),
    ),
    Departed.MILESTONE: Found(
        Text("未经必经环节，案件就实施完了", "the case was carried out without a mandatory milestone"),
        Text(
            "找出该环节的记录；没有办过的，向有权责令改正的机关说明，并补办",
            "look for the record of that milestone; where it never happened, tell whoever may order a correction, and make it "
            "good",
        ),
    ),
    Departed.DUTY: Found(
        Text("定义中的一项义务没有履行", "a duty of the definition was not kept"),
        Text(
            "看 `demand` 是哪一项义务、依据哪一条，并补办",
            "see in `demand` which duty it is and by which article, and make it good",
        ),
    ),
    Departed.LATE: Found(
        Text(
            "一项义务履行得太晚，或期限已过仍未履行",
            "a duty was kept too late, or had not been kept when its time was over",
        ),
        Text(
            "核对日期和所用的日历（工作日）；确实逾期的，补办并载明原因",
            "check the days, and the calendar for working days; where it was late, make it good and enter why",
        ),
    ),
    Departed.LAPSED: Found(
        Text("在最后一日之后才录入", "it came about after the last day on which it may"),
        Text(
            "看写明的最后一日和出处；当日确已录入的，核对记录的日期；已过的，改按写明的新程序办理",
            "see the last day and its citation; where it was entered in time, check the dates of the record; where it was "
            "not, go on by the road that is named",
        ),
    ),
    Departed.OFFICE: Found(
        Text("由无权办理的人办理", "somebody did it who may not"),
        Text(
            "核对当日由谁担任该职务，检查时用 `offices=` 给出；无权办理的，由有权的人重新办理",
            "check who held the office on that day, and hand it in as `offices=`; where they did not, whoever may does it anew",
        ),
    ),
    Departed.UNJUDGED: Found(
        Text("是否不符无法判断", "whether it departs could not be judged"),
        Text(
            "补上判断所缺的内容，如名册、程序或被隐去的值；在此之前不当作相符",
            "supply what is missing to judge, such as a roll, a procedure or a withheld value; until then it is no answer",
        ),
    ),
}
"""In what a record can depart from a procedure."""

ODDITIES: Final[Mapping[OddityKind, Found]] = {
    OddityKind.NO_SHOW: Found(
        Text(
            "投反对票会使事项通过，不参加表决却能阻止它",
            "voting against carries what staying away would have stopped",
        ),
        Text(
            "开会前向反对者说明：到会也计入法定人数",
            "tell those against before the meeting that whoever comes counts for the quorum",
        ),
    ),
    OddityKind.LEAVING: Found(
        Text(
            "一人退席就不足法定人数，阻止了本来会通过的事项",
            "leaving breaks the quorum, and stops what was about to be carried",
        ),
        Text("表决前再清点一次到会人数", "count who is there once more just before the vote"),
    ),
    OddityKind.ABSTAINING: Found(
        Text("弃权与反对的作用相同", "an abstention counts as a vote against"),
        Text(
            "表决前说明弃权怎样计算；应当回避的人，记为回避而不是弃权",
            "say before the vote how abstentions count; whoever must stand aside is recused, and does not abstain",
        ),
    ),
    OddityKind.ROUNDING: Found(
        Text(
            "把界限取整为整数会改变结果",
            "rounding a threshold to a whole number would change the outcome",
        ),
        Text(
            "不要取整；宣布结果时说出准确的界限",
            "do not round; name the exact threshold when the outcome is announced",
        ),
    ),
    OddityKind.UNREACHABLE: Found(
        Text("这些成员无论怎样表决都不能通过", "it cannot be met by these members, whatever they do"),
        Text(
            "核对名册；名册无误的，依制定该规则的程序修改规则，或交有权的机构决定",
            "check the roll; where it is right, change the rule in the way in which it was made, or leave the matter to the "
            "body that can decide it",
        ),
    ),
}
"""What can be odd about a rule."""


def damage(language: Language) -> list[tuple[str, str, str]]:
    """Every kind of damage, told of entry 5 and, where there are two, of entry 6."""
    said = {each: Report(entries=6, damage=each, number=5, other=6).explain(language) for each in Damage}
    return [(f"`{each.name}`", said[each], DAMAGE[each].say(language)) for each in Damage]


def departures(language: Language) -> list[tuple[str, str, str]]:
    """Everything in which a record can depart from a procedure."""
    return [(f"`{each.name}`", *(text.say(language) for text in DEPARTED[each])) for each in Departed]


def oddities(language: Language) -> list[tuple[str, str, str]]:
    """Everything that can be odd about a rule."""
    return [(f"`{each.name}`", *(text.say(language) for text in ODDITIES[each])) for each in OddityKind]
