"""A count of votes: exact figures by measure, for the whole roll and for groups of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.rules.algebra import Amount
from yizheng.rules.counting import Counts, Faults, Measured, counted
from yizheng.rules.figures import HEADS, PARTS, PRESENCE, Choice, Figure
from yizheng.rules.numerals import Number, whole_or_exact
from yizheng.rules.silence import Deemed
from yizheng.rules.terms import Where
from yizheng.values import Exact, FrozenMap, name, one, one_of

__all__ = ["Tally", "as_casting"]


@attrs.frozen(init=False)
class Tally:
    """A count of votes, exact, and as complete as the figures given make it.

    names = entitled + recused; entitled = for + against + abstaining + invalid + silent + absent; valid = for + against
    + abstaining; cast = valid + invalid; present = cast + silent. A figure that was not given is known where the others
    leave it one value only, and unknown otherwise; what is counted nowhere by heads weighs nothing in any measure.

    In a vote without presence (written, online over days, or mixed) nobody is present or absent: everybody who did not
    vote is counted as silent.

    Attributes:
        measures: the known figures by measure, and in each of them under ``among`` the same by group.
        presence: whether the vote was taken at a meeting, so that present and absent mean something.
        issued: how many ballots were handed out, where that was counted.
        returned: how many ballots came back, where that was counted.
        casting: how the casting vote was cast, for or against, where one was; it is no ballot, and stands in no figure.
        electorate: whom the heads are, such as ``"persons"`` or ``"households"``, where that is said.
        blank: how many heads returned a blank ballot, where that was counted; they stand among the figures as the
            rules for ballots say (:class:`BallotPolicy`).
        ambiguous: how many returned a ballot that could not be read; likewise.
        deemed: who did not vote and stands among the figures as if they had; ``None`` where nobody asked.
    """

    measures: FrozenMap[str, FrozenMap[str, Any]]
    presence: bool = attrs.field(default=True, kw_only=True)
    issued: int | None = attrs.field(default=None, kw_only=True)
    returned: int | None = attrs.field(default=None, kw_only=True)
    electorate: str | None = attrs.field(default=None, kw_only=True)
    casting: Choice | None = attrs.field(default=None, kw_only=True)
    blank: int | None = attrs.field(default=None, kw_only=True)
    ambiguous: int | None = attrs.field(default=None, kw_only=True)
    deemed: Deemed | None = attrs.field(default=None, kw_only=True)
    _measured: Mapping[str, Measured] = attrs.field(init=False, eq=False, repr=False)

    def __init__(
        self,
        measures: Mapping[str, Counts],
        *,
        presence: bool = True,
        issued: Exact | None = None,
        returned: Exact | None = None,
        electorate: str | None = None,
        casting: Choice | str | None = None,
        blank: Exact | None = None,
        ambiguous: Exact | None = None,
        deemed: Deemed | None = None,
    ) -> None:
        """Take counts by measure; see :meth:`of` and :meth:`by_measure`, which read better."""
        if type(presence) is not bool:
            raise InvalidType(
                f"presence is {shown(presence)}; write True for a meeting, False for a written or online vote"
            )
        faults = Faults()
        numbered = (
            (issued, "issued ballots"),
            (returned, "returned ballots"),
            (blank, "blank ballots"),
            (ambiguous, "ambiguous ballots"),
        )
        ballots = [None if number is None else faults.number(number, what, whole=True) for number, what in numbered]
        measured = counted(measures, presence=presence, faults=faults)
        if deemed is not None:
            one(Deemed, deemed, "those deemed")
        if deemed is not None and not faults.types:
            faults.values.extend(_wrongly_deemed(deemed, measured, presence=presence))
        faults.check()
        hidden = () if presence else PRESENCE
        given = FrozenMap({measure: _shown(known, hidden) for measure, known in measured.items()})
        for key, value in (
            ("measures", given),
            ("presence", presence),
            *(
                (key, None if number is None else number.numerator)
                for key, number in zip(("issued", "returned", "blank", "ambiguous"), ballots, strict=True)
            ),
            ("deemed", deemed),
            ("electorate", None if electorate is None else name(electorate, "the electorate")),
            ("casting", None if casting is None else as_casting(casting)),
        ):
            object.__setattr__(self, key, value)
        object.__setattr__(self, "_measured", measured)

    @classmethod
    def of(
        cls,
        *,
        names: Exact | None = None,
        entitled: Exact | None = None,
        present: Exact | None = None,
        cast: Exact | None = None,
        valid: Exact | None = None,
        for_: Exact | None = None,
        against: Exact | None = None,
        abstaining: Exact | None = None,
        invalid: Exact | None = None,
        silent: Exact | None = None,
        absent: Exact | None = None,
        recused: Exact | None = None,
        among: Mapping[str, Counts] | None = None,
        issued: Exact | None = None,
        returned: Exact | None = None,
        presence: bool = True,
        electorate: str | None = None,
        casting: Choice | str | None = None,
        blank: Exact | None = None,
        ambiguous: Exact | None = None,
    ) -> Tally:
        """Count by heads alone.

        Example:
            >>> from yizheng.rules import ABSENT, Tally
            >>> Tally.of(entitled=30, present=22, for_=12, against=8, abstaining=2).number(ABSENT)
            8

        Args:
            names: 在册, all on the roll.
            entitled: 应到, all who may vote.
            present: 实到, who took part in the meeting.
            cast: 参与表决, ballots that came in.
            valid: 有效票.
            for_: 赞成.
            against: 反对.
            abstaining: 弃权.
            invalid: 无效票.
            silent: took part and did not vote.
            absent: entitled and not present.
            recused: 回避.
            among: the same figures by group of the roll.
            issued: ballots handed out.
            returned: ballots that came back.
            presence: ``False`` for a written, online or mixed vote.
            electorate: whom the heads are.
            casting: how the casting vote was cast, where one was.
            blank: how many of the ballots were blank; they stand among the figures already.
            ambiguous: how many could not be read; likewise.

        Raises:
            InvalidType: for floats, truth values, and whatever is no number.
            InvalidValue: for figures that no roll and no ballots can make, with every fault that was found.
        """
        heads: dict[str, object] = {
            "names": names,
            "entitled": entitled,
            "present": present,
            "cast": cast,
            "valid": valid,
            "for": for_,
            "against": against,
            "abstaining": abstaining,
            "invalid": invalid,
            "silent": silent,
            "absent": absent,
            "recused": recused,
            "among": among,
        }
        return cls(
            {HEADS: heads},
            presence=presence,
            issued=issued,
            returned=returned,
            electorate=electorate,
            casting=casting,
            blank=blank,
            ambiguous=ambiguous,
        )

    @classmethod
    def by_measure(
        cls,
        *,
        presence: bool = True,
        issued: Exact | None = None,
        returned: Exact | None = None,
        electorate: str | None = None,
        casting: Choice | str | None = None,
        **measures: Counts,
    ) -> Tally:
        """Count in several measures: by heads, and by area (square metres) or what else the roll weighs.

        Example:
            >>> from yizheng.rules import CAST, Tally
            >>> Tally.by_measure(
            ...     heads=dict(entitled=25, for_=15, against=2, abstaining=0, invalid=0),
            ...     area=dict(entitled="3011.25", for_="1800.00", against="207.50", abstaining=0, invalid=0),
            ... ).number(CAST.by("area"))
            Fraction(4015, 2)

        Args:
            presence: ``False`` for a written, online or mixed vote.
            issued: ballots handed out.
            returned: ballots that came back.
            electorate: whom the heads are.
            casting: how the casting vote was cast, where one was.
            measures: for each measure the figures that :meth:`of` takes, and ``among`` for its groups.

        Raises:
            InvalidType: for floats, truth values, and whatever is no number.
            InvalidValue: for figures that no roll and no ballots can make, with every fault that was found.
        """
        return cls(
            measures,
            presence=presence,
            issued=issued,
            returned=returned,
            electorate=electorate,
            casting=casting,
        )

    @property
    def as_cast(self) -> Tally:
        """The count of the ballots really cast, with nobody deemed to have voted."""
        deemed = self.deemed
        if deemed is None:
            return self
        return self._with(None, deemed.mark, Figure.SILENT, deemed)

    def deeming(self, deemed: Deemed) -> Tally:
        """This count of the ballots really cast, with the silent who were served as what they are deemed to be.

        Raises:
            InvalidValue: when it counts somebody as deemed already, or fewer are silent than were served.
        """
        one(Deemed, deemed, "those deemed")
        if self.deemed is not None:
            raise InvalidValue("some of this tally are deemed to have voted already; start from tally.as_cast")
        return self._with(deemed, Figure.SILENT, deemed.mark, deemed)

    def _with(self, carried: Deemed | None, giving: Figure | None, taking: Figure | None, deemed: Deemed) -> Tally:
        measures: Mapping[str, Counts] = self.measures
        if giving is not None and taking is not None:
            measures = {
                measure: _moved(counts, measure, giving, taking, deemed) for measure, counts in measures.items()
            }
        return Tally(
            measures,
            presence=self.presence,
            issued=self.issued,
            returned=self.returned,
            electorate=self.electorate,
            casting=self.casting,
            blank=self.blank,
            ambiguous=self.ambiguous,
            deemed=carried,
        )

    @property
    def groups(self) -> frozenset[str]:
        """The groups of the roll that were counted."""
        return frozenset(self.measures[HEADS].get("among", ()))

    def heads(self, figure: Figure) -> int | None:
        """How many heads of the whole roll a figure counts; ``None`` where that is unknown.

        Raises:
            InvalidType: when it is no figure.
        """
        return self._measured[HEADS].known[None].get(one(Figure, figure, "a figure"))

    def measured(self, measure: str) -> Measured:
        """What is known in one measure, in whole numbers; raises ``KeyError`` where it was not counted."""
        return self._measured[measure]

    def get(self, amount: Amount) -> Number | None:
        """What an amount comes to, or ``None`` where one of its figures is unknown.

        Raises:
            InvalidType: when it is no amount.
        """
        one(Amount, amount, "an amount")
        asked = [term.of for term in amount.terms]
        return None if self.gaps(asked) else self._worked_out(amount)

    def _worked_out(self, amount: Amount) -> Number:
        number = amount.constant
        for term in amount.terms:
            measured = self._measured[term.measure]
            number += term.times * Fraction(measured.known[term.group][term.figure], measured.scale)
        return whole_or_exact(number.numerator, number.denominator)

    def number(self, amount: Amount) -> Number:
        """What an amount comes to.

        Raises:
            InvalidType: when it is no amount.
            InvalidValue: naming every figure that is unknown here, and what to give.
        """
        one(Amount, amount, "an amount")
        InvalidValue.raise_all(self.gaps([term.of for term in amount.terms]))
        return self._worked_out(amount)

    def counts(self, asked: Iterable[Where]) -> bool:
        """Whether all measures and groups were counted, and there is a presence where it is asked for."""
        measured = self._measured
        for figure, measure, group in asked:
            found = measured.get(measure)
            if found is None or group not in found.known or (figure in PRESENCE and not self.presence):
                return False
        return True

    def gaps(self, asked: Iterable[Where], *, figures: bool = True) -> tuple[str, ...]:
        """A sentence for each measure, group and figure that is asked for and unknown here.

        Args:
            asked: figures, each with its measure and its group.
            figures: whether unknown figures count; if not, only what :meth:`counts` looks at does.
        """
        return tuple(
            dict.fromkeys(
                self._gap(*where)
                for where in asked
                if not self.counts((where,)) or (figures and where[0] not in self._measured[where[1]].known[where[2]])
            )
        )

    def _gap(self, figure: Figure, measure: str, group: str | None) -> str:
        if measure not in self._measured:
            return f"nothing was counted by {measure!r}; give {measure}=dict(…) to Tally.by_measure"
        if group not in self._measured[measure].known:
            counted = ", ".join(sorted(self.groups)) or "none"
            return f"no group {group!r} was counted (counted: {counted}); give it under among, even if it is empty"
        asked = f"{figure.name}{_where(measure, group)}"
        if not self.presence and figure in PRESENCE:
            return f"{asked} is asked for, and a written, online or mixed vote has no presence; use CAST or ENTITLED"
        word = "for_" if figure is Figure.FOR else figure.value
        parts = " + ".join(PARTS.get(figure, ()))
        return f"{asked} is unknown; give {word}=…" + (f", or what makes it up ({parts})" if parts else "")


def _where(measure: str, group: str | None) -> str:
    return (f" by {measure}" if measure != HEADS else "") + (f" among {group!r}" if group is not None else "")


def as_casting(value: Choice | str) -> Choice:
    """How a casting vote can be cast: for or against.

    Raises:
        InvalidValue: when it is neither.
    """
    choice = one_of(Choice, value)
    if choice not in {Choice.FOR, Choice.AGAINST}:
        raise InvalidValue(
            f"the casting vote is {choice.value!r}; it is for or against: leave it out if it was not cast"
        )
    return choice


_NAMES: Final = {figure: figure.value for figure in Figure}


def _shown(measured: Measured, hidden: tuple[Figure, ...]) -> FrozenMap[str, Any]:
    def numbers(known: Mapping[Figure, int]) -> dict[str, Any]:
        return {
            _NAMES[figure]: whole_or_exact(number, measured.scale)
            for figure, number in known.items()
            if figure not in hidden
        }

    shown = numbers(measured.known[None])
    among = {group: FrozenMap(numbers(known)) for group, known in measured.known.items() if group is not None}
    if among:
        shown["among"] = FrozenMap({group: among[group] for group in sorted(among)})
    return FrozenMap(shown)


def _moved(counts: Counts, measure: str, giving: Figure, taking: Figure, deemed: Deemed) -> dict[str, Any]:
    """Counts with those deemed moved from one mark to another; the wholes are added up anew."""
    among = counts.get("among", {})
    moved: dict[str, Any] = _moved_in(counts, giving, taking, deemed.number(measure))
    if among:
        moved["among"] = {
            group: _moved_in(among[group], giving, taking, deemed.number(measure, group)) for group in among
        }
    return moved


def _moved_in(counts: Counts, giving: Figure, taking: Figure, number: Fraction) -> dict[str, Any]:
    kept = {figure.value: counts[figure.value] for figure in Figure if figure.value in counts}
    if not number:
        return kept
    for figure in (Figure.PRESENT, Figure.CAST, Figure.VALID):
        kept.pop(figure.value, None)
    for figure, change in ((giving, -number), (taking, number)):
        if figure.value in kept:
            kept[figure.value] += change
    return kept


def _wrongly_deemed(deemed: Deemed, measured: Mapping[str, Measured], *, presence: bool) -> Iterator[str]:
    """Why a count cannot hold those deemed: more of them than it has, or a meeting, where silence is no ballot."""
    if presence:
        yield "silence is deemed a vote only where there is no meeting; give presence=False"
    holding = deemed.mark or Figure.SILENT
    for measure, by_group in deemed.served.items():
        for group, number in by_group.items():
            known = measured[measure].known.get(group) if measure in measured else None
            label = measure if group is None else f"{measure} among {group!r}"
            if known is None:
                yield f"{label}: {number} are deemed, and nothing was counted there"
            elif number * measured[measure].scale > known.get(holding, 0):
                has = whole_or_exact(known.get(holding, 0), measured[measure].scale)
                yield f"{label}: {number} are deemed, and {holding.value} are {has}; count again"
