"""Which addresses services reach, and that the address that is checked is the one that is connected to."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import yaml

from m3m_core import Forbidden, Unavailable, outgoing
from m3m_core.egress import Egress, EgressConfig
from m3m_core.outgoing import connect

METADATA, LINK, NO_HOST = "metadata services", "link-local", "not of one host"
PRIVATE, DENIED = "private and loopback", "plugins.config.mine.deny"
WHERE = "plugins.config.mine"


def rule(address: str, **config: Any) -> str | None:
    broken = Egress(EgressConfig(**config), WHERE).broken_rule(ip_address(address))
    return None if broken is None else broken.name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("169.254.169.254", METADATA),
        ("169.254.170.2", METADATA),
        ("100.100.100.200", METADATA),
        ("168.63.129.16", METADATA),
        ("192.0.0.192", METADATA),
        ("fd00:ec2::254", METADATA),
        ("fd20:ce::254", METADATA),
        ("169.254.0.1", LINK),
        ("169.254.255.255", LINK),
        ("fe80::1", LINK),
        ("febf::1", LINK),
        ("224.0.0.1", NO_HOST),
        ("255.255.255.255", NO_HOST),
        ("ff02::1", NO_HOST),
        ("::ffff:169.254.169.254", METADATA),  # IPv4-mapped
        ("::169.254.169.254", METADATA),  # IPv4-compatible
        ("64:ff9b::a9fe:a9fe", METADATA),  # NAT64
        ("64:ff9b:1::a9fe:a9fe", METADATA),  # NAT64 of one's own
        ("::ffff:0:a9fe:a9fe", METADATA),  # SIIT
        ("2002:a9fe:a9fe::1", METADATA),  # 6to4
        ("2001:0:4136:e378:8000:63bf:5601:5601", METADATA),  # Teredo: the client's address is inverted
    ],
)
def test_always_refused(address: str, name: str) -> None:
    assert name in (rule(address) or "")
    assert name in (rule(address, allow_private=False) or "")
    assert rule(address, allow=("0.0.0.0/0", "::/0")) is None
    assert DENIED in (rule(address, allow=("0.0.0.0/0", "::/0"), deny=("0.0.0.0/0", "::/0")) or "")


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "172.16.0.1", "172.31.255.255",
        "192.168.0.1", "198.18.0.1", "::", "::1", "fc00::1", "fdff::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:0.0.0.0", "64:ff9b::7f00:1", "2002:7f00:1::1", "fec0::1",
    ],
)  # fmt: skip
def test_refused_by_the_setting(address: str) -> None:
    assert rule(address) is None
    assert PRIVATE in (rule(address, allow_private=False) or "")


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "172.32.0.1", "172.15.255.255", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"],
)
def test_the_world_is_reached(address: str) -> None:
    assert rule(address, allow_private=False) is None


def test_allow_and_deny() -> None:
    config = {"allow_private": False, "allow": ("10.1.0.0/16", "::1"), "deny": ("10.1.9.0/24", "8.8.8.8")}
    names = [
        rule(address, **config) for address in ("10.1.2.3", "::1", "10.2.0.1", "10.1.9.9", "8.8.8.8", "::ffff:8.8.8.8")
    ]
    assert names[:2] == [None, None]
    assert PRIVATE in (names[2] or "")
    assert [DENIED in (name or "") for name in names[3:]] == [True] * 3


def test_a_wrong_network_is_a_wrong_setting() -> None:
    with pytest.raises(ValueError, match=r'"10\.0\.0\.0/64" in allow or deny is neither an address nor a network'):
        EgressConfig(deny=("10.0.0.0/64",))


class Names:
    """A name server whose answers change; counts what it is asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(outgoing.socket.AF_INET, outgoing.socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def connected_to(port: int, **config: Any) -> str:
    made = connect(Egress(EgressConfig(**config), WHERE), "shop.example", port, 1.0)
    with made:
        return str(made.getpeername()[0])


def test_what_is_checked_is_what_is_connected_to(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name changes its address after the check: nobody asks for it again."""
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", names)
    assert (connected_to(port), names.asked) == ("127.0.0.1", 1)
    with pytest.raises(Forbidden, match=r"services do not reach metadata .* with plugins\.config\.mine\.allow"):
        connected_to(port)


def test_of_several_addresses_only_allowed_ones_are_tried(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", Names(["169.254.169.254", "127.0.0.2", "127.0.0.1"]))
    assert connected_to(port, deny=("127.0.0.2",)) == "127.0.0.1"


def test_of_several_addresses_the_next_is_tried(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", Names(["127.0.0.9", "127.0.0.1"]))
    assert connected_to(port) == "127.0.0.1"


def test_nobody_listens(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", Names(["127.0.0.9", "127.0.0.8"]))
    with pytest.raises(Unavailable, match="connection failed") as caught:
        connected_to(port)
    assert caught.value.code == "connect_failed"


def test_the_rule_of_the_documentation_keeps_services_from_the_loopback() -> None:
    """Whatever an address for it looks like: who connects to any of them comes from 127.0.0.1 or ::1."""
    text = (Path(__file__).parents[2] / "docs/operations.md").read_text()
    (deny,) = re.findall(r"^ +deny: (\[.*\])$", text, re.MULTILINE)
    for address in ("127.0.0.1", "127.0.0.2", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1"):
        assert DENIED in (rule(address, deny=tuple(yaml.safe_load(deny))) or ""), address
