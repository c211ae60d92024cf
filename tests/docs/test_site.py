"""The site as its readers meet it: built strictly, complete in both languages, loading nothing from elsewhere, legible."""

from __future__ import annotations

import functools
import http.server
import importlib
import importlib.util
import itertools
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from left_out import LEFT_OUT
from making import rooms, shown
from yizheng.reasons import CODES

from . import built
from .chromium import Browser, asked_for, complaints

ROOT = Path(__file__).parents[2]
REQUIRED = os.environ.get("YIZHENG_REQUIRE_ALL") == "1"
EXTRA = ("mkdocs", "material", "mkdocstrings", "mkdocs_static_i18n", "jieba", "griffe", "black")
DESKTOP, PHONE = (1280, 900), (375, 812)

FIGURES = """[...document.querySelectorAll("figure.picture svg")].map((svg) => {
  const box = svg.getBoundingClientRect();
  return {title: svg.querySelector("title").textContent, told: svg.querySelector("desc").textContent,
          outside: [...svg.querySelectorAll("text")].filter((each) => {
            const at = each.getBoundingClientRect();
            return at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 1 || at.bottom > box.bottom + 1;
          }).map((each) => each.textContent), width: box.width, frame: svg.parentElement.clientWidth, height: box.height, words: svg.querySelectorAll("text").length};
})"""
WIDE = """(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("article *")].filter((each) => each.getBoundingClientRect().right > room + 1)
    .slice(0, 3).map((each) => each.outerHTML.slice(0, 120));
})()"""
CUT = """[...document.querySelectorAll("article table")].filter((each) => {
  const frame = each.closest(".md-typeset__scrollwrap") || each;
  return Math.max(frame.scrollWidth - frame.clientWidth, each.scrollWidth - each.clientWidth) > 1;
}).map((each) => `cut: ${each.textContent.trim().slice(0, 60)}`)"""
COVERED = """[...document.querySelectorAll("article pre > .md-code__nav, article pre > .md-clipboard")].filter((each) => {
  const code = each.parentElement.querySelector("code").getBoundingClientRect();
  const at = each.getBoundingClientRect();
  return at.width && code.width && at.left < code.right - 1;
}).map((each) => `covered: ${each.parentElement.textContent.slice(0, 60)}`)"""
COPIED = """(() => {
  const sessions = new Set([...document.querySelectorAll("article pre .gp")].map((each) => each.closest("pre")));
  const copied = [];
  document.execCommand = () => copied.push([...document.querySelectorAll("textarea")].at(-1).value) > 0;
  sessions.forEach((each) => each.querySelector("[data-clipboard-target]").click());
  return [sessions.size, copied];
})()"""
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CONTRASTS = """(() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => numbers(colour).slice(0, 3).map((each) => each / 255)
    .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll("figure.picture text")].map((each) => {
    const paper = each.ownerSVGElement.querySelector(".paper");
    const under = paper ? light(getComputedStyle(paper).fill) : ground;
    const over = light(getComputedStyle(each).fill);
    return (Math.max(under, over) + 0.05) / (Math.min(under, over) + 0.05);
  });
})()"""
FOUND = '[...document.querySelectorAll(".md-search-result__item > a")].map((each) => new URL(each.href).pathname)'


def left_out(what: str, how: str) -> None:
    """Say that the site is not tested here, or fail where everything has to be."""
    LEFT_OUT[f"the site ({what})"] = how
    (pytest.fail if REQUIRED else pytest.skip)(f"{what} is not installed: {how}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once, as strictly as it is built for its readers."""
    if missing := [each for each in EXTRA if importlib.util.find_spec(each) is None]:
        left_out(", ".join(missing), "pip install 'yizheng[docs]'")
    folder = tmp_path_factory.mktemp("site")
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 -- the command of the README
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"the site was built in {time.perf_counter() - begun:.1f} s")  # noqa: T201 -- a figure
    assert done.returncode == 0, done.stderr[-4000:]
    assert "WARNING" not in done.stderr, done.stderr
    return folder


@pytest.fixture(scope="module")
def there(site: Path) -> dict[str, built.Page]:
    """What each page holds."""
    return built.pages(site)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that reaches nothing but this machine."""
    program = shutil.which("chromium")
    if program is None:
        left_out("chromium", "apt-get install chromium")
    with Browser(str(program), tmp_path_factory.mktemp("profile")) as opened:
        yield opened


EMPTY = b'{"config":{"lang":["en"],"separator":" ","pipeline":[],"fields":{"title":{"boost":1}}},"docs":[]}'


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is printed for each request."""


class _Unsearched(_Quiet):
    """The same with an empty index of the search, which every page reads and few readers use."""

    def do_GET(self) -> None:
        if not self.path.endswith("search_index.json"):
            super().do_GET()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(EMPTY)


def _served(folder: Path, how: type[_Quiet] = _Quiet) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(how, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, on loopback."""
    yield from _served(site)


@pytest.fixture(scope="module")
def unsearched(site: Path) -> Iterator[str]:
    """Where the site is served to those who do not search."""
    yield from _served(site, _Unsearched)


class TestPages:
    """What is built is whole."""

    def test_every_link_and_anchor_holds(self, site: Path, there: dict[str, built.Page]) -> None:
        """Every link within the site leads to a page that is there, and to an anchor that is there."""
        assert list(built.broken(site, there)) == []

    def test_both_languages(self, there: dict[str, built.Page]) -> None:
        """Every page stands in both languages."""
        assert list(built.alone(there)) == []
        assert len(there) > 100

    def test_nothing_is_loaded_from_elsewhere(self, site: Path, there: dict[str, built.Page]) -> None:
        """No page and no style sheet loads anything from another host."""
        assert list(built.from_elsewhere(site, there)) == []


class TestReference:
    """The reference reaches everything."""

    @pytest.mark.parametrize("language", ["", "zh/"])
    def test_every_public_name(self, there: dict[str, built.Page], language: str) -> None:
        """Every public name of every room has its place on the page of its room, with what its docstring says."""
        missing = [
            f"{room}.{name}"
            for page, told in rooms.ROOMS.items()
            for room in told
            for name in importlib.import_module(f"yizheng.{room}").__all__
            if not isinstance(getattr(importlib.import_module(f"yizheng.{room}"), name), ModuleType)
            and f"yizheng.{room}.{name}" not in there[f"{language}reference/{page}/"].ids
        ]
        assert missing == []

    def test_every_room(self) -> None:
        """Every room of the package has its page, and every public module of the catalogue its place."""
        package = Path(importlib.import_module("yizheng").__file__).parent
        there = {each.stem for each in package.iterdir() if each.suffix == ".py" or (each / "__init__.py").exists()}
        told = {room.partition(".")[0] for each in rooms.ROOMS.values() for room in each}
        assert told == there - {"__init__"}

    @pytest.mark.parametrize("language", ["", "zh/"])
    def test_every_code(self, there: dict[str, built.Page], language: str) -> None:
        """Every code of a refusal can be linked to."""
        assert set(CODES) <= there[f"{language}refusals/"].ids

    def test_every_public_name_has_a_docstring(self) -> None:
        """Every public name, constants and aliases of types among them, and every public method has a docstring of its own."""
        griffe = pytest.importorskip("griffe")
        loader = griffe.GriffeLoader(search_paths=[str(ROOT / "src")])
        package = loader.load("yizheng")
        loader.resolve_aliases(implicit=True, external=False)
        missing = [
            name
            for told in rooms.ROOMS.values()
            for room in told
            for name in undocumented(package[room], importlib.import_module(f"yizheng.{room}"))
        ]
        assert missing == []


def no_program(sessions: int, copied: list[str]) -> list[str]:
    """What the button of a session copied and Python does not read, and whether a button copied nothing."""
    wrong = [] if len(copied) == sessions else [f"{len(copied)} of {sessions} sessions were copied"]
    for each in copied:
        try:
            compile(each, "copied", "exec", dont_inherit=True)
        except SyntaxError as error:
            wrong.append(f"copied: {error} in {each[:80]}")
    return wrong


def undocumented(told: Any, room: ModuleType) -> Iterator[str]:
    """Every public name of a room without a docstring, by its source alone."""
    for name in room.__all__:
        if isinstance(getattr(room, name), ModuleType):
            continue
        member = told[name]
        found = member.final_target if member.is_alias else member
        if found.is_module:
            found = found[name]
        if found.docstring is None:
            yield f"{room.__name__}.{name}"
        if found.is_class:
            yield from (
                f"{room.__name__}.{name}.{each}"
                for each, part in found.members.items()
                if not each.startswith("_") and not part.is_alias and part.is_function and part.docstring is None
            )


class TestInABrowser:
    """Pages are legible at a desk and in the hand, by day and by night."""

    def test_every_page(self, browser: Browser, unsearched: str, there: dict[str, built.Page]) -> None:
        """No page complains, asks another host for anything, or is wider than the window, at a desk or in the hand.

        No table is cut off at its frame, no button stands over code, and what is copied of a session is a program.
        Every page is opened in one of its languages, in light or in dark, and at length (``YIZHENG_EVERY_PAGE=1``) in
        both languages and in both schemes.
        """
        english = [page for page in there if not page.startswith("zh/") and page != "404.html"]
        opened = [
            (page if place % 2 else f"zh/{page}", "dark" if place // 2 % 2 else "light")
            for place, page in enumerate(english)
        ]
        if os.environ.get("YIZHENG_EVERY_PAGE") == "1":
            opened = list(itertools.product([*english, *(f"zh/{page}" for page in english)], ("light", "dark")))
        wrong: dict[str, Any] = {}
        for page, scheme in opened:
            browser.size(*DESKTOP, scheme)
            events = browser.open(unsearched + page)
            told = complaints(events)
            told += [each for each in asked_for(events) if not each.startswith((unsearched, "data:"))]
            told += browser.run(WIDE) + browser.run(CUT) + browser.run(COVERED) + no_program(*browser.run(COPIED))
            browser.size(*PHONE, scheme)
            told += browser.run(WIDE) + browser.run(CUT) + browser.run(COVERED)
            if told:
                wrong[f"{page} ({scheme})"] = told
        assert wrong == {}

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
    @pytest.mark.parametrize("page", ["drawn/", "zh/drawn/", "zh/record/", "rules/"])
    def test_pictures(self, browser: Browser, unsearched: str, page: str, size: tuple[int, int], scheme: str) -> None:
        """Every picture is drawn, told in words, and legible in light and dark; the page is as wide as the window."""
        browser.leave()
        browser.size(*size, scheme)
        events = browser.open(unsearched + page)
        assert browser.run("document.body.dataset.mdColorScheme") == {"light": "default", "dark": "slate"}[scheme]
        source = (ROOT / "docs" / f"{page.removeprefix('zh/').strip('/') or 'index'}.md").read_text(encoding="utf-8")
        figures = browser.run(FIGURES)
        assert len(figures) == len(re.findall(r"<!-- picture: ", source))
        for figure in figures:
            assert min(figure["width"], figure["height"]) > 200, figure["title"]
            assert figure["words"] >= 5
            assert figure["outside"] == [], figure["title"]
            assert figure["width"] <= figure["frame"] or size == PHONE, figure[
                "title"
            ]  # there it is moved in its frame
            assert figure["told"]
        assert all(each >= 4.5 for each in browser.run(CONTRASTS))
        assert complaints(events) == []
        assert not browser.run(OVERFLOWS)

    def test_every_procedure_is_drawn(self, there: dict[str, built.Page]) -> None:
        """The page of the diagrams has every procedure of the catalogue, in both languages."""
        for page, language in (("drawn/", "en"), ("zh/drawn/", "zh")):
            drawn = {f"yizheng-{each.digest[:12]}-{language}" for each in shown.procedures().values()}
            assert drawn <= there[page].ids

    @pytest.mark.parametrize(
        ("home", "words", "page"),
        [
            ("zh/", "公示", "zh/recipes/objections/"),
            ("zh/", "法定人数", "zh/recipes/by-law/"),
            ("zh/", "业主大会", "zh/catalogue/residents/"),
            ("zh/", "名册", "zh/reference/people/"),
            ("", "quorum", "recipes/by-law/"),
            ("", "TakeAttendance", "actions/"),
        ],
    )
    def test_search(self, browser: Browser, address: str, home: str, words: str, page: str) -> None:
        """What is typed into the search box is found, Chinese words as well as English ones."""
        browser.size(*DESKTOP, "light")
        browser.open(address + home)
        browser.run('document.querySelector("[data-md-toggle=search]").click()')
        browser.run('document.querySelector("[data-md-component=search-query]").focus()')
        browser.ask("Input.insertText", text=words)
        browser.run('document.querySelector("[data-md-component=search-query]").dispatchEvent(new Event("keyup"))')
        found = browser.until(lambda: browser.run(FOUND), f"an answer to {words}")
        assert f"/{page}" in found


class TestTheChecks:
    """The checks see what they are there for: each fault is planted once, and seen."""

    PAGE = (
        "<!doctype html><title>a page</title><meta name='viewport' content='width=device-width'>"
        "<link rel='icon' href='data:,'><article><h1 id='top'>A page</h1>{}</article>"
    )

    def plant(self, folder: Path, **pages: str) -> dict[str, built.Page]:
        """A small site with these pages."""
        for name, body in pages.items():
            file = folder / name.replace("_", "/") / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.PAGE.format(body), encoding="utf-8")
        return built.pages(folder)

    @pytest.mark.parametrize(
        ("link", "told"),
        [
            ("../b/", []),
            ("../b/#top", []),
            ("../c/", ["a/: ../c/ leads nowhere"]),
            ("#no", ["a/: #no has no such anchor"]),
        ],
        ids=["page", "anchor", "no-page", "no-anchor"],
    )
    def test_a_broken_link(self, tmp_path: Path, link: str, told: list[str]) -> None:
        """A link to a page or an anchor that is not there is told."""
        there = self.plant(tmp_path, a=f"<a href='{link}'>b</a>", b="")
        assert list(built.broken(tmp_path, there)) == told

    def test_a_missing_language(self, tmp_path: Path) -> None:
        """A page that stands in one language alone is told, whichever it is."""
        there = self.plant(tmp_path, a="", zh_a="", b="", zh_c="")
        assert list(built.alone(there)) == ["b/ has no counterpart zh/b/", "zh/c/ has no counterpart c/"]

    def test_something_from_elsewhere(self, tmp_path: Path) -> None:
        """A script, an image or a font of another host is told; a link to it is none of these."""
        there = self.plant(
            tmp_path, a="<script src='https://example.org/x.js'></script><a href='https://example.org/'>x</a>"
        )
        (tmp_path / "x.css").write_text("@font-face { src: url(//example.org/x.woff) }", encoding="utf-8")
        assert list(built.from_elsewhere(tmp_path, there)) == [
            "a/ loads https://example.org/x.js",
            "x.css loads //example.org/x.woff",
        ]

    @pytest.mark.parametrize(
        ("body", "seen"),
        [
            ("<p>nothing</p>", ([], [], False)),
            ("<script>console.error('a word')</script>", (["a word"], [], False)),
            ("<table><tr><td style='min-width: 900px'>wide</td></tr></table>", ([], [], True)),
        ],
        ids=["nothing", "console", "wide"],
    )
    def test_in_a_browser(self, browser: Browser, tmp_path: Path, body: str, seen: tuple[Any, ...]) -> None:
        """A word on the console and a table that is wider than the window are seen."""
        self.plant(tmp_path, a=body)
        browser.size(*PHONE, "light")
        for address in _served(tmp_path):
            events = browser.open(f"{address}a/")
            asked = [each for each in asked_for(events) if not each.startswith((address, "data:"))]
            assert (complaints(events), asked, bool(browser.run(WIDE))) == seen

    def test_another_host_in_a_browser(self, browser: Browser, tmp_path: Path) -> None:
        """What a script asks another host for is seen, though nothing in the page says so."""
        self.plant(tmp_path, a="<script>new Image().src = 'https://' + 'example.org/x.png'</script>")
        for address in _served(tmp_path):
            events = browser.open(f"{address}a/")
            assert "https://example.org/x.png" in asked_for(events)
