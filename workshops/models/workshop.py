"""A workshop as it is prepared and held; what is public of it stands on its `WorkshopPage`."""

import datetime
import secrets
import zoneinfo
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workshops.models.page import WorkshopPage, WorkshopSeries

ISO3 = RegexValidator(r"^[A-Z]{3}\Z")


class Workshop(models.Model):
    """One workshop: read by those who take part, its facilitators and the secretariat."""

    class Registration(models.TextChoices):
        CLOSED = "closed", _("closed")
        MEMBERS = "members", _("open to members of the Alliance")
        ACCOUNTS = "accounts", _("open to everybody with an account")

    title = models.CharField(_("title"), max_length=255)
    about = models.TextField(_("what it is about"), max_length=5000, blank=True)
    series = models.ForeignKey(
        WorkshopSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="held",
    )
    # The page that everybody reads, once there is one.
    page = models.OneToOneField(
        WorkshopPage,
        verbose_name=_("public page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="workshop",
    )
    # The workshop whose open recommendations are taken up here.
    follows = models.ForeignKey(
        "self",
        verbose_name=_("takes up"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="followed_by",
    )
    place = models.CharField(_("place"), max_length=255, blank=True)
    host = models.CharField(_("host country"), max_length=3, blank=True, validators=[ISO3])
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")  # IANA
    registration = models.CharField(
        _("registration"),
        max_length=10,
        choices=Registration.choices,
        default=Registration.CLOSED,
    )
    # How many journeys the secretariat can pay for; null where it pays for none and is not asked.
    travel_places = models.PositiveSmallIntegerField(
        _("journeys that can be paid for"),
        null=True,
        blank=True,
        help_text=_("Left empty, nobody can ask for travel support."),
    )
    # Its own private community, which `workshops.running.community` knows; 0 where there is none.
    community = models.PositiveBigIntegerField(default=0, editable=False)
    # What its countries answer for it, of those that `workshops.preparing.assessments` knows.
    questionnaire = models.SlugField(_("questionnaire"), max_length=60, blank=True)
    answer_by = models.DateField(_("last day to answer"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    # What calendar programs tell old from new by (SEQUENCE of RFC 5545).
    revision = models.PositiveIntegerField(default=0, editable=False)
    # Closed: it can be read, nothing new is written in it.
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="a_workshop_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its desk, in the language that is active."""
        return reverse("workshop", args=[self.pk])

    @property
    def zone(self) -> datetime.tzinfo:
        """The time zone of its place."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def codes(self) -> list[str]:
        """ISO 3166-1 alpha-3 of the countries that take part, in their order."""
        return [row.code for row in self.countries.all()]


class WorkshopCountry(models.Model):
    """A country that takes part; whoever represents it does, too."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="countries")
    code = models.CharField(_("country"), max_length=3, validators=[ISO3])
    # Since when those who take part see its gaps, and who of it said so; null: they do not.
    gaps_shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    gaps_shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # When its people were last reminded of the questionnaire.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["code", "pk"]
        verbose_name = _("country of a workshop")
        verbose_name_plural = _("countries of a workshop")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "code"], name="a_country_takes_part_once")
        ]

    def __str__(self) -> str:
        return self.code


class Facilitator(models.Model):
    """That somebody leads a workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="facilitators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="facilitated_workshops"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("facilitator of a workshop")
        verbose_name_plural = _("facilitators of a workshop")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "user"], name="one_facilitator_each")
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.user_id}"


class AgendaItem(models.Model):
    """A session of a workshop, with its time and where to take part from afar."""

    class Kind(models.TextChoices):
        SESSION = "session", _("session")
        CAFE = "cafe", _("World Cafe")
        BREAKOUT = "breakout", _("breakout groups")
        PAUSE = "pause", _("break")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="agenda")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SESSION)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("what it is about"), max_length=5000, blank=True)
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("room"), max_length=200, blank=True)
    url = models.URLField(_("link to take part"), blank=True)
    recording = models.URLField(_("link to the recording"), blank=True)

    class Meta:
        ordering = ["starts", "ends", "pk"]
        verbose_name = _("session of a workshop")
        verbose_name_plural = _("sessions of a workshop")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="a_session_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.title


def private_store() -> Any:
    """Return the store that no web server reads: only our own view hands files out."""
    return storages["private"]


def place_in_store(document: "WorkshopDocument", filename: str) -> str:
    """Return a name of ours; the name it came with is data, never a path."""
    return f"workshops/{secrets.token_hex(16)}"


class WorkshopDocument(models.Model):
    """A file, or a link, for those who take part."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=255)
    url = models.URLField(_("link"), blank=True)
    file = models.FileField(
        _("file"), storage=private_store, upload_to=place_in_store, max_length=200, blank=True
    )
    name = models.CharField(_("name of the file"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("document of a workshop")
        verbose_name_plural = _("documents of a workshop")

    def __str__(self) -> str:
        return self.title
