"""The calendar of a community: what comes, what was, and the same for calendar programs."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import access
from communities.alerts import feeds
from communities.calendar import keeping
from communities.calendar.files import calendar_of
from communities.calendar.forms import EventForm
from communities.doors import CommunityView, FacilitatorView
from communities.models import Community, Event
from communities.posting import new_token
from communities.readers import readers_of
from core.mail import site_url

PER_PAGE = 30
# Calendar programs are told of what was, too, for so long.
KEPT_IN_FILES = datetime.timedelta(days=365)


class CalendarView(CommunityView):
    """`GET ?past=1&page=`: the events to come, soonest first, or those that were."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        return self.show(request)

    def show(self, request: HttpRequest, new_feed: str = "") -> HttpResponse:
        """Show the list; `new_feed` is a private address of it, which is shown this once."""
        past = request.GET.get("past") == "1"
        now = timezone.now()
        events = Event.objects.filter(community=self.community)
        events = events.filter(ends__lt=now) if past else events.filter(ends__gte=now)
        events = events.order_by("-starts" if past else "starts", "pk")
        page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
        for event in page:
            event.community = self.community
        readers = readers_of(self.community, request.user)
        context = self.context(here="calendar", page_of_events=page, past=past, readers=readers)
        membership = access.memberships_of(request.user).get(self.community.pk)
        if membership is not None:
            context["feeds"] = feeds.current(request.user).filter(membership=membership)
            context |= {"once": new_token(), "new_feed": new_feed}
        context["file_address"] = site_url() + reverse(
            "community-calendar-file", args=[self.community.slug]
        )
        return render(request, "communities/calendar/list.html", context)


class CalendarFileView(CommunityView):
    """`GET`: the events of a community for a calendar program."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        return whole_file(self.community)


def whole_file(community: Community) -> HttpResponse:
    """Return the calendar of a community as a file, with what was not long ago."""
    since = timezone.now() - KEPT_IN_FILES
    events = list(Event.objects.filter(community=community, ends__gte=since))
    for event in events:
        event.community = community
    return as_file(calendar_of(events, community.name), community.slug)


def as_file(content: bytes, name: str) -> HttpResponse:
    """Return a calendar as something to load down."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


class _EventView(CommunityView):
    """A page of one event: `self.event`."""

    event: Event

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find the event in this community."""
        events = Event.objects.filter(community=self.community).select_related("institution")
        event = events.filter(pk=kwargs["pk"]).first()
        if event is None:
            raise Http404
        event.community = self.community
        self.event = event


class EventView(_EventView):
    """`GET`: one event."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        readers = readers_of(self.community, request.user)
        context = self.context(here="calendar", event=self.event, readers=readers)
        return render(request, "communities/calendar/event.html", context)


class EventFileView(_EventView):
    """`GET`: one event for a calendar program."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the file."""
        return as_file(calendar_of([self.event], self.event.title), f"event-{self.event.pk}")


class NewEventView(FacilitatorView):
    """`GET`: the form; `POST`: put an event into the calendar."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self._show(EventForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        form = EventForm(request.POST)
        if not form.is_valid():
            return self._show(form, 400)
        keeping.enter(form.instance, self.community, request.user)
        messages.success(request, _("The event stands in the calendar."))
        return redirect("community-event", self.community.slug, form.instance.pk)

    def _show(self, form: EventForm, status: int = 200) -> HttpResponse:
        readers = readers_of(self.community, self.request.user)
        context = self.context(here="calendar", form=form, readers=readers)
        return render(self.request, "communities/calendar/form.html", context, status=status)


class ChangeEventView(FacilitatorView, _EventView):
    """`GET`: the form with what is known; `POST`: change the event."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        return self._show(EventForm(instance=self.event))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the change, or show the form again with what was typed."""
        form = EventForm(request.POST, instance=self.event)
        if not form.is_valid():
            return self._show(form, 400)
        keeping.change(form.instance)
        messages.success(request, _("The event is changed."))
        return redirect("community-event", self.community.slug, pk)

    def _show(self, form: EventForm, status: int = 200) -> HttpResponse:
        readers = readers_of(self.community, self.request.user)
        context = self.context(here="calendar", form=form, event=self.event, readers=readers)
        return render(self.request, "communities/calendar/form.html", context, status=status)


class CancelEventView(FacilitatorView, _EventView):
    """`POST`: call an event off; it stays in the calendar, crossed out, and in the files."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mark it; called off already, it stays so."""
        keeping.call_off(self.event)
        messages.success(request, _("The event is called off. Tell the members in a notice."))
        return redirect("community-event", self.community.slug, pk)
