"""Meetings, webinars and deadlines of a community."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community
from members.signed import Signed


class Event(Signed):
    """Something in the calendar of a community."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="events")
    # What calendar programs know it by, whatever changes.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=5000, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    url = models.URLField(_("link to take part"), blank=True)
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")  # IANA
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0, editable=False)  # SEQUENCE of RFC 5545
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="an_event_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its address, in the language that is active."""
        return reverse("community-event", args=[self.community.slug, self.pk])
