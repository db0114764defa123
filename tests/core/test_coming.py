"""Asking the supervisor which services come: seldom, and never in vain."""

from __future__ import annotations

import gevent
import pytest

from m3m_core.errors import Unavailable
from m3m_core.http import coming
from m3m_core.http.coming import Coming


class Supervisor:
    def __init__(self) -> None:
        self.asked = 0
        self.slugs: list[str] | None = ["shop"]

    def ask(self) -> list[str]:
        self.asked += 1
        gevent.sleep(0.01)
        if self.slugs is None:
            raise Unavailable("not now")
        return self.slugs


def test_a_flood_asks_once() -> None:
    supervisor = Supervisor()
    known = Coming(supervisor.ask)
    asking = [gevent.spawn(known.has, slug) for slug in ("shop", "other") * 100]
    gevent.joinall(asking)
    assert [each.value for each in asking] == [True, False] * 100
    assert supervisor.asked == 1


def test_an_answer_does_not_count_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coming, "FRESH", 0.02)
    supervisor = Supervisor()
    known = Coming(supervisor.ask)
    assert not known.has("other")
    supervisor.slugs = ["other"]
    gevent.sleep(0.03)
    assert known.has("other")


def test_while_nobody_can_say_everything_may_come() -> None:
    supervisor = Supervisor()
    supervisor.slugs = None
    assert Coming(supervisor.ask).has("anything")
