from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Puts the parts together: the only package that knows all others."""

    name = "config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the rules of the project, and what its parts lend each other."""
        from config import (  # noqa: F401
            checks,
            deploy_checks,
            desk,
            light_files,
            outcomes,
            questions,
            workshop_assessments,
            workshop_community,
        )

        desk.connect()
        light_files.connect()
        outcomes.connect()
        questions.connect()
        workshop_assessments.connect()
        workshop_community.connect()
