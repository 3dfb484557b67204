from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    """Practices on their way to the public: reviewers, comments, clearance."""

    name = "reviewing"
    verbose_name = _("Review")
    default_auto_field = "django.db.models.BigAutoField"
