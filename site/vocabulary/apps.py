"""Countries, regions and the field's terms, with labels in four languages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VocabularyConfig(AppConfig):
    """Countries, regions and the field's terms, with labels in four languages."""

    name = "vocabulary"
    verbose_name = _("Vocabulary")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow every change of a term."""
        from vocabulary import stamp

        stamp.connect()
