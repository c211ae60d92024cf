"""What can be done at any stage: appoint, adopt an edition, attach, note, correct, withdraw, order a correction."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar, Final

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.people import offices as as_offices
from yizheng.rules import Rule
from yizheng.stages.base import WORDS, Act, Action, Dossier, Effect, as_words, confided, confiding
from yizheng.stages.editions import Adopted, Edition
from yizheng.stages.leaving import LEAVERS, LEAVING
from yizheng.text import Text
from yizheng.values.doors import a_day, instance_of, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import name, names
from yizheng.values.plain import items, mapping
from yizheng.values.scalars import count

__all__ = [
    "ADDERS",
    "ANYWHERE",
    "EVERYWHERE",
    "REPLACES",
    "AdoptEdition",
    "Appoint",
    "Attach",
    "Correct",
    "Note",
    "OrderCorrection",
    "Withdraw",
    "document",
]

REPLACES: Final = "replaces"
"""What the effect of an adoption carries where it is a later law: the places whose law it takes the place of."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def document(value: str) -> str:
    """The SHA-256 digest of a document, 64 hexadecimal digits."""
    if not isinstance(value, str):
        raise InvalidType(f"a document is named by its SHA-256 digest, not by {kind_of(value)}")
    if not _DIGEST.fullmatch(value):
        raise InvalidValue(
            f"a document is named by its SHA-256 digest, 64 hexadecimal digits, not by {shown(value, 70)}; "
            "hashlib.sha256(content).hexdigest() gives it"
        )
    return value


@attrs.frozen
class Appoint(Action):
    """Say who holds an office from now on.

    Attributes:
        office: the office.
        holders: all who hold it from now on; nobody, if empty.
        reason: why it changes.
    """

    kind: ClassVar[str] = "appoint"
    title: ClassVar[Text] = Text("任命", "appoint")
    office: str = attrs.field(converter=name)
    holders: frozenset[str] = attrs.field(converter=names)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS, kw_only=True)


def _decided_on(value: object) -> date:
    return a_day(value, "the day on which it was decided")


@attrs.frozen
class AdoptEdition(Action):
    """Take a rule or period that was passed after the case was opened, before its stage opens.

    What the definition asks is kept beside it, so that a by-law adds to the law and takes nothing away; one that asks for less
    alone is refused. A later law, as the catalogue has it (:mod:`yizheng.law`), takes the place of the earlier one of the same
    provision, even where it asks for less.

    Attributes:
        stage: the stage that it is for.
        rule: the rule, or
        period: the period; one of the two, with a citation that says where it is written and since when it is in force.
        setting: which of the stage's settings it is for, such as ``"notice"``; needed where the stage has several such.
        decided_by: the body that made the by-law; needed, as are the day and the filing, for what is no law of the catalogue.
        decided_on: the day on which it decided so.
        filed: with whom and when the by-law was filed, or why it need not be.
        document: the SHA-256 digest of the decision, if it is kept.
    """

    kind: ClassVar[str] = "adopt_edition"
    title: ClassVar[Text] = Text("采用新规则版本", "adopt an edition")
    stage: str = attrs.field(converter=name)
    rule: Rule | None = attrs.field(default=None, validator=optional_instance_of(Rule))
    period: Period | None = attrs.field(default=None, validator=optional_instance_of(Period))
    setting: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    decided_by: Text | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_words), metadata=WORDS, kw_only=True
    )
    decided_on: date | None = attrs.field(default=None, converter=attrs.converters.optional(_decided_on), kw_only=True)
    filed: Text | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_words), metadata=WORDS, kw_only=True
    )
    document: str | None = confided(default=None, converter=attrs.converters.optional(document), kw_only=True)

    def __attrs_post_init__(self) -> None:
        given = [edition for edition in (self.rule, self.period) if edition is not None]
        if len(given) != 1:
            raise InvalidValue("adopt one rule or one period at a time: AdoptEdition(stage, rule=…) or period=…")
        if given[0].citation is None:
            raise InvalidValue("an adopted edition needs a citation that says where it is written and since when")

    @property
    def edition(self) -> Edition:
        """The rule or the period."""
        edition = self.period if self.rule is None else self.rule
        assert edition is not None
        return edition


def _attached(value: str) -> str:
    door: Callable[[str], str] = confiding(document)
    return door(value)


@attrs.frozen
class Attach(Action):
    """Put a document to the record by its digest; the document itself is kept elsewhere.

    Attributes:
        document: its SHA-256 digest, 64 hexadecimal digits.
        label: what it is.
        media: its media type, such as ``"application/pdf"``.
    """

    kind: ClassVar[str] = "attach"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("附件", "attach a document")
    document: str = attrs.field(converter=_attached, metadata=WORDS)
    label: Text = attrs.field(converter=as_words, metadata=WORDS)
    media: str = attrs.field(default="application/octet-stream", converter=name)


@attrs.frozen
class Note(Action):
    """Put words to the record that change nothing."""

    kind: ClassVar[str] = "note"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("备注", "note")
    text: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class Correct(Action):
    """Say that an earlier entry is wrong, and what is right. The earlier entry stays.

    Attributes:
        entry: the number of the entry.
        text: what is right.
        reason: how the mistake came about.
    """

    kind: ClassVar[str] = "correct"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("更正", "correct")
    entry: int = attrs.field(converter=count)
    text: Text = attrs.field(converter=as_words, metadata=WORDS)
    reason: Text = attrs.field(converter=as_words, metadata=WORDS, kw_only=True)


@attrs.frozen
class Withdraw(Action):
    """Take the matter back, before its deciding vote opens."""

    kind: ClassVar[str] = "withdraw"
    title: ClassVar[Text] = Text("撤回", "withdraw")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)


@attrs.frozen
class OrderCorrection(Action):
    """The authority above orders an unlawful decision to be corrected (责令改正): the matter goes back.

    Residents' committees law 2025 art. 31, villagers' committees law 2025 arts 31 and 41.

    Attributes:
        reason: what is unlawful.
        citation: on what authority it is ordered.
    """

    kind: ClassVar[str] = "order_correction"
    title: ClassVar[Text] = Text("责令改正", "order a correction")
    reason: Text = attrs.field(converter=as_words, metadata=WORDS)
    citation: Citation = attrs.field(kw_only=True, validator=instance_of(Citation))


ANYWHERE: Final = (Appoint, AdoptEdition, Attach, Note, Correct, Withdraw, OrderCorrection)
"""The actions that have a place in every stage."""
EVERYWHERE: Final = frozenset((*ANYWHERE, *LEAVING))


def _appointed(act: Act, _effect: Effect, dossier: Dossier) -> Dossier:
    action: Appoint = act.action
    held = as_offices({**dossier.offices, action.office: action.holders})
    return attrs.evolve(dossier, offices=held)


def _adopted(act: Act, effect: Effect, dossier: Dossier) -> Dossier:
    action: AdoptEdition = act.action
    assert effect.ref is not None
    listed = [mapping(each, REPLACES) for each in items(effect.carried.get(REPLACES, ()), REPLACES)]
    replaces = frozenset((str(each["zh"]), str(each["article"])) for each in listed)
    adopted = Adopted(action.stage, effect.ref, action.edition, replaces)
    return attrs.evolve(dossier, adopted=(*dossier.adopted, adopted))


ADDERS: Final[Mapping[type[Action], Callable[[Act, Effect, Dossier], Dossier]]] = FrozenMap(
    {Appoint: _appointed, AdoptEdition: _adopted, **LEAVERS}
)
"""What they add up to; the others say all by themselves. Whether they are allowed, the case looks up in its record."""
