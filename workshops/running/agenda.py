"""The agenda of a workshop, for people and for calendar programs (iCalendar, RFC 5545)."""

import datetime
from typing import Any
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.mail import site_url
from workshops.doors import LeaderView, WorkshopView
from workshops.meanwhile import CONFLICT, Standing, told
from workshops.models import AgendaItem, Workshop
from workshops.running.forms import AgendaForm
from workshops.running.setting_up import changed

_ONE_DAY = datetime.timedelta(days=1)


def calendar_of(workshop: Workshop) -> bytes:
    """Return the sessions of a workshop as a calendar; its days as a whole where it has none."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", workshop.title)
    for item in workshop.agenda.all() or [None]:
        calendar.add_component(_entry(workshop, item))
    return bytes(calendar.to_ical())


def _entry(workshop: Workshop, item: AgendaItem | None) -> icalendar.Event:
    site = site_url()
    host = urlsplit(site).hostname or "localhost"
    entry, address = icalendar.Event(), f"{site}{workshop.get_absolute_url()}"
    name = f"workshop-{workshop.pk}" + (f"-session-{item.pk}" if item else "")
    entry.add("uid", f"{name}@{host}")
    entry.add("sequence", workshop.revision)
    entry.add("dtstamp", workshop.changed_at)
    entry.add("dtstart", item.starts if item else workshop.starts)
    ends = item.ends if item else workshop.ends + _ONE_DAY
    if item is None or ends > item.starts:  # an end must come later than the beginning
        entry.add("dtend", ends)
    entry.add("summary", f"{workshop.title}: {item.title}" if item else workshop.title)
    said = [item.text, item.url, address] if item else [workshop.about, address]
    entry.add("description", "\n\n".join(filter(None, said)))
    entry.add("url", address)
    if place := ", ".join(filter(None, [item.place if item else "", workshop.place])):
        entry.add("location", place)
    return entry


class CalendarFileView(WorkshopView):
    """`GET`: the agenda for a calendar program."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the file."""
        kind = "text/calendar; charset=utf-8"
        response = HttpResponse(calendar_of(self.workshop), content_type=kind)
        name = f"workshop-{self.workshop.pk}.ics"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class SessionView(LeaderView):
    """`GET`: the form of a session, filled or empty; `POST`: store it."""

    http_method_names = ["get", "head", "post", "options"]
    item: AgendaItem | None = None
    lost = False  # that somebody has taken it out meanwhile

    def prepare(self, request: HttpRequest, **kwargs: Any) -> HttpResponse | None:
        """Find the session in this workshop; taken out meanwhile, it may be entered anew."""
        if "pk" in kwargs:
            self.item = self.workshop.agenda.filter(pk=kwargs["pk"]).first()
            if self.item is None and request.method != "POST":
                raise Http404
            self.lost = self.item is None
        return None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self._show(AgendaForm(self.workshop, instance=self.item))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or show the form again with what was typed."""
        with transaction.atomic():
            if self.item is not None:
                rows = self.workshop.agenda.select_for_update()
                self.item = rows.filter(pk=self.item.pk).first()
                self.lost = self.item is None
            now = Standing(AgendaForm(self.workshop, instance=self.item))
            form = AgendaForm(self.workshop, request.POST, instance=self.item)
            if not form.is_valid():
                return self._show(form, 400)
            if self.lost and request.POST.get("was"):
                gone = _("Somebody has deleted this meanwhile. Save again to enter it anew.")
                form.add_error(None, gone)
                return self._show(form, CONFLICT)
            if self.item is not None and not now.yields_to(form, request):
                return self._show(form, CONFLICT)
            form.instance.workshop = self.workshop
            form.instance.save()
            changed(self.workshop)
        messages.success(request, _("Saved."))
        return redirect(f"{self.workshop.get_absolute_url()}#agenda")

    def _show(self, form: AgendaForm, status: int = 200) -> HttpResponse:
        stored = self.workshop.agenda.filter(pk=self.item.pk).first() if self.item else None
        heading = _("Change a session") if stored else _("Add a session")
        context = self.context(form=form, heading=heading, part="agenda", item=stored)
        if stored:
            now = Standing(AgendaForm(self.workshop, instance=stored))
            context |= told(self.request, now, status == CONFLICT)
        return render(self.request, "workshops/running/row.html", context, status=status)


class DeleteSessionView(LeaderView):
    """`POST`: take a session out of the agenda."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it; gone already, it stays gone."""
        if self.workshop.agenda.filter(pk=pk).delete()[0]:
            changed(self.workshop)
        messages.success(request, _("Deleted."))
        return redirect(f"{self.workshop.get_absolute_url()}#agenda")
