"""Who is in a community, since when, and who was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.models.community import Community


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by whether they hold."""

    def current(self) -> "MembershipQuerySet":
        """Keep those that have not ended; `access` also asks for the role in the Alliance."""
        return self.filter(left_at=None)


class Membership(models.Model):
    """That somebody is or was in a community; it counts only with a role in the Alliance."""

    class Ending(models.TextChoices):
        LEFT = "left", _("left")
        REMOVED = "removed", _("removed")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    is_facilitator = models.BooleanField(_("facilitator"), default=False)
    # What is new in this community is left out of the digest.
    muted = models.BooleanField(_("not in the digest"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    left_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("membership of a community")
        verbose_name_plural = _("memberships of communities")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(left_at=None),
                name="one_membership_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_id}: {self.user_id}"
