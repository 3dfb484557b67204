from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """Good practices: experiences that others can adapt."""

    name = "practices"
    verbose_name = _("Practices")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who writes practices, so that they see what was found in them."""
        from practices.harm import tell_the_gate

        tell_the_gate()
