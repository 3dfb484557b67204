"""What search adds to pages of any kind."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

from search.facts import Reason, fact_label
from search.results import Hit
from search.similar import similar
from search.sources import key_of
from search.viewer import Viewer, home_of

register = template.Library()
MOST = 4


@register.simple_tag(takes_context=True)
def similar_to(context: RequestContext, source: str, page: Any) -> list[Hit]:
    """Return the works most like a page, with what they have in common, for who is reading.

    A page that is previewed or not saved yet has none.
    """
    request = context.get("request")
    if request is None or not page.pk or getattr(request, "is_preview", False):
        return []
    viewer = Viewer.asking(request)
    return similar(key_of(source, page.pk), viewer, MOST, get_language() or "en")


@register.filter
def in_words(reason: Reason) -> str:
    """Return what a fact that two settings share, or do not, is called in the reader's language."""
    return fact_label((reason.kind, reason.code), get_language() or "en")


@register.simple_tag(takes_context=True)
def home_country(context: RequestContext) -> str:
    """Return the country that the reader answers for, "" if none."""
    return home_of(getattr(context.get("request"), "user", None))
