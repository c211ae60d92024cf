# ruff: noqa: ARG005 -- every guard and change takes the case, who asks and the figures
"""The courtyard case once more, in strings and numbers: what may follow what, and what a vote comes to.

It shares no code with the library, knows nothing of records, rules or moments, and counts time in days. A step is a
name, a person and five figures (``n``, ``m``, ``k``, ``w``, ``flag``); what they mean per step stands in ``steps.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from types import SimpleNamespace as Figures
from typing import Any


def read(arrows: str) -> dict[str, str]:
    """``"a>b c"`` as ``{"a": "b", "c": ""}``: what leads where, and what stays."""
    return {name: to for name, _, to in (each.partition(">") for each in arrows.split())}


BODIES = {
    "propose": [f"c-{n}" for n in range(1, 8)],
    "consult": [f"rep-{n:02}" for n in range(1, 6)],
    "resolve": [f"1-10{n}" for n in range(1, 7)],
}
AREAS = dict(zip(BODIES["resolve"], (80, 80, 100, 120, 200, 320), strict=True))
CHOICES = ["for", "against", "abstain", "invalid"]

_OPEN = "extend_vote cast_ballot>voting record_ballots>voting close_vote>done"
_UNDECIDED = f"{_OPEN} recuse count_votes>counted return_for_revision>done adjourn>adjourned"
_VOTE = {
    "waiting": "convene>called revise",
    "called": f"{_UNDECIDED} take_attendance>sitting",
    "sitting": f"{_UNDECIDED} take_attendance revise",
    "voting": f"{_OPEN} take_attendance",
    "counted": "count_votes>counted close_vote>done",
    "adjourned": "convene>called revise",
}
_NOTICE = {
    "waiting": "post>posted",
    "posted": "post interrupt>interrupted object answer_objection take_down>done",
    "interrupted": "post>posted object answer_objection",
}
PHASES = {
    "solicit": {
        "waiting": "open_solicitation>open",
        "open": "receive_opinion answer_opinion survey close_solicitation>done",
    },
    "propose": _VOTE,
    "consult": _VOTE,
    "resolve": _VOTE,
    "disclose_measures": _NOTICE,
    "implement": {
        "waiting": "assign>running abandon>done",
        "running": "assign report_progress spend inspect complete>done abandon>done",
    },
    "disclose_abandonment": _NOTICE,
    "disclose_result": _NOTICE,
    "disclose_stopped": _NOTICE,
    "evaluate": {"waiting": "survey>surveyed", "surveyed": "close_evaluation>done"},
}
ROUTES = {
    "solicit": "completed>propose",
    "propose": "carried>consult lost>not_proposed returned>propose inquorate>lapsed",
    "consult": "carried>resolve lost>propose returned>propose inquorate>lapsed",
    "resolve": "carried>disclose_measures lost>not_carried returned>consult inquorate>lapsed",
    "disclose_measures": "clear>implement upheld>propose",
    "implement": "completed>disclose_result abandoned>disclose_abandonment",
    "disclose_abandonment": "clear>abandoned upheld>implement",
    "disclose_result": "clear>evaluate upheld>implement",
    "disclose_stopped": "clear>propose upheld>disclose_stopped",
    "evaluate": "satisfied>carried_out unsatisfied>carried_out_unsatisfactorily",
}
SPENDING = {"implement", "disclose_abandonment", "disclose_result", "disclose_stopped"}
"""Where money may have been spent, so that an order of correction asks for the accounts first."""
CARRIED_OUT = {"carried_out", "carried_out_unsatisfactorily"}
MILESTONES = read(
    "solicit>completed propose>carried consult>carried resolve>carried disclose_measures>clear implement>completed "
    "disclose_result>clear"
)
ENDED_BY = read("close_solicitation>completed complete>completed return_for_revision>returned abandon>abandoned")

SECRETARY, CHAIR, SUPERVISOR, SUBDISTRICT = "sec-1", "rep-03", "sup-1", "street-1"
_CHAIRS = set(f"{_VOTE['waiting']} {_UNDECIDED} take_attendance note correct".replace(">", " ").split())


class Model:
    """A courtyard case as a bag of variables."""

    def __init__(self) -> None:
        self.stage, self.day, self.version = "solicit", 0, 1
        self.passed: list[tuple[str, str]] = []
        self.baseline: int | None = None
        self.spent = 0
        self.begin()

    def begin(self) -> None:
        """A stage begins anew."""
        self.phase, self.calls, self.content, self.inspected = "waiting", 0, -1, False
        self.answers: dict[int, str] = {}
        self.responsible, self.survey = "", (0, 0)
        self.convene(0, None, meeting=True)

    def convene(self, opens: int, closes: int | None, *, meeting: bool) -> None:
        """A sitting, or a vote in writing, begins anew."""
        self.opens, self.closes, self.meeting, self.extended = opens, closes, meeting, False
        self.present: set[str] | None = None
        self.recused: set[str] = set()
        self.ballots: dict[str, str] = {}
        self.count: int | None = None

    def set(self, **values: Any) -> None:
        """Give variables other values."""
        self.__dict__.update(values)

    @property
    def body(self) -> list[str]:
        """Who votes in this stage."""
        return BODIES.get(self.stage, [])

    @property
    def here(self) -> set[str] | None:
        """Who is present and not recused; ``None`` until attendance is taken."""
        return None if self.present is None else self.present - self.recused

    def follows(self) -> dict[str, str]:
        """The steps that the stage knows now, and where they lead."""
        return read(PHASES[self.stage][self.phase]) if self.stage in PHASES else {}

    def may(self, name: str, by: str, p: Figures) -> bool:
        """Whether somebody may do a step, for themselves or by office."""
        if name == "cast_ballot" or (name in ("receive_opinion", "object") and not p.flag):
            return True
        if name in ("inspect", "order_correction"):
            return by == (SUPERVISOR if name == "inspect" else SUBDISTRICT)
        if name == "note":
            return by in (SECRETARY, CHAIR, SUPERVISOR, SUBDISTRICT)
        own = name == "report_progress" and by == self.responsible
        return own or by == SECRETARY or (by == CHAIR and name in _CHAIRS)

    def allows(self, name: str, by: str, p: Figures) -> bool | None:
        """Whether a step is allowed; ``None`` where a careful judge may say either."""
        if self.stage not in PHASES or not self.may(name, by, p):
            return False
        if name == "withdraw":
            opened = self.stage == "resolve" and (self.phase in ("voting", "counted") or self.in_writing())
            decided = ("resolve", "carried") in self.passed
            return self.stage in ("solicit", *BODIES) and not opened and not decided and _answered(self)
        anywhere = {"note": True, "order_correction": self.stage != "solicit", "correct": 1 <= p.n <= self.version}
        if name in anywhere:
            return anywhere[name]
        return name in self.follows() and GUARDS.get(name, lambda *_: True)(self, by, p)

    def takes(self, members: list[str]) -> bool:
        """Whether ballots of these members are taken now."""
        if self.meeting:
            voters, open_ = self.here or set(), self.here is not None and self.day == self.opens
        else:
            voters = set(self.body) - self.recused
            open_ = self.opens <= self.day and (self.closes is None or self.day <= self.closes)
        return open_ and all(each in voters and each not in self.ballots for each in members)

    def in_writing(self) -> bool:
        """Whether a vote in writing has opened."""
        return self.phase == "called" and not self.meeting and self.day >= self.opens

    def may_close(self) -> bool | None:
        """Whether the vote may be closed; ``None`` where only a judge who looks ahead can say."""
        if self.meeting or self.closes is None:
            return self.present is not None
        left = [each for each in self.body if each not in self.ballots and each not in self.recused]
        ways = {
            self.verdict(dict(zip(left, way, strict=True))) for way in product(("for", "against", ""), repeat=len(left))
        }
        return self.day >= self.closes or (None if len(ways) == 1 and self.day >= self.opens else False)

    def verdict(self, more: dict[str, str]) -> str:
        """What the vote comes to, with what more might come in."""
        entitled = [each for each in self.body if each not in self.recused]
        marks = {who: how for who, how in {**self.ballots, **more}.items() if how}
        ayes = [who for who, how in marks.items() if how == "for"]
        if self.stage == "resolve":
            rows = [[sum(map(weigh, each)) for each in (entitled, marks, ayes)] for weigh in (lambda _: 1, AREAS.get)]
            quorum = bool(entitled) and all(3 * cast >= 2 * whole for whole, cast, _ in rows)
            passed = all(4 * in_favour >= 3 * cast for _, cast, in_favour in rows)
        else:
            present, in_favour = len(self.here or ()), len(ayes) if self.count is None else self.count
            quorum, passed = 2 * present > len(entitled), 2 * in_favour > present
        return ("carried" if passed else "lost") if quorum else "inquorate"

    def take(self, name: str, by: str, p: Figures) -> None:
        """Take a step that was allowed."""
        self.version += 1
        if name == "withdraw":
            self.stage = "withdrawn"
        elif name == "order_correction":
            self.stage = "disclose_stopped" if self.stage in SPENDING else "propose"
            self.begin()
        elif name not in ("note", "correct"):
            to = self.follows()[name]
            CHANGES.get(name, lambda *_: None)(self, by, p)
            outcome = self.outcome(name)
            self.phase = ("adjourned" if outcome == "recalled" else to) or self.phase
            if outcome and outcome != "recalled":
                self.passed.append((self.stage, outcome))
                self.stage = read(ROUTES[self.stage])[outcome]
                self.begin()

    def may_count(self, p: Figures) -> bool:
        """Whether hands can be counted: at a meeting, within those present, and a second time only with a reason."""
        again = (self.count is not None) == p.flag
        return self.stage != "resolve" and self.takes([]) and p.n + p.m <= len(self.here) and again

    def outcome(self, name: str) -> str | None:
        """The outcome with which a step ends its stage."""
        if name in ("close_vote", "adjourn"):
            found = self.verdict({})
            if name == "adjourn" and (self.here is None or found != "inquorate"):
                self.calls -= 1  # a sitting that ends for another reason than want of a quorum uses up no call
                return "recalled"
            return "recalled" if found == "inquorate" and self.calls < 2 else found
        if name == "take_down":
            return "upheld" if "upheld" in self.answers.values() else "clear"
        if name == "close_evaluation":
            return "satisfied" if 2 * self.survey[0] > sum(self.survey) else "unsatisfied"
        return ENDED_BY.get(name)


def sheet(stage: str, p: Figures) -> dict[str, str]:
    """The ballots that stand on a sheet: some members in a row, with choices in a row."""
    ids = dict(enumerate(BODIES.get(stage, ["stranger"])))
    return {ids.get(p.n + row, "stranger"): CHOICES[(p.m + row) % 4] for row in range(p.w % 4 + 1)}


def _answered(model: Model) -> bool:
    return "owed" not in model.answers.values()


def _attended(model: Model, p: Figures) -> bool:
    listed = set(model.body[: p.n])
    struck_off = bool(model.ballots) and not (model.present or set()) <= listed
    held = model.meeting and model.day == model.opens
    return held and model.ballots.keys() <= listed and not listed & model.recused and not struck_off


GUARDS: dict[str, Callable[[Model, str, Figures], bool | None]] = {
    "open_solicitation": lambda c, _, p: p.k > 0,
    "receive_opinion": lambda c, _, p: c.day <= c.closes,
    "answer_opinion": lambda c, _, p: c.answers.get(p.n) == "owed",
    "answer_objection": lambda c, _, p: c.answers.get(p.n) == "owed",
    "survey": lambda c, _, p: p.flag is (c.stage == "solicit") and c.baseline in (None, 10 + p.w % 2),
    "close_solicitation": lambda c, _, p: c.day >= c.closes and _answered(c) and c.baseline is not None,
    "convene": lambda c, _, p: p.k >= 16 and (p.flag or p.w > 0) if c.stage == "resolve" else p.flag,
    "take_attendance": lambda c, _, p: _attended(c, p),
    "recuse": lambda c, _, p: 1 <= p.n <= len(c.body) and c.body[p.n - 1] not in c.recused and not c.in_writing(),
    "return_for_revision": lambda c, _, p: not c.in_writing(),
    "adjourn": lambda c, _, p: not c.in_writing(),
    "cast_ballot": lambda c, by, p: c.takes([by]),
    "record_ballots": lambda c, _, p: c.takes(list(sheet(c.stage, p))),
    "count_votes": lambda c, _, p: c.may_count(p),
    "extend_vote": lambda c, _, p: c.closes is not None and c.day <= c.closes and p.k > 0 and not c.extended,
    "close_vote": lambda c, _, p: c.may_close(),
    "post": lambda c, _, p: p.flag and c.content != p.n % 3,
    "interrupt": lambda c, _, p: c.day < c.opens + 16,
    "take_down": lambda c, _, p: c.day >= c.opens + 16 and _answered(c),
    "assign": lambda c, _, p: p.k >= 2,
    "spend": lambda c, _, p: c.spent + p.n <= 6,
    "complete": lambda c, _, p: c.inspected,
}


def _convened(model: Model, _: str, p: Figures) -> None:
    model.calls += 1
    recused = model.recused
    model.convene(model.day + p.k, None if p.flag else model.day + p.k + p.w, meeting=p.flag)
    model.recused = recused  # the matter is the same at a second call, and so is an interest in it


CHANGES: dict[str, Callable[[Model, str, Figures], Any]] = {
    "open_solicitation": lambda c, _, p: c.set(closes=c.day + p.k),
    "receive_opinion": lambda c, _, p: c.answers.update({len(c.answers) + 1: "owed"}),
    "object": lambda c, _, p: c.answers.update({len(c.answers) + 1: "owed"}),
    "answer_opinion": lambda c, _, p: c.answers.update({p.n: "given"}),
    "answer_objection": lambda c, _, p: c.answers.update({p.n: "upheld" if p.flag else "given"}),
    "survey": lambda c, _, p: c.set(baseline=10 + p.w % 2, survey=(min(p.n, 10), min(p.m, 10 - min(p.n, 10)))),
    "convene": _convened,
    "take_attendance": lambda c, _, p: c.set(present=set(c.body[: p.n])),
    "recuse": lambda c, _, p: c.recused.add(c.body[p.n - 1]),
    "cast_ballot": lambda c, by, p: c.ballots.update({by: CHOICES[p.m % 4]}),
    "record_ballots": lambda c, _, p: c.ballots.update(sheet(c.stage, p)),
    "count_votes": lambda c, _, p: c.set(count=p.n),
    "extend_vote": lambda c, _, p: c.set(closes=c.closes + p.k, extended=True),
    "post": lambda c, _, p: c.set(content=p.n % 3, opens=c.day),
    "interrupt": lambda c, _, p: c.set(content=-1),
    "assign": lambda c, _, p: c.set(responsible="c-2"),
    "spend": lambda c, _, p: c.set(spent=c.spent + p.n),
    "inspect": lambda c, _, p: c.set(inspected=p.flag),
}
