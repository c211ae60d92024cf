"""No private word comes out at any public door: canaries in every field of every act, in every confidential procedure."""

from __future__ import annotations

import copy
import html
import pickle
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

import attrs
import pytest

from batch.desk import copied
from batch.review import OFFICES, ROLLS, family, front
from batch.review import PROCEDURE as REVIEW
from batch.review import START as BEGIN
from batch.review import called as meeting_called
from canaries import PUBLIC_OF_A_MATTER, Cage, acted, anew, leaks, unlisted
from quarrels import PARTIES, ROUTES, begun, dispute, dispute_steps, screened
from roads import ROADS, SPRING, along, now, opened
from walks import (
    BOARD,
    CITED,
    DECIDED,
    MEETING,
    NEWER,
    Step,
    allowance,
    allowance_steps,
    alone,
    assembly,
    called,
    cited,
    courtyard,
    courtyard_steps,
    day,
    days,
    done,
    opened_in_writing,
    refused,
    sitting,
    take,
)
from yizheng import Case, Docket, Matter, Procedure, Text, catalogue, record
from yizheng.canonical import seal
from yizheng.case.entry import _OWN as OWN
from yizheng.catalogue import assistance
from yizheng.codec import join, split
from yizheng.conformance import conform
from yizheng.docket import treated_otherwise
from yizheng.docket.records import facts_of
from yizheng.procedure import Kinds, Office
from yizheng.proofs import verify
from yizheng.rules import Silence
from yizheng.stages import (
    AcceptDispute,
    Adjourn,
    AdoptEdition,
    AgreeOrally,
    AnswerMediation,
    Appoint,
    AskHearing,
    AskSplit,
    Attach,
    CallHearing,
    CastBallot,
    CloseHearing,
    CloseVote,
    Convene,
    Correct,
    CountVotes,
    Destroy,
    Disclosure,
    EndMediation,
    EnterDanger,
    ExtendVote,
    Hearing,
    Interrupt,
    InviteHelper,
    Note,
    Object,
    OpenSolicitation,
    OrderCorrection,
    Post,
    ReceiveOpinion,
    RecordBallots,
    RecordService,
    Recuse,
    RejectMediator,
    ReportDanger,
    ReturnForRevision,
    Revise,
    Solicitation,
    SplitOut,
    Submit,
    TakeAttendance,
    Testify,
    TransferDispute,
    WaiveHearing,
    Withdraw,
)
from yizheng.stages.base import words_of
from yizheng.store import MemoryStore
from yizheng.text import LANGUAGES

from .test_confidential import CASES as TOLD


def every_outcome(procedure: Procedure, at: datetime) -> Iterator[Case]:
    """Cases that together leave each stage with each outcome for which there is a road."""
    left = {
        (stage.id, outcome) for stage in procedure.stages for outcome in stage.ends if (type(stage), outcome) in ROADS
    }
    while left:
        before, case = len(left), opened(procedure, at=at)
        for _ in range(12):
            if case.stage is None:
                break
            stage = procedure.stage(case.stage)
            ways = [each for each in stage.ends if (type(stage), each) in ROADS]
            way = min(ways, key=lambda each: ((stage.id, each) not in left, ways.index(each)))
            left.discard((stage.id, way))
            case = along(case, [f"{stage.id}.{way}"])
        yield case
        if len(left) == before:
            break


def disputes() -> list[Case]:
    """Disputes on their ways: settled in writing and by word of mouth, transferred, refused, withdrawn."""
    late = day(5)
    mediating = take(dispute(), [*screened(), *begun()])
    beside = [
        Step(Note("x"), day(2), "sec-1"),
        Step(Attach("0" * 64, "x"), day(2), "sec-1"),
        Step(Correct(1, "x", reason="x"), day(2), "sec-1"),
        Step(Appoint("grid_leader", {"grid-1"}, reason="x"), day(2), "sec-1"),
        Step(InviteHelper(role="x", consents={"a", "b"}, person="2-101"), day(3), "med-1"),
        Step(EnterDanger(signs="x"), day(3), "med-1"),
        Step(ReportDanger(to="x", signs="x", measures="x"), day(3), "med-1"),
    ]
    orally = Step(AgreeOrally(terms="x", accord={"a", "b"}, perform_by=day(20)), late, "med-1")
    reject = Step(RejectMediator(mediator="med-1", person="1-301"), late, "med-1")
    no = Step(AnswerMediation(accepts=False, reason="x", person="1-301"), late, "med-1")
    accept = Step(AcceptDispute(parties={**PARTIES, "c": "1-401"}), day(1), "com-1")
    ended = Step(EndMediation(routes=ROUTES, reason="x"), day(6), "med-1")
    ordered = Step(OrderCorrection("x", citation=CITED), late, "com-1")
    return [
        take(dispute(), dispute_steps()),
        take(mediating, [*beside, orally]),
        take(mediating, [reject]),
        take(mediating, [no, ended]),
        take(dispute(), [*screened(), accept]),
        take(mediating, [ordered, Step(Withdraw("x"), day(6), "sec-1")]),
        take(dispute(), [*screened()[:1], Step(TransferDispute(to="x", reason="x"), day(1), "com-1")]),
    ]


def votes() -> list[Case]:
    """What can be done in a vote, with its notice, and around it."""
    silence = Silence("majority", basis=CITED)
    service = RecordService({"m-09"}, how="by_hand", warning="不回复视为赞成", evidence="回执 1")
    written = done(
        opened_in_writing(silence=silence),
        (service, day(4)),
        (CastBallot("for"), day(5), "m-01"),
        (RecordBallots({"m-02": "against"}, channel="paper", evidence="box 1"), day(6)),
        (ExtendVote(until=day(12), reason="x"), day(7)),
        (CloseVote(), day(12)),
    )
    seated = done(
        called(calls=2),
        (Recuse("m-01", "x"), day(1)),
        (TakeAttendance({"m-02"}), day(3)),
        (Adjourn("x"), day(3)),
        (Convene(held_at=day(6)), day(4)),
        (TakeAttendance({"m-02"}), day(6)),
        (Revise("x"), day(6)),
        (ReturnForRevision("x"), day(6)),
    )
    edition = AdoptEdition("resolve", rule=attrs.evolve(MEETING, citation=cited(NEWER)), **DECIDED)
    hearing = done(
        alone(Hearing(id="hear", title="听证")),
        (AskHearing("x"), day(1), "5-501"),
        (AskHearing("x", author="5-502"), day(1)),
        (WaiveHearing("x"), day(2)),
    )
    heard = done(
        alone(Hearing(id="hear", title="听证")),
        (CallHearing(held_at=day(3), reason="x"), day(1)),
        (Testify("x", speaker="5-501"), day(3)),
        (CloseHearing(conclusion="x"), day(3)),
    )
    asked = done(
        alone(Solicitation(id="ask", title="征求意见")),
        (OpenSolicitation(channels={"online"}, until=day(3)), day(1)),
        (ReceiveOpinion("x", author="5-501"), day(2)),
    )
    posting = done(
        alone(Disclosure(id="disclose", title="公示", least=days(3))),
        (Post(channels=BOARD, content="x", document="0" * 64), day(1)),
        (Object("x", author="5-501"), day(2)),
        (Interrupt("x"), day(2)),
    )
    recount = done(
        sitting(methods=["show_of_hands"]),
        (CountVotes(for_=9, against=1), day(3)),
        (CountVotes(for_=9, against=1, recount="x"), day(3)),
    )
    return [written, seated, done(alone(assembly()), (edition, day(2))), hearing, heard, asked, posting, recount]


def all_ways(name: str, at: datetime = SPRING) -> Callable[[], list[Case]]:
    """The cases of a definition of social assistance, on all its ways."""
    return lambda: list(every_outcome(getattr(assistance, name), at))


SOURCES: Final[dict[str, Callable[[], list[Case]]]] = {
    "application": all_ways("ALLOWANCE_APPLICATION"),
    "review": all_ways("ALLOWANCE_REVIEW"),
    "review of 2021": all_ways("ALLOWANCE_REVIEW_2021", SPRING.replace(year=2022)),
    "review of 2014": all_ways("ALLOWANCE_REVIEW_2014", SPRING.replace(year=2015)),
    "change": all_ways("ALLOWANCE_CHANGE"),
    "words of a change": lambda: [made() for made in TOLD.values()],
    "contested family": lambda: [take(allowance(), allowance_steps())],
    "dispute": disputes,
    "courtyard": lambda: [take(courtyard(), courtyard_steps())],
    "vote": votes,
}
"""The cases that are acted anew; a definition that is not confidential is taken as if it were."""


@attrs.frozen
class Sung:
    """A case with canaries, the docket that keeps it, what was printed on the way, and the canaries."""

    case: Case
    docket: Docket
    store: MemoryStore
    printed: tuple[str, ...]
    cage: Cage


@lru_cache
def sung(name: str) -> tuple[Sung, ...]:
    """The cases of a source, each acted anew."""
    found: list[Sung] = []
    for case in SOURCES[name]():
        rolls = {member.id for roll in case.dossier.rolls.values() for member in roll}
        cage = Cage({*rolls, *(each for held in case.entries[0].action.offices.values() for each in held)})
        printed: list[str] = []
        store = MemoryStore()
        docket = Docket(store)
        again = anew(case, docket, cage, printed, CITED)
        assert (again.state, again.version) == (case.state, case.version)
        found.append(Sung(again, docket, store, tuple(printed), cage))
    return tuple(found)


def stricter(procedure: Procedure) -> Procedure:
    """A definition by which nobody could have done anything: it gives a reason against every act."""
    everything = frozenset[str]().union(*(each.may for each in procedure.offices))
    nobody = [attrs.evolve(each, may=()) for each in procedure.offices]
    return attrs.evolve(procedure, offices=[*nobody, Office("elsewhere", "别处", may=everything)])


def papers(case: Case) -> Iterator[tuple[str, str]]:
    """What is told of a record, whether the office hands over its own or the public one."""
    for whose, entries in (("the office's", case.entries), ("the public", case.redacted())):
        for language in LANGUAGES:
            yield f"minutes of {whose} record in {language}", record.minutes(entries, language)
            register = record.register(entries)
            for participants in (False, True):
                yield f"register of {whose} record", register.markdown(language, participants=participants)
        yield f"the register of {whose} record as a value", repr(attrs.asdict(register))
        for definition in (case.procedure, stricter(case.procedure)):
            found = conform(definition, entries)
            yield f"conformity of {whose} record", repr(found) + found.explain("zh") + found.explain("en")


def values(case: Case) -> Iterator[tuple[str, str]]:
    """What the public record is, as values, data and pickles; and what a log prints of the office's."""
    public = case.redacted()
    again = Case.replay(public)
    yield "payloads", "".join(entry.payload.decode() for entry in case.entries)
    yield "digests", " ".join(entry.digest for entry in case.entries)
    yield "effects", "".join(repr(entry.effect) for entry in case.entries)
    yield "seals", "".join(repr(entry.sealed) for entry in case.entries)
    yield "logs", f"{case!r} {case.entries!r} {case.progress!r} {case.dossier!r} {case.owed()!r}"
    yield "actions of the public record", "".join(f"{entry.action!r}{entry.private()}" for entry in public)
    yield "public data", "".join(repr(entry.public_data()) for entry in public)
    yield "a public case", f"{again.dossier!r} {again.progress!r} {attrs.asdict(again.dossier, recurse=False)}"
    yield "a pickle of the public record", pickle.dumps(public, protocol=0).decode("raw_unicode_escape")
    yield "a pickle of a public case", pickle.dumps(tuple(again.entries), protocol=0).decode("raw_unicode_escape")


def kept(docket: Docket, store: MemoryStore, case: Case) -> Iterator[tuple[str, str]]:
    """What a docket finds cases by, and what it proves of them."""
    yield "index facts", repr(facts_of(case)) + repr(store.facts(case.id))
    yield "index", f"{docket.cases()!r} {docket.find()!r} {docket.due(now(case))!r} {docket.overdue(now(case))!r}"
    checkpoint = docket.checkpoint(at=now(case))
    yield "checkpoint", f"{checkpoint!r} {checkpoint.to_data()!r} {docket.compare(checkpoint)!r}"
    yield "verification", repr(docket.verify(case.id)) + docket.verify(case.id).explain("zh")
    yield "treated otherwise", repr(treated_otherwise(docket, case.procedure, stricter(case.procedure)))
    records, parts = store.load(case.id)
    yield "public part of the store", "".join(each.payload.decode() + str(each.key) for each in records)
    yield "parts in the store", "".join(each.decode() for each in parts.values())


@pytest.mark.parametrize("name", SOURCES)
class TestNoDoor:
    """No canary is heard at any public door (Social Assistance Law art. 11, People's Mediation Law art. 15; R20)."""

    def test_no_canary_is_heard(self, name: str) -> None:
        """Neither in the record nor in what is made of it, kept with it, found by it, or refused."""
        heard: dict[str, set[str]] = {}
        for each in sung(name):
            doors = [*papers(each.case), *values(each.case), *kept(each.docket, each.store, each.case)]
            doors.append(("refusals and logs on the way", "".join(each.printed)))
            heard |= leaks(doors, each.case, each.cage)
        assert heard == {}

    def test_the_office_hears_them_all(self, name: str) -> None:
        """Each stands in the office's record, so that it would be heard; and replays, whole and redacted, as one record."""
        for each in sung(name):
            whole = "".join(repr(entry.private()) for entry in each.case.entries)
            assert [bird for bird in each.cage.used if bird not in whole] == []
            public = Case.replay(each.case.redacted())
            assert (public.digest, public.state) == (each.case.digest, each.case.state)
            assert Case.replay(copy.deepcopy(tuple(each.case.entries))) == each.case
            assert verify(public.entries).sound


@pytest.mark.parametrize("name", ["words of a change", "contested family", "dispute", "courtyard"])
class TestDestroyed:
    """What was destroyed is nowhere any more, and the reason for it does not repeat it to everybody."""

    def test_all_that_is_private(self, name: str) -> None:
        """After the end all of it can be destroyed: in the store, in the case, in what the office reads."""
        for each in sung(name):
            if each.case.stage is not None:
                continue
            case, docket = each.case, Docket(copied(each.store))
            by = next(who for office in sorted(case.procedure.destroyers) for who in sorted(case.offices[office]))
            reason = each.cage.words("destroy.reason")
            everything = {entry.number: frozenset(entry.seals) for entry in case.entries if entry.seals}
            at = max(now(case), case.entries[-1].recorded_at)
            gone = docket.act(case.id, Destroy(everything, reason=reason), at=at, by=by)
            doors = [*papers(gone), *values(gone), ("store", repr(docket))]
            assert leaks(doors, gone, each.cage) == {}
            office = [("minutes", record.minutes(gone.entries, private=True))]
            assert leaks(office, gone, each.cage) == {"minutes": {"destroy.reason"}}
            assert verify(gone.entries).sound
            gone = docket.act(case.id, Destroy({gone.version: {"reason"}}, reason="x"), at=at, by=by)
            assert leaks([("minutes", record.minutes(gone.entries, private=True))], gone, each.cage) == {}


def test_a_batch() -> None:
    """Nor where matters are dealt with together: in the record of the batch, in theirs, or in why they were put together."""
    cage, store = Cage(member.id for roll in ROLLS.values() for member in roll), MemoryStore()
    docket = Docket(store)
    procedure = attrs.evolve(REVIEW, confidential=CITED)
    matters = [cage.matter(family(number), ()) for number in (1, 2, 3)]
    triage = {"why": cage.word("open_batch.triage")}
    settings = {"id": "batch-1", "requests": 1, "triage": triage}
    batch = docket.open_batch(matters, procedure, ROLLS, OFFICES, at=BEGIN, by="sec-1", **settings)
    assert triage == batch.case.entries[0].action.triage
    cage.use(*matters)
    for at, by, action in front():
        acted(docket, "batch-1", action, cage, by=by, when={"at": at})
        if action.kind == "close_solicitation":
            acted(docket, "batch-1", AskSplit("family-002", "x"), cage, by="r-01", when={"at": at})
            acted(docket, "batch-1", SplitOut("family-003", "x"), cage, by="sec-1", when={"at": at})
    for at, by, action in meeting_called():
        acted(docket, "family-001", action, cage, by=by, when={"at": at})
    cases = [docket.case(each) for each in ("batch-1", *(matter.id for matter in matters))]
    assert [case.version for case in cases][1] > 1
    for case in cases:
        assert leaks([*papers(case), *values(case), *kept(docket, store, case)], case, cage) == {}
    office = "".join(record.minutes(case.entries, private=True) for case in cases)
    assert {cage.held[bird] for bird in cage.used if bird in office} >= {"split_out.reason", "matter.origin"}
    assert triage["why"] in office


def test_every_act_is_among_them() -> None:
    """Every kind of act that holds anything private is put to some case here: a new kind is to be added to a source."""
    holding = {
        kind
        for kind, each in {**Kinds().actions, **OWN}.items()
        if any({"private", "words"} & field.metadata.keys() for field in attrs.fields(each)) or words_of(each)
    }
    driven = {entry.action.kind for name in SOURCES for each in sung(name) for entry in each.case.entries}
    assert holding - driven == {"open_batch", "ask_split", "split_out", "destroy"}


def test_every_field_is_private_or_listed() -> None:
    """What can tell something is withheld in a confidential procedure, or listed with the reason why it is not."""
    assert [field for each in {**Kinds().actions, **OWN}.values() for field in unlisted(each)] == []
    public = {field.name for field in attrs.fields(Matter) if not {"private", "words"} & field.metadata.keys()}
    assert public == PUBLIC_OF_A_MATTER.keys()


class TestPlanted:
    """A field that is public again is heard: the test can fail."""

    @pytest.mark.parametrize("field", ["to", "document"])
    def test_a_field_made_public(self, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where an act confides one field less, its canary sings in the payload, the minutes and the public data."""
        monkeypatch.setattr(Submit, "confides", lambda _: words_of(Submit) - {field})
        sung.cache_clear()
        try:
            heard = [
                leaks([*papers(each.case), *values(each.case)], each.case, each.cage) for each in sung("application")
            ]
        finally:
            sung.cache_clear()
        assert any(f"submit.{field}" in found.get("payloads", ()) for found in heard)

    def test_a_digest_without_a_salt(self) -> None:
        """A guess finds a value whose digest stands somewhere without a salt."""
        (each,) = sung("contested family")
        entry = next(entry for entry in each.case.entries if "summary" in entry.seals)
        bare = seal(entry.private()["summary"]["value"], b"")
        assert leaks([("a log", bare)], each.case, each.cage) == {"a log": {f"digest of {entry.number}.summary"}}

    @pytest.mark.parametrize("hide", [str, ascii, html.escape, lambda each: unicodedata.normalize("NFD", each)])
    def test_spelt_otherwise(self, hide: Callable[[str], str]) -> None:
        """Escapes, entities and other forms of a letter hide no canary."""
        cage = Cage()
        words = cage.words("note.text")
        case = sung("contested family")[0].case
        for said in (words.zh, words.en):
            assert leaks([("a log", hide(said))], case, cage) == {"a log": {"note.text"}}


def test_a_survey_is_kept_until_it_was_compared() -> None:
    """Whoever destroys what was asked before the works could ask something else afterwards: until the end it stays."""
    procedure = attrs.evolve(catalogue.yizheng.COURTYARD, confidential=CITED)
    case = take(courtyard(procedure), courtyard_steps(), lambda each: each.stage == "implement")
    number = next(entry.number for entry in case.entries if entry.action.kind == "survey")
    for path in ("question", "population"):
        refused(case, Destroy({number: {path}}, reason="x"), "NEEDED_IN_STAGE", at=now(case), says=[path])
    ended = take(courtyard(procedure), courtyard_steps())
    gone = ended.act(Destroy({number: {"question"}}, reason="x"), at=now(ended), by="sec-1", salt=b"2" * 16)
    assert conform(procedure, gone.entries).departures == ()


def test_a_record_that_shows_more() -> None:
    """What an earlier release left in the open is read as it stands, word for word: a seal is not put on afterwards."""
    case = take(courtyard(), courtyard_steps())
    submitted = Submit(to="x", document="0" * 64)
    public, private = split(submitted)
    assert (public, private) == ({"to": Text("x", "x"), "document": "0" * 64}, {})
    assert join(Submit, {"to": {"zh": "x", "en": "x"}, "document": "0" * 64}, {}, {}, "$") == submitted
    assert Case.replay(case.redacted()).matter.origin == case.matter.origin
