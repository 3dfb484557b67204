"""Roles with their terms, and what people say about themselves."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.application_model import Application, Question, State, Wanted
from members.languages import SPOKEN

__all__ = [
    "Application",
    "Erased",
    "Kind",
    "Profile",
    "Question",
    "Role",
    "SpokenLanguage",
    "State",
    "Wanted",
]


class Kind(models.TextChoices):
    """What a person may be here; each role is held for a time."""

    MEMBER = "member", _("Member")
    REPRESENTATIVE = "representative", _("Country representative")
    REVIEWER = "reviewer", _("Reviewer")
    FACILITATOR = "facilitator", _("Facilitator")
    SECRETARIAT = "secretariat", _("Secretariat")


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles by their terms."""

    def held(self, on: datetime.date | None = None) -> "RoleQuerySet":
        """Keep the roles held on a day (today): begun, not past their last day, not ended."""
        day = on or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day, ended_at=None)


class Role(models.Model):
    """A role that a person holds from a day to a day (both included), for a country or a body."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind.choices)
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    country = models.ForeignKey(
        "vocabulary.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts = models.DateField(_("first day"), default=timezone.localdate)
    ends = models.DateField(_("last day"), null=True, blank=True)
    # Ended before its last day; the row stays, so that it is known who held what.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # How many days before the last one this person was told that it comes (`members.ending`);
    # empty again when another last day is set.
    told_before = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes = [models.Index(fields=["kind", "ends"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="role_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.starts}..{self.ends or ''})"

    @property
    def is_held(self) -> bool:
        """Whether the role is held today."""
        today = timezone.localdate()
        begun = self.starts <= today
        return begun and self.ended_at is None and (self.ends is None or self.ends >= today)


class Profile(models.Model):
    """What a person says about themselves; others see it only where `listed` is set."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    topics = models.ManyToManyField(
        "vocabulary.Theme", verbose_name=_("topics"), blank=True, related_name="+"
    )
    expertise = models.TextField(_("expertise"), blank=True, max_length=1000)
    listed = models.BooleanField(_("listed in the directory"), default=False)
    ask_me = models.BooleanField(_("may be asked through this site"), default=False)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.user)


class SpokenLanguage(models.Model):
    """A language that a person reads and writes at work."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("language"), max_length=10, choices=SPOKEN)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "code"], name="one_row_per_language_spoken")
        ]

    def __str__(self) -> str:
        return self.get_code_display()


class Erased(models.Model):
    """That somebody was erased, as a salted hash of the address; no name, no address."""

    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    erased_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]
