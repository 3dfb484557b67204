"""The secretariat's desk: work plan, contributions to the annual report, yearly figures, chair."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.written_once import WrittenOnce


class WorkItem(models.Model):
    """Something that the secretariat means to do, and whether it did."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        GOING = "going", _("under way")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    title = models.CharField(_("what"), max_length=255)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who sees to it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    url = models.CharField(_("link to what came of it"), max_length=500, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("item of the work plan")
        verbose_name_plural = _("items of the work plan")

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is neither done nor given up."""
        open_ = self.status in (self.Status.PLANNED, self.Status.GOING)
        return open_ and self.due_on is not None and self.due_on < timezone.localdate()


class AnnualReport(models.Model):
    """The report of one year, to which agencies contribute chapters."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    title = models.CharField(_("title"), max_length=255)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"


class Contribution(models.Model):
    """A chapter that somebody is asked to write until a day."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked for")
        WRITING = "writing", _("being written")
        HANDED_IN = "handed-in", _("handed in")
        ACCEPTED = "accepted", _("accepted")

    OPEN = (Status.ASKED, Status.WRITING)

    report = models.ForeignKey(
        AnnualReport,
        verbose_name=_("report"),
        on_delete=models.CASCADE,
        related_name="contributions",
    )
    chapter = models.CharField(_("chapter"), max_length=255)
    brief = models.TextField(_("what is asked for"), max_length=2000, blank=True)
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who writes it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    deadline = models.DateField(_("deadline"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ASKED
    )
    url = models.URLField(_("link to the text"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    reminded_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["deadline", "pk"]
        verbose_name = _("contribution to an annual report")
        verbose_name_plural = _("contributions to annual reports")

    def __str__(self) -> str:
        return self.chapter

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and nothing was handed in."""
        return self.status in self.OPEN and self.deadline < timezone.localdate()


class DataPack(WrittenOnce):
    """The platform's figures of one year as they were on a day; never changed afterwards."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    figures = models.JSONField()
    # SHA-256 of the figures as `workshops.desk.packs.canonical` writes them.
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-year"]
        verbose_name = _("data pack")
        verbose_name_plural = _("data packs")

    def __str__(self) -> str:
        return str(self.year)


class ChairTermQuerySet(models.QuerySet["ChairTerm"]):
    """Terms by their days."""

    def held(self, on: datetime.date | None = None) -> "ChairTermQuerySet":
        """Keep the term of a day (today): begun, not past its last day, not ended."""
        day = on or timezone.localdate()
        return self.filter(starts__lte=day, ends__gte=day, ended_at=None)


class ChairTerm(models.Model):
    """That somebody chairs the joint secretariat from a day to a day, both included."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("agency"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    # Ended before its last day; the row stays, so that it is known who chaired when.
    ended_at = models.DateTimeField(null=True, editable=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: Any = ChairTermQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = _("term of a chair")
        verbose_name_plural = _("terms of chairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("starts")), name="a_term_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution} ({self.starts}..{self.ends})"

    @property
    def is_held(self) -> bool:
        """Whether it is the term of today."""
        return self.ended_at is None and self.starts <= timezone.localdate() <= self.ends

    @property
    def is_to_come(self) -> bool:
        """Whether its first day is still to come, and it was not taken back."""
        return self.ended_at is None and self.starts > timezone.localdate()

    @property
    def was_taken_back(self) -> bool:
        """Whether it was ended before it began."""
        return self.ended_at is not None and timezone.localdate(self.ended_at) < self.starts
