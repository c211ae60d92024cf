"""The law: every rule that the procedures here rest on, with its article, its days, its region, and how sure we are.

A :class:`Provision` is one thing that the law settles; its editions are what each instrument says of it.
:func:`in_force` gives all that holds on a day in a region, :func:`edition` one of them.

The figures stand beside their articles in one module for each body of law.
"""

from yizheng.catalogue.law.assistance import ALLOWANCE_NOTICE, CONFIRMATION_PUBLISHED
from yizheng.catalogue.law.bodies import BODIES
from yizheng.catalogue.law.editions import Bounds, Clause, Edition, Share
from yizheng.catalogue.law.inferred import MAJORITY_INFERRED
from yizheng.catalogue.law.lookup import PROVISIONS, edition, in_force, provision
from yizheng.catalogue.law.owners import OWNERS_ORDINARY, OWNERS_SPECIAL
from yizheng.catalogue.law.owners_meetings import OWNERS_NOTICE
from yizheng.catalogue.law.provision import Provision
from yizheng.catalogue.law.regions import REGIONS, UNPLACED, Region
from yizheng.catalogue.law.residents import BOARD, REPRESENTATIVES

__all__ = [
    "ALLOWANCE_NOTICE",
    "BOARD",
    "BODIES",
    "CONFIRMATION_PUBLISHED",
    "MAJORITY_INFERRED",
    "OWNERS_NOTICE",
    "OWNERS_ORDINARY",
    "OWNERS_SPECIAL",
    "PROVISIONS",
    "REGIONS",
    "REPRESENTATIVES",
    "UNPLACED",
    "Bounds",
    "Clause",
    "Edition",
    "Provision",
    "Region",
    "Share",
    "edition",
    "in_force",
    "provision",
]
