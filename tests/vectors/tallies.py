"""Tallies as data, made from what each voter did, so that every figure is given and all agree."""

from __future__ import annotations

from fractions import Fraction

from vectors.reference import WHOLES, said

MARKS = WHOLES["names"]


def counts(among: dict | None = None, *, presence: bool = True, **marks: object) -> dict:
    """Counts with every figure given, made from the marks (``for_`` and so on); a mark not given is nought."""
    exact = {mark: Fraction(0) for mark in MARKS} | {mark.rstrip("_"): Fraction(each) for mark, each in marks.items()}
    wholes = {whole: sum(exact[mark] for mark in parts) for whole, parts in WHOLES.items()}
    figures = {
        figure: said(number)
        for figure, number in {**wholes, **exact}.items()
        if presence or figure not in {"present", "absent"}
    }
    return figures | ({} if among is None else {"among": among})


def tally(
    heads: dict, *, presence: bool = True, issued: int | None = None, returned: int | None = None, **more
) -> dict:
    """A tally as data."""
    data: dict = {"measures": {"heads": heads, **more}}
    if not presence:
        data["presence"] = False
    ballots = {"issued": issued, "returned": returned}
    return data | {key: number for key, number in ballots.items() if number is not None}
