"""Who signed a card, and when a session is, for templates."""

import datetime

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.moments import span
from members.signed import Signed
from members.signing import signature
from workshops import access
from workshops.models import AgendaItem, Registration, Workshop, WorkshopPage
from workshops.running.registering import version_of

register = template.Library()


@register.simple_tag
def card_signature(said: Signed) -> SafeString:
    """Return the institution and the country under a card; never a name."""
    return format_html("<bdi>{}</bdi>", signature(said))


@register.simple_tag
def plain_signature(said: Signed) -> str:
    """Return the same for plain text."""
    return signature(said)


@register.simple_tag
def session_when(workshop: Workshop, item: AgendaItem) -> SafeString:
    """Return when a session is, in the time of its place, and in UTC where that is another."""
    zone = workshop.zone
    here = span(item.starts.astimezone(zone), item.ends.astimezone(zone))
    place = workshop.time_zone.rpartition("/")[2].replace("_", " ")
    said = f"{here} ({place})" if place != "UTC" else f"{here} UTC"
    shown = format_html('<time datetime="{}">{}</time>', item.starts.isoformat(), said)
    if place == "UTC":
        return shown
    utc = span(item.starts.astimezone(datetime.UTC), item.ends.astimezone(datetime.UTC))
    return format_html('{} <span class="meta">{} UTC</span>', shown, utc)


@register.simple_tag(takes_context=True)
def way_in(context: RequestContext, page: WorkshopPage) -> tuple[str, str] | None:
    """Return (words, address) of the way from a public page into its workshop, for this reader.

    Visitors are asked nothing of the database for.
    """
    user = getattr(context.get("request"), "user", None)
    if not page.pk or user is None or not user.is_authenticated:
        return None
    found = Workshop.objects.filter(page__translation_key=page.translation_key).first()
    if found is None:
        return None
    if access.may_read(user, found):
        return gettext("To the workshop"), found.get_absolute_url()
    if access.may_register(user, found):
        return gettext("Register"), reverse("workshop-register", args=[found.pk])
    return None


@register.filter
def version(registration: Registration) -> str:
    """Return which version of a registration is shown, for whoever decides on it."""
    return version_of(registration)
