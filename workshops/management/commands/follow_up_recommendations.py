"""Ask countries by mail what became of the recommendations that they got at a workshop."""

from typing import Any

from django.core.management.base import BaseCommand

from workshops.cafe.following import run


class Command(BaseCommand):
    """Run it daily; a second run on the same day does nothing."""

    help = "Ask by mail, 3, 6 and 12 months after a workshop, what became of its recommendations."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due today and print how much it was."""
        self.stdout.write(f"{run()} cards asked about")
