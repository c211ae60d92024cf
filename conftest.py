"""Every example in the docs, the README and the docstrings is a test."""

from __future__ import annotations

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

HERE = Path(__file__).parent

pages = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), SkipParser()],
    path=str(HERE),
    patterns=["*.md"],
    excludes=["tests/*"],
)


def _names(namespace: dict[str, object]) -> None:
    """What an example in a docstring may use without importing it: the rules' algebra, and fractions."""
    from fractions import Fraction

    from yizheng import rules

    namespace |= {name: getattr(rules, name) for name in rules.__all__} | {"Fraction": Fraction}


docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS)], path=str(HERE / "src"), patterns=["*.py"], setup=_names
)

pytest_collect_file = (pages + docstrings).pytest()
