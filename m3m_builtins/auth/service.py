"""Sign-in, and everything about users, in one place for routes, commands and other features."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from m3m_core import Actor, Conflict, Context, Forbidden, Invalid, Unauthorized, field, now
from m3m_core.secrets import jwt_secret
from m3m_core.settings import JWT

from . import documents, passwords
from .avatars import Avatars
from .documents import SetupLink, User
from .rights import Visible, actor_rights
from .sessions import Sessions, Tokens
from .throttle import Throttle
from .users import Users, normal_email

SETUP_LIFE = timedelta(hours=1)


class AuthService:
    """`users`, `sessions` and `avatars` hold their own rules; here are those that need more than one of them."""

    def __init__(
        self, settings: JWT, secret: Callable[[], str], visible: Visible, deleted: Callable[[str], None]
    ) -> None:
        self.sessions = Sessions(settings, secret)
        self.users = Users(self.sessions, visible, deleted)
        self.avatars = Avatars()
        self._throttle = Throttle()

    def ensure_indexes(self) -> None:
        documents.ensure_indexes()

    def login(self, email: str, password: str, address: str) -> tuple[User, Tokens]:
        """Raises Unauthorized (the same for an unknown email and a wrong password), Forbidden, TooMany, Unavailable."""
        try:
            email = normal_email(email)
        except Invalid:
            email = email.strip().casefold()[:254]  # no user has it: fails below, in the same time
        self._throttle.check(email, address)  # who is refused does not wait, and holds nobody up
        with passwords.turn():
            self._throttle.check(email, address)
            user = self.users.by_email(email)
            if not passwords.matches(password, user.password_hash if user else None) or user is None:
                self._throttle.failed(email, address)
                raise Unauthorized("The email or the password is wrong.", code="wrong_credentials")
        self._throttle.check(email, address)
        if user.is_blocked:
            raise Forbidden("This account is blocked. Ask an administrator.", code="user_blocked")
        self._throttle.succeeded(email)
        return user, self.sessions.open(user)

    def change_password(self, user: User, session_id: str, old: str, new: str) -> User:
        """Raises Invalid when the old password is wrong, TooMany when that happened too often, Unavailable."""
        self._throttle.check(user.email, "")
        with passwords.turn():
            self._throttle.check(user.email, "")
            if not passwords.matches(old, user.password_hash):
                self._throttle.failed(user.email, "")
                raise Invalid(
                    "The old password is wrong.", fields={"old_password": field("wrong_password", "This is not it.")}
                )
        return self.users.change_password(user, new, session_id)

    def tokens_for(self, user: User) -> Tokens:
        """Sign a user in without a password: for the first root user, and for tests."""
        return self.sessions.open(user)

    def new_setup_token(self) -> str | None:
        """A token for `set_up`, in place of any earlier one. None when there is a user already."""
        if self.users.any():
            return None
        token = secrets.token_urlsafe(32)
        SetupLink.objects(id="setup").update_one(
            set__token_hash=_hash(token), set__expires_at=now() + SETUP_LIFE, upsert=True
        )
        return token

    def set_up(self, token: str, email: str, password: str, name: str) -> tuple[User, Tokens]:
        """Create the root user with the one-time token.

        Used up by the root user's existence, which the database allows once. Raises Forbidden, Invalid, Conflict.
        """
        link = SetupLink.objects(id="setup", token_hash=_hash(token), expires_at__gt=now()).first()
        if link is None:
            raise Forbidden(
                "This setup link is not valid: it has been used or is older than an hour. "
                "Restart the server for a new one, or use `m3m new-admin`.",
                code="setup_link_invalid",
            )
        user = self.users.create_root(email, password, name)
        SetupLink.objects(id="setup").delete()
        return user, self.tokens_for(user)

    def new_admin(self, email: str, password: str) -> User:
        """For the command line: it may run before any server did, so the indexes are made sure of first.

        Raises Invalid, Conflict.
        """
        self.ensure_indexes()
        if (root := self.users.root()) is not None:
            raise Conflict(f"There is a root user already. Ask {root.email} to add you.", code="root_exists")
        user = self.users.create_root(email, password)
        SetupLink.objects(id="setup").delete()
        return user


def make(ctx: Context) -> AuthService:
    def visible(actor: Actor, ids: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*ctx.call("m3m_visible_projects", actor=actor, ids=ids))

    def deleted(user_id: str) -> None:
        ctx.call("m3m_user_deleted", user_id=user_id)

    return AuthService(ctx.settings.jwt, lambda: jwt_secret(ctx.settings), visible, deleted)


def actor_of(user: User) -> Actor:
    return Actor(
        kind="user",
        id=user.id,
        email=user.email,
        is_root=user.is_root,
        rights=actor_rights(user.permissions),
        projects=frozenset(user.permissions.project_access),
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
