from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidanceConfig(AppConfig):
    """Guidance materials in versions, and child-specific indicators."""

    name = "guidance"
    verbose_name = _("Guidance")
    default_auto_field = "django.db.models.BigAutoField"
