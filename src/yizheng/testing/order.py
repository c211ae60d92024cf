"""One total order over all streams: the second part of the plain level."""

from __future__ import annotations

from yizheng.store import Store
from yizheng.testing.samples import write

__all__ = ["OrderChecks"]


class OrderChecks:
    """Everything is read in the order in which it was committed."""

    def test_everything_is_read_in_the_order_of_writing(self, store: Store) -> None:
        """The order is that of the appends, then of the writes, then of the records; names do not matter."""
        store.append(write("z", count=2), write("m"))
        store.append(write("a"))
        store.append(write("m", expected=1, count=2), write("z", expected=2))
        assert [(kept.stream, kept.version) for _, kept in store.read_all()] == [
            *(("z", 1), ("z", 2), ("m", 1), ("a", 1), ("m", 2), ("m", 3), ("z", 3)),
        ]

    def test_positions_rise_and_stay(self, store: Store) -> None:
        """Each record has a position of its own, which is positive, rises, and does not change."""
        store.append(write("b", count=3))
        before = list(store.read_all())
        store.append(write("a", count=2), write("b", expected=3))
        after = list(store.read_all())
        positions = [position for position, _ in after]
        assert after[:3] == before
        assert positions == sorted(set(positions))
        assert positions[0] > 0

    def test_reading_is_taken_up_at_any_position(self, store: Store) -> None:
        """Whoever hands back the last position seen gets all the rest, and nothing twice."""
        store.append(write("b", count=3), write("a", count=3))
        whole = list(store.read_all())
        for index, (position, _) in enumerate(whole, 1):
            assert list(store.read_all(after=position)) == whole[index:]
        assert list(store.read_all(2**63 - 1)) == []

    def test_no_more_is_read_than_was_asked_for(self, store: Store) -> None:
        """A limit is the most that is given; without one everything is."""
        store.append(write(count=5))
        whole = list(store.read_all())
        for limit in (0, 1, 4, 5, 6):
            assert list(store.read_all(limit=limit)) == whole[:limit]
        assert list(store.read_all(whole[1][0], 2)) == whole[2:4]
        assert list(store.read_all(limit=None)) == whole

    def test_long_records_are_read_to_their_end(self, store: Store) -> None:
        """However many there are, none is left out and none is given twice."""
        store.append(write("a", count=1_500), write("b", count=1_500))
        assert [(kept.stream, kept.version) for _, kept in store.read_all()] == [
            (stream, version) for stream in "ab" for version in range(1, 1_501)
        ]
        assert len(store.read("a")) == store.version("b") == 1_500

    def test_what_is_written_during_the_reading_comes_too(self, store: Store) -> None:
        """A store may be written to while it is read, and the reading ends with the last record."""
        store.append(write(count=2))
        reading = store.read_all()
        seen = [next(reading)]
        store.append(write(expected=2, count=600))
        seen.extend(reading)
        assert [kept.version for _, kept in seen] == list(range(1, 603))
