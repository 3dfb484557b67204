"""What pages of other apps show of communities."""

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template.context import RequestContext

from communities import access
from communities.alerts import following
from communities.mailing import words
from communities.models import Follow, Thread

register = template.Library()


@register.inclusion_tag("communities/alerts/_follow.html", takes_context=True)
def follow_button(context: RequestContext, kind: str, thing: Any) -> dict[str, Any]:
    """Show the button to follow a thing that is shown: a country or topic by its code, a page, a
    thread; nothing to whoever may not follow it.
    """
    request = context.get("request")
    user = request.user if request else None
    if request is None or not access.may_be_told(user) or not _may_be_followed(kind, thing, user):
        return {}
    code = _code_of(kind, thing)
    return {
        "kind": kind,
        "code": code,
        "followed": following.is_followed(user, kind, code),
        "back": request.get_full_path(),
        "csrf_token": get_token(request),
    }


def _may_be_followed(kind: str, thing: Any, user: Any) -> bool:
    """Return whether something that is shown to somebody is such that it can be followed."""
    if kind == Follow.Kind.PRACTICE:
        return bool(thing.pk and thing.live)
    return not isinstance(thing, Thread) or access.is_in(user, thing.community)


def _code_of(kind: str, thing: Any) -> str:
    if kind == Follow.Kind.PRACTICE:
        return str(thing.translation_key)
    return str(thing.pk) if kind == Follow.Kind.THREAD else str(thing)


@register.filter
def is_told(user: Any) -> bool:
    """Return whether somebody has a page on which to choose what they are mailed."""
    return access.may_be_told(user)


@register.filter
def isolated(text: str) -> str:
    """Return what members wrote so that plain text around it stays in order."""
    return words.isolated(str(text))
