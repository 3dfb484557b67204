"""A group of members with something in common."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Community(models.Model):
    """A regional or thematic group, or a working group; who reads it depends on `visibility`."""

    class Kind(models.TextChoices):
        REGIONAL = "regional", _("Regional group")
        THEMATIC = "thematic", _("Thematic group")
        WORKING_GROUP = "working-group", _("Working group")

    class Visibility(models.TextChoices):
        # Everybody reads, those who joined write.
        PUBLIC = "public", _("Public")
        # Every member of the Alliance knows of it; only those who joined read it.
        MEMBERS = "members", _("Members only")
        # Only those who joined or are invited know of it.
        PRIVATE = "private", _("Private")

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("what it is for"), max_length=2000, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    visibility = models.CharField(
        _("who can see it"), max_length=10, choices=Visibility.choices, default=Visibility.MEMBERS
    )
    region = models.CharField(_("region"), max_length=3, blank=True)  # UN M49
    themes = models.JSONField(_("topics"), default=list, blank=True)  # codes of vocabulary.Theme
    # The languages that its members write in, of the site's.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    # Whether the first post of a new member waits until a facilitator has read it.
    holds_first_posts = models.BooleanField(_("hold the first post of new members"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Closed: it can be read, nobody writes or joins any more.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("community")
        verbose_name_plural = _("communities")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page, in the language that is active."""
        return reverse("community", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def is_private(self) -> bool:
        """Whether only those in it know of it."""
        return self.visibility == self.Visibility.PRIVATE
