"""The templates once more, in another way: as regular expressions over words, and as figures counted in them.

A word is what a duty sees of a way: ``a`` and ``b`` where it names what happened, ``o`` where it does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import product

from yizheng.procedure import duties

KEPT: dict[str, str | Callable[[str, duties.Template], bool]] = {
    "existence": lambda word, duty: word.count("a") >= duty.least,
    "absence": "[^a]*",
    "at_most": lambda word, duty: max(each.count("a") for each in word.split("b")) <= duty.most,
    "exactly": lambda word, duty: word.count("a") == duty.times,
    "init": "a.*",
    "last": ".*a",
    "choice": ".*[ab].*",
    "exclusive_choice": "[^b]*a[^b]*|[^a]*b[^a]*",
    "responded_existence": "[^a]*|.*a.*b.*|.*b.*a.*",
    "co_existence": "[^ab]*|.*a.*b.*|.*b.*a.*",
    "not_co_existence": "[^a]*|[^b]*",
    "response": "[^a]*(a.*b)?[^a]*",
    "precedence": "[^b]*(a.*)?",
    "succession": "[^ab]*(a.*b)?[^ab]*",
    "not_succession": "[^a]*(a[^b]*)?",
    "alternate_response": "[^a]*(a[^a]*b[^a]*)*",
    "alternate_precedence": "[^b]*(a[^b]*b[^b]*)*",
    "alternate_succession": "[^ab]*(a[^ab]*b[^ab]*)*",
    "chain_response": "[^a]*(ab[^a]*)*",
    "chain_precedence": "[^b]*(ab[^b]*)*",
    "chain_succession": "[^ab]*(ab[^ab]*)*",
    "not_chain_succession": "((?!ab).)*",
}
"""Each template as the literature writes it (Di Ciccio and Mecella, 2015, among others); what counts, in figures."""


@lru_cache(maxsize=100_000)
def is_kept(duty: duties.Template, word: str) -> bool:
    """Whether a duty is kept by a word."""
    meant = KEPT[duty.template]
    return bool(re.fullmatch(meant, word)) if isinstance(meant, str) else meant(word, duty)


ENDINGS = ["".join(ending) for length in range(4) for ending in product("abo", repeat=length)]


@lru_cache(maxsize=100_000)
def is_lost(duty: duties.Template, word: str) -> bool:
    """Whether a duty is broken whatever follows: no ending of up to three letters mends it."""
    return not any(is_kept(duty, word + ending) for ending in ENDINGS)
