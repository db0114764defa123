"""Bodies and answers of the HTTP API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from m3m_core import Actor

from . import rights
from .documents import User
from .passwords import LONGEST, SHORTEST
from .sessions import Tokens

Name = Annotated[str, StringConstraints(max_length=100)]
Email = Annotated[str, StringConstraints(max_length=254)]
Password = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=LONGEST)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]


class Login(BaseModel):
    email: Annotated[str, StringConstraints(max_length=1000)]
    password: Annotated[str, StringConstraints(max_length=LONGEST)]


class Refresh(BaseModel):
    """Without `refresh_token`: a browser's cookie has it."""

    refresh_token: Annotated[str, StringConstraints(max_length=1000)] | None = None


class Logout(BaseModel):
    """`everywhere`: all sessions of the user end, not only this one."""

    everywhere: bool = False


class Setup(BaseModel):
    token: Annotated[str, StringConstraints(max_length=1000)]
    email: Email
    password: Password
    name: Name = ""


class PermissionsBody(BaseModel):
    """Given keys only are changed."""

    create_projects: bool = False
    manage_users: bool = False
    project_access: Annotated[list[Id], Field(max_length=10_000)] = []


class NewUser(BaseModel):
    email: Email
    password: Password
    name: Name = ""
    permissions: PermissionsBody = PermissionsBody()


class UserChanges(BaseModel):
    """`password`: only the root user sets it for another."""

    email: Email = ""
    name: Name = ""
    password: Password = ""
    permissions: PermissionsBody = PermissionsBody()


class OwnChanges(BaseModel):
    name: Name = ""


class NewPassword(BaseModel):
    old_password: Annotated[str, StringConstraints(max_length=LONGEST)]
    new_password: Password


class PermissionsAnswer(BaseModel):
    create_projects: bool
    manage_users: bool
    project_access: list[str]


class UserAnswer(BaseModel):
    """`avatar` is the address of the picture. Rights and blocks are shown to user managers and to oneself only."""

    id: str
    email: str
    name: str
    avatar: str | None
    is_root: bool
    is_blocked: bool | None
    permissions: PermissionsAnswer | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, user: User, viewer: Actor) -> UserAnswer:
        all_shown = rights.may_manage(viewer) or viewer.id == user.id
        return cls(
            id=user.id,
            email=user.email,
            name=user.name,
            avatar=user.avatar_address,
            is_root=user.is_root,
            is_blocked=user.is_blocked if all_shown else None,
            permissions=_permissions(user) if all_shown else None,
            created_at=user.created_at,
            updated_at=user.updated_at,
        )


class TokensAnswer(BaseModel):
    """`expires_in`: life of `token` in seconds. `refresh_token` is null when it went into a cookie."""

    token: str
    refresh_token: str | None
    expires_in: int
    user: UserAnswer

    @classmethod
    def of(cls, user: User, tokens: Tokens, *, in_cookie: bool) -> TokensAnswer:
        oneself = Actor(kind="user", id=user.id)
        return cls(
            token=tokens.token,
            refresh_token=None if in_cookie else tokens.refresh_token,
            expires_in=tokens.expires_in,
            user=UserAnswer.of(user, oneself),
        )


def _permissions(user: User) -> PermissionsAnswer:
    granted = user.permissions
    return PermissionsAnswer(
        create_projects=user.is_root or granted.create_projects,
        manage_users=user.is_root or granted.manage_users,
        project_access=list(granted.project_access),
    )
