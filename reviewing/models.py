"""Who was asked to review what, what they said, and who cleared and signed off which text."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from core.written_once import WrittenOnce
from practices.models import PracticePage
from reviewing.tasks import ClearanceTask, PeerReviewTask, PublicationTask
from vocabulary.labels import label, labels

__all__ = [
    "Assignment",
    "Clearance",
    "ClearanceRule",
    "ClearanceTask",
    "Invitation",
    "PeerReviewTask",
    "PublicationTask",
    "SectionComment",
    "SignOff",
]


class Assignment(models.Model):
    """A reviewer who was asked to read a practice, and the answer."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        RECOMMENDED = "recommended", _("Recommends it")
        CHANGES = "changes", _("Asks for changes")
        CONFLICT = "conflict", _("Has a conflict of interest")
        RELEASED = "released", _("Released by the secretariat")

    page = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="assignments")
    # One round of the workflow, from sending in to publication, with all that was sent back.
    workflow_state = models.ForeignKey(
        "wagtailcore.WorkflowState", on_delete=models.CASCADE, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    # By which authors know the reviewer of a practice: "Reviewer 1".
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # empty: chosen by `matching`
    asked_at = models.DateTimeField(default=timezone.now)
    due = models.DateField()
    answered_at = models.DateTimeField(null=True)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the version that the answer is about
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workflow_state", "reviewer"], name="asked_once_in_a_round"
            )
        ]
        indexes = [models.Index(fields=["reviewer", "state"])]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.number} ({self.state})"

    @property
    def is_overdue(self) -> bool:
        """Whether the answer should be here by now."""
        return self.state == self.State.ASKED and self.due < timezone.localdate()


class SectionComment(models.Model):
    """What somebody says about a section of a practice, or in answer to it."""

    class Voice(models.TextChoices):
        AUTHOR = "author", _("Author")
        REVIEWER = "reviewer", _("Reviewer")
        ADVISER = "adviser", _("Adviser")
        SECRETARIAT = "secretariat", _("Secretariat")

    page = models.ForeignKey(
        PracticePage, on_delete=models.CASCADE, related_name="section_comments"
    )
    section = models.CharField(max_length=40)  # a key of practices.sections
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(max_length=4000)
    voice = models.CharField(max_length=20, choices=Voice.choices)
    number = models.PositiveSmallIntegerField(null=True)  # of a reviewer
    office = models.CharField(max_length=255, blank=True)  # of an adviser
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    # One form sent twice is one comment.
    once = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.section}: {self.text[:40]}"

    @property
    def signature(self) -> str:
        """Who says it, as the authors may know it: reviewers by number, never by name."""
        said_by = str(self.get_voice_display())
        more = self.number if self.voice == self.Voice.REVIEWER else self.office
        return (
            f"{said_by} {more}"
            if self.voice == self.Voice.REVIEWER and more
            else (f"{said_by} ({more})" if more else said_by)
        )


class Invitation(models.Model):
    """A link by mail for somebody without an account: to clear a text, or to comment on it."""

    class Purpose(models.TextChoices):
        CLEAR = "clear", _("Clear for the institution")
        ADVISE = "advise", _("Comment")

    class Answer(models.TextChoices):
        CLEARED = "cleared", _("Cleared")
        DECLINED = "declined", _("Declined")
        COMMENTED = "commented", _("Commented")

    page = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="invitations")
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose.choices)
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    office = models.CharField(
        _("office"),
        max_length=255,
        help_text=_("The unit or function, not a name: it may be shown with the comments."),
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True)  # empty: proposed by the author, not sent yet
    expires_at = models.DateTimeField(null=True)
    # What the link shows, and nothing else can be cleared by it.
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.purpose} ({self.office})"

    @property
    def state(self) -> str:
        """Where it stands: proposed, open, expired, revoked, or its answer."""
        if self.answer:
            return self.answer
        if self.revoked_at:
            return "revoked"
        if self.issued_at is None or self.expires_at is None:
            return "proposed"
        return "open" if self.expires_at > timezone.now() else "expired"

    @property
    def state_label(self) -> str:
        """The same in words."""
        words = {
            "revoked": _("Taken back"),
            "proposed": _("Not sent yet"),
            "open": _("Waiting for an answer"),
            "expired": _("Expired"),
        }
        return str(words.get(self.state) or self.get_answer_display())


class Clearance(WrittenOnce):
    """An institution has cleared exactly this text of a practice."""

    page = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="clearances")
    invitation = models.OneToOneField(
        Invitation, null=True, on_delete=models.SET_NULL, related_name="clearance"
    )
    institution = models.ForeignKey(
        "users.Institution", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    institution_name = models.CharField(max_length=300)
    voice = models.CharField(max_length=20)  # in whose name the text was going to be said
    digest = models.CharField(max_length=64)
    cleared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-cleared_at", "-pk"]
        indexes = [models.Index(fields=["page", "digest"])]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.institution_name}"


class SignOff(WrittenOnce):
    """Somebody of the secretariat has answered for the publication of exactly this text."""

    page = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="sign_offs")
    digest = models.CharField(max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["page", "digest"])]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.signed_at}"


class ClearanceRuleForm(WagtailAdminModelForm):
    """Lets the country be chosen by its name in the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = labels("country", get_language() or "en").items()
        # Here and not in the model, whose choices are asked for before there is a vocabulary.
        self.fields["country"] = forms.ChoiceField(label=_("country"), choices=[("", "—"), *named])


class ClearanceRule(models.Model):
    """Whether a country lets its officials publish without their institution's clearance."""

    country = models.CharField(_("country"), max_length=3, unique=True)
    required = models.BooleanField(
        _("clearance is required"),
        default=True,
        help_text=_("Nothing about this country, or by its officials, is public without it."),
    )
    note = models.CharField(
        _("note"), max_length=255, blank=True, help_text=_("Which rule says so.")
    )

    base_form_class = ClearanceRuleForm
    panels = [FieldPanel("country"), FieldPanel("required"), FieldPanel("note")]

    class Meta:
        ordering = ["country"]
        verbose_name = _("rule for clearance")
        verbose_name_plural = _("rules for clearance")

    def __str__(self) -> str:
        return label("country", self.country, get_language() or "en")
