from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionConfig(AppConfig):
    """What others make of a practice: feedback, adaptations, whether it still holds."""

    name = "adoption"
    verbose_name = _("Exchange of experience")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch what is published."""
        from adoption import confirming, crediting, rechecking

        for watching in (confirming, crediting, rechecking):
            watching.connect()
