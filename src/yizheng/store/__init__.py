"""Where records are kept: the protocol that a store satisfies, in memory, in a SQLite file, in a database.

A store knows nothing of the domain. It keeps records that somebody else has written, in the order of each stream and
of the whole, and gives them back byte for byte. Documents, which records name by their digests, are kept by a protocol of
their own, in memory or in a folder. Whatever keeps them elsewhere than in memory is imported when it is first named, so
that whoever keeps records in memory loads no database and no event loop, and who has no SQLAlchemy needs none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from yizheng.store.asynchronous import AsyncStore
from yizheng.store.documents import Documents, MemoryDocuments
from yizheng.store.memory import MemoryStore
from yizheng.store.protocol import Record, Store, Write

if TYPE_CHECKING:
    from yizheng.store.folder import FolderDocuments
    from yizheng.store.relational import SQLAlchemyStore
    from yizheng.store.relational_async import AsyncSQLAlchemyStore
    from yizheng.store.sqlite import SQLiteStore
    from yizheng.store.threaded import ThreadedStore

__all__ = [
    "AsyncSQLAlchemyStore",
    "AsyncStore",
    "Documents",
    "FolderDocuments",
    "MemoryDocuments",
    "MemoryStore",
    "Record",
    "SQLAlchemyStore",
    "SQLiteStore",
    "Store",
    "ThreadedStore",
    "Write",
]

_LATER = {
    "AsyncSQLAlchemyStore": "yizheng.store.relational_async",
    "FolderDocuments": "yizheng.store.folder",
    "SQLAlchemyStore": "yizheng.store.relational",
    "SQLiteStore": "yizheng.store.sqlite",
    "ThreadedStore": "yizheng.store.threaded",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = globals()[name] = getattr(import_module(_LATER[name]), name)
    except ModuleNotFoundError as error:
        if error.name != "sqlalchemy":
            raise
        raise ModuleNotFoundError(
            f"{name} needs SQLAlchemy; install it with the extra yizheng[sqlalchemy]", name=error.name
        ) from error
    return value
