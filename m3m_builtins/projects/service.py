"""The rules about projects."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mongoengine import NotUniqueError
from mongoengine.queryset.visitor import Q

from m3m_core import Actor, Answer, Conflict, NotFound, Unavailable, now

from . import colors, documents, leftovers
from .documents import STOPPED, Deleted, Project
from .members import Members
from .rules import check, key_hash, matching, new_key, sees, slug_taken
from .runstates import RunStates

if TYPE_CHECKING:
    from m3m_builtins.auth.service import AuthService

CHANGEABLE = ("name", "slug", "color", "auto_start", "instances")
PLAIN = {"locale": "en", "strength": 2}
"""Order of names: ignoring case."""

Announce = Callable[[str, Project], Iterator[Answer]]
UseOf = Callable[[Sequence[str]], Mapping[str, Mapping[str, object]]]


class ProjectService(RunStates):
    """`announce` calls a hook of every plugin with a project, one by one, and tells what each did.

    `use_of` tells what the instances of the projects with these ids use, by id.
    """

    def __init__(self, auth: AuthService, announce: Announce, use_of: UseOf) -> None:
        self._use_of = use_of
        self.members = Members(auth)
        self._auth = auth
        self._announce = announce

    def ensure_indexes(self) -> None:
        documents.ensure_indexes()

    def check_color(self, color: str | None) -> None:
        """For features whose things have a colour too. Raises Invalid for what is neither None nor one of the names."""
        colors.check_color(color)

    def find_visible(
        self, id_or_slug: str, actor: Actor, *, hidden: bool = False, found: Sequence[Any] | None = None
    ) -> Project:
        """The project, for whoever may see it. Raises NotFound, the same for what is not there and what is hidden.

        With `hidden` also one whose deletion has begun. `found` is what the database says, if it was asked already.
        """
        if found is None:
            found = list(Project._get_collection().find(matching(id_or_slug, hidden=hidden)))
        project: Project | None = Project._from_son(found[0]) if found else None
        if project is None or not sees(actor, project):
            raise NotFound("There is no such project.")
        return project

    def get(self, project_id: str) -> Project:
        """Raises NotFound."""
        project: Project | None = Project.objects(id=project_id, hidden=False).first()
        if project is None:
            raise NotFound("There is no such project.")
        return project

    def list_visible(self, actor: Actor, skip: int, limit: int, search: str = "") -> tuple[list[Project], int]:
        """A part of the projects that the actor may see, and the number of all. `search`: in name or slug."""
        found = Project.objects(hidden=False)
        if not actor.is_root:
            found = found.filter(Q(owner_id=actor.id) | Q(members=actor.id) | Q(id__in=list(actor.projects)))
        if search:
            found = found.filter(Q(name__icontains=search) | Q(slug__icontains=search))
        shown = found.collation(PLAIN).order_by("name", "id").skip(skip).limit(limit)
        return list(shown), found.count()

    def usage(self, projects: Iterable[Project]) -> Mapping[str, Mapping[str, object]]:
        """What those of the projects use that are up, asked for at once; nothing while the supervisor is away."""
        up = [project.id for project in projects if project.status != STOPPED]
        try:
            return self._use_of(up) if up else {}
        except Unavailable:
            return {}

    def visible_ids(self, actor: Actor, ids: frozenset[str]) -> frozenset[str]:
        found = Project.objects(id__in=list(ids), hidden=False)
        return frozenset(project.id for project in found if sees(actor, project))

    def remove_leftovers(self, kept: Iterable[str], forget: Callable[[str], object]) -> None:
        """For other features, when the server starts: see `leftovers.remove`."""
        leftovers.remove(kept, forget)

    def by_api_key(self, key: str) -> Project | None:
        project: Project | None = Project.objects(api_key_hash=key_hash(key), hidden=False).first()
        if project is None or not hmac.compare_digest(project.api_key.encode(), key.encode()):
            return None
        return project

    def create(self, actor: Actor, values: Mapping[str, Any]) -> Project:
        """`values` holds name, slug and maybe color, auto_start, instances. Raises Invalid, Conflict."""
        check(values)
        key, moment = new_key(), now()
        project = Project(
            **{name: values[name] for name in CHANGEABLE if name in values},
            owner_id=actor.id or self._root_id(),
            api_key=key,
            api_key_hash=key_hash(key),
            hidden=True,
            created_at=moment,
            updated_at=moment,
        )
        try:
            project.save(force_insert=True)
        except NotUniqueError as error:
            raise slug_taken(project.slug) from error
        try:
            self._agree("m3m_project_created", project)
        except Exception:
            self._remove(project)
            raise
        return self._show(project)

    def update(self, project: Project, changes: Mapping[str, Any]) -> Project:
        """Change the given keys of name, slug, color, auto_start, instances. Raises Invalid, Conflict, NotFound."""
        check(changes)
        wanted = {name: changes[name] for name in CHANGEABLE if name in changes}
        found = Project.objects(id=project.id, hidden=False)
        if "slug" in wanted:  # while it runs, it answers under its slug
            found = found.filter(Q(status=STOPPED) | Q(slug=wanted["slug"]))
        try:
            changed: Project | None = found.modify(
                **{f"set__{name}": value for name, value in wanted.items()}, set__updated_at=now(), new=True
            )
        except NotUniqueError as error:
            raise slug_taken(wanted["slug"]) from error
        if changed is None:
            self.get(project.id)
            raise Conflict("Stop the project before you change its slug.", code="project_not_stopped")
        return changed

    def regenerate_key(self, project: Project) -> Project:
        """The project with a new API key; the old one is refused from now on. Raises NotFound."""
        key = new_key()
        changed: Project | None = Project.objects(id=project.id, hidden=False).modify(
            set__api_key=key, set__api_key_hash=key_hash(key), set__updated_at=now(), new=True
        )
        if changed is None:
            raise NotFound("There is no such project.")
        return changed

    def delete(self, project: Project) -> None:
        """Stop it and let each feature remove its own, then remove it. May be repeated after a failure."""
        Project.objects(id=project.id).update_one(set__hidden=True)
        try:
            self._agree("m3m_project_deleting", project)
        except Exception:
            Project.objects(id=project.id).update_one(set__hidden=False)
            raise
        failure = self._remove(project)
        if failure is not None:
            raise failure

    def remove_hidden(self) -> None:
        """At the start of the server, when nothing runs: remove what a crash left half created or half deleted."""
        for project in Project.objects(hidden=True):
            self._remove(project)

    def set_active_release(self, project_id: str, version: str, *, only_if_none: bool = False) -> bool:
        """Make a release the active one; False when it is the active one already, or another is and `only_if_none`.

        Raises Conflict for a release that is being deleted.
        """
        found = Project.objects(id=project_id, retired_releases__ne=version)
        before: Project | None = found.filter(**({"active_release": None} if only_if_none else {})).modify(
            set__active_release=version
        )
        if before is not None:
            return before.active_release != version
        if only_if_none and found.first() is not None:
            return False
        self.get(project_id)
        raise Conflict(f"Release {version} is being deleted.", code="release_deleted")

    def retire_release(self, project_id: str, version: str) -> None:
        """Make sure, in one step, that a release is neither active nor running and never becomes active again.

        Raises Conflict.
        """
        retired = (
            Project.objects(id=project_id, active_release__ne=version)
            .filter(Q(running_source__kind__ne="release") | Q(running_source__name__ne=version))
            .update_one(add_to_set__retired_releases=version)
        )
        if not retired:
            if self.get(project_id).active_release == version:
                raise Conflict("The active release cannot be deleted. Activate another first.", code="release_active")
            raise Conflict("A running release cannot be deleted. Stop the project first.", code="release_running")

    def _root_id(self) -> str:
        """The owner of what the program itself creates."""
        root = self._auth.users.root()
        if root is None:
            raise Conflict("There is no root user yet. Create one: m3m new-admin EMAIL PASSWORD", code="no_root")
        return root.id

    def _show(self, project: Project) -> Project:
        shown: Project | None = Project.objects(id=project.id).modify(set__hidden=False, new=True)
        if shown is None:
            raise Unavailable("The server restarted while the project was created. Try again.", retry_after=1)
        return shown

    def _agree(self, hook: str, project: Project) -> None:
        """Raises the first exception of a plugin; those after it are not called."""
        for answer in self._announce(hook, project):
            if answer.error is not None:
                raise answer.error

    def _remove(self, project: Project) -> Exception | None:
        """Remove it and what every feature keeps for it. A feature's failure is returned and leaves it hidden."""
        answers = list(self._announce("m3m_project_deleted", project))
        failures = [answer.error for answer in answers if answer.error is not None]
        if failures:
            return failures[0]
        self._auth.users.forget_project(project.id)
        Deleted(id=project.id).save()
        Project.objects(id=project.id).delete()
        return None
