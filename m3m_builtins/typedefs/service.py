"""One text of declarations, and one reference, from what all plugins declare."""

from __future__ import annotations

from collections.abc import Iterator

from m3m_core import Actor, Answer, Context

from .reference import Module, modules

TITLE = "// What a service can use. Made by M3M from its plugins."


class TypeService:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def text(self, project: str | None, actor: Actor) -> str:
        """The declarations; with a project (id or slug) also those that only it has. Raises NotFound."""
        project_id = None if project is None else self._ctx.use("projects").find_visible(project, actor).id
        answers = self._ctx.answers("m3m_type_definitions", project_id=project_id)
        return "\n\n".join([TITLE, *(part for answer in answers for part in parts(answer))]) + "\n"

    def modules(self) -> list[Module]:
        """The reference, by plugin. One whose declarations cannot be made has none."""
        answers = self._ctx.answers("m3m_type_definitions", project_id=None)
        return modules(
            [(answer.plugin, "\n".join(part.source for part in answer.value)) for answer in answers if answer.value]
        )


def parts(answer: Answer) -> Iterator[str]:
    """One plugin's part, under a line that names it. What failed in the server is no matter of the editor's user."""
    if answer.error is not None:
        yield f"// ---- {answer.plugin}: its declarations cannot be shown; the server's log says why ----"
    elif answer.value:
        yield f"// ---- {answer.plugin} ----"
        yield from (definition.source.strip() for definition in answer.value)
