"""The Falcon application of a front: the routes of all plugins behind one edge, one access check, one error shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import falcon
from falcon.media import Handlers

from ..contributions import FALLBACK
from . import errors
from .access import Access
from .edge import Cors, Edge
from .json import HANDLER
from .openapi import OpenAPI
from .routing import Endpoints, RouteError, RouteTable, endpoints_of, fallback

if TYPE_CHECKING:
    from ..kernel import Kernel
    from ..plugins import PluginHost

KERNEL = "m3m"
"""The owner of the kernel's own routes in messages."""

App: TypeAlias = falcon.App[falcon.Request, falcon.Response]


def create_app(kernel: Kernel) -> App:
    """The application of a started kernel. A plugin whose routes cannot be added is switched off with the reason."""
    server = kernel.settings.server
    app: App = falcon.App(middleware=[Edge(server.trusted_proxies), Cors(server.cors_origins)])
    handlers = Handlers({falcon.MEDIA_JSON: HANDLER})
    app.resp_options.media_handlers = handlers
    app.req_options.media_handlers[falcon.MEDIA_JSON] = HANDLER
    errors.install(app)
    access = Access(kernel.host)
    for path, endpoints in _table(kernel.host).by_path().items():
        if path == FALLBACK:
            app.add_sink(fallback(endpoints[0], access, server.body_limit), "/")
        else:
            app.add_route(path, Endpoints(endpoints, access, server.body_limit))
    return app


def _table(host: PluginHost) -> RouteTable:
    """The routes of all plugins that are on. Begins again without a plugin whose routes do not fit."""
    collected = list(host.each_owned("m3m_routes"))
    while True:
        on = {entry.name for entry in host.entries() if entry.state == "on"}
        table = RouteTable()
        own = OpenAPI(table.endpoints)
        try:
            for plugin, routes in [(KERNEL, own.routes()), *collected]:
                if plugin in on or plugin == KERNEL:
                    table.add(list(endpoints_of(plugin, routes)))
        except RouteError as error:
            host.switch_off(error.plugin, error.message)
            continue
        return table
