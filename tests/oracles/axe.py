"""What axe-core finds in a page of HTML, in a real browser."""

import importlib.util
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

from tests.builders.tools import absent

_RUN = """
axe.run(document, {resultTypes: ["violations", "passes"]}).then(found => {
  const told = {
    violations: found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]),
    passes: found.passes.map(one => one.id),
  };
  const place = document.createElement("pre");
  place.id = "axe-found";
  place.textContent = JSON.stringify(told);
  document.body.appendChild(place);
});
"""


def axe(page: bytes, folder: Path) -> dict:
    """What it finds in chromium: violations, and the ids of the rules that it passes."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        absent("chromium")
    package = Path(importlib.util.find_spec("axe_playwright_python").origin).parent
    script = (package / "axe.min.js").read_text(encoding="utf-8")
    tested = page.decode().replace("</body>", f"<script>{script}</script><script>{_RUN}</script></body>")
    (folder / "page.html").write_text(tested, encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--window-size=1000,1400",
               f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=60000", "--dump-dom",
               (folder / "page.html").as_uri()]  # fmt: skip
    dumped = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    (found,) = re.findall(r'<pre id="axe-found">(.*?)</pre>', dumped, re.DOTALL)
    return json.loads(unescape(found))
