"""The rules about users: who may be added, changed, blocked and deleted, and by whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from mongoengine import NotUniqueError
from mongoengine.queryset.visitor import Q

from m3m_core import Actor, Conflict, Forbidden, Invalid, NotFound, field, now

from . import passwords, rights
from .documents import Avatar, Permissions, User
from .rights import Visible
from .sessions import Sessions

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def normal_email(email: str) -> str:
    """The form that is stored and compared. Raises Invalid for what is no email."""
    normal = email.strip().casefold()
    if len(normal) > 254 or not EMAIL.fullmatch(normal) or not normal.isprintable():
        raise Invalid(
            "The email address is not valid.",
            fields={"email": field("invalid_email", "Enter an email address, like ann@example.com.")},
        )
    return normal


class Users:
    """`visible` says which projects an actor may see; `deleted` is told the id of a user who is gone."""

    def __init__(self, sessions: Sessions, visible: Visible, deleted: Callable[[str], None]) -> None:
        self._sessions = sessions
        self._visible = visible
        self._deleted = deleted

    def any(self) -> bool:
        return bool(User.objects.limit(1).count(with_limit_and_skip=True))

    def root(self) -> User | None:
        found: User | None = User.objects(is_root=True).first()
        return found

    def get(self, user_id: str) -> User:
        """Raises NotFound."""
        user: User | None = User.objects(id=user_id).first()
        if user is None:
            raise NotFound("There is no such user.")
        return user

    def by_email(self, email: str) -> User | None:
        found: User | None = User.objects(email=email).first()
        return found

    def page(self, skip: int, limit: int, search: str = "") -> tuple[list[User], int]:
        """A part of the users and the number of all. `search` is a part of the email or the name."""
        found = User.objects(Q(email__icontains=search) | Q(name__icontains=search)) if search else User.objects
        shown = found.order_by("email", "id").skip(skip).limit(limit)
        return list(shown), found.count()

    def by_ids(self, ids: frozenset[str]) -> dict[str, User]:
        return {user.id: user for user in User.objects(id__in=ids)}

    def with_access(self, project_id: str) -> list[User]:
        """Users to whom the project was granted."""
        return list(User.objects(permissions__project_access=project_id).order_by("email"))

    def forget_project(self, project_id: str) -> None:
        User.objects(permissions__project_access=project_id).update(pull__permissions__project_access=project_id)

    def create_root(self, email: str, password: str, name: str = "") -> User:
        """Raises Conflict when there is a root user already."""
        return self._insert(email=email, password=password, name=name, is_root=True)

    def create(
        self, actor: Actor, email: str, password: str, name: str = "", permissions: Mapping[str, Any] | None = None
    ) -> User:
        """Raises Invalid, Forbidden for rights that the actor lacks, Conflict for an email in use."""
        granted = rights.changes(actor, Permissions(), permissions or {}, self._visible)
        return self._insert(email=email, password=password, name=name, permissions=Permissions(**granted))

    def update(self, actor: Actor, user_id: str, changes: Mapping[str, Any]) -> User:
        """Change the given keys: email, name, permissions, password. A new password ends all of the user's sessions.

        Raises NotFound, Forbidden, Invalid, Conflict.
        """
        user = self._changeable(actor, user_id)
        as_read: dict[str, Any] = {}
        values = {key: changes[key] for key in ("name",) if key in changes}
        if "email" in changes:
            values["email"] = normal_email(changes["email"])
        if "permissions" in changes:
            if user.is_root:
                raise Invalid(
                    "The root user has every right already.",
                    fields={"permissions": field("root_has_all", "The root user has every right already.")},
                )
            written = rights.changes(actor, user.permissions, changes["permissions"], self._visible)
            values |= {f"permissions__{key}": value for key, value in written.items()}
            if "project_access" in written:  # the list is written whole, so it must still be as it was checked
                as_read = {"permissions__project_access": user.permissions.project_access}
        if "password" in changes:
            rights.check_password_reset(actor)
            values["password_hash"] = passwords.hashed(changes["password"])
        return self._save(user, values, as_read, new_epoch="password" in changes)

    def rename(self, user_id: str, changes: Mapping[str, Any]) -> User:
        """What users may change of themselves: the name."""
        return self._save(self.get(user_id), {key: changes[key] for key in ("name",) if key in changes})

    def set_blocked(self, actor: Actor, user_id: str, blocked: bool) -> User:
        """Block or unblock. Blocking ends every session of the user at once. Raises NotFound, Forbidden, Conflict."""
        user = self._changeable(actor, user_id)
        _not_oneself(actor, user)
        return self._save(user, {"is_blocked": blocked}, new_epoch=blocked)

    def delete(self, actor: Actor, user_id: str) -> None:
        """Raises NotFound, Forbidden, Conflict."""
        user = self._changeable(actor, user_id)
        _not_oneself(actor, user)
        User.objects(id=user.id, is_root=False).delete()
        self._sessions.close_all(user.id)
        Avatar.objects(id=user.id).delete()
        self._deleted(user.id)

    def change_password(self, user: User, password: str, session_id: str) -> User:
        """Set a new password and end all other sessions of the user. Raises Conflict when it was just changed."""
        changed: User | None = User.objects(id=user.id, epoch=user.epoch).modify(
            set__password_hash=passwords.hashed(password), set__updated_at=now(), inc__epoch=1, new=True
        )
        if changed is None:
            raise Conflict("The password was changed a moment ago from elsewhere.")
        self._sessions.keep_only(session_id, changed)
        return changed

    def _changeable(self, actor: Actor, user_id: str) -> User:
        user = self.get(user_id)
        if user.is_root and actor.id != user.id:
            raise Forbidden("The root user can be changed only by itself.", code="root_protected")
        return user

    def _save(
        self,
        user: User,
        values: Mapping[str, Any],
        as_read: Mapping[str, Any] = MappingProxyType({}),
        *,
        new_epoch: bool = False,
    ) -> User:
        """Set the values, unless what is `as_read` has changed meanwhile. Raises NotFound, Conflict."""
        update: dict[str, Any] = {f"set__{key}": value for key, value in values.items()}
        if new_epoch:
            update["inc__epoch"] = 1
        try:
            saved: User | None = User.objects(id=user.id, **as_read).modify(**update, set__updated_at=now(), new=True)
        except NotUniqueError as error:
            raise _email_taken() from error
        if saved is None:
            self.get(user.id)
            raise Conflict("The user was changed a moment ago from elsewhere.")
        if new_epoch:
            self._sessions.keep_only("", saved)
        return saved

    def _insert(self, *, email: str, password: str, **values: Any) -> User:
        values |= {"email": normal_email(email), "password_hash": passwords.hashed(password)}
        moment = now()
        user = User(**values, created_at=moment, updated_at=moment)
        try:
            user.save(force_insert=True)
        except NotUniqueError as error:
            if user.is_root and (root := self.root()) is not None:
                raise Conflict(
                    f"There is a root user already. Ask {root.email} to add you.", code="root_exists"
                ) from error
            raise _email_taken() from error
        return user


def _not_oneself(actor: Actor, user: User) -> None:
    if user.is_root:
        raise Forbidden("The root user cannot be blocked or deleted.", code="root_protected")
    if actor.id == user.id:
        raise Conflict("You cannot block or delete your own account.", code="own_account")


def _email_taken() -> Conflict:
    return Conflict("Another user has this email address.", code="email_taken")
