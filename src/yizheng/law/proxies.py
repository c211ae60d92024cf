"""Proxies, where a region settles something of them and it was not recorded for which vote."""

from __future__ import annotations

from typing import Final

from yizheng.law.editions import Clause
from yizheng.law.provisions import Provision
from yizheng.law.sources import local
from yizheng.text import Text

__all__ = ["PROVISIONS"]

_PROXIES = Text("委托", "proxies")

PROVISIONS: Final = (
    Provision(
        id="proxies.members",
        title=Text("委员会和小组成员的委托", "proxies of the members of committees and panels"),
        body="any_body",
        editions=[
            Clause(
                Text(
                    "委员会成员和小组成员不得委托他人代行职责",
                    "members of committees and of panels send no proxies",
                ),
                value="barred",
                citation=local(
                    "Beijing",
                    "",
                    _PROXIES,
                    note=Text("哪些委员会和小组未记", "which committees and panels was not recorded"),
                ),
            )
        ],
    ),
    Provision(
        id="proxies.mark",
        title=Text("按委托人的意思投票", "what the principal marked"),
        body="any_body",
        editions=[
            Clause(
                Text("受托人须按委托人所作的选择投票", "the holder votes as the principal marked"),
                value="instructed",
                citation=local(
                    "Henan",
                    "30",
                    _PROXIES,
                    note=Text("适用于哪些表决未记", "for which votes was not recorded"),
                ),
            )
        ],
    ),
)
"""What regions settle on proxies."""
