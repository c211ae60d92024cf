"""Screening, mediation, follow-up and archive of disputes (People's Mediation Law, domain 2.10). The cases are invented."""

from __future__ import annotations

import attrs
import pytest

from quarrels import (
    DISPUTE_OFFICES,
    MEDIATION,
    PARTIES,
    ROUTES,
    agreed,
    begun,
    by_itself,
    dispute,
    dispute_at,
    dispute_steps,
    performed,
    quarrel,
    screened,
)
from walks import DECIDED, MICROSECOND, START, day, days, done, refused, take
from yizheng import Case, Matter, Period
from yizheng.errors import InvalidType, InvalidValue
from yizheng.stages import (
    AcceptDispute,
    AdoptEdition,
    AgreeOrally,
    AnswerMediation,
    ApplyConfirmation,
    Archive,
    AssignMediators,
    CheckPerformance,
    ClassifyDispute,
    CloseFollowUp,
    Destroy,
    Dispute,
    DrawUpAgreement,
    EndMediation,
    FollowUp,
    InviteHelper,
    Mediate,
    Mediation,
    OrderCorrection,
    PutOnFile,
    RecordConfirmation,
    RegisterDispute,
    RejectMediator,
    ReportDanger,
    Screening,
    SignAgreement,
    TransferDispute,
    Withdraw,
)
from yizheng.stages.parties import MEDIATION_LAW


def article(no: object) -> set[str]:
    """The articles that a refusal cites."""
    return {reason.citation.article for reason in no.reasons if reason.citation is not None}


def mediating(*after: FollowUp, **settings: object) -> Case:
    """A mediation under way, of two parties that accept it."""
    return done(
        by_itself(Mediation(id="mediate", title="调解", **settings), *after),
        (AcceptDispute(parties=PARTIES, applicants={"a", "b"}), START),
        (AssignMediators({"m-1", "m-2"}), START),
        (Mediate(account="各述其事"), START),
    )


def drawn_up() -> Case:
    """An agreement that nobody has signed yet."""
    return done(mediating(FollowUp(id="follow_up", title="回访")), (DrawUpAgreement(terms="修管道"), START))


def followed(**settings: object) -> Case:
    """An agreement by word of mouth, to be performed by the twentieth day, that is followed up."""
    case = mediating(FollowUp(id="follow_up", title="回访", **settings))
    return done(case, (AgreeOrally(terms="修管道", accord={"a", "b"}, perform_by=day(20)), START))


class TestScreening:
    """Found, registered, classified (domain 2.10, rows 1 and 2)."""

    def test_the_register(self):
        """The parties stand in the record under their labels; who they are is private."""
        case = take(dispute(), screened()[:1])
        entry = case.entries[-1]
        assert dict(case.dossier.dispute.parties) == PARTIES
        assert entry.effect.carried == {"parties": ("a", "b")}
        assert "1-301" not in entry.payload.decode()
        assert "漏水" not in entry.payload.decode()

    def test_on_to_mediation(self):
        """Once its sort is known, it goes on."""
        assert take(dispute(), screened()).state == "mediate.waiting"

    def test_a_sort_that_the_register_does_not_know(self):
        """The sorts are those that the source names, or those of the procedure; no other is guessed."""
        case = take(dispute(), screened()[:1])
        say = ["weather", "neighbours"]
        refused(case, ClassifyDispute(sort="weather"), "UNKNOWN_ITEM", at=day(1), by="grid-1", says=say)

    def test_danger_is_reported_at_once(self):
        """Signs of a crime or of a breach of public order are reported before anything else is done (art. 25)."""
        case = take(dispute(), screened()[:1])
        case = done(case, (ClassifyDispute(sort="family", danger=True), day(0, 10), "grid-1"))
        assert case.state == "screen.classified"
        (duty,) = case.due(day(1))
        assert (duty.action, duty.until, duty.overdue) == ("report_danger", day(0, 10), True)
        refused(case, ClassifyDispute(sort="family"), "NOT_NOW", at=day(1), by="grid-1")
        case = done(case, (ReportDanger(to="派出所", signs="扬言报复"), day(0, 11), "grid-1"))
        assert case.state == "mediate.waiting"

    def test_transferred(self):
        """What others are responsible for goes to them, and ends here."""
        case = take(dispute(), screened()[:1])
        case = done(case, (TransferDispute(to="街道办事处", reason="跨社区"), day(1), "sec-1"))
        assert case.outcome == "transferred"

    @pytest.mark.parametrize(
        "build",
        [
            lambda: RegisterDispute(parties={"a": "1"}, facts="x", found="patrol"),
            lambda: RegisterDispute(parties={"a": "1", "b": "1"}, facts="x", found="patrol"),
            lambda: RegisterDispute(parties={"a": "1", "b": ""}, facts="x", found="patrol"),
            lambda: RegisterDispute(parties=["a", "b"], facts="x", found="patrol"),
            lambda: RegisterDispute(parties=None, facts="x", found="patrol"),
            lambda: RegisterDispute(parties=PARTIES, facts="x", found="rumour"),
            lambda: Screening(id="s", title="排查", sorts=[]),
        ],
        ids=["one party", "one person", "nobody", "a list", "nothing", "found", "no sorts"],
    )
    def test_what_cannot_be(self, build):
        """A dispute has two parties, each somebody else, and was found in a way that there is."""
        with pytest.raises((InvalidType, InvalidValue)):
            build()


class TestAcceptance:
    """On application or on the committee's own motion; a party who plainly refuses is not mediated (art. 17)."""

    def test_on_application(self):
        """Who applies accepts mediation by that."""
        case = done(dispute_at("mediate.waiting"), (AcceptDispute(applicants={"b"}), day(1), "com-1"))
        assert case.progress.answers == {"b": True}
        assert [duty.action for duty in case.due(day(1))] == ["answer_mediation", "assign_mediators"]

    def test_on_its_own_motion(self):
        """Nobody has said anything yet, and nobody is mediated against their will."""
        case = done(
            dispute_at("mediate.waiting"),
            (AcceptDispute(), day(1), "com-1"),
            (AssignMediators({"med-1"}), day(1), "com-1"),
        )
        no = refused(case, Mediate(account="x"), "CONSENT_MISSING", at=day(1), by="med-1", says=["a", "b"])
        assert article(no) == {"3(1)"}

    @pytest.mark.parametrize("by", ["1-301", "med-1"])
    def test_a_refusal_before_it_is_accepted(self, by):
        """A dispute whose party refuses is not accepted; whether they say it themselves or a mediator enters it."""
        answer = AnswerMediation(accepts=False, person=None if by == "1-301" else "1-301", reason="信不过")
        case = done(dispute_at("mediate.waiting"), (answer, day(1), by))
        no = refused(case, AcceptDispute(), "PARTY_REFUSES", at=day(1), by="com-1", says=["a"])
        assert article(no) == {"17"}
        assert [duty.action for duty in case.due(day(1))] == ["end_mediation"]

    def test_a_refusal_on_the_way(self):
        """A party may want it ended at any time (art. 23), and then nothing goes on but the end."""
        case = done(mediating(), (AnswerMediation(accepts=False), day(1), "1-201"))
        for action in (
            Mediate(account="x"),
            AgreeOrally(terms="x", accord={"a", "b"}),
            DrawUpAgreement(terms="x"),
        ):
            assert article(refused(case, action, "PARTY_REFUSES", at=day(1), says=["b"])) == {"17"}
        assert done(case, (EndMediation(routes=ROUTES), day(1))).outcome == "was_refused"

    def test_refusing_between_draft_and_signature(self):
        """What was drawn up binds nobody who refuses before it is signed."""
        case = done(drawn_up(), (AnswerMediation(accepts=False), day(1), "1-201"))
        refused(case, SignAgreement(parties={"a"}), "PARTY_REFUSES", at=day(1))

    def test_another_label_does_not_undo_a_refusal(self):
        """A party who refused is not mediated under another label."""
        case = done(dispute_at("mediate.waiting"), (AnswerMediation(accepts=False), day(1), "1-301"))
        again = AcceptDispute(parties={"x": "1-301", "y": "1-201"})
        refused(case, again, "LABEL_TAKEN", "PARTY_REFUSES", at=day(1), by="com-1")

    def test_no_office_takes_a_refusal_back(self):
        """What a party refused themselves they alone take back; what was entered for them can be entered anew."""
        entered = AnswerMediation(accepts=True, person="1-301")
        own = done(dispute_at("mediate.waiting"), (AnswerMediation(accepts=False), day(1), "1-301"))
        assert article(refused(own, entered, "PARTY_REFUSES", at=day(1), by="med-1", says=["a"])) == {"17"}
        assert done(own, (AnswerMediation(accepts=True), day(1), "1-301")).dossier.dispute.firm == frozenset()
        told = done(
            dispute_at("mediate.waiting"),
            (AnswerMediation(accepts=False, person="1-301"), day(1), "med-1"),
            (entered, day(2), "med-1"),
        )
        assert told.progress.answers == {"a": True}
        assert Case.replay(own.redacted()).progress == own.progress

    def test_others_are_asked_anew(self):
        """What one person accepted binds nobody else: who comes in their place has another label, and all are asked again."""
        case = done(
            dispute_at("mediate.waiting"),
            (AnswerMediation(accepts=True), day(1), "1-301"),
            (AcceptDispute(parties={"c": "1-401", "b": "1-201"}, applicants={"b"}), day(1), "com-1"),
        )
        assert case.progress.answers == {"b": True}

    def test_a_change_of_mind(self):
        """Whoever refused may accept after all: it is the party's will that counts."""
        case = done(
            mediating(),
            (AnswerMediation(accepts=False), day(1), "1-201"),
            (AnswerMediation(accepts=True), day(2), "1-201"),
            (Mediate(account="x"), day(2)),
        )
        assert case.phase == "mediating"

    def test_free_of_charge(self):
        """Mediation costs nothing (art. 4); nought is no fee."""
        case = dispute_at("mediate.waiting")
        no = refused(case, AcceptDispute(fee="50"), "FEE_CHARGED", at=day(1), by="com-1", says=["50"])
        assert article(no) == {"4"}
        assert done(case, (AcceptDispute(fee=0), day(1), "com-1")).phase == "accepted"

    def test_without_parties(self):
        """There is no mediation between nobody."""
        refused(by_itself(Mediation(id="mediate", title="调解")), AcceptDispute(), "NO_PARTIES", at=START)

    def test_a_stranger_says_nothing(self):
        """Only a party answers for a party; whoever enters an answer names one."""
        case = dispute_at("mediate.waiting")
        refused(case, AnswerMediation(accepts=True), "NOT_A_PARTY", at=day(1), by="1-999", says=["1-999"])
        refused(case, AnswerMediation(accepts=True), "NOT_A_PARTY", at=day(1), by="med-1", says=["med-1"])
        entered = AnswerMediation(accepts=True, person="1-301")
        refused(case, entered, "NOT_IN_OFFICE", "OWN_DISPUTE", at=day(1), by="1-201")
        alone = by_itself(Mediation(id="mediate", title="调解"))
        refused(alone, AnswerMediation(accepts=True), "NOT_A_PARTY", at=START, by="1-301")

    def test_an_applicant_who_is_no_party(self):
        """Labels are those of the register."""
        case = dispute_at("mediate.waiting")
        refused(case, AcceptDispute(applicants={"c"}), "UNKNOWN_ITEM", at=day(1), by="com-1", says=["c"])


class TestMediators:
    """The committee assigns mediators, or the parties choose them (art. 19); a party may not accept one (art. 23)."""

    def accepted(self) -> Case:
        """A dispute that was accepted, and whose parties accept mediation."""
        steps = (AcceptDispute(parties=PARTIES, applicants={"a", "b"}), START)
        return done(by_itself(Mediation(id="mediate", title="调解")), steps)

    def test_nobody_mediates(self):
        """Without a mediator there is no mediation."""
        no = refused(self.accepted(), Mediate(account="x"), "NO_MEDIATOR", at=START)
        assert article(no) == {"19"}

    def test_a_party_rejects_one(self):
        """Who is not accepted mediates no more, and is not assigned again."""
        case = done(mediating(), (RejectMediator("m-1"), day(1), "1-301"))
        assert case.progress.mediators == {"m-2"}
        no = refused(case, AssignMediators({"m-1", "m-3"}), "MEDIATOR_REJECTED", at=day(1), says=["m-1"])
        assert article(no) == {"23(1)"}

    def test_the_last_one_is_rejected(self):
        """Where nobody is left, another is assigned first; neither of those who were rejected comes back."""
        case = done(mediating(), (RejectMediator("m-1"), START, "1-301"), (RejectMediator("m-2"), START, "1-201"))
        refused(case, AssignMediators({"m-1", "m-2"}), "MEDIATOR_REJECTED", at=START, says=["m-1", "m-2"])
        refused(case, Mediate(account="x"), "NO_MEDIATOR", at=START)
        assert [duty.action for duty in case.due(START)] == ["assign_mediators"]

    def test_only_a_party_rejects_only_a_mediator(self):
        """A stranger rejects nobody, and nobody rejects somebody who does not mediate."""
        refused(mediating(), RejectMediator("m-1"), "NOT_A_PARTY", at=START, by="1-999")
        refused(mediating(), RejectMediator("m-9"), "UNKNOWN_ITEM", at=START, by="1-301", says=["m-9"])
        refused(mediating(), RejectMediator("m-9"), "UNKNOWN_ITEM", "NOT_A_PARTY", at=START, by="1-999")

    def test_helpers_come_with_consent(self):
        """Relatives, neighbours or experts are invited where all parties consent (art. 20)."""
        case = mediating()
        invite = InviteHelper(role="水暖工", consents={"a"}, person="2-101")
        no = refused(case, invite, "CONSENT_MISSING", at=START, says=["b"])
        assert article(no) == {"20"}
        invite = InviteHelper(role="水暖工", consents={"a", "b", "c"})
        refused(case, invite, "UNKNOWN_ITEM", at=START, says=["c"])
        assert done(case, (attrs.evolve(invite, consents={"a", "b"}), START)).version == case.version + 1

    def test_nobody_is_no_mediator(self):
        """An empty assignment is none."""
        with pytest.raises(InvalidValue, match="nobody would mediate"):
            AssignMediators([])


class TestDanger:
    """What may lead to a crime or a breach of public order is reported at once (art. 25)."""

    def test_nothing_goes_on_before_the_report(self):
        """Neither a session nor an agreement, neither the end nor a transfer."""
        case = done(mediating(), (Mediate(account="扬言报复", danger=True), START))
        for action in (
            Mediate(account="x"),
            AgreeOrally(terms="x", accord={"a", "b"}),
            DrawUpAgreement(terms="x"),
            EndMediation(routes=ROUTES),
            TransferDispute(to="派出所", reason="x"),
        ):
            assert article(refused(case, action, "DANGER_UNREPORTED", at=day(1))) == {"25"}
        (duty,) = case.due(day(1))
        assert (duty.action, duty.overdue) == ("report_danger", True)

    def test_after_the_report(self):
        """Reported, it can be transferred, or mediated on: the law asks for the report."""
        case = done(
            mediating(),
            (Mediate(account="扬言报复", danger=True), START),
            (ReportDanger(to="派出所", signs="扬言报复"), START),
        )
        assert done(case, (TransferDispute(to="派出所", reason="治安案件"), START)).outcome == "was_transferred"
        assert done(case, (Mediate(account="x"), START)).phase == "mediating"


class TestAgreement:
    """Written, it binds on signatures and seal; oral, on accord (arts 28 to 30)."""

    def test_by_word_of_mouth(self):
        """What the parties agree by word of mouth binds at once."""
        agreement = followed().dossier.dispute.agreement
        assert (agreement.effective, agreement.written, agreement.perform_by) == (START, False, day(20))

    def test_not_by_one_alone(self):
        """All must agree."""
        no = refused(mediating(), AgreeOrally(terms="x", accord={"a"}), "CONSENT_MISSING", at=START, says=["b"])
        assert article(no) == {"30"}
        refused(mediating(), AgreeOrally(terms="x", accord={"a", "b", "c"}), "UNKNOWN_ITEM", at=START)

    @pytest.mark.parametrize(
        "lacking",
        [
            {"parties": {"a"}},
            {"mediators": ()},
            {"seal": False},
        ],
        ids=["a party", "the mediator", "the seal"],
    )
    def test_not_before_all_have_signed(self, lacking):
        """While a signature or the seal is missing, nothing binds."""
        signed = SignAgreement(**{"parties": {"a", "b"}, "mediators": {"m-1"}, "seal": True, **lacking})
        case = done(drawn_up(), (signed, day(1)))
        assert (case.phase, case.dossier.dispute.agreement) == ("drawn_up", None)
        case = done(case, (SignAgreement(parties={"b"}, mediators={"m-1"}, seal=True), day(2)))
        assert case.dossier.dispute.agreement.effective == day(2)
        assert case.stage == "follow_up"

    def test_another_draft_is_signed_anew(self):
        """A signature stands under what was signed, and under no later draft."""
        case = done(
            drawn_up(),
            (SignAgreement(parties={"a", "b"}, mediators={"m-1"}), START),
            (DrawUpAgreement(terms="另一稿"), START),
            (SignAgreement(seal=True), START),
        )
        assert case.phase == "drawn_up"
        assert not case.progress.signed
        again = done(
            case, (DrawUpAgreement(terms="第三稿"), START), (SignAgreement(parties=PARTIES, mediators={"m-1"}), START)
        )
        assert (again.phase, again.progress.sealed) == ("drawn_up", False)

    def test_signed_by_others(self):
        """The mediators of this dispute sign, and its parties."""
        no = refused(drawn_up(), SignAgreement(mediators={"m-9"}), "NOT_MEDIATING", at=START, says=["m-9", "m-1"])
        assert article(no) == {"29"}
        refused(drawn_up(), SignAgreement(parties={"c"}), "UNKNOWN_ITEM", at=START)
        with pytest.raises(InvalidValue, match="nobody signed"):
            SignAgreement()

    def test_the_terms_are_private(self):
        """What was said and agreed is shown to nobody else (art. 15 forbids to tell it)."""
        case = take(dispute(), dispute_steps())
        public = "".join(entry.payload.decode() for entry in case.entries)
        secrets = ("1-301", "1-201", "楼上漏水", "修管道", "各述其事", "管道已修", "13800000000")
        assert [secret for secret in secrets if secret in public] == []
        shown = Case.replay(case.redacted())
        assert (shown.outcome, shown.digest) == (case.outcome, case.digest)
        assert dict(shown.dossier.dispute.parties) == {"a": None, "b": None}
        assert "1-301" not in repr(case.entries) + repr(case.dossier)


class TestDestroying:
    """Who the parties are can be destroyed when the dispute has ended, and not before: nobody else speaks for them."""

    PARTIES = Destroy({2: {"parties"}}, reason="当事人要求")

    @pytest.mark.parametrize(
        "state", ["screen.registered", "mediate.waiting", "mediate.mediating", "follow_up.waiting"]
    )
    def test_not_yet(self, state):
        """Until the end a party may still accept, refuse or reject."""
        refused(dispute_at(state), self.PARTIES, "PARTIES_NEEDED", at=day(40), by="sec-1", says=["2", "parties"])

    def test_what_was_said(self):
        """What was said is needed by nothing that is decided."""
        case = done(dispute_at("mediate.waiting"), (Destroy({2: {"facts"}}, reason="当事人要求"), day(40), "sec-1"))
        assert case.entries[1].action.facts is None

    def test_after_the_end(self):
        """When it has ended they can go, and the record can still be verified."""
        case = done(take(dispute(), dispute_steps()), (self.PARTIES, day(40), "sec-1"))
        assert dict(case.dossier.dispute.parties) == {"a": None, "b": None}
        assert Case.replay(case.entries).outcome == "settled"


class TestEnd:
    """Where mediation fails it is ended, and the parties are told of other ways (art. 26)."""

    @pytest.mark.parametrize("missing", sorted(ROUTES))
    def test_the_other_ways(self, missing):
        """Arbitration, the administration, the courts: each is named."""
        no = refused(mediating(), EndMediation(routes=ROUTES - {missing}), "ROUTES_UNNAMED", at=START, says=[missing])
        assert article(no) == {"26"}
        assert done(mediating(), (EndMediation(routes=ROUTES, reason="分歧太大"), START)).outcome == "was_failed"

    def test_as_the_procedure_says(self):
        """Where a law leaves a way out for this sort of dispute, the procedure says so."""
        case = mediating(routes={"judicial"})
        assert done(case, (EndMediation(routes={"judicial"}), START)).outcome == "was_failed"


class TestConfirmation:
    """Both parties together, within thirty days of the effect (art. 33)."""

    THIRTY = Period(30, citation=MEDIATION_LAW(article="33"))
    BOTH = ApplyConfirmation(parties={"a", "b"}, court="区人民法院")

    def test_jointly(self):
        """One party alone asks for nothing."""
        case = followed(confirmation=self.THIRTY)
        no = refused(case, attrs.evolve(self.BOTH, parties={"a"}), "NOT_JOINT", at=day(1), says=["b"])
        assert article(no) == {"33"}
        refused(case, attrs.evolve(self.BOTH, parties={"a", "b", "c"}), "UNKNOWN_ITEM", at=day(1))

    @pytest.mark.parametrize(
        ("at", "late"),
        [(day(30, 23), False), (day(31, 0) - MICROSECOND, False), (day(31, 0), True)],
        ids=["the last evening", "just in time", "just late"],
    )
    def test_thirty_days(self, at, late):
        """The thirtieth day after the day of the effect is the last (Civil Code art. 201)."""
        case = followed(confirmation=self.THIRTY)
        if late:
            no = refused(case, self.BOTH, "CONFIRMATION_LATE", at=at, says=["30"])
            assert article(no) == {"33"}
        else:
            assert done(case, (self.BOTH, at)).phase == "applied"

    def test_every_day_where_no_rule_says(self):
        """A procedure without the period takes an application at any time."""
        assert done(followed(), (self.BOTH, day(300))).phase == "applied"

    def test_an_edition_that_is_not_in_force(self):
        """Where no edition is in force nothing is guessed; an adopted one is taken."""
        case = followed(confirmation=days(30, since=day(40).date()))
        refused(case, self.BOTH, "NO_EDITION", at=day(1))
        adopted = done(case, (AdoptEdition("follow_up", period=days(30, since=day(1).date()), **DECIDED), day(1)))
        refused(adopted, self.BOTH, "CONFIRMATION_LATE", at=day(39))

    def test_confirmed(self):
        """A confirmed agreement is followed up like any other."""
        case = done(followed(), (self.BOTH, day(1)), (RecordConfirmation(valid=True, reference="1"), day(5)))
        assert case.state == "follow_up.confirmed"

    def test_not_confirmed(self):
        """What the court does not confirm can be mediated anew: the parties are asked again."""
        case = take(dispute(), [*screened(), *begun(), *agreed(), *performed()[:1]])
        case = done(case, (RecordConfirmation(valid=False, reference="驳回 1 号"), day(14), "com-1"))
        assert (case.state, case.progress.answers) == ("mediate.waiting", {})
        assert done(case, (Withdraw("自行和解"), day(15), "sec-1")).outcome == "withdrawn"

    def test_before_there_is_an_agreement(self):
        """Nothing is confirmed or followed up that has not taken effect."""
        alone = by_itself(FollowUp(id="follow_up", title="回访"))
        assert article(refused(alone, self.BOTH, "NOT_AGREED", at=START)) == {"33"}
        assert article(refused(alone, CheckPerformance(performed=True), "NOT_AGREED", at=START)) == {"31"}


class TestFollowUp:
    """The committee looks after the performance (art. 31)."""

    def test_performed(self):
        """The last check counts."""
        case = done(followed(), (CheckPerformance(performed=False), day(1)), (CheckPerformance(performed=True), day(9)))
        assert [duty.action for duty in case.due(day(9))] == ["close_follow_up"]
        assert done(case, (CloseFollowUp(), day(9))).outcome == "was_performed"

    def test_unperformed(self):
        """Not performed when its day has come, it ends so: a party can sue (art. 32)."""
        case = done(followed(), (CheckPerformance(performed=False), day(1)))
        (duty,) = case.due(day(21))
        assert (duty.action, duty.until, duty.overdue) == ("check_performance", day(20), True)
        refused(case, CloseFollowUp(), "TOO_EARLY", at=day(20) - MICROSECOND)
        assert done(case, (CloseFollowUp(), day(20))).outcome == "was_unperformed"

    def test_without_a_look(self):
        """Nobody closes what nobody has looked at."""
        assert article(refused(followed(), CloseFollowUp(), "NOT_CHECKED", at=day(1))) == {"31"}

    def test_what_it_sets(self):
        """It names the dated period that it sets."""
        assert dict(FollowUp(id="f", title="回访", confirmation=days(30)).rules()) == {"confirmation": (days(30),)}
        assert dict(FollowUp(id="f", title="回访").rules()) == {}


class TestArchive:
    """Register, record and agreement are kept (art. 27)."""

    ALL = ("register", "record", "agreement")

    @pytest.mark.parametrize("missing", ALL)
    def test_what_is_missing(self, missing):
        """Each of them is asked for."""
        case = dispute_at("archive_settled.waiting")
        papers = PutOnFile(reference="1", papers=set(self.ALL) - {missing})
        no = refused(case, papers, "FILE_INCOMPLETE", at=day(30), by="com-1", says=[missing])
        assert article(no) == {"27"}

    def test_an_oral_agreement_has_no_paper(self):
        """The record tells of it, as art. 28 asks."""
        stages = (
            Mediation(id="mediate", title="调解"),
            Archive(id="archive", title="归档", papers=self.ALL),
        )
        case = done(
            by_itself(*stages),
            (AcceptDispute(parties=PARTIES, applicants={"a", "b"}), START),
            (AssignMediators({"m-1"}), START),
            (Mediate(account="x"), START),
            (AgreeOrally(terms="x", accord={"a", "b"}), START),
            (PutOnFile(reference="1", papers={"register", "record"}), START),
        )
        assert case.outcome == "was_archived"


class TestWithdrawal:
    """Where nothing is voted on, a matter can be withdrawn until what binds (``Procedure.binding``)."""

    @pytest.mark.parametrize("state", ["screen.waiting", "mediate.waiting", "mediate.mediating", "mediate.drawn_up"])
    def test_before(self, state):
        """Until the mediation has its result the dispute can be taken back."""
        assert done(dispute_at(state), (Withdraw("自行和解"), day(9), "sec-1")).outcome == "withdrawn"

    @pytest.mark.parametrize("state", ["follow_up.waiting", "follow_up.confirmed", "archive_settled.waiting"])
    def test_after(self, state):
        """Then it cannot: what was agreed binds, and what failed is put on file."""
        case = dispute_at(state)
        refused(case, Withdraw("不想履行"), "BINDING", at=day(30), by="sec-1", says=[])
        assert Withdraw not in case.options()

    def test_where_nothing_binds(self):
        """A procedure without a vote and without a bound lets a matter be withdrawn until its end."""
        case = done(followed(), (CheckPerformance(performed=True), day(1)))
        assert done(case, (Withdraw("不办了"), day(2))).outcome == "withdrawn"

    def test_an_order_of_correction_takes_it_back_to_the_mediation(self):
        """The committee puts right what a mediator did wrong (art. 15)."""
        order = OrderCorrection("偏袒一方", citation=MEDIATION_LAW(article="15"))
        case = done(dispute_at("mediate.drawn_up"), (order, day(9), "com-1"))
        assert (case.state, case.dossier.dispute.labels) == ("mediate.waiting", {"a", "b"})
        refused(dispute_at("screen.registered"), order, "NOT_NOW", at=day(9), by="com-1")


class TestComesFrom:
    """A dispute can name the matter that it came from, and alike disputes can become a matter."""

    def test_it_stands_in_the_record(self):
        """The link is public, and in the opening."""
        case = dispute()
        assert case.matter.comes_from == {"2026-007"}
        assert case.entries[0].public_data()["action"]["matter"]["comes_from"] == ["2026-007"]

    def test_left_out_where_there_is_none(self):
        """A matter that came from none is written as before."""
        case = Case.open(quarrel(comes_from=()), MEDIATION, {}, DISPUTE_OFFICES, at=START, by="grid-1", salt=b"0" * 16)
        assert "comes_from" not in case.entries[0].public_data()["action"]["matter"]

    def test_not_from_itself(self):
        """A matter does not come from itself."""
        with pytest.raises(InvalidValue, match="from itself"):
            Matter("x", title="x", category="x", comes_from={"x"})
        with pytest.raises(InvalidType):
            Matter("x", title="x", category="x", comes_from="2026-007")


def test_the_labels_of_a_dispute():
    """Who is behind a label is found by the person, and by nobody else."""
    found = Dispute(parties=PARTIES)
    assert (found.label_of("1-301"), found.label_of("9-999"), found.labels) == ("a", None, {"a", "b"})


@pytest.mark.parametrize("length", range(len(dispute_steps()) + 1))
def test_every_step_replays_with_and_without_what_is_private(length):
    """At each step the record, and the public one, replay to the same place."""
    case = take(dispute(), dispute_steps()[:length])
    assert Case.replay(case.entries) == case
    assert Case.replay(case.redacted()).state == case.state
