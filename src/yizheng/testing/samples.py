"""What the checks hand to a store, and how they look at it: records, writes, nasty names, everything there is to see."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from yizheng.store import Record, Store, Write

__all__ = ["MOMENT", "NAMES", "UNSOUND_TEXTS", "Opener", "everything", "record", "refuses", "together", "write"]

Opener = Callable[[], Store]
"""Opens a store; where it opens another one later, that one has what was written to the first."""

MOMENT: Final = datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC)

NAMES: Final = (
    *(
        "2026-007",
        "2026-07",
        "A",
        "a",
        "a ",
        " a",
        "a\n",
        "a\tb",
        "0",
        "-1",
        "1e3",
        "NULL",
        "None",
        "%",
        "_",
        "a%",
        "?",
    ),
    *("'; DROP TABLE records; --", '"', "\\", "/", "../x", "a" * 2_000, "\x01", "\x7f", "\ufeff", "\ufffd", "\uffff"),
    *(
        "一征三议两公开",
        "事项 〇〇七",
        "\u00e9",
        "e\u0301",
        "\u212b",
        "\u00c5",
        "ß",
        "ss",
        "SS",
        "ﬁ",
        "fi",
        "ı",
        "i",
        "İ",
    ),
    *(
        "２０２６",
        "2026",
        "ﬀ",
        "\u200b",
        "\u200d",
        "\u202eabc",
        "אבג",
        "가",
        "\u1100\u1161",
        "𠮷野家",
        "👨‍👩‍👧",
        "\U0010ffff",
    ),
)
"""Names that somebody, somewhere, takes for one another, for a pattern, or for a command."""

UNSOUND_TEXTS: Final = ("\0", "a\0b", "\ud800", "a\udfffb", "\udcff")


def record(stream: str = "a", version: int = 1, **changes: Any) -> Record:
    """A record like any other, but for the changes."""
    whole: dict[str, Any] = {
        "stream": stream,
        "version": version,
        "kind": "stages.Convene",
        "kind_version": 1,
        "moment": MOMENT + timedelta(minutes=version),
        "payload": f'{{"stream":{len(stream)},"version":{version}}}'.encode(),
        "private": None,
        "digest": f"{int(version):064x}",
        "key": None,
    }
    return Record(**(whole | changes))


def write(stream: str = "a", expected: int = 0, count: int = 1, **changes: Any) -> Write:
    """A write of so many records to one stream."""
    whole: dict[str, Any] = {
        "records": [record(stream, expected + number) for number in range(1, count + 1)],
        "parts": {},
        "facts": {},
    }
    return Write(stream=stream, expected=expected, **(whole | changes))


def everything(store: Store) -> tuple[object, ...]:
    """All that can be seen of a store, to hold before against after."""
    streams = store.streams()
    return (
        tuple(store.read_all()),
        tuple((stream, store.load(stream), store.version(stream), store.facts(stream)) for stream in streams),
    )


def refuses(store: Store, error: type[Exception], *writes: Write) -> Any:
    """The error with which the store refuses the writes, having changed nothing."""
    before = everything(store)
    with pytest.raises(error) as caught:
        store.append(*writes)
    assert everything(store) == before
    return caught.value


def together(acts: Iterable[Callable[[], None]]) -> list[BaseException]:
    """Do these acts at the same moment, each in a thread of its own; what they raised."""
    raised: list[BaseException] = []
    acts = list(acts)
    barrier = threading.Barrier(len(acts))

    def do(act: Callable[[], None]) -> None:
        barrier.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - judged by the caller
            raised.append(error)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
