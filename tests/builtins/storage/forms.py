"""Forms with files, as browsers send them."""

from __future__ import annotations

from m3m_core.testing import Answer, Client

BOUNDARY = "frontier"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def part(filename: str, data: bytes) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    return head.encode() + data + b"\r\n"


def form(*files: tuple[str, bytes]) -> bytes:
    return b"".join(part(*file) for file in files) + f"--{BOUNDARY}--\r\n".encode()


def upload(client: Client, body: bytes, path: str = "", content_type: str = TYPE) -> Answer:
    url = "/api/projects/shop/storage/upload"
    return client.post(url, params={"path": path}, body=body, content_type=content_type)
