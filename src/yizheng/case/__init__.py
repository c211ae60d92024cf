"""Cases: one matter on its way through one procedure, which is nothing but its record."""

from yizheng.case.case import Case, Status
from yizheng.case.entry import Entry, Older, Seal, Stored, first_dossier, read_entry
from yizheng.case.opening import Open, OpenBatch, Sittings, Within
from yizheng.case.shared import Shared, TakeUp

__all__ = [
    "Case",
    "Entry",
    "Older",
    "Open",
    "OpenBatch",
    "Seal",
    "Shared",
    "Sittings",
    "Status",
    "Stored",
    "TakeUp",
    "Within",
    "first_dossier",
    "read_entry",
]
