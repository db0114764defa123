"""The host side of `router`: which routes there are, for the status of the run."""

from __future__ import annotations

from functools import partial

import orjson

from m3m_core import REPORT_LIMIT, JSModule, RunContext, script_beside

part = partial(script_beside, __file__)


class Router:
    """Of more routes than a report takes, the first are told, and how many there are."""

    def __init__(self, run: RunContext) -> None:
        self._routes: list[dict[str, str]] = []
        self._total = 0
        self._room = REPORT_LIMIT - len("[]")
        run.report("routes", lambda: self._routes)
        run.report("routes_total", lambda: self._total)

    def add(self, method: str, path: str) -> None:
        row = {"method": method, "path": path}
        self._total += 1
        self._room -= len(orjson.dumps(row)) + len(",")
        if self._room >= 0:
            self._routes.append(row)


SCRIPT = f"""(host, m3m) => {{
  const bodies = {part("bodies.js")}(m3m), routes = {part("routes.js")}();
  const answers = {part("answers.js")}(m3m, bodies), context = {part("context.js")}(m3m, answers);
  const web = {part("web.js")}(m3m, answers, bodies, routes, context.CACHE);
  return {part("router.js")}(host, m3m, routes, answers, context, web);
}}"""


def router_module(run: RunContext) -> JSModule:
    return JSModule("router", Router(run), SCRIPT, eager=True)
