"""Procedures and rules ready to use, one module per body of rules, each with its sources."""

from yizheng.catalogue import law, yizheng

__all__ = ["law", "yizheng"]
