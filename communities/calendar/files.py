"""Events as calendar programs read them (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import icalendar
from django.conf import settings

from communities.models import Event


def calendar_of(events: Iterable[Event], name: str) -> bytes:
    """Return a calendar with these events; each needs its community, in the active language."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> icalendar.Event:
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    host = urlsplit(site).hostname or "localhost"
    entry = icalendar.Event()
    entry.add("uid", f"{event.uid}@{host}")
    entry.add("sequence", event.revision)
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", event.starts)
    entry.add("dtend", event.ends)
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    address = f"{site}{event.get_absolute_url()}"
    entry.add("url", address)
    told = [event.text, event.url, f"{event.community.name}: {address}"]
    entry.add("description", "\n\n".join(filter(None, told)))
    if event.place:
        entry.add("location", event.place)
    return entry
