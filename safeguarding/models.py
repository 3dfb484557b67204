"""Who answered for what: written once, never changed, and without the words it is about."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.written_once import WrittenOnce
from safeguarding.kinds import KINDS, Kind


class Signed(WrittenOnce):
    """An act of a named person about one finding on a page.

    The sentence is not kept: what was taken out of a page must not live on in its record. The
    fingerprint recognises it as long as it stands there.
    """

    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    page_title = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64, db_index=True)
    place = models.CharField(max_length=255, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page_title}: {self.kind}"

    @property
    def about(self) -> Kind:
        """What this kind of finding is called, why it matters, what to do."""
        return KINDS[self.kind]


class SignOff(Signed):
    """A finding may be published as it is: who says so, and why."""

    reason = models.TextField(_("reason"), max_length=1000)

    class Meta(Signed.Meta):
        abstract = False
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        permissions = [("sign_off", "Can sign off what a check has found")]


class Answer(Signed):
    """What is declared of a picture or of a quotation."""

    class Choice(models.TextChoices):
        NO_CHILD = "no-child", _("No child can be recognised in it")
        CONSENT = "consent", _("Consent is recorded")
        PUBLISHED = "published", _("Said in public, or taken from a published document")

    answer = models.CharField(_("answer"), max_length=12, choices=Choice)
    reference = models.CharField(_("where the consent is kept"), max_length=255, blank=True)
    date = models.DateField(_("date of the consent"), null=True, blank=True)

    class Meta(Signed.Meta):
        abstract = False
        verbose_name = _("answer")
        verbose_name_plural = _("answers")


class Request(models.Model):
    """An author asks the secretariat to look at what was found on a page."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(_("what they should know"), max_length=500, blank=True)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(closed=None), name="one_open_request_per_page"
            )
        ]

    def __str__(self) -> str:
        return str(self.page)


class Takedown(WrittenOnce):
    """A page that was taken down in an emergency, and who did it."""

    page_id_then = models.PositiveBigIntegerField()
    page_title = models.CharField(max_length=255)
    reason = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.page_title
