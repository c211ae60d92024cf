"""A headless browser, asked over a pipe by its own protocol: pages opened, what they asked for, what they said."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import itertools
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

QUIET: Final = (
    *("--headless=new", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    *("--disable-extensions", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
)
NUMBERED: Final = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
"""The protocol wants its two ends under these numbers."""

PATIENCE: Final = 30.0
"""How many seconds anything may take."""


class Browser:
    """A browser that is asked over a pipe; what it tells unasked is kept in ``events``."""

    def __init__(self, program: str, folder: Path) -> None:
        theirs, ours = zip(os.pipe(), os.pipe()[::-1], strict=True)
        commands, answers = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in theirs)

        self._process = subprocess.Popen(  # noqa: S603 -- the browser that is installed
            [
                *(sys.executable, "-c", NUMBERED, str(commands), str(answers), program, *QUIET),
                *(f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(commands, answers),
        )
        for end in (*theirs, commands, answers):
            os.close(end)
        self._write, self._read = ours
        self._rest = b""
        self._numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")
        # A page finds nothing that the last one has remembered, such as the choice between light and dark.
        self.ask("Page.addScriptToEvaluateOnNewDocument", source="try { localStorage.clear() } catch {}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            os.write(self._write, b'{"id":0,"method":"Browser.close"}\0')
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for end in (self._write, self._read):
            os.close(end)

    def ask(self, method: str, **given: Any) -> dict[str, Any]:
        """What the browser answers."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": given}
        if hasattr(self, "_session"):
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        for told in self._told():
            if told.get("id") == number:
                assert "error" not in told, (method, told["error"])
                return told["result"]
            self.events.append(told)
        raise AssertionError(method)

    def _told(self) -> Iterator[dict[str, Any]]:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            while b"\0" in self._rest:
                one, _, self._rest = self._rest.partition(b"\0")
                yield json.loads(one)
            if select.select([self._read], [], [], 1)[0]:
                self._rest += os.read(self._read, 1 << 20)
        raise TimeoutError(f"the browser said nothing for {PATIENCE} seconds")

    def size(self, width: int, height: int, scheme: str) -> None:
        """How large the window is, and whether light or dark is preferred."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        preferred = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media="screen", features=preferred)

    def leave(self) -> None:
        """Leave the page, so that it remembers nothing of the next window that it is not shown in."""
        self.ask("Page.navigate", url="about:blank")
        self.until(lambda: self.run("location.href") == "about:blank", "an empty page")

    def open(self, address: str) -> list[dict[str, Any]]:
        """Open a page and wait until it is loaded; everything that the browser told on the way."""
        self.events.clear()
        self.ask("Page.navigate", url=address)
        self.until(lambda: any(each.get("method") == "Page.loadEventFired" for each in self.events), address)
        self.run("document.fonts.ready.then(() => true)")
        return self.events

    def until(self, there: Callable[[], Any], what: str) -> Any:
        """Wait until something is there."""
        late = time.monotonic() + PATIENCE
        while time.monotonic() < late:
            if found := there():
                return found
            self.run("1")
            time.sleep(0.02)
        raise TimeoutError(f"{what} did not come within {PATIENCE} seconds")

    def run(self, script: str) -> Any:
        """What a script gives, on the page that is open."""
        told = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """The page that is open, as an image."""
        told = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(told["data"]))


def asked_for(events: list[dict[str, Any]]) -> list[str]:
    """Every address that a page asked for."""
    return [each["params"]["request"]["url"] for each in events if each.get("method") == "Network.requestWillBeSent"]


def complaints(events: list[Mapping[str, Any]]) -> list[str]:
    """Every error and warning that was told to the console, and every exception that nobody caught."""
    found = []
    for each in events:
        said = each.get("params", {})
        if each.get("method") == "Runtime.exceptionThrown":
            found.append(said["exceptionDetails"].get("exception", {}).get("description", "an exception"))
        elif each.get("method") == "Runtime.consoleAPICalled" and said["type"] in {"error", "warning", "assert"}:
            found.append(" ".join(str(one.get("value", one.get("description"))) for one in said["args"]))
        elif each.get("method") == "Log.entryAdded" and said["entry"]["level"] in {"error", "warning"}:
            found.append(f"{said['entry']['text']} {said['entry'].get('url', '')}")
    return found
