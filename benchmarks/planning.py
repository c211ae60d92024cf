"""Planning a hundred thousand matters by likeness and a million by key alone, beside packages that find near duplicates.

Everybody groups the same invented titles, whose truth is known (``titles.py``), and what each grouping is worth stands in
the notes. Everybody begins with the titles. The packages are given the canonical keys and the blocks of equal key too,
which is where they are at their best, and each neighbour that their index finds is held against the bar once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import datasketch
import rensa
from harness import Aim, Entrant, Table, Timed, compare
from titles import Title, titles, worth

from yizheng import Matter
from yizheng.batch import USUAL, FuzzyLikeness, Schedule, TitleLikeness, plan

ROUNDS = 9
LARGE, SMALL, MILLION = 10**5, 10**4, 10**6
PACKAGES = ("rapidfuzz", "rensa", "datasketch")

KEY, GATHERED, PLANNED, FUZZY = (
    "canonical key alone, sorted",
    "TitleLikeness",
    "plan by TitleLikeness",
    "plan by FuzzyLikeness",
)
RENSA, DATASKETCH = "rensa, MinHash and LSH", "datasketch, MinHash and LSH"
BY_KEY, LOOP = "plan by key alone", "a dictionary, a plain loop"

PERMUTATIONS, THRESHOLD = 128, 0.75


def by(matter: Matter) -> tuple[str, Any]:
    return matter.category, matter.facts["programme"]


class Titles:
    """Labelled titles as matters, in blocks of equal key."""

    def __init__(self, size: int) -> None:
        self.titles: Sequence[Title] = titles(size)
        self.matters = [
            Matter(each.id, title=each.text, category=each.category, facts={"programme": each.programme})
            for each in self.titles
        ]
        blocks: dict[tuple[str, Any], list[Matter]] = {}
        for matter in self.matters:
            blocks.setdefault(by(matter), []).append(matter)
        self.blocks = [tuple(block) for block in blocks.values()]

    def keyed(self) -> list[tuple[tuple[str, Any], str, str]]:
        """The yardstick: the canonical key of each title within its block, sorted."""
        keys = USUAL.keys([matter.title.zh for matter in self.matters])
        return sorted((by(matter), key, matter.id) for matter, key in zip(self.matters, keys, strict=True))

    def gathered(self) -> list[Any]:
        likeness = TitleLikeness()
        return [alike for block in self.blocks for alike in likeness.gather(block)]

    def planned(self) -> Schedule:
        return plan(self.matters, by=by, similar=TitleLikeness())

    def fuzzy(self) -> Schedule:
        return plan(self.matters, by=by, similar=FuzzyLikeness(share="1/8"))

    def led(self, minhash: Callable[[str], Any], index: Callable[[], tuple[Any, Any]]) -> dict[str, str]:
        """Leader clustering by a package: who is near enough to a leader that the index finds joins the first, else leads."""
        leaders: dict[str, str] = {}
        for block in self.blocks:
            keys = USUAL.keys([matter.title.zh for matter in block])
            ids = [matter.id for matter in block]
            query, insert = index()
            kept: dict[int, Any] = {}
            for number, key in enumerate(keys):
                hashed = minhash(key)
                found = [each for each in query(hashed) if hashed.jaccard(kept[each]) >= THRESHOLD]
                leaders[ids[number]] = ids[min(found)] if found else ids[number]
                if not found:
                    insert(number, hashed)
                    kept[number] = hashed
        return leaders

    def by_rensa(self) -> dict[str, str]:
        def hashed(key: str) -> Any:
            made = rensa.RMinHash(num_perm=PERMUTATIONS, seed=7)
            made.update(shingles(key))
            return made

        def index() -> tuple[Any, Any]:
            lsh = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=PERMUTATIONS // 8)
            return lsh.query, lsh.insert

        return self.led(hashed, index)

    def by_datasketch(self) -> dict[str, str]:
        def hashed(key: str) -> Any:
            made = datasketch.MinHash(num_perm=PERMUTATIONS, seed=7)
            made.update_batch([each.encode() for each in shingles(key)])
            return made

        def index() -> tuple[Any, Any]:
            lsh = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
            return lsh.query, lsh.insert

        return self.led(hashed, index)

    def worth(self, name: str, label: Mapping[str, Any]) -> str:
        """Pairwise precision and recall, in words."""
        truth = [each.truth for each in self.titles]
        precision, recall = worth(truth, [label.get(each.id, each.id) for each in self.titles])
        return f"{name}: precision {float(precision):.3f}, recall {float(recall):.3f}"


def shingles(key: str) -> list[str]:
    return [key[at : at + 2] for at in range(len(key) - 1)] or [key]


def labels(schedule: Schedule) -> dict[str, str]:
    return {matter.id: group.id for group in schedule.groups for matter in group.matters}


def tables(rounds: int = ROUNDS) -> list[Table]:
    return [by_likeness(LARGE, rounds), by_likeness(SMALL, rounds, packages=True), by_key(MILLION, rounds)]


def by_likeness(size: int, rounds: int, *, packages: bool = False) -> Table:
    made = Titles(size)

    def entrant(name: str, run: Timed, does: str) -> Entrant:
        return Entrant(name, lambda _: run, size, does)

    entrants = [
        entrant(KEY, made.keyed, "the yardstick: what a title says, and nothing overlooked"),
        entrant(GATHERED, made.gathered, "the key, then leaders: one slip is overlooked; gives what is alike"),
        entrant(PLANNED, made.planned, "the same as a schedule, with ids checked and every group and reason made"),
        entrant(FUZZY, made.fuzzy, "the same with rapidfuzz: a share of slips, each key with each leader"),
    ]
    notes = [
        "a step is a title; the titles are invented, and their truth is known",
        made.worth(KEY, {each: (block, key) for block, key, each in made.keyed()}),
        made.worth(PLANNED, labels(made.planned())),
        made.worth(FUZZY, labels(made.fuzzy())),
    ]
    aims = [Aim(GATHERED, KEY, 1.5, "Leaders at hardly more than the key")]
    over = [KEY]
    if packages:
        entrants += [
            entrant(RENSA, made.by_rensa, "the key, then bigrams of it; written in Rust"),
            entrant(DATASKETCH, made.by_datasketch, "the same in Python over numpy"),
        ]
        notes += [made.worth(RENSA, made.by_rensa()), made.worth(DATASKETCH, made.by_datasketch())]
        aims.append(Aim(GATHERED, RENSA, 1.0, "No slower than the quickest package, at more precision and recall"))
        over.append(RENSA)
    return compare(
        f"Grouping {size:,} titles", entrants, step="time per title", over=over, rounds=rounds, aims=aims, notes=notes
    )


def by_key(size: int, rounds: int) -> Table:
    facts = [{"programme": name} for name in ("旧改", "惠民", "日常", "2026年度")]
    matters = [
        Matter(f"{number:07}", title="x", category=f"c{number % 97}", facts=facts[number % 4]) for number in range(size)
    ]

    def loop() -> dict[Any, list[Matter]]:
        blocks: dict[Any, list[Matter]] = {}
        for matter in matters:
            blocks.setdefault(by(matter), []).append(matter)
        return blocks

    entrants = [
        Entrant(LOOP, lambda _: loop, size, "a yardstick: no id is checked, no order, no key"),
        Entrant(
            BY_KEY, lambda _: lambda: plan(matters, by=by), size, "every id and key checked; in the order of the ids"
        ),
        Entrant(
            "the same with a limit of fifty",
            lambda _: lambda: plan(matters, by=by, limit=50),
            size,
            "and every group cut",
        ),
    ]
    return compare(f"Grouping {size:,} by key alone", entrants, step="time per matter", over=[LOOP], rounds=rounds)
