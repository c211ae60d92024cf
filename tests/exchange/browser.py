"""Diagrams in a browser: one page that opens every BPMN document with bpmn-js and reads every Mermaid text, and says how."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from left_out import LEFT_OUT

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = {
    "bpmn-js": ROOT / "node_modules/bpmn-js/dist/bpmn-viewer.development.js",
    "mermaid": ROOT / "node_modules/mermaid/dist/mermaid.min.js",
}
REQUIRED: Final = os.environ.get("YIZHENG_REQUIRE_ALL") == "1"

_PAGE: Final = """<!doctype html><meta charset="utf-8"><body><pre id="told"></pre>
<script src="{bpmn}"></script><script src="{mermaid}"></script><script>
const given = {given}, told = {{bpmn: {{}}, mermaid: {{}}}};
(async () => {{
  for (const [name, text] of Object.entries(given.bpmn)) {{
    const container = document.body.appendChild(document.createElement("div"));
    container.style.cssText = "width: 900px; height: 900px";
    const viewer = new BpmnJS({{container}});
    try {{
      const {{warnings}} = await viewer.importXML(text);
      const drawn = viewer.get("elementRegistry").getAll().map((element) => element.id);
      told.bpmn[name] = {{warnings: warnings.map((each) => each.message), drawn}};
    }} catch (error) {{
      told.bpmn[name] = {{error: error.message}};
    }}
    viewer.destroy();
    container.remove();
  }}
  for (const [name, text] of Object.entries(given.mermaid)) {{
    try {{
      told.mermaid[name] = (await mermaid.parse(text)).diagramType;
    }} catch (error) {{
      told.mermaid[name] = "error: " + error.message;
    }}
  }}
  document.getElementById("told").textContent = JSON.stringify(told);
}})();
</script>"""


def _left_out(what: str, how: str) -> None:
    LEFT_OUT["diagrams in a browser"] = how
    tell = pytest.fail if REQUIRED else pytest.skip
    tell(f"{what} is not installed: {how}")


def browser() -> str:
    """The path of the browser."""
    found = shutil.which("chromium")
    if found is None:
        _left_out("chromium", "apt-get install chromium")
    return str(found)


def opened(bpmn: Mapping[str, str], mermaid: Mapping[str, str]) -> dict[str, Any]:
    """What came of each document: of BPMN what was drawn, and every warning; of Mermaid the kind of diagram."""
    program = browser()
    for package, file in PACKAGES.items():
        if not file.exists():
            _left_out(package, f"npm pack {package}, into node_modules, as .ci/run does")
    given = json.dumps({"bpmn": bpmn, "mermaid": mermaid}).replace("</", "<\\/")
    with tempfile.TemporaryDirectory(prefix="yizheng-") as folder:
        page = Path(folder) / "page.html"
        scripts = {"bpmn": PACKAGES["bpmn-js"].as_uri(), "mermaid": PACKAGES["mermaid"].as_uri()}
        page.write_text(_PAGE.format(given=given, **scripts), encoding="utf-8")
        quiet = ["--headless", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"]
        alone = [f"--user-data-dir={folder}/profile", "--host-resolver-rules=MAP * ~NOTFOUND"]
        done = subprocess.run(  # noqa: S603 -- our own page, and no network
            [program, *quiet, *alone, "--virtual-time-budget=60000", "--dump-dom", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
    text = re.search(r'<pre id="told">(.*?)</pre>', done.stdout.decode(), re.DOTALL)[1]
    assert text, done.stderr.decode()[-2000:]
    return json.loads(html.unescape(text))
