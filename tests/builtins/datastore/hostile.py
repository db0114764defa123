"""What nobody should send: keys, values, texts and bodies for every place of a request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

KEYS = [
    *("$where", "$expr", "$function", "$comment", "$", "$$ROOT", "$gt", "$oid", "$date", "", "\0", "a\0", "\ud800"),
    *("a.$where", "doc.$where", "doc..a", "doc.", ".doc", "doc.a.$gt", "doc.a", "_id", "_rev", "_held", "@0", "expand"),
    *("__proto__", "constructor", "toString", "id", "created_at", "updated_at", "revision", "a" * 600),
]
DEEP: Any = {}
for _ in range(200):
    DEEP = {"a": DEEP}
VALUES: list[Any] = [
    *("$title", "$$ROOT", "", "\0", "\ud800", "x" * 20_000, "0" * 24, "2026-01-01", "-0"),
    *(None, True, 1, -1, 1.5, 1e17, 1e308, 10**30, -(10**30), [], {}, [[]], [None], [1, "a", None], ["0" * 24], DEEP),
    *({key: "1"} for key in KEYS),
    *({key: {"$gt": ""}} for key in ("$not", "a", "__proto__")),
    *([{"$gt": ""}], {"$regex": ".*"}, {"$ne": None}, {"a": [{"b": {"$where": "1"}}]}),
]
TEXTS = [
    *("", " ", "(", "$where", "*", "title,*", "é", "\0", "-1", "1.5", "9" * 400, "true", "a" * 4_000, "__proto__"),
    *("title", "title,title", "-title,+title", "doc", "doc.a", "doc,doc.a", "-doc,doc.a.b", "tags,doc,rs", "tags,rs"),
    *("_id", "id,-id", "_rev", "revision", "constructor", "doc.__proto__", "doc.$a", "doc.0.1", "doc.a..b", "toString"),
    *("r", "rs", "r.r.rs,rs.r", "r.title", "rs.title", "r.r.r.r.r.r.r.r.title", "r." * 600 + "title", "// x"),
    *("doc." + "a." * 1_000 + "a = 1", "doc" + ".a" * 150, "doc" + ".a" * 210 + " = 1", ",".join(["doc.abc"] * 300)),
    *(
        "title = '$where'",
        "title=$title",
        "doc.$where = 1",
        "title='a\\x'",
        "title = 'a\\'b'",
        "title = doc.a",
        "id = r",
    ),
    *("n = 1e400", "n = " + "9" * 30, "n = -0", "due = 'x'", "due > " + "9" * 20, "id = 'x'", "id > 'x'", "sel = 5"),
    *(
        "r.id ?= null",
        "rs.title ?~ 'a' && r.r.title !~ '%b%'",
        "title ~ ''",
        "title ~ '" + "%a" * 800 + "'",
        "doc ~ 'x'",
    ),
    *("doc.a ~ 'x'", "doc = 'x'", "doc = null", "file ~ 'a'", "ok = 1", "1=1", "'a'='b'", "@now = due", "null = null"),
    *("(" * 1_700 + "n=1" + ")" * 1_700, "n=1&&(" * 500, "created_at = created_at", "n ?> 5 || n ?<= 'a'", "true = 1"),
]
JSON_BODIES = [
    *(
        b"",
        b"{",
        b"[",
        b"null",
        b"1",
        b'"x"',
        b"\xff",
        b'{"title":"\xff"}',
        b"[" * 100_000,
        b'{"n":1e999}',
        b'{"n":NaN}',
    ),
    *(b'{"doc":' + b"[" * 10_000 + b"]" * 10_000 + b"}", b'{"n":-0}', b'{"f":-0.0}', b'{"title":"\\ud800"}'),
    *(
        b'{"doc":{"\\ud800":1}}',
        b'{"doc":{"\\u0000":1}}',
        b'{"title":"a","title":{"$gt":1}}',
        b'{"doc":{"\\u0024set":1}}',
    ),
]
CSV_BODIES = [
    *(b"title\n$where", b"$where\n1", b'doc\n"{""$where"": 1}"', b'title\n"unclosed', b"title,title\n1,2", b"\0\n1"),
    *(
        b"doc.$a\n1",
        b"__proto__\n1",
        b"id\n$ne",
        b'rs\n"[{""$ne"":1}]"',
        b"n\n1e400",
        b"n\n" + b"9" * 5_000,
        b"f\n1e308",
    ),
    *(b"title\n" + b"x" * 200_000, b"\xef\xbb\xbftitle\nx", b"title\r\rx", b"doc\n" + b"[" * 5_000 + b"]" * 5_000),
]


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from keys_in(item)
