"""When an event is, in words: in the time of its place, and in UTC for everybody else."""

import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from communities.models import Event

register = template.Library()


@register.simple_tag
def event_when(event: Event) -> SafeString:
    """Return day and time of an event, with the time zone, and UTC where it is another."""
    zone = ZoneInfo(event.time_zone)
    here = _span(event.starts.astimezone(zone), event.ends.astimezone(zone))
    place = event.time_zone.rpartition("/")[2].replace("_", " ")
    said = f"{here} ({place})" if place != "UTC" else f"{here} UTC"
    shown = format_html('<time datetime="{}">{}</time>', event.starts.isoformat(), said)
    if place == "UTC":
        return shown
    utc = _span(event.starts.astimezone(datetime.UTC), event.ends.astimezone(datetime.UTC))
    return format_html('{} <span class="meta">{}</span>', shown, f"{utc} UTC")


def _span(starts: datetime.datetime, ends: datetime.datetime) -> str:
    first, last = (date_format(each, "DATE_FORMAT") for each in (starts, ends))
    begin, end = (date_format(each, "TIME_FORMAT") for each in (starts, ends))
    if starts.date() == ends.date():
        return gettext("%(day)s, %(begin)s to %(end)s") % {"day": first, "begin": begin, "end": end}
    return gettext("%(first)s, %(begin)s to %(last)s, %(end)s") % {
        "first": first,
        "begin": begin,
        "last": last,
        "end": end,
    }
