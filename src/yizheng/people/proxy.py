"""Proxies in their simplest lawful form: written, capped, held in person, handed on to nobody."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from yizheng.citation import Citation
from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.reasons import PROXY_BARRED, PROXY_CAP, PROXY_CIRCLE, Reason
from yizheng.values.doors import all_of, one, optional_instance_of
from yizheng.values.names import is_blank, name, names, prose

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


@attrs.frozen(kw_only=True)
class ProxyPolicy:
    """Which proxies a stage takes.

    Attributes:
        cap: the most that one person may hold (elections in residential and village communities: three, residents' law
            2025 art. 19, villagers' law 2025 art. 18; elsewhere the by-law says).
        barred: persons who may hold none.
        citation: where this is written.
    """

    cap: int = attrs.field(default=1, converter=_cap)
    barred: frozenset[str] = attrs.field(default=frozenset(), converter=names)
    citation: Citation | None = attrs.field(default=None, validator=optional_instance_of(Citation))

    def faults(self, proxy: Proxy, held: Iterable[Proxy]) -> list[Reason]:
        """Why a proxy cannot be used beside those that were used already.

        Args:
            proxy: the one to be used.
            held: those used before.

        Raises:
            InvalidType: when something else than proxies is handed in.
        """
        one(Proxy, proxy, "a proxy")
        used = all_of(Proxy, held, "the proxies held")
        found: list[Reason] = []
        handed_on = any(
            other.holder == proxy.principal or (other.principal == proxy.holder and other != proxy) for other in used
        )
        if proxy.principal == proxy.holder or handed_on:
            found.append(PROXY_CIRCLE(self.citation, principal=proxy.principal, holder=proxy.holder))
        if proxy.holder in self.barred:
            found.append(PROXY_BARRED(self.citation, holder=proxy.holder))
        if sum(other.holder == proxy.holder for other in used) >= self.cap:
            found.append(PROXY_CAP(self.citation, holder=proxy.holder, cap=self.cap))
        return found
