"""What search adds to pages of any kind."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

from search.results import Hit
from search.similar import similar
from search.sources import key_of
from search.viewer import Viewer

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
