"""The one HTML page, with the configuration in it, and the policy that lets only its own scripts run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' {scripts}",
        "worker-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # the editors set styles of single elements
        "img-src 'self' data: blob:",  # pictures that need a sign-in are fetched and shown from memory
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src {connected}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)


@dataclass(frozen=True)
class Index:
    html: bytes
    policy: str
    etag: str

    @classmethod
    def of(cls, built: str, services_uri: str = "") -> Index:
        """From the page that the build has made. `services_uri`: where services answer, when that is another host."""
        config = {"apiURL": "/api"} | ({"servicesURL": services_uri} if services_uri else {})
        script = f"<script>window.__APP_CONFIG__ = {json.dumps(config)}</script>"
        html = built.replace("<head>", f"<head>{script}", 1)
        hashes = [f"'sha256-{_hash(code)}'" for code in INLINE.findall(html)]
        data = html.encode()
        connected = " ".join(filter(None, ("'self'", services_uri)))
        policy = POLICY.format(scripts=" ".join(hashes), connected=connected)
        return cls(data, policy, sha256(data).hexdigest()[:16])


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
