"""What happens to every request and answer of the admin API at its outer edge: id, address, headers for browsers."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import falcon

from ..errors import Malformed
from .proxies import Proxies

CORS_METHODS = "GET, POST, PUT, PATCH, DELETE"
CORS_HEADERS = "Authorization, Content-Type, If-Match, X-API-Key"
CORS_SECONDS = 600


class Edge:
    """Middleware: `req.context.request_id`, the client's real address and scheme, and the security headers."""

    def __init__(self, trusted_proxies: Sequence[str]) -> None:
        self._proxies = Proxies(trusted_proxies)

    def process_request(self, req: falcon.Request, resp: falcon.Response) -> None:  # noqa: ARG002  # falcon's names
        req.context.request_id = secrets.token_hex(8)
        address, scheme = self._proxies.client(
            req.remote_addr,
            req.get_header("X-Forwarded-For", default=""),
            req.get_header("X-Forwarded-Proto", default=""),
            req.scheme,
        )
        req.env["REMOTE_ADDR"], req.env["wsgi.url_scheme"] = address, scheme
        if "\0" in req.path or "%00" in req.query_string:
            raise Malformed("The address contains the character NUL.")

    def process_response(self, req: falcon.Request, resp: falcon.Response, *_: object) -> None:
        resp.set_header("X-Request-Id", req.context.request_id)
        resp.set_header("X-Content-Type-Options", "nosniff")
        resp.set_header("Referrer-Policy", "same-origin")
        if resp.get_header("Cache-Control") is None:
            resp.set_header("Cache-Control", "no-store")


class Cors:
    """Middleware: lets the configured origins use the admin API from a browser. Without any: same origin only."""

    def __init__(self, origins: Sequence[str]) -> None:
        self._origins = frozenset(origin.rstrip("/") for origin in origins)

    def process_request(self, req: falcon.Request, resp: falcon.Response) -> None:
        preflight = req.method == "OPTIONS" and req.get_header("Access-Control-Request-Method") is not None
        if preflight and self._allowed(req):
            resp.set_header("Access-Control-Allow-Methods", CORS_METHODS)
            resp.set_header("Access-Control-Allow-Headers", CORS_HEADERS)
            resp.set_header("Access-Control-Max-Age", str(CORS_SECONDS))
            resp.status = falcon.HTTP_204
            resp.complete = True

    def process_response(self, req: falcon.Request, resp: falcon.Response, *_: object) -> None:
        if not self._origins:
            return
        resp.append_header("Vary", "Origin")
        if self._allowed(req):
            resp.set_header("Access-Control-Allow-Origin", req.get_header("Origin", default=""))
            resp.set_header("Access-Control-Expose-Headers", "X-Request-Id, Retry-After, ETag")

    def _allowed(self, req: falcon.Request) -> bool:
        return req.get_header("Origin") in self._origins
