"""Templates: files of the storage and texts, escaped, and bounded whatever they say."""

# ruff: noqa: E501  # tables of cases, one on a line

from __future__ import annotations

import json
from typing import Any

import pytest
from postoffice import Office, Send

from m3m_core import ScriptError
from m3m_core.testing import JSRun

FILES = """
  storage.write("mails/base.html", "<html>{% block body %}{% endblock %}</html>")
  storage.write("mails/order.html", "{% extends 'mails/base.html' %}{% block body %}Hi {{ name }}: {% for i in items %}<li>{{ i }}</li>{% endfor %}{% endblock %}")
  storage.write("mails/order.txt", "Hi {{ name }}, {{ items|length }} items, {{ 'no & escape' }}")
  storage.write("mails/only.html", "<p>{{ a }}</p>")
  storage.write("mails/loop.html", "{% include 'mails/loop.html' %}")
"""
DATA = "{name: '<Ann> & Bob', items: ['tea', '<milk>']}"
HTML = "<html>Hi &lt;Ann&gt; &amp; Bob: <li>tea</li><li>&lt;milk&gt;</li></html>"
TEXT = "Hi <Ann> & Bob, 2 items, no & escape"


@pytest.mark.parametrize(
    ("options", "text", "html"),
    [
        (f"template: 'mails/order.html', data: {DATA}", None, HTML),
        (f"template: 'mails/order.txt', data: {DATA}", TEXT, None),
        (f"template: 'mails/order', data: {DATA}", TEXT, HTML),
        (f"template: '/mails/order.html', text: 'plain {{{{ name }}}}', data: {DATA}", "plain <Ann> & Bob", HTML),
        ("template: 'mails/only', data: {a: 1}", None, "<p>1</p>"),
        ("html: '<b>{{ x }}</b>', text: '{{ x }}', data: {x: '<'}", "<", "<b>&lt;</b>"),
        ("html: '<b>{{ x }}</b>'", None, "<b>{{ x }}</b>"),
        ("text: '{{ user.name|upper }} {{ missing }}', data: {user: {name: 'я'}}", "Я", None),
    ],
)
def test_mails(js: JSRun, send: Send, plain: Office, options: str, text: str | None, html: str | None) -> None:
    js.run(FILES)
    send(f"to: 'a@b.co', subject: 's', {options}")
    mail = plain.handler.last()
    found = {part.get_content_type(): part.get_content().strip() for part in mail.walk() if not part.is_multipart()}
    assert (found.get("text/plain"), found.get("text/html")) == (text, html)


def test_a_subject_is_a_template_too_and_stays_one_line(js: JSRun, send: Send, plain: Office) -> None:
    send("to: 'a@b.co', subject: 'Order {{ n }} & more', text: 't', data: {n: '<17>'}")
    assert plain.handler.last()["Subject"] == "Order <17> & more"
    with pytest.raises(ScriptError) as caught:
        send("to: 'a@b.co', subject: '{{ n }}', text: 't', data: {n: 'x\\r\\nBcc: evil@b.co'}")
    assert caught.value.code == "bad_header"


def rendered(js: JSRun, template: str, data: Any) -> Any:
    return js.value(f"smtp.render({json.dumps(template)}, {json.dumps(data)})")


@pytest.mark.parametrize(
    ("template", "data", "expected"),
    [
        ("{{ a }}", {"a": "<&\"'>"}, "&lt;&amp;&#34;&#39;&gt;"),
        ("{{ a|safe }}", {"a": "<b>"}, "<b>"),
        ("{% for i in range(3) %}{{ loop.index }}/{{ loop.length }} {% endfor %}", {}, "1/3 2/3 3/3 "),
        ("{% for k, v in o.items() %}{{ k }}={{ v }};{% else %}none{% endfor %}", {"o": {"a": 1, "b": 2}}, "a=1;b=2;"),
        ("{% if n > 5 %}{{ n * 2 }}{% endif %}", {"n": 7}, "14"),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(1) }}{{ m('a') }}", {}, "[1][a]"),
        ("{{ list|join(', ') }} {{ t|title }} {{ 2.5|round }}", {"list": [1, 2], "t": "ann b"}, "1, 2 Ann B 2.0"),
        ("{% set x %}a{{ 'b' ~ 1 ~ '<' }}{% endset %}{{ x }}{{ 1 + 2 }}{{ 'c' + 'd' }}", {}, "ab1&lt;3cd"),
        ("{% set x | upper %}a{{ y }}{% endset %}{{ x }}", {"y": "<"}, "A&LT;"),
        ("{{ ['<', 1, [2]] }}{{ {'a': 1} }}{{ none }}", {}, "[&#39;&lt;&#39;, 1, [2]]{&#39;a&#39;: 1}None"),
        ("{{ ', '.join(l) }}|{{ l|join('; ') }}|{{ l|map('upper')|join }}", {"l": ["a", "b"]}, "a, b|a; b|AB"),
        ("{{ 'a-b'.replace('-', '+') }} {{ 'aaa'|replace('a', 'b', 2) }} {{ 'x y'|urlencode }}", {}, "a+b bba x%20y"),
        (
            "{{ rows|sum(attribute='n') }} {{ rows|map(attribute='n')|list }}",
            {"rows": [{"n": 1}, {"n": 2}]},
            "3 [1, 2]",
        ),
        ("{{ 2.567|round(1) }} {{ 3 * 4 % 5 }} {{ l|tojson }}", {"l": [1, "a"]}, '2.6 2 [1, "a"]'),
        ("{{ a.b.c }}", {"a": {}}, None),
    ],
)
def test_the_language(js: JSRun, template: str, data: Any, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ScriptError, match="no attribute"):
            rendered(js, template, data)
    else:
        assert rendered(js, template, data) == expected
    assert js.value("smtp.render('{{ a }}', {a: '<'}, {escape: false})") == "<"


DOUBLED = (
    "{{% set ns = namespace(s='xxxxxxxxxx') %}}{{% for i in range(40) %}}{{% set ns.s = {} %}}{{% endfor %}}"
    "{{{{ ns.s|length }}}}"
)
LONG = (
    "{{% set ns = namespace(s='xxxxxxxxxx') %}}{{% for i in range(13) %}}{{% set ns.s = ns.s ~ ns.s %}}{{% endfor %}}"
    "{{% set s = ns.s %}}{{{{ {} }}}}"
)
"""`s` has 81,920 characters, all of them x."""


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ a.__class__ }}{{ a['__class__'].__mro__ }}",
        "{{ range.__init__ }}{{ cycler.__init__.__globals__.os }}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in l for b in l %}{% endfor %}",
        "{% macro m(n) %}{{ m(n + 1) }}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
        "{{ range(999999999) }}",
        "{{ 'x' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 'x'|center(999999999) }}",
        "{{ 'x'.ljust(999999999) }}",
        "{{ lipsum(n=100000) }}",
        "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(25) %}{% set ns.s = ns.s ~ ns.s %}{{ ns.s }}{% endfor %}",
        "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s='xxxxxxxxxx') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[1, 2]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s='xx') %}{% for i in range(99) %}{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
        "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "m(" * 40 + "'x'" + ")" * 40 + " }}",
        "{% set x %}{% filter upper %}{{ 'x' ~ 'y' }}{% endfilter %}{% endset %}{{ x }}{{ 1 / 0 }}",
        DOUBLED.format("[ns.s, ns.s]|join"),
        DOUBLED.format("ns.s|replace('x', 'xx')"),
        DOUBLED.format("ns.s.replace('x', 'xx')"),
        DOUBLED.format("''.join([ns.s, ns.s])"),
        DOUBLED.format("(ns.s, ns.s)|string"),
        DOUBLED.format("[ns.s, ns.s]|tojson"),
        LONG.format("s|replace('x', s)"),
        LONG.format("s.replace('x', s)"),
        LONG.format("s.replace('', s)"),
        LONG.format("s|replace(old='x', new=s)"),
        LONG.format("l|join(s)"),
        LONG.format("l|join(d=s)"),
        LONG.format("s.join(l|map('string'))"),
        LONG.format("l|map(attribute='none', default=s)|join"),
        LONG.format("''.join(l|map(attribute='none', default=s))"),
        LONG.format("[" + "s, " * 500 + "]"),
        LONG.format("[" + "s, " * 500 + "]|upper"),
        LONG.format("dict(a=[" + "s, " * 500 + "]).values()"),
        LONG.format(" ~ ".join(["s"] * 500)),
        LONG.format("s.translate({120: s})"),
        "{% set ns = namespace(s=[]) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=1) %}{% set ns.me = ns %}{{ [ns] }}",
        "{% set ns = namespace(n=9) %}{% for i in range(99) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
        "{{ 2.5|round(999999999, 'ceil') }}",
        "{% include 'mails/loop.html' %}",
        "{% include '../../secret' %}",
        "{% include '/etc/passwd' %}",
        "{% if %}",
        "{{ 1 / 0 }}",
        "{{ a|nosuch }}",
        "{{ (" * 2000,
    ],
)
def test_hostile_templates(js: JSRun, template: str) -> None:
    js.run(FILES)
    with pytest.raises(ScriptError) as caught:
        rendered(js, template, {"a": "text", "l": list(range(1000))})
    assert caught.value.code in ("bad_template", "bad_path", "not_found")
    assert "Traceback" not in caught.value.message


def test_mistakes_name_the_line(js: JSRun) -> None:
    with pytest.raises(ScriptError, match="line 3: "):
        rendered(js, "a\nb\n{% endif %}", {})
    for options in ("template: 'mails/nothing.html'", "template: 'mails/nothing'", "template: '../x.html'"):
        with pytest.raises(ScriptError) as caught:
            js.value(f"smtp.send({{host: '127.0.0.1', port: 1, to: 'a@b.co', from: 'a@b.co', {options}}})")
        assert caught.value.code in ("not_found", "bad_path")
