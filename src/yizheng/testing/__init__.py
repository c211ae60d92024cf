"""What every store promises, as tests that the author of a store inherits; for tests alone (``yizheng[testing]``).

The contract has four levels, each a class that holds the one before:

1. :class:`PlainContract`: what is written is read, whole and in order, and found by its facts.
2. :class:`AtomicContract`: what conflicts or is unsound is refused, and leaves everything as it was.
3. :class:`ConcurrentContract`: threads that share a store do not lose, mix up or hide what the others do.
4. :class:`StoreContract`: what was acknowledged is there for whoever opens the store next, or has it open too.

Each has a twin for asynchronous stores, such as :class:`AsyncStoreContract`: the same checks, asked on an event loop, and
more for tasks, which can be cancelled.

:class:`StoreModel` walks through any store at random, beside a model, and :class:`AsyncStoreModel` through an
asynchronous one.

What keeps documents has a contract of its own, :class:`DocumentsContract`, and :class:`LastingDocumentsContract` where
what was put outlives the program.
"""

from __future__ import annotations

import pytest

# So that a check that fails shows what it has compared, as in any test.
pytest.register_assert_rewrite(
    *(
        f"{__name__}.{part}"
        for part in (
            *(
                "samples",
                "records",
                "order",
                "index",
                "taking",
                "atomic",
                "concurrent",
                "durable",
                "asynchronous",
                "model",
            ),
            "documents",
        )
    )
)

from yizheng.testing.asynchronous import (  # noqa: E402
    AsyncAtomicContract,
    AsyncConcurrentContract,
    AsyncPlainContract,
    AsyncStoreContract,
)
from yizheng.testing.atomic import AtomicContract  # noqa: E402
from yizheng.testing.concurrent import ConcurrentContract  # noqa: E402
from yizheng.testing.documents import DocumentsContract, LastingDocumentsContract  # noqa: E402
from yizheng.testing.durable import StoreContract  # noqa: E402
from yizheng.testing.model import AsyncStoreModel, StoreModel  # noqa: E402
from yizheng.testing.plain import PlainContract  # noqa: E402

__all__ = [
    "AsyncAtomicContract",
    "AsyncConcurrentContract",
    "AsyncPlainContract",
    "AsyncStoreContract",
    "AsyncStoreModel",
    "AtomicContract",
    "ConcurrentContract",
    "DocumentsContract",
    "LastingDocumentsContract",
    "PlainContract",
    "StoreContract",
    "StoreModel",
]
