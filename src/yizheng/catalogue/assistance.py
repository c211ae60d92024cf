"""低保: how an allowance is reviewed, and how it is reduced or ended, before and after 2026-07-01.

Since that day the Social Assistance Law names no peer review among the methods, has the confirmation published, asks for
written reasons for a refusal and for any change, and has the recipient heard before a reduction or an end. The law is known
from one copy. ``yizheng.law.assistance`` has the provisions.

So there are three roads since then. Who is not paid yet applies (:func:`allowance_application`), and may be refused. What
is paid is looked at again (:func:`allowance_review`), which takes nothing away: where a change is considered it ends so,
and goes on as a matter of its own, by :func:`allowance_change`, where the recipient is heard before it is decided.

What is found, said and decided about a family is withheld from the public in all of them (art. 11 of the law; for
the days before it, inferred).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import attrs

from yizheng.calendar import Period
from yizheng.catalogue import local
from yizheng.catalogue.common import CHANGE_CONSIDERED, COUNTY, STAFF, WITHDRAWN, offices_of
from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue
from yizheng.law import MAJORITY_INFERRED, Clause, provision
from yizheng.law.assistance import PRIVACY
from yizheng.procedure import Body, End, Lapse, Procedure
from yizheng.procedure.duties import AlternatePrecedence, ChainPrecedence, Precedence, Response
from yizheng.rules import Rule
from yizheng.stages import (
    Channel,
    DeclineHearing,
    Deliberation,
    Disclosure,
    Implementation,
    Method,
    PersonalHearing,
    RecordAbsence,
    Referral,
    Stage,
    WaiveHearing,
)
from yizheng.stages.base import as_periods
from yizheng.text import Text
from yizheng.values.doors import a_day

__all__ = [
    "ALLOWANCE_APPLICATION",
    "ALLOWANCE_CHANGE",
    "ALLOWANCE_REVIEW",
    "ALLOWANCE_REVIEW_2014",
    "ALLOWANCE_REVIEW_2021",
    "CHANGE_CONSIDERED",
    "CONFIDENTIAL",
    "allowance_application",
    "allowance_change",
    "allowance_review",
]

_FIRST: Final = date(2014, 5, 1)
_MEASURES: Final = date(2021, 7, 1)
_LAW: Final = date(2026, 7, 1)

_TOLD: Final = Period(
    7,
    citation=Citation.inferred(
        Text("决定公布、告知的期限由本库推定为7日", "how long the decision hangs is inferred: seven days")
    ),
)
_SUMMONED: Final = Period(
    7,
    citation=Citation.inferred(
        Text(
            "到场陈述的通知期由本库推定为7日",
            "how long before they are heard a summons is served is inferred: seven days",
        )
    ),
)
_POSTED_BEFORE: Final = Period(
    7,
    citation=Citation(
        instrument=Text("本库默认值", "default of this library"),
        in_force_to=_MEASURES - timedelta(days=1),
        certainty=Certainty.INFERRED,
        note=Text(
            "社会救助暂行办法未写公示天数；2021年7月以前沿用后来规定的7日",
            "the interim measures name no number of days; before July 2021 the seven of the later measures are taken",
        ),
    ),
)


def allowance_application(
    *,
    on: date = _LAW,
    region: local.Place = None,
    panel: Rule | Iterable[Rule] = (),
    posted: Period | Iterable[Period] | None = (),
    answer: Period | Iterable[Period] = (),
    decided_within: Period | Iterable[Period] = (),
    decision_posted: Period | Iterable[Period] = _TOLD,
) -> Procedure:
    """The review of an application for the allowance (低保审核确认), by the rules of a day: nothing is paid yet.

    It goes as :func:`allowance_review` does, and may end in a refusal, which takes nothing away: art. 48 of the law has the
    *recipient* heard. Since 2026-07-01 the matter must therefore state that no allowance is being paid
    (``facts={"paid": False}``), and is not opened by this procedure if one is.

    Args:
        on: the day whose rules are taken, usually that of the application.
        region: where.
        panel: what a by-law asks of the panel's vote, beside the region's.
        posted: how long the first opinion hangs by the by-law; ``None`` leaves the posting out.
        answer: how soon an objection is answered by the by-law.
        decided_within: how soon the county decides by the by-law, beside what holds.
        decision_posted: how long the decision hangs, and within which an objection to a refusal is heard; inferred.

    Raises:
        InvalidType: when ``on`` is no day.
        InvalidValue: as :func:`allowance_review`.
    """
    periods = (posted, answer, decided_within, decision_posted)
    return _reviewed(on, region, panel, *periods, refuses=True)


def allowance_review(
    *,
    on: date = _LAW,
    region: local.Place = None,
    panel: Rule | Iterable[Rule] = (),
    posted: Period | Iterable[Period] | None = (),
    answer: Period | Iterable[Period] = (),
    decided_within: Period | Iterable[Period] = (),
    decision_posted: Period | Iterable[Period] = _TOLD,
) -> Procedure:
    """The review of an allowance (低保审核确认), by the rules of a day: since 2026-07-01, of one that is being paid.

    The subdistrict inquires, the first opinion is posted, the county civil affairs department decides; what it confirms is
    published. Since 2026-07-01 nothing is taken away here: where the county does not confirm, a change is *considered*, and
    the review ends so. The allowance goes on as it was, and a matter of its own (``comes_from={…}``) goes through
    :func:`allowance_change`, where the recipient is heard. Before that day, what it refuses is told the family in writing
    with the reasons; so is an inquiry that was given up, on any day. A withdrawal is the family's own, which the case
    officer enters. What the community says is never the decision. Where the province has delegated it to the subdistrict
    (law of 2026), the office of the county is held by whoever decides there, and not by the case officer.

    Peer review (民主评议) stands before the posting to 2021-06-30; from 2021-07-01 it is held where anybody objects to the
    posting, which no answer of the subdistrict settles, and the opinion is posted again; from 2026-07-01 the law no longer
    names it, and the inquiry is made again instead. What the panel finds goes up with the file either way.

    The rules of a definition hold on the days of its edition: an opinion that is posted after them is refused as
    ``NO_EDITION``. A review that was opened by the rules of before refuses nothing since 2026-07-01, whatever by-law is given
    or adopted: the county's refusal, and the letter that tells of one, are then refused as ``LAPSED``, since nobody was
    heard. What was refused and told before that day stands.

    Args:
        on: the day whose rules are taken.
        region: where: how its panel votes and how long the opinion hangs.
        panel: what a by-law asks of the panel's vote, beside the region's; without either it is inferred.
        posted: how long the first opinion hangs by the by-law, beside what holds. ``None`` leaves the posting out, which
            only the law of 2026 lets do: it names the publication of the decision alone. The measures of 2021 name the
            posting, and whether they still stand was not verified.
        answer: how soon an objection is answered by the by-law.
        decided_within: how soon the county decides by the by-law, beside what holds.
        decision_posted: how long the decision hangs, and within which an objection to a refusal is heard; inferred.

    Raises:
        InvalidType: when ``on`` is no day.
        InvalidValue: when it lies before 2014-05-01, or the posting is left out before 2026-07-01.
    """
    periods = (posted, answer, decided_within, decision_posted)
    return _reviewed(on, region, panel, *periods, refuses=a_day(on, "on") < _LAW)


def _reviewed(  # noqa: PLR0917 -- in the order of those that call it
    on: date,
    region: local.Place,
    panel: Rule | Iterable[Rule],
    posted: Period | Iterable[Period] | None,
    answer: Period | Iterable[Period],
    decided_within: Period | Iterable[Period],
    decision_posted: Period | Iterable[Period],
    *,
    refuses: bool,
) -> Procedure:
    day = _edition(on)
    if posted is None and day < _LAW:
        raise InvalidValue("before 2026-07-01 the first opinion is posted; leave posted out, or give how long it hangs")
    reviewed = day < _LAW
    standing = day < _MEASURES
    file = Referral(
        id="decide",
        title=Text("县级民政部门审核确认", "the county decides"),
        source=_source("assistance.decision", day),
        within=_decided_within(region, decided_within, day),
    )
    inquiry = _inquiry(day)
    review = [_panel(region, panel, day, on)] if reviewed else []
    opinion = [] if posted is None else [_opinion(region, posted, answer, day)]
    exceptional = reviewed and not standing
    again = [_again(each) for each in opinion if exceptional]
    posted_then = "post_again" if exceptional else "post_opinion"
    after_inquiry = "peer_review" if standing else "post_opinion" if opinion else "decide"
    objected = "peer_review" if reviewed and not standing else "inquire"
    heard_panel = {
        "carried": posted_then,
        "lost": posted_then,
        "returned": "inquire",
        "void": "peer_review",
        "inquorate": "inquire",
    }
    told = _told("publish_decision", Text("公布确认决定", "publish the decision"), decision_posted, answer, day)
    refused = _written(
        "tell_refusal", Text("书面告知不予确认及理由", "tell the family why, in writing"), decision_posted, answer, day
    )
    closure = Text("书面告知终止办理及理由", "tell the family in writing why it was closed")
    told_closed = _written("tell_closure", closure, decision_posted, answer, day)
    closed = attrs.evolve(told_closed, carries=())  # nobody above gave reasons: the notice itself does
    refusal = [refused] if refuses else []
    stages: tuple[Stage, ...] = (inquiry, *review, *opinion, *again, file, told, *refusal, closed)
    of_new = refuses and day >= _LAW  # of what is paid, nothing is refused without a hearing
    reasons = _source("assistance.refusal.reasons", day)
    confirmed = Text("已确认并公布", "confirmed and published") if refuses else _CONFIRMED_AS_IT_WAS
    return Procedure(
        id="allowance-application" if of_new else "allowance-review",
        title=Text("低保申请审核确认", "application for an allowance")
        if of_new
        else Text("低保审核确认", "review of an allowance"),
        edition=str(day),
        stages=stages,
        routes={
            "inquire": {"completed": after_inquiry, "abandoned": "tell_closure"},
            **({"peer_review": heard_panel} if review else {}),
            **({"post_opinion": {"clear": "decide", "upheld": objected}} if opinion else {}),
            **({"post_again": {"clear": "decide", "upheld": "peer_review"}} if again else {}),
            "decide": {
                "confirmed": "publish_decision",
                "rejected": "tell_refusal" if refuses else CHANGE_CONSIDERED.id,
                "returned": "inquire",
            },
            "publish_decision": {"clear": "confirmed", "upheld": "decide"},
            **({"tell_refusal": {"clear": "refused", "upheld": "decide"}} if refuses else {}),
            "tell_closure": {"clear": "closed", "upheld": "inquire"},
        },
        ends=(
            End("confirmed", confirmed, carried_out=True),
            End("refused", Text("不予确认，已书面告知理由", "refused, and told why in writing"))
            if refuses
            else CHANGE_CONSIDERED,
            _CLOSED if of_new else _CLOSED_AS_IT_WAS if day >= _LAW else _CLOSED_BEFORE,
            WITHDRAWN,
        ),
        bodies=_PANEL if review else (),
        offices=offices_of(stages, COUNTY, staff=_STREET),
        deciding="decide",
        withdrawn="withdrawn",
        corrected="inquire",
        mandatory=(
            "inquire.completed",
            *(["peer_review"] if standing else []),
            *(["post_opinion" if again else "post_opinion.clear"] if opinion else []),
            "decide.confirmed",
            "publish_decision.clear",
        ),
        facts={"paid": _PAID} if of_new else {},
        given={"paid": False} if of_new else {},
        confidential=_confidential(day),
        duties=[
            *(
                [Precedence(["post_opinion.clear", "post_again.clear"], "decide", source=opinion[0].source)]
                if again
                else []
            ),
            *(
                [
                    Response("decide.rejected", "tell_refusal:post", source=reasons, ends=["refused"]),
                    ChainPrecedence("tell_refusal.clear", "refused", source=reasons),
                ]
                if refuses
                else [ChainPrecedence("decide.rejected", CHANGE_CONSIDERED.id, source=_HEARD)]
            ),
            ChainPrecedence("tell_closure.clear", "closed", source=reasons),
        ],
        lapses=_REFUSED_BEFORE if refuses and not of_new else (),
        sources=_sources(day),
    )


def allowance_change(
    *,
    on: date = _LAW,
    region: local.Place = None,
    summoned: Period | Iterable[Period] = (),
    answer: Period | Iterable[Period] = (),
    decided_within: Period | Iterable[Period] = (),
    decision_posted: Period | Iterable[Period] = _TOLD,
) -> Procedure:
    """The recheck of an allowance that is paid (动态管理), which may end in its reduction or its end.

    The subdistrict inquires anew and reports; where the county means to reduce or end the allowance, the recipient is
    heard first, and told the decision in writing with its reasons (Social Assistance Law art. 48). No way leads to a
    reduction or an end without the hearing. The matter says privately who the recipient is
    (``private={"recipient": …}``), and only that person counts: heard in their own words, or entered with the signed record;
    or the recipient declines, which they say themselves, or the county enters with their written statement; or the county
    enters that they were summoned in time and did not come on the day. The case officer calls and closes the hearing and
    enters what was said; whether somebody may go unheard is the county's, which decides. To waive the hearing is to let
    the allowance go on as it was.

    The hearing is a duty since 2026-07-01. It stands in the definition for earlier days too (inferred): what is opened
    before may be decided after.

    Args:
        on: the day whose rules are taken.
        region: where.
        summoned: how many clear days before the hearing the recipient is told of it by the by-law, beside the seven that are
            inferred, since no period was read: the longer holds.
        answer: how soon an objection is answered by the by-law.
        decided_within: how soon the county decides by the by-law, beside what holds. The one period that was read is that
            of the decision, from the day on which it was asked for; for the opinion that goes before it none was.
        decision_posted: how long an objection to the decision is heard; inferred.

    Raises:
        InvalidType: when ``on`` is no day.
        InvalidValue: when it lies before 2014-05-01.
    """
    day = _edition(on)
    heard = _HEARD if day >= _LAW else None
    stages: tuple[Stage, ...] = (
        _inquiry(day),
        Referral(
            id="intend",
            title=Text("提出继续或者变更的意见", "propose a change"),
            source=_source("assistance.decision", day),
        ),
        PersonalHearing(
            id="hear",
            title=Text("听取救助对象意见", "hear the recipient"),
            source=heard,
            concerned=["recipient"],
            notice=local.no_shorter(_SUMMONED, summoned),
            # Who means the change lets it fall, and says that somebody goes unheard; no one below does.
            offices={each.kind: [COUNTY.id] for each in (WaiveHearing, DeclineHearing, RecordAbsence)},
        ),
        Referral(
            id="decide",
            title=Text("县级民政部门决定", "decide on the change"),
            source=_source("assistance.decision", day),
            within=_decided_within(region, decided_within, day),
        ),
        _written(
            "tell_change",
            Text("书面告知变更决定及理由", "tell the recipient why, in writing"),
            decision_posted,
            answer,
            day,
        ),
    )
    return Procedure(
        id="allowance-change",
        title=Text("低保核查与变更", "recheck of an allowance"),
        edition=str(day),
        stages=stages,
        routes={
            "inquire": {"completed": "intend", "abandoned": "continued"},
            "intend": {"confirmed": "continued", "rejected": "hear", "returned": "inquire"},
            "hear": {"held": "decide", "waived": "continued"},
            "decide": {"confirmed": "continued", "rejected": "tell_change", "returned": "inquire"},
            "tell_change": {"clear": "changed", "upheld": "inquire"},
        },
        ends=(
            End(
                "changed",
                Text("已减少或者终止，已听取意见并书面告知", "reduced or ended: heard, and told why"),
                carried_out=True,
            ),
            End("continued", Text("继续救助", "goes on as it was")),
            WITHDRAWN,
        ),
        offices=offices_of(stages, COUNTY, staff=_STREET),
        deciding="decide",
        withdrawn="withdrawn",
        corrected="inquire",
        private={"recipient": Text("救助对象（户号或者编号）", "the recipient (a flat or a number)")},
        confidential=_confidential(day),
        mandatory=("inquire.completed", "intend.rejected", "hear.held", "decide.rejected", "tell_change.clear"),
        duties=[
            AlternatePrecedence("hear.held", "decide.rejected", source=heard),
            ChainPrecedence("decide.rejected", "tell_change", source=_source("assistance.refusal.reasons", day)),
            ChainPrecedence("tell_change.clear", "changed", source=_source("assistance.refusal.reasons", day)),
        ],
        sources=(*_sources(day), *([_HEARD] if heard else [])),
    )


def _edition(on: date) -> date:
    """The first day of the rules that hold on a day."""
    day = a_day(on, "on")
    held = [first for first in (_FIRST, _MEASURES, _LAW) if first <= day]
    if not held:
        raise InvalidValue(f"no rule of {day} is in the catalogue; the earliest is of {_FIRST}")
    return held[-1]


def _last(day: date) -> date | None:
    """The last day of an edition."""
    later = [first for first in (_MEASURES, _LAW) if first > day]
    return later[0] - timedelta(days=1) if later else None


def _decided_within(region: local.Place, own: Period | Iterable[Period], day: date) -> tuple[Period, ...]:
    """How soon the county decides: no period from before the measures of 2021 was read."""
    if day < _MEASURES:
        return as_periods(own)
    return local.periods(
        "allowance.decided_within", region=region, by_law=own, since=day, until=_last(day), deadline=True
    )


def _source(provision_id: str, day: date) -> Citation:
    """Where a provision is written on the first day of an edition, in the whole country."""
    (edition,) = provision(provision_id).holding(day, None)
    assert isinstance(edition, Clause)
    return edition.citation


def _sources(day: date) -> tuple[Citation, ...]:
    listed = ("assistance.investigation", "assistance.decision", "assistance.refusal.reasons")
    return tuple(dict.fromkeys(_source(each, day) for each in listed))


def _inquiry(day: date) -> Implementation:
    """Household survey, neighbours, letters and data: each finding is a report of who was sent."""
    return Implementation(
        id="inquire",
        title=Text("受理与调查", "inquire"),
        source=_source("assistance.investigation", day),
        inspected=False,
        offices={"spend": ()},
    )


def _panel(region: local.Place, own: Rule | Iterable[Rule], day: date, on: date) -> Deliberation:
    rules = local.rules("allowance.panel.vote", region=region, by_law=own) or (MAJORITY_INFERRED,)
    ballots = provision("allowance.panel.ballot").holding(on, region)
    nearest = ballots[-1] if ballots else None
    how = [nearest.value] if isinstance(nearest, Clause) and nearest.value else [*Method]
    return Deliberation(
        id="peer_review",
        title=Text("民主评议", "peer review"),
        source=_source("allowance.peer_review", day),
        body="review_panel",
        rule=rules,
        methods=how,
    )


def _opinion(
    region: local.Place, own: Period | Iterable[Period], answer: Period | Iterable[Period], day: date
) -> Disclosure:
    standing = local.periods(
        "allowance.posted", region=region, by_law=own, otherwise=_POSTED_BEFORE, since=day, until=_last(day)
    )
    return Disclosure(
        id="post_opinion",
        title=Text("初审意见公示", "post the first opinion"),
        source=_source("assistance.opinion.posted", day) if day < _LAW else standing[0].citation,
        least=standing,
        required=[Channel.BULLETIN_BOARD],
        answer=answer,
        objections_reviewed=True if _MEASURES <= day < _LAW else None,
    )


def _again(opinion: Disclosure) -> Disclosure:
    """The opinion as it is after the panel was heard: an objection to it is answered, and goes back where it is right."""
    title = Text("评议后再次公示", "post the opinion again, after the review")
    source = Citation.inferred(Text("评议后再次公示为本库推定", "that it is posted again after the review is inferred"))
    return attrs.evolve(opinion, id="post_again", title=title, source=source, objections_reviewed=None)


def _told(
    id_: str, title: Text, least: Period | Iterable[Period], answer: Period | Iterable[Period], day: date
) -> Disclosure:
    return Disclosure(
        id=id_,
        title=title,
        source=_source("assistance.decision.published", day),
        least=least,
        required=[Channel.BULLETIN_BOARD],
        answer=answer,
    )


def _written(
    id_: str, title: Text, least: Period | Iterable[Period], answer: Period | Iterable[Period], day: date
) -> Disclosure:
    """To the family alone, by letter, with the reasons of whoever decided."""
    return Disclosure(
        id=id_,
        title=title,
        source=_source("assistance.refusal.reasons", day),
        least=least,
        channels=[Channel.LETTER],
        required=[Channel.LETTER],
        answer=answer,
        carries=["reasons"],
    )


def _confidential(day: date) -> Citation:
    """On what authority words about a family are withheld on the days of an edition."""
    return CONFIDENTIAL if day >= _LAW else _CONFIDENTIAL_BEFORE


CONFIDENTIAL: Final = PRIVACY
"""What is known of a recipient is kept secret: Social Assistance Law art. 11."""
_CONFIDENTIAL_BEFORE: Final = Citation.inferred(
    Text("2026年7月1日以前，本库推定同样不公开", "before 2026-07-01 the same is inferred"),
)
_PAID: Final = Text("是否已在享受低保（真或假）", "whether an allowance is being paid (true or false)")
_HEARD: Final = _source("assistance.reduction.hearing", _LAW)
_CLOSED_AS_IT_WAS: Final = End(
    "closed",
    Text(
        "终止核查，原救助照旧，已书面告知理由",
        "closed without a decision: the allowance goes on as it was, and told why in writing",
    ),
)
_CLOSED_BEFORE: Final = End(
    "closed",
    Text(
        "终止办理，未作决定，已在享受的照旧，已书面告知理由",
        "closed without a decision: what is paid goes on as it was, and told why in writing",
    ),
)
_CONFIRMED_AS_IT_WAS: Final = Text("已确认照旧并公布", "confirmed as it was, and published")
_HEAR_FIRST: Final = Text(
    "已在享受的，另按低保核查与变更（allowance_change）立案，先听取本人意见；"
    "尚未享受的，另按低保申请审核确认（allowance_application）立案；已决定而未告知的，由县级责令改正",
    "what is paid goes through a recheck in a case of its own (allowance_change), where the recipient is heard first; who is "
    "not paid yet, through an application (allowance_application); what was decided and not told, the county orders corrected",
)
_REFUSED_BEFORE: Final = tuple(
    Lapse(milestone=each, last=_LAW - timedelta(days=1), instead=_HEAR_FIRST, citation=_HEARD)
    for each in ("decide.rejected", "tell_refusal:post")
)
_CLOSED: Final = End("closed", Text("终止办理，已书面告知理由", "closed without a decision, and told why in writing"))
_PANEL: Final = (Body("review_panel", Text("民主评议小组", "review panel")),)
_STREET: Final = tuple(
    attrs.evolve(office, title=Text("街道经办人员", "subdistrict's case officer"))
    if office.id == "secretary"
    else office
    for office in STAFF
    if office.id != "subdistrict"
)
# The subdistrict handles these cases, and orders no corrections in them: the county does.

ALLOWANCE_APPLICATION: Final = allowance_application()
"""The review of an application since 2026-07-01."""

ALLOWANCE_REVIEW: Final = allowance_review()
"""The review of an allowance that is being paid, since 2026-07-01: nothing is taken away by it."""

ALLOWANCE_REVIEW_2021: Final = allowance_review(on=_MEASURES)
"""The review, of applications too, from 2021-07-01 to 2026-06-30: peer review where anybody objects."""

ALLOWANCE_REVIEW_2014: Final = allowance_review(on=_FIRST)
"""The same from 2014-05-01 to 2021-06-30: peer review always."""

ALLOWANCE_CHANGE: Final = allowance_change()
"""The recheck of an allowance since 2026-07-01: the recipient is heard before it is reduced or ended."""
