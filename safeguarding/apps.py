from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafeguardingConfig(AppConfig):
    """Do no harm: what must be looked at before anything becomes public."""

    name = "safeguarding"
    verbose_name = _("Safeguarding")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let nothing be published that is not cleared."""
        from django.db.models.signals import pre_save
        from wagtail.images import get_image_model

        from core.publication import postponed, register
        from safeguarding.acts import tell_postponed
        from safeguarding.gate import condition
        from safeguarding.pictures import guard_picture

        register(condition)
        postponed.connect(tell_postponed, dispatch_uid="safeguarding-postponed")
        pre_save.connect(guard_picture, get_image_model(), dispatch_uid="safeguarding-picture")
