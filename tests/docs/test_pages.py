"""The documentation says the same in both languages, and what the code says."""

from __future__ import annotations

import importlib
import importlib.util
import re
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from yizheng.case import entry
from yizheng.catalogue import law
from yizheng.conformance import Departed
from yizheng.proofs import Damage
from yizheng.rules import OddityKind
from yizheng.stages import Effect
from yizheng.store import SQLiteStore

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GENERATED = re.compile(r"<!-- generated: (\w+) -->.*?<!-- end -->", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")

MAP = "src/yizheng/\n"
"""How the map of the rooms begins, the one block that each language tells in its own words."""

ENGLISH_ONLY = "decisions"
PAIRS = [
    (page, page.with_name(f"{page.stem}.zh.md"))
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
    if not page.name.endswith(".zh.md") and page.parent.name != ENGLISH_ONLY
]
PAGES = [page for pair in PAIRS for page in pair] + sorted((DOCS / ENGLISH_ONLY).glob("*.md"))
PAGES += [ROOT / "CHANGELOG.md"]

CONTRIBUTING = [ROOT / "CONTRIBUTING.md", ROOT / "CONTRIBUTING.zh.md"]

ROOMS = (
    *("yizheng", "yizheng.people", "yizheng.calendar", "yizheng.citation", "yizheng.text", "yizheng.matter"),
    *("yizheng.procedure", "yizheng.stages", "yizheng.rules", "yizheng.reasons", "yizheng.store", "yizheng.errors"),
    *("yizheng.case", "yizheng.docket", "yizheng.record", "yizheng.law", "yizheng.catalogue.yizheng"),
    "yizheng.catalogue.applying",
    "yizheng.catalogue.disputes",
    *("yizheng.catalogue.local", "yizheng.catalogue.siyi", "yizheng.catalogue.villages"),
    *("yizheng.catalogue.collective", "yizheng.catalogue.yishi"),
    *("yizheng.catalogue.residents", "yizheng.catalogue.owners"),
    *("yizheng.catalogue.hearings", "yizheng.catalogue.assistance"),
    *("yizheng.batch", "yizheng.proofs", "yizheng.exchange", "yizheng.guide"),
    *("yizheng.conformance", "yizheng.procedure.duties"),
    "yizheng.testing",
)


def text(page: Path) -> str:
    """A page as it is written."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path) -> list[tuple[str, str]]:
    """The code on a page, apart from what is made from the code."""
    return FENCE.findall(GENERATED.sub("", text(page)))


def prose(page: Path) -> list[str]:
    """The lines of a page that are neither code nor made from the code."""
    return FENCE.sub("", GENERATED.sub("", text(page))).splitlines()


def shape(page: Path) -> list[str]:
    """What kind of line follows what: headings by their depth, rows, items, generated parts, sentences."""
    whole = FENCE.sub("@", GENERATED.sub(lambda found: f"@{found[1]}", text(page)))
    lines = [line for line in whole.splitlines() if line.strip()]
    return [re.match(r"#+ |\| |\|-|- |@\w*|!|<|\*\*|(?:)", line)[0] for line in lines]


def generator() -> ModuleType:
    """The script that writes parts of the pages."""
    spec = importlib.util.spec_from_file_location("generate_docs", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def id_of(page: Path) -> str:
    """The path of a page, for the name of a test."""
    return page.relative_to(ROOT).as_posix()


class TestBothLanguages:
    """Chinese and English say the same."""

    def test_the_same_set(self) -> None:
        """Every page but the decisions stands in both languages, and none in Chinese alone."""
        chinese = {*DOCS.rglob("*.zh.md"), *ROOT.glob("*.zh.md")}
        assert {pair[1] for pair in PAIRS} == chinese

    @pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=id_of)
    def test_the_same_code(self, english: Path, chinese: Path) -> None:
        """Both pages hold the same code blocks in the same order."""
        first, second = ([told for told in blocks(page) if not told[1].startswith(MAP)] for page in (english, chinese))
        assert first == second

    @pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=id_of)
    def test_the_same_shape(self, english: Path, chinese: Path) -> None:
        """Both pages have the same headings, rows, items, sentences and examples, in the same order."""
        assert shape(english) == shape(chinese)

    @pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=id_of)
    def test_the_same_links(self, english: Path, chinese: Path) -> None:
        """Both pages lead to the same places, each in its own language."""

        def targets(page: Path) -> list[str]:
            found = re.findall(r"\]\(([^)]+)\)", "\n".join(prose(page)))
            return sorted(target.replace(".zh.md", ".md") for target in found)

        first, second = targets(english), targets(chinese)
        assert first == second
        for page in (english, chinese):
            for target in re.findall(r"\]\(([^)#:]+)\)", "\n".join(prose(page))):
                assert (page.parent / target).exists(), target

    @pytest.mark.parametrize("page", PAGES, ids=id_of)
    def test_one_sentence_for_each_line(self, page: Path) -> None:
        """A line of prose holds one sentence."""
        for line in prose(page):
            if line.startswith("|"):
                continue
            assert not re.search(r"[a-z)`]\. [A-Z“]", line), line
            assert "。" not in line.strip("*").rstrip()[:-1].replace("。**", ""), line


class TestIndex:
    """Whoever begins on the first page comes to every other one."""

    LINK = re.compile(r"\]\(([^)#:]+\.md)")
    NAV = re.findall(r"[ :-] ([\w/-]+\.md)$", text(ROOT / "mkdocs.yml"), re.MULTILINE)

    def links(self, page: Path) -> set[Path]:
        """The pages of the site to which a page leads."""
        found = {(page.parent / link).resolve() for link in self.LINK.findall(text(page))}
        return {each for each in found if each.is_relative_to(DOCS)}

    def test_every_lesson_recipe_and_explanation(self) -> None:
        """Each stands in the list of the first page itself."""
        listed = self.links(DOCS / "index.md")
        apart = ("index.md", "catalogue/", "reference/", "decisions/")  # each has a list of its own
        assert [page for page in self.NAV if not page.startswith(apart) and DOCS / page not in listed] == []

    @pytest.mark.parametrize("first", ["index.md", "index.zh.md"])
    def test_every_page_of_the_nav(self, first: str) -> None:
        """Each is reached by following links, in either language."""
        reached, ahead = set[Path](), {DOCS / first}
        while ahead:
            reached |= ahead
            ahead = {link for page in ahead for link in self.links(page)} - reached
        pages = [DOCS / page for page in self.NAV]
        if first.endswith(".zh.md"):
            pages = [page if page.parent.name == ENGLISH_ONLY else page.with_suffix(".zh.md") for page in pages]
        assert len(pages) > 80
        assert [id_of(page) for page in pages if page not in reached] == []


class TestGenerated:
    """What the code knows better is written by the code."""

    def test_every_page_is_what_the_code_gives(self) -> None:
        """Tables and diagrams are those of today's code; ``python docs/generate.py`` writes them anew."""
        made = generator()
        stale = [id_of(page) for page in made.pages() if made.written(page) != text(page)]
        assert not stale

    def test_every_part_stands_on_two_pages(self) -> None:
        """Nothing is generated that no page shows, and every part is shown in both languages."""
        shown = sorted(
            name for page in DOCS.rglob("*.md") for name in re.findall(r"<!-- generated: (\w+) -->", text(page))
        )
        assert shown == sorted([*generator().PARTS, *generator().PARTS])

    def test_every_provision_is_shown(self) -> None:
        """The pages of the law have a line for each edition of each provision."""
        for page in (DOCS / "law.md", DOCS / "law.zh.md"):
            shown = re.findall(r"^\| `([a-z_.]+)` \|", text(page), re.MULTILINE)
            assert sorted(shown) == sorted(each.id for each in law.PROVISIONS.values() for _ in each.editions)

    def test_every_subject_is_found(self) -> None:
        """What the page for residents asks the catalogue for is there, whatever a provision is called tomorrow."""
        subjects = {subject for part in generator().SUBJECTS.values() for subject in part}
        found = {subject for subject in subjects for each in law.PROVISIONS if f"{each}.".startswith(f"{subject}.")}
        assert found == subjects

    def test_a_day_from_memory_says_so(self) -> None:
        """On the page for residents, whatever is told from memory has no bare day beside it."""
        rows = [line for line in text(DOCS / "law-today.md").splitlines() if "from memory, the text" in line]
        assert rows
        assert [line for line in rows if "day not verified" not in line] == []

    def test_the_pages_of_the_language_are_in_the_language(self) -> None:
        """The titles in a diagram on an English page are English."""
        assert not CHINESE.search(
            "".join(re.findall(r'state "(.*)" as', text(DOCS / "diagrams.md"))).replace("一征三议两公开", "")
        )
        assert CHINESE.search("".join(re.findall(r'state "(.*)" as', text(DOCS / "diagrams.zh.md"))))

    def test_every_finding_is_told(self) -> None:
        """Every value by which a check says what it found is told on the page of what checks find, and no other."""
        for page in (DOCS / "findings.md", DOCS / "findings.zh.md"):
            told = re.findall(r"^\| `(\w+)` \|", text(page), re.MULTILINE)
            assert told == [each.name for kind in (Damage, Departed, OddityKind) for each in kind]


class TestWords:
    """Every public word has its line in the glossary."""

    @pytest.mark.parametrize("room", ROOMS)
    def test_public_names(self, room: str) -> None:
        """What a room exports as a class or a constant is explained."""
        module = importlib.import_module(room)
        words = [name for name in module.__all__ if name[0].isupper() and name != "LANGUAGES"]
        explained = set(re.findall(r"`(\w+)`", text(DOCS / "glossary.md")))
        assert not set(words) - explained

    def test_errors(self) -> None:
        """Every error stands in the table of errors."""
        errors = importlib.import_module("yizheng.errors")
        rows = set(re.findall(r"^\| `(\w+)` \|", text(DOCS / "limits.md"), re.MULTILINE))
        assert {name for name in errors.__all__ if name[0].isupper()} | {"Refused"} == rows


class TestReference:
    """The reference names what is there."""

    def test_the_envelope(self) -> None:
        """The fields of an entry are those that are stored."""
        fields = entry._Envelope.__struct_fields__
        rows = re.findall(r"^\| `(\w+)` \| \w", text(DOCS / "formats.md").split("## The entry")[1], re.MULTILINE)
        assert tuple(rows[: len(fields)]) == fields

    def test_the_effect(self) -> None:
        """The fields of an effect are those that it has."""
        said = text(DOCS / "formats.md").split("| Field of the effect |")[1].split("##")[0]
        assert re.findall(r"^\| `(\w+)` \|", said, re.MULTILINE) == [field.name for field in Effect.__attrs_attrs__]

    def test_the_tables(self, tmp_path: Path) -> None:
        """The tables and columns are those that a new file gets."""
        file = tmp_path / "new.db"
        SQLiteStore(file).close()
        with closing(sqlite3.connect(file)) as database:
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            there = {name: {row[1] for row in database.execute(f"PRAGMA table_info({name})")} for name in names}
        said = text(DOCS / "formats.md").split("## The SQLite file")[1].split("##")[0]
        rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", said, re.MULTILINE)
        assert {table: set(re.findall(r"`(\w+)`", columns)) for table, columns in rows} == there

    def test_the_order_of_the_rooms(self) -> None:
        """The order told is the order that import-linter holds."""
        contracts = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
        told = re.search(r"```text\n(.*?)```", text(DOCS / "decisions" / "0005-order-of-rooms.md"), re.DOTALL)[1]
        assert told.splitlines() == contracts[0]["layers"]

    @pytest.mark.parametrize("page", CONTRIBUTING, ids=id_of)
    def test_the_map_names_every_room(self, page: Path) -> None:
        """The map for contributors has every room of the package."""
        told = set(re.findall(r"^  (\w+)(?:/|\.py)", text(page), re.MULTILINE))
        there = {
            path.stem
            for path in (ROOT / "src" / "yizheng").iterdir()
            if path.suffix == ".py" or (path / "__init__.py").exists()
        }
        assert told == there

    def test_contributors_are_told_the_same(self) -> None:
        """Both pages for contributors give the same commands and name the same files and names, line by line."""
        english, chinese = (
            [
                sorted(re.findall(r"`[^`]+`", line.replace(".zh.md", ".md")))
                for line in FENCE.sub("", text(page)).splitlines()
            ]
            for page in CONTRIBUTING
        )
        assert english == chinese

    @pytest.mark.parametrize("page", CONTRIBUTING, ids=id_of)
    def test_contributors_are_led_to_what_is_there(self, page: Path) -> None:
        """Every file and folder that a page for contributors names is there."""
        named = re.findall(r"(?<![\w/<])`((?:\w+/)+(?:\w+\.\w+)?|\w+\.(?:toml|yml))`", "\n".join(prose(page)))
        assert named
        rooms = (ROOT, ROOT / "src" / "yizheng")
        lost = [each for each in named if not any((room / each).exists() for room in rooms)]
        assert lost == ["docs/x.md"]  # the page that is yet to be written

    def test_the_decisions_are_listed(self) -> None:
        """The list of decisions has every page, under its title."""
        listed = dict(re.findall(r"^- \[(.+)\]\((.+)\)$", text(DOCS / "decisions" / "index.md"), re.MULTILINE))
        pages = {
            text(page).splitlines()[0].removeprefix("# "): page.name for page in (DOCS / "decisions").glob("0*.md")
        }
        assert listed == pages

    def test_the_two_commands(self) -> None:
        """Both READMEs hold the two commands as CI reads them."""
        for page in (ROOT / "README.md", ROOT / "README.zh.md"):
            block = text(page).split("<!-- two commands -->\n```sh\n")[1].split("```")[0]
            assert len([line for line in block.splitlines() if not line.startswith("#")]) == 2
