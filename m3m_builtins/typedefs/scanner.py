"""Statements of TypeScript declarations, with the comment before each. Never fails: what is strange is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)
      |(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
      |(?P<arrow>=>)
      |(?P<space>\s+)
      |(?P<word>[\w$]+)
      |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
OPENING, CLOSING = "([{<", ")]}>"
GOES_ON_AFTER = frozenset("=|&,:?(<[{.") | {"=>", "extends", "keyof", "typeof", "readonly", "infer", "is", "declare"}
"""What a statement cannot end with."""

GOES_ON_BEFORE = frozenset("|&=.?:)") | {"=>", "extends"}
"""What a statement cannot begin with."""

BLOCK = re.compile(
    r"(?:export\s+|default\s+|declare\s+|abstract\s+)*"
    r"(?:(?:namespace|module|interface|class|enum|global)\b|(?:const|let|var)\s+[\w$]+\s*:\s*\{)"
)


@dataclass(frozen=True)
class Statement:
    """`comment` is the documentation comment without its stars; `body` is what stands between a block's braces."""

    comment: str
    text: str
    body: str = ""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int


def statements(source: str) -> Iterator[Statement]:
    """Of one level: what is in a block is in its `body`."""
    tokens = [_Token(str(found.lastgroup), found[0], found.start()) for found in TOKEN.finditer(source)]
    comment, at = "", 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "comment" and token.text.startswith("/**"):
            comment = plain(token.text)
        if token.kind in ("comment", "space") or token.text in ";,}":
            at += 1
            continue
        end, brace = _end(tokens, at)
        text = _joined(tokens[at : brace or end])
        yield Statement(comment, text, _inside(source, tokens, brace, end) if brace else "")
        comment, at = "", end


def _end(tokens: list[_Token], at: int) -> tuple[int, int]:
    """Where the statement that begins at `at` ends, and where its block begins; 0 when it has none."""
    is_block = BLOCK.match(_joined(tokens[at : at + 12])) is not None
    depth, brace = 0, 0
    last = ""
    for place in range(at, len(tokens)):
        token = tokens[place]
        if token.kind == "comment":
            continue
        if token.kind == "space":
            if depth == 0 and "\n" in token.text and _is_over(last, tokens, place):
                return place, brace
            continue
        if depth == 0 and token.text in (";" if is_block else ";,"):
            return place, brace
        if token.text in OPENING:
            brace = brace or (place if is_block and depth == 0 and token.text == "{" else 0)
            depth += 1
        elif token.text in CLOSING:
            depth -= 1
            if depth < 0 or (depth == 0 and brace and token.text == "}"):
                return place + 1, brace
        last = token.text
    return len(tokens), brace


def _is_over(last: str, tokens: list[_Token], place: int) -> bool:
    following = next((token.text for token in tokens[place:] if token.kind not in ("space", "comment")), "")
    return last not in GOES_ON_AFTER and following not in GOES_ON_BEFORE


def _inside(source: str, tokens: list[_Token], brace: int, end: int) -> str:
    return source[tokens[brace].start + 1 : tokens[end - 1].start]


def _joined(tokens: list[_Token]) -> str:
    """On one line, without comments."""
    return " ".join(
        "".join(" " if token.kind == "space" else token.text for token in tokens if token.kind != "comment").split()
    )


def plain(comment: str) -> str:
    """The lines of a documentation comment, less the stars in front of them."""
    lines = comment.removeprefix("/**").removesuffix("*/").split("\n")
    return "\n".join(re.sub(r"^\s*\*? ?", "", line).rstrip() for line in lines).strip()
