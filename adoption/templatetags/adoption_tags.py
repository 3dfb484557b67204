"""The exchange on a practice, for templates: what is said, adapted, thanked for and in doubt."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from adoption import pictures
from adoption.access import feedback_for
from adoption.models import Adoption, Feedback
from adoption.showing import IN_THE_PICTURE, Exchange, exchange_of
from adoption.truth import REMIND_AFTER, YEAR
from core.markdown import rendered
from members import signing
from members.signed import Signed
from practices.models import PracticePage
from vocabulary.labels import label

register = template.Library()


@register.simple_tag(takes_context=True)
def exchange(context: RequestContext, page: PracticePage) -> Exchange:
    """Return the exchange on the practice shown; of a preview or a draft there is none."""
    request = context.get("request")
    if request is None or not page.pk or not page.live or getattr(request, "is_preview", False):
        return Exchange(page)
    return exchange_of(page, request.user)


@register.simple_tag(takes_context=True)
def being_taken_over(context: RequestContext, page: PracticePage) -> Iterable[Feedback]:
    """Return the suggestions that its authors are taking over into a practice, oldest first."""
    rows = feedback_for(context["request"].user).filter(
        practice__translation_key=page.translation_key,
        taken_over__published_at=None,
        taken_over__isnull=False,
        hiding=None,
        withdrawn_at=None,
    )
    return rows.select_related("institution").order_by("taken_over__at")


@register.inclusion_tag("adoption/_section_link.html")
def feedback_link(shown: Exchange, section: str = "") -> dict[str, Any]:
    """Show the way to give feedback on a section, to whoever may give it."""
    return {"exchange": shown, "section": section}


@register.filter
def markdown(text: str) -> SafeString:
    """Return what a member wrote as HTML that can do nothing."""
    return rendered(text)


@register.filter
def signature(said: Signed) -> str:
    """Return in whose name something is said."""
    return signing.signature(said)


@register.filter
def adapter(adoption: Adoption) -> str:
    """Return the short name of who adapted a practice."""
    return signing.adapter_name(adoption)


@register.filter
def years(adoption: Adoption) -> str:
    """Return the years of an adaptation."""
    return pictures.years(adoption)


@register.inclusion_tag("adoption/_trail_picture.html")
def trail_picture(page: PracticePage, adoptions: list[Adoption]) -> dict[str, Any]:
    """Draw who has adapted a practice from whom; the table beside it names them all."""
    return pictures.trail_picture(origin_name(page), adoptions[:IN_THE_PICTURE])


@register.filter
def origin_name(page: PracticePage) -> str:
    """Return the short name of whose practice it is: its country, else its organisation."""
    codes = page.tags.get("countries", [])
    if codes:
        return ", ".join(label("country", code, get_language() or "en") for code in codes[:2])
    lead = page.lead_institution
    return page.organisation or (lead.acronym or lead.name if lead else page.title)


@register.filter
def long_ago(day: datetime.date | None) -> bool:
    """Return whether a confirmation is older than a year and the time to answer the mail."""
    return day is not None and day < (timezone.now() - YEAR - REMIND_AFTER).date()
