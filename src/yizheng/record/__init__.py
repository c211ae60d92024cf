"""What people read: the minutes of a case and its register, told from the entries alone."""

from yizheng.record.minutes import minutes

__all__ = ["minutes"]
