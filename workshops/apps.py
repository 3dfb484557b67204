from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    """Workshop series, workshops, their findings and surveys."""

    name = "workshops"
    verbose_name = _("Workshops")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how mails are made and what a report must cite."""
        import workshops.cafe.following
        import workshops.preparing.reminding  # noqa: F401 - makers of mail
        from core import publication
        from workshops.report import citing

        publication.register(citing.condition)
