"""A server with something in it, for screenshots: projects in every state, users, goals, data, files."""

from __future__ import annotations

from e2e.client import Admin, Project

from .world_data import furnish_data
from .world_files import furnish_files
from .world_long import WORD, furnish_long

SERVICE = """
router.get('/hello/:name', (ctx) => ({ hello: ctx.params.name }))
router.post('/readings', (ctx) => router.response(201, ctx.body))
schedule.every('5m', () => logger.info('five minutes have passed'))
service.start(() => {
  logger.info('ready', { stations: 3 })
  logger.warn('station', 'north', 'has not answered for an hour')
  logger.error(new Error('station south: wrong checksum'))
})
"""
FRONT = "router.get('/', () => ({ stations: database.stations.count() }))\n"
"""What the second release has besides."""

CRASHING = "service.start(() => { throw new Error('the key of the weather service is missing') })"

PASSWORD = "a long password"
"""Of everybody but root."""

STOPPED = (("Newsletter", "rose"), ("Shop import", None), ("Статистика продаж", "violet"))


def address(name: str) -> str:
    return f"{name}@example.com"


def furnish(admin: Admin) -> dict[str, str]:
    """Makes it all. Returns the slugs by the names that scenes use."""
    full = Project(admin, name="Weather station", slug="weather", color="sky")
    full.publish(SERVICE, tag="stable")
    full.start(version="0.1")
    full.publish(SERVICE.replace("'5m'", "'1m'") + FRONT)
    empty = Project(admin, name="Empty", slug="empty", color="slate")
    _furnish(admin, full)
    record = furnish_data(full)
    _others(admin)
    for index, (name, color) in enumerate(STOPPED):
        Project(admin, name=name, slug=f"stopped-{index}", color=color)
    _people(admin, full)
    _global_goals(admin, full)
    _own_goals(admin, full)
    admin.server.run("demo")  # its goals have a history
    return {"project": full.slug, "empty": empty.slug, "demo": "demo", "record": record} | furnish_long(admin)


def _furnish(admin: Admin, project: Project) -> None:
    project.ask("POST", "/env", {"key": "API_KEY", "type": "string", "value": "s3cret"})
    project.ask("POST", "/env", {"key": "STATIONS", "type": "integer", "value": 3})
    furnish_files(admin, project)
    fields = [{"key": "name", "type": "string", "required": True}, {"key": "height", "type": "number"}]
    project.ask("POST", "/models", {"name": "Stations", "slug": "stations", "fields": fields})
    project.ask("POST", "/models", {"name": "Alarms", "slug": "alarms", "fields": fields})
    for index in range(40):
        project.ask("POST", "/models/stations/data", {"name": f"Station {index}", "height": index * 10})
    for index in range(12):
        project.get(f"/hello/{index}")


def _others(admin: Admin) -> None:
    debug = Project(admin, name="Chat bot with quite a long name for a card", slug="chat-bot", color="amber")
    debug.debug(SERVICE)
    broken = Project(admin, name="Invoices", slug="invoices", color="red")
    broken.write(CRASHING)
    broken.start(branch="develop")


def _people(admin: Admin, project: Project) -> None:
    rights: dict[str, dict[str, object]] = {
        "ann": {"create_projects": True, "manage_users": True},
        "boris": {"project_access": [project.made["id"]]},
        "chen": {},
        "dora": {},
        WORD[:40].lower(): {"project_access": [project.made["id"]]},
    }
    for name, permissions in rights.items():
        body = {"email": address(name), "password": PASSWORD, "name": name.title()}
        made = admin.ask("POST", "/users", body | {"permissions": permissions})
        if name == "chen":
            admin.ask("POST", f"/users/{made['id']}/block")


def _global_goals(admin: Admin, project: Project) -> None:
    allowed = [project.made["id"]]
    for name, color, kind in (("Sign-ups", "green", "daily_counter"), ("Orders", "violet", "counter")):
        goal = {"name": name, "slug": name.lower(), "type": kind, "color": color, "allowed_projects": allowed}
        made = admin.ask("POST", "/goals", goal)
        admin.ask("POST", f"/goals/{made['id']}/increment", {"value": 1287, "project_id": project.slug})


def _own_goals(admin: Admin, project: Project) -> None:
    about = "Measurements that the stations have sent, without those that were thrown away for a wrong checksum."
    readings = {"name": "Readings", "slug": "readings", "type": "daily_counter", "color": "sky", "description": about}
    alarms = {"name": "Alarms", "slug": "alarms", "type": "counter", "color": "red"}
    for goal in (readings, alarms):
        made = project.ask("POST", "/goals", goal)
        admin.ask("POST", f"/goals/{made['id']}/increment", {"value": 412})
