"""Which mail server a mail goes to: the one in the call, else the project's, else the administrator's.

They are never mixed: a password of one is not sent to the host of another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from m3m_core import Invalid, wrong_argument

from .config import SMTPConfig
from .wrong import one_line

LONGEST_TIMEOUT = 300.0
"""Seconds."""

OPTIONS = ("host", "port", "user", "password", "secure", "starttls", "verify", "ca")
VARIABLES = {f"SMTP_{name.upper()}": name for name in (*OPTIONS, "timeout", "from")}
WORDS = {
    "true": True,
    "1": True,
    "yes": True,
    "on": True,
    "false": False,
    "0": False,
    "no": False,
    "off": False,
    "": None,
}


@dataclass(frozen=True)
class Server:
    """`starttls` None: when the server offers it. `ca` is PEM. `sender` is who a mail is from if it does not say."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    secure: bool = False
    starttls: bool | None = None
    verify: bool = True
    ca: str = ""
    timeout: float = 20.0
    sender: str = ""

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"  # a password never reaches a log


def choose(options: Mapping[str, Any], environment: Callable[[], Mapping[str, Any]], config: SMTPConfig) -> Server:
    """Raises Invalid (`no_server`) when nobody names one."""
    timeout = {"timeout": options["timeout"]} if options.get("timeout") is not None else {}
    default = {"timeout": config.timeout}
    if options.get("host"):
        return made({**default, **{name: options.get(name) for name in OPTIONS}, **timeout})
    known = environment()
    if known.get("SMTP_HOST"):
        return made({**default, **{name: known.get(variable) for variable, name in VARIABLES.items()}, **timeout})
    if config.host:
        own = {name: getattr(config, name) for name in ("host", "port", "user", "password", "secure", "starttls")}
        return made({**own, **default, "from": config.sender, **timeout})
    raise Invalid(
        "No mail server is known: give host, or set SMTP_HOST in the project's environment.", code="no_server"
    )


def made(found: Mapping[str, Any]) -> Server:
    given = {name: value for name, value in found.items() if value is not None and value != ""}
    secure = flag(given, "secure") or False
    port = number(given, "port")
    secure = secure or (port == 465 and "secure" not in given)
    timeout = number(given, "timeout") or 20.0
    if not 0 < timeout <= LONGEST_TIMEOUT:
        raise wrong_argument(f"timeout is a number of seconds, at most {LONGEST_TIMEOUT:g}")
    if port != int(port) or not 0 <= port <= 65535:
        raise wrong_argument("port is a whole number from 1 to 65535")
    verify = flag(given, "verify")
    return Server(
        host=one_line(text(given, "host"), "host"),
        port=int(port) or (465 if secure else 587),
        user=text(given, "user"),
        password=text(given, "password"),
        secure=secure,
        starttls=flag(given, "starttls"),
        verify=verify is not False,
        ca=text(given, "ca"),
        timeout=timeout,
        sender=text(given, "from"),
    )


def text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise wrong_argument(f"{name} is a text")
    return str(value)


def number(given: Mapping[str, Any], name: str) -> float:
    """Variables of the environment may be texts."""
    value = given.get(name, 0)
    try:
        return 0.0 if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        raise wrong_argument(f"{name} is a number") from None


def flag(given: Mapping[str, Any], name: str) -> bool | None:
    value = given.get(name)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str | int) and str(value).lower() in WORDS:
        return WORDS[str(value).lower()]
    raise wrong_argument(f"{name} is true or false")
