"""Who belongs to a project. Only its owner and the root user change that; access is checked before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from m3m_core import Conflict, Invalid, NotFound, field, now

from .documents import Project

if TYPE_CHECKING:
    from m3m_builtins.auth.service import AuthService

Role = Literal["owner", "member", "granted"]


@dataclass(frozen=True)
class Member:
    """`user` is the user's document. `role` granted: through the user's own `project_access`."""

    user: Any
    role: Role


class Members:
    def __init__(self, auth: AuthService) -> None:
        self._auth = auth

    def list(self, project: Project) -> list[Member]:
        """The owner, then members in the order they were added, then users whom access was granted."""
        users = self._auth.users.by_ids(frozenset([project.owner_id, *project.members]))
        found = [Member(users[project.owner_id], "owner")] if project.owner_id in users else []
        found += [Member(users[user_id], "member") for user_id in project.members if user_id in users]
        listed = {member.user.id for member in found}
        granted = self._auth.users.with_access(project.id)
        return found + [Member(user, "granted") for user in granted if user.id not in listed]

    def add(self, project: Project, user_id: str) -> Member:
        """Raises Invalid for an unknown user, Conflict for one who belongs to the project already."""
        try:
            user = self._auth.users.get(user_id)
        except NotFound as error:
            raise Invalid(
                "There is no such user.", fields={"user_id": field("unknown_user", "There is no such user.")}
            ) from error
        added = Project.objects(id=project.id, members__ne=user_id, owner_id__ne=user_id, hidden=False).update_one(
            push__members=user_id, set__updated_at=now()
        )
        if not added:
            raise Conflict("This user belongs to the project already.", code="already_member")
        return Member(user, "member")

    def remove(self, project: Project, user_id: str) -> None:
        """Raises NotFound."""
        removed = Project.objects(id=project.id, members=user_id).update_one(
            pull__members=user_id, set__updated_at=now()
        )
        if not removed:
            raise NotFound("This user is not a member of the project.")

    def forget(self, user_id: str) -> None:
        """A user is gone: projects of theirs pass to the root user."""
        Project.objects(members=user_id).update(pull__members=user_id)
        root = self._auth.users.root()
        if root is not None:
            Project.objects(owner_id=user_id).update(set__owner_id=root.id)
            Project.objects(owner_id=root.id, members=root.id).update(pull__members=root.id)
