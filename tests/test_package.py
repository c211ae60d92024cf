"""The package as somebody meets it who installs it: what it loads, what it lists, and what it says of itself."""

from __future__ import annotations

import importlib
import inspect
import json
import os
import pkgutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import yizheng

SOURCES = Path(yizheng.__file__).parent


def modules() -> list[str]:
    """Every module of the package."""
    return ["yizheng", *(found.name for found in pkgutil.walk_packages([str(SOURCES)], "yizheng."))]


def loaded_by(statement: str) -> set[str]:
    """The modules that a statement loads in a new interpreter, beyond those that it starts with."""
    program = f"import sys, json; before = set(sys.modules)\n{statement}\nprint(json.dumps(sorted(set(sys.modules) - before)))"
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(SOURCES.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


class TestLoading:
    """``import yizheng`` costs little: a name is loaded when it is first used."""

    HEAVY = frozenset(
        {
            *("sqlalchemy", "numpy", "hypothesis", "pytest", "sqlite3", "asyncio"),
            *("msgspec", "attrs", "attr", "transitions"),
        }
    )

    def test_the_root_loads_nothing_heavy(self) -> None:
        """Importing the package loads no extra, no database, and none of its own dependencies yet."""
        assert not loaded_by("import yizheng") & self.HEAVY

    def test_the_root_loads_nothing_that_takes_longer_than_itself(self) -> None:
        """Importing the package loads no module of the language that costs as much as an interpreter, as typing does."""
        assert not loaded_by("import yizheng") & {"typing", "dataclasses", "inspect"}

    def test_the_root_loads_no_room(self) -> None:
        """Importing the package loads none of its rooms."""
        assert not {name for name in loaded_by("import yizheng") if name.startswith("yizheng.")}

    @pytest.mark.parametrize(
        "statement",
        [
            "from yizheng import Case",
            "from yizheng import catalogue, Docket",
            "from yizheng.people import Member, Roll, tally_arrays; Roll('owners', [Member('a')]).tally({'a': 'for'})",
        ],
    )
    def test_the_main_road_loads_no_extra(self, statement: str) -> None:
        """The main road loads neither extras nor a database; what it needs comes with the installation."""
        extras = self.HEAVY - {"msgspec", "attrs", "attr", "transitions"}
        assert not loaded_by(statement) & extras

    @pytest.mark.parametrize(
        "statement",
        [
            "from yizheng import Case, Docket, Roll, catalogue; catalogue.yizheng.COURTYARD.table",
            "from yizheng.rules import FOR, Rule, Tally; Rule(quorum=None, passage=FOR > 3).judge(Tally.of(for_=4, entitled=5))",
            "from yizheng.people import Member, Roll; Roll('owners', [Member('a')]).tally({'a': 'for'})",
        ],
    )
    def test_what_only_some_need_is_loaded_for_them(self, statement: str) -> None:
        """Holding a vote and judging it loads no module that only reads, writes, words or examines rules and rolls."""
        loaded = {name for name in loaded_by(statement) if name.startswith(("yizheng.rules.", "yizheng.people."))}
        assert {name.removeprefix("yizheng.") for name in loaded} <= self.ROAD
        assert "tomllib" not in loaded_by(statement)

    ROAD = frozenset(
        {
            *(f"people.{name}" for name in ("counting", "faults", "offices", "proxy", "roll", "service")),
            *(f"rules.{name}" for name in ("algebra", "amounts", "ballots", "casting", "closing", "counting")),
            *(f"rules.{name}" for name in ("deeming", "figures", "joining", "judging", "numerals", "rule", "silence")),
            *(f"rules.{name}" for name in ("quotas", "ranking", "tally", "terms", "ties", "weighing")),
        }
    )

    @pytest.mark.parametrize("room", ["rules", "people"])
    def test_what_is_loaded_later_is_listed_all_the_same(self, room: str) -> None:
        """A name that is loaded later is found by ``dir`` and by ``import *``; one that does not exist is no name."""
        loaded_by(
            f"import yizheng.{room} as room; assert set(room.__all__) <= set(dir(room)); exec('from yizheng.{room} import *');"
            "assert all(eval(name) is getattr(room, name) for name in room.__all__)"
        )
        with pytest.raises(AttributeError, match=f"module 'yizheng.{room}' has no attribute 'rol'"):
            importlib.import_module(f"yizheng.{room}").rol  # noqa: B018 -- that it is asked for is what is tried

    def test_a_module_that_was_loaded_first_takes_no_name_of_the_room(self) -> None:
        """A name of a room is the same whichever of its modules was loaded before it was asked for."""
        listed = {room: importlib.import_module(f"yizheng.{room}").__all__ for room in ("rules", "people")}
        for room, names in listed.items():
            inside = [name for name in modules() if name.startswith(f"yizheng.{room}.")]
            loaded_by(
                f"import types, importlib; [importlib.import_module(name) for name in {inside}]; import yizheng.{room} as room;"
                f"assert not [name for name in {names} if isinstance(getattr(room, name), types.ModuleType)]"
            )

    def test_a_memory_store_loads_no_database(self) -> None:
        """A store in memory loads no database; the store in a file does."""
        assert "sqlite3" not in loaded_by("from yizheng.store import MemoryStore")
        assert "sqlite3" in loaded_by("from yizheng.store import SQLiteStore")
        assert "sqlalchemy" not in loaded_by("from yizheng.store import SQLiteStore")
        without = "import sys; sys.modules['sqlalchemy'] = None\nimport yizheng.store as store\n"
        told = "try: store.SQLAlchemyStore\nexcept ImportError as error: assert 'yizheng[sqlalchemy]' in str(error), error\n"
        loaded_by(f"{without}{told}else: raise AssertionError")
        assert "sqlalchemy" in loaded_by("from yizheng.store import SQLAlchemyStore")

    def test_only_what_awaits_loads_an_event_loop(self) -> None:
        """Whoever has no event loop loads none, not even with the protocol of the stores that need one."""
        assert "asyncio" not in loaded_by("from yizheng.store import AsyncStore, MemoryStore, SQLiteStore")
        for name in ("ThreadedStore", "AsyncSQLAlchemyStore"):
            assert "asyncio" in loaded_by(f"from yizheng.store import {name}")

    def test_what_is_for_tests_is_loaded_by_tests_alone(self) -> None:
        """No module but those of ``yizheng.testing`` loads pytest or Hypothesis."""
        others = [name for name in modules() if not name.startswith("yizheng.testing")]
        assert not loaded_by(f"import importlib; [importlib.import_module(name) for name in {others!r}]") & {
            *("pytest", "hypothesis", "yizheng.testing"),
        }

    def test_every_module_can_be_imported_first(self) -> None:
        """Each module can be the first that is imported: no module waits for another one to have been there."""
        program = "; ".join(
            [
                "import sys, importlib",
                f"names = {modules()!r}",
                "ours = lambda: [name for name in set(sys.modules) if name.startswith('yizheng')]",
                "[([sys.modules.pop(name) for name in ours()], importlib.import_module(each)) for each in names]",
            ]
        )
        loaded_by(program)


class TestNames:
    """What is listed exists, and says what it is."""

    @pytest.mark.parametrize("name", modules())
    def test_every_module_says_what_it_is(self, name: str) -> None:
        """Every module has a docstring."""
        assert importlib.import_module(name).__doc__

    @pytest.mark.parametrize("name", modules())
    def test_every_name_in_all_exists(self, name: str) -> None:
        """Every name in ``__all__`` exists, once, and the list is there wherever a module has public names."""
        module = importlib.import_module(name)
        listed = getattr(module, "__all__", [])
        assert len(set(listed)) == len(listed)
        for each in listed:
            assert hasattr(module, each), f"{name}.{each}"

    @pytest.mark.parametrize("name", modules())
    def test_every_listed_class_and_function_has_a_docstring(self, name: str) -> None:
        """Every listed class and function, and every public method and property of them, has a docstring of its own."""
        module = importlib.import_module(name)
        missing = []
        for each in getattr(module, "__all__", []):
            value = getattr(module, each)
            if isinstance(value, ModuleType) or not (inspect.isclass(value) or inspect.isfunction(value)):
                continue
            if not (value.__doc__ or "").strip():
                missing.append(each)
            if inspect.isclass(value) and value.__module__.startswith("yizheng") and not _is_protocol(value):
                missing += [f"{each}.{part}" for part in _undocumented(value)]
        assert missing == []

    def test_a_public_name_has_one_home(self) -> None:
        """The root repeats the main road: each of its names is the object that its room lists."""
        for name in set(yizheng.__all__) - {"catalogue", "record"}:
            value = getattr(yizheng, name)
            home = importlib.import_module(value.__module__)
            assert getattr(home, name) is value
            assert value.__module__.startswith("yizheng.")


def _is_protocol(kind: type[Any]) -> bool:
    """Whether it only says what others must have, and says it in its types."""
    return bool(getattr(kind, "_is_protocol", False))


def _undocumented(kind: type[Any]) -> list[str]:
    found = []
    for name, part in vars(kind).items():
        if name.startswith("_"):
            continue
        part = part.__func__ if isinstance(part, classmethod | staticmethod) else part  # noqa: PLW2901 -- unwrapped
        if inspect.isfunction(part) or isinstance(part, property):
            inherited = [getattr(base, name, None) for base in kind.__mro__[1:]]
            if not (part.__doc__ or any(getattr(each, "__doc__", None) for each in inherited)):
                found.append(name)
    return found


class TestTheRoot:
    """The root lists the main road."""

    def test_its_names_resolve(self) -> None:
        """Every name in its list is there."""
        for name in yizheng.__all__:
            assert getattr(yizheng, name) is not None, name

    def test_it_lists_what_it_has(self) -> None:
        """``dir()`` lists every public name, loaded or not."""
        assert set(yizheng.__all__) <= set(dir(yizheng))
        assert dir(yizheng) == sorted(dir(yizheng))

    def test_a_star_brings_the_main_road(self) -> None:
        """``from yizheng import *`` brings the names of the list."""
        names: dict[str, Any] = {}
        exec("from yizheng import *", names)  # noqa: S102 -- it is the statement that is tried
        assert set(yizheng.__all__) <= names.keys()

    def test_what_is_not_there_is_an_attribute_error(self) -> None:
        """A name that the package does not have is an AttributeError that says so."""
        with pytest.raises(AttributeError, match="no attribute 'Kase'"):
            yizheng.Kase  # noqa: B018 -- asking for it is the point
        with pytest.raises(ImportError):
            exec("from yizheng import Kase")  # noqa: S102 -- it is the statement that is tried

    def test_it_has_a_version(self) -> None:
        """The version is the one of the project."""
        project = SOURCES.parents[1] / "pyproject.toml"
        assert yizheng.__version__.count(".") == 2
        if project.exists():
            assert f'version = "{yizheng.__version__}"' in project.read_text(encoding="utf-8")

    def test_it_is_typed(self) -> None:
        """Type checkers are told that the package is typed."""
        assert files("yizheng").joinpath("py.typed").is_file()
