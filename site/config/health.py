"""Health for machines: alive, and ready with the state of each part.

A stranger learns which part is well and which is not. What is wrong with it, and how to mend it, is
told to administrators alone: it may name versions and paths.
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
    return True, "answers"


PARTS: dict[str, Callable[[], State]] = {
    "database": database,
    "index": health.index,
    "encoder": health.encoder,
    "languages": health.languages,
    "queue": health.queue,
}


def _asked(check: Callable[[], State]) -> State:
    try:
        return check()
    except DatabaseError:
        return False, "A table is missing. Run `manage.py migrate`."


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process can answer at all."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when requests can be served, 503 when not, with the state of every part.

    Only the database is needed to serve. "degraded" means a poorer search: words alone, or texts
    that the worker has not encoded yet.
    """
    states: dict[str, State] = {}
    for name, check in PARTS.items():
        up = name == "database" or states["database"][0]
        states[name] = _asked(check) if up else (False, "Not known without the database.")
    up = states["database"][0]
    well = all(good for good, _text in states.values())
    told = up and request.user.is_superuser
    parts = {
        name: {"ok": good, **({"state": text} if told else {})}
        for name, (good, text) in states.items()
    }
    status = "ok" if well else "degraded" if up else "unavailable"
    return JsonResponse({"status": status, "parts": parts}, status=200 if up else 503)
