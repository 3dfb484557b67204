from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One semantic search over everything; it never learns of content types."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every app register its sources; refuse settings that no store could follow."""
        from search import layers
        from search.stores import pgvector_table

        layers.refuse_unknown()
        pgvector_table.refuse_impossible_settings()
        post_migrate.connect(pgvector_table.make_if_asked_for, sender=self)
        autodiscover_modules("searchable")
