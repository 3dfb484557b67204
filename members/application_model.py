"""Applications for membership: what somebody asked for, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from users.models import Institution


class State(models.TextChoices):
    """Where an application stands."""

    SENT = "sent", _("Waiting for a decision")
    ASKED = "asked", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (State.SENT, State.ASKED)


class Wanted(models.TextChoices):
    """The roles that somebody may apply for; the others are given."""

    MEMBER = "member", _("Member: read, discuss and give feedback")
    REPRESENTATIVE = "representative", _("Country representative: also write for a country")
    REVIEWER = "reviewer", _("Reviewer: also help to review practices")


class Application(models.Model):
    """One application; only one of a person is open at a time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    role = models.CharField(_("role"), max_length=20, choices=Wanted.choices)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Of an institution that is not in the list yet; the secretariat adds it on accepting.
    institution_name = models.CharField(_("name of the institution"), max_length=255, blank=True)
    institution_kind = models.CharField(
        _("kind of institution"), max_length=30, choices=Institution.Kind.choices, blank=True
    )
    country = models.ForeignKey(
        "vocabulary.Country",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    languages = models.JSONField(_("languages"), default=list)
    topics = models.ManyToManyField(
        "vocabulary.Theme", verbose_name=_("topics"), blank=True, related_name="+"
    )
    expertise = models.TextField(_("expertise"), blank=True, max_length=1000)
    motivation = models.TextField(_("motivation"), max_length=2000)
    sent_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=["sent", "asked"]),
                name="one_open_application_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in OPEN

    @property
    def institution_label(self) -> str:
        """The institution's name, in the list or not."""
        return str(self.institution) if self.institution else self.institution_name


class Question(models.Model):
    """What the secretariat asked the applicant, and the answer."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True, max_length=4000)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("question to an applicant")
        verbose_name_plural = _("questions to applicants")

    def __str__(self) -> str:
        return f"#{self.pk}"
