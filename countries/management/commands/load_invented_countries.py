"""`manage.py load_invented_countries`: six countries to learn on, never on a site of facts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from countries.invented.loading import load
from countries.questionnaires.loading import FileError


class Command(BaseCommand):
    """Loads what is missing where nothing else is said of a country; safe to run twice."""

    help = "Load invented answers of six countries; only where TRAINING_SITE=1 marks every page."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them, or say why not."""
        if not settings.TRAINING_SITE:
            raise CommandError(
                "Nothing is loaded: invented answers would stand beside facts. On a site for "
                "training, set TRAINING_SITE=1, which marks every page, and call this again."
            )
        try:
            loaded, left = load()
        except FileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Invented countries: {len(loaded)} new" + _named(loaded))
        if left:
            self.stdout.write(f"Left as they are: {', '.join(left)}")


def _named(codes: list[str]) -> str:
    return f" ({', '.join(codes)})" if codes else ""
