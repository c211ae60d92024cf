"""Grouping that is slow and plain, to hold the fast one against: from the definitions alone, everything with everything."""

from __future__ import annotations

from collections.abc import Mapping

from yizheng.batch import Wording


def distance(one: str, other: str) -> int:
    """The slips between two words: characters inserted, left out, exchanged for others, or neighbours swapped."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def slip_in_a_word(key: str, leader: str, wording: Wording) -> bool:
    """Whether the leader with a synonym in the place of one of its words, and one slip in that, is the key."""
    return any(
        key == leader[:start] + key[start : len(key) - len(leader[stop:])] + leader[stop:]
        and distance(key[start : len(key) - len(leader[stop:])], synonym) <= 1
        for start, stop, synonyms in wording.words(leader)
        if len(key) >= start + len(leader[stop:])
        for synonym in synonyms
    )


def leads(counts: Mapping[str, int], times: int, least: int, wording: Wording) -> dict[str, str]:
    """For each key the most frequent of those before it that leads, is frequent enough, and is a slip away; else itself."""
    found: dict[str, str] = {}
    for key in sorted(counts, key=lambda each: (-counts[each], each)):
        found[key] = key
        for leader in [each for each, of in found.items() if each == of and each != key]:
            long = min(len(key), len(leader)) >= least
            often = counts[leader] >= times * counts[key] ** 2
            if long and often and (distance(key, leader) <= 1 or slip_in_a_word(key, leader, wording)):
                found[key] = leader
                break
    return found
