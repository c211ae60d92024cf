"""Dockets: the cases of one office, over a store. The one place where a case meets what keeps it."""

from yizheng.docket.asynchronous import AsyncDocket
from yizheng.docket.docket import Docket
from yizheng.docket.index import CaseDuty, CaseLine

__all__ = ["AsyncDocket", "CaseDuty", "CaseLine", "Docket"]
