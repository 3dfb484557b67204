"""What is known already, for the form of a question and for its page."""

from typing import Any

from django import template
from django.template.context import RequestContext

from communities.asking.views import nearby_typed
from communities.models import Thread

register = template.Library()


@register.inclusion_tag("communities/asking/_look_first.html", takes_context=True)
def look_first(context: RequestContext, looked: bool = False) -> dict[str, Any]:
    """Offer to look first; where the button was pressed (`looked`), show what is near."""
    request = context["request"]
    found = nearby_typed(request, request.POST) if looked else None
    return {"community": context["community"], "nearby": found}


@register.inclusion_tag("communities/asking/_known.html")
def known_of(thread: Thread) -> dict[str, Any]:
    """Lead from a question to what the search knew of it; its page costs nothing for that."""
    return {"thread": thread, "community": thread.community}
