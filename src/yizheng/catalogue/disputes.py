"""矛盾纠纷排查化解: disputes are screened for by grids, and mediated with the parties' consent; nothing is voted on.

Who screens comes from one community's report, whose text breaks off early; what it does not name stands nowhere here.
How a dispute is mediated, and what an agreement is worth, is the People's Mediation Law.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from yizheng.calendar import Period
from yizheng.catalogue import local
from yizheng.catalogue.common import WITHDRAWN, offices_of
from yizheng.citation import Certainty, Citation
from yizheng.errors import InvalidValue
from yizheng.law import JUDICIAL_CONFIRMATION
from yizheng.matter import Matter
from yizheng.procedure import End, Office, Procedure
from yizheng.procedure.duties import ChainResponse, Precedence
from yizheng.stages import Archive, DisputePaper, FollowUp, Mediation, Route, Screening
from yizheng.stages.parties import MEDIATION_LAW
from yizheng.stages.screening import SORTS
from yizheng.text import Text, as_text
from yizheng.values.doors import all_of
from yizheng.values.plain import Plain

__all__ = ["CONFIDENTIAL", "GRID_REPORT", "MEDIATION", "mediation", "motion"]

GRID_REPORT: Final = Citation(
    instrument=Text("某社区矛盾纠纷排查化解工作报告", "report of a community on the screening of disputes by grids"),
    certainty=Certainty.REPORTED,
)
"""The source of the screening by grids: who heads the group, who is in it, and the main sorts of dispute."""

CONFIDENTIAL: Final = MEDIATION_LAW(
    article="15(4)",
    note=Text(
        "禁止调解员泄露当事人的隐私和商业秘密；当事人可以要求不公开调解（第23条第（三）项）。据此不公开全部文字，是本库的推定",
        "mediators may not disclose what is private to the parties, or a trade secret; a party may ask that nobody else be "
        "present (art. 23(3)). That all words are withheld is inferred from it",
    ),
)
"""On what authority the words of a dispute are withheld from the public."""

_STAFF: Final = (
    Office(
        "secretary",
        Text("社区书记（领导小组组长）", "community secretary, who heads the group"),
        may=[
            "open",
            "register_dispute",
            "classify_dispute",
            "enter_danger",
            "report_danger",
            "transfer_dispute",
            "appoint",
            "adopt_edition",
            "attach",
            "note",
            "correct",
            "withdraw",
        ],
    ),
    Office(
        "grid_leader",
        Text("网格长", "grid leader"),
        may=["open", "register_dispute", "classify_dispute", "enter_danger", "report_danger", "attach", "note"],
    ),
    Office(
        "mediation_committee",
        Text("人民调解委员会", "people's mediation committee"),
        may=[
            "accept_dispute",
            "assign_mediators",
            "enter_danger",
            "report_danger",
            "sign_agreement",
            "transfer_dispute",
            "end_mediation",
            "apply_confirmation",
            "record_confirmation",
            "check_performance",
            "close_follow_up",
            "put_on_file",
            "order_correction",
            "appoint",
            "attach",
            "note",
            "correct",
        ],
    ),
    Office(
        "mediator",
        Text("人民调解员", "mediator"),
        may=[
            "answer_mediation",
            "reject_mediator",
            "invite_helper",
            "mediate",
            "enter_danger",
            "report_danger",
            "agree_orally",
            "draw_up_agreement",
            "sign_agreement",
            "transfer_dispute",
            "end_mediation",
            "check_performance",
            "attach",
            "note",
        ],
    ),
)
# The report names secretary and grid leaders; committee and mediators are arts 7 and 13 of the law, and that the
# committee orders a mediator to put right what was done wrong is art. 15. Who enters what is inferred.


def mediation(
    *,
    sorts: Iterable[str] = SORTS,
    routes: Iterable[Route | str] = Route,
    confirmation: Period | Iterable[Period] = JUDICIAL_CONFIRMATION,
) -> Procedure:
    """Screening and mediation of a dispute, from the patrol of a grid to the archive.

    Args:
        sorts: the sorts of dispute that the register knows; the report names those over property management and between
            neighbours as the main ones.
        routes: the ways of which the parties are told when mediation fails: People's Mediation Law art. 26.
        confirmation: how long the parties can ask a court together to confirm what they agreed: art. 33.
    """
    every = [DisputePaper.REGISTER, DisputePaper.RECORD]
    stages = (
        Screening(id="screen", title=Text("排查登记", "screen and register"), source=GRID_REPORT, sorts=sorts),
        Mediation(id="mediate", title=Text("调解", "mediate"), source=MEDIATION_LAW(article="17-27"), routes=routes),
        FollowUp(
            id="follow_up",
            title=Text("回访", "follow up"),
            source=MEDIATION_LAW(article="31-33"),
            confirmation=local.kept_periods(
                "mediation.confirmation", "confirmation", confirmation, [JUDICIAL_CONFIRMATION]
            ),
        ),
        _archive("archive_settled", Text("归档（已履行）", "put on file, performed"), [*every, DisputePaper.AGREEMENT]),
        _archive(
            "archive_unperformed",
            Text("归档（未履行）", "put on file, not performed"),
            [*every, DisputePaper.AGREEMENT],
        ),
        _archive("archive_failed", Text("归档（调解不成）", "put on file, failed"), every),
        _archive("archive_refused", Text("归档（拒绝调解）", "put on file, refused"), every),
        _archive("archive_transferred", Text("归档（移送）", "put on file, transferred"), every),
    )
    return Procedure(
        id="disputes-mediation",
        title=Text("矛盾纠纷排查化解", "screening and mediation of disputes"),
        stages=stages,
        routes={
            "screen": {"registered": "mediate", "transferred": "transferred"},
            "mediate": {
                "agreed": "follow_up",
                "failed": "archive_failed",
                "refused": "archive_refused",
                "transferred": "archive_transferred",
            },
            "follow_up": {
                "performed": "archive_settled",
                "unperformed": "archive_unperformed",
                "unconfirmed": "mediate",
            },
            "archive_settled": {"archived": "settled"},
            "archive_unperformed": {"archived": "unperformed"},
            "archive_failed": {"archived": "failed"},
            "archive_refused": {"archived": "refused"},
            "archive_transferred": {"archived": "transferred"},
        },
        ends=(
            End("settled", Text("达成协议并已履行", "agreed and performed"), carried_out=True),
            End("unperformed", Text("达成协议，未履行", "agreed, and not performed")),
            End("failed", Text("调解不成，已告知其他途径", "failed, and the parties were told of other ways")),
            End("refused", Text("当事人拒绝调解", "refused by a party")),
            End("transferred", Text("已移送", "transferred")),
            WITHDRAWN,
        ),
        offices=offices_of(stages, staff=_STAFF),
        binding="mediate",
        withdrawn="withdrawn",
        corrected="mediate",
        confidential=CONFIDENTIAL,
        mandatory=("screen.registered", "mediate.agreed", "follow_up.performed", "archive_settled.archived"),
        duties=(
            Precedence("mediate:accept_dispute", "mediate:mediate", source=MEDIATION_LAW(article="17")),
            Precedence("mediate.agreed", "follow_up", source=MEDIATION_LAW(article="31")),
            ChainResponse("mediate.failed", "archive_failed", source=MEDIATION_LAW(article="27")),
            ChainResponse("mediate.refused", "archive_refused", source=MEDIATION_LAW(article="27")),
        ),
        sources=(GRID_REPORT, MEDIATION_LAW(article="17-33")),
    )


def _archive(stage: str, title: Text, papers: Iterable[DisputePaper]) -> Archive:
    return Archive(id=stage, title=title, source=MEDIATION_LAW(article="27"), papers=papers)


def motion(
    disputes: Iterable[Matter],
    *,
    id: str,  # noqa: A002  # as every id of the library is called
    title: Text | str,
    category: str,
    facts: dict[str, Plain] | None = None,
) -> Matter:
    """Make a matter of several alike disputes, so that what causes them is decided, and not each quarrel by itself.

    The report credits an open procedure with fewer disputes. What is private stays with the disputes.

    Args:
        disputes: two or more.
        id: of the new matter.
        title: what is to be decided.
        category: the kind of matter, which says where it is decided.
        facts: what its decision rests on.

    Raises:
        InvalidType: when something else than matters is among them.
        InvalidValue: when there are fewer than two, or one stands twice.
    """
    given = all_of(Matter, disputes, "disputes")
    ids = frozenset([each.id for each in given])
    faults = [] if len(given) >= 2 else [f"{len(given)} disputes do not make a matter; hand in two or more"]  # noqa: PLR2004
    faults += [] if len(ids) == len(given) else ["a dispute stands twice; hand in each once"]
    InvalidValue.raise_all(faults)
    origin = Text(f"由 {len(given)} 起同类纠纷形成", f"made of {len(given)} alike disputes")
    return Matter(id, title=as_text(title), category=category, facts=facts or {}, origin=origin, comes_from=ids)


MEDIATION: Final = mediation()
"""The screening and mediation of disputes, with the figures of the law."""
