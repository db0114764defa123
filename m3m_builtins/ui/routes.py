"""Answers browsers: the built files, and the page itself for every address that is not of the API or a service."""

from __future__ import annotations

import falcon

from m3m_core import FALLBACK, PUBLIC, Operation, Route

from . import unbuilt
from .service import Asset, UiService

FOREVER = ("public", "max-age=31536000", "immutable")
SETUP = "setup"


class PageResource:
    def __init__(self, service: UiService) -> None:
        self._service = service

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A file of the admin, or its page."""
        path = req.path.lstrip("/")
        resp.set_header("X-Frame-Options", "DENY")
        asset = self._service.asset(path)
        if asset is not None:
            _send_asset(req, resp, asset)
        elif self._service.is_built:
            self._send_index(req, resp)
        else:
            _send_unbuilt(resp, is_setup=path == SETUP)

    def _send_index(self, req: falcon.Request, resp: falcon.Response) -> None:
        index = self._service.index
        resp.set_header("Content-Security-Policy", index.policy)
        resp.cache_control = ["no-cache"]
        resp.etag = index.etag
        if _is_known(req, index.etag):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = falcon.MEDIA_HTML
        resp.data = index.html


def _send_asset(req: falcon.Request, resp: falcon.Response, asset: Asset) -> None:
    resp.cache_control = list(FOREVER) if asset.immutable else ["no-cache"]
    resp.append_header("Vary", "Accept-Encoding")
    encoding = next((name for name in asset.encoded if _accepts(req, name)), "")
    resp.etag = f"{asset.etag}-{encoding}" if encoding else asset.etag
    if _is_known(req, resp.etag.strip('"')):
        resp.status = falcon.HTTP_304
        return
    if encoding:
        resp.set_header("Content-Encoding", encoding)
    file = asset.encoded.get(encoding, asset.path)
    resp.content_type = asset.media_type
    resp.content_length = file.stat().st_size
    if req.method != "HEAD":
        resp.stream = file.open("rb")


def _send_unbuilt(resp: falcon.Response, *, is_setup: bool) -> None:
    page = unbuilt.setup() if is_setup else unbuilt.how_to_build()
    resp.status = falcon.HTTP_200 if is_setup else falcon.HTTP_503
    resp.set_header("Content-Security-Policy", page.policy)
    resp.content_type = falcon.MEDIA_HTML
    resp.text = page.html


def _is_known(req: falcon.Request, etag: str) -> bool:
    return any(tag in ("*", etag) for tag in req.if_none_match or ())


def _accepts(req: falcon.Request, encoding: str) -> bool:
    """Whether the client takes an encoding: `q=0` refuses it."""
    for offer in req.get_header("Accept-Encoding", default="").lower().split(","):
        name, _, quality = offer.partition(";")
        if name.strip() == encoding:
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def routes(service: UiService) -> list[Route]:
    return [Route(FALLBACK, PageResource(service), {"GET": Operation(PUBLIC)})]
