"""A project whose every name is as long as it may be, in words that cannot be broken, for screenshots."""

from __future__ import annotations

from typing import Any

from e2e.client import Admin, Project

WORD = "Aufenthaltsgenehmigungsverlängerungsantragsformularverwaltung"
SLUG = "aufenthaltsgenehmigungsverlaengerungsantragsformularverwaltung"
SENTENCE = f"The {WORD} asks for it, again and again, with {WORD} and without"
CODE = f"""
router.get('/{SLUG}/:{SLUG.replace("-", "")}/{SLUG}', () => 1)
schedule.every('5m', () => {{}}, {{ name: '{SLUG}' }})
service.start(() => {{
  for (let i = 0; i < 12; i++) logger.info('{WORD.lower() * 8}')
  logger.error(new Error('{SENTENCE * 3}'))
}})
"""
FIELDS: list[dict[str, Any]] = [
    {"key": "title", "type": "string", "label": WORD[:60], "help": SENTENCE},
    {"key": "state", "type": "select", "label": WORD[:60], "options": {"values": [WORD, SENTENCE]}},
    {"key": "tags", "type": "multiselect", "label": "Tags", "options": {"values": [WORD, SENTENCE, "short"]}},
    {"key": "link", "type": "url", "label": "Link"},
    {"key": SLUG[:60], "type": "text", "label": ""},
    {"key": "meta", "type": "document", "label": "Meta"},
]


def furnish_long(admin: Admin) -> dict[str, str]:
    """Makes it. Returns what scenes name."""
    project = Project(admin, name=WORD[:60], slug=SLUG, color="fuchsia")
    project.write(CODE)
    project.ask("POST", "/pipeline/branches", {"name": f"feature-{SLUG}"[:60], "from_branch": "develop"})
    comment = {"branch": "develop", "bump": "minor", "tag": "night-build", "comment": SENTENCE * 3}
    project.ask("POST", "/pipeline/releases", comment)
    project.start(version="0.1")
    project.ask("POST", "/models", {"name": WORD[:60], "slug": "long", "fields": FIELDS})
    for index in range(8):
        project.ask("POST", "/models/long/data", _record(index))
    for folder in (SLUG, f"{SLUG}/{SLUG}"):
        project.ask("POST", "/storage/mkdir", {"path": folder})
    for name in (f"{SLUG}.json", f"{SENTENCE}.md"):
        project.ask("POST", "/storage/file", {"path": name, "content": "{}"})
    project.ask("POST", "/env", {"key": SLUG.upper()[:60], "type": "string", "value": WORD * 4})
    project.ask("POST", "/env", {"key": "TEXT", "type": "json", "value": {WORD: [SENTENCE] * 3}})
    goal = {"name": WORD[:60], "slug": "long", "type": "counter", "color": "red", "description": SENTENCE * 2}
    made = project.ask("POST", "/goals", goal)
    admin.ask("POST", f"/goals/{made['id']}/increment", {"value": 123_456_789_012})
    return {"long": project.slug, "long_goal": made["id"]}


def _record(index: int) -> dict[str, Any]:
    return {
        "title": f"{WORD} {index}",
        "state": WORD,
        "tags": [WORD, SENTENCE, "short"],
        "link": f"https://example.com/{SLUG}/{SLUG}?{SLUG}={index}",
        SLUG[:60]: SENTENCE * 4,
        "meta": {WORD: {WORD: index}},
    }
