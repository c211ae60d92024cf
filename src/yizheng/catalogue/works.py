"""What follows a decision that is carried out: the works, their accounts, and the disclosure of how they ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

import attrs

from yizheng.calendar import Period
from yizheng.citation import Citation
from yizheng.procedure import End
from yizheng.stages import Channel, Disclosure, Implementation, Stage
from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["ABANDONED", "CARRIED_OUT", "Works"]

CARRIED_OUT: Final = End(
    "carried_out", Text("已实施并公开结果", "carried out, and the result disclosed"), carried_out=True
)
ABANDONED: Final = End("abandoned", Text("终止实施", "abandoned"))


@attrs.frozen(kw_only=True)
class Works:
    """The works that a decision asks for, and what is told of them.

    Whether they were completed or given up, the accounts are disclosed before the case ends. An objection to that
    disclosure that is right sends the works back.

    Attributes:
        least: how long the result stays posted, in dated editions.
        answer: how soon an objection is answered, in dated editions; empty where no rule says.
        source: where the works themselves are written, if anywhere.
        told: where the disclosure of the result is written, if anywhere.
    """

    least: tuple[Period, ...]
    answer: tuple[Period, ...] = ()
    source: Citation | None = None
    told: Citation | None = None

    def stages(self) -> tuple[Stage, ...]:
        """The works, and the two disclosures of which one follows."""
        return (
            Implementation(id="implement", title=Text("实施", "implement"), source=self.source),
            self._disclosure("disclose_abandonment", Text("终止实施公开", "disclose that it was abandoned"), None),
            self._disclosure("disclose_result", Text("实施结果公开", "disclose the result"), self.told),
        )

    def _disclosure(self, id_: str, title: Text, source: Citation | None) -> Disclosure:
        return Disclosure(
            id=id_,
            title=title,
            source=source,
            least=self.least,
            required=[Channel.BULLETIN_BOARD],
            answer=self.answer,
            carries=["accounts"],
        )

    routes: ClassVar[Mapping[str, Mapping[str, str]]] = FrozenMap(
        {
            "implement": {"completed": "disclose_result", "abandoned": "disclose_abandonment"},
            "disclose_abandonment": {"clear": "abandoned", "upheld": "implement"},
            "disclose_result": {"clear": "carried_out", "upheld": "implement"},
        }
    )
    """Where they lead."""
    mandatory: ClassVar[tuple[str, ...]] = ("implement.completed", "disclose_result.clear")
    """What lies on every way to ``carried_out``."""
    ends: ClassVar[tuple[End, ...]] = (CARRIED_OUT, ABANDONED)
    """How they end."""
