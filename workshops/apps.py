from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkshopsConfig(AppConfig):
    """Workshop series, workshops, their findings and surveys."""

    name = "workshops"
    verbose_name = _("Workshops")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say whose account needs a second factor, how mails are made, what a report must cite."""
        import workshops.cafe.following  # noqa: F401 - a maker of mail
        from core import publication
        from members.access import register_privileged
        from workshops import access
        from workshops.report import citing

        register_privileged(access.facilitates_any)
        publication.register(citing.condition)
