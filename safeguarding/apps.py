from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafeguardingConfig(AppConfig):
    """Do no harm: what must be looked at before anything becomes public."""

    name = "safeguarding"
    verbose_name = _("Safeguarding")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let nothing be published that is not cleared."""
        from core.publication import postponed, register
        from safeguarding.acts import tell_postponed
        from safeguarding.gate import condition

        register(condition)
        postponed.connect(tell_postponed, dispatch_uid="safeguarding-postponed")
