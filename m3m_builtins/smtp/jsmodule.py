"""The host side of `smtp` and `mail`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from m3m_core import Invalid, JSModule, NotFound, RunContext, script_beside, waits, wrong_argument
from m3m_core.egress import Egress

from .config import SMTPConfig

if TYPE_CHECKING:
    from m3m_builtins.environment.service import EnvironmentService
    from m3m_builtins.storage.service import StorageService

    from .message import Body

SCRIPT = script_beside(__file__, "smtp.js")
HTML_ENDINGS = (".html", ".htm")


class Mailer:
    def __init__(
        self, config: SMTPConfig, environment: EnvironmentService, storage: StorageService, project_id: str
    ) -> None:
        self._config = config
        self._environment = environment
        self._storage = storage
        self._project_id = project_id

    @waits
    def send(self, options: Any) -> dict[str, Any]:
        # The libraries for mails and TLS are loaded by the first mail.
        from .delivery import deliver
        from .failures import text_of
        from .message import compose
        from .server import choose

        if not isinstance(options, dict):
            raise wrong_argument("send wants an object: send({to, subject, text})")
        server = choose(options, lambda: self._environment.values(self._project_id), self._config)
        limits = (self._config.message_limit, self._config.recipient_limit)
        mail = compose(options, self._body(options), server.sender, self._read, limits)
        refused = deliver(server, mail, Egress(self._config, "plugins.config.smtp"))
        return {
            "messageId": mail.message_id,
            "accepted": [one.address for one in mail.recipients if one.address not in refused],
            "rejected": [
                {"address": address, "message": f"{code} {text_of(words)}"}
                for address, (code, words) in refused.items()
            ],
        }

    def render(self, template: Any, data: Any, html: bool) -> str:
        if not isinstance(template, str):
            raise wrong_argument("render wants the text of a template")
        return self._filled(template, _data(data), "", html)

    def _body(self, options: Mapping[str, Any]) -> Body:
        """With `data`, subject, text and html are templates too."""
        from .message import Body

        parts: dict[str, str] = {}
        for name in ("subject", "text", "html"):
            if options.get(name) is not None:
                if not isinstance(options[name], str):
                    raise wrong_argument(f"{name} is a text")
                parts[name] = options[name]
        if options.get("data") is not None:
            data = _data(options["data"])
            parts = {name: self._filled(text, data, name, name == "html") for name, text in parts.items()}
        if options.get("template") is not None:
            parts |= self._from_file(options["template"], _data(options.get("data")))
        return Body(parts.get("subject", ""), parts.get("text"), parts.get("html"))

    def _from_file(self, path: Any, data: Mapping[str, Any]) -> dict[str, str]:
        """`mails/hello.html` is the HTML; `mails/hello` is the HTML and the text of those of both that there are."""
        if not isinstance(path, str):
            raise wrong_argument("template is a path in the storage")
        if "." in path.rpartition("/")[2]:
            html = path.lower().endswith(HTML_ENDINGS)
            return {"html" if html else "text": self._filled(self._template(path), data, path, html)}
        found: dict[str, str] = {}
        for part, ending in (("html", ".html"), ("text", ".txt")):
            try:
                source = self._template(path + ending)
            except NotFound:
                continue
            found[part] = self._filled(source, data, path + ending, part == "html")
        if not found:
            raise NotFound(f"There is no template {path}.html or {path}.txt in the storage.")
        return found

    def _filled(self, source: str, data: Mapping[str, Any], name: str, html: bool) -> str:
        from .templates import render

        return render(source, data, name=name or "given", html=html, load=self._template)

    def _template(self, path: str) -> str:
        try:
            return self._read(path).decode()
        except UnicodeDecodeError:
            raise Invalid(f"{path} is not text in UTF-8.", code="bad_template") from None

    def _read(self, path: str) -> bytes:
        """A file of the project, by the storage's own rules for paths."""
        return self._storage.read_file(self._project_id, path, self._config.message_limit)


def _data(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise wrong_argument("data is an object")
    return value


def mail_module(
    config: SMTPConfig, environment: EnvironmentService, storage: StorageService, run: RunContext
) -> JSModule:
    host = Mailer(config, environment, storage, run.spec.project_id)
    return JSModule("smtp", host, SCRIPT, aliases=("mail",))
