"""Where records are kept: the protocol that a store satisfies, one in memory, and one in a SQLite file.

A store knows nothing of the domain. It keeps records that somebody else has written, in the order of each stream and
of the whole, and gives them back byte for byte. ``SQLiteStore`` is imported when it is first named, so that whoever
keeps records in memory does not load a database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yizheng.store.memory import MemoryStore
from yizheng.store.protocol import Record, Store, Write

if TYPE_CHECKING:
    from yizheng.store.sqlite import SQLiteStore

__all__ = ["MemoryStore", "Record", "SQLiteStore", "Store", "Write"]


def __getattr__(name: str) -> Any:
    if name != "SQLiteStore":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from yizheng.store.sqlite import SQLiteStore  # noqa: PLC0415 - loading sqlite3 is what is being put off

    globals()[name] = SQLiteStore
    return SQLiteStore
