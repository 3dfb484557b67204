from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafeguardingConfig(AppConfig):
    """Do no harm: what must be looked at before anything becomes public."""

    name = "safeguarding"
    verbose_name = _("Safeguarding")
    default_auto_field = "django.db.models.BigAutoField"
