"""Models with records of every type, for screenshots."""

from __future__ import annotations

from typing import Any

from e2e.client import Project

AUTHORS: list[dict[str, Any]] = [
    {"key": "name", "type": "string", "label": "Name", "required": True, "unique": True},
    {"key": "email", "type": "email", "label": "Email"},
]
ARTICLES: list[dict[str, Any]] = [
    {"key": "title", "type": "string", "label": "Title", "required": True, "help": "As it stands above the text"},
    {"key": "state", "type": "select", "label": "State", "options": {"values": ["draft", "in review", "published"]}},
    {"key": "author", "type": "ref", "label": "Author", "options": {"model": "authors", "on_delete": "set_null"}},
    {"key": "tags", "type": "multiselect", "label": "Tags", "options": {"values": ["news", "how-to", "story"]}},
    {"key": "body", "type": "text", "label": "Text"},
    {"key": "views", "type": "number", "label": "Views", "default_value": 0, "options": {"min": 0}},
    {"key": "score", "type": "float", "label": "Score", "options": {"min": 0, "max": 5}},
    {"key": "featured", "type": "bool", "label": "Featured", "default_value": False},
    {"key": "day", "type": "date", "label": "Day", "default_value": "$now"},
    {"key": "published_at", "type": "datetime", "label": "Published at", "index": True},
    {"key": "link", "type": "url", "label": "Link"},
    {"key": "cover", "type": "file", "label": "Cover", "options": {"mime": ["image/*"], "max_size": 5_000_000}},
    {"key": "meta", "type": "document", "label": "Meta"},
]
FORM = {"field_views": {"body": "tiptap", "score": "slider", "featured": "switch", "state": "radio", "cover": "image"}}
SUBJECTS = ("Storms over the north", "A quiet week", "How we measure rain", "Новая станция в горах", "Twelve maps")
BODY = "<h2>What we saw</h2><p>The wind came <strong>from the west</strong>.</p><ul><li>Rain</li></ul>"
COUNT = 60


def furnish_data(project: Project) -> str:
    """Makes the models. Returns the id of a record with a value in every field."""
    project.ask("POST", "/models", {"name": "Authors", "slug": "authors", "fields": AUTHORS})
    people = {"ann": "Ann Fisher", "boris": "Boris Lem", "chloe": "Chloé Martin"}
    authors = [{"name": name, "email": f"{short}@example.com"} for short, name in people.items()]
    ids = [project.ask("POST", "/models/authors/data", author)["id"] for author in authors]
    body = {"name": "Articles", "slug": "articles", "fields": ARTICLES, "form_config": FORM}
    project.ask("POST", "/models", body)
    steps = [{"op": "create", "data": article(index, ids)} for index in range(COUNT)]
    made = project.ask("POST", "/models/articles/data/batch", {"operations": steps})
    last: str = made["results"][-1]["id"]
    return last


def article(index: int, authors: list[str]) -> dict[str, Any]:
    return {
        "title": f"{SUBJECTS[index % len(SUBJECTS)]}, part {index + 1}",
        "state": ("published", "draft", "in review")[index % 3],
        "author": authors[index % len(authors)],
        "tags": ["news", "how-to", "story"][: index % 4],
        "body": BODY,
        "views": index * 173,
        "score": index % 11 / 2,
        "featured": index % 4 == 0,
        "day": f"2026-10-{index % 28 + 1:02}",
        "published_at": f"2026-10-{index % 28 + 1:02}T08:{index % 60:02}:00Z",
        "link": f"https://example.com/articles/{index + 1}",
        "meta": {"source": "station", "words": index * 12},
    }
