"""Health for machines: alive, and ready with the state of each part.

Answers name parts and states only; no version, path or message that helps an attacker.
"""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from search import health

State = tuple[bool, str]


def database() -> State:
    """Return whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False, "The database does not answer."
    return True, "ok"


# Without this nothing can be served; the others only make the search poorer.
REQUIRED = {"database"}
PARTS: dict[str, Callable[[], State]] = {
    "database": database,
    "index": health.index,
    "encoder": health.encoder,
    "queue": health.queue,
}


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process can answer at all."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when requests can be served, 503 when not, and the state of every part.

    "degraded" means that the site works but its search is poorer: words only, or new texts
    that the worker has not encoded yet.
    """
    states: dict[str, State] = {}
    for name, check in PARTS.items():
        broken = not all(states[part][0] for part in REQUIRED if part in states)
        states[name] = (False, "unknown") if broken else check()
    up = all(states[name][0] for name in REQUIRED)
    well = all(good for good, _text in states.values())
    status = "ok" if well else "degraded" if up else "unavailable"
    parts = {name: {"ok": good, "state": text} for name, (good, text) in states.items()}
    return JsonResponse({"status": status, "parts": parts}, status=200 if up else 503)
