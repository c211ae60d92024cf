"""Values of every kind that a record can hold, drawn at random: each action, each stage's settings, each effect."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import strategies as st

from walks import COURTYARD_ROLLS, OFFICES, START, matter
from yizheng import Citation, Matter, Member, Period, Proxy, Roll, Text, catalogue, stages
from yizheng.batch import Batch
from yizheng.calendar import Unit
from yizheng.canonical import Kept, canonical, digest
from yizheng.case import Entry, Open, OpenBatch, Sittings, TakeUp, read_entry
from yizheng.case.entry import GENESIS, check_entry, make_entry
from yizheng.citation import Certainty
from yizheng.codec import kept
from yizheng.people import ProxyPolicy
from yizheng.procedure import Kinds
from yizheng.rules import (
    AGAINST,
    CAST,
    ENTITLED,
    FOR,
    PRESENT,
    BallotPolicy,
    Choice,
    Filling,
    Lot,
    Mark,
    Outcome,
    Quota,
    Rule,
    Silence,
    SilencePolicy,
    Step,
    Tally,
    deem,
)
from yizheng.stages import ANYWHERE, KINDS, LEAVING, Action, Effect
from yizheng.stages.base import NO_EFFECT
from yizheng.values import plain

# Letters that show nothing are words to nobody; whether a text shows anything is what tests of texts look at.
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2800\u3164\u115f\u1160\uffa0"
) | st.sampled_from("é\u0301\n\t😀字\u2028\ufeff\uffff\U0010ffff")
WORDS = st.text(CHARACTERS, max_size=12)


def seen(words: str) -> bool:
    """Whether words show anything: a letter or a digit."""
    return any(character.isalnum() for character in words)


SAID = st.text(CHARACTERS, min_size=1, max_size=12).filter(seen)
TEXTS = st.builds(Text, SAID, SAID) | st.builds(lambda word: Text(word, word), SAID)
NAMES = st.text(st.sampled_from("abc-019.字é😀 _:/"), min_size=1, max_size=9).filter(lambda word: word == word.strip())
EVIDENCE = NAMES
ZONES = st.sampled_from([UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")])
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2900, 1, 1), timezones=ZONES)  # noqa: DTZ001 -- they get zones
DAYS = st.dates(date(1950, 1, 1), date(2900, 1, 1))
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
COUNTS = st.integers(0, 5) | st.sampled_from([2**31, 2**53 - 1])
AMOUNTS = st.one_of(
    st.integers(0, 10**12),
    st.fractions(0, 10**6, max_denominator=10**4),
    st.sampled_from(["1150000.00", "0", "2/3", Fraction(1, 2**130), Fraction(10**39, 7), Fraction(1, 10**39)]),
)
IDS = st.frozensets(NAMES, max_size=4)
maybe = st.none


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """Citations, in force from a day to a later one."""
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    return Citation(
        instrument=draw(TEXTS),
        article=draw(WORDS),
        in_force_from=draw(maybe() | st.just(first)),
        in_force_to=draw(maybe() | st.just(last)),
        region=draw(maybe() | TEXTS),
        certainty=draw(st.sampled_from(Certainty)),
        note=draw(maybe() | TEXTS),
    )


CITATIONS = citations()
PERIODS = st.builds(Period, st.integers(0, 40_000), st.sampled_from(Unit), citation=maybe() | CITATIONS)
CITED_PERIODS = st.builds(Period, st.integers(0, 90), st.sampled_from(Unit), citation=CITATIONS)
RULES = st.builds(
    Rule,
    quorum=st.sampled_from(
        [
            None,
            PRESENT >= 9,
            PRESENT > Fraction(1, 2) * ENTITLED,
            (CAST >= 3) & (CAST.by("area") >= Fraction(2, 3) * ENTITLED.by("area")),
        ]
    ),
    passage=st.sampled_from(
        [
            FOR > Fraction(1, 2) * PRESENT,
            (FOR >= Fraction(3, 4) * CAST) | (FOR.among("permanent") >= "3011.25"),
            FOR >= 10**18,
        ]
    ),
    by_no_objection=st.booleans(),
    citation=CITATIONS,
)
PROXIES = st.builds(Proxy, NAMES, NAMES, EVIDENCE)
MEMBERS = st.lists(st.sampled_from(["1-101", "1-102", "字", "é"]), min_size=1, max_size=4, unique=True)
ROLLS = st.builds(
    lambda body, ids, weight, on: Roll(
        body, [Member(each, weights={"area": weight}, groups={"g"}) for each in ids], groups={"g", "empty"}, on=on
    ),
    NAMES,
    MEMBERS,
    AMOUNTS,
    maybe() | DAYS,
)
PLAIN = st.recursive(
    maybe() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(WORDS, parts, max_size=3),
    max_leaves=8,
)
MATTERS = st.builds(
    Matter,
    NAMES,
    title=TEXTS,
    category=NAMES,
    facts=st.dictionaries(WORDS, PLAIN, max_size=4),
    origin=maybe() | TEXTS,
    comes_from=st.frozensets(NAMES.map(lambda word: f"from {word}"), max_size=2),
    private=st.dictionaries(NAMES, WORDS, max_size=3),
)
PARTIES = st.lists(NAMES, min_size=2, max_size=4, unique_by=lambda each: unicodedata.normalize("NFC", each)).map(
    lambda people: {f"party-{number}": person for number, person in enumerate(people)}
)
CHANNELS = st.frozensets(st.sampled_from(stages.Channel), max_size=4)
CHOICES = st.sampled_from(Choice)
SOME_CHANNELS = st.frozensets(st.sampled_from(stages.Channel), min_size=1, max_size=4)


@st.composite
def surveys(draw: st.DrawFn) -> stages.Survey:
    """Surveys whose answers are no more than were asked."""
    answers = draw(st.fixed_dictionaries({"satisfied": COUNTS}, optional={"unsatisfied": COUNTS, "undecided": COUNTS}))
    answered = sum(answers.values())
    if answered > 2**53 - 1:
        answers, answered = {"satisfied": 3}, 3
    return stages.Survey(
        wave=draw(st.sampled_from(stages.Wave)),
        question=draw(TEXTS),
        population=draw(TEXTS),
        asked=draw(st.integers(max(answered, 1), max(answered, 1) + 3).filter(lambda asked: asked < 2**53)),
        answers=answers,
    )


@st.composite
def counts(draw: st.DrawFn) -> stages.CountVotes:
    """Counts by show of hands, and secret ones with who voted."""
    secret = draw(st.booleans())
    return stages.CountVotes(
        for_=draw(COUNTS),
        against=draw(COUNTS),
        abstaining=draw(COUNTS),
        invalid=draw(COUNTS),
        method="secret" if secret else "show_of_hands",
        voters=draw(IDS if secret else maybe() | IDS),
        issued=draw(maybe() | COUNTS),
        returned=draw(maybe() | COUNTS),
        item=draw(maybe() | NAMES),
        blank=draw(maybe() | COUNTS),
        ambiguous=draw(maybe() | COUNTS),
        recount=draw(maybe() | TEXTS),
    )


@st.composite
def represented(draw: st.DrawFn, kind: type[Action], *given: Any, **settings: Any) -> Any:
    """An action with mandates, some of which say how to vote."""
    proxies = draw(st.lists(PROXIES, max_size=3))
    principals = sorted({proxy.principal for proxy in proxies})
    marks = draw(maybe() | st.dictionaries(st.sampled_from(principals), CHOICES)) if principals else None
    drawn = {name: draw(strategy) for name, strategy in settings.items()}
    return kind(*(draw(each) for each in given), **drawn, proxies=proxies, marks=marks)


@st.composite
def editions(draw: st.DrawFn) -> stages.AdoptEdition:
    """One rule or one period."""
    given = {"rule": draw(RULES)} if draw(st.booleans()) else {"period": draw(CITED_PERIODS)}
    return stages.AdoptEdition(draw(NAMES), **given, setting=draw(maybe() | NAMES))


@st.composite
def quotas(draw: st.DrawFn) -> Quota:
    """Quotas, by whatever votes they rank, and whatever follows from a tie."""
    edge = draw(maybe() | st.sampled_from(Step))
    return Quota(
        seats=draw(st.integers(1, 4)),
        by=draw(st.sampled_from([FOR, FOR.by("area"), FOR.among("g"), 2 * FOR - Fraction(1, 3) * AGAINST + 1])),
        edge=edge,
        edge_citation=None if edge is None else draw(maybe() | CITATIONS),
        citation=draw(maybe() | CITATIONS),
    )


CLOSES = st.builds(
    stages.CloseVote,
    casting=st.sampled_from([None, "for", "against"]),
    issued=maybe() | COUNTS,
    returned=maybe() | COUNTS,
)
LOTS = st.builds(Lot, st.frozensets(NAMES, max_size=3), TEXTS)
BATCH, _ = Batch.open(
    [attrs.evolve(matter(), id="a")],
    catalogue.yizheng.COURTYARD,
    COURTYARD_ROLLS,
    OFFICES,
    at=START,
    by="sec-1",
    id="batch",
)
NOTED = BATCH.act(stages.Note("x"), at=START, by="sec-1")

ACTIONS: dict[type[Action], st.SearchStrategy[Any]] = {
    Open: st.builds(
        Open,
        matter=MATTERS,
        procedure=st.sampled_from([catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE]),
        rolls=st.sampled_from([{}, COURTYARD_ROLLS]) | st.dictionaries(NAMES, ROLLS, max_size=2),
        offices=st.sampled_from([{}, OFFICES]) | st.dictionaries(NAMES, IDS, max_size=3),
    ),
    OpenBatch: st.builds(
        OpenBatch,
        matter=MATTERS.map(lambda each: attrs.evolve(each, id="batch")),
        items=st.lists(MATTERS, min_size=1, max_size=3, unique_by=lambda each: each.id).filter(
            lambda items: all(each.id != "batch" for each in items)
        ),
        procedure=st.sampled_from([catalogue.yizheng.COURTYARD, catalogue.yizheng.ALLOWANCE]),
        rolls=st.sampled_from([{}, COURTYARD_ROLLS]),
        offices=st.sampled_from([{}, OFFICES]),
        sittings=maybe() | st.sampled_from(Sittings),
        requests=maybe() | st.integers(1, 9),
        reason=maybe() | TEXTS,
        triage=maybe() | PLAIN,
        quota=maybe() | quotas(),
    ),
    stages.Destroy: st.builds(
        stages.Destroy,
        st.dictionaries(
            st.integers(0, 2**53 - 1),
            st.sets(NAMES | NAMES.map(lambda field: f"matter.private.{field}"), min_size=1, max_size=3),
            min_size=1,
            max_size=3,
        ),
        reason=TEXTS,
        citation=maybe() | CITATIONS,
    ),
    stages.FillPlaces: st.builds(
        stages.FillPlaces, closes=st.dictionaries(NAMES, CLOSES, max_size=2), lot=maybe() | LOTS
    ),
    TakeUp: st.sampled_from([TakeUp.from_batch(BATCH.shared), TakeUp.from_batch(NOTED.shared)]),
    stages.SplitOut: st.builds(stages.SplitOut, NAMES, TEXTS, how=st.sampled_from(stages.Leaving)),
    stages.AskSplit: st.builds(stages.AskSplit, NAMES, TEXTS),
    stages.Release: st.builds(stages.Release, maybe() | NAMES),
    stages.OpenSolicitation: st.builds(
        stages.OpenSolicitation, channels=SOME_CHANNELS, until=MOMENTS, question=maybe() | TEXTS
    ),
    stages.ReceiveOpinion: st.builds(
        stages.ReceiveOpinion,
        TEXTS,
        channel=st.sampled_from(stages.Channel),
        author=maybe() | NAMES,
        anonymous=st.just(False),
        id=maybe() | NAMES,
        asks_hearing=st.booleans(),
    )
    | st.builds(stages.ReceiveOpinion, TEXTS, anonymous=st.booleans()),
    stages.AnswerOpinion: st.builds(stages.AnswerOpinion, NAMES, TEXTS),
    stages.CloseSolicitation: st.builds(stages.CloseSolicitation, summary=TEXTS),
    stages.Survey: surveys(),
    stages.CloseEvaluation: st.just(stages.CloseEvaluation()),
    stages.Convene: st.builds(
        stages.Convene,
        held_at=MOMENTS,
        until=maybe() | MOMENTS,
        place=maybe() | TEXTS,
        mode=st.sampled_from(stages.Mode),
        agenda=maybe() | st.lists(NAMES, max_size=3),
        roll=maybe() | ROLLS,
        waiver=maybe() | TEXTS,
    ),
    stages.TakeAttendance: represented(stages.TakeAttendance, IDS),
    stages.RecordService: st.builds(
        stages.RecordService,
        st.frozensets(NAMES, min_size=1, max_size=3),
        how=NAMES,
        warning=TEXTS,
        evidence=EVIDENCE,
        to=maybe() | NAMES,
    ),
    stages.Recuse: st.builds(stages.Recuse, NAMES, TEXTS),
    stages.Revise: st.builds(stages.Revise, TEXTS),
    stages.CastBallot: st.builds(stages.CastBallot, CHOICES, proxy=maybe() | PROXIES),
    stages.RecordBallots: represented(
        stages.RecordBallots,
        st.dictionaries(NAMES, st.sampled_from(Mark), min_size=1, max_size=4),
        channel=NAMES,
        evidence=EVIDENCE,
        item=maybe() | NAMES,
    ),
    stages.CountVotes: counts(),
    stages.ExtendVote: st.builds(stages.ExtendVote, until=MOMENTS, reason=TEXTS),
    stages.CloseVote: CLOSES,
    stages.ReturnForRevision: st.builds(stages.ReturnForRevision, TEXTS),
    stages.Adjourn: st.builds(stages.Adjourn, TEXTS),
    stages.AskHearing: st.builds(stages.AskHearing, TEXTS, author=maybe() | NAMES),
    stages.CallHearing: st.builds(stages.CallHearing, held_at=MOMENTS, reason=TEXTS, place=maybe() | TEXTS),
    stages.Testify: st.builds(stages.Testify, TEXTS, speaker=maybe() | NAMES, evidence=maybe() | TEXTS),
    stages.CloseHearing: st.builds(stages.CloseHearing, conclusion=TEXTS),
    stages.WaiveHearing: st.builds(stages.WaiveHearing, TEXTS),
    stages.Post: st.builds(stages.Post, channels=CHANNELS, content=TEXTS, document=maybe() | DIGESTS),
    stages.Interrupt: st.builds(stages.Interrupt, TEXTS),
    stages.Object: st.builds(stages.Object, TEXTS, author=maybe() | NAMES, id=maybe() | NAMES),
    stages.AnswerObjection: st.builds(stages.AnswerObjection, NAMES, TEXTS, upheld=st.booleans()),
    stages.TakeDown: st.just(stages.TakeDown()),
    stages.Submit: st.builds(stages.Submit, to=TEXTS, document=maybe() | DIGESTS),
    stages.Confirm: st.builds(stages.Confirm, reference=NAMES),
    stages.Reject: st.builds(stages.Reject, reference=NAMES, reasons=TEXTS, citation=maybe() | CITATIONS),
    stages.SendBack: st.builds(stages.SendBack, reasons=TEXTS),
    stages.Assign: st.builds(stages.Assign, responsible=NAMES, task=TEXTS, due=MOMENTS, budget=maybe() | AMOUNTS),
    stages.ReportProgress: st.builds(stages.ReportProgress, TEXTS),
    stages.Spend: st.builds(stages.Spend, amount=AMOUNTS, purpose=TEXTS, evidence=EVIDENCE),
    stages.Inspect: st.builds(stages.Inspect, TEXTS, passed=st.booleans()),
    stages.Complete: st.builds(stages.Complete, TEXTS),
    stages.Abandon: st.builds(stages.Abandon, TEXTS),
    stages.RegisterDispute: st.builds(
        stages.RegisterDispute,
        parties=PARTIES,
        facts=TEXTS,
        found=st.sampled_from(stages.Found),
        grid=maybe() | NAMES,
        special=st.booleans(),
    ),
    stages.ClassifyDispute: st.builds(stages.ClassifyDispute, sort=NAMES, level=maybe() | NAMES, danger=st.booleans()),
    stages.EnterDanger: st.builds(stages.EnterDanger, signs=TEXTS),
    stages.ReportDanger: st.builds(stages.ReportDanger, to=TEXTS, signs=TEXTS, measures=maybe() | TEXTS),
    stages.TransferDispute: st.builds(stages.TransferDispute, to=TEXTS, reason=TEXTS, document=maybe() | DIGESTS),
    stages.AcceptDispute: st.builds(
        stages.AcceptDispute, applicants=IDS, parties=maybe() | PARTIES, fee=maybe() | AMOUNTS
    ),
    stages.AnswerMediation: st.builds(
        stages.AnswerMediation, accepts=st.booleans(), person=maybe() | NAMES, reason=maybe() | TEXTS
    ),
    stages.AssignMediators: st.builds(
        stages.AssignMediators, st.frozensets(NAMES, min_size=1, max_size=3), chosen=st.booleans()
    ),
    stages.RejectMediator: st.builds(stages.RejectMediator, NAMES, person=maybe() | NAMES),
    stages.InviteHelper: st.builds(stages.InviteHelper, role=TEXTS, consents=IDS, person=maybe() | NAMES),
    stages.Mediate: st.builds(stages.Mediate, account=TEXTS, danger=st.booleans()),
    stages.AgreeOrally: st.builds(stages.AgreeOrally, terms=TEXTS, accord=IDS, perform_by=maybe() | MOMENTS),
    stages.DrawUpAgreement: st.builds(
        stages.DrawUpAgreement,
        terms=TEXTS,
        facts=maybe() | TEXTS,
        responsibilities=maybe() | TEXTS,
        perform_by=maybe() | MOMENTS,
        document=maybe() | DIGESTS,
    ),
    stages.SignAgreement: st.builds(stages.SignAgreement, parties=IDS, mediators=IDS, seal=st.just(True)),
    stages.Summon: st.builds(stages.Summon, concerned=NAMES, evidence=TEXTS),
    stages.DeclineHearing: st.builds(
        stages.DeclineHearing, reason=maybe() | TEXTS, person=maybe() | NAMES, evidence=maybe() | TEXTS
    ),
    stages.RecordAbsence: st.builds(stages.RecordAbsence, concerned=NAMES, account=TEXTS),
    stages.EndMediation: st.builds(
        stages.EndMediation, routes=st.frozensets(st.sampled_from(stages.Route)), reason=maybe() | TEXTS
    ),
    stages.ApplyConfirmation: st.builds(stages.ApplyConfirmation, parties=IDS, court=TEXTS, document=maybe() | DIGESTS),
    stages.RecordConfirmation: st.builds(stages.RecordConfirmation, valid=st.booleans(), reference=NAMES),
    stages.CheckPerformance: st.builds(stages.CheckPerformance, performed=st.booleans(), account=maybe() | TEXTS),
    stages.CloseFollowUp: st.just(stages.CloseFollowUp()),
    stages.PutOnFile: st.builds(
        stages.PutOnFile, reference=NAMES, papers=st.frozensets(st.sampled_from(stages.DisputePaper))
    ),
    stages.Appoint: st.builds(stages.Appoint, NAMES, IDS, reason=TEXTS),
    stages.AdoptEdition: editions(),
    stages.Attach: st.builds(stages.Attach, DIGESTS, TEXTS, media=NAMES),
    stages.Note: st.builds(stages.Note, TEXTS),
    stages.Correct: st.builds(stages.Correct, st.integers(1, 2**53 - 1), TEXTS, reason=TEXTS),
    stages.Withdraw: st.builds(stages.Withdraw, TEXTS),
    stages.OrderCorrection: st.builds(stages.OrderCorrection, TEXTS, citation=CITATIONS),
}

SILENCES = st.builds(
    Silence,
    st.sampled_from(SilencePolicy),
    basis=CITATIONS.filter(lambda citation: citation.article),
    warning=maybe() | TEXTS,
    floor=st.sampled_from([None, CAST > Fraction(1, 2) * ENTITLED]),
    substitutes=st.booleans(),
    ways=st.frozensets(NAMES, max_size=3),
)
_COMMON = {
    "id": NAMES.filter(lambda name: "." not in name),
    "title": TEXTS,
    "source": maybe() | CITATIONS,
    "offices": st.dictionaries(NAMES, IDS, max_size=2),
}
_PERIODS = st.lists(CITED_PERIODS, max_size=2)
TRIGGERS = st.builds(stages.FactIs, NAMES, PLAIN) | st.builds(
    stages.AskedBy,
    share=st.fractions(0, 1, max_denominator=10**6).filter(bool) | st.sampled_from(["1/5", Fraction(1, 2**130)]),
    body=NAMES,
    citation=maybe() | CITATIONS,
)


@st.composite
def disclosures(draw: st.DrawFn) -> stages.Disclosure:
    """Disclosures whose required channels are among those allowed."""
    channels = draw(SOME_CHANNELS)
    return stages.Disclosure(
        **{name: draw(strategy) for name, strategy in _COMMON.items()},
        least=draw(st.lists(CITED_PERIODS, min_size=1, max_size=2)),
        channels=channels,
        required=draw(st.frozensets(st.sampled_from(sorted(channels)))),
        answer=draw(_PERIODS),
        carries=draw(st.sets(st.sampled_from(["accounts", "reasons"]))),
    )


SETTINGS: dict[type[Any], st.SearchStrategy[Any]] = {
    stages.Solicitation: st.builds(
        stages.Solicitation, **_COMMON, channels=SOME_CHANNELS, least=_PERIODS, baseline=st.booleans()
    ),
    stages.Deliberation: st.builds(
        stages.Deliberation,
        **_COMMON,
        body=NAMES,
        rule=st.lists(RULES, min_size=1, max_size=2),
        notice=_PERIODS,
        notice_waivable=st.booleans(),
        modes=st.frozensets(st.sampled_from(stages.Mode), min_size=1),
        methods=st.frozensets(st.sampled_from(stages.Method), min_size=1),
        calls=st.integers(1, 9),
        longest=maybe() | PERIODS,
        shortest=maybe() | PERIODS,
        extensions=st.integers(0, 9),
        proxies=maybe()
        | st.builds(
            ProxyPolicy,
            cap=st.integers(1, 9),
            barred=IDS,
            citation=maybe() | CITATIONS,
            same_household=maybe() | NAMES,
            instructed=maybe() | st.booleans(),
        ),
        silence=maybe() | SILENCES,
        ballots=maybe() | st.builds(BallotPolicy, blank=CHOICES, ambiguous=CHOICES, citation=maybe() | CITATIONS),
        changeable=maybe() | st.booleans(),
        cooling_off=maybe() | PERIODS,
        cooling_off_after=st.frozensets(st.sampled_from(Outcome)),
        delegation=maybe()
        | st.builds(
            stages.Delegation,
            by=NAMES,
            until=maybe() | NAMES,
            term=maybe() | st.booleans(),
            citation=maybe() | CITATIONS,
        ),
    ),
    stages.Hearing: st.builds(stages.Hearing, **_COMMON, triggers=st.lists(TRIGGERS, max_size=3), within=_PERIODS),
    stages.Disclosure: disclosures(),
    stages.Referral: st.builds(stages.Referral, **_COMMON, within=_PERIODS),
    stages.Implementation: st.builds(stages.Implementation, **_COMMON, inspected=st.booleans()),
    stages.Screening: st.builds(stages.Screening, **_COMMON, sorts=st.frozensets(NAMES, min_size=1, max_size=3)),
    stages.Mediation: st.builds(stages.Mediation, **_COMMON, routes=st.frozensets(st.sampled_from(stages.Route))),
    stages.PersonalHearing: st.builds(
        stages.PersonalHearing, **_COMMON, concerned=st.frozensets(NAMES, min_size=1, max_size=3), notice=_PERIODS
    ),
    stages.FollowUp: st.builds(stages.FollowUp, **_COMMON, confirmation=_PERIODS),
    stages.Archive: st.builds(stages.Archive, **_COMMON, papers=st.frozensets(st.sampled_from(stages.DisputePaper))),
    stages.Evaluation: st.builds(stages.Evaluation, **_COMMON, bar=st.lists(RULES, min_size=1, max_size=2)),
}

RULINGS = st.builds(
    lambda present, ayes, citation: Rule(
        quorum=PRESENT >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * PRESENT, citation=citation
    ).judge(Tally.of(entitled=30, present=present, for_=min(ayes, present), against=0)),
    st.integers(0, 30),
    st.integers(0, 30),
    CITATIONS,
)
DEEMED = st.builds(
    lambda silence, reached, citation: Rule(
        quorum=CAST >= Fraction(2, 3) * ENTITLED, passage=FOR > Fraction(1, 2) * CAST, citation=citation
    ).judge(
        deem(
            Tally.of(entitled=30, for_=10, against=2, abstaining=0, invalid=0, presence=False),
            silence,
            {"heads": {None: Fraction(reached)}},
        )
    ),
    SILENCES,
    st.integers(0, 18),
    CITATIONS,
)


@st.composite
def fillings(draw: st.DrawFn) -> Filling:
    """Places that were filled from votes on several matters, with a lot where the quota names one and some are tied."""
    quota, simple = draw(quotas()), Rule(quorum=CAST >= 1, passage=FOR > Fraction(1, 2) * CAST)
    rulings = {}
    for item in draw(st.sets(NAMES, max_size=4)):
        votes, against = draw(st.integers(0, 4)), draw(st.integers(0, 2))
        figures = {"entitled": 9, "cast": votes + against, "for_": votes, "against": against}
        counted = figures | {"among": {"g": figures}}
        rulings[item] = simple.judge(Tally.by_measure(heads=counted, area=counted))
    votes = {item: draw(DIGESTS) for item in rulings} if draw(st.booleans()) else None
    seats = draw(st.integers(0, quota.seats))
    filling = quota.fill(rulings, seats=seats, votes=votes)
    edge = filling.at_edge
    if quota.edge is not Step.LOT or not edge.tied:
        return filling
    lot = Lot(frozenset(sorted(edge.tied)[: edge.contested]), draw(TEXTS))
    return quota.fill(rulings, seats=seats, votes=votes, lot=lot)


FILLINGS = fillings()
PLACINGS = (
    st.tuples(FILLINGS, NAMES, DIGESTS)
    .map(lambda given: list(given[0].placings(given[1], given[2]).values()))
    .filter(bool)
    .flatmap(st.sampled_from)
)
EFFECTS = st.builds(
    Effect,
    outcome=maybe() | NAMES,
    ref=maybe() | NAMES,
    due=st.dictionaries(NAMES, MOMENTS.map(lambda moment: moment.astimezone(UTC)), max_size=2),
    rule=maybe() | RULES,
    periods=st.dictionaries(NAMES, CITED_PERIODS, max_size=2),
    ruling=maybe() | RULINGS | DEEMED,
    carried=st.dictionaries(WORDS, PLAIN, max_size=2).map(plain),
    filling=maybe() | FILLINGS,
    placing=maybe() | PLACINGS,
)

EVERY_KIND = {
    Open,
    OpenBatch,
    TakeUp,
    stages.FillPlaces,
    stages.Destroy,
    *ANYWHERE,
    *LEAVING,
    *(action for kind in KINDS for following in kind.phases.values() for action in following),
}
AT = datetime(2026, 3, 2, 1, 0, 0, 1, tzinfo=UTC)


def entered(
    action: Action,
    *,
    effect: Effect = NO_EFFECT,
    by: str = "sec-1",
    salt: bytes | None = b"s" * 16,
    key: str | None = None,
) -> Entry:
    """An action as the second entry of some record."""
    return make_entry(
        number=2,
        at=AT,
        recorded_at=AT + timedelta(hours=1),
        by=by,
        action=action,
        effect=effect,
        previous=GENESIS,
        salt=salt,
        key=key,
    )


def parts_of(action: Action) -> dict[str, Kept]:
    """What an action refers to, by digest."""
    return {part.digest: part for part in kept(action)}


def read_back(payload: bytes, private: bytes | None, parts: dict[str, Kept], kinds: Kinds | None = None) -> Entry:
    """An entry from bytes under their own digest, held against itself, as a forger would have it."""
    known = kinds or Kinds()
    entry = read_entry(payload, private, claimed=digest(payload), kinds=known, parts=parts, number=2)
    check_entry(entry, known, parts)
    return entry


def stored(entry: Entry) -> tuple[bytes, bytes | None]:
    """An entry as a store keeps it."""
    return entry.payload, canonical(entry.private()) if entry.sealed else None


def fields_of(kind: type[Any]) -> list[str]:
    """The names of the fields that a class is built with."""
    return [field.name for field in attrs.fields(kind) if field.init]
