"""The pools of connections of one instance. Imported on the first request: urllib3 costs memory and time."""

from __future__ import annotations

import logging
import ssl
from collections import OrderedDict
from pathlib import Path
from typing import Any

import urllib3
from gevent.ssl import SSLContext
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .connect import Connect
from .targets import Proxy

HOSTS = 20
"""Hosts whose connections are kept."""

CONNECTIONS = 10
"""Idle connections to one host that are kept."""

MOST_MANAGERS = 8
"""Proxies come from services, which could name ever new ones."""

logging.getLogger("urllib3").setLevel(logging.ERROR)  # its warnings show whole addresses, secrets in them too


class Transports:
    def __init__(self, connect: Connect, ca_file: Path | None) -> None:
        self._ca_file = ca_file
        self._contexts: dict[bool, Any] = {}
        self._schemes = pool_classes(connect)
        self._managers: OrderedDict[tuple[Proxy | None, bool | None], urllib3.PoolManager] = OrderedDict()

    def manager(self, proxy: Proxy | None, verify: bool, scheme: str) -> urllib3.PoolManager:
        """Plain ones know nothing of certificates, which take megabytes."""
        secure = scheme == "https" or (proxy is not None and proxy.url.startswith("https"))
        key = (proxy, verify if secure else None)
        if key not in self._managers:
            self._managers[key] = self._make(*key)
        self._managers.move_to_end(key)
        if len(self._managers) > MOST_MANAGERS:
            self._managers.popitem(last=False)[1].clear()
        return self._managers[key]

    def _make(self, proxy: Proxy | None, verify: bool | None) -> urllib3.PoolManager:
        context = None if verify is None else self._context(verify)
        options: dict[str, Any] = {"num_pools": HOSTS, "maxsize": CONNECTIONS, "ssl_context": context}
        if proxy is None:
            made = urllib3.PoolManager(**options)
        else:
            headers = urllib3.make_headers(proxy_basic_auth=proxy.credentials or None)
            made = urllib3.ProxyManager(proxy.url, proxy_headers=headers, proxy_ssl_context=context, **options)
        made.pool_classes_by_scheme = self._schemes
        return made

    def _context(self, verify: bool) -> Any:
        """Made once: it holds all certificate authorities of the system."""
        if verify not in self._contexts:
            context = SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            if verify:
                context.load_default_certs()
                if self._ca_file is not None:
                    context.load_verify_locations(self._ca_file)
            else:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            self._contexts[verify] = context
        return self._contexts[verify]


def pool_classes(connect: Connect) -> dict[str, Any]:
    """urllib3's own, but for how a connection is made."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> Any:
            return connect(self._dns_host, self.port, seconds_of(self.timeout))

    class Secure(HTTPSConnection):
        def _new_conn(self) -> Any:
            return connect(self._dns_host, self.port, seconds_of(self.timeout))

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

        def _validate_conn(self, conn: Any) -> None:
            """As urllib3's own but without its warning: it is the service that says verify: false."""
            if conn.is_closed:
                conn.connect()

    return {"http": PlainPool, "https": SecurePool}


def seconds_of(timeout: Any) -> float | None:
    return float(timeout) if isinstance(timeout, int | float) else None
