"""Which addresses services may connect to. Asked with the very address of a connection, never with a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from .errors import Forbidden

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Rule:
    """`name` completes "services do not reach …"."""

    name: str
    networks: tuple[Network, ...]

    def covers(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    return tuple(ip_network(text, strict=False) for text in texts)


ALWAYS = (
    Rule(
        "metadata services of clouds",
        networks(
            (
                "169.254.169.254",  # most clouds
                "169.254.170.2",  # Amazon's containers
                "100.100.100.200",  # Alibaba
                "168.63.129.16",  # Azure
                "192.0.0.192",  # Oracle
                "fd00:ec2::254",  # Amazon
                "fd20:ce::254",  # Google
                "fd00:42::42",  # Scaleway
            )
        ),
    ),
    Rule("link-local addresses", networks(("169.254.0.0/16", "fe80::/10"))),
    Rule(
        "addresses that are not of one host",
        networks(("224.0.0.0/4", "240.0.0.0/4", "ff00::/8")),
    ),
)

PRIVATE = Rule(
    "private and loopback addresses",
    networks(
        (
            "0.0.0.0/8",  # connecting there is connecting to this machine
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "::/128",
            "::1/128",
            "64:ff9b:1::/48",  # addresses behind a translator of one's own
            "fc00::/7",
            "fec0::/10",
        )
    ),
)

EMBEDDED = (
    # network, bits to the right of the IPv4 address that it carries
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("64:ff9b:1::/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
TEREDO = IPv6Network("2001::/32")
LAST_WORD = 0xFFFFFFFF


@dataclass(frozen=True)
class EgressConfig:
    """Part of the settings of a plugin that connects for services.

    `allow_private`: whether private and loopback addresses may be reached. `allow` and `deny` are addresses and
    networks (`10.1.0.0/16`): `deny` comes before everything, `allow` before the rules for link-local, metadata and
    private addresses.
    """

    allow_private: bool = True
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (*self.allow, *self.deny):
            try:
                ip_network(text, strict=False)
            except ValueError:
                raise ValueError(
                    f'"{text}" in allow or deny is neither an address nor a network such as 10.0.0.0/8'
                ) from None


class Egress:
    """`where` is the path of the settings, for messages: `plugins.config.http`."""

    def __init__(self, config: EgressConfig, where: str) -> None:
        self._where = where
        self._allow = Rule("", networks(config.allow))
        self._deny = Rule(f"what {where}.deny names", networks(config.deny))
        self._rules = ALWAYS if config.allow_private else (*ALWAYS, PRIVATE)

    def check(self, text: str) -> None:
        """Raises Forbidden (`egress_refused`) for an address that services do not reach."""
        broken = self.broken_rule(ip_address(text.partition("%")[0]))
        if broken is not None:
            raise Forbidden(
                f"The connection to {text} is refused: services do not reach {broken.name}. "
                f"The server's administrator may allow an address with {self._where}.allow.",
                code="egress_refused",
            )

    def broken_rule(self, address: Address) -> Rule | None:
        faces = list(faces_of(address))
        if any(self._deny.covers(face) for face in faces):
            return self._deny
        if any(self._allow.covers(face) for face in faces):
            return None
        return next((rule for rule in self._rules if any(rule.covers(face) for face in faces)), None)


def faces_of(address: Address) -> Iterator[Address]:
    """The address itself, and the IPv4 address that a translator or tunnel would make of it."""
    yield address
    if isinstance(address, IPv4Address):
        return
    number = int(address)
    for network, shift in EMBEDDED:
        if address in network and number > 1:
            yield IPv4Address(number >> shift & LAST_WORD)
    if address in TEREDO:
        yield IPv4Address(~number & LAST_WORD)
