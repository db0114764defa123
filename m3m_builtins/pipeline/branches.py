"""The rules about branches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mongoengine import NotUniqueError

from m3m_core import Conflict, Invalid, NotFound, field, now

from . import code
from .code import FileData
from .documents import Branch, Release
from .releases import Releases

DEVELOP = "develop"
"""Every project has it from the start and always."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


class Branches:
    def __init__(self, releases: Releases) -> None:
        self._releases = releases

    def make_develop(self, project_id: str) -> None:
        try:
            _new(project_id, DEVELOP, content=code.template()).save(force_insert=True)
        except NotUniqueError:
            return  # somebody was faster

    def page(self, project_id: str, skip: int, limit: int) -> tuple[list[Branch], int]:
        """A part of the branches, without their code, and the number of all. `develop` is the oldest, so the first."""
        found = Branch.objects(project_id=project_id)
        return list(found.exclude("content").order_by("id").skip(skip).limit(limit)), found.count()

    def get(self, project_id: str, name: str) -> Branch:
        """Raises NotFound."""
        branch: Branch | None = Branch.objects(project_id=project_id, name=name).first()
        if branch is None:
            raise NotFound(f"There is no branch {name}.")
        return branch

    def create(
        self, project_id: str, name: str, from_branch: str | None = None, from_release: str | None = None
    ) -> Branch:
        """A copy of a branch or a release; of `develop` when neither is given. Raises Invalid, Conflict."""
        if not NAME.fullmatch(name):
            raise _invalid("name", "invalid_name", "Use letters, digits and . _ - after the first, at most 63.")
        if from_branch is not None and from_release is not None:
            raise _invalid("from_release", "two_sources", "Give from_branch or from_release, not both.")
        branch = _new(project_id, name)
        if from_release is not None:
            branch.content = self._release(project_id, from_release, "from_release").content
            branch.created_from_release = from_release
        else:
            branch.parent_branch = from_branch or DEVELOP
            branch.content = self._source(project_id, branch.parent_branch).content
        try:
            branch.save(force_insert=True)
        except NotUniqueError as error:
            raise Conflict(f"There is a branch {name} already.", code="branch_exists") from error
        return branch

    def save(
        self,
        project_id: str,
        name: str,
        main: str | None,
        files: Sequence[FileData] | None,
        revision: int | None = None,
    ) -> Branch:
        """Replace the given parts. With a `revision`, only if nobody has saved since.

        Raises NotFound, Invalid, TooLarge, Conflict for a stale revision.
        """
        branch = self.get(project_id, name)
        content = code.changed(branch.content, main, files)
        parts: dict[str, Any] = {}
        if main is not None:
            parts["set__content__main"] = content.main
        if files is not None:
            parts["set__content__files"] = content.files
        return self._write(branch, parts, revision)

    def reset(self, project_id: str, name: str, version: str) -> Branch:
        """Put a release's code into the branch. Raises NotFound, Invalid for an unknown release."""
        branch = self.get(project_id, name)
        return self._write(branch, {"set__content": self._release(project_id, version, "version").content})

    def delete(self, project_id: str, name: str) -> None:
        """Raises NotFound, Conflict."""
        if name == DEVELOP:
            raise Conflict("The branch develop cannot be deleted.", code="branch_protected")
        if not Branch.objects(project_id=project_id, name=name).delete():
            raise NotFound(f"There is no branch {name}.")

    def _write(self, branch: Branch, parts: Mapping[str, Any], expected: int | None = None) -> Branch:
        found = Branch.objects(id=branch.id)
        if expected is not None:
            found = found.filter(revision=expected)
        written: Branch | None = found.modify(**parts, set__updated_at=now(), inc__revision=1, new=True)
        if written is None:
            raise _stale(self.get(branch.project_id, branch.name).revision)
        return written

    def _source(self, project_id: str, name: str) -> Branch:
        try:
            return self.get(project_id, name)
        except NotFound as error:
            raise _invalid("from_branch", "unknown_branch", f"There is no branch {name}.") from error

    def _release(self, project_id: str, version: str, key: str) -> Release:
        try:
            return self._releases.get(project_id, version)
        except NotFound as error:
            raise _invalid(key, "unknown_release", f"There is no release {version}.") from error


def _new(project_id: str, name: str, **values: Any) -> Branch:
    moment = now()
    return Branch(project_id=project_id, name=name, created_at=moment, updated_at=moment, **values)


def _stale(revision: int) -> Conflict:
    return Conflict(
        f"The branch was changed meanwhile: it is at revision {revision}. Load it and make your change again.",
        code="stale_revision",
    )


def _invalid(key: str, reason: str, message: str) -> Invalid:
    return Invalid(message, fields={key: field(reason, message)})
