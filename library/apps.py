"""Uploaded PDF and Word files: stored, read in a safe process, opened at a page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """Uploaded PDF and Word files: stored, read in a safe process, opened at a page."""

    name = "library"
    verbose_name = _("Library")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect the signal handlers."""
        from library import attached, revisions, signals  # noqa: F401 - importing connects them
