"""HTTP API of the files of projects."""

from __future__ import annotations

import falcon

from m3m_core import PUBLIC, NotFound, Operation, Route, offload
from m3m_core.http import Paged, PageQuery, paged

from . import content, downloads, failures, thumbs
from .packing import pack
from .paths import file_parts_of, parts_of
from .schemas import (
    DownloadQuery,
    EntriesQuery,
    EntryAnswer,
    FileChanges,
    FolderQuery,
    LinkAnswer,
    LinkEntry,
    Move,
    NewFile,
    NewFolder,
    NewLink,
    Pack,
    TextAnswer,
    Unpack,
    UploadAnswer,
)
from .service import StorageService
from .steps import finish
from .tree import Tree
from .unpacking import unpack
from .uploads import receive

READ, WRITE = "storage.read", "storage.write"
BASE = "/api/projects/{project}/storage"
TEXT_BODY = 8 * content.LARGEST_TEXT
"""Bytes. In JSON one byte of a text takes up to six, as an escape."""


class Resource:
    def __init__(self, service: StorageService) -> None:
        self._service = service

    def _tree(self, req: falcon.Request) -> Tree:
        return self._service.tree(req.context.project.id)


class FolderResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: EntriesQuery) -> None:
        """List the folder `?path=`, folders first; the top folder without it."""
        found, total = offload(self._tree(req).list, parts_of(query.path), query.skip, query.per_page)
        resp.media = paged(map(EntryAnswer.of, found), total, query)

    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, query: FolderQuery) -> None:
        """Delete the file or folder `?path=`, for names that are something else in an address (`link`, `mkdir`)."""
        offload(self._tree(req).delete, file_parts_of(query.path))


class EntryResource(Resource):
    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, path: str) -> None:
        """Delete a file, or a folder with all that is in it."""
        offload(self._tree(req).delete, file_parts_of(path))


class MkdirResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewFolder) -> None:
        """Make a folder, and those above it that are missing."""
        resp.media = EntryAnswer.of(self._tree(req).mkdir(file_parts_of(body.path)))


class UploadResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, query: FolderQuery) -> None:
        """Upload the files of a form into the folder `?path=`; a file of the same name is replaced."""
        found = receive(req, self._tree(req), parts_of(query.path), self._service.config.upload_limit)
        resp.media = UploadAnswer(items=[EntryAnswer.of(entry) for entry in found])


class DownloadResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, path: str, query: DownloadQuery) -> None:
        """A file, whole or the part that `Range` names; `?download=true` asks browsers to save it."""
        downloads.send(req, resp, self._tree(req), file_parts_of(path), save=query.download)


class RenameResource(Resource):
    def on_put(self, req: falcon.Request, resp: falcon.Response, project: str, body: Move) -> None:
        """Rename or move a file or a folder; nothing is replaced."""
        source, target = file_parts_of(body.source, "from"), file_parts_of(body.to, "to")
        resp.media = EntryAnswer.of(self._tree(req).move(source, target))


class TextsResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewFile) -> None:
        """Make a text file."""
        parts = file_parts_of(body.path)
        entry = offload(content.write_text, self._tree(req), parts, body.content, replace=False)
        resp.etag = entry.etag
        resp.media = EntryAnswer.of(entry)


class TextResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, path: str) -> None:
        """A text file with its content: UTF-8, at most 2 MB."""
        text, entry = offload(content.read_text, self._tree(req), file_parts_of(path))
        resp.etag = entry.etag
        resp.media = TextAnswer.with_content(entry, text)

    def on_put(self, req: falcon.Request, resp: falcon.Response, project: str, path: str, body: FileChanges) -> None:
        """Replace the content of a text file; with `If-Match` only the content of that ETag."""
        tree, parts = self._tree(req), file_parts_of(path)
        if tree.stat(parts).is_dir:
            raise failures.is_directory()
        entry = offload(content.write_text, tree, parts, body.content, over=_tags(req))
        resp.etag = entry.etag
        resp.media = EntryAnswer.of(entry)


class ThumbResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, path: str) -> None:
        """A picture made small: 50×50 WebP."""
        small = offload(thumbs.thumb, self._tree(req), file_parts_of(path))
        resp.etag = small.etag
        resp.cache_control = ["private", "no-cache"]
        if any(tag in ("*", small.etag) for tag in req.if_none_match or ()):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = thumbs.MEDIA_TYPE
        resp.data = small.image


class ZipResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: Pack) -> None:
        """Pack files and folders into a new archive."""
        paths = [file_parts_of(path, "paths") for path in body.paths]
        work = pack(self._tree(req), paths, file_parts_of(body.to, "to"), self._service.config.unpacked_limit)
        resp.media = EntryAnswer.of(finish(work))


class UnzipResource(Resource):
    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: Unpack) -> None:
        """Unpack an archive into a folder: all of it, or nothing when any of it is refused."""
        source, target = file_parts_of(body.path), parts_of(body.to, "to")
        resp.media = EntryAnswer.of(
            finish(unpack(self._tree(req), source, target, self._service.config.unpacked_limit))
        )


class LinksResource(Resource):
    def on_get(self, req: falcon.Request, resp: falcon.Response, project: str, query: PageQuery) -> None:
        """List the public links, newest first, without their addresses."""
        found, total = self._service.links.page(req.context.project.id, query.skip, query.per_page)
        resp.media = paged(map(LinkEntry.of, found), total, query)

    def on_post(self, req: falcon.Request, resp: falcon.Response, project: str, body: NewLink) -> None:
        """Make a public link to a file. Its address is in this answer only."""
        made = self._service.make_link(req.context.project.id, file_parts_of(body.path), body.expires_in)
        resp.media = LinkAnswer.with_url(*made)


class LinkResource(Resource):
    def on_delete(self, req: falcon.Request, resp: falcon.Response, project: str, token: str) -> None:
        """Revoke a link, by its token or its id."""
        self._service.links.revoke(req.context.project.id, token)


class PublicResource(Resource):
    def on_get(
        self, req: falcon.Request, resp: falcon.Response, token: str, filename: str, query: DownloadQuery
    ) -> None:
        """The file of a public link; `?download=true` asks browsers to save it."""
        link = self._service.links.find(token, filename)
        tree, parts = self._service.tree(link.project_id), parts_of(link.path)
        try:
            downloads.send(req, resp, tree, parts, save=query.download, public=True)
        except NotFound:
            raise NotFound("There is no such link.") from None


def routes(service: StorageService) -> list[Route]:
    return [
        Route(
            BASE,
            FolderResource(service),
            {
                "GET": _may(READ, answer=Paged[EntryAnswer], query=EntriesQuery),
                "DELETE": _may(WRITE, query=FolderQuery, status=204),
            },
        ),
        Route(f"{BASE}/{{path:path}}", EntryResource(service), {"DELETE": _may(WRITE, status=204)}),
        Route(
            f"{BASE}/mkdir",
            MkdirResource(service),
            {"POST": _may(WRITE, body=NewFolder, answer=EntryAnswer, status=201)},
        ),
        Route(
            f"{BASE}/upload",
            UploadResource(service),
            {"POST": _may(WRITE, answer=UploadAnswer, query=FolderQuery, status=201, stream_body=True)},
        ),
        Route(f"{BASE}/download/{{path:path}}", DownloadResource(service), {"GET": _may(READ, query=DownloadQuery)}),
        Route(f"{BASE}/rename", RenameResource(service), {"PUT": _may(WRITE, body=Move, answer=EntryAnswer)}),
        Route(
            f"{BASE}/file",
            TextsResource(service),
            {"POST": _may(WRITE, body=NewFile, answer=EntryAnswer, status=201, body_limit=TEXT_BODY)},
        ),
        Route(
            f"{BASE}/file/{{path:path}}",
            TextResource(service),
            {
                "GET": _may(READ, answer=TextAnswer),
                "PUT": _may(WRITE, body=FileChanges, answer=EntryAnswer, body_limit=TEXT_BODY),
            },
        ),
        Route(f"{BASE}/thumb/{{path:path}}", ThumbResource(service), {"GET": _may(READ)}),
        Route(f"{BASE}/zip", ZipResource(service), {"POST": _may(WRITE, body=Pack, answer=EntryAnswer, status=201)}),
        Route(f"{BASE}/unzip", UnzipResource(service), {"POST": _may(WRITE, body=Unpack, answer=EntryAnswer)}),
        Route(
            f"{BASE}/link",
            LinksResource(service),
            {
                "GET": _may(READ, answer=Paged[LinkEntry], query=PageQuery),
                "POST": _may(WRITE, body=NewLink, answer=LinkAnswer, status=201),
            },
        ),
        Route(f"{BASE}/link/{{token}}", LinkResource(service), {"DELETE": _may(WRITE, status=204)}),
        Route(
            "/api/storage/public/{token}/{filename}",
            PublicResource(service),
            {"GET": Operation(PUBLIC, query=DownloadQuery)},
        ),
    ]


def _tags(req: falcon.Request) -> list[str] | None:
    """The ETags of `If-Match`; None when any file will do."""
    tags = req.if_match
    return None if tags is None or "*" in tags else [str(tag) for tag in tags]


def _may(action: str, **described: object) -> Operation:
    """An operation that members and the project's key may do."""
    return Operation(action, api_key=True, **described)  # type: ignore[arg-type]  # as Operation has them
