"""Disputes as a hostile party, mediator, secretary or committee would have them (People's Mediation Law). All is invented."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarrels import (
    DISPUTE_OFFICES,
    MEDIATION,
    PARTIES,
    ROUTES,
    agreed,
    begun,
    dispute,
    dispute_steps,
    quarrel,
    screened,
)
from walks import START, Step, courtyard, courtyard_steps, day, done, refused, take
from yizheng import Case, Citation, Refused, Status, Text, catalogue, record
from yizheng.codec import join
from yizheng.errors import InvalidType, InvalidValue
from yizheng.stages import (
    ANYWHERE,
    AcceptDispute,
    AgreeOrally,
    AnswerMediation,
    ApplyConfirmation,
    Appoint,
    AssignMediators,
    Attach,
    CheckPerformance,
    ClassifyDispute,
    CloseFollowUp,
    Correct,
    Destroy,
    Dispute,
    DrawUpAgreement,
    EndMediation,
    EnterDanger,
    InviteHelper,
    Mediate,
    Note,
    OrderCorrection,
    PutOnFile,
    RecordConfirmation,
    RegisterDispute,
    RejectMediator,
    ReportDanger,
    SignAgreement,
    TransferDispute,
    Withdraw,
)
from yizheng.stages.base import NOT_SHOWN
from yizheng.stages.parties import MEDIATION_LAW, as_parties

ORDER = OrderCorrection("偏袒一方", citation=MEDIATION_LAW(article="15"))
THREATS = EnterDanger(signs="扬言报复")
REPORT = ReportDanger(to="派出所", signs="扬言报复", measures="劝离双方")
LATER = day(40)
STATES = [take(dispute(), dispute_steps()[:length]) for length in range(len(dispute_steps()))]
"""The dispute after each of its steps, while it is open."""
EACH = pytest.mark.parametrize("case", STATES, ids=[f"{at}-{case.state}" for at, case in enumerate(STATES)])


def article(no: Refused, code: str) -> str:
    """The article that a refusal cites for a code."""
    return next(reason.citation.article for reason in no.reasons if reason.code == code)


def drawn_up(*steps: Step) -> Case:
    """An agreement that is drawn up, after further steps."""
    return take(dispute(), [*screened(), *begun(), *agreed()[:1], *steps])


class TestDangerInEveryPhase:
    """Art. 25: a danger can arise and be reported in every phase, and the duty to report it outlives what comes between."""

    @EACH
    def test_it_is_entered_and_reported(self, case: Case) -> None:
        """Wherever the case stands it can be entered, is due at once and before all else, and is reported."""
        entered = done(case, (THREATS, LATER, "grid-1" if case.stage == "screen" else "med-1"))
        (duty,) = entered.due(LATER + timedelta(hours=1))
        assert (duty.action, duty.until, duty.overdue) == ("report_danger", LATER, True)
        assert duty.by >= {"mediator", "mediation_committee"}
        after = done(entered, (REPORT, LATER, "com-1"))
        assert (after.dossier.danger, after.state) == (None, case.state)
        assert Case.replay(after.redacted()).dossier.danger is None

    @EACH
    def test_it_is_reported_without_having_been_entered(self, case: Case) -> None:
        """Whoever reports what they see need not enter it first."""
        assert done(case, (REPORT, LATER, "med-1")).state == case.state

    @EACH
    def test_nobody_ends_it_unreported(self, case: Case) -> None:
        """Neither by the next step of the walk, nor by withdrawing it."""
        entered = done(case, (THREATS, LATER, "med-1"))
        if Withdraw in entered.options():
            no = refused(entered, Withdraw("自行和解"), "DANGER_UNREPORTED", at=LATER, by="sec-1")
            assert article(no, "DANGER_UNREPORTED") == "25"
        papers = PutOnFile(reference="1", papers={"register", "record", "agreement"})
        for action in (papers, TransferDispute(to="街道", reason="x"), EndMediation(routes=ROUTES), CloseFollowUp()):
            if type(action) in entered.options():
                with pytest.raises(Refused, match="DANGER_UNREPORTED"):
                    entered.act(action, at=LATER, by="com-1", salt=b"1" * 16)

    @pytest.mark.parametrize("state", ["mediate.waiting", "mediate.accepted", "mediate.mediating", "mediate.drawn_up"])
    def test_an_order_of_correction_wipes_nothing(self, state: str) -> None:
        """The case goes back, and the danger with it: nothing goes on before it is reported."""
        case = take(dispute(), dispute_steps(), lambda each: each.state == state)
        case = done(case, (THREATS, LATER, "med-1"), (ORDER, LATER, "com-1"))
        assert (case.state, case.dossier.danger) == ("mediate.waiting", LATER)
        assert [duty.action for duty in case.due(LATER)] == ["report_danger"]
        refused(case, Withdraw("x"), "DANGER_UNREPORTED", at=LATER, by="sec-1")
        refused(case, AcceptDispute(), "DANGER_UNREPORTED", at=LATER, by="com-1")
        assert done(case, (REPORT, LATER, "sec-1"), (Withdraw("x"), LATER, "sec-1")).outcome == "withdrawn"

    def test_a_court_that_finds_the_agreement_void(self) -> None:
        """What the court decides is entered, and the danger goes back with the dispute."""
        case = take(dispute(), dispute_steps(), lambda each: each.state == "follow_up.applied")
        case = done(case, (THREATS, LATER, "med-1"))
        case = done(case, (RecordConfirmation(valid=False, reference="驳回 1 号"), LATER, "com-1"))
        assert (case.state, case.dossier.danger) == ("mediate.waiting", LATER)

    def test_a_second_danger_counts_from_the_first(self) -> None:
        """What is due is due since it was first known; after the report a new one is owed anew."""
        case = take(dispute(), screened())
        case = done(case, (THREATS, day(2), "grid-1"), (THREATS, day(3), "grid-1"))
        assert case.dossier.danger == day(2)
        case = done(case, (REPORT, day(4), "grid-1"), (THREATS, day(5), "grid-1"))
        assert case.dossier.danger == day(5)

    def test_before_it_is_classified(self) -> None:
        """A danger that was entered is not talked away by classifying the dispute as harmless."""
        case = done(take(dispute(), screened()[:1]), (THREATS, day(1), "grid-1"))
        refused(case, ClassifyDispute(sort="family"), "DANGER_UNREPORTED", at=day(1), by="grid-1")
        reported = done(
            case, (ClassifyDispute(sort="family", danger=True), day(1), "grid-1"), (REPORT, day(1), "grid-1")
        )
        assert (reported.state, reported.dossier.danger) == ("mediate.waiting", None)

    def test_a_procedure_whose_correction_leads_elsewhere(self) -> None:
        """Where a danger could not be reported any more, nothing leads, not even an order of correction."""
        away = attrs.evolve(MEDIATION, corrected="withdrawn")
        case = done(take(dispute(away), screened()), (THREATS, day(1), "grid-1"))
        refused(case, ORDER, "DANGER_UNREPORTED", at=day(1), by="com-1")


class TestWhatBinds:
    """Arts 31 to 33: an agreement in effect is changed by its parties or a court, and by no order of correction."""

    @EACH
    def test_an_order_of_correction(self, case: Case) -> None:
        """Before anything binds it leads back; afterwards it is refused, with the article."""
        if case.stage == "screen":
            return
        agreement = case.dossier.dispute.agreement
        if agreement is None:
            assert done(case, (ORDER, LATER, "com-1")).state == "mediate.waiting"
            return
        no = refused(case, ORDER, "AGREEMENT_BINDS", at=LATER, by="com-1")
        assert article(no, "AGREEMENT_BINDS") == ("33" if agreement.confirmed else "31")

    def test_what_a_court_finds_void_binds_nobody(self) -> None:
        """Then the dispute is mediated anew, and what goes wrong there can be corrected."""
        case = take(dispute(), dispute_steps(), lambda each: each.state == "follow_up.applied")
        case = done(case, (RecordConfirmation(valid=False, reference="驳回 1 号"), LATER, "com-1"))
        assert case.dossier.dispute.agreement is None
        assert done(case, (ORDER, LATER, "com-1")).state == "mediate.waiting"

    def test_an_oral_agreement_binds_too(self) -> None:
        """Art. 30: on accord."""
        oral = Step(AgreeOrally(terms="x", accord={"a", "b"}), day(3), "med-1")
        case = take(dispute(), [*screened(), *begun(), oral])
        refused(case, ORDER, "AGREEMENT_BINDS", at=LATER, by="com-1")


class TestRejectedMediators:
    """Art. 23(1): whom a party does not accept mediates no more, and signs nothing."""

    REJECTED = Step(RejectMediator("med-1"), day(3, 12), "1-201")

    def test_a_signature_that_was_given_before(self) -> None:
        """It counts no more: nothing binds on the strength of it."""
        signed = Step(SignAgreement(mediators={"med-1"}), day(3, 10), "med-1")
        again = Step(AssignMediators({"med-2"}), day(3, 13), "com-1")
        others = Step(SignAgreement(parties={"a", "b"}, seal=True), day(4), "com-1")
        case = drawn_up(signed, self.REJECTED, again, others)
        assert (case.state, case.dossier.dispute.agreement) == ("mediate.drawn_up", None)
        case = done(case, (SignAgreement(mediators={"med-2"}), day(5), "med-2"))
        assert case.dossier.dispute.agreement.effective == day(5)

    def test_one_who_was_replaced(self) -> None:
        """Nor does the signature of a mediator in whose place the committee put another."""
        signed = Step(SignAgreement(parties={"a", "b"}, mediators={"med-1"}), day(3, 10), "med-1")
        case = drawn_up(signed, Step(AssignMediators({"med-2"}), day(3, 13), "com-1"))
        assert done(case, (SignAgreement(seal=True), day(4), "com-1")).phase == "drawn_up"

    @pytest.mark.parametrize(
        "action",
        [
            Mediate(account="x"),
            DrawUpAgreement(terms="x"),
            SignAgreement(parties={"a", "b"}),
            AnswerMediation(accepts=True, person="1-201"),
            TransferDispute(to="街道", reason="x"),
            EndMediation(routes=ROUTES),
        ],
        ids=lambda action: action.kind,
    )
    def test_they_do_nothing_more(self, action: object) -> None:
        """Neither do they enter what others are said to have signed, answered or ended."""
        case = drawn_up(self.REJECTED, Step(AssignMediators({"med-2"}), day(3, 13), "com-1"))
        no = refused(case, action, "MEDIATOR_REJECTED", at=LATER, by="med-1")
        assert article(no, "MEDIATOR_REJECTED") == "23(1)"
        assert done(case, (THREATS, LATER, "med-1"), (REPORT, LATER, "med-1")).state == case.state

    def test_an_order_of_correction_brings_nobody_back(self) -> None:
        """The mediation begins anew, and who was rejected stays so."""
        case = done(drawn_up(self.REJECTED), (ORDER, LATER, "com-1"), (AcceptDispute(), LATER, "com-1"))
        refused(case, AssignMediators({"med-1"}), "MEDIATOR_REJECTED", at=LATER, by="com-1")

    def test_nobody_mediates_their_own_dispute(self) -> None:
        """A party is no mediator, whichever office they hold."""
        case = take(dispute(), [*screened(), *begun()[:2]])
        no = refused(case, AssignMediators({"med-1", "1-201"}), "OWN_DISPUTE", at=LATER, by="com-1", says=["1-201"])
        assert article(no, "OWN_DISPUTE") == "15(1)"


class TestOwnDispute:
    """Art. 15(1): nobody acts by an office in the dispute that is their own."""

    @pytest.mark.parametrize("length", range(2, len(dispute_steps()) - 1))
    def test_no_step_is_theirs(self, length: int) -> None:
        """Neither does a party who mediates mediate, answer for the other or check, nor one of the committee accept or close."""
        offices = {**DISPUTE_OFFICES, "mediator": {"med-1", "1-201"}, "mediation_committee": {"com-1", "1-301"}}
        case = Case.open(quarrel(), MEDIATION, {}, offices, at=START, by="grid-1", salt=b"0" * 16)
        case, step = take(case, dispute_steps()[:length]), dispute_steps()[length]
        if step.action.is_own(step.by):
            step = Step(AnswerMediation(accepts=True, person="1-301"), step.at, "med-1")
        party = "1-301" if step.by == "com-1" else "1-201"
        no = refused(case, step.action, "OWN_DISPUTE", at=step.at, by=party, says=[party])
        assert [reason.code for reason in no.reasons] == ["OWN_DISPUTE"]
        assert article(no, "OWN_DISPUTE") == "15(1)"
        assert done(case, (THREATS, step.at, "1-201"), (REPORT, step.at, "1-201")).state == case.state


class TestRefusals:
    """Art. 17: what a party refused by their own act, no office takes back for them."""

    def test_an_order_of_correction_takes_no_refusal_back(self) -> None:
        """Neither does a refusal that an office enters once more, nor other labels."""
        case = take(dispute(), [*screened(), *begun(), Step(AnswerMediation(accepts=False), day(3), "1-201")])
        case = done(case, (ORDER, LATER, "com-1"))
        refused(case, AcceptDispute(applicants={"a"}), "PARTY_REFUSES", at=LATER, by="com-1", says=["b"])
        case = done(case, (AnswerMediation(accepts=False, person="1-201"), LATER, "med-1"))
        refused(case, AnswerMediation(accepts=True, person="1-201"), "PARTY_REFUSES", at=LATER, by="med-1")
        relabelled = AcceptDispute(parties={"x": "1-301", "y": "1-201"})
        refused(case, relabelled, "LABEL_TAKEN", "PARTY_REFUSES", at=LATER, by="com-1")
        assert done(case, (AnswerMediation(accepts=True), LATER, "1-201")).dossier.dispute.firm == frozenset()
        assert done(case, (EndMediation(routes=ROUTES), LATER, "med-1")).state == "archive_refused.waiting"


class TestLabels:
    """The parties are those of the case, two or more, each once, and their labels tell the public nothing."""

    @pytest.mark.parametrize(
        "parties",
        [
            {"a": "1-301"},
            {"a": "1-301", "b": "1-301"},
            {"a": "1-301", "b": "１-301"},
            {"a": "1-301", "A": "1-201"},
            {"1-301": "1-301", "b": "1-201"},
            {"甲（1-301）": "1-301", "b": "1-201"},
            {"1-201": "1-301", "b": "1-201"},
        ],
        ids=["one", "twice", "twice, wider", "alike", "its own id", "its id among words", "another's id"],
    )
    def test_what_is_no_dispute(self, parties: dict[str, str]) -> None:
        """Whether it is registered, accepted or told."""
        with pytest.raises(InvalidValue):
            as_parties(parties)
        with pytest.raises(InvalidValue):
            RegisterDispute(parties=parties, facts="x", found="visit")
        with pytest.raises(InvalidValue):
            AcceptDispute(parties=parties)

    @pytest.mark.parametrize(
        ("parties", "taken"),
        [
            ({"a": "1-201", "b": "1-301"}, {"a", "b"}),
            ({"a": "2-101", "b": "1-201"}, {"a"}),
            ({"c": "1-301", "b": "1-201"}, {"c"}),
        ],
        ids=["exchanged", "somebody else", "a second label"],
    )
    def test_a_label_of_another(self, parties: dict[str, str], taken: set[str]) -> None:
        """What was said under a label stays that party's; a party that joins gets a label of its own."""
        case = take(dispute(), screened())
        no = refused(case, AcceptDispute(parties=parties), "LABEL_TAKEN", at=day(1), by="com-1", says=taken)
        assert set(no.reasons[0].values["parties"]) == taken
        joined = done(case, (AcceptDispute(parties={**PARTIES, "c": "2-101"}), day(1), "com-1"))
        assert joined.dossier.dispute.labels == {"a", "b", "c"}

    def test_a_short_id_among_words(self) -> None:
        """What stands there by chance tells nobody."""
        assert as_parties({"party 1": "1", "party 2": "2"})
        with pytest.raises(InvalidValue, match="two or more"):
            Dispute(parties={"a": "1-301"})

    @pytest.mark.parametrize(
        "make",
        [
            lambda named: AcceptDispute(applicants=named),
            lambda named: InviteHelper(role="x", consents=named),
            lambda named: AgreeOrally(terms="x", accord=named),
            lambda named: SignAgreement(parties=named),
            lambda named: ApplyConfirmation(parties=named, court="x"),
        ],
        ids=["applicants", "consents", "accord", "signatures", "confirmation"],
    )
    def test_a_party_named_twice(self, make) -> None:
        """One party who is named twice is not two."""
        with pytest.raises(InvalidValue, match="stands twice"):
            make(["a", "a"])
        with pytest.raises(InvalidType):
            make("a")
        assert make(["a", "b"])

    @pytest.mark.parametrize(
        ("length", "action", "by"),
        [
            (2, AcceptDispute(applicants={"c"}), "com-1"),
            (6, InviteHelper(role="x", consents={"a", "b", "c"}), "med-1"),
            (6, AgreeOrally(terms="x", accord={"a", "b", "c"}), "med-1"),
            (7, SignAgreement(parties={"a", "c"}), "med-1"),
            (9, ApplyConfirmation(parties={"a", "b", "c"}, court="x"), "com-1"),
        ],
        ids=["applicants", "consents", "accord", "signatures", "confirmation"],
    )
    def test_a_stranger(self, length: int, action: object, by: str) -> None:
        """Nobody is named who is not in the case."""
        case = take(dispute(), dispute_steps()[:length])
        refused(case, action, "UNKNOWN_ITEM", at=day(9), by=by, says=["c"])


SECRET = "张三家暴"  # noqa: S105 -- what nobody outside may read
PUBLIC = {
    "accept_dispute": {"applicants", "fee"},
    "adopt_edition": {"stage", "setting", "rule", "period", "decided_on"},
    "agree_orally": {"accord", "perform_by"},
    "apply_confirmation": {"parties"},
    "appoint": {"office", "holders"},
    "assign_mediators": {"mediators", "chosen"},
    "attach": {"media"},
    "answer_mediation": {"accepts"},
    "check_performance": {"performed"},
    "classify_dispute": {"sort", "level", "danger"},
    "close_follow_up": set(),
    "correct": {"entry"},
    "draw_up_agreement": {"perform_by"},
    "end_mediation": {"routes"},
    "enter_danger": set(),
    "invite_helper": {"consents"},
    "mediate": {"danger"},
    "note": set(),
    "order_correction": {"citation"},
    "put_on_file": {"reference", "papers"},
    "record_confirmation": {"valid", "reference"},
    "register_dispute": {"found", "special"},
    "reject_mediator": {"mediator"},
    "report_danger": set(),
    "sign_agreement": {"parties", "mediators", "seal"},
    "transfer_dispute": set(),
    "withdraw": set(),
}
"""All that the public reads of each action: ids, dates, numbers, yes and no."""


def told_of(case: Case) -> str:
    """Everything that is shown to the public of a case, whether the office hands over its own record or the public one."""
    redacted = case.redacted()
    shown = [entry.payload.decode() for entry in redacted]
    for entries in (case.entries, redacted):
        for language in ("zh", "en"):
            shown += [record.minutes(entries, language), record.register(entries).markdown(language)]
    return "\n".join([*shown, repr(case), repr(case.entries), repr(Case.replay(redacted).entries)])


def full_of_secrets(*steps: Step) -> list[Step]:
    """The steps with the secret in every field that is meant for words, and notes, papers and corrections between."""
    words = Text(SECRET, SECRET)
    beside = [Note(words), Attach("0" * 64, words), Correct(1, words, reason=words)]
    beside.append(Appoint("grid_leader", {"grid-1"}, reason=words))
    found: list[Step] = []
    for step in steps:
        kind = type(step.action)
        free = [
            field.name
            for field in attrs.fields(kind)
            if field.name not in PUBLIC[kind.kind] | {"parties", "person"}
            and getattr(step.action, field.name) is not None
        ]
        found.append(attrs.evolve(step, action=attrs.evolve(step.action, **dict.fromkeys(free, words))))
        if step is steps[-1]:
            break
        found += [Step(each, step.at, "sec-1") for each in beside]
    return found


class TestPublicDocuments:
    """Art. 15(4): nobody outside reads what the parties said or did, in whichever document."""

    def test_every_field_is_known(self) -> None:
        """Whatever is not listed as public is private here; a new field is one or the other."""
        for kind in MEDIATION.actions().values():
            fields = attrs.fields(kind)
            hidden = {each.name for each in fields if {"private", "words"} & each.metadata.keys()}
            assert {each.name for each in fields if each.init} - hidden == PUBLIC[kind.kind], kind.kind
        assert PUBLIC.keys() == MEDIATION.actions().keys() >= {action.kind for action in ANYWHERE}

    @pytest.mark.parametrize(
        "steps",
        [
            dispute_steps(),
            [*screened(), Step(Withdraw("x"), day(2), "sec-1")],
            [*screened(), *begun(), Step(ORDER, day(3), "com-1"), Step(Withdraw("x"), day(4), "sec-1")],
            [*screened(), *begun(), Step(TransferDispute(to="街道办事处", reason="x"), day(3), "med-1")],
            [
                *screened(),
                *begun(),
                Step(InviteHelper(role="x", consents={"a", "b"}, person="2-101"), day(3), "med-1"),
                Step(THREATS, day(3), "med-1"),
                Step(REPORT, day(3), "med-1"),
                Step(AnswerMediation(accepts=False, reason="x"), day(3), "1-301"),
                Step(EndMediation(routes=ROUTES, reason="x"), day(4), "med-1"),
            ],
        ],
        ids=["settled", "withdrawn", "corrected", "transferred", "refused"],
    )
    def test_no_word_is_public(self, steps: list[Step]) -> None:
        """Neither payload, nor minutes, nor register, nor what is printed in passing holds a word of it."""
        case = take(dispute(), full_of_secrets(*steps))
        assert SECRET in record.minutes(case.entries, "zh", private=True)
        public = told_of(case)
        assert [secret for secret in (SECRET, *PARTIES.values(), "2-101", "13800000000") if secret in public] == []
        assert Case.replay(case.redacted()).state == case.state

    def test_the_words_are_there_for_the_office(self) -> None:
        """They stand in the record, can be destroyed, and a retry after that is the same retry."""
        case = done(dispute(), (Note(SECRET), day(1), "sec-1"))
        assert case.entries[-1].action.text == Text(SECRET, SECRET)
        assert Case.replay(case.entries) == case
        gone = done(case, (Destroy({2: {"text"}}, reason="当事人要求"), day(2), "sec-1"))
        assert gone.entries[1].action.text is NOT_SHOWN
        assert SECRET not in told_of(gone) + record.minutes(gone.entries, "zh", private=True)
        assert Case.replay(gone.entries) == gone

    @pytest.mark.parametrize("authority", [MEDIATION.confidential, None], ids=["confidential", "not"])
    def test_the_sheets_of_a_register(self, authority: Citation | None) -> None:
        """What supervisors note and what is attached stands on the sheets, and not where the procedure is confidential."""
        confidential = authority is not None
        case = courtyard(attrs.evolve(catalogue.yizheng.COURTYARD, confidential=authority))
        case = take(case, courtyard_steps(), lambda each: each.stage == "implement")
        case = done(case, (Note(SECRET), day(75), "sup-1"))
        assert (SECRET in record.register(case.entries).markdown("zh")) is not confidential
        early = take(courtyard(case.procedure), courtyard_steps(), lambda each: each.stage == "propose")
        early = done(early, (Attach("0" * 64, SECRET), day(8), "sec-1"))
        assert (SECRET in record.register(early.entries).markdown("zh")) is not confidential

    def test_elsewhere_they_are_public(self) -> None:
        """A procedure that does not say that it is confidential shows them, as it always did."""
        told = attrs.evolve(MEDIATION, confidential=None)
        assert SECRET in told_of(done(dispute(told), (Note(SECRET), day(1), "sec-1")))
        assert "confidential" not in told.to_data()


LABELS = st.frozensets(st.sampled_from(["a", "b", "c"]), max_size=3)
PEOPLE = sorted({"1-301", "1-201", *(each for held in DISPUTE_OFFICES.values() for each in held)})
ACTS = st.one_of(
    st.just(RegisterDispute(parties=PARTIES, facts="x", found="patrol")),
    st.builds(ClassifyDispute, sort=st.just("family"), danger=st.booleans()),
    st.builds(AcceptDispute, applicants=LABELS, parties=st.sampled_from([None, PARTIES])),
    st.builds(AnswerMediation, accepts=st.booleans(), person=st.sampled_from([None, "1-301", "1-201"])),
    st.builds(AssignMediators, st.frozensets(st.sampled_from(["med-1", "med-2"]), min_size=1)),
    st.builds(RejectMediator, st.sampled_from(["med-1", "med-2"])),
    st.builds(Mediate, account=st.just("x"), danger=st.booleans()),
    st.builds(AgreeOrally, terms=st.just("x"), accord=LABELS),
    st.just(DrawUpAgreement(terms="x")),
    st.builds(
        SignAgreement, parties=LABELS, mediators=st.frozensets(st.sampled_from(["med-1", "med-2"])), seal=st.just(True)
    ),
    st.sampled_from([THREATS, REPORT, ORDER, Withdraw("x"), CloseFollowUp(), EndMediation(routes=ROUTES)]),
    st.just(TransferDispute(to="x", reason="x")),
    st.builds(RecordConfirmation, valid=st.booleans(), reference=st.just("1")),
    st.just(ApplyConfirmation(parties={"a", "b"}, court="x")),
    st.just(CheckPerformance(performed=True)),
    st.just(PutOnFile(reference="1", papers={"register", "record", "agreement"})),
)


class TestWhateverIsTried:
    """Whoever tries whatever, in whichever order: what the law forbids does not come about."""

    @given(st.integers(0, len(STATES) - 1), st.lists(st.tuples(ACTS, st.sampled_from(PEOPLE)), max_size=25))
    def test_it(self, start: int, tried: list[tuple[object, str]]) -> None:
        """Told from the entries alone: no end unreported, nothing corrected that binds, nobody back who was rejected."""
        case = STATES[start]
        for action, by in tried:
            try:
                case = case.act(action, at=LATER, by=by, salt=b"1" * 16)
            except Refused:
                continue
            check(case)
        assert Case.replay(case.redacted()).state == case.state


def check(case: Case) -> None:
    """Follow the entries of a case without the library's own reckoning."""
    unreported, binding, rejected = False, False, set[str]()
    for entry in case.entries[1:]:
        action, outcome = entry.action, entry.effect.outcome
        if isinstance(action, OrderCorrection):
            assert not binding
        if isinstance(action, Mediate | AgreeOrally | SignAgreement | DrawUpAgreement | TransferDispute | EndMediation):
            assert not unreported
            assert entry.by not in rejected
        if isinstance(action, AssignMediators | SignAgreement):
            assert not action.mediators & rejected
        if isinstance(action, ReportDanger):
            unreported = False
        elif isinstance(action, EnterDanger) or getattr(action, "danger", False):
            unreported = True
        if isinstance(action, RejectMediator):
            rejected.add(action.mediator)
        binding = outcome == "agreed" or (binding and outcome != "unconfirmed")
    assert not (unreported and case.status is Status.ENDED)
    assert unreported == (case.dossier.danger is not None)
    agreement = case.dossier.dispute.agreement if case.dossier.dispute is not None else None
    assert binding == (agreement is not None)


def test_words_that_are_both_public_and_sealed() -> None:
    """A forged entry that shows other words than those that it seals is refused."""
    data = {"text": {"zh": "x", "en": "x"}}
    assert join(Note, data, {}, {}, "entry 2").text == Text("x", "x")
    assert join(Note, {}, {}, {}, "entry 2", sealed={"text"}).text is NOT_SHOWN
    with pytest.raises(InvalidValue, match="both public and sealed"):
        join(Note, data, {}, {}, "entry 2", sealed={"text"})
    with pytest.raises(InvalidValue):
        join(Note, {}, {}, {}, "entry 2")
