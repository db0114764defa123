"""HTTP API of sign-in and users."""

from __future__ import annotations

import falcon
from pydantic import BaseModel

from m3m_core import PUBLIC, SIGNED_IN, Operation, Route
from m3m_core.http import Paged, Search, paged

from . import uploads
from .access import MANAGE
from .avatars import MEDIA_TYPE
from .cookies import Cookies
from .schemas import (
    Login,
    Logout,
    NewPassword,
    NewUser,
    OwnChanges,
    Refresh,
    Setup,
    TokensAnswer,
    UserAnswer,
    UserChanges,
)
from .service import AuthService


class Resource:
    def __init__(self, service: AuthService) -> None:
        self._service = service


class TokensResource(Resource):
    def __init__(self, service: AuthService) -> None:
        super().__init__(service)
        self._cookies = Cookies(service.sessions)


class LoginResource(TokensResource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, body: Login) -> None:
        """Sign in."""
        self._cookies.answer(req, resp, *self._service.login(body.email, body.password, req.remote_addr))


class RefreshResource(TokensResource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, body: Refresh) -> None:
        """Exchange the refresh token for new tokens."""
        token = self._cookies.refresh_token(req, body.refresh_token)
        self._cookies.answer(req, resp, *self._service.sessions.refresh(token))


class LogoutResource(TokensResource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, body: Logout) -> None:
        """End this session, or all of the user's."""
        if body.everywhere:
            self._service.sessions.close_all(req.context.user.id)
        else:
            self._service.sessions.close(req.context.session_id)
        self._cookies.forget(req, resp)


class SetupResource(TokensResource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, body: Setup) -> None:
        """Create the root user with the one-time token of the first start, and sign in."""
        self._cookies.answer(req, resp, *self._service.set_up(body.token, body.email, body.password, body.name))


class UsersResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, query: Search) -> None:
        """List users; `?search=` in email and name."""
        users, total = self._service.users.page(query.skip, query.per_page, query.search)
        resp.media = paged((UserAnswer.of(user, req.context.actor) for user in users), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, body: NewUser) -> None:
        """Add a user."""
        permissions = body.permissions.model_dump(exclude_unset=True)
        user = self._service.users.create(req.context.actor, body.email, body.password, body.name, permissions)
        resp.media = UserAnswer.of(user, req.context.actor)


class UserResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, user: str) -> None:
        """One user."""
        resp.media = UserAnswer.of(self._service.users.get(user), req.context.actor)

    def on_put(self, req: falcon.Request, resp: falcon.Response, user: str, body: UserChanges) -> None:
        """Change the given keys of a user."""
        changes = body.model_dump(exclude_unset=True)
        resp.media = UserAnswer.of(self._service.users.update(req.context.actor, user, changes), req.context.actor)

    def on_delete(self, req: falcon.Request, _resp: falcon.Response, user: str) -> None:
        """Delete a user. Projects of theirs pass to the root user."""
        self._service.users.delete(req.context.actor, user)


class BlockResource(Resource):
    """`blocked` is what a POST makes of the user."""

    def __init__(self, service: AuthService, *, blocked: bool) -> None:
        super().__init__(service)
        self._blocked = blocked

    def on_post(self, req: falcon.Request, resp: falcon.Response, user: str) -> None:
        """Block or unblock a user."""
        changed = self._service.users.set_blocked(req.context.actor, user, self._blocked)
        resp.media = UserAnswer.of(changed, req.context.actor)


class MeResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Oneself."""
        resp.media = UserAnswer.of(req.context.user, req.context.actor)

    def on_put(self, req: falcon.Request, resp: falcon.Response, body: OwnChanges) -> None:
        """Change one's own name."""
        user = self._service.users.rename(req.context.actor.id, body.model_dump(exclude_unset=True))
        resp.media = UserAnswer.of(user, req.context.actor)


class PasswordResource(Resource):
    def on_put(self, req: falcon.Request, resp: falcon.Response, body: NewPassword) -> None:
        """Change one's own password; all other sessions end."""
        context = req.context
        user = self._service.change_password(context.user, context.session_id, body.old_password, body.new_password)
        resp.media = UserAnswer.of(user, context.actor)


class OwnAvatarResource(Resource):
    def on_put(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Set one's own picture: PNG, JPEG, WebP or GIF, at most 5 MB, as the body or as a file in a form."""
        user = self._service.avatars.put(req.context.user, uploads.picture(req))
        resp.media = UserAnswer.of(user, req.context.actor)


class AvatarResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, user: str) -> None:
        """A user's picture, 256×256 WebP."""
        avatar = self._service.avatars.get(user)
        resp.etag = avatar.digest
        resp.cache_control = ["private", "no-cache"]
        if any(tag in ("*", avatar.digest) for tag in req.if_none_match or ()):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = MEDIA_TYPE
        resp.data = avatar.image


def routes(service: AuthService) -> list[Route]:
    return [
        Route("/api/auth/login", LoginResource(service), {"POST": _public(Login)}),
        Route("/api/auth/refresh", RefreshResource(service), {"POST": _public(Refresh)}),
        Route("/api/auth/logout", LogoutResource(service), {"POST": Operation(SIGNED_IN, body=Logout, status=204)}),
        Route("/api/auth/setup", SetupResource(service), {"POST": _public(Setup, 201)}),
        Route(
            "/api/users",
            UsersResource(service),
            {
                "GET": Operation(SIGNED_IN, answer=Paged[UserAnswer], query=Search),
                "POST": Operation(MANAGE, body=NewUser, answer=UserAnswer, status=201),
            },
        ),
        Route(
            "/api/users/{user}",
            UserResource(service),
            {
                "GET": Operation(SIGNED_IN, answer=UserAnswer),
                "PUT": Operation(MANAGE, body=UserChanges, answer=UserAnswer),
                "DELETE": Operation(MANAGE, status=204),
            },
        ),
        Route(
            "/api/users/{user}/block",
            BlockResource(service, blocked=True),
            {"POST": Operation(MANAGE, answer=UserAnswer)},
        ),
        Route(
            "/api/users/{user}/unblock",
            BlockResource(service, blocked=False),
            {"POST": Operation(MANAGE, answer=UserAnswer)},
        ),
        Route("/api/users/{user}/avatar", AvatarResource(service), {"GET": Operation(SIGNED_IN)}),
        Route(
            "/api/users/me",
            MeResource(service),
            {
                "GET": Operation(SIGNED_IN, answer=UserAnswer),
                "PUT": Operation(SIGNED_IN, body=OwnChanges, answer=UserAnswer),
            },
        ),
        Route(
            "/api/users/me/password",
            PasswordResource(service),
            {"PUT": Operation(SIGNED_IN, body=NewPassword, answer=UserAnswer)},
        ),
        Route(
            "/api/users/me/avatar",
            OwnAvatarResource(service),
            {"PUT": Operation(SIGNED_IN, answer=UserAnswer, stream_body=True)},
        ),
    ]


def _public(body: type[BaseModel], status: int = 200) -> Operation:
    return Operation(PUBLIC, body=body, answer=TokensAnswer, status=status)
