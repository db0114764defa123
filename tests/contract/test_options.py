"""Options by their names: a misspelt one is refused by all functions, and what they take is what is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import m3m_builtins
from m3m_builtins.http.options import KNOWN
from m3m_core import ScriptError
from m3m_core.testing import JSRun, run_js

FOLDER = Path(m3m_builtins.__file__).parent
INTERFACE = re.compile(r"^  interface (\w+)(?: extends ([\w, ]+))? \{\n(.*?)^  \}", re.MULTILINE | re.DOTALL)
MEMBER = re.compile(r"^    (\w+)\?:", re.MULTILINE)
MODULES = ["crypto", "draw", "encoding", "http", "image", "router", "schedule", "smtp", "storage", "utils", "validator"]

TAKES = [
    ("router.cors(…)", "CorsOptions"),
    ("router.file('a.txt', …)", "FileOptions"),
    ("router.stream([], …)", "StreamOptions"),
    ("crypto.encrypt('a', 'key', …)", "EncryptOptions"),
    ("crypto.decrypt('a', 'key', …)", "DecryptOptions"),
    ("crypto.jwtSign({}, 'key', …)", "JwtSignOptions"),
    ("crypto.jwtVerify('a', 'key', …)", "JwtVerifyOptions"),
    ("encoding.csvParse('a', …)", "CsvParseOptions"),
    ("encoding.csvStringify([], …)", "CsvStringifyOptions"),
    ("encoding.jsonStringify(1, 0, …)", "JsonStringifyOptions"),
    ("encoding.yamlStringify(1, …)", "YamlStringifyOptions"),
    ("utils.slugify('a', …)", "SlugOptions"),
    ("utils.template('a', {}, …)", "TemplateOptions"),
    ("smtp.send(…)", "MailOptions"),
    ("smtp.send('a@b.co', 'a', 'a', …)", "MailOptions"),
    ("smtp.render('a', {}, …)", "{escape}"),
    ("validator.isURL('a', …)", "{protocols}"),
    ("validator.isBase64('a', …)", "{url}"),
    ("validator.isStrongPassword('a', …)", "PasswordRule"),
    ("draw.createCanvas(2, 2).toBytes('png', …)", "DrawOptions"),
    ("draw.createCanvas(2, 2).save('a.png', …)", "{format, quality}"),
    ("storage.copy('a', 'b', …)", "StorageOverwrite"),
    ("storage.move('a', 'b', …)", "StorageOverwrite"),
    ("storage.url('a', …)", "StorageLink"),
]


def declared() -> dict[str, set[str]]:
    """The names of each interface's members that can be left out, with those of what it extends."""
    found = {}
    for path in FOLDER.glob("*/*.d.ts"):
        for name, above, body in INTERFACE.findall(path.read_text()):
            found[name] = (re.findall(r"\w+", above), set(MEMBER.findall(body)))

    def of(name: str) -> set[str]:
        above, own = found.get(name, ([], set()))
        return own.union(*(of(other) for other in above))

    return {name: of(name) for name in found}


DECLARED = declared()


@pytest.fixture(scope="module")
def js() -> Iterator[JSRun]:
    with run_js(MODULES) as run:
        yield run


@pytest.mark.parametrize(("call", "interface"), TAKES)
def test_an_option_that_is_unknown_is_refused(js: JSRun, call: str, interface: str) -> None:
    names = DECLARED.get(interface) or set(re.findall(r"\w+", interface))
    with pytest.raises(ScriptError, match=r'has no option "nope"; it has ') as caught:
        js.value(call.replace("…", "{ nope: 1 }"))
    assert (caught.value.name, caught.value.code) == ("TypeError", "invalid_arguments")
    assert set(str(caught.value).partition("; it has ")[2].split(", ")) == names


@pytest.mark.parametrize("wrong", ["5", "'text'", "true"])
@pytest.mark.parametrize("call", [call for call, _ in TAKES if call != "smtp.send(…)"])
def test_options_are_an_object(js: JSRun, call: str, wrong: str) -> None:
    with pytest.raises(ScriptError, match="options are an object") as caught:
        js.value(call.replace("…", wrong))
    assert caught.value.code == "invalid_arguments"


def test_options_of_http_are_those_that_are_declared() -> None:
    assert set(KNOWN) == DECLARED["HttpRequestOptions"]
