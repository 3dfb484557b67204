"""An event as a facilitator writes it: in the time of the place where it happens."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Event
from communities.threads.typed import Text
from core.moments import TYPED, moment, time_zones
from members.forms import OneLine, line


def _moment_box() -> forms.DateTimeInput:
    return forms.DateTimeInput(format=TYPED, attrs={"type": "datetime-local"})


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
            for name, stored in (("begins", event.starts), ("finishes", event.ends)):
                self.initial[name] = stored.astimezone(zone).strftime(TYPED)

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
            return moment(text, ZoneInfo(zone))
        except ValueError as error:
            self.add_error(name, str(error))
            return None
