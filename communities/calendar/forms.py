"""An event as a facilitator writes it: in the time of the place where it happens."""

import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Event
from communities.threads.typed import Text
from members.forms import OneLine, line

# Not of a place: names for programs, or for what has others.
_NO_PLACES = ("Etc/", "SystemV/", "US/", "posix/", "right/")


@cache
def time_zones() -> list[tuple[str, str]]:
    """Return the time zones of places, and UTC first, as choices by their IANA names."""
    names = (each for each in available_timezones() if "/" in each)
    places = sorted(each for each in names if not each.startswith(_NO_PLACES))
    return [("UTC", "UTC"), *((each, each.replace("_", " ")) for each in places)]


def _moment_box() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """What, when, where; the two moments are read in the time zone that is given with them."""

    title = OneLine(label=_("Title"), max_length=200, widget=line())
    place = OneLine(label=_("Place"), max_length=200, required=False, widget=line())
    begins = forms.CharField(label=_("Begins"), widget=_moment_box())
    finishes = forms.CharField(label=_("Ends"), widget=_moment_box())
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    url = forms.URLField(
        label=_("Link to take part"),
        required=False,
        assume_scheme="https",
        help_text=_("Only those who can read this community see it."),
    )
    text = Text(label=_("What it is about"), max_length=5000, required=False, rows=6)

    class Meta:
        model = Event
        fields = ["title", "place", "url", "text", "time_zone"]

    field_order = ["title", "begins", "finishes", "time_zone", "place", "url", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        event = self.instance
        if event.pk:
            zone = ZoneInfo(event.time_zone)
            for name, moment in (("begins", event.starts), ("finishes", event.ends)):
                self.initial[name] = moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")

    def clean(self) -> dict[str, Any]:
        """Read both moments; say so where one does not exist or they stand the wrong way round."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        zone = told.get("time_zone")
        if not zone:
            return told
        starts, ends = (self._moment(told, name, zone) for name in ("begins", "finishes"))
        if starts and ends and ends < starts:
            self.add_error("finishes", _("The event ends before it begins."))
        if starts and ends:
            self.instance.starts, self.instance.ends = starts, ends
        return told

    def _moment(self, told: dict[str, Any], name: str, zone: str) -> datetime.datetime | None:
        text = told.get(name)
        if not text:
            return None
        try:
            local = datetime.datetime.strptime(text[:16].replace(" ", "T"), "%Y-%m-%dT%H:%M")
            found = timezone.make_aware(local, ZoneInfo(zone))
            # A clock that is put forward leaves an hour out.
            exists = found.astimezone(datetime.UTC).astimezone(ZoneInfo(zone)) == found
            same = found.astimezone(datetime.UTC).astimezone(ZoneInfo(zone)).hour == local.hour
        except (ValueError, OverflowError):
            self.add_error(name, _("Give day and time like this: 2027-03-15 14:30."))
            return None
        if not (exists and same):
            self.add_error(name, _("The clocks are put forward then: this time does not exist."))
            return None
        return found
