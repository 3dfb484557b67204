from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Regional and thematic groups that discuss comparable experiences, mail first."""

    name = "communities"
    verbose_name = _("Communities")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say to the search whom a community admits, and whose account needs a second factor."""
        import communities.attachments.signals
        import communities.deleting
        import communities.mailing.digesting
        import communities.mailing.telling
        import communities.renaming  # noqa: F401 - receivers, and makers of mail
        from communities import access
        from members.access import register_privileged
        from search.viewer import register_audiences

        register_audiences(access.audiences_of)
        register_privileged(access.facilitates_any)
