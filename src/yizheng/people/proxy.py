"""Proxies in their simplest lawful form: written, capped, held in person, handed on to nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.people.roll import Roll
from yizheng.reasons import PROXY_BARRED, PROXY_CAP, PROXY_CIRCLE, PROXY_HOUSEHOLD, SECOND_MANDATE, Reason
from yizheng.values.doors import all_of, one, optional_instance_of
from yizheng.values.names import is_blank, lookalike, name, names, prose
from yizheng.values.scalars import flag

__all__ = ["Proxy", "ProxyPolicy"]


def _evidence(value: str) -> str:
    words = prose(value, "the evidence of a proxy")
    if is_blank(words):
        raise InvalidValue("a proxy is given in writing; name the form that shows it, such as its number or digest")
    return words


@attrs.frozen
class Proxy:
    """A written mandate to vote for somebody.

    Attributes:
        principal: the member who gives it.
        holder: the person who votes.
        evidence: the written form that shows it (its number, or the digest of a document).
    """

    principal: str = attrs.field(converter=name)
    holder: str = attrs.field(converter=name)
    evidence: str = attrs.field(converter=_evidence)


def _cap(value: int) -> int:
    if type(value) is not int:
        raise InvalidType(f"the cap of proxies is {shown(value)}; write a whole number")
    if value < 1:
        raise InvalidValue(
            f"the cap of proxies is {shown(value)}; write 1 or more, or give no policy where none is allowed"
        )
    return value


def _never(_proxy: Proxy) -> bool:
    return False


@attrs.frozen(kw_only=True)
class ProxyPolicy:
    """Which proxies a stage takes.

    A mandate is handed on to nobody: who holds one has given none. So no circle can come about, however long. Ids that
    differ only in width, composition or case are one person.

    Attributes:
        cap: the most that one person may hold (elections in residential and village communities: three, residents' law
            2025 art. 19, villagers' law 2025 art. 18; elsewhere the by-law says).
        barred: persons who may hold none.
        citation: where this is written.
        same_household: how the names of those groups of the roll begin that are households, such as ``"household:"``;
            then principal and holder must stand on the roll in one of them. ``None`` where anybody may hold a mandate.
        instructed: whether every mandate must say how to vote. One that does is followed in any case.
    """

    cap: int = attrs.field(default=1, converter=_cap)
    barred: frozenset[str] = attrs.field(default=frozenset(), converter=names)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))
    same_household: str | None = attrs.field(default=None, converter=attrs.converters.optional(name))
    instructed: bool | None = attrs.field(default=None, converter=attrs.converters.optional(flag))

    def faults(self, proxy: Proxy, held: Iterable[Proxy], *, roll: Roll | None = None) -> list[Reason]:
        """Why a proxy cannot be used beside those that were used already.

        Args:
            proxy: the one to be used.
            held: those used before.
            roll: who may vote; needed where proxies are of the same household.

        Raises:
            InvalidType: when something else than proxies is handed in.
            InvalidValue: where proxies are of the same household and there is no roll.
        """
        one(Proxy, proxy, "a proxy")
        used = all_of(Proxy, held, "the proxies held")
        given = {lookalike(each.principal) for each in used}
        return self._faults(proxy, given, Counter(lookalike(each.holder) for each in used), roll)

    def faults_of(
        self,
        proxies: Iterable[Proxy],
        used: Mapping[str, Proxy],
        *,
        roll: Roll | None,
        names_voter: Callable[[Proxy], bool] = _never,
    ) -> list[Reason]:
        """Why several proxies cannot be used, one after the other; in time that grows as they do.

        Args:
            proxies: those to be used; one that was used before is not counted again.
            used: those used before, by principal.
            roll: who may vote.
            names_voter: which of them are no proxies, because co-owners name one of themselves by them.
        """
        held = dict(used)
        proper = [proxy for proxy in held.values() if not names_voter(proxy)]
        given = {lookalike(proxy.principal) for proxy in proper}
        holding = Counter(lookalike(proxy.holder) for proxy in proper)
        reasons: list[Reason] = []
        for proxy in proxies:
            principal, known = proxy.principal, held.get(proxy.principal)
            if known is not None and known != proxy:
                reasons.append(SECOND_MANDATE(principal=principal, holder=known.holder))
                continue
            if not names_voter(proxy):
                giver, holder = lookalike(principal), lookalike(proxy.holder)
                if known is not None:  # the same mandate again is one of them, and not another
                    holding[holder] -= 1
                    given.remove(giver)
                reasons += self._faults(proxy, given, holding, roll)
                given.add(giver)
                holding[holder] += 1
            held[principal] = proxy
        return reasons

    def _faults(
        self, proxy: Proxy, given: Collection[str], holding: Mapping[str, int], roll: Roll | None
    ) -> list[Reason]:
        found: list[Reason] = []
        principal, holder = proxy.principal, proxy.holder
        giver, taker = lookalike(principal), lookalike(holder)
        if giver == taker or taker in given or holding.get(giver, 0):
            found.append(PROXY_CIRCLE(self.citation, principal=principal, holder=holder))
        if taker in self._barred:
            found.append(PROXY_BARRED(self.citation, holder=holder))
        if holding.get(taker, 0) >= self.cap:
            found.append(PROXY_CAP(self.citation, holder=holder, cap=self.cap))
        if self.same_household is not None and not self._one_household(principal, holder, self.same_household, roll):
            found.append(PROXY_HOUSEHOLD(self.citation, principal=principal, holder=holder))
        return found

    @cached_property
    def _barred(self) -> frozenset[str]:
        return frozenset(map(lookalike, self.barred))

    @staticmethod
    def _one_household(principal: str, holder: str, prefix: str, roll: Roll | None) -> bool:
        if roll is None:
            raise InvalidValue("whether two people are of one household stands on the roll; give roll=")
        if principal not in roll or holder not in roll:
            return False
        return any(group.startswith(prefix) for group in roll[principal].groups & roll[holder].groups)
