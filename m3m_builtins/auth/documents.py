"""Users, their sessions and pictures, the setup link, and the failed logins of the last minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import (
    BinaryField,
    BooleanField,
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    IntField,
    ListField,
    StringField,
)

from m3m_core import new_id, now


class Permissions(EmbeddedDocument):
    create_projects: bool = BooleanField(default=False)
    manage_users: bool = BooleanField(default=False)
    project_access: list[str] = ListField(StringField())


class User(Document):
    """`email` is stored in its normal form. `epoch` grows with each change of credentials: older sessions are dead.

    `avatar` is the digest of the picture, empty when there is none.
    """

    id: str = StringField(primary_key=True, default=new_id)
    email: str = StringField(required=True)
    password_hash: str = StringField(required=True)
    name: str = StringField(default="")
    avatar: str = StringField(default="")
    is_root: bool = BooleanField(default=False)
    is_blocked: bool = BooleanField(default=False)
    permissions: Permissions = EmbeddedDocumentField(Permissions, default=Permissions)
    epoch: int = IntField(default=1)
    created_at: datetime = DateTimeField(default=now)
    updated_at: datetime = DateTimeField(default=now)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "users",
        "auto_create_index": False,
        "indexes": [
            {"fields": ["email"], "unique": True},
            # at most one root, whoever races
            {"fields": ["is_root"], "unique": True, "partialFilterExpression": {"is_root": True}},
            {"fields": ["permissions.project_access"]},
        ],
    }

    @property
    def avatar_address(self) -> str | None:
        """Where the picture is; another address for another picture."""
        return f"/api/users/{self.id}/avatar?v={self.avatar}" if self.avatar else None


class Session(Document):
    """One sign-in of one browser. Only hashes of its refresh tokens are kept: the current one and the one before."""

    id: str = StringField(primary_key=True)
    user_id: str = StringField(required=True)
    epoch: int = IntField(required=True)
    token_hash: str = StringField(required=True)
    previous_hash: str = StringField(default="")
    rotated_at: datetime = DateTimeField(default=now)
    created_at: datetime = DateTimeField(default=now)
    expires_at: datetime = DateTimeField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "sessions",
        "auto_create_index": False,
        "indexes": [{"fields": ["user_id"]}, {"fields": ["expires_at"], "expireAfterSeconds": 0}],
    }


class Avatar(Document):
    """`id` is the user's."""

    id: str = StringField(primary_key=True)
    digest: str = StringField(required=True)
    image: bytes = BinaryField(required=True)

    meta: ClassVar[dict[str, Any]] = {"collection": "avatars", "auto_create_index": False}


class SetupLink(Document):
    """The one-time link of the first start. There is at most one, so its id is fixed."""

    id: str = StringField(primary_key=True, default="setup")
    token_hash: str = StringField(required=True)
    expires_at: datetime = DateTimeField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "setup_links",
        "auto_create_index": False,
        "indexes": [{"fields": ["expires_at"], "expireAfterSeconds": 0}],
    }


class LoginFailure(Document):
    """One failed login, once for the email (`email:…`) and once for the address (`address:…`) it came from."""

    id: str = StringField(primary_key=True, default=new_id)
    key: str = StringField(required=True)
    at: datetime = DateTimeField(default=now)
    expires_at: datetime = DateTimeField(required=True)

    meta: ClassVar[dict[str, Any]] = {
        "collection": "login_failures",
        "auto_create_index": False,
        "indexes": [{"fields": ["key", "-at"]}, {"fields": ["expires_at"], "expireAfterSeconds": 0}],
    }


DOCUMENTS = (User, Session, Avatar, SetupLink, LoginFailure)


def ensure_indexes() -> None:
    for document in DOCUMENTS:
        document.ensure_indexes()
