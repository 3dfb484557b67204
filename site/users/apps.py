from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    """People and the institutions they work for."""

    name = "users"
    verbose_name = _("Users")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app say what it keeps about people."""
        autodiscover_modules("personal")
