"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Actor:
    """The author of a request.

    `kind` is `guest` (no or no valid credentials), `user` (an access token) or `key` (a project's API key).
    `id` is the user's id, or the project's id for a key. `rights` are the names of the granted permissions
    (`create_projects`, `manage_users`); `projects` the ids in the user's `project_access`.
    """

    kind: Literal["guest", "user", "key"] = "guest"
    id: str = ""
    email: str = ""
    is_root: bool = False
    rights: frozenset[str] = frozenset()
    projects: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_user(self) -> bool:
        return self.kind == "user"


GUEST = Actor()
SYSTEM = Actor(kind="user", id="", email="system", is_root=True)
"""The program itself: the command line, autostart, the demo."""
