"""What changed between two definitions, in the law's terms: a stage removed, a bar lowered, a notice shortened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, cast

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.procedure.changed import CHANGES, Change, changed, of_field, of_milestone, of_stage, told
from yizheng.procedure.definition import Procedure
from yizheng.procedure.duties import Template
from yizheng.procedure.duties import told as told_milestone
from yizheng.procedure.graph import Edge, outcomes, reached, ways
from yizheng.procedure.tendencies import Tendency, Turn, bar, editions, period, quorum, setting, together
from yizheng.rules import Rule
from yizheng.stages import Deliberation, Stage
from yizheng.text import LANGUAGES, Text
from yizheng.values import FrozenMap, one

__all__ = ["CHANGES", "Change", "Tendency", "diff"]


def diff(old: Procedure, new: Procedure) -> tuple[Change, ...]:
    """Every change between two definitions, the stages first, in the order of the new one.

    Stages, ends, bodies and offices are the same where their ids are. Dated editions of a rule or a period are held against
    each other for the days on which they are in force. Which of two rules asks for more is decided exactly; where neither
    always implies the other, a change is neither stricter nor looser.

    Example:
        >>> from yizheng import Period, catalogue
        >>> from yizheng.procedure import diff
        >>> by_law = catalogue.yizheng.courtyard(notice=Period(30, citation=catalogue.yizheng.REPORT))
        >>> [(found.code, found.where, found.tendency.value) for found in diff(by_law, catalogue.yizheng.COURTYARD)]
        [('PERIOD', 'resolve.notice', 'looser'), ('PERIOD', 'resolve.notice', 'looser')]

    Args:
        old: the definition as it was.
        new: as it is to be.

    Raises:
        InvalidType: when they are no procedures.
    """
    one(Procedure, old, "old")
    one(Procedure, new, "new")
    return tuple(dict.fromkeys(change for look in _LOOKS for change in look(old, new)))


# Stages


def _stages(old: Procedure, new: Procedure) -> Iterator[Change]:
    before = {stage.id: stage for stage in old.stages}
    after = {stage.id: stage for stage in new.stages}
    for stage in old.stages:
        if stage.id not in after:
            yield changed(
                "STAGE_REMOVED",
                stage.id,
                of_stage(stage),
                was=stage.title,
                tendency=_by_absence(stage.id, old, new, _LOOSER),
                was_by=_source(stage),
            )
    for stage in new.stages:
        if stage.id not in before:
            yield changed(
                "STAGE_ADDED",
                stage.id,
                of_stage(stage),
                now=stage.title,
                tendency=_by_absence(stage.id, new, old, _STRICTER),
                now_by=_source(stage),
            )
    common = [stage for stage in new.stages if stage.id in before]
    for moved in _moved([each.id for each in old.stages if each.id in after], [each.id for each in common]):
        places = [procedure.order[moved] + 1 for procedure in (old, new)]
        was, now = (Text(f"第{place}位", f"place {place}") for place in places)
        yield changed("STAGE_MOVED", moved, of_stage(after[moved]), was=was, now=now)
    for stage in common:
        yield from _stage(before[stage.id], stage)
        yield from _routes(old, new, stage)


def _by_absence(stage: str, has: Procedure, lacks: Procedure, tendency: Tendency) -> Tendency:
    """What a stage does that only one of two definitions has: neither, unless it lies on the ways of the other alone.

    A stage to which something leads that ends a matter in the other definition is a second chance, not one step more; it
    is a step more where nothing can be carried out from there either.

    Args:
        stage: the id of the stage.
        has: the definition that has it.
        lacks: the one that does not.
        tendency: what it does where it is one step more.
    """
    led, own = outcomes(has), {each.id for each in has.stages} - {each.id for each in lacks.stages}
    before, waiting = {stage}, [stage]
    while waiting:
        new = {edge[0] for edge in led if edge[2] == waiting[-1] and edge[0] in own} - before
        waiting.pop()
        before |= new
        waiting += new
    entering = [edge for edge in led if edge[2] in before and edge[0] not in own]
    if not entering and has.stages[0].id not in before:
        return Tendency.NEITHER
    if not _is_hopeful(stage, has):
        return tendency
    targets = [lacks.routes.get(edge[0], FrozenMap[str, str]()).get(edge[1]) for edge in entering]
    return tendency if all(each is not None and _is_hopeful(each, lacks) for each in targets) else Tendency.NEITHER


def _is_hopeful(place: str, procedure: Procedure) -> bool:
    """Whether a matter can still be carried out from a stage, or was at an end."""
    return bool(reached(place, outcomes(procedure)) & {end.id for end in procedure.ends if end.carried_out})


def _source(stage: Stage) -> Citation | None:
    found: Citation | None = getattr(stage, "source", None)
    return found


def _moved(old: list[str], new: list[str]) -> list[str]:
    """What does not stand in its order any more: the fewest whose leaving out makes both the same."""
    place = {each: number for number, each in enumerate(old)}
    best: list[list[str]] = []
    for each in new:
        before = [chain for chain in best if place[chain[-1]] < place[each]]
        best.append([*_longest(before), each])
    standing = set(_longest(best))
    return [each for each in new if each not in standing]


def _longest(chains: list[list[str]]) -> list[str]:
    return max(chains, key=lambda chain: len(chain), default=list[str]())  # noqa: PLW0108 -- len alone is typed too widely


def _stage(was: Stage, now: Stage) -> Iterator[Change]:
    """What changed within a stage."""
    if type(was) is not type(now):
        kinds = Text(was.kind, was.kind), Text(now.kind, now.kind)
        yield changed(
            "STAGE_KIND", now.id, of_stage(now), was=kinds[0], now=kinds[1], was_by=_source(was), now_by=_source(now)
        )
        return
    for field in attrs.fields(cast("Any", type(now))):
        before, after = (_meant(each, field.name) for each in (was, now))
        if getattr(was, field.name) != getattr(now, field.name) and before != after:
            yield from _field(was, now, field.name, before, after)


def _meant(stage: Stage, name: str) -> Any:
    """A setting as it counts: where no outcome is named, the usual ones are meant."""
    return (
        stage.cools_after if isinstance(stage, Deliberation) and name == "cooling_off_after" else getattr(stage, name)
    )


def _field(was: Stage, now: Stage, name: str, before: Any, after: Any) -> Iterator[Change]:
    where, called = f"{now.id}.{name}", of_field(now, name)
    if name == "title":
        yield changed("TITLE", where, called, was=before, now=after)
    elif name == "source":
        yield changed("SOURCE", where, called, was=told(before), now=told(after), was_by=before, now_by=after)
    elif _are_editions(before, after):
        for turn in editions(before, after):
            held = turn.was if turn.was is not None else turn.now
            telling = _rule if isinstance(held, Rule) else _period
            yield from telling(where, called, name, turn)
    elif isinstance(before, Period | None) and isinstance(after, Period | None) and (before or after):
        yield from _period(where, called, name, Turn(before, after, None))
    else:
        yield changed(
            "OFFICES" if name == "offices" else "SETTING",
            where,
            called,
            was=told(before),
            now=told(after),
            tendency=setting(name, before, after),
            was_by=_basis(before) or _source(was),
            now_by=_basis(after) or _source(now),
        )


def _basis(value: Any) -> Citation | None:
    """Where a setting says itself that it is written."""
    found = getattr(value, "citation", None) or getattr(value, "basis", None)
    return found if isinstance(found, Citation) else None


def _are_editions(before: Any, after: Any) -> bool:
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return False
    both = cast("tuple[object, ...]", (*before, *after))
    return bool(both) and all(isinstance(each, Period | Rule) for each in both)


def _period(where: str, called: Text, name: str, turn: Turn) -> Iterator[Change]:
    was: Period | None = turn.was
    now: Period | None = turn.now
    known = {"was_by": was and was.citation, "now_by": now and now.citation, "since": turn.since}
    if was is not None and now is not None and (was.length, was.unit) == (now.length, now.unit):
        yield _written(where, called, turn)
        return
    yield changed("PERIOD", where, called, was=told(was), now=told(now), tendency=period(name, was, now), **known)
    if was is not None and now is not None and _is_moved(turn):
        yield _written(where, called, turn)


def _written(where: str, called: Text, turn: Turn) -> Change:
    """That an edition is written elsewhere, or is in force on other days."""
    was: Citation | None = turn.was.citation
    now: Citation | None = turn.now.citation
    said = [_in_force(each) if _days(was) != _days(now) else told(each) for each in (was, now)]
    of = Text(f"{called.zh}的出处", f"{called.en}, its source")
    return changed("SOURCE", where, of, was=said[0], now=said[1], was_by=was, now_by=now, since=turn.since)


def _is_moved(turn: Turn) -> bool:
    """Whether an edition that takes the place of another begins later or ends earlier, or was moved by itself."""
    (since, until), (begins, ends) = _days(turn.was.citation), _days(turn.now.citation)
    if turn.since is not None or (since, until) == (begins, ends):
        return False
    was, now = (
        citation and attrs.evolve(citation, in_force_from=None, in_force_to=None)
        for citation in (turn.was.citation, turn.now.citation)
    )
    later, earlier = (begins or date.min) > (since or date.min), (ends or date.max) < (until or date.max)
    return was == now or later or earlier


def _days(citation: Citation | None) -> tuple[date | None, date | None]:
    return (None, None) if citation is None else (citation.in_force_from, citation.in_force_to)


def _in_force(citation: Citation | None) -> Text | None:
    if citation is None:
        return None
    since, until = _days(citation)
    zh = "，".join([f"自{since}起施行"] * (since is not None) + [f"至{until}止"] * (until is not None)) or "不限日期"
    en = " ".join([f"from {since}"] * (since is not None) + [f"until {until}"] * (until is not None)) or "at all times"
    return Text(f"{citation.explain('zh')}（{zh}）", f"{citation.explain('en')} (in force {en})")


def _rule(where: str, called: Text, _: str, turn: Turn) -> Iterator[Change]:
    was: Rule | None = turn.was
    now: Rule | None = turn.now
    known = {"was_by": was and was.citation, "now_by": now and now.citation, "since": turn.since}
    if was is None or now is None:
        tendency = _STRICTER if was is None else _LOOSER
        yield changed("RULE", where, called, was=told(was), now=told(now), tendency=tendency, **known)
        return
    parts: tuple[tuple[str, str, Tendency, tuple[Any, ...], tuple[Any, ...]], ...] = (
        ("BAR", "passage", bar(was, now), (was.passage, was.by_no_objection), (now.passage, now.by_no_objection)),
        ("QUORUM", "quorum", quorum(was, now), (was.quorum,), (now.quorum,)),
        ("ELECTORATE", "electorate", Tendency.NEITHER, (was.electorate,), (now.electorate,)),
        ("CASTING", "casting", Tendency.NEITHER, (was.casting,), (now.casting,)),
    )
    found = [
        changed(code, f"{where}.{part}", called, was=told(was, part), now=told(now, part), tendency=tendency, **known)
        for code, part, tendency, before, after in parts
        if before != after
    ]
    if not found or _is_moved(
        turn
    ):  # it asks for the same, by another instrument or joined of others, or on other days
        found.append(_written(where, called, turn))
    yield from found


def _routes(old: Procedure, new: Procedure, stage: Stage) -> Iterator[Change]:
    was, now = (each.routes.get(stage.id, FrozenMap[str, str]()) for each in (old, new))
    for outcome in dict.fromkeys((*now, *was)):
        before, after = was.get(outcome), now.get(outcome)
        if before != after:
            yield changed(
                "ROUTE",
                f"routes.{stage.id}.{outcome}",
                of_milestone(f"{stage.id}.{outcome}", new),
                was=_target(before, old),
                now=_target(after, new),
                was_by=_source(old.stage(stage.id)),
                now_by=_source(stage),
            )


def _target(target: str | None, procedure: Procedure) -> Text | None:
    titles = {stage.id: stage.title for stage in procedure.stages} | {end.id: end.title for end in procedure.ends}
    return None if target is None else titles.get(target, Text(target, target))


# What stands beside the stages


def _listed(code: str, field: str) -> Callable[[Procedure, Procedure], Iterator[Change]]:
    """Ends, bodies and offices: added, removed, or otherwise than before."""

    def look(old: Procedure, new: Procedure) -> Iterator[Change]:
        before: dict[str, Any] = {each.id: each for each in getattr(old, field)}
        after: dict[str, Any] = {each.id: each for each in getattr(new, field)}
        for key in dict.fromkeys((*after, *before)):
            was, now = before.get(key), after.get(key)
            title = (after if key in after else before)[key].title
            where = f"{field}.{key}"
            if was is None or now is None:
                ending = "ADDED" if was is None else "REMOVED"
                yield changed(f"{code}_{ending}", where, title, was=was and was.title, now=now and now.title)
            elif was != now:
                yield from _parts(code, where, (was, now), (old, new))

    return look


def _parts(code: str, where: str, turned: tuple[Any, Any], both: tuple[Procedure, Procedure]) -> Iterator[Change]:
    was, now = turned
    title = now.title
    for field in attrs.fields(cast("Any", type(now))):
        before, after = getattr(was, field.name), getattr(now, field.name)
        if before == after:
            continue
        if field.name == "may":
            told_of = _actions(before - after, both[0]), _actions(after - before, both[1])
            tendency = Tendency.LOOSER if after > before else Tendency.STRICTER if after < before else Tendency.NEITHER
            yield changed("POWERS", f"{where}.may", title, was=told_of[0], now=told_of[1], tendency=tendency)
        elif field.name == "title":
            named = Text(f"“{title.zh}”的名称", f"“{title.en}”, the title")
            yield changed("TITLE", f"{where}.title", named, was=before, now=after)
        else:
            stricter = after if field.name in _YES_IS_STRICTER else before
            tendency = Tendency.STRICTER if stricter else Tendency.LOOSER
            yield changed(code, f"{where}.{field.name}", title, was=told(before), now=told(after), tendency=tendency)


_YES_IS_STRICTER: Final = frozenset({"independent", "carried_out"})


def _actions(kinds: frozenset[str], procedure: Procedure) -> Text | None:
    titles = {kind: action.title for kind, action in procedure.actions().items()}
    return told(tuple([titles.get(kind, Text(kind, kind)) for kind in sorted(kinds)]))


def _named(old: Procedure, new: Procedure) -> Iterator[Change]:
    """The fields of the procedure itself that hold one word or one place."""
    for field, code in _SINGLE.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            was, now = (
                each if isinstance(each, Text) else _target(each, procedure)
                for each, procedure in ((before, old), (after, new))
            )
            yield changed(code, field, CALLED[field], was=was, now=now)
    for stage in dict.fromkeys((*new.corrections, *old.corrections)):
        if (before := old.corrections.get(stage)) != (after := new.corrections.get(stage)):
            was, now = _target(before, old), _target(after, new)
            yield changed("ROUTE", f"corrections.{stage}", CALLED["corrected"], was=was, now=now)
    if old.sources != new.sources:
        yield changed("SOURCE", "sources", CALLED["sources"], was=told(old.sources), now=told(new.sources))


_SINGLE: Final = {
    "id": "TITLE",
    "title": "TITLE",
    "edition": "TITLE",
    "deciding": "DECIDING",
    "binding": "DECIDING",
    "withdrawn": "ROUTE",
    "corrected": "ROUTE",
    "zone": "SETTING",
}
CALLED: Final[Mapping[str, Text]] = {
    "id": Text("程序的编号", "the id of the procedure"),
    "title": Text("程序的名称", "the title of the procedure"),
    "edition": Text("程序的版本", "the edition of the procedure"),
    "deciding": Text("作出决议的环节", "the stage that decides"),
    "binding": Text("可以撤回到何时为止", "until when a matter can be withdrawn"),
    "withdrawn": Text("撤回", "withdrawal"),
    "corrected": Text("责令改正", "an order of correction"),
    "zone": Text("计日的时区", "the zone in which days are reckoned"),
    "sources": Text("程序的出处", "the sources of the procedure"),
}


def _mandatory(old: Procedure, new: Procedure) -> Iterator[Change]:
    yield from _set(old.mandatory, new.mandatory, "mandatory", "MILESTONE", more=Tendency.STRICTER, both=(old, new))


def _shared(old: Procedure, new: Procedure) -> Iterator[Change]:
    yield from _set(old.shared, new.shared, "shared", "SHARED", more=Tendency.LOOSER, both=(old, new))


def _set(
    was: tuple[str, ...],
    now: tuple[str, ...],
    field: str,
    code: str,
    *,
    more: Tendency,
    both: tuple[Procedure, Procedure],
) -> Iterator[Change]:
    less = Tendency.LOOSER if more is Tendency.STRICTER else Tendency.STRICTER
    for each in was:
        if each not in now:
            words = of_milestone(each, both[0])
            yield changed(f"{code}_REMOVED", f"{field}.{each}", words, was=words, tendency=less)
    for each in now:
        if each not in was:
            words = of_milestone(each, both[1])
            yield changed(f"{code}_ADDED", f"{field}.{each}", words, now=words, tendency=more)
    kept = [each for each in was if each in now]
    for each in _moved(kept, [each for each in now if each in was]):
        yield changed(f"{code}_MOVED", f"{field}.{each}", of_milestone(each, both[1]))


def _facts(field: str) -> Callable[[Procedure, Procedure], Iterator[Change]]:
    """What a matter must state, among its facts, privately, or with a certain value."""

    def look(old: Procedure, new: Procedure) -> Iterator[Change]:
        before, after = getattr(old, field), getattr(new, field)
        for fact in dict.fromkeys((*after, *before)):
            was, now = before.get(fact), after.get(fact)
            if fact not in before or fact not in after or was != now:
                tendency = _STRICTER if fact not in before else _LOOSER if fact not in after else Tendency.NEITHER
                said = [each if isinstance(each, Text) else told(each) for each in (was, now)]
                words = Text(f"“{fact}”", fact)
                yield changed("FACT", f"{field}.{fact}", words, was=said[0], now=said[1], tendency=tendency)

    return look


def _confidential(old: Procedure, new: Procedure) -> Iterator[Change]:
    """Whether free words are withheld from the public, and on what authority."""
    was, now = old.confidential, new.confidential
    if was != now:
        tendency = _STRICTER if was is None else _LOOSER if now is None else Tendency.NEITHER
        words = Text("不公开涉及个人的文字", "that words about people are withheld")
        said = told(was), told(now)
        yield changed(
            "SETTING", "confidential", words, was=said[0], now=said[1], tendency=tendency, was_by=was, now_by=now
        )


def _lapses(old: Procedure, new: Procedure) -> Iterator[Change]:
    """What may come about until a day and no longer: the sooner, the stricter."""
    before, after = ({each.milestone: each for each in procedure.lapses} for procedure in (old, new))
    for milestone in dict.fromkeys((*after, *before)):
        was, now = before.get(milestone), after.get(milestone)
        if was != now:
            days = [date.max if each is None else each.last for each in (was, now)]
            tendency = _STRICTER if days[1] < days[0] else _LOOSER if days[1] > days[0] else Tendency.NEITHER
            of = new if milestone in after else old
            words = Text(*(told_milestone(milestone, language, of) for language in LANGUAGES))
            said = [
                each and Text(f"{each.last}；此后：{each.instead.zh}", f"{each.last}; from then on: {each.instead.en}")
                for each in (was, now)
            ]
            by = was and was.citation, now and now.citation
            where = f"lapses.{milestone}"
            yield changed(
                "LAPSE", where, words, was=said[0], now=said[1], tendency=tendency, was_by=by[0], now_by=by[1]
            )


def _duties(old: Procedure, new: Procedure) -> Iterator[Change]:
    """Duties have no ids: what is not in the other word for word was dropped, or added."""
    dropped = [duty for duty in old.duties if duty not in new.duties]
    added = [duty for duty in new.duties if duty not in old.duties]
    for was in list(dropped):
        now = next((duty for duty in added if _is_about_the_same(was, duty)), None)
        if now is not None:
            dropped.remove(was)
            added.remove(now)
            yield _duty("DUTY", was, now, (old, new), _in_time(was, now))
    for was in dropped:
        yield _duty("DUTY_REMOVED", was, None, (old, new), _LOOSER)
    for now in added:
        yield _duty("DUTY_ADDED", None, now, (old, new), _STRICTER)
    kept = [duty for duty in old.duties if duty in new.duties]
    if kept != [duty for duty in new.duties if duty in old.duties]:
        yield changed("DUTY_MOVED", "duties", Text("义务", "the duties"))


def _is_about_the_same(one_: Template, other: Template) -> bool:
    return type(one_) is type(other) and one_.milestones == other.milestones


def _in_time(was: Template, now: Template) -> Tendency:
    """Where nothing but the time was changed, less time is stricter."""
    if attrs.evolve(was, within=()) != attrs.evolve(now, within=()):
        return Tendency.NEITHER
    return together([period("within", turn.was, turn.now) for turn in editions(was.within, now.within)])


def _duty(
    code: str, was: Template | None, now: Template | None, both: tuple[Procedure, Procedure], tendency: Tendency
) -> Change:
    old, new = both
    said = [
        None if duty is None else Text(duty.explain("zh", procedure), duty.explain("en", procedure))
        for duty, procedure in ((was, old), (now, new))
    ]
    where = f"duties[{(old if now is None else new).duties.index(cast('Template', now or was))}]"
    called = cast("Text", said[1] or said[0])
    by = was and was.source, now and now.source
    return changed(code, where, called, was=said[0], now=said[1], tendency=tendency, was_by=by[0], now_by=by[1])


# What follows from all of it


def _reach(old: Procedure, new: Procedure) -> Iterator[Change]:
    """Ends that cannot be reached any more, and stages without which a matter can now be carried out."""
    if not old.stages or not new.stages:
        return
    titles = {end.id: end.title for end in new.ends}
    edges = ways(old), ways(new)
    was, now = (reached(each.stages[0].id, led) for each, led in zip((old, new), edges, strict=True))
    for end in new.ends:
        if end.id in {each.id for each in old.ends} and (end.id in was) is not (end.id in now):
            code = "END_CLOSED" if end.id in was else "END_OPENED"
            yield changed(code, f"ends.{end.id}", titles[end.id])
    for stage in new.stages:
        if stage.id not in old.order:
            continue
        skipped, skippable = (_goes_without(stage.id, each, led) for each, led in zip((old, new), edges, strict=True))
        if skipped is not skippable and None not in {skipped, skippable}:
            code, tendency = ("SKIPPABLE", _LOOSER) if skippable else ("UNSKIPPABLE", _STRICTER)
            by = _source(old.stage(stage.id)), _source(stage)
            yield changed(code, stage.id, of_stage(stage), tendency=tendency, was_by=by[0], now_by=by[1])


def _goes_without(stage: str, procedure: Procedure, edges: list[Edge]) -> bool | None:
    """Whether a matter can be carried out without a stage; ``None`` where it cannot be carried out at all."""
    ends = {end.id for end in procedure.ends if end.carried_out}
    start = procedure.stages[0].id
    if not reached(start, edges) & ends:
        return None
    return bool(reached(start, edges, partial(_avoids, stage)) & ends)


def _avoids(stage: str, edge: Edge) -> bool:
    return stage not in {edge[0], edge[2]}


_STRICTER, _LOOSER = Tendency.STRICTER, Tendency.LOOSER

_LOOKS: Final[Iterable[Callable[[Procedure, Procedure], Iterator[Change]]]] = (
    _stages,
    _reach,
    _mandatory,
    _duties,
    _lapses,
    _listed("END", "ends"),
    _listed("BODY", "bodies"),
    _listed("OFFICE", "offices"),
    _shared,
    _facts("facts"),
    _facts("given"),
    _facts("private"),
    _confidential,
    _named,
)
