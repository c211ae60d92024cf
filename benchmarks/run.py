"""Every comparison, in one command: ``python benchmarks/run.py``; or one: ``python benchmarks/run.py act``."""

from __future__ import annotations

import argparse
import importlib
import sys
from types import ModuleType

from harness import FEWEST_ROUNDS, Report, Table

PARTS = {
    "act": "act",
    "import": "imports",
    "codec": "codec",
    "store": "store",
    "length": "lengths",
    "batch": "batch",
    "find": "finding",
    "case": "case",
    "rolls": "rolls",
    "counting": "counting",
    "plan": "planning",
    "conform": "conformance",
    "prove": "proving",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"any of {', '.join(PARTS)}; left out, all")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, help=f"{FEWEST_ROUNDS} or more; left out, what each part needs")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.parts) - set(PARTS)):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    modules: list[ModuleType] = []
    tables: list[Table] = []
    for part in asked.parts or PARTS:
        module = importlib.import_module(PARTS[part])
        modules.append(module)
        tables += module.tables() if asked.rounds is None else module.tables(asked.rounds)
    packages = dict.fromkeys(package for module in modules for package in module.PACKAGES)
    report = Report(tables, tuple(packages))
    sys.stdout.write((report.as_json() if asked.json else report.as_text()) + "\n")


if __name__ == "__main__":
    main()
