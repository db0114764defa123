"""A limit on failed logins, for an email and for an address, shared by all fronts through the database."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from math import ceil

from m3m_core import TooMany, now

from .documents import LoginFailure

FAILURES = 10
WINDOW = timedelta(minutes=15)


class Throttle:
    """Counts in a sliding window. Ask when it is this one's turn, before the password is checked, and again when it

    was right: many attempts sent at the same moment then gain nothing, and cost no more than the allowed ones.
    """

    def check(self, email: str, address: str) -> None:
        """Raises TooMany, with the seconds to wait."""
        since = now() - WINDOW
        for key in _keys(email, address):
            recent = LoginFailure.objects(key=key, at__gt=since).order_by("-at").only("at").limit(FAILURES)
            moments = [failure.at for failure in recent]
            if len(moments) >= FAILURES:
                wait = ceil((moments[-1] - since).total_seconds())
                raise TooMany(
                    f"Too many failed logins. Try again in {ceil(wait / 60)} min.",
                    code="too_many_logins",
                    retry_after=max(wait, 1),
                )

    def failed(self, email: str, address: str) -> None:
        moment = now()
        LoginFailure.objects.insert(
            [LoginFailure(key=key, at=moment, expires_at=moment + WINDOW) for key in _keys(email, address)]
        )

    def succeeded(self, email: str) -> None:
        """Forget the failures for the email. Those of the address stay: its owner may have an account too."""
        LoginFailure.objects(key=f"email:{email}").delete()


def _keys(email: str, address: str) -> list[str]:
    keys = [f"email:{email}"]
    if address:
        keys.append(f"address:{_neighbourhood(address)}")
    return keys


def _neighbourhood(address: str) -> str:
    """One IPv4 address, or the /64 that a holder of an IPv6 address owns anyway."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(getattr(ip, "ipv4_mapped", None) or ip)
