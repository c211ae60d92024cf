"""Dockets: the cases of one office, over a store. The one place where a case meets what keeps it."""

from yizheng.docket.docket import CaseDuty, Docket

__all__ = ["CaseDuty", "Docket"]
