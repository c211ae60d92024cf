"""Cases: one matter on its way through one procedure, which is nothing but its record."""

from yizheng.case.case import Case, Status
from yizheng.case.entry import Entry, Open, Seal, Stored, first_dossier, read_entry

__all__ = ["Case", "Entry", "Open", "Seal", "Status", "Stored", "first_dossier", "read_entry"]
