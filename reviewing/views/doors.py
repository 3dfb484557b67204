"""What the views share: whoever is not signed in goes to the log-in, for whatever address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

# No database has a row of a larger number; SQLite fails when asked for one.
LARGEST = 2**63 - 1
View = Callable[..., HttpResponse]


def page(*methods: str) -> Callable[[View], View]:
    """Answer these methods, for people who are signed in; nothing of it is kept by caches."""

    def wrapped(view: View) -> View:
        kept = cache_control(private=True, no_store=True)
        allowed = require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(isinstance(each, int) and each > LARGEST for each in kwargs.values()):
                raise Http404
            return view(request, *args, **kwargs)

        inner: View = kept(login_required(allowed(answered)))
        return inner

    return wrapped
