"""Requests of a service to another server: the first, the next on its connection, and with a connection for each."""

from __future__ import annotations

import datetime
import multiprocessing
import ssl
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from . import options, tables
from .programs import LOCALHOST
from .server import Server

SLUG = "outgoing"
SERVICE = """
router.post('/:count', (ctx) => {
  const { base, path } = ctx.query
  return Array.from({ length: Number(ctx.params.count) }, () => {
    const begin = performance.now()
    http.get(base + path, { verify: false })
    return performance.now() - begin
  })
})
"""


class Handler(BaseHTTPRequestHandler):
    """Answers a hundred bytes; below /close it ends the connection then."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        if self.path == "/close":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"x" * 100)

    def log_message(self, *arguments: Any) -> None:
        pass


def serve(told: Connection, certificate: Path | None) -> None:
    server = ThreadingHTTPServer((LOCALHOST, 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    told.send(server.server_port)
    server.serve_forever()


@contextmanager
def answering(certificate: Path | None) -> Iterator[str]:
    """The address of a server in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(theirs, certificate), daemon=True)
    process.start()
    try:
        yield f"{'https' if certificate else 'http'}://{LOCALHOST}:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


def certificate(folder: Path) -> Path:
    """With its key, in one file; signed by itself."""
    key, moment = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - datetime.timedelta(days=1))
        .not_valid_after(moment + datetime.timedelta(days=1))
        .sign(key, SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


def measured(server: Server, base: str, count: int) -> tuple[float, float, float]:
    """Milliseconds: of the first request, the median of the next ones, the median with a connection for each."""
    kept = server.call(SLUG, f"/{count + 1}?base={base}&path=/keep")
    apart = server.call(SLUG, f"/{count}?base={base}&path=/close")
    return kept[0], statistics.median(kept[1:]), statistics.median(apart[1:])


def main() -> None:
    parser = options.parser(__doc__)
    options.count(parser, "count", 500, 5000, "requests of each kind")
    chosen = options.chosen(parser)
    rows = []
    with tempfile.TemporaryDirectory(prefix="m3m-benchmark-") as folder:
        for name, secure in (("http", None), ("https", certificate(Path(folder)))):
            with options.fresh_server() as server, answering(secure) as base:
                server.run(SLUG, SERVICE)
                rows.append((name, *(f"{each:.2f}" for each in measured(server, base, chosen.count))))
    columns = ("to", "the very first ms", "next on the same connection, p50 ms", "a connection for each, p50 ms")
    tables.show("http.get of 100 bytes over the loopback", columns, rows)


if __name__ == "__main__":
    main()
