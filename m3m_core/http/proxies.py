"""The real address and scheme of a client behind proxies that the configuration trusts."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


class Proxies:
    def __init__(self, cidrs: Sequence[str]) -> None:
        self._networks = [ip_network(cidr, strict=False) for cidr in cidrs]

    def trusts(self, address: str) -> bool:
        parsed = _parse(address)
        return parsed is not None and any(parsed in network for network in self._networks)

    def client(self, peer: str, forwarded_for: str, forwarded_proto: str, scheme: str) -> tuple[str, str]:
        """Address and scheme of the client, from the connection's own and the two `X-Forwarded-…` headers.

        The headers count only when the peer is a trusted proxy. The chain is read from its end: each proxy appends
        whom it saw, so the first address that is not a trusted proxy is the client, and what stands before it is
        hearsay.
        """
        if not self.trusts(peer):
            return peer, scheme
        address = peer
        for part in reversed(forwarded_for.split(",")):
            hop = _parse(part.strip())
            if hop is None:
                break
            address = str(hop)
            if not self.trusts(address):
                break
        proto = forwarded_proto.split(",")[-1].strip().lower()
        return address, proto if proto in ("http", "https") else scheme


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
