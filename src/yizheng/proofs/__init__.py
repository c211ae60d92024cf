"""Proofs that a record is the one that was written, for whoever does not want to take somebody's word for it.

:func:`verify` finds the first entry of one record that was tampered with. A :class:`Checkpoint` seals where all records
of a store stand, so that a dropped record and a cut tail are found too; its :class:`Receipt` lets one person check one
record against a published :class:`TreeHead` without seeing the others. Below both lies the tree of RFC 9162.
"""

from yizheng.proofs.checkpoint import Checkpoint, Comparison, Receipt, TreeHead
from yizheng.proofs.leaf import Leaf
from yizheng.proofs.merkle import ConsistencyProof, InclusionProof, consistency, inclusion, tree_root
from yizheng.proofs.report import Damage, Report
from yizheng.proofs.verifying import verify

__all__ = [
    "Checkpoint",
    "Comparison",
    "ConsistencyProof",
    "Damage",
    "InclusionProof",
    "Leaf",
    "Receipt",
    "Report",
    "TreeHead",
    "consistency",
    "inclusion",
    "tree_root",
    "verify",
]
