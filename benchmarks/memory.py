"""The memory of the server itself, and of a service's process: idle, after a load, with database and scheduler in use.

PSS counts pages that processes share as a share of each, so the sum over all processes is true.
Wanted: at most 6 MB idle, at most 14 MB with the database.
"""

from __future__ import annotations

import re
import statistics
from pathlib import Path

from . import options, tables, wrk
from .server import HELLO, Server

DATABASE = """
schedule.every('1h', () => {})
router.get('/hello/:name', (ctx) => ({ hello: ctx.params.name, seen: database.collection('visits').count({}) }))
"""


def megabytes(pid: int) -> float:
    """Proportional set size of a process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"No Pss line for process {pid}.")
    return int(found[1]) / 1024


def median(server: Server, slugs: list[str]) -> float:
    return statistics.median(megabytes(pid) for slug in slugs for pid in server.api.pids(slug))


def has_database(server: Server) -> bool:
    """Is the JavaScript module `database` there? It comes with the plugin `datastore`."""
    return any("database" in plugin["modules"] for plugin in server.api.call("GET", "/api/plugins")["items"])


def measure(server: Server, services: int) -> list[tuple[str, float]]:
    found = [("the server with no service, mongod included", sum(megabytes(pid) for pid in server.program.pids))]
    slugs = [f"hello-{number}" for number in range(services)]
    for slug in slugs:
        server.run(slug, HELLO)
    found.append(("a service, idle", median(server, slugs)))
    for slug in slugs:
        wrk.run(server.url(slug, "/hello/ann"), seconds=1, connections=4)
    found.append(("a service after one second of load", median(server, slugs)))
    if has_database(server):
        found.append(("a service that uses the database", with_database(server)))
    return found


def with_database(server: Server) -> float:
    slug = "visits"
    version = server.api.create(slug, DATABASE)
    server.api.call("POST", f"/api/projects/{slug}/models", {"name": "Visits", "slug": "visits", "fields": []})
    server.api.start(slug, version)
    wrk.run(server.url(slug, "/hello/ann"), seconds=1, connections=4)
    return median(server, [slug])


def main() -> None:
    arguments = options.parser(__doc__)
    options.count(arguments, "services", 20, 200, "how many run; the figure is their median")
    chosen = options.chosen(arguments)
    with options.fresh_server() as server:
        rows = [(name, f"{value:.1f}") for name, value in measure(server, chosen.services)]
    tables.show(f"Memory, {chosen.services} services running", ("", "PSS MB"), rows)


if __name__ == "__main__":
    main()
