"""Cookie jars: the rules of domains, paths, secure connections and expiry are the standard library's."""

from __future__ import annotations

from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.request import Request as JarRequest

from .targets import Target

MOST_COOKIES = 500
LONGEST_COOKIE = 4096
"""Characters of name and value."""


class Policy(DefaultCookiePolicy):
    """A cookie without Domain goes back to its host alone; nobody sets one for a whole ending such as co.uk."""

    def __init__(self) -> None:
        super().__init__(
            netscape=True,
            rfc2965=False,
            strict_domain=True,
            strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain,
            secure_protocols=("https",),
        )

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        if len(cookie.name) + len(cookie.value or "") > LONGEST_COOKIE:
            return False
        if cookie.secure and request.type != "https":
            return False
        return super().set_ok(cookie, request)


class Jar:
    def __init__(self) -> None:
        self._jar = CookieJar(Policy())

    def header(self, target: Target) -> str:
        """What a request carries; empty when there is nothing for it."""
        request = JarRequest(target.url)  # noqa: S310  # only read by the jar; http and https alone come here
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie") or ""

    def take(self, target: Target, headers: Any) -> dict[str, str]:
        """Keep what an answer sets. Returns its names and values."""
        if "set-cookie" not in headers:
            return {}
        request = JarRequest(target.url)  # noqa: S310  # only read by the jar
        found = self._jar.make_cookies(Answered(headers), request)  # type: ignore[arg-type]  # all that it asks for
        for cookie in found:
            if len(self._jar) < MOST_COOKIES:
                self._jar.set_cookie_if_ok(cookie, request)
        return {cookie.name: cookie.value or "" for cookie in found}

    def clear(self) -> None:
        self._jar.clear()

    def listed(self) -> list[dict[str, Any]]:
        """`expires` is in milliseconds since 1970; None for one that ends with the jar."""
        self._jar.clear_expired_cookies()
        return [
            {
                "name": cookie.name,
                "value": cookie.value or "",
                "domain": cookie.domain.removeprefix("."),
                "hostOnly": not cookie.domain_specified,
                "path": cookie.path,
                "secure": cookie.secure,
                "expires": None if cookie.expires is None else cookie.expires * 1000,
            }
            for cookie in self._jar
        ]


class Answered:
    """An answer as far as a jar looks at it."""

    def __init__(self, headers: Any) -> None:
        self._headers = headers

    def info(self) -> Any:
        return self._headers
