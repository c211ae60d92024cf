"""Batches (简易程序): matters that are dealt with together and resolved one by one."""

from yizheng.batch.batch import Batch

__all__ = ["Batch"]
