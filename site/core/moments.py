"""Days and hours as they are typed at a place, in its own time."""

import datetime
from functools import cache
from zoneinfo import available_timezones

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# Not of a place: names for programs, or for what has others.
_NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")
TYPED = "%Y-%m-%dT%H:%M"
# Days beyond are mistyped, and no calendar can move all of them into another time zone.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
BETWEEN = (MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY))


@cache
def time_zones() -> list[tuple[str, str]]:
    """Return the time zones of places, and UTC first, as choices by their IANA names."""
    names = (each for each in available_timezones() if "/" in each)
    places = sorted(each for each in names if not each.startswith(_NO_PLACES))
    return [("UTC", "UTC"), *((each, each.replace("_", " ")) for each in places)]


def moment(text: str, zone: datetime.tzinfo) -> datetime.datetime:
    """Return a moment typed in the time of a place; `ValueError` says why it is none."""
    try:
        local = datetime.datetime.strptime(text[:16].replace(" ", "T"), TYPED)
        if not FIRST_DAY <= local.date() <= LAST_DAY:
            raise ValueError(text)
        found = timezone.make_aware(local, zone)
        there = found.astimezone(datetime.UTC).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise ValueError(_("Give day and time like this: 2027-03-15 14:30.")) from error
    # A clock that is put forward leaves an hour out.
    if there.replace(tzinfo=None) != local:
        raise ValueError(_("The clocks are put forward then: this time does not exist."))
    return found


def span(starts: datetime.datetime, ends: datetime.datetime) -> str:
    """Return from when until when, in words; the day once where it is the same."""
    first, last = (date_format(each, "DATE_FORMAT") for each in (starts, ends))
    begin, end = (date_format(each, "TIME_FORMAT") for each in (starts, ends))
    if starts.date() == ends.date():
        return _("%(day)s, %(begin)s to %(end)s") % {"day": first, "begin": begin, "end": end}
    told = {"first": first, "begin": begin, "last": last, "end": end}
    return _("%(first)s, %(begin)s to %(last)s, %(end)s") % told
