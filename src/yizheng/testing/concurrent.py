"""The third level: many threads on one store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

from yizheng.errors import KeyReused, VersionConflict
from yizheng.store import Record, Store, Write
from yizheng.testing.atomic import AtomicContract
from yizheng.testing.samples import record, together, write

__all__ = ["ConcurrentContract", "follow"]

_PATIENCE: Final = 100
"""More than all others that write beside one will ever write."""


def insist(store: Store, *streams: str, key: str | None = None) -> None:
    """Write a record to each stream at once, again and again, until nobody was faster."""
    for _ in range(_PATIENCE):
        seen = {stream: store.version(stream) for stream in streams}
        with suppress(VersionConflict):
            return store.append(*[_next(stream, version, key) for stream, version in seen.items()])
    raise AssertionError(f"{_PATIENCE} conflicts in a row, though a conflict means that another writer got through")


def _next(stream: str, seen: int, key: str | None) -> Write:
    return write(stream, seen, records=[record(stream, seen + 1, key=key)], facts={"version": str(seen + 1)})


def meanwhile(writing: Callable[[], None], *looks: Callable[[], None]) -> list[BaseException]:
    """Write, and look again and again until it is written, each in a thread of its own; what they raised."""
    done = threading.Event()

    def write_all() -> None:
        try:
            writing()
        finally:
            done.set()

    def keep_looking(look: Callable[[], None]) -> None:
        while not done.is_set():
            look()
            time.sleep(0.0002)

    return together([write_all, *(partial(keep_looking, look) for look in looks)])


def follow(writing: Store, reading: Store) -> None:
    """Read all that is written by several threads while they write it, from the last position seen on.

    Raises:
        AssertionError: when the reader missed a record, saw one twice, or saw two in another order than the store has.
    """
    seen: list[tuple[int, Record]] = []
    raised: list[BaseException] = []

    def write_ten(stream: str) -> None:
        for version in range(10):
            writing.append(write(stream, version))

    def write_all() -> None:
        raised.extend(together(partial(write_ten, stream) for stream in "abcd"))

    def read_on() -> None:
        seen.extend(reading.read_all(seen[-1][0] if seen else 0))

    assert meanwhile(write_all, read_on) + raised == []
    read_on()
    assert len(seen) == 40
    assert seen == list(reading.read_all())


class ConcurrentContract(AtomicContract):
    """Level 3, concurrent: threads that share a store do not lose, mix up or hide what the others do."""

    def test_one_of_many_writers_wins(self, store: Store) -> None:
        """Of eight threads that have seen the same version, one writes and seven are told of the conflict."""
        for version in range(5):
            writes = (
                write(expected=version, records=[record(version=version + 1, digest=f"{number}")])
                for number in range(8)
            )
            raised = together(partial(store.append, one) for one in writes)
            assert [type(error) for error in raised] == [VersionConflict] * 7
            assert store.version("a") == version + 1
        assert [kept.version for kept in store.read("a")] == [1, 2, 3, 4, 5]

    def test_writers_of_different_streams_do_not_disturb_each_other(self, store: Store) -> None:
        """Eight threads on eight streams all succeed, and their records have one order."""

        def write_five(stream: str) -> None:
            for version in range(5):
                store.append(write(stream, version))

        assert together(partial(write_five, stream) for stream in "abcdefgh") == []
        whole = list(store.read_all())
        assert len({position for position, _ in whole}) == len(whole) == 40
        for stream in "abcdefgh":
            assert [kept.version for _, kept in whole if kept.stream == stream] == [1, 2, 3, 4, 5]

    def test_an_append_is_seen_whole_or_not_at_all(self, store: Store) -> None:
        """Who reads while another writes to two streams sees both writes, or neither."""
        halves: list[tuple[int, int]] = []

        def writing() -> None:
            for version in range(15):
                store.append(write("a", version), write("b", version))
                time.sleep(0.0005)

        def reading() -> None:
            seen = [kept.stream for _, kept in store.read_all()]
            halves.append((seen.count("a"), seen.count("b")))

        assert meanwhile(writing, reading, reading) == []
        assert [half for half in halves if half[0] != half[1]] == []

    def test_a_reader_misses_nothing_that_commits_late(self, store: Store) -> None:
        """Whoever reads on from the last position while four threads write has seen every record once, in order."""
        follow(store, store)

    def test_a_retry_key_is_used_by_one_of_many_writers(self, store: Store) -> None:
        """Of eight threads that send the same act again and again, one writes it and seven learn that it was written."""
        raised = together(partial(insist, store, "a", key="k") for _ in range(8))
        assert [type(error) for error in raised] == [KeyReused] * 7
        assert store.read("a") == (record(key="k"),)

    def test_writers_share_a_part_that_is_new_to_all(self, store: Store) -> None:
        """Eight threads open eight streams on the same roll, and none is told that it is there already."""
        parts = {"roll": b"R"}
        raised = together(partial(store.append, write(stream, parts=parts)) for stream in "abcdefgh")
        assert raised == []
        assert [store.load(stream) for stream in "abcdefgh"] == [((record(stream),), parts) for stream in "abcdefgh"]

    def test_writers_that_cross_do_not_block_each_other(self, store: Store) -> None:
        """Who writes to a and b and who writes to b and a may clash, and still both come to their end."""
        raised = together(partial(insist, store, *streams) for streams in ("ab", "ba") * 4)
        assert raised == []
        assert store.version("a") == store.version("b") == 8

    def test_no_fact_runs_ahead_of_its_record(self, store: Store) -> None:
        """Who is told by the index that a stream has come so far finds its records there."""
        pairs: list[tuple[int, int]] = []

        def writing() -> None:
            for _ in range(15):
                insist(store, "a")
                time.sleep(0.0005)

        def reading() -> None:
            said = int(store.facts("a").get("version", "0"))
            pairs.append((said, store.version("a")))

        assert meanwhile(writing, reading, reading) == []
        assert [pair for pair in pairs if pair[0] > pair[1]] == []

    def test_a_stream_that_is_read_while_it_grows_has_no_gaps(self, store: Store) -> None:
        """What is read is the beginning of what is there in the end, and never shorter than what was read before."""
        seen: list[list[int]] = []

        def writing() -> None:
            for version in range(15):
                store.append(write("a", version * 2, count=2))
                time.sleep(0.0005)

        def reading() -> None:
            seen.append([kept.version for kept in store.read("a")])

        assert meanwhile(writing, reading) == []
        lengths = [len(versions) for versions in seen]
        assert lengths == sorted(lengths)
        assert [length for length in lengths if length % 2] == []
        assert seen == [list(range(1, length + 1)) for length in lengths]
