"""The refresh token of a browser: in a cookie that no script can read and no other site can send.

A page asks for it with the header `X-M3M-Session: cookie`, which a page of another origin cannot send without this
server's consent (CORS). So the header also proves that a request that brings the cookie was made by a page of our own
origin. Pages of services are of it too, unless `server.services_uri` gives them a host of their own.
"""

from __future__ import annotations

import falcon

from m3m_core import Invalid, Unauthorized, field

from .documents import User
from .schemas import TokensAnswer
from .sessions import Sessions, Tokens

HEADER = "X-M3M-Session"
NAME = "m3m_session"
PATH = "/api/auth"


class Cookies:
    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def answer(self, req: falcon.Request, resp: falcon.Response, user: User, tokens: Tokens) -> None:
        """Answer with the tokens; the refresh token goes into the cookie for whoever asks for that."""
        in_cookie = _wanted(req)
        if in_cookie:
            resp.set_cookie(
                NAME,
                tokens.refresh_token,
                max_age=self._sessions.refresh_seconds,
                path=PATH,
                secure=req.scheme == "https",
                http_only=True,
                same_site="Strict",
            )
        resp.media = TokensAnswer.of(user, tokens, in_cookie=in_cookie)

    def refresh_token(self, req: falcon.Request, given: str | None) -> str:
        """The token of the body, else of the cookie. Raises Invalid, Unauthorized when there is no cookie."""
        if given is not None:
            return given
        if not _wanted(req):
            raise Invalid("Some values are not accepted.", fields={"refresh_token": field("required", "Is required.")})
        values = req.get_cookie_values(NAME)
        if not values:
            raise Unauthorized("Nobody is signed in here.", code="no_session")
        return values[0]

    def forget(self, req: falcon.Request, resp: falcon.Response) -> None:
        if _wanted(req):
            resp.unset_cookie(NAME, path=PATH, same_site="Strict")


def _wanted(req: falcon.Request) -> bool:
    return req.get_header(HEADER) == "cookie"
