"""HTTP API of the plugins."""

from __future__ import annotations

import falcon

from m3m_core import ROOT, SIGNED_IN, Operation, PluginEntry, Route
from m3m_core.http import Paged, PageQuery, paged

from .service import PluginService


class PluginsResource:
    def __init__(self, service: PluginService) -> None:
        self._service = service

    def on_get(self, req: falcon.Request, resp: falcon.Response, query: PageQuery) -> None:
        """List the plugins, those that are off included."""
        entries = self._service.list()
        resp.media = paged(entries[query.skip : query.skip + query.per_page], len(entries), query)


class PluginResource:
    def __init__(self, service: PluginService) -> None:
        self._service = service

    def on_get(self, _req: falcon.Request, resp: falcon.Response, plugin: str) -> None:
        """One plugin."""
        resp.media = self._service.get(plugin)


class ReloadResource:
    def __init__(self, service: PluginService) -> None:
        self._service = service

    def on_post(self, _req: falcon.Request, resp: falcon.Response, plugin: str) -> None:
        """Load the plugins again, as they are on disk now. Running services keep what they have until a restart."""
        resp.media = self._service.reload(plugin)


def routes(service: PluginService) -> list[Route]:
    return [
        Route(
            "/api/plugins",
            PluginsResource(service),
            {"GET": Operation(SIGNED_IN, answer=Paged[PluginEntry], query=PageQuery)},
        ),
        Route("/api/plugins/{plugin}", PluginResource(service), {"GET": Operation(SIGNED_IN, answer=PluginEntry)}),
        Route(
            "/api/plugins/{plugin}/reload",
            ReloadResource(service),
            {"POST": Operation(ROOT, answer=PluginEntry, status=202)},
        ),
    ]
