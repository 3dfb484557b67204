"""What stands before every view of this app."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control

from members.access import may_see_board

never_kept = cache_control(private=True, no_store=True)
never_kept_view = method_decorator(never_kept, name="dispatch")


def for_secretariat(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer everybody else as if there were no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_board(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


secretariat_view = method_decorator(for_secretariat, name="dispatch")
