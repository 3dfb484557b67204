"""What other pages show of a review: comments beside sections, the voice, the state in words."""

from typing import Any

from django import template
from django.template.context import RequestContext

from practices.access import is_editor
from practices.models import PracticePage
from reviewing import comments
from reviewing.access import may_read
from reviewing.forms import CommentsForm
from reviewing.models import SectionComment
from reviewing.steps import Round, round_of
from reviewing.voice import clearance_of

register = template.Library()
FORM = "review-comments"
# Where a page keeps who may do what with its comments while it is shown.
KEPT = "_readable_comments"


@register.inclusion_tag("reviewing/_comments.html", takes_context=True)
def section_comments(
    context: RequestContext, page: Any, key: str, in_form: bool = False
) -> dict[str, Any]:
    """Show the comments on a section, with fields to answer and to settle them.

    The fields belong to the form of `comment_form`, which stands anywhere on the same page but
    within no other form; `in_form`: beside a text that is being written. Read once for all
    sections; nothing for people who may not read them.
    """
    user = context["request"].user
    kept = getattr(page, KEPT, None)
    if kept is None:
        stored = page if isinstance(page, PracticePage) and page.pk else None
        readable = stored is not None and may_read(user, stored)
        found = comments.on(page) if readable else {}
        kept = (found, readable and is_editor(user, page))
        setattr(page, KEPT, kept)
    found, edits = kept
    form = context.get("comments_form")
    rows = [
        {
            "comment": each,
            "may_settle": edits or (each.writer_id and each.writer_id == user.pk),
            "field": form[f"answer-{each.pk}"]
            if form is not None and f"answer-{each.pk}" in form.fields
            else None,
        }
        for each in found.get(key, [])
    ]
    return {"rows": rows, "form_id": FORM, "key": key, "in_form": in_form}


@register.inclusion_tag("reviewing/_comment_form.html", takes_context=True)
def comment_form(context: RequestContext, page: Any) -> dict[str, Any]:
    """Show nothing but the form that the fields of `section_comments` belong to."""
    return {
        "page_id": page.pk,
        "form_id": FORM,
        "once": CommentsForm()["once"],
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def open_comments(page: Any) -> int:
    """Return how many comments on a practice nobody has settled."""
    return comments.open_on(page) if page.pk else 0


@register.inclusion_tag("reviewing/_voice.html")
def voice(page: Any) -> dict[str, Any]:
    """Show in whose name a published practice speaks, and who cleared it when."""
    return {"page": page, "clearance": clearance_of(page)}


@register.simple_tag
def review_round(page: Any) -> Round | None:
    """Return where a practice stands in its review; None when it is in none."""
    return round_of(page) if page.pk else None


@register.filter
def signature(comment: SectionComment) -> str:
    """Return who says it, as authors may know it."""
    return comment.signature


@register.simple_tag
def field_of(form: Any, name: str) -> Any:
    """Return a field of a form by a name that is put together in a template."""
    return form[name]
