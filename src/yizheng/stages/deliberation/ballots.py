"""What can be asked with ballots: to cast one's own, to enter those of others, to enter a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from yizheng.errors import InvalidValue
from yizheng.people import Proxy
from yizheng.rules import Choice, Mark
from yizheng.stages.base import WORDS, Action, as_words, confided, private
from yizheng.stages.deliberation.mandates import as_mandates, as_marks, check_marks
from yizheng.stages.deliberation.words import Method, as_method
from yizheng.text import Text
from yizheng.values.doors import one_of, optional_instance_of
from yizheng.values.frozen import FrozenMap
from yizheng.values.names import is_blank, keyed, name, names, prose
from yizheng.values.scalars import count

__all__ = ["CastBallot", "CountVotes", "RecordBallots"]


def _choice(value: Choice | str) -> Choice:
    return one_of(Choice, value)


@attrs.frozen
class CastBallot(Action):
    """A member's own ballot, or one by a proxy for its principal.

    It is in time only if it was entered in time: nothing but the voter's word says that it was cast before.

    Attributes:
        choice: what is chosen; private.
        proxy: the mandate, where the ballot is cast for somebody else.
    """

    kind: ClassVar[str] = "cast_ballot"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("投票", "cast a ballot")
    choice: Choice | None = private(converter=_choice)
    proxy: Proxy | None = attrs.field(default=None, kw_only=True, validator=optional_instance_of(Proxy))

    def is_own(self, by: str) -> bool:  # noqa: ARG002
        """Always: whether it counts is looked up on the roll."""
        return True


def _ballots(values: Mapping[str, Mark | Choice]) -> FrozenMap[str, Mark]:
    taken = {member: one_of(Mark, mark) for member, mark in keyed(values, "ballots").items()}
    if not taken:
        raise InvalidValue("there is no ballot in it; record ballots when there are some")
    return FrozenMap(taken)


def _evidence(value: str) -> str:
    words = prose(value, "the evidence")
    if is_blank(words):
        raise InvalidValue('ballots that are entered for others need evidence, such as "box 2, sheets 1-14"')
    return words


@attrs.frozen
class RecordBallots(Action):
    """Enter ballots that came on paper or in another way, each under the name of the member whose it is.

    Attributes:
        ballots: the choice of each member, or what the counters found instead, blank or ambiguous; private.
        channel: how they came, such as ``"paper"``.
        evidence: where the ballots themselves can be seen, such as ``"box 2"``.
        proxies: the mandates under which some of them were cast.
        item: the matter that stands on the ballot, where it is not this one alone.
        marks: how the mandates say to vote, by principal, as far as they do; private, and binding.
    """

    kind: ClassVar[str] = "record_ballots"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("录入选票", "record ballots")
    ballots: FrozenMap[str, Mark] | None = private(converter=_ballots)
    channel: str = attrs.field(converter=name, kw_only=True)
    evidence: str = confided(converter=_evidence, kw_only=True)
    proxies: tuple[Proxy, ...] = attrs.field(default=(), converter=as_mandates, kw_only=True)
    item: str | None = attrs.field(default=None, converter=attrs.converters.optional(name), kw_only=True)
    marks: FrozenMap[str, Choice] | None = private(default=None, converter=as_marks, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_marks(self.marks, self.proxies)


@attrs.frozen(kw_only=True)
class CountVotes(Action):
    """Enter the count of a show of hands or of a secret ballot.

    A secret ballot is this one entry: who voted, and the totals; nothing links the two, so that it is not taken where
    one person alone voted. A vote without a meeting is counted when its time is over, or when everybody has voted; by
    a list of who voted, and never by hands. What mandates taken at attendance say stands in the count.

    Attributes:
        for_: votes in favour.
        against: votes against.
        abstaining: abstentions.
        invalid: invalid ballots.
        method: show of hands or secret ballot.
        voters: who voted, in a secret ballot.
        issued: ballots given out: one to a head on the roll, and no fewer than were served; a spoilt one that was
            replaced is not among them.
        returned: ballots that came back; more than were given out void the vote.
        item: the matter that was voted on, where it is not this one alone.
        blank: blank ballots, counted apart from abstentions; they become what the stage says.
        ambiguous: ballots that could not be read, counted apart from invalid ones; likewise.
        recount: why it is counted again, where there is a count already. The first count stays in the record (domain
            E12); the last is the one that is judged.
    """

    kind: ClassVar[str] = "count_votes"
    typed_later: ClassVar[bool] = True
    title: ClassVar[Text] = Text("计票", "count votes")
    for_: int = attrs.field(converter=count)
    against: int = attrs.field(converter=count)
    abstaining: int = attrs.field(default=0, converter=count)
    invalid: int = attrs.field(default=0, converter=count)
    method: Method = attrs.field(default=Method.SHOW_OF_HANDS, converter=as_method)
    voters: frozenset[str] | None = attrs.field(default=None, converter=attrs.converters.optional(names))
    issued: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    returned: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    item: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    blank: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    ambiguous: int | None = attrs.field(default=None, converter=attrs.converters.optional(count))
    recount: Text | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_words), metadata=WORDS, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        if self.method is Method.BY_NAME:
            raise InvalidValue("votes by name are recorded with RecordBallots or CastBallot, not as a count")
        if self.method is Method.SECRET and self.voters is None:
            raise InvalidValue("a secret ballot keeps who voted: give voters=")

    @property
    def cast(self) -> int:
        """All votes, invalid ones among them."""
        return self.for_ + self.against + self.abstaining + self.invalid + (self.blank or 0) + (self.ambiguous or 0)

    @property
    def void(self) -> bool:
        """Whether more ballots came back than were given out."""
        return self.issued is not None and self.returned is not None and self.returned > self.issued
