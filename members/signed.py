"""What people sign with their institution and country."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Signed(models.Model):
    """Something said by a person in the name of an institution and a country.

    Both are kept as they were when it was said, and stay when the person leaves.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    institution = models.ForeignKey(
        "users.Institution",
        verbose_name=_("institution"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    country = models.CharField(_("country"), max_length=3, blank=True)  # ISO 3166-1 alpha-3
    created_at = models.DateTimeField(_("written at"), auto_now_add=True, db_index=True)

    # Wagtail would list these rows as uses of a page, to every editor.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


def fingerprint(*parts: object) -> str:
    """Return what is the same for the same thing sent twice, whatever sent it."""
    text = "\x1f".join(" ".join(str(part).split()) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
