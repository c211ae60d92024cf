"""Votes as a tally: a count that is entered, ballots by name, and the sitting before anybody has voted."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import attrs
import msgspec

from yizheng.errors import InvalidValue
from yizheng.reasons import COUNT_MISMATCH, SECRET_ONE, SECRET_WEIGHTED, WEIGHTED_COUNT, Reason
from yizheng.rules import HEADS, Choice, Silence, Tally, deem
from yizheng.rules.ballots import AS_USUAL
from yizheng.rules.figures import Figure
from yizheng.stages.base import NO_EFFECT, Act, Decided, Dossier, Effect
from yizheng.stages.deliberation.admitting import item_faults, opening_faults, voter_faults
from yizheng.stages.deliberation.ballots import CountVotes
from yizheng.stages.deliberation.count_faults import again_faults, issued_faults, marks_faults, running_faults
from yizheng.stages.deliberation.service import asked, silence_in
from yizheng.stages.deliberation.settings import Settings
from yizheng.stages.deliberation.sitting import Added, Progress, Sitting, ranking, running
from yizheng.stages.deliberation.words import MEETINGS, Method
from yizheng.text import Text

__all__ = ["count_votes", "tally_of", "tally_without_ballots", "was_counted"]

_FIGURE_OF: Final = {
    Choice.FOR: "for_",
    Choice.AGAINST: "against",
    Choice.ABSTAIN: "abstaining",
    Choice.INVALID: "invalid",
}


_MARKS: Final = frozenset({Figure.CAST, Figure.VALID, Figure.FOR, Figure.AGAINST, Figure.ABSTAINING, Figure.INVALID})
"""The figures of the ballots themselves."""


def count_votes(stage: Settings, act: Act, progress: Progress, dossier: Dossier) -> Decided:
    """A count fits those who could vote, the list of who did, the box, and the rule."""
    action: CountVotes = act.action
    sitting = running(progress)
    silence = silence_in(stage, sitting.mode)
    reasons = opening_faults(stage, act, sitting, action.method) + item_faults(action.item, sitting, dossier)
    reasons += running_faults(stage, act, sitting) + again_faults(action, sitting)
    reasons += issued_faults(action.issued, sitting, progress)
    if action.method is Method.SECRET and action.voters is not None and len(action.voters) == 1:
        reasons.append(SECRET_ONE())
    if action.void:  # more came back than were given out: there is nothing to count, and the vote is void
        return reasons or NO_EFFECT
    reasons += _mismatches(action, sitting) + marks_faults(action, sitting)
    ranked_by = ranking(sitting, dossier)
    weighed = asked(sitting.rule, silence, ranked_by)[0] - {HEADS}
    if weighed and action.method is Method.SECRET:
        reasons.append(SECRET_WEIGHTED(sitting.rule.citation, measures=sorted(weighed)))
    if not reasons:
        try:
            tally = _tally_of_count(stage, action, sitting, progress, silence)
            sitting.rule.judge(tally)
            if ranked_by is not None:
                tally.number(ranked_by)
        except InvalidValue as error:
            reasons.append(WEIGHTED_COUNT(sitting.rule.citation, measures=error.faults))
    return reasons or NO_EFFECT


def _mismatches(action: CountVotes, sitting: Sitting) -> list[Reason]:
    """Where a count goes beyond those who could vote, or against the list of who did or the ballots returned."""
    reasons: list[Reason] = []
    here = sitting.here
    unnamed = sitting.unnamed(sitting.roll.joint - sitting.recused.keys() if here is None else here, ())
    bound = (len(sitting.roll) - len(sitting.recused) if here is None else len(here)) - len(unnamed)
    if action.cast > bound:
        could = here is None or unnamed
        base = Text("可表决人数", "those who could vote") if could else Text("到会人数", "those present")
        reasons.append(COUNT_MISMATCH(counted=action.cast, against=base, expected=bound))
    if action.voters is not None:
        for member in sorted(action.voters):
            reasons += voter_faults(member, sitting)
        reasons += sitting.unnamed(action.voters, ())
        if len(action.voters) != action.cast:
            listed = Text("投票人名单", "the list of who voted")
            reasons.append(COUNT_MISMATCH(counted=action.cast, against=listed, expected=len(action.voters)))
    if action.returned is not None and action.returned != action.cast:
        box = Text("收回票数", "the ballots returned")
        reasons.append(COUNT_MISMATCH(counted=action.cast, against=box, expected=action.returned))
    return reasons


def was_counted(_stage: Settings, act: Act, _effect: Effect, progress: Progress, dossier: Dossier) -> Added:
    """The count is kept with the sitting, until the close."""
    return msgspec.structs.replace(progress, sitting=attrs.evolve(running(progress), count=act.action)), dossier


def tally_of(stage: Settings, sitting: Sitting, progress: Progress, *, silence: Silence | None) -> Tally:
    """The vote as it stands, with what is made of silence."""
    if sitting.count is not None:
        return _tally_of_count(stage, sitting.count, sitting, progress, silence)
    ballots = {member: choice for member, choice in progress.ballots.items() if choice is not None}
    measures, groups = asked(sitting.rule, silence, sitting.ranked_by)
    voters = {head: progress.proxies[head] for head in sitting.roll.joint if head in progress.proxies}
    return sitting.roll.tally(
        ballots,
        present=sitting.here,
        recused=sitting.recused,
        groups=groups,
        measures=measures,
        named={head: mandate.holder for head, mandate in voters.items()},
        mandated=[head for head, mandate in voters.items() if not sitting.names_voter(mandate)],
        policy=stage.ballots or AS_USUAL,
        silence=silence,
        served=tuple(progress.served.values()),
    )


def tally_without_ballots(sitting: Sitting) -> Tally:
    """The sitting as it stands before anybody has voted; before attendance is taken, nobody is there."""
    rule, nobody = sitting.rule, frozenset[str]() if sitting.mode in MEETINGS else None
    return sitting.roll.tally(
        {},
        present=nobody if sitting.here is None else sitting.here,
        recused=sitting.recused,
        groups=rule.groups,
        measures=rule.measures,
    )


def _tally_of_count(
    stage: Settings, votes: CountVotes, sitting: Sitting, progress: Progress, silence: Silence | None
) -> Tally:
    """A count as a tally, with what is made of silence; where nobody noted who voted, nobody knows who was silent."""
    tally = _as_entered(stage, votes, sitting)
    if silence is None or votes.void:
        return tally
    if votes.voters is None:
        return deem(tally, silence, {})
    # Nobody has been named for co-owners here: in writing they are named with their ballot, and this is a count.
    mute = sitting.recused.keys() | sitting.roll.joint
    silent = len(progress.served.keys() - votes.voters - mute)
    return deem(tally, silence, {HEADS: {None: Fraction(silent)}})


def _as_entered(stage: Settings, votes: CountVotes, sitting: Sitting) -> Tally:
    """A count as a tally, with the groups of which attendance and roll alone tell.

    Whose the votes are a count does not say; where everybody who could cast one is of a group, they are that group's.
    """
    roll, here, recused = sitting.roll, sitting.here, sitting.recused.keys()
    voting = {member.id for member in roll} - recused if here is None else here
    of_whom = {group for figure, _, group in sitting.rule.asked if group is not None and figure in _MARKS}
    cast: dict[str, int] = {}
    figures = {"entitled": len(roll) - len(recused), "recused": len(recused)}
    if not votes.void:
        marks = {Choice.FOR: votes.for_, Choice.AGAINST: votes.against}
        marks |= {Choice.ABSTAIN: votes.abstaining, Choice.INVALID: votes.invalid}
        policy = stage.ballots or AS_USUAL
        marks[policy.blank] += votes.blank or 0
        marks[policy.ambiguous] += votes.ambiguous or 0
        cast = {_FIGURE_OF[choice]: number for choice, number in marks.items()}
    among: dict[str, dict[str, int]] = {}
    groups = asked(sitting.rule, silence_in(stage, sitting.mode), sitting.ranked_by)[1]
    for group in sorted(roll.groups & groups):
        members = {member.id for member in roll if group in member.groups} - recused
        among[group] = {"entitled": len(members)} | ({} if here is None else {"present": len(members & here)})
        among[group] |= cast if group in of_whom and voting <= members else {}
    if here is not None:
        figures["present"] = len(here)
    return Tally.of(
        **figures,
        **cast,
        among=among,
        issued=votes.issued,
        returned=votes.returned,
        presence=here is not None,
        electorate=roll.electorate,
        casting=None,  # it is no part of a count: the close adds it
        blank=votes.blank,
        ambiguous=votes.ambiguous,
    )
