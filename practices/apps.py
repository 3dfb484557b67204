from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Good practices: experiences that others can adapt."""

    name = "practices"
    verbose_name = _("Practices")
    default_auto_field = "django.db.models.BigAutoField"
