"""The host side of `router`: which routes there are, for the status of the run."""

from __future__ import annotations

from pathlib import Path

from m3m_core import JSModule, RunContext

FOLDER = Path(__file__).parent


class Router:
    def __init__(self, run: RunContext) -> None:
        self._routes: list[dict[str, str]] = []
        run.report("routes", lambda: self._routes)

    def add(self, method: str, path: str) -> None:
        self._routes.append({"method": method, "path": path})


def part(name: str) -> str:
    """A script of this folder as an expression; on lines of its own, because it begins with comments."""
    return "(\n" + (FOLDER / name).read_text(encoding="utf-8") + ")"


SCRIPT = f"""(host, m3m) => {{
  const bodies = {part("bodies.js")}(m3m), routes = {part("routes.js")}();
  const answers = {part("answers.js")}(m3m, bodies), context = {part("context.js")}(m3m, answers);
  const web = {part("web.js")}(m3m, answers, bodies, routes, context.CACHE);
  return {part("router.js")}(host, m3m, routes, answers, context, web);
}}"""


def router_module(run: RunContext) -> JSModule:
    return JSModule("router", Router(run), SCRIPT, eager=True)
