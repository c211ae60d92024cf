"""Procedures: stages and routes as frozen data, checked, compiled to a state machine, and drawn."""

from yizheng.procedure.definition import Body, End, Office, Procedure
from yizheng.procedure.faults import Fault
from yizheng.procedure.kinds import Kinds
from yizheng.procedure.proving import Failure, PathStep, Proof, Shown

__all__ = ["Body", "End", "Failure", "Fault", "Kinds", "Office", "PathStep", "Procedure", "Proof", "Shown"]
