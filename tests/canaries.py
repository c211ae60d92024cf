"""Canaries: a record acted anew with a word of its own in every field that can hold words or say who somebody is.

The fields are found by walking the classes: whoever adds one need not come here, unless it is to be public.
"""

from __future__ import annotations

import hashlib
import html
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, Final, get_args

import attrs

from yizheng import Case, Citation, Docket, Matter, Text
from yizheng.canonical import encoded
from yizheng.errors import InvalidValue
from yizheng.reasons import Refused
from yizheng.stages import Action

BIRD: Final = "canary"
VOGEL: Final = "金丝雀é"
STRANGER: Final = "stranger-9"

PUBLIC: Final[Mapping[str, str]] = {
    "*.citation": "on what authority something is done is what makes it lawful, and names nobody",
    "*.reference": "the number of a decision: by it a decision that is not public is named (Post carries it in its place)",
    "*.item": "the id of a matter, which is public with its title",
    "accept_dispute.applicants": "labels of the parties, which tell nothing (TestLabels)",
    "adopt_edition.period": "a rule for everybody, by which others check the record",
    "adopt_edition.rule": "a rule for everybody, by which others check the record",
    "adopt_edition.setting": "which setting of the definition",
    "adopt_edition.stage": "which stage of the definition",
    "agree_orally.accord": "labels of the parties",
    "answer_objection.objection": "the id that the objection was given",
    "answer_opinion.opinion": "the id that the opinion was given",
    "apply_confirmation.parties": "labels of the parties",
    "appoint.holders": "who holds an office is public",
    "appoint.office": "which office of the definition",
    "assign.responsible": "who is answerable is public, as an office is",
    "assign_mediators.mediators": "who holds an office is public",
    "attach.media": "a media type",
    "cast_ballot.proxy": "that somebody votes for somebody is public; how is not",
    "classify_dispute.level": "a level of the definition",
    "classify_dispute.sort": "a sort of the definition",
    "convene.agenda": "ids of matters",
    "convene.roll": "who may vote is public",
    "count_votes.voters": "that somebody took part is public; how is not",
    "destroy.values": "of which entries, by path; never the values",
    "end_mediation.routes": "names of the law",
    "evaluation.answers": "counts",
    "fill_places.closes": "counts, by the id of a matter",
    "fill_places.lot": "how a lot was drawn must be seen by all who competed",
    "invite_helper.consents": "labels of the parties",
    "object.id": "an id; ids are what the host makes of them (docs/privacy.md)",
    "open.offices": "who holds an office is public",
    "open.procedure": "the definition",
    "open.rolls": "who may vote is public",
    "open.within": "the id and the digest of the batch",
    "open_batch.items": "the matters without what is private in them; their own records hold that",
    "open_batch.offices": "who holds an office is public",
    "open_batch.procedure": "the definition",
    "open_batch.quota": "a rule for everybody",
    "open_batch.rolls": "who may vote is public",
    "open_batch.within": "a batch has none",
    "put_on_file.papers": "names of the law",
    "receive_opinion.id": "an id; ids are what the host makes of them (docs/privacy.md)",
    "record_absence.concerned": "a label",
    "record_ballots.channel": "how ballots came",
    "record_ballots.proxies": "that somebody votes for somebody is public; how is not",
    "record_service.evidence": "silence counts by it: whoever checks the count must see what shows that a ballot was served",
    "record_service.how": "silence counts by it",
    "record_service.members": "who may vote is public",
    "record_service.to": "silence counts by it, where somebody else took the ballot",
    "record_service.warning": "the words of the by-law to all who may vote; silence counts by them",
    "recuse.member": "who does not vote is public",
    "reject_mediator.mediator": "who holds an office is public",
    "sign_agreement.mediators": "who holds an office is public",
    "sign_agreement.parties": "labels of the parties",
    "split_out.item": "the id of a matter",
    "summon.concerned": "a label",
    "survey.answers": "counts",
    "take_attendance.present": "that somebody took part is public; how is not",
    "take_attendance.proxies": "that somebody votes for somebody is public; how is not",
    "take_up.batch": "the id of the batch",
    "take_up.shared": "the record of the batch, redacted with that of the matter",
}
"""The fields of actions that may hold words or ids and stay public where a procedure is confidential, each with the reason."""

PUBLIC_OF_A_MATTER: Final[Mapping[str, str]] = {
    "id": "by which everybody speaks of it",
    "title": "by which everybody speaks of it; write of what, not of whom (docs/privacy.md)",
    "category": "the kind of matter",
    "facts": "what the procedure judges by; what is not to be read by all stands in private=",
    "comes_from": "ids of matters",
}

_SCALARS: Final = (bool, int, Fraction, datetime, date, Enum)


def tells_nothing(kind: Any) -> bool:
    """Whether a type can hold neither words nor ids."""
    if arguments := get_args(kind):
        return all(tells_nothing(each) for each in arguments if each not in {type(None), Ellipsis})
    return isinstance(kind, type) and issubclass(kind, _SCALARS)


def is_public(kind: str, field: str) -> bool:
    """Whether a field is listed as public."""
    return f"{kind}.{field}" in PUBLIC or f"*.{field}" in PUBLIC


def unlisted(kind: type[Any]) -> list[str]:
    """The fields of a class of actions that could tell something, and are neither private nor listed as public."""
    return [
        f"{kind.kind}.{field.name}"
        for field in attrs.fields(attrs.resolve_types(kind))
        if field.init
        and not {"private", "words"} & field.metadata.keys()
        and not tells_nothing(field.type)
        and not is_public(kind.kind, field.name)
        and field.type is not Matter
    ]


class Cage:
    """Makes canaries, each once, and knows where it put them.

    Attributes:
        public: ids that stand on rolls or hold offices, which are nobody's secret.
        held: each canary, with the field that it was put into.
        used: those that stand in what was accepted.
    """

    def __init__(self, public: Iterable[str] = ()) -> None:
        self.public = frozenset(public)
        self.held: dict[str, str] = {}
        self.used: set[str] = set()
        self.people: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def word(self, where: str) -> str:
        """A word that stands nowhere else."""
        bird = f"{BIRD}-{next(self._numbers):04}"
        self.held[bird] = where
        return bird

    def words(self, where: str) -> Text:
        """A text with a word of its own in each language; two surveys put the same question."""
        known = next((bird for bird, held in self.held.items() if held == where and where.startswith("survey")), None)
        bird = known or self.word(where)
        return Text(f"{VOGEL}{bird[-4:]} <{bird}>", f'{bird} "é" & 1')

    def document(self, where: str) -> str:
        """The digest of a document that can be guessed."""
        found = hashlib.sha256(self.word(where).encode()).hexdigest()
        self.held[found] = where
        return found

    def person(self, named: str | None, where: str) -> str | None:
        """Who somebody is here; the same person is the same again."""
        if named is None or named in self.public:
            return named
        if named not in self.people:
            self.people[named] = self.word(where)
        return self.people[named]

    def matter(self, matter: Matter, concerned: Iterable[str]) -> Matter:
        """The matter with canaries in all that is private of it."""
        hidden = {
            key: str(self.person(value, key)) if key in concerned else self.word(f"matter.private.{key}")
            for key, value in {**matter.private, "telephone": "13800000000"}.items()
        }
        return attrs.evolve(matter, private=hidden, origin=self.words("matter.origin"))

    def action(self, action: Action, *, fully: bool = True) -> Action:
        """The act with canaries in each field that may hold them, those that were left out among them where that can be."""
        changes: dict[str, Any] = {}
        for field in attrs.fields(attrs.resolve_types(type(action))):
            where, value = f"{action.kind}.{field.name}", getattr(action, field.name)
            kinds = set(get_args(field.type)) or {field.type}
            posted = action.kind == "post" and field.name not in action.confides()
            if not field.init or (value is None and not fully) or is_public(action.kind, field.name) or posted:
                continue
            if Text in kinds:
                changes[field.name] = self.words(where)
            elif isinstance(value, Mapping) and all(isinstance(each, str) for each in value.values()):
                named = {key: self.person(each, where) for key, each in value.items() if not isinstance(each, Enum)}
                changes |= {field.name: named} if len(named) == len(value) else {}
            elif str in kinds and "private" in field.metadata:
                changes[field.name] = self.person(value, where)
            elif str in kinds and not isinstance(value, Mapping | tuple | frozenset):
                changes[field.name] = self._door(action, field, where)
        return attrs.evolve(action, **changes)

    def use(self, *accepted: object) -> None:
        """Note which canaries stand in what was accepted."""
        said = repr([attrs.asdict(each) if attrs.has(type(each)) else each for each in accepted])
        self.used |= {bird for bird in self.held if bird in said}

    def _door(self, action: Action, field: Any, where: str) -> str:
        """A word for a field of no text; where its door takes none, the digest of a document."""
        word = self.word(where)
        try:
            attrs.evolve(action, **{field.name: word})
        except InvalidValue:
            return self.document(where)
        return word


def acted(docket: Docket, case_id: str, action: Action, cage: Cage, *, by: str, when: Mapping[str, datetime]) -> None:
    """Do it with canaries. A field that may be left out can also say what does not fit here; then it is left out."""
    made = cage.action(action)
    try:
        docket.act(case_id, made, by=by, **when)
    except (Refused, InvalidValue):
        made = cage.action(action, fully=False)
        docket.act(case_id, made, by=by, **when)
    cage.use(made, by)


def anew(case: Case, docket: Docket, cage: Cage, printed: list[str], authority: Citation) -> Case:
    """The case opened and acted once more in a docket, with canaries.

    Args:
        case: the case as its test drives it.
        docket: a docket that does not have it.
        cage: who makes the canaries.
        printed: takes what refusals say on the way, and what a log would print of the case.
        authority: on what authority a definition is taken to be confidential that is not.
    """
    opened, first = case.entries[0].action, case.entries[0]
    matter = cage.matter(opened.matter, opened.procedure.concerned)
    procedure = attrs.evolve(opened.procedure, confidential=opened.procedure.confidential or authority)
    docket.open(matter, procedure, opened.rolls, opened.offices, at=first.at, by=str(first.by))
    cage.use(matter)
    for entry in case.entries[1:]:
        by, when = str(cage.person(entry.by, "by")), {"at": entry.at, "recorded_at": entry.recorded_at}
        action = entry.action
        printed += tried(docket, matter.id, action, by=STRANGER, when=when)
        acted(docket, matter.id, action, cage, by=by, when=when)
        printed += tried(docket, matter.id, action, by=str(entry.by), when=when)
        standing = docket.case(matter.id)
        printed += [repr(standing), repr(standing.progress), repr(standing.dossier)]
    return docket.case(matter.id)


def tried(docket: Docket, case_id: str, action: Action, *, by: str, when: Mapping[str, datetime]) -> list[str]:
    """What somebody is told who tries to do the same, before it is done or once more, in other words. Nothing is kept."""
    case = docket.case(case_id)
    try:
        case.act(action, by=by, salt=b"9" * 16, **when)
    except Refused as no:
        return told(no)
    return []


def told(no: Refused) -> list[str]:
    """All that a refusal says, and all that a log would print of it."""
    return [str(no), repr(no), *(no.explain(language) for language in ("zh", "en")), *map(repr, no.reasons)]


_ESCAPES: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")


def plainly(said: str) -> str:
    """What is said, without what hides a word in it: escapes, entities, and other forms of the same letters."""
    shown = _ESCAPES.sub(lambda found: chr(int(found[1] or found[2], 16)), said)
    return unicodedata.normalize("NFC", html.unescape(shown))


_DIGESTS: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def guesses(case: Case) -> dict[str, str]:
    """The digests by which whoever guesses a private value would know it, if it were found anywhere: none has a salt."""
    found: dict[str, str] = {}
    for entry in case.entries:
        for path, held in entry.private().items():
            value = held["value"]
            texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, Mapping) else []
            raw = [encoded(value), encoded({path: value}), *(str(each).encode() for each in texts)]
            for each in raw:
                for way in (hashlib.sha256, hashlib.sha3_256, hashlib.blake2s):
                    found[way(each).hexdigest()] = f"{entry.number}.{path}"
    return found


def leaks(doors: Iterable[tuple[str, str]], case: Case, cage: Cage) -> dict[str, set[str]]:
    """At which door which canary sings: by itself, spelt otherwise, or by a digest that a guess would find."""
    found: dict[str, set[str]] = {}
    known = guesses(case)
    birds = re.compile("|".join([f"{BIRD}-[0-9]{{4}}", f"{VOGEL}[0-9]{{4}}", *filter(_DIGESTS.fullmatch, cage.held)]))
    hexed = {each.encode().hex(): each for each in cage.held if each.startswith(BIRD)}
    for door, said in doors:
        plain = plainly(said)
        heard = {cage.held.get(f"{BIRD}-{bird[-4:]}", cage.held.get(bird, bird)) for bird in birds.findall(plain)}
        heard |= {f"digest of {known[each]}" for each in _DIGESTS.findall(plain) if each in known}
        if BIRD.encode().hex() in plain:
            heard |= {f"hex of {cage.held[bird]}" for code, bird in hexed.items() if code in plain}
        if heard:
            found.setdefault(door, set()).update(heard)
    return found
