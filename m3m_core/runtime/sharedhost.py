"""Services on the host of the admin: what their answers may not tell a browser about all of that host."""

from __future__ import annotations

import re

NAMES = frozenset({"clear-site-data", "service-worker-allowed", "set-cookie"})
"""Headers, in lower case, of which some are withheld."""

OWN_COOKIE = re.compile(r"[=\s]*m3m_", re.IGNORECASE)
"""The program's own. A browser sends a cookie without a name as its value alone, so that `=m3m_…` counts too."""


def is_withheld(name: str, value: str) -> bool:
    """Of a header that is one of NAMES."""
    return name != "set-cookie" or OWN_COOKIE.match(value) is not None
