"""What people read: the minutes of a case and its register (登记表), told from the entries alone."""

from yizheng.record.form import Register
from yizheng.record.minutes import minutes
from yizheng.record.register import register
from yizheng.record.sheets import (
    Attendance,
    Destruction,
    DisclosureSheet,
    Paper,
    Sheet,
    SheetKind,
    SittingSheet,
    Supervision,
)

__all__ = [
    "Attendance",
    "Destruction",
    "DisclosureSheet",
    "Paper",
    "Register",
    "Sheet",
    "SheetKind",
    "SittingSheet",
    "Supervision",
    "minutes",
    "register",
]
