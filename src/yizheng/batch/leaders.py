"""Leader clustering: the first of its kind leads, and whoever is like a leader joins it. Chains do not grow.

What is compared with leaders alone cannot be strung together by what lies in between, as single linkage does, whose
groups run into one another when there are many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

__all__ = ["Word", "in_order", "is_one_slip", "is_slip_in_a_word", "led", "led_by_one_slip"]

Word: TypeAlias = tuple[int, int, Iterable[str]]
"""From where to where a word stands that has synonyms, and these."""


FEW: Final = 4
"""With how many leaders it is quicker to compare each than to look them up."""


def in_order(counts: Mapping[str, int]) -> list[str]:
    """The keys in the order in which they may lead: the most frequent first, of equally frequent ones by their characters.

    Of a title and the misspellings of it, the title is met most often; a misspelling that led would leave the others
    two slips away.
    """
    return sorted(counts, key=lambda key: (-counts[key], key))


def led(counts: Mapping[str, int], times: int, is_like: Callable[[str, str], bool]) -> dict[str, str]:
    """For each key its leader: the first of the leaders so far that is frequent enough and that it is like, or itself.

    Args:
        counts: how often each key occurs.
        times: how often a leader must occur for a key that occurs once; for one that occurs twice four times as often,
            and so on by the square: that several people make the same slip is rare, and what is met often is meant.
        is_like: whether a key is like a leader.
    """
    leaders: list[str] = []
    leads: dict[str, str] = {}
    for key in in_order(counts):
        often = times * counts[key] ** 2
        leads[key] = leader = next((each for each in leaders if counts[each] >= often and is_like(key, each)), key)
        if leader == key and counts[key] >= times:
            leaders.append(key)
    return leads


def led_by_one_slip(
    counts: Mapping[str, int], times: int, least: int, words: Callable[[str], Sequence[Word]]
) -> dict[str, str]:
    """The same by :func:`is_one_slip` and :func:`is_slip_in_a_word`, for keys of at least so many characters.

    A shorter key leads, and is joined by nobody but itself.
    """
    if sum(number >= times for number in counts.values()) > FEW:
        return _looked_up(counts, times, least, words)

    def is_like(key: str, leader: str) -> bool:
        if len(key) < least or len(leader) < least:
            return False
        return is_one_slip(key, leader) or is_slip_in_a_word(key, leader, words(leader))

    return led(counts, times, is_like)


def _looked_up(
    counts: Mapping[str, int], times: int, least: int, words: Callable[[str], Iterable[Word]]
) -> dict[str, str]:
    """The same, however many leaders there are: those that come into question are found by what they were entered under.

    Two keys are one slip apart only if leaving out one character or none in each gives one and the same word. And a slip
    within a word leaves what stands before the word as it was.
    """
    leads = {key: key for key in counts}
    place: dict[str, int] = {}
    by_rest: dict[str, list[str]] = {}
    by_start: dict[str, list[tuple[str, str, Iterable[str]]]] = {}
    for key in in_order(counts):
        if len(key) < least:
            continue
        rests = {key, *[key[:at] + key[at + 1 :] for at in range(len(key))]}
        like = {leader for rest in rests if rest in by_rest for leader in by_rest[rest] if is_one_slip(key, leader)}
        for at in range(len(key)):
            for end, leader, synonyms in by_start.get(key[:at], ()):
                if key.endswith(end) and _is_slip_of_one(key[at : len(key) - len(end)], synonyms):
                    like.add(leader)
        often = times * counts[key] ** 2
        if like := {leader for leader in like if counts[leader] >= often}:
            leads[key] = min(like, key=place.__getitem__)
        elif counts[key] >= times:
            place[key] = len(place)
            for rest in rests:
                by_rest.setdefault(rest, []).append(key)
            for start, stop, synonyms in words(key):
                by_start.setdefault(key[:start], []).append((key[stop:], key, synonyms))
    return leads


def is_slip_in_a_word(key: str, leader: str, words: Iterable[Word]) -> bool:
    """Whether they differ in one word of the leader's, and one slip in a synonym of that word explains the difference.

    A slip in 最低生活保障 leaves 最低生活宝障, which no list knows, where others have 低保.

    Args:
        key: a canonical key.
        leader: another.
        words: where in the leader a word stands that has synonyms, and which.
    """
    return any(
        len(key) >= len(leader) - (end - start)
        and key.startswith(leader[:start])
        and key[start:].endswith(leader[end:])
        and _is_slip_of_one(key[start : len(key) - len(leader) + end], synonyms)
        for start, end, synonyms in words
    )


def _is_slip_of_one(word: str, synonyms: Iterable[str]) -> bool:
    return any(is_one_slip(word, synonym) for synonym in synonyms)


def is_one_slip(one: str, other: str) -> bool:
    """Whether one slip of the pen at most lies between them: a character too many, missing, wrong, or two exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    half = (min(len(one), len(other)) - 1) // 2  # a slip leaves one half or the other as it was
    if half > 0 and one[:half] != other[:half] and one[-half:] != other[-half:]:
        return False
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])
