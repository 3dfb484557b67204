"""What a thread has become, for its page."""

from typing import Any

from django import template
from django.template.context import RequestContext
from wagtail.models import Page

from communities import access
from communities.knowledge import kinds
from communities.knowledge.summarising import summary_for
from communities.models import Outcome, Summary, Thread
from core.visibility import audiences_of, live_for
from practices.access import drafts_of

register = template.Library()


@register.inclusion_tag("communities/knowledge/_summary.html", takes_context=True)
def thread_summary(context: RequestContext, thread: Thread) -> dict[str, Any]:
    """Show the summary of a thread and what was made of it, as far as this reader may see it."""
    user = context["request"].user
    leading = access.facilitates(user, thread.community)
    summary = Summary.objects.filter(thread=thread).select_related("institution").first()
    return {
        "thread": thread,
        "summary": summary,
        "sentences": summary_for(thread, user) if summary else [],
        "outcomes": _outcomes(thread, user, leading),
        "facilitates": leading,
        "kinds": kinds.open_to(user) if leading else [],
    }


def _outcomes(thread: Thread, user: Any, leading: bool) -> list[dict[str, Any]]:
    """Return what was made: published, or a draft that this reader may write."""
    rows = list(Outcome.objects.filter(thread=thread).select_related("page"))
    if not rows:
        return []
    ids = {row.page_id for row in rows if row.page_id}
    pages = Page.objects.filter(pk__in=ids)
    public = set(live_for(pages, audiences_of(user)).values_list("pk", flat=True)) if ids else set()
    others = ids - public
    drafts = drafts_of(user).filter(pk__in=others)
    own = set(drafts.values_list("pk", flat=True)) if others else set()
    found = []
    for row in rows:
        kind = kinds.get(row.kind)
        if row.page_id in public:
            found.append({"row": row, "kind": kind, "url": f"/p/{row.page_id}/"})
        elif row.page_id in own and kind and kind.address and row.page:
            found.append({"row": row, "kind": kind, "url": kind.address(row.page)})
        elif leading:
            found.append({"row": row, "kind": kind, "url": ""})
    return found
