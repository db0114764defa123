"""The host side of `router`: which routes there are, for the status of the run."""

from __future__ import annotations

from functools import partial

from m3m_core import JSModule, RunContext, script_beside

part = partial(script_beside, __file__)


class Router:
    def __init__(self, run: RunContext) -> None:
        self._routes: list[dict[str, str]] = []
        run.report("routes", lambda: self._routes)

    def add(self, method: str, path: str) -> None:
        self._routes.append({"method": method, "path": path})


SCRIPT = f"""(host, m3m) => {{
  const bodies = {part("bodies.js")}(m3m), routes = {part("routes.js")}();
  const answers = {part("answers.js")}(m3m, bodies), context = {part("context.js")}(m3m, answers);
  const web = {part("web.js")}(m3m, answers, bodies, routes, context.CACHE);
  return {part("router.js")}(host, m3m, routes, answers, context, web);
}}"""


def router_module(run: RunContext) -> JSModule:
    return JSModule("router", Router(run), SCRIPT, eager=True)
