from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from m3m_core import Seconds, Settings, Size
from m3m_core.config import ConfigError, keys, load, plugin_config
from m3m_core.settings import Data, Logging, Plugins, Storage, default_workers

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-more-than-thirty-two-characters"


def read(tmp_path: Path, text: str, **environ: str) -> Settings:
    file = tmp_path / "config.yaml"
    file.write_text(text)
    return load(file, environ)


def refusal(tmp_path: Path, text: str, **environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text, **environ)
    return caught.value.message


def absolute(settings: Settings, base: Path, file: Path | None) -> Settings:
    return dataclasses.replace(
        settings,
        data=Data(base / "data"),
        storage=Storage(base / "storage"),
        logging=Logging(settings.logging.level, base / "logs"),
        plugins=dataclasses.replace(settings.plugins, path=base / "plugins"),
        file=file,
    )


def test_the_file_in_the_project_holds_the_defaults() -> None:
    assert load(ROOT / "config.yaml", {}) == absolute(Settings(), ROOT, ROOT / "config.yaml")


def test_the_file_in_the_project_holds_every_key() -> None:
    text = (ROOT / "config.yaml").read_text()
    section, written = "", set()
    for line in text.splitlines():
        if found := re.match(r"(\w+):$", line):
            section = found[1]
        elif found := re.match(r"  (\w+):", line):
            written.add(f"{section}.{found[1]}")
    assert written == set(keys())


def test_without_a_file_there_are_defaults_in_the_current_folder(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, {}) == absolute(Settings(), tmp_path, None)


def test_an_empty_file_and_empty_values_mean_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "").server.port == 3000
    assert read(tmp_path, "server:\nruntime: {timeout: }").runtime.timeout == 30


VALUES = [
    ("server: {port: 8080}", "server.port", 8080),
    ("server: {body_limit: 64MB}", "server.body_limit", 64 * 1024 * 1024),
    ("server: {body_limit: 1.5kb}", "server.body_limit", 1536),
    ("server: {cors_origins: ['https://a.example']}", "server.cors_origins", ("https://a.example",)),
    ("server: {trusted_proxies: [10.0.0.0/8, '::1']}", "server.trusted_proxies", ("10.0.0.0/8", "::1")),
    ("runtime: {timeout: 500ms}", "runtime.timeout", 0.5),
    ("runtime: {timeout: 30s}", "runtime.timeout", 30),
    ("runtime: {timeout: 5m}", "runtime.timeout", 300),
    ("jwt: {refresh_expiration: 168h}", "jwt.refresh_expiration", 168 * 3600),
    ("mongodb: {uri: 'mongodb://db:27017'}", "mongodb.uri", "mongodb://db:27017"),
    ("data: {path: /srv/m3m}", "data.path", Path("/srv/m3m")),
    (f"jwt: {{secret: {SECRET}}}", "jwt.secret", SECRET),
    ("plugins: {config: {a: {x: [1, {y: 2}]}, b: }}", "plugins.config", {"a": {"x": [1, {"y": 2}]}, "b": {}}),
]


@pytest.mark.parametrize(("text", "key", "value"), VALUES, ids=[row[0] for row in VALUES])
def test_values(tmp_path: Path, text: str, key: str, value: object) -> None:
    section, name = key.split(".")
    assert getattr(getattr(read(tmp_path, text), section), name) == value


@pytest.mark.parametrize(
    ("text", "port", "expected"),
    [
        ("", "3000", "http://127.0.0.1:3000"),
        ("", "8080", "http://127.0.0.1:8080"),
        ("server: {uri: 'https://m3m.example'}", "8080", "https://m3m.example"),
    ],
)
def test_the_address_for_links_follows_the_port(tmp_path: Path, text: str, port: str, expected: str) -> None:
    assert read(tmp_path, text, M3M_SERVER__PORT=port).server.uri == expected


def test_relative_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    assert read(tmp_path, "data: {path: var/data}").data.path == tmp_path / "var/data"


WRONG = [
    ("server: {prot: 80}", "server.prot: unknown key (did you mean server.port?)"),
    ("srver: {port: 80}", "srver: unknown key (did you mean server?)"),
    ("server: {timeout: 1s}", "server.timeout: unknown key (the nearest known one is runtime.timeout)"),
    ("file: x", "file: unknown key (the nearest known one is "),
    ("server: 80", "server: must hold keys with values"),
    ("server: {port: '80'}", "server.port: must be a whole number, not '80'"),
    ("server: {port: true}", "server.port: must be a whole number, not True"),
    ("server: {port: 70000}", "server.port: must be from 1 to 65535"),
    ("server: {workers: 0}", "server.workers: must be 1 or more"),
    ("server: {uri: m3m.example.com}", "server.uri: must be an address such as"),
    ("server: {services_uri: apps}", "server.services_uri: must be an address such as"),
    ("server: {uri: 'http://a:1', services_uri: 'http://A:2'}", "server.services_uri: must have another host"),
    ("server: {services_uri: 'http://127.0.0.1:80'}", "server.services_uri: must have another host"),
    ("server: {host: 5}", "server.host: must be text, not 5"),
    ("server: {body_limit: 32}", "server.body_limit: must be a size such as 512KB, 64MB or 2GB, not 32"),
    ("server: {cors_origins: '*'}", "server.cors_origins: must be a list such as [a, b], not '*'"),
    ("server: {cors_origins: ['*']}", "server.cors_origins: must be origins such as"),
    ("server: {trusted_proxies: [everybody]}", "server.trusted_proxies: must be networks such as"),
    ("runtime: {timeout: 30}", "runtime.timeout: must be a duration such as 500ms, 30s, 5m or 168h, not 30"),
    ("runtime: {timeout: 0s}", "runtime.timeout: must be more than 0s"),
    ("runtime: {shutdown_timeout: 0s}", "runtime.shutdown_timeout: must be more than 0s"),
    ("runtime: {memory_limit: 1KB}", "runtime.memory_limit: must be 4MB or more"),
    ("runtime: {worker_pool_size: 0}", "runtime.worker_pool_size: must be 1 or more"),
    ("runtime: {log_limit: 0MB}", "runtime.log_limit: must be more than 0"),
    ("logging: {level: loud}", "logging.level: must be one of debug, info, warning, error"),
    ("mongodb: {uri: localhost}", "mongodb.uri: must be `embedded` or an address"),
    ("mongodb: {database: 'a b'}", "mongodb.database: must be a database name"),
    ("jwt: {expiration: 0s}", "jwt.expiration: must be 1s or more"),
    ("jwt: {expiration: 200h}", "jwt.refresh_expiration: must not be shorter than jwt.expiration"),
    ("jwt: {secret: short}", "jwt.secret: must have at least 32 characters"),
    ("jwt: {secret: your-jwt-secret-key-change-in-production}", "jwt.secret: is the published sample"),
    ("data: {path: 5}", "data.path: must be text, not 5"),
    ("plugins: {config: {a: 5}}", "plugins.config: must hold keys with values"),
    ("plugins: {config: [a]}", "plugins.config: must hold keys with values"),
    ("plugins: {disabled: goals}", "plugins.disabled: must be a list"),
    ("mongodb: {uri: {env: MISSING}}", "mongodb.uri: the environment variable MISSING is not set"),
    ("jwt: {secret: {file: none.txt}}", "none.txt cannot be read: No such file or directory"),
    ("server: [", "is not valid YAML at line 1, column 10"),
    ("server: {port: 1, port: 2}", "is not valid YAML at line 1, column 19: port is there twice"),
    ("just text", "must hold keys with values"),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[row[0] for row in WRONG])
def test_wrong_values(tmp_path: Path, text: str, message: str) -> None:
    told = refusal(tmp_path, text)
    assert str(tmp_path / "config.yaml") in told
    assert message in told
    assert "\n" not in told


def test_all_wrong_keys_are_told_at_once(tmp_path: Path) -> None:
    told = refusal(
        tmp_path,
        "server: {prot: 1, port: 0}\nruntime: {timeout: soon}\njwt: {secret: {env: NONE}}",
        M3M_SERVER__WORKERS="many",
    )
    assert [part.split(":")[0] for part in told.split(": ", 1)[1].split("; ")] == [
        "jwt.secret",
        "server.prot",
        "server.workers (from M3M_SERVER__WORKERS)",
        "runtime.timeout",
        "server.port",
    ]


@pytest.mark.parametrize(
    ("name", "value", "key", "expected"),
    [
        ("M3M_SERVER__PORT", "8080", "server.port", 8080),
        (
            "M3M_SERVER__CORS_ORIGINS",
            "https://a.example, https://b.example",
            "server.cors_origins",
            ("https://a.example", "https://b.example"),
        ),
        ("M3M_PLUGINS__DISABLED", "", "plugins.disabled", ()),
        ("M3M_RUNTIME__TIMEOUT", "5s", "runtime.timeout", 5),
        ("M3M_JWT__SECRET", SECRET, "jwt.secret", SECRET),
        ("M3M_DATA__PATH", "d", "data.path", "d"),
        ("M3M_PLUGINS__CONFIG__A__LIMIT", "5", "plugins.config", {"a": {"limit": "5"}, "b": {"x": 1}}),
    ],
)
def test_the_environment_goes_before_the_file(
    tmp_path: Path, name: str, value: str, key: str, expected: object
) -> None:
    text = "server: {port: 1}\nplugins: {disabled: [x], config: {a: {limit: 1}, b: {x: 1}}}"
    section, field_name = key.split(".")
    result = getattr(getattr(read(tmp_path, text, **{name: value}), section), field_name)
    assert result == (tmp_path / "d" if key == "data.path" else expected)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("M3M_SERVER__PRT", "server.prt (from M3M_SERVER__PRT): unknown key (did you mean server.port?)"),
        ("M3M_SERVR__PORT", "servr: unknown key (did you mean server?)"),
        ("M3M_SERVER__", "M3M_SERVER__: must name a key"),
        ("M3M_SERVER__PORT__X", "server.port: must be a whole number"),
    ],
)
def test_wrong_names_in_the_environment(tmp_path: Path, name: str, message: str) -> None:
    assert message in refusal(tmp_path, "", **{name: "5"})


def test_other_variables_are_left_alone(tmp_path: Path) -> None:
    assert read(tmp_path, "", M3M_TOKEN="x", SERVER__PORT="1").server.port == 3000


def test_values_from_the_environment_and_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET + "\n")
    text = "jwt: {secret: {file: secret.txt}}\nserver: {port: {env: PORT}}\nplugins: {config: {a: {key: {env: KEY}}}}"
    settings = read(tmp_path, text, PORT="81", KEY="k")
    assert (settings.jwt.secret, settings.server.port) == (SECRET, 81)
    assert settings.plugins.config == {"a": {"key": "k"}}


def test_values_from_elsewhere_are_never_shown(tmp_path: Path) -> None:
    told = refusal(tmp_path, "server: {port: {env: SECRET}}", SECRET="hunter2", M3M_RUNTIME__TIMEOUT="hunter2")
    assert "hunter2" not in told
    assert "server.port" in told
    assert "runtime.timeout" in told


@pytest.mark.parametrize("make", ["missing", "folder", "binary"])
def test_a_file_that_cannot_be_read(tmp_path: Path, make: str) -> None:
    file = tmp_path / "config.yaml"
    if make == "folder":
        file.mkdir()
    if make == "binary":
        file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"config\.yaml (cannot be read|is not UTF-8)"):
        load(file, {})


def test_the_default_number_of_workers() -> None:
    assert 1 <= default_workers() <= 4
    assert Settings(plugins=Plugins()).server.workers == default_workers()


@dataclass(frozen=True)
class Inner:
    depth: int = 1


@dataclass(frozen=True)
class Example:
    name: str
    wait: Seconds = Seconds(1)
    room: Size = Size(1)
    ratio: float = 0.5
    on: bool = False
    mode: Literal["fast", "safe"] = "safe"
    hint: str | None = None
    where: Path = Path("here")
    tags: list[str] = field(default_factory=list)
    limits: dict[str, int] = field(default_factory=dict)
    inner: Inner = Inner()

    def __post_init__(self) -> None:
        if self.ratio > 1:
            raise ValueError("ratio must be at most 1")


def test_settings_of_a_plugin(tmp_path: Path) -> None:
    raw = {
        "name": "n",
        "wait": "2m",
        "room": "1KB",
        "ratio": 1,
        "on": True,
        "mode": "fast",
        "hint": "h",
        "tags": ["a"],
        "limits": {"x": 1},
        "inner": {"depth": 2},
    }
    expected = Example(
        "n", Seconds(120), Size(1024), 1.0, True, "fast", "h", tmp_path / "here", ["a"], {"x": 1}, Inner(2)
    )
    assert plugin_config(Example, raw, "plugins.config.example", tmp_path) == expected


def test_settings_of_a_plugin_from_the_environment(tmp_path: Path) -> None:
    environ = {
        f"M3M_PLUGINS__CONFIG__EXAMPLE__{key}": value
        for key, value in {
            "NAME": "n", "WAIT": "2m", "RATIO": "0.25", "ON": "yes", "MODE": "fast", "TAGS": "a,b", "INNER__DEPTH": "3",
        }.items()
    }  # fmt: skip
    raw = load(None, environ).plugins.config["example"]
    made = plugin_config(Example, raw, "plugins.config.example", tmp_path)
    assert (made.wait, made.ratio, made.on, made.mode, made.tags, made.inner) == (
        120,
        0.25,
        True,
        "fast",
        ["a", "b"],
        Inner(3),
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({}, "p.name: is required"),
        ({"name": "n", "nam": 1}, "p.nam: unknown key (did you mean p.name?)"),
        ({"name": "n", "mode": "slow"}, "p.mode: must be one of fast, safe, not 'slow'"),
        ({"name": "n", "on": "yes"}, "p.on: must be true or false, not 'yes'"),
        ({"name": "n", "ratio": "x"}, "p.ratio: must be a number, not 'x'"),
        ({"name": "n", "ratio": 2}, "p: ratio must be at most 1"),
        ({"name": "n", "limits": {"x": "y"}}, "p.limits: must be a whole number, not 'y'"),
        ({"name": "n", "inner": {"depht": 1}}, "p.inner.depht: unknown key (did you mean p.inner.depth?)"),
        ({"name": 1, "on": 1}, "p.name: must be text, not 1; p.on: must be true or false, not 1"),
    ],
)
def test_wrong_settings_of_a_plugin(raw: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        plugin_config(Example, raw, "p")
    assert caught.value.message == message
