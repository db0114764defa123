"""Sign-ins: short access tokens (JWT) and refresh tokens that are exchanged at each use."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from m3m_core import Unauthorized, new_id, now
from m3m_core.settings import JWT

from .documents import Session, User

GRACE = timedelta(seconds=10)
"""How long the refresh token before the current one is still answered: two tabs may refresh in the same moment."""

ALGORITHM = "HS256"

TOKENS = 1000
"""Whose signatures were checked and are remembered, in one process."""


Lookups = Mapping[str, Mapping[str, Any]]
"""As the hook `m3m_lookups` returns them."""


class SignedIn(NamedTuple):
    """Who asks, as they are now. `found` are the documents that were looked up beside, by name."""

    user: User
    session_id: str
    found: Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tokens:
    """`expires_in` is the life of `token` in seconds."""

    token: str
    refresh_token: str
    expires_in: int


class Sessions:
    """`secret` is called on first use, when the server has surely made it."""

    def __init__(self, settings: JWT, secret: Callable[[], str]) -> None:
        self._life = timedelta(seconds=settings.expiration)
        self._refresh_life = timedelta(seconds=settings.refresh_expiration)
        self._secret = secret
        self._claims = lru_cache(TOKENS)(self._verified)

    @property
    def refresh_seconds(self) -> int:
        return int(self._refresh_life.total_seconds())

    def open(self, user: User) -> Tokens:
        session_id, refresh = secrets.token_hex(16), secrets.token_urlsafe(32)
        Session(
            id=session_id,
            user_id=user.id,
            epoch=user.epoch,
            token_hash=_hash(refresh),
            expires_at=now() + self._refresh_life,
        ).save(force_insert=True)
        return self._tokens(user, session_id, refresh)

    def refresh(self, refresh_token: str) -> tuple[User, Tokens]:
        """Exchange a refresh token for new ones. An old one ends the session: somebody has a copy of it.

        The next token is derived from this one, so two tabs that refresh in the same moment both get the same next.
        Raises Unauthorized.
        """
        session_id, _, refresh = refresh_token.partition(".")
        following = self._following(refresh)
        session = self._rotate(session_id, _hash(refresh), _hash(following))
        if session is None:
            Session.objects(id=session_id).delete()
            raise _ended()
        user, _ = _look_up(session.id, session.user_id, {})
        return user, self._tokens(user, session_id, following)

    def read(self, token: str, wanted: Callable[[], Iterable[Lookups]] = tuple) -> SignedIn:
        """Whose access token this is. What is `wanted` is asked for only for a right token. Raises Unauthorized."""
        claims = self._claims(token)
        if claims["exp"] <= now().timestamp():
            raise _expired()
        session_id = str(claims["sid"])
        lookups = {name: body for each in wanted() for name, body in each.items()}
        user, found = _look_up(session_id, str(claims["sub"]), lookups)
        return SignedIn(user, session_id, found)

    def _verified(self, token: str) -> dict[str, Any]:
        """What a token says. A token comes with many requests, and its signature stays right. Raises Unauthorized."""
        import jwt  # 2 MB that runners, which read no tokens, need not carry

        try:
            return jwt.decode(token, self._key, [ALGORITHM], options={"require": ["exp", "iat", "sub", "sid"]})
        except jwt.ExpiredSignatureError as error:
            raise _expired() from error
        except jwt.InvalidTokenError as error:
            raise Unauthorized("The access token is not valid.", code="token_invalid") from error

    def close(self, session_id: str) -> None:
        Session.objects(id=session_id).delete()

    def keep_only(self, session_id: str, user: User) -> None:
        """Carry one session over into the user's new epoch and end all others. An empty id ends all."""
        Session.objects(id=session_id, user_id=user.id).update(set__epoch=user.epoch)
        Session.objects(user_id=user.id, epoch__lt=user.epoch).delete()

    def close_all(self, user_id: str) -> None:
        Session.objects(user_id=user_id).delete()

    @cached_property
    def _key(self) -> bytes:
        return sha256(b"m3m access token\n" + self._secret().encode()).digest()

    def _following(self, refresh: str) -> str:
        return hmac.digest(self._key, b"refresh\n" + refresh.encode(), "sha256").hex()

    def _rotate(self, session_id: str, current: str, following: str) -> Session | None:
        moment = now()
        alive = Session.objects(id=session_id, expires_at__gt=moment)
        session: Session | None = alive.filter(token_hash=current).modify(
            set__token_hash=following,
            set__previous_hash=current,
            set__rotated_at=moment,
            set__expires_at=moment + self._refresh_life,
            new=True,
        )
        if session is None:  # another tab may have been first
            session = alive.filter(previous_hash=current, token_hash=following, rotated_at__gt=moment - GRACE).first()
        return session

    def _tokens(self, user: User, session_id: str, refresh: str) -> Tokens:
        import jwt

        moment = now()
        claims = {"sub": user.id, "sid": session_id, "jti": new_id(), "iat": moment, "exp": moment + self._life}
        token = jwt.encode(claims, self._key, ALGORITHM)
        return Tokens(token, f"{session_id}.{refresh}", int(self._life.total_seconds()))


def _look_up(session_id: str, user_id: str, lookups: Lookups) -> tuple[User, Mapping[str, list[dict[str, Any]]]]:
    """The user of a session that has not ended. All is asked for at once: every request waits for this."""
    alive = {"_id": session_id, "user_id": user_id, "expires_at": {"$gt": now()}}
    owner = {"from": User._get_collection_name(), "localField": "user_id", "foreignField": "_id"}
    stages = [{"$lookup": {**body, "as": name}} for name, body in {"owner": owner, **lookups}.items()]
    found = next(Session._get_collection().aggregate([{"$match": alive}, *stages]), None)
    if found is None or not found["owner"]:
        raise _ended()
    user: User = User._from_son(found["owner"][0])
    if user.epoch != found["epoch"]:
        raise _ended()
    if user.is_blocked:
        raise Unauthorized("This account is blocked.", code="user_blocked")
    return user, {name: found[name] for name in lookups}


def _hash(refresh: str) -> str:
    return sha256(refresh.encode()).hexdigest()


def _expired() -> Unauthorized:
    return Unauthorized("The access token has expired.", code="token_expired")


def _ended() -> Unauthorized:
    return Unauthorized("This session has ended. Sign in again.", code="session_ended")
