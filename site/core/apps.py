from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What every page shares: base page, classification, images, blocks, template tags."""

    name = "core"
    verbose_name = _("Site core")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch every route to publication, and where the sites are, from the start."""
        from core import places
        from core.publication import watch_all_routes

        watch_all_routes()
        places.connect()
