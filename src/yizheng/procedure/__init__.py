"""Procedures: stages and routes as frozen data, checked, compiled to a state machine, and drawn."""

from yizheng.procedure.checks import Fault
from yizheng.procedure.definition import Body, End, Office, Procedure
from yizheng.procedure.kinds import Kinds

__all__ = ["Body", "End", "Fault", "Kinds", "Office", "Procedure"]
