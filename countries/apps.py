from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountriesConfig(AppConfig):
    """What is known of countries: pages, profiles, registers, assessments, gaps, commitments."""

    name = "countries"
    verbose_name = _("Countries")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let gaps follow answers and rules from the start, and nothing invented be unmarked."""
        from countries.gaps import following  # noqa: F401
        from countries.invented import checks  # noqa: F401
